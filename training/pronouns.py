"""Fits the weights of reading/people_pronouns.py and prints them; nothing is written.

    python training/pronouns.py --coded train.jsonl --texts polnear_train.jsonl --chains polnear_corenlp_train.jsonl

In go pages coded by hand (their "he" and "she" with the speaker), and texts with attributions and automatic coreference
chains (silver: only chains that hold a name are used). For each pronoun the persons before it compete; the weights are
those of a softmax over their scores, fitted by gradient descent with a small penalty on large weights.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy

from onrecord.reading.people import Cast
from onrecord.reading.people_pronouns import GENDER, WEIGHTS, Contest, contests_of
from onrecord.reading.sentences import Document, document_of
from onrecord.reading.tagger import TaggedSpan, Tagging

NAMES = tuple(WEIGHTS)
ROUNDS, RATE, PENALTY = 400, 0.5, 0.001
"""Steps of gradient descent, their size, and the weight of the squared weights in the loss."""
SILVER_WEIGHT = 0.3
"""What a pronoun of an automatic chain counts against one that was coded by hand."""

Choice = tuple[numpy.ndarray, numpy.ndarray, float]
"""One pronoun: features of its rivals (rivals x features), which of them are right, and how much it counts."""


def contests(document: Document, sources: list[tuple[int, int]]) -> Iterator[Contest]:
    """Yield the contests of a document whose sources are known."""
    cast = Cast(document, Tagging(tuple(TaggedSpan("source", *span) for span in sorted(set(sources)))))
    return contests_of(document, *cast.persons)


def choice(contest: Contest, right: list[bool], weight: float) -> Choice | None:
    """Return the choice of one contest; None when nothing is to be learnt from it."""
    if not any(right) or all(right):
        return None
    rows = numpy.array([[float(features[name]) for name in NAMES] for _, features in contest.rivals])
    return rows, numpy.array(right), weight


def nearest(text: str, words: str, near: int, low: int, high: int) -> int:
    """Return where words stand nearest to a place of a sentence, -1 when they do not stand in it."""
    found, at = [], text.find(words, low, high)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1, high)
    return min(found, key=lambda at: abs(at - near), default=-1)


def coded(path: Path) -> Iterator[Choice]:
    """Yield the choices of pages coded by hand."""
    for line in path.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        text, known, sources = page["text"], dict[int, str](), list[tuple[int, int]]()
        for row in page["statements"]:
            low = text.find(row["sentence"])
            if not row["source"] or low < 0:
                continue
            high = low + len(row["sentence"])
            at = nearest(text, row["source"], text.find(row["cue"], low, high), low, high)
            if at >= 0:
                sources.append((at, at + len(row["source"])))
                known[at] = row["speaker"]
        for contest in contests(document_of(text), sources):
            speaker = known.get(contest.anaphor.start)
            if speaker and text[contest.anaphor.start : contest.anaphor.end].lower() in GENDER:
                right = [mention.who.split()[-1] == speaker.split()[-1] for mention, _ in contest.rivals]
                if (found := choice(contest, right, 1.0)) is not None:
                    yield found


def silver(texts: Path, chains: Path, first: int | None) -> Iterator[Choice]:
    """Yield the choices of texts with automatic chains."""
    pages: dict[str, dict[str, Any]] = {}
    for line in texts.read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        pages.setdefault(page["id"], page)
    for line in chains.read_text(encoding="utf-8").splitlines()[:first]:
        row = json.loads(line)
        page = pages.get(row["id"])
        if page is None:
            continue
        chain_of = {tuple(span): number for number, chain in enumerate(row["coref"]) for span in chain}
        by_start = {start: number for (start, end), number in chain_of.items() if end - start < 5}
        sources = [tuple(span) for one in page["attributions"] for span in one["source"][:1]]
        for contest in contests(document_of(page["text"]), sources):
            number = by_start.get(contest.anaphor.start)
            if number is None:
                continue
            right = [is_of(mention.start, mention.end, row["coref"][number]) for mention, _ in contest.rivals]
            if (found := choice(contest, right, SILVER_WEIGHT)) is not None:
                yield found


def is_of(start: int, end: int, chain: list[list[int]]) -> bool:
    """Say whether a mention stands inside one of the spans of a chain."""
    return any(low <= start and end <= high + 2 and high - low < 60 for low, high in chain)


def fit(choices: list[Choice]) -> dict[str, float]:
    """Return the weights under which the right persons are likeliest."""
    weights = numpy.array([WEIGHTS[name] for name in NAMES])
    rows = numpy.concatenate([rows for rows, _, _ in choices])
    right = numpy.concatenate([right for _, right, _ in choices]).astype(float)
    sizes = [len(rows) for rows, _, _ in choices]
    starts = numpy.concatenate([[0], numpy.cumsum(sizes)[:-1]])
    count = numpy.repeat([weight for _, _, weight in choices], sizes)
    count /= sum(weight for _, _, weight in choices)

    def shares(chances: numpy.ndarray) -> numpy.ndarray:
        return numpy.asarray(chances / numpy.repeat(numpy.add.reduceat(chances, starts), sizes))

    for _ in range(ROUNDS):
        scores = rows @ weights
        chances = numpy.exp(scores - scores.max())
        gradient = rows.T @ (count * (shares(chances * right) - shares(chances)))
        weights += RATE * (gradient - PENALTY * weights)
    return {name: round(float(weight), 2) for name, weight in zip(NAMES, weights, strict=True)}


def right_share(choices: list[Choice], weights: dict[str, float]) -> float:
    """Return the share of choices whose likeliest person is right, in percent."""
    values = numpy.array([weights[name] for name in NAMES])
    good = sum(bool(right[int((rows @ values).argmax())]) for rows, right, _ in choices)
    return 100 * good / max(1, len(choices))


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coded", type=Path, required=True)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--chains", type=Path, required=True)
    parser.add_argument("--first", type=int, help="texts with automatic chains to take (default: all)")
    options = parser.parse_args()
    hand, automatic = list(coded(options.coded)), list(silver(options.texts, options.chains, options.first))
    weights = fit([*hand, *automatic])
    for name, choices in (("coded by hand", hand), ("automatic chains", automatic)):
        before, after = right_share(choices, WEIGHTS), right_share(choices, weights)
        print(f"{name}: {len(choices)} pronouns, right {before:.1f} % before, {after:.1f} % after")
    print("WEIGHTS = {")
    for name, weight in weights.items():
        print(f'    "{name}": {weight},')
    print("}")


if __name__ == "__main__":
    main()
