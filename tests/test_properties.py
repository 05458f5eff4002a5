"""What must hold for every page: spans, ids, limits, furniture, and that no page raises an exception.

The quick tests take the same examples every time, so that a change fails only by its own fault; the long ones look for
new ones.
"""

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.pipeline import read_bytes
from onrecord.reading.sentences import READ_ROLES
from onrecord.records import Claim, Figure, Origin, Reading, Span, from_json, to_json

QUICK = settings(max_examples=60, deadline=None, derandomize=True, database=None)
LONG = settings(max_examples=4000, deadline=None)

FRAGMENTS = [
    "At least 23 people were hurt in Norhaven, the mayor said.",
    "Six of the town's 10 districts lost power",
    "“We counted 539 drones and 11 missiles, 550 in all,” Colonel Ada Brenn told reporters.",
    "Of these, 478 out of the 550 were shot down, according to the air defence command.",
    "''No one was killed,'' she said,",
    "'It is over,' he told the Norhaven Gazette",
    "The toll rose from 38 to 41, including three children,",
    "officials denied that 30 soldiers had died",
    "Dozens were missing; hundreds of homes burned.",
    "Two more died on Tuesday night",
    "a woman and her two sons",
    "about 40 percent of the vote",
    "$2.5 million in aid",
    "between 15 and 20 gunmen",
    "According to the Ministry of Ports, nobody was hurt.",
    "Brenn, 54, has led Brigade 12 since 2019.",
    "at 6.30am on 4 July",
    "ADVERTISEMENT",
    "Read more: Norhaven votes",
    "Follow us on social media",
    "© 2025 Norhaven Gazette. All rights reserved.",
    "By Ilse Marr",
    "NORHAVEN (Coast Press) —",
    "Photo: Coast Press/Jon Tull",
    "Tags: harbour, fire",
    "said",
    "killed",
    "“",
    "”",
    '"',
    "''",
    "’s",
    "\u202eright to left\u202c",
    "zero\u200bwidth",
    "cafe\u0301 🏥 ½ ٣ 三",
    "\u00a0",
    "1,2,3",
    "1e9",
    "9" * 40,
    "0.5 of 0",
    "U.S. Gen. J. R. Oster",
    "—",
    "...",
    "\x00",
    "\ufeff",
]
JOINTS = [" ", " ", " ", ", ", ". ", "\n", "\n\n", "\r\n", "", "\t"]
TAGS = [
    "p",
    "div",
    "h1",
    "h2",
    "article",
    "aside",
    "figure",
    "figcaption",
    "ul",
    "li",
    "blockquote",
    "script",
    "time",
    "a",
]

fragments = st.sampled_from(FRAGMENTS) | st.text(max_size=20)
news_texts = st.lists(st.tuples(fragments, st.sampled_from(JOINTS)), max_size=14).map(
    lambda pairs: "".join(part + joint for part, joint in pairs)
)


def tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """HTML made of inner pieces, tags closed or not."""
    whole = st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
        lambda pair: f"<{pair[0]}>{' '.join(pair[1])}</{pair[0]}>"
    )
    open_ended = st.tuples(st.sampled_from(TAGS), inner).map(lambda pair: f"<{pair[0]} class='x'>{pair[1]}")
    return whole | open_ended


html_pages = st.recursive(fragments, tagged, max_leaves=12).map(lambda body: f"<html><body>{body}</body></html>")


def page_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def read(data: bytes, media_type: str = "auto") -> Reading:
    return read_bytes(
        data, Origin(name="page", outlet="Norhaven Gazette", published="2025-07-04", media_type=media_type)
    )


def claims_of(reading: Reading) -> tuple[Claim, ...]:
    return (*reading.figures, *reading.statements, *reading.events)


