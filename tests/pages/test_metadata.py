"""Own pages (CC0, all names made up), one for each way to say a field: its value, and what `--explain` says of it."""

import json
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import Struct

from onrecord.cli import main
from onrecord.pipeline import read_bytes
from onrecord.records import Origin, Reading, UnsetType

TITLE = "Ferry with 120 aboard sinks off Port Ostra"
FIRST = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said."
SECOND = "The mayor, Lena Falk, told reporters in Vell that six of the harbour's ten piers had been closed since May."
PEOPLE = [{"@type": "Person", "name": "Ana Reyes"}, {"@type": "Person", "name": "Tom Okoro"}]


class Case(Struct, frozen=True):
    """A page: its JSON-LD, what stands in its head, before and after its paragraphs; fields, what is said of them."""

    name: str
    fields: dict[str, object]
    says: dict[str, str] = {}
    ld: dict[str, Any] | list[Any] | None = None
    head: str = ""
    top: str = ""
    end: str = ""
    html: str = "<html>"


def news(**more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE} | more


def meta(name: str, content: str, key: str = "name") -> str:
    return f'<meta {key}="{name}" content="{content}">'


def og(name: str, content: str) -> str:
    return meta(name, content, "property")


CASES = [
    # one source alone
    Case(
        "JSON-LD alone",
        {
            "headline": TITLE,
            "byline": ("Ana Reyes", "Tom Okoro"),
            "published": "2031-07-04T10:15:00+02:00",
            "modified": "2031-07-04T12:00:00Z",
            "section": "World",
            "topics": ("ferries", "Port Ostra"),
            "language": "en-GB",
            "access": "free",
        },
        {
            "headline": "JSON-LD NewsArticle.headline",
            "byline": "JSON-LD NewsArticle.author",
            "published": "JSON-LD NewsArticle.datePublished, to the minute, zone +02:00",
            "modified": "zone Z",
            "section": "JSON-LD NewsArticle.articleSection",
            "topics": "JSON-LD NewsArticle.keywords",
            "language": "JSON-LD NewsArticle.inLanguage",
            "access": "JSON-LD NewsArticle.isAccessibleForFree true",
        },
        ld=news(
            author=PEOPLE,
            datePublished="2031-07-04T10:15:00+02:00",
            dateModified="2031-07-04T12:00:00Z",
            articleSection="World",
            keywords=["ferries", "Port Ostra"],
            inLanguage="en-GB",
            isAccessibleForFree=True,
        ),
    ),
    Case(
        "JSON-LD in a graph",
        {"byline": ("Ana Reyes",), "outlet": "The Coast"},
        {"byline": "JSON-LD ReportageNewsArticle"},
        ld={
            "@graph": [
                {"@type": "WebSite", "name": "The Coast"},
                {
                    "@type": ["ReportageNewsArticle"],
                    "headline": TITLE,
                    "author": {"name": "Ana Reyes"},
                    "publisher": {"name": "The Coast"},
                },
            ]
        },
    ),
    Case(
        "JSON-LD in a list, breadcrumbs first",
        {"published": "2031-07-04"},
        {"published": "to the day"},
        ld=[{"@type": "BreadcrumbList", "itemListElement": []}, news(datePublished="2031-07-04")],
    ),
    Case(
        "meta tags alone",
        {
            "headline": TITLE,
            "byline": ("Tom Okoro",),
            "published": "2031-07-03T08:00:00Z",
            "modified": "2031-07-05T09:30:00Z",
            "section": "Harbours",
            "topics": ("ferry", "coast guard"),
            "language": "en",
            "outlet": "The Coast",
            "url": "https://coast.example/ferry",
        },
        {
            "headline": "h1, which the title begins with",
            "byline": "meta author",
            "published": "meta article:published_time",
            "modified": "meta article:modified_time",
            "section": "meta article:section",
            "topics": "meta article:tag",
            "language": "html lang",
            "url": "link canonical",
            "outlet": "meta og:site_name",
        },
        head=og("og:title", TITLE)
        + meta("author", "Tom Okoro")
        + og("article:published_time", "2031-07-03T08:00:00Z")
        + og("article:modified_time", "2031-07-05T09:30:00Z")
        + og("article:section", "Harbours")
        + og("article:tag", "ferry")
        + og("article:tag", "coast guard")
        + og("og:site_name", "The Coast")
        + '<link rel="canonical" href="https://coast.example/ferry">',
        html='<html lang="en">',
    ),
    Case(
        "microdata alone",
        {"byline": ("Lena Falk",), "published": "2031-07-02T08:00:00Z", "section": "Ports"},
        {"byline": "itemprop author", "published": "itemprop datePublished", "section": "itemprop articleSection"},
        top='<time itemprop="datePublished" datetime="2031-07-02T08:00:00Z">2 July</time><span itemprop="author" '
        'itemscope><a itemprop="name">Lena Falk</a></span><span itemprop="articleSection">Ports</span>',
    ),
    Case(
        "nothing declared, all shown",
        {"headline": TITLE, "byline": ("Ana Reyes",), "published": "2031-07-04T10:15:00"},
        {"headline": "h1", "byline": "the block with the role byline", "published": "the block with the role date"},
        top="<p>By Ana Reyes</p><p>Published: July 4, 2031 10:15</p>",
    ),
    Case(
        "nothing at all",
        {
            "byline": (),
            "published": None,
            "modified": None,
            "section": None,
            "access": "unknown",
            "topics": (),
            "outlet": None,
            "url": None,
            "language": None,
        },
    ),
    # sources that contradict
    Case(
        "JSON-LD against meta, another day",
        {"published": "2031-07-04T10:15:00+02:00"},
        {"published": "meta article:published_time says 2031-07-01"},
        ld=news(datePublished="2031-07-04T10:15:00+02:00"),
        head=og("article:published_time", "2031-07-01"),
    ),
    Case(
        "the same moment in two zones",
        {"published": "2031-07-04T23:30:00-04:00"},
        {"published": "JSON-LD NewsArticle.datePublished, to the minute, zone -04:00"},
        ld=news(datePublished="2031-07-04T23:30:00-04:00"),
        head=og("article:published_time", "2031-07-05T03:30:00Z"),
    ),
    Case(
        "JSON-LD against meta, other authors",
        {"byline": ("Ana Reyes",)},
        {"byline": "meta author says Tom Okoro"},
        ld=news(author={"name": "Ana Reyes"}),
        head=meta("author", "Tom Okoro"),
    ),
    Case(
        "two sources that agree",
        {"byline": ("Ana Reyes",)},
        {"byline": "Ana Reyes: JSON-LD NewsArticle.author"},
        ld=news(author={"name": "Ana Reyes"}),
        head=meta("author", "By Ana Reyes"),
    ),
    Case(
        "JSON-LD against meta, another section",
        {"section": "World"},
        {"section": "meta article:section says Sport"},
        ld=news(articleSection="World"),
        head=og("article:section", "Sport"),
    ),
    Case(
        "two addresses",
        {"url": "https://coast.example/ferry"},
        {"url": "meta og:url says https://coast.example/other"},
        head='<link rel="canonical" href="https://coast.example/ferry">' + og("og:url", "https://coast.example/other"),
    ),
    Case(
        "free and metered",
        {"access": "metered"},
        {"access": "isAccessibleForFree true says free"},
        ld=news(isAccessibleForFree=True),
        head=og("article:content_tier", "metered"),
    ),
    Case(
        "another language",
        {"language": "en"},
        {"language": "JSON-LD NewsArticle.inLanguage says de"},
        ld=news(inLanguage="de"),
        html='<html lang="en">',
    ),
    # times and zones
    Case(
        "zone without a colon",
        {"published": "2031-07-04T10:15:00+05:30"},
        {"published": "zone +05:30"},
        ld=news(datePublished="2031-07-04T10:15:00+0530"),
    ),
    Case(
        "no zone",
        {"published": "2031-07-04T10:15:00"},
        {"published": "to the minute, no zone"},
        ld=news(datePublished="2031-07-04T10:15:00"),
    ),
    Case(
        "minutes only",
        {"published": "2031-07-04T10:15:00Z"},
        {"published": "to the minute, zone Z"},
        ld=news(datePublished="2031-07-04T10:15Z"),
    ),
    Case(
        "parts of a second",
        {"published": "2031-07-04T10:15:09Z"},
        {"published": "to the second"},
        ld=news(datePublished="2031-07-04T10:15:09.123Z"),
    ),
    Case(
        "named zone west",
        {"published": "2031-07-04T22:15:00-04:00"},
        {"published": "zone -04:00"},
        head=meta("pubdate", "July 4, 2031 10:15 PM EDT"),
    ),
    Case(
        "zone of two meanings",
        {"published": "2031-07-04T10:15:00"},
        {"published": "no zone"},
        head=meta("pubdate", "4 July 2031 10:15 IST"),
    ),
    Case("no calendar day", {"published": None}, ld=news(datePublished="2031-13-44")),
    # names
    Case(
        "By, roles and outlets",
        {"byline": ("Ana Reyes", "Tom Okoro")},
        ld=news(
            author=[{"name": "By Ana Reyes, Staff Reporter"}, {"name": "The Coast"}, {"name": "Tom Okoro"}],
            publisher={"name": "The Coast"},
        ),
    ),
    Case(
        "authors in one string",
        {"byline": ("Ana Reyes", "Tom Okoro", "Lee Park")},
        head=meta("author", "Ana Reyes, Tom Okoro and Lee Park"),
    ),
    Case("an author twice", {"byline": ("Ana Reyes",)}, ld=news(author=[{"name": "ANA REYES"}, {"name": "Ana Reyes"}])),
    Case(
        "address as author",
        {"byline": ("Ana Reyes",)},
        head=og("article:author", "https://coast.example/reyes") + meta("author", "Ana Reyes"),
    ),
    Case("agency as author", {"byline": (), "wire_credits": ("Reuters",)}, ld=news(author={"name": "Reuters"})),
    Case("desk as author", {"byline": ()}, ld=news(author={"name": "News Desk"})),
    # wire credits
    Case(
        "dateline with an agency",
        {"wire_credits": ("Reuters",), "dateline": "PORT OSTRA"},
        {"wire_credits": "datelines", "dateline": "the start of a first paragraph"},
        top="<p>PORT OSTRA (Reuters) - Boats from three ports searched the sea for 12 people on Saturday.</p>",
    ),
    Case(
        "reporters and editors",
        {"reporters": ("Ana Reyes", "Lee Park"), "editors": ("Lena Falk",)},
        {"reporters": "wire_credit", "editors": "wire_credit"},
        end="<p>(Reporting by Ana Reyes in Port Ostra; Additional reporting by Lee Park; Editing by Lena Falk)</p>",
    ),
    Case("inputs of an agency", {"wire_credits": ("Associated Press",)}, end="<p>With inputs from AP</p>"),
    Case(
        "an agency contributed",
        {"wire_credits": ("Agence France-Presse",)},
        end="<p>AFP contributed to this report.</p>",
    ),
    # access
    Case(
        "paid by JSON-LD",
        {"access": "paid"},
        {"access": "isAccessibleForFree false"},
        ld=news(isAccessibleForFree="False"),
    ),
    Case(
        "locked by its tier",
        {"access": "paid"},
        {"access": 'meta article:content_tier "locked"'},
        head=og("article:content_tier", "locked"),
    ),
    Case(
        "paid by what it shows",
        {"access": "paid"},
        {"access": 'the page says "Subscribe to continue reading"'},
        end="<aside>Subscribe to continue reading</aside>",
    ),
    Case(
        "metered by what it shows",
        {"access": "metered"},
        {"access": "2 free articles remaining"},
        end="<aside>You have 2 free articles remaining</aside>",
    ),
    # topics, title, broken data
    Case(
        "keywords in one string",
        {"topics": ("ferry", "Port Ostra")},
        {"topics": "meta news_keywords"},
        head=meta("news_keywords", "ferry, Port Ostra"),
    ),
    Case(
        "outlet after the title",
        {"headline": TITLE},
        head=og("og:title", f"{TITLE} | The Coast") + og("og:site_name", "The Coast"),
    ),
    Case(
        "entities in a title",
        {"headline": "Ferry sinks & 23 die off Port Ostra"},
        ld=news(headline="Ferry sinks &amp; 23 die off Port Ostra"),
    ),
    Case(
        "JSON-LD that is no JSON",
        {"byline": ("Tom Okoro",)},
        {"byline": "meta author"},
        head='<script type="application/ld+json">{"@type": "NewsArticle", "author": </script>'
        + meta("author", "Tom Okoro"),
    ),
    Case(
        "JSON-LD of wrong types",
        {"headline": TITLE, "byline": (), "published": None},
        ld=news(
            author=7, datePublished={"a": 1}, keywords=3, articleSection=[None], inLanguage=[], isAccessibleForFree=[]
        ),
    ),
]


