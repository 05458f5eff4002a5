"""What adding one article to the stories of a ledger costs, by how many articles the window holds -> a printed curve.

    python benchmarks/making_cost.py [--sizes 1000 5000 20000 100000] [--words 60] [--measured 50] [--whole]

The articles are those of stories_cost.py, all within one window. Those that the window holds are put into the ledger in
bulk: page, article and account with its keys, without claims, and as if stories had been made of them and each stood in
none, so that one that a new article is like by chance is made a story of then, which a ledger in use has done before.
With --whole their stories are made: some 10 ms an article. Of the last 500 of each size stories are made in any case,
and some of them are added alone and timed, as a watched feed brings them: some are the first of their story, others
find up to nine of it. Timed is `making.make` alone, in time of the process, which others do not spoil; `wall` is
the median by the clock. SQLite, one file. The last line says what a day of a million articles comes to at the pace of
the largest window, which is an extrapolation: so many were not added.
"""

import argparse
import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import Connection, select

from onrecord import making
from onrecord.ledger import schema, story_rows
from onrecord.ledger.rows import Row
from onrecord.ledger.store import Store, next_row
from onrecord.records import Article, Page, Reader, Reading, to_json
from onrecord.shelf import keys, packed
from onrecord.stories.accounts import Account, account_of
from onrecord.stories.copies import fingerprint
from onrecord.stories.found_by import found_by
from onrecord.stories.likeness import sketch
from queries import prepared
from stories_cost import BLOCK, SEED, articles

BULK = 1000
"""Articles in one transaction of the filling."""
READER = Reader(version="none", model="none")


def reading_of(account: Account) -> Reading:
    """Return a reading without claims from which `making` gets this account, its places left out."""
    sha256 = hashlib.sha256(account.text.encode()).hexdigest()
    page = Page(sha256=sha256, text=account.text)
    article = Article(headline=account.title, published=account.published, body=account.text)
    return Reading(id=account.id, page=page, article=article, reader=READER)


class Ledger:
    """A ledger that made-up articles are put into."""

    def __init__(self, file: Path) -> None:
        self.store = Store(str(file))
        self._run = self.store.begin_run("add", reader_version=READER.version, model=READER.model)

    def add(self, accounts: Iterable[Account]) -> list[Reading]:
        """Add articles as ready readings; stories are not made."""
        readings = [reading_of(account) for account in accounts]
        self.store.append([prepared(reading) for reading in readings], self._run)
        return readings

    def make(self, accounts: Iterable[Account]) -> None:
        """Add articles and make stories of them."""
        made = iter(accounts)
        while some := list(islice(made, BULK)):
            self.add(some)
            making.make(self.store)

    def fill(self, accounts: Iterable[Account]) -> None:
        """Add articles with their accounts, as if stories had been made of them and each stood in none."""
        made = iter(accounts)
        while some := list(islice(made, BULK)):
            by_name = {reading.id: account_of(reading) for reading in self.add(some)}
            with self.store.writing() as connection:
                rows: list[Row] = []
                found_by_keys: list[Row] = []
                row = next_row(connection, schema.accounts)
                for document, reading in story_rows.unaccounted(connection, BULK):
                    name = _name_of(connection, document)
                    account = by_name[name]
                    made_of = sketch(account)
                    by = found_by(made_of, fingerprint(account.text))
                    rows.append({
                        "row": row + len(rows), "document": document, "reading": reading, "day": by.day,
                        "record": to_json(replace(account, text="")).decode(), "found_by": packed(made_of),
                    })  # fmt: skip
                    found_by_keys += story_rows.keys_of(rows[-1], keys(by))
                story_rows.add_accounts(connection, rows, found_by_keys, [])
                story_rows.add_making(connection, story_rows.newest(connection), self.store.now())


def _name_of(connection: Connection, document: int) -> str:
    query = select(schema.documents.c.name).where(schema.documents.c.row == document)
    return str(connection.execute(query).scalar_one())


def curve(
    file: Path, sizes: list[int], words: int, measured: int, *, whole: bool = False
) -> Iterator[tuple[int, list[float], list[float]]]:
    """Yield, for each size of the window, milliseconds of the process and by the clock of each article timed."""
    made = articles(max(sizes), words, random.Random(SEED))  # noqa: S311  no secret
    ledger, held = Ledger(file), 0
    for size in sorted(sizes):
        last = min(BLOCK, size - held)
        (ledger.make if whole else ledger.fill)(islice(made, size - held - last))
        spent, wall = [], []
        for _ in range(min(measured, last)):
            *others, account = islice(made, max(1, last // measured))
            ledger.make(others)
            ledger.add([account])
            began = time.process_time(), time.perf_counter()
            making.make(ledger.store)
            spent.append(1000 * (time.process_time() - began[0]))
            wall.append(1000 * (time.perf_counter() - began[1]))
        held = size
        yield size, spent, wall
    ledger.store.close()


def main() -> int:
    """Print the curve; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 5000, 20000, 100000])
    parser.add_argument("--words", type=int, default=60)
    parser.add_argument("--measured", type=int, default=50)
    parser.add_argument("--whole", action="store_true", help="make stories of all articles that the window holds")
    options = parser.parse_args()
    first = mean = 0.0
    print(f"{'in the window':>14s} {'mean ms':>8s} {'median':>8s} {'growth':>7s} {'wall':>8s}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "cost.db"
        found = curve(file, options.sizes, options.words, options.measured, whole=options.whole)
        for size, spent, wall in found:
            mean, middle = sum(spent) / len(spent), len(spent) // 2
            first = first or mean
            print(
                f"{size:14d} {mean:8.2f} {sorted(spent)[middle]:8.2f} {mean / first:7.2f} {sorted(wall)[middle]:8.2f}",
                flush=True,
            )
        print(f"ledger: {file.stat().st_size / 1e6:.0f} MB")
    print(f"a million articles at this pace: {mean * 1e6 / 3.6e6:.1f} hours of one core (extrapolated)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
