"""A corrected or older count of a page is not its total, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.reading.totals import page_totals
from onrecord.records import Origin, PageTotal

LIVE = "Welcome to our live coverage of the ferry disaster off Orvo.\n\n"
NEWEST = "The coast guard now says 21 people died."
OLDER = "The coast guard says 23 people died and 40 were injured."

ROWS = [  # text, best, withdrawn
    (
        "At least 23 people were killed when a ferry sank off Orvo, officials said on Tuesday.\n\n"
        "The coast guard on Wednesday lowered the death toll to 21 from 23.",
        21,
        ["At least 23", "23"],
    ),
    (
        "The ferry disaster off Orvo killed 21 people, the coast guard said on Wednesday.\n\n"
        "The coast guard, which on Tuesday had spoken of 23 dead, corrected the toll to 21.",
        21,
        ["23"],
    ),
    (
        "A fire in Orvo killed 30 people, the mayor said. The mayor later corrected the number of dead to 27.",
        27,
        ["30"],
    ),
    (f"{LIVE}18:31 - {NEWEST}\n\n17:40 - {OLDER}\n\n16:05 - Police say 12 people were killed.", 21, ["23"]),
    (f"{LIVE}16:05 - Police say 12 people were killed.\n\n17:40 - {OLDER}\n\n18:31 - {NEWEST}", 21, ["23"]),
    ("The toll rose to 41 on Wednesday, up from 38, officials said.", 41, []),
    ("A blast killed 12 people in Orvo, police said. Hospitals counted 15 dead.", 15, []),
    (f"{LIVE}18:31 - Five people died on the way to hospital.\n\n17:40 - {OLDER}", 23, []),
]


def killed(text: str) -> PageTotal:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    return next(total for total in page_totals(reading) if total.outcome == "killed")


def check(text: str, best: int, gone: list[str]) -> None:
    total = killed(text)
    assert total.best == best
    assert total.says.partition("; withdrawn: ")[2] == ", ".join(gone)


@pytest.mark.parametrize(("text", "best", "gone"), ROWS)
def test_newest_count_is_best(text: str, best: int, gone: list[str]) -> None:
    check(text, best, gone)


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "best", "gone"), ROWS)
def test_newest_count_is_best_with_the_model(text: str, best: int, gone: list[str]) -> None:
    check(text, best, gone)


def test_count_that_another_source_gives_stays_disputed() -> None:
    assert len(killed("A blast killed 12 people in Orvo, police said. Hospitals counted 15 dead.").disputed) == 1


def test_withdrawn_count_is_not_disputed() -> None:
    assert killed(ROWS[0][0]).disputed == ()
