"""benchmarks/making_cost.py: articles put in by hand are found by those that are added and made after them."""

import json
import random

from making_cost import Ledger, curve
from onrecord import making
from onrecord.ledger import story_answers
from onrecord.ledger.story_answers import Wanted
from onrecord.lexicon import rows
from stories_cost import Plot


def test_the_curve_has_a_row_for_each_size(tmp_path):
    found = list(curve(tmp_path / "cost.db", [4, 8], words=20, measured=2))
    assert [size for size, _, _ in found] == [4, 8]
    assert all(len(spent) == len(wall) == 2 and min(spent) > 0 for _, spent, wall in found)


def test_an_article_finds_those_of_its_story_that_were_put_in(tmp_path):
    ledger = Ledger(tmp_path / "cost.db")
    rng = random.Random(1)  # noqa: S311  no secret
    vocabulary = [row["word"] for row in rows("word_frequencies")]
    plot = Plot(vocabulary, rng)
    first, *rest = (plot.article(f"a{number}", rng.sample(vocabulary, 60), rng) for number in range(6))
    ledger.fill(rest)
    ledger.add([first])
    making.make(ledger.store)
    with ledger.store.reading() as connection:
        found = story_answers.stories(connection, Wanted())
    ledger.store.close()
    assert max(len(json.loads(story.record)["articles"]) for story in found) > 3
