"""The database of a ledger: tables, the one writer, history. Meets the other stages in records.py only."""
