"""Spellings of one name: a key that "Zelensky", "Zelenskyy" and "Zelenskiy" share, and which names may be one.

Names go in as written, keys and answers come out. The rules are those of the usual romanisations (endings -y, -yy,
-iy, -ij; kh and h, ou and u, doubled letters, accents, hyphens); no person is listed. A key is a hint for a comparison,
not a name: it is never shown.
"""

import re
import unicodedata
from functools import lru_cache

PLAIN = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u0111": "d", "\u0131": "i"}
)
"""Letters that have no accent to take off."""

RULES = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"['\u2018\u2019\u02bb\u02bc`-]", ""),  # Nur-ul, Nurul
        (r"(?:iyy|yy|iy|ij|yi|yj|ii|ey|ei|y|i|j)$", "i"),  # Zelensky, Zelenskyy, Zelenskiy, Zelenskij, Sergei, Sergey
        (r"(?<=[aeou])[yj](?=[aeiou])", "i"),  # Maya, Maia
        (r"^[yj]e|(?<=[aeiou])[yj]?e", "e"),  # Yevgeny, Evgeny
        (r"sch|sh|\u0161|sz", "s"),  # Sascha, Sasha
        (r"tch|tsch|ch|cz|\u010d", "c"),  # Tchaika, Chaika
        (r"dzh|dj|zh|j", "z"),  # Dzhamal, Djamal, Jamal
        (r"kh|gh|h", "h"),  # Khalil, Halil
        (r"ph", "f"),
        (r"ou|oo|w", "u"),  # Mahmoud, Mahmud
        (r"ck|q|k|x(?=s)", "k"),  # Qasim, Kasim
        (r"dh", "d"),
        (r"th", "t"),
        (r"x", "ks"),  # Oleksandr, Olexandr
        (r"[yj]", "i"),
        (r"o(?=hamm|hamed|hamad)", "u"),  # Mohammed, Muhammad
        (r"e(?=d$|t$|r$|n$|l$)", "a"),  # Ahmed, Ahmad
        (r"(.)\1+", r"\1"),  # doubled letters
        (r"oh(?=$)", "o"),
    )
)
"""Rules in the order they are applied to a word in small letters."""

SHORTEST_KEY = 4
"""Letters a key needs before two spellings can be taken for one name; "Li" and "Lee" are not."""

AFTER_NAME = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Words behind a surname that are no part of it."""


@lru_cache(maxsize=20_000)
def plain(word: str) -> str:
    """Return a word in small letters without accents."""
    decomposed = unicodedata.normalize("NFD", word.lower().translate(PLAIN))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def spelling_key(word: str) -> str:
    """Return what all spellings of a word have in common."""
    key = plain(word)
    for pattern, to in RULES:
        key = pattern.sub(to, key)
    return key


def same_spelling(a: str, b: str) -> bool:
    """Say whether two words can be spellings of one name: equal, or of equal key, long enough, with one initial."""
    if a == b or plain(a) == plain(b):
        return True
    key = spelling_key(a)
    return len(key) >= SHORTEST_KEY and key == spelling_key(b)


@lru_cache(maxsize=20_000)
def surname_of(words: tuple[str, ...]) -> str:
    """Return the last word of a name that is no "Jr." and the like; "" without a word."""
    for word in reversed(words):
        if word != "." and word.strip(".").lower() not in AFTER_NAME:
            return word
    return ""


def given_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Say whether the words before two surnames can be those of one person: one spelling, or an initial of the other.

    A name without a word before the surname agrees with none: nobody is joined on a surname alone.
    """
    if len(a) < 2 or len(b) < 2:
        return False
    if a[0] == b[0]:
        return True
    first, second = a[0].strip("."), b[0].strip(".")
    if len(first) == 1 or len(second) == 1:
        return plain(first[:1]) == plain(second[:1])
    return same_spelling(first, second)
