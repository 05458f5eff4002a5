"""Decoded HTML -> a parsed tree, whatever the HTML is like. Elements nested beyond reason are unwrapped, text kept."""

import re
from typing import Any

from lxml import etree, html

DEEPEST = 160
"""Elements kept inside one another. The parser gives up at 256 and loses what is inside; news pages have below 60."""

NESTING = frozenset({
    "div", "span", "section", "article", "main", "aside", "header", "footer", "nav", "ul", "ol", "dl", "blockquote",
    "table", "figure", "font", "center", "b", "i", "u", "em", "strong", "small", "big", "sup", "sub", "a", "form",
    "fieldset", "details", "button", "label", "ins", "del", "code", "pre", "body",
})  # fmt: skip
"""Elements that are written with an end tag and so can be counted in the source."""

TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^>]*>")
PARAGRAPH_BREAK = frozenset({
    "div", "section", "article", "main", "aside", "header", "footer", "ul", "ol", "dl", "blockquote", "table",
    "figure", "center",
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
    depth, last = 0, 0
    dropped: dict[str, int] = {}
    for found in TAG.finditer(text):
        closing, tag = found.group(1), found.group(2).lower()
        if tag not in NESTING:
            continue
        drop = False
        if not closing:
            drop = depth >= DEEPEST
            if drop:
                dropped[tag] = dropped.get(tag, 0) + 1
            else:
                depth += 1
        elif dropped.get(tag):
            drop = True
            dropped[tag] -= 1
        else:
            depth = max(0, depth - 1)
        if drop:
            between = text[last : found.start()]
            kept.append(between)
            if tag in PARAGRAPH_BREAK and between and not between.isspace():
                kept.append("<br><br>")
            last = found.end()
    return "".join(kept) + text[last:]
