"""Which stretches of the text are what was said: exact, without the outer quotation marks and the closing stop.

Given a line and token positions; returns stretches of characters, half open, in text order.
"""

from onrecord.reading.noun_phrases import DASHES, QUOTES, Line
from onrecord.reading.sentences import Document, Quotation

Stretch = tuple[int, int]
OUTER = " \t\u00a0,;:-\u2013\u2014"


def quoted(document: Document, quotation: Quotation) -> list[Stretch]:
    """Return the inside of a quotation, one stretch per sentence."""
    return by_sentence(document, quotation.inner_start, quotation.inner_end)


def by_sentence(document: Document, start: int, end: int) -> list[Stretch]:
    """Cut a stretch at the ends of sentences and trim each piece."""
    pieces = []
    for sentence in sentences_between(document, start, end):
        piece = trimmed(document.text, max(start, sentence[0]), min(end, sentence[1]))
        if piece[0] < piece[1]:
            pieces.append(piece)
    return pieces


def sentences_between(document: Document, start: int, end: int) -> list[Stretch]:
    """Return the offsets of the sentences that share a character with the stretch."""
    sentences = document.sentences
    low, high = 0, len(sentences)
    while low < high:
        middle = (low + high) // 2
        if sentences[middle].end <= start:
            low = middle + 1
        else:
            high = middle
    found = []
    while low < len(sentences) and sentences[low].start < end:
        found.append((sentences[low].start, sentences[low].end))
        low += 1
    return found


def trimmed(text: str, start: int, end: int) -> Stretch:
    """Return a stretch without outer blanks, commas and dashes."""
    while start < end and text[start] in OUTER:
        start += 1
    while end > start and text[end - 1] in OUTER:
        end -= 1
    return start, end


def words_between(document: Document, line: Line, start: int, end: int) -> list[Stretch]:
    """Return the stretch of the tokens start to end; the inside alone when one quotation is all there is."""
    while start < end and line.lows[start] in DASHES | {",", ":", ";"}:
        start += 1
    while end > start and line.lows[end - 1] in DASHES | {",", ":", ";"}:
        end -= 1
    if start >= end:
        return []
    first = line.quote[start]
    if first >= 0 and line.lows[start] in QUOTES and line.quotes[first].start == line.tokens[start].start:
        quotation = line.quotes[first]
        if quotation.end >= line.tokens[end - 1].end or all(line.quote[i] == first for i in range(start, end)):
            return quoted(document, quotation)
    stop = line.tokens[end - 1].end
    last = line.quote[end - 1]
    if last >= 0 and line.quotes[last].start > line.tokens[start].start:
        stop = max(stop, line.quotes[last].end if line.quotes[last].closed else stop)
        return by_sentence(document, line.tokens[start].start, stop)
    return [trimmed(document.text, line.tokens[start].start, stop)]


def words_before(document: Document, line: Line, start: int, end: int) -> list[Stretch]:
    """Return what stands before a cue and its subject: a clause, or a quotation that may begin sentences earlier."""
    while end > start and line.lows[end - 1] in DASHES | {",", ";"}:
        end -= 1
    if end <= start:
        return []
    last = line.quote[end - 1]
    if last >= 0 and line.quotes[last].start <= line.tokens[start].start:
        return quoted(document, line.quotes[last])
    return words_between(document, line, start, end)
