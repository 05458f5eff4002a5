"""What the tests share: where the data beside the checkout are."""

import os
from pathlib import Path

import pytest

# Most tests are about rules, the ledger or the commands: they read without the model, which is quick and stays the same
# when new weights come. Tests of the model and of what a user gets by default ask for the fixture `with_model`.
os.environ["ONRECORD_TAGGER"] = "lexicon"

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the checkout; the test is skipped where there is none."""
    folder = ROOT.parent / "shared"
    if not (folder / "gold" / "dev.jsonl").is_file():
        pytest.skip(f"no shared data in {folder}; this test needs them")
    return folder


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with the model of the package, as a user does who names no tagger."""
    monkeypatch.delenv("ONRECORD_TAGGER")
