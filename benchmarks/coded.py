"""Coded pages: JSON lines of gold figures, statements and events -> frozen records, and the reading of each page.

A line carries its text in place (`text`) or names a page file (`page`). Every coded value is an exact substring of the
page's text. Closed lists are not enforced here, so that one slip in the coding stops no measurement; check_gold.py
reports them.
"""

from pathlib import Path
from typing import Literal

import msgspec

from lines import check_ids, load_lines
from onrecord.pipeline import read_bytes
from onrecord.reading.tagger import Tagger
from onrecord.records import Number, Origin, Reading

ROOT = Path(__file__).resolve().parents[1]
"""The repository; paths of page files in a coded line are relative to it."""

SHARED = ROOT.parent / "shared"
"""Data beside the checkout that is not part of the repository."""


CaseList = Literal["develop", "held_out", "bugs", "xfail"]
"""Lists of hard cases, one file of gold/hard each; gold/hard/README.md says what goes where."""


class CodedFigure(msgspec.Struct, frozen=True):
    """A figure as coded after gold/GUIDELINE.md section 1."""

    sentence: str
    number: str
    low: Number | None = None
    high: Number | None = None
    bound: str = "exact"
    of_total: Number | None = None
    kind: str = "count"
    counted: str | None = None
    outcome: str = "none"
    outcome_word: str | None = None
    polarity: str = "affirmed"
    modality: str = "actual"
    place: str | None = None
    time: str | None = None
    source: str | None = None
    speaker: str | None = None


class CodedStatement(msgspec.Struct, frozen=True):
    """A statement as coded after gold/GUIDELINE.md section 2."""

    sentence: str
    cue: str
    source: str | None = None
    speaker: str | None = None
    content: tuple[str, ...] = ()
    form: str = "indirect"
    act: str = "assert"
    addressee: str | None = None


class CodedEvent(msgspec.Struct, frozen=True):
    """An event as coded after gold/GUIDELINE.md section 3."""

    sentence: str
    trigger: str
    type: str = "other"
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    place: str | None = None
    time: str | None = None
    status: str = "happened"


class CodedPage(msgspec.Struct, frozen=True):
    """A page with what its coder found in it; text is None where `page` names the file that has it.

    A hard case says which list it is on (`list` in the file) and what is hard about it.
    """

    id: str
    text: str | None = None
    page: str | None = None
    format: Literal["auto", "html", "text"] = "text"
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    listed: CaseList | None = msgspec.field(default=None, name="list")
    about: str | None = None
    figures: tuple[CodedFigure, ...] = ()
    statements: tuple[CodedStatement, ...] = ()
    events: tuple[CodedEvent, ...] = ()

    def file(self) -> Path | None:
        """Return where the page file is; None for a page whose text stands in the line."""
        return None if self.page is None else ROOT / self.page

    def data(self) -> bytes:
        """Return the bytes of the page.

        Raises:
            ValueError: the line has neither text nor page.
        """
        if self.text is not None:
            return self.text.encode()
        path = self.file()
        if path is None:
            raise ValueError(f"{self.id}: neither text nor page; give one of them")
        return path.read_bytes()


def load_coded(path: Path) -> list[CodedPage]:
    """Return the coded pages of a JSON lines file.

    Raises:
        ValueError: a line is no coded page, or an id stands twice; the message names the line.
    """
    pages = load_lines(path, CodedPage)
    check_ids(path, pages)
    return pages


def origin_of(page: CodedPage) -> Origin:
    """Return what a manifest line for this page would say."""
    return Origin(
        name=page.id,
        url=page.url,
        outlet=page.outlet,
        published=page.published,
        title=page.title,
        media_type=page.format,
    )


def read_coded(page: CodedPage, tagger: Tagger | None = None) -> Reading:
    """Read a coded page as `onrecord read --manifest` does, or with another tagger."""
    return read_bytes(page.data(), origin_of(page), tagger=tagger)


def text_of(page: CodedPage, reading: Reading | None) -> str:
    """Return the text that the coded strings are taken from; "" for a page file that could not be read."""
    if page.text is not None:
        return page.text
    return "" if reading is None or reading.page is None else reading.page.text
