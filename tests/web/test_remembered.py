"""A page is answered again from memory while the ledger stays as it is, and never to another user."""

from pathlib import Path
from shutil import copy

import pytest
from starlette.responses import Response

from onrecord import adding
from onrecord.manifest import Given
from onrecord.opening import Ledger
from onrecord.records import Origin
from onrecord.web import remembered as remembering
from onrecord.web.remembered import BEHIND_SECONDS, LONGEST_BYTES, Remembered

from .conftest import HERE


class Views:
    """A view that counts how often it is asked."""

    def __init__(self, status: int = 200, size: int = 10) -> None:
        self.times, self.status, self.size = 0, status, size

    def __call__(self) -> Response:
        self.times += 1
        return Response(f"{self.times:0{self.size}}", status_code=self.status)


@pytest.fixture
def ledger(tmp_path: Path, small_ledger: Path):
    with Ledger(copy(small_ledger, tmp_path / "kept.db")) as opened:
        yield opened


def add(ledger):
    words = b"Mayor Iva Dorn said on Tuesday that 14 people had been killed in Norhaven."
    adding.add(ledger.store, [Given(origin=Origin(name="late"), data=words)])


def accept(ledger):
    ledger.review(ledger.figures()[0].id, "accept", by="Ada Fenn")


@pytest.mark.parametrize(
    ("change", "seconds", "times"),
    [
        (None, 1000.0, 1),
        (add, BEHIND_SECONDS / 2, 1),
        (add, BEHIND_SECONDS * 2, 2),
        (accept, 0.0, 2),
    ],
)
def test_a_page_is_made_again_when_the_ledger_has_changed(ledger, change, seconds, times):
    now = [0.0]
    remembered, view = Remembered(ledger.store, clock=lambda: now[0]), Views()
    first = remembered.get("/", view)
    if change is not None:
        change(ledger)
    now[0] += seconds
    again = remembered.get("/", view)
    assert view.times == times
    assert (again.body == first.body) == (times == 1)
    assert again.headers["content-length"] == str(len(again.body))


@pytest.mark.parametrize("view", [Views(status=404), Views(status=303), Views(size=LONGEST_BYTES + 1)])
def test_errors_and_long_pages_are_not_kept(ledger, view):
    remembered = Remembered(ledger.store)
    for _ in range(2):
        remembered.get("/", view)
    assert view.times == 2


def test_pages_that_are_asked_for_stay(ledger, monkeypatch):
    monkeypatch.setattr(remembering, "MOST_PAGES", 2)
    remembered, often = Remembered(ledger.store), Views()
    for number in range(4):
        remembered.get("/", often)
        remembered.get(f"/pages/{number}", Views())
    assert often.times == 1


def test_a_page_is_not_shown_to_another_user(as_role):
    pages = {role: as_role(role).get("/").text for role in ("reader", "admin", "reader", "nobody")}
    assert "reader Fenn" in pages["reader"]
    assert "reader Fenn" not in pages["admin"]
    assert "Fenn" not in pages["nobody"]


def test_a_correction_shows_on_a_page_that_was_open(own):
    before = own.get("/pages/flood").text
    claim = own.get("/api/figures").json()["items"][0]["id"]
    own.post(f"/review/{claim}", data={"action": "reject", "by": "Ada Fenn"}, headers=HERE)
    assert own.get("/pages/flood").text != before


def test_agreement_is_counted_again_only_after_a_review(own, monkeypatch):
    ledger, times = own.app.state.site.ledger, []
    count = ledger.agreement_report
    monkeypatch.setattr(ledger, "agreement_report", lambda: times.append(1) or count())
    claim = own.get("/api/figures").json()["items"][0]["id"]
    for by in ("Ada Fenn", "Bo Marsh"):
        ledger.review(claim, "accept", by=by)
        own.get("/review/agreement")
        assert own.get("/review/agreement").status_code == 200
    assert len(times) == 2
    assert "1 of 1 claim judged alike" in own.get("/review/agreement").text
