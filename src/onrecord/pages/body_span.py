"""The paragraphs of a dump, each with what it is by its own words -> the stretch of them that is the article.

Prose counts for a stretch, what menus, teasers and notices look like counts against it; the stretch with the highest
sum is the article (maximum subsequence segmentation). It then grows over lists and short lines beside it as long as
nothing there looks like furniture. Texts that are an article and nothing else come out whole.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from onrecord.pages.furniture import ends_sentence, is_figures_row, tail_kind, word_count
from onrecord.pages.paragraphs import ITEM, Paragraph
from onrecord.records import BlockRole, FurnitureKind

# The weights below: best F1 on the development half of the public article benchmark, dumped as text; each was swept
# alone around its value, and the score is flat near it.
MOST_WORDS = 60
"""Words of a paragraph that count; a longer one counts no more."""
SHORT_PROSE = 0.6
"""Weight of prose with fewer than MANY_WORDS words."""
MANY_WORDS = 25
ALONE = 0.8
"""Weight of prose with no prose beside it, as teasers stand."""
SENTENCE = 0.5
"""Weight of a sentence too short to count as prose."""
TAIL_HEAD = -40.0
NOTICE = -30.0
FURNITURE = -4.0
ASIDE = -2.0
"""Credits, captions, dates, bylines: they stand in articles and in teasers."""
TEASER = -8.0
REPEATED = -5.0
ITEM_OF_LIST = -3.0
LABEL = -7.0
FRAGMENT = -8.0
NEAR_FURNITURE = 2.0
"""Factor of a label or fragment with furniture within NEARBY lines."""
NEARBY = 2
OFTEN = 3
"""Times that a line stands in a dump from which it is no part of an article."""
LABEL_WORDS = 3
FIGURES = 2.0
"""Weight of a row of a table with figures, and of a line with figures in a series that begin with the same word."""

DIGIT = re.compile(r"\d")

LONGEST_GAP = 15.0
"""Sum of the lines against the article over which it grows to the next prose."""
GAP_ASIDE = -1.0
GAP_TEASER = -10.0
GAP_LINE = -2.0
GAP_TITLE = -5.0
"""A line of a few words that all begin with capitals, as menus have."""

PARTING: frozenset[FurnitureKind] = frozenset({
    "masthead", "promo", "related", "navigation", "edition", "topics", "social", "policy",
})  # fmt: skip
"""Kinds of furniture that an article does not go on after; ads, badges and players stand amid it."""

TRUNCATED = re.compile(r"(?:\.\.\.|\u2026)[\"\u201d']?$")
GLUED = re.compile(r"[a-z\u00df-\u00ff]{3,}[?!.\u201d]?[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]*[ ,\u2019']")
"""A headline and its summary run together in a teaser: "...writesOn its anniversary"."""
GLUED_WITHIN = 250
"""Characters at the start of a paragraph in which a teaser's headline ends."""
LONGEST_COUNTED = 2_500

Label = tuple[BlockRole, FurnitureKind | None]


class Line(msgspec.Struct, frozen=True):
    """What the search needs of one paragraph."""

    words: int
    prose: bool
    sentence: bool
    teaser: bool
    label: Label | None
    heads_tail: bool
    item: bool
    repeated: bool
    titled: bool
    figures: bool
    series: bool

    @property
    def furniture(self) -> bool:
        """Whether the line is furniture by its words, or stands on the page again and again."""
        return self.repeated or (self.label is not None and self.label[0] == "furniture")


def body_span(pieces: Sequence[Paragraph], labels: Sequence[Label | None], prose: Sequence[int]) -> tuple[int, int]:
    """Return the first paragraph of the article and the first one after it.

    Args:
        pieces: the paragraphs of the dump.
        labels: what each is by its own words, None where its place must tell.
        prose: indices of those without a label that are running text.
    """
    lines = _lines(pieces, labels, set(prose))
    start, end = _best(_weights(lines))
    return start, _grown(lines, end)


