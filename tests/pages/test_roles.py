"""Each role that a block of an article can have, on pages in the forms that publishing systems write them."""

import pytest

from onrecord.pages.html import read_html
from onrecord.records import Origin

TITLE = "Ferry sinks off Port Ostra"
FIRST = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said."
SECOND = "The mayor, Lena Falk, told reporters in Vell that six of the harbour's ten piers had been closed since May."
THIRD = "Divers found a further eleven people alive inside the hull, according to the harbour office on Sunday."
FOURTH = "The company that runs the ferry said on Monday that it would publish every paper that it holds on the ship."
STORIES = (
    '<ul><li><a href="/a">Ferry with 40 aboard runs aground off Vell</a></li>'
    '<li><a href="/b">Harbour board resigns over closed piers</a></li></ul>'
)


def roles(html: str, *, last: bool = False) -> dict[str, str]:
    """Return the role of each block of a page with this amid its paragraphs or behind them."""
    body = f"<p>{THIRD}</p><p>{FOURTH}</p>{html}" if last else f"{html}<p>{THIRD}</p><p>{FOURTH}</p>"
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{FIRST}</p><p>{SECOND}</p>{body}"
    )
    read, article = read_html(f"{page}</article></body></html>".encode(), Origin(name="page"))
    assert all(one in article.body for one in (FIRST, SECOND, THIRD, FOURTH))
    return {read.text[b.start : b.end]: f"{b.role}: {b.kind}" if b.kind else b.role for b in article.blocks}


@pytest.mark.parametrize(
    ("html", "words", "role"),
    [
        ("<h2>Piers closed since May</h2>", "Piers closed since May", "subhead"),
        ("<p><strong>What happens next</strong></p>", "What happens next", "subhead"),
        ("<p><b>THE SEARCH</b></p>", "THE SEARCH", "subhead"),
        ("<p><strong>12 dead in Vell</strong></p>", "12 dead in Vell", "body"),
        ("<p><strong>The search</strong> went on in the night.</p>", "The search went on in the night.", "body"),
        ("<p><strong>The search will go on.</strong></p>", "The search will go on.", "body"),
        ("<ul><li>The ferry left Vell at noon.</li></ul>", "The ferry left Vell at noon.", "list"),
        ("<ol><li>Call the harbour office</li><li>Wait</li></ol>", "Call the harbour office", "list"),
        ("<dl><dt>Ship</dt><dd>Ostra Star, built in 2018</dd></dl>", "Ostra Star, built in 2018", "list"),
        (f"<blockquote><p>{SECOND[::-1]}.</p></blockquote>", f"{SECOND[::-1]}.", "quotation"),
        (
            "<blockquote>Nobody told us, for a whole night.</blockquote>",
            "Nobody told us, for a whole night.",
            "quotation",
        ),
        (
            '<blockquote class="twitter-tweet"><p>Our boats stay at sea.</p></blockquote>',
            "Our boats stay at sea.",
            "embed",
        ),
        ("<table><tr><th>Ship</th><th>Aboard</th></tr></table>", "Ship | Aboard", "table"),
        ("<table><tr><td>Ostra Star</td><td>120</td></tr></table>", "Ostra Star | 120", "table"),
        (
            "<figure><table><tbody><tr><td>Ostra Star</td><td>120</td></tr></tbody></table></figure>",
            "Ostra Star | 120",
            "table",
        ),
        ("<table><tr><td><p>Ostra Star</p></td><td><p>120</p></td></tr></table>", "Ostra Star | 120", "table"),
        ("<table><tr><td><div>Ostra Star</div></td><td>120</td></tr></table>", "Ostra Star | 120", "table"),
        ("<figure><img src=a><figcaption>Boats on Friday</figcaption></figure>", "Boats on Friday", "caption"),
        (
            "<figure><img src=a><figcaption>Boats on Friday. Photograph: Tom Okoro/AFP</figcaption></figure>",
            "Photograph: Tom Okoro/AFP",
            "credit",
        ),
        ("<p>Sign up for our morning newsletter</p>", "Sign up for our morning newsletter", "furniture: promo"),
        ("<p>Our Standards: The Trust Principles.</p>", "Our Standards: The Trust Principles.", "furniture: policy"),
        (
            '<p><a href="/x">Read more: Ferry with 40 aboard runs aground</a></p>',
            "Read more: Ferry with 40 aboard runs aground",
            "furniture: related",
        ),
        (
            '<p>READ ALSO: <a href="/x">Ferry with 40 aboard runs aground</a></p>',
            "READ ALSO: Ferry with 40 aboard runs aground",
            "furniture: related",
        ),
        ("<div>Advertisement</div>", "Advertisement", "furniture: ad"),
        ("<div>Share on Facebook</div>", "Share on Facebook", "furniture: social"),
        (f"<h2>{TITLE}</h2>", TITLE, "headline"),
        (
            "<p>Correction: The number of piers was wrong.</p>",
            "Correction: The number of piers was wrong.",
            "furniture: policy",
        ),
    ],
)
def test_role_amid_the_article(html: str, words: str, role: str) -> None:
    assert roles(html)[words] == role


@pytest.mark.parametrize(
    ("html", "words", "role"),
    [
        (
            "<p>(Reporting by Ana Reyes; Editing by Lena Falk)</p>",
            "(Reporting by Ana Reyes; Editing by Lena Falk)",
            "wire_credit",
        ),
        (
            "<p>Ana Reyes covers the ports for The Coast.</p>",
            "Ana Reyes covers the ports for The Coast.",
            "furniture: other",
        ),
        (
            "<p><em>Ana Reyes is a reporter based in Vell.</em></p>",
            "Ana Reyes is a reporter based in Vell.",
            "furniture: other",
        ),
        (f"<h3>Related stories</h3>{STORIES}", "Related stories", "furniture: related"),
        (f"<h3>Related stories</h3>{STORIES}", "Harbour board resigns over closed piers", "furniture: related"),
        (
            "<p>© 2031 The Coast. All rights reserved.</p>",
            "© 2031 The Coast. All rights reserved.",
            "furniture: policy",
        ),
    ],
)
def test_role_behind_the_article(html: str, words: str, role: str) -> None:
    assert roles(html, last=True)[words] == role
