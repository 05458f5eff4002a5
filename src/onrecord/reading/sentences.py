"""Blocks of an article -> paragraphs, sentences, tokens and quotations, all with offsets into the page's text.

A paragraph is one block that a reader reads. Quotations are paired inside a paragraph (curly, straight, doubled
apostrophes, single marks, mixed pairs, unclosed ones), since direct speech runs over sentence ends. Nothing here knows
what the words mean.
"""

import re
from collections.abc import Sequence

import msgspec

from onrecord.lexicon import words
from onrecord.reading.capitals import in_capitals, recased
from onrecord.records import Article, Block, BlockRole, Page, Span

READ_ROLES: frozenset[BlockRole] = frozenset(
    {"standfirst", "body", "list", "quotation", "caption", "live_entry", "embed"}
)
"""Roles whose sentences are read for claims. Headlines and subheads repeat the body (gold/GUIDELINE.md: titles)."""

LONGEST_PARAGRAPH = 20_000
"""Characters read of one paragraph; what follows is reported, not read. Longest in the coded training pages: 4,882."""

LONGEST_SENTENCE = 2_000
"""Characters of one sentence; a longer run without a stop is a list and is cut at a blank. Longest coded: 1,086."""
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?"  # U.S., a.m., D.C
    r"|\w+(?:[.,]\d+\w*)*(?:[-\u2010\u2011]\w+(?:[.,]\d+)*)*(?:['\u2019]\w+)*"  # 1,200.5  14-year-old  O'Brien  don't
    r"|['\u2019]s\b|''|``|\.{2,}|[^\w\s]"
)
APOSTROPHES = "'\u2019"

CLOSERS = {"\u201d", "''", "\u00bb"}
CLOSE_QUOTES = frozenset("\"'\u201d\u2019\u00bb")
BREAK_BEFORE = re.compile(r"[\s(\[\u2014\u2013-]")
SENTENCE_END = re.compile(
    r"[.!?\u2026]+[\"'\u201d\u2019\u00bb)\]]*(?=\s+[\"'\u201c\u2018\u00ab(\[\u2022*]*[^\W_]|\s*$)"
    r"|(?<=[a-z\d]{2})[.!?][\"\u201d]?(?=[\"\u201c]?[A-Z][a-z]*[\u2019' ,])"  # lost blank: "was closed.The mayor"
)


class Token(msgspec.Struct, frozen=True, gc=False):
    """One word or punctuation mark; lower is its lower-case form with plain apostrophes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def capital(self) -> bool:
        """Whether the token starts with a capital letter."""
        return self.text[0].isupper()


class Quotation(msgspec.Struct, frozen=True, gc=False):
    """A stretch between quotation marks: start-end with the marks, inner_start-inner_end without.

    closed is False when the paragraph ends before the closing mark (speech that runs on, or a lost mark); single is
    True for single marks.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool = True
    single: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """One sentence: start-end without outer blanks; index counts within the document, paragraph likewise."""

    start: int
    end: int
    index: int
    paragraph: int
    tokens: tuple[Token, ...]

    @property
    def span(self) -> Span:
        """The stretch of the page's text."""
        return Span(self.start, self.end)


class Paragraph(msgspec.Struct, frozen=True):
    """One block that is read: its sentences (first to last, half open) and quotations."""

    start: int
    end: int
    role: BlockRole
    first_sentence: int
    last_sentence: int
    quotations: tuple[Quotation, ...]


class Document(msgspec.Struct, frozen=True):
    """What the taggers and the assembly read: the page's text with its paragraphs and sentences."""

    text: str
    page: Page
    article: Article
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]

    def sentences_of(self, paragraph: Paragraph) -> tuple[Sentence, ...]:
        """Return the sentences of one paragraph, in order."""
        return self.sentences[paragraph.first_sentence : paragraph.last_sentence]


def make_document(page: Page, article: Article) -> Document:
    """Cut the blocks of an article into paragraphs, sentences and tokens.

    Args:
        page: its text is what all offsets count in; a paragraph in capitals is read with small letters.
        article: blocks in text order; those with a role of READ_ROLES are read.

    Returns:
        The document; no sentence crosses a block, no token a sentence.
    """
    paragraphs: list[Paragraph] = []
    sentences: list[Sentence] = []
    text = page.text
    for block in article.blocks:
        if block.role not in READ_ROLES:
            continue
        end = min(block.end, block.start + LONGEST_PARAGRAPH)
        if in_capitals(text[block.start : end]):
            text = text[: block.start] + recased(text[block.start : end]) + text[end:]
        first = len(sentences)
        for start, stop in sentence_spans(text, block.start, end):
            sentences.append(Sentence(start, stop, len(sentences), len(paragraphs), tuple(tokens(text, start, stop))))
        paragraphs.append(
            Paragraph(block.start, end, block.role, first, len(sentences), tuple(quotations(text, block.start, end)))
        )
    return Document(text, page, article, tuple(paragraphs), tuple(sentences))


def cut_paragraphs(article: Article) -> list[str]:
    """Return what is to be said of paragraphs that are too long to be read whole, one line each, in text order."""
    return [
        f"a paragraph of {block.end - block.start:,} characters at {block.start:,}, the first {LONGEST_PARAGRAPH:,} of "
        "them are read; break the text into paragraphs"
        for block in article.blocks
        if block.role in READ_ROLES and block.end - block.start > LONGEST_PARAGRAPH
    ]


