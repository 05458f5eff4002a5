"""The sets stories, ecb, basil: articles grouped by what they tell -> how well the package groups them.

A line is {"id", "title", "text", and "story" (null = on its own) or "cluster"}, with "published" and "outlet" where the
set is dated; BASIL's dates are not used. Articles are read, made into accounts and added one by one, in a random
order. Rows, in percent:

    B-cubed all, B-cubed dense   over all articles, and over those of gold stories with two or more
    pairs                        pairs of articles in one story
    plain: ...                   the same of a plain method in the same run: one pass, TF-IDF with document frequencies
                                 learned on the way, names counted double, cosine to the middle of a story; its least
                                 cosine is the best of PLAIN_LEAST (sum of the two F1) on this very file
    copies                       with a file ..._copies.jsonl beside ..._articles.jsonl: pairs found, as copy or part;
                                 P counts pairs called copy that are none

B-cubed and copies agree with the shared scorer of the coded stories.
"""

import random
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from pathlib import Path

import msgspec
from msgspec.structs import replace

from lines import load_lines
from measuring import Result, Settings
from onrecord.pipeline import read_bytes
from onrecord.records import Copy, Origin
from onrecord.stories.accounts import Account, account_of
from onrecord.stories.clusters import Stories
from onrecord.stories.wording import WORD
from score import Rows

SEED = 0
PLAIN_LEAST = tuple(hundredth / 100 for hundredth in range(10, 52, 2))
"""Least cosines that the plain method is tried with."""
PLAIN_TERMS = 200
"""Terms that the middle of a plain story keeps."""


class Line(msgspec.Struct, frozen=True):
    """An article and the story it is coded to be of."""

    id: str
    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    story: str | None = None
    cluster: str | None = None


class CodedCopy(msgspec.Struct, frozen=True):
    """Two articles that are coded to share their text."""

    a: str
    b: str
    kind: str


def measure_stories(path: Path, settings: Settings) -> Result:
    """Read and score dated articles with their coded stories and copies."""
    lines = load_lines(path, Line, settings.first)
    result, stories = _measured(lines, settings)
    coded = path.with_name(path.name.replace("_articles", "_copies"))
    if coded == path or not coded.is_file():
        return result._replace(notes=(*result.notes, f"no {coded.name}: copies are not measured"))
    rows = result.rows | {"copies": copies_row(stories.copies(line.id for line in lines), load_lines(coded, CodedCopy))}
    return result._replace(rows=rows)


def measure_undated(path: Path, settings: Settings) -> Result:
    """Read and score articles without dates."""
    lines = load_lines(path, Line, settings.first)
    plain = [replace(line, id=f"{number:05d} {line.id}", published=None) for number, line in enumerate(lines)]
    return _measured(plain, settings)[0]


def _measured(lines: Sequence[Line], settings: Settings) -> tuple[Result, Stories]:
    gold = {line.id: line.story or line.cluster or f"alone: {line.id}" for line in lines}
    began = time.perf_counter()
    accounts = [account_for(line, settings) for line in lines]
    reading = time.perf_counter() - began
    random.Random(SEED).shuffle(accounts)  # noqa: S311  # an order, no secret
    stories = Stories()
    began = time.perf_counter()
    for account in accounts:
        stories.add(account)
    adding = time.perf_counter() - began
    found = {line.id: stories.story_of(line.id).id for line in lines}
    plain, least = plain_stories(accounts, gold)
    rows = cluster_rows(gold, found) | {f"plain: {name}": row for name, row in cluster_rows(gold, plain).items()}
    notes = (
        f"{len(stories)} stories; adding took {1000 * adding / max(1, len(lines)):.1f} ms an article, reading not "
        f"counted; plain at {least:.2f}",
    )
    return Result(rows, len(lines), reading + adding, mixed(lines, gold, found), notes), stories


def account_for(line: Line, settings: Settings) -> Account:
    """Read an article as `onrecord add --manifest` does, and return its account."""
    origin = Origin(name=line.id, title=line.title, published=line.published, outlet=line.outlet, media_type="text")
    account = account_of(read_bytes(line.text.encode(), origin, tagger=settings.tagger))
    return replace(account, title=line.title or account.title, published=line.published)


