"""Fits the points of lexicon/events.tsv and lexicon/event_points.tsv on coded pages and writes them into the two files.

    python training/event_points.py --train ../shared/gold/train.jsonl            fit and write
    python training/event_points.py --check --train ../shared/gold/train.jsonl    fit, compare, write nothing

Words, types, groups, forms and the names of features are kept by hand: only the cells of the two columns `points`
change. What stands around a word is asked of the package itself (reading/event_rules.py), so that the fit and the
reader see the same. Whole numbers leave, no words of a page do. Needs numpy: pip install "onrecord[train]". Exit status
1 when --check finds a row that differs or a file cannot be read, 2 for wrong usage.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

try:
    import numpy as np
except ImportError as err:
    raise SystemExit('event_points.py: numpy is not installed; run: pip install "onrecord[train]"') from err

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))  # coded pages are loaded and paired as the measurement does it

from coded import CodedEvent, CodedPage, load_coded, origin_of  # noqa: E402
from onrecord.pipeline import capture  # noqa: E402
from onrecord.reading.event_rules import POINTS_PER_E, Trigger, match_triggers, points, triggers  # noqa: E402
from onrecord.reading.events import KEEP_POINTS, group_features  # noqa: E402
from onrecord.reading.sentences import Document, make_document  # noqa: E402
from onrecord.reading.time_rules import find_times  # noqa: E402
from score import Finder, Stretch, pair_up, prf  # noqa: E402

LEXICON = ROOT / "src" / "onrecord" / "lexicon"

KIND_WEIGHT = 4.0
"""Examples that the other words of the same type and form count for in the rate of a word; 2 and 8 fit as well."""

LEAST_RATE, MOST_RATE = 0.02, 0.97
"""Limits of the rate of a word, so that a few pages neither forbid nor guarantee it."""

RIDGE = 3.0
"""Penalty on half the squared weight of a feature, which keeps rare ones near zero; 1 and 10 fit as well."""

FREE_RIDGE = 0.01
"""The same for the slope and the constant, which all examples share."""

STEPS = 12
"""Newton steps; the loss is convex, and no weight moves any more in the last of them."""

FOLDS = 5
"""Parts of the train pages (page 0, 5, 10 ... of the file is one), each measured with the points of the other four."""

Key = tuple[str, str]
"""Words of a row of events.tsv and its condition, the words of `within` in alphabetical order."""


class Example(msgspec.Struct, frozen=True):
    """One word of events.tsv on a coded page: its place, what stands around it, whether a coder took it."""

    at: Stretch
    key: Key
    kind: tuple[str, str]
    names: tuple[str, ...]
    right: bool = False


class Page(msgspec.Struct, frozen=True):
    """The examples of a page and its coded events with their places."""

    examples: tuple[Example, ...]
    events: tuple[CodedEvent, ...]
    places: tuple[Stretch | None, ...]


class Fit(msgspec.Struct, frozen=True):
    """Points of rows by their key, and of features by their name."""

    rows: dict[Key, int]
    features: dict[str, int]

    def points(self, example: Example) -> int:
        """Return all points of a word where it stands."""
        return self.rows[example.key] + sum(self.features.get(name, 0) for name in example.names)


# --- coded pages -> examples ---------------------------------------------------------------------------------------


def examples_of(coded: CodedPage) -> Page:
    """Return the words of events.tsv on a page; right are those that pair with a coded event, of any type."""
    page, article = capture(coded.data(), origin_of(coded))
    finder = Finder(page.text)
    places = tuple(finder.take(event.trigger, event.sentence, "trigger") for event in coded.events)
    found = list(_matches(make_document(page, article)))
    pairs = pair_up(places, [example.at for example in found], _agreement(coded.events, found))
    right = {j for _, j in pairs}
    examples = tuple(msgspec.structs.replace(example, right=j in right) for j, example in enumerate(found))
    return Page(examples, coded.events, places)


def _matches(document: Document) -> Iterator[Example]:
    quoted = [(q.start, q.end) for p in document.paragraphs for q in p.quotations if not q.single]
    found = [
        (sentence.tokens, match)
        for sentence in document.sentences
        for match in match_triggers(document, sentence, quoted, timed=any(True for _ in find_times(sentence.tokens)))
    ]
    groups = group_features([(match.trigger.group, match.trigger.form) for _, match in found])
    for (tokens, match), group in zip(found, groups, strict=True):
        at = tokens[match.low].start, tokens[match.high - 1].end
        kind = match.trigger.type, match.trigger.form
        yield Example(at, key_of(match.trigger), kind, (*match.around, *group))


def key_of(trigger: Trigger) -> Key:
    """Return the key of a row as the package has loaded it."""
    return " ".join(trigger.words), " ".join(sorted(trigger.within))


# --- fitting -------------------------------------------------------------------------------------------------------


class Rates:
    """How often coders took a word, leaning on the words of the same type and form where it is rare."""

    def __init__(self, examples: Iterable[Example]) -> None:
        self._seen, self._right = Counter[Key](), Counter[Key]()
        self._kind_seen, self._kind_right = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        for example in examples:
            self._seen[example.key] += 1
            self._right[example.key] += example.right
            self._kind_seen[example.kind] += 1
            self._kind_right[example.kind] += example.right

    def log_odds(self, key: Key, kind: tuple[str, str], *, without: tuple[int, int] = (0, 0)) -> float:
        """Return the log odds of a word; without: examples, and right ones, of the word that are not to count."""
        of_kind = (self._kind_right[kind] + 1) / (self._kind_seen[kind] + 5)
        seen, right = self._seen[key] - without[0], self._right[key] - without[1]
        rate = min(MOST_RATE, max(LEAST_RATE, (right + KIND_WEIGHT * of_kind) / (seen + KIND_WEIGHT)))
        return math.log(rate / (1 - rate))


def fit(pages: Sequence[Page], names: Sequence[str]) -> Fit:
    """Return the points of all rows of events.tsv and of the named features.

    A logistic regression on the log odds of the word, with its own example left out of its rate, and on the features;
    ten points are one unit of log odds.
    """
    examples = [example for page in pages for example in page.examples]
    rates = Rates(examples)
    column = {name: at for at, name in enumerate(names, 2)}
    matrix = np.zeros((len(examples), len(names) + 2))
    for row, example in enumerate(examples):
        matrix[row, 0] = rates.log_odds(example.key, example.kind, without=(1, int(example.right)))
        matrix[row, 1] = 1.0
        matrix[row, [column[name] for name in example.names if name in column]] = 1.0
    weights = _regress(matrix, np.array([float(example.right) for example in examples]))
    slope, constant = weights[:2]
    rows = {
        key: _points(slope * rates.log_odds(key, (trigger.type, trigger.form)) + constant)
        for key, trigger in all_rows().items()
    }
    return Fit(rows, {name: _points(weights[at]) for name, at in column.items()})


def _regress(matrix: np.ndarray, right: np.ndarray) -> list[float]:
    """Return the weights of a logistic regression with a ridge, by Newton's method."""
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], RIDGE)
    ridge[:2] = FREE_RIDGE
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        slope = matrix.T @ (chance - right) + ridge * weights
        curve = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        weights -= np.linalg.solve(curve, slope)
    return [float(weight) for weight in weights]


