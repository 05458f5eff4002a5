"""Places that no gazetteer row names: seas, ranges, parts of the world; states by short names, countries by code.

Source: lexicon/areas.tsv, lexicon/region_codes.tsv.
"""

from collections.abc import Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.gazetteer import Entry, Gazetteer, name_key
from onrecord.reading.place_phrases import kinds

PlaceKind = Literal["city", "region", "country", "district", "facility", "water", "area", "actor", "other"]
"""What a place is; actor and other are no places that can be told."""


class Area(msgspec.Struct, frozen=True):
    """A row of lexicon/areas.tsv."""

    name: str
    kind: PlaceKind
    country: str | None
    region: str | None


@cache
def areas() -> dict[str, Area]:
    """Return the seas, ranges and other areas without a government of their own, by key."""
    return {
        name_key(row["name"]): Area(
            row["name"], msgspec.convert(row["kind"], PlaceKind),
            row["countries"] if len(row["countries"]) == 2 else None, row["region"] or None,
        )
        for row in rows("areas")
    }  # fmt: skip


@cache
def states() -> dict[str, tuple[str, str]]:
    """Return name and code of the states by full and short name, as written."""
    found = {}
    for row in rows("region_codes"):
        for short in (row["name"], *row["short"].split(", ")):
            if short:
                found[short] = found[short.rstrip(".")] = (row["name"], row["code"])
    return found


def nation_of(inner: Sequence[str], codes: tuple[str, ...], listed: Gazetteer) -> Entry | None:
    """Return the country of "Lomnian Republic", where the adjective is of one country."""
    if len(codes) != 1 or [kinds().get(word.lower()) for word in inner] != ["country"]:
        return None
    return country_of(codes[0], listed)


def country_of(code: str, listed: Gazetteer) -> Entry | None:
    """Return the country of a code."""
    names = (row["name"] for row in rows("countries") if row["code"] == code)
    found = (entry for name in names for entry in listed.find(name))
    return next((entry for entry in found if (entry.kind, entry.country) == ("country", code)), None)


@cache
def capitals(listed: Gazetteer) -> dict[str, Entry]:
    """Return the capital by country code."""
    return {entry.country: entry for entry in listed.large_cities() if entry.capital and entry.country}
