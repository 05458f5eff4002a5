"""What a page declares: each source alone, none, and sources that contradict one another, with the evidence."""

import json

import pytest

from onrecord.pages.html import read_html
from onrecord.records import Article, Origin, UnsetType

BODY = (
    "<h1>Ferry sinks off Port Ostra</h1><p>At least 23 people were killed when a ferry sank off Port Ostra, the coast "
    "guard said.</p><p>The mayor said that six of the ten piers of the harbour had been closed since May.</p>"
)
LD = {
    "@type": "NewsArticle",
    "headline": "Ferry sinks off Port Ostra",
    "datePublished": "2031-07-04T10:15:00+02:00",
    "author": [{"name": "By Ana Reyes"}, {"name": "The Coast"}, {"name": "Ana Reyes"}],
    "publisher": {"name": "The Coast"},
    "articleSection": "World",
    "isAccessibleForFree": "False",
}
SCRIPT = f'<script type="application/ld+json">{json.dumps(LD)}</script>'
META = '<meta property="article:published_time" content="2031-07-03"><meta name="author" content="Tom Okoro">'
TIER = '<meta property="article:content_tier" content="metered"><meta property="article:section" content="Harbours">'
MICRODATA = (
    '<time itemprop="datePublished" datetime="2031-07-02T08:00:00Z">2 July</time>'
    '<span itemprop="author"><b itemprop="name">Lena Falk</b></span>'
)


def article(head: str, body: str = BODY) -> Article:
    page = f"<html lang='en'><head><title>x</title>{head}</head><body><article>{body}</article></body></html>"
    return read_html(page.encode(), Origin(name="page"))[1]


def why(found: Article, field: str) -> str:
    assert not isinstance(found.why, UnsetType)
    return next((one.says for one in found.why if one.field == field), "")


@pytest.mark.parametrize(
    ("head", "body", "field", "value", "evidence"),
    [
        (SCRIPT, BODY, "published", "2031-07-04T10:15:00+02:00", "JSON-LD NewsArticle.datePublished"),
        (SCRIPT, BODY, "published", "2031-07-04T10:15:00+02:00", "zone +02:00"),
        (SCRIPT, BODY, "byline", ("Ana Reyes",), "JSON-LD NewsArticle.author"),
        (SCRIPT, BODY, "access", "paid", "isAccessibleForFree false"),
        (SCRIPT, BODY, "section", "World", "articleSection"),
        (META, BODY, "published", "2031-07-03", "meta article:published_time, to the day"),
        (META, BODY, "byline", ("Tom Okoro",), "meta author"),
        (META + TIER, BODY, "access", "metered", "meta article:content_tier"),
        (META + TIER, BODY, "section", "Harbours", "meta article:section"),
        ("", MICRODATA + BODY, "published", "2031-07-02T08:00:00Z", "itemprop datePublished"),
        ("", MICRODATA + BODY, "byline", ("Lena Falk",), "itemprop author"),
        ("", BODY, "headline", "Ferry sinks off Port Ostra", "h1"),
        ("", BODY, "section", None, ""),
        ("", BODY, "access", "unknown", ""),
        ("", BODY + "<aside>Subscribe to continue reading</aside>", "access", "paid", "Subscribe to continue reading"),
        (META + SCRIPT, BODY, "published", "2031-07-04T10:15:00+02:00", "article:published_time says 2031-07-03"),
        (META + SCRIPT, BODY, "byline", ("Ana Reyes",), "JSON-LD"),
        (TIER + SCRIPT, BODY, "access", "metered", "isAccessibleForFree false says paid"),
    ],
)
def test_field_has_its_evidence(head: str, body: str, field: str, value: object, evidence: str) -> None:
    found = article(head, body)
    assert getattr(found, field) == value
    assert evidence in why(found, field)
