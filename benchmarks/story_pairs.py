"""How much the stories depend on each weight of likeness -> a printed table of B-cubed F1.

    python benchmarks/story_pairs.py --stories X_articles.jsonl --ecb ECB.jsonl --basil BASIL.jsonl [--tagger lexicon]

Columns: the dated articles (all, dense), ECB+ and BASIL without dates, BASIL with its dates, and both sets with all
their articles dated on one day, as a day full of news has them. One weight is changed at a time, by an eighth, a
quarter and a half of its size; `always` moves the line between one story and two. The row `lowest` is the least figure
of a column, `mean` its mean over all rows.

Every pair of a set is compared once; training/story_weights.py fits the weights to the same pairs.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec.structs import replace

from clustered import Line, account_for, cluster_rows
from lines import load_lines
from measuring import Settings
from onrecord.stories.accounts import Account
from onrecord.stories.clusters import Stories
from onrecord.stories.cutting import GROWTH, SAME_STORY
from onrecord.stories.likeness import WEIGHTS, Signals, signals, sketch
from onrecord.stories.linkage import average_link
from taggers import DEFAULT, TAGGERS, tagger_called

STEPS = (-0.5, -0.25, -0.125, 0.125, 0.25, 0.5)
"""Parts of its size by which a weight is changed."""
GROWTHS = (0.9, 1.0)
LEASTS = (0.4, 0.45, 0.55, 0.6)
ONE_DAY = "2020-01-01"

Numbers = npt.NDArray[np.float64]


class DatedLine(Line, frozen=True):
    """An article of BASIL: date is the day of its publication, which the set basil does not use."""

    date: str | None = None


class Pairs(msgspec.Struct, frozen=True):
    """A set with all its pairs compared: signals[a, b] by row of ids, both ways.

    apart says which pairs are out of the window, copies which share their text; dated, whether all articles have dates.
    """

    name: str
    ids: list[str]
    gold: dict[str, str]
    dated: bool
    signals: Numbers
    apart: npt.NDArray[np.bool_]
    copies: list[tuple[int, int]]

    @property
    def same(self) -> npt.NDArray[np.bool_]:
        """Say of each pair whether it is coded to be one story."""
        stories = np.array([self.gold[id] for id in self.ids])
        same: npt.NDArray[np.bool_] = stories[:, None] == stories[None, :]
        return same


def pairs_of(name: str, accounts: Sequence[Account], gold: dict[str, str]) -> Pairs:
    """Compare all pairs of a set."""
    ordered = sorted(accounts, key=lambda account: account.id)
    sketches = [sketch(account) for account in ordered]
    number = len(ordered)
    table = np.zeros((number, number, len(WEIGHTS)))
    apart = np.zeros((number, number), dtype=bool)
    for a in range(number):
        for b in range(a):
            found = signals(sketches[b], sketches[a])
            if found is None:
                apart[a, b] = apart[b, a] = True
            else:
                table[a, b] = table[b, a] = found
    stories = Stories()
    for account in ordered:
        stories.add(account)
    ids = [account.id for account in ordered]
    copies = [(ids.index(one.a), ids.index(one.b)) for one in stories.copies(ids) if one.kind == "copy"]
    dated = all(made.day is not None for made in sketches)
    return Pairs(name, ids, gold, dated, table, apart, copies)


def sets_of(stories: Path, ecb: Path, basil: Path, settings: Settings) -> Iterator[Pairs]:
    """Read the three files and yield the sets made of them."""
    dated, gold = _read(stories, settings)
    yield pairs_of("stories", dated, gold)
    for name, path in (("ECB+", ecb), ("BASIL", basil)):
        accounts, gold = _read(path, settings)
        if name == "BASIL":
            yield pairs_of("BASIL dated", accounts, gold)
        yield pairs_of(name, [replace(account, published=None) for account in accounts], gold)
        yield pairs_of(f"{name} one day", [replace(account, published=ONE_DAY) for account in accounts], gold)


def _read(path: Path, settings: Settings) -> tuple[list[Account], dict[str, str]]:
    """Return the accounts of a file, under ids that are unique, and the coded story of each."""
    accounts, gold = [], {}
    for number, line in enumerate(load_lines(path, DatedLine, settings.first)):
        id = f"{number:05d} {line.id}"
        accounts.append(replace(account_for(line, settings), id=id, published=line.published or line.date))
        gold[id] = line.story or line.cluster or f"alone: {id}"
    return accounts, gold


def grouped(pairs: Pairs, weights: Signals, *, least: float = SAME_STORY, growth: float = GROWTH) -> dict[str, str]:
    """Return the story of each article under these weights."""
    table = 1 / (1 + np.exp(-(pairs.signals @ np.array(weights))))
    table[pairs.apart] = 0.0
    np.fill_diagonal(table, 0.0)
    linked = average_link(table, least, growth=growth if pairs.dated else 1.0, together=pairs.copies)
    return {pairs.ids[row]: str(number) for number, group in enumerate(linked) for row in group}


def figures(pairs: Sequence[Pairs], weights: Signals, **line: float) -> list[float]:
    """Return B-cubed F1 of each set under these weights; of the first one also over its dense articles."""
    found = []
    for one in pairs:
        rows = cluster_rows(one.gold, grouped(one, weights, **line))
        found += [rows[name]["F1"] for name in ("B-cubed all", "B-cubed dense")[: 1 + (one is pairs[0])]]
    return found


def table(pairs: Sequence[Pairs]) -> Iterator[tuple[str, list[float]]]:
    """Yield what was changed, and the figures of each set then; the weights as they are come first."""
    yield "as chosen", figures(pairs, WEIGHTS)
    for name in WEIGHTS._fields:
        weight = getattr(WEIGHTS, name)
        for step in STEPS:
            changed = round(weight * (1 + step), 3)
            yield f"{name} {changed:g}", figures(pairs, WEIGHTS._replace(**{name: changed}))
    for growth in GROWTHS:
        yield f"growth {growth:g}", figures(pairs, WEIGHTS, growth=growth)
    for least in LEASTS:
        yield f"least likeness {least:g}", figures(pairs, WEIGHTS, least=least)


def options_of(description: str | None) -> argparse.ArgumentParser:
    """Return a parser of the files and the tagger."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("stories", "ecb", "basil"):
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="FILE")
    parser.add_argument("--tagger", choices=TAGGERS, default=DEFAULT, help="(default: %(default)s)")
    return parser


def main() -> int:
    """Print the table; return the exit status."""
    options = options_of(__doc__).parse_args()
    settings = Settings(tagger=tagger_called(options.tagger))
    try:
        pairs = list(sets_of(options.stories, options.ecb, options.basil, settings))
    except (ValueError, OSError) as err:
        print(f"story_pairs.py: {err}", file=sys.stderr)
        return 1
    names = [pairs[0].name, "dense", *(one.name for one in pairs[1:])]
    print("| what is changed | " + " | ".join(names) + " |\n" + "|---" * (len(names) + 1) + "|")
    rows = []
    for what, found in table(pairs):
        rows.append(found)
        print(f"| {what} | " + " | ".join(f"{value:.1f}" for value in found) + " |", flush=True)
    for what, low in (("lowest", np.min(rows, axis=0)), ("mean", np.mean(rows, axis=0))):
        print(f"| {what} | " + " | ".join(f"{value:.1f}" for value in low) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
