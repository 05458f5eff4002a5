"""Hostile pages in files: packing, nesting, endless paragraphs, floods, lies about the charset, declared data."""

import gzip
import json
import zlib

from hostile_cases import (
    PAGE,
    PARAGRAPHS,
    READ,
    SAID,
    Case,
    a_file,
    attributes,
    deflate_bomb,
    flipped,
    gzip_bomb,
    gzip_members,
    laughs,
    page,
    zstd_bomb,
)

MILLION = 1_000_000
LARGE = 19 * MILLION
"""Characters of a page that is as large as pages may be."""

NESTED = 30_000
DEEP = 100_000
ACCENTED = PARAGRAPHS.replace("Calder", "Cäldér")
TEXT = f"{SAID}\n\nFive divers were injured in the search, which went on through the night.\n\n"
BIDI = "\u202e\u2066\u202d\u2067\u200f\u200b\u2028\u2060"


def nested(*tags: str, count: int = NESTED, closed: bool = True) -> str:
    """Return a page whose paragraphs stand in so many elements inside one another."""
    opened = "".join(f"<{tag}>" for tag in tags) * (count // len(tags))
    ends = "".join(f"</{tag}>" for tag in reversed(tags)) * (count // len(tags)) if closed else ""
    return page(opened + PARAGRAPHS + ends)


def declared(data: str) -> str:
    """Return a page with a JSON-LD block."""
    return page(PARAGRAPHS, f'<script type="application/ld+json">{data}</script>')


PACKED = [
    a_file("gzip file of 1 GB", lambda: gzip_bomb(1000), "too_large", quick=True),
    a_file("gzip file of 1 GB in members", lambda: gzip_members(1000), "too_large"),
    a_file("gzip file in a gzip file", lambda: gzip.compress(gzip.compress(PAGE)), "unreadable", says="gzip"),
    a_file("gzip file packed ten times", lambda: _packed(PAGE, 10), "unreadable", says="gzip"),
    a_file("gzip bomb in a gzip file", lambda: gzip.compress(gzip_bomb(1000)), "unreadable", says="gzip"),
    a_file("100,000 empty gzip members", lambda: gzip.compress(b"") * 100_000, "unreadable", says="empty"),
    a_file("gzip file cut off", lambda: gzip.compress(PAGE)[:-40], "unreadable", says="damaged gzip"),
    a_file("gzip file with a flipped bit", lambda: flipped(gzip.compress(PAGE), 60), "unreadable", says="gzip"),
    a_file("gzip head alone", lambda: b"\x1f\x8b", "unreadable", says="damaged gzip"),
    a_file("gzip file with zeros behind it", lambda: gzip.compress(PAGE) + bytes(1000), READ),
    a_file("zstd file", lambda: zstd_bomb(1000), "unreadable", says="zstandard"),
    a_file("zlib stream", lambda: deflate_bomb(100, bits=zlib.MAX_WBITS), "unreadable", says="binary"),
    a_file("ZIP archive", lambda: b"PK\x03\x04" + PAGE, "unreadable", says="ZIP"),
]


def _packed(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = gzip.compress(data)
    return data


NESTINGS = [
    a_file("100,000 nested div", lambda: nested("div", count=100_000), "too_large", says="tags", quick=True),
    a_file("100,000 nested div, not closed", lambda: nested("div", count=100_000, closed=False), "too_large"),
    a_file("30,000 nested div", lambda: nested("div"), READ),
    a_file("30,000 nested div, not closed", lambda: nested("div", closed=False), READ),
    a_file("30,000 nested span", lambda: nested("span"), READ),
    a_file("30,000 nested b and i, crossed", lambda: page("<b><i>" * 15_000 + PARAGRAPHS + "</b></i>" * 15_000), READ),
    a_file("30,000 nested tables", lambda: nested("table", "tr", "td"), READ),
    a_file("30,000 nested lists", lambda: nested("ul", "li"), READ),
    a_file("30,000 nested definitions", lambda: nested("dl", "dd"), READ),
    a_file("30,000 nested quotations", lambda: nested("blockquote"), READ),
    a_file("30,000 nested elements of no standard", lambda: nested("x-a", "x-b"), READ),
    a_file("30,000 nested links", lambda: nested("a"), "too_large"),
    a_file("30,000 nested paragraphs", lambda: nested("p"), READ),
    a_file("30,000 nested h1 to h6", lambda: nested("h1", "h2", "h3"), "no_article"),
    a_file("30,000 nested drawings", lambda: nested("svg", "g"), "no_article"),
    a_file("30,000 nested formulas", lambda: nested("math", "mi"), "no_article"),
    a_file("30,000 nested objects", lambda: nested("object"), "no_article"),
    a_file("30,000 nested choices", lambda: nested("select", "option"), "no_article"),
    a_file("30,000 nested articles", lambda: nested("article", "section"), READ),
    a_file("30,000 nested templates", lambda: nested("template"), "no_article"),
    a_file("30,000 nested frames", lambda: nested("iframe"), "no_article"),
    a_file("30,000 nested forms", lambda: nested("form", "fieldset"), READ),
    a_file("1,000,000 end tags", lambda: page("</div>" * MILLION + PARAGRAPHS), "too_large"),
]

ENDLESS = [
    a_file("paragraph of 19 MB", lambda: page(f"<p>{SAID * (LARGE // len(SAID))}</p>"), "too_large"),
    a_file("text line of 19 MB", lambda: SAID * (LARGE // len(SAID)), "too_large", ending=".txt"),
    a_file("word of 19 MB", lambda: "a" * LARGE, "too_large", ending=".txt"),
    a_file("line of digits", lambda: "7" * LARGE, "too_large", ending=".txt"),
    a_file("line of digits in HTML", lambda: page(f"<p>{'7' * LARGE}</p>"), "too_large"),
    a_file("line of figures with commas", lambda: "1," * (LARGE // 2), "too_large", ending=".txt"),
    a_file("line of quotation marks", lambda: '"' * LARGE, "too_large", ending=".txt", quick=True),
    a_file("line of curly quotation marks", lambda: "“" * (LARGE // 3), "too_large", ending=".txt"),
    a_file("line of opened quotations", lambda: '"a ' * (LARGE // 3), "too_large", ending=".txt"),
    a_file("line of apostrophes", lambda: "a'" * (LARGE // 2), "too_large", ending=".txt"),
    a_file("line of brackets", lambda: "(" * LARGE, "too_large", ending=".txt"),
    a_file("line of full stops", lambda: "." * LARGE, "too_large", ending=".txt"),
    a_file("line of dashes", lambda: "-" * LARGE, "too_large", ending=".txt"),
    a_file("line of slashes", lambda: "/" * LARGE, "too_large", ending=".txt"),
    a_file("line of addresses", lambda: "http://a.b/" * (LARGE // 11), "too_large", ending=".txt"),
    a_file("line of capitals", lambda: "MAYOR SAID " * (LARGE // 11), "too_large", ending=".txt"),
    a_file("line of names", lambda: "Mr. J. " * (LARGE // 7), "too_large", ending=".txt"),
    a_file("line of one verb", lambda: "said " * (LARGE // 5), "too_large", ending=".txt"),
    a_file("line of 2,500,000 emoji", lambda: "\U0001f600" * 2_500_000, "too_large", ending=".txt"),
    a_file("line of emoji", lambda: "\U0001f600" * (LARGE // 4), "too_large", ending=".txt"),
    a_file("line of combining marks", lambda: "e" + "\u0301" * (LARGE // 2), "too_large", ending=".txt"),
    a_file("19 MB of blanks", lambda: " " * LARGE + TEXT, "too_large", ending=".txt"),
    a_file("19 MB of line ends", lambda: "\n" * LARGE + TEXT, "too_large", ending=".txt"),
    a_file("9,000,000 lines of one letter", lambda: "a\n" * 9_000_000, "too_large", ending=".txt"),
    a_file("19 MB of whole paragraphs", lambda: TEXT * (LARGE // len(TEXT)), "too_large", ending=".txt", quick=True),
    a_file("19 MB of whole paragraphs in HTML", lambda: page(PARAGRAPHS * (LARGE // len(PARAGRAPHS))), "too_large"),
    a_file("21 MB", lambda: b"a" * 21 * MILLION, "too_large", ending=".txt"),
    a_file("21 MB of HTML", lambda: page(PARAGRAPHS * (21 * MILLION // len(PARAGRAPHS))), "too_large"),
]

FLOODS = [
    a_file("3,000,000 entities", lambda: page(f"<p>{'&amp;' * 3_000_000}</p>{PARAGRAPHS}"), "too_large", quick=True),
    a_file("2,000,000 entities in one word", lambda: page(f"<p>{'&eacute;' * 2_000_000}</p>"), "too_large"),
    a_file("3,000,000 numbers of characters", lambda: page(f"<p>{'&#65;' * 3_000_000}</p>"), "too_large"),
    a_file("1,000,000 entities without a name", lambda: page(f"<p>{'&nosuch;' * MILLION}</p>"), "too_large"),
    a_file("100,000 halves of characters", lambda: page("<p>" + "&#xD800;" * 100_000 + f"</p>{PARAGRAPHS}"), READ),
    a_file("characters beyond Unicode", lambda: page("<p>&#x110000;&#xFFFFFFFFFFFF;&#0;</p>" + PARAGRAPHS), READ),
    a_file("billion laughs in a page", lambda: laughs("html") + page("<p>&e9;</p>" + PARAGRAPHS), READ),
    a_file("1,000,000 line breaks", lambda: page("<br>" * MILLION + PARAGRAPHS), "too_large"),
    a_file("1,000,000 empty paragraphs", lambda: page("<p></p>" * MILLION + PARAGRAPHS), "too_large"),
    a_file("500,000 paragraphs of one letter", lambda: page("<p>a</p>" * 500_000 + PARAGRAPHS), "too_large"),
    a_file("200,000 links", lambda: page("<a href='/a'>Read more</a> " * 200_000 + PARAGRAPHS), "too_large"),
    a_file("9,000 links", lambda: page("<p>" + "<a href='b'>x </a>" * 9_000 + "</p>" + PARAGRAPHS), READ),
    a_file("55,000 links", lambda: page("<p>" + "<a href='b'>x </a>" * 55_000 + "</p>" + PARAGRAPHS), "too_large"),
    a_file("39,000 pictures", lambda: page("<img src='a' alt='b'>" * 39_000 + PARAGRAPHS), READ),
    a_file("110,000 pictures", lambda: page("<img src='a' alt='b'>" * 110_000 + PARAGRAPHS), "too_large"),
    a_file("39,000 spans and pictures", lambda: page("<span><img src='a'>a </span>" * 39_000 + PARAGRAPHS), READ),
    a_file("500,000 comments", lambda: page("<!-- a -->" * 500_000 + PARAGRAPHS), "too_large"),
    a_file("5,000,000 opened tags", lambda: page("<" * 5_000_000 + PARAGRAPHS), "too_large"),
    a_file("comment that does not end", lambda: page("<!--" + PARAGRAPHS * 1000), "no_article"),
    a_file("script that does not end", lambda: page("<script>" + PARAGRAPHS * 1000), "no_article"),
    a_file("attribute of 10 MB", lambda: page(f"<div class='{'a ' * 5_000_000}'>{PARAGRAPHS}</div>"), "too_large"),
    a_file("attribute without end", lambda: page(f"<div class='{'a ' * 5_000_000}>{PARAGRAPHS}</div>"), "too_large"),
    a_file("200,000 attributes", lambda: page(f"<div {attributes()}>{PARAGRAPHS}</div>"), "too_large"),
    a_file("4,000 names of tags of 80 letters", lambda: page(f"<a{'x' * 80}" * 4_000 + PARAGRAPHS), "too_large"),
    a_file("4,000 values of 80 letters", lambda: page(f"<a/b={'x' * 80}" * 4_000 + PARAGRAPHS), "too_large"),
    a_file("name of a tag of 5 MB", lambda: page(f"<{'a' * 5_000_000}>{PARAGRAPHS}"), READ),
    a_file(
        "200,000 cells in one row",
        lambda: page(f"<table><tr>{'<td>7</td>' * 200_000}</table>{PARAGRAPHS}"),
        "too_large",
    ),
    a_file(
        "200,000 rows",
        lambda: page(f"<table>{'<tr><td>7</td><td>a</td></tr>' * 200_000}</table>{PARAGRAPHS}"),
        "too_large",
    ),
    a_file("200,000 list entries", lambda: page(f"<ul>{'<li>a 7</li>' * 200_000}</ul>{PARAGRAPHS}"), "too_large"),
    a_file("100,000 headlines", lambda: page("<h1>Ferry sinks off Calder</h1>" * 100_000 + PARAGRAPHS), "too_large"),
    a_file("100,000 embedded posts", lambda: page(f"{POST * 100_000}{PARAGRAPHS}"), "too_large"),
    a_file("100,000 figures with captions", lambda: page(f"{CAPTION * 100_000}{PARAGRAPHS}"), "too_large"),
    a_file("100,000 live entries", lambda: page(f"{ENTRY * 100_000}{PARAGRAPHS}"), "too_large"),
    a_file(
        "100,000 names of authors",
        lambda: page(PARAGRAPHS, '<meta name="author" content="A B">' * 100_000),
        "too_large",
        says="<meta>",
    ),
    a_file("title of 10 MB", lambda: page(PARAGRAPHS, f"<title>{'a ' * 5_000_000}</title>"), "too_large"),
    a_file("date of a million digits", lambda: page(PARAGRAPHS, _meta("article:published_time", "2" * MILLION)), READ),
    a_file(
        "address of 5 MB", lambda: page(PARAGRAPHS, f"<link rel='canonical' href='http://{'a' * 5_000_000}'>"), READ
    ),
    a_file(
        "100,000 addresses of its own",
        lambda: page(PARAGRAPHS, "<link rel='canonical' href='/a'>" * 100_000),
        "too_large",
        says="<link>",
    ),
]

POST = '<blockquote class="twitter-tweet"><p>At least 7 people died.</p>A B (@ab) November 24, 2025</blockquote>'
CAPTION = "<figure><img src='a.jpg'><figcaption>Divers at the harbour. Photograph: A B</figcaption></figure>"
ENTRY = '<div itemprop="liveBlogUpdate"><time datetime="2025-11-24T10:00:00Z">10:00</time><p>Divers went in.</p></div>'


def _meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


DECLARED = [
    a_file("JSON-LD nested 100,000 deep", lambda: declared("[" * DEEP + "]" * DEEP), READ, quick=True),
    a_file("JSON-LD objects nested 100,000 deep", lambda: declared('{"a":' * DEEP + "1" + "}" * DEEP), READ),
    a_file("JSON-LD graphs nested 900 deep", lambda: declared('{"@graph":[' * 900 + "]}" * 900), READ),
    a_file(
        "JSON-LD that is cut off", lambda: declared('{"@type":"NewsArticle","articleBody":"' + "a" * 5_000_000), READ
    ),
    a_file("JSON-LD with a body of 10 MB", lambda: declared(_article(articleBody="a " * 5_000_000)), "too_large"),
    a_file("JSON-LD of 300,000 objects", lambda: declared(f"[{'{},' * 300_000}{{}}]"), READ),
    a_file("JSON-LD with a number of a million digits", lambda: declared(f'{{"a":{"9" * MILLION}}}'), READ),
    a_file(
        "JSON-LD with numbers in place of words", lambda: declared(_article(headline=1e308, author=[[0], None])), READ
    ),
    a_file("JSON-LD with 50,000 authors", lambda: declared(_article(author=[{"name": "A B"}] * 50_000)), READ),
    a_file(
        "JSON-LD with halves of characters",
        lambda: declared(r'{"@type":"NewsArticle","headline":"\ud800\udfff"}'),
        READ,
    ),
    a_file(
        "20,000 blocks of JSON-LD", lambda: declared("{}</script><script type='application/ld+json'>" * 20_000), READ
    ),
]


def _article(**fields: object) -> str:
    return json.dumps({"@context": "https://schema.org", "@type": "NewsArticle"} | fields)


def _charset(name: str, body: str = ACCENTED) -> str:
    return page(body, f'<meta charset="{name}">')


CHARSETS = [
    a_file("says utf-8, is latin-1", lambda: _charset("utf-8").encode("latin-1"), READ, quick=True),
    a_file("says latin-1, is utf-8", lambda: _charset("iso-8859-1").encode(), READ),
    a_file("says utf-16, is utf-8", lambda: _charset("utf-16").encode(), READ),
    a_file("says utf-7 and holds some", lambda: _charset("utf-7", "+ADw-script+AD4-" + PARAGRAPHS), READ),
    a_file("says a codec that is no charset", lambda: _charset("base64"), READ),
    a_file("says a codec that runs escapes", lambda: _charset("unicode_escape", r"\x41\N{DASH}" + PARAGRAPHS), READ),
    a_file("says a charset that there is not", lambda: _charset("\u202etxt-none"), READ),
    a_file("says ten charsets", lambda: page(PARAGRAPHS, "<meta charset='big5'>" * 10).encode(), READ),
    a_file("says a charset with an attack", lambda: _charset("utf-8\x00'; --"), READ),
    a_file("utf-16 without a mark", lambda: page(ACCENTED).encode("utf-16-le"), READ),
    a_file("utf-16 of the other order without a mark", lambda: page(ACCENTED).encode("utf-16-be"), READ),
    a_file("utf-16 cut in a character", lambda: page(ACCENTED).encode("utf-16") + b"\x00", READ),
    a_file("utf-32 without a mark", lambda: page(ACCENTED).encode("utf-32-le"), READ),
    a_file("utf-8 mark on utf-16", lambda: b"\xef\xbb\xbf" + page(ACCENTED).encode("utf-16-le"), READ),
    a_file("utf-16 mark on utf-8", lambda: b"\xff\xfe" + page(ACCENTED).encode(), READ),
    a_file("marks only", lambda: b"\xef\xbb\xbf" * 1000, "unreadable", says="empty"),
    a_file("overlong utf-8", lambda: b"\xc0\xbcscript\xc0\xbe" + PAGE, READ),
    a_file("half utf-8, half cp1252", lambda: ACCENTED.encode() + page(ACCENTED).encode("cp1252"), READ),
    a_file("EBCDIC", lambda: page(PARAGRAPHS).encode("cp037"), "unreadable"),
    a_file("shifts of ISO-2022-JP", lambda: PAGE.replace(b"<p>", b"<p>\x1b$B\x1b(B" * 2000), READ),
    a_file("NUL between all letters", lambda: "\0".join(TEXT).encode(), READ, ending=".txt"),
    a_file("NUL in every word", lambda: PAGE.replace(b"divers", b"di\0vers\0"), READ),
    a_file("19 MB of NUL", lambda: bytes(LARGE), "unreadable", says="empty"),
    a_file("NUL and a page", lambda: bytes(MILLION) + PAGE, "unreadable", says="binary"),
    a_file("halves of characters in utf-8", lambda: page("\ud800\udc00\udfff" * 1000 + PARAGRAPHS), READ),
    a_file("bidi marks in every word", lambda: page(PARAGRAPHS.replace(" d", f" {BIDI}d")), READ),
    a_file("a million bidi marks", lambda: BIDI * 125_000 + "\n\n" + TEXT, READ, ending=".txt"),
    a_file("escapes of a terminal", lambda: page("<p>\x1b[2J\x1b]0;owned\x07 \x9b31m</p>" + PARAGRAPHS), READ),
    a_file("noncharacters", lambda: page("\ufffe\uffff\U0010ffff" * 1000 + PARAGRAPHS), READ),
    a_file("random bytes", lambda: _noise(MILLION), "unreadable", says="binary"),
    a_file(
        "random letters of 200 scripts",
        lambda: "".join(map(chr, range(0x100, 0xD000))) * 90,
        "too_large",
        ending=".txt",
    ),
]


def _noise(count: int) -> bytes:
    """Return bytes that look random and are always the same."""
    value, made = 1, bytearray()
    while len(made) < count:
        value = value * 6364136223846793005 + 1442695040888963407 & 0xFFFFFFFFFFFFFFFF
        made += value.to_bytes(8, "little")
    return bytes(made[:count])


FILES: tuple[Case, ...] = (*PACKED, *NESTINGS, *ENDLESS, *FLOODS, *DECLARED, *CHARSETS)
