"""A place as written -> a Place: its name without article and preposition, how exact its type word makes it.

It looks at the words alone: coordinates and the GeoNames number stay None, and a name is not told from its namesakes.
"""

from collections.abc import Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows, words
from onrecord.reading.sentences import Document, Token, tokens
from onrecord.records import Place, PlacePrecision, Span

LEADING = frozenset(
    {"the", "a", "an", "its", "their", "his", "her", "in", "at", "and", "or", "near", "across", "inside", "outside"}
    | {"around", "throughout", "from", "to", "of"}
)
"""Words that are not part of a name when they stand before it."""


@cache
def _precisions() -> dict[str, PlacePrecision]:
    """Return the precision of type words, regions and countries, by the word or name in small letters."""
    found = {row["word"]: row["precision"] for row in rows("place_words") if row["precision"]}
    found |= {row["name"].lower(): row["precision"] for row in rows("regions") if row["precision"]}
    found |= dict.fromkeys(words("countries", "name"), "country")
    return msgspec.convert(found, dict[str, PlacePrecision])


@cache
def _directions() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place_words") if row["class"] == "direction")


def resolve_place(document: Document, span: Span) -> Place:
    """Return the place at this span.

    "the port city of Varno" has the name "Varno" and precision city, "the Lomnik district" the name "Lomnik district"
    and precision district; a name without a type word is a country or region when a lexicon lists it, else its
    precision is unknown.

    Source: lexicon/place_words.tsv, countries.tsv, regions.tsv.
    """
    parts = tokens(document.text, span.start, span.end)
    first = 0
    while first < len(parts) - 1 and parts[first].lower in LEADING:
        first += 1
    if not parts:
        return Place(start=span.start, end=span.end)
    name = document.text[parts[_name_start(parts, first)].start : span.end]
    return Place(
        start=span.start, end=span.end, name=name, precision=_precision(name, [p.lower for p in parts[first:]])
    )


def _name_start(parts: Sequence[Token], first: int) -> int:
    """Return where the name itself begins: behind "the port city of"."""
    for at in range(first + 1, len(parts) - 1):
        typed = not parts[at - 1].capital and parts[at - 1].lower in _precisions()
        if parts[at].lower == "of" and typed and parts[at + 1].capital:
            return at + 1
    return first


def _precision(name: str, parts: list[str]) -> PlacePrecision:
    """Return how exact a name is: by the whole name, else its type word before "of", else its last word."""
    known = _precisions()
    head = parts[: parts.index(",")] if "," in parts else parts
    candidates = [name.lower(), " ".join(head)]
    if "of" in head:
        candidates.append(head[head.index("of") - 1])
    candidates += [head[-1] if head else "", head[0] if head else ""]
    rest = " ".join(part for part in head if part not in _directions())
    if rest != " ".join(head) and known.get(rest) in ("country", "region"):
        return "region"  # "eastern Fooland" is a part of it
    for candidate in candidates:
        if candidate in known:
            return known[candidate]
    return "unknown"
