"""Names tied to what happened to them."""

import pytest

from onrecord.reading.sentences import document_of
from onrecord.reading.totals_victims import named_victims


def victims(text: str) -> list[tuple[str, str]]:
    document = document_of(text)
    return [(victim.name.of(document.text), victim.outcome) for victim in named_victims(document) if victim.words]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ana Brel was killed.", [("Ana Brel", "killed")]),
        ("Ana Brel, a nurse, 34, was killed.", [("Ana Brel", "killed")]),
        ("Ana Brel, who was shot in the leg, is in hospital.", [("Ana Brel", "injured"), ("Ana Brel", "hospitalised")]),
        ("A bomb killed the retired judge Ana Brel on Monday.", [("Ana Brel", "killed")]),
        ("Ivo Tann killed Ana Brel, police said.", [("Ana Brel", "killed")]),
        (
            "He was charged in the murder of Ana Brel, 34, and Ivo Tann.",
            [("Ana Brel", "killed"), ("Ivo Tann", "killed")],
        ),
        ("Police are looking into Ana Brel's death.", [("Ana Brel", "killed")]),
        ("The fatal shooting of Ana Brel shook the town.", [("Ana Brel", "killed")]),
        ("Six Velmers were killed.", []),
        ("The bomb would have killed Ana Brel.", []),
        ("A Velm officer was killed.", []),
        ("Ana Brel admitted that she lied.", []),
    ],
)
def test_who_was_harmed(text, found):
    assert victims(text) == found
