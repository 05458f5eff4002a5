"""Writes the parts of README.md that a program prints: the sample with its ledger, and the table of scores.

    python benchmarks/readme.py            write them
    python benchmarks/readme.py --check    exit status 1 when README.md is not what this writes

The sample is a part of a demo page and what the reader finds in it. The scores are those of floors.json, which
`python benchmarks/gate.py --update` takes from the reader.
"""

import argparse
import io
import sys

from rich.console import Console

from coded import ROOT
from gate import Floors, load_floors
from onrecord import read
from onrecord.tables import FIGURE_COLUMNS, STATEMENT_COLUMNS, Rows, figure_row, statement_row

README = ROOT / "README.md"
SAMPLE_PAGE = ROOT / "src" / "onrecord" / "demo" / "pages" / "nwa-flash.txt"
SAMPLE_PARAGRAPHS = (0, 2, 4, 6)
"""Paragraphs of the page that are shown: few enough for the first screen, each with a figure."""
SAMPLE_WIDTH = 112
SAMPLE_DATE = "2026-03-04"

CORPUS_NAMES = {
    "gold": "17 own pages (`gold/`, CC0)",
    "dev": "71 coded news pages",
    "seed": "1 coded news page",
}
COLUMNS = ("toll: found", "toll: ledger", "statements: found", "events: found", "events: typed")


def sample() -> str:
    """Return the part of the demo page and the rows found in it."""
    paragraphs = SAMPLE_PAGE.read_text(encoding="utf-8").split("\n\n")
    text = "\n\n".join(paragraphs[i].strip() for i in SAMPLE_PARAGRAPHS)
    reading = read(text=text, published=SAMPLE_DATE, format="text")
    quoted = "\n>\n".join(f"> {paragraph}" for paragraph in text.split("\n\n"))
    out = io.StringIO()
    console = Console(file=out, width=SAMPLE_WIDTH, markup=False, highlight=False, emoji=False)
    console.print("Figures")
    console.print(Rows(FIGURE_COLUMNS, [figure_row(reading, figure) for figure in reading.figures]))
    console.print("\nWho said what")
    console.print(Rows(STATEMENT_COLUMNS, [statement_row(reading, said) for said in reading.statements]))
    rows = "\n".join(line.rstrip() for line in out.getvalue().strip("\n").split("\n"))
    return f"{quoted}\n\n```\n{rows}\n```\n"


def measured(floors: Floors) -> str:
    """Return the table of scores, F1 in percent, and the share of number patterns that are right."""
    lines = [
        "| pages | figures of a toll found | as a row to copy | statements | events found | with their type |",
        "|---|---|---|---|---|---|",
    ]
    for name, title in CORPUS_NAMES.items():
        if name in floors.floors:
            cells = " | ".join(f"{floors.floors[name][column]:.1f}" for column in COLUMNS)
            lines.append(f"| {title} | {cells} |")
    table = "\n".join(lines)
    patterns = floors.floors.get("patterns", {}).get("patterns: right")
    if patterns is not None:
        table += f"\n\nNumber patterns (67 short texts) with every value right: {patterns:.1f} percent."
    return table + "\n"


def filled(readme: str) -> str:
    """Return the README with both parts replaced.

    Raises:
        ValueError: a marker is missing.
    """
    for opener, closer, part in (
        ("<!-- sample", "<!-- end of sample -->", sample()),
        ("<!-- measured", "<!-- end of measured -->", measured(load_floors())),
    ):
        start, end = readme.find(opener), readme.find(closer)
        if start < 0 or end < start:
            raise ValueError(f"README.md: no {opener} ... {closer}; put the two markers back")
        head = readme[: readme.index("\n", start) + 1]
        readme = f"{head}{part}{readme[end:]}"
    return readme


def main() -> int:
    """Write README.md, or check it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare only")
    options = parser.parse_args()
    before = README.read_text(encoding="utf-8")
    after = filled(before)
    if options.check:
        if after != before:
            print("README.md is not current; run python benchmarks/readme.py", file=sys.stderr)
        return int(after != before)
    README.write_text(after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
