"""A document -> what the reader model takes in: words, word pieces, features, windows. Training and reading share it.

Words are runs of letters and digits or single marks, so that no span can be cut inside a word. Windows hold whole
paragraphs where they fit. Nothing here knows what the model looks for.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

import msgspec

from onrecord.reading.sentences import Document, Paragraph

WORD = re.compile(r"\w+|[^\w\s]")
"""One word of the model; the scorers of attribution and ledger count in the same units."""

LONGEST_WORD = 60
"""Letters of a word that are shown to the tokenizer; longer runs are addresses and noise."""

MOST_PIECES = 12
"""Word pieces kept of one word, so that a run of odd characters cannot fill a window."""

CASES = 6
"""Case features: mark, lower, Title, UPPER, miXed, number."""

QUOTES = 4
"""Quotation features: outside, inside closed marks, inside marks that are not closed, a mark itself."""

PLACES = 3
"""Position features: within a sentence, first word of a sentence, first word of a paragraph."""

MARKS = frozenset('"“”„«»`')


class Pieces(Protocol):
    """The tokenizer: words -> word pieces; `tokenizers.Tokenizer` answers it."""

    def encode(
        self, sequence: Any, pair: Any | None = None, is_pretokenized: bool = False, add_special_tokens: bool = True
    ) -> "Encoded":
        """Return the pieces of the words."""
        ...


class Encoded(Protocol):
    """What a tokenizer returns: ids, and for each the number of its word."""

    @property
    def ids(self) -> list[int]:
        """Return the ids of the pieces."""
        ...

    @property
    def word_ids(self) -> list[int | None]:
        """Return the number of the word of each piece."""
        ...


class Words(msgspec.Struct, frozen=True):
    """The words of a document, by position: offsets into the text, features, sentence and paragraph."""

    starts: list[int]
    ends: list[int]
    cases: list[int]
    quotes: list[int]
    places: list[int]
    sentences: list[int]
    paragraphs: list[int]

    def __len__(self) -> int:
        return len(self.starts)

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the words that a stretch of characters touches, half open; empty (first >= last) when it has none."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)


class Window(msgspec.Struct, frozen=True):
    """A stretch of words that the model sees at once, half open."""

    first: int
    last: int


def case_of(word: str) -> int:
    """Return the case feature of a word."""
    if word[0].isdigit():
        return 5
    if not word[0].isalpha():
        return 0
    if word.islower():
        return 1
    if word.isupper():
        return 3 if len(word) > 1 else 2
    return 2 if word[0].isupper() and word[1:].islower() else 4


def words_of(document: Document) -> Words:
    """Return the words of all sentences of a document."""
    text = document.text
    words = Words([], [], [], [], [], [], [])
    for number, paragraph in enumerate(document.paragraphs):
        first = len(words)
        for sentence in document.sentences_of(paragraph):
            spans = [match.span() for match in WORD.finditer(text, sentence.start, sentence.end)]
            words.places.extend([1 if len(words) > first else 2, *[0] * (len(spans) - 1)] if spans else ())
            words.starts.extend([start for start, _ in spans])
            words.ends.extend([end for _, end in spans])
            words.sentences.extend([sentence.index] * len(spans))
        words.paragraphs.extend([number] * (len(words) - first))
        _add_quotes(text, paragraph, words)
    words.cases.extend([case_of(text[start:end]) for start, end in zip(words.starts, words.ends, strict=True)])
    return words


def _add_quotes(text: str, paragraph: Paragraph, words: Words) -> None:
    """Fill in the quotation features of the words that were added last."""
    quotations, at = paragraph.quotations, 0
    for position in range(len(words.quotes), len(words.starts)):
        start, end = words.starts[position], words.ends[position]
        while at < len(quotations) and quotations[at].end <= start:
            at += 1
        feature = 3 if text[start:end] in MARKS else 0
        if at < len(quotations) and quotations[at].start <= start:
            quotation = quotations[at]
            if start < quotation.inner_start or start >= quotation.inner_end:
                feature = 3
            else:
                feature = 1 if quotation.closed else 2
        words.quotes.append(feature)


class PieceTable(msgspec.Struct, frozen=True):
    """Word pieces of a document: ids, and for word w the pieces first[w] to first[w + 1]."""

    ids: list[int]
    first: list[int]


def pieces_of(
    text: str, words: Words, tokenizer: Pieces, known: dict[str, tuple[int, ...]] | None = None
) -> PieceTable:
    """Return the word pieces of the words; every word has at least one piece and at most MOST_PIECES.

    Args:
        text: what the words stand in.
        words: the words.
        tokenizer: it is asked once for each word that is not known.
        known: pieces by word, to which the new ones are added; it is emptied when it has MOST_KNOWN.
    """
    known = {} if known is None else known
    shown = [text[start : min(end, start + LONGEST_WORD)] for start, end in zip(words.starts, words.ends, strict=True)]
    new = list({word for word in shown if word not in known})
    if new:
        if len(known) + len(new) > MOST_KNOWN:
            known.clear()
            new = list(set(shown))
        encoded = tokenizer.encode(new, is_pretokenized=True, add_special_tokens=False)
        found: list[list[int]] = [[] for _ in new]
        for piece, number in zip(encoded.ids, encoded.word_ids, strict=True):
            if number is not None and len(found[number]) < MOST_PIECES:
                found[number].append(piece)
        known.update((word, tuple(pieces) or (UNKNOWN,)) for word, pieces in zip(new, found, strict=True))
    ids: list[int] = []
    first = [0]
    for word in shown:
        ids += known[word]
        first.append(len(ids))
    return PieceTable(ids, first)


MOST_KNOWN = 50_000
"""Words whose pieces are kept between documents, so that a long run stays within bounds."""

UNKNOWN = 100
"""Id of the piece [UNK] in the vocabulary of BERT, for a word of which the tokenizer keeps nothing."""


def windows_of(words: Words, table: PieceTable, limit: int) -> Iterator[Window]:
    """Cut the words into windows of at most `limit` word pieces.

    A window holds whole paragraphs; a paragraph that is longer is cut at the ends of sentences, a longer sentence at
    a word.
    """
    units = _units(words, table, limit)
    first = 0
    for at, last in enumerate(units):
        following = units[at + 1] if at + 1 < len(units) else None
        if following is None or table.first[following] - table.first[first] > limit:
            yield Window(first, last)
            first = last


def _units(words: Words, table: PieceTable, limit: int) -> list[int]:
    """Return the ends of the stretches that are kept together."""
    ends: list[int] = []
    begin = 0
    for last in _changes(words.paragraphs):
        if table.first[last] - table.first[begin] <= limit:
            ends.append(last)
        else:
            ends.extend(_cut(words, table, begin, last, limit))
        begin = last
    return ends


def _cut(words: Words, table: PieceTable, begin: int, last: int, limit: int) -> list[int]:
    """Return ends inside a paragraph that is longer than a window, its own end last."""
    stops = [at for at in range(begin + 1, last) if words.sentences[at] != words.sentences[at - 1]]
    ends: list[int] = []
    while table.first[last] - table.first[begin] > limit:
        fitting = [at for at in stops if at > begin and table.first[at] - table.first[begin] <= limit]
        if fitting:
            end = fitting[-1]
        else:
            end = begin + 1
            while table.first[end + 1] - table.first[begin] <= limit:
                end += 1
        ends.append(end)
        begin = end
    return [*ends, last]


def _changes(numbers: Sequence[int]) -> list[int]:
    """Return the positions at which a new number starts, and the end."""
    return [at for at in range(1, len(numbers)) if numbers[at] != numbers[at - 1]] + ([len(numbers)] if numbers else [])
