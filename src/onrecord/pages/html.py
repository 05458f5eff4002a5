"""An HTML page -> page and article: every block of its visible text gets a role.

The body is what the extractor keeps, repaired: what leaks (the headline again, links to other stories, promos, policy
lines, notes on the author) is labelled furniture, what gets lost (standfirst, captions, paragraphs amid the body) is
labelled back in. Credits stand apart from captions and paragraphs.
"""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from onrecord.errors import NoArticleError, TooLargeError
from onrecord.pages.captions import caption_parts
from onrecord.pages.compose import BODY_ROLES, Declared, compose, folded
from onrecord.pages.credits import credit_line, find_byline, trailing_credit
from onrecord.pages.dates import date_line
from onrecord.pages.declared import declared, guessed_date
from onrecord.pages.declared_sources import first, string
from onrecord.pages.decode import decode, named
from onrecord.pages.extract import kept_blocks
from onrecord.pages.floods import refuse_floods, refuse_long
from onrecord.pages.furniture import ends_sentence, furniture_kind, is_author_note, tail_kind, word_count
from onrecord.pages.live import CLOCK_LINE, MOST_ENTRIES, live_entries
from onrecord.pages.parse import parse
from onrecord.pages.render import Rendered, render
from onrecord.pages.textdump import is_subhead
from onrecord.records import Article, Block, BlockRole, Entry, FurnitureKind, Origin, Page

Label = tuple[BlockRole, FurnitureKind | None]

MOST_BLOCKS = 30_000
"""Blocks read of one page; the longest live pages of the development sets have 4,000."""

FEWEST_PROSE_WORDS = 8
"""Words of the shortest block that counts as prose when it ends as a sentence does."""

FEWEST_LINKED_WORDS = 5
"""Words from which a heading that is a link is the headline of another story and not a subhead."""

LAST_BLOCKS = 6
"""Blocks at the end of an article among which the author's note stands."""

LARGEST_TAIL = 0.25
"""Share of the prose before it that the teasers after a line such as "Related stories" may have."""

LEAST_SIBLINGS = 2
LEAST_OF_CLASS = 3
"""Kept paragraphs that an element, or elements of one class, must hold for the prose beside them to be body too."""

SAME_TWICE = 60
"""Letters from which a block that stands twice on a page is a copy."""

LONGEST_COMPARED = 2_000
"""Characters of a block that are compared with another's."""

MOST_LABEL_WORDS = 5
FEWEST_STANDFIRST_WORDS = 6
MOST_STANDFIRST_WORDS = 80
SHORTEST_DESCRIPTION = 20
"""Letters from which a page's description is told in its text."""


STANDFIRST_CLASS = re.compile(
    r"(?:^|[\s_-])(?:standfirst|dek|deck|sub-?title|sub-?heading|sub-?headline|summary|lede?|excerpt|intro|synopsis|"
    r"tagline|kicker-text|article-?description)(?:$|[\s_-])",
    re.I,
)

BEFORE_ENTRY = 60
"""Characters before the first block of a live entry among which its time stands."""

BOLD = frozenset({"strong", "b"})
BEHIND_SUBHEAD: frozenset[Label] = frozenset({("body", None), ("list", None), ("quotation", None), ("table", None)})
DIGIT = re.compile(r"\d")

OF_THE_AUTHOR = re.compile(
    r"(?:the |about the )?(?:author|writer|reporter|columnist|contact|e-?mail|write|reach)\b", re.I
)


