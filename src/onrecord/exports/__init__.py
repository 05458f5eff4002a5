"""Rows of a ledger -> files: csv, jsonl, parquet, html, one module each.

Takes claims on record (or whole readings) and writes bytes; opens no database. Every row has the id of its archived
page, the SHA-256 of the page's bytes, its spans, its sentence and the reader's version, so that each cell can be
traced.
"""
