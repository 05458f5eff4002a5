"""The html file of a story stands alone, escapes all text, and leads from each figure to its sentence and page."""

import io
import re
from itertools import pairwise
from typing import Any

import pytest
from lxml import etree, html
from msgspec.structs import replace

from onrecord.answers import ClaimOnRecord, EventOnRecord, FigureOnRecord, on_record
from onrecord.exports.story_figures import told_often
from onrecord.exports.story_html import write_story
from onrecord.records import Comparison, Copy, Reading, Series, SeriesPoint, Story, StoryArticle

HOSTILE = "<script>alert('x')</script>\"&\u202e"
COPY = StoryArticle(id="copy", outlet="Calder Post", published="2026-03-04", copy_of="ferry")


@pytest.fixture
def claims(reading: Reading) -> list[ClaimOnRecord]:
    return list(on_record(reading))


def point(claim: ClaimOnRecord, **more: Any) -> SeriesPoint:
    assert isinstance(claim, FigureOnRecord)
    given = {"article": claim.article, "reported": claim.published, "low": claim.low, "high": claim.high}
    return SeriesPoint(**{**given, "figure": claim.id, "speaker": claim.speaker, "bound": claim.bound, **more})


@pytest.fixture
def story(claims: list[ClaimOnRecord]) -> Story:
    """A toll that one article and its copy give, then a higher one of a version that is no more, and a conflict."""
    killed, *_, injured = (claim for claim in claims if isinstance(claim, FigureOnRecord))
    first = claims[0]
    toll = (
        point(killed),
        point(killed, article="copy", figure="copied", copy=True, state="repeated"),
        point(killed, figure="gone", low=30, high=30, state="revised_up", reported="2026-03-05"),
        point(killed, figure="other", low=12, high=12, state="conflicting", speaker="Police"),
    )
    return Story(
        id="s1", name="Ferry sinks", from_="2026-03-04", to="2026-03-05", places=("Norhaven",), independent_sources=1,
        articles=(StoryArticle(id=first.article, url=first.evidence.url, outlet=first.outlet), COPY),
        series=(
            Series(outcome="injured", scope="whole", points=(point(injured),)),
            Series(outcome="killed", counted="people", scope="whole", points=toll),
        ),
        copies=(Copy(a="copy", b=first.article, kind="copy", share=0.86),),
        comparisons=(
            Comparison(a="gone", b=killed.id, kind="revises", says="30 from 23"),
            Comparison(a="other", b=killed.id, kind="conflicts", says="12 against 23"),
        ),
    )  # fmt: skip


def write(story: Story, claims: list[ClaimOnRecord]) -> str:
    out = io.BytesIO()
    assert write_story(story, claims, out) == len({claim.id for claim in claims})
    return out.getvalue().decode()


@pytest.fixture(params=["whole", "no claims", "empty"])
def made(request: pytest.FixtureRequest, story: Story, claims: list[ClaimOnRecord]) -> str:
    if request.param == "empty":
        return write(Story(id="s0", name="Nothing yet"), [])
    return write(story, claims if request.param == "whole" else [])


def test_story_has_no_script_and_loads_nothing(made: str) -> None:
    tree = html.fromstring(made)
    assert not tree.xpath("//script|//img|//link|//iframe|//object|//form|//@style|//@src")
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "url(" not in made
    assert "@import" not in made


def test_links_of_a_story_lead_to_single_anchors(made: str) -> None:
    tree = html.fromstring(made)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    links = tree.xpath("//@href")
    assert {link[1:] for link in links if link.startswith("#")} <= set(ids)
    assert {link for link in links if not link.startswith("#")} <= {"https://gazette.example/ferry"}


def test_story_is_well_formed_and_can_be_heard(made: str) -> None:
    etree.fromstring(re.sub(r"<!doctype html>|<meta[^>]*>", "", made))
    tree = html.fromstring(made)
    assert len(tree.xpath("//h1")) == len(tree.xpath("//main")) == 1
    levels = [int(heading.tag[1]) for heading in tree.xpath("//h1|//h2|//h3")]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for table in tree.xpath("//table"):
        assert table.xpath("./caption")
        assert all(cell.get("scope") for cell in table.xpath(".//th"))


def test_story_has_a_style_for_dark_and_for_paper(made: str) -> None:
    assert "prefers-color-scheme:dark" in made
    assert "@media print" in made
    used, given = set(re.findall(r"var\((--\w+)\)", made)), set(re.findall(r"(--\w+):", made))
    assert used <= given


def test_story_begins_with_span_places_and_counts(story: Story, claims: list[ClaimOnRecord]) -> None:
    tree = html.fromstring(write(story, claims))
    facts = {item[0].text: item[1].text for item in tree.xpath("//dl[@class='facts']/div")}
    assert facts == {
        "when": "4 Mar 2026 to 5 Mar 2026", "where": "Norhaven", "articles": "2", "independent sources": "1",
    }  # fmt: skip


def test_every_claim_has_its_sentence_marked_number_and_page(story: Story, claims: list[ClaimOnRecord]) -> None:
    tree = html.fromstring(write(story, claims))
    for claim in claims:
        block = tree.xpath(f"//li[@id='claim-{claim.id}']/ancestor::div[@class='sentence']")[0]
        assert block.xpath("./blockquote")[0].text_content() == claim.evidence.sentence
        if isinstance(claim, FigureOnRecord):
            assert claim.evidence.as_written.number in block.xpath(".//mark/text()")
    assert "https://gazette.example/ferry" in tree.xpath("//h2[@id='sentences']/following-sibling::p//@href")


