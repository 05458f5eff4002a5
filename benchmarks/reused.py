"""The set copies: made copies of wire reports and real reports of the same events -> how well reuse is told.

A line is {"id", "text", "event", "cluster", "kind"}: for each event one wire report, six texts made from it (one is
a story of another outlet with a passage pasted in), and two real reports of other outlets. Rows, in percent:

    copy            pairs of the wire report and a text made from it, the pasted one left out, called copy
    any reuse       the same with the pasted one, called copy or part
    passages        share of the pasted ones found
    sources exact   share of events whose number of copy groups is right, texts with a pasted passage left out

Negatives are all pairs of texts of different origin. Not counted are pairs of two made texts, whose overlap was not
written down, and pairs of a text made from two reports with a real one of the same event, since it may hold its words.
"""

import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings
from onrecord.stories.copies import CopyIndex, Fingerprint, Reuse, fingerprint, groups, reuse
from score import Tally

WIRE = "wire"
REAL = "independent"
PASTED = "partial"
TWO_REPORTS = (PASTED, "revised")
"""Starts of the kinds that were made from two reports."""


class MadeText(msgspec.Struct, frozen=True):
    """A text of the set; kind says how it was made."""

    id: str
    text: str
    event: str
    cluster: str
    kind: str


def measure(path: Path, settings: Settings) -> Result:
    """Compare and score a file of the set; no reader is needed."""
    lines = load_lines(path, MadeText, settings.first)
    texts = {f"{number:05d}": line for number, line in enumerate(lines)}
    began = time.perf_counter()
    reuses = found_reuses({id: fingerprint(line.text) for id, line in texts.items()})
    group_of = {id: number for number, group in enumerate(groups(texts, reuses)) for id in group}
    seconds = time.perf_counter() - began
    tallies, faults = pair_tallies(texts, reuses)
    for event, ids in by_event(texts).items():
        whole = [id for id in ids if not texts[id].kind.startswith(PASTED)]
        made, right = len({group_of[id] for id in whole}), len({texts[id].cluster for id in whole})
        tallies[event].share("sources exact", made == right, 1)
        if made != right:
            faults.append(f"sources: {made} instead of {right} in {event}")
    return Result(rows_with_intervals(list(tallies.values()), settings.boot), len(lines), seconds, faults)


def found_reuses(prints: dict[str, Fingerprint]) -> dict[tuple[str, str], Reuse]:
    """Return what pairs share, found through the index, as adding one by one finds it."""
    index, found = CopyIndex(), {}
    for id, print_ in prints.items():
        for other in index.like(print_.kept):
            shared = reuse(prints[other], print_)
            if shared.kind != "none":
                found[other, id] = shared
        index.add(id, print_.kept)
    return found


def by_event(texts: dict[str, MadeText]) -> dict[str, list[str]]:
    """Return the ids of each event."""
    events: dict[str, list[str]] = defaultdict(list)
    for id, line in texts.items():
        events[line.event].append(id)
    return events


def pair_tallies(
    texts: dict[str, MadeText], reuses: dict[tuple[str, str], Reuse]
) -> tuple[dict[str, Tally], list[str]]:
    """Return one tally per event, and what is wrong; a pair across events counts at the event of its first text."""
    tallies = {event: Tally() for event in by_event(texts)}
    faults = []
    pairs = {pair for ids in by_event(texts).values() for pair in combinations(ids, 2)} | set(reuses)
    for a, b in sorted(pairs):
        right = truth(texts[a], texts[b])
        if right is None:
            continue
        called = reuses[a, b].kind if (a, b) in reuses else "none"
        tally = tallies[texts[a].event]
        tally.count("copy", right == called == "copy", called == "copy", right == "copy")
        tally.count("any reuse", "none" not in (right, called), called != "none", right != "none")
        if right == "partial":
            tally.share("passages", called != "none", 1)
        if right != called:
            faults.append(f"{called} instead of {right}: {texts[a].kind} {texts[a].id} | {texts[b].kind} {texts[b].id}")
    return tallies, faults


def truth(a: MadeText, b: MadeText) -> str | None:
    """Return the kind of a pair as it was made; None for pairs that are not counted."""
    kinds = (a.kind, b.kind)
    if a.event != b.event:
        return "none"
    if REAL in kinds:
        return None if any(kind.startswith(TWO_REPORTS) for kind in kinds) else "none"
    if WIRE not in kinds:
        return None
    return "partial" if any(kind.startswith(PASTED) for kind in kinds) else "copy"
