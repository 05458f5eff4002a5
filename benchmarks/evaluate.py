"""Reads a set of coded pages with the package and prints how well it was read.

    python benchmarks/evaluate.py --set gold                             the project's own pages, gold/claims.jsonl
    python benchmarks/evaluate.py --set ledger ../shared/gold/dev.jsonl  any coded pages with their text
    python benchmarks/evaluate.py --set patterns FILE.jsonl              short texts with the figures in them
    python benchmarks/evaluate.py --set pages GOLD.json --html DIR       clean bodies of HTML pages

What each row means stands at the top of score.py, patterns.py and bodies.py. --show lists what is wrong, --json prints
one JSON object: file -> rows. Exit status 1 when a file cannot be read, 2 for wrong usage.
"""

import argparse
import gzip
import json
import sys
import time
from pathlib import Path
from typing import NamedTuple

from bodies import load_bodies, score_bodies
from coded import ROOT, load_coded, read_coded
from onrecord.errors import PageError
from onrecord.pipeline import capture
from onrecord.records import Origin
from patterns import load_patterns, read_pattern, score_patterns
from score import Rows, score

OWN_GOLD = ROOT / "gold" / "claims.jsonl"
SETS = ("ledger", "gold", "patterns", "pages")


class Result(NamedTuple):
    """What one file gave: its rows, pages read, seconds of reading, and what is wrong."""

    rows: Rows
    pages: int
    seconds: float
    faults: list[str]


def evaluate(name: str, path: Path, html: Path | None = None) -> Result:
    """Read and score one file of a set.

    Raises:
        ValueError: the file has another format.
        OSError: the file, or a page it names, cannot be opened.
    """
    if name == "pages":
        return evaluate_bodies(path, html or path.parent / "html")
    faults: list[str] = []
    if name == "patterns":
        patterns = load_patterns(path)
        began = time.perf_counter()
        readings = {pattern.id: read_pattern(pattern) for pattern in patterns}
        seconds = time.perf_counter() - began
        return Result(score_patterns(patterns, readings, faults), len(patterns), seconds, faults)
    pages = load_coded(path)
    began = time.perf_counter()
    readings = {page.id: read_coded(page) for page in pages}
    seconds = time.perf_counter() - began
    return Result(score(pages, readings, faults), len(pages), seconds, faults)


def evaluate_bodies(path: Path, html: Path) -> Result:
    """Score the bodies of HTML pages, ID.html or ID.html.gz in a folder."""
    gold = load_bodies(path)
    bodies: dict[str, str] = {}
    faults: list[str] = []
    began = time.perf_counter()
    for page, entry in gold.items():
        data = page_bytes(html, page)
        if data is None:
            faults.append(f"{page}  no {page}.html or {page}.html.gz in {html}")
            continue
        try:
            bodies[page] = capture(data, Origin(name=page, url=entry.url, media_type="html"))[1].body
        except PageError as err:
            faults.append(f"{page}  {err}")
    seconds = time.perf_counter() - began
    return Result(score_bodies(gold, bodies), len(gold), seconds, faults)


def page_bytes(folder: Path, page: str) -> bytes | None:
    """Return the HTML of a page, packed or not; None when the folder does not have it."""
    for name in (f"{page}.html.gz", f"{page}.html"):
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            return gzip.decompress(data) if name.endswith(".gz") else data
    return None


def table(rows: Rows) -> str:
    """Return rows as lines of text."""
    return "\n".join(
        f"{name:30s} " + "  ".join(f"{key} {value:>6}" for key, value in row.items()) for name, row in rows.items()
    )


def main() -> int:
    """Evaluate the files given on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SETS, required=True, dest="name")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--html", type=Path, help="folder of the HTML pages (default: html beside the file)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument(
        "--show", nargs="?", const="", metavar="WORDS", help="list what is wrong, or the lines with WORDS"
    )
    options = parser.parse_args()
    files = options.files or ([OWN_GOLD] if options.name == "gold" else [])
    if not files:
        parser.error(f"--set {options.name} needs a file")
    answers = {}
    for path in files:
        try:
            result = evaluate(options.name, path, options.html)
        except (ValueError, OSError) as err:
            print(f"evaluate.py: {err}", file=sys.stderr)
            return 1
        answers[str(path)] = result.rows
        if options.show is not None:
            print("\n".join(line for line in result.faults if options.show in line), file=sys.stderr)
        if not options.json:
            pace = result.pages / result.seconds if result.seconds else 0.0
            print(f"{path}: {result.pages} pages, {pace:.0f} a second\n{table(result.rows)}")
    if options.json:
        print(json.dumps(answers, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
