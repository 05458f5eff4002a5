"""Standfirst and paragraphs that the extractor loses are found again, from what the page says of itself."""

import json

import pytest

from onrecord.pages.html import read_html
from onrecord.records import Article, Origin, UnsetType

TITLE = "Ferry with 120 aboard sinks off Port Ostra"
FIRST = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said."
SECOND = "The mayor, Lena Falk, told reporters in Vell that six of the harbour's ten piers had been closed since May."
THIRD = "Divers found a further eleven people alive inside the hull, according to the harbour office on Sunday."
MORE = (
    "<p>Boats from three ports went on with the search on Saturday, the chief of the coast guard said at the pier.</p>"
)
OTHER_WORDS = "Mayor of Port Ostra asks why the harbour let the ferry sail with six piers closed"


def read(description: str = "", body: str = "", ld: object = None) -> Article:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    head = f'<head><title>{TITLE}</title><meta name="description" content="{description}">{script}</head>'
    body = body or f"<article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></article>"
    return read_html(f"<html>{head}<body>{body}</body></html>".encode(), Origin(name="page"))[1]


@pytest.mark.parametrize(
    ("description", "standfirst"),
    [
        (OTHER_WORDS, OTHER_WORDS),
        (FIRST, None),  # the first paragraph again
        (f"{FIRST[:70]}...", None),  # cut off
        (f"{FIRST[:70]} \u2026", None),
        ("The Coast brings you the latest news, sport, weather and comment from the north", None),  # of the outlet
        ("Ferry sinks off Ostra", None),
        ("", None),
    ],
)
def test_description_is_standfirst_only_where_the_body_lacks_it(description: str, standfirst: str | None) -> None:
    article = read(description)
    assert article.standfirst == standfirst
    assert not isinstance(article.why, UnsetType)
    said = [why.says for why in article.why if why.field == "standfirst"]
    assert said == ([f"{standfirst}: the page's description, which its text does not have"] if standfirst else [])
    assert not any(block.role == "standfirst" for block in article.blocks)


def test_shown_standfirst_beats_the_description() -> None:
    shown = "Search goes on through the night as eleven are found alive"
    article = read(
        OTHER_WORDS,
        f'<article><h1>{TITLE}</h1><p class="standfirst">{shown}</p><p>{FIRST}</p><p>{SECOND}</p></article>',
    )
    assert article.standfirst == shown


def test_paragraph_of_the_declared_body_is_not_lost() -> None:
    inside = f"<aside><p>{SECOND}</p></aside>"
    page = f"<article><h1>{TITLE}</h1><p>{FIRST}</p>{inside}<p>{THIRD}</p>{MORE}</article>"
    declared = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{FIRST} {SECOND} {THIRD}"}
    assert SECOND not in read(body=page).body
    assert SECOND in read(body=page, ld=declared).body


def test_declared_body_with_tags_in_it_is_compared_by_its_words() -> None:
    inside = f"<aside><p>{SECOND}</p></aside>"
    page = f"<article><h1>{TITLE}</h1><p>{FIRST}</p>{inside}<p>{THIRD}</p>{MORE}</article>"
    declared = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"<p>{FIRST}</p><p>{SECOND}</p>"}
    assert SECOND in read(body=page, ld=declared).body


def test_menu_that_the_declared_body_has_stays_a_menu() -> None:
    page = f"<nav><p>{SECOND}</p></nav><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{THIRD}</p>{MORE}</article>"
    declared = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{FIRST} {SECOND} {THIRD}"}
    assert SECOND not in read(body=page, ld=declared).body


def test_declared_body_that_the_page_does_not_show_is_not_read() -> None:
    hidden = "The company sold 400 more tickets than the ship had seats, a clerk of the harbour office said on Monday."
    declared = {"@type": "NewsArticle", "headline": TITLE, "articleBody": f"{FIRST} {hidden}"}
    assert hidden not in read(ld=declared).body
