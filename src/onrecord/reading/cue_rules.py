"""Finds sources, cues, contents and addressees by cue words and word order."""

from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggingBuilder


def tag_statements(document: Document, builder: TaggingBuilder) -> None:
    """Add source, cue, content and addressee spans with their arcs."""
