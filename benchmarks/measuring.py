"""What the sets of evaluate.py share: settings of a run, its result, and how a line of a set is loaded and read."""

from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

from onrecord.pipeline import read_bytes
from onrecord.reading.tagger import Tagger
from onrecord.records import Origin, Reading
from score import Rows

Line = TypeVar("Line", bound=msgspec.Struct)


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


def load_lines(path: Path, kind: type[Line], first: int | None = None) -> list[Line]:
    """Return the lines of a JSON lines file, or the first of them.

    Raises:
        ValueError: a line has another format; the message names it.
    """
    found: list[Line] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if first is not None and len(found) >= first:
            break
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=kind))
            except msgspec.DecodeError as err:
                raise ValueError(f"{path} line {number}: {err}") from err
    return found


def read_plain(name: str, text: str, settings: Settings) -> Reading:
    """Read a text as `onrecord read --format text` does."""
    return read_bytes(text.encode(), Origin(name=name, media_type="text"), tagger=settings.tagger)
