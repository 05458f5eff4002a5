"""The place of a figure -> where the figure counts, so that figures of two places are never taken for one quantity.

A place limits a figure only where the sentence ties the two: "11 people in X", "In X, 11 people". A place from another
clause or another sentence says where the article is, not what was counted. Nothing is looked up in a gazetteer here.
"""

import re
from functools import cache
from math import asin, cos, radians, sin, sqrt

from onrecord.lexicon import rows
from onrecord.lexicon import words as lexicon_words
from onrecord.records import Event, Figure, Place, Reading, Record, Span, Time

EARTH_KM = 6371.0
"""Mean radius of the earth."""

NEAR_KM = 30.0
"""Distance up to which two towns count as one place of a story: a town and its suburbs."""

NAME_DIRECTIONS = frozenset({"north", "south", "east", "west"})
"""Directions that are part of a name as a rule (a state, a country); the others narrow a place only roughly."""

BREAK = re.compile(
    r"[,;:\u2014\u2013()\n]|\s-\s|--|\b(?:which|who|that|and|but|while|as|after|before|when|where|since)\b|\d"
)
FRONT_BREAK = re.compile(r"[;:\u2014\u2013()\n]|\s-\s|--|\b(?:but|while)\b")
"""What parts a figure from the place behind it, and from a place that opens its sentence."""

WHERE = re.compile(r"^,?\s+where\s+(?:\w+\s+){0,3}$", re.I)
"""Words between a place and a figure of it: "X, where at least 44 people"."""

OPENERS = re.compile(r"^\W*(?:(?:in|at|across|throughout|around|near|for|and|the|meanwhile|elsewhere)\W+){0,3}$", re.I)
"""Words that may stand before a place or time that opens a sentence."""

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


class Locality(Record, frozen=True, kw_only=True):
    """Where a figure counts. name is as written, words are those that tell it from other places.

    wide says that it takes in several places of one kind (two states, a coast); such a place limits nothing. receiving
    says that people are taken there (a hospital): a count there is never one of all.
    """

    name: str
    words: frozenset[str]
    wide: bool = False
    receiving: bool = False
    country: str | None = None
    is_country: bool = False
    lat: float | None = None
    lon: float | None = None


@cache
def _classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in rows("place_words")}


@cache
def _kinds() -> frozenset[str]:
    """Words for kinds of places: city, province, district."""
    return frozenset(row["word"] for row in rows("place_words") if row["class"] in ("type", "generic"))


def tied(text: str, figure: Figure, at: Span) -> bool:
    """Say whether the sentence ties a place or time to a figure: right behind it, or at the head of the sentence."""
    if not figure.sentence.holds(at):
        return False
    parts = [part for part in (figure.number, figure.counted, figure.outcome_word) if part is not None]
    start, end = min(part.start for part in parts), max(part.end for part in parts)
    if at.start >= figure.number.end:
        behind = max((part.end for part in parts if part.end <= at.start), default=at.start)
        return not BREAK.search(text[behind : at.start])
    if at.end <= start:
        opens = OPENERS.match(text[figure.sentence.start : at.start]) is not None
        between = text[at.end : start]
        return WHERE.match(between) is not None or (opens and not FRONT_BREAK.search(between))
    if figure.kind == "running_total" and BREAK.search(text[at.end : figure.number.start]):
        return False  # "three more bodies under a pier, bringing the total to 24": the total is not of the pier
    return start <= at.start and at.end <= end


def locality_of(reading: Reading, figure: Figure) -> Locality | None:
    """Return the place that limits a figure; None where its sentence ties none to it, or only "the state"."""
    place, page = figure.place, reading.page
    if place is None or page is None or not tied(page.text, figure, Span(place.start, place.end)):
        return None
    words = _words(place.name or Span(place.start, place.end).of(page.text))
    if words and all(word in _kinds() for word in words):
        meant = _meant(reading, figure, place)
        return None if meant is None else locality(meant, Span(meant.start, meant.end).of(page.text))
    found = locality(place, Span(place.start, place.end).of(page.text))
    named = any(word[0].isupper() for word in WORD.findall(found.name))
    return None if found.wide and not named else found  # "12 prefectures" are no place of their own


