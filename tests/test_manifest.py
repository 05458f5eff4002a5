"""Pages given by hand, by manifest and on standard input: their names, their bytes, what is wrong with them."""

import gzip
import io
import os
from pathlib import Path

import pytest

from onrecord import manifest
from onrecord.errors import FetchError, ManifestError, UnreadableError
from onrecord.manifest import Given, distinct_names, given_pages, is_date, load, page_name, read_manifest
from onrecord.records import Origin


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("page.txt", "page"),
        ("a/b/page.html.gz", "page"),
        ("page.HTM", "page"),
        ("page.txt.gz", "page"),
        ("2030.03.03-calder.txt", "2030.03.03-calder"),
        ("page.md", "page.md"),
        ("page", "page"),
        (".txt", ".txt"),
        ("lost\udcffbyte.txt", "lost\ufffdbyte"),
    ],
)
def test_page_name_drops_folders_and_endings(name: str, shown: str) -> None:
    assert page_name(Path(name)) == shown


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["/n/a.txt", "/n/b.txt"], ["a", "b"]),
        (["/n/one/a.txt", "/n/two/a.txt", "/n/b.txt"], ["one/a", "two/a", "b"]),
        (["/n/a.txt", "/n/a.html"], ["n/a.txt", "n/a.html"]),
        (["/x/n/a.txt", "/y/n/a.txt"], ["x/n/a.txt", "y/n/a.txt"]),
        (["/n/a.txt", "/n/../n/a.txt"], ["a", "a"]),
        (["/n/taken.txt"], ["n/taken"]),
    ],
)
def test_distinct_names_add_folders_where_two_collide(paths: list[str], names: list[str]) -> None:
    named = distinct_names([Path(path) for path in paths], frozenset({"taken"}))
    assert [named[Path(path)] for path in paths] == names


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("2030", True),
        ("2030-03", True),
        ("2030-03-03", True),
        ("2030-03-03T18:20:00Z", True),
        ("2030-03-03 18:20", True),
        ("2030-03-03T18:20:00.5+02:00", True),
        ("2030-03~", True),
        ("2030-02-30", False),
        ("2030-13", False),
        ("0000", False),
        ("3 March 2030", False),
        ("2030-03-03T25:00", False),
        ("", False),
    ],
)
def test_is_date(text: str, right: bool) -> None:
    assert is_date(text) is right


def write(folder: Path, *lines: str) -> Path:
    path = folder / "m.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_manifest_line_gives_origin_and_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    line = (
        '{"path": "a.txt", "id": "k", "url": "https://n.example/a", "outlet": "O", "published": "2030", "title": "T"}'
    )
    (page,) = given_pages((), write(tmp_path, "\ufeff" + line, "", ""), media_type="text")
    assert page.path == tmp_path / "a.txt"
    assert page.origin == Origin(
        name="k", id="k", url="https://n.example/a", outlet="O", published="2030", title="T", media_type="text"
    )


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('{"path": "a.txt"}', "a"),
        ('{"path": "a.txt", "url": "https://n.example/a"}', "https://n.example/a"),
        ('{"path": "a.txt", "url": "https://n.example/a", "id": 7}', "7"),
        ('{"text": "words", "coding": [1]}', "m.jsonl line 1"),
    ],
)
def test_manifest_names_pages(tmp_path: Path, line: str, name: str) -> None:
    (page,) = given_pages((), write(tmp_path, line))
    assert page.origin.name == name
    assert page.problem is None


def test_manifest_path_is_looked_for_beside_it_then_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    monkeypatch.chdir(here)
    (here / "a.txt").write_text("here")
    (here / "b.txt").write_text("here")
    (there / "b.txt").write_text("there")
    pages = given_pages((), write(there, '{"path": "a.txt"}', '{"path": "b.txt"}', '{"path": "c.txt"}'))
    assert [page.path for page in pages] == [Path("a.txt"), there / "b.txt", there / "c.txt"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{not json", "line 2: not JSON"),
        ('["a.txt"]', "line 2: Expected `object`"),
        ('{"path": 3}', "line 2: Expected `str | null`, got `int` - at `$.path`"),
        ('{"id": "k"}', 'line 2: no "path"'),
        ('{"path": "a\\ud800"}', "line 2: not JSON"),
    ],
)
def test_wrong_line_is_a_problem_that_names_it(tmp_path: Path, line: str, says: str) -> None:
    good, wrong = given_pages((), write(tmp_path, '{"path": "a.txt"}', line))
    assert good.problem is None
    assert wrong.problem is not None
    assert wrong.problem.says.startswith(f"{tmp_path / 'm.jsonl'} {says}")
    assert "\n" not in wrong.problem.says


