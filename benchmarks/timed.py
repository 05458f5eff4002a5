"""The set times: coded expressions of time -> how many are found, how many of their intervals are right.

A line is a page of gold/times.jsonl; it holds offsets, and the text comes from the shared pages beside the checkout. A
coded expression is found when a phrase of the reader covers at least half of its characters. An interval is right when
both ends are the same days, or open on the same side; for a clock time the minute counts as well, for a part of a day
its hours do not (gold/README.md: a convention).

    found               coded expressions that the reader finds as a phrase
    interval            right among the found ones that are resolved in the coding, from the phrase the reader found
    interval: day ...   the same by coded precision
    interval as coded   right among all that are resolved, when the reader is given the coded phrase
    stays open          not resolved in the coding and found, and not resolved by the reader either, with a reason
    even, odd lines     the same for every other page; the rules were written with the even lines in sight

Extra phrases are not counted: the coding leaves out durations and clauses that the reader may mark. Pages without text
are left out, and the notes say how many.
"""

import time
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from check_coded_spans import CodedTime, TimePage, load_texts
from coded import CodedPage, origin_of
from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings
from onrecord.pipeline import capture
from onrecord.reading.sentences import Document, document_of
from onrecord.reading.time_rules import find_times
from onrecord.reading.times import edtf, resolve_time, time_reason
from onrecord.records import Span, Time
from score import Tally

ENOUGH = 0.5
"""Least share of a coded expression's characters that a phrase of the reader covers."""

HALVES = ("odd lines", "even lines")


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of the set.

    Raises:
        ValueError: a line is no page of coded times.
    """
    pages = load_lines(path, TimePage, settings.first)
    texts = load_texts()
    faults: list[str] = []
    tallies: list[Tally] = []
    seconds = 0.0
    for number, page in enumerate(pages, 1):
        document = document_for(page, texts)
        if document is None:
            continue
        began = time.perf_counter()
        phrases = phrases_of(document)
        seconds += time.perf_counter() - began
        tally = Tally()
        for coded in page.expressions:
            faults += judge(tally, document, coded, phrases, HALVES[number % 2 == 0])
        tallies.append(tally)
    missing = len(pages) - len(tallies)
    notes = (f"{missing} pages are left out: their texts are not beside the checkout",) if missing else ()
    return Result(rows_with_intervals(tallies, settings.boot), len(tallies), seconds, faults, notes)


def document_for(page: TimePage, texts: Mapping[str, CodedPage]) -> Document | None:
    """Return the page with every line of it as a sentence, headlines and captions too; None without a text.

    The article is read as `onrecord read` does, so that its dateline and date of publication count.
    """
    coded = texts.get(page.id)
    if coded is None or coded.text is None:
        return None
    read, article = capture(coded.data(), origin_of(coded))
    lines = document_of(coded.text)
    return Document(coded.text, read, article, lines.paragraphs, lines.sentences)


def phrases_of(document: Document) -> list[Span]:
    """Return the expressions of time that the reader finds."""
    return [
        Span(sentence.tokens[low].start, sentence.tokens[high - 1].end)
        for sentence in document.sentences
        for low, high in find_times(sentence.tokens)
    ]


def judge(tally: Tally, document: Document, coded: CodedTime, phrases: list[Span], half: str) -> Iterator[str]:
    """Add one coded expression to the rows; yield what is wrong with it."""
    words = document.text[coded.start : coded.end]
    where = f"{half} {document.text[max(0, coded.start - 60) : coded.start]}[{words}]".replace("\n", "/")
    phrase = covering(coded, phrases)
    for prefix in ("", f"{half}: "):
        tally.judge(f"{prefix}found", phrase is not None)
    if coded.resolved:
        given = resolve_time(document, Span(coded.start, coded.end))
        for prefix in ("", f"{half}: "):
            tally.judge(f"{prefix}interval as coded", same_interval(coded, given))
        if not same_interval(coded, given):
            yield f"as coded: {where} is {coded.from_}/{coded.to}, not {edtf(given)}"
    if phrase is None:
        yield f"found: {where} is not found"
        return
    found = resolve_time(document, phrase)
    right = same_interval(coded, found)
    own = document.text[phrase.start : phrase.end]
    if not coded.resolved:
        stays = found.from_ is None and found.to is None and bool(time_reason(document, phrase).says)
        for prefix in ("", f"{half}: "):
            tally.judge(f"{prefix}stays open", stays)
        if not stays:
            yield f"stays open: {where} ({own}) is {edtf(found)}, but {coded.reason}"
        return
    for prefix in ("", f"{half}: "):
        tally.judge(f"{prefix}interval", right)
    tally.judge(f"interval: {coded.precision}", right)
    if not right:
        yield f"interval: {where} ({own}) is {coded.from_}/{coded.to}, not {edtf(found)}"


def covering(coded: CodedTime, phrases: list[Span]) -> Span | None:
    """Return the phrase that shares most characters with a coded expression, None when it shares too few."""
    best = max(phrases, key=lambda phrase: shared(coded, phrase), default=None)
    return best if best is not None and shared(coded, best) >= ENOUGH * (coded.end - coded.start) else None


def shared(coded: CodedTime, phrase: Span) -> int:
    """Return how many characters two stretches share."""
    return max(0, min(coded.end, phrase.end) - max(coded.start, phrase.start))


def same_interval(coded: CodedTime, found: Time) -> bool:
    """Say whether an interval is the coded one: both days, and the minute of a clock time."""
    if coded.precision == "hour" and coded.from_ == coded.to and coded.from_ is not None:
        return found.from_ is not None and found.from_[:16] == coded.from_
    return (day_of(coded.from_, last=False), day_of(coded.to, last=True)) == (
        day_of(found.from_, last=False),
        day_of(found.to, last=True),
    )


def day_of(end: str | None, *, last: bool) -> date | None:
    """Return the first or last day of an EDTF date ("2022", "2022-02"), or the day of a clock time."""
    if end is None:
        return None
    parts = [int(part) for part in end[:10].split("-")]
    year, month, day = (*parts, *([12, 31][len(parts) - 1 :] if last else [1, 1][len(parts) - 1 :]))[:3]
    while last and len(parts) == 2:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
    return date(year, month, day)
