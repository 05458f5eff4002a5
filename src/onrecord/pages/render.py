"""An HTML tree -> the visible text of its blocks, in document order, joined by line breaks.

Scripts, styles, templates and hidden elements are no visible text. Blanks inside a block are one blank, a single <br>
is a line break inside it, two end it. A row of a table is one block, a stroke between its cells. The walk keeps its
own stack, so nested elements cannot exhaust Python's.
"""

import re
from itertools import islice
from typing import Any

import msgspec
from lxml import etree

INVISIBLE = frozenset({
    "script", "style", "template", "noscript", "head", "title", "meta", "link", "iframe", "svg", "canvas", "object",
    "embed", "video", "audio", "source", "track", "map", "select", "option", "datalist", "textarea", "input",
    "math", "applet", "frameset", "noframes",
})  # fmt: skip
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li",
    "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "caption", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul", "button", "amp-img", "html", "legend", "label",
})  # fmt: skip
HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text|-only)?|u-hidden-visually|element-invisible|a11y-hidden)(?:\s|$)",
    re.I,
)
BLANKS = re.compile(r"[^\S\n]+")
BREAKS = re.compile(r" ?\n ?")

CELLS = frozenset({"td", "th"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

MOST_CELL_CHARACTERS = 160
"""Characters of the longest cell in a row that is read as one line; longer ones hold prose, or lay out the page."""

WHOLLY_LINKED = 0.9
"""Share of a block's characters that are links from which it leads elsewhere."""

FEWEST_CARD_LINKS = 2
"""Links from which an inline element with a picture is a card that pops up over a name and not part of a sentence."""

Element = Any  # lxml ships no types


class Context(msgspec.Struct, frozen=True):
    """Which elements a block stands in: the nearest of those that tell its role, and what kinds of region."""

    caption: bool = False
    quotation: bool = False
    embed: bool = False
    item: bool = False
    table: bool = False
    heading: str = ""
    menu: bool = False
    aside: bool = False


class Rendered(msgspec.Struct, frozen=True):
    """A block of visible text: start and end count in the page's text; linked: it is nothing but links."""

    start: int
    end: int
    text: str
    context: Context
    linked: bool
    element: Element


class Rendering(msgspec.Struct, frozen=True):
    """The visible text of a page and its blocks."""

    text: str
    blocks: tuple[Rendered, ...]


EMBED_CLASS = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|fb-(?:post|video)|(?:tiktok|bluesky|mastodon)-embed|telegram-post)\b"
)
"""Classes in the code that networks hand out for embedding a post (source: their own help pages)."""

KINDS = {
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("li", "dd", "dt"), "item"),
    **dict.fromkeys(("nav", "footer", "menu", "form", "button"), "menu"),
    "table": "table",
    "blockquote": "quotation",
    "aside": "aside",
}
"""Elements that tell a role, and the field of the context that says so."""

BOXES = frozenset({"div", "section", "article"})
MENU_ROLES = frozenset({"navigation", "contentinfo", "banner", "search"})


def told_by(element: Element, classes: dict[str, str]) -> str:
    """Return what the attributes of an element tell: "hidden", "embed" or "".

    Args:
        element: looked at for its class, style and `hidden`.
        classes: what is known of the classes of the page; hundreds of elements have the same.
    """
    told = ""
    names = element.get("class")
    if names:
        known = classes.get(names)
        if known is None:
            known = "hidden" if HIDDEN_CLASS.search(names) else "embed" if EMBED_CLASS.search(names) else ""
            classes[names] = known
        told = known
    style = element.get("style")
    if (style and HIDDEN_STYLE.search(style)) or element.get("hidden", "until-found") != "until-found":
        return "hidden"
    return told


def _inside(context: Context, element: Element, tag: str, told: str) -> Context:
    """Return the context of what an element holds; told is what its attributes tell."""
    if tag in HEADINGS:
        return msgspec.structs.replace(context, heading=tag)
    kind = KINDS.get(tag)
    if told == "embed" and (kind == "quotation" or tag in BOXES):
        kind = "embed"
    elif kind == "quotation" and context.embed:
        return context
    elif kind is None:
        if element.get("role") not in MENU_ROLES:
            return context
        kind = "menu"
    return msgspec.structs.replace(context, **{kind: True})


