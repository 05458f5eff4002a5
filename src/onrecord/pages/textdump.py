"""A plain-text dump of a page -> page and article; every character that is not blank gets a role.

The text is the decoded file itself, without its byte order mark. Paragraphs are told from furniture by what they say
(lexicons), by their shape (sentences or labels) and by where they stand: before the first paragraph of prose, among
prose, or after a line that ends the article. When in doubt a line is body: a lost sentence is worse than a leaked one.
"""

import hashlib
import re
from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.errors import NoArticleError, TooLargeError
from onrecord.pages.body_span import body_span
from onrecord.pages.captions import caption_parts
from onrecord.pages.compose import BODY_ROLES, compose, folded
from onrecord.pages.credits import credit_line, find_byline, find_dateline, trailing_credit
from onrecord.pages.dates import date_line
from onrecord.pages.decode import decode, named
from onrecord.pages.floods import refuse_long
from onrecord.pages.furniture import ends_sentence, furniture_kind, is_figures_row, tail_kind, word_count
from onrecord.pages.live import CLOCK_LINE, entries_of_dump
from onrecord.pages.paragraphs import ITEM, Paragraph, paragraphs
from onrecord.pages.topics import split_topics, topics_in_line
from onrecord.records import Article, Block, BlockRole, Entry, FurnitureKind, Origin, Page

MOST_LINES = 200_000
"""Line breaks in one dump that is read; a long report has some 5,000."""

FEWEST_SENTENCE_WORDS = 4
"""Words of a line before the first prose that is read when it ends like a sentence: a lost sentence is the worst."""
FEWEST_PROSE_WORDS = 6
"""Words of the shortest line that counts as prose when it ends as a sentence does."""

MANY_WORDS = 25
"""Words from which a line is prose whatever it ends with."""

FEWEST_HEADLINE_WORDS = 4
LIKELY_HEADLINE_WORDS = 6
MOST_HEADLINE_WORDS = 30
"""Words of a headline; a line before it with fewer than LIKELY_HEADLINE_WORDS may be the outlet's motto."""

MOST_SUBHEAD_WORDS = 12
MOST_LABEL_WORDS = 5
MOST_STANDFIRST_WORDS = 60
"""Words of a subhead, of a menu's label, of a standfirst."""

LARGEST_TAIL = 0.25
"""Share of the prose before it that the teasers after a line such as "Related stories" may have."""

FEWEST_BEFORE = 12
FEWEST_AFTER = 8
"""Paragraphs before and after the stretch of prose from which they are the page around an article."""

LAST_BEFORE = 8
"""Paragraphs right before the stretch among which headline, standfirst and byline stand."""

MOST_FRAGMENTS = 3
"""Lines of a text without a sentence that is still read, such as words given on standard input."""

LONGEST_COUNTED = 20_000
"""Characters of a paragraph in which words are counted."""

LONGEST_PIPED = 160

LETTER = re.compile(r"[^\W\d_]")
PRONOUN = re.compile(r"(?:He|She|It|They|We|I|You|There|This|That|These|Those)\b")
QUESTION = re.compile(r"(?:Who|What|When|Where|Why|How|Which)\b")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will|would|told|did|does)\b")
END_MARK = re.compile(r"(?<=[.!?\"\u201d\u2019\s])(?:Enditem|ENDITEM|\[?ENDS\]?|-30-|###|\bENDS)\s*$")
"""Marks with which agencies close a report (source: house styles of agencies)."""


Label = tuple[BlockRole, FurnitureKind | None]
"""What a paragraph is; the kind is given for furniture only."""

BODY: Label = ("body", None)
TOPICS: Label = ("furniture", "topics")


def read_text(data: bytes, origin: Origin) -> tuple[Page, Article]:
    """Read a plain-text page.

    Raises:
        UnreadableError: empty or binary.
        TooLargeError: more bytes or paragraphs than are read of one page.
        NoArticleError: only labels and furniture.
    """
    text = decode(data, origin).text
    refuse_long(text, named(origin))
    lines = text.count("\n") + text.count("\r")
    if lines > MOST_LINES:
        raise TooLargeError(
            f"{named(origin)}: {lines:,} line breaks, more than the {MOST_LINES:,} read of one page; split the file"
        )
    pieces = paragraphs(text)
    labels = label_paragraphs(pieces, origin)
    blocks = [block for piece, label in zip(pieces, labels) for block in cut(piece, label)]
    page = Page(
        sha256=hashlib.sha256(data).hexdigest(),
        url=origin.url,
        outlet=origin.outlet,
        captured=origin.captured,
        media_type="text/plain",
        text=text,
    )
    topics = _topics(pieces, labels)
    article = compose(text, blocks, origin, topics=topics)
    body = [i for i, (role, _) in enumerate(labels) if role in BODY_ROLES]
    entries = entries_of_dump(pieces, body, origin.title, article.published)
    if entries:
        labels = _with_entries(pieces, labels, entries)
        blocks = [block for piece, label in zip(pieces, labels) for block in cut(piece, label)]
        article = replace(compose(text, blocks, origin, topics=topics), entries=entries)
    return page, article


