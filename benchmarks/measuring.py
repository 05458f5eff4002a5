"""What the sets of evaluate.py share: settings of a run, its result, and how a text of a set is read."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.pipeline import read_bytes
from onrecord.reading.tagger import Tagger
from onrecord.records import Origin, Reading
from score import Rows


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How a set is measured.

    tagger is None for the one that `onrecord read` takes. boot is how often pages are drawn for 95 % intervals, 0 for
    none. first is how many lines of the file are read, None for all. html is the folder of HTML pages.
    """

    tagger: Tagger | None = None
    boot: int = 0
    first: int | None = None
    html: Path | None = None


class Result(NamedTuple):
    """What one file gave: its rows, pages read, seconds of reading, what is wrong, and what to know of the rows."""

    rows: Rows
    pages: int
    seconds: float
    faults: list[str]
    notes: tuple[str, ...] = ()


def read_plain(name: str, text: str, settings: Settings) -> Reading:
    """Read a text as `onrecord read --format text` does."""
    return read_bytes(text.encode(), Origin(name=name, media_type="text"), tagger=settings.tagger)