def read_html(data: bytes, origin: Origin) -> tuple[Page, Article]:
    """Read an HTML page.

    Raises:
        UnreadableError: empty or binary.
        TooLargeError: more bytes or blocks than are read of one page.
        NoArticleError: no text, or only menus and links.
    """
    text = decode(data, origin, html=True).text
    refuse_floods(text, named(origin))
    tree = parse(text)
    rendering = render(tree) if tree is not None else None
    if rendering is None or not rendering.blocks:
        raise NoArticleError(
            f"{named(origin)}: no article, the page has no visible text; give the page as a reader sees it"
        )
    rendered = rendering.blocks
    if len(rendered) > MOST_BLOCKS:
        raise TooLargeError(
            f"{named(origin)}: {len(rendered):,} blocks, more than the {MOST_BLOCKS:,} read of one page"
        )
    refuse_long(rendering.text, named(origin))
    facts = declared(tree)
    prose = frozenset(i for i, block in enumerate(rendered) if is_prose(block))
    kept = kept_blocks(tree, rendered)
    kept |= in_declared_body(rendered, prose, facts)
    kept |= lost_siblings(rendered, prose, kept)
    outside = outside_items(rendered, prose, kept, origin.url or facts.url)
    kept |= outside
    if not prose & kept:
        raise NoArticleError(
            f"{named(origin)}: no article among {len(rendered):,} blocks of text, only menus and links; "
            "give the page of one article"
        )
    labels = label_blocks(rendered, prose, kept, facts, origin)
    labels = [("list", None) if i in outside else label for i, label in enumerate(labels)]
    body = [i for i, (role, _) in enumerate(labels) if role in BODY_ROLES]
    entries = live_entries(tree, rendered, body, facts, origin.published or facts.published)
    labels = _with_entries(rendered, labels, entries)
    blocks = [block for piece, label in zip(rendered, labels, strict=True) for block in cut(piece, label)]
    page = Page(
        sha256=hashlib.sha256(data).hexdigest(),
        url=origin.url or facts.url,
        outlet=origin.outlet or facts.outlet,
        captured=origin.captured,
        media_type="text/html",
        text=rendering.text,
    )
    if not (facts.published or origin.published or any(role == "date" for role, _ in labels)):
        facts = guessed_date(tree, facts)
    article = compose(rendering.text, blocks, origin, declared=facts)
    return page, replace(article, entries=entries)


def _with_entries(blocks: Sequence[Rendered], labels: list[Label], entries: Sequence[Entry]) -> list[Label]:
    """Return the labels with the paragraphs of live entries as such, and lines that only say their time as dates."""
    found = list(labels)
    starts = [block.start for block in blocks]
    for entry in entries:
        for i in range(bisect_left(starts, entry.start - BEFORE_ENTRY), bisect_right(starts, entry.end)):
            block = blocks[i]
            if block.element.tag == "time" or CLOCK_LINE.fullmatch(block.text):
                found[i] = ("date", None)
            elif labels[i] == ("body", None) and entry.start <= block.start < entry.end:
                found[i] = ("live_entry", None)
    return found


def is_prose(block: Rendered) -> bool:
    """Say whether a block is running text and not a link."""
    return (
        not block.linked
        and not block.context.heading
        and word_count(block.text[:400]) >= FEWEST_PROSE_WORDS
        and (ends_sentence(block.text) or len(block.text) > 120)
    )


def label_blocks(
    blocks: Sequence[Rendered], prose: frozenset[int], kept: set[int], facts: Declared, origin: Origin
) -> list[Label]:
    """Return what each block is, one label per block."""
    titles = _titles(blocks, facts, origin)
    longest = max((2 * len(title) for title in titles), default=0)
    labels: list[Label | None] = [None] * len(blocks)
    for i, block in enumerate(blocks):
        if len(block.text) <= longest and not block.context.menu and folded(block.text) in titles:
            labels[i] = ("headline", None)
    body = sorted(i for i in kept if labels[i] is None)
    body = _before_tail(blocks, prose, body)
    for i in body:
        labels[i] = _kept_label(blocks[i], prose=i in prose)
    _label_copies(blocks, labels, body)
    _label_author_note(blocks, labels, body, facts.authors)
    _label_items(blocks, labels, body)
    _label_bold(blocks, labels, body)
    told = [i for i in body if labels[i] in (("body", None), ("list", None), ("quotation", None))]
    first, last = (told[0], told[-1]) if told else (0, -1)
    top = max((i for i in range(first) if labels[i] == ("headline", None)), default=first)
    for i, block in enumerate(blocks):
        if labels[i] is None:
            labels[i] = _left_label(block, inside=top <= i <= last)
    _label_standfirst(blocks, labels, first, facts)
    return [label or ("furniture", "other") for label in labels]


def lost_siblings(blocks: Sequence[Rendered], prose: frozenset[int], kept: set[int]) -> set[int]:
    """Return prose that the extractor left out though it stands in the same elements as what it kept."""
    parents = Counter(blocks[i].element.getparent() for i in prose & kept)
    classes = Counter(_class_of(parent) for parent in parents.elements())
    found = set()
    for i in prose - kept:
        block = blocks[i]
        if block.context.menu or block.context.aside or block.context.caption:
            continue
        parent = block.element.getparent()
        same_class = _class_of(parent)
        if parents[parent] >= LEAST_SIBLINGS or (same_class[1] and classes[same_class] >= LEAST_OF_CLASS):
            found.add(i)
    return found