@pytest.mark.parametrize("field", ["published", "captured"])
def test_wrong_date_is_a_problem_beside_the_page(tmp_path: Path, field: str) -> None:
    (page,) = given_pages((), write(tmp_path, f'{{"path": "a.txt", "{field}": "Monday"}}'))
    assert page.path is not None
    assert getattr(page.origin, field) is None
    assert page.problem is not None
    assert f"line 1: {field} 'Monday' is no date" in page.problem.says


def test_manifest_line_says_when_the_page_was_captured(tmp_path: Path) -> None:
    (page,) = given_pages((), write(tmp_path, '{"path": "a.txt", "captured": "2026-03-06T07:10:00Z"}'))
    assert page.origin.captured == "2026-03-06T07:10:00Z"


@pytest.mark.parametrize("content", [b"", b"\n \n", b"not json\n{", b"\xff\xfe{\x00}\x00", b"{}\n[]"])
def test_manifest_without_a_usable_line_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.jsonl").write_bytes(content)
    with pytest.raises(ManifestError, match=r"m\.jsonl"):
        read_manifest(tmp_path / "m.jsonl")


def test_manifest_that_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError, match="Is a directory"):
        read_manifest(tmp_path)
    with pytest.raises(ManifestError, match="No such file"):
        read_manifest(tmp_path / "none")


def test_addresses_are_not_fetched(tmp_path: Path) -> None:
    lines = write(tmp_path, '{"url": "https://n.example/a"}', '{"path": "https://n.example/b", "id": "b"}')
    pages = given_pages(["https://n.example/c"], lines)
    assert [page.origin.name for page in pages] == ["https://n.example/a", "b", "https://n.example/c"]
    assert [page.address for page in pages] == [f"https://n.example/{name}" for name in "abc"]
    with pytest.raises(FetchError, match="not fetched here"):
        load(pages[0])


def test_standard_input_has_a_name() -> None:
    assert given_pages(["-"])[0].origin.name == "stdin"


def file(path: Path) -> Given:
    return Given(origin=Origin(name="p"), path=path)


def test_load_unpacks_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.html.gz").write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))
    assert load(file(tmp_path / "a.html.gz")) == b"one two"


def test_load_stops_at_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "LARGEST_PAGE_BYTES", 1000)
    (tmp_path / "bomb.txt.gz").write_bytes(gzip.compress(b"a" * 100_000))
    with (tmp_path / "sparse.txt").open("wb") as sparse:
        sparse.truncate(10**12)
    assert len(load(file(tmp_path / "bomb.txt.gz"))) == 1001
    assert len(load(file(tmp_path / "sparse.txt"))) == 1001


def test_load_says_what_cannot_be_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "cut.gz").write_bytes(gzip.compress(os.urandom(500))[:200])
    (tmp_path / "bad.gz").write_bytes(b"\x1f\x8b garbage")
    for name, says in [
        ("", "a folder"),
        ("none.txt", "No such file"),
        ("x" * 300, "File name too long"),
        ("a\0b", "null"),
        ("fifo", "a pipe or device"),
        ("cut.gz", "damaged gzip"),
        ("bad.gz", "damaged gzip"),
    ]:
        with pytest.raises(UnreadableError, match=says):
            load(file(tmp_path / name))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_load_says_what_may_not_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.txt").touch(mode=0)
    with pytest.raises(UnreadableError, match="Permission denied"):
        load(file(tmp_path / "a.txt"))


def test_load_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"words")))
    assert load(Given(origin=Origin(name="stdin"))) == b"words"
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(UnreadableError, match="standard input: closed"):
        load(Given(origin=Origin(name="stdin")))
