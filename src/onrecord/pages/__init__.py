"""Bytes -> page -> article: decode, render the text once, label every block."""
