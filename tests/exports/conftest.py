"""A reading of a page that is written here, for the exporters."""

import pytest

import onrecord
from onrecord.records import Reading

TEXT = """Ferry sinks off Norhaven

At least 23 people were killed in Norhaven on Monday, the harbour master said.
"=SUM(A1) is what they told us," said <b>Ada</b> Brun. "We saw 40 boats & two rafts."
Up to 30 people were injured, according to the Norhaven clinic.
"""


@pytest.fixture
def reading() -> Reading:
    return onrecord.read(
        text=TEXT, url="https://gazette.example/ferry", outlet="Norhaven Gazette", published="2026-03-04"
    )
