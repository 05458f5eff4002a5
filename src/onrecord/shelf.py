"""The articles that are compared while stories are made: taken from a ledger when they are looked for, and found again.

`Shelf` holds accounts with their sketches and fingerprints, and what they have in common; `Finder` finds the articles
worth comparing with a new one, in the index of a ledger. Nothing is written here.
"""

from collections.abc import Callable, Iterable
from typing import TypeVar

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection

from onrecord.ledger import story_rows
from onrecord.ledger.story_rows import KeptAccount, KeptName, KeptPair
from onrecord.records import from_json
from onrecord.stories.accounts import Account
from onrecord.stories.copies import FEWEST_KEPT, CopyIndex, Fingerprint, Reuse, fingerprint
from onrecord.stories.cutting import SAME_STORY, Compared, Decided, like, reused
from onrecord.stories.found_by import LONE_TIMES, WORTH_COMPARING, FoundBy, in_window, shingle_keys, term_keys
from onrecord.stories.glances import Glance, from_bytes, glance, most_likeness, to_bytes
from onrecord.stories.likeness import WINDOW_DAYS, Sketch, sketch
from onrecord.stories.pieces import FIRM, firmest
from onrecord.stories.window import Window

MOST_HELD = 20_000
"""Accounts that are held at once, whole or as sketches: some 40 KB each with sketch and fingerprint."""

FORM = b"3:"
"""Stands before a packed sketch; what an older version kept does not begin so, and is made anew."""

ROUNDING = 1e-9
"""By how much two ways to add up one likeness may differ."""

T = TypeVar("T")


class MadeWhenAsked(dict[str, T]):
    """Values by id, made when they are looked for first."""

    def __init__(self, make: Callable[[str], T]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, id: str) -> T:
        """Make the value and keep it."""
        made = self[id] = self._make(id)
        return made


