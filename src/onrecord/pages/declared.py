"""What an HTML page declares about itself: JSON-LD first, then meta tags, then microdata, then the extractor.

Each field is decided alone, and `why` says where it was found and which other source says something else. Evidence,
not truth: nothing is checked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from htmldate import find_date
from msgspec.structs import replace
from trafilatura.settings import set_date_params

from onrecord.pages.compose import Declared, folded
from onrecord.pages.credits import agencies, only_agencies, people
from onrecord.pages.dates import edtf, precision_of
from onrecord.pages.declared_sources import Sources, first, has_endless_json, sources, string, text_of, types_of
from onrecord.records import Access, Why

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
    "author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author", "dcterms.creator",
    "og:article:author",
)  # fmt: skip
SECTIONS = ("article:section", "parsely-section", "og:article:section", "section", "articlesection")
TOPICS = ("article:tag", "news_keywords", "keywords", "parsely-tags", "sailthru.tags")
TIERS: dict[str, Access] = {"free": "free", "metered": "metered", "locked": "paid", "paid": "paid", "premium": "paid"}
"""Values of article:content_tier (source: the Open Graph article vocabulary) as access."""

LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8})*$")
NO_NAME = re.compile(r"https?://|www\.|@")
MOST_SECTION_CHARACTERS = 60
MOST_TOPICS = 40

Found = tuple[str, str]
"""Where a value stands, and the value."""


def declared(tree: Any) -> Declared:
    """Return what a parsed page declares about itself."""
    given = sources(tree)
    outlets = list(_outlets(given))
    site = outlets[0][1] if outlets else None
    fields = {
        "headline": list(_headlines(given, tree, site)),
        "published": list(_dates(given, ("datePublished", "dateCreated"), PUBLISHED)),
        "modified": list(_dates(given, ("dateModified",), MODIFIED)),
        "language": list(_languages(given, tree)),
        "section": list(_sections(given)),
        "url": list(_urls(given, tree)),
        "access": list(_accesses(given)),
    }
    value = {name: found[0][1] for name, found in fields.items() if found}
    written = [(place, raws, _people(raws, site)) for place, raws in _authors(given)]
    named = [(place, names) for place, _, names in written if names]
    authors = named[0][1] if named else ()
    topics = list(_topics(given))
    whys = [why for name, found in {**fields, "outlet": outlets}.items() if (why := _why(name, found))]
    whys += [Why(field="byline", says=_names_why(named))] if named else []
    whys += [Why(field="topics", says=f"{', '.join(names)}: {place}") for place, names in topics[:1]]
    return Declared(
        headline=value.get("headline"),
        authors=authors,
        published=value.get("published"),
        modified=value.get("modified"),
        language=value.get("language"),
        section=value.get("section"),
        access=cast(Access, value.get("access", "unknown")),
        topics=topics[0][1] if topics else (),
        agencies=tuple(dict.fromkeys(name for _, raws, _ in written for raw in raws for name in only_agencies(raw))),
        outlet=site,
        url=value.get("url"),
        description=string(given.article.get("description"))
        or given.metas.get("og:description")
        or given.metas.get("description"),
        body=string(first(given.article.get("articleBody"))),
        updates=given.updates,
        why=tuple(whys),
    )


def _why(field: str, found: Sequence[Found]) -> Why | None:
    """Return where a field's value stands, and the first source that says something else."""
    if not found:
        return None
    place, value = found[0]
    says = f"{value}: {place}"
    if field in ("published", "modified"):
        says += f", {precision_of(value)}"
    against = next((other for other in found[1:] if _differs(field, value, other[1])), None)
    return Why(field=field, says=says + (f"; {against[0]} says {against[1]}" if against else ""))


def _differs(field: str, value: str, other: str) -> bool:
    """Say whether two sources contradict: another day, another headline, another value."""
    if field in ("published", "modified"):
        return _day(value) != _day(other) and value[:10] != other[:10]
    a, b = folded(value), folded(other)
    return a != b and not (field == "headline" and (a in b or b in a))


