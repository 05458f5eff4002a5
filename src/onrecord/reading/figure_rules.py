"""Finds numbers, what they count, the outcome word and the source of each by word order."""

from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggingBuilder


def tag_figures(document: Document, builder: TaggingBuilder) -> None:
    """Add number, counted, outcome, place and time spans with their arcs; statements are tagged before."""
