"""What an HTML page declares about itself: JSON-LD first, then meta tags. Evidence, not truth: nothing is checked."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from onrecord.pages.compose import Declared, folded
from onrecord.pages.credits import agencies, only_agencies, people
from onrecord.pages.dates import edtf
from onrecord.records import Access

ARTICLE_TYPES = re.compile(
    r"(?:News|Reportage|Analysis|Background|Opinion|Review|Satirical|Scholarly|Tech|Blog|LiveBlog)?"
    r"(?:Article|Posting|NewsArticle)$"
)
MOST_JSON_LD = 400
"""Objects looked at in the JSON-LD of one page; a page of links can list thousands."""

LARGEST_JSON_LD = 2_000_000
"""Characters of the longest JSON-LD script that is parsed."""

CONTROL = re.compile(r"[\x00-\x1f]+")
SITE_SUFFIX = re.compile(r"\s+(?:[|\u2013\u2014\u00bb\u2022\u00b7]|-|::)\s+[^|\u2013\u2014\u00bb]{2,45}$")
FEWEST_TITLE_WORDS = 4
"""Words that must stay of a title when what looks like the outlet's name is cut off."""

NAMES = ("og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title")
PUBLISHED = (
    "article:published_time", "og:article:published_time", "article.published", "datepublished", "publishdate",
    "pubdate", "publish-date", "publication_date", "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date",
    "sailthru.date",    "parsely-pub-date", "cxenseparse:recs:publishtime", "date", "article.created",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "lastmod", "last-modified", "article.updated", "dcterms.modified",
    "datemodified", "revised", "article:modified",
)  # fmt: skip
AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "byl",
    "parsely-author",
    "sailthru.author",
    "dcterms.creator",
    "og:article:author",
)
TOPICS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
TIERS: dict[str, Access] = {"free": "free", "metered": "metered", "locked": "paid", "paid": "paid", "premium": "paid"}
"""Values of article:content_tier (source: the Open Graph article vocabulary) as access."""

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")

Json = Any


def declared(tree: Any) -> Declared:
    """Return what a parsed page declares about itself."""
    metas = _metas(tree)
    article = _article_object(tree)
    site = metas.get("og:site_name") or _text(_first(article.get("publisher")), "name")
    written = _authors(article, metas)
    wires = [name for raw in written for name in only_agencies(raw)]
    return Declared(
        headline=_headline(article, metas, tree, site),
        authors=tuple(dict.fromkeys(name for raw in written for name in _people(raw, site))),
        published=_date(article.get("datePublished"))
        or _date_of(metas, PUBLISHED)
        or _date(article.get("dateCreated")),
        modified=_date(article.get("dateModified")) or _date_of(metas, MODIFIED),
        language=_language(article, metas, tree),
        access=_access(article, metas),
        topics=tuple(_topics(article, metas)),
        agencies=tuple(dict.fromkeys(wires)),
        outlet=site,
        url=_url(tree, metas),
        description=_string(article.get("description")) or metas.get("og:description") or metas.get("description"),
    )


def _metas(tree: Any) -> dict[str, str]:
    """Return the meta tags by lower-case name; of a name given more than once, values joined by "; " for tags."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()
        value = " ".join(unescape(meta.get("content") or "").split())
        if not name or not value:
            continue
        if name in found and name in ("article:tag", *AUTHORS):
            found[name] += f"; {value}"
        found.setdefault(name, value)
    return found


def _json_ld(tree: Any) -> Iterator[dict[str, Json]]:
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


def _article_object(tree: Any) -> dict[str, Json]:
    """Return the first JSON-LD object that is an article with a headline; {} without one."""
    candidates = []
    for item in _json_ld(tree):
        types = item.get("@type")
        names = types if isinstance(types, list) else [types]
        if any(isinstance(name, str) and ARTICLE_TYPES.search(name) for name in names):
            candidates.append(item)
    return next((c for c in candidates if c.get("headline")), candidates[0] if candidates else {})


def _string(value: Json) -> str | None:
    """Return a JSON value as words on one line; None when it is no text."""
    return " ".join(unescape(value).split()) or None if isinstance(value, str) else None


def _first(value: Json) -> Json:
    return value[0] if isinstance(value, list) and value else value


def _text(value: Json, key: str) -> str | None:
    """Return the text of an object's key, or the value itself when it is text."""
    return _string(value.get(key)) if isinstance(value, dict) else _string(value)