def _day(date: str) -> str:
    """Return the day of an EDTF date, in UTC where its zone is known."""
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:  # no day of the calendar
        return date[:10]
    return (moment.astimezone(UTC) if moment.tzinfo else moment).date().isoformat()


def _names_why(named: Sequence[tuple[str, Sequence[str]]]) -> str:
    """Return where the authors stand, and the first source that names others."""
    place, names = named[0]
    other = next((pair for pair in named[1:] if set(map(folded, pair[1])) != set(map(folded, names))), None)
    return f"{', '.join(names)}: {place}" + (f"; {other[0]} says {', '.join(other[1])}" if other else "")


def _ld(given: Sources, key: str) -> str:
    """Return the words for a key of the page's JSON-LD object."""
    return f"JSON-LD {(types_of(given.article) or ['object'])[0]}.{key}"


def _meta(given: Sources, names: Iterable[str]) -> Iterator[Found]:
    """Yield the meta tags of these names, in this order."""
    return ((f"meta {name}", given.metas[name]) for name in names if name in given.metas)


def _microdata(given: Sources, name: str) -> Iterator[Found]:
    """Yield the property that the page marks with itemprop, if it does."""
    return ((f"itemprop {name}", given.marked[key]) for key in [name.lower()] if key in given.marked)


def _outlets(given: Sources) -> Iterator[Found]:
    """Yield the outlet's name."""
    yield from _meta(given, ("og:site_name",))
    publisher = text_of(first(given.article.get("publisher")), "name")
    if publisher:
        yield _ld(given, "publisher"), publisher


def _headlines(given: Sources, tree: Any, site: str | None) -> Iterator[Found]:
    """Yield the headline: JSON-LD's, else the title as the main heading has it or without the outlet's name."""
    stated = string(first(given.article.get("headline")))
    if stated:
        yield _ld(given, "headline"), without_site(stated, site) if site else stated
    titles = list(_meta(given, NAMES))
    titles += [("title element", " ".join(title.text_content().split())) for title in list(tree.iter("title"))[:1]]
    titles += _microdata(given, "headline")
    shown = [" ".join(h1.text_content().split()) for h1 in list(tree.iter("h1"))[:8]]
    named = [title for _, title in titles if len(title.split()) >= FEWEST_TITLE_WORDS]
    told = [heading for heading in shown if len(heading.split()) >= FEWEST_TITLE_WORDS]
    if not named and len(told) == 1:
        yield "h1", told[0]
    for _, title in titles:
        for heading in shown:
            if len(heading) > 15 and folded(title).startswith(folded(heading)):
                yield "h1, which the title begins with", heading
    for place, title in titles:
        if title:
            yield place, without_site(title, site)


def without_site(title: str, site: str | None) -> str:
    """Return a title without the outlet's name after it."""
    cut = SITE_SUFFIX.sub("", title)
    after = folded(title[len(cut) :])
    named = bool(site and after and (after in folded(site) or folded(site) in after))
    return cut if cut != title and (named or (not site and len(cut.split()) >= FEWEST_TITLE_WORDS)) else title


def _authors(given: Sources) -> Iterator[tuple[str, list[str]]]:
    """Yield the authors as declared, source by source, outlets and agencies among them."""
    for key in ("author", "creator"):
        value = given.article.get(key)
        items = value if isinstance(value, list) else [value]
        found = [name for item in items if (name := text_of(first(item), "name"))]
        if found:
            yield _ld(given, key), [name for name in found if not NO_NAME.match(name)]
    for place, value in (*_meta(given, AUTHORS), *_microdata(given, "author"), *_microdata(given, "creator")):
        yield place, [name for name in re.split(r"\s*;\s*", value) if not NO_NAME.match(name)]


