"""Any number of pages made from the sample pages: other numbers, other addresses, no two with the same text.

    python benchmarks/variants.py FOLDER NUMBER

Writes the pages and a manifest. The same number gives the same pages everywhere.
"""

import argparse
import json
import random
import re
from pathlib import Path

from coded import ROOT

PAGES = ROOT / "src" / "onrecord" / "demo" / "pages"

SMALL_NUMBER = re.compile(rb"(?<![\d.,:/#&=\"'-])\d{2}(?![\d.,:/%\"'-])")
"""Numbers that may be others without making the page a different one: neither dates nor parts of addresses."""

SENTENCE = "Registry office {} counted {} people who had asked for help by noon."


def variant(source: bytes, number: int, *, html: bool) -> bytes:
    """Return a page with other small numbers and a sentence of its own."""
    chosen = random.Random(number)  # noqa: S311  no secret
    data = SMALL_NUMBER.sub(lambda _: b"%d" % chosen.randrange(10, 100), source)
    sentence = SENTENCE.format(number, chosen.randrange(10, 9000)).encode()
    if html:
        before, close, after = data.rpartition(b"</p>")
        return before + close + b"\n<p>" + sentence + b"</p>" + after
    return data.rstrip() + b"\n\n" + sentence + b"\n"


def write_pages(folder: Path, number: int) -> Path:
    """Write so many pages and their manifest; return the manifest."""
    sources = [(path, path.read_bytes()) for path in sorted(PAGES.iterdir())]
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.jsonl"
    with manifest.open("w", encoding="utf-8") as lines:
        for n in range(number):
            path, data = sources[n % len(sources)]
            name = f"{path.stem}-{n}{path.suffix}"
            (folder / name).write_bytes(variant(data, n, html=path.suffix == ".html"))
            line = {"path": name, "url": f"https://variants.example/{n}", "outlet": f"Outlet {n % 40}"}
            lines.write(json.dumps({**line, "published": f"2026-03-{1 + n % 28:02}"}) + "\n")
    return manifest


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("number", type=int)
    wanted = parser.parse_args()
    print(write_pages(wanted.folder, wanted.number))