def _with_entries(pieces: Sequence[Paragraph], labels: Sequence[Label], entries: Sequence[Entry]) -> list[Label]:
    """Return the labels with the paragraphs of live entries as such, and the lines of their times as dates."""
    found = list(labels)
    for i, piece in enumerate(pieces):
        if labels[i] == BODY and any(entry.start <= piece.start < entry.end for entry in entries):
            found[i] = ("live_entry", None)
        elif CLOCK_LINE.fullmatch(piece.text[:LONGEST_PIPED]):
            found[i] = ("date", None)
    return found


def label_paragraphs(pieces: Sequence[Paragraph], origin: Origin) -> list[Label]:
    """Return what each paragraph is, one label per paragraph.

    Raises:
        NoArticleError: none of them is prose.
    """
    labels: list[Label | None] = [own_label(piece.text, origin.title) for piece in pieces]
    prose = [i for i, piece in enumerate(pieces) if labels[i] is None and is_prose(piece.text)]
    if not prose:
        return _without_prose(pieces, labels, origin)
    start, end = body_span(pieces, labels, prose)
    if len(pieces) - end < FEWEST_AFTER:
        end = len(pieces)
    tail = min(_tail_start(pieces, [i for i in prose if i < end]), end)
    start = 0 if start < FEWEST_BEFORE or start >= tail else start
    prose = [i for i in prose if start <= i < tail]
    _label_tail(pieces, labels, tail)
    _label_menu(pieces, labels, start)
    _label_head(pieces, labels, prose, origin.title is not None)
    for i in range(prose[0], tail):
        if labels[i] is None:
            labels[i] = _label_among_prose(pieces, labels, i, after_prose=i > prose[-1])
    return [label or BODY for label in labels]


def own_label(text: str, title: str | None) -> Label | None:
    """Return what a paragraph is wherever it stands; None when its place must tell."""
    if title and len(text) < 3 * len(title) and folded(text) == folded(title):
        return "headline", None
    if credit_line(text) is not None:
        return "wire_credit", None
    if date_line(text):
        return "date", None
    if find_byline(text):
        return "byline", None
    if caption_parts(text):
        return "caption", None
    if _piped(text):
        return "date", None
    if topics_in_line(text):
        return TOPICS
    kind = furniture_kind(text)
    if kind == "navigation" and is_figures_row(text):
        return None
    return ("furniture", kind) if kind else None


def is_prose(text: str) -> bool:
    """Say whether a paragraph is running text: a sentence, or so many words that it is no label."""
    count = word_count(text[: 100 * MANY_WORDS])
    if not LETTER.search(text):
        return False
    return count >= MANY_WORDS or (count >= FEWEST_PROSE_WORDS and ends_sentence(text))


def _without_prose(pieces: Sequence[Paragraph], labels: list[Label | None], origin: Origin) -> list[Label]:
    """Label a page without a sentence: a few words given alone are read, a menu is not."""
    free = [i for i, label in enumerate(labels) if label is None]
    if not free or len(pieces) > MOST_FRAGMENTS:
        raise NoArticleError(
            f"{named(origin)}: no article, {len(pieces):,} lines and none is a sentence of {FEWEST_PROSE_WORDS} words; "
            "give the page of one article"
        )
    return [label or BODY for label in labels]


def _label_menu(pieces: Sequence[Paragraph], labels: list[Label | None], start: int) -> None:
    """Label the menus and teasers above an article; its headline is among the last of those lines."""
    for i in range(start - LAST_BEFORE):
        if labels[i] is None:
            labels[i] = ("furniture", "related" if word_count(pieces[i].text) >= FEWEST_PROSE_WORDS else "navigation")


