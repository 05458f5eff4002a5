"""The sets ledger and gold: coded pages -> how much of each reading is right. The rows are explained in score.py."""

import time
from pathlib import Path

from coded import load_coded, read_coded
from intervals import rows_with_intervals
from measuring import Result, Settings
from score import score_page


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of coded pages."""
    pages = load_coded(path)[: settings.first]
    began = time.perf_counter()
    readings = [read_coded(page, settings.tagger) for page in pages]
    seconds = time.perf_counter() - began
    faults: list[str] = []
    tallies = [score_page(page, reading, faults) for page, reading in zip(pages, readings, strict=True)]
    return Result(rows_with_intervals(tallies, settings.boot), len(pages), seconds, faults)