def places_of(claim: Claim) -> dict[str, list]:
    """The places of a claim's own words, by field."""
    fields = (
        *("number", "counted", "outcome_word", "source", "actor", "target", "weapon", "cue", "trigger", "content"),
        *("addressee", "actors", "targets", "place", "time", "sentence"),
    )
    found = {}
    for name in fields:
        value = getattr(claim, name, None)
        found[name] = [] if value is None else list(value) if isinstance(value, tuple) else [value]
    return found


# --- what must hold ------------------------------------------------------------------------------------------------


def assert_spans_are_inside(reading: Reading) -> None:
    """Every span lies inside the page's text; the words that make a claim lie inside its sentence and are not blank."""
    text = reading.page.text
    for claim in claims_of(reading):
        for name, places in places_of(claim).items():
            for place in places:
                assert 0 <= place.start < place.end <= len(text), (name, place)
                assert text[place.start : place.end].strip(), (name, place)
                assert reading.words(place) == text[place.start : place.end]
        core = getattr(claim, "number", None) or getattr(claim, "cue", None) or getattr(claim, "trigger", None)
        assert claim.sentence.holds(core), (claim.sentence, core)


def assert_blocks_are_in_order(reading: Reading) -> None:
    """Blocks stand in text order, inside the text, and do not overlap."""
    before = 0
    for block in reading.article.blocks:
        assert before <= block.start < block.end <= len(reading.page.text), block
        before = block.end


def assert_furniture_yields_no_claim(reading: Reading) -> None:
    """No word of a claim stands in furniture, and its sentence stands in a block that is read."""
    blocks = reading.article.blocks
    furniture = [block.span for block in blocks if block.role == "furniture"]
    read_blocks = [block.span for block in blocks if block.role in READ_ROLES]
    for claim in claims_of(reading):
        assert any(block.holds(claim.sentence) for block in read_blocks), claim.sentence
        for name, places in places_of(claim).items():
            for place in places:
                span = Span(place.start, place.end)
                assert not any(block.meets(span) for block in furniture), (name, span)


def assert_limits_are_ordered(figure: Figure) -> None:
    """The limits are ordered (low <= point <= high), with an open end where the bound says so."""
    if figure.low is not None and figure.high is not None:
        assert figure.low <= figure.high, figure
    if figure.point is not None and figure.bound in ("exact", "about"):
        assert figure.low == figure.point == figure.high, figure
    if figure.bound in ("at_least", "more_than"):
        assert figure.high is None, figure
    if figure.bound in ("at_most", "less_than", "nearly"):
        assert figure.low is None, figure
    for value in (figure.low, figure.high, figure.point, figure.of_total):
        assert value is None or value == value, figure  # no NaN


def assert_value_is_that_of_its_words(reading: Reading, figure: Figure) -> None:
    """A number printed in digits has the value of these digits."""
    printed = re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+", reading.words(figure.number))
    if printed and figure.bound == "exact":
        assert figure.low == figure.high == int(printed[0].replace(",", "")), figure


def assert_checks_follow_the_figures(reading: Reading) -> None:
    """A check names figures of the page; a part above its whole is never left without a failed check."""
    by_id = {figure.id: figure for figure in reading.figures}
    for check in reading.checks:
        assert check.says
        assert set(check.figures) <= set(by_id), check
    failed = [set(check.figures) for check in reading.checks if not check.holds]
    for figure in reading.figures:
        if figure.part_of is None:
            continue
        whole = by_id[figure.part_of]
        assert whole is not figure
        if figure.low is not None and whole.high is not None and figure.low > whole.high:
            assert any({figure.id, whole.id} <= ids for ids in failed), (figure, whole)


def assert_ids_are_stable(reading: Reading, again: Reading) -> None:
    """The same bytes give the same reading; no two claims share an id; links lead to claims of the page."""
    assert reading == again
    ids = [claim.id for claim in claims_of(reading)]
    assert len(ids) == len(set(ids))
    figures, events = {figure.id for figure in reading.figures}, {event.id for event in reading.events}
    for figure in reading.figures:
        assert figure.incident is None or figure.incident in events
        assert set(figure.excludes) <= figures
    for event in reading.events:
        assert set(event.figures) <= figures
    for statement in reading.statements:
        assert statement.nested_in is None or statement.nested_in in ids


