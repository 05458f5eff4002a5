"""Live pages: entries with their times, whatever the page gives them in."""

import json

import pytest

from onrecord.pages.html import read_html
from onrecord.pages.textdump import read_text
from onrecord.records import Article, Entry, Origin, Page

LEAD = "<p>Rescue boats are out off Port Ostra, where the ferry Ostra Star sank on Friday with 120 people aboard.</p>"
TOLD = [
    "The harbour office said that 14 people had been brought ashore alive by noon, two of them children.",
    "Divers have found six bodies in the hull, the chief of the coast guard told reporters at the pier in Vell.",
    "The mayor, Lena Falk, said that the search would go on through the night with boats from three ports.",
    "The ferry company said it had changed the ship's engines in May and would publish all the papers it has.",
]


def read(body: str, published: str | None = None, ld: object = None) -> tuple[Page, Article]:
    script = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    page = f"<html><head><title>Ferry sinks: live</title>{script}</head><body><article><h1>Ferry sinks: live</h1>{body}"
    return read_html(f"{page}</article></body></html>".encode(), Origin(name="live", published=published))


def entries(times: list[str], tag: str = "div", name: str = "live-entry") -> str:
    return LEAD + "".join(
        f'<{tag} class="{name}">{time}<p>{words}</p></{tag}>' for time, words in zip(times, TOLD, strict=True)
    )


STAMPS = [f"2031-07-04T1{hour}:05:00+02:00" for hour in (8, 7, 6, 5)]
ISO = [f'<time datetime="{stamp}">1{stamp[12]}:05</time>' for stamp in STAMPS]


@pytest.mark.parametrize(
    ("tag", "name"),
    [("div", "live-entry"), ("article", "liveblog-post"), ("li", "timeline__item"), ("section", "update-block")],
)
def test_repeated_elements_with_times_are_entries(tag: str, name: str) -> None:
    page, article = read(entries(ISO, tag, name))
    assert [entry.published for entry in article.entries] == STAMPS
    for entry, words in zip(article.entries, TOLD, strict=True):
        assert words in page.text[entry.start : entry.end]


def test_paragraphs_of_entries_have_their_role_and_are_read() -> None:
    page, article = read(entries(ISO))
    told = [page.text[b.start : b.end] for b in article.blocks if b.role == "live_entry"]
    assert told == TOLD
    assert [page.text[b.start : b.end] for b in article.blocks if b.role == "date"] == [
        "18:05",
        "17:05",
        "16:05",
        "15:05",
    ]
    assert all(words in article.body for words in TOLD)
    assert [b.role for b in article.blocks if "Rescue boats" in page.text[b.start : b.end]] == ["body"]


def test_updates_of_the_page_data_are_entries_with_headlines() -> None:
    heads = ["Fourteen brought ashore", "Six bodies found in hull", "Search through the night", "Engines new in May"]
    updates = [
        {"@type": "BlogPosting", "headline": head, "datePublished": stamp, "articleBody": words}
        for head, stamp, words in zip(heads, STAMPS, TOLD, strict=True)
    ]
    body = LEAD + "".join(f"<h3>{head}</h3><p>{words}</p>" for head, words in zip(heads, TOLD, strict=True))
    page, article = read(
        body, ld={"@type": "LiveBlogPosting", "headline": "Ferry sinks: live", "liveBlogUpdate": updates}
    )
    assert [(e.headline, e.published) for e in article.entries] == list(zip(heads, STAMPS, strict=True))
    assert page.text[article.entries[1].start :].startswith(heads[1])
    assert TOLD[1] in page.text[article.entries[1].start : article.entries[1].end]


def clocks(*times: str) -> list[str]:
    return [f"<time>{time}</time>" for time in times]