def _points(log_odds: float) -> int:
    """Return log odds as points; six decimals first, so that the last bits of a machine do not decide."""
    return round(round(POINTS_PER_E * log_odds, 6))


def all_rows() -> dict[Key, Trigger]:
    """Return the rows of events.tsv by their key."""
    return {key_of(trigger): trigger for some in triggers().values() for trigger in some}


# --- measuring -----------------------------------------------------------------------------------------------------


def report(pages: Sequence[Page], names: Sequence[str]) -> list[str]:
    """Return the lines on the train pages: each word taken, points of words alone, points of words and features."""
    every = Fit(dict.fromkeys(all_rows(), 0), {})
    return [
        "every word of the list, no points",
        *lines_of(measure(pages, every)),
        f"cross-validated in {FOLDS} parts, points of the words alone",
        *lines_of(crossed(pages, ())),
        f"cross-validated in {FOLDS} parts, points of the words and of what stands around",
        *lines_of(crossed(pages, names)),
    ]


def crossed(pages: Sequence[Page], names: Sequence[str]) -> Counter[str]:
    """Count for each part of the pages what the points fitted on the other parts find."""
    tally = Counter[str]()
    for part in range(FOLDS):
        others = [page for at, page in enumerate(pages) if at % FOLDS != part]
        tally += measure(pages[part::FOLDS], fit(others, names))
    return tally


