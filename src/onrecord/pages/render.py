"""An HTML tree -> the visible text of its blocks, in document order, joined by line breaks.

Scripts, styles, templates and hidden elements are no visible text. Blanks inside a block are one blank, a single <br>
is a line break inside it, two end it. A row of a table is one block, a stroke between its cells. The walk keeps its
own stack, so nested elements cannot exhaust Python's.
"""

import re
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

FEWEST_CARD_LINKS = 2
"""Links from which an inline element with a picture is a card that pops up over a name and not part of a sentence."""

Element = Any  # lxml ships no types


class Context(msgspec.Struct, frozen=True):
    """Which elements a block stands in: the nearest of those that tell its role, and what kinds of region."""

    tag: str = ""
    caption: bool = False
    quotation: bool = False
    embed: bool = False
    item: bool = False
    table: bool = False
    heading: str = ""
    menu: bool = False
    aside: bool = False
    article: int = 0


class Rendered(msgspec.Struct, frozen=True):
    """A block of visible text: start and end count in the page's text, linked the characters in links."""

    start: int
    end: int
    text: str
    context: Context
    linked: int
    element: Element


class Rendering(msgspec.Struct, frozen=True):
    """The visible text of a page and its blocks."""

    text: str
    blocks: tuple[Rendered, ...]


def is_hidden(element: Element) -> bool:
    """Say whether an element is not shown: by attribute, inline style, or a class for screen readers only."""
    attributes = element.attrib
    if not attributes:
        return False
    if "hidden" in attributes and attributes["hidden"] != "until-found":
        return True
    style, names = attributes.get("style"), attributes.get("class")
    return bool((style and HIDDEN_STYLE.search(style)) or (names and HIDDEN_CLASS.search(names)))


EMBED_CLASS = re.compile(
    r"\b(?:twitter-(?:tweet|video)|instagram-media|fb-(?:post|video)|tiktok-embed|bluesky-embed|telegram-post)\b"
)
MENU_TAGS = frozenset({"nav", "footer", "menu", "form", "button"})


def _inside(context: Context, element: Element, tag: str, count: int) -> Context:
    """Return the context of what an element holds."""
    changes: dict[str, object] = {}
    if tag in BLOCKS:
        changes["tag"] = tag
    if tag in HEADINGS:
        changes["heading"] = tag
    elif tag in ("figcaption", "caption"):
        changes["caption"] = True
    elif tag == "blockquote":
        changes["embed" if EMBED_CLASS.search(element.get("class") or "") else "quotation"] = True
    elif tag in ("li", "dd", "dt"):
        changes["item"] = True
    elif tag == "table":
        changes["table"] = True
    elif tag in MENU_TAGS or element.get("role") in ("navigation", "contentinfo", "banner", "search"):
        changes["menu"] = True
    elif tag == "aside":
        changes["aside"] = True
    elif tag == "article":
        changes["article"] = count
    return msgspec.structs.replace(context, **changes) if changes else context


class _Collector:
    """Gathers the characters of one block after the other."""

    def __init__(self) -> None:
        self.blocks: list[Rendered] = []
        self.parts: list[str] = []
        self.linked = 0
        self.length = 0
        self.context = Context()
        self.element: Element = None
        self.cards: list[tuple[Element, Context]] = []

    def add(self, text: str, context: Context, element: Element, in_link: bool) -> None:
        """Add characters to the block being gathered."""
        if not self.parts:
            if not text.strip():
                return  # blanks before a block say nothing about where it stands
            self.context, self.element = context, element
        self.parts.append(text)
        if in_link:
            self.linked += len("".join(text.split()))

    def line_break(self, context: Context, element: Element) -> None:
        """Break the line; a second break in a row ends the block."""
        if self.parts and not self.parts[-1].strip(" "):
            self.parts.pop()
        if self.parts and self.parts[-1] == "\n":
            self.flush()
        elif self.parts:
            self.add("\n", context, element, False)

    def next_cell(self, context: Context, element: Element) -> None:
        """Go on in the next cell of a row."""
        if self.parts:
            self.add(" | ", context, element, False)

    def flush(self) -> None:
        """End the block being gathered; one of blanks alone is dropped."""
        if not self.parts:
            return
        self._append("".join(self.parts), self.context, self.linked, self.element)
        self.parts, self.linked = [], 0
        for card, context in self.cards:
            words = card.text_content()
            self._append(words, context, len("".join(words.split())), card)
        self.cards = []

    def _append(self, words: str, context: Context, linked: int, element: Element) -> None:
        if "\n" in words:
            text = BREAKS.sub("\n", BLANKS.sub(" ", words)).strip()
        else:
            text = " ".join(words.split())
        if text:
            start = self.length + (1 if self.blocks else 0)
            self.length = start + len(text)
            self.blocks.append(Rendered(start, self.length, text, context, linked, element))


def render(root: Element) -> Rendering:
    """Return the visible text of a parsed page."""
    collector = _Collector()
    stack: list[tuple[Context, Element, bool]] = [(Context(), root, False)]
    articles = 0
    rows: set[Element] = set()
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            tag = element.tag
            articles += tag == "article"
            context, _, in_link = stack[-1]
            inside = _inside(context, element, tag, articles)
            stack.append((inside, element, in_link or tag == "a"))
            if tag in INVISIBLE or is_hidden(element):
                walk.skip_subtree()
                continue
            if tag == "span" and collector.parts and is_card(element):
                collector.cards.append((element, msgspec.structs.replace(inside, aside=True)))
                walk.skip_subtree()
                continue
            if tag == "tr" and is_row(element):
                rows.add(element)
            if tag in CELLS and element.getparent() in rows:
                collector.next_cell(inside, element)
            elif tag in BLOCKS:
                collector.flush()
            elif tag == "br":
                collector.line_break(inside, element)
            if element.text:
                collector.add(_spaced(element.text), inside, element, stack[-1][2])
            continue
        if event == "end":
            stack.pop()
            if element.tag in BLOCKS and not (element.tag in CELLS and element.getparent() in rows):
                collector.flush()
        if element.tail and element is not root:
            context, outer, in_link = stack[-1]
            collector.add(_spaced(element.tail), context, outer, in_link)
    collector.flush()
    return Rendering("\n".join(block.text for block in collector.blocks), tuple(collector.blocks))


def is_row(element: Element) -> bool:
    """Say whether a table's row is read as one line: two cells or more, each a few words without blocks or breaks."""
    cells = [cell for cell in element if cell.tag in CELLS]
    return (
        len(cells) > 1
        and not any(inner.tag in BLOCKS or inner.tag == "br" for cell in cells for inner in cell.iterdescendants())
        and all(len("".join(cell.itertext())) <= MOST_CELL_CHARACTERS for cell in cells)
    )


def is_card(element: Element) -> bool:
    """Say whether an inline element is a card that pops up over a name: a picture and links to other pages."""
    return element.find("img") is not None and len(element.findall("a")) >= FEWEST_CARD_LINKS


def _spaced(text: str) -> str:
    """Return text with its source line breaks as blanks."""
    return text.replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text
