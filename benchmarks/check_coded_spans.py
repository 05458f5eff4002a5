"""Checks coded spans: places and times of pages whose texts are not part of the repository.

    python benchmarks/check_coded_spans.py [places.jsonl|times.jsonl ...]    without a file: both of gold/

A file whose name starts with "times" holds times, any other holds places. Prints one line per fault and a count; exit
status 1 when there is a fault. Offsets, values and ISO forms are always checked; hash, length and publication date only
against the texts in `shared/gold` beside the checkout, where they are. It does not judge whether the coding is right.
"""

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import msgspec

from coded import ROOT, SHARED, CodedPage, load_coded
from lines import check_ids, load_lines

OWN_FILES = (ROOT / "gold" / "places.jsonl", ROOT / "gold" / "times.jsonl")
SHARED_FILES = (SHARED / "gold" / "train.jsonl", SHARED / "gold" / "dev.jsonl")

KINDS = ("country", "region", "city", "district", "facility", "water", "area", "other")
GAZETTEER_KINDS = ("country", "region", "city")
"""Kinds that the gazetteer holds: countries, first-level regions, populated places."""

PRECISIONS = ("day", "night", "month", "year", "hour", "week", "vague")

COUNTRY = re.compile(r"[A-Z]{2}")
REGION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
SHA256 = re.compile(r"[0-9a-f]{64}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2})?")


class CodedPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mention of a place; is_place is False where the name stands for a people, a government or a body."""

    start: int
    end: int
    name: str
    kind: str
    country: str | None
    region: str | None
    lat: float | None
    lon: float | None
    in_gazetteer: bool
    is_place: bool


class CodedTime(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """An expression of time and the interval it means; open on one side where from or to is None."""

    start: int
    end: int
    from_: str | None
    to: str | None
    precision: str | None
    resolved: bool
    reason: str | None


class PlacePage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The places of one page."""

    id: str
    sha256: str
    mentions: tuple[CodedPlace, ...]


