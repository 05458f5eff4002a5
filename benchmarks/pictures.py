"""Takes the pictures of the web interface that the documentation shows: a story and a page of the sample ledger.

    python3 dev.py screenshots               writes docs/pictures/*.png, each of 150 kB at most

Serves a ledger of the demo pages to a browser without a window (playwright, with the Chromium of the system). Needs:
pip install "onrecord[dev]" and, on Debian, apt-get install chromium. The pictures differ by the fonts of the
machine, so nothing checks their bytes.
"""

import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

try:
    from playwright.sync_api import sync_playwright
except ImportError as err:
    raise SystemExit('pictures.py: playwright is not installed; run: pip install "onrecord[dev]"') from err

from coded import ROOT
from onrecord import adding
from onrecord.manifest import DEMO, given_pages
from onrecord.opening import Ledger
from serving import CHROMIUM, served

PICTURES = ROOT / "docs" / "pictures"


class Picture(NamedTuple):
    """A picture: the name of its file, the path that is opened, its width and height in pixels."""

    name: str
    path: str
    wide: int
    high: int


SHOWN = (
    Picture("story.png", "/stories/nwa-flash", 1200, 780),
    Picture("page.png", "/pages/nwa-port-callan-wrap", 1000, 640),
)


def take(address: str) -> None:
    """Take the pictures of the ledger that is served at an address."""
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for picture in SHOWN:
            page = browser.new_page(viewport={"width": picture.wide, "height": picture.high})
            page.goto(address + picture.path)
            page.screenshot(path=str(PICTURES / picture.name))
            sys.stdout.write(f"{picture.name}: {(PICTURES / picture.name).stat().st_size:,} bytes\n")
        browser.close()


def main() -> None:
    """Make the sample ledger, serve it, take the pictures."""
    if not CHROMIUM.exists():
        raise SystemExit(f"pictures.py: no {CHROMIUM}; on Debian: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder:
        where = Path(folder) / "demo.db"
        with Ledger(where) as ledger:
            adding.add(ledger.store, given_pages((), DEMO))
            ledger.make_stories()
        with served(where) as address:
            take(address)


if __name__ == "__main__":
    main()
