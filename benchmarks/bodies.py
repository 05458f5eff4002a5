"""Clean article bodies against gold bodies: 4-word shingles, mean precision and recall over pages.

The measure is that of the public article-extraction-benchmark, so that figures stand beside its table: per page the
multisets of shingles give right, leaked and lost; P and R are means over pages, F1 is made of these means, exact is the
share of pages with no shingle wrong. Gold is a JSON object: page id -> {"articleBody": text} or {"body": [paragraph]},
where a paragraph in square brackets may be there or not.
"""

import gzip
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, combinations, islice
from pathlib import Path
from statistics import mean

import msgspec

from measuring import Result, Settings
from onrecord.errors import PageError
from onrecord.pages.decode import decode
from onrecord.pages.parse import parse
from onrecord.pages.render import render
from onrecord.pipeline import capture
from onrecord.records import Origin
from score import Rows

WORD = re.compile(r"\w+")
SHINGLE_WORDS = 4
NO_INTERVALS = "P and R are means over pages, not sums; no intervals are given for them"
MOST_OPTIONAL = 4
"""Optional paragraphs of which every choice is tried; above it only all or none of them."""


class GoldBody(msgspec.Struct, frozen=True, rename={"article_body": "articleBody"}):
    """The body of one page, as one text or as paragraphs."""

    article_body: str | None = None
    body: tuple[str, ...] = ()
    url: str | None = None

    def versions(self) -> list[str]:
        """Return the texts that count as right."""
        if self.article_body is not None:
            return [self.article_body]
        optional = [i for i, text in enumerate(self.body) if text.startswith("[") and text.endswith("]")]
        drops: Iterable[tuple[int, ...]] = [(), tuple(optional)]
        if len(optional) <= MOST_OPTIONAL:
            drops = chain.from_iterable(combinations(optional, size) for size in range(len(optional) + 1))
        return [
            "\n\n".join(text[1:-1] if i in optional else text for i, text in enumerate(self.body) if i not in drop)
            for drop in drops
        ]


def load_bodies(path: Path) -> dict[str, GoldBody]:
    """Return the gold bodies by page id; ValueError when the file has another format."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, GoldBody])
    except msgspec.DecodeError as err:
        raise ValueError(f"{path}: {err}") from err


def measure(path: Path, settings: Settings) -> Result:
    """Read the HTML pages of a gold file, from the folder of the settings or `html` beside the file, and score them."""
    return _measured(path, settings, lambda data, origin: capture(data, origin)[1].body, "")


def measure_dumped(path: Path, settings: Settings) -> Result:
    """Read the same pages dumped as plain text, all visible text with a line per block, without tags or metadata.

    The row "floor" is the score of the whole dump: what a reader has that takes no line away.
    """
    dumps: dict[str, str] = {}

    def body(data: bytes, origin: Origin) -> str:
        dumps[origin.name] = dumped(data, origin)
        given = Origin(name=origin.name, media_type="text")
        return capture(dumps[origin.name].encode("utf-8", "replace"), given)[1].body

    result = _measured(path, settings, body, ", dumped")
    gold = dict(islice(load_bodies(path).items(), settings.first))
    floor = score_bodies(gold, dumps, ", floor")
    return result._replace(rows={**result.rows, **floor})


def dumped(data: bytes, origin: Origin) -> str:
    """Return all visible text of an HTML page, a line per block; "" when it has none."""
    tree = parse(decode(data, origin, html=True).text)
    return render(tree).text if tree is not None else ""


def saved_pages(
    path: Path, gold: Mapping[str, GoldBody], settings: Settings, faults: list[str]
) -> Iterator[tuple[str, GoldBody, bytes]]:
    """Yield the pages that are saved, from the folder of the settings or `html` beside the file; name the others."""
    folder = settings.html or path.parent / "html"
    for page, entry in gold.items():
        data = page_bytes(folder, page)
        if data is None:
            faults.append(f"{page}  no {page}.html or {page}.html.gz in {folder}")
        else:
            yield page, entry, data


def _measured(path: Path, settings: Settings, body: Callable[[bytes, Origin], str], mark: str) -> Result:
    """Score what `body` makes of each page."""
    gold = dict(islice(load_bodies(path).items(), settings.first))
    bodies: dict[str, str] = {}
    faults: list[str] = []
    began = time.perf_counter()
    for page, entry, data in saved_pages(path, gold, settings, faults):
        try:
            bodies[page] = body(data, Origin(name=page, url=entry.url, media_type="html"))
        except PageError as err:
            faults.append(f"{page}  {err}")
    seconds = time.perf_counter() - began
    notes = (NO_INTERVALS,) if settings.boot else ()
    return Result(score_bodies(gold, bodies, mark), len(gold), seconds, faults, notes)


def page_bytes(folder: Path, page: str) -> bytes | None:
    """Return the HTML of a page, packed or not; None when the folder does not have it."""
    for name in (f"{page}.html.gz", f"{page}.html"):
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            return gzip.decompress(data) if name.endswith(".gz") else data
    return None


def score_bodies(gold: Mapping[str, GoldBody], bodies: Mapping[str, str], mark: str = "") -> Rows:
    """Score the running texts of pages, by id; a missing page counts as empty. The mark ends the rows' names."""
    counts = [best_count(entry, bodies.get(page, "")) for page, entry in gold.items()]
    p = mean(part_right(right, leaked, lost) for right, leaked, lost in counts)
    r = mean(part_right(right, lost, leaked) for right, leaked, lost in counts)
    exact = mean(float(leaked == lost == 0) for _, leaked, lost in counts)
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    row = {"P": round(100 * p, 2), "R": round(100 * r, 2), "F1": round(100 * f1, 2), "n": len(counts)}
    return {f"pages: body{mark}": row, f"pages: exact{mark}": {"share": round(100 * exact, 1), "n": len(counts)}}


def best_count(entry: GoldBody, body: str) -> tuple[int, int, int]:
    """Return shingles right, leaked and lost against the version of the gold that fits best."""
    return max(
        (count(version, body) for version in entry.versions()),
        key=lambda counts: counts[0] / sum(counts) if sum(counts) else 1.0,
    )


def count(gold: str, found: str) -> tuple[int, int, int]:
    """Return how many shingles are right, leaked (not in gold) and lost (in gold only)."""
    a, b = shingles(gold), shingles(found)
    right = (a & b).total()
    return right, b.total() - right, a.total() - right


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of SHINGLE_WORDS words; one shorter run for a text that has fewer."""
    found = WORD.findall(text)
    starts = range(max(1, len(found) - SHINGLE_WORDS + 1)) if found else range(0)
    return Counter(tuple(found[at : at + SHINGLE_WORDS]) for at in starts)


def part_right(right: int, wrong: int, other: int) -> float:
    """Return right / (right + wrong), 1 for a page with nothing wrong either way."""
    if wrong == other == 0:
        return 1.0
    return right / (right + wrong) if right else 0.0
