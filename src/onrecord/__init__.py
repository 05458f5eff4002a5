"""onrecord: a ledger of what news pages put on record.

    import onrecord
    reading = onrecord.read("page.txt", published="2025-07-04")
    for figure in reading.figures:
        print(figure.low, figure.high, reading.words(figure.counted), figure.outcome, figure.speaker)

The names in `__all__` are the public ones. They are looked up on first use, since the command line imports this
package before it knows what it has to do, and `onrecord --help` must not wait for the reader.
"""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from onrecord.errors import OnRecordError
    from onrecord.opening import Ledger
    from onrecord.records import (
        Article,
        Block,
        Check,
        Event,
        Figure,
        Page,
        Place,
        Problem,
        Reading,
        Span,
        Statement,
        Time,
        from_json,
        to_json,
    )

__all__ = [
    "Article",
    "Block",
    "Check",
    "Event",
    "Figure",
    "Ledger",
    "OnRecordError",
    "Page",
    "Place",
    "Problem",
    "Reading",
    "Span",
    "Statement",
    "Time",
    "from_json",
    "open",
    "read",
    "to_json",
]

HOMES = {"OnRecordError": "onrecord.errors", "Ledger": "onrecord.opening"}
"""Where the public names are that are no records."""

PAGE_ENDINGS = (".gz", ".html", ".htm", ".txt")
"""Endings of page files, in the order they are taken off a name: page.html.gz is the page `page`."""


def read(  # noqa: PLR0913  all but the first are named, and each is a column of a manifest
    path: str | Path | None = None,
    *,
    text: str | None = None,
    url: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    title: str | None = None,
    format: Literal["auto", "html", "text"] = "auto",
    explain: bool = False,
) -> "Reading":
    """Read one page, from a file or from its text; needs no database and no network.

    Args:
        path: a text or HTML file, packed with gzip or not.
        text: the page itself, in place of path.
        url: canonical URL, the identity of the document where it is known.
        outlet: who published the page. What is given here beats what the page says.
        published: date or date and time, RFC 3339 or EDTF.
        title: the headline.
        format: what the bytes are; auto looks at their beginning.
        explain: keep in `why` the reason for each value.

    Returns:
        The reading. A page that cannot be read gives one with `problems` and no page.

    Raises:
        TypeError: both path and text are given, or neither.
    """
    if (path is None) == (text is None):
        raise TypeError("read() takes a path or text=..., one of them")
    pipeline = import_module("onrecord.pipeline")
    records = import_module("onrecord.records")
    origin = records.Origin(
        name="text" if path is None else _page_name(Path(path)),
        url=url,
        outlet=outlet,
        published=published,
        title=title,
        media_type=format,
    )
    if text is not None:
        # replace: a lone surrogate cannot stand in a page's bytes
        reading: Reading = pipeline.read_bytes(text.encode("utf-8", "replace"), origin, explain=explain)
    else:
        reading = pipeline.read_file(path, origin, explain=explain)
    return reading


def open(where: str | Path, *, create: bool = True) -> "Ledger":
    """Open a ledger: a file, or postgresql://...; it is made where there is none.

    Args:
        where: file name or address.
        create: False refuses where there is no ledger.

    Raises:
        LedgerError: it cannot be opened, or there is none and create is False.
    """
    ledger: Ledger = import_module("onrecord.opening").Ledger(where, create=create)
    return ledger


def _page_name(path: Path) -> str:
    """Return the file's name without directories and the endings of page files."""
    name = path.name
    for ending in PAGE_ENDINGS:
        name = name.removesuffix(ending)
    return name or path.name


def __getattr__(name: str) -> Any:  # any of the public names
    """Import the home of a public name on its first use."""
    if name not in __all__:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}; public names: {', '.join(__all__)}")
    home = HOMES.get(name, "onrecord.records")
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
