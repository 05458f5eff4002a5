"""How quickly the web interface answers on a large ledger while pages are added: a printed table.

    python benchmarks/web_load.py                       100,000 made articles, one story of 500 (made_ledger.py)
    python benchmarks/web_load.py --articles 5000       fewer
    python benchmarks/web_load.py --db FILE             keeps the ledger, and takes it the next time

Starts `onrecord serve`, lets clients (threads, each of which looks at a page for half a second before it opens another)
open the pages at random while `onrecord add` reads pages in another process, and prints median and p99 of each page as
a client sees them: from the first byte sent to the last one received. Clients, `add` and whatever else runs share the
cores with the server, so the times are upper bounds; CPU is what the server itself took for one page, all alike, which
a busy machine hardly changes. Weight is a page with its style and script, as sent. Exits with 1 when a limit is passed.
Linux only (/proc).
"""

from __future__ import annotations

import argparse
import http.client
import os
import platform
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from urllib.parse import quote

from made_ledger import LARGE_ID, OneStory, make_ledger
from onrecord.ledger.store import Store
from queries import OUTCOMES, Maker

MEDIAN_MS, P99_MS, WEIGHT_KB, MEMORY_MB = 60, 250, 150, 300
"""Limits: of LIMITED pages, of the first page with all that it loads, of the server."""

LIMITED = ("home", "story", "search")
"""Pages that the limits of time are for, by the beginnings of their names."""

CLIENTS, SECONDS, PAUSE = 8, 20, 0.5
PAGES_TO_ADD = 400
"""Files that `add` reads, again and again with other words where it is done early."""

