"""Reviews: rows with who and when, anchored by quotation, undone by another row, carried over after re-reading."""

from collections.abc import Callable
from contextlib import suppress

import msgspec
import pytest
from sqlalchemy import func, select

import queries as made
from onrecord.errors import ReviewError
from onrecord.ledger import review, schema, search
from onrecord.ledger.queries import Query
from onrecord.ledger.review import Given
from onrecord.ledger.store import Store
from onrecord.records import to_json

URL = "https://gazette.example/flood"
PAGE = b"Nine people were killed in Norhaven on Monday. Forty people were injured in Calder."


@pytest.fixture
def flood(store: Store, add: Callable[..., object]) -> Store:
    """A ledger with one page of two figures."""
    add(store, PAGE, "flood", url=URL)
    return store


def figures(store: Store, **asked) -> list:
    with store.reading() as connection:
        return list(search.claims(connection, "figure", Query(**asked)).claims)


def say(store: Store, claim: str, action: str, by: str = "ada", **given) -> review.Review | None:
    with store.writing(fully=True) as connection:
        return review.review(connection, Given(claim=claim, action=action, **given), by=by, at=store.now())


def all_reviews(store: Store) -> list[review.Review]:
    with store.reading() as connection:
        return review.reviews(connection)


def killed(store: Store) -> str:
    return next(figure.id for figure in figures(store, as_read=True) if figure.outcome == "killed")


def injured(store: Store) -> str:
    return next(figure.id for figure in figures(store, as_read=True) if figure.outcome == "injured")


# --- verdicts ------------------------------------------------------------------------------------------------------


def test_review_is_a_row_with_who_when_and_the_words(flood: Store) -> None:
    made_ = say(flood, killed(flood), "accept")
    (row,) = all_reviews(flood)
    assert row == made_
    assert (row.by, row.action, row.at[:10]) == ("ada", "accept", "2026-03-04")
    assert row.anchor.selector.exact == "Nine"
    assert row.anchor.selector.suffix.startswith(" people were killed")
    assert [figure.review for figure in figures(flood)] == ["accepted", None]


def test_rejected_claim_is_left_out_unless_asked_as_read(flood: Store) -> None:
    say(flood, killed(flood), "reject")
    assert [figure.outcome for figure in figures(flood)] == ["injured"]
    assert [figure.outcome for figure in figures(flood, as_read=True)] == ["killed", "injured"]
    with flood.reading() as connection:
        assert all(hit.kind != "figure" for hit in _found(connection, "killed").hits)


def _found(connection, words: str):
    from onrecord.ledger import finding

    return finding.find_words(connection, Query(text=words))


def test_correction_changes_the_answer_and_where_it_is_found(flood: Store) -> None:
    claim = killed(flood)
    say(flood, claim, "correct", fields={"low": "11", "high": "11", "outcome": "missing", "place": "Calder"})
    (figure,) = figures(flood, outcome="missing")
    assert (figure.id, figure.low, figure.high, figure.review) == (claim, 11, 11, "corrected")
    assert (figure.place.name, figure.evidence.as_written.place) == ("Calder", "Calder")
    assert figures(flood, outcome="killed") == []
    assert [found.id for found in figures(flood, place="Calder", min=11, max=11)] == [claim]
    assert [found.low for found in figures(flood, as_read=True, outcome="killed")] == [9]


def test_corrected_claims_stand_in_order_and_on_pages(store: Store) -> None:
    made.fill(store, made.Maker(), 40)
    whole = [figure.id for figure in figures(store)]
    for claim in whole[::3]:
        say(store, claim, "correct", fields={"low": "5000", "high": "5000"})
    assert [figure.id for figure in figures(store)] == whole
    paged, after = [], None
    with store.reading() as connection:
        while True:
            answers = search.claims(connection, "figure", Query(limit=7, after=after))
            paged += [figure.id for figure in answers.claims]
            after = answers.next
            if after is None:
                break
    assert paged == whole
    assert {figure.id for figure in figures(store, min=5000, max=5000)} >= set(whole[::3])


