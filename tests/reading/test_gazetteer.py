"""The gazetteer: names are found in every spelling, quickly, from several threads, without a write."""

import sqlite3
import threading
import time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import GazetteerError
from onrecord.reading.gazetteer import Gazetteer, gazetteer, name_key

LARGEST = 12 * 1024 * 1024
"""Bytes that the file may have in the package."""

SLOWEST_SECONDS = 1e-3
"""Mean of a look-up that fails the test: ten times the 100 microseconds of a quiet machine."""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Saint-Étienne", "st etienne"),
        ("St. Etienne", "st etienne"),
        ("Łódź", "lodz"),
        ("Pokrovs\u2019k", "pokrovsk"),
        ("Mazar-i-Sharif", "mazar i sharif"),
        ("The Hague", "hague"),
        ("São Paulo", "sao paulo"),
        ("D.C.", "dc"),
    ],
)
def test_spellings_have_one_key(name: str, key: str) -> None:
    assert name_key(name) == key


@given(st.text("aAéÉłŁßSt.-' ’ʼd", max_size=20))
def test_key_of_a_key_is_itself(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("name", "country", "listed"),
    [
        ("Kiev", "UA", "Kyiv"),
        ("Kyiv", "UA", "Kyiv"),
        ("Odessa", "UA", "Odesa"),
        ("Mazar-e-Sharif", "AF", None),
        ("São Paulo", "BR", "Sao Paulo"),
        ("Saint Petersburg", "RU", "Saint Petersburg"),
        ("Bavaria", "DE", "Bavaria"),
        ("Cook County", "US", "Cook County"),
        ("Donetsk", "UA", "Donetsk"),
        ("Hodeidah", "YE", "Hodeidah"),
    ],
)
def test_name_is_found(name: str, country: str, listed: str | None) -> None:
    found = [entry for entry in gazetteer().find(name) if entry.country == country]
    assert found
    assert listed is None or listed in {entry.name for entry in found}


def test_two_cities_of_one_name_are_both_found() -> None:
    found = {(entry.country, entry.region) for entry in gazetteer().find("Pokrovsk")}
    assert {("UA", "UA-14"), ("RU", "RU-SA")} <= found


def test_unknown_name_finds_nothing() -> None:
    assert gazetteer().find("Brandeckovia") == ()


def test_every_point_is_on_earth() -> None:
    with sqlite3.connect(gazetteer().path) as base:
        outside = base.execute(
            "SELECT count(*) FROM places "
            "WHERE lat NOT BETWEEN -900000 AND 900000 OR lon NOT BETWEEN -1800000 AND 1800000"
        ).fetchone()
    base.close()
    assert outside == (0,)


def test_file_is_small_and_has_its_notice() -> None:
    assert gazetteer().path.stat().st_size <= LARGEST
    notice = files("onrecord").joinpath("places-NOTICE.md").read_text(encoding="utf-8")
    assert "CC BY 4.0" in notice
    for name, version in gazetteer().sources().items():
        assert f"{name} {version}" in notice


def test_look_up_is_quick() -> None:
    found = Gazetteer()
    with sqlite3.connect(found.path) as base:
        keys = [key for (key,) in base.execute("SELECT key FROM names WHERE place % 199 = 0 LIMIT 300")]
    base.close()
    found.find("Kyiv")
    began = time.perf_counter()
    for key in keys:
        found.find_key(key)
    assert (time.perf_counter() - began) / len(keys) < SLOWEST_SECONDS


def test_threads_share_one_gazetteer() -> None:
    shared, found, names = Gazetteer(), [], ["Kyiv", "Paris", "Tripoli", "Valencia"] * 5
    threads = [threading.Thread(target=lambda name=name: found.append(shared.find(name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(names)
    assert all(found)


def test_file_is_never_written() -> None:
    found = Gazetteer()
    found.find("Kyiv")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        found._local.connection.execute("DELETE FROM names")


@pytest.mark.parametrize("made", [None, b"no database at all, only words " * 200])
def test_missing_or_damaged_file_says_what_to_do(tmp_path: Path, made: bytes | None) -> None:
    path = tmp_path / "places.sqlite"
    if made is not None:
        path.write_bytes(made)
    with pytest.raises(GazetteerError, match="install the package again"):
        Gazetteer(path).find("Kyiv")
