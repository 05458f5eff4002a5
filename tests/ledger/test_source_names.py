"""Names of one source across pages: what is suggested, what a person decides, and what stays."""

import pytest

from onrecord.answers import SourceOnRecord
from onrecord.errors import ReviewError
from onrecord.ledger import source_counts
from onrecord.ledger.erasure import erase
from onrecord.ledger.queries import Query
from onrecord.ledger.review import check_reviewer
from onrecord.ledger.source_names import decide, pairs, same_body, same_person, suggestions, verdicts


@pytest.mark.parametrize(
    ("a", "b", "says"),
    [
        ("Ivan Torvsky", "Ivan Torvskyy", "spellings of one surname"),
        ("Sergei Marsh", "Sergey Marsh", "spellings of one given name"),
        ("I. Marsh", "Ivo Marsh", "have one initial"),
        ("Ana María Torv", "Ana Maria Torv", "one given name"),
    ],
)
def test_persons_are_suggested_with_evidence(a: str, b: str, says: str) -> None:
    assert any(says in line for line in same_person(a, b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ana Torv", "Ivo Torv"),
        ("Torv", "Ana Torv"),
        ("Ana Torv", "Ana Marsh"),
        ("Ana Li", "Ana Lee"),
        ("Ivo Marsh", "Ivo Marsh Jr."),
    ],
)
def test_persons_are_never_suggested_on_a_surname_alone(a: str, b: str) -> None:
    assert same_person(a, b) == ()


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("The Norvan Port Office", "Norvan Port Office (NPO)", True),
        ("NPO", "Norvan Port Office", True),
        ("NPO", "Norvan Road Office", False),
        ("Norvan Port Office", "Norvan Road Office", False),
    ],
)
def test_bodies_are_suggested_by_words_or_letters(a: str, b: str, same: bool) -> None:
    assert bool(same_body(a, b)) is same


TEXTS = {
    "one": "Mayor Ivan Torvsky said the port was shut. Mr Torvsky said the dam was safe.",
    "two": "Mayor Ivan Torvskyy said the bridge was open.",
    "three": "Pilot Ana Marsh said the ship was late.",
}


@pytest.fixture
def told(store, add):
    """A ledger of three pages, two of which spell one name in two ways."""
    for name, text in TEXTS.items():
        add(store, text.encode(), name)
    return store


def names(store) -> dict[str, int]:
    with store.reading() as connection:
        return {source.name: source.statements for source in source_counts.sources(connection)}


def say(store, name: str, other: str, verdict, at: str = "2026-01-01T00:00:00.000000Z"):
    with store.writing() as connection:
        return decide(connection, name, other, verdict, by="ada", at=at)


def suggested(store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        return [(one.name, one.into) for one in suggestions(connection)]


def test_suggestion_names_the_rarer_first_and_merges_nothing(told) -> None:
    assert suggested(told) == [("Ivan Torvskyy", "Ivan Torvsky")]
    assert names(told)["Ivan Torvskyy"] == 1


def test_merge_counts_both_under_one_name_and_split_undoes_it_for_ever(told) -> None:
    made = say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge")
    assert any("by rule" in line for line in made.evidence)
    assert names(told)["Ivan Torvsky"] == 3
    assert "Ivan Torvskyy" not in names(told)
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "split", "2026-01-02T00:00:00.000000Z")
    assert names(told)["Ivan Torvskyy"] == 1
    assert suggested(told) == []
    with told.reading() as connection:
        assert [one.verdict for one in verdicts(connection)] == ["merge", "split"]
        assert [one.verdict for one in verdicts(connection, as_of="2026-01-01T12:00:00.000000Z")] == ["merge"]


def test_what_was_said_already_is_not_written_again(told) -> None:
    assert say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge") is not None
    assert say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge") is None


def test_merged_names_follow_a_further_merge(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge")
    say(told, "Ivan Torvsky", "Ana Marsh", "merge")
    assert set(names(told)) == {"Ana Marsh"}


@pytest.mark.parametrize(
    ("name", "other", "says"),
    [("Ana Marsh", "Ana Marsh", "two names"), ("Ana Marsh", "Nobody Here", "no claim has this name")],
)
def test_verdict_that_does_not_fit_is_refused(told, name: str, other: str, says: str) -> None:
    with pytest.raises(ReviewError, match=says):
        say(told, name, other, "merge")


def test_merging_in_a_circle_is_refused(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge")
    with pytest.raises(ReviewError, match="split them first"):
        say(told, "Ivan Torvsky", "Ivan Torvskyy", "merge")


def test_reviewer_without_a_name_is_refused() -> None:
    with pytest.raises(ReviewError, match="is no name"):
        check_reviewer(" \n")


def test_pair_found_by_words_and_by_letters_comes_once() -> None:
    counted = [
        SourceOnRecord(name=name, kind="office", statements=1, figures=0, articles=1, outlets=1)
        for name in ("The Norvan Port Guard", "Norvan Port Guard")
    ]
    assert len(list(pairs(counted))) == 1


def test_verdict_that_a_further_merge_undid_is_written_again(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge")
    say(told, "Ivan Torvskyy", "Ana Marsh", "merge")
    assert say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge") is not None
    assert names(told) == {"Ivan Torvsky": 3, "Ana Marsh": 1}


def test_merge_with_a_third_name_does_not_undo_a_split(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "split")
    say(told, "Ana Marsh", "Ivan Torvsky", "merge")
    with pytest.raises(ReviewError, match="were split"):
        say(told, "Ivan Torvskyy", "Ana Marsh", "merge")
    assert names(told) == {"Ivan Torvsky": 3, "Ivan Torvskyy": 1}
    assert suggested(told) == []
    assert say(told, "Ivan Torvsky", "Ivan Torvskyy", "split") is None


def test_as_of_counts_by_the_merges_of_then(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge", "2026-03-06T00:00:00.000000Z")
    with told.reading() as connection:
        then = source_counts.sources(connection, query=Query(as_of="2026-03-05"))
        assert {source.name for source in then} == {"Ivan Torvsky", "Ivan Torvskyy", "Ana Marsh"}
        assert len(source_counts.sources(connection, "Torvsky", Query(as_of="2026-03-07"))) == 1


def test_erasure_blanks_the_verdicts_of_a_name_that_is_gone_and_no_others(told) -> None:
    say(told, "Ivan Torvskyy", "Ivan Torvsky", "merge")
    say(told, "Ana Marsh", "Ivan Torvsky", "split")
    erase(told, "two", by="iva", reason="court order 12/26")
    with told.reading() as connection:
        kept = [(one.verdict, one.name, one.other, one.evidence) for one in verdicts(connection)]
    assert kept == [("merge", "", "", ()), ("split", "Ana Marsh", "Ivan Torvsky", ())]
    assert names(told) == {"Ivan Torvsky": 2, "Ana Marsh": 1}
