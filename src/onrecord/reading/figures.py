"""Tagged numbers -> figures: parsed value, bound, kind, outcome, source, place and time."""

from onrecord.reading.keys import ClaimKeys
from onrecord.reading.people import Cast
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Tagging
from onrecord.records import Figure


def assemble_figures(
    document: Document, tagging: Tagging, cast: Cast, keys: ClaimKeys, *, explain: bool = False
) -> tuple[Figure, ...]:
    """Return one figure per number of a clause, in text order."""
    return ()
