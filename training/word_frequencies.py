"""Counts in how many news reports a word stands -> src/onrecord/lexicon/word_frequencies.tsv.

    python training/word_frequencies.py --leave-out ../shared/gold/stories/dev_articles.jsonl \
        ../shared/data/attribution/polnear_train.jsonl ../shared/data/attribution/newsdiscourse_train.jsonl \
        ../shared/data/figures/muc4_train.jsonl:0.5 ../shared/data/figures/gva_dev.jsonl:0.5:600

Each file may carry a weight and a number of reports (the first of a fixed shuffle) behind colons. The share of reports
with a word is the weighted mean over the files, smoothed by the order of the reader model's vocabulary, which stands by
falling frequency (Zipf). Words are stems; a word in one report only is left out unless the vocabulary has it. Only
counts go into the table; no text does.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from onrecord.stories.wording import UNKNOWN_PER_MILLION, WORD, stem

ROOT = Path(__file__).resolve().parents[1]
VOCABULARY = ROOT / "src" / "onrecord" / "models" / "reader-3" / "tokenizer.json"
TABLE = ROOT / "src" / "onrecord" / "lexicon" / "word_frequencies.tsv"

FIRST_WORD = 1996
"""Row of the vocabulary with its commonest word; before it stand marks and single letters."""

PRIOR_REPORTS = 200
"""Reports that the order of the vocabulary counts for (swept 30-1000: flat from 100 to 300)."""

COMMONEST = 12.0
"""Share of reports with the word of rank r is COMMONEST / r, at most MOST: fits reports of some 400 words."""

MOST = 0.9
LEAST_REPORTS = 2
SEED = 1


def reports(path: Path, most: int | None, left_out: list[str]) -> Iterator[set[str]]:
    """Yield the stems of each report of a JSON lines file, none twice and none of those to leave out."""
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    texts = [line.get("text") or " ".join(part["text"] for part in line.get("sentences", ())) for line in lines]
    random.Random(SEED).shuffle(texts)
    seen: set[str] = set()
    for text in texts[:most]:
        if text and text[:150] not in seen and not any(part in text for part in left_out):
            seen.add(text[:150])
            yield {stem(word.lower()) for word in WORD.findall(text)}


def prior() -> dict[str, float]:
    """Return the share of reports with each word of the vocabulary, from its rank."""
    vocabulary: dict[str, int] = json.loads(VOCABULARY.read_text("utf-8"))["model"]["vocab"]
    shares: dict[str, float] = {}
    for word, row in vocabulary.items():
        if word.isalpha() and row >= FIRST_WORD:
            share = min(MOST, COMMONEST / (row - FIRST_WORD + 1))
            shares[stem(word)] = max(share, shares.get(stem(word), 0.0))
    return shares


def frequencies(files: list[str], left_out: list[str]) -> dict[str, int]:
    """Return how many of a million reports hold each word."""
    counts: list[tuple[float, int, Counter[str]]] = []
    for given in files:
        name, _, rest = given.partition(":")
        weight, _, most = rest.partition(":")
        count: Counter[str] = Counter()
        number = 0
        for words in reports(Path(name), int(most) if most else None, left_out):
            count.update(words)
            number += 1
        print(f"{name}: {number} reports", file=sys.stderr)
        counts.append((float(weight or 1), number, count))
    total, whole = sum(number for _, number, _ in counts), sum(weight for weight, _, _ in counts)
    ranks, found = prior(), {}
    for word in set(ranks).union(*(count for _, _, count in counts)):
        if len(word) < 2 or (word not in ranks and sum(count[word] for _, _, count in counts) < LEAST_REPORTS):
            continue
        seen = sum(weight * count[word] / number for weight, number, count in counts) / whole
        share = (seen * total + PRIOR_REPORTS * ranks.get(word, 0.0)) / (total + PRIOR_REPORTS)
        if round(share * 1e6) > UNKNOWN_PER_MILLION:
            found[word] = round(share * 1e6)
    return found


def main() -> int:
    """Write the table; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE[:WEIGHT[:MOST]]")
    parser.add_argument("--leave-out", type=Path, nargs="*", default=[], help="files whose texts are not counted")
    options = parser.parse_args()
    left_out = [
        json.loads(line)["text"][200:300]
        for path in options.leave_out
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    found = frequencies(options.files, left_out)
    head = ["word\tper_million\tcomment", "# made by training/word_frequencies.py; stems and counts, nothing by hand"]
    body = [f"{word}\t{per}\t" for word, per in sorted(found.items(), key=lambda item: (-item[1], item[0]))]
    TABLE.write_text("\n".join([*head, *body]) + "\n", encoding="utf-8")
    print(f"{TABLE.name}: {len(body)} words", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
