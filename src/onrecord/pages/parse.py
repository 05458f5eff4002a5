"""Decoded HTML -> a parsed tree, whatever the HTML is like. Elements nested beyond reason are unwrapped, text kept."""

import re
from typing import Any

from lxml import etree, html

DEEPEST = 160
"""Elements kept inside one another. The parser gives up at 256 and loses what is inside; news pages have below 60."""

VOID = frozenset({
    "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta",
    "param", "source", "track", "wbr", "html", "head", "title",
})  # fmt: skip
"""Elements that nothing is nested in, and those that stand at the top of a page."""

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})(?=[\s/>])[^>]*>")
PARAGRAPH_BREAK = frozenset({
    "div", "section", "article", "main", "aside", "header", "footer", "ul", "ol", "dl", "blockquote", "table",
    "figure", "center", "p", "li", "dd", "dt", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "option",
})  # fmt: skip

PARSER_OPTIONS: dict[str, Any] = {
    "encoding": "utf-8",
    "remove_comments": True,
    "remove_pis": True,
    "collect_ids": False,
}

CONTROLS_TO_BLANKS = bytes(32 if code < 32 and code not in b"\t\n\r" else code for code in range(256))
NO_CHARACTERS = ("\x00", "\ufffe", "\uffff")
REPLACED = "\ufffd"
"""What the parser lets through and its tree refuses to be given again, and what stands for it."""
END_LEFT_OUT = frozenset({"p", "li", "dd", "dt", "tr", "td", "th", "option"})
"""Elements that end where the next of their kind begins, with or without an end tag."""


def parse(text: str) -> Any | None:
    """Return the root of a page's tree, without comments; None when there is no element in it."""
    parser = _parser()
    root = _document(text, parser)
    if root is not None and any("depth" in entry.message.lower() for entry in parser.error_log):
        root = _document(unnested(text), _parser())
    return root


def _parser() -> Any:
    """Return a parser whose elements are all of one class, which lxml looks up without a call into Python."""
    parser = etree.HTMLParser(**PARSER_OPTIONS)
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(
            element=html.HtmlElement,
            comment=html.HtmlComment,
            pi=html.HtmlProcessingInstruction,
            entity=html.HtmlEntity,
        )
    )
    return parser


def _document(text: str, parser: Any) -> Any | None:
    for mark in NO_CHARACTERS:
        text = text.replace(mark, REPLACED)
    data = text.encode("utf-8", "replace").translate(CONTROLS_TO_BLANKS)
    try:
        return html.document_fromstring(data, parser=parser)
    except (html.etree.ParserError, html.etree.XMLSyntaxError):  # a document without any element
        return None


def unnested(text: str) -> str:
    """Return HTML in which no element stands in more than DEEPEST others; deeper tags become line breaks or nothing."""
    kept: list[str] = []
    open_: list[str] = []
    last = 0
    dropped: dict[str, int] = {}
    # Up to the last ">": behind it, the end of each tag would be looked for to the end of the page.
    for found in TAG.finditer(text, 0, text.rfind(">") + 1):
        closing, tag = found.group(1), found.group(2).lower()
        if tag in VOID:
            continue
        drop = False
        if not closing:
            if tag in END_LEFT_OUT and open_[-1:] == [tag] and len(open_) < DEEPEST:
                open_.pop()
            drop = len(open_) >= DEEPEST
            if drop:
                dropped[tag] = dropped.get(tag, 0) + 1
            else:
                open_.append(tag)
        elif dropped.get(tag):
            drop = True
            dropped[tag] -= 1
        elif tag in open_:
            while open_.pop() != tag:
                pass
        if drop:
            between = text[last : found.start()]
            kept.append(between)
            if tag in PARAGRAPH_BREAK and between and not between.isspace():
                kept.append("<br><br>")
            last = found.end()
    return "".join(kept) + text[last:]
