"""A number -> a ledger with so many invented articles, their claims and stories, written in bulk: one story is large.

Some pages are made one by one (queries.Maker) and appended as `add` appends them; the rest are copies of these rows
with ids, names and days of their own, made by the database itself, and so are their stories. The large story is told
by the reader's own code. SQLite only. Nothing is read from pages, and no two stories are compared.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from onrecord.ledger import guards, schema, story_rows
from onrecord.ledger.inserting import insert_rows
from onrecord.ledger.store import Store, next_row
from onrecord.records import Outcome, Reading, Story, StoryArticle, to_json
from onrecord.stories.reports import Report
from onrecord.stories.telling import telling
from onrecord.stories.voices import main_figure
from queries import BATCH, Maker, names, prepared

MADE_ONE_BY_ONE = 2_000
"""Pages that are not copies of others; a multiple of PER_STORY."""

PER_STORY, LARGE_STORY = 10, 500
"""Articles of most stories, and of one."""

FIGURES = 4
"""Figures of a page; half as many statements."""

LARGE_ID = "1a26e00000000000"
"""Id of the large story."""

MOVED_DAYS = 7
"""Days between a copy and the one before it, within a year of FIRST_DAY."""

FIRST_DAY, LAST_DAY = date(2026, 1, 1), "2027-12-01"
"""The large story begins on the last day: it is the newest."""

COUNTS: dict[Outcome, tuple[int, int]] = {
    "killed": (9, 2),
    "injured": (60, 5),
    "missing": (40, -1),
    "displaced": (1200, 90),
}
"""Counts of the large story: of the first day, and what each day adds."""

ID = re.compile(r'"(?:[0-9a-f]{16}|[a-z]+-\d+|https://gazette\.example/\d+|2026-\d\d-\d\d)"')
"""What differs between a story and its copy, as it stands in JSON: ids, names, addresses, days."""


class OneStory(Maker):
    """Makes readings that tell of one happening, its counts growing from day to day."""

    def __init__(self) -> None:
        super().__init__(seed=2)
        self.places, self.people = self.places[:1], self.people[:30]
        self.number = 10_000_000

    def counted(self, position: int) -> tuple[int, Outcome, tuple[str, str]]:
        """Return a count of this day, now and then one more than others have."""
        outcome = list(COUNTS)[position % len(COUNTS)]
        first, more = COUNTS[outcome]
        late = self.rng.choice((0, 0, 0, 1))
        return (
            max(first + more * (self.number % LARGE_STORY * 20 // LARGE_STORY - late), 1),
            outcome,
            ("people", "person"),
        )


def make_ledger(store: Store, articles: int) -> str:
    """Fill an empty ledger; return the id of the large story."""
    own = min(MADE_ONE_BY_ONE, articles)
    copies = articles // own
    rng = random.Random(3)  # noqa: S311  made data
    readings = list(made_readings(Maker(), own, rng))
    append(store, readings)
    with store.writing() as connection:
        copy_rows(connection, own, copies)
        for number in range(0, own, PER_STORY):
            keep_stories(connection, readings[number : number + PER_STORY], number, own, copies)
    append(store, large := list(made_readings(OneStory(), min(LARGE_STORY, articles), rng)))
    with store.writing() as connection:
        keep_large_story(connection, large, own * copies)
        finish(connection)
    return LARGE_ID


def made_readings(maker: Maker, number: int, rng: random.Random) -> Iterator[Reading]:
    """Yield readings with headlines; those of the large story lie on twenty days behind all others."""
    for at in range(number):
        reading = maker.reading(FIGURES)
        assert reading.article is not None  # noqa: S101  made so
        words = " ".join(rng.sample(maker.words, 5))
        published = reading.article.published
        if isinstance(maker, OneStory):
            published = (date.fromisoformat(LAST_DAY) + timedelta(days=at * 20 // number)).isoformat()
        headline = f"{maker.places[at % len(maker.places)]}: {words}"
        yield replace(reading, article=replace(reading.article, headline=headline, published=published))


def append(store: Store, readings: Sequence[Reading]) -> None:
    """Append readings as `add` does."""
    run = store.begin_run("add", reader_version="made", model="made")
    for first in range(0, len(readings), BATCH):
        store.append([prepared(reading) for reading in readings[first : first + BATCH]], run)


# --- copies --------------------------------------------------------------------------------------------------------


def of_copy(column: str) -> str:
    """Return the SQL of an id of the copy :c: its first four digits go, the copy's number comes last."""
    return f"substr({column}, 5) || printf('%04x', :c)"


