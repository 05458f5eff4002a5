"""Numbers and quotations that a reader takes from outside an article, and those of the article that it loses.

Pages and gold bodies are those of `--set pages`. A number counts as taken from the article when its words, with some
letters of its sentence on both sides, stand in the gold body; a quotation when its words do. "Poisoned" is the share of
what is read that stands nowhere in the gold body; captions and standfirsts, which the gold bodies leave out, have a row
of their own. "Lost" is the share of the numbers and quotations of the gold bodies, read as plain text by the same
reader, that the page's article does not have; rows of tables are in it, though no claims are read from them.
"""

import time
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bodies import load_bodies, saved_pages
from measuring import Result, Settings, read_plain
from onrecord.pages.compose import BODY_ROLES, folded
from onrecord.pipeline import read_bytes
from onrecord.reading.sentences import READ_ROLES
from onrecord.records import Origin, Reading, Span
from score import Rows

CONTEXT_CHARACTERS = 25
"""Characters of a sentence on both sides of a number by which it is found in another text."""

APART = frozenset({"caption", "standfirst"})
"""Roles that belong to an article though the gold bodies leave them out."""

KINDS = ("numbers", "quotations")

Item = tuple[str, str, str]
"""Kind, role of the block it stands in, folded words."""


def measure(path: Path, settings: Settings) -> Result:
    """Read the HTML pages of a gold file, from the folder of the settings or `html` beside the file, and score them."""
    gold = dict(islice(load_bodies(path).items(), settings.first))
    counts: Counter[str] = Counter()
    faults: list[str] = []
    began = time.perf_counter()
    for page, entry, data in saved_pages(path, gold, settings, faults):
        reading = read_bytes(data, Origin(name=page, url=entry.url, media_type="html"), tagger=settings.tagger)
        body = entry.versions()[0]
        _count(reading, read_plain(page, body, settings), folded(body), counts, faults)
    return Result(_rows(counts), len(gold), time.perf_counter() - began, faults)


def _count(reading: Reading, wanted: Reading, body: str, counts: Counter[str], faults: list[str]) -> None:
    """Count what one page poisons and loses; body is the folded gold body."""
    for kind, role, key in items(reading):
        where = "apart" if role in APART else "read"
        counts[f"{kind} {where}"] += 1
        if key not in body:
            counts[f"{kind} {where} poisoned"] += 1
            faults.append(f"{reading.id}  poisoned {kind} {role}: {key}")
    seen = folded(article_text(reading))
    for kind, _, key in items(wanted):
        counts[f"{kind} wanted"] += 1
        if key not in seen:
            counts[f"{kind} lost"] += 1
            faults.append(f"{reading.id}  lost {kind}: {key}")


def items(reading: Reading) -> Iterator[Item]:
    """Yield the numbers and quotations of a reading."""
    if reading.page is None or reading.article is None:
        return
    text = reading.page.text
    roles = [(block.span, block.role) for block in reading.article.blocks]
    for kind, span, words in _found(reading, text):
        role = next((role for block, role in roles if block.meets(span)), "none")
        key = folded(words)
        if key:
            yield kind, role, key


def _found(reading: Reading, text: str) -> Iterator[tuple[str, Span, str]]:
    for figure in reading.figures:
        start = max(figure.sentence.start, figure.number.start - CONTEXT_CHARACTERS)
        end = min(figure.sentence.end, figure.number.end + CONTEXT_CHARACTERS)
        yield "numbers", figure.number, text[start:end]
    for said in reading.statements:
        if said.form != "indirect":
            for span in said.content:
                yield "quotations", span, span.of(text)


def article_text(reading: Reading) -> str:
    """Return the text of the blocks that are the article: those that claims are read from, and the rest of its body."""
    if reading.page is None or reading.article is None:
        return ""
    return "\n".join(
        reading.page.text[block.start : block.end]
        for block in reading.article.blocks
        if block.role in READ_ROLES | BODY_ROLES
    )


def _rows(counts: Counter[str]) -> Rows:
    """Return the shares in per cent, of numbers, of quotations, and of both."""
    rows: Rows = {}
    for name, of, wrong in (
        ("poisoned", "read", "read poisoned"),
        ("poisoned, captions and standfirsts", "apart", "apart poisoned"),
        ("lost", "wanted", "lost"),
    ):
        for label, kinds in (*((kind, (kind,)) for kind in KINDS), ("both", KINDS)):
            total = sum(counts[f"{kind} {of}"] for kind in kinds)
            bad = sum(counts[f"{kind} {wrong}"] for kind in kinds)
            rows[f"{name}: {label}"] = {
                "share": round(100 * bad / total, 2) if total else 0.0,
                "wrong": bad,
                "n": total,
            }
    return rows
