"""Floods that no parser or reader takes are refused in words; pages near the limits are not."""

import time
from contextlib import suppress

import pytest

from onrecord.errors import TooLargeError
from onrecord.pages import floods
from onrecord.pages.floods import MOST_ATTRIBUTES, MOST_TAGS, refuse_floods, refuse_long


def attributes(count, *, value="=1"):
    return f"<p {' '.join(f'a{n}{value}' for n in range(count))}>"


@pytest.mark.parametrize(
    ("html", "says"),
    [
        ("<p>" * (MOST_TAGS + 1), "120,001 tags, more than the 120,000"),
        ("<i>" * (floods.MOST_ALIKE + 1), "40,001 tags <i>"),
        ("<A href>" * 10_001, "10,001 tags <a>"),
        ("<p>" + "é" * 5_000_000, "10,000,002 bytes without a tag"),
        (attributes(MOST_ATTRIBUTES), "1,000 attributes"),
        (attributes(MOST_ATTRIBUTES, value=""), "1,000 attributes"),
        (attributes(MOST_ATTRIBUTES, value="='<>'"), "1,000 attributes"),
        (attributes(MOST_ATTRIBUTES, value=' = "a b"'), "1,000 attributes"),
        (attributes(MOST_ATTRIBUTES, value="=<b"), "1,000 attributes"),
        (attributes(MOST_ATTRIBUTES, value="=<1/"), "1,000 attributes"),
    ],
)
def test_flood_is_refused(html, says):
    with pytest.raises(TooLargeError, match=says) as raised:
        refuse_floods(html, "page")
    assert str(raised.value).startswith("page: ")


@pytest.mark.parametrize(
    "html",
    [
        "<p>a</p>" * 30_000,
        attributes(MOST_ATTRIBUTES - 1) * 10,
        "<a href=b>c</a>" * 4_000,
        "<script>" + "a=1, b='<', " * 100_000 + "</script>",
        "<p>" + "a=b " * 500_000,
    ],
)
def test_page_below_the_limits_is_let_through(html):
    began = time.process_time()
    refuse_floods(html, "page")
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    "flood",
    [
        '<a b="' * 100_000,
        "<a b='" * 100_000,
        "<a b=\"'" * 100_000,
        "<" * 120_000,
        "<a " * 9,
        f"<a{'x' * 80}" * 4_000,
        f"<a/b={'x' * 80}" * 4_000,
    ],
)
def test_unclosed_tags_and_attributes_cost_no_time(flood):
    began = time.process_time()
    with suppress(TooLargeError):
        refuse_floods(flood, "page")
    assert time.process_time() - began < 2


def test_text_is_refused_from_its_limit_on(monkeypatch):
    monkeypatch.setattr(floods, "LARGEST_TEXT", 10)
    refuse_long("a" * 10, "page")
    with pytest.raises(TooLargeError, match="11 characters of text, more than the 10"):
        refuse_long("a" * 11, "page")