def outside_items(blocks: Sequence[Rendered], prose: frozenset[int], kept: set[int], url: str | None) -> set[int]:
    """Return items that are links to other sites, of lists that stand beside kept prose: no stories of this outlet."""
    host = _host(url or "")
    if not host:
        return set()
    parents = Counter(blocks[i].element.getparent() for i in prose & kept)
    found = set()
    for i, block in enumerate(blocks):
        context = block.context
        if i in kept or not context.item or not block.linked or context.menu or context.aside:
            continue
        item = next((e for e in block.element.iterancestors("li")), None)
        beside = item is not None and item.getparent() is not None and parents[item.getparent().getparent()]
        links = item.findall(".//a[@href]") if beside and item is not None else []
        if links and all(_host(link.get("href")) not in ("", host) for link in links):
            found.add(i)
    return found


def _host(address: str) -> str:
    """Return the host of a link; "" for one that has none or is no address."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def in_declared_body(blocks: Sequence[Rendered], prose: frozenset[int], facts: Declared) -> set[int]:
    """Return the prose that the page gives in the article bodies of its JSON-LD, whatever the extractor keeps."""
    updates = (string(first(update.get("articleBody"))) or "" for update in facts.updates[:MOST_ENTRIES])
    body = folded(" ".join((facts.body or "", *updates)))
    return {
        i
        for i in prose
        if body
        and not blocks[i].context.menu
        and not blocks[i].context.caption
        and len(key := folded(blocks[i].text)) >= SAME_TWICE
        and key in body
    }


def _class_of(element: Any) -> tuple[str, str]:
    """Return an element's tag and class, which pieces of one article share."""
    return (str(element.tag), element.get("class") or "") if element is not None else ("", "")


def _titles(blocks: Sequence[Rendered], facts: Declared, origin: Origin) -> set[str]:
    """Return the headline in the forms the page has it, folded: as declared and as its main heading."""
    found = {folded(title) for title in (origin.title, facts.headline) if title}
    headings = [block.text for block in blocks if block.context.heading == "h1" and not block.context.menu]
    if len(headings) == 1 and word_count(headings[0]) > 2:
        found.add(folded(headings[0]))
    return {title for title in found if title}


def _kept_label(block: Rendered, *, prose: bool) -> Label:
    """Return what a block is that the extractor keeps."""
    text, context = block.text, block.context
    if context.embed:
        return "embed", None
    if context.caption:
        return "caption", None
    if context.table and " | " in text and not block.linked:
        return "table", None
    own = _own_label(text)
    if own is not None:
        return own
    if block.linked and not (context.heading and word_count(text) < FEWEST_LINKED_WORDS):
        return "furniture", "related" if word_count(text) > MOST_LABEL_WORDS else "navigation"
    if context.heading:
        return "subhead", None
    if context.table and not prose:
        return "table", None
    if context.quotation:
        return "quotation", None
    return ("list", None) if context.item else ("body", None)


def _own_label(text: str, *, captions: bool = True) -> Label | None:
    """Return what a block is by its words alone; None when it may be body. captions: whether it can be one."""
    if credit_line(text) is not None:
        return "wire_credit", None
    if date_line(text):
        return "date", None
    if find_byline(text):
        return "byline", None
    if captions and caption_parts(text):
        return "caption", None
    kind = furniture_kind(text)
    return ("furniture", kind) if kind else None


def _left_label(block: Rendered, *, inside: bool) -> Label:
    """Return what a block is that the extractor leaves out; inside: it stands amid the body."""
    text, context = block.text, block.context
    if context.menu:
        return "furniture", furniture_kind(text) or "navigation"
    if context.embed and inside:
        return "embed", None
    if block.linked:
        kind = furniture_kind(text)
        return "furniture", kind or ("related" if word_count(text) > MOST_LABEL_WORDS else "navigation")
    own = _own_label(text, captions=inside)
    if inside and (context.caption or (own is not None and own[0] == "caption")):
        return "caption", None
    if own is not None and own[0] in ("wire_credit", "date", "byline", "furniture"):
        return own
    if context.aside:
        return "furniture", "related"
    return "furniture", tail_kind(text) or "other"


def _before_tail(blocks: Sequence[Rendered], prose: frozenset[int], body: list[int]) -> list[int]:
    """Return the kept blocks without those after a line that ends the article, if little prose follows it."""
    words = {i: word_count(blocks[i].text) if i in prose else 0 for i in body}
    total, before = sum(words.values()), 0
    for place, i in enumerate(body):
        if before and tail_kind(blocks[i].text) and total - before <= LARGEST_TAIL * before:
            return body[:place]
        before += words[i]
    return body


