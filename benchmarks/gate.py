"""The quality gate: reads the coded pages and fails when a score falls below its floor in floors.json.

    python benchmarks/gate.py                                  check
    python benchmarks/gate.py --update                         raise floors to the scores, take new corpora in
    python benchmarks/gate.py --update --allow-regression WHY  lower floors too; WHY is kept in floors.json

The project's own coded pages are always read; data beside the checkout (../shared) only where it is there, and what is
skipped is said. A corpus whose sha256 is not the one in floors.json fails, since its floors then mean something else.
Exit status 1 when the gate fails, 2 for wrong usage.
"""

import argparse
import hashlib
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from coded import ROOT, SHARED, load_coded
from evaluate import OWN_GOLD, evaluate
from measuring import Settings
from score import Rows
from taggers import tagger_called

FLOORS = ROOT / "benchmarks" / "floors.json"


class Corpus(msgspec.Struct, frozen=True):
    """A file that the gate scores: its name in floors.json, its set, where it is, what finds the spans."""

    name: str
    set_name: str
    path: Path
    own: bool = False
    tagger: str | None = None


CORPORA = (
    Corpus("gold", "gold", OWN_GOLD, own=True),
    Corpus("seed", "ledger", SHARED / "gold" / "seed" / "claims.jsonl"),
    Corpus("dev", "ledger", SHARED / "gold" / "dev.jsonl"),
    Corpus("patterns", "patterns", SHARED / "data" / "figures" / "number_patterns_dev.jsonl"),
    # The rules alone, which a reader without the model has, and on which the reader with the model stands.
    Corpus("gold, rules", "gold", OWN_GOLD, own=True, tagger="lexicon"),
    Corpus("dev, rules", "ledger", SHARED / "gold" / "dev.jsonl", tagger="lexicon"),
    Corpus("patterns, rules", "patterns", SHARED / "data" / "figures" / "number_patterns_dev.jsonl", tagger="lexicon"),
)


class Regression(msgspec.Struct, frozen=True):
    """A floor that was lowered on purpose."""

    corpus: str
    row: str
    before: float
    after: float
    reason: str


class Floors(msgspec.Struct, frozen=True):
    """floors.json: sha256 of each corpus file, floor of each row, and what was lowered and why."""

    hashes: dict[str, dict[str, str]] = {}
    floors: dict[str, dict[str, float]] = {}
    regressions: tuple[Regression, ...] = ()


def scores_of(rows: Rows) -> dict[str, float]:
    """Return the scores that have a floor: the F1 of every row that has one, and the share of patterns right."""
    scores = {name: row["F1"] for name, row in rows.items() if "F1" in row}
    return scores | {name: rows[name]["share"] for name in ("patterns: right",) if name in rows}


def hashes_of(corpus: Corpus) -> dict[str, str]:
    """Return the sha256 of a corpus file and of the page files it names, by a path that is the same everywhere."""
    files = [corpus.path]
    if corpus.own:
        files += [file for page in load_coded(corpus.path) if (file := page.file()) is not None]
    base = ROOT if corpus.own else SHARED.parent
    return {file.relative_to(base).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def failures(name: str, scores: Mapping[str, float], hashes: Mapping[str, str], floors: Floors) -> list[str]:
    """Return what is wrong with one corpus, one line each; an empty list passes."""
    known = floors.hashes.get(name)
    if known is None:
        return [f"{name}: no floors yet; run this with --update"]
    found = [
        f"{name}: {file} is not the file that the floors were measured on; run this with --update after a look at it"
        for file in sorted(known.keys() | hashes.keys())
        if known.get(file) != hashes.get(file)
    ]
    for row, floor in floors.floors.get(name, {}).items():
        if scores.get(row, 0.0) < floor:
            found.append(f"{name}: {row} is {scores.get(row, 0.0)}, below its floor {floor}")
    found += [
        f"{name}: {row} has no floor yet; run this with --update"
        for row in scores
        if row not in floors.floors.get(name, {})
    ]
    return found


def raised(
    name: str, scores: Mapping[str, float], hashes: Mapping[str, str], floors: Floors, reason: str | None = None
) -> Floors:
    """Return floors with the hashes and scores of one corpus taken in.

    Args:
        name: of the corpus.
        scores: its scores now.
        hashes: of its files now.
        floors: as they stand.
        reason: where given, floors above the scores are lowered and the reason is kept; else they stay.
    """
    before = floors.floors.get(name, {})
    lower = {row: floor for row, floor in before.items() if scores.get(row, 0.0) < floor}
    after = {row: max(score, before.get(row, score)) for row, score in scores.items()}
    after |= {row: floor for row, floor in lower.items() if reason is None}
    regressions = floors.regressions
    if reason is not None:
        after |= {row: scores[row] for row in lower if row in scores}
        regressions += tuple(Regression(name, row, floor, scores.get(row, 0.0), reason) for row, floor in lower.items())
    return Floors(
        hashes=floors.hashes | {name: dict(hashes)},
        floors=floors.floors | {name: after},
        regressions=regressions,
    )


def load_floors(path: Path = FLOORS) -> Floors:
    """Return the floors; ValueError when the file is damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as err:
        raise ValueError(f"{path}: {err}") from err


def save_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, in an order and form that a diff reads well."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(floors, order="sorted"), indent=1) + b"\n")


def run_gate(floors: Floors, settle: Callable[[Corpus, dict[str, float], dict[str, str]], list[str]]) -> list[str]:
    """Score every corpus that is there, hand its scores to settle, and return all that is wrong."""
    wrong: list[str] = []
    for corpus in CORPORA:
        if not corpus.path.is_file():
            if corpus.own and corpus.name in floors.hashes:
                wrong.append(f"{corpus.name}: {corpus.path} is not there")
            print(f"gate: skipped {corpus.name}: no {corpus.path.relative_to(ROOT.parent)}")
            continue
        began = time.monotonic()
        tagger = tagger_called(corpus.tagger) if corpus.tagger else None
        result = evaluate(corpus.set_name, corpus.path, Settings(tagger=tagger))
        scores = scores_of(result.rows)
        wrong += settle(corpus, scores, hashes_of(corpus))
        print(f"gate: {corpus.name}, {result.pages} pages, {time.monotonic() - began:.1f} s")
        for row, value in scores.items():
            floor = floors.floors.get(corpus.name, {}).get(row)
            print(f"  {row:26s} {value:>6}  floor {'-' if floor is None else floor:>6}")
    return wrong


def main() -> int:
    """Run the gate; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="raise floors to the scores, take new corpora in")
    parser.add_argument("--allow-regression", metavar="REASON", help="with --update: lower floors too, and say why")
    options = parser.parse_args()
    reason = options.allow_regression
    if reason is not None and not (options.update and reason.strip()):
        parser.error("--allow-regression needs --update and a reason in words")
    current = load_floors()

    def settle(corpus: Corpus, scores: dict[str, float], hashes: dict[str, str]) -> list[str]:
        nonlocal current
        if options.update:
            current = raised(corpus.name, scores, hashes, current, reason)
        return failures(corpus.name, scores, hashes, current)

    wrong = run_gate(load_floors(), settle)
    if options.update:
        save_floors(current)
        print(f"gate: wrote {FLOORS.relative_to(ROOT)}")
    for line in wrong:
        print(f"gate: {line}", file=sys.stderr)
    print("gate: failed" if wrong else "gate: passed")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
