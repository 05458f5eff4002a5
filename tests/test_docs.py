"""The documentation names what there is: records and fields, commands and options, lexicons, plug-ins, schemas."""

import importlib.util
import inspect
import re
from importlib.resources import files

import msgspec
import pytest

from onrecord import records
from onrecord.cli import main
from onrecord.pipeline import VERSION
from onrecord.plugins import BUILT_IN
from onrecord.records import Record

RECORD_TYPES = [
    kind for _, kind in inspect.getmembers(records, inspect.isclass) if issubclass(kind, Record) and kind is not Record
]
GLOSSARY_WORDS = [
    *("page", "block", "furniture", "article", "reading", "claim", "source", "story", "copy", "comparison", "ledger"),
    *("figure", "statement", "event", "cue", "trigger", "counted", "outcome", "bound", "speaker", "check", "problem"),
]
EVERYWHERE = {"--help", "-h", "--version"}


def section(text: str, title: str) -> str:
    """The text below a heading of the second level, up to the next heading."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^#{{1,2}} |\Z)", text, re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def first_cells(text: str) -> list[str]:
    """The names in backticks in the first column of the tables of a text."""
    rows = [line.split("|")[1] for line in text.split("\n") if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.fixture(scope="module")
def docs(root):
    return {path.name: path.read_text(encoding="utf-8") for path in (root / "docs").glob("*.md")}


@pytest.mark.parametrize("kind", RECORD_TYPES, ids=lambda kind: kind.__name__)
def test_record_is_described_field_by_field(docs, kind):
    described = first_cells(section(docs["records.md"], kind.__name__))
    assert sorted(described) == sorted(field.encode_name for field in msgspec.structs.fields(kind))


def test_no_record_is_described_that_is_not_there(docs):
    described = re.findall(r"^## (\w+)$", docs["records.md"], re.MULTILINE)
    assert sorted(described) == sorted(kind.__name__ for kind in RECORD_TYPES)


def test_lexicon_files_are_described(docs):
    there = [path.name for path in files("onrecord.lexicon").iterdir() if path.name.endswith(".tsv")]
    assert sorted(first_cells(docs["lexicons.md"])) == sorted(there)


def test_commands_and_their_options_are_described(docs):
    described = re.findall(r"^## `onrecord (\w+)", docs["commands.md"], re.MULTILINE)
    assert sorted(described) == sorted(main.commands)
    for name, command in main.commands.items():
        part = re.search(rf"^## `onrecord {name}.*?(?=^## |\Z)", docs["commands.md"], re.DOTALL | re.MULTILINE)[0]
        for parameter in command.params:
            options = {option for option in parameter.opts if option.startswith("--")} - EVERYWHERE
            assert all(f"`{option}`" in part for option in options), (name, options)


def test_no_option_is_described_that_is_not_there(docs):
    options = {
        option for command in main.commands.values() for parameter in command.params for option in parameter.opts
    }
    described = set(re.findall(r"`(-{1,2}[a-z][a-z-]*)`", docs["commands.md"]))
    assert described - EVERYWHERE <= options


@pytest.mark.parametrize("group", BUILT_IN)
def test_plugin_group_is_named(docs, root, group):
    decision = (root / "docs" / "decisions" / "0003-table-of-built-in-plugins.md").read_text(encoding="utf-8")
    assert group in decision.lower()


@pytest.mark.parametrize("word", GLOSSARY_WORDS)
def test_glossary_has_the_word(docs, word):
    assert re.search(rf"^\| [^|]*\b{word}\b[^|]* \|", docs["glossary.md"], re.MULTILINE)


def test_schemas_are_current(root):
    folder = root / "docs" / "schema"
    spec = importlib.util.spec_from_file_location("write_schema", folder / "write.py")
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    written = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    assert written == {name: writer.schema_text(kind) for name, kind in writer.PRINTED.items()}


def test_links_lead_somewhere(root):
    pages = [*root.glob("*.md"), *(root / "docs").rglob("*.md")]
    dead = [
        (page.name, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert dead == []


def test_readme_begins_with_the_name_one_sentence_and_two_commands(root):
    first_screen = (root / "README.md").read_text(encoding="utf-8").split("## What it does")[0]
    assert first_screen.startswith("# onrecord\n\n")
    assert re.findall(r"^python3 dev\.py (\w+)", first_screen, re.MULTILINE) == ["demo", "test"]


def test_changelog_keeps_the_order_of_its_sections(root):
    order = ["Security", "Removed", "Deprecated", "Added", "Changed", "Fixed"]
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    for version in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        titles = re.findall(r"^### (\w+)", version, re.MULTILINE)
        assert titles == [title for title in order if title in titles], version.split("\n")[0]


def test_version_is_the_same_everywhere(root):
    project = (root / "pyproject.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{VERSION}"\n' in project
    assert f"\n## {VERSION} " in (root / "CHANGELOG.md").read_text(encoding="utf-8")