def test_a_cleared_field_is_not_stated(flood: Store) -> None:
    claim = killed(flood)
    say(flood, claim, "correct", fields={"place": None, "high": ""})
    figure = next(figure for figure in figures(flood) if figure.id == claim)
    assert (figure.place, figure.high) == (None, None)


def test_merged_claim_gives_way_to_the_other(store: Store, add: Callable[..., object]) -> None:
    add(store, PAGE, "flood", url=URL)
    add(store, b"Nine people were killed in Norhaven, the mayor said.", "later", url="https://gazette.example/later")
    one, other = (figure.id for figure in figures(store, outcome="killed"))
    say(store, one, "merge", into=other)
    assert [figure.id for figure in figures(store, outcome="killed")] == [other]
    with pytest.raises(ReviewError, match="is merged into"):
        say(store, other, "merge", into=one)


def test_latest_verdict_counts_and_comments_change_nothing(flood: Store) -> None:
    claim = killed(flood)
    say(flood, claim, "reject", by="ada")
    say(flood, claim, "accept", by="bo")
    say(flood, claim, "comment", by="cy", text="Seen in the report too.")
    assert [figure.review for figure in figures(flood, outcome="killed")] == ["accepted"]
    assert all_reviews(flood)[-1].value == {"text": "Seen in the report too."}


def test_the_same_said_twice_is_one_row(flood: Store) -> None:
    claim = killed(flood)
    assert say(flood, claim, "accept") is not None
    assert say(flood, claim, "accept") is None
    assert say(flood, claim, "accept", by="bo") is not None
    assert say(flood, claim, "comment", text="so") is not None
    assert say(flood, claim, "comment", text="so") is None
    assert len(all_reviews(flood)) == 3


# --- undo ----------------------------------------------------------------------------------------------------------


def test_undo_is_another_row_and_brings_the_verdict_before_back(flood: Store) -> None:
    claim = killed(flood)
    first = say(flood, claim, "accept")
    second = say(flood, claim, "reject", by="bo")
    undone = say(flood, second.id, "undo", by="bo")
    assert undone.undoes == second.id
    assert [figure.review for figure in figures(flood, outcome="killed")] == ["accepted"]
    say(flood, claim, "undo")
    assert [figure.review for figure in figures(flood, outcome="killed")] == [None]
    rows = all_reviews(flood)
    assert [row.action for row in rows] == ["accept", "reject", "undo", "undo"]
    assert {row.id for row in rows if row.undone} == {first.id, second.id}


def test_undo_of_nothing_and_of_an_undo_is_refused(flood: Store) -> None:
    with pytest.raises(ReviewError, match="no review that can be undone"):
        say(flood, killed(flood), "undo")
    first = say(flood, killed(flood), "accept")
    undone = say(flood, first.id, "undo")
    for again in (first.id, undone.id):
        with pytest.raises(ReviewError, match="review the claim again instead"):
            say(flood, again, "undo")


