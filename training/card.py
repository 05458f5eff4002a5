"""A model and the sets to measure on -> the tables of its card, as Markdown.

    python training/card.py --model src/onrecord/models/reader-3 --shared ../shared            prints
    python training/card.py --model src/onrecord/models/reader-3 --shared ../shared --write    puts them into card.md

Only dev sets are read. The part of card.md between the two marks is replaced, the rest is written by hand.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import calibration  # noqa: E402
import ledger  # noqa: E402
import newsdiscourse  # noqa: E402
import polnear  # noqa: E402
from coded import load_coded, read_coded  # noqa: E402
from measuring import Settings  # noqa: E402
from onrecord.reading.model_folder import read_settings  # noqa: E402
from onrecord.reading.model_tagger import ModelTagger  # noqa: E402
from score import Rows, score  # noqa: E402

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

HEADLINES = {
    "gold/dev.jsonl": (
        *("toll: found", "toll: ledger", "toll above 1: ledger", "toll: value", "toll: outcome", "toll: kind"),
        *("toll: source", "toll: speaker", "toll: place", "toll: time", "figures: found", "figures: ledger"),
        *("statements: found", "statements: speaker", "statements: act", "statements: recall indirect"),
        *("events: found", "events: typed"),
    ),
    "data/attribution/polnear_dev_allversions.jsonl": (
        *("layer: source exact", "layer: cue exact", "layer: content exact", "layer: source token"),
        *("layer: cue token", "layer: content token", "layer: AR-main", "layer: AR-speech", "layer: AR-exact"),
        *("layer: speech recall: indirect", "read: AR-speech", "read: speech recall: indirect"),
    ),
    "data/attribution/newsdiscourse_dev.jsonl": ("speech", "speech: human speakers", "layer: speech"),
}
SETS = {
    "gold/dev.jsonl": ledger.measure,
    "data/attribution/polnear_dev_allversions.jsonl": polnear.measure,
    "data/attribution/newsdiscourse_dev.jsonl": newsdiscourse.measure,
}


def line(name: str, row: dict[str, float]) -> str:
    """Return one row of a table: F1 or share, its interval, how many."""
    value = row.get("F1", row.get("share", 0.0))
    interval = f"{row['from']} to {row['to']}" if "from" in row else ""
    return f"| {name} | {value} | {interval} | {row['n']:g} |"


def tables(model: Path, shared: Path, boot: int) -> list[str]:
    """Return the lines of all tables."""
    settings = Settings(tagger=ModelTagger(model), boot=boot)
    found = [f"Model {read_settings(model).name}, {read_settings(model).precision}.", ""]
    for name, measure in SETS.items():
        rows = measure(shared / name, settings).rows
        found += [f"### {Path(name).name}", "", "| row | F1 or share | 95 % | n |", "|---|---|---|---|"]
        found += [line(row, rows[row]) for row in HEADLINES[name] if row in rows] + [""]
    found += [*by_outlet(shared / "gold/dev.jsonl", settings), "", *reliability(shared / "gold/dev.jsonl", settings)]
    return found


def by_outlet(path: Path, settings: Settings) -> list[str]:
    """Return a table of the coded pages by outlet."""
    pages = load_coded(path)
    outlets = sorted({page.outlet or "none given" for page in pages})
    found = ["### By outlet, gold/dev.jsonl", ""]
    found += ["| outlet | pages | toll: found | toll: ledger | statements | events |", "|---|---|---|---|---|---|"]
    for outlet in outlets:
        some = [page for page in pages if (page.outlet or "none given") == outlet]
        rows: Rows = score(some, {page.id: read_coded(page, settings.tagger) for page in some})
        values = (rows[name]["F1"] for name in ("toll: found", "toll: ledger", "statements: found", "events: found"))
        found.append(f"| {outlet} | {len(some)} | {' | '.join(str(value) for value in values)} |")
    return found


def reliability(path: Path, settings: Settings) -> list[str]:
    """Return the reliability table of the confidence."""
    rows = calibration.measure(path, settings).rows
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    found = [
        "### Confidence, gold/dev.jsonl",
        "",
        f"| row | {' | '.join(columns)} |",
        "|---" * (1 + len(columns)) + "|",
    ]
    for name, row in rows.items():
        values = (f"{row[column]:g}" if column in row else "" for column in columns)
        found.append(f"| {name} | {' | '.join(values)} |")
    return found


def main() -> int:
    """Print the tables or write them into the card."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--boot", type=int, default=1000)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    text = "\n".join(tables(options.model, options.shared, options.boot))
    if not options.write:
        print(text)
        return 0
    card = options.model / "card.md"
    before, _, rest = card.read_text(encoding="utf-8").partition(BEGIN)
    card.write_text(f"{before}{BEGIN}\n{text}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