class _Collector:
    """Gathers the characters of one block after the other."""

    def __init__(self) -> None:
        self.blocks: list[Rendered] = []
        self.parts: list[str] = []
        self.links: list[str] = []
        self.length = 0
        self.context = Context()
        self.element: Element = None
        self.cards: list[tuple[Element, Context]] = []

    def add(self, text: str, context: Context, element: Element, in_link: bool) -> None:
        """Add characters to the block being gathered."""
        if not self.parts:
            if text.isspace():
                return  # blanks before a block say nothing about where it stands
            self.context, self.element = context, element
        if "\n" in text or "\r" in text:  # a line break in the source is a blank
            text = text.replace("\n", " ").replace("\r", " ")
        self.parts.append(text)
        if in_link:
            self.links.append(text)

    def line_break(self) -> None:
        """Break the line; a second break in a row ends the block."""
        if self.parts and not self.parts[-1].strip(" "):
            self.parts.pop()
        if self.parts and self.parts[-1] == "\n":
            self.flush()
        elif self.parts:
            self.parts.append("\n")

    def next_cell(self) -> None:
        """Go on in the next cell of a row."""
        if self.parts:
            self.parts.append(" | ")

    def flush(self) -> None:
        """End the block being gathered; one of blanks alone is dropped."""
        if not self.parts:
            return
        self._append("".join(self.parts), self.context, "".join(self.links), self.element)
        self.parts, self.links = [], []
        for card, context in self.cards:
            words = card.text_content()
            self._append(words, context, words, card)
        self.cards = []

    def _append(self, words: str, context: Context, links: str, element: Element) -> None:
        if "\n" in words:
            text = BREAKS.sub("\n", BLANKS.sub(" ", words)).strip()
        else:
            text = " ".join(words.split())
        if text:
            linked = bool(links) and _letters(links) >= WHOLLY_LINKED * _letters(text)
            start = self.length + (1 if self.blocks else 0)
            self.length = start + len(text)
            self.blocks.append(Rendered(start, self.length, text, context, linked, element))


def _letters(text: str) -> int:
    """Return how many characters of a text are no blanks."""
    return len("".join(text.split()))


def render(root: Element) -> Rendering:
    """Return the visible text of a parsed page."""
    collector = _Collector()
    stack: list[tuple[Context, Element, bool]] = [(Context(), root, False)]
    rows: set[Element] = set()
    classes: dict[str, str] = {}
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            context, _, in_link = stack[-1]
            told = "hidden" if tag in INVISIBLE else told_by(element, classes)
            if told == "hidden":
                stack.append(stack[-1])
                walk.skip_subtree()
                continue
            inside = _inside(context, element, tag, told)
            in_link = in_link or tag == "a"
            stack.append((inside, element, in_link))
            if tag in BLOCKS:
                if not rows or element.getparent() not in rows:
                    collector.flush()
                elif tag in CELLS:
                    collector.next_cell()
                if tag == "tr" and is_row(element):
                    rows.update((element, *element))
            elif tag == "br":
                collector.line_break()
            elif tag == "span" and collector.parts and is_card(element):
                collector.cards.append((element, msgspec.structs.replace(inside, aside=True)))
                walk.skip_subtree()
                continue
            if text := element.text:
                collector.add(text, inside, element, in_link)
            continue
        stack.pop()
        if tag in BLOCKS and not (rows and element.getparent() in rows):
            collector.flush()
        if (tail := element.tail) and element is not root:
            context, outer, in_link = stack[-1]
            collector.add(tail, context, outer, in_link)
    collector.flush()
    return Rendering("\n".join(block.text for block in collector.blocks), tuple(collector.blocks))


def is_row(element: Element) -> bool:
    """Say whether a table's row is read as one line: two cells or more, each a few words in at most one paragraph."""
    cells = [cell for cell in element if cell.tag in CELLS]
    return (
        len(cells) > 1
        and all(_is_figure(cell) for cell in cells)
        and all(len("".join(cell.itertext())) <= MOST_CELL_CHARACTERS for cell in cells)
    )


def _is_figure(cell: Element) -> bool:
    """Say whether a cell has no blocks or breaks, or one paragraph of its own with none in it."""
    broken = list(islice((one for one in cell.iterdescendants() if one.tag in BLOCKS or one.tag == "br"), 2))
    return not broken or (len(broken) == 1 and broken[0].tag in ("p", "div") and broken[0].getparent() is cell)


def is_card(element: Element) -> bool:
    """Say whether an inline element is a card that pops up over a name: a picture and links to other pages."""
    return element.find("img") is not None and len(element.findall("a")) >= FEWEST_CARD_LINKS
