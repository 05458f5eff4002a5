"""The html file stands alone, escapes the page's text and leads from each row to its words."""

import io
import re
from itertools import pairwise

import pytest
from lxml import etree, html

from onrecord import plugins
from onrecord.answers import FigureOnRecord, SourceOnRecord, on_record
from onrecord.errors import ExportError
from onrecord.plugins import ExportOptions
from onrecord.records import Reading


def write(given, **options) -> str:
    out = io.BytesIO()
    plugins.load("exporters", "html")(given, out, ExportOptions(**options))
    return out.getvalue().decode()


def figures(reading: Reading) -> list[FigureOnRecord]:
    return [claim for claim in on_record(reading) if isinstance(claim, FigureOnRecord)]


@pytest.fixture(params=["page", "rows"])
def made(request: pytest.FixtureRequest, reading: Reading) -> str:
    return write([reading] if request.param == "page" else figures(reading))


def test_html_has_no_script_and_asks_for_nothing_outside(made: str) -> None:
    tree = html.fromstring(made)
    assert not tree.xpath("//script|//img|//link|//iframe|//object|//form")
    assert not [name for name in tree.xpath("//@*") if re.match(r"\s*(?:https?:|//|javascript:|data:)", name)]
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert all(link.startswith("#") for link in tree.xpath("//@href"))
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "url(" not in made
    assert "@import" not in made


def test_html_links_lead_somewhere_and_ids_are_single(made: str) -> None:
    tree = html.fromstring(made)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in tree.xpath("//@href")} <= set(ids)


def test_html_can_be_heard_and_steered_by_keyboard(made: str) -> None:
    tree = html.fromstring(made)
    assert tree.get("lang") == "en"
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == len(tree.xpath("//title")) == 1
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_html_is_well_formed_and_text_is_escaped(made: str) -> None:
    assert "<b>Ada</b>" not in made
    assert "&lt;b&gt;Ada&lt;/b&gt;" in made or "boats &amp; two rafts" in made
    body = re.sub(r"<!doctype html>|<meta[^>]*>", "", made)
    etree.fromstring(body)


def test_html_of_a_page_has_its_whole_text(reading: Reading) -> None:
    tree = html.fromstring(write([reading]))
    shown = "".join(tree.xpath("//div[@class='page']//text()"))
    for line in reading.page.text.splitlines():
        assert line.strip() in shown
    marks = ["".join(mark.itertext()) for mark in tree.xpath("//mark")]
    assert "At least 23" in marks
    assert reading.page.sha256 in "".join(tree.itertext())


def test_html_row_leads_to_sentence_and_archived_page(reading: Reading) -> None:
    tree = html.fromstring(write(figures(reading)))
    for number, claim in enumerate(figures(reading)):
        (section,) = tree.xpath(f"//section[@id='c-{number}']")
        assert claim.evidence.sentence in "".join(section.itertext())
        (page,) = section.xpath(".//a/@href")
        row = "".join(tree.xpath(f"//tr[@id='{page[1:]}']")[0].itertext())
        assert claim.evidence.sha256 in row
        assert claim.evidence.reader.version in row


@pytest.mark.parametrize("title", ["</title><script>alert(1)</script>", "a\x00b\x1b[0m", "\u202eturned", "\ud800"])
def test_html_title_cannot_break_out(title: str) -> None:
    made = write([], title=title)
    assert "<script" not in made
    assert not set("\x00\x1b\u202e\ud800") & set(made)


def test_html_of_two_pages_is_refused(reading: Reading) -> None:
    with pytest.raises(ExportError, match="several pages"):
        write([reading, reading])


def test_html_of_a_page_that_could_not_be_read_names_the_problem() -> None:
    import onrecord

    assert "empty, there is no text in it" in write([onrecord.read(text="")])


def test_html_of_sources_is_refused() -> None:
    with pytest.raises(ExportError, match="export it as csv or jsonl"):
        write([SourceOnRecord(name="Ada Brun")], rows="sources")
