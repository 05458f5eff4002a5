"""training/event_points.py: the same pages give the same points, and nothing but points changes in the word lists."""

import json
import shutil

import msgspec
import pytest

pytest.importorskip("numpy", reason='numpy is not installed; pip install "onrecord[train]" to run this test')

from training import event_points

PAGES = [
    {
        "id": "harbour",
        "text": "Two boats collided off Tarn Point on Monday.\n\nPolice arrested a skipper after the crash.",
        "events": [
            {"sentence": "Two boats collided off Tarn Point on Monday.", "trigger": "collided", "type": "accident"},
            {
                "sentence": "Police arrested a skipper after the crash.",
                "trigger": "arrested",
                "type": "arrest",
            },
        ],
    },
    {
        "id": "council",
        "text": "The mayor of Lower Osk resigned on Friday.\n\nThe council did not discuss the crash.",
        "events": [
            {"sentence": "The mayor of Lower Osk resigned on Friday.", "trigger": "resigned", "type": "resignation"}
        ],
    },
    {"id": "fair", "text": "Nobody was arrested at the fair in Osk.\n\nThe crash barrier held.", "events": []},
]
FILES = ("events.tsv", "event_points.tsv")


@pytest.fixture
def lexicon(tmp_path, monkeypatch):
    """A copy of the word lists that the script may write to."""
    for name in FILES:
        shutil.copy(event_points.LEXICON / name, tmp_path / name)
    monkeypatch.setattr(event_points, "LEXICON", tmp_path)
    return tmp_path


@pytest.fixture
def train(tmp_path):
    path = tmp_path / "train.jsonl"
    path.write_text("\n".join(map(json.dumps, PAGES)), encoding="utf-8")
    return str(path)


def coded(page):
    return msgspec.convert(page, event_points.CodedPage)


def without_points(text):
    """The lines of a word list, the cells of its column `points` left out."""
    lines = [line if line.startswith("#") else line.split("\t") for line in text.split("\n")]
    at = next(line for line in lines if isinstance(line, list)).index("points")
    return [line if isinstance(line, str) else line[:at] + line[at + 1 :] for line in lines]


def read(folder):
    return {name: (folder / name).read_text(encoding="utf-8") for name in FILES}


def fitted():
    pages = [event_points.examples_of(coded(page)) for page in PAGES]
    return event_points.fit(pages, list(event_points.points()))


def test_same_pages_give_the_same_points_and_only_points_change(lexicon):
    before = read(lexicon)
    assert len(event_points.update(fitted(), write=True)) == len(FILES)
    first = read(lexicon)
    for name in FILES:
        assert first[name] != before[name]
        assert without_points(first[name]) == without_points(before[name])
    assert event_points.update(fitted(), write=True) == []
    assert read(lexicon) == first


def test_check_writes_nothing_and_says_how_many_rows_differ(lexicon, train, capsys):
    event_points.update(fitted(), write=True)
    path = lexicon / "events.tsv"
    row = "\ncollided\taccident\tcrash\tpast\t\t\t"
    text = path.read_text(encoding="utf-8")
    assert row in text
    path.write_text(text.replace(row, f"{row}1"), encoding="utf-8")
    changed = read(lexicon)
    assert event_points.main(["--check", "--train", train]) == 1
    assert read(lexicon) == changed
    assert "events.tsv: 1 rows differ" in capsys.readouterr().out


def test_word_that_coders_take_has_more_points_than_one_they_leave():
    pages = [event_points.examples_of(page) for page in map(coded, PAGES)]
    fitted = event_points.fit(pages, ["sentence:time"])
    assert [example.right for page in pages for example in page.examples] == [
        *(True, True, False),
        *(True, False, False),
        *(False, False),
    ]
    assert fitted.rows["collided", ""] > fitted.rows["crash", ""]
    assert fitted.features["sentence:time"] > 0


@pytest.mark.parametrize(
    ("text", "answer", "differ"),
    [
        (
            "# head\nwords\tpoints\tcomment\n\nfire\t3\tof a house\n",
            "# head\nwords\tpoints\tcomment\n\nfire\t7\tof a house\n",
            1,
        ),
        ("points\tcomment\n7\t\n# fire\t3", "points\tcomment\n7\t\n# fire\t3", 0),
    ],
)
def test_rest_of_a_word_list_stays_as_it_is(text, answer, differ):
    assert event_points.rewritten(text, lambda row: 7) == (answer, differ)


def test_file_that_cannot_be_read_is_named(tmp_path, capsys):
    assert event_points.main(["--train", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err
