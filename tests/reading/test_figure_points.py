"""Model and rules weighed: each can carry the other, and every feature of the code has its row in the table."""

import pytest

from onrecord.lexicon import rows
from onrecord.reading.figure_points import (
    RARE,
    Ruled,
    outcome_features,
    points,
    toll_chance,
    toll_features,
    weighed_outcomes,
)
from onrecord.reading.model_layers import OUTCOMES

NOTHING = Ruled("none", "none", single=False, open_worded=False, history=0.0)
DIED = Ruled("killed", "right", single=False, open_worded=False, history=0.0)


def spread(**likely: float) -> dict[str, float]:
    rest = (1.0 - sum(likely.values())) / (len(OUTCOMES) - len(likely))
    return {name: likely.get(name, rest) for name in OUTCOMES}


def best(chances: dict[str, float], ruled: Ruled) -> str:
    found = weighed_outcomes(chances, ruled)
    assert sum(found.values()) == pytest.approx(1.0)
    return max(found, key=lambda name: found[name])


def test_a_sure_model_beats_rules_that_see_nothing():
    assert best(spread(injured=0.95), NOTHING) == "injured"


def test_rules_beat_a_model_in_doubt():
    assert best(spread(injured=0.4, killed=0.3), DIED) == "killed"


def test_a_word_that_leaves_open_who_lived_counts_less():
    shot = Ruled("injured", "left", single=False, open_worded=True, history=0.0)
    plain = Ruled("injured", "left", single=False, open_worded=False, history=0.0)
    chances = spread(killed=0.9, injured=0.05)
    assert weighed_outcomes(chances, shot)["injured"] < weighed_outcomes(chances, plain)["injured"]


def test_signs_of_history_take_a_figure_out_of_the_toll():
    old = Ruled("killed", "right", single=False, open_worded=False, history=3.0)
    assert toll_chance(0.8, DIED) > 0.5 > toll_chance(0.8, old)


def test_rules_that_see_an_outcome_speak_for_a_toll():
    assert toll_chance(0.5, DIED) > toll_chance(0.5, NOTHING)


def test_rows_and_features_are_the_same():
    known = {row["feature"] for row in rows("figure_points")}
    outcomes = {"rare", *(f"is={name}" for name in OUTCOMES if name not in RARE)}
    sides = {f"side={side}" for side in ("left", "right", "passive", "phrase", "noun", "shared", "other", "none")}
    against = {f"{name} against {what}" for name in ("none", "other") for what in ("none", "ruled")}
    outcome = {f"outcome:{name}" for name in {"model", "ruled", "single", "open"} | outcomes | sides | against}
    assert known == outcome | set(toll_features(0.5, DIED))
    assert set(outcome_features("killed", DIED)) | set(outcome_features("none", DIED)) <= set(points())
