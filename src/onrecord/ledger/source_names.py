"""Which names are one source: suggestions with their evidence, and merges and splits by a person, kept for ever.

Names of claims go in. Nothing is merged by itself: `suggestions` lists pairs of names that may be one, with the
evidence in words; `decide` writes what a person says of two names. Persons are never suggested on a surname alone, and
a pair that was split is not suggested again. The latest word on a name counts; every word stays in `source_verdicts`.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any, Literal

from sqlalchemy import Connection, func, insert, select

from onrecord.answers import SourceOnRecord
from onrecord.errors import ReviewError
from onrecord.ledger import schema
from onrecord.ledger.review import check_reviewer
from onrecord.ledger.search import aliases
from onrecord.ledger.source_counts import sources
from onrecord.ledger.store import next_row
from onrecord.lexicon.spelling import AFTER_NAME, given_agree, plain, same_spelling, spelling_key, surname_of
from onrecord.records import Record, content_id

Verdict = Literal["merge", "split"]

LARGEST_BLOCK = 200
"""Names that share the key of their last word; more are compared no further than this, most claims first."""
SHORTEST_LETTERS = 3
"""Letters of a short form before it is compared with the first letters of names: "NPG"."""
SMALL = frozenset({"the", "of", "for", "and", "in", "on", "&", "a"})
"""Words of a body's name without a letter in its short form."""
PERSON, BODIES = "person", frozenset({"organisation", "outlet", "wire", "office"})


class MergeSuggestion(Record, frozen=True, kw_only=True):
    """Two names that may be one source, the rarer first; evidence says why, in words. claims counts both."""

    name: str
    into: str
    evidence: tuple[str, ...]
    claims: int


class SourceVerdict(Record, frozen=True, kw_only=True):
    """What a person said of two names: merge (name counts under other) or split (they are two)."""

    id: str
    name: str
    other: str
    verdict: Verdict
    by: str
    at: str
    evidence: tuple[str, ...] = ()


# --- suggestions ---------------------------------------------------------------------------------------------------


def suggestions(connection: Connection, name: str | None = None) -> list[MergeSuggestion]:
    """Return pairs of names that may be one source, those with most claims first.

    Args:
        connection: to read from.
        name: beginnings of words that one of the two names has; None: all.
    """
    apart, same = split_pairs(connection), aliases(connection)
    counted = sources(connection, among=None if name is None else _near(connection, name, same))
    found = [
        suggestion
        for a, b in pairs(counted)
        if (suggestion := suggest(a, b)) is not None and split_between(a.name, b.name, same, apart) is None
    ]
    if name is not None:
        found = [one for one in found if any(_has_words(other, name) for other in (one.name, one.into))]
    return sorted(found, key=lambda one: (-one.claims, one.into, one.name))


def _has_words(name: str, wanted: str) -> bool:
    return f" {plain(wanted)}" in f" {plain(name)}"


def _near(connection: Connection, wanted: str, same: dict[str, str]) -> set[str]:
    """Return the names with these words and those that `pairs` compares them with, so that no others are counted."""
    names = set(connection.execute(select(schema.sources.c.name)).scalars())
    by_key: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for key in _keys(name):
            by_key[key].add(name)
    near = {other for name in names if _has_words(name, wanted) for key in _keys(name) for other in by_key[key]}
    roots = {same.get(name, name) for name in near}
    return near | roots | {name for name, root in same.items() if root in roots}


def _keys(name: str) -> set[str]:
    """Return what a name shares with each name that it is compared with, whatever kinds they are."""
    keys = {f"words {bare(name)}", f"letters {initials(name)}", f"letters {name.strip('()')}"}
    return keys | {f"surname {spelling_key(surname_of(tuple(name.split())))}"}


def pairs(counted: Iterable[SourceOnRecord]) -> Iterable[tuple[SourceOnRecord, SourceOnRecord]]:
    """Yield the pairs that are worth comparing: one key of the last word, or a short form and its letters."""
    persons: dict[str, list[SourceOnRecord]] = defaultdict(list)
    letters: dict[str, list[SourceOnRecord]] = defaultdict(list)
    names: dict[str, list[SourceOnRecord]] = defaultdict(list)
    for source in counted:
        words = tuple(source.name.split())
        if source.kind == PERSON and len(words) > 1:
            persons[spelling_key(surname_of(words))].append(source)
        elif source.kind in BODIES:
            names[bare(source.name)].append(source)
            for form in {initials(source.name), source.name.strip("()")}:
                if len(form) >= SHORTEST_LETTERS and form.isupper():
                    letters[form].append(source)
    for blocks in (persons, names):
        for block in blocks.values():
            yield from combinations(block[:LARGEST_BLOCK], 2)
    for block in letters.values():
        yield from ((a, b) for a, b in combinations(block[:LARGEST_BLOCK], 2) if bare(a.name) != bare(b.name))


