"""An article's words -> weighted terms, names and numbers, by which articles are compared.

A term weighs by how often it stands in the article and by how rare it is in news reports: word_frequencies.tsv.
The frequencies are fixed: they do not depend on which articles came before, so that articles added in any order are
compared alike. What is made of the terms is decided in likeness.py.
"""

import re
from collections import Counter
from functools import cache, lru_cache
from math import fsum, log, sqrt
from typing import NamedTuple

from onrecord.lexicon import rows, words

UNKNOWN_PER_MILLION = 18.0
"""Reports in a million that hold a word which is not in the table: the value of the rank behind its last row."""

TITLE_TIMES = 2
"""How often a word of the title counts: it says what the report is about (swept 1-4: flat)."""

NUMBER_WEIGHT = 5.0
"""Weight of a number of two or more digits, on the scale of ln(1 / share of reports); swept 0-7."""

ROUND_NUMBER = 0.6
"""What is left of it for a number that ends in 0: two reports share those by chance."""

LEAD_WORDS = 80
"""Words of the text that are its lead, beside the title: what happened stands there, the background behind it."""

LEAST_NAME_WEIGHT = 2.0
"""Weight from which a capitalised word tells something: below it stand words like Monday, President, United."""

WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
YEARS = range(1900, 2100)
"""Numbers that are years: they say when, not what."""

Vector = dict[str, float]


class Wording(NamedTuple):
    """The terms of an article, of its lead (with the title), and its names, each as a vector of length 1."""

    terms: Vector
    lead: Vector
    names: Vector


@cache
def _frequencies() -> dict[str, float]:
    return {row["word"]: float(row["per_million"]) for row in rows("word_frequencies")}


@cache
def _passing() -> frozenset[str]:
    """Words that say when or how much in every report."""
    return frozenset(map(stem, words("calendar_words", "word")))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a lower-case word without the commonest endings; it need not be a word."""
    if len(word) > 3 and word.endswith(("'s", "\u2019s")):
        word = word[:-2]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    for ending, least in (("ing", 6), ("ed", 5), ("es", 5)):
        if word.endswith(ending) and len(word) >= least:
            return word[: -len(ending)]
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


@lru_cache(maxsize=1 << 16)
def rarity(term: str) -> float:
    """Return the weight of a stem: ln(1 / share of news reports that hold it), 0 or more."""
    return max(0.0, log(1e6 / _frequencies().get(term, UNKNOWN_PER_MILLION)))


def wording(title: str, text: str) -> Wording:
    """Return the weighted terms and names of an article; a title repeated at the head of the text counts once."""
    body = text[len(title) :] if title and text.startswith(title) else text
    found = list(WORD.finditer(body))
    in_body, in_title = [match[0] for match in found], WORD.findall(title)
    lead = body[: found[LEAD_WORDS - 1].end()] if len(found) > LEAD_WORDS else body
    weights = {name: (1 + log(times)) * rarity(name) for name, times in _names(in_body, in_title).items()}
    return Wording(
        terms=_terms(in_body, in_title, f"{title}\n{body}"),
        lead=_terms(in_body[:LEAD_WORDS], in_title, f"{title}\n{lead}"),
        names=_unit(weights),
    )


def _terms(in_body: list[str], in_title: list[str], text: str) -> Vector:
    """Return the weighted stems of these words and the numbers of a text."""
    tally = Counter(stem(word.lower()) for word in in_body if len(word) > 1)
    for word in in_title:
        if len(word) > 1:
            tally[stem(word.lower())] += TITLE_TIMES
    passing = _passing()
    terms = {term: (1 + log(times)) * rarity(term) for term, times in tally.items() if term not in passing}
    return _unit(terms | _numbers(text))


def _names(in_body: list[str], in_title: list[str]) -> Counter[str]:
    """Return how often each name stands in the article: capitalised words that never stand in small letters."""
    small = {word for word in in_body if word[0].islower()}
    capital = [word.lower() for word in in_body if word[0].isupper() and len(word) > 1]
    seen = set(capital)
    found = Counter(stem(word) for word in capital if word not in small)
    for word in (word.lower() for word in in_title if word[0].isupper()):
        if word in seen and word not in small:
            found[stem(word)] += TITLE_TIMES
    for name in [name for name in found if name in _passing() or rarity(name) <= LEAST_NAME_WEIGHT]:
        del found[name]
    return found


def _numbers(text: str) -> Vector:
    """Return the weights of exact numbers: those of two digits or more and decimals, without years."""
    tally: Counter[str] = Counter()
    for match in NUMBER.findall(text):
        digits = match.replace(",", "")
        if "." in digits or (len(digits) > 1 and not (len(digits) == 4 and int(digits) in YEARS)):
            tally[digits] += 1
    return {
        f"#{digits}": (1 + log(times)) * NUMBER_WEIGHT * (ROUND_NUMBER if digits.endswith("0") else 1.0)
        for digits, times in tally.items()
    }


def _unit(weights: Vector) -> Vector:
    """Return the vector at length 1, without zeros, heaviest first."""
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    kept = ((term, weight / length) for term, weight in weights.items() if weight > 0)
    return dict(sorted(kept, key=lambda item: (-item[1], item[0])))


def dot(a: Vector, b: Vector) -> float:
    """Return the sum of products of the weights that two vectors share; of unit vectors, their cosine.

    It is rounded once, at the end, so that no order of terms and no order of the two changes it.
    """
    return fsum(a[term] * b[term] for term in a.keys() & b.keys())
