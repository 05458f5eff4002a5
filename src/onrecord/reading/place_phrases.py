"""The words of a place -> its parts: the name, its type, what it lies in, the nation whose adjective stands before it.

In goes a stretch of a sentence, out comes a Phrase; the words right around the stretch are read too, since "Lomnik" of
"Lomnik province, Peru" is a province of Peru. Names are not looked up here (places.py).
"""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows, words
from onrecord.reading.sentences import Token

LEADING = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "in", "at", "and", "or", "near", "across", "inside", "outside"}
    | {"around", "throughout", "from", "to", "of"}
)
"""Words that are not part of a name when they stand before it."""

INSIDE = frozenset("in of within".split())
"""Words between a name and what it lies in."""

AROUND = INSIDE | frozenset("at on near outside inside around off along from".split())
"""Words between a place that has only a type ("a hospital") and what it lies in or near."""

PART_JOINERS = frozenset("de la del al el di du da do dos e i y ul ur en le les sur am an der der- von bin abu".split())
"""Small words inside names: "Mazar i Sharif", "Rio de Janeiro"."""

POINTED = frozenset({"st", "mt", "ft", "ste"})
"""Short words of names that take a point: "St. Louis"."""

AREA_ADJECTIVES = frozenset(
    {"European", "African", "Asian", "Arab", "Western", "Nordic", "Andean", "Scandinavian", "Balkan", "Latin American"}
    | {"Central American", "South American", "North American", "Europeans", "Africans", "Asians", "Arabs"}
)
"""Adjectives of parts of the world: actors like those of countries, but of no one country."""

MOST_NAME_TOKENS = 7
"""Tokens of one name; a longer run of capitals is a heading."""

HUNG_ON = re.compile(r"-(?:based|born|held|controlled|occupied|administered|backed|led|area|bound)$")

SETTLED = frozenset({"city", "region", "district", "country"})
"""Kinds whose type word counts outside the stretch too: "Lomnik" of "Lomnik airport" is the city."""

REACH = 6
"""Tokens read before and behind the stretch."""


class Phrase(msgspec.Struct, frozen=True):
    """The parts of a place. names are the words of the place itself, () when it has only a type ("a hospital").

    direction says that the words name a part ("eastern Lomnik"), hint that such a word stands right before them;
    holders are the names of what it lies in, the nearest first; nations are country codes by adjective; several says
    that the words name more than one place, loose names the holders behind a comma, which may be a list instead.
    """

    names: tuple[str, ...] = ()
    low: int = 0
    high: int = 0
    kind: str | None = None
    type_word: str | None = None
    direction: bool = False
    hint: bool = False
    holders: tuple[str, ...] = ()
    nations: tuple[str, ...] = ()
    several: bool = False
    near: str | None = None
    loose: frozenset[str] = frozenset()


@cache
def kinds() -> dict[str, str]:
    """Return the kind of place by type word."""
    return {row["word"]: row["kind"] for row in rows("place_kinds")}


@cache
def directions() -> frozenset[str]:
    """Return the words of direction."""
    return frozenset(row["word"] for row in rows("place_words") if row["class"] == "direction")


@cache
def nationalities() -> dict[str, tuple[str, ...]]:
    """Return the codes of the countries by adjective or word for their people: "Russian", "Congolese"."""
    found: dict[str, list[str]] = {}
    for row in rows("countries"):
        for word in row["adjectives"].split(", "):
            if word and row["code"] and row["code"] not in found.setdefault(word, []):
                found[word].append(row["code"])
    for word in AREA_ADJECTIVES:
        found.setdefault(word, [])
    names = words("countries", "name")
    return {word: tuple(codes) for word, codes in found.items() if word.lower() not in names}


def parse_phrase(tokens: Sequence[Token], low: int, high: int) -> Phrase:
    """Return the parts of the place at tokens[low:high], all of one sentence.

    "Peru's northern Lomnik province" is Lomnik, a region, held by Peru; "the Peruvian city of Lomnik" is Lomnik, a
    city, of the nation PE; "a hospital in Lomnik" has no name, is a facility, held by Lomnik.
    """
    return _Parser(tokens, low, high).parse()


def bare(word: str) -> str:
    """Return a name without what is hung on it: "Lomnik-based" is Lomnik."""
    return HUNG_ON.sub("", word)


