"""Lists of tags become topics."""

import pytest

from onrecord.pages.topics import split_topics, topics_in_line

ARTICLE = "The coast guard and Lena Falk met in Port Ostra."


@pytest.mark.parametrize(
    ("tags", "topics"),
    [
        ("ferries, Port Ostra | storms", ["ferries", "Port Ostra", "storms"]),
        ("• ferries • storms", ["ferries", "storms"]),
        ("#ferries #storms", ["ferries", "storms"]),
        ("lena falk Port Ostra coast guard", ["lena falk", "Port Ostra", "coast guard"]),
        ("storms, storms", ["storms"]),
        (" , ", []),
    ],
)
def test_topics_are_cut(tags: str, topics: list[str]) -> None:
    assert split_topics(tags, ARTICLE) == topics


@pytest.mark.parametrize(
    ("text", "tags"), [("Tags: a, b", "a, b"), ("Filed under: a", "a"), ("He said: a", None), ("Tags:", None)]
)
def test_topics_in_a_line(text: str, tags: str | None) -> None:
    assert topics_in_line(text) == tags
