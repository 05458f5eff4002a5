"""Gives `onrecord` hostile pages, lists, archives and servers, and prints what each costs and how it ends.

    python benchmarks/hostile.py [--quick] [--only WORDS] [--tagger model|lexicon] [--all]

Each case is a process of its own with the real command, bounded in memory and time. It must end with a problem that
names it (or read the page all the same where that can be done), without a traceback and not in silence. Prints the
cases that do not, and the highest time (without the pauses between two requests to a host) and memory of all. Exits
with 1 when a case fails. POSIX only.
"""

import argparse
import json
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hostile_answers import ANSWERS
from hostile_cases import READ, Case
from hostile_files import FILES
from hostile_lists import LISTS
from hostile_site import NAMES_PROGRAM, Site
from onrecord.pages.fetch import PAUSE_SECONDS
from onrecord.records import Record
from speed import machine

CASES: tuple[Case, ...] = (*FILES, *LISTS, *ANSWERS)

MOST_SECONDS = 5.0
"""Seconds a case may take on a machine that does nothing else."""

MOST_MEGABYTES = 300
"""Memory a process may hold at its highest (resident)."""

GIVEN_UP_SECONDS = 60.0
"""Seconds after which the process is killed."""

BOUND_BYTES = 3_000_000_000
"""Address space of the process: what asks for more dies with a MemoryError that is seen."""

BETWEEN = """
import json, os, sys
child = os.fork()
if child == 0:
    os.execv(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    json.dump([status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss], file)
"""
"""Starts the process that is measured from a small one: the peak of a process includes that of the one it began as."""

PROGRAM = NAMES_PROGRAM + "import sys; from onrecord.cli import main; sys.exit(main())"


class Outcome(Record, frozen=True, kw_only=True):
    """How a case ended.

    seconds is wall time without the polite pauses between requests, busy the processor's time; problems are kinds and
    messages.
    """

    seconds: float
    busy: float
    megabytes: int
    status: int
    problems: tuple[tuple[str, str], ...] = ()
    read: bool = False
    messages: str = ""


@contextmanager
def sites() -> Iterator[Site]:
    """Give a site that is closed at the end."""
    site = Site()
    try:
        yield site
    finally:
        site.close()


def run(case: Case, *, tagger: str = "lexicon") -> Outcome:
    """Run a case in a process of its own."""
    with tempfile.TemporaryDirectory() as name, sites() as site:
        folder = Path(name)
        arguments = case.make(folder, site)
        names = {"HOSTILE_NAMES": json.dumps(case.names), "HOSTILE_PORT": str(site.port), "ONRECORD_TAGGER": tagger}
        with (folder / "stdout").open("wb") as out, (folder / "stderr").open("wb") as err:
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-S", "-c", BETWEEN, folder / "used", sys.executable, "-c", PROGRAM, *arguments],
                env=os.environ | names,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                start_new_session=True,
                preexec_fn=_bounded,  # the child only sets its limit
            )
            killer = threading.Timer(GIVEN_UP_SECONDS, _end, [process.pid])
            killer.start()
            process.wait()
            killer.cancel()
            seconds = time.monotonic() - began
        status, busy, kilobytes = _used(folder / "used")
        problems, read = _said((folder / "stdout").read_text("utf-8", "replace"))
        return Outcome(
            seconds=seconds - PAUSE_SECONDS * max(0, len(site.asked) - 1),
            busy=busy,
            megabytes=kilobytes // 1024,
            status=status,
            problems=problems,
            read=read,
            messages=(folder / "stderr").read_text("utf-8", "replace"),
        )


def _used(path: Path) -> tuple[int, float, int]:
    """Return the exit status, the seconds of the processor and the peak in kilobytes; what was killed has neither."""
    if not path.exists():
        return -signal.SIGKILL, GIVEN_UP_SECONDS, 0
    status, busy, kilobytes = json.loads(path.read_text())
    return os.waitstatus_to_exitcode(status), busy, kilobytes