def cluster_rows(gold: Mapping[str, str], found: Mapping[str, str]) -> Rows:
    """Return B-cubed of all and of dense articles, and of pairs; both map an article to its story."""
    right, made = members(gold), members(found)
    rows: Rows = {}
    dense = [id for id in gold if len(right[gold[id]]) > 1]
    for name, kept in (("B-cubed all", list(gold)), ("B-cubed dense", dense)):
        both = {id: len(right[gold[id]] & made[found[id]]) for id in kept}
        precision = sum(both[id] / len(made[found[id]]) for id in kept) / max(1, len(kept))
        recall = sum(both[id] / len(right[gold[id]]) for id in kept) / max(1, len(kept))
        rows[name] = scores(precision, recall, len(kept))
    common = Counter((gold[id], found[id]) for id in gold)
    together = _pairs(common.values())
    total = _pairs(map(len, right.values()))
    rows["pairs"] = scores(together / (_pairs(map(len, made.values())) or 1), together / (total or 1), total)
    return rows


def members(story_of: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the articles of each story."""
    found: dict[str, set[str]] = defaultdict(set)
    for id, story in story_of.items():
        found[story].add(id)
    return found


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def scores(precision: float, recall: float, number: int) -> dict[str, float]:
    """Return a row of P, R and F1 in percent."""
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"P": round(100 * precision, 1), "R": round(100 * recall, 1), "F1": round(100 * f1, 1), "n": number}


def copies_row(found: Iterable[Copy], coded: Iterable[CodedCopy]) -> dict[str, float]:
    """Return how many coded pairs were found as either kind, and how many were called copy and are no coded pair."""
    kinds = {frozenset((one.a, one.b)): one.kind for one in found}
    pairs = {frozenset((one.a, one.b)) for one in coded}
    false = sum(kind == "copy" and pair not in pairs for pair, kind in kinds.items())
    hits = len(pairs & set(kinds))
    return scores(hits / (hits + false or 1), hits / (len(pairs) or 1), len(pairs)) | {"false": false}


def mixed(lines: Sequence[Line], gold: Mapping[str, str], found: Mapping[str, str]) -> list[str]:
    """Return one line for each story that mixes coded ones, and one for each coded story that is scattered."""
    titles = {line.id: (line.title or line.text)[:60] for line in lines}
    shown = [
        "mixed: " + " | ".join(titles[id] for id in sorted(ids))
        for ids in members(found).values()
        if len({gold[id] for id in ids}) > 1
    ]
    scattered = {story: Counter(found[id] for id in ids) for story, ids in members(gold).items() if len(ids) > 1}
    return shown + [
        f"scattered: {story} in {sorted(counts.values(), reverse=True)}"
        for story, counts in scattered.items()
        if len(counts) > 1
    ]


# --- the plain method ----------------------------------------------------------------------------------------------


def plain_stories(accounts: Sequence[Account], gold: Mapping[str, str]) -> tuple[dict[str, str], float]:
    """Return the stories of the plain method at the least cosine that is best for this file, and that cosine."""
    vectors = plain_vectors(sorted(accounts, key=lambda account: account.published or ""))
    best: tuple[float, float, dict[str, str]] = (-1.0, 0.0, {})
    for least in PLAIN_LEAST:
        found = one_pass(vectors, least)
        rows = cluster_rows(gold, found)
        both = rows["B-cubed all"]["F1"] + rows["B-cubed dense"]["F1"]
        best = max(best, (both, least, found), key=lambda one: one[:2])
    return best[2], best[1]


def plain_vectors(accounts: Iterable[Account]) -> list[tuple[str, dict[str, float]]]:
    """Return id and TF-IDF vector of each account in turn; frequencies are those of the accounts so far."""
    seen: Counter[str] = Counter()
    vectors = []
    for number, account in enumerate(accounts, 1):
        tally: Counter[str] = Counter()
        for word in WORD.findall(f"{account.title} {account.text}"):
            tally[word.lower()] += 2 if word[0].isupper() else 1
        seen.update(tally.keys())
        weights = {word: (1 + log(times)) * log((number + 1) / seen[word]) for word, times in tally.items()}
        length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        vectors.append((account.id, {word: weight / length for word, weight in weights.items() if weight > 0}))
    return vectors


def one_pass(vectors: Iterable[tuple[str, dict[str, float]]], least: float) -> dict[str, str]:
    """Put each article into the story whose middle is nearest, or into a new one."""
    middles: list[dict[str, float]] = []
    found: dict[str, str] = {}
    for id, vector in vectors:
        near = [sum(weight * middle.get(word, 0.0) for word, weight in vector.items()) for middle in middles]
        best = max(range(len(near)), key=near.__getitem__, default=-1)
        if best < 0 or near[best] < least:
            best = len(middles)
            middles.append({})
        middle = Counter(middles[best])
        middle.update(vector)
        kept = dict(middle.most_common(PLAIN_TERMS))
        length = sqrt(sum(weight * weight for weight in kept.values())) or 1.0
        middles[best] = {word: weight / length for word, weight in kept.items()}
        found[id] = f"plain {best}"
    return found
