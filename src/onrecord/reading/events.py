"""Tagged triggers -> events: each distinct happening once, with its status, source and figures."""

from onrecord.reading.keys import ClaimKeys
from onrecord.reading.people import Cast
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Tagging
from onrecord.records import Event, Figure, Statement


def assemble_events(
    document: Document,
    tagging: Tagging,
    cast: Cast,
    keys: ClaimKeys,
    claims: tuple[tuple[Figure, ...], tuple[Statement, ...]],
    *,
    explain: bool = False,
) -> tuple[Event, ...]:
    """Return the events of the article in text order; claims are its figures and statements."""
    return ()
