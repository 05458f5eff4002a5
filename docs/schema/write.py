#!/usr/bin/env python3
"""Writes the JSON Schema of what the commands print: one file per record type, beside this script.

Run it after a change to records.py; tests/test_docs.py fails while a file is not what this writes.
"""

import json
import sys
from inspect import cleandoc
from pathlib import Path

from onrecord.answers import EventOnRecord, FigureOnRecord, Found, SourceOnRecord, StatementOnRecord
from onrecord.ledger.review import Review
from onrecord.records import AddSummary, Difference, Event, Figure, Reading, Record, Statement, Story, json_schema

FOLDER = Path(__file__).resolve().parent

PRINTED: dict[str, type[Record]] = {
    "add-summary": AddSummary,
    "difference": Difference,
    "event": Event,
    "event-on-record": EventOnRecord,
    "figure": Figure,
    "figure-on-record": FigureOnRecord,
    "found": Found,
    "reading": Reading,
    "review": Review,
    "source-on-record": SourceOnRecord,
    "statement": Statement,
    "statement-on-record": StatementOnRecord,
    "story": Story,
}
"""Name of the schema file -> the record it describes."""


def schema_text(record_type: type[Record]) -> str:
    """Return the text of a schema file."""
    # Python 3.13 takes the indentation off docstrings, older ones do not.
    schema = json.loads(
        json.dumps(json_schema(record_type)),
        object_hook=lambda part: {
            name: cleandoc(value) if name == "description" and isinstance(value, str) else value
            for name, value in part.items()
        },
    )
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write every schema file; return the exit status."""
    for name, record_type in PRINTED.items():
        path = FOLDER / f"{name}.json"
        path.write_text(schema_text(record_type), encoding="utf-8")
        print(f"wrote {path.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
