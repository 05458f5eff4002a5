"""The bytes of an XML file -> its tree. Entities are never expanded, no other file is opened, damage costs only itself.

Takes feeds, sitemaps and lists of feeds; says what is wrong with the file beside what could be read of it.
"""

import re
from typing import Any

from lxml import etree

from onrecord.errors import TooLargeError, UnreadableError
from onrecord.pages.decode import decode
from onrecord.records import Origin

HEAD_BYTES = 4_096
"""Bytes at the beginning of a file in which its first element stands."""

ROOT = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?><\?.{0,300}?\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^>\[]{0,300}(?:\[.{0,3000}?\]\s*)?>\s*)*+"
    rb"<([A-Za-z_][\w.-]{0,30}:)?([A-Za-z_][\w.-]{0,30})[\s/>]",
    re.DOTALL | re.IGNORECASE,
)

DECLARATION = re.compile(r"\A<\?xml\b[^>]{0,300}>")
DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*+(?:\[.*?\][ \t\r\n]{0,20})?>", re.DOTALL)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z][A-Za-z0-9]{0,40};")
"""Names of characters and of what the file declares: addresses and dates need none of them, and all are left out."""

STRAY = re.compile(r"<(?![A-Za-z_/!?])|&(?!(?:amp|lt|gt|quot|apos);|#)")
"""Signs that begin nothing; the parser takes long over many of them."""

SURROGATE = re.compile(
    r"&#(?:x0{0,9}d[89a-f][0-9a-f]{2}|0{0,9}(?:55(?:29[6-9]|[3-9]\d\d)|56\d{3}|57(?:[0-2]\d\d|3[0-3]\d|34[0-3])));?",
    re.IGNORECASE,
)
"""References to halves of a character (D800 to DFFF), which the parser hands on as bytes that are no text."""

MOST_TAGS, MOST_REFERENCES = 1_000_000, 500_000
"""Signs < and & of one list; one with 50,000 addresses has 600,000 and 200,000."""

LARGEST_LIST_BYTES = 10_000_000
"""Bytes read of one list. 50,000 addresses, the most that the sitemaps protocol allows, have 5 MB."""

LONGEST_SAID = 120
"""Characters of the parser's words that a message gives."""


def root_name(data: bytes) -> str | None:
    """Return the name of the first element of XML, in lower case and without prefix; None where it is no XML."""
    head = data[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head[: len(head) // 2 * 2].decode("utf-16", "ignore").encode()
    found = ROOT.match(head)
    return found[2].decode("ascii").lower() if found else None


def local_name(element: Any) -> str:
    """Return an element's name without namespace or prefix, in lower case; "" for comments and the like."""
    # Not by etree.QName, which raises where a prefix is not declared or a namespace is no address.
    return re.split("[}:]", element.tag)[-1].lower() if isinstance(element.tag, str) else ""


def parse_xml(data: bytes, where: str) -> tuple[Any, str | None]:
    """Return the root of the tree, and what is wrong with the file where something is.

    Args:
        data: the file.
        where: its name, for messages.

    Raises:
        TooLargeError: larger than LARGEST_LIST_BYTES.
        UnreadableError: no element can be read.
    """
    if len(data) > LARGEST_LIST_BYTES:
        raise TooLargeError(f"{where}: more than the {LARGEST_LIST_BYTES:,} bytes read of one file; split it")
    text = decode(data, Origin(name=where), html=True).text.strip("\ufeff \t\r\n")
    tags, references = text.count("<"), text.count("&")
    if tags > MOST_TAGS or references > MOST_REFERENCES:
        raise TooLargeError(
            f"{where}: {tags:,} tags and {references:,} character references, too many for one list; split it"
        )
    plain = _without_document_type(DECLARATION.sub("", text))
    plain = SURROGATE.sub("\ufffd", STRAY.sub("", ENTITY.sub("", plain)))
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True, collect_ids=False, encoding="utf-8",
    )  # fmt: skip
    try:
        root = etree.fromstring(plain.strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as err:
        raise UnreadableError(f"{where}: no XML that can be read ({str(err)[:LONGEST_SAID]}); get it again") from err
    if root is None:
        raise UnreadableError(f"{where}: no XML that can be read; get it again")
    if "<!ENTITY" in text:
        return root, f"{where}: declares entities, which are not expanded; the rest of it is used"
    errors = parser.error_log.filter_from_errors()
    if len(errors):
        said = errors[0].message[:LONGEST_SAID]
        return root, f"{where}: damaged XML in line {errors[0].line} ({said}); what could be read of it is used"
    return root, None


def _without_document_type(text: str) -> str:
    # Looked at once, at the first place: a search at every place takes for ever where they are many.
    start = text.find("<!DOCTYPE")
    found = DOCTYPE.match(text, start) if start >= 0 else None
    return text if found is None else text[:start] + text[found.end() :]
