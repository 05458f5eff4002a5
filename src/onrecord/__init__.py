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
        outlet: who published the page, when it does not say so itself.
        published: date or date and time, RFC 3339 or EDTF, when the page gives none.
        title: the headline; it beats what the page shows.
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
    name = "text" if path is None else import_module("onrecord.manifest").page_name(Path(path))
    origin = records.Origin(name=name, url=url, title=title, media_type=format)
    defaults = pipeline.Defaults(published=published, outlet=outlet)
    if text is not None:
        # replace: a lone surrogate cannot stand in a page's bytes
        data = text.encode("utf-8", "replace")
        reading: Reading = pipeline.read_bytes(data, origin, defaults=defaults, explain=explain)
    else:
        reading = pipeline.read_file(path, origin, defaults=defaults, explain=explain)
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