def _tail_start(pieces: Sequence[Paragraph], prose: Sequence[int]) -> int:
    """Return the index of the first paragraph after the article, len(pieces) when the article ends the page.

    A tail starts at a line that announces one, if little prose follows: "Related stories" may stand amid an article.
    """
    words = {i: word_count(pieces[i].text[:LONGEST_COUNTED]) for i in prose}
    total, before = sum(words.values()), 0
    for i, piece in enumerate(pieces):
        if before and tail_kind(piece.text) and total - before <= LARGEST_TAIL * before:
            return i
        before += words.get(i, 0)
    return len(pieces)


def _label_tail(pieces: Sequence[Paragraph], labels: list[Label | None], tail: int) -> None:
    """Label what follows the article: furniture, save credit lines; tags as long as their list goes on."""
    current: FurnitureKind = "other"
    for i in range(tail, len(pieces)):
        heads = tail_kind(pieces[i].text)
        label = labels[i]
        if label is not None and label[0] in ("wire_credit", "furniture") and not heads:
            current = "other" if current == "topics" else current
            continue
        if heads == "topics" or (current == "topics" and heads is None and label is None):
            current = "topics"
            labels[i] = TOPICS
            continue
        current = heads or ("related" if current in ("topics", "other") else current)
        kind = label[1] if label and label[0] == "furniture" else None
        teaser = label is None and word_count(pieces[i].text) >= FEWEST_PROSE_WORDS
        labels[i] = ("furniture", heads or kind or ("related" if teaser else current))


def _label_head(pieces: Sequence[Paragraph], labels: list[Label | None], prose: Sequence[int], has_title: bool) -> None:
    """Label what stands before the first paragraph of prose, and that paragraph when it is a standfirst."""
    first = prose[0]
    shown = next((i for i in range(first) if labels[i] == ("headline", None)), None)
    if shown is None and not has_title:
        shown = _headline(pieces, labels, prose)
        if shown is not None:
            labels[shown] = ("headline", None)
    for i in range(first):
        if labels[i] is None:
            labels[i] = _label_before_prose(
                pieces[i].text, first=i == 0, after_headline=shown is not None and i > shown
            )
    if shown is not None and _is_standfirst(pieces, labels, prose):
        labels[first] = ("standfirst", None)


def _headline(pieces: Sequence[Paragraph], labels: Sequence[Label | None], prose: Sequence[int]) -> int | None:
    """Return the line before the first prose that is the headline: short, without a final stop, set apart."""
    first = prose[0]
    longest_prose = max(word_count(pieces[i].text[:LONGEST_COUNTED]) for i in prose)
    likely = {
        i: count
        for i in range(first)
        if labels[i] is None
        and FEWEST_HEADLINE_WORDS
        <= (count := word_count(pieces[i].text))
        <= min(MOST_HEADLINE_WORDS, longest_prose - 1)
        and not re.search(r"[.:;,]$", pieces[i].text)
        and not ITEM.match(pieces[i].text)
        and " | " not in pieces[i].text
        and (pieces[i].text.isupper() or find_dateline(pieces[i].text) is None)
    }
    set_apart = {i: count for i, count in likely.items() if _stands_alone(pieces, i)} or likely
    for i, count in set_apart.items():
        if count >= LIKELY_HEADLINE_WORDS:
            return i
    return max(set_apart, key=lambda i: set_apart[i], default=None)


def _stands_alone(pieces: Sequence[Paragraph], i: int) -> bool:
    """Say whether a line has blank lines around it: a masthead and its motto stand in a row."""
    return pieces[i].apart and (i + 1 == len(pieces) or pieces[i + 1].apart)


def _label_before_prose(text: str, *, first: bool, after_headline: bool) -> Label:
    """Return what a line before the first prose is that is no headline."""
    if word_count(text) >= FEWEST_PROSE_WORDS:
        return "standfirst", None
    if word_count(text) >= FEWEST_SENTENCE_WORDS and ends_sentence(text) and text[-1] not in "!?":
        return ("standfirst", None) if after_headline else BODY
    if after_headline:
        return "furniture", "badge"
    return "furniture", "masthead" if first else "navigation"


def _is_standfirst(pieces: Sequence[Paragraph], labels: Sequence[Label | None], prose: Sequence[int]) -> bool:
    """Say whether the first prose is a standfirst: set off from the report by a picture, a name, a date, a dateline."""
    if len(prose) < 2 or word_count(pieces[prose[0]].text) > MOST_STANDFIRST_WORDS:
        return False
    if find_dateline(pieces[prose[0]].text):
        return False
    between = {label[0] for label in labels[prose[0] + 1 : prose[1]] if label}
    return bool(between & {"caption", "byline", "date", "credit"}) or find_dateline(pieces[prose[1]].text) is not None


