"""Tables of points in the lexicon: read the names of their features, write the weights that a fit gives them."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))  # pages are loaded and paired as the measurement does it

from coded import CodedPage, load_coded  # noqa: E402
from offset_pages import load_offsets  # noqa: E402
from onrecord.reading.figure_points import POINTS_PER_E  # noqa: E402
from onrecord.reading.model_tagger import ModelTagger  # noqa: E402

LEXICON = ROOT / "src" / "onrecord" / "lexicon"

Example = TypeVar("Example")


def load_pages(paths: Iterable[Path]) -> list[CodedPage]:
    """Return the coded pages of files with texts and of files with offsets, whose name says so."""
    return [page for path in paths for page in (load_offsets(path) if "offsets" in path.name else load_coded(path))]


def fit_table(
    says: str,
    table: Path,
    examples_of: Callable[[CodedPage, ModelTagger], Iterator[Example]],
    fit: Callable[[Sequence[Example], Sequence[str]], Iterable[float]],
    report: Callable[[Sequence[Example], Sequence[str]], str],
) -> int:
    """Run the command line of a fit: read the pages, fit, say what changes, write the column `points`.

    Args:
        says: the first line of the help.
        table: the file of points; its rows are kept by hand.
        examples_of: what is learnt from a coded page that a tagger has read.
        fit: the weight of every feature, in log odds, in the order of the names.
        report: one line of what the points of other pages give.

    Returns:
        The exit status: 1 when --check finds a row that differs.
    """
    parser = argparse.ArgumentParser(description=says)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("--folds", action="store_true", help="measure each part of the pages with the points of others")
    parser.add_argument("pages", type=Path, nargs="+")
    options = parser.parse_args()
    lines = table.read_text(encoding="utf-8").splitlines()
    first = next(at for at, line in enumerate(lines) if not line.startswith("#")) + 1
    names = [line.split("\t")[0] for line in lines[first:]]
    tagger = ModelTagger(options.model)
    examples = [one for page in load_pages(options.pages) for one in examples_of(page, tagger)]
    if options.folds:
        print(report(examples, names))
    made = lines[:first]
    for line, weight in zip(lines[first:], fit(examples, names), strict=True):
        name, _, comment = line.split("\t")
        made.append(f"{name}\t{round(round(POINTS_PER_E * float(weight), 6))}\t{comment}")
    changed = sum(old != new for old, new in zip(lines, made, strict=True))
    print(f"{len(examples)} numbers, {changed} of {len(names)} rows {'differ' if options.check else 'written anew'}")
    if not options.check:
        table.write_text("\n".join(made) + "\n", encoding="utf-8")
    return 1 if options.check and changed else 0
