"""The pictures of the documentation: each is there, and is shown with words for those who do not see it."""

import re

import pytest

pytest.importorskip("playwright", reason="playwright is not installed: pip install '.[dev]'")

import pictures

WEB = (pictures.ROOT / "docs" / "web.md").read_text(encoding="utf-8")
README = (pictures.ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("picture", pictures.SHOWN)
def test_picture_is_there_and_shown_with_words(picture):
    data = (pictures.PICTURES / picture.name).read_bytes()
    assert data.startswith(b"\x89PNG")
    assert len(data) <= 150_000
    (words,) = re.findall(rf"!\[([^\]]+)\]\(pictures/{picture.name}\)", WEB)
    assert len(words) > 40
    assert f"](docs/pictures/{picture.name})" in README
