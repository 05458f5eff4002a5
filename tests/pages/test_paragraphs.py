"""Lines of a dump are joined where the dump broke them, and only there."""

import pytest

from onrecord.pages.paragraphs import paragraphs

LONG = "At least 23 people were killed when a ferry sank off Port Ostra on Friday, officials said."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Install the Coast App for\na better view", ["Install the Coast App for\na better view"]),
        ("News\nSport\nMultimedia", ["News", "Sport", "Multimedia"]),
        ("ferries\nstorms", ["ferries", "storms"]),
        ("Tags:\nferries", ["Tags:", "ferries"]),
        (f"{LONG}\n{LONG}", [LONG, LONG]),
        (f"{LONG}\r{LONG}\u2029\n \t\n{LONG}", [LONG] * 3),
        (
            "Five boats sank:\n- one off Vell\n- four off Ostra",
            ["Five boats sank:", "- one off Vell", "- four off Ostra"],
        ),
        (" \n\t\n", []),
    ],
)
def test_paragraphs(text: str, expected: list[str]) -> None:
    found = paragraphs(text)
    assert [p.text for p in found] == expected
    assert all(text[p.start : p.end] == p.text for p in found)


def test_indented_paragraphs_of_a_wrapped_dump_stay_apart() -> None:
    lines = [
        "At least 23 people were killed when a ferry sank off the port on",
        "Friday, the coast guard said, and the search went on all the night",
        "with boats.",
        "   The mayor of the town said that the harbour had been safe and that",
        "Friday, the coast guard said, and the search went on all the night",
        "at sea.",
    ]
    text = "\n".join(lines)
    assert [p.text.split()[0] for p in paragraphs(text)] == ["At", "The"]
