"""Embedded posts, tables, live entries and credit lines of HTML pages."""

import time

import pytest

from onrecord.pages.credited import reporters_and_editors
from onrecord.pages.html import read_html
from onrecord.pages.posts import find_posts
from onrecord.records import Block, Origin

LEAD = "<p>At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said.</p>"
SECOND = "<p>The mayor told reporters in Vell that six of the harbour's ten piers had been closed since May.</p>"
POST = (
    '<blockquote class="twitter-tweet"><p>We mourn with the families of all who were on board.</p>'
    "&mdash; Lena Falk (@lenafalk) <a href='x'>July 4, 2031</a></blockquote>"
)
TABLE = "<table><tr><th>Ship</th><th>Aboard</th></tr><tr><td>Ostra Star</td><td>120</td></tr></table>"


def read(body: str):
    return read_html(f"<html><body><article>{body}</article></body></html>".encode(), Origin(name="page"))


def test_post_has_its_own_author() -> None:
    page, article = read(LEAD + POST + SECOND)
    (post,) = article.posts
    assert (post.author, post.handle, post.posted) == ("Lena Falk", "@lenafalk", "July 4, 2031")
    assert page.text[post.start : post.end].startswith("We mourn")
    assert "We mourn with the families" in article.body


@pytest.mark.parametrize(
    ("code", "author", "handle", "posted"),
    [
        (
            '<blockquote class="bluesky-embed"><p>Boats stay at sea until all are found.</p>&mdash; Coast Guard '
            "(<a>@coast.example</a>) <a>July 4, 2031 at 10:15 AM</a></blockquote>",
            "Coast Guard",
            "@coast.example",
            "July 4, 2031 at 10:15 AM",
        ),
        (
            '<div class="fb-post"><blockquote><p>Boats stay at sea until all are found.</p>Posted by <a>Coast Guard'
            "</a> on Friday, 4 July 2031</blockquote></div>",
            "Coast Guard",
            None,
            "Friday, 4 July 2031",
        ),
        (
            '<blockquote class="tiktok-embed"><section><a href="x">@coast</a><p>Boats stay at sea until all are found.'
            "</p></section></blockquote>",
            None,
            "@coast",
            None,
        ),
        (
            '<blockquote class="mastodon-embed"><p>Boats stay at sea until all are found.</p>'
            "<div>Post by @coast@sea.example</div></blockquote>",
            None,
            "@coast@sea.example",
            None,
        ),
        (
            '<blockquote class="instagram-media"><p>Boats stay at sea until all are found.</p>'
            "<p>A post shared by Coast Guard (@coast)</p></blockquote>",
            "Coast Guard",
            "@coast",
            None,
        ),
        (
            '<blockquote class="telegram-post"><p>Boats stay at sea until all are found.</p></blockquote>',
            None,
            None,
            None,
        ),
    ],
)
def test_posts_of_each_network(code: str, author: str | None, handle: str | None, posted: str | None) -> None:
    page, article = read(LEAD + code + SECOND)
    (post,) = article.posts
    assert (post.author, post.handle, post.posted) == (author, handle, posted)
    assert "Boats stay at sea" in page.text[post.start : post.end]
    assert "Boats stay at sea" in article.body
    assert {b.role for b in article.blocks if post.start <= b.start < post.end} == {"embed"}


def test_words_before_a_handle_alone_are_another_post() -> None:
    text = "Boats are out.\n@coast\nWe search on."
    blocks = [
        Block(start=0, end=14, role="embed"),
        Block(start=15, end=21, role="embed"),
        Block(start=22, end=35, role="embed"),
    ]
    assert [(p.start, p.end, p.handle) for p in find_posts(text, blocks)] == [(0, 14, None), (15, 35, "@coast")]


@pytest.mark.parametrize("begins", ["- ", "A post shared by "])
def test_long_white_space_in_a_post_takes_no_time(begins: str) -> None:
    words = begins + " " * 20_000
    began = time.process_time()
    assert find_posts(words, [Block(start=0, end=len(words), role="embed")])[0].author is None
    assert time.process_time() - began < 1


def test_row_of_a_table_is_one_line_of_the_body() -> None:
    page, article = read(LEAD + TABLE + SECOND)
    assert "Ostra Star | 120" in page.text.split("\n")
    assert "Ostra Star | 120" in article.body


def test_card_over_a_name_does_not_break_the_sentence() -> None:
    card = "<span><img src='a'><a href='/p'>Lena Falk</a><a href='/1'>Falk opens a pier</a></span>"
    page, _ = read(LEAD + f"<p>The mayor, Lena Falk{card}, said that six piers had been closed.</p>")
    assert "The mayor, Lena Falk, said that six piers had been closed." in page.text.split("\n")


def test_live_page_has_entries_with_times() -> None:
    entries = "".join(
        f'<div class="live-entry"><time datetime="2031-07-04T1{n}:05:00Z">1{n}:05</time>'
        f"<p>Divers found {n + 10} more people inside the hull, the harbour office said on Friday.</p></div>"
        for n in range(4)
    )
    page, article = read(LEAD + SECOND + entries)
    assert [entry.published for entry in article.entries] == [f"2031-07-04T1{n}:05:00Z" for n in range(4)]
    assert "Divers found 12" in page.text[article.entries[2].start : article.entries[2].end]


def test_credit_line_names_reporters_and_editors() -> None:
    line = (
        "(Reporting by Ana Reyes in Port Ostra and Tom Okoro; Additional reporting by Lee Park; Editing by Lena Falk)"
    )
    assert reporters_and_editors([line]) == (("Ana Reyes", "Tom Okoro", "Lee Park"), ("Lena Falk",))
    assert reporters_and_editors(["Ana Reyes contributed to this report."]) == (("Ana Reyes",), ())