def _people(raws: Sequence[str], site: str | None) -> tuple[str, ...]:
    """Return the personal names of declared authors, each once: no roles, outlets, agencies, "By"."""
    found: list[str] = []
    for raw in raws:
        if (site and folded(raw) == folded(site)) or (agencies(raw) and not people(raw)):
            continue
        found += people(re.sub(r"^\s*by:?\s+", "", raw, flags=re.I))
    return tuple({folded(name): name for name in reversed(found)}.values())[::-1]


def _dates(given: Sources, keys: Sequence[str], names: Sequence[str]) -> Iterator[Found]:
    """Yield the dates of JSON-LD, meta tags and microdata as EDTF."""
    stated = [(_ld(given, key), string(first(given.article.get(key)))) for key in keys]
    for place, value in (*stated[:1], *_meta(given, names), *_microdata(given, keys[0]), *stated[1:]):
        date = edtf(value) if value else None
        if date:
            yield place, date


def guessed_date(tree: Any, facts: Declared) -> Declared:
    """Return the facts with the day that the extractor finds in the markup of a page that declares and shows none."""
    if has_endless_json(tree):  # the extractor's patterns take a gigabyte for it
        return facts
    date = edtf(find_date(tree, url=facts.url, **set_date_params(extensive=False)) or "")
    if date is None:
        return facts
    why = Why(field="published", says=f"{date}: found in the page's markup by the extractor, {precision_of(date)}")
    return replace(facts, published=date, why=(*facts.why, why))


def _languages(given: Sources, tree: Any) -> Iterator[Found]:
    """Yield the language tags that the page declares, with hyphens."""
    stated = string(first(given.article.get("inLanguage")))
    values = [("html lang", tree.get("lang")), (_ld(given, "inLanguage"), stated)]
    values += [*_meta(given, ("content-language", "og:locale")), *_microdata(given, "inLanguage")]
    for place, value in values:
        if value and LANGUAGE.match(value.strip()):
            yield place, str(value.strip().replace("_", "-"))


def _sections(given: Sources) -> Iterator[Found]:
    """Yield the section that the article stands in."""
    stated = string(first(given.article.get("articleSection")))
    values = [(_ld(given, "articleSection"), stated)] if stated else []
    for place, value in (*values, *_meta(given, SECTIONS), *_microdata(given, "articleSection")):
        if len(value) <= MOST_SECTION_CHARACTERS and not NO_NAME.match(value):
            yield place, value


def _accesses(given: Sources) -> Iterator[Found]:
    """Yield how free the page says its article is."""
    for place, value in _meta(given, ("article:content_tier", "og:article:content_tier")):
        if value.lower() in TIERS:
            yield f'{place} "{value}"', TIERS[value.lower()]
    stated = [(_ld(given, "isAccessibleForFree"), given.article.get("isAccessibleForFree"))]
    for place, free in (*stated, *_microdata(given, "isAccessibleForFree")):
        word = str(free).strip().lower().removeprefix("http://schema.org/").removeprefix("https://schema.org/")
        if word in ("true", "false"):
            yield f"{place} {word}", "free" if word == "true" else "paid"


def _topics(given: Sources) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the page's keywords, source by source."""
    value = given.article.get("keywords")
    stated = [text for item in (value if isinstance(value, list) else [value]) if (text := text_of(item, "name"))]
    for place, texts in (
        (_ld(given, "keywords"), stated),
        *((place, [text]) for place, text in (*_meta(given, TOPICS), *_microdata(given, "keywords"))),
    ):
        parts = [part.strip() for text in texts for part in re.split(r"\s*[,;|]\s*", text)]
        kept = dict.fromkeys(part for part in parts if part and len(part) < 60 and ":" not in part and part[0] != "@")
        if kept:
            yield place, tuple(kept)[:MOST_TOPICS]


def _urls(given: Sources, tree: Any) -> Iterator[Found]:
    """Yield the page's canonical address where it is one."""
    links = [link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical"]
    for place, value in (*(("link canonical", link) for link in links), *_meta(given, ("og:url",))):
        if value and re.match(r"https?://[^\s/]+", value.strip()):
            yield place, str(value.strip())
