#!/usr/bin/env python3
"""Times queries of a ledger with many made figures, and reads while somebody writes.

    python benchmarks/queries.py                     100,000 figures in SQLite
    python benchmarks/queries.py --figures 1000000   the size that the limits are meant for
    python benchmarks/queries.py --db postgresql://user@host/empty

Prints the machine, the median of each question, and the slowest of eight readers beside one writer. Exits with 1 when a
limit is passed. Pages are made from a seed, all places and people invented; nothing is read by the reader.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import platform
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from onrecord.answers import ClaimKind
from onrecord.errors import OnRecordError
from onrecord.ledger import finding, search
from onrecord.ledger.queries import Query
from onrecord.ledger.query_words import parse_query
from onrecord.ledger.rows import Capture, Prepared, prepare
from onrecord.ledger.store import Store
from onrecord.records import (
    Article,
    Block,
    Figure,
    Origin,
    Outcome,
    Page,
    Place,
    Reader,
    Reading,
    Span,
    Statement,
    claim_id,
    document_id,
)

FIGURES_OF_PAGE = 20
BATCH = 200
"""Pages in one transaction."""

QUERY_MS, TEXT_MS, STORY_MS, SLOWEST_MS = 50, 50, 10, 250
"""Limits: median of a filtered query, of a full-text query and of one story; slowest read beside a writer."""

READERS, SECONDS, TIMES = 8, 10, 20

PAGES_OF_STORY = 12
"""With 20 figures and 10 statements a page, a story has 360 claims."""

SYLLABLES = (
    "ba",
    "dor",
    "kel",
    "lin",
    "mar",
    "nor",
    "pel",
    "ros",
    "sal",
    "tor",
    "ul",
    "ven",
    "wes",
    "yar",
    "zim",
    "ha",
)
ENDINGS = ("haven", "ford", "burg", "mark", "field", "mouth", "dale", "stead")
OUTCOMES: dict[Outcome, str] = {
    "killed": "killed", "injured": "injured", "missing": "missing", "displaced": "displaced", "evacuated": "evacuated",
    "rescued": "rescued", "detained": "detained", "damaged": "damaged", "destroyed": "destroyed",
    "launched": "launched", "intercepted": "intercepted", "deployed": "deployed",
}  # fmt: skip
COUNTED = (
    ("people", "person"), ("children", "child"), ("soldiers", "soldier"), ("drones", "drone"), ("homes", "home"),
    ("firefighters", "person"),
)  # fmt: skip
FIRST = ("Ada", "Bo", "Cyra", "Dov", "Eline", "Falk", "Gro", "Hanne", "Ivo", "Jora", "Karl", "Lena")


def names(kind: str, count: int, seed: int) -> list[str]:
    """Return made names of places, people or words, always the same."""
    rng = random.Random(f"{kind} {seed}")  # noqa: S311  made data
    made: dict[str, None] = {}
    while len(made) < count:
        word = "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3)))
        if kind == "place":
            made[word.capitalize() + rng.choice(ENDINGS)] = None
        elif kind == "person":
            made[f"{rng.choice(FIRST)} {word.capitalize()}{rng.choice(ENDINGS)[:3]}"] = None
        else:
            made[word + rng.choice(SYLLABLES)] = None
    return list(made)


class Maker:
    """Makes readings of invented pages, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.rng = random.Random(seed)  # noqa: S311  made data
        self.places = names("place", 400, seed)
        self.people = names("person", 600, seed)
        self.outlets = [f"{place} Gazette" for place in self.places[:40]]
        self.words = names("word", 3000, seed)
        self.number = 0

    def reading(self, figures: int = FIGURES_OF_PAGE) -> Reading:
        """Return the next reading, with so many figures and half as many statements."""
        self.number += 1
        day = f"2026-{1 + self.number // 28 % 12:02}-{1 + self.number % 28:02}"
        url = f"https://gazette.example/{self.number}"
        document, parts, at = document_id(url, ""), [], 0
        found: list[Figure] = []
        said: list[Statement] = []
        for position in range(figures):
            line, figure, statement = self._sentence(document, at, position)
            parts.append(line)
            found.append(figure)
            said += [statement] if position % 2 else []
            at += len(line) + 1
        text = " ".join(parts)
        return Reading(
            id=f"gazette-{self.number}",
            page=Page(
                sha256=hashlib.sha256(text.encode()).hexdigest(),
                url=url,
                outlet=self.outlets[self.number % len(self.outlets)],
                text=text,
            ),
            article=Article(
                headline=None, published=day, body=text, blocks=(Block(start=0, end=len(text), role="body"),)
            ),
            figures=tuple(found),
            statements=tuple(said),
            reader=Reader(version="made", model="made"),
        )

    def counted(self, position: int) -> tuple[int, Outcome, tuple[str, str]]:
        """Return what the sentence at a position of the page counts: the number, what happened, to whom."""
        rng = self.rng
        return int(10 ** rng.uniform(0, 4)), rng.choice(list(OUTCOMES)), rng.choice(COUNTED)

    def _sentence(self, document: str, at: int, position: int) -> tuple[str, Figure, Statement]:
        """Return a sentence that starts at this place, with its figure and the statement that it is in."""
        rng = self.rng
        bound, written = rng.choice((("exact", ""), ("at_least", "at least "), ("more_than", "more than ")))
        number, outcome, (counted, counted_class) = self.counted(position)
        verb = OUTCOMES[outcome]
        place, speaker = rng.choice(self.places), rng.choice(self.people)
        spans: dict[str, Span] = {}
        line = ""
        for name, words in (
            ("number", f"{written}{number}"), ("counted", counted), ("", "were"), ("outcome_word", verb), ("", "in"),
            ("place", place), ("", f"{rng.choice(self.words)} {rng.choice(self.words)},"), ("source", speaker),
            ("cue", "said"),
        ):  # fmt: skip
            start = at + len(line)
            line += f"{words} "
            if name:
                spans[name] = Span(start, start + len(words))
        line = f"{line.strip()}."
        whole = Span(at, at + len(line))
        low = number + 1 if bound == "more_than" else number
        figure = Figure(
            id=_id(document, line, position, "figure", low),
            sentence=whole, low=low, high=number if bound == "exact" else None, point=number, bound=bound,  # type: ignore[arg-type]
            kind="total", counted_class=counted_class, outcome=outcome, speaker=speaker,  # type: ignore[arg-type]
            number=spans["number"], counted=spans["counted"], outcome_word=spans["outcome_word"],
            place=Place(start=spans["place"].start, end=spans["place"].end, name=place), source=spans["source"],
            confidence=round(rng.uniform(0.2, 0.99), 2),
        )  # fmt: skip
        statement = Statement(
            id=_id(document, line, position, "statement", ""), sentence=whole, source=spans["source"],
            speaker=speaker, speaker_kind="person", cue=spans["cue"], content=(Span(at, spans["place"].end),),
        )  # fmt: skip
        return line, figure, statement


