"""What a person sees of a reading; run this file to look at it in three widths."""

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


@pytest.mark.parametrize("width", [24, 40, 60, 80, 100, 140])
@pytest.mark.parametrize("explain", [False, True])
def test_ledger_loses_no_number_in_any_width(width: int, explain: bool) -> None:
    shown = printed(ledger(sample(), explain=explain), width)
    letters = re.sub(r"\s", "", shown)
    # A cell that folds is broken up by the cells beside it: its words are looked for one by one.
    for word in ("least", "23", "478", "550", "tens", "20,000", "99,999", "$2.4", "subset"):
        assert word in letters
    assert max(len(row) for row in shown.split("\n")) <= width


def test_ledger_shows_figures_as_a_fact_checker_writes_them() -> None:
    shown = flat(printed(ledger(sample()), 200))
    assert "At least 23 >= 23 people killed off Port Calder on Sunday the Calder coast guard total" in shown
    assert "14 14 crew members killed off Port Calder on Sunday the Calder coast guard subset of >= 23" in shown
    assert "478 478 of 550 passengers missing Ilse Brandt total ?" in shown
    assert "Five 5 divers injured the outlet total" in shown
    assert "tens of thousands 20,000 to 99,999 sailings suspended the outlet count" in shown
    assert "$2.4 billion 2.4 billion USD unverified, possible the outlet money" in shown


def test_ledger_shows_who_said_what() -> None:
    shown = flat(printed(ledger(sample()), 200))
    assert "the Calder coast guard assert indirect At least 23 people" in shown
    assert "Ilse Brandt to reporters promise direct We searched for 478 of the 550 passengers" in shown
    assert "go out again before… " in shown
    assert "Ilse Brandt deny indirect the ferry had carried too many people ?" in shown


def test_ledger_shows_events_checks_furniture_and_problems() -> None:
    problem = Problem(kind="encoding", says="calder: 3 letters\ncould not be read")
    shown = flat(printed(ledger(sample(problems=(problem,))), 200))
    assert "accident sank happened -> the ferry Morning Star off Port Calder on Sunday the Calder coast guard" in shown
    assert "closure suspended ongoing The Ministry of Transport -> sailings" in shown
    assert "14 + 9 = 23 holds" in shown
    assert "23 of 14 does not hold" in shown
    assert "3 furniture lines left out: 1 promo, 1 social, 1 ad" in shown
    assert "problem: calder: 3 letters could not be read" in shown


def test_ledger_heading_names_page() -> None:
    shown = flat(printed(ledger(sample())))
    assert shown.startswith("The Calder Post · 2030-03-03 18:20 Ferry sinks off Port Calder, at least 23 dead calder")
    assert "PORT CALDER, March 3 · by Ana Reyes · wire: Northwire" in shown


def test_ledger_of_bare_page_names_it_and_what_is_missing() -> None:
    empty = Reading(id="calder", page=Page(sha256="0" * 64, text=TEXT), article=Article(), reader=sample().reader)
    assert flat(printed(ledger(empty))) == "calder Not found: figures, who said what, events "


def test_ledger_without_unsure_rows_has_no_legend() -> None:
    assert "unsure" in printed(ledger(sample()))
    assert "unsure" not in printed(ledger(sample(figures=FIGURES[:1], statements=(), events=())))


def test_explain_gives_sentence_and_reasons() -> None:
    shown = flat(printed(ledger(sample(), explain=True), 300))
    assert "value: >= 23 · counted: people · outcome: killed" in shown
    assert "sentence PORT CALDER, March 3 (Northwire) - At least 23 people" in shown
    assert 'outcome "died" stands behind the number' in shown
    assert "sentence She denied that the ferry had carried too many people." in shown


def test_statement_told_by_another_names_both() -> None:
    nested = Statement(
        id="s4", sentence=TOLL, cue=span("said"), content=(span("people"),), nested_in="s2", confidence=0.9, **GUARD
    )
    shown = flat(printed(ledger(sample(statements=(*STATEMENTS, nested)), explain=True), 300))
    assert "the Calder coast guard (as told by Ilse Brandt)" in shown


