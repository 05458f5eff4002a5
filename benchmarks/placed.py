"""The set places: place names coded by hand -> how many are resolved to the right place.

A line is {"id", "sha256", "mentions": [{"start", "end", "name", "kind", "country", "region", "lat", "lon",
"in_gazetteer", "is_place"}]}: offsets only. The texts are those of ../shared/gold/train.jsonl with the same id and
SHA-256; a line without its text is named and left out. The reader is given each span and has the whole page.

    listed: right place     of the places in the gazetteer: kind, country, region where coded, and for a city a point
                            within NEAR_KM of the coded one
    listed: country         of the same: the country
    all: country            of all places that have one: the country
    all: kind               of all places
    resolved: wrong         of what was resolved to a place of the gazetteer: another place than coded
    unlisted: wrong country of the countries given to what was not resolved: another one than coded
    actors: seen            of the names that stand for a government, people or body: seen as no place
    places: taken as actor  of all places
"""

import hashlib
import math
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from coded import SHARED, load_coded, origin_of
from lines import load_lines
from measuring import Result, Settings
from onrecord.pipeline import capture
from onrecord.reading.places import Located, Places
from onrecord.reading.sentences import Document, make_document
from onrecord.records import Span
from score import Rows, Tally

TEXTS = SHARED / "gold" / "train.jsonl"

NEAR_KM = 60.0
"""Distance at which a point is that of the coded city: coders write a tenth of a degree from memory."""


class Mention(msgspec.Struct, frozen=True):
    """A name as coded."""

    start: int
    end: int
    name: str
    kind: str
    country: str | None = None
    region: str | None = None
    lat: float | None = None
    lon: float | None = None
    in_gazetteer: bool = False
    is_place: bool = True


class PlacedPage(msgspec.Struct, frozen=True):
    """The names of one page; sha256 is that of its text as UTF-8."""

    id: str
    sha256: str
    mentions: tuple[Mention, ...] = ()


def measure(path: Path, settings: Settings) -> Result:
    """Resolve every coded name of a file; the tagger plays no part, and no intervals are drawn."""
    pages = {page.id: page for page in load_coded(TEXTS)}
    answers: list[tuple[PlacedPage, Document, list[Located]]] = []
    faults, seconds = [], 0.0
    for coded in load_lines(path, PlacedPage, settings.first):
        page = pages.get(coded.id)
        if page is None or hashlib.sha256((page.text or "").encode()).hexdigest() != coded.sha256:
            faults.append(f"{coded.id}  no text with this SHA-256 in {TEXTS}")
            continue
        document = make_document(*capture((page.text or "").encode(), origin_of(page)))
        began = time.perf_counter()
        places = Places(document)
        located = [places.resolve(Span(mention.start, mention.end)) for mention in coded.mentions]
        seconds += time.perf_counter() - began
        answers.append((coded, document, located))
    return Result(score_placed(answers, faults), len(answers), seconds, faults)


def score_placed(answers: Iterable[tuple[PlacedPage, Document, list[Located]]], faults: list[str]) -> Rows:
    """Return the rows of the set; what is wrong is added to the faults."""
    tally = Tally()
    for page, document, found in answers:
        for mention, located in zip(page.mentions, found, strict=True):
            for name, good in judged(mention, located):
                tally.judge(name, good)
                if good == (name.endswith("wrong") or "wrong" in name or "taken" in name):
                    around = document.text[max(0, mention.start - 30) : mention.end + 30].replace("\n", " ")
                    place = located.place
                    faults.append(
                        f"{name} | {mention.name} ({mention.kind}, {mention.region or mention.country}) | {place.name} "
                        f"({located.kind}, {located.region or place.country}) {located.reason} | {page.id} | {around}"
                    )
    return tally.rows()


def judged(mention: Mention, located: Located) -> Iterator[tuple[str, bool]]:
    """Yield the rows that a name belongs to, each with whether the row's question is answered with yes."""
    if not mention.is_place:
        yield "actors: seen", located.kind == "actor"
        return
    right = is_right(mention, located)
    yield "places: taken as actor", located.kind == "actor"
    yield "all: kind", located.kind == mention.kind
    if mention.in_gazetteer:
        yield "listed: right place", right
        yield "listed: country", located.place.country == mention.country
    if mention.country:
        yield "all: country", located.place.country == mention.country
    if located.sure:
        yield "resolved: wrong", not right
    elif located.place.country:
        yield "unlisted: wrong country", located.place.country != mention.country


def is_right(mention: Mention, located: Located) -> bool:
    """Say whether a name was resolved to the coded place."""
    place = located.place
    if (located.kind, place.country) != (mention.kind, mention.country):
        return False
    if mention.region and located.region and mention.region != located.region:
        return False
    if mention.kind != "city" or mention.lat is None or mention.lon is None or place.lat is None or place.lon is None:
        return located.sure or not mention.in_gazetteer
    return distance(mention.lat, mention.lon, place.lat, place.lon) <= NEAR_KM


def distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return kilometres between two points in degrees."""
    a, b, turn = math.radians(lat), math.radians(other_lat), math.radians(other_lon - lon)
    return 6_371.0 * math.acos(
        max(-1.0, min(1.0, math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(turn)))
    )
