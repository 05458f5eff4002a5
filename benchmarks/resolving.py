"""Times who, where and when: their share of the time of a reading, and one look-up in the gazetteer.

    python benchmarks/resolving.py [CODED.jsonl]     the pages to read; without a file, the demo pages

Each part is run by itself on the documents and the tags of the default tagger, all of its work for a page: joining the
names and resolving every source that is tagged, resolving the place and the time of every claim. The whole is a page's
text in, its reading out. Both are the least processor time of five runs, so that other work on the machine counts
little. Look-ups are of the names of the pages, none of them remembered.
"""

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from onrecord.pipeline import capture, read_bytes, tagger_named, uncollected
from onrecord.reading.gazetteer import Gazetteer
from onrecord.reading.names import names_of
from onrecord.reading.people import Cast
from onrecord.reading.places import Places
from onrecord.reading.sentences import Document, make_document
from onrecord.reading.tagger import Tagging
from onrecord.reading.times import resolve_time
from onrecord.records import Claim, Reading, Span
from speed import coded_inputs, demo_inputs, machine

LIMIT_SHARE, LIMIT_LOOK_UP = 3.0, 100.0
"""Percent of the reading for the three parts together, and microseconds of a look-up: what is aimed at."""

Page = tuple[Document, Tagging, Reading]


RUNS = 5


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of processor time of the cheapest of some runs."""
    times = []
    for _ in range(RUNS):
        with uncollected():  # as the pipeline reads
            began = time.process_time()
            work()
            times.append(time.process_time() - began)
    return min(times)


def resolve_people(pages: list[Page]) -> None:
    """Join the names of each page and resolve its sources."""
    for document, tagging, _ in pages:
        cast = Cast(document, tagging)
        for span in tagging.spans:
            if span.label == "source":
                cast.resolve(Span(span.start, span.end))


def resolve_places(pages: list[Page]) -> None:
    """Resolve the places of the claims of each page."""
    for document, _, reading in pages:
        places = Places(document)
        claims: tuple[Claim, ...] = (*reading.figures, *reading.events)
        for claim in claims:
            if claim.place is not None:
                places.resolve(Span(claim.place.start, claim.place.end))


def resolve_times(pages: list[Page]) -> None:
    """Resolve the times of the claims of each page."""
    for document, _, reading in pages:
        claims: tuple[Claim, ...] = (*reading.figures, *reading.statements, *reading.events)
        for claim in claims:
            if claim.time is not None:
                resolve_time(document, Span(claim.time.start, claim.time.end))


def main() -> int:
    """Print all figures; return the exit status: 1 above a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, metavar="CODED.jsonl")
    path = parser.parse_args().file
    inputs = coded_inputs(path) if path else demo_inputs()
    tagger = tagger_named()
    documents = [make_document(*capture(data, origin)) for data, origin in inputs]
    readings = [read_bytes(data, origin) for data, origin in inputs]
    pages = [(one, tagger.tag(one), reading) for one, reading in zip(documents, readings, strict=True)]
    whole = timed(lambda: [read_bytes(data, origin) for data, origin in inputs])
    print(machine())
    print(f"{'reading':26s} {1e3 * whole / len(inputs):8.2f} ms a page    ({len(inputs)} pages, {tagger.name})")
    total = 0.0
    for name, part in (("people", resolve_people), ("places", resolve_places), ("times", resolve_times)):
        took = timed(lambda part=part: part(pages))  # type: ignore[misc]
        total += took
        print(f"{name:26s} {1e3 * took / len(inputs):8.2f} ms a page  {100 * took / whole:6.2f} % of the reading")
    share = 100 * total / whole
    print(
        f"{'the three together':26s} {1e3 * total / len(inputs):8.2f} ms a page  {share:6.2f} % (limit {LIMIT_SHARE})"
    )
    names = sorted({named.name for document in documents for named in names_of(document)})
    fresh = Gazetteer()
    fresh.find("")  # opens the file

    def look_up() -> None:
        fresh.find_key.cache_clear()
        for name in names:
            fresh.find(name)

    each = 1e6 * timed(look_up) / len(names)
    print(f"{'look-up, not remembered':26s} {each:8.1f} microseconds  ({len(names)} names, limit {LIMIT_LOOK_UP:.0f})")
    return 0 if share <= LIMIT_SHARE and each <= LIMIT_LOOK_UP else 1


if __name__ == "__main__":
    sys.exit(main())