def _headline(article: dict[str, Json], metas: dict[str, str], tree: Any, site: str | None) -> str | None:
    """Return the headline: JSON-LD's, else the title without the outlet's name."""
    stated = _string(_first(article.get("headline")))
    if stated:
        return without_site(stated, site) if site else stated
    titles = [metas[name] for name in NAMES if name in metas]
    titles += [" ".join(title.text_content().split()) for title in list(tree.iter("title"))[:1]]
    shown = [" ".join(h1.text_content().split()) for h1 in list(tree.iter("h1"))[:8]]
    named = [title for title in titles if len(title.split()) >= FEWEST_TITLE_WORDS]
    told = [heading for heading in shown if len(heading.split()) >= FEWEST_TITLE_WORDS]
    if not named and len(told) == 1:
        return told[0]
    for title in titles:
        for heading in shown:
            if len(heading) > 15 and folded(title).startswith(folded(heading)):
                return heading
    return without_site(titles[0], site) if titles and titles[0] else None


def without_site(title: str, site: str | None) -> str:
    """Return a title without the outlet's name after it."""
    cut = SITE_SUFFIX.sub("", title)
    after = folded(title[len(cut) :])
    named = bool(site and after and (after in folded(site) or folded(site) in after))
    return cut if cut != title and (named or (not site and len(cut.split()) >= FEWEST_TITLE_WORDS)) else title


def _authors(article: dict[str, Json], metas: dict[str, str]) -> list[str]:
    """Return the authors as declared, outlets and agencies among them."""
    value = article.get("author") or article.get("creator")
    found = [name for item in (value if isinstance(value, list) else [value]) if (name := _text(_first(item), "name"))]
    if not found:
        found = next((re.split(r"\s*;\s*", metas[name]) for name in AUTHORS if name in metas), [])
    return [name for name in found if not re.match(r"https?://|www\.|@", name)]


def _people(raw: str, site: str | None) -> Sequence[str]:
    """Return the personal names of one declared author."""
    if site and folded(raw) == folded(site):
        return ()
    if agencies(raw) and not people(raw):
        return ()
    return people(re.sub(r"^\s*by:?\s+", "", raw, flags=re.I))


def _date(value: Json) -> str | None:
    stated = _string(_first(value))
    return edtf(stated) if stated else None


def _date_of(metas: dict[str, str], names: Sequence[str]) -> str | None:
    return next((date for name in names if name in metas and (date := edtf(metas[name]))), None)


def _language(article: dict[str, Json], metas: dict[str, str], tree: Any) -> str | None:
    """Return the language tag that the page declares, with hyphens."""
    stated = _string(_first(article.get("inLanguage")))
    for value in (tree.get("lang"), stated, metas.get("content-language"), metas.get("og:locale")):
        if value and LANGUAGE.match(value.strip()):
            return str(value.strip().replace("_", "-"))
    return None


def _access(article: dict[str, Json], metas: dict[str, str]) -> Access:
    """Return how free the page says its article is."""
    tier = metas.get("article:content_tier", "").lower()
    if tier in TIERS:
        return TIERS[tier]
    free = article.get("isAccessibleForFree")
    if isinstance(free, str):
        free = {"true": True, "false": False}.get(free.strip().lower())
    return "free" if free is True else "paid" if free is False else "unknown"


def _topics(article: dict[str, Json], metas: dict[str, str]) -> list[str]:
    """Return the page's keywords."""
    value = article.get("keywords")
    stated = value if isinstance(value, list) else [value]
    texts = [text for item in stated if (text := _text(item, "name"))]
    texts = texts or [metas[name] for name in TOPICS if name in metas][:1]
    found = [part.strip() for text in texts for part in re.split(r"\s*[,;|]\s*", text)]
    return list(
        dict.fromkeys(part for part in found if part and len(part) < 60 and ":" not in part and part[0] != "@")
    )[:40]


def _url(tree: Any, metas: dict[str, str]) -> str | None:
    """Return the page's canonical address when it is one."""
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for value in (*links, metas.get("og:url")):
        if value and re.match(r"https?://[^\s/]+", value.strip()):
            return str(value.strip())
    return None
