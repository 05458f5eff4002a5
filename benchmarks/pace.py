"""Times the pages stage beside trafilatura on the same pages, one core, in one run.

    python benchmarks/pace.py GOLD.json [--html DIR] [--pages 1000] [--rounds 3]

Reads the HTML pages of a gold file with `capture` (bytes to labelled blocks and fields, no claims) and with
`trafilatura.extract(..., fast=True)`, round about, and prints pages per CPU second of both, their ratio, and the
highest memory use of a process that reads so many pages. POSIX only; it asserts nothing.
"""

import argparse
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path

import trafilatura

from bodies import load_bodies, page_bytes
from onrecord.errors import PageError
from onrecord.pages.furniture import furniture_kind
from onrecord.pipeline import capture, uncollected
from onrecord.records import Origin

MOST_PAGES = 1_000
KIB = 1024


def read_page(data: bytes) -> None:
    """Read one page as `onrecord` does before it looks for claims."""
    with uncollected():
        try:
            capture(data, Origin(name="page", media_type="html"))
        except PageError:
            return


def extract_page(data: bytes) -> None:
    """Extract one page with trafilatura alone."""
    trafilatura.extract(data, fast=True, include_comments=False)


def cpu_seconds(read: Callable[[bytes], None], pages: Sequence[bytes]) -> float:
    """Return the CPU seconds of reading the pages once."""
    furniture_kind.cache_clear()  # what a round remembers of its pages is no gain for the next one
    began = time.process_time()
    for data in pages:
        read(data)
    return time.process_time() - began


def memory(path: Path, html: Path, number: int) -> float:
    """Return the highest memory use of a process that reads so many pages, in MB."""
    command = [sys.executable, __file__, str(path), "--html", str(html), "--pages", str(number), "--only-memory"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak_of_reading(path: Path, html: Path, number: int) -> float:
    """Read so many pages from the disk, over and over, and return the highest memory use of this process in MB."""
    for page in islice(cycle(load_bodies(path)), number):
        data = page_bytes(html, page)
        if data is not None:
            read_page(data)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / KIB if sys.platform != "darwin" else used / KIB / KIB


def main() -> int:
    """Time the pages of the gold file on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--html", type=Path, help="folder of the HTML pages (default: html beside the file)")
    parser.add_argument("--pages", type=int, default=MOST_PAGES, help="pages of the memory run (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="times that each reads the pages (default: %(default)s)")
    parser.add_argument("--only-memory", action="store_true", help="print the memory use of reading the pages")
    options = parser.parse_args()
    html = options.html or options.gold.parent / "html"
    if options.only_memory:
        print(peak_of_reading(options.gold, html, options.pages))
        return 0
    pages = [data for page in load_bodies(options.gold) if (data := page_bytes(html, page)) is not None]
    ours, theirs = [], []
    for read in (read_page, extract_page):
        read(pages[0])  # what is loaded once is not timed
    for _ in range(options.rounds):
        ours.append(cpu_seconds(read_page, pages))
        theirs.append(cpu_seconds(extract_page, pages))
    own, other = (len(pages) / statistics.median(seconds) for seconds in (ours, theirs))
    print(f"onrecord          {own:6.1f} pages per CPU second")
    print(f"trafilatura fast  {other:6.1f} pages per CPU second")
    print(f"ratio             {own / other:6.2f}")
    print(f"memory            {memory(options.gold, html, options.pages):6.0f} MB over {options.pages} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