def _lines(pieces: Sequence[Paragraph], labels: Sequence[Label | None], prose: set[int]) -> list[Line]:
    times = Counter(piece.text for piece in pieces)
    page = "\n".join(times)
    found = []
    for i, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        text = piece.text
        words = word_count(text[:LONGEST_COUNTED])
        first = text[:LONGEST_COUNTED].split()[:12]
        beside = {_first_word(piece.text) for piece in (*pieces[max(0, i - 1) : i], *pieces[i + 1 : i + 2])}
        found.append(
            Line(
                words=words,
                prose=i in prose,
                sentence=ends_sentence(text),
                teaser=words <= MOST_WORDS and (TRUNCATED.search(text) is not None or _is_glued(text, page)),
                label=label,
                heads_tail=tail_kind(text) is not None,
                item=ITEM.match(text) is not None,
                repeated=times[text] >= OFTEN,
                titled=sum(word[0].isupper() for word in first) >= 0.75 * len(first),
                figures=is_figures_row(text),
                series=words > LABEL_WORDS and DIGIT.search(text) is not None and _first_word(text) in beside,
            )
        )
    return found


def _first_word(text: str) -> str:
    return text[:LONGEST_COUNTED].split(None, 1)[0]


def _is_glued(text: str, page: str) -> bool:
    """Say whether a headline runs into its summary; a join that the page has more than once is a name."""
    found = GLUED.search(text, 0, GLUED_WITHIN)
    return found is not None and page.count(found.group()[:-1]) == 1


def _weights(lines: Sequence[Line]) -> list[float]:
    """Return what each line counts for the stretch that holds it."""
    prose = [line.prose and not line.teaser for line in lines]
    furniture = [line.furniture for line in lines]
    found = []
    for i, line in enumerate(lines):
        if line.heads_tail:
            weight = TAIL_HEAD
        elif line.label is not None:
            weight = _labelled(line.label)
        elif line.teaser:
            weight = TEASER
        elif line.repeated:
            weight = REPEATED
        elif line.prose:
            weight = min(line.words, MOST_WORDS) * (SHORT_PROSE if line.words < MANY_WORDS else 1.0)
            weight *= 1.0 if any(prose[max(0, i - 1) : i]) or any(prose[i + 1 : i + 2]) else ALONE
        elif line.sentence:
            weight = SENTENCE * line.words
        elif line.figures or line.series:
            weight = FIGURES
        else:
            weight = ITEM_OF_LIST if line.item else LABEL if line.words <= LABEL_WORDS else FRAGMENT
            weight *= NEAR_FURNITURE if any(furniture[max(0, i - NEARBY) : i + NEARBY + 1]) else 1.0
        found.append(weight)
    return found


def _labelled(label: Label) -> float:
    if label[0] != "furniture":
        return ASIDE
    return NOTICE if label[1] in ("policy", "promo") else FURNITURE


def _best(weights: Sequence[float]) -> tuple[int, int]:
    """Return the stretch with the highest sum."""
    best, found = 0.0, (0, len(weights))
    total, start = 0.0, 0
    for i, weight in enumerate(weights):
        if total <= 0:
            total, start = 0.0, i
        total += weight
        if total > best:
            best, found = total, (start, i + 1)
    return found


def _grown(lines: Sequence[Line], end: int) -> int:
    """Return the end of a stretch grown over what follows it up to the last prose that no furniture parts from it."""
    gap = 0.0
    for i in range(end, len(lines)):
        line = lines[i]
        if line.heads_tail or line.repeated or (line.label is not None and line.label[1] in PARTING):
            break
        gap += _in_gap(line)
        if gap < -LONGEST_GAP:
            break
        if gap > 0:
            end, gap = i + 1, 0.0
    return end


def _in_gap(line: Line) -> float:
    if line.label is not None:
        return GAP_ASIDE
    if line.teaser:
        return GAP_TEASER
    if line.prose:
        return float(min(line.words, MOST_WORDS))
    if line.sentence:
        return SENTENCE * line.words
    if line.figures or line.series:
        return FIGURES
    return GAP_TITLE if line.titled and line.words <= LABEL_WORDS + 1 else GAP_LINE
