"""No page has a serious fault that axe-core finds. It is installed by npm for the test alone and ships with nothing."""

import hashlib
import shutil
import subprocess
from pathlib import Path
from shutil import copy

import pytest

from serving import served

from .browsing import Watched, browser
from .test_browser import PATHS, SHORT, VIEWS

AXE, SHA256 = "axe-core@4.14.1", "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
"""The version, and the hash of its axe.min.js."""

INSTALL_SECONDS = 60
STRICT = {"serious", "critical"}
RUN = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(one =>
    [one.impact, one.id, one.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"""


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from a folder that goes with the test."""
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed; install it (Debian: apt-get install npm) for this test")
    folder = tmp_path_factory.mktemp("axe")
    options = ("--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--fetch-retries=0")
    try:
        subprocess.run(
            [npm, "install", *options, "--prefix", str(folder), AXE],
            check=True, capture_output=True, timeout=INSTALL_SECONDS, cwd=folder,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as err:
        pytest.skip(f"npm cannot install {AXE} here (no network?): {err}")
    source = (folder / "node_modules" / "axe-core" / "axe.min.js").read_bytes()
    assert hashlib.sha256(source).hexdigest() == SHA256, f"{AXE} is not the file that this test knows"
    return source.decode()


@pytest.fixture
def ledger(demo_ledger: Path, tmp_path: Path) -> Path:
    return Path(copy(demo_ledger, tmp_path / "looked-at.db"))


def faults(running, base, paths, view, source):
    """Open each path; return what axe-core says against it."""
    context = running.new_context(**VIEWS[view])
    found = {}
    for path in paths:
        page = Watched(context, base).open(path)
        page.evaluate(source)  # by the debugger's own way in: the policy of the pages allows no other script
        said = [one for one in page.evaluate(RUN) if one[0] in STRICT]
        if said:
            found[f"{view} {path}"] = said
        page.close()
    context.close()
    return found


def test_first_pages_have_no_serious_fault(ledger, axe):
    with browser() as running, served(ledger) as base:
        assert faults(running, base, SHORT, "wide", axe) == {}


@pytest.mark.long
@pytest.mark.parametrize("view", VIEWS)
def test_no_page_has_a_serious_fault(ledger, axe, view):
    paths = [path for path in PATHS if path != "/nowhere"]
    with browser() as running, served(ledger) as base:
        assert faults(running, base, paths, view, axe) == {}


def test_a_fault_would_be_found(ledger, axe):
    with browser() as running, served(ledger) as base:
        page = Watched(running.new_context(), base).open("/")
        page.evaluate("document.body.append(document.createElement('button'))")
        page.evaluate(axe)
        assert "button-name" in [id for _, id, _ in page.evaluate(RUN)]
