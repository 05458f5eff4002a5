"""The web interface: pages for people and JSON for programs, drawn from the records of an open ledger."""
