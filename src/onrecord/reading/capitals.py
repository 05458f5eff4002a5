"""A paragraph that is printed in capitals -> the same words with small letters, name by name, character for character.

Wire copy of some services and old archives have no small letters, and what finds names, sentences and numbers looks at
them. The words on record stay as printed: only what the rules and the reader model look at is rewritten. A word that
news text does not write small (lexicon/small_words.tsv) keeps its first capital.
"""

import re
from functools import cache

from onrecord.lexicon import rows

LEAST_LETTERS = 40
"""Letters of a paragraph from which its capitals say something; a shorter one can be a heading or an acronym."""
LEAST_SHARE = 0.9
"""Share of capitals among the letters of a paragraph from which it counts as printed in capitals."""
WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
INITIALS = re.compile(r"(?:[^\W\d_]\.){2,}")
BEGINS = re.compile(r"(?:^|[.!?]['\"\u201d)]*\s+)['\"\u201c(]*\Z")
VOWELS = frozenset("aeiouyáéíóúü")
SMALL_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers")
"""Endings that are taken off a word that is not listed itself."""


@cache
def small_words() -> frozenset[str]:
    """Return the words that news text writes with small letters."""
    return frozenset(word for row in rows("small_words") for word in row["forms"].split("|"))


def in_capitals(text: str) -> bool:
    """Say whether a paragraph is printed in capitals."""
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return capitals + small >= LEAST_LETTERS and capitals >= LEAST_SHARE * (capitals + small)


def recased(text: str) -> str:
    """Return a paragraph in capitals with small letters, of the same length; any other text as it is."""
    if not in_capitals(text):
        return text
    kept = {at for match in INITIALS.finditer(text) for at in range(*match.span())}
    pieces, done = [], 0
    for match in WORD.finditer(text):
        begins = BEGINS.search(text, max(0, match.start() - 8), match.start()) is not None
        word = match.group() if match.start() in kept else _recased_word(match.group(), begins=begins)
        pieces += [text[done : match.start()], word]
        done = match.end()
    return "".join([*pieces, text[done:]])


def _recased_word(word: str, *, begins: bool) -> str:
    """Return one word as running text writes it: its length never changes."""
    lower = word.lower()
    if len(lower) != len(word) or (len(word) == 1 and lower != "a"):
        return word
    if lower == "a" or _is_small(lower):
        return lower[0].upper() + lower[1:] if begins else lower
    return word if not VOWELS & set(lower) else word[0] + lower[1:]


def _is_small(lower: str) -> bool:
    """Say whether a word is written small: listed itself, or without its ending."""
    known = small_words()
    if lower in known:
        return True
    stem = re.split(r"['\u2019]", lower)[0]
    return any(
        stem.endswith(end) and (stem.removesuffix(end) in known or stem.removesuffix(end) + "e" in known)
        for end in ("", *SMALL_ENDINGS)
        if len(stem.removesuffix(end)) > 2
    )
