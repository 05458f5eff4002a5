"""Tagged cues, sources and contents -> statements: form, act, speaker, place and time, nesting."""

from onrecord.reading.keys import ClaimKeys
from onrecord.reading.people import Cast
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Tagging
from onrecord.records import Statement


def assemble_statements(
    document: Document, tagging: Tagging, cast: Cast, keys: ClaimKeys, *, explain: bool = False
) -> tuple[Statement, ...]:
    """Return one statement per cue, in text order."""
    return ()
