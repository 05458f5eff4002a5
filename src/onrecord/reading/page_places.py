"""The countries and regions that a page speaks of, with where: what tells a place from its namesakes.

In goes a document, out come votes. Words decide: names and adjectives of countries, capitals, states of a few large
countries, large cities (lexicon/countries.tsv, region_codes.tsv, the gazetteer). One pass over the tokens, once
a page and only when something is asked.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.gazetteer import gazetteer, name_key
from onrecord.reading.sentences import Document, Token

NAME_WEIGHT, ADJECTIVE_WEIGHT, HEADLINE_WEIGHT, DATELINE_WEIGHT = 1.0, 0.6, 1.5, 2.0
"""What a mention counts: an adjective names an actor as often as a place. Set by judgement."""

OWN_COUNTRY_WEIGHT = 0.5
"""The United States count half: news from anywhere names them. Set on the train pages."""

NEAR_CHARACTERS = 300
"""A mention this close speaks for the place beside it: about two sentences."""

LOOK_BACK = 500
"""Characters before "the city" or a district in which the city is named: a paragraph or two."""

AMBIGUOUS_CITIES = frozenset(
    {"victoria", "georgetown", "kingston", "san jose", "santiago", "hamilton", "st george", "van", "batman", "kennedy"}
    | {"santos", "bolivar", "rosario", "serra", "viana", "surrey", "natal", "salem", "warder", "panama city"}
)
"""Large cities and capitals whose names many towns, persons or words have: they name no country by themselves."""

WORD = re.compile(r"[^\W\d_][\w.-]*")


class Vote(msgspec.Struct, frozen=True, gc=False):
    """One mention: where it starts (-1: headline, dateline), the key of its words, what it speaks for."""

    start: int
    key: str
    country: str
    region: str | None
    weight: float
    point: tuple[float, float] | None


class Word(msgspec.Struct, frozen=True, gc=False):
    """The rest of a name behind its first word, and what the name speaks for."""

    rest: list[str]
    key: str
    country: str
    region: str | None
    weight: float
    point: tuple[float, float] | None = None


@cache
def voting_words() -> dict[str, tuple[Word, ...]]:
    """Return the words that speak for a country by their first word in small letters, the longest first."""
    found: dict[str, list[Word]] = defaultdict(list)

    def add(
        name: str, country: str, region: str | None, weight: float, point: tuple[float, float] | None = None
    ) -> None:
        first, *rest = name.lower().split()
        found[first].append(Word(rest, name_key(name), country, region, weight, point))

    states = [row for row in rows("region_codes") if not row["comment"]]
    unsure = {row["name"].lower() for row in rows("region_codes") if row["comment"]} | {"congo"}
    nations: dict[str, set[str]] = defaultdict(set)
    for row in rows("countries"):
        if row["code"] and row["name"].lower() not in unsure:
            add(row["name"], row["code"], None, NAME_WEIGHT)
        for word in row["adjectives"].split(", "):
            nations[word].add(row["code"])
    for word, codes in nations.items():
        if word and len(codes) == 1 and "" not in codes and word != "Georgian":
            add(word, next(iter(codes)), None, ADJECTIVE_WEIGHT)
    countries = {row["name"].lower() for row in rows("countries")}
    for city in gazetteer().large_cities():
        if name_key(city.name) not in AMBIGUOUS_CITIES and city.name.lower() not in countries and city.country:
            point = (city.lat, city.lon) if city.lat is not None and city.lon is not None else None
            weight = NAME_WEIGHT if city.capital else ADJECTIVE_WEIGHT
            add(city.name, city.country, city.region, weight, point)
    for row in states:
        for name in (row["name"], *(short for short in row["short"].split(", ") if "." in short and len(short) > 3)):
            add(name.rstrip(".") if name.count(".") == 1 else name, row["code"][:2], row["code"], NAME_WEIGHT)
    return {first: tuple(sorted(words, key=lambda word: -len(word.rest))) for first, words in found.items()}


class PageVotes:
    """The votes of one page, counted when the first is asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._counted = False

    def _read(self) -> None:
        self._counted, document = True, self._document
        self._starts: list[int] = []
        self._votes: list[Vote] = []
        self._countries: dict[str, float] = defaultdict(float)
        self._regions: dict[str, float] = defaultdict(float)
        self._by_key: dict[str, list[Vote]] = defaultdict(list)
        self._points: dict[str, tuple[float, float]] = {}
        article = document.article
        for text, weight in ((article.headline, HEADLINE_WEIGHT), (article.dateline, DATELINE_WEIGHT)):
            if text:
                words = [word for word in WORD.findall(text) if word[0].isupper()]
                self._count(_votes([Token(-1, -1, word, word.lower()) for word in words], weight))
        for sentence in document.sentences:
            self._count(_votes(sentence.tokens, 1.0))

    def _count(self, votes: Iterator[Vote]) -> None:
        for vote in votes:
            self._countries[vote.country] += vote.weight
            if vote.region:
                self._regions[vote.region] += vote.weight
            self._by_key[vote.key].append(vote)
            if vote.point:
                self._points[vote.key] = vote.point
            if vote.start >= 0:
                self._starts.append(vote.start)
                self._votes.append(vote)

    def shares(self, but: str) -> dict[str, float]:
        """Return each country's part of all votes, 0 to 1; mentions of the name `but`, a key, are left out."""
        if not self._counted:
            self._read()
        found = dict(self._countries)
        for vote in self._by_key.get(but, ()):
            found[vote.country] -= vote.weight
        total = sum(found.values())
        return {code: weight / total for code, weight in found.items() if weight > 0} if total > 0 else {}

    def weight(self, country: str) -> float:
        """Return the votes for a country."""
        if not self._counted:
            self._read()
        return self._countries.get(country, 0.0)

    def region_share(self, region: str, but: str) -> float:
        """Return a region's part of all votes for regions, 0 to 1, without mentions of the name `but`."""
        if not self._counted:
            self._read()
        own = sum(vote.weight for vote in self._by_key.get(but, ()) if vote.region)
        mine = sum(vote.weight for vote in self._by_key.get(but, ()) if vote.region == region)
        total = sum(self._regions.values()) - own
        return (self._regions.get(region, 0.0) - mine) / total if total > 0 else 0.0

    def points(self, but: str) -> list[tuple[float, float]]:
        """Return where the large cities lie that the page names, without the name `but`."""
        if not self._counted:
            self._read()
        return [point for key, point in self._points.items() if key != but]

    def last_city(self, start: int) -> Vote | None:
        """Return the large city named last before a character, no further than LOOK_BACK."""
        if not self._counted:
            self._read()
        for at in range(bisect_left(self._starts, start) - 1, -1, -1):
            if self._starts[at] < start - LOOK_BACK:
                return None
            if self._votes[at].point:
                return self._votes[at]
        return None

    def near(self, start: int, but: str) -> Iterator[Vote]:
        """Yield the votes within NEAR_CHARACTERS of a character, without mentions of the name `but`."""
        if not self._counted:
            self._read()
        for vote in self._votes[bisect_left(self._starts, start - NEAR_CHARACTERS) :]:
            if vote.start > start + NEAR_CHARACTERS:
                return
            if vote.key != but:
                yield vote


def _votes(words: Sequence[Token], factor: float) -> Iterator[Vote]:
    """Yield the votes of a row of tokens, left to right, the longest name first."""
    table, skip = voting_words(), 0
    for at in [at for at, token in enumerate(words) if token.lower in table]:
        token = words[at]
        if at < skip or not token.text[0].isupper() or token.text == "Us":
            continue
        for name in table[token.lower]:
            end = at + 1 + len(name.rest)
            if name.rest and [after.lower for after in words[at + 1 : end]] != name.rest:
                continue
            weight = name.weight * factor * (OWN_COUNTRY_WEIGHT if name.country == "US" and not name.region else 1)
            yield Vote(token.start, name.key, name.country, name.region, weight, name.point)
            skip = end
            break
