"""The names that `import onrecord` gives; a change here is a change of the interface."""

import subprocess
import sys

import pytest

import onrecord
from onrecord.records import Reading

PUBLIC = [
    "Article",
    "Block",
    "Check",
    "Event",
    "Figure",
    "Ledger",
    "OnRecordError",
    "Page",
    "Place",
    "Problem",
    "Reading",
    "Span",
    "Statement",
    "Time",
    "from_json",
    "open",
    "read",
    "to_json",
]


def test_public_names_are_pinned():
    assert onrecord.__all__ == PUBLIC


@pytest.mark.parametrize("name", PUBLIC)
def test_public_name_is_there(name):
    assert getattr(onrecord, name) is getattr(onrecord, name)
    assert name in dir(onrecord)


def test_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(AttributeError, match="public names: Article"):
        _ = onrecord.Artikel


def test_import_does_not_load_the_reader():
    program = "import sys, onrecord; print(sorted(m for m in sys.modules if m.startswith('onrecord.') or m == 'lxml'))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_read_takes_a_path(tmp_path):
    page = tmp_path / "harbour-fire.txt"
    page.write_text("Six shops burned in Norhaven.", encoding="utf-8")
    reading = onrecord.read(page, published="2025-07-04", outlet="Norhaven Gazette")
    assert isinstance(reading, Reading)
    assert reading.id == "harbour-fire"
    assert reading.page.outlet == "Norhaven Gazette"
    assert reading.article.published == "2025-07-04"
    assert not reading.problems


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("a.html.gz", "a"),
        ("a.html", "a"),
        ("a.txt", "a"),
        ("v1.2.txt", "v1.2"),
        ("a.b.html", "a.b"),
        ("plain", "plain"),
    ],
)
def test_read_names_the_page_after_its_file(tmp_path, file, name):
    assert onrecord.read(tmp_path / file).id == name


def test_read_takes_a_text():
    reading = onrecord.read(text="Six shops burned in Norhaven.", title="Fire at the harbour", format="text")
    assert reading.page.text == "Six shops burned in Norhaven."
    assert reading.article.headline == "Fire at the harbour"


def test_read_of_a_missing_file_is_a_problem(tmp_path):
    reading = onrecord.read(tmp_path / "none.txt")
    assert [problem.kind for problem in reading.problems] == ["unreadable"]
    assert reading.page is None


@pytest.mark.parametrize("arguments", [{}, {"path": "a.txt", "text": "Six shops burned."}])
def test_read_takes_one_of_path_and_text(arguments):
    with pytest.raises(TypeError, match="one of them"):
        onrecord.read(**arguments)
