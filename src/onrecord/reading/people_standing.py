"""Role, body and country of a source, as the page's own words have them.

The tokens around a name ("Norvan Port Office chief Ana Torv", "Torv, who heads the fire service") or those of a
description ("a spokesperson for the army") go in, a Standing comes out. Nothing is known from outside the page: a
country is one whose name or adjective stands there. Who is who is decided in people.py.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.names import LONG_TITLES, Named, body_heads, heads, office_heads, office_verbs
from onrecord.reading.noun_phrases import DETERMINER, POINTS, PREPOSITION, STOP, VERB, WEEKDAY
from onrecord.reading.place_phrases import nationalities
from onrecord.reading.sentences import Sentence, Token

REACH = 12
"""Tokens beside a name that may tell its bearer's role: "the deputy head of the Norvan Port Office"."""

OF, FOR = "of", frozenset({"for", "at", "with", "from"})
NUMBERS = frozenset(
    {"one", "two", "three", "four", "five", "six", "several", "some", "many", "other", "another", "both"}
)
ENDS = frozenset({"who", "which", "that", "in", "on", "near", "and", "said", "says", "told", "as", "to", "by"})
"""Words behind which a description says nothing more of a body."""
NO_HEAD = frozenset({
    "man", "woman", "boy", "girl", "father", "mother", "son", "daughter", "brother", "sister", "people", "men", "women",
    "children", "source", "sources", "others", "some", "many", "sides", "members", "star", "native", "friend",
    "friends", "families", "relatives", "husband", "wife",
})  # fmt: skip
"""Words for persons that name no role."""


class Standing(msgspec.Struct, frozen=True):
    """What the page calls a source: role, the body it belongs to, ISO 3166 code of its country; None where unsaid."""

    role: str | None = None
    body: str | None = None
    country: str | None = None

    def filled(self) -> int:
        """Count the fields that are stated."""
        return sum(value is not None for value in (self.role, self.body, self.country))


NOTHING = Standing()


@cache
def role_heads() -> frozenset[str]:
    """Return the words that can end a role: offices, roles, ranks, and groups of such."""
    ranks = frozenset(LONG_TITLES) | {word for long in LONG_TITLES.values() for word in long}
    return (office_heads() | ranks | heads("group")) - NO_HEAD - body_heads()


@cache
def bodies() -> frozenset[str]:
    """Return the words that end names of bodies when they stand before a role: "press secretary" has none."""
    return body_heads() - {"press", "media", "news", "programme", "program", "project", "campaign"}


@cache
def no_bodies() -> frozenset[str]:
    """Return the words in capitals before a role that belong to it: titles, fields of an office, other roles."""
    return heads("portfolio") | titles()


@cache
def titles() -> frozenset[str]:
    """Return the words for roles and titles."""
    return role_heads() | heads("title")


# --- around a name -------------------------------------------------------------------------------------------------


def standing_of_name(text: str, sentence: Sentence, named: Named) -> Standing:
    """Return what stands before or behind a name: "Kremlin aide Torv", "Torv, the mayor of Vale,"."""
    words = sentence.tokens
    first = next((i for i, word in enumerate(words) if word.start >= named.start), len(words))
    end = next((i for i in range(first, len(words)) if words[i].start >= named.end), len(words))
    before = standing_of(text, words[title_start(words, first) : first])
    return max(before, behind_name(text, words, end), key=Standing.filled)


def title_start(words: Sequence[Token], first: int) -> int:
    """Return where the description right before a name starts; `first` when none stands there."""
    at, apposed = first, first > 0 and words[first - 1].text == ","
    at -= apposed
    while at > 0 and first - at < REACH:
        word = words[at - 1]
        linking = word.lower in (OF, *FOR) and at > 1 and words[at - 2].lower in role_heads()
        short = word.text == "." and at > 1 and words[at - 2].capital and len(words[at - 2].text) < 5
        if word.lower in DETERMINER and not (at > 1 and words[at - 2].lower in (OF, *FOR)):
            return at - 1
        linking = linking or word.lower in DETERMINER
        if not (linking or short) and ends_title(word):
            break
        at -= 1
    return first if apposed else at


def ends_title(word: Token) -> bool:
    """Say whether a word cannot stand in a title before a name."""
    lower = word.lower
    if lower == "'s":
        return False
    return word.text in POINTS or lower in STOP or lower in WEEKDAY or lower in PREPOSITION or (
        lower in VERB and not word.capital
    )  # fmt: skip


def behind_name(text: str, words: Sequence[Token], end: int) -> Standing:
    """Return what the apposition behind a name says: ", the mayor of Vale,", ", 44, who heads the fire service,"."""
    if end >= len(words) or words[end].text not in (",", "\u2014", "\u2013"):
        return NOTHING
    at = end + 1
    if at + 1 < len(words) and words[at].text.isdigit() and words[at + 1].text == ",":
        at += 2
    stop = at
    while stop < len(words) and stop - at < REACH and words[stop].text not in POINTS:
        stop += 1
    phrase = words[at:stop]
    if len(phrase) > 2 and phrase[0].lower == "who" and phrase[1].lower in office_verbs():
        body = body_of(text, phrase[2:])
        return Standing(office_verbs()[phrase[1].lower], body, country_in(phrase[2:])) if body else NOTHING
    head = head_at(phrase)
    if head is None or any(ends_title(word) for word in phrase[:head] if word.lower not in DETERMINER):
        return NOTHING
    another = any(word.capital or word.lower in VERB for word in phrase[head + 1 : head + 2])
    return NOTHING if another else standing_of(text, phrase)


