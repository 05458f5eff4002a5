"""Writes down the SQL of the newest form of the database, from which its migration makes the tables.

    python benchmarks/tables.py

Only for a form that has not been released. A released one never changes: write a migration that leads from it to yours.
"""

import sys

from onrecord.ledger import migrations
from onrecord.ledger.migrations import written


def main() -> int:
    """Write one file for each database."""
    for dialect in ("sqlite", "postgresql"):
        file = written.written(migrations.HEAD, dialect)
        file.write_text(written.NEXT.join(written.added(migrations.HEAD, dialect)), encoding="utf-8")
        print(file.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
