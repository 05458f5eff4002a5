"""Speech that goes on: quotations without a cue of their own belong to the cue before them.

Works on the statements that cue_rules finds in one paragraph, before they are handed over as spans.
"""

import msgspec

from onrecord.reading.contents import Stretch, quoted
from onrecord.reading.cues import Cue
from onrecord.reading.noun_phrases import Line
from onrecord.reading.sentences import Document, Paragraph, Quotation
from onrecord.records import Act

FEWEST_WORDS = 4
"""Words of a quotation that is speech of its own; shorter ones are names and scare quotes."""


WIDEST_GAP = 2
"""Paragraphs from one part of a speech to the next: a picture may stand between. From 1 to 3 F1 is the same."""


class Found(msgspec.Struct):
    """A statement while it is being read: token positions of its cue, characters of its parts.

    bounds are the tokens its content was taken from, clause is False when that is a noun phrase, shared is the one
    whose subject it takes over, paragraph is the last one that its speech has reached.
    """

    line: Line
    cue_start: int
    cue_end: int
    cue: Cue
    act: Act
    source: Stretch | None = None
    content: list[Stretch] = []
    addressee: Stretch | None = None
    negated: bool = False
    backward: bool = False
    bounds: tuple[int, int] | None = None
    clause: bool = True
    shared: "Found | None" = None
    score: float = 0.8
    paragraph: int = -1


def continue_quotations(
    document: Document, paragraph: Paragraph, quotes: list[Quotation], found: list[Found], first: int
) -> None:
    """Give each quotation that no cue has to the speaker before it; found[first:] are of this paragraph."""
    for quotation in quotes:
        if not is_speech(document, paragraph, quotation):
            continue
        if any(meets(stretch, quotation) for statement in found[first:] for stretch in statement.content):
            continue
        earlier = [s for s in found[first:] if s.line.sentence.start < quotation.start]
        if earlier:
            statement = next((s for s in reversed(earlier) if has_speech(s, quotes)), earlier[-1])
        elif first > 0 and len(found) == first and quotation.start - paragraph.start < 2:
            statement = found[first - 1]
            if last_paragraph(statement) < document_paragraph(document, paragraph) - WIDEST_GAP:
                continue
        else:
            continue
        statement.content = statement.content + quoted(document, quotation)
        statement.paragraph = document_paragraph(document, paragraph)


def is_speech(document: Document, paragraph: Paragraph, quotation: Quotation) -> bool:
    """Say whether a quotation is a sentence or more of its own, and no name or scare quote within one."""
    text = document.text
    inner = text[quotation.inner_start : quotation.inner_end]
    if inner.count(" ") + 1 < FEWEST_WORDS or quotation.single:
        return False
    return starts_sentence(text, paragraph.start, quotation.start)


def last_paragraph(statement: Found) -> int:
    """Return the paragraph that a statement has reached."""
    return max(statement.paragraph, statement.line.sentence.paragraph)


def document_paragraph(document: Document, paragraph: Paragraph) -> int:
    """Return the position of a paragraph that has a sentence."""
    if paragraph.first_sentence >= len(document.sentences):
        return -1
    return document.sentences[paragraph.first_sentence].paragraph


def meets(stretch: Stretch, quotation: Quotation) -> bool:
    """Say whether a stretch and a quotation share a character."""
    return stretch[0] < quotation.end and quotation.start < stretch[1]


def has_speech(statement: Found, quotes: list[Quotation]) -> bool:
    """Say whether a statement can go on: a quotation is part of it."""
    return any(meets(stretch, quotation) for stretch in statement.content for quotation in quotes)


def starts_sentence(text: str, begin: int, at: int) -> bool:
    """Say whether a sentence can start at this place."""
    i = at - 1
    while i >= begin and text[i].isspace():
        i -= 1
    return i < begin or text[i] in '.!?\u2026"\u201d:'
