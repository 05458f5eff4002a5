"""The set places: a name is right when kind, country, region and point are; actors and open names count apart."""

import hashlib
import json
from pathlib import Path

import pytest

import placed
from measuring import Settings
from onrecord.reading.places import Located
from onrecord.records import Place
from placed import Mention, is_right, judged, measure

TEXT = "Rain fell on Nairobi, Kenya. Kenyan police closed the road to Brandeck."


def mention(**values: object) -> Mention:
    """A coded city of Kenya, changed by values."""
    given: dict[str, object] = {"start": 0, "end": 7, "name": "Nairobi", "kind": "city", "country": "KE"}
    given |= {"region": "KE-30", "lat": -1.3, "lon": 36.8, "in_gazetteer": True} | values
    return Mention(**given)  # type: ignore[arg-type]  # a row of a test


def located(**values: object) -> Located:
    """What the reader made of it, changed by values."""
    given: dict[str, object] = {"kind": "city", "country": "KE", "region": "KE-30", "lat": -1.28, "lon": 36.82} | values
    place = Place(start=0, end=7, country=given["country"], lat=given["lat"], lon=given["lon"])  # type: ignore[arg-type]
    return Located(place, given["kind"], given["region"], "a reason", sure=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({}, True),
        ({"country": "TZ"}, False),
        ({"region": "KE-28"}, False),
        ({"kind": "region"}, False),
        ({"lat": -4.0}, False),
        ({"region": None}, True),
    ],
)
def test_place_is_right_when_all_of_it_is(wrong: dict[str, object], right: bool) -> None:
    assert is_right(mention(), located(**wrong)) is right


def test_actor_counts_in_its_own_row() -> None:
    assert list(judged(mention(is_place=False), located(kind="actor"))) == [("actors: seen", True)]


def test_open_country_counts_as_unlisted() -> None:
    names = {
        name
        for name, _ in judged(
            mention(in_gazetteer=False), Located(Place(start=0, end=7, country="KE"), "other", None, "-")
        )
    }
    assert "unlisted: wrong country" in names
    assert "listed: right place" not in names


def coded(path: Path, sha256: str) -> Path:
    """A file of one coded page."""
    names = [("Nairobi", "city", True), ("Kenyan", "country", False)]
    mentions = [
        {
            "start": TEXT.index(name), "end": TEXT.index(name) + len(name), "name": name, "kind": kind, "country": "KE",
            "in_gazetteer": True, "is_place": is_place,
        }
        for name, kind, is_place in names
    ]  # fmt: skip
    path.write_text(json.dumps({"id": "a", "sha256": sha256, "mentions": mentions}) + "\n", encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the set find its text."""
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, "outlet": "Coast Press"}) + "\n", encoding="utf-8")
    monkeypatch.setattr(placed, "TEXTS", path)


def test_set_is_measured_on_its_text(tmp_path: Path) -> None:
    file = coded(tmp_path / "coded.jsonl", hashlib.sha256(TEXT.encode()).hexdigest())
    rows, pages, _, faults, _ = measure(file, Settings())
    assert (pages, faults) == (1, [])
    assert rows["listed: right place"] == {"share": 100.0, "n": 1}
    assert rows["actors: seen"] == {"share": 100.0, "n": 1}


def test_page_with_another_text_is_named(tmp_path: Path) -> None:
    _, pages, _, faults, _ = measure(coded(tmp_path / "coded.jsonl", "0" * 64), Settings())
    assert pages == 0
    assert "SHA-256" in faults[0]


def test_line_of_another_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "coded.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="line 1"):
        measure(path, Settings())
