"""What the figures of one page say of each other: sums, parts of a whole, repeated figures that differ."""

from onrecord.reading.sentences import Document
from onrecord.records import Check, Event, Figure


def link_figures(document: Document, figures: tuple[Figure, ...], events: tuple[Event, ...]) -> tuple[Figure, ...]:
    """Return the figures with part_of and incident filled."""
    return figures


def check_figures(document: Document, figures: tuple[Figure, ...]) -> tuple[Check, ...]:
    """Return the checks that can be made, held or failed, each in words."""
    return ()
