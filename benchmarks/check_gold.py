"""Checks coded pages: every coded string stands in its page's text, every value is in its closed list.

    python benchmarks/check_gold.py [CODED.jsonl ...]       without a file: gold/claims.jsonl and gold/hard/*.jsonl

A hard case stands in the file of its list, says what is hard about it, and has figures only. Prints one line per fault
and a count; exit status 1 when there is a fault. It does not judge whether the coding follows gold/GUIDELINE.md; only a
reader of the page can.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from coded import ROOT, CodedEvent, CodedFigure, CodedPage, CodedStatement, load_coded, read_coded, text_of
from evaluate import OWN_GOLD
from onrecord import records
from onrecord.records import choices

HARD_CASES = ROOT / "gold" / "hard"

FIGURE_LISTS = {
    "bound": choices(records.Bound),
    "kind": choices(records.FigureKind),
    "outcome": choices(records.Outcome),
    "polarity": choices(records.FigurePolarity),
    "modality": choices(records.Modality),
}
STATEMENT_LISTS = {"form": choices(records.Form), "act": choices(records.Act)}
EVENT_LISTS = {"type": choices(records.EventType), "status": choices(records.EventStatus)}


def faults_of(page: CodedPage, text: str) -> list[str]:
    """Return what is wrong with the coding of one page whose text is given, one line each."""
    if not text:
        return [f"{page.id}: no text to code; check its page file"]
    found: list[str] = []
    for figure in page.figures:
        found += [f"{page.id}: figure {figure.number!r}: {says}" for says in figure_faults(figure, text)]
    for statement in page.statements:
        found += [f"{page.id}: statement {statement.cue!r}: {says}" for says in statement_faults(statement, text)]
    for event in page.events:
        found += [f"{page.id}: event {event.trigger!r}: {says}" for says in event_faults(event, text)]
    return found


def figure_faults(figure: CodedFigure, text: str) -> Iterator[str]:
    """Yield what is wrong with one coded figure."""
    yield from absent({"sentence": figure.sentence}, text)
    yield from absent({"number": figure.number}, figure.sentence)
    names = ("counted", "outcome_word", "place", "time", "source")
    yield from absent({name: getattr(figure, name) for name in names}, text)
    yield from unlisted(figure, FIGURE_LISTS)
    if figure.low is not None and figure.high is not None and figure.low > figure.high:
        yield f"low {figure.low} is above high {figure.high}"
    yield from half_sourced(figure.source, figure.speaker)


def statement_faults(statement: CodedStatement, text: str) -> Iterator[str]:
    """Yield what is wrong with one coded statement."""
    yield from absent({"sentence": statement.sentence}, text)
    yield from absent({"cue": statement.cue}, statement.sentence)
    yield from absent({"source": statement.source, "addressee": statement.addressee}, text)
    for part in statement.content:
        yield from absent({"content": part}, text)
    yield from unlisted(statement, STATEMENT_LISTS)
    yield from half_sourced(statement.source, statement.speaker)


def event_faults(event: CodedEvent, text: str) -> Iterator[str]:
    """Yield what is wrong with one coded event."""
    yield from absent({"sentence": event.sentence}, text)
    yield from absent({"trigger": event.trigger}, event.sentence)
    for phrase in event.actors + event.targets:
        yield from absent({"actor or target": phrase}, text)
    yield from absent({"place": event.place, "time": event.time}, text)
    yield from unlisted(event, EVENT_LISTS)


def absent(phrases: dict[str, str | None], where: str) -> Iterator[str]:
    """Yield the phrases that are blank or do not stand in a text letter by letter; None says nothing."""
    for name, phrase in phrases.items():
        if phrase is not None and (not phrase.strip() or phrase not in where):
            yield f"{name} is not in the text: {phrase[:80]!r}"


def unlisted(claim: CodedFigure | CodedStatement | CodedEvent, lists: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the values that are not in their closed list."""
    for name, allowed in lists.items():
        value = getattr(claim, name)
        if value not in allowed:
            yield f"{name} is {value!r}; one of {', '.join(allowed)}"


def half_sourced(source: str | None, speaker: str | None) -> Iterator[str]:
    """Yield a fault where only one of source and speaker is given."""
    if (source is None) != (speaker is None):
        yield f"source is {source!r}, but speaker is {speaker!r}; both or none"


def check(pages: Iterable[CodedPage]) -> list[str]:
    """Return what is wrong with coded pages; a page file is read with the package to get at its text."""
    found: list[str] = []
    for page in pages:
        found += faults_of(page, text_of(page, None if page.text is not None else read_coded(page)))
    return found


def misplaced(pages: Iterable[CodedPage], name: str) -> Iterator[str]:
    """Yield which hard cases do not belong in the file of this name, without its ending, as they are."""
    for page in pages:
        if page.listed != name:
            yield f"{page.id}: list is {page.listed!r} in the file {name}.jsonl; move the case or name that list"
        if not (page.about or "").strip():
            yield f"{page.id}: about is empty; say in a few words what is hard"
        if page.statements or page.events:
            yield f"{page.id}: statements and events of a hard case are not scored; leave them empty"


def main() -> int:
    """Check the files given on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="CODED.jsonl")
    status = 0
    for path in parser.parse_args().files or [OWN_GOLD, *sorted(HARD_CASES.glob("*.jsonl"))]:
        try:
            pages = load_coded(path)
            faults = check(pages)
            if path.resolve().parent == HARD_CASES:
                faults += misplaced(pages, path.stem)
        except (ValueError, OSError) as err:
            print(f"check_gold.py: {err}", file=sys.stderr)
            return 1
        claims = sum(len(page.figures) + len(page.statements) + len(page.events) for page in pages)
        print("\n".join([*faults, f"{path}: {len(pages)} pages, {claims} claims, {len(faults)} faults"]))
        status |= bool(faults)
    return status


if __name__ == "__main__":
    sys.exit(main())
