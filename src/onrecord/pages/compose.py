"""Labelled blocks of a page -> the article: its headline, names, dates, credits, captions and running text.

What is known from outside (an argument, a manifest) beats what the page declares, which beats what its blocks show.
Labels come from the caller; nothing here changes a role.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from onrecord.errors import TooLargeError
from onrecord.pages.access import access_in
from onrecord.pages.credited import reporters_and_editors
from onrecord.pages.credits import agencies, credit_line, find_byline, find_dateline, first_dateline
from onrecord.pages.dates import date_line
from onrecord.pages.decode import named
from onrecord.pages.posts import find_posts
from onrecord.records import Access, Article, Block, BlockRole, Caption, Origin, Why

BODY_ROLES: frozenset[BlockRole] = frozenset({
    "body", "subhead", "list", "quotation", "embed", "table", "live_entry",
})  # fmt: skip
"""Roles that make up the running text: what a reader reads from top to bottom, posts, rows of tables and the paragraphs
of live entries included."""

LONGEST_ARTICLE = 400_000
"""Characters of one article, four times the longest of 9,780 articles of the development sets."""

LONGEST_COUNTED = 20_000
"""Characters of a paragraph that count for this: what the reader reads of one at most."""

MOST_BEFORE_DATELINE = 3
"""Paragraphs among which a report's dateline stands; later ones begin other items of a round-up."""

ASIDE: frozenset[BlockRole] = frozenset({"furniture", "subhead"})
"""Roles of lines in which a page speaks of itself."""

SHOWN = {
    "headline": "the block with the role headline",
    "standfirst": "the block with the role standfirst",
    "byline": "the block with the role byline",
    "published": "the block with the role date",
    "modified": "the block with the role date",
    "dateline": "the start of a first paragraph",
    "topics": "the page's list of tags",
    "wire_credits": "datelines, credit lines, bylines",
    "reporters": "the blocks with the role wire_credit",
    "editors": "the blocks with the role wire_credit",
}
"""Where a field is read in the text when nothing else gives it."""

FEWEST_SUMMARY_WORDS = 6
MOST_SUMMARY_WORDS = 80
"""Words of a description that can be a standfirst: those of the standfirsts that pages show."""

LEAST_SHARED = 0.5
"""Share of a description's long words that the body must have too."""

LONGEST_COMPARED = 60
"""Letters at the start of a description by which it is found in the body."""

LONG_WORD = re.compile(r"[^\W\d_]{5,}")
LETTERS = re.compile(r"[^\W_]+")
FOLDED = {code: chr(code).lower() if chr(code).isalnum() else None for code in range(128)}
"""What `folded` makes of plain English letters, which takes it a tenth of the time."""


class Declared(msgspec.Struct, frozen=True):
    """What a page says about itself outside its text: JSON-LD, meta tags; updates are a live page's, as given."""

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    section: str | None = None
    access: Access = "unknown"
    topics: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    description: str | None = None
    body: str | None = None
    updates: tuple[dict[str, Any], ...] = ()
    why: tuple[Why, ...] = ()


NOTHING = Declared()


def folded(text: str) -> str:
    """Return the letters and digits of a text in lower case, for comparing what was printed twice."""
    return text.translate(FOLDED) if text.isascii() else "".join(LETTERS.findall(text)).casefold()


def words_of(text: str, block: Block) -> str:
    """Return the words of a block on one line."""
    return " ".join(text[block.start : block.end].split())