def suggest(a: SourceOnRecord, b: SourceOnRecord) -> MergeSuggestion | None:
    """Return the suggestion that two names are one source; None without evidence beyond a surname."""
    evidence = same_person(a.name, b.name) if a.kind == b.kind == PERSON else same_body(a.name, b.name)
    if not evidence:
        return None
    rarer, other = sorted((a, b), key=lambda s: (s.statements + s.figures, s.name))
    few, many = (one.statements + one.figures for one in (rarer, other))
    often = f"{other.name!r} has {many} claims, {rarer.name!r} {few}"
    return MergeSuggestion(name=rarer.name, into=other.name, evidence=(*evidence, often), claims=few + many)


def same_person(a: str, b: str) -> tuple[str, ...]:
    """Return what speaks for two names being one person's: surnames and given names both have to agree."""
    first, second = tuple(a.split()), tuple(b.split())
    last = surname_of(first), surname_of(second)
    if generation(first) != generation(second):
        return ()
    if not same_spelling(*last) or not given_agree(first, second):
        return ()
    if plain(last[0]) == plain(last[1]):
        found = [f"one surname: {last[1]}"]
    else:
        found = [f"{last[0]!r} and {last[1]!r} are spellings of one surname by rule"]
    given = first[0], second[0]
    if plain(given[0]) == plain(given[1]):
        return (*found, f"one given name: {given[1]}")
    if min(len(word.strip(".")) for word in given) == 1:
        return (*found, f"{given[0]!r} and {given[1]!r} have one initial")
    return (*found, f"{given[0]!r} and {given[1]!r} are spellings of one given name by rule")


def generation(words: tuple[str, ...]) -> str:
    """Return the "jr", "sr" or "ii" behind a surname, which tells its bearer from another one; else nothing."""
    last = words[-1].strip(".").lower() if words else ""
    return last if last in AFTER_NAME else ""


def same_body(a: str, b: str) -> tuple[str, ...]:
    """Return what speaks for two names being one body's: the same words but for an article, or a short form."""
    if bare(a) == bare(b):
        return (f"the same words without article and short form: {bare(a)}",)
    for short, longer in ((a, b), (b, a)):
        form = short.strip("()")
        if len(form) >= SHORTEST_LETTERS and form.isupper() and " " not in form and form == initials(longer):
            return (f"{form} has the first letters of {longer!r}",)
    return ()


def bare(name: str) -> str:
    """Return a body's name in plain small letters, without article and the short form in brackets."""
    words = plain(name.partition("(")[0]).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def initials(name: str) -> str:
    """Return the first letters of the words of a body's name, without small words."""
    words = name.partition("(")[0].replace("-", " ").split()
    return "".join(word[0].upper() for word in words if word.lower() not in SMALL) if len(words) > 1 else ""


# --- verdicts ------------------------------------------------------------------------------------------------------


