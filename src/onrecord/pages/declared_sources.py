"""A parsed page -> what stands in its JSON-LD, meta tags, microdata and links, untouched, each with where it stood.

Reads only; which source is believed for which field is the caller's business. Values are words on one line.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

import msgspec
from lxml import etree

ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Background|Opinion|Review|Satirical|Scholarly|Tech|Blog|LiveBlog)?"
    r"(?:Article|Posting|NewsArticle)$"
)
MOST_JSON_LD = 400
"""Objects looked at in the JSON-LD of one page; a page of links can list thousands."""

LARGEST_JSON_LD = 2_000_000
"""Characters of the longest JSON-LD script that is parsed."""

CONTROL = re.compile(r"[\x00-\x1f]+")
JOINED = frozenset({
    "article:tag", "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author",
    "dcterms.creator", "og:article:author",
})  # fmt: skip
"""Meta tags that pages repeat, once for each value."""

LONGEST_JOINED = 5_000
"""Characters of such values together; 40 authors with their roles have 2,000."""

MICRODATA = frozenset({
    "headline", "datepublished", "datemodified", "author", "articlesection", "inlanguage", "keywords", "creator",
    "isaccessibleforfree", "description",
})  # fmt: skip
"""Properties of schema.org that are read where a page marks them on its elements."""

WITH_PROPERTY = etree.XPath(".//*[@itemprop][not(self::meta)]")

LONGEST_PROPERTY = 400
"""Characters of a property marked on an element; a longer one holds more than the property."""

Json = Any


class Sources(msgspec.Struct, frozen=True):
    """What a page declares: an article's JSON-LD, the updates of a live page, meta tags and microdata by name."""

    article: dict[str, Json]
    updates: tuple[dict[str, Json], ...]
    metas: dict[str, str]
    marked: dict[str, str]


def sources(tree: Any) -> Sources:
    """Return what a parsed page declares about itself."""
    objects = list(json_ld(tree))
    return Sources(_article_object(objects), tuple(_updates(objects)), _metas(tree), _marked(tree))


def string(value: Json) -> str | None:
    """Return a JSON value as words on one line; None when it is no text."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def first(value: Json) -> Json:
    """Return the first item of a list, or the value itself."""
    return value[0] if isinstance(value, list) and value else value


def text_of(value: Json, key: str) -> str | None:
    """Return the text of an object's key, or the value itself when it is text."""
    return string(value.get(key)) if isinstance(value, dict) else string(value)


def _metas(tree: Any) -> dict[str, str]:
    """Return the meta tags by lower-case name; values of a name that pages repeat are joined by "; "."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = " ".join(unescape(meta.get("content") or "").split())
        if not name or not value:
            continue
        if name in JOINED and 0 < len(found.get(name, "")) < LONGEST_JOINED:
            found[name] += f"; {value}"
        found.setdefault(name, value)
    return found


def _marked(tree: Any) -> dict[str, str]:
    """Return the properties that a page marks on its elements with itemprop; the first of each, all authors."""
    found: dict[str, str] = {}
    for element in WITH_PROPERTY(tree):
        for name in (element.get("itemprop") or "").lower().split():
            if name not in MICRODATA or (name in found and name not in ("author", "creator")):
                continue
            value = element.get("content") or element.get("datetime") or _name_inside(element)
            value = " ".join(unescape(value).split())
            if value and len(value) <= LONGEST_PROPERTY:
                found[name] = f"{found[name]}; {value}" if name in found else value
    return found


def _name_inside(element: Any) -> str:
    """Return the words of the name that a marked element holds, else all its words."""
    named = element.find(".//*[@itemprop='name']")
    inner = named if named is not None else element
    return str(inner.get("content") or inner.text_content())


def has_endless_json(tree: Any) -> bool:
    """Say whether a page has a JSON-LD script that is too long to be looked into."""
    return any(len(script.text or "") > LARGEST_JSON_LD for script in tree.iter("script"))


def json_ld(tree: Any) -> Iterator[dict[str, Json]]:
    """Yield the objects of all JSON-LD scripts, outer before inner, @graph and lists opened."""
    todo: list[Json] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > LARGEST_JSON_LD:
            continue
        text = script.text.strip().removeprefix("<![CDATA[").removesuffix("]]>").strip().removesuffix(";")
        try:
            todo.append(json.loads(CONTROL.sub(" ", text)))
        except (ValueError, RecursionError):
            continue
    for count, item in enumerate(todo):
        if count > MOST_JSON_LD:
            return
        if isinstance(item, list):
            todo.extend(item)
        elif isinstance(item, dict):
            yield item
            todo.extend(item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart") if key in item)


def types_of(item: dict[str, Json]) -> list[str]:
    """Return the types of a JSON-LD object."""
    types = item.get("@type")
    return [name for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)]


def _article_object(objects: Sequence[dict[str, Json]]) -> dict[str, Json]:
    """Return the first JSON-LD object that is an article with a headline; {} without one."""
    candidates = [item for item in objects if any(ARTICLE_TYPES.search(name) for name in types_of(item))]
    return next((c for c in candidates if c.get("headline")), candidates[0] if candidates else {})


def _updates(objects: Iterable[dict[str, Json]]) -> Iterator[dict[str, Json]]:
    """Yield the updates of the live pages among the objects."""
    for item in objects:
        if "LiveBlogPosting" in types_of(item):
            updates = item.get("liveBlogUpdate")
            yield from (u for u in (updates if isinstance(updates, list) else [updates]) if isinstance(u, dict))
