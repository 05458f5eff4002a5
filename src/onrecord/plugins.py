"""Where a reader, store, exporter or engine is looked up by name, and imported on first use.

Built-in ones stand in a table, so that a cold start scans no installed packages; others come from the entry-point
groups `onrecord.readers`, `onrecord.stores`, `onrecord.exporters`, `onrecord.engines`.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any, BinaryIO, Literal, Protocol

from onrecord.errors import PluginError
from onrecord.records import Article, Origin, Page, Record

Group = Literal["readers", "taggers", "stores", "exporters", "engines"]

BUILT_IN: dict[str, dict[str, str]] = {
    "readers": {"text": "onrecord.pages.textdump:read_text", "html": "onrecord.pages.html:read_html"},
    "taggers": {
        "model": "onrecord.reading.model_tagger:ModelTagger",
        "lexicon": "onrecord.reading.lexicon_tagger:LexiconTagger",
    },
    "stores": {},
    "exporters": {
        "csv": "onrecord.exports.csv:write_csv",
        "jsonl": "onrecord.exports.jsonl:write_jsonl",
        "parquet": "onrecord.exports.parquet:write_parquet",
        "html": "onrecord.exports.html:write_html",
    },
    "engines": {},
}


class PageReader(Protocol):
    """Bytes of one page and where they come from -> the page and its article."""

    def __call__(self, data: bytes, origin: Origin) -> tuple[Page, Article]:
        """Raise a PageError when there is nothing to read."""
        ...


class ExportOptions(Record, frozen=True, kw_only=True):
    """How rows are written. formula_safe: no cell of a csv file is a formula to a spreadsheet."""

    rows: Literal["figures", "statements", "events", "sources", "reviews"] = "figures"
    formula_safe: bool = False
    title: str = "On record"


class Exporter(Protocol):
    """Rows (claims on record, sources, reviews, or readings, of which the claims are taken) -> a file."""

    def __call__(self, rows: Iterable[Record], out: BinaryIO, options: ExportOptions) -> int:
        """Return how many rows were written."""
        ...


@cache
def load(group: Group, name: str) -> Any:  # each group has a protocol of its own; the caller names it
    """Return the plug-in of this group and name, imported on first use.

    Raises:
        PluginError: the name is unknown, two packages claim it, or the package that has it cannot be imported.
    """
    where = BUILT_IN[group].get(name)
    if where is None:
        found = [entry for entry in entry_points(group=f"onrecord.{group}") if entry.name == name]
        if not found:
            known = ", ".join(sorted(BUILT_IN[group])) or "none yet"
            raise PluginError(
                f"no plug-in {name!r} in onrecord.{group}; built in: {known}; install the package with it"
            )
        if len(found) > 1:
            raise PluginError(f"{name!r} in onrecord.{group} is claimed by {' and '.join(e.value for e in found)}")
        where = found[0].value
    module, _, attribute = where.partition(":")
    try:
        return getattr(import_module(module), attribute)
    except ImportError as err:
        raise PluginError(
            f"{name!r} in onrecord.{group} is not installed: {err}; install the extra that has it"
        ) from err