def _end(session: int) -> None:
    """Kill a process with all that it began."""
    with suppress(ProcessLookupError):
        os.killpg(session, signal.SIGKILL)


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BOUND_BYTES, BOUND_BYTES))


def _said(out: str) -> tuple[tuple[tuple[str, str], ...], bool]:
    """Return the problems in JSON lines, and whether the 23 dead were read."""
    problems, read = [], False
    for line in out.split("\n"):
        if line.startswith("{"):
            reading = json.loads(line)
            problems += [(one["kind"], one["says"]) for one in reading.get("problems", ())]
            read = read or any(one.get("low") == 23 for one in reading.get("figures", ()))
    return tuple(problems), read


def faults(case: Case, outcome: Outcome, *, factor: float = 1.0) -> list[str]:
    """Return in words what is wrong with how a case ended; factor is how much longer a busy machine may take.

    The processor's time has no factor: it does not depend on what else runs.
    """
    found = []
    if outcome.busy > MOST_SECONDS or outcome.seconds > MOST_SECONDS * factor:
        found.append(f"{outcome.seconds:.1f} s, {outcome.busy:.1f} s busy")
    if outcome.megabytes > MOST_MEGABYTES:
        found.append(f"{outcome.megabytes} MB")
    if "Traceback" in outcome.messages or outcome.status not in (0, 1):
        found.append(f"status {outcome.status}: {outcome.messages[-300:]}")
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", outcome.messages):
        found.append("control characters in a message")
    if case.ends == READ:
        if not outcome.read:
            found.append(f"not read: {outcome.problems[:2]}")
    elif not any(kind == case.ends and case.says in says for kind, says in outcome.problems):
        found.append(f"no problem {case.ends} that says {case.says!r}: {outcome.problems[:2]}")
    elif not outcome.messages.strip():
        found.append("nothing on standard error")
    return found


def busy_factor() -> float:
    """Return how much longer a process takes here now than on a machine that does nothing else."""
    return max(1.0, 2.0 * os.getloadavg()[0] / (os.cpu_count() or 1))


def main() -> int:
    """Run the cases, print what each cost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="those of the short form of the suite")
    parser.add_argument("--only", default="", help="those whose names hold these words")
    parser.add_argument("--tagger", choices=("model", "lexicon"), default="lexicon")
    parser.add_argument("--all", action="store_true", help="print each case, not only the worst")
    chosen = parser.parse_args()
    cases = [case for case in CASES if chosen.only in case.name and (case.quick or not chosen.quick)]
    ended = []
    wrong = 0
    for case in cases:
        outcome = run(case, tagger=chosen.tagger)
        ended.append((case, outcome))
        says = faults(case, outcome, factor=busy_factor())
        wrong += bool(says)
        if chosen.all or says:
            cost = f"{outcome.seconds:5.1f} s {outcome.busy:5.1f} s busy {outcome.megabytes:4} MB"
            print(f"{cost}  {case.name}{': ' if says else ''}{'; '.join(says)}", flush=True)
    print(f"{machine()}; tagger {chosen.tagger}")
    print(f"{len(ended)} cases, {wrong} fail")
    if ended:
        slowest = max(ended, key=lambda one: one[1].seconds)
        largest = max(ended, key=lambda one: one[1].megabytes)
        busiest = max(ended, key=lambda one: one[1].busy)
        print(f"busiest {busiest[1].busy:.1f} s of the processor ({busiest[0].name}); at most {MOST_SECONDS:.0f} s")
        most = f"at most {MOST_SECONDS:.0f} s times {busy_factor():.1f} for what else runs"
        print(f"longest {slowest[1].seconds:.1f} s ({slowest[0].name}); {most}")
        print(f"largest {largest[1].megabytes} MB ({largest[0].name}); at most {MOST_MEGABYTES} MB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