def test_words_of_a_page_are_never_markup_or_controls() -> None:
    text = "[red]5[/red] \x1b[31mmen\u202e\x07 died"
    page = Page(sha256="0" * 64, text=text)
    figure = Figure(
        id="f", number=Span(0, 12), sentence=Span(0, len(text)), counted=Span(13, 23), low=5, high=5, confidence=0.9
    )
    made = Reading(id="p", page=page, article=Article(), figures=(figure,), reader=sample().reader)
    shown = printed(ledger(made))
    assert "[red]5[/red]" in shown
    assert not set(shown) & {"\x1b", "\x07", "\u202e"}


VALUES: list[tuple[dict[str, Number | str | None], str]] = [
    ({"low": 23, "high": 23, "point": 23}, "23"),
    ({"low": 23, "point": 23, "bound": "at_least"}, ">= 23"),
    ({"low": 21, "point": 20, "bound": "more_than"}, "> 20"),
    ({"low": 21, "bound": "more_than"}, ">= 21"),
    ({"high": 30, "point": 30, "bound": "at_most"}, "<= 30"),
    ({"high": 29, "point": 30, "bound": "less_than"}, "< 30"),
    ({"high": 100, "point": 100, "bound": "nearly"}, "nearly 100"),
    ({"low": 40, "high": 40, "point": 40, "bound": "about"}, "about 40"),
    ({"low": 30, "high": 40, "bound": "between"}, "30 to 40"),
    ({"low": 24, "high": 99, "bound": "vague"}, "24 to 99"),
    ({"bound": "vague"}, "not stated"),
    ({"low": 0, "high": 0, "point": 0}, "0"),
    ({"low": 0, "point": 0, "bound": "at_least"}, ">= 0"),
    ({"low": 478, "high": 478, "point": 478, "of_total": 550}, "478 of 550"),
    ({"low": 66.67, "high": 66.67, "point": 66.67, "kind": "share"}, "66.67 %"),
    ({"low": 6.1, "high": 6.1, "point": 6.1, "kind": "measure", "unit": "km"}, "6.1 km"),
    ({"low": 2400000000, "high": 2400000000, "kind": "money", "unit": "USD"}, "2.4 billion USD"),
    ({"low": 1234567, "high": 1234567}, "1,234,567"),
    ({"low": 12000, "high": 12000}, "12,000"),
]


@pytest.mark.parametrize(("fields", "shown"), VALUES)
def test_value_shows_bounds(fields: dict[str, Number | str | None], shown: str) -> None:
    assert value(Figure(id="f", number=Span(0, 1), sentence=Span(0, 1), **fields)) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("a\n b\t c", "a b c"), ("a\u200bb\u202e", "ab"), ("\x1b[2Jx", "[2Jx"), ("\ud800x", "x")]
)
def test_one_line(text: str, shown: str) -> None:
    assert one_line(text) == shown


def test_shorten_cuts_after_a_word() -> None:
    assert shorten("one two, three", 11) == "one two…"
    assert shorten("one two", 7) == "one two"


def test_counts_in_words() -> None:
    assert counts(sample()) == "6 figures, 3 statements, 2 events"
    assert counts(sample(figures=FIGURES[:1])) == "1 figure, 3 statements, 2 events"


def test_overview_has_a_line_for_each_page() -> None:
    shown = flat(printed(overview([sample(), sample(id="b", article=Article())], "onrecord read x"), 140))
    assert "2030-03-03 18:20 The Calder Post Ferry sinks off Port Calder, at least 23 dead 6 3 2 2" in shown
    assert "The Calder Post b 6 3 2 2" in shown
    assert "All of them in full: onrecord read x" in shown


def test_console_of_a_file_is_100_wide_and_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COLUMNS", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    out = io.StringIO()
    console(out).print(ledger(sample(checks=())))
    assert max(len(row) for row in out.getvalue().split("\n")) == 100
    assert "\x1b" not in out.getvalue()


def test_console_replaces_what_an_encoding_lacks() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="ascii")
    console(out).print(ledger(sample()))
    out.flush()
    assert b">= 23" in raw.getvalue()
