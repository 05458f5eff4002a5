"""Stories are made in a thread: a page shows what was decided here, and never waits for what others add."""

import time
from pathlib import Path
from shutil import copy

import pytest

from onrecord import adding
from onrecord.errors import LedgerError
from onrecord.manifest import Given
from onrecord.records import Origin
from onrecord.web import remembered, served
from onrecord.web.served import ServedLedger

LATER = b"Mayor Iva Dorn said on Tuesday that 14 people had been killed in Norhaven. Two bridges collapsed."
BOTH = "killed, 2 figures"


@pytest.fixture
def ledger(tmp_path: Path, small_ledger: Path):
    with ServedLedger(copy(small_ledger, tmp_path / "served.db")) as opened:
        yield opened


def counts(ledger):
    return [one.record.main_figure.low for one in ledger.stories()]


def articles(ledger):
    return sum(len(one.articles) for one in ledger.stories())


def test_the_first_page_has_stories(ledger):
    assert counts(ledger) == [9]


def test_a_correction_is_in_the_story_that_is_opened_next(ledger):
    (figure,) = (one for one in ledger.figures() if one.low == 9)
    ledger.review(figure.id, "correct", by="Ada Fenn", fields={"low": 11, "high": 11, "point": 11})
    assert counts(ledger) == [11]


@pytest.mark.parametrize("quiet", [True, False])
def test_what_others_add_is_made_once_nothing_more_comes(ledger, monkeypatch, quiet):
    monkeypatch.setattr(served, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(served, "QUIET_SECONDS", 0.0 if quiet else 1000.0)
    assert articles(ledger) == 1
    adding.add(ledger.store, [Given(origin=Origin(name="late", published="2026-03-03"), data=LATER)])
    deadline = time.monotonic() + (10 if quiet else 0.3)
    while articles(ledger) == 1 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert articles(ledger) == (2 if quiet else 1)


def test_what_others_add_is_made_though_pages_are_remembered(own, monkeypatch):
    monkeypatch.setattr(served, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(served, "QUIET_SECONDS", 0.1)
    monkeypatch.setattr(remembered, "BEHIND_SECONDS", 0.0)
    assert BOTH not in own.get("/stories").text
    adding.add(own.app.state.site.ledger.store, [Given(origin=Origin(name="late", published="2026-03-03"), data=LATER)])
    deadline = time.monotonic() + 10
    while BOTH not in own.get("/stories").text and time.monotonic() < deadline:
        time.sleep(0.02)
    assert BOTH in own.get("/stories").text


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("error", [LedgerError("locked"), RuntimeError("a fault in making")])
def test_after_an_error_stories_are_made_all_the_same(ledger, monkeypatch, error):
    make, errors = served.make_if_possible, [error]

    def fail_once(*given):
        if errors:
            raise errors.pop()
        make(*given)

    monkeypatch.setattr(served, "make_if_possible", fail_once)
    started = time.monotonic()
    assert counts(ledger) == []
    assert time.monotonic() - started < served.WAIT_SECONDS
    time.sleep(0.02)
    (figure,) = (one for one in ledger.figures() if one.low == 9)
    ledger.review(figure.id, "correct", by="Ada Fenn", fields={"low": 11, "high": 11, "point": 11})
    assert counts(ledger) == [11]