def compose(
    text: str, blocks: Sequence[Block], origin: Origin, *, declared: Declared = NOTHING, topics: Sequence[str] = ()
) -> Article:
    """Return the article that labelled blocks make up.

    Args:
        text: the page's text, which the blocks count in.
        blocks: in text order, without overlap.
        origin: what is known from outside.
        declared: what the page says about itself outside its text.
        topics: tags that the page lists in its text.

    Raises:
        TooLargeError: more characters than LONGEST_ARTICLE.
    """
    size = sum(min(b.end - b.start, LONGEST_COUNTED) for b in blocks if b.role != "furniture")
    if size > LONGEST_ARTICLE:
        raise TooLargeError(
            f"{named(origin)}: an article of {size:,} characters, more than the {LONGEST_ARTICLE:,} read; split it"
        )
    shown = {
        role: [words_of(text, b) for b in blocks if b.role == role] for role in ("headline", "standfirst", "byline")
    }
    dates = [found for b in blocks if b.role == "date" and (found := date_line(words_of(text, b)))]
    names = [name for line in shown["byline"] for name in find_byline(line) or ()]
    reporters, editors = reporters_and_editors([words_of(text, b) for b in blocks if b.role == "wire_credit"])
    told = None if declared.access != "unknown" else access_in(words_of(text, b) for b in blocks if b.role in ASIDE)
    body = "\n\n".join(words_of(text, b) for b in blocks if b.role in BODY_ROLES)
    summary = None if shown["standfirst"] else summary_beside(declared.description or "", body)
    article = Article(
        headline=origin.title or declared.headline or next(iter(shown["headline"]), None),
        standfirst=" ".join(shown["standfirst"]) or summary,
        byline=declared.authors or tuple(dict.fromkeys(names)),
        dateline=_dateline(text, blocks),
        published=origin.published or declared.published or next((d.published for d in dates if d.published), None),
        modified=declared.modified or next((d.modified for d in dates if d.modified), None),
        language=declared.language,
        section=declared.section,
        access=told[0] if told else declared.access,
        topics=tuple(dict.fromkeys((*declared.topics, *topics))),
        wire_credits=_wire_credits(text, blocks, declared),
        reporters=reporters,
        editors=editors,
        captions=_captions(text, blocks),
        posts=find_posts(text, blocks),
        body=body,
        blocks=tuple(blocks),
    )
    return msgspec.structs.replace(article, why=tuple(_whys(article, origin, declared, told)))


def summary_beside(description: str, body: str) -> str | None:
    """Return a page's description where it tells the story in other words than the body; None for other descriptions.

    Most descriptions are the first words of the body, or speak of the outlet: these share few words with the body.
    """
    begins = description.rstrip(". \u2026")[:LONGEST_COMPARED]
    if not FEWEST_SUMMARY_WORDS <= len(description.split()) <= MOST_SUMMARY_WORDS:
        return None
    if begins in body or folded(begins) in folded(body):
        return None
    words = {word.casefold() for word in LONG_WORD.findall(description)}
    told = {word.casefold() for word in LONG_WORD.findall(body)}
    return description if words and len(words & told) >= LEAST_SHARED * len(words) else None


def _whys(article: Article, origin: Origin, declared: Declared, told: tuple[Access, str] | None) -> Iterator[Why]:
    """Yield where each field that has a value comes from."""
    given = {"headline": origin.title, "published": origin.published}
    stated = {why.field for why in declared.why}
    for field, value in given.items():
        if value:
            yield Why(field=field, says=f"{value}: given with the page")
    yield from (why for why in declared.why if not given.get(why.field))
    if told:
        yield Why(field="access", says=f'{told[0]}: the page says "{told[1]}"')
    shown = SHOWN
    if not any(block.role == "standfirst" for block in article.blocks):
        shown = SHOWN | {"standfirst": "the page's description, which its text does not have"}
    for field, place in shown.items():
        value = getattr(article, field)
        if value and field not in stated and not given.get(field):
            words = value if isinstance(value, str) else ", ".join(value)
            yield Why(field=field, says=f"{words}: {place}")


def _dateline(text: str, blocks: Sequence[Block]) -> str | None:
    """Return the dateline: at the start of one of the first paragraphs."""
    for block in [b for b in blocks if b.role in ("dateline", "body")][:MOST_BEFORE_DATELINE]:
        found = find_dateline(text[block.start : block.end])
        if found or block.role == "dateline":
            return " ".join(found.place.split()) if found else words_of(text, block)
    first = first_dateline([words_of(text, block) for block in blocks if block.role == "body"])
    return first.place if first else None


def _wire_credits(text: str, blocks: Sequence[Block], declared: Declared) -> tuple[str, ...]:
    """Return the agencies credited in datelines, credit lines, bylines and the page's own data, in that order."""
    found: list[str] = []
    for block in blocks:
        if block.role == "wire_credit":
            words = words_of(text, block)
            found += credit_line(words) or agencies(words)
        elif block.role == "body":
            dateline = find_dateline(text[block.start : block.end])
            found += dateline.agencies if dateline else ()
        elif block.role == "byline":
            found += agencies(words_of(text, block))
    return tuple(dict.fromkeys((*found, *declared.agencies)))


def _captions(text: str, blocks: Sequence[Block]) -> tuple[Caption, ...]:
    """Return the captions, each with the credit that follows it."""
    found = []
    for index, block in enumerate(blocks):
        if block.role == "caption":
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            credit = words_of(text, after).strip("()[] ") if after and after.role == "credit" else None
            found.append(Caption(text=words_of(text, block), credit=credit))
    return tuple(found)
