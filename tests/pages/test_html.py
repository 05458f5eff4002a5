"""HTML pages: the article's blocks, what the page declares, and pages that are hard to read."""

import json
import re
import time

import pytest

from onrecord.errors import NoArticleError, TooLargeError, UnreadableError
from onrecord.pages import html as pages_html
from onrecord.pages.html import read_html
from onrecord.pages.parse import DEEPEST, unnested
from onrecord.records import Article, Origin, Page

LEAD = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said."
SECOND = "The mayor, Lena Falk, told reporters in Vell that six of the harbour's ten piers had been closed since May."
THIRD = "Divers found a further eleven people alive inside the hull, according to the harbour office on Sunday."
LD = {
    "@graph": [
        {"@type": "WebSite", "name": "The Coast"},
        {
            "@type": "NewsArticle",
            "headline": "Ferry sinks off Port Ostra",
            "datePublished": "2031-07-04T10:15:00+02:00",
            "dateModified": "2031-07-04T12:00:00Z",
            "author": [{"@type": "Person", "name": "Ana Reyes"}, {"@type": "Organization", "name": "Reuters"}],
            "isAccessibleForFree": False,
            "keywords": ["ferries", "Port Ostra"],
            "publisher": {"name": "The Coast"},
        },
    ]
}
PAGE = f"""<!doctype html><html lang="en-GB"><head><title>Ferry sinks off Port Ostra | The Coast</title>
<meta property="og:site_name" content="The Coast"><link rel="canonical" href="https://coast.example/ferry">
<script type="application/ld+json">{json.dumps(LD)}</script><style>p {{ color: red }}</style></head><body>
<nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<main><article><h1>Ferry sinks off Port Ostra</h1>
<p class="standfirst">Search goes on through the night as eleven are found alive</p>
<figure><img src="a.jpg" alt="x">
<figcaption>Boats lie in the harbour on Friday. Photograph: Tom Okoro/AFP</figcaption></figure>
<p>{LEAD}</p>
<p style="display:none">Hidden words of another story that nobody sees on the page.</p>
<h2>Piers closed since May</h2><p>{SECOND}</p>
<p><a href="/x">Read more: Ferry with 40 aboard runs aground off Vell</a></p>
<blockquote>
<p>“We looked everywhere we could, for the whole of the night,” the chief of the coast guard said.</p></blockquote>
<ul><li>The ferry left Vell at noon on Friday with 90 people aboard.</li><li>It sank within ten minutes.</li></ul>
<blockquote class="twitter-tweet">
<p>Our boats are at sea and will stay there until all are found.</p>— Coast Guard</blockquote>
<p>{THIRD} (Reporting by Ana Reyes; Editing by Lena Falk)</p>
<p>With inputs from Reuters</p>
<p>Ana Reyes is a reporter who covers the ports for The Coast.</p>
<p>Sign up for our morning newsletter</p></article></main>
<script>var x = "script words";</script><footer><p>© 2031 The Coast. All rights reserved.</p></footer></body></html>"""


def read(page: str, **known: str) -> tuple[Page, Article]:
    return read_html(page.encode(), Origin(name="ferry", **known))  # type: ignore[arg-type]


def role_of(page: Page, article: Article, words: str) -> str:
    [block] = [b for b in article.blocks if words in page.text[b.start : b.end]]
    return block.role + (f"/{block.kind}" if block.kind else "")


@pytest.mark.parametrize(
    ("words", "role"),
    [
        ("World", "furniture/navigation"),
        ("Ferry sinks off Port Ostra", "headline"),
        ("Search goes on through", "standfirst"),
        ("Boats lie in the harbour", "caption"),
        ("Tom Okoro/AFP", "credit"),
        (LEAD, "body"),
        ("Piers closed", "subhead"),
        (SECOND, "body"),
        ("Ferry with 40 aboard", "furniture/related"),
        ("We looked everywhere", "quotation"),
        ("The ferry left Vell", "list"),
        ("Our boats are at sea", "embed"),
        (THIRD, "body"),
        ("(Reporting by", "wire_credit"),
        ("With inputs from Reuters", "wire_credit"),
        ("is a reporter who covers", "furniture/other"),
        ("Sign up for", "furniture/promo"),
        ("All rights reserved", "furniture/policy"),
    ],
)
def test_page_labels_blocks(words: str, role: str) -> None:
    assert role_of(*read(PAGE), words) == role


def test_page_text_is_what_is_seen() -> None:
    page, article = read(PAGE)
    assert "Hidden words" not in page.text
    assert "script words" not in page.text
    assert "color" not in page.text
    assert page.media_type == "text/html"
    covered = "".join(page.text[b.start : b.end] for b in article.blocks)
    assert "".join(covered.split()) == "".join(page.text.split())


def test_page_declares_its_facts() -> None:
    page, article = read(PAGE)
    assert (page.url, page.outlet) == ("https://coast.example/ferry", "The Coast")
    assert article.headline == "Ferry sinks off Port Ostra"
    assert article.byline == ("Ana Reyes",)
    assert (article.published, article.modified) == ("2031-07-04T10:15:00+02:00", "2031-07-04T12:00:00Z")
    assert (article.language, article.access) == ("en-GB", "paid")
    assert article.topics == ("ferries", "Port Ostra")
    assert article.wire_credits == ("Reuters",)
    assert [(c.text, c.credit) for c in article.captions] == [
        ("Boats lie in the harbour on Friday.", "Photograph: Tom Okoro/AFP")
    ]


