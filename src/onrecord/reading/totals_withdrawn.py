"""Which full counts of a page no longer stand: lowered ones, and those of older entries of a live page.

The figures of one incident go in, those that a newer count of the page takes the place of come out. A count that is
only larger than another stands: sources may differ. Nothing is read from outside the page.
"""

import re
from collections.abc import Iterable, Sequence

from onrecord.intervals import value_of
from onrecord.lexicon import rows
from onrecord.reading.sentences import Document
from onrecord.records import Figure, Outcome

WHOLE_KINDS = frozenset({"total", "running_total"})
CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?\b(?! ?(?:per|%))", re.IGNORECASE)
"""How a paragraph of a live page begins that prints its time: "18:31 - "."""
LEAST_ENTRIES = 2
"""Paragraphs that begin with a clock time from which a page without marked entries is a live page."""
LEAST_SHARE = 0.5
"""Share of the largest older count from which a newer entry tells the full count again; less is a part of it (judged by
eye: corrections of a toll are small)."""
GENERAL_CLASSES = frozenset({"person", "civilian", "other"})
CORRECTION_REACH = 60
"""Characters between the verb of a correction and its newer value: "lowered the number of those killed to 21"."""


def withdrawn(document: Document, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures that a newer count of their outcome takes the place of, in text order.

    Args:
        document: what is read.
        figures: those of one incident, older values (kind previous) with them.
    """
    entries = _entries(document)
    gone: dict[str, Figure] = {}
    for outcome in dict.fromkeys(_group(figure.outcome) for figure in figures):
        own = [f for f in figures if _group(f.outcome) == outcome and value_of(f) is not None]
        for figure in (*_lowered(document, own), *_of_older_entries(entries, own)):
            gone[figure.id] = figure
    return tuple(figure for figure in figures if figure.id in gone)


def _group(outcome: Outcome) -> Outcome:
    return "injured" if outcome == "hospitalised" else outcome


def _value(figure: Figure) -> float:
    return float(value_of(figure) or 0)


def _lowered(document: Document, figures: Sequence[Figure]) -> Iterable[Figure]:
    """Yield the counts that a correction lowers: "lowered the toll to 21 from 23", "corrected the number to 21"."""
    for newer in figures:
        if newer.kind not in WHOLE_KINDS:
            continue
        older = [
            f for f in figures if f.kind == "previous" and f.sentence == newer.sentence and _value(f) > _value(newer)
        ]
        if older:
            values = {_value(figure) for figure in older}
            yield from (f for f in figures if _value(f) in values)
        elif _corrects(document, newer):
            yield from (f for f in figures if f.kind in WHOLE_KINDS and _is_before(f, newer))


def _is_before(figure: Figure, newer: Figure) -> bool:
    """Say whether a larger count stands before the one that corrects it, by the same source or by one not named."""
    same = figure.speaker == newer.speaker or newer.speaker is None
    return figure.number.end <= newer.number.start and _value(figure) > _value(newer) and same


def _corrects(document: Document, figure: Figure) -> bool:
    """Say whether a number is the newer value of a correction downwards."""
    verbs = "|".join(row["word"] for row in rows("older_values") if row["kind"] == "change" and row["down"])
    start = max(figure.sentence.start, figure.number.start - CORRECTION_REACH)
    before = document.text[start : figure.number.start]
    return re.search(rf"\b(?:{verbs})\b[^;:]* to $", before, re.IGNORECASE) is not None


def _entries(document: Document) -> list[tuple[int, int]]:
    """Return the entries of a live page, newest first; none for other pages."""
    marked = document.article.entries
    if marked:
        found = [(entry.start, entry.end) for entry in marked]
        times = [entry.published for entry in marked]
        if None not in times:
            return [found[i] for i in sorted(range(len(found)), key=lambda i: times[i] or "", reverse=True)]
        return found
    timed = [(p, CLOCK.match(document.text, p.start, p.end)) for p in document.paragraphs]
    starts = [(p.start, match.group()) for p, match in timed if match]
    if len(starts) < LEAST_ENTRIES:
        return []
    ends = [start for start, _ in starts[1:]] + [document.paragraphs[-1].end]
    found = [(start, end) for (start, _), end in zip(starts, ends, strict=True)]
    clocks = [tuple(int(part) for part in re.findall(r"\d+", clock)[:2]) for _, clock in starts]
    return found[::-1] if clocks[0] < clocks[-1] else found


def _of_older_entries(entries: Sequence[tuple[int, int]], figures: Sequence[Figure]) -> Iterable[Figure]:
    """Yield the full counts of the entries that are older than the newest one with a full count."""
    whole = [f for f in figures if f.kind in WHOLE_KINDS and f.counted_class in GENERAL_CLASSES]
    told = [[f for f in whole if start <= f.number.start < end] for start, end in entries]
    for at, here in enumerate(told):
        older = [figure for later in told[at + 1 :] for figure in later]
        most = max(map(_value, older), default=0.0)
        if here and max(map(_value, here)) >= LEAST_SHARE * most:
            yield from older
            return
