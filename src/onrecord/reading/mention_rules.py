"""Marks every expression of time and every place name of a document; figures and events link to the ones they need."""

from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggingBuilder


def tag_mentions(document: Document, builder: TaggingBuilder) -> None:
    """Add place and time spans, without arcs."""
