"""Text dumps: every line gets its role, and no sentence of a report is lost."""

import pytest

from onrecord.errors import NoArticleError, TooLargeError
from onrecord.pages import textdump
from onrecord.pages.textdump import read_text
from onrecord.records import Article, Origin, Page

DUMP = """The Coast's Own Paper
Advertisement
Premium

Ferry sinks off Port Ostra as mayor rejects blame over harbour repairs

The search, which lasted all night, found nobody. “We looked everywhere,” the coast guard chief said.

Falk Ostra, ferry sinking, harbour viewWhen asked about the repairs, he said “ask the port”. (AP Photos)

At least 23 people were killed when a ferry sank off Port Ostra on Friday, the coast guard said.

The mayor, Lena Falk, said the harbour was safe.

Falk asks for more boats

“We need ten more boats,” Falk told reporters in Vell.

Story continues below this ad

Six of the town's ten piers were closed.

(With inputs from Reuters)

From the homepage

Stay updated with the latest - Click here to follow us on Telegram

Tags:
  • lena falk Port Ostra coast guard
Edition
Install the Coast App for
a better experience
Featured
News
Tom Okoro writesAfter the storm, a question: Who pays for the 90 boats that sank?
X
"""

REPORT = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, officials said."


def read(text: str, **known: str) -> tuple[Page, Article]:
    return read_text(text.encode(), Origin(name="ostra", **known))  # type: ignore[arg-type]


def roles(text: str, **known: str) -> list[tuple[str, str]]:
    page, article = read(text, **known)
    return [(b.role + (f"/{b.kind}" if b.kind else ""), page.text[b.start : b.end]) for b in article.blocks]


def test_dump_labels_every_line() -> None:
    assert [role for role, _ in roles(DUMP)] == [
        "furniture/masthead", "furniture/ad", "furniture/badge", "headline", "standfirst", "furniture/other", "caption",
        "credit", "body", "body", "subhead", "body", "furniture/ad", "body", "wire_credit", "furniture/related",
        "furniture/social", "furniture/topics", "furniture/topics", "furniture/edition", "furniture/promo",
        "furniture/navigation", "furniture/navigation", "furniture/related", "furniture/social",
    ]  # fmt: skip


def test_dump_gives_the_fields_of_the_article() -> None:
    page, article = read(DUMP)
    assert page.text == DUMP
    assert article.headline == "Ferry sinks off Port Ostra as mayor rejects blame over harbour repairs"
    assert article.standfirst is not None
    assert article.standfirst.startswith("The search")
    assert article.wire_credits == ("Reuters",)
    assert article.topics == ("lena falk", "Port Ostra", "coast guard")
    assert [(c.text, c.credit) for c in article.captions] == [
        ("When asked about the repairs, he said “ask the port”.", "AP Photos")
    ]
    assert article.body.split("\n\n")[0].startswith("At least 23 people")
    assert "90 boats" not in article.body
    assert (article.published, article.dateline, article.language) == (None, None, None)


def test_plain_report_is_all_body() -> None:
    text = "\n\n".join(
        [f"PORT OSTRA, May 3 (Reuters) - {REPORT}", "The mayor left.", "“No,” said the crew.", "($1 = 3 marks)"]
    )
    assert [role for role, _ in roles(text)] == ["body"] * 4
    _, article = read(text)
    assert (article.headline, article.dateline, article.wire_credits) == (None, "PORT OSTRA, May 3", ("Reuters",))


def test_first_paragraph_is_no_headline() -> None:
    _, article = read(f"{REPORT}\n\n{REPORT}")
    assert article.headline is None


def test_given_title_is_the_headline() -> None:
    text = f"Ferry sinks\n\n{REPORT}\n\n{REPORT}"
    assert roles(text, title="Ferry Sinks")[0] == ("headline", "Ferry sinks")
    assert read(text, title="Ferry Sinks")[1].headline == "Ferry Sinks"
    other = roles(f"{REPORT}\n\n{REPORT}", title="Ferry sinks")
    assert all(role == "body" for role, _ in other)


