"""Finds the words of happenings, with actors, targets, place and time."""

from onrecord.reading.sentences import Document
from onrecord.reading.tagger import TaggingBuilder


def tag_events(document: Document, builder: TaggingBuilder) -> None:
    """Add trigger, actor, target, place and time spans with their arcs; figures are tagged before."""
