"""A story and a user's policy -> the grade of each figure, with the reason in words. Opens nothing.

Grades are looked at from the first to the last, those of each scale apart. The names are the user's; the reasons are
counts and names that stand in the ledger. Without a policy nothing is graded, and nothing here says what is true.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from onrecord.answers import FigureOnRecord
from onrecord.policies import COUNTS, Policy, Range, Rule, When
from onrecord.records import Grade, SeriesPoint, Statement
from onrecord.standings import Key, Origin, Standing, standings
from onrecord.told import ToldStory

NAMES_SHOWN = 4
"""Names behind a count in a reason; the rest as a number."""

COUNT_WORDS: dict[str, tuple[str, str]] = {
    "independent_sources": ("independent source", "independent sources"),
    "origins": ("origin", "origins"),
    "named": ("named origin", "named origins"),
    "unnamed": ("unnamed origin", "unnamed origins"),
    "official": ("official origin", "official origins"),
    "own_voice": ("outlet in its own voice", "outlets in their own voice"),
    "articles": ("article with words of its own", "articles with words of their own"),
    "copies": ("copy", "copies"),
    "conflicts": ("count at odds with it", "counts at odds with it"),
    "denials": ("denial", "denials"),
    "days_on_record": ("day on record", "days on record"),
    "age_days": ("day old", "days old"),
}

RANK_WORDS: dict[str, str] = {
    "only": "the only count that stands",
    "last": "the latest count that stands",
    "lowest": "the lowest count that stands",
    "highest": "the highest count that stands",
    "between": "between the lowest and the highest count that stand",
    "replaced": "a count that stands no more",
}

NO_STORY = "it stands in no figures of a story over time, so there is nothing to go by"

Looked = tuple[bool, str]
"""Whether a condition holds, and what there is, in words."""


def graded_story(
    told: ToldStory, policy: Policy, said: Iterable[Statement], now: str, same: Mapping[str, str] | None = None
) -> ToldStory:
    """Return the story with the grade of each point of its series; the other arguments are those of `standings`."""
    grades = _grades(policy, standings(told, said, now, same))
    series = tuple(
        replace(one, points=tuple(replace(point, grade=grades[_key(point)]) for point in one.points))
        for one in told.series()
    )
    return replace(told, record=replace(told.record, series=series, policy=policy.name))


def graded_figures(figures: Iterable[FigureOnRecord], graded: Iterable[ToldStory]) -> Iterator[FigureOnRecord]:
    """Yield the figures with the grades that they have in their stories, which `graded_story` returned."""
    grades = {_key(point): point.grade for story in graded for series in story.series() for point in series.points}
    for figure in figures:
        yield replace(figure, grade=grades.get((figure.id, figure.article), Grade(name=None, says=NO_STORY)))


def _key(point: SeriesPoint) -> Key:
    return point.figure, point.article


def _grades(policy: Policy, found: Mapping[Key, Standing]) -> dict[Key, Grade | None]:
    return {key: grade_of(policy, standing) for key, standing in found.items()}


def grade_of(policy: Policy, standing: Standing) -> Grade | None:
    """Return the grade of a figure, of each scale the first that fits; None where the policy leaves it out."""
    if policy.only is not None and not _case(policy.only, standing, policy)[0]:
        return None
    found = [_first(rules, standing, policy) for rules in policy.scales().values()]
    names = [grade.name for grade in found if grade.name is not None]
    says = [f"{grade.name}: {grade.says}" if grade.name and len(found) > 1 else grade.says for grade in found]
    return Grade(name=policy.join.join(names) if names else None, says=" | ".join(says))


def _first(rules: Sequence[Rule], standing: Standing, policy: Policy) -> Grade:
    missed: list[str] = []
    for rule in rules:
        looked = [_case(case, standing, policy) for case in rule.cases]
        reason = next((says for fits, says in looked if fits), None)
        if not rule.cases:
            reason = "; ".join(missed) or "all figures"
        if reason is not None:
            return Grade(name=rule.name, says=f"{rule.says}; {reason}" if rule.says else reason)
        missed.append(f"not {rule.name}: {' or '.join(says for _, says in looked)}")
    return Grade(name=None, says=f"no grade fits ({'; '.join(missed)})")


def _case(case: When, standing: Standing, policy: Policy) -> Looked:
    """Return whether all conditions hold; in words what there is, or the first that does not hold."""
    says = []
    for fits, words in _conditions(case, standing, policy):
        if not fits:
            return False, words
        says.append(words)
    return True, "; ".join(says) or "no condition"


def _conditions(case: When, standing: Standing, policy: Policy) -> Iterator[Looked]:
    for key in COUNTS:
        asked: Range | None = getattr(case, key)
        if asked is not None:
            yield _count(standing.counts[key], asked, COUNT_WORDS[key], _behind(key, standing))
    for group, asked in case.inside.items():
        names = [one.name for one in standing.origins if in_group(one, policy.groups[group])]
        yield _count(len(names), asked, (f"origin of {group}", f"origins of {group}"), names)
    for group, asked in case.outside.items():
        names = [one.name for one in standing.origins if not in_group(one, policy.groups[group])]
        yield _count(len(names), asked, (f"origin outside {group}", f"origins outside {group}"), names)
    yield from _words(case, standing)


def _behind(key: str, standing: Standing) -> Sequence[str]:
    """Return the names behind a count."""
    if key == "independent_sources":
        return standing.accounts
    if key == "own_voice":
        return standing.own
    kept = {
        "origins": standing.origins,
        "named": [one for one in standing.origins if one.kind not in (None, "unnamed")],
        "unnamed": [one for one in standing.origins if one.kind == "unnamed"],
        "official": [one for one in standing.origins if one.official],
    }
    return [one.name for one in kept.get(key, ())]


def _count(number: int | None, asked: Range, words: tuple[str, str], names: Sequence[str]) -> Looked:
    if number is None:
        return False, f"not known how many {words[1]}"
    fits = (asked.min is None or number >= asked.min) and (asked.max is None or number <= asked.max)
    says = f"{number or 'no'} {words[number != 1]}"
    shown, more = names[:NAMES_SHOWN], len(names) - NAMES_SHOWN
    if shown:
        says += f": {', '.join(shown)}" + (f" and {more} more" if more > 0 else "")
    return fits, says if fits else f"{says} (asked: {_range(asked)})"


def _range(asked: Range) -> str:
    if asked.min is None:
        return f"at most {asked.max}"
    if asked.max is None:
        return f"{asked.min} or more"
    return str(asked.min) if asked.min == asked.max else f"{asked.min} to {asked.max}"


def _words(case: When, standing: Standing) -> Iterator[Looked]:
    """Yield the conditions that are lists of words, and whether it is a copy."""
    point = standing.point
    for asked, value in ((case.state, point.state), (case.outcome, standing.outcome), (case.bound, point.bound)):
        if asked:
            yield _one_of(value in asked, _plain(value), asked)
    if case.scope:
        yield _one_of(standing.scope in case.scope, f"scope {standing.scope or 'not known'}", case.scope)
    if case.rank:
        found = [RANK_WORDS[one] for one in case.rank if one in standing.rank]
        there = [RANK_WORDS[one] for one in RANK_WORDS if one in standing.rank] or ["not compared with others"]
        yield _one_of(bool(found), found[0] if found else ", ".join(there), case.rank)
    if case.kinds:
        kinds = set(case.kinds)
        names = [f"{one.name} ({one.kind})" for one in standing.origins if one.kind in kinds]
        names += [f"{article} (outlet)" for article in standing.own if "outlet" in kinds]
        yield _one_of(bool(names), ", ".join(names[:NAMES_SHOWN]) or "no source of this kind", case.kinds)
    if case.copy is not None:
        yield point.copy == case.copy, "a copy" if point.copy else "not a copy"


def _one_of(fits: bool, says: str, asked: Iterable[str]) -> Looked:
    return fits, says if fits else f"{says} (asked: {' or '.join(map(_plain, asked))})"


def _plain(word: str) -> str:
    return word.replace("_", " ")


def in_group(origin: Origin, words: Iterable[str]) -> bool:
    """Say whether the words of a group stand in a source's names, role, body or country; "Orsen*" for a beginning."""
    patterns = (re.escape(word.removesuffix("*")) + (r"\w*" if word.endswith("*") else "") for word in words)
    return any(re.search(rf"(?<!\w){pattern}(?!\w)", origin.about, re.I) for pattern in patterns)
