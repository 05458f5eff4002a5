"""The set coreference: sources that are pronouns, against automatic coreference chains of the same texts.

A line is {"id", "entities": [[start, end, kind]], "coref": [[[start, end], ..], ..]}; the texts stand in the file that
TEXTS names beside it, found by id. Each statement whose source is "he" or "she" (`read` finds them) is looked up in the
chains; the speaker is right when its last word ends a name of a person in the chain of the pronoun.

The chains are silver: a program made them, nobody checked them. Pronouns that are in no chain, or in one without a
name, cannot be judged and are counted in the row `not judged`. A chain that joins two persons, or breaks off, counts a
right speaker as wrong or a wrong one as right; so the share says how often two programs agree, not how often one is
right. The coded pages (set ledger, row speaker) are the measure; this set has more pronouns and other writers.
"""

import time
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.lexicon.spelling import surname_of
from onrecord.reading.people_pronouns import GENDER
from onrecord.records import Reading, Statement
from score import Stretch, Tally

TEXTS = ("..", "attribution")
"""Folder of the texts, from that of the chains; polnear_corenlp_dev.jsonl has those of polnear_dev.jsonl."""

SILVER = (
    "the chains are automatic: the share says how often two programs agree; pronouns without a chain that holds a name "
    "are not judged"
)


class ChainedText(msgspec.Struct, frozen=True):
    """The entities and chains of one text; spans are (start, end) in characters."""

    id: str
    entities: tuple[tuple[int, int, str], ...]
    coref: tuple[tuple[Stretch, ...], ...]


class PlainText(msgspec.Struct, frozen=True):
    """One text."""

    id: str
    text: str


def texts_beside(path: Path) -> dict[str, str]:
    """Return the texts that go with a file of chains, by id.

    Raises:
        OSError: the file of the texts is not there.
        ValueError: it has another format.
    """
    beside = path.parent.joinpath(*TEXTS, path.name.replace("_corenlp", ""))
    return {one.id: one.text for one in load_lines(beside, PlainText)}


def measure(path: Path, settings: Settings) -> Result:
    """Read the texts and judge the speakers of statements by a pronoun."""
    lines, texts = load_lines(path, ChainedText, settings.first), texts_beside(path)
    tallies: list[Tally] = []
    faults: list[str] = []
    began = time.perf_counter()
    for line in lines:
        if line.id not in texts:
            raise ValueError(f"{path}: no text with the id {line.id}; take the files of one release")
        tallies.append(judge(line, texts[line.id], read_plain(line.id, texts[line.id], settings), faults))
    seconds = time.perf_counter() - began
    return Result(rows_with_intervals(tallies, settings.boot), len(lines), seconds, faults, (SILVER,))


def judge(line: ChainedText, text: str, reading: Reading, faults: list[str]) -> Tally:
    """Return what is right in one text; faults gets a line for each pronoun that is wrong."""
    tally = Tally()
    for statement in reading.statements:
        source = statement.source
        word = source.of(text).lower() if source is not None else ""
        if source is None or word not in GENDER:
            continue
        names = names_of_chain(line, text, (source.start, source.end))
        if not names:
            tally.share("pronoun sources: not judged", True)
            continue
        tally.share("pronoun sources: not judged", False)
        right = surname_of(tuple((statement.speaker or "").split())).lower() in names
        tally.share("pronoun sources: right chain", right)
        tally.share(f"pronoun sources: {'he' if GENDER[word] == 'm' else 'she'}", right)
        if not right:
            faults.append(fault(line.id, text, statement, names))
    return tally


def names_of_chain(line: ChainedText, text: str, pronoun: Stretch) -> frozenset[str]:
    """Return the last words of the persons' names in the chain of a pronoun; none without a chain."""
    chain = next((chain for chain in line.coref if pronoun in chain), ())
    persons = [(start, end) for start, end, kind in line.entities if kind == "PERSON"]
    return frozenset(
        surname_of(tuple(text[start:end].split())).lower()
        for start, end in persons
        if any(names_mention(text, (start, end), mention) for mention in chain)
    )


def names_mention(text: str, name: Stretch, mention: Stretch) -> bool:
    """Say whether a name ends a mention, so that it is the name of whom the mention means."""
    inside = mention[0] <= name[0] and name[1] <= mention[1]
    return inside and text[name[1] : mention[1]].strip(" .") in ("", "'s", "\u2019s", "'", "\u2019")


def fault(name: str, text: str, statement: Statement, names: frozenset[str]) -> str:
    """Return the line that shows what is wrong."""
    source = statement.source.of(text) if statement.source is not None else ""
    at = statement.source.start if statement.source is not None else 0
    return f"{name}  {source!r} at {at} is {' / '.join(sorted(names))}, not {statement.speaker!r}"