@pytest.mark.parametrize(
    ("times", "published", "found"),
    [
        (("18:05", "17:30", "9:15", "8.40"), "2031-07-04", ["T18:05:00", "T17:30:00", "T09:15:00", "T08:40:00"]),
        (("8.40am", "9.15am", "1.30pm", "6.05pm"), "2031-07-04", ["T08:40:00", "T09:15:00", "T13:30:00", "T18:05:00"]),
        (("18:05 UTC", "17:30 UTC", "9:15 UTC", "8:40 UTC"), "2031-07-04T20:00:00Z",
         ["T18:05:00Z", "T17:30:00Z", "T09:15:00Z", "T08:40:00Z"]),
        (("01:05", "00:30", "23:15", "22:40"), "2031-07-04", None),  # midnight lies between: which day is open
        (("18:05", "17:30", "9:15", "8:40"), None, None),
        (("18:05", "17:30", "just now", "8:40"), "2031-07-04", None),
    ],
)  # fmt: skip
def test_clock_times_are_of_the_page_day_only_within_one_day(
    times: tuple[str, ...], published: str | None, found: list[str] | None
) -> None:
    _, article = read(entries(clocks(*times)), published)
    assert len(article.entries) == 4
    assert [e.published for e in article.entries] == ([f"2031-07-04{one}" for one in found] if found else [None] * 4)


@pytest.mark.parametrize("count", [1, 2])
def test_fewer_than_three_entries_are_no_live_page(count: int) -> None:
    body = LEAD + "".join(f'<div class="live-entry">{ISO[n]}<p>{TOLD[n]}</p></div>' for n in range(count))
    _, article = read(body)
    assert article.entries == ()
    assert not any(block.role == "live_entry" for block in article.blocks)


def test_article_without_times_is_no_live_page() -> None:
    _, article = read(entries([""] * 4))
    assert article.entries == ()


def test_entry_at_a_character() -> None:
    article = Article(entries=(Entry(start=5, end=9), Entry(start=9, end=12, headline="b")))
    assert article.entry_at(4) is None
    assert article.entry_at(8) == article.entries[0]
    assert article.entry_at(9) == article.entries[1]
    assert article.entry_at(12) is None


def dump(head: str, *times: str) -> str:
    return f"{head}\n\n" + "".join(f"{time}\n\n{words}\n\n" for time, words in zip(times, TOLD, strict=True))


@pytest.mark.parametrize(
    ("head", "times", "published", "found"),
    [
        ("Ferry sinks off Port Ostra: live updates", ("18:05", "17:30", "9:15", "8:40"), "2031-07-04", True),
        ("Ferry sinks off Port Ostra - as it happened", ("8.40am", "9.15am", "1pm", "6.05pm"), "2031-07-04", False),
        ("Ferry sinks off Port Ostra - as it happened", ("8.40am", "9.15am", "1.00pm", "6.05pm"), "2031-07-04", True),
        ("Ferry sinks off Port Ostra: live updates", ("18:05", "17:30", "9:15", "8:40"), None, False),
        ("Ferry sinks off Port Ostra: live updates", ("01:05", "00:30", "23:15", "22:40"), "2031-07-04", False),
        ("How the ferry sank, hour by hour", ("8:40", "9:15", "17:30", "18:05"), "2031-07-04", False),
    ],
)
def test_dump_of_a_live_page_has_entries(
    head: str, times: tuple[str, ...], published: str | None, *, found: bool
) -> None:
    page, article = read_text(dump(head, *times).encode(), Origin(name="live", published=published))
    assert all(words in article.body for words in TOLD)
    assert len(article.entries) == (4 if found else 0)
    roles = {page.text[b.start : b.end]: b.role for b in article.blocks}
    assert {roles[words] for words in TOLD} == ({"live_entry"} if found else {"body"})
    if found:
        assert [roles[time] for time in times] == ["date"] * 4
        assert all((entry.published or "").startswith("2031-07-04T") for entry in article.entries)
        assert TOLD[2] in page.text[article.entries[2].start : article.entries[2].end]