def name_run(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the end of the name that starts at a token: capitals with the small words inside names."""
    end = at
    while end < limit and end - at < MOST_NAME_TOKENS:
        token = tokens[end]
        if token.capital and token.text[0].isalpha():
            end += 1
        elif end > at and token.text.isdigit() and end + 1 < limit and tokens[end + 1].capital:
            end += 1
        elif end > at and token.text == "." and tokens[end - 1].lower in POINTED:
            end += 1
        elif end > at and end + 1 < limit and tokens[end + 1].capital and _joins(tokens, end):
            end += 1
        else:
            break
    return end


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a small word joins two capitals to one name: "Gulf of Mexico", "Rio de Janeiro"."""
    lower, before = tokens[at].lower, tokens[at - 1].lower
    return lower in PART_JOINERS or (lower in ("of", "and") and before in ("gulf", "bay", "sea", "strait", "isle"))


class _Parser:
    """Reads one phrase from left to right."""

    def __init__(self, tokens: Sequence[Token], low: int, high: int) -> None:
        self.tokens = tokens
        self.low, self.high = low, high
        self.limit = min(len(tokens), high + REACH)
        self.kind: str | None = None
        self.type_word: str | None = None
        self.direction = self.hint = False
        self.holders: list[str] = []
        self.nations: list[str] = []
        self.near: str | None = None
        self.loose: set[str] = set()
        self.stop = high

    def parse(self) -> Phrase:
        at = self._lead(self.low)
        start, end = at, name_run(self.tokens, at, self.high) if at < self.high else at
        if end == start:
            return self._nameless(min(at, self.stop))
        start, end = self._owned(start, end)
        if end == start:
            return self._nameless(end)
        self._before(start)
        several = self._behind(end)
        return Phrase(
            names=tuple(bare(token.text) for token in self.tokens[start:end]), low=start, high=end, kind=self.kind,
            type_word=self.type_word, direction=self.direction, hint=self.hint,
            holders=tuple(self.holders), nations=tuple(self.nations), several=several, near=self.near,
            loose=frozenset(self.loose),
        )  # fmt: skip

    def _lead(self, at: int) -> int:
        """Read the words before the name; return where it starts, self.high when there is none."""
        while at < self.high:
            token = self.tokens[at]
            lower = token.lower
            if token.text in nationalities() and at + 1 < self.high and not self._begins_country(at):
                self.nations += nationalities()[token.text]
            elif token.capital and token.text[0].isalpha() and not (lower in LEADING and at == self.low):
                break
            elif self.kind and lower in AROUND and lower != "of":
                self.stop = at
                return self.high
            elif lower in directions():
                self.direction = True
            elif lower in kinds():
                self._typed(lower)
            elif lower in ("near", "outside"):
                self.near = self.near or lower
            at += 1
        return at

    def _begins_country(self, at: int) -> bool:
        """Say whether an adjective is the first word of a country's name: "Saudi Arabia"."""
        return f"{self.tokens[at].lower} {self.tokens[at + 1].lower}" in words("countries", "name")

    def _typed(self, word: str) -> None:
        self.kind, self.type_word = kinds()[word], word
        if self.direction and self.kind in SETTLED:
            self.direction, self.hint = False, True  # "the northern city of Lomnik" is no part of Lomnik

    def _owned(self, start: int, end: int) -> tuple[int, int]:
        """Step over owners: "Peru's northern Lomnik" is Lomnik, held by Peru, likewise "the Peru town of Lomnik".

        (end, end) for "Peru's coast".
        """
        while end < self.high and self.tokens[end].lower == "'s":
            self.holders.insert(0, self._words(start, end))
            self.kind = self.type_word = None
            start = self._lead(end + 1)
            end = name_run(self.tokens, start, self.high)
        behind = [token.lower for token in self.tokens[end : min(end + 3, self.high)]]
        at = next((n for n, word in enumerate(behind) if word == "of"), 0)
        owner = self._words(start, end).lower() in words("countries", "name")
        kind = kinds().get(behind[at - 1]) if at else None
        if (
            (kind == "city" or (owner and kind in SETTLED))
            and end + at + 1 < self.high
            and self.tokens[end + at + 1].capital
        ):
            self.holders.insert(0, self._words(start, end))
            self._typed(behind[at - 1])
            return end + at + 1, name_run(self.tokens, end + at + 1, self.high)
        return start, end

    def _words(self, low: int, high: int) -> str:
        return " ".join(token.text for token in self.tokens[low:high])

    def _nameless(self, at: int) -> Phrase:
        """Return a phrase that has only a type; what it lies in may stand behind it."""
        if self.low < len(self.tokens):
            self._holder_behind(at, AROUND)
        return Phrase(
            low=self.low, high=self.high, kind=self.kind, type_word=self.type_word, direction=self.direction,
            holders=tuple(self.holders), nations=tuple(self.nations), near=self.near,
        )  # fmt: skip

    def _before(self, start: int) -> None:
        """Read what stands before a stretch that begins with its name: "Peru's northern", "city of"."""
        at = start - 1
        owner = self.high < len(self.tokens) and self.tokens[self.high].lower == "'s"
        if start > self.low or at < 0 or owner:
            return
        if self.tokens[at].lower == "of" and at > 0 and kinds().get(self.tokens[at - 1].text) in SETTLED:
            self._typed(self.tokens[at - 1].lower)
            at -= 2
        elif kinds().get(self.tokens[at].text) in SETTLED:
            self._typed(self.tokens[at].lower)
            at -= 1
        while at >= 0 and (self.tokens[at].lower in directions() or self.tokens[at].lower in ("restive", "port")):
            self.hint = self.hint or (self.kind is None and self.tokens[at].lower in directions())
            at -= 1
        if at >= 0 and self.tokens[at].text in nationalities():
            self.nations += nationalities()[self.tokens[at].text]
        elif at > 0 and self.tokens[at].lower == "'s" and self.tokens[at - 1].capital:
            first = at - 1
            while first > 0 and self.tokens[first - 1].capital and at - first < 4:
                first -= 1
            self.holders.append(self._words(first, at))

    def _behind(self, end: int) -> bool:
        """Read the type and what holds the place behind its name; return whether more places follow in a list."""
        at = end
        while at < self.limit and self.tokens[at].lower in ("refugee", "nuclear", "power", "train", "military", "air"):
            at += 1
        if at < self.limit and self.tokens[at].lower in kinds() and not self.tokens[at].capital:
            of = at + 2 < len(self.tokens) and self.tokens[at + 1].lower == "of" and self.tokens[at + 2].capital
            counts = at < self.high or (kinds()[self.tokens[at].lower] in SETTLED and not of)
            if counts:
                self._typed(self.tokens[at].lower)
            end = at + 1
        if end < self.limit and self.tokens[end].lower == "." and end + 1 < self.high:
            end += 1
        listed = self._lists(end)
        if not listed:
            self._holder_behind(end, INSIDE)
        return listed

    def _lists(self, end: int) -> bool:
        """Say whether names go on inside the stretch: "Ardova, Lomnik and Varno"."""
        at, names = end, 1
        while at + 1 < self.high and self.tokens[at].lower in (",", "and", "or", "&"):
            joined = self.tokens[at].lower != ","
            step = at + 1
            while step < self.high and (self.tokens[step].lower in directions() or self.tokens[step].lower == "and"):
                joined = joined or self.tokens[step].lower == "and"
                step += 1
            after = name_run(self.tokens, step, self.high)
            if after == step:
                return False
            names += 1
            if joined:
                return True
            at = after
        return False

    def _holder_behind(self, at: int, inside: frozenset[str]) -> None:
        """Read ", Peru", "in southern Peru", "(Peru)" behind the place, twice at most."""
        for _ in range(2):
            if at + 1 >= self.limit:
                return
            lower = self.tokens[at].lower
            if lower not in (",", "(") and lower not in inside:
                return
            step = at + 1
            if (
                self.tokens[step].lower in directions()
                and step + 1 < self.limit
                and self.tokens[step + 1].lower == "of"
            ):
                return  # ", east of Lomnik": beside it, not in it
            while step < self.limit - 1 and (
                self.tokens[step].text in directions()
                or self.tokens[step].text in ("the", "state", "province", "of", "city", "region", "'s")
                or (self.tokens[step].text in nationalities() and lower in inside)
            ):
                self.nations += nationalities().get(self.tokens[step].text, ())
                step += 1
            after = name_run(self.tokens, step, self.limit)
            if after == step:
                return
            if lower == "," and after < self.limit and self.tokens[after].lower in ("and", "or"):
                return
            self.holders.append(self._words(step, after))
            if lower == "," and step == at + 1:
                self.loose.add(self.holders[-1])
            at = after
            if at + 1 < self.limit and self.tokens[at].text == ".":
                at += 1
            if at < self.limit and self.tokens[at].lower in kinds():
                at += 1