def measure(pages: Iterable[Page], fitted: Fit) -> Counter[str]:
    """Count the mentions that reach KEEP_POINTS, before those of one happening are merged, against the coded events."""
    tally = Counter[str]()
    for page in pages:
        kept = [example for example in page.examples if fitted.points(example) >= KEEP_POINTS]
        agree = _agreement(page.events, kept)
        pairs = pair_up(page.places, [example.at for example in kept], agree)
        tally["kept"] += len(kept)
        tally["coded"] += len(page.events)
        tally["found"] += len(pairs)
        tally["typed"] += sum(agree(i, j) for i, j in pairs)
    return tally


def _agreement(events: Sequence[CodedEvent], found: Sequence[Example]) -> Callable[[int, int], int]:
    """Return what says whether coded event i and word j are of one type."""
    return lambda i, j: int(events[i].type == found[j].kind[0])


def lines_of(tally: Counter[str]) -> list[str]:
    """Return precision, recall and F1 of the events found, and of those whose type is right too."""
    rows = {name: prf(tally[name], tally["kept"], tally["coded"]) for name in ("found", "typed")}
    return [
        f"  events {name}  " + "  ".join(f"{key} {value:>5}" for key, value in row.items())
        for name, row in rows.items()
    ]


# --- the two files -------------------------------------------------------------------------------------------------


def rewritten(text: str, points_of: Callable[[dict[str, str]], int]) -> tuple[str, int]:
    """Return the text of a lexicon with new cells in its column `points`, and how many of its rows differ.

    Args:
        text: comments, a line that names the columns, rows; everything but the cells of `points` stays as it is.
        points_of: the new points of a row, a mapping from column to cell.
    """
    columns: list[str] = []
    lines, differ = [], 0
    for line in text.split("\n"):
        if not line.strip() or line.startswith("#"):
            lines.append(line)
        elif not columns:
            columns = line.split("\t")
            lines.append(line)
        else:
            cells = line.split("\t")
            at, new = columns.index("points"), str(points_of(dict(zip(columns, cells))))
            differ += cells[at] != new
            cells[at] = new
            lines.append("\t".join(cells))
    return "\n".join(lines), differ


def update(fitted: Fit, *, write: bool) -> list[str]:
    """Compare the points in LEXICON with the fitted ones; return one line per file that has rows which differ."""
    said = []
    for name, points_of in (
        ("events.tsv", lambda row: fitted.rows[row["words"], " ".join(sorted(row["within"].split()))]),
        ("event_points.tsv", lambda row: fitted.features[row["feature"]]),
    ):
        path = LEXICON / name
        text, differ = rewritten(path.read_text(encoding="utf-8"), points_of)
        if differ:
            said.append(f"{name}: {differ} rows {'written' if write else 'differ'}")
        if differ and write:
            path.write_text(text, encoding="utf-8", newline="\n")
    return said


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit on the pages that the command line names; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--train", type=Path, required=True, metavar="FILE", help="coded pages to fit on")
    parser.add_argument("--dev", type=Path, metavar="FILE", help="to measure (default: dev.jsonl beside --train)")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args(arguments)
    dev: Path = options.dev or options.train.parent / "dev.jsonl"
    names = list(points())
    try:
        pages = [examples_of(page) for page in load_coded(options.train)]
        fitted = fit(pages, names)
        print("\n".join([f"{options.train}: {len(pages)} pages", *report(pages, names)]))
        if options.dev or dev.is_file():
            measured = measure(map(examples_of, load_coded(dev)), fitted)
            print("\n".join([f"{dev}: measured with the points of all train pages", *lines_of(measured)]))
        said = update(fitted, write=not options.check)
    except (ValueError, OSError) as err:
        print(f"event_points.py: {err}", file=sys.stderr)
        return 1
    print("\n".join(said or ["events.tsv, event_points.tsv: no row differs"]))
    return 1 if options.check and said else 0


if __name__ == "__main__":
    sys.exit(main())