DAY = f"date(published, '+' || (:c * {MOVED_DAYS} % 365) || ' days')"
PAGE, CLAIM = ":c * :pages", ":c * :claims"
COPIED: dict[str, dict[str, str]] = {
    "pages": {"row": f'"row" + {PAGE}', "sha256": of_copy("sha256")},
    "archive": {"page": f"page + {PAGE}"},
    "documents": {
        "row": f'"row" + {PAGE}', "id": of_copy("id"), "url": "url || '-' || :c", "name": "name || '-' || :c",
    },
    "page_versions": {"row": f'"row" + {PAGE}', "document": f"document + {PAGE}", "page": f"page + {PAGE}"},
    "articles": {
        "row": f'"row" + {PAGE}', "id": of_copy("id"), "page": f"page + {PAGE}", "url": "url || '-' || :c",
        "published": DAY, "record": f"replace(record, published, {DAY})",
    },
    "readings": {
        "row": f'"row" + {PAGE}', "version": f"version + {PAGE}", "document": f"document + {PAGE}",
        "article": f"article + {PAGE}", "reported": DAY.replace("published", "reported"),
    },
    "claims": {
        "row": f'"row" + {CLAIM}', "id": of_copy("id"), "document": f"document + {PAGE}",
        "reading": f"reading + {PAGE}", "record": f"replace(record, id, {of_copy('id')})",
    },
    "claim_links": {"claim": f"claim + {CLAIM}", "reading": f"reading + {PAGE}"},
}  # fmt: skip
"""Tables that are copied, and what the copy :c has another value in."""


def copy_rows(connection: Connection, pages: int, copies: int) -> None:
    """Write so many less one copies of the first rows of each table, and index their words."""
    claims = next_row(connection, schema.claims) - 1
    for number in range(1, copies):
        for name, changed in COPIED.items():
            table = schema.METADATA.tables[name]
            key = next(iter(changed))
            columns = ", ".join(f'"{column}"' for column in table.c.keys())  # noqa: SIM118
            values = ", ".join(changed.get(column, f'"{column}"') for column in table.c.keys())  # noqa: SIM118
            last = ":claims" if key in ("claim",) or name == "claims" else ":pages"
            sql = f'INSERT INTO {name} ({columns}) SELECT {values} FROM {name} WHERE "{key}" <= {last}'  # noqa: S608
            connection.exec_driver_sql(sql, {"c": number, "pages": pages, "claims": claims})
    guards.index_words(connection, "articles", pages + 1)
    guards.index_words(connection, "claims", claims + 1)


# --- stories -------------------------------------------------------------------------------------------------------


def story_of(id: str, readings: Sequence[Reading]) -> tuple[Story, str]:
    """Return the story of some readings, and JSON of what became of their figures."""
    reports = [Report(reading=one, reported=one.article.published) for one in readings if one.article]
    told = telling(reports)
    articles = [
        StoryArticle(id=one.id, url=one.page.url, outlet=one.page.outlet, published=one.article.published)
        for one in readings
        if one.page and one.article
    ]
    days = [one.published for one in articles if one.published]
    made = Story(
        id=id,
        name=(readings[0].article and readings[0].article.headline) or id,
        from_=min(days),
        to=max(days),
        places=tuple(names("place", 400, 1)[:3]),
        articles=tuple(articles),
        independent_sources=len({one.outlet for one in articles}),
        main_figure=main_figure(told, reports),
        series=told.series,
        copies=(),
        comparisons=told.comparisons,
    )
    return made, msgspec.json.encode(told.states).decode()


