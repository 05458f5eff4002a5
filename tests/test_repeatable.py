"""The same page read by two processes gives the same claims and totals, whatever the order of words in a set."""

import os
import subprocess
import sys

READ = """
import sys
from onrecord.pipeline import read_bytes
from onrecord.reading.totals import page_totals
from onrecord.records import Origin, to_json
reading = read_bytes(sys.argv[1].encode(), Origin(name="page", media_type="text", published="2031-05-04"))
print([to_json(reading), *map(to_json, page_totals(reading))])
"""

PAGE = (
    "ORLEM, May 4 (Calder Wire) - Jana Wolt, 34, Piet Horn and his brother Arno were shot dead in Calder on Sunday. "
    "A nurse, a driver and two children were wounded, Mayor Ilse Brandt said.\n\n"
    "Ms Wolt worked for the Office for Ports and Roads (OPR). The OPR said Mr Horn, 41, and a guard had died. "
    "Police put the dead at four, the mayor at three; 11 were hurt, among them Arno Horn's wife Lene.\n"
)


def read_with(seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READ, PAGE],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout


def test_two_processes_read_a_page_alike() -> None:
    assert read_with("1") == read_with("2")