COMMAND = [sys.executable, "-c", "import sys; from onrecord.cli import main; sys.exit(main())"]
START_SECONDS, ADD_STARTS_SECONDS = 60, 5
ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg)[^"]*)"')
KB, MB = 1000, 1_000_000

Times = dict[str, list[float]]


def paths(rng: random.Random, maker: Maker) -> dict[str, str]:
    """Return a path of each page, the words of searches drawn anew."""
    word, place, person = (quote(rng.choice(some)) for some in (maker.words, maker.places, maker.people))
    outcome = rng.choice(list(OUTCOMES.values()))
    return {
        "home": "/",
        "story of 500": f"/stories/{LARGE_ID}",
        "search, two words": f"/search?q={word}%20{place}",
        "search, a common word": f"/search?q={outcome}",
        "search figures": f"/search?in=figures&q={outcome}%20in%20{place}%20%3E%2020",
        "search statements": f"/search?in=statements&q={place}",
        "search speakers": f"/search?in=sources&q={person}",
        "speaker": f"/sources/{person}",
        "stories by words": f"/stories?q={place}",
        "stories": "/stories",
        "pages": "/pages",
        "page": f"/pages/gazette-{rng.randint(1, 1000)}",
    }


def client(port: int, number: int, chosen: argparse.Namespace, took: Times, faults: list[str]) -> None:
    """Open pages at random for some seconds; keep times by page and what was not answered well."""
    rng, maker = random.Random(number), Maker()  # noqa: S311  made data
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
    until = time.monotonic() + chosen.seconds
    time.sleep(rng.random() * chosen.pause)
    while time.monotonic() < until:
        name, path = rng.choice(list(paths(rng, maker).items()))
        began = time.perf_counter()
        status, _ = get(connection, path)
        took[name].append((time.perf_counter() - began) * 1000)
        if status != http.client.OK and not (name == "speaker" and status == http.client.NOT_FOUND):
            faults.append(f"{path}: {status}")
        time.sleep(chosen.pause)


def get(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Return status and body of an answer."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


@contextmanager
def server(ledger: Path) -> Iterator[tuple[int, int]]:
    """Run `onrecord serve`; give its port and process id once it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*COMMAND, "serve", "--db", str(ledger), "--port", str(port)], stderr=subprocess.PIPE)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.communicate()


def wait_for(port: int) -> None:
    """Wait until something listens."""
    for _ in range(START_SECONDS * 10):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"web_load: nothing listens at port {port} after {START_SECONDS} s")


@contextmanager
def adding(ledger: Path) -> Iterator[None]:
    """Run `onrecord add` on new files, again and again; the last run is ended."""
    is_over = threading.Event()
    maker = OneStory()
    maker.number += os.getpid() * 1000

    def add(folder: Path) -> None:
        while not is_over.is_set():
            for number in range(PAGES_TO_ADD):
                reading = maker.reading()
                words = reading.page.text if reading.page else ""
                (folder / f"{maker.number}-{number}.txt").write_text(words, encoding="utf-8")
            command = [*COMMAND, "add", "--db", str(ledger), str(folder), "--published", "2027-12-20"]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
                while process.poll() is None and not is_over.wait(0.1):
                    pass
                process.terminate()

    with tempfile.TemporaryDirectory() as folder:
        thread = threading.Thread(target=add, args=(Path(folder),))
        thread.start()
        try:
            time.sleep(ADD_STARTS_SECONDS)
            yield
        finally:
            is_over.set()
            thread.join()


def load(port: int, pid: int, chosen: argparse.Namespace) -> tuple[Times, list[str], float]:
    """Let the clients ask; return times by page, faults, CPU milliseconds of the server for one page."""
    took: Times = defaultdict(list)
    faults: list[str] = []
    before = cpu_seconds(pid)
    asking = [threading.Thread(target=client, args=(port, n, chosen, took, faults)) for n in range(chosen.clients)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    number = sum(map(len, took.values()))
    return took, faults, (cpu_seconds(pid) - before) * 1000 / max(number, 1)


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mb(pid: int) -> float:
    """Return the highest memory use of a process."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 / MB if found else 0.0


def weight(connection: http.client.HTTPConnection, path: str) -> tuple[float, float]:
    """Return kilobytes of a page with what it loads, and of the page alone."""
    _, page = get(connection, path)
    assets = sorted(set(ASSET.findall(page.decode())))
    return (len(page) + sum(len(get(connection, asset)[1]) for asset in assets)) / KB, len(page) / KB


def p99(some: list[float]) -> float:
    """Return the time that 99 of 100 stay below."""
    return sorted(some)[min(len(some) * 99 // 100, len(some) - 1)]


def report(took: Times, weights: dict[str, tuple[float, float]]) -> bool:
    """Print a line for each page; say whether all are within their limits."""
    good = True
    for name, (whole, alone) in weights.items():
        some = took.get(name, [])
        if not some:
            continue
        median, last = statistics.median(some), p99(some)
        if name.startswith(LIMITED):
            good = good and median <= MEDIAN_MS and last <= P99_MS
        print(f"  {name:<24} {len(some):6} opened   median {median:7.1f} ms   p99 {last:7.1f} ms", end="")
        print(f"   {whole:6.1f} kB with style and script, {alone:6.1f} alone")
    return good


def main() -> int:
    """Make the ledger, start the server, load it; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds that a client looks at a page")
    parser.add_argument("--no-add", action="store_true", help="nothing is added meanwhile")
    parser.add_argument("--db", type=Path, help="where the ledger is kept (default: a temporary file)")
    chosen = parser.parse_args()
    cores, busy = os.cpu_count(), os.getloadavg()[0]
    print(f"{platform.platform()}, {cores} CPUs, load {busy:.1f}, Python {platform.python_version()}", flush=True)
    with tempfile.TemporaryDirectory(prefix="onrecord-") as folder:
        ledger = chosen.db or Path(folder, "ledger.db")
        if not ledger.exists():
            began = time.perf_counter()
            store = Store(str(ledger))
            make_ledger(store, chosen.articles)
            store.settle()
            documents, claims = store.totals()
            store.close()
            took = time.perf_counter() - began
            print(
                f"{documents:,} articles, {claims:,} claims, {ledger.stat().st_size / MB:,.0f} MB in {took:.0f} s",
                flush=True,
            )
        with server(ledger) as (port, pid):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=START_SECONDS)
            known = paths(random.Random(0), Maker())  # noqa: S311  made data
            weights = {name: weight(connection, path) for name, path in known.items()}
            connection.close()
            with nullcontext() if chosen.no_add else adding(ledger):
                times, faults, cpu = load(port, pid, chosen)
            memory = memory_mb(pid)
    good = report(times, weights) and weights["home"][0] <= WEIGHT_KB and memory <= MEMORY_MB and not faults
    print(f"  limits: median {MEDIAN_MS} ms, p99 {P99_MS} ms, first page {WEIGHT_KB} kB, memory {MEMORY_MB} MB")
    print(f"  server: {memory:.0f} MB at most, {cpu:.1f} ms of CPU for one page; {len(faults)} faults")
    for fault in sorted(set(faults))[:5]:
        print(f"    {fault}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
