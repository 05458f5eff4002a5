"""Ids of claims: which sentence, which occurrence of its words, where in it, what value."""

from onrecord.reading.sentences import Document, Sentence
from onrecord.records import Span, claim_id, document_id


class ClaimKeys:
    """Gives the claims of one document their ids; the same words at the same place always get the same one."""

    def __init__(self, document: Document, given: str | None = None) -> None:
        """Take the document, and the id that it was given from outside, if any."""
        self._document = document_id(document.page.url, document.article.body, given=given)
        self._words: list[str] = []
        self._occurrence: list[int] = []
        seen: dict[str, int] = {}
        for sentence in document.sentences:
            words = document.text[sentence.start : sentence.end]
            self._words.append(words)
            self._occurrence.append(seen.get(words, 0))
            seen[words] = self._occurrence[-1] + 1

    def key(self, kind: str, sentence: Sentence, span: Span, value: object) -> str:
        """Return the id of a claim of this kind whose span starts in the sentence."""
        start = span.start - sentence.start
        return claim_id(
            document=self._document,
            sentence=self._words[sentence.index],
            occurrence=self._occurrence[sentence.index],
            kind=kind,
            span=Span(start, start + span.end - span.start),
            value=value,
        )
