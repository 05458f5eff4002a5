"""The sets gvdb and gva: reports of shootings with the numbers killed and injured -> shares of pages that are right.

gvdb codes a page, gva an incident of which the page is one report; of gva only pages from the day of the incident to a
week later are read, since later ones tell other things. A line is {"id", "text", "gold": {"killed", "injured"}}; gva
adds "days_after". The number of a page is the best one of
`onrecord totals` for the incident that the page opens with.

    killed, injured       share of pages with exactly this number
    both                  share of pages with both
    above one             share of the numbers above one in gold that are exact; also for killed and injured alone
"""

import time
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.records import Reading
from score import Tally
from tolls import first_totals

LATEST_DAY = 7
"""Days after the incident up to which a report of gva is read (research notes on the set)."""

GVA_NOTE = "the numbers are those of an archive's incident, not of the page: about 9 % are wrong for the page"


class Toll(msgspec.Struct, frozen=True):
    """What is coded for a page: numbers killed and injured; days_after only where the incident is coded."""

    killed: int
    injured: int
    days_after: int | None = None


class Report(msgspec.Struct, frozen=True):
    """A report of a shooting."""

    id: str
    text: str
    gold: Toll


def measure_gvdb(path: Path, settings: Settings) -> Result:
    """Read and score a file of gvdb."""
    return measure(load_lines(path, Report, settings.first), settings)


def measure_gva(path: Path, settings: Settings) -> Result:
    """Read and score a file of gva, without reports from before the incident or more than a week after it."""
    reports = load_lines(path, Report)
    near = [report for report in reports if report.gold.days_after in range(LATEST_DAY + 1)]
    result = measure(near[: settings.first], settings)
    note = f"{len(reports) - len(near)} of {len(reports)} reports are from before the incident or over a week later"
    return result._replace(notes=(GVA_NOTE, note))


def measure(reports: list[Report], settings: Settings) -> Result:
    """Read and score reports."""
    faults: list[str] = []
    began = time.perf_counter()
    readings = [read_plain(report.id, report.text, settings) for report in reports]
    seconds = time.perf_counter() - began
    tallies = [score_report(report, reading, faults) for report, reading in zip(reports, readings, strict=True)]
    return Result(rows_with_intervals(tallies, settings.boot), len(reports), seconds, faults)


def score_report(report: Report, reading: Reading, faults: list[str]) -> Tally:
    """Score one report."""
    tally = Tally()
    wanted = {"killed": report.gold.killed, "injured": report.gold.injured}
    got = first_totals(reading)
    for name in wanted:
        tally.share(name, wanted[name] == got[name])
    tally.share("both", wanted == got)
    for name, number in wanted.items():
        if number > 1:
            tally.share(f"{name} above one", number == got[name])
            tally.share("above one", number == got[name])
    if wanted != got:
        faults.append(f"{report.id}  wanted {wanted}, got {got}: {report.text[:100]!r}")
    return tally
