"""Addresses -> what their servers said last and when they were asked; kept in a file from one watch to the next.

The looks of a round are kept together, at its end, when its pages stand in the ledger: where the round is cut off, they
are those of the round before, and what was not written is asked for again. Asks no server.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from onrecord.errors import WatchMemoryError
from onrecord.pages.fetch import Fetched
from onrecord.records import Record

MOST_LOOKS = 50_000
"""Addresses that are remembered; those asked for longest ago are forgotten first."""

LARGEST_MEMORY_BYTES = 200_000_000
"""Bytes of answers that are remembered, most of them lists."""

FORGOTTEN_TOGETHER = 500
SECONDS_TO_WAIT = 10.0
"""Seconds that a watch waits for another one that writes to the file."""

TABLE = "CREATE TABLE IF NOT EXISTS looks (address TEXT PRIMARY KEY, answer BLOB, at REAL NOT NULL) WITHOUT ROWID"
OLDEST = f"DELETE FROM looks WHERE address IN (SELECT address FROM looks ORDER BY at LIMIT {FORGOTTEN_TOGETHER})"  # noqa: S608


class Look(Record, frozen=True, kw_only=True):
    """The last answer of an address, None where there never was one, and when it was asked for (seconds since 1970).

    The bytes of lists are kept, those of pages are not.
    """

    answer: Fetched | None
    at: float


class Looks:
    """The looks of one ledger's watch. Close it."""

    def __init__(self, file: Path | None) -> None:
        """Open the file, made where there is none; without one, looks last as long as this does.

        Raises:
            WatchMemoryError: the file is something else, or another watch writes to it.
        """
        self._file = file
        with self._explained():
            # "" is a database of SQLite in a temporary file: memory stays small however many addresses there are.
            self._store = sqlite3.connect(file or "", timeout=SECONDS_TO_WAIT)
        try:
            with self._explained(), self._store:
                self._store.execute(TABLE)
        except WatchMemoryError:
            self.close()
            raise

    def close(self) -> None:
        """Close the file; looks that were not kept are forgotten."""
        self._store.close()

    def get(self, address: str) -> Look | None:
        """Return the last look at an address."""
        with self._explained():
            found = self._store.execute("SELECT answer, at FROM looks WHERE address = ?", (address,)).fetchone()
            if found is None:
                return None
            answer = None if found[0] is None else msgspec.json.decode(found[0], type=Fetched)
            return Look(answer=answer, at=found[1])

    def put(self, address: str, look: Look) -> None:
        """Remember a look, for good once it is kept."""
        answer = None if look.answer is None else msgspec.json.encode(look.answer)
        with self._explained():
            self._store.execute("INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (address, answer, look.at))

    def keep(self) -> None:
        """Write down what was put since the last time, and forget the oldest of too many."""
        with self._explained():
            while self._too_much():
                self._store.execute(OLDEST)
            self._store.commit()

    def _too_much(self) -> bool:
        count, size = self._store.execute("SELECT count(*), sum(length(answer)) FROM looks").fetchone()
        return count > MOST_LOOKS or (size or 0) > LARGEST_MEMORY_BYTES

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what goes wrong with the file into an error that says so."""
        try:
            yield
        except sqlite3.OperationalError as err:
            if "locked" in str(err):
                raise WatchMemoryError(f"{self._file}: another watch writes to it; end that one first") from err
            raise WatchMemoryError(f"{self._file}: cannot be written ({err}); make room or change its rights") from err
        except (sqlite3.DatabaseError, msgspec.DecodeError) as err:
            raise WatchMemoryError(f"{self._file}: no memory of a watch ({err}); move the file away") from err