def page(case: Case) -> bytes:
    script = f'<script type="application/ld+json">{json.dumps(case.ld)}</script>' if case.ld is not None else ""
    head = f"<head><title>{TITLE}</title>{script}{case.head}</head>"
    body = f"<article><h1>{TITLE}</h1>{case.top}<p>{FIRST}</p><p>{SECOND}</p>{case.end}</article>"
    return f"<!doctype html>{case.html}{head}<body>{body}</body></html>".encode()


def read(case: Case) -> Reading:
    return read_bytes(page(case), Origin(name="page"), explain=True)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_fields_have_values_and_evidence(case: Case) -> None:
    reading = read(case)
    assert reading.page is not None
    assert reading.article is not None
    found = {
        name: getattr(reading.page if name in ("outlet", "url") else reading.article, name) for name in case.fields
    }
    assert found == case.fields
    assert not isinstance(reading.article.why, UnsetType)
    said = {why.field: why.says for why in reading.article.why}
    for field, words in case.says.items():
        assert words in said.get(field, "nothing"), field
    assert case.name != "the same moment in two zones" or " says " not in said["published"]
    assert all(field not in said for field, value in case.fields.items() if value in (None, (), "unknown"))


def test_explain_prints_the_evidence(tmp_path) -> None:
    path = tmp_path / "ferry.html"
    path.write_bytes(page(next(case for case in CASES if case.name.startswith("JSON-LD against meta, another day"))))
    shown = CliRunner().invoke(main, ["read", "--explain", str(path)], env={"COLUMNS": "300"}).output
    assert "published: 2031-07-04T10:15:00+02:00: JSON-LD NewsArticle.datePublished" in shown
    assert "meta article:published_time says 2031-07-01" in shown
