"""Finished training runs of one start -> one run whose weights are their mean.

    python training/average.py --runs build/older build/model --out build/mean

Runs that began from the same weights lie near each other, and their mean is read with like one of them; it forgets less
of what one of them saw last. Takes the averaged weights of each run (train.py); the result has nothing else, and is
exported like a run.
"""

import argparse
from pathlib import Path

import torch


def main() -> int:
    """Average and write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    runs = [torch.load(run / "checkpoint.pt", weights_only=True)["average"] for run in options.runs]
    options.out.mkdir(parents=True, exist_ok=True)
    mean = {name: sum(run[name].float() for run in runs) / len(runs) for name in runs[0]}
    torch.save({"average": mean}, options.out / "checkpoint.pt")
    print(f"mean of {len(runs)} runs in {options.out}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
