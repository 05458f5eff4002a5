"""A model with its links and coded dev pages -> slope and offset that make a confidence of its probabilities.

    python training/calibrate.py --model build/reader-3 --dev ../shared/gold/dev.jsonl

For figures, statements and events one logistic regression of being right (the rules of benchmarks/calibration.py) on
the log odds of the model's probability; two numbers each, written into settings.json. They are fitted on dev, since on
the training pages the model is surer than it should be.
"""

import argparse
import math
import sys
from pathlib import Path

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

from links import fit  # noqa: E402

from calibration import TOPICS, verdicts_of  # noqa: E402
from coded import load_coded, read_coded  # noqa: E402
from onrecord.reading.decoding import LEAST_CHANCE  # noqa: E402
from onrecord.reading.model_folder import read_settings  # noqa: E402
from onrecord.reading.model_tagger import ModelTagger  # noqa: E402


def main() -> int:
    """Fit each kind of claim and write the settings."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--dev", type=Path, default=ROOT.parent / "shared/gold/dev.jsonl")
    options = parser.parse_args()
    settings = msgspec.structs.replace(read_settings(options.model), calibration={})
    path = options.model / "settings.json"
    path.write_bytes(msgspec.json.encode(settings))
    read_settings.cache_clear()
    tagger = ModelTagger(options.model)
    verdicts = [v for page in load_coded(options.dev) for v in verdicts_of(page, read_coded(page, tagger))]
    fitted = {}
    for topic in TOPICS:
        some = [v for v in verdicts if v.topic == topic]
        chances = [min(max(v.confidence, LEAST_CHANCE), 1 - LEAST_CHANCE) for v in some]
        rows = np.array([[math.log(chance / (1 - chance)), 1.0] for chance in chances])
        slope, offset = fit(rows, np.array([float(v.right) for v in some]))
        fitted[topic] = (round(float(slope), 3), round(float(offset), 3))
        print(
            f"{topic}: {len(some)} claims, {100 * sum(v.right for v in some) / len(some):.1f} % right, {fitted[topic]}"
        )
    path.write_bytes(msgspec.json.encode(msgspec.structs.replace(settings, calibration=fitted)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
