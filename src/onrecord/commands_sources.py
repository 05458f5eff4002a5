"""What `onrecord sources` does beside counting: suggestions for merging names, merges and splits by a person."""

from typing import Any

from onrecord.commands_review import Printer
from onrecord.errors import OnRecordError
from onrecord.ledger_tables import suggestions_table, verdicts_table
from onrecord.opening import Ledger
from onrecord.records import Record, to_json


def run(ledger: Ledger, name: str | None, chosen: dict[str, Any], printer: Printer) -> None:
    """Write the merges and splits that options give; else print suggestions or the log."""
    decided = [("merge", pair) for pair in chosen["merge"]] + [("split", pair) for pair in chosen["split"]]
    if decided:
        write(ledger, decided, chosen["by"], printer)
    elif chosen["log"]:
        show(list(ledger.source_verdicts(as_of=chosen["as_of"])), verdicts_table, printer)
    else:
        show(list(ledger.suggest_merges(name)), suggestions_table, printer)


def write(ledger: Ledger, decided: list[tuple[str, tuple[str, str]]], by: str | None, printer: Printer) -> None:
    """Write each verdict, say what was written, and go on behind one that does not fit."""
    for verdict, (name, other) in decided:
        try:
            made = (
                ledger.merge_sources(name, other, by=by)
                if verdict == "merge"
                else ledger.split_sources(name, other, by=by)
            )
        except OnRecordError as err:
            printer.message(f"Error: {err}")
            printer.failed = True
            continue
        if made is None:
            printer.message(f"{name} and {other}: said already, nothing written")
        elif printer.as_json:
            printer.json(to_json(made))
        else:
            says = "counts under" if verdict == "merge" else "is kept apart from"
            printer.message(f"{name} {says} {other}, by {made.by}")


def show(found: list[Any], table: Any, printer: Printer) -> None:
    """Print records as JSON lines or as a table."""
    if not printer.as_json:
        printer.show(table(found))
        return
    for record in found:
        if isinstance(record, Record):
            printer.json(to_json(record))