def decide(
    connection: Connection, name: str, other: str, verdict: Verdict, *, by: str, at: str
) -> SourceVerdict | None:
    """Write what a person says of two names; None when the latest word on the two says so already and still holds.

    A merge counts `name` under `other` (and whatever that stands for); a split counts `name` by itself again where it
    was counted with `other`. Merges with third names may have undone what was said; then it is written again.

    Raises:
        ReviewError: a name that no claim has, one name twice, or no reviewer.
    """
    if name == other:
        raise ReviewError(f"source {name!r}: merge or split needs two names; give another one")
    kept = check_reviewer(by)
    for one in (name, other):
        if not is_known(connection, one):
            raise ReviewError(f"source {one!r}: no claim has this name; give it as `onrecord sources` prints it")
    same = aliases(connection)
    root = root_of(other, same)
    latest, is_one = latest_of(connection, name, other), root_of(name, same) == root
    holds = not is_one if verdict == "split" else is_one and latest is not None and latest.name == name
    if latest is not None and latest.verdict == verdict and holds:
        return None
    evidence = evidence_for(connection, name, other) if verdict == "merge" else ()
    if verdict == "merge" and root == name:
        raise ReviewError(f"source {other!r}: counted under {name!r} already; split them first")
    if verdict == "merge":
        check_no_split(connection, name, other, same)
    if verdict == "merge":
        write_alias(connection, name, root, kept, at)
        for follower in [one for one, stands in same.items() if stands == name]:
            write_alias(connection, follower, root, kept, at)
    elif is_one:
        alone = other if root == name else name
        write_alias(connection, alone, alone, kept, at)
    number = connection.execute(select(func.count()).select_from(schema.source_verdicts)).scalar() or 0
    made = SourceVerdict(
        id=content_id("source verdict", name, other, verdict, kept, at, number),
        name=name, other=other, verdict=verdict, by=kept, at=at, evidence=evidence,
    )  # fmt: skip
    row = {**{field: getattr(made, field) for field in made.__struct_fields__}, "evidence": json.dumps(evidence)}
    connection.execute(insert(schema.source_verdicts), {"row": next_row(connection, schema.source_verdicts), **row})
    return made


def verdicts(connection: Connection, *, as_of: str | None = None) -> list[SourceVerdict]:
    """Return every merge and split in the order they were made; as_of: a time of the ledger's clock, included."""
    table = schema.source_verdicts.c
    asked = select(table.id, table.name, table.other, table.verdict, table.by, table.at, table.evidence)
    if as_of is not None:
        asked = asked.where(table.at <= as_of)
    return [
        SourceVerdict(**{**row._asdict(), "evidence": tuple(json.loads(row.evidence or "[]"))})
        for row in connection.execute(asked.order_by(table.row))
    ]


def latest_of(connection: Connection, name: str, other: str) -> SourceVerdict | None:
    """Return the latest word on two names, in either order."""
    pair = {name, other}
    return next((one for one in reversed(verdicts(connection)) if {one.name, one.other} == pair), None)


def split_pairs(connection: Connection) -> frozenset[frozenset[str]]:
    """Return the pairs of names whose latest word is that they are two."""
    latest = {frozenset((one.name, one.other)): one.verdict for one in verdicts(connection)}
    return frozenset(pair for pair, verdict in latest.items() if verdict == "split")


def split_between(a: str, b: str, same: dict[str, str], apart: frozenset[frozenset[str]]) -> frozenset[str] | None:
    """Return a pair that was split, one of which counts under a and one under b; None where there is none."""
    under = [{name, *(one for one in same if root_of(one, same) == name)} for name in (a, b)]
    return next(
        (pair for one in sorted(under[0]) for two in under[1] if (pair := frozenset((one, two))) in apart), None
    )


def check_no_split(connection: Connection, name: str, other: str, same: dict[str, str]) -> None:
    """Raise ReviewError where a merge of two names would count two others together that a person split."""
    apart = split_pairs(connection) - {frozenset((name, other))}
    pair = split_between(name, root_of(other, same), same, apart)
    if pair is not None:
        one, two = sorted(pair)
        raise ReviewError(f"source {name!r}: {one!r} and {two!r} were split and would count as one; merge those first")


def evidence_for(connection: Connection, name: str, other: str) -> tuple[str, ...]:
    """Return the evidence that would be suggested for two names now; empty where there is none."""
    same = aliases(connection)
    counted = sources(connection, among={name, other, *(one for one, root in same.items() if root in (name, other))})
    by_name = {source.name: source for source in counted}
    if name not in by_name or other not in by_name:
        return ()
    suggested = suggest(by_name[name], by_name[other])
    return suggested.evidence if suggested else ()


def root_of(name: str, same: dict[str, str]) -> str:
    """Return the name that a name is counted under."""
    seen = {name}
    while name in same and same[name] not in seen:
        name = same[name]
        seen.add(name)
    return name


def write_alias(connection: Connection, name: str, stands_for: str, by: str, at: str) -> None:
    """Append what a name is counted under; its own name undoes."""
    row: dict[str, Any] = {"name": name, "stands_for": stands_for, "by": by, "at": at}
    connection.execute(insert(schema.aliases), {"row": next_row(connection, schema.aliases), **row})


def is_known(connection: Connection, name: str) -> bool:
    """Say whether a claim has this name."""
    return connection.execute(select(schema.sources.c.row).where(schema.sources.c.name == name)).first() is not None
