"""From given pages to readings: what fails becomes a problem, what is a fault stays one."""

import gc
from pathlib import Path

import pytest

from onrecord import pipeline, plugins
from onrecord.errors import NoArticleError
from onrecord.manifest import Given
from onrecord.pages import decode
from onrecord.pipeline import Defaults, read_bytes, read_file, read_pages, versions
from onrecord.records import Article, Origin, Page, Problem, Reading, from_json, to_json

TEXT = b"Two people died in Calder on Monday, the mayor said.\n"


class Nameless:
    name = "other"

    def tag(self, document: object) -> object:
        raise ZeroDivisionError("a fault of the tagger")


def reader(page: Page | Exception, article: Article | None = None) -> plugins.PageReader:
    def read_page(data: bytes, origin: Origin) -> tuple[Page, Article]:
        if isinstance(page, Exception):
            raise page
        return page, article or Article()

    return read_page


def text(words: str = "words", **fields: str) -> Page:
    return Page(sha256="0" * 64, text=words, **fields)


@pytest.fixture
def use_reader(monkeypatch: pytest.MonkeyPatch):
    return lambda page, article=None: monkeypatch.setattr(plugins, "load", lambda *_: reader(page, article))


def test_read_bytes_gives_page_and_version() -> None:
    reading = read_bytes(TEXT, Origin(name="calder", outlet="The Calder Post"))
    assert reading.id == "calder"
    assert reading.page is not None
    assert reading.page.outlet == "The Calder Post"
    assert reading.reader.model == "lexicon"
    assert reading.problems == ()


def test_page_error_becomes_a_problem(use_reader) -> None:
    use_reader(NoArticleError("calder: a list of links; give the page of one article"))
    reading = read_bytes(TEXT, Origin(name="calder"))
    assert reading.page is None
    assert reading.problems == (
        Problem(kind="no_article", says="calder: a list of links; give the page of one article"),
    )


def test_other_faults_are_not_swallowed(use_reader) -> None:
    with pytest.raises(ZeroDivisionError):
        read_bytes(TEXT, Origin(name="calder"), tagger=Nameless())
    use_reader(KeyError("a fault of the page reader"))
    with pytest.raises(KeyError):
        list(read_pages([Given(origin=Origin(name="calder"), data=TEXT)]))


def test_empty_page_is_a_problem() -> None:
    assert read_bytes(b"", Origin(name="calder")).problems[0].says.startswith("calder: empty, there is no text")


def test_large_page_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "LARGEST_PAGE_BYTES", 10)
    (problem,) = read_bytes(TEXT, Origin(name="calder")).problems
    assert problem.kind == "too_large"


@pytest.mark.parametrize(
    ("page_has", "outlet", "published"), [(False, "Default", "2030-01-01"), (True, "Own", "2030-03-03")]
)
def test_defaults_stand_in_for_what_the_page_lacks(use_reader, page_has: bool, outlet: str, published: str) -> None:
    if page_has:
        use_reader(text(outlet="Own"), Article(published="2030-03-03"))
    defaults = Defaults(outlet="Default", published="2030-01-01")
    reading = read_bytes(TEXT, Origin(name="calder"), defaults=defaults)
    assert reading.page is not None
    assert reading.article is not None
    assert (reading.page.outlet, reading.article.published) == (outlet, published)


def test_lone_surrogates_do_not_reach_the_json(use_reader) -> None:
    use_reader(text("a\ud800b"), Article(headline="\udfff", topics=("\ud800",)))
    reading = read_bytes(TEXT, Origin(name="calder"))
    assert reading.page is not None
    assert reading.page.text == "a\ufffdb"
    assert reading.article is not None
    assert reading.article.topics == ("\ufffd",)
    assert from_json(to_json(reading), Reading) == reading


def test_read_pages_goes_on_after_a_page_that_fails(tmp_path: Path) -> None:
    problem = Problem(kind="fetch", says="not fetched")
    given = [
        Given(origin=Origin(name="a"), path=tmp_path / "none.txt"),
        Given(origin=Origin(name="b"), problem=problem),
        Given(origin=Origin(name="c"), data=TEXT, problem=problem),
        Given(origin=Origin(name="d"), data=TEXT),
    ]
    readings = list(read_pages(given))
    assert [reading.id for reading in readings] == ["a", "b", "c", "d"]
    assert [reading.page is None for reading in readings] == [True, True, False, False]
    assert [len(reading.problems) for reading in readings] == [1, 1, 1, 0]


def test_read_pages_reads_one_at_a_time() -> None:
    taken = []

    def given():
        for name in "ab":
            taken.append(name)
            yield Given(origin=Origin(name=name), data=TEXT)

    next(read_pages(given()))
    assert taken == ["a"]


def test_read_file_names_page_after_file(tmp_path: Path) -> None:
    (tmp_path / "calder.txt").write_bytes(TEXT)
    assert read_file(tmp_path / "calder.txt").id == "calder"
    missing = read_file(tmp_path / "none.txt")
    assert missing.page is None
    assert "No such file" in missing.problems[0].says


def test_versions_name_reader_and_dependencies() -> None:
    found = versions()
    assert found["onrecord"] == pipeline.VERSION
    assert found["tagger"] == "lexicon"
    assert "not installed" not in found.values()


@pytest.mark.parametrize("on", [True, False])
def test_collector_is_left_as_it_was(on: bool) -> None:
    before = gc.isenabled()
    try:
        (gc.enable if on else gc.disable)()
        read_bytes(b"", Origin(name="calder"))
        read_bytes(TEXT, Origin(name="calder"))
        assert gc.isenabled() is on
    finally:
        (gc.enable if before else gc.disable)()


def test_paragraph_too_long_to_be_read_whole_is_said() -> None:
    reading = read_bytes(b"The mayor said five people were killed in Velm. " * 1000, Origin(name="calder"))
    assert [problem.kind for problem in reading.problems] == ["too_large"]
    assert reading.problems[0].says.startswith("calder: a paragraph of 47,999 characters")
    assert reading.figures
