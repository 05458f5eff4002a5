"""A name -> the places of the world that are called so: cities, regions, countries, with coordinates where known.

Names are looked up in places.sqlite, which training/gazetteer.py makes; it is opened read-only and never loaded whole.
One look-up takes less than 100 microseconds, names asked before come from a small memory. Which of several places a
page means is not decided here (places.py).
"""

import os
import re
import sqlite3
import threading
import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import msgspec

from onrecord.errors import GazetteerError

Kind = Literal["city", "region", "country", "district", "area"]
"""What the gazetteer lists. A district is a county or a part of a region; an area is a continent."""

NOT_GEONAMES = 1_000_000_000
"""Ids from here on are the gazetteer's own: GeoNames has no number for what pycountry and the county list name."""

DEGREES = 10_000
"""Coordinates are stored as whole ten-thousandths of a degree, about 11 metres."""

REMEMBERED_NAMES = 4_096
"""Names kept with their places, about 2 MB; a news page names some 30."""

MAPPED_BYTES = 16_777_216
"""The file is read through the memory that the system keeps of it, which processes share: more than its size."""

LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a",
        "ħ": "h", "ŋ": "n", "'": "", "’": "", "‘": "", "ʼ": "", "ʻ": "", "`": "", "´": "", "ʿ": "", "ʾ": "",
        ".": "",
    }
)  # fmt: skip
"""Letters that have no decomposition, and apostrophes and points, which names have or leave out."""

LARGE_CITY = 400_000
"""People of a city whose name alone speaks for its country."""

CAMEL = re.compile(r"([a-z])([A-Z])")
NOT_WORD = re.compile(r"[^\w]+")
SAME_WORDS = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
"""Words of names that are also written short."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """One place of the gazetteer. lat and lon are WGS84 degrees, None when the sources give none.

    country is ISO 3166-1 alpha-2, region ISO 3166-2; own says whether the look-up name is its own rather than another
    name of it; population 0 is unknown.
    """

    id: int
    name: str
    kind: Kind
    country: str | None
    region: str | None
    lat: float | None
    lon: float | None
    population: int
    capital: bool
    own: bool

    @property
    def geonames(self) -> int | None:
        """The GeoNames number, None for a place that GeoNames does not list."""
        return self.id if self.id < NOT_GEONAMES else None


@lru_cache(REMEMBERED_NAMES)
def name_key(name: str) -> str:
    """Return the form that a name is looked up by: small letters without marks, one blank for what is no letter.

    "Saint-Étienne", "St. Etienne" and "st etienne" have one key.
    """
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    parts = NOT_WORD.sub(" ", name.lower().translate(LETTERS)).split()
    if len(parts) > 1:
        parts = [SAME_WORDS.get(part, part) for part in parts]
        if parts[0] == "the":
            del parts[0]
    return " ".join(parts)


def spellings(name: str, key: str) -> list[str]:
    """Return keys of other spellings of a name that is not listed as it stands: "BeletWeyne", "Qala-e-Naw"."""
    words = key.split()
    found = []
    if len(words) > 2:
        found.append(" ".join({"e": "i", "i": "e"}.get(word, word) for word in words))
    if words and words[0] in ("al", "el", "ad", "ar", "as", "ash") and len(words) > 1:
        found.append(" ".join(words[1:]))
    if len(words) == 1 and CAMEL.search(name):
        found.append(name_key(CAMEL.sub(r"\1 \2", name)))
    return [other for other in found if other != key]


class Gazetteer:
    """Looks names up in one file; threads share it, each with a connection of its own.

    Args:
        path: the SQLite file; None is the one in the package.

    Raises:
        GazetteerError: at the first look-up, when there is no such file or it is no gazetteer.
    """

    QUERY = (
        "SELECT p.id, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population, p.capital, n.own "
        "FROM names n JOIN places p ON p.id = n.place WHERE n.key = ?"
    )

    LARGE = (
        "SELECT id, name, kind, country, region, lat, lon, population, capital, 1 FROM places "
        "WHERE capital = 1 OR (kind = 'city' AND population >= ?) ORDER BY id"
    )

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(str(files("onrecord"))) / "places.sqlite"
        self._local = threading.local()
        self.find_key = lru_cache(REMEMBERED_NAMES)(self._find_key)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the places called so, the most populous first; none for a name that is not listed."""
        key = name_key(name)
        found = self.find_key(key)
        if found or not name:
            return found
        return next((more for more in map(self.find_key, spellings(name, key)) if more), ())

    def large_cities(self) -> list[Entry]:
        """Return the capitals and the large cities; names of two of them are left out."""
        found: dict[str, list[Entry]] = {}
        for entry in map(_entry, self._ask(self.LARGE, (LARGE_CITY,))):
            found.setdefault(entry.name, []).append(entry)
        return [entries[0] for entries in found.values() if len(entries) == 1]

    def sources(self) -> dict[str, str]:
        """Return what the gazetteer was made from, with versions."""
        return {str(name): str(value) for name, value in self._ask("SELECT name, value FROM sources", ())}

    def _find_key(self, key: str) -> tuple[Entry, ...]:
        found = map(_entry, self._ask(self.QUERY, (key,)))
        return tuple(sorted(found, key=lambda entry: (-entry.population, entry.id)))

    def _ask(self, query: str, values: tuple[str | int, ...]) -> list[tuple[Any, ...]]:
        # A connection is not carried over a fork: SQLite forbids it, so each process opens its own.
        if getattr(self._local, "process", None) != os.getpid():
            self._open()
        try:
            return self._local.connection.execute(query, values).fetchall()  # type: ignore[no-any-return]
        except sqlite3.DatabaseError as err:
            raise GazetteerError(f"{self.path}: no gazetteer ({err}); install the package again") from err

    def _open(self) -> None:
        try:
            self._local.connection = sqlite3.connect(f"{self.path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
        except sqlite3.OperationalError as err:
            raise GazetteerError(f"{self.path}: no such gazetteer; install the package again") from err
        self._local.connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")
        self._local.process = os.getpid()


def _entry(row: tuple[Any, ...]) -> Entry:
    number, name, kind, country, region, lat, lon, population, capital, own = row
    return Entry(
        number, name, kind, country, region,
        None if lat is None else lat / DEGREES, None if lon is None else lon / DEGREES,
        population, bool(capital), bool(own),
    )  # fmt: skip


@lru_cache(1)
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the package."""
    return Gazetteer()
