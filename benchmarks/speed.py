"""Times the package on this machine and prints what it found; it asserts nothing.

    python benchmarks/speed.py [CODED.jsonl]     the pages to read warm; without a file, the demo pages

Cold: whole processes, median of 7, as they are and as a multiple of an interpreter that does nothing. Warm: articles a
second on one core with the default tagger, nanoseconds per character of each stage without the model, reading with the
model beside its bare encoder, the assembly behind the tagger, and the highest memory use. POSIX only.
"""

import argparse
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from coded import ROOT, load_coded, origin_of
from onrecord.errors import PageError
from onrecord.pipeline import capture, read_article, read_bytes
from onrecord.reading.decoding import Array
from onrecord.reading.lexicon_tagger import LexiconTagger
from onrecord.reading.model_input import words_of
from onrecord.reading.model_session import load_model
from onrecord.reading.model_tagger import ModelTagger
from onrecord.reading.sentences import Document, make_document
from onrecord.reading.tagger import Tagger, Tagging
from onrecord.records import Article, Origin, Page

COLD_RUNS = 7
"""Runs of a process whose median is taken, after one that fills the caches of the file system."""

WARM_SECONDS = 3.0
"""Least time that the pages are read over and over."""

DEMO_PAGES = ROOT / "src" / "onrecord" / "demo" / "pages"
PAGE_FORMATS = {".html": "html", ".txt": "text"}

Input = tuple[bytes, Origin]


def machine() -> str:
    """Return processor, cores and Python in words."""
    model = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    models = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return f"{models[0] if models else model}, {os.cpu_count()} cores, Python {platform.python_version()}"


def cold(command: list[str]) -> float:
    """Return the median wall time of a process, in seconds."""
    # Byte code is what an installed package has; without it every start would compile the sources.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times = []
    for _ in range(COLD_RUNS + 1):
        began = time.perf_counter()
        subprocess.run(command, check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=kept)
        times.append(time.perf_counter() - began)
    return statistics.median(times[1:])


def demo_inputs() -> list[Input]:
    """Return the demo pages."""
    return [
        (path.read_bytes(), Origin(name=path.stem, media_type="html" if path.suffix == ".html" else "text"))
        for path in sorted(DEMO_PAGES.glob("*"))
        if path.suffix in PAGE_FORMATS
    ]


def coded_inputs(path: Path) -> list[Input]:
    """Return the pages of a coded file."""
    return [(page.data(), origin_of(page)) for page in load_coded(path)]


def print_cold(folder: Path) -> None:
    """Time processes that start, show their help, and read one page of each format."""
    script = [sys.executable, "-c", "import sys; from onrecord.cli import main; sys.exit(main())"]
    bare = cold([sys.executable, "-c", "pass"])
    print(f"{'cold: python -c pass':34s} {bare:7.3f} s")
    commands = {"onrecord --help": ["--help"]}
    for ending, kind in PAGE_FORMATS.items():
        found = sorted(DEMO_PAGES.glob(f"*{ending}"))
        page = found[0] if found else folder / f"page{ending}"
        if not found:
            words = "At least 23 people were hurt, the mayor said. "
            page.write_text(f"<html><body><p>{words * 40}</p></body></html>" if kind == "html" else words * 40)
        commands[f"onrecord read, one {kind} page"] = ["read", "--json", str(page)]
    for name, arguments in commands.items():
        try:
            took = cold([*script, *arguments])
        except subprocess.CalledProcessError as err:
            print(f"cold: {name:28s} failed with exit status {err.returncode}")
            continue
        print(f"{'cold: ' + name:34s} {took:7.3f} s   {took / bare:5.1f} x python -c pass")


def print_warm(inputs: list[Input]) -> None:
    """Read the pages over and over on this core."""
    for data, origin in inputs:  # fills the caches of the lexicon
        read_bytes(data, origin)
    pages, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < WARM_SECONDS:
        for data, origin in inputs:
            read_bytes(data, origin)
        pages += len(inputs)
    size = sum(len(data) for data, _ in inputs) / len(inputs)
    name = "warm: articles a second, one core"
    print(f"{name:34s} {pages / took:7.1f}     ({len(inputs)} pages, {size:.0f} bytes each)")


