"""benchmarks/story_pairs.py and training/story_weights.py: pairs of a small set, its stories, weights fitted to it."""

import numpy as np
import pytest

from onrecord.stories.accounts import Account
from onrecord.stories.likeness import WEIGHTS
from story_pairs import figures, grouped, pairs_of
from training.story_weights import fit

TEXTS = {
    "crane 1": "A crane fell on the Orvane harbour warehouse of Dalia Renko, and rescue teams pulled eleven out.",
    "crane 2": "Rescue teams pulled eleven out of the Orvane harbour warehouse of Dalia Renko after a crane fell.",
    "vote 1": "Voters in Maresh queued to elect a council that will decide about the closed mine, Pavel Ostrin said.",
    "vote 2": "The council that voters of Maresh elect will decide about the closed mine, said observer Pavel Ostrin.",
    "mine": "A crane fell on the closed mine of Velm, whose council rescue teams asked to pull its own people out.",
    "ferry": "Divers of the coast guard found the wreck of the Tolva ferry, and people wait for news of its crew.",
}
GOLD = {id: id[:4] for id in TEXTS}


@pytest.fixture(scope="module")
def pairs():
    accounts = [Account(id=id, text=text, published="2031-03-04") for id, text in TEXTS.items()]
    return pairs_of("stories", accounts, GOLD)


def test_pairs_say_what_is_coded_to_be_one_story(pairs):
    assert pairs.dated
    assert np.tril(pairs.same, -1).sum() == 2
    assert not pairs.apart.any()


def test_articles_stand_in_the_stories_that_their_weights_make(pairs):
    found = grouped(pairs, WEIGHTS)
    assert found["crane 1"] == found["crane 2"] != found["ferry"]
    assert len(set(grouped(pairs, WEIGHTS._replace(always=-20.0)).values())) == len(TEXTS)
    assert len(set(grouped(pairs, WEIGHTS._replace(always=40.0)).values())) == 1


def test_articles_too_far_apart_in_time_are_not_compared():
    accounts = [Account(id=id, text=TEXTS["ferry"], published=f"20{id}-01-01") for id in ("31", "32")]
    pairs = pairs_of("stories", accounts, {"31": "a", "32": "b"})
    assert pairs.apart[0, 1]
    assert len(set(grouped(pairs, WEIGHTS).values())) == 2


def test_fitted_weights_tell_the_coded_stories_apart(pairs):
    weights = fit([pairs])
    assert weights.terms > 0
    assert figures([pairs], weights) == [100.0, 100.0]
