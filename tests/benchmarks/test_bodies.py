"""benchmarks/bodies.py: shingles right, leaked and lost."""

import json
import subprocess
import sys

import pytest

from bodies import GoldBody, count, load_bodies, score_bodies

BODY = "Six shops burned in Norhaven on Friday night"


@pytest.mark.parametrize(
    ("found", "counts"),
    [
        (BODY, (5, 0, 0)),
        ("Read more. " + BODY, (5, 2, 0)),
        ("shops burned in Norhaven", (1, 0, 4)),
        ("", (0, 0, 5)),
        ("Nothing of it stands here", (0, 2, 5)),
    ],
)
def test_shingles_are_counted(found, counts):
    assert count(BODY, found) == counts


def test_right_body_scores_full():
    rows = score_bodies({"a": GoldBody(article_body=BODY)}, {"a": BODY})
    assert rows["pages: body"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 1}
    assert rows["pages: exact"]["share"] == 100.0


def test_missing_page_counts_as_empty():
    rows = score_bodies({"a": GoldBody(article_body=BODY), "b": GoldBody(article_body=BODY)}, {"a": BODY})
    assert rows["pages: body"]["R"] == 50.0


@pytest.mark.parametrize(
    "body", ["Six shops burned in Norhaven", "Six shops burned in Norhaven\n\nNobody was hurt there"]
)
def test_optional_paragraph_may_be_there_or_not(body):
    gold = {"a": GoldBody(body=("Six shops burned in Norhaven", "[Nobody was hurt there]"))}
    assert score_bodies(gold, {"a": body})["pages: exact"]["share"] == 100.0


def test_file_of_another_format_is_refused(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text('{"a": ["text"]}', encoding="utf-8")
    with pytest.raises(ValueError, match=r"gold\.json"):
        load_bodies(path)


@pytest.mark.shared
def test_measure_agrees_with_the_shared_one(shared, tmp_path):
    gold_file = shared / "data" / "pages" / "aeb" / "gold.json"
    gold = load_bodies(gold_file)
    # Every third word of some pages is lost, others get a line too many, some are missing.
    bodies = {}
    for n, (page, entry) in enumerate(gold.items()):
        words = entry.versions()[0].split()
        if n % 5:
            bodies[page] = " ".join(words[: len(words) - 10 * (n % 5)]) + " Read more on this" * (n % 2)
    predictions = tmp_path / "readings.jsonl"
    lines = [json.dumps({"id": page, "article": {"body": body}}) for page, body in bodies.items()]
    predictions.write_text("\n".join(lines), encoding="utf-8")
    command = [sys.executable, str(shared / "bench" / "score_pages.py"), str(gold_file), str(predictions)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    rows = score_bodies(gold, bodies)
    p, r, f1 = (float(said[said.index(name) + 1]) for name in ("P", "R", "F1"))
    assert (rows["pages: body"]["P"], rows["pages: body"]["R"], rows["pages: body"]["F1"]) == pytest.approx(
        (100 * p, 100 * r, 100 * f1)
    )