def _id(document: str, line: str, position: int, kind: str, value: object) -> str:
    return claim_id(document=document, sentence=line, occurrence=position, kind=kind, span=Span(0, 1), value=value)


def prepared(reading: Reading) -> Prepared:
    """Return the rows of a made reading."""
    assert reading.page is not None  # noqa: S101  made above
    capture = Capture(origin=Origin(name=reading.id, url=reading.page.url))
    return prepare(reading, reading.page.text.encode(), capture, sha256=reading.page.sha256)


def fill(store: Store, maker: Maker, figures: int) -> float:
    """Append pages until there are so many figures; return the seconds that the database took."""
    run, took = store.begin_run("add", reader_version="made", model="made"), 0.0
    left = -(-figures // FIGURES_OF_PAGE)
    while left > 0:
        some = [prepared(maker.reading()) for _ in range(min(BATCH, left))]
        began = time.perf_counter()
        store.append(some, run)
        took += time.perf_counter() - began
        left -= len(some)
    return took


def make_stories(store: Store) -> None:
    """Put every few documents into a story: story-1, story-2, ..."""
    number = f'("row" - 1) / {PAGES_OF_STORY} + 1'
    made = f"INSERT INTO story_articles SELECT \"row\", \"row\", 'story-' || ({number}), NULL, '2026' FROM documents"  # noqa: S608
    with store.writing() as connection:
        connection.exec_driver_sql(made)


Ask = Callable[[Any], Any]


def questions(maker: Maker, rng: random.Random, stories: int) -> Iterator[tuple[str, int, Ask]]:
    """Yield the questions: their name, their limit in ms, and what asks one with values of its own."""

    def asks(kind: ClaimKind, query: Callable[[], Query]) -> Ask:
        return lambda connection: search.claims(connection, kind, query())

    def filtered() -> Query:
        return parse_query(f"{rng.choice(list(OUTCOMES))} in {rng.choice(maker.places)} > 20", Query(limit=100))

    def many(**more: Any) -> Query:
        return Query(outcome=rng.choice(list(OUTCOMES)), limit=100, **more)

    def second_page(connection: Any) -> Any:
        query = many(min=9000)
        following = search.claims(connection, "figure", query).next
        return search.claims(connection, "figure", replace(query, after=following))

    def words() -> Query:
        return Query(text=f"{rng.choice(maker.places)} {rng.choice(list(OUTCOMES.values()))}", limit=100)

    def facets(connection: Any) -> Any:
        return finding.find_words(connection, Query(text=f"{rng.choice(maker.words)} {rng.choice(maker.places)}"))

    def story(connection: Any) -> Any:
        query = Query(story=f"story-{rng.randint(1, stories)}")
        return [search.claims(connection, kind, query) for kind in ("figure", "statement", "event")]

    yield "outcome, place, more than 20", QUERY_MS, asks("figure", filtered)
    yield "outcome, 9,000 or more", QUERY_MS, asks("figure", lambda: many(min=9000))
    yield "outcome, 9,000 or more, two pages", QUERY_MS, second_page
    yield "outcome, 20 or more", QUERY_MS, asks("figure", lambda: many(min=20))
    yield "outlet alone", QUERY_MS, asks("figure", lambda: Query(outlet=rng.choice(maker.places[:40]), limit=100))
    yield "nothing asked", QUERY_MS, asks("figure", lambda: Query(limit=100))
    yield "said by a source", QUERY_MS, asks("statement", lambda: Query(source=rng.choice(maker.people), limit=100))
    yield "full text in figures, two words", TEXT_MS, asks("figure", words)
    yield "full text in statements, two words", TEXT_MS, asks("statement", words)
    yield "full text with facets, two words", TEXT_MS, facets
    yield f"story of {PAGES_OF_STORY * FIGURES_OF_PAGE * 3 // 2} claims, all of them", STORY_MS, story


def time_questions(store: Store, maker: Maker, stories: int) -> bool:
    """Print the median of each question; say whether all are within their limits."""
    good = True
    for name, limit, ask in questions(maker, random.Random(7), stories):  # noqa: S311  made data
        took = []
        for _ in range(TIMES):
            began = time.perf_counter()
            with store.reading() as connection:
                ask(connection)
            took.append((time.perf_counter() - began) * 1000)
        median = statistics.median(took)
        good = good and median <= limit
        print(f"  {name:<40} median {median:7.1f} ms   slowest {max(took):7.1f} ms   limit {limit} ms", flush=True)
    return good


def read_until(where: str, number: int, stories: int, seconds: float, start: Any, told: Any) -> None:
    """Ask one question after the other once all are ready; tell how long each took, and the errors."""
    store, maker = Store(where, create=False), Maker()
    rng = random.Random(number)  # noqa: S311  made data
    asked = [ask for _, _, ask in questions(maker, rng, stories)]
    took: list[float] = []
    errors: list[str] = []
    with store.reading() as connection:
        asked[0](connection)
    start.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            with store.reading() as connection:
                rng.choice(asked)(connection)
        except OnRecordError as err:
            errors.append(str(err))
        took.append((time.perf_counter() - began) * 1000)
    store.close()
    told.put((took, errors))


def read_while_writing(
    where: str, maker: Maker, stories: int, seconds: float, readers: int = READERS
) -> tuple[list[float], list[str], int]:
    """Let readers ask while one writer adds, each in a process of its own; return times, errors, pages added."""
    context = multiprocessing.get_context("spawn")
    start, told = context.Barrier(readers + 1), context.Queue()
    asking = [
        context.Process(target=read_until, args=(where, number, stories, seconds, start, told))
        for number in range(readers)
    ]
    for process in asking:
        process.start()
    writer = Store(where, create=False)
    run, added = writer.begin_run("add", reader_version="made", model="made"), 0
    start.wait()
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        writer.append([prepared(maker.reading()) for _ in range(5)], run)
        added += 5
    answers = [told.get() for _ in asking]
    for process in asking:
        process.join()
    writer.close()
    return [ms for took, _ in answers for ms in took], [err for _, errors in answers for err in errors], added


def main() -> int:
    """Fill, ask, ask while writing; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=100_000)
    parser.add_argument("--db", help="an empty database (default: a temporary SQLite file)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of readers beside one writer")
    chosen = parser.parse_args()
    print(f"{platform.platform()}, {os.cpu_count()} CPUs, Python {platform.python_version()}", end="")
    print(f", SQLite {sqlite3.sqlite_version}")
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        where = chosen.db or str(Path(folder, "ledger.db"))
        store, maker = Store(where), Maker()
        began = time.perf_counter()
        took = fill(store, maker, chosen.figures)
        claims = chosen.figures * 3 // 2
        print(
            f"{chosen.figures:,} figures in {time.perf_counter() - began:.0f} s, {claims / took:,.0f} claims/s written"
        )
        make_stories(store)
        stories = max(chosen.figures // FIGURES_OF_PAGE // PAGES_OF_STORY, 1)
        good = time_questions(store, maker, stories)
        took_ms, errors, added = read_while_writing(where, maker, stories, chosen.seconds)
        slowest = max(took_ms, default=0.0)
        print(
            f"  {READERS} readers, one writer, {chosen.seconds:g} s: {len(took_ms)} reads, {added} pages added", end=""
        )
        print(f", {len(errors)} errors, median {statistics.median(took_ms):.0f} ms", end="")
        print(f", slowest {slowest:.0f} ms (limit {SLOWEST_MS} ms)")
        for error in sorted(set(errors))[:5]:
            print(f"    {error}")
        store.close()
    return 0 if good and not errors and slowest <= SLOWEST_MS else 1


if __name__ == "__main__":
    sys.exit(main())
