"""Breaks `onrecord add` at random moments, runs it again, and counts what was lost, doubled or torn.

    python benchmarks/faults.py [--kills 50] [--pages 60] [--jobs 2] [--seed 1] [--postgresql]

Each kill is SIGKILL at a random moment of a run. After every kill the database is checked; when a run comes to its end,
its ledger must be the one that an undisturbed run makes. With PostgreSQL, every other kill ends the server instead, and
the command must say so in one line. Without it, a disk that is full is tried too. Exits with 1 when anything was lost.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import postgres
from onrecord.adding import Task, read_task
from onrecord.ledger.health import health
from onrecord.ledger.rows import Prepared
from onrecord.ledger.store import Store
from speed import machine
from variants import write_pages

COMMAND = [sys.executable, "-c", "import sys; from onrecord.cli import main; sys.exit(main())", "add"]

TMPFS_KIB = 700
"""Room of the full disk: an empty ledger has 300 KiB, twenty pages do not fit beside it."""

SERVER_GONE = ("the server went away", "no server answers there")
"""What the command says when the server goes away while it works, and before it has begun."""

ORPHAN_SECONDS = 5.0
"""Time in which the processes that read end after the one that writes."""


def deadly_read(task: Task) -> Prepared:
    """Read a page; die at one that is named so, as a fault in a library would make the process die."""
    name = task.capture.origin.name
    if name.startswith("dies"):
        os._exit(7)
    if name.startswith("once"):
        marker = Path(tempfile.gettempdir()) / name
        if not marker.exists():
            marker.touch()
            os._exit(7)
    return read_task(task)


class Outcome:
    """Counts of one series of faults."""

    def __init__(self) -> None:
        self.faults = self.ended = self.wrong = 0
        self.says: list[str] = []

    def fail(self, says: str) -> None:
        """Count something that must not be."""
        self.wrong += 1
        self.says.append(says)


def start(where: str, manifest: Path, jobs: int) -> "subprocess.Popen[str]":
    """Start `onrecord add` in a process group of its own."""
    command = [*COMMAND, "--manifest", str(manifest), "--db", where, "--jobs", str(jobs)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True, process_group=0
    )


def hash_of(where: str) -> str:
    """Return the content hash of a ledger."""
    store = Store(where)
    found = store.content_hash()
    store.close()
    return found


def check(where: str, outcome: Outcome) -> None:
    """Count what is wrong in a database that was left by a fault."""
    found = health(where).get("integrity")
    if found not in (None, "ok", "no ledger in this database"):
        outcome.fail(f"{where}: {found}")


def wait_for_orphans(group: int) -> bool:
    """Wait until no process of the group is left; False when some stay, and end them."""
    until = time.monotonic() + ORPHAN_SECONDS
    while time.monotonic() < until:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return False


def kill_series(
    fresh: Callable[[], str], manifest: Path, *, kills: int, jobs: int, seed: int, server: postgres.Server | None = None
) -> Outcome:
    """Kill so many runs at random moments; a ledger is gone on with until it is whole.

    Args:
        fresh: gives the address of a new database.
        manifest: what is added.
        kills: runs to be killed.
        jobs: processes that read.
        seed: of the moments.
        server: where given, every other kill ends it instead of the command.
    """
    outcome, chosen = Outcome(), random.Random(seed)  # noqa: S311  no secret
    whole = fresh()
    takes, starts = (_timed(whole, manifest, jobs) for _ in range(2))
    wanted = hash_of(whole)
    where = fresh()
    while outcome.faults < kills:
        process = start(where, manifest, jobs)
        try:
            # From before the first page to after the last: a run that finds all pages there takes as long as the start.
            process.wait(chosen.uniform(0.8 * starts, takes))
        except subprocess.TimeoutExpired:
            outcome.faults += 1
            if server is not None and outcome.faults % 2 == 0:
                _kill_server(server, process, outcome)
            else:
                process.kill()
                process.communicate()
            if not wait_for_orphans(process.pid):
                outcome.fail("a process that reads outlived the one that writes")
            check(where, outcome)
            continue
        process.communicate()
        _compare(where, wanted, outcome)
        where = fresh()
    process = start(where, manifest, jobs)
    process.communicate()
    _compare(where, wanted, outcome)
    return outcome


def _timed(where: str, manifest: Path, jobs: int) -> float:
    began = time.monotonic()
    start(where, manifest, jobs).communicate()
    return time.monotonic() - began


def _kill_server(server: postgres.Server, process: "subprocess.Popen[str]", outcome: Outcome) -> None:
    server.kill()
    _, errors = process.communicate()
    server.start()
    if process.returncode == 0 and all(line.startswith("stories") for line in errors.splitlines()):
        return  # its pages were in the ledger; stories that are not made are made by the next command
    said = any(words in errors for words in SERVER_GONE)
    if process.returncode != 1 or not said or len(errors.strip().splitlines()) != 1:
        outcome.fail(f"the server went away and the command said, with status {process.returncode}: {errors!r}")


def _compare(where: str, wanted: str, outcome: Outcome) -> None:
    """Count a ledger that is not the one of an undisturbed run."""
    outcome.ended += 1
    if hash_of(where) != wanted:
        outcome.fail(f"{where}: not the ledger of an undisturbed run")


def full_disk(folder: Path, manifest: Path) -> Outcome:
    """Fill a small disk of memory; make room; run again. Needs root on Linux."""
    outcome = Outcome()
    whole = str(folder / "whole.db")
    start(whole, manifest, 1).communicate()
    disk = folder / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={TMPFS_KIB}k", "tmpfs", str(disk)], check=True)  # noqa: S607
    try:
        where = str(disk / "war.db")
        process = start(where, manifest, 1)
        _, errors = process.communicate()
        outcome.faults += 1
        if process.returncode != 1 or "room" not in errors or len(errors.strip().splitlines()) != 1:
            outcome.fail(f"the disk was full and the command said, with status {process.returncode}: {errors!r}")
        check(where, outcome)
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)  # noqa: S607
        start(where, manifest, 1).communicate()
        _compare(where, hash_of(whole), outcome)
    finally:
        subprocess.run(["umount", str(disk)], check=True)  # noqa: S607
    return outcome


def can_mount(folder: Path) -> bool:
    """Say whether a disk of memory can be mounted here."""
    if os.geteuid() != 0:
        return False
    probe = folder / "probe"
    probe.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "tmpfs", str(probe)], capture_output=True, check=False)  # noqa: S607
    if mounted.returncode == 0:
        subprocess.run(["umount", str(probe)], check=True)  # noqa: S607
    return mounted.returncode == 0


def main() -> int:
    """Run the series asked for; print counts."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgresql", action="store_true", help="on a PostgreSQL server of its own")
    chosen = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        manifest = write_pages(folder / "pages", chosen.pages)
        series = {"kills": chosen.kills, "jobs": chosen.jobs, "seed": chosen.seed}
        outcomes = {}
        if chosen.postgresql:
            found = postgres.programs()
            if found is None:
                print("no PostgreSQL on this machine; install it (Debian: apt-get install postgresql)")
                return 1
            server = postgres.Server(found)
            outcomes["PostgreSQL, kills"] = kill_series(server.fresh, manifest, server=server, **series)
            server.close()
        else:
            numbers = iter(range(10**6))
            outcomes["SQLite, kills"] = kill_series(lambda: str(folder / f"{next(numbers)}.db"), manifest, **series)
            if can_mount(folder):
                outcomes["SQLite, disk full"] = full_disk(folder, manifest)
    for what, outcome in outcomes.items():
        print(f"{what}: {outcome.faults} faults, {outcome.ended} ledgers completed after them, {outcome.wrong} wrong")
        print("\n".join(f"  {says}" for says in outcome.says), end="")
    return int(any(outcome.wrong for outcome in outcomes.values()))


if __name__ == "__main__":
    sys.exit(main())
