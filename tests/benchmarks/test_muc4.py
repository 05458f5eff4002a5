"""benchmarks/muc4.py: number fills, optional and alternative ones, and the pairs of a report."""

import json

import pytest

from measuring import Settings
from muc4 import MANY, Fill, Pair, Template, fit, gold_pairs, limits_of, measure

KILLED_SIX = {"side": "hum", "raw": "6", "effects": ["killed"]}


def rows(tmp_path, text, *fills, template="1"):
    gold = {"templates": [{"template": template, "figures": list(fills)}]} if fills else {"templates": []}
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps({"id": "m1", "text": text, "gold": gold}), encoding="utf-8")
    return measure(path, Settings()).rows["killed and injured"]


@pytest.mark.parametrize(
    ("raw", "limits"),
    [
        ("6", ((6, 6),)),
        ("~50", ((50, 50),)),
        ("23 -", ((23, None),)),
        ("-15", ((None, 15),)),
        ("3 - 5", ((3, 5),)),
        ("5/6", ((5, 5), (6, 6))),
        ("1 / PLURAL", ((1, 1), MANY)),
        ("? 6", ((6, 6),)),
        (None, ()),
        ("*", ()),
    ],
)
def test_number_fill_is_read(raw, limits):
    assert limits_of(raw) == limits


@pytest.mark.parametrize(("found", "right"), [((5, 5), True), ((6, 6), True), ((5, None), False), (MANY, False)])
def test_any_alternative_is_right(found, right):
    gold = Pair("killed", ((5, 5), (6, 6)))
    assert fit(gold, Pair("killed", (found,))) is right
    assert not fit(gold, Pair("injured", (found,)))


def test_target_killed_and_injured_gives_two_pairs_and_a_building_none():
    fills = (Fill("hum", "2", ("injured", "killed")), Fill("phys", "1", ("destroyed",)), Fill("hum", "1", ()))
    assert [pair.effect for pair in gold_pairs([Template("1", fills)])] == ["killed", "injured"]


@pytest.mark.parametrize(
    ("text", "fills", "p", "r"),
    [
        ("Six people were killed in Orlo.", [KILLED_SIX], 100.0, 100.0),
        ("SIX PEOPLE WERE KILLED IN ORLO.", [KILLED_SIX], 100.0, 100.0),
        ("Six people were killed. The blast killed six people.", [KILLED_SIX], 100.0, 100.0),  # told twice
        ("Six people were killed in Orlo.", [], 0.0, 0.0),
        ("It rained in Orlo.", [KILLED_SIX], 0.0, 0.0),
        ("Dozens of people were killed in Orlo.", [KILLED_SIX | {"raw": "PLURAL"}], 0.0, 0.0),  # no number
        ("Nobody was killed in Orlo.", [], 0.0, 0.0),
    ],
)
def test_pairs_of_a_report_are_scored(tmp_path, text, fills, p, r):
    found = rows(tmp_path, text, *fills)
    assert (found["P"], found["R"]) == (p, r)


@pytest.mark.parametrize("template", ["1", "1 (OPTIONAL)"])
def test_optional_fill_costs_nothing_missed_and_counts_when_found(tmp_path, template):
    fill = KILLED_SIX | {"optional": template == "1"}
    assert rows(tmp_path, "It rained in Orlo.", fill, template=template)["n"] == 0
    found = rows(tmp_path, "Six people were killed in Orlo.", fill, template=template)
    assert (found["P"], found["R"], found["n"]) == (100.0, 100.0, 1)
