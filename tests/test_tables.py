import io
import re

import pytest
from rich.console import Console

from onrecord.records import (
    Article,
    Block,
    Check,
    Event,
    Figure,
    Number,
    Page,
    Place,
    Problem,
    Reader,
    Reading,
    Span,
    Statement,
    Time,
    Why,
)
from onrecord.tables import console, counts, ledger, one_line, overview, shorten, value

TEXT = """SUBSCRIBE NOW
Ferry sinks off Port Calder, at least 23 dead
PORT CALDER, March 3 (Northwire) - At least 23 people, including 14 crew members, died on Sunday when the ferry \
Morning Star sank off Port Calder, the Calder coast guard said.
"We searched for 478 of the 550 passengers until the fog came down and the boats had to go back to the harbour, \
and I promise every family here that we will go out again before first light tomorrow," harbour master Ilse Brandt \
told reporters.
She denied that the ferry had carried too many people. Five divers were injured.
The Ministry of Transport has suspended tens of thousands of sailings, worth $2.4 billion.
Share this
Advertisement
"""


def span(words: str, record: type = Span, **fields: object) -> object:
    start = TEXT.index(words)
    return record(start=start, end=start + len(words), **fields)


def line(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, TEXT.index("\n", start))


COAST = span("off Port Calder", Place, name="Port Calder")
SUNDAY = span("on Sunday", Time, from_="2030-03-03", to="2030-03-03", precision="day")
TOLL = line("PORT CALDER, March")
SEARCH = line('"We searched')
DENIAL = line("She denied")
GUARD = {"source": span("the Calder coast guard"), "speaker": "the Calder coast guard"}
BRANDT = {"source": span("harbour master Ilse Brandt"), "speaker": "Ilse Brandt"}

FIGURES = (
    Figure(
        id="f1", number=span("At least 23"), sentence=TOLL, low=23, point=23, bound="at_least", kind="total",
        counted=span("people"), counted_class="person", outcome="killed", outcome_word=span("died"), place=COAST,
        time=SUNDAY, confidence=0.9, why=(Why(field="outcome", says='"died" stands behind the number'),), **GUARD,
    ),
    Figure(
        id="f2", number=span("14"), sentence=TOLL, low=14, high=14, point=14, kind="subset",
        counted=span("crew members"), outcome="killed", place=COAST, time=SUNDAY, part_of="f1", confidence=0.8,
        **GUARD,
    ),
    Figure(
        id="f3", number=span("478"), sentence=SEARCH, low=478, high=478, point=478, of_total=550, kind="total",
        counted=span("passengers"), outcome="missing", confidence=0.4, **BRANDT,
    ),
    Figure(
        id="f4", number=span("Five"), sentence=DENIAL, low=5, high=5, point=5, kind="total", counted=span("divers"),
        outcome="injured", confidence=0.9,
    ),
    Figure(
        id="f5", number=span("tens of thousands"), sentence=line("The Ministry"), low=20000, high=99999, bound="vague",
        kind="count", counted=span("sailings"), outcome="other", outcome_word=span("suspended"), confidence=0.7,
    ),
    Figure(
        id="f6", number=span("$2.4 billion"), sentence=line("The Ministry"), low=2400000000, high=2400000000,
        point=2400000000, kind="money", unit="USD", polarity="unverified", modality="possible", confidence=0.7,
    ),
)  # fmt: skip
STATEMENTS = (
    Statement(
        id="s1", sentence=TOLL, cue=span("said"), content=(span("At least 23 people"),), speaker_kind="organisation",
        confidence=0.9, **GUARD,
    ),
    Statement(
        id="s2", sentence=SEARCH, cue=span("told"), form="direct", act="promise", addressee=span("reporters"),
        content=(Span(SEARCH.start + 1, TEXT.index('," harbour')),), confidence=0.9, **BRANDT,
    ),
    Statement(
        id="s3", sentence=DENIAL, cue=span("denied"), act="deny", source=span("She"), speaker="Ilse Brandt",
        content=(span("the ferry had carried too many people"),), confidence=0.45,
    ),
)  # fmt: skip
EVENTS = (
    Event(
        id="e1", sentence=TOLL, trigger=span("sank"), type="accident", targets=(span("the ferry Morning Star"),),
        place=COAST, time=SUNDAY, figures=("f1", "f2"), confidence=0.9, **GUARD,
    ),
    Event(
        id="e2", sentence=line("The Ministry"), trigger=span("suspended"), type="closure",
        actors=(span("The Ministry of Transport"),), targets=(span("sailings"),), status="ongoing", confidence=0.9,
    ),
)  # fmt: skip


def sample(**changes: object) -> Reading:
    fields: dict[str, object] = {
        "id": "calder",
        "page": Page(sha256="0" * 64, outlet="The Calder Post", text=TEXT),
        "article": Article(
            headline="Ferry sinks off Port Calder, at least 23 dead",
            byline=("Ana Reyes",),
            dateline="PORT CALDER, March 3",
            published="2030-03-03T18:20:00Z",
            wire_credits=("Northwire",),
            blocks=(
                span("SUBSCRIBE NOW", Block, role="furniture", kind="promo"),
                span("Share this", Block, role="furniture", kind="social"),
                span("Advertisement", Block, role="furniture", kind="ad"),
            ),
        ),
        "figures": FIGURES,
        "statements": STATEMENTS,
        "events": EVENTS,
        "checks": (
            Check(kind="sum", figures=("f2", "f4"), holds=True, says="14 + 9 = 23"),
            Check(kind="part_of", figures=("f3",), holds=False, says="23 of 14"),
        ),
        "reader": Reader(version="1", model="m"),
    }
    return Reading(**(fields | changes))


def printed(renderable: object, width: int = 100) -> str:
    out = io.StringIO()
    Console(file=out, width=width, markup=False, highlight=False).print(renderable)
    return out.getvalue()


def flat(text: str) -> str:
    return re.sub(r"[\s─━]+", " ", text)


if __name__ == "__main__":  # look at it: python tests/test_tables.py
    import sys

    for columns in (80, 100, 140):
        sys.stdout.write(printed(ledger(sample()), columns))
    sys.stdout.write(printed(ledger(sample(), explain=True)))
    sys.stdout.write(printed(overview([sample(), sample(id="b")], "onrecord read --manifest m.jsonl")))