def document_of(text: str) -> Document:
    """Return the document of a plain text in which every line that is not blank is a body block (tests, examples)."""
    blocks = tuple(Block(start=m.start(), end=m.end(), role="body") for m in re.finditer(r"\S[^\n]*", text))
    return make_document(Page(sha256="", text=text), Article(body=text, blocks=blocks))


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of text[start:end], left to right; a possessive 's is a token of its own."""
    found = []
    for match in TOKEN.finditer(text, start, end):
        word, at = match.group(), match.start()
        if word[-1] in "sS" and len(word) > len("'s") and word[-2] in APOSTROPHES:
            cut = len(word) - len("'s")
            found.append(Token(at, at + cut, word[:cut], word[:cut].lower().replace("\u2019", "'")))
            word, at = word[cut:], at + cut
        found.append(Token(at, at + len(word), word, word.lower().replace("\u2019", "'")))
    return found


def stands_at(tokens: Sequence[Token], at: int, parts: tuple[str, ...]) -> bool:
    """Say whether these words, two or more in lower case, stand at a token."""
    if at + len(parts) > len(tokens) or tokens[at + 1].lower != parts[1]:
        return False
    return all(tokens[at + n].lower == part for n, part in enumerate(parts))


def sentence_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where the sentences of text[start:end] stand, without outer blanks.

    A stop ends a sentence unless it follows an abbreviation, a title, an initial or a number with a unit point
    (lexicon/abbreviations.tsv), or the next word starts with a small letter. No span is longer than LONGEST_SENTENCE.
    """
    spans, begin = [], start
    for match in SENTENCE_END.finditer(text, start, end):
        following = text[match.end() : match.end() + 3].lstrip()
        if len(match.group()) > 1 and match.group()[-1] in CLOSE_QUOTES and following[:1].islower():
            continue
        if match.group()[0] == "." and not _ends_sentence(text, begin, match.start(), match.end(), end):
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    if begin < end:
        spans.append((begin, end))
    trimmed = []
    for low, high in spans:
        piece = text[low:high]
        left = low + len(piece) - len(piece.lstrip())
        right = high - (len(piece) - len(piece.rstrip()))
        if left < right:
            trimmed += _cut_up(text, left, right)
    return trimmed


def _cut_up(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return a sentence as one span, or as several that are cut at the last blank before LONGEST_SENTENCE."""
    pieces = []
    while end - start > LONGEST_SENTENCE:
        blanks = [m.start() for m in re.finditer(r"\s+", text[start : start + LONGEST_SENTENCE])]
        cut = start + (blanks[-1] if blanks else LONGEST_SENTENCE)
        pieces.append((start, cut))
        start = cut + len(text[cut:end]) - len(text[cut:end].lstrip())
    return [*pieces, (start, end)]


def _ends_sentence(text: str, begin: int, dot: int, after: int, end: int) -> bool:
    """Say whether the stop at text[dot] ends the sentence that began at begin; after is where its marks end."""
    following = text[after : min(end, after + 40)].lstrip()
    if not following:
        return True
    opener = following.lstrip("\"'\u201c\u2018\u00ab([\u2022* ")
    if opener[:1].islower() and following[:1] not in '\u201c\u2018"':
        return False
    head = text[max(begin, dot - 24) : dot]
    match = re.search(r"([^\s(\[\"\u201c\u2018'-]+)$", head)
    word = match.group(1) if match else ""
    if not word:
        return True
    lower = word.lower()
    if lower in words("abbreviations", "never_end"):
        return False
    if lower in words("abbreviations", "may_end") or (len(word) == 1 and word.isalpha() and word.isupper()):
        return lower in words("abbreviations", "may_end") and bool(
            re.match(
                r"(?:The|A|An|In|On|At|He|She|It|They|We|But|And|This|That|There|If|As|For|His|Her|When|After)\b",
                opener,
            )
        )
    return True


def quotations(text: str, start: int, end: int) -> list[Quotation]:
    """Return the quotations of one paragraph, outermost and nested ones, by their start.

    An apostrophe inside a word never opens or closes. A mark that is opened and not closed runs to the end of the
    paragraph, since speech over several paragraphs is closed only in the last.
    """
    found: list[Quotation] = []
    stack: list[tuple[str, int, int]] = []  # (expected family, start, inner start)
    for match in re.finditer(r"''|``|[\"\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019']", text[start:end]):
        mark, at = match.group(), start + match.start()
        stop = start + match.end()
        before = text[at - 1] if at > start else " "
        after = text[stop] if stop < end else " "
        single = mark in "'\u2018\u2019"
        family = "single" if single else "double"
        if single and before.isalnum() and after.isalnum():
            continue
        opens = _opens(mark, before, after, family, stack)
        if opens:
            if single and not (after.isalnum() or after in "\u2026."):
                continue
            stack.append((family, at, stop))
        elif any(entry[0] == family for entry in stack):
            while stack:
                kind, began, inner = stack.pop()
                if kind == family:
                    found.append(Quotation(began, stop, inner, at, True, kind == "single"))
                    break
    for family, began, inner in stack:
        if family == "double":
            found.append(Quotation(began, end, inner, end, False, False))
    return sorted(found, key=lambda q: (q.start, -q.end))


def _opens(mark: str, before: str, after: str, family: str, stack: list[tuple[str, int, int]]) -> bool:
    """Say whether a quotation mark opens: by its shape, else by the blanks around it, else by what is open."""
    if mark in ("\u201c", "\u201e", "\u00ab", "``", "\u2018"):
        return True
    if mark in CLOSERS and mark != "''":
        return False
    if mark == "\u2019":
        return False
    is_open = any(entry[0] == family for entry in stack)
    free_left = BREAK_BEFORE.match(before) is not None or before in "\u201c\u2018\"'"
    if family == "single":
        return free_left and not after.isspace() and not is_open
    return not is_open and (free_left or not after.isspace()) and not after.isspace()
