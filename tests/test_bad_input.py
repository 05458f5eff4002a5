"""Bad pages through the command line: a reading or a clear one-line problem, never a traceback.

Rows of PAGES need the page readers to say what is wrong with a page; they are skipped until the HTML reader is there.
"""

import json
from importlib.util import find_spec
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.records import Reading, from_json

PAGES = pytest.mark.skipif(find_spec("onrecord.pages.html") is None, reason="comes with the page readers")

SAID = "The mayor of Calder said on Monday that at least 23 people died when the ferry sank."
PARAGRAPHS = "\n\n".join([SAID, "Five divers were injured in the search, which went on through the night."] * 3)
NUL_INSIDE = PARAGRAPHS.replace("ferry", "fer\0ry")
HTML = (
    "<!doctype html><html><head><title>Ferry sinks</title></head>"
    "<body><article><h1>Ferry sinks</h1>{}</article></body></html>"
)


def html(body: str, encoding: str = "utf-8") -> bytes:
    return HTML.format(body).encode(encoding)


PROBLEMS = [
    pytest.param("page.txt", b"", "unreadable", id="empty"),
    pytest.param("page.html", b"", "unreadable", id="empty html"),
    pytest.param("page.txt", b" \n\t\r\n ", "unreadable", id="white space only", marks=PAGES),
    pytest.param("page.txt", bytes(range(256)) * 40, "unreadable", id="binary", marks=PAGES),
    pytest.param("page.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "unreadable", id="picture", marks=PAGES),
    pytest.param("page.txt", b"\0" * 10_000, "unreadable", id="only NUL bytes", marks=PAGES),
    pytest.param("page.txt", b"a" * (50 * 1024 * 1024), "too_large", id="50 MB"),
    pytest.param(
        "page.html",
        html("").replace(b"<h1>Ferry sinks</h1>", b"<nav><a href='/a'>News</a> <a href='/b'>Sport</a></nav>"),
        "no_article",
        id="no article in it",
        marks=PAGES,
    ),
]

READINGS = [
    pytest.param(
        "page.html", html("<div>" * 20_000 + PARAGRAPHS + "</div>" * 20_000), id="20,000 nested divs", marks=PAGES
    ),
    pytest.param("page.html", html("<div>" * 20_000 + f"<p>{SAID}</p>"), id="20,000 unclosed divs", marks=PAGES),
    pytest.param("page.txt", PARAGRAPHS.replace("Calder", "Cäldér “x”").encode("cp1252"), id="cp1252"),
    pytest.param("page.txt", PARAGRAPHS.encode("utf-16"), id="UTF-16 with a mark", marks=PAGES),
    pytest.param(
        "page.html",
        html(f'<meta charset="utf-8"><p>{PARAGRAPHS.replace("Calder", "Cäldér")}</p>', "latin-1"),
        id="says utf-8, is latin-1",
        marks=PAGES,
    ),
    pytest.param("page.html", html(f'<meta charset="no-such-set"><p>{PARAGRAPHS}</p>'), id="no such set", marks=PAGES),
    pytest.param("page.html", html(f'<meta charset="utf-7"><p>+2AA- {PARAGRAPHS}</p>'), id="says utf-7", marks=PAGES),
    pytest.param("page.txt", NUL_INSIDE.encode(), id="NUL in a word"),
    pytest.param("page.html", html(f"<p>{NUL_INSIDE}</p>"), id="NUL in HTML", marks=PAGES),
    pytest.param("page.txt", PARAGRAPHS.replace("23 ", "\u202e23\u202c\u200b ").encode(), id="bidi and zero width"),
    pytest.param("page.txt", PARAGRAPHS.replace("The mayor", '"The mayor “said').encode(), id="unclosed quotation"),
    pytest.param("page.txt", b"\xed\xa0\x80" + PARAGRAPHS.encode(), id="surrogate in UTF-8"),
    pytest.param("page.html", html(f"<p>&#xD800;&#0; {PARAGRAPHS}</p>"), id="surrogate entity", marks=PAGES),
    pytest.param("page.html", html(f"<p>{PARAGRAPHS}")[:-40], id="cut off", marks=PAGES),
]

LONG_PARAGRAPHS = [
    pytest.param("page.txt", SAID.encode() * 30_000, id="one 2.5 MB line"),
    pytest.param("page.txt", ("a" * 2_500_000).encode(), id="one 2.5 MB word"),
    pytest.param("page.html", html(f"<p>{SAID * 30_000}</p>"), id="one 2.5 MB paragraph", marks=PAGES),
]


@pytest.mark.parametrize(("name", "data", "kind"), PROBLEMS)
def test_bad_page_is_a_problem(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["read", "--json", str(tmp_path / name)])
    assert result.exit_code == 1
    reading = json.loads(result.stdout)
    assert (reading["page"], [problem["kind"] for problem in reading["problems"]]) == (None, [kind])
    (says,) = result.stderr.splitlines()
    assert "page" in says
    assert len(says) < 200


@pytest.mark.parametrize(("name", "data"), READINGS)
def test_odd_page_is_read_with_right_spans(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["read", "--json", str(tmp_path / name)])
    assert result.exit_code == 0, result.stderr
    check_spans(from_json(result.stdout, Reading))
    assert CliRunner().invoke(main, ["read", str(tmp_path / name)]).exit_code == 0


@pytest.mark.long
@pytest.mark.parametrize(("name", "data"), LONG_PARAGRAPHS)
def test_endless_paragraph_is_read_in_part_and_said(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    result = CliRunner().invoke(main, ["read", "--json", str(tmp_path / name)])
    assert result.exit_code == 1
    (says,) = result.stderr.splitlines()
    assert "a paragraph of 2," in says
    assert "break the text into paragraphs" in says
    check_spans(from_json(result.stdout, Reading))


def check_spans(reading: Reading) -> None:
    assert reading.page is not None
    for claim in (*reading.figures, *reading.statements, *reading.events):
        assert reading.words(claim.sentence)
    for figure in reading.figures:
        assert figure.sentence.holds(figure.number)
        assert any(letter.isalnum() for letter in reading.words(figure.number) or "")


def test_bidi_and_zero_width_marks_are_kept(tmp_path: Path) -> None:
    text = PARAGRAPHS.replace("23 ", "\u202e23\u202c\u200b ")
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    result = CliRunner().invoke(main, ["read", "--json", str(tmp_path / "page.txt")])
    assert json.loads(result.stdout)["page"]["text"] == text
