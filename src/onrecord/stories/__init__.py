"""Readings -> copies, stories and independent sources. Stores nothing and reads no page."""
