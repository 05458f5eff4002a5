"""Times the ledger on this machine and prints what it found; it asserts nothing.

    python benchmarks/store.py [--pages 2000] [--postgresql]

Pages are variants of the sample pages (variants.py). Printed: claims a second that the store takes from readings that
are ready (rows prepared and inserted, one process); articles a second of `add` beside reading alone, both timed in the
same run, so that both meet the same load of the machine; bytes of the database for each page; highest memory of the
process that writes. POSIX only.
"""

import argparse
import gc
import hashlib
import resource
import sys
import tempfile
import time
import zlib
from pathlib import Path

import postgres
from onrecord import adding
from onrecord.ledger.rows import Capture, Prepared, prepare
from onrecord.ledger.store import Store
from onrecord.manifest import Given, load
from onrecord.pipeline import VERSION, read_bytes
from onrecord.records import Reading
from speed import machine
from variants import write_pages

READY_PAGES = 600
"""Pages whose readings are held ready; some 25,000 claims."""

Ready = tuple[Reading, bytes, Capture, str]


def ready_readings(given: list[Given]) -> list[Ready]:
    """Read pages; nothing is stored."""
    made = []
    for page in given:
        data = load(page)
        made.append(
            (read_bytes(data, page.origin), data, Capture(origin=page.origin), hashlib.sha256(data).hexdigest())
        )
    return made


class Timed:
    """Adds up the time that blocks of code take: by the clock on the wall, and of the processor in this process.

    The two differ where other programs share the processor; the second is what a machine of one's own would show.
    """

    def __init__(self) -> None:
        self.wall = self.cpu = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter(), time.process_time()

    def __exit__(self, *_: object) -> None:
        wall, cpu = self._began
        self.wall += time.perf_counter() - wall
        self.cpu += time.process_time() - cpu


def claims_a_second(where: str, ready: list[Ready]) -> tuple[int, Timed, Timed]:
    """Return how many claims were stored, the time to prepare their rows and the time to insert these."""
    store = Store(where)
    run = store.begin_run("add", reader_version=VERSION, model="ready")
    preparing, inserting = Timed(), Timed()
    claims = 0
    for start in range(0, len(ready), adding.WRITTEN_TOGETHER):
        some = ready[start : start + adding.WRITTEN_TOGETHER]
        with preparing:
            pages = [prepare(reading, data, capture, sha256=sha256) for reading, data, capture, sha256 in some]
        with inserting:
            store.append(pages, run)
        claims += sum(len(page.content.claims) for page in pages if page.content)
    store.close()
    return claims, preparing, inserting


def read_and_add(where: str, given: list[Given]) -> tuple[Timed, Timed]:
    """Return the time of reading alone and of `add`, both taken in the same run of `add`."""
    reading, whole = Timed(), Timed()

    def read(task: adding.Task) -> Prepared:
        data, origin = task.data or b"", task.capture.origin
        with reading:
            made = read_bytes(data, origin)
        return prepare(made, data, task.capture, sha256=task.sha256)

    store = Store(where)
    with whole:
        adding.add(store, given, settings=adding.Settings(read=read))
    store.close()
    return reading, whole


def print_rates(where: str, ready: list[Ready]) -> None:
    """Print claims a second from ready readings."""
    claims, preparing, inserting = claims_a_second(where, ready)
    for clock in ("wall", "cpu"):
        prepared, inserted = getattr(preparing, clock), getattr(inserting, clock)
        whole = f"{claims / (prepared + inserted):8,.0f} from ready readings"
        print(f"claims a second     {whole}, {claims / inserted:,.0f} from ready rows ({clock} time)")


def print_add(where: str, given: list[Given]) -> None:
    """Print articles a second of `add` beside reading alone."""
    alone, added = read_and_add(where, given)
    for clock in ("wall", "cpu"):
        one, other = getattr(alone, clock), getattr(added, clock)
        rates = f"{len(given) / one:8.1f} read alone, {len(given) / other:.1f} add in one process"
        print(f"articles a second   {rates}: {one / other:.2f} ({clock} time)")


def print_sizes(where: str, given: list[Given]) -> None:
    """Print bytes for each page: as captured, packed, text, and all of the database."""
    pages = [load(page) for page in given]
    store = Store(where)
    store.settle()
    store.close()
    size = Path(where).stat().st_size
    captured, packed = sum(map(len, pages)), sum(len(zlib.compress(page)) for page in pages)
    print(f"  page as captured  {captured / len(pages):8,.0f} bytes, packed {packed / len(pages):,.0f}")
    print(f"  database          {size / len(pages):8,.0f} bytes a page, all tables and indexes")


def memory() -> float:
    """Return the highest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own")
    chosen = parser.parse_args()
    found = postgres.programs()
    if chosen.postgresql and found is None:
        print("no PostgreSQL on this machine; install it (Debian: apt-get install postgresql)")
        return 1
    server = postgres.Server(found) if chosen.postgresql and found else None
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = adding.pages_to_add([], write_pages(folder / "pages", chosen.pages))
        where = [server.fresh() if server else str(folder / f"{number}.db") for number in range(2)]
        ready = ready_readings(given[:READY_PAGES])
        gc.freeze()  # a run does not hold so many readings; without this, collections walk through all of them
        print_rates(where[0], ready)
        del ready
        gc.unfreeze()
        before = memory()
        print_add(where[1], given)
        if server is None:
            print_sizes(where[1], given)
        print(f"memory              {memory():8.0f} MB at most, {before:.0f} before the pages were added")
    if server:
        server.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
