"""What adding one article to the stories costs, by how many articles the window holds -> a printed curve.

    python benchmarks/stories_cost.py [--sizes 1000 10000 100000] [--words 120] [--measured 500]

Articles are made up: words drawn by their frequency in news reports, each story with some words and names of its own,
ten articles to a story within days of one another, one in ten a copy of the one before. All lie within one window. The
time is that of the process, so that a busy machine does not spoil it; reading the page is not part of it. The last line
says what a day of a million articles comes to at the pace of the largest window, which is an extrapolation.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from onrecord.lexicon import rows
from onrecord.stories.accounts import Account, Told
from onrecord.stories.clusters import Stories

SEED = 0
PER_STORY = 10
BLOCK = 500
"""Articles whose stories are mixed with one another: at every size most stories are whole."""
STORY_DAYS = 5
WINDOW = 30
"""Days over which the stories begin."""
FIRST_DAY = date(2030, 1, 1)
SYLLABLES = "ba de ki lo mu na pe ri so tu va xe yi zo gra ste".split()
COUNTRIES = [f"{a}{b}" for a in "ABCDEF" for b in "GHIJKLMN"]


def articles(number: int, words: int, rng: random.Random) -> Iterator[Account]:
    """Yield made-up articles, the stories mixed as they would come over the days."""
    table = rows("word_frequencies")
    vocabulary = [row["word"] for row in table]
    weights = list(accumulate(float(row["per_million"]) for row in table))
    for block in range(0, number, BLOCK):
        plots = [Plot(vocabulary, rng) for _ in range(BLOCK // PER_STORY)]
        order = [plot for plot in plots for _ in range(PER_STORY)]
        rng.shuffle(order)
        for at, plot in enumerate(order[: number - block]):
            common = rng.choices(vocabulary, cum_weights=weights, k=words)
            yield plot.article(f"a{block + at}", common, rng)


class Plot:
    """What the articles of one made-up story have in common."""

    def __init__(self, vocabulary: list[str], rng: random.Random) -> None:
        self.names = ["".join(rng.choices(SYLLABLES, k=4)).capitalize() for _ in range(4)]
        self.topic = rng.sample(vocabulary[300:8000], 20)
        self.day = FIRST_DAY + timedelta(days=rng.randrange(WINDOW))
        self.country = rng.choice(COUNTRIES)
        self.last = ""

    def article(self, id: str, common: list[str], rng: random.Random) -> Account:
        """Return one article: common words, words of the story, its names; now and then a copy."""
        text = self.last
        if not text or rng.random() >= 0.1:
            own = rng.choices(self.topic, k=len(common) // 4) + rng.choices(self.names, k=len(common) // 12)
            mixed = common + own
            rng.shuffle(mixed)
            text = " ".join(mixed) + "."
        self.last = text
        published = self.day + timedelta(days=rng.randrange(STORY_DAYS))
        return Account(
            id=id,
            title=" ".join(rng.sample(self.topic, 3) + self.names[:1]),
            text=text,
            published=published.isoformat(),
            places=(Told(name=self.names[0], country=self.country, times=3),),
        )


def curve(sizes: list[int], words: int, measured: int) -> Iterator[tuple[int, float, float, int]]:
    """Yield, for each size of the window: mean and median milliseconds of adding one more, and number of stories."""
    rng = random.Random(SEED)  # noqa: S311  # made-up articles, no secret
    made = articles(max(sizes) + measured * len(sizes), words, rng)
    stories, held = Stories(), 0
    for size in sorted(sizes):
        while held < size:
            stories.add(next(made))
            held += 1
        spent = []
        for account in (next(made) for _ in range(measured)):
            began = time.process_time()
            stories.add(account)
            spent.append(1000 * (time.process_time() - began))
            held += 1
        yield size, sum(spent) / measured, sorted(spent)[measured // 2], len(stories)


def main() -> int:
    """Print the curve; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10000, 100000])
    parser.add_argument("--words", type=int, default=120)
    parser.add_argument("--measured", type=int, default=500)
    options = parser.parse_args()
    first = mean = 0.0
    print(f"{'in the window':>14s} {'mean ms':>8s} {'median':>8s} {'growth':>7s} {'stories':>8s}")
    for size, mean, median, stories in curve(options.sizes, options.words, options.measured):
        first = first or mean
        print(f"{size:14d} {mean:8.2f} {median:8.2f} {mean / first:7.2f} {stories:8d}", flush=True)
    print(f"a million articles at this pace: {mean * 1e6 / 3.6e6:.2f} hours of one core (extrapolated)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
