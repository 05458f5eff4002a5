"""stories/glances.py: a glance takes no article for less like another than it is, and survives its bytes."""

import random
from itertools import combinations

import pytest

from onrecord.stories.accounts import Account
from onrecord.stories.glances import from_bytes, glance, most_likeness, to_bytes
from onrecord.stories.likeness import likeness, sketch

WORDS = "crane harbour Orvane warehouse Renko worker missing divers Tolva market council mine Maresh 21 340".split()
DAYS = ("2031-03-04", "2031-03-20", "2031-05-20", "2031-08-01", None)


def drawn(rng):
    days = tuple(rng.sample(DAYS[:3], rng.randrange(3)))
    text = " ".join(rng.choices(WORDS, k=rng.choice((0, 12, 150))))
    return sketch(
        Account(id="a", title=" ".join(rng.sample(WORDS, 3)), text=text, published=rng.choice(DAYS), event_days=days)
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_glance_takes_no_article_for_less_like(seed):
    rng = random.Random(seed)  # noqa: S311  articles, no secret
    sketches = [drawn(rng) for _ in range(8)]
    seen = [glance(made) for made in sketches]
    for a, b in combinations(range(len(sketches)), 2):
        for mine, other in ((a, b), (b, a)):
            assert most_likeness(seen[mine], [seen[other]])[0] >= likeness(sketches[a], sketches[b]) - 1e-9


def test_many_are_looked_at_as_one_by_one():
    rng = random.Random(7)  # noqa: S311  articles, no secret
    mine, *others = (glance(drawn(rng)) for _ in range(12))
    assert most_likeness(mine, others).tolist() == [most_likeness(mine, [other])[0] for other in others]
    assert most_likeness(mine, []).tolist() == []


def test_articles_that_share_nothing_are_not_like():
    one, two = (
        glance(sketch(Account(id="a", title="", text=text))) for text in ("Crane falls in Orvane", "Hill towns vote")
    )
    assert most_likeness(one, [two])[0] < 0.01


def test_a_glance_comes_back_from_its_bytes():
    made = glance(drawn(random.Random(1)))  # noqa: S311  an article, no secret
    back, taken = from_bytes(to_bytes(made) + b"rest")
    assert taken == len(to_bytes(made))
    assert [part.tolist() for part in back] == [part.tolist() for part in made]
