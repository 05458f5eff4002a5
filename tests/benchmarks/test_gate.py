"""benchmarks/gate.py: floors go up by themselves, down only with a reason, and a changed corpus is seen."""

import subprocess
import sys

import pytest

import gate
from gate import Corpus, Floors, Regression, failures, hashes_of, load_floors, raised, save_floors, scores_of

SCORES = {"toll: found": 70.0, "toll: ledger": 50.0}
HASHES = {"gold/claims.jsonl": "aa"}
FLOORS = Floors(hashes={"gold": HASHES}, floors={"gold": SCORES})


def test_scores_at_their_floors_pass():
    assert failures("gold", SCORES, HASHES, FLOORS) == []


@pytest.mark.parametrize(
    ("scores", "hashes", "says"),
    [
        ({**SCORES, "toll: ledger": 49.9}, HASHES, "toll: ledger is 49.9, below its floor 50.0"),
        ({"toll: found": 70.0}, HASHES, "toll: ledger is 0.0, below its floor 50.0"),
        (SCORES, {"gold/claims.jsonl": "bb"}, "gold/claims.jsonl is not the file"),
        (SCORES, {**HASHES, "pages/new.txt": "cc"}, "pages/new.txt is not the file"),
        (SCORES, {}, "gold/claims.jsonl is not the file"),
        ({**SCORES, "events: found": 1.0}, HASHES, "events: found has no floor yet"),
    ],
)
def test_gate_fails(scores, hashes, says):
    wrong = failures("gold", scores, hashes, FLOORS)
    assert len(wrong) == 1
    assert says in wrong[0]


def test_corpus_without_floors_fails():
    assert failures("dev", SCORES, HASHES, FLOORS) == ["dev: no floors yet; run this with --update"]


def test_update_raises_floors_and_takes_new_hashes():
    after = raised("gold", {**SCORES, "toll: found": 75.0}, {"gold/claims.jsonl": "bb"}, FLOORS)
    assert after.floors["gold"] == {"toll: found": 75.0, "toll: ledger": 50.0}
    assert after.hashes["gold"] == {"gold/claims.jsonl": "bb"}


@pytest.mark.parametrize("scores", [{**SCORES, "toll: ledger": 40.0}, {"toll: found": 70.0}])
def test_update_never_lowers_a_floor(scores):
    after = raised("gold", scores, HASHES, FLOORS)
    assert after.floors["gold"] == SCORES
    assert failures("gold", scores, HASHES, after)


def test_floor_is_lowered_with_a_reason_that_is_kept():
    scores = {**SCORES, "toll: ledger": 40.0}
    after = raised("gold", scores, HASHES, FLOORS, "the coding of shares changed")
    assert after.floors["gold"] == scores
    assert after.regressions == (Regression("gold", "toll: ledger", 50.0, 40.0, "the coding of shares changed"),)
    assert failures("gold", scores, HASHES, after) == []


def test_other_corpora_keep_their_floors():
    after = raised("dev", SCORES, {"dev.jsonl": "dd"}, FLOORS)
    assert after.floors["gold"] == SCORES
    assert set(after.hashes) == {"gold", "dev"}


def test_floors_survive_the_file(tmp_path):
    floors = raised("gold", {**SCORES, "toll: ledger": 40.0}, HASHES, FLOORS, "a reason")
    save_floors(floors, tmp_path / "floors.json")
    assert load_floors(tmp_path / "floors.json") == floors


def test_scores_with_a_floor_are_f1_and_patterns():
    rows = {"toll: found": {"P": 1.0, "R": 2.0, "F1": 3.0, "n": 4}, "toll: value": {"share": 5.0, "n": 4}}
    rows["patterns: right"] = {"share": 85.0, "n": 67}
    assert scores_of(rows) == {"toll: found": 3.0, "patterns: right": 85.0}


def test_hashes_cover_the_pages_of_the_own_gold(tmp_path, monkeypatch):
    monkeypatch.setattr(gate, "ROOT", tmp_path)
    monkeypatch.setattr("coded.ROOT", tmp_path)
    (tmp_path / "a.txt").write_text("Six shops burned.", encoding="utf-8")
    path = tmp_path / "claims.jsonl"
    path.write_text('{"id": "a", "page": "a.txt"}', encoding="utf-8")
    before = hashes_of(Corpus("gold", "gold", path, own=True))
    assert set(before) == {"a.txt", "claims.jsonl"}
    (tmp_path / "a.txt").write_text("Seven shops burned.", encoding="utf-8")
    after = hashes_of(Corpus("gold", "gold", path, own=True))
    assert before["a.txt"] != after["a.txt"]
    assert before["claims.jsonl"] == after["claims.jsonl"]


def test_lowering_floors_without_update_is_wrong_usage(root):
    command = [sys.executable, str(root / "benchmarks" / "gate.py"), "--allow-regression", "why not"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--update" in done.stderr


def test_recorded_floors_can_be_read():
    floors = load_floors()
    assert all(0 <= floor <= 100 for rows in floors.floors.values() for floor in rows.values())
    assert set(floors.floors) == set(floors.hashes)