# --- a description -------------------------------------------------------------------------------------------------


def standing_of(text: str, words: Sequence[Token]) -> Standing:
    """Return role, body and country of a description: "a spokesperson for the army", "Kyiv's Mayor"."""
    head = head_at(words)
    if head is None:
        return NOTHING
    before = [word for word in words[:head] if word.text != '"']
    own, rest = owner(before)
    rest, body, country = held(text, rest, words[head])
    end = head + 1
    if end + 1 < len(words) and words[end].lower == OF and names_field(words[end + 1]):
        end += 2
    role = text[(rest[0] if rest else words[head]).start : words[end - 1].end]
    if own:
        country = country or country_in(own)
        if not is_country(own):
            start = text.rfind(body, own[-1].end, words[head].start) if body else -1
            body = text[own[0].start : start + len(body) if body else own[-1].end]
    elif end < len(words) and words[end].lower in (OF, *FOR):
        country = country or country_in(words[end + 1 :])
        body = body or body_of(text, words[end + 1 :])
    return Standing(role, body, country)


def head_at(words: Sequence[Token]) -> int | None:
    """Return which word is the head of a description, None when no word for a role ends it."""
    found = None
    for i, word in enumerate(words):
        if found is not None and (word.lower in (OF, *FOR) or word.lower in ENDS or word.text in POINTS):
            break
        if found is None and word.lower in (OF, *FOR, *ENDS):
            return None
        if word.lower in role_heads():
            found = i
    return found


def names_field(word: Token) -> bool:
    """Say whether the word behind "of" belongs to the role: "Secretary of State", "professor of law"."""
    if word.lower in heads("portfolio"):
        return True
    return not word.capital and word.text.isalpha() and word.lower not in DETERMINER and word.lower not in body_heads()


def owner(words: Sequence[Token]) -> tuple[Sequence[Token], Sequence[Token]]:
    """Return the words of a possessor and those behind it: "the army's" and "chief"."""
    marks = [i for i, word in enumerate(words) if word.lower in ("'s", "\u2019s", "'", "\u2019")]
    if not marks:
        return (), words
    own = words[: marks[-1]]
    named = [i for i, word in enumerate(own) if word.capital]
    if named and own[0].lower in DETERMINER and named[-1] == len(own) - 1 and len(named) == len(own) - 1:
        own = own[1:]
    return own, words[marks[-1] + 1 :]


def held(text: str, words: Sequence[Token], head: Token) -> tuple[Sequence[Token], str | None, str | None]:
    """Return the words of the role before its head, the body and the country that stand before them."""
    words = [word for word in words if word.lower not in DETERMINER and word.lower not in NUMBERS]
    country = country_in(words)
    while words and (nation(words[0]) or words[0].text in nationalities() or is_country(words[:1])):
        words = words[1:]
    start, last = next((i for i, word in enumerate(words) if word.capital or word.lower in bodies()), 0), -1
    for i in range(start, len(words)):
        word = words[i]
        if word.lower in bodies():
            last = i
        elif word.capital and word.lower not in no_bodies() and last >= i - 1:
            last = i if not head.capital or head.lower not in ("minister", "secretary") else last
        elif word.capital and last < 0 and not head.capital and word.lower not in titles():
            last = i
    if last < 0:
        return words, None, country
    if not words[last].capital:
        start = next((i for i in range(last) if words[i].lower not in SIZES), last)
    return words[last + 1 :], text[words[start].start : words[last].end], country


SIZES = frozenset({"senior", "top", "former", "deputy", "high-ranking", "chief", "acting", "then"})
"""Words before a body in small letters that belong to the role: "senior police officer"."""


def body_of(text: str, words: Sequence[Token]) -> str | None:
    """Return the body that a description names behind "of" or "for": up to a comma, a verb or "who"."""
    end = 0
    while end < len(words) and words[end].text not in POINTS and words[end].lower not in ENDS:
        if words[end].lower in VERB and not words[end].capital:
            break
        end += 1
    found = words[:end]
    while found and found[0].lower in DETERMINER and len(found) > 1 and all(word.capital for word in found[1:]):
        found = found[1:]
    if not found or is_country(found) or not (found[0].capital or found[0].lower in DETERMINER | body_heads()):
        return None
    return text[found[0].start : found[-1].end]


# --- countries -----------------------------------------------------------------------------------------------------


@cache
def country_codes() -> dict[tuple[str, ...], str]:
    """Return the code of each country by the words of its name."""
    return {tuple(row["name"].split()): row["code"] for row in rows("countries") if row["code"]}


def nation(word: Token) -> str | None:
    """Return the country whose adjective a word is, None when several have it."""
    codes = nationalities().get(word.text, ())
    return codes[0] if len(codes) == 1 else None


def country_in(words: Sequence[Token]) -> str | None:
    """Return the first country that the words name, by its name or adjective."""
    for i, word in enumerate(words):
        if word.capital:
            found = nation(word) or next(
                (codes for size in (4, 3, 2, 1) if (codes := country_codes().get(plain(words[i : i + size])))), None
            )
            if found:
                return found
    return None


def is_country(words: Sequence[Token]) -> bool:
    """Say whether words are the name of a country and nothing else."""
    return plain([word for word in words if word.lower not in DETERMINER]) in country_codes()


def plain(words: Sequence[Token]) -> tuple[str, ...]:
    """Return the words as written."""
    return tuple(word.text for word in words)
