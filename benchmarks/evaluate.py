"""Reads a set with the package and prints how well it was read.

    python benchmarks/evaluate.py --set gold                               the project's own pages, gold/claims.jsonl
    python benchmarks/evaluate.py --set ledger ../shared/gold/dev.jsonl    any coded pages with their text
    python benchmarks/evaluate.py --set coreference CHAINS.jsonl           speakers that are pronouns, against silver
    python benchmarks/evaluate.py --set calibration CODED.jsonl            confidence against being right
    python benchmarks/evaluate.py --set patterns FILE.jsonl                short texts with the figures in them
    python benchmarks/evaluate.py --set pages GOLD.json --html DIR         clean bodies of HTML pages
    python benchmarks/evaluate.py --set dumps GOLD.json --html DIR         the same pages dumped as plain text
    python benchmarks/evaluate.py --set poison GOLD.json --html DIR        numbers from outside articles, and lost ones
    python benchmarks/evaluate.py --set places gold/places.jsonl           names of places coded by hand
    python benchmarks/evaluate.py --set polnear FILE.jsonl                 attributions: source, cue, content
    python benchmarks/evaluate.py --set newsdiscourse FILE.jsonl           sentences that have speech
    python benchmarks/evaluate.py --set muc4|gvdb|gva FILE.jsonl           killed and injured of a page
    python benchmarks/evaluate.py --set newsquant FILE.jsonl               quantities of a sentence
    python benchmarks/evaluate.py --set times gold/times.jsonl             expressions of time and their intervals
    python benchmarks/evaluate.py --set stories X_articles.jsonl           stories and copies of dated articles
    python benchmarks/evaluate.py --set series X_articles.jsonl            figures of dated articles over time
    python benchmarks/evaluate.py --set ecb|basil FILE.jsonl               stories of articles without dates
    python benchmarks/evaluate.py --set copies FILE.jsonl                  texts made from one report

What each row means stands in docs/measuring.md and at the top of the set's module. --boot N adds 95 % intervals
(`from`, `to`) by resampling pages N times. --show lists what is wrong, --json prints one JSON object: file -> rows,
and `notes` where there is something to know of them. Exit status 1 when a file cannot be read, 2 for wrong usage.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

import bodies
import calibration
import clustered
import coreference
import ledger
import muc4
import newsdiscourse
import newsquant
import patterns
import placed
import poison
import polnear
import reused
import shootings
import timed
import told
from coded import ROOT
from measuring import Result, Settings
from onrecord.errors import OnRecordError
from score import Rows
from taggers import DEFAULT, TAGGERS, tagger_called

OWN_GOLD = ROOT / "gold" / "claims.jsonl"
SETS: dict[str, Callable[[Path, Settings], Result]] = {
    "ledger": ledger.measure,
    "gold": ledger.measure,
    "calibration": calibration.measure,
    "coreference": coreference.measure,
    "patterns": patterns.measure,
    "pages": bodies.measure,
    "dumps": bodies.measure_dumped,
    "poison": poison.measure,
    "places": placed.measure,
    "polnear": polnear.measure,
    "newsdiscourse": newsdiscourse.measure,
    "muc4": muc4.measure,
    "gvdb": shootings.measure_gvdb,
    "gva": shootings.measure_gva,
    "newsquant": newsquant.measure,
    "times": timed.measure,
    "stories": clustered.measure_stories,
    "ecb": clustered.measure_undated,
    "basil": clustered.measure_undated,
    "series": told.measure,
    "copies": reused.measure,
}


def evaluate(name: str, path: Path, settings: Settings | None = None) -> Result:
    """Read and score one file of a set.

    Raises:
        ValueError: the file has another format.
        OSError: the file, or a page it names, cannot be opened.
    """
    return SETS[name](path, settings or Settings())


def table(rows: Rows) -> str:
    """Return rows as lines of text."""
    width = max((len(name) for name in rows), default=0)
    return "\n".join(
        f"{name:{width}s}  " + "  ".join(f"{key} {value:>6}" for key, value in row.items())
        for name, row in rows.items()
    )


def printed(path: Path, result: Result) -> str:
    """Return what is printed of one file."""
    pace = result.pages / result.seconds if result.seconds else 0.0
    lines = [f"{path}: {result.pages} pages, {pace:.0f} a second", *(f"note: {note}" for note in result.notes)]
    return "\n".join([*lines, table(result.rows)])


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, required=True, dest="name")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument(
        "--tagger", choices=TAGGERS, default=DEFAULT, help="what finds the spans (default: %(default)s)"
    )
    parser.add_argument("--boot", type=int, default=0, metavar="N", help="draw the pages N times for 95 %% intervals")
    parser.add_argument("--first", type=int, metavar="N", help="read the first N lines of each file only")
    parser.add_argument("--html", type=Path, help="folder of the HTML pages (default: html beside the file)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--show", nargs="?", const="", metavar="WORDS", help="list what is wrong, or the lines with WORDS"
    )
    return parser


def main() -> int:
    """Evaluate the files given on the command line; return the exit status."""
    options = parser().parse_args()
    files = options.files or ([OWN_GOLD] if options.name == "gold" else [])
    if not files:
        parser().error(f"--set {options.name} needs a file")
    answers = {}
    try:
        settings = Settings(
            tagger=tagger_called(options.tagger), boot=options.boot, first=options.first, html=options.html
        )
        for path in files:
            result = evaluate(options.name, path, settings)
            answers[str(path)] = result.rows | ({"notes": list(result.notes)} if result.notes else {})
            if options.show is not None:
                print("\n".join(line for line in result.faults if options.show in line), file=sys.stderr)
            if not options.json:
                print(printed(path, result))
    except (ValueError, OSError, OnRecordError) as err:
        print(f"evaluate.py: {err}", file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(answers, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
