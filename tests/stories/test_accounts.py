"""stories/accounts.py: what a reading gives to the stories."""

from onrecord.pipeline import read_bytes
from onrecord.records import Origin, Problem, Reader, Reading
from onrecord.stories.accounts import account_of

TEXT = (
    "A blast in Kharkiv on 4 March 2031 killed five people and injured 12, officials said. "
    "Two more people died in Kharkiv on Wednesday."
)


def test_account_has_places_days_and_the_first_count_of_each_outcome():
    origin = Origin(name="blast", title="Blast kills five", published="2031-03-05", outlet="Lantern", media_type="text")
    account = account_of(read_bytes(TEXT.encode(), origin), seen="2031-03-05T09:00:00Z")
    assert (account.id, account.published, account.outlet) == ("blast", "2031-03-05", "Lantern")
    assert account.text.startswith("A blast")
    assert account.places[0].name == "Kharkiv"
    assert account.places[0].country == "UA"
    assert "2031-03-04" in account.event_days
    assert [(figure.outcome, figure.low) for figure in account.figures] == [("killed", 5), ("injured", 12)]


def test_page_that_could_not_be_read_gives_an_empty_account():
    problem = Problem(kind="unreadable", says="no text")
    account = account_of(Reading(id="x", problems=(problem,), reader=Reader(version="0", model="none")))
    assert (account.id, account.text, account.places) == ("x", "", ())
