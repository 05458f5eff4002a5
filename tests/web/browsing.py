"""A browser and a running server for the tests that look at pages as people do; the browser is that of the system."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from serving import CHROMIUM

SHOTS = Path(__file__).parents[2] / "build" / "screenshots"
"""Where the browser's pictures stay, to be looked at; CI keeps the folder, git does not."""


@contextmanager
def browser() -> Iterator[Any]:
    """Give the browser; the test is skipped with a message where there is none."""
    driver = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install '.[dev]'")
    if not CHROMIUM.exists():
        pytest.skip(f"no {CHROMIUM}; install it (Debian: apt-get install chromium) for this test")
    with driver.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield running
        running.close()


class Watched:
    """A page of the browser that notes errors in its console and requests that leave the machine."""

    def __init__(self, context: Any, base: str) -> None:
        self.base, self.errors = base, []
        self.page = context.new_page()
        self.page.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda err: self.errors.append(str(err)))
        self.page.on("request", lambda sent: None if sent.url.startswith(base) else self.errors.append(sent.url))

    def open(self, path: str) -> Any:
        """Open a path of the server and return the page."""
        self.page.goto(self.base + path)
        return self.page

    def keep(self, name: str) -> None:
        """Keep a picture of the page as it is now."""
        SHOTS.mkdir(parents=True, exist_ok=True)
        readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
        self.page.screenshot(path=SHOTS / f"{readable}.png", full_page=True)

    def is_wider_than_the_window(self) -> bool:
        """Say whether the page scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