def assert_all_holds(data: bytes, media_type: str = "auto") -> None:
    """Everything above, and the reading survives JSON."""
    reading = read(data, media_type)
    assert_ids_are_stable(reading, read(data, media_type))
    assert from_json(to_json(reading), Reading) == reading
    if reading.page is None:
        assert reading.problems, "neither a page nor a problem"
        assert not claims_of(reading)
        return
    assert_blocks_are_in_order(reading)
    assert_spans_are_inside(reading)
    assert_furniture_yields_no_claim(reading)
    for figure in reading.figures:
        assert_limits_are_ordered(figure)
        assert_value_is_that_of_its_words(reading, figure)
        assert (figure.source is None) == (figure.speaker is None), figure
    for statement in reading.statements:
        assert (statement.source is None) == (statement.speaker is None), statement
    assert_checks_follow_the_figures(reading)


# --- on what -------------------------------------------------------------------------------------------------------


@QUICK
@given(news_texts)
def test_all_holds_for_text_pages(text):
    assert_all_holds(page_of(text), "text")


@QUICK
@given(html_pages)
def test_all_holds_for_html_pages(page):
    assert_all_holds(page_of(page), "html")


@QUICK
@given(st.binary(max_size=300))
def test_all_holds_for_any_bytes(data):
    assert_all_holds(data)


@pytest.mark.parametrize("media_type", ["auto", "text", "html"])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\t\n",
        b"\x00" * 40,
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\xff\xfeS\x00i\x00x\x00",
        b"caf\xe9, six killed",
        "“Six were killed, he said. Nobody closed the mark.".encode(),
        "Six\u202e were\u202c ki\u200blled, the mayor said.".encode(),
        b"<html><body><nav>Home</nav></body></html>",
        b"<html>" + b"<div>" * 2000 + b"Six were killed, police said.",
        b"<p>Six were killed, police said.<p",
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:16]),
)
def test_all_holds_for_bad_pages(data, media_type):
    assert_all_holds(data, media_type)


def test_unchanged_sentence_keeps_its_claims_when_another_is_added():
    url = "https://gazette.example/harbour-fire"
    first = "At least 23 people were hurt in the fire, the mayor said."
    texts = (first, f"A crane fell into the harbour on Friday.\n\n{first}")
    before, after = (
        {claim.id for claim in claims_of(read_bytes(text.encode(), Origin(name="page", url=url, media_type="text")))}
        for text in texts
    )
    assert before
    assert before <= after


@pytest.mark.long
@LONG
@given(news_texts)
def test_all_holds_for_many_text_pages(text):
    assert_all_holds(page_of(text), "text")


@pytest.mark.long
@LONG
@given(html_pages)
def test_all_holds_for_many_html_pages(page):
    assert_all_holds(page_of(page), "html")


@pytest.mark.long
@LONG
@given(st.binary(max_size=3000))
def test_all_holds_for_many_bytes(data):
    assert_all_holds(data)


@pytest.mark.long
@pytest.mark.parametrize(
    "data",
    [
        b"Six were killed, police said. " * 170_000,
        b"word " * 1_000_000,
        b"9" * 5_000_000,
        b"<html><body>" + b"<div>" * 20_000 + b"Six were killed, police said.",
        b"\xe2\x80\x9c" * 300_000,
    ],
    ids=["one line of sentences", "one line without a stop", "one number", "nested divs", "opening marks"],
)
def test_all_holds_for_large_pages(data):
    assert_all_holds(data)


@pytest.mark.long
@pytest.mark.shared
def test_all_holds_for_real_pages(shared):
    with (shared / "gold" / "dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            assert_all_holds(json.loads(line)["text"].encode(), "text")