def _label_copies(blocks: Sequence[Rendered], labels: list[Label | None], body: Sequence[int]) -> None:
    """Label a run of long blocks that stand a second time as furniture; one question asked twice is no copy."""
    seen: set[str] = set()
    again = []
    for i in body:
        key = folded(blocks[i].text[:LONGEST_COMPARED])
        again.append(len(key) >= SAME_TWICE and key in seen)
        seen.add(key)
    for place, i in enumerate(body):
        if again[place] and (again[place - 1 : place] == [True] or again[place + 1 : place + 2] == [True]):
            labels[i] = ("furniture", "other")


def _label_author_note(
    blocks: Sequence[Rendered], labels: list[Label | None], body: Sequence[int], authors: Sequence[str]
) -> None:
    """Label notes on the author among the last blocks; where authors are declared, a note names one of them."""
    surnames = {author.split()[-1] for author in authors}
    for i in body[max(1, len(body) - LAST_BLOCKS) :]:
        text = blocks[i].text
        if labels[i] in (("body", None), ("list", None)) and is_author_note(text):
            named = not surnames or any(surname in text for surname in surnames)
            if named or OF_THE_AUTHOR.match(text):
                labels[i] = ("furniture", "other")


def _label_items(blocks: Sequence[Rendered], labels: list[Label | None], body: Sequence[int]) -> None:
    """Label as list what reads like a promo among the items of a list, as steps do ("Sign up for an account")."""
    for place, i in enumerate(body):
        if labels[i] == ("furniture", "promo") and blocks[i].context.item and not blocks[i].linked:
            beside = (*body[max(0, place - 1) : place], *body[place + 1 : place + 2])
            if any(labels[k] == ("list", None) for k in beside):
                labels[i] = ("list", None)


def _label_bold(blocks: Sequence[Rendered], labels: list[Label | None], body: Sequence[int]) -> None:
    """Label as subhead a short line all in bold type with prose behind it; one with a figure in it stays body."""
    for i, after in pairwise(body):
        block = blocks[i]
        if labels[i] != ("body", None) or block.element.tag not in BOLD or labels[after] not in BEHIND_SUBHEAD:
            continue
        whole = " ".join(block.element.text_content().split()) == block.text
        if whole and is_subhead(block.text) and not DIGIT.search(block.text):
            labels[i] = ("subhead", None)


def _label_standfirst(blocks: Sequence[Rendered], labels: list[Label | None], first: int, facts: Declared) -> None:
    """Label the standfirst, kept or left out: marked as one, a heading, or the page's own description, near the top.

    A kept paragraph that only repeats the description stays body: the description often is the first paragraph.
    """
    described = folded(facts.description or "")[:SAME_TWICE]
    for i in range(min(first, len(blocks) - 1), -1, -1):
        block, label = blocks[i], labels[i]
        if label == ("headline", None):
            return
        if label is None or block.linked or block.context.menu:
            continue
        if not FEWEST_STANDFIRST_WORDS <= word_count(block.text) <= MOST_STANDFIRST_WORDS:
            continue
        marked = STANDFIRST_CLASS.search(f"{block.element.get('class') or ''} {block.element.get('id') or ''}")
        repeats = len(described) > SHORTEST_DESCRIPTION and folded(block.text).startswith(described)
        if (
            (label[0] == "body" and marked)
            or label[0] == "subhead"
            or (label[0] == "furniture" and (marked or repeats))
        ):
            labels[i] = ("standfirst", None)
            return


def cut(block: Rendered, label: Label) -> list[Block]:
    """Return a block with the credits at its end, or the parts of its caption, apart."""
    text, role = block.text, label[0]
    parts: list[tuple[int, int, Label]] = []
    if role == "caption":
        found = caption_parts(text, under_picture=block.context.caption)
        if found is not None:
            parts = [
                (0, found.words, ("furniture", "other")),
                (found.words, found.credit, label),
                (found.credit, len(text), ("credit", None)),
            ]
    elif role in ("body", "list", "live_entry"):
        end = trailing_credit(text)
        if end is not None:
            parts = [(0, end, label), (end, len(text), ("wire_credit", None))]
    if not parts:
        return [Block(start=block.start, end=block.end, role=role, kind=label[1])]
    blocks = []
    for start, end, part in parts:
        words = text[start:end]
        begin = block.start + start + len(words) - len(words.lstrip())
        if words.strip():
            blocks.append(Block(start=begin, end=begin + len(words.strip()), role=part[0], kind=part[1]))
    return blocks