def keep_stories(connection: Connection, readings: Sequence[Reading], first: int, pages: int, copies: int) -> None:
    """Write the story of some readings (documents from first + 1 on) and those of their copies."""
    story, states = story_of(f"{first:012x}0000", readings)
    record = to_json(story).decode()
    parts = ID.split(record), ID.findall(record)
    of_states = ID.split(states), ID.findall(states)
    versions, placed = [], []
    for number in range(copies):
        known: dict[str, str] = {}
        text, states = (joined(*some, number, known) for some in (parts, of_states))
        id, from_, to = (json.loads(moved(f'"{one}"', number, known)) for one in (story.id, story.from_, story.to))
        versions.append(version_row(id, story.name, from_, to, text, states))
        placed += [(first + at + 1 + number * pages, id) for at in range(len(readings))]
    keep(connection, versions, placed)


def joined(between: Sequence[str], ids: Sequence[str], copy: int, known: dict[str, str]) -> str:
    """Return JSON of a copy."""
    found = [part for pair in zip(between, [moved(one, copy, known) for one in ids]) for part in pair]
    return "".join([*found, between[-1]])


def moved(quoted: str, copy: int, known: dict[str, str]) -> str:
    """Return an id, name, address or day of a copy, in quotation marks; those before are remembered."""
    if copy == 0:
        return quoted
    if quoted not in known:
        bare = quoted[1:-1]
        if len(bare) == len(LAST_DAY) and bare.startswith("2026-"):
            new = (date.fromisoformat(bare) + timedelta(days=copy * MOVED_DAYS % 365)).isoformat()
        else:
            new = f"{bare[4:]}{copy:04x}" if "-" not in bare and "/" not in bare else f"{bare}-{copy}"
        known[quoted] = f'"{new}"'
    return known[quoted]


def keep_large_story(connection: Connection, readings: Sequence[Reading], before: int) -> None:
    """Write the story of the last readings; before them lie so many documents."""
    story, states = story_of(LARGE_ID, readings)
    version = version_row(LARGE_ID, story.name, story.from_, story.to, to_json(story).decode(), states)
    keep(connection, [version], [(before + at + 1, LARGE_ID) for at in range(len(readings))])


def version_row(id: str, name: str, from_: str | None, to: str | None, record: str, states: str) -> dict[str, Any]:
    """Return a row of `story_versions` without its number."""
    return {"id": id, "gone": 0, "name": name, "first_day": from_, "last_day": to, "made_of": "made", "record": record,
            "states": states}  # fmt: skip


def keep(connection: Connection, versions: list[dict[str, Any]], placed: list[tuple[int, str]]) -> None:
    """Write stories and which documents stand in them."""
    for table, rows in (
        (schema.story_versions, versions),
        (schema.story_articles, [{"document": document, "story": id, "copy_of": None} for document, id in placed]),
    ):
        first = next_row(connection, table)
        numbered = [{**row, "row": first + n, "made_at": "2026-11-01"} for n, row in enumerate(rows)]
        insert_rows(connection, table, numbered)
        if table is schema.story_versions:
            insert_rows(connection, schema.story_words, list(map(story_rows.words_row, numbered)))


def finish(connection: Connection) -> None:
    """Write what became of each claim, and that all stories have been made."""
    connection.exec_driver_sql(
        'INSERT INTO claim_states ("row", claim, story, state, independent_sources, "conflict", made_at) '
        "SELECT c.\"row\", c.id, s.story, CASE c.kind WHEN 'figure' THEN 'first' END, 1, 0, '2026-11-01' "
        "FROM claims c JOIN story_articles s ON s.document = c.document"
    )
    last = next_row(connection, schema.readings) - 1
    account = {"row": 1, "document": last, "reading": last, "day": None, "record": story_rows.NOTHING_LEFT}
    insert_rows(connection, schema.accounts, [{**account, "found_by": b""}])
    story_rows.add_making(connection, story_rows.newest(connection), "2026-11-01T00:00:00.000000Z")