def test_wire_header_is_cut_at_its_strokes() -> None:
    text = f"Source: Xinhua| 2031-10-29 20:44:07|Editor: ana\n\nVideo Player Close\n\n{REPORT}"
    assert [role for role, _ in roles(text)] == ["wire_credit", "date", "wire_credit", "furniture/other", "body"]
    _, article = read(text)
    assert (article.published, article.wire_credits) == ("2031-10-29T20:44:07", ("Xinhua",))


def test_byline_date_and_standfirst() -> None:
    text = f"Ferry sinks off the coast of Ostra\n\n{REPORT}\n\nBy Ana Reyes\n\nJuly 4, 2031\n\n{REPORT} {REPORT}"
    assert [role for role, _ in roles(text)] == ["headline", "standfirst", "byline", "date", "body"]
    _, article = read(text)
    assert (article.byline, article.published) == (("Ana Reyes",), "2031-07-04")


def test_credit_at_the_end_of_a_paragraph_stands_apart() -> None:
    assert roles(f"{REPORT} (Editing by Lena Falk)") == [("body", REPORT), ("wire_credit", "(Editing by Lena Falk)")]


def test_tail_head_amid_an_article_does_not_end_it() -> None:
    text = "\n\n".join([REPORT, "Related stories", REPORT, REPORT, REPORT])
    assert [role for role, _ in roles(text)] == ["body", "furniture/related", "body", "body", "body"]


def test_truncated_sentences_stay_body() -> None:
    text = f"{REPORT}\n\nThe ferry had winds of 45 mph (75 kph)\n\n{REPORT}\n\nWINDS RISE\n\n{REPORT}"
    assert [role for role, _ in roles(text)] == ["body", "body", "body", "subhead", "body"]


def test_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "At least 23 people were killed when a ferry sank off Port Ostra on",
        "Friday, the coast guard said. The search went on all night, but no",
        "boat was found by noon.",
        "",
        "The mayor of the town said that the harbour had been safe and that",
        "six of its ten piers had been mended in the spring before the storm",
        "came in.",
    ]
    found = roles("\r\n".join(lines))
    assert [role for role, _ in found] == ["body", "body"]
    _, article = read("\r\n".join(lines))
    assert "ferry sank off Port Ostra on Friday, the coast guard said." in article.body


def test_inline_tags_are_topics() -> None:
    _, article = read(f"{REPORT}\n\n{REPORT}\n\nTags: ferries, Port Ostra | storms")
    assert article.topics == ("ferries", "Port Ostra", "storms")


@pytest.mark.parametrize(
    "text",
    [
        "Home\nWorld\nSport\nLog in\nSubscribe",
        "* * *",
        "Advertisement",
        "Menu\n\nFollow us\n\nTrending\n\nVell\n\nOstra",
    ],
)
def test_menus_are_no_article(text: str) -> None:
    with pytest.raises(NoArticleError, match=r"^ostra: no article, .*; give"):
        read(text)


@pytest.mark.parametrize("text", ["Five people killed", REPORT, "2 dead\n\n3 hurt"])
def test_a_few_words_are_read(text: str) -> None:
    assert [role for role, _ in roles(text)] == ["body"] * (text.count("\n\n") + 1)


def test_odd_characters_are_kept_and_spans_right() -> None:
    text = "\ufeffAt least\x00 23 people\u200b were \u202ekilled\u202c off Ostra, officials said."
    page, article = read(text)
    assert page.text == text[1:]
    assert [page.text[b.start : b.end] for b in article.blocks] == [text[1:]]


def test_too_many_lines_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textdump, "MOST_LINES", 3)
    with pytest.raises(TooLargeError, match="4 line breaks, more than the 3"):
        read("a\nb\nc\nd\ne")


def test_one_very_long_line_is_read_at_once() -> None:
    page, article = read(REPORT * 2_000)
    assert [(b.start, b.end) for b in article.blocks] == [(0, len(page.text))]