def test_what_is_known_beats_what_the_page_says() -> None:
    page, article = read(PAGE, title="Other title", published="2031-01-01", outlet="Other", url="https://o.example/")
    assert (article.headline, article.published) == ("Other title", "2031-01-01")
    assert (page.outlet, page.url) == ("Other", "https://o.example/")


def test_meta_tags_serve_where_there_is_no_json() -> None:
    metas = {
        "og:title": "Ferry sinks off Ostra - The Coast",
        "og:site_name": "The Coast",
        "og:locale": "en_GB",
        "author": "By Ana Reyes",
        "article:published_time": "2031-07-04",
        "article:content_tier": "metered",
    }
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in metas.items())
    head += "<script type='application/ld+json'>{broken</script>"
    page = f"<html><head>{head}</head><body><article><p>{LEAD}</p><p>{SECOND}</p></article></body></html>"
    _, article = read(page)
    assert (article.headline, article.byline) == ("Ferry sinks off Ostra", ("Ana Reyes",))
    assert (article.published, article.access, article.language) == ("2031-07-04", "metered", "en-GB")


def test_paragraphs_of_line_breaks_are_blocks() -> None:
    page, article = read(f"<html><body><div id=a>{LEAD}<br><br>{SECOND}<br> <br>{THIRD}</div></body></html>")
    assert [page.text[b.start : b.end] for b in article.blocks if b.role == "body"] == [LEAD, SECOND, THIRD]


def test_body_is_running_text() -> None:
    _, article = read(PAGE)
    assert article.body.split("\n\n")[:3] == [LEAD, "Piers closed since May", SECOND]
    assert "40 aboard" not in article.body


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><nav><ul><li><a href=/w>World</a></li><li><a href=/b>Business</a></li></ul></nav></body></html>",
        "<html><head><title>Ferry</title></head><body><script>x</script></body></html>",
        "<html></html>",
        "<!-- -->",
        "<p>Log in</p>",
    ],
)
def test_pages_without_an_article(page: str) -> None:
    with pytest.raises(NoArticleError, match=r"^ferry: no article.*; give"):
        read(page)


@pytest.mark.parametrize("data", [b"", b"\x00" * 20, bytes(range(256)) * 9, b"<html>" + bytes(range(32)) * 9])
def test_bytes_that_are_no_page(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"^ferry: "):
        read_html(data, Origin(name="ferry"))


def test_deeply_nested_page_is_read() -> None:
    deep = "<div>" * 3_000 + f"<p>{LEAD}</p><p>{SECOND}</p>" + "</div>" * 3_000
    _, article = read(f"<html><body>{deep}</body></html>")
    assert article.body == f"{LEAD}\n\n{SECOND}"


def test_unnested_keeps_text_and_breaks() -> None:
    page = "<div>one" * (DEEPEST + 2) + "</div>two" * (DEEPEST + 2)
    flat = unnested(page)
    assert flat.count("<div>") == flat.count("</div>") == DEEPEST
    assert re.sub("<[^>]*>", "", flat) == re.sub("<[^>]*>", "", page)


def test_tags_without_an_end_cost_no_time() -> None:
    page = "<div>one" * (DEEPEST + 2) + f"<div {'a' * 80}" * 10_000
    began = time.process_time()
    assert unnested(page).count("<div>") == DEEPEST
    assert time.process_time() - began < 1


def test_wrong_charset_and_nul_are_read() -> None:
    page = PAGE.replace('lang="en-GB">', 'lang="en"><meta charset="utf-8">').replace("Vell", "Véll\x00")
    text, _ = read_html(page.encode("cp1252", "replace"), Origin(name="ferry", charset="utf-8"))
    assert "Véll" in text.text
    assert "“We looked" in text.text


def test_too_many_blocks_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages_html, "MOST_BLOCKS", 3)
    with pytest.raises(TooLargeError, match="blocks, more than the 3"):
        read(PAGE)


@pytest.mark.parametrize("control", ["\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_character_that_no_tree_holds_costs_no_paragraph(control: str) -> None:
    page = f"<html><body><article><h1>Ferry</h1><p>{control}{LEAD}</p><p>{SECOND}{control}</p></article></body></html>"
    _, article = read(page)
    assert LEAD in article.body
    assert SECOND in article.body


def test_comments_of_readers_are_no_body() -> None:
    said = "My cousin swears that 400 people were on board that ferry and nobody at the harbour will admit it to us."
    page = f"<article><h1>Ferry sinks</h1><p>{LEAD}</p><p>{SECOND}</p><div class='comments-list'><p>{said}</p></div>"
    _, article = read(f"<html><body>{page}</article></body></html>")
    assert LEAD in article.body
    assert said not in article.body


def test_article_that_follows_on_an_endless_page_is_no_body() -> None:
    other = "The council of Vell has voted by 12 to 3 for a second bridge across the Ostra, which opens in four years."
    after = f"<div class='infinite-scroll'><p>{other}</p><p>{other[::-1]}.</p></div>"
    _, article = read(f"<html><body><article><h1>Ferry</h1><p>{LEAD}</p><p>{SECOND}</p></article>{after}</body></html>")
    assert LEAD in article.body
    assert other not in article.body
