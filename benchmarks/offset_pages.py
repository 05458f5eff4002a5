"""Coded pages whose texts stay outside the repository: every coded string as the offsets where it stands.

    python benchmarks/offset_pages.py --write CODED.jsonl -o gold/offsets.jsonl    coded lines with texts -> offsets
    python benchmarks/offset_pages.py gold/offsets.jsonl                           check them against the texts

A line has the id and the set of the page's text in `shared/data`, its length in code points, its SHA-256, and the
claims with [start, end] for each string. A string stands where it is nearest to its sentence. A page whose text is not
there, or is another one, is named and left out. Exit status 1 when one is.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from coded import SHARED, CodedEvent, CodedFigure, CodedPage, CodedStatement, load_coded
from lines import load_lines

STRINGS = frozenset({
    "sentence", "number", "counted", "outcome_word", "place", "time", "source", "speaker", "cue", "content",
    "addressee", "trigger", "actors", "targets",
})  # fmt: skip
"""Coded fields that are words of the page."""

FILES = {
    "newsdiscourse": SHARED / "data/attribution/newsdiscourse_train.jsonl",
    "gva": SHARED / "data/figures/gva_dev.jsonl",
    "muc4": SHARED / "data/figures/muc4_train.jsonl",
    "wikievents": SHARED / "data/figures/wikievents_dev.jsonl",
    "giveme5w1h": SHARED / "data/figures/giveme5w1h_gold.jsonl",
    "polnear": SHARED / "data/attribution/polnear_train.jsonl",
}
"""Where the texts of each set are."""

Fields = dict[str, Any]


class OffsetPage(msgspec.Struct, frozen=True):
    """A coded page without its text. length is in code points; only so much of the text was coded."""

    id: str
    set: str
    sha256: str
    length: int
    figures: list[Fields]
    statements: list[Fields]
    events: list[Fields]


class Article(msgspec.Struct, frozen=True):
    """A text of a set, and what is known of it from outside."""

    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


def articles_of(name: str) -> dict[str, Article]:
    """Return the texts of a set by id.

    Raises:
        FileNotFoundError: the set is not beside the checkout.
        KeyError: there is no such set.
    """
    rows = (json.loads(line) for line in FILES[name].read_text(encoding="utf-8").splitlines() if line.strip())
    if name == "newsdiscourse":
        return {row["id"]: _joined(row) for row in rows}
    prefix = "gva_" if name == "gva" else ""
    return {
        f"{prefix}{row['id']}": Article(
            _unwrapped(row["text"]) if name == "muc4" else row["text"],
            title=row.get("title"),
            outlet=row.get("publisher"),
            published=(row.get("date") or "")[:10] or None,
        )
        for row in rows
    }


def _unwrapped(text: str) -> str:
    """Return a text of MUC-4, whose lines are cut at a width, with a line for each paragraph."""
    paragraphs = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in paragraphs if part)


def _joined(row: Mapping[str, Any]) -> Article:
    """Return a NewsDiscourse article: sentences joined by spaces, paragraphs by blank lines."""
    text, paragraph = "", None
    for sentence in row["sentences"]:
        text += "" if not text else " " if sentence["paragraph"] == paragraph else "\n\n"
        text += " ".join(sentence["text"].split())
        paragraph = sentence["paragraph"]
    day = re.search(r"\d{4}-\d{2}-\d{2}", row["date"] or "")
    return Article(text, title=row["headline"], outlet=row["outlet"], published=day.group(0) if day else None)


def digest(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def to_offsets(page: CodedPage, name: str) -> OffsetPage:
    """Return a coded page without its text; a speaker that does not stand in the text is left out."""
    text = page.text or ""
    claims = {
        kind: [_located(msgspec.to_builtins(claim), text) for claim in getattr(page, kind)]
        for kind in ("figures", "statements", "events")
    }
    return OffsetPage(page.id, name, digest(text), len(text), **claims)


def _located(claim: Fields, text: str) -> Fields:
    start = text.index(claim["sentence"])
    end = start + len(claim["sentence"])
    return {
        field: _places(value, text, (start, end)) if field in STRINGS else value
        for field, value in claim.items()
        if value is not None
    }


def _places(value: Any, text: str, sentence: tuple[int, int]) -> Any:
    if isinstance(value, list | tuple):
        return [place for part in value if (place := _places(part, text, sentence))]
    starts = [match.start() for match in re.finditer(re.escape(value), text)]
    if not starts:
        return None
    at = min(starts, key=lambda start: max(sentence[0] - start, start + len(value) - sentence[1], 0))
    return [at, at + len(value)]


def from_offsets(page: OffsetPage, article: Article) -> CodedPage:
    """Return a coded page with its text.

    Raises:
        ValueError: the text is another one.
    """
    text = article.text[: page.length]
    if digest(text) != page.sha256:
        raise ValueError(f"{page.id}: the text beside the checkout is another one than was coded")
    return CodedPage(
        page.id,
        text=text,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        figures=tuple(msgspec.convert(_words(claim, text), CodedFigure) for claim in page.figures),
        statements=tuple(msgspec.convert(_words(claim, text), CodedStatement) for claim in page.statements),
        events=tuple(msgspec.convert(_words(claim, text), CodedEvent) for claim in page.events),
    )


def _words(claim: Fields, text: str) -> Fields:
    return {field: _read(value, text) if field in STRINGS else value for field, value in claim.items()}


def _read(value: Any, text: str) -> Any:
    if value and isinstance(value[0], list):
        return [text[start:end] for start, end in value]
    return text[value[0] : value[1]] if value else value


def load_offsets(path: Path) -> Iterator[CodedPage]:
    """Yield the pages of a file whose texts are there.

    Raises:
        FileNotFoundError: the texts are not beside the checkout.
        ValueError: a text is another one, or none has the id.
    """
    texts: dict[str, dict[str, Article]] = {}
    for page in load_lines(path, OffsetPage):
        if page.set not in texts:
            texts[page.set] = articles_of(page.set)
        if page.id not in texts[page.set]:
            raise ValueError(f"{page.id}: no such text in {FILES[page.set]}")
        yield from_offsets(page, texts[page.set][page.id])


def main() -> int:
    """Write or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", help="pages as offsets, to check")
    parser.add_argument("--write", type=Path, nargs="+", default=[], help="coded pages with their texts")
    parser.add_argument("-o", "--out", type=Path)
    options = parser.parse_args()
    if options.write:
        texts = {name: articles_of(name) for name in FILES}
        lines = []
        for path in options.write:
            for page in load_coded(path):
                name = next(name for name, articles in texts.items() if page.id in articles)
                made = to_offsets(page, name)
                from_offsets(made, texts[name][page.id])
                lines.append(msgspec.json.encode(made) + b"\n")
        options.out.write_bytes(b"".join(lines))
        print(f"{len(lines)} pages written to {options.out}")
        return 0
    try:
        found = list(load_offsets(options.file))
    except (FileNotFoundError, ValueError) as err:
        print(f"offset_pages.py: {err}", file=sys.stderr)
        return 1
    print(f"{len(found)} pages, {sum(len(page.figures) for page in found)} figures, all in their texts")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