class TimePage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The times of one page, and the publication date they count from."""

    id: str
    sha256: str
    published: str | None
    expressions: tuple[CodedTime, ...]


SpanPage = PlacePage | TimePage


def load_spans(path: Path) -> list[SpanPage]:
    """Return the pages of a file of coded spans.

    Raises:
        ValueError: a line is no such page, or an id stands twice; the message names the line.
    """
    kind: type[SpanPage] = TimePage if path.name.startswith("times") else PlacePage
    pages: list[SpanPage] = load_lines(path, kind)
    check_ids(path, pages)
    return pages


def load_texts(paths: Iterable[Path] = SHARED_FILES) -> dict[str, CodedPage]:
    """Return the shared pages by id; empty where there are no shared data."""
    return {page.id: page for path in paths if path.is_file() for page in load_coded(path)}


def spans_of(page: SpanPage) -> tuple[CodedPlace, ...] | tuple[CodedTime, ...]:
    """Return the coded spans of a page."""
    return page.mentions if isinstance(page, PlacePage) else page.expressions


def check(pages: Iterable[SpanPage], texts: Mapping[str, CodedPage]) -> list[str]:
    """Return what is wrong with pages of coded spans, one line each.

    Args:
        pages: what a coder wrote.
        texts: the pages the spans belong to by id; empty when they are not at hand.
    """
    return [f"{page.id}: {says}" for page in pages for says in page_faults(page, texts)]


def page_faults(page: SpanPage, texts: Mapping[str, CodedPage]) -> Iterator[str]:
    """Yield what is wrong with one page of coded spans."""
    if not SHA256.fullmatch(page.sha256):
        yield f"sha256 is {page.sha256!r}; 64 small hexadecimal digits"
    if isinstance(page, TimePage) and page.published is not None:
        try:
            datetime.fromisoformat(page.published)
        except ValueError:
            yield f"published is {page.published!r}; an ISO date or null"
    last = 0
    for span in spans_of(page):
        where = f"{span.start}-{span.end}"
        if not last <= span.start < span.end:
            yield f"{where}: empty, or not behind the span before, which ends at {last}"
        last = span.end
        for says in place_faults(span) if isinstance(span, CodedPlace) else time_faults(span):
            yield f"{where}: {says}"
    if texts:
        yield from text_faults(page, texts.get(page.id))


def place_faults(place: CodedPlace) -> Iterator[str]:
    """Yield what is wrong with one coded place."""
    if not place.name.strip():
        yield "no name"
    if place.kind not in KINDS:
        yield f"kind is {place.kind!r}; one of {', '.join(KINDS)}"
    if place.country is not None and not COUNTRY.fullmatch(place.country):
        yield f"country is {place.country!r}; two capital letters"
    if place.region is not None and not REGION.fullmatch(place.region):
        yield f"region is {place.region!r}; the form of ISO 3166-2"
    elif place.region is not None and place.region[:2] != place.country:
        yield f"region {place.region} is not in country {place.country}"
    if place.in_gazetteer and place.kind not in GAZETTEER_KINDS:
        yield f"kind {place.kind} is not in the gazetteer"
    yield from point_faults(place.lat, place.lon)


def point_faults(lat: float | None, lon: float | None) -> Iterator[str]:
    """Yield what is wrong with a point given in degrees, or left out."""
    if (lat is None) != (lon is None):
        yield f"lat is {lat}, but lon is {lon}; both or none"
    if lat is not None and lon is not None:
        if abs(lat) > 90 or abs(lon) > 180:
            yield f"{lat}, {lon} is no point on earth"
        if (round(lat, 1), round(lon, 1)) != (lat, lon):
            yield f"{lat}, {lon} is finer than a tenth of a degree"


def time_faults(time: CodedTime) -> Iterator[str]:
    """Yield what is wrong with one coded time."""
    if not time.resolved:
        if (time.from_, time.to, time.precision) != (None, None, None):
            yield "has an interval or a precision, but is not resolved"
        if not (time.reason or "").strip():
            yield "not resolved, but without a reason"
        return
    if time.reason is not None:
        yield f"resolved, but with a reason: {time.reason!r}"
    if time.precision not in PRECISIONS:
        yield f"precision is {time.precision!r}; one of {', '.join(PRECISIONS)}"
    bad = [moment for moment in (time.from_, time.to) if moment is not None and not is_moment(moment)]
    yield from (f"{moment!r} is no date and no minute in ISO form" for moment in bad)
    if time.from_ is None and time.to is None:
        yield "resolved, but open on both sides"
    elif time.from_ is not None and time.to is not None and not bad:
        if len(time.from_) != len(time.to):
            yield f"from {time.from_} is as fine as a day, to {time.to} as a minute, or the other way round"
        elif time.from_ > time.to:
            yield f"from {time.from_} is behind to {time.to}"


def is_moment(text: str) -> bool:
    """Say whether a text is an existing date, or a date with hours and minutes, in ISO form."""
    if not MOMENT.fullmatch(text):
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def text_faults(page: SpanPage, source: CodedPage | None) -> Iterator[str]:
    """Yield where a page of coded spans does not fit the text that its id names."""
    if source is None or source.text is None:
        yield "no page of that id among the shared texts"
        return
    if hashlib.sha256(source.text.encode()).hexdigest() != page.sha256:
        yield "sha256 is not that of the text; the offsets belong to another one"
        return
    if isinstance(page, TimePage) and page.published != source.published:
        yield f"published is {page.published}, but {source.published} in the page"
    for span in spans_of(page):
        words = source.text[span.start : span.end]
        if span.end > len(source.text) or words != words.strip():
            yield f"{span.start}-{span.end}: beyond the text, or with a space at its edge"


def main() -> int:
    """Check the files given on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="SPANS.jsonl")
    texts = load_texts()
    if not texts:
        print(f"no texts in {SHARED / 'gold'}; hashes, lengths and publication dates are not checked")
    status = 0
    for path in parser.parse_args().files or OWN_FILES:
        try:
            pages = load_spans(path)
        except (ValueError, OSError) as err:
            print(f"check_coded_spans.py: {err}", file=sys.stderr)
            return 1
        faults = check(pages, texts)
        spans = sum(len(spans_of(page)) for page in pages)
        print("\n".join([*faults, f"{path}: {len(pages)} pages, {spans} spans, {len(faults)} faults"]))
        status |= bool(faults)
    return status


if __name__ == "__main__":
    sys.exit(main())