def print_stages(inputs: list[Input]) -> None:
    """Time each stage by itself, per character of the pages' texts."""
    captured: list[tuple[Page, Article]] = []

    def capture_all() -> None:
        captured.clear()
        for data, origin in inputs:
            try:
                captured.append(capture(data, origin))
            except PageError:
                continue

    capture_time = timed(capture_all)
    characters = sum(len(page.text) for page, _ in captured) or 1
    documents = [make_document(page, article) for page, article in captured]
    tagger = LexiconTagger()
    sentence_time = timed(lambda: [make_document(page, article) for page, article in captured])
    tag_time = timed(lambda: [tagger.tag(document) for document in documents])
    read_time = timed(lambda: [read_article(page, article, "page", tagger=tagger) for page, article in captured])
    stages = {
        "page and article": capture_time,
        "sentences": sentence_time,
        "tagger": tag_time,
        "assembly": max(0.0, read_time - sentence_time - tag_time),
    }
    for name, took in stages.items():
        print(f"{'stage: ' + name:34s} {1e9 * took / characters:7.0f} ns a character")


class Remembered:
    """A tagger that gives again what another one gave, so that what follows it can be timed by itself."""

    def __init__(self, tagger: Tagger) -> None:
        self.name, self._tagger = tagger.name, tagger
        self._known: dict[str, Tagging] = {}

    def tag(self, document: Document) -> Tagging:
        """Return the tagging of a document, made once."""
        if document.text not in self._known:
            self._known[document.text] = self._tagger.tag(document)
        return self._known[document.text]


def assembly_time(inputs: list[Input], tagger: Tagger) -> float:
    """Return the seconds from taggings and sentences to readings, over all pages."""
    captured = [capture(data, origin) for data, origin in inputs]
    known = Remembered(tagger)
    for page, article in captured:
        read_article(page, article, "page", tagger=known)
    sentences = timed(lambda: [make_document(page, article) for page, article in captured])
    return timed(lambda: [read_article(page, article, "page", tagger=known) for page, article in captured]) - sentences


def print_model(inputs: list[Input]) -> None:
    """Time reading with the model beside the bare encoder on the same windows, in one run, and say the ratio."""
    model = load_model()
    tagger = ModelTagger()
    windows: list[dict[str, Array]] = []
    pieces = 0
    for data, origin in inputs:
        document = make_document(*capture(data, origin))
        words = words_of(document)
        table = model.pieces(document, words)
        pieces += len(table.ids)
        windows += [found for _, found in model.windows(words, table)]
    bare = timed(lambda: sum(len(model.run(window)) for window in windows))
    whole = timed(lambda: sum(bool(read_bytes(data, origin, tagger=tagger)) for data, origin in inputs))
    print(f"{'model: articles a second':34s} {len(inputs) / whole:7.1f}     text in, reading out, one thread")
    print(f"{'model: bare encoder':34s} {len(inputs) / bare:7.1f}     {pieces / bare:,.0f} word pieces a second")
    print(f"{'model: reading beside encoder':34s} {bare / whole:7.2f}     (1.00: reading costs nothing beside it)")
    share = 100 * assembly_time(inputs, tagger) / whole
    print(f"{'model: assembly behind the tagger':34s} {share:6.1f} %   of the reading time")


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of the quickest of three runs."""
    times = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> int:
    """Print all figures; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, metavar="CODED.jsonl")
    path = parser.parse_args().file
    inputs = coded_inputs(path) if path else demo_inputs()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        print_cold(Path(folder))
    if not inputs:
        print(f"no pages in {DEMO_PAGES}; name a coded file", file=sys.stderr)
        return 1
    print_warm(inputs)
    print_stages(inputs)
    print_model(inputs)
    unit = 1 if sys.platform == "darwin" else 1024  # ru_maxrss: bytes on macOS, KiB elsewhere
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20
    print(f"{'memory: highest, this process':34s} {highest:7.0f} MiB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
