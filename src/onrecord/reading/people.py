"""Who is who on one page: mentions joined to the fullest name or description."""

import msgspec

from onrecord.reading.sentences import Document
from onrecord.records import Span, SpeakerKind


class Speaker(msgspec.Struct, frozen=True):
    """A resolved source: its fullest name or description on the page, and its kind; why says how it was resolved."""

    name: str
    kind: SpeakerKind
    why: str = ""


class Cast:
    """The people and bodies of one document; immutable after it is made."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def resolve(self, source: Span) -> Speaker:
        """Return who the source at this span is: the phrase itself when nothing fuller stands on the page."""
        return Speaker(source.of(self._document.text), "unnamed")
