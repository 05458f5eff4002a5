"""benchmarks/clustered.py: B-cubed and pairs by hand, a small set end to end, agreement with the shared scorer."""

import json
import random
import subprocess
import sys

import pytest

from clustered import CodedCopy, Line, cluster_rows, copies_row, measure_stories, measure_undated, one_pass
from lines import load_lines
from measuring import Settings
from onrecord.reading.lexicon_tagger import LexiconTagger
from onrecord.records import Copy

GOLD = {"a": "s", "b": "s", "c": "alone: c"}
TEXTS = {
    "a": "A crane fell on the Orvane harbour warehouse of Dalia Renko, and rescue teams pulled eleven people out.",
    "b": "Rescue teams pulled eleven people out of the Orvane harbour warehouse of Dalia Renko after a crane fell.",
    "c": "Voters in Maresh queued for hours to elect a council that will decide about the mine, Pavel Ostrin said.",
}


def test_rows_of_what_is_all_right():
    rows = cluster_rows(GOLD, {"a": "x", "b": "x", "c": "y"})
    assert rows["B-cubed all"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 3}
    assert rows["B-cubed dense"]["n"] == 2


def test_rows_of_one_story_for_all():
    rows = cluster_rows(GOLD, dict.fromkeys(GOLD, "x"))
    assert rows["B-cubed all"]["P"] == 55.6  # (2/3 + 2/3 + 1/3) / 3
    assert rows["B-cubed all"]["R"] == 100.0
    assert rows["pairs"] == {"P": 33.3, "R": 100.0, "F1": 50.0, "n": 1}


def test_copies_row_counts_false_copies_only():
    coded = [CodedCopy(a="a", b="b", kind="partial")]
    found = [Copy(a="b", b="a", kind="copy", share=0.9), Copy(a="a", b="c", kind="partial", share=0.2)]
    assert copies_row(found, coded) == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 1, "false": 0}
    assert copies_row([Copy(a="a", b="c", kind="copy", share=0.9)], coded)["false"] == 1


def test_one_pass_joins_what_is_near():
    assert one_pass([("a", {"x": 1.0}), ("b", {"x": 0.8, "y": 0.6}), ("c", {"z": 1.0})], 0.5) == {
        "a": "plain 0",
        "b": "plain 0",
        "c": "plain 1",
    }


def written(path, lines):
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return path


def test_a_set_is_read_and_scored(tmp_path):
    lines = [{"id": id, "text": text, "title": "", "story": "s" if id != "c" else None} for id, text in TEXTS.items()]
    path = written(tmp_path / "x_articles.jsonl", lines)
    written(tmp_path / "x_copies.jsonl", [{"a": "a", "b": "b", "kind": "copy"}])
    result = measure_stories(path, Settings(tagger=LexiconTagger()))
    assert result.rows["B-cubed all"]["F1"] == 100.0
    assert "copies" in result.rows
    assert "plain: B-cubed all" in result.rows


def test_an_undated_set_may_have_an_id_twice(tmp_path):
    lines = [{"id": "same", "text": text, "cluster": text[:1]} for text in TEXTS.values()]
    result = measure_undated(written(tmp_path / "x.jsonl", lines), Settings(tagger=LexiconTagger()))
    assert result.pages == 3


@pytest.mark.shared
@pytest.mark.parametrize("seed", [0, 1])
def test_rows_agree_with_the_shared_scorer(shared, tmp_path, seed):
    prefix = shared / "gold" / "stories" / "dev"
    lines = load_lines(prefix.with_name("dev_articles.jsonl"), Line)
    chance = random.Random(seed)  # noqa: S311  no secret
    gold = {line.id: line.story or f"alone: {line.id}" for line in lines}
    found = {id: chance.choice((story, f"{story} 2", "mixed")) for id, story in gold.items()}
    pairs = [Copy(a=a, b=b, kind="copy", share=1.0) for a, b in zip(list(gold)[::9], list(gold)[1::9])]
    coded = load_lines(prefix.with_name("dev_copies.jsonl"), CodedCopy)
    pairs.append(Copy(a=coded[0].b, b=coded[0].a, kind="partial", share=0.3))
    stories = [
        {"articles": [{"id": id} for id in found if found[id] == story]} for story in sorted(set(found.values()))
    ]
    details = [{"copies": [{"a": one.a, "b": one.b, "kind": one.kind} for one in pairs]}]
    command = [sys.executable, str(shared / "bench" / "score_stories.py"), str(prefix)]
    command += [str(written(tmp_path / name, rows)) for name, rows in (("s.jsonl", stories), ("d.jsonl", details))]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rows = cluster_rows(gold, found)
    for name in ("B-cubed all", "B-cubed dense", "pairs"):
        line = next(line for line in printed.splitlines() if line.startswith(f"stories, {name}"))
        numbers = line.replace("(", " ").split()
        for key in ("P", "R", "F1"):
            assert abs(float(numbers[numbers.index(key) + 1]) - rows[name][key] / 100) < 0.00101
    row = copies_row(pairs, coded)
    assert f"copies found {round(row['R'] * len(coded) / 100)} of {len(coded)}, false copies {row['false']}" in printed
