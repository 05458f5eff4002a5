"""stories/copies.py: copy, part or none; quotations do not count; groups by average link over copies only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stories.copies import CopyIndex, Reuse, compare, fingerprint, groups, reuse

LEAD = (
    "Rescue teams pulled eleven people from a collapsed warehouse in the harbour of Orvane on Tuesday after a crane "
    "fell through its roof during a storm, the fire service of the port said in a short notice to the press."
)
MIDDLE = (
    "Four of them were taken to the district hospital with broken bones while the others were treated at the quay and "
    "sent home before noon, and the search for a missing dock worker went on under floodlights until midnight."
)
END = (
    "The crane had passed its last inspection in spring and was due to be taken down next month because the terminal "
    "moves to the northern basin, according to papers that the port authority published on its pages last winter."
)
OTHER = (
    "Voters in the hill towns of Maresh queued for hours to choose a council to decide about the closed mine and "
    "the railway, while observers counted few complaints and praised the patience of clerks and helpers at the tables."
)
SPEECH = (
    "\u201cWe have lost friends tonight and we will not rest until every family knows what happened to the people they "
    "love, and we will ask every question that has to be asked about this crane and about those who ran it\u201d"
)
REPORT = "\n\n".join((LEAD, MIDDLE, END))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REPORT, "copy"),
        (LEAD + "\n\n" + MIDDLE, "copy"),  # cut short
        ("Sign up for our newsletter\nRead more\n" + REPORT + "\nFollow us here", "copy"),
        (REPORT.replace("eleven", "twelve").replace("Four", "Five"), "copy"),
        (OTHER + "\n\n" + OTHER.replace("Maresh", "Tolva") + "\n\n" + LEAD, "partial"),
        (OTHER, "none"),
        ("", "none"),
    ],
)
def test_kind_of_reuse(text, kind):
    assert compare(REPORT, text).kind == kind


def test_shared_quotation_is_no_reuse():
    a, b = f"{LEAD} {SPEECH}, the mayor said. {MIDDLE}", f"{OTHER} {SPEECH}, the mayor said at the council."
    assert compare(a, b).kind == "none"


def test_shared_promo_lines_are_no_reuse():
    promos = (
        "\n".join(("Sign up for our daily newsletter today for free", "Read more on this topic", "Follow us")) + "\n"
    )
    assert compare(promos * 4 + LEAD, promos * 4 + OTHER).kind == "none"


def test_stretches_are_the_shared_words():
    found = compare(REPORT, f"{OTHER}\n\n{MIDDLE}")
    assert found.stretches[0].a.of(REPORT) == MIDDLE.rstrip(".")
    assert found.stretches[0].words == found.run == len(MIDDLE.split())


def test_containment_goes_both_ways():
    found = compare(REPORT, LEAD)
    assert found.share_b == 1.0
    assert 0.2 < found.share_a < 0.5
    assert found.share == 1.0


def rows_of(kind, number):
    return " ".join(f"{kind}{row} {kind}{row * 7}x {kind}{row * 3}y counted {kind}{row}z once" for row in range(number))


def test_one_pasted_passage_in_a_long_article_is_part():
    passage = f"{MIDDLE} {END}"
    assert compare(f"{rows_of('clerk', 200)}\n\n{passage}", f"{rows_of('guard', 200)}\n\n{passage}").kind == "partial"
    assert compare(rows_of("clerk", 200), rows_of("guard", 200)).kind == "none"


def test_index_finds_what_shares_text_and_forgets_what_is_left_out():
    index = CopyIndex()
    index.add("a", fingerprint(REPORT).kept)
    index.add("b", fingerprint(OTHER).kept)
    assert index.like(fingerprint(LEAD + "\n\n" + MIDDLE).kept) == ["a"]
    index.remove("a", fingerprint(REPORT).kept)
    assert index.like(fingerprint(REPORT).kept) == []


def copy(share):
    return Reuse(kind="copy", share_a=share, share_b=share)


@pytest.mark.parametrize(
    ("reuses", "found"),
    [
        ({}, [["a"], ["b"], ["c"], ["d"]]),
        ({("a", "b"): copy(0.9), ("c", "d"): copy(0.8)}, [["a", "b"], ["c", "d"]]),
        ({("a", "b"): Reuse(kind="partial", share_a=0.4)}, [["a"], ["b"], ["c"], ["d"]]),
        # b alone bridges two groups: the mean of four pairs is too small
        ({("a", "b"): copy(1.0), ("c", "d"): copy(1.0), ("b", "c"): copy(0.5)}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_groups_by_average_link_over_copies(reuses, found):
    assert groups("dcba", reuses) == found


@given(st.lists(st.sampled_from('abcdefg \n.\u201c\u201d"'), max_size=200).map("".join))
def test_every_text_is_a_copy_of_itself_or_too_short(text):
    made = fingerprint(text)
    assert reuse(made, made).kind == ("copy" if len(made.unique) >= 6 else "none")
    assert all(0 <= start < end <= len(text) for start, end in zip(made.starts, made.ends))
