"""stories/pieces.py: an article's piece is found from it alone; what a change leaves as it was is known."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.stories import pieces
from onrecord.stories.copies import Reuse
from onrecord.stories.cutting import Compared
from onrecord.stories.pieces import FIRM, LEVELS, Pieces, firmest, ties, unsettled

NAMES = "abcdefgh"
COPY = Reuse(kind="copy", share_a=1.0, share_b=1.0)
STRENGTHS = (0.5, 0.6, 0.75, 0.8, 0.9, 0.99, 1.0, "copy", "together")


def compared(edges, names=NAMES):
    """Return what links articles: edges is {(a, b): likeness, "copy" or "together"}."""
    scores, reuses = {name: {} for name in names}, {name: {} for name in names}
    together = {}
    for (a, b), strength in edges.items():
        for mine, other in ((a, b), (b, a)):
            if strength == "copy":
                reuses[mine][other] = COPY
            elif strength == "together":
                together.setdefault(mine, set()).add(other)
            else:
                scores[mine][other] = strength
    return Compared({}, {}, {}, scores, reuses, together, {})


def piece(links, id):
    return "".join(sorted(Pieces(links).of(id)[1]))


CHAIN = {("a", "b"): 0.6, ("b", "c"): 0.8, ("c", "d"): 0.6, ("d", "e"): 0.9}


@pytest.mark.parametrize(
    ("most", "expected"),
    [(5, {"abcde"}), (4, {"a", "bc", "de"}), (2, {"a", "bc", "de"}), (1, {"a", "b", "c", "d", "e"})],
)
def test_a_piece_that_is_too_large_is_taken_where_it_hangs_together_more(monkeypatch, most, expected):
    monkeypatch.setattr(pieces, "MOST_TOGETHER", most)
    assert {piece(compared(CHAIN), id) for id in "abcde"} == expected


def test_copies_count_once_and_stay_together(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_TOGETHER", 1)
    links = compared({("a", "b"): "copy", ("b", "c"): "copy", ("c", "d"): "together", ("d", "e"): 0.5})
    assert piece(links, "e") == "e"
    assert piece(links, "a") == "abcd"
    assert ties("c", links) == {"b": FIRM, "d": FIRM}


def test_an_article_that_is_not_there_has_no_piece():
    links = compared({("a", "b"): 0.6, ("b", "x"): "together"}, names="ab")
    assert piece(links, "x") == ""
    assert piece(links, "a") == "ab"


def test_what_hangs_together_is_asked_for_before_it_is_looked_at():
    links, there = compared(CHAIN), compared({}, names="")
    asked = []

    def fetch(ids):
        asked.extend(ids)
        there.scores.update((id, links.scores[id]) for id in ids)
        there.reuses.update((id, links.reuses[id]) for id in ids)

    assert Pieces(there, fetch).of("a")[1] == set("abcde")
    assert sorted(set(asked)) == list("abcde")


EDGES = st.dictionaries(
    st.sampled_from([(a, b) for a in NAMES for b in NAMES if a < b]), st.sampled_from(STRENGTHS), max_size=14
)


@settings(deadline=None, max_examples=150)
@given(EDGES, EDGES, st.sets(st.sampled_from(NAMES), min_size=1, max_size=2), st.integers(1, 4))
def test_what_is_not_unsettled_stands_as_it_stood(edges, changed, touched, most):
    after = {pair: strength for pair, strength in edges.items() if not touched & set(pair)}
    after |= {pair: strength for pair, strength in changed.items() if touched & set(pair)}
    before_links, after_links = compared(edges), compared(after)
    tied = firmest(*(ties(id, links) for id in touched for links in (before_links, after_links)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "MOST_TOGETHER", most)
        found = unsettled(touched, tied, after_links)
        for id in set(NAMES) - found:
            assert piece(before_links, id) == piece(after_links, id)


def test_levels_leave_less_doubt_each():
    assert LEVELS[:3] == (0.5, 0.75, 0.875)
    assert LEVELS[-1] >= 1 - 1e-6
