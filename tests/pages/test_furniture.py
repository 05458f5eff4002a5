"""Furniture phrases fit furniture and leave the sentences of news alone."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.lexicon import rows
from onrecord.pages.furniture import furniture_kind, is_author_note, tail_kind

FURNITURE = [
    ("Advertisement", "ad"),
    ("Story continues below this ad", "ad"),
    ("Premium", "badge"),
    ("3 min read", "badge"),
    ("Video Player Close", "other"),
    ("Slideshow (4 Images)", "other"),
    ("Share on Facebook", "social"),
    ("Share this article", "social"),
    ("Stay updated with the latest - Click here to follow us on Instagram", "social"),
    ("Sign up for our morning newsletter", "promo"),
    ("Install the Harbour App for a better experience", "promo"),
    ("Get the day's news straight to your inbox", "promo"),
    ("Read more: Ferry with 40 aboard runs aground", "related"),
    ("Related Coverage Ferry with 40 aboard runs aground", "related"),
    ("GRAPHIC - Map of the port: tmsnrt.rs/abc12", "related"),
    ("OTHER FERRY SINKS OFF VELL [VIDEO]", "related"),
    ("Our Standards: The Harbour Trust Principles.", "policy"),
    ("© 2031 The Harbour Post. All rights reserved.", "policy"),
    ("(This version of the May 3 story corrects the spelling of the ferry's name)", "policy"),
    ("This article was originally published on May 3.", "policy"),
    ("World", "navigation"),
    ("Home > World > Marland", "navigation"),
    ("***", "other"),
]

SENTENCES = [
    "The report was published on Monday by the harbour office and says 12 people died.",
    "This report was seen by three officials.",
    "Next week 12 soldiers will be sent to the port.",
    "Data provided by the ministry showed 200 people were killed.",
    "Copyright law was changed in 2031, the minister said.",
    "Related posts on social media claimed 12 deaths.",
    "More stories about abuse at the yard emerged on Monday.",
    "The app has gained 5 million users since May, the company said.",
    "The company changed its privacy policy on Monday, the regulator said.",
    "Read out in court, the letter said 12 people had died.",
    "Contact with the ferry was lost at noon, officials said.",
    "Get out of the port now, the army told 300 families.",
    "Video of the strike showed five bodies.",
    "Update 12 of the bulletin put the toll at 40.",
    "Follow-up strikes killed six people.",
    "Share prices fell by a fifth.",
    "Seven people were killed.",
    "($1 = 305.28 marks)",
]


@pytest.mark.parametrize(("text", "kind"), FURNITURE)
def test_furniture_is_told_by_its_words(text: str, kind: str) -> None:
    assert furniture_kind(text) == kind


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences_are_no_furniture(text: str) -> None:
    assert furniture_kind(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("From the homepage", "related"),
        ("Most read in world news", "related"),
        ("Tags:", "topics"),
        ("Follow us", "social"),
        ("Edition", "edition"),
        ("Comments (12)", "social"),
        ("The port of Ostra", None),
        ("12 dead", None),
    ],
)
def test_tail_heads(text: str, kind: str | None) -> None:
    assert tail_kind(text) == kind


def test_author_note() -> None:
    assert is_author_note("Ana Reyes is a reporter who covers the port for the Harbour Post.")
    assert not is_author_note("The ferry sank within minutes, the crew said.")


@pytest.mark.parametrize("text", ["google+" * 59 + "!x", "share, " * 59 + "z", "a > " * 100 + "!", "and/" * 100 + "?"])
def test_long_rows_of_buttons_take_no_time(text: str) -> None:
    furniture_kind(text)
    tail_kind(text)


ANYWHERE = [*(row for row in rows("furniture") if row["fit"] == "any"), *rows("access")]


@pytest.mark.parametrize("row", ANYWHERE, ids=[row["has"] for row in ANYWHERE])
@settings(max_examples=8, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_each_line_that_a_row_fits_has_one_of_its_words(row: dict[str, str], data: st.DataObject) -> None:
    line = data.draw(st.from_regex(row["pattern"], fullmatch=True))
    assert row["has"]
    assert any(word in line for word in row["has"].split("|"))


def test_only_rows_that_fit_anywhere_name_words() -> None:
    assert {row["fit"] for row in rows("furniture") if row["has"]} == {"any"}
