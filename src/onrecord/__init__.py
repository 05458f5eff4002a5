"""onrecord: a ledger of what news pages put on record."""