def test_figure_of_an_earlier_version_is_said_to_be_gone(story: Story, claims: list[ClaimOnRecord]) -> None:
    tree = html.fromstring(write(story, claims))
    assert "Of earlier versions" in tree.xpath("//h3/text()")
    assert "30, according to" in tree.xpath("//li[@id='claim-gone']")[0].text_content()


def test_conflict_and_revision_are_in_words(story: Story, claims: list[ClaimOnRecord]) -> None:
    tree = html.fromstring(write(story, claims))
    conflict, revision = (" ".join(one.text_content().split()) for one in tree.xpath("//li[b[@aria-hidden]]"))
    assert "12 (Police; Norhaven Gazette, 4 Mar 2026) conflicts with 23 or more (" in conflict
    assert "At least 23 people were killed in Norhaven" in conflict
    assert "30 (" in revision
    assert "revised up from 23 or more (" in revision


def test_table_has_the_figures_of_each_outlet(story: Story, claims: list[ClaimOnRecord]) -> None:
    table = html.fromstring(write(story, claims)).xpath("//div[@aria-label='Table of figures by outlet']//table")[0]
    assert table.xpath(".//thead//th/text()") == ["figure", "Norhaven Gazette", "Calder Post"]
    rows = [[cell.text_content() for cell in row.xpath("./td")] for row in table.xpath(".//tbody/tr")]
    assert rows == [["23 or more, 30 ↑, 12 ≠", "23 or more (copy)"]]


def test_statement_stands_under_its_day_with_its_speaker(story: Story, claims: list[ClaimOnRecord]) -> None:
    tree = html.fromstring(write(story, claims))
    said = tree.xpath("//h2[@id='said']/following-sibling::h3[1]")[0]
    assert said.text == "4 Mar 2026"
    assert "Ada" in said.getnext().text_content()


def test_copies_are_named(story: Story, claims: list[ClaimOnRecord]) -> None:
    words = html.fromstring(write(story, claims)).text_content()
    assert f"copy and {claims[0].article} carry the same text: 86% of the shorter one" in words


def test_hostile_text_stays_text(story: Story, claims: list[ClaimOnRecord]) -> None:
    article = StoryArticle(id=HOSTILE, outlet=HOSTILE, url="javascript:alert(1)", published=HOSTILE, copy_of=HOSTILE)
    one = replace(story.series[1].points[0], figure=HOSTILE, speaker=HOSTILE, article=HOSTILE, reported=HOSTILE)
    hostile = replace(
        story, name=HOSTILE, places=(HOSTILE,), from_=HOSTILE, to=HOSTILE, articles=(article,),
        copies=(Copy(a=HOSTILE, b=HOSTILE, kind="partial", share=0.5),),
        series=(Series(outcome="killed", counted=HOSTILE, place=HOSTILE, scope=HOSTILE, points=(one, one)),),
        comparisons=(Comparison(a=HOSTILE, b=HOSTILE, kind="conflicts", says=HOSTILE),),
    )  # fmt: skip
    spoilt = [
        replace(
            claim, speaker=HOSTILE, outlet=HOSTILE, article=HOSTILE, published=HOSTILE,
            evidence=replace(claim.evidence, url="javascript:alert(1)", sentence=HOSTILE),
        )
        for claim in claims
    ]  # fmt: skip
    made = write(hostile, spoilt)
    assert "<script" not in made
    assert "\u202e" not in made
    tree = html.fromstring(made)
    assert not [link for link in tree.xpath("//@href") if not link.startswith("#")]
    assert not tree.xpath("//@*[starts-with(name(), 'on')]")
    etree.fromstring(re.sub(r"<!doctype html>|<meta[^>]*>", "", made))


def test_chart_has_the_series_that_are_told_often(story: Story) -> None:
    assert [series.outcome for series in told_often(story)] == ["killed"]
    once = replace(story, series=story.series[:1])
    assert [series.outcome for series in told_often(once)] == ["injured"]
    assert told_often(Story(id="s", name="Nothing")) == []


def test_story_is_the_same_whatever_the_order_of_its_claims(story: Story, claims: list[ClaimOnRecord]) -> None:
    assert write(story, claims[::-1] + claims[:2]) == write(story, claims)


def test_events_and_places_are_drawn_and_listed(story: Story, claims: list[ClaimOnRecord]) -> None:
    file = html.fromstring(write(story, claims))
    (timeline,) = file.xpath("//svg[@class='timeline']")
    marks = timeline.xpath(".//a/@href")
    assert marks
    assert {mark[1:] for mark in marks} <= set(file.xpath("//li/@id"))
    events = {f"#claim-{claim.id}" for claim in claims if isinstance(claim, EventOnRecord)}
    listed = file.xpath("//h2[@id='events']/following-sibling::ul[preceding-sibling::h2[1][@id='events']]//a/@href")
    assert sorted(listed) == sorted(events)
    assert "Norhaven" in "".join(file.xpath("//p[@class='unplaced']//text()"))
