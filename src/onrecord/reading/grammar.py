"""Small closed word classes of English that the word-order rules share, and the noun phrase that follows a number.

Only words of grammar stand here; words of the world are in lexicon/*.tsv. Nothing here decides what a claim is.
"""

import re
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.sentences import Token

BE = frozenset("is are was were be been being 's 're get got gets getting isn't aren't wasn't weren't".split())
HAVE = frozenset("has have had having hasn't haven't hadn't 've".split())
MODALS = frozenset("will would may might could can should must shall won't wouldn't couldn't can't cannot 'll".split())
DO = frozenset("do does did don't doesn't didn't".split())
AUXILIARIES = BE | HAVE | MODALS | DO
PREPOSITIONS = frozenset(
    "in on at by for with from to of into onto over under after before during since until through across against "
    "near about between among amid around behind beside beyond despite inside outside off out up upon via within "
    "without along above below toward towards throughout per as than like including excluding aboard alongside "
    "following due because".split()
)
CONJUNCTIONS = frozenset("and or but nor while when whereas although though if unless because so yet".split())
RELATIVES = frozenset("who which that whom whose where".split())
PRONOUNS = frozenset("i he she it they we you him her them us me himself herself itself themselves there".split())
DETERMINERS = frozenset("the a an this that these those its his her their our my your another each every any".split())
ADVERBS = frozenset(
    "also still already not now then yet just only even later earlier further reportedly allegedly apparently so far "
    "again soon ever never almost nearly about currently immediately too thus instead once least most more "
    "together all both".split()
)
STOPS = (
    AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | RELATIVES
    | PRONOUNS
    | frozenset("'s not there here later also then since still already now again soon afterwards thereafter".split())
)

MODEL_NAME = re.compile(r"[a-z]{1,4}-\d{1,4}[a-z]{0,2}$")
"""Names of aircraft and weapons as letters, hyphen, number: mi-8, f-16, su-35s."""
TIMES = frozenset(
    "overnight today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday sunday".split()
)
SKIPPED = frozenset("the of those these its their his her them whom us".split())
"""Words between a number and what it counts: "six of the", "nine of them"."""
LONGEST_NOUN_PHRASE = 7
"""Tokens read of what is counted; 99 % of the counted phrases in the coded training pages have no more."""


class NounPhrase(msgspec.Struct, frozen=True):
    """What is counted: tokens first to last (half open), the head token (or None), its class."""

    first: int
    last: int
    head: int | None
    counted_class: str


@cache
def counted_classes() -> dict[str, str]:
    """Return the class of each counted word of lexicon/counted.tsv."""
    return {row["words"]: row["class"] for row in rows("counted")}


def class_of(word: str) -> str | None:
    """Return the class of a counted noun in singular or plural, None when it is not in the lexicon."""
    table = counted_classes()
    found = table.get(word)
    if found is not None or (len(word) < 4 and "-" not in word):
        return found
    if word.endswith("ies") and "-" not in word:
        return table.get(word[:-3] + "y")
    if word.endswith("es") and word[:-2] in table:
        return table[word[:-2]]
    if word.endswith("s") and "-" not in word:
        return table.get(word[:-1])
    if "-" in word:
        return "weapon" if MODEL_NAME.match(word) else class_of(word.rpartition("-")[2])
    return None


IRREGULAR_SINGULARS = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "policemen": "policeman",
    "firemen": "fireman", "gunmen": "gunman",
}  # fmt: skip


def is_plural(word: str) -> bool:
    """Say whether a counted noun is a plural, by its form or because it has no singular."""
    if word in ("people", "men", "women", "children", "police", "troops", "cattle", "policemen", "firemen", "gunmen"):
        return True
    return word.endswith("s") and not word.endswith(("ss", "us", "is")) and word not in ("bus", "gas")


def singular(word: str) -> str:
    """Return the singular of a counted noun by rule; the word itself where no rule fits."""
    if not is_plural(word) or word == "police":
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") else IRREGULAR_SINGULARS.get(word, word)


def noun_phrase(tokens: tuple[Token, ...], first: int, breaks: dict[int, str]) -> NounPhrase:
    """Read the noun phrase that begins at a token.

    Args:
        tokens: the sentence.
        first: where the phrase begins, after the number.
        breaks: tokens at which an outcome word begins: "verb" ends the phrase, "modifier" does not.

    Returns:
        The phrase; empty (first == last) when no noun follows, as in "Three were killed".
    """
    begin = j = first
    head: int | None = None
    while j < len(tokens) and j < first + LONGEST_NOUN_PHRASE:
        token = tokens[j]
        lower = token.lower
        if lower in ("a", "an") and j == begin:
            break
        if lower in SKIPPED and j == first:
            first = j = j + 1
            continue
        if (
            lower == "("
            and j > first
            and j + 2 < len(tokens)
            and tokens[j + 2].lower == ")"
            and tokens[j + 1].text.isupper()
        ):
            j += 3
            continue
        if not (token.text[0].isalnum()) or lower in STOPS:
            break
        kind = class_of(lower)
        if lower in TIMES or (breaks.get(j) == "verb" and j > first):
            break
        if breaks.get(j) == "verb" and j == first and not _modifies(tokens, j + 1):
            if first > begin and tokens[first - 1].lower in ("the", "those", "these"):
                head, j = j, j + 1
            break
        if j == first and kind is None and _verb_like(lower) and not _noun_like(tokens, j + 1):
            break
        if head is not None and kind is None and _verb_like(lower):
            break
        if kind is not None:
            head = j
        elif head is not None and is_plural(lower) and not is_plural(tokens[head].lower):
            head = j
        elif head is not None and not _continues(tokens, j):
            break
        j += 1
    if head is None and j > first and not tokens[j - 1].lower.endswith("ly"):
        head = j - 1
    last = first if head is None else head + 1
    counted = class_of(tokens[head].lower) if head is not None else None
    return NounPhrase(first, max(last, first), head, counted or "other")


def _modifies(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether the word before a token stands in front of a noun: "five wounded soldiers"."""
    if at >= len(tokens):
        return False
    lower = tokens[at].lower
    return tokens[at].text[0].isalpha() and lower not in STOPS and class_of(lower) is not None


def _noun_like(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a token can be the noun of the phrase: known, plural in form, or a name."""
    if at >= len(tokens) or not tokens[at].text[0].isalpha() or tokens[at].lower in STOPS:
        return False
    return tokens[at].capital or is_plural(tokens[at].lower) or class_of(tokens[at].lower) is not None


def _continues(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a known noun still follows a word inside a phrase: "police training centre"."""
    return any(class_of(t.lower) is not None and t.lower not in STOPS for t in tokens[at + 1 : at + 3]) and not any(
        t.lower in STOPS or not t.text[0].isalnum() for t in tokens[at : at + 2]
    )


def _verb_like(lower: str) -> bool:
    """Say whether a word after a noun looks like its verb: an -ed or -ing form."""
    return lower.endswith(("ed", "ing")) and len(lower) > 4