def _meant(reading: Reading, figure: Figure, place: Place) -> Place | None:
    """Return the place that "the state" stands for: the nearest before it that has a name and is no city within it."""
    text = reading.page.text if reading.page else ""
    claims: tuple[Figure | Event, ...] = (*reading.figures, *reading.events)
    named = [
        claim.place
        for claim in claims
        if claim.place and claim.place.start < place.start and claim.place.precision in (place.precision, "unknown")
    ]
    fit = [one for one in named if any(w not in _kinds() for w in _words(Span(one.start, one.end).of(text)))]
    single = [one for one in fit if not locality(one, Span(one.start, one.end).of(text)).wide]
    in_sentence = _in_sentence(text, figure, place, single)
    return in_sentence or max(single, key=lambda one: one.start, default=None)


def _in_sentence(text: str, figure: Figure, place: Place, named: list[Place]) -> Place | None:
    """Return a place of the article whose name stands in the sentence before "the state": "X officials said"."""
    before = text[figure.sentence.start : place.start]
    found = [(before.rfind(one.name), one) for one in named if one.name and one.name in before]
    return max(found, key=lambda pair: (pair[0], pair[1].start))[1] if found else None


def locality(place: Place, written: str) -> Locality:
    """Return a place as a locality; written is what the text calls it."""
    name = place.name or written
    words = _words(name)
    plural = bool(words) and (words[-1] == "coast" or (words[-1].endswith("s") and words[-1] in _kinds()))
    wide = plural or " and " in name or _plural_kind(words)
    kinds, classes, receives = _kinds(), _classes(), lexicon_words("part_places", "word")
    told = [
        word
        for word in words
        if word != "and" and word not in kinds and (classes.get(word) is None or (word in NAME_DIRECTIONS and not wide))
    ]
    return Locality(
        name=name,
        words=frozenset(word.removesuffix("s") if wide else word for word in told) or frozenset(words),
        wide=wide,
        receiving=not receives.isdisjoint(words),
        country=place.country,
        is_country=place.precision == "country",
        lat=place.lat,
        lon=place.lon,
    )


def _plural_kind(words: list[str]) -> bool:
    """Say whether the last word is the plural of a kind of place: prefectures, provinces."""
    return bool(words) and words[-1].endswith("s") and words[-1].removesuffix("s") in _kinds()


def _words(name: str) -> list[str]:
    return [word for word in (found.lower() for found in WORD.findall(name)) if word != "the"]


def is_past(text: str, figure: Figure, first: str, old: str) -> bool:
    """Say whether the sentence ties the figure to a time before the story.

    Args:
        text: that of the page.
        figure: one of its figures.
        first: the day of the story's first report; weeks, months and years that end before it are past.
        old: some days earlier; days that end before it are past.
    """
    time: Time | None = figure.time
    if time is None or not tied(text, figure, Span(time.start, time.end)):
        return False
    end = (time.to or time.from_ or "")[:10]
    day = first if time.precision in ("week", "month", "year") else old
    return bool(end) and end < day[: len(end)]


def fits(a: Locality, b: Locality) -> bool:
    """Say whether two places can be where one happening is as a whole; when in doubt they cannot."""
    if a.country and b.country and a.country != b.country:
        return False
    if a.words == b.words or ((a.wide or b.wide) and (a.words <= b.words or b.words <= a.words)):
        return True
    if a.wide and b.wide:
        return a.country is not None and a.country == b.country
    if a.is_country or b.is_country:
        return a.country == b.country
    return _km(a, b) <= NEAR_KM


def _km(a: Locality, b: Locality) -> float:
    """Return the great-circle distance; infinite where a place has no coordinates."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return float("inf")
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b.lon - a.lon) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