def test_answers_as_of_a_time_know_no_later_review(flood: Store) -> None:
    claim = killed(flood)
    before = flood.now()
    rejected = say(flood, claim, "reject")
    between = flood.now()
    say(flood, rejected.id, "undo")
    assert [len(figures(flood, as_of=when)) for when in (before, between)] == [2, 1]
    assert len(figures(flood)) == 2


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "given", "says"),
    [
        ("correct", {}, "nothing to correct"),
        ("correct", {"fields": {"colour": "red"}}, "no field 'colour' to correct; fields: low, high"),
        ("correct", {"fields": {"number": "ten"}}, "no field 'number'"),
        ("correct", {"fields": {"outcome": "eaten"}}, "does not fit; choose from killed, injured"),
        ("correct", {"fields": {"low": "many"}}, "does not fit; give a number"),
        ("correct", {"fields": {"low": "50", "high": "9"}}, "low 50 is above high 9"),
        ("correct", {"fields": {"place": "Brill"}}, "does not stand on the page"),
        ("merge", {}, "merge into which other claim"),
        ("comment", {"text": "  "}, "a comment has 1 to 10,000 characters, not 0"),
        ("comment", {"text": "x" * 10_001}, "not 10,001"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(flood: Store, action: str, given: dict, says: str) -> None:
    with pytest.raises(ReviewError, match=says):
        say(flood, killed(flood), action, **given)
    assert all_reviews(flood) == []


@pytest.mark.parametrize("claim", ["", "no-such", "0" * 16, "\x00", "\ud800", "' OR 1=1", "f" * 500])
def test_unknown_claim_is_refused(flood: Store, claim: str) -> None:
    for action in ("accept", "undo"):
        with pytest.raises(ReviewError):
            say(flood, claim, action)


@pytest.mark.parametrize("by", ["", " ", "\x00", "x" * 201])
def test_reviewer_has_a_name(flood: Store, by: str) -> None:
    with pytest.raises(ReviewError, match="is no name"):
        say(flood, killed(flood), "accept", by=by)


# --- the queue, out and in -----------------------------------------------------------------------------------------


def test_queue_has_what_the_reader_doubts_most_first_and_not_what_is_decided(store: Store) -> None:
    made.fill(store, made.Maker(), 20)
    with store.reading() as connection:
        waiting = review.queue(connection, "figure", Query(), limit=10)
    doubts = [one.on_record.confidence for one in waiting]
    assert doubts == sorted(doubts)
    say(store, waiting[0].claim, "accept")
    say(store, waiting[1].claim, "comment", text="?")
    with store.reading() as connection:
        left = [one.claim for one in review.queue(connection, "figure", Query(), limit=10)]
    assert left[:9] == [one.claim for one in waiting[1:]]


def test_file_goes_out_is_filled_in_and_comes_back(store: Store) -> None:
    made.fill(store, made.Maker(), 20)
    with store.reading() as connection:
        lines = [msgspec.json.decode(to_json(one)) for one in review.queue(connection, "figure", Query(), limit=4)]
    lines[0] |= {"action": "accept"}
    lines[1] |= {"action": "correct", "fields": {"low": 7, "high": 7}, "by": "bo"}
    lines[2] |= {"action": "sing"}
    data = [msgspec.json.encode(line) for line in lines]
    data += [b"{", b"", b'{"claim": "0000000000000000", "action": "accept"}', b"\xff"]
    for wanted in ((2, 0), (0, 2)):
        with store.writing() as connection:
            done = review.import_reviews(connection, data, by="ada", at=store.now())
        assert (done.new, done.same, done.empty) == (*wanted, 1)
        assert [error.split(":")[0] for error in done.errors] == ["line 3", "line 5", "line 7", "line 8"]
    assert [(row.by, row.action) for row in all_reviews(store)] == [("ada", "accept"), ("bo", "correct")]


def test_two_reviewers_agree_as_far_as_they_do(store: Store) -> None:
    made.fill(store, made.Maker(), 20)
    for number, figure in enumerate(figures(store)[:8]):
        say(store, figure.id, "accept" if number % 2 else "reject", by="ada")
        say(store, figure.id, "accept" if number % 2 or number == 0 else "reject", by="bo")
    with store.reading() as connection:
        found = review.agreement_of(connection, "ada", "bo")
    assert (found.claims, found.raw, found.kappa) == (8, 0.875, 0.75)


def test_second_queue_has_what_one_other_judged(store: Store) -> None:
    made.fill(store, made.Maker(), 20)
    first, second, third, fourth = (figure.id for figure in figures(store)[:4])
    for by, claims in (("ada", (first, second, third)), ("bo", (second,)), ("cy", (second,))):
        for claim in claims:
            say(store, claim, "reject", by=by)
    low = figures(store)[3].low
    say(store, fourth, "correct", by="ada", fields={"low": str(low - 1)})
    with store.reading() as connection:
        waiting = {
            by: {one.claim for one in review.queue(connection, None, Query(), second=by)} for by in ("bo", "ada")
        }
    assert waiting == {"bo": {first, third, fourth}, "ada": set()}


def test_second_queue_leaves_out_what_was_undone_carried_over_or_only_commented(
    flood: Store, add: Callable[..., object]
) -> None:
    say(flood, injured(flood), "reject")
    say(flood, injured(flood), "undo")
    say(flood, injured(flood), "comment", text="look again")
    say(flood, killed(flood), "accept")
    add(flood, b"News. " + PAGE.replace(b"on Monday", b"on Monday night"), "flood", url=URL)
    assert [row.action for row in all_reviews(flood)][-1] == "accept"
    with flood.reading() as connection:
        assert review.queue(connection, None, Query(), second="bo") == []
        assert review.agreement_report(connection).claims == 0


def test_second_queue_reads_no_review_whole(flood: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    say(flood, killed(flood), "accept")
    monkeypatch.delattr(review, "reviews")
    with flood.reading() as connection:
        (waiting,) = review.queue(connection, None, Query(), second="bo")
        assert review.agreement_report(connection).claims == 0
    assert waiting.claim == killed(flood)


def test_two_corrections_are_alike_where_they_change_the_same(store: Store) -> None:
    made.fill(store, made.Maker(), 20)
    for number, figure in enumerate(figures(store)[:2]):
        for by, more in (("ada", 1), ("bo", 1 + number)):
            say(store, figure.id, "correct", by=by, fields={"low": str(figure.low + more), "high": None})
    with store.reading() as connection:
        told = review.agreement_report(connection)
        of_two = review.agreement_of(connection, "ada", "bo")
    assert (told.claims, told.alike, len(told.differing)) == (2, 1, 1)
    assert told.pairs == (of_two,)
    assert of_two.raw == 0.5


# --- after reading again -------------------------------------------------------------------------------------------


def reapply(store: Store) -> list[review.Review]:
    with store.writing() as connection:
        return review.reapply(connection, at=store.now())


def test_verdicts_go_along_with_their_words(flood: Store, add: Callable[..., object]) -> None:
    old = killed(flood)
    say(flood, old, "accept")
    say(flood, injured(flood), "correct", fields={"high": "", "bound": "at_least"})
    changed = PAGE.replace(b"on Monday", b"on Monday night").replace(b"Calder", b"Calder town")
    add(flood, b"News. " + changed, "flood", url=URL)
    assert killed(flood) != old
    carried = all_reviews(flood)[2:]
    assert [(row.by, row.action) for row in carried] == [("ada", "accept"), ("ada", "correct")]
    assert [figure.review for figure in figures(flood)] == ["accepted", "corrected"]
    assert figures(flood)[1].bound == "at_least"
    assert reapply(flood) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"Nine", b"Ten", id="the number changed"),
        pytest.param(b"killed", b"wounded", id="the outcome changed"),
        pytest.param(b"Nine people were killed in Norhaven on Monday. ", b"", id="the sentence is gone"),
    ],
)
def test_verdict_on_other_words_does_not_go_along(
    flood: Store, add: Callable[..., object], before: bytes, after: bytes
) -> None:
    say(flood, killed(flood), "reject")
    add(flood, PAGE.replace(before, after), "flood", url=URL)
    assert len(all_reviews(flood)) == 1
    assert all(figure.review is None for figure in figures(flood))


def test_undone_verdict_does_not_go_along(flood: Store, add: Callable[..., object]) -> None:
    say(flood, killed(flood), "reject")
    say(flood, killed(flood), "undo")
    add(flood, PAGE.replace(b"on Monday", b"on Monday night"), "flood", url=URL)
    assert [row.action for row in all_reviews(flood)] == ["reject", "undo"]


def test_carried_verdict_can_be_undone(flood: Store, add: Callable[..., object]) -> None:
    say(flood, killed(flood), "reject")
    add(flood, PAGE.replace(b"on Monday", b"on Monday night"), "flood", url=URL)
    carried = all_reviews(flood)[-1]
    assert carried.value == {"reapplied": all_reviews(flood)[0].id}
    assert len(figures(flood)) == 1
    say(flood, carried.id, "undo")
    assert len(figures(flood)) == 2
    assert reapply(flood) == []


def test_nothing_of_an_interrupted_review_is_written(flood: Store) -> None:
    claim = killed(flood)
    with suppress(KeyboardInterrupt), flood.writing() as connection:
        review.review(connection, Given(claim=claim, action="accept"), by="ada", at=flood.now())
        raise KeyboardInterrupt
    with flood.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.reviews)).scalar() == 0
