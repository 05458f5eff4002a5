"""Which incident a sentence tells of."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.reading.sentences import make_document
from onrecord.reading.totals_incidents import incidents_of
from onrecord.records import Origin


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Two people died in a blast. Three people were hurt.", [0, 0]),
        ("Two people died in a blast.\n\nIn a separate attack, a man was shot. He is in hospital.", [0, 1, 1]),
        ("Two people died in a blast.\n\nElsewhere, a man was shot.\n\nThe blast broke windows.", [0, 1, 0]),
        ("Two people were killed in Paris.\n\nThree people were killed in Madrid.\n\nParis was calm.", [0, 1, 0]),
    ],
)
def test_incident_of_each_sentence(text, numbers):
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text"))
    assert reading.page is not None
    assert reading.article is not None
    document = make_document(reading.page, reading.article)
    assert incidents_of(document, reading.figures) == numbers