class Shelf:
    """Accounts by the name of their article, and what those that were fetched have in common with others."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.rows: dict[str, int] = {}
        self.documents: dict[str, int] = {}
        self.sketches: MadeWhenAsked[Sketch] = MadeWhenAsked(self._sketch)
        self.prints: MadeWhenAsked[Fingerprint] = MadeWhenAsked(lambda id: fingerprint(self.accounts[id].text))
        self.scores: dict[str, dict[str, float]] = {}
        self.reuses: dict[str, dict[str, Reuse]] = {}
        self._names: dict[int, str] = {}
        self._packed: dict[str, bytes] = {}

    def _sketch(self, id: str) -> Sketch:
        kept = self._packed.pop(id, b"")
        return unpacked(kept) if kept.startswith(FORM) else sketch(self.accounts[id])

    def glance(self, id: str) -> Glance:
        """Return what is looked at of an article before it is compared."""
        kept = self._packed.get(id, b"")
        return from_bytes(kept[len(FORM) :])[0] if kept.startswith(FORM) else glance(self.sketches[id])

    def put(self, account: Account, *, row: int, document: int) -> None:
        """Take in an account in place of the one that its article had before."""
        id = account.id
        self._names.pop(self.rows.get(id, 0), None)
        self.accounts[id], self.rows[id], self.documents[id], self._names[row] = account, row, document, id
        for held in (self.sketches, self.prints, self._packed):
            held.pop(id, None)

    def leave_out(self, id: str) -> None:
        """Let go of an article of which nothing is left."""
        self._names.pop(self.rows.pop(id, 0), None)
        for held in (self.accounts, self.documents, self.sketches, self.prints, self._packed):
            held.pop(id, None)

    def load(self, connection: Connection, names: Iterable[str]) -> None:
        """Take these articles from the ledger, where they are not here."""
        self._put_all(story_rows.accounts_named(connection, set(names) - self.accounts.keys()))

    def load_documents(self, connection: Connection, documents: Iterable[int]) -> set[str]:
        """Take the articles of these documents from the ledger; return the names of those that have words left."""
        kept = story_rows.accounts_of_documents(connection, documents)
        self._put_all(kept)
        return {one.name for one in kept}

    def load_rows(self, connection: Connection, rows: Iterable[int]) -> set[str]:
        """Take these accounts from the ledger; return the names of those that count still."""
        here = {row for row in rows if self._names.get(row) in self.accounts}
        kept = story_rows.accounts_of_rows(connection, set(rows) - here)
        self._put_all(kept)
        return {self._names[row] for row in here} | {one.name for one in kept}

    def load_sketches(self, connection: Connection, rows: Iterable[int]) -> set[str]:
        """Take what is compared of these accounts, and no more; return the names of those that count still."""
        here = {row for row in rows if row in self._names}
        names = {self._names[row] for row in here}
        for row, name, packed in story_rows.packed_of_rows(connection, set(rows) - here):
            names.add(name)
            if self.rows.get(name, 0) < row:
                self.rows[name], self._names[row], self._packed[name] = row, name, packed
        self.load(connection, {id for id in names if not self._packed.get(id, FORM).startswith(FORM)})
        return names

    def _put_all(self, kept: Iterable[KeptAccount]) -> None:
        for one in kept:
            if one.name not in self.accounts or self.rows[one.name] < one.row:
                account = replace(from_json(one.record, Account), id=one.name, text=one.text)
                self.put(account, row=one.row, document=one.document)
                self._packed[one.name] = one.packed

    def fetch(self, connection: Connection, names: Iterable[str]) -> None:
        """Take what these articles have in common with others from the ledger; accounts are not loaded by this.

        Articles that the ledger does not have, or of which nothing is left, are left out.
        """
        wanted = [id for id in names if id not in self.scores]
        self._note(story_rows.rows_of_names(connection, [id for id in wanted if id not in self.rows]))
        new = [id for id in wanted if id in self.rows]
        pairs = self._pairs(connection, [self.rows[id] for id in new])
        for id in new:
            self.scores[id], self.reuses[id] = {}, {}
        for pair in pairs:
            a, b = self._names.get(pair.a), self._names.get(pair.b)
            for mine, other in ((a, b), (b, a)):
                if mine is not None and other is not None and mine in self.scores:
                    self._join(mine, other, pair)

    def tied(self, connection: Connection, rows: Iterable[int]) -> dict[str, float]:
        """Return what hangs together with these accounts, which need not count any more, and how firmly."""
        return firmest(
            *(
                {self._names[row]: FIRM if pair.kind == "copy" else pair.likeness or 0.0}
                for pair in self._pairs(connection, rows)
                for row in (pair.a, pair.b)
                if row in self._names
            )
        )

    def _pairs(self, connection: Connection, rows: Iterable[int]) -> list[KeptPair]:
        """Return what these accounts have in common with others; the names of all that count are known then."""
        pairs = story_rows.pairs_of(connection, rows)
        unknown = {row for pair in pairs for row in (pair.a, pair.b)} - self._names.keys()
        self._note(story_rows.names_of_rows(connection, unknown))
        return pairs

    def _note(self, found: Iterable[KeptName]) -> None:
        for one in found:
            self.rows[one.name], self._names[one.row] = one.row, one.name

    def _join(self, mine: str, other: str, pair: KeptPair) -> None:
        if pair.likeness is not None:
            self.scores[mine][other] = pair.likeness
        if pair.kind is not None:
            self.reuses[mine][other] = Reuse(
                kind="copy" if pair.kind == "copy" else "partial",
                share_a=pair.share_a or 0.0,
                share_b=pair.share_b or 0.0,
                run=pair.run or 0,
            )

    def compared(self, together: Decided, apart: Decided) -> Compared:
        """Return what was found between the articles that were fetched, and what was decided."""
        return Compared(self.accounts, self.sketches, self.prints, self.scores, self.reuses, together, apart)

    def trim(self) -> None:
        """Let go of everything once too much is held; what is needed again is taken from the ledger again."""
        if len(self._names) > MOST_HELD:
            for held in (
                self.accounts, self.rows, self.documents, self.sketches, self.prints, self._names, self._packed,
            ):  # fmt: skip
                held.clear()
        self.scores.clear()
        self.reuses.clear()


class Finder:
    """Finds the articles worth comparing: in the ledger, and among those that are about to be written to it."""

    def __init__(self) -> None:
        self._window = Window()
        self._copies = CopyIndex()
        self._there: dict[str, FoundBy] = {}
        self._hidden: set[str] = set()

    def hide(self, id: str) -> None:
        """Find an article no longer by what the ledger has of it: something newer is about to be written."""
        self._hidden.add(id)

    def add(self, id: str, by: FoundBy) -> None:
        """Take in an article that is about to be written, once."""
        self._there[id] = by
        self._window.add(id, by)
        self._copies.add(id, by.shingles)

    def like(self, connection: Connection, by: FoundBy, shelf: Shelf) -> tuple[set[str], set[str]]:
        """Return the articles that may be like one that is found by this, and those that may share its text."""
        days = None if by.day is None else (by.day - WINDOW_DAYS, by.day + WINDOW_DAYS)
        shared = dict.fromkeys(shingle_keys(by), 1)
        lone = LONE_TIMES * WORTH_COMPARING
        rows = story_rows.found(connection, term_keys(by), days, least=WORTH_COMPARING, lone=lone)
        near = shelf.load_sketches(connection, rows) - self._hidden
        rows = story_rows.found(connection, shared, days, least=FEWEST_KEPT, lone=FEWEST_KEPT)
        alike = shelf.load_rows(connection, rows) - self._hidden
        here = {id for id in self._copies.like(by.shingles) if in_window(by.day, self._there[id].day)}
        return near | set(self._window.like(by)), alike | here


def packed(made: Sketch) -> bytes:
    """Return a sketch as the ledger keeps it: to make one anew takes ten times as long as to take it from there."""
    return FORM + to_bytes(glance(made)) + msgspec.msgpack.encode(made)


def unpacked(data: bytes) -> Sketch:
    """Return the sketch that was packed."""
    kept = data.removeprefix(FORM)
    return msgspec.msgpack.decode(kept[from_bytes(kept)[1] :], type=Sketch)


def keys(by: FoundBy) -> dict[int, int]:
    """Return all keys that an article is found by, with their weights."""
    return {**dict.fromkeys(shingle_keys(by), 1), **term_keys(by)}


def common(id: str, near: Iterable[str], alike: Iterable[str], shelf: Shelf) -> list[KeptPair]:
    """Return what an article has in common with those that it may be like and those whose text it may share."""
    seen = sorted(near)
    most = most_likeness(glance(shelf.sketches[id]), [shelf.glance(other) for other in seen])
    close = (other for other, likeness in zip(seen, most, strict=True) if likeness >= SAME_STORY - ROUNDING)
    scores = {other: score for other in close if (score := like(id, other, shelf.sketches)) >= SAME_STORY}
    reuses = {other: found for other in alike if (found := reused(id, other, shelf.prints)) is not None}
    return [
        KeptPair(
            a=shelf.rows[min(id, other)],
            b=shelf.rows[max(id, other)],
            likeness=scores.get(other),
            kind=reuses[other].kind if other in reuses else None,
            share_a=reuses[other].share_a if other in reuses else None,
            share_b=reuses[other].share_b if other in reuses else None,
            run=reuses[other].run if other in reuses else None,
        )
        for other in sorted(scores.keys() | reuses.keys())
    ]