def _label_among_prose(
    pieces: Sequence[Paragraph], labels: Sequence[Label | None], i: int, *, after_prose: bool
) -> Label:
    """Return what an unlabelled paragraph of the article is."""
    text = pieces[i].text
    if ITEM.match(text):
        return "list", None
    if is_figures_row(text):
        return "table", None
    if is_prose(text):
        return BODY
    if after_prose:
        keep = word_count(text) >= FEWEST_PROSE_WORDS or re.search(r"\d", text) or ends_sentence(text)
        return BODY if keep else ("furniture", "navigation")
    following = next((j for j in range(i + 1, len(pieces)) if labels[j] is None), None)
    if is_subhead(text) and following is not None and is_prose(pieces[following].text):
        return "subhead", None
    return BODY


def is_subhead(text: str) -> bool:
    """Say whether a line among prose is a heading and not a sentence that lost its stop."""
    if ends_sentence(text) and text[-1] not in "?!":
        return bool(re.fullmatch(r"[^a-z]+", text)) and word_count(text) <= MOST_SUBHEAD_WORDS
    if not 1 <= word_count(text) <= MOST_SUBHEAD_WORDS or text[-1] in ",;:":
        return False
    if text.isupper():
        return True
    plain = text.lstrip("\"'\u201c\u2018(")
    if not plain[:1].isupper() or PRONOUN.match(plain):
        return False
    return QUESTION.match(plain) is not None or FINITE.search(plain) is None


def _piped(text: str) -> list[tuple[int, int, Label]] | None:
    """Return the parts of a line such as "Source: X | 2025-07-04 | Editor: Y" when each says who or when."""
    if "|" not in text or len(text) > LONGEST_PIPED:
        return None
    parts: list[tuple[int, int, Label]] = []
    for found in re.finditer(r"[^|]*\|+|[^|]+$", text):
        words = found.group().strip("| \t\r\n")
        label = _part_label(words) if words else None
        if label is None:
            return None
        parts.append((found.start(), found.end(), label))
    return parts if any(label[0] != "furniture" for _, _, label in parts) else None


def _part_label(words: str) -> Label | None:
    """Return what one part of a piped line is."""
    if credit_line(words) is not None:
        return "wire_credit", None
    if date_line(words):
        return "date", None
    if find_byline(words):
        return "byline", None
    kind = furniture_kind(words)
    return ("furniture", kind) if kind else None


def cut(piece: Paragraph, label: Label) -> list[Block]:
    """Return a paragraph as blocks: credits at its end, and the parts of captions and piped lines, stand apart."""
    text, role = piece.text, label[0]
    parts: list[tuple[int, int, Label]] = [(0, len(text), label)]
    if role == "caption":
        parts = _caption_blocks(text)
    elif role == "date":
        parts = _piped(text) or parts
    elif role in ("body", "list", "live_entry"):
        end = trailing_credit(text)
        mark = END_MARK.search(text, max(0, len(text) - 40)) if end is None else None
        if end is not None:
            parts = [(0, end, label), (end, len(text), ("wire_credit", None))]
        elif mark and mark.start() > 0:
            parts = [(0, mark.start(), label), (mark.start(), len(text), ("furniture", "other"))]
    return [block for start, end, part in parts if (block := _block(piece, start, end, part))]


def _block(piece: Paragraph, start: int, end: int, label: Label) -> Block | None:
    """Return a part of a paragraph as a block without outer blanks; None when nothing is left."""
    words = piece.text[start:end]
    left = len(words) - len(words.lstrip())
    if left == len(words):
        return None
    begin = piece.start + start + left
    return Block(start=begin, end=begin + len(words.strip()), role=label[0], kind=label[1])


def _caption_blocks(text: str) -> list[tuple[int, int, Label]]:
    """Return the parts of a caption line: alternative text, words, credit."""
    found = caption_parts(text)
    if found is None:
        return [(0, len(text), ("caption", None))]
    return [
        (0, found.words, ("furniture", "other")),
        (found.words, found.credit, ("caption", None)),
        (found.credit, len(text), ("credit", None)),
    ]


def _topics(pieces: Sequence[Paragraph], labels: Sequence[Label]) -> list[str]:
    """Return the tags that the page lists."""
    found: list[str] = []
    article_text = "\n".join(p.text[:LONGEST_COUNTED] for p, label in zip(pieces, labels) if label[0] != "furniture")
    for piece, label in zip(pieces, labels):
        if label == TOPICS and tail_kind(piece.text) is None:
            found += split_topics(topics_in_line(piece.text) or piece.text, article_text)
    return found
