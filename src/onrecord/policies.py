"""A policy file that a user writes (TOML) -> the grades it names and the conditions of each. Grades nothing.

A grade is a name of the user's own with conditions on what a ledger holds: how many stand behind a figure, who they
are, what is against it, how old it is. docs/policies.md describes them. An error names the file, the line and the key.
"""

import re
import tomllib
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import PolicyError
from onrecord.records import Bound, Outcome, PointState, Record, SpeakerKind, choices

Rank = Literal["only", "last", "lowest", "highest", "between", "replaced"]
"""Where a count stands among those of its series that stand; replaced: it stands no more, or never did."""

COUNTS = (
    "independent_sources", "origins", "named", "unnamed", "official", "own_voice", "articles", "copies", "conflicts",
    "denials", "days_on_record", "age_days",
)  # fmt: skip
"""Conditions that are a number; each takes { min = N }, { max = N } or both."""

WORDS = {"state": PointState, "rank": Rank, "outcome": Outcome, "bound": Bound, "kinds": SpeakerKind}
"""Conditions that are a list of words of a closed list; one of them must fit."""

GRADE = re.compile(r"^grade\[(\d+)\]\.?")
HEADER = re.compile(r"\s*\[+\s*([\w.-]+)\s*\]+")
PATH = re.compile(r" - at `\$\.?([^`]*)`$")
UNKNOWN = re.compile(r"unknown field `([^`]+)`")
TOML_LINE = re.compile(r" \(at line (\d+), column \d+\)$")


class Range(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From min to max, both included; None is open."""

    min: int | None = None
    max: int | None = None


class When(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Conditions that must all hold. inside and outside count origins in a group of the policy, and in none of it."""

    independent_sources: Range | None = None
    origins: Range | None = None
    named: Range | None = None
    unnamed: Range | None = None
    official: Range | None = None
    own_voice: Range | None = None
    articles: Range | None = None
    copies: Range | None = None
    conflicts: Range | None = None
    denials: Range | None = None
    days_on_record: Range | None = None
    age_days: Range | None = None
    inside: dict[str, Range] = msgspec.field(default_factory=dict)
    outside: dict[str, Range] = msgspec.field(default_factory=dict)
    state: tuple[PointState, ...] = ()
    rank: tuple[Rank, ...] = ()
    outcome: tuple[Outcome, ...] = ()
    scope: tuple[str, ...] = ()
    bound: tuple[Bound, ...] = ()
    kinds: tuple[SpeakerKind, ...] = ()
    copy: bool | None = None


class Rule(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A grade: its name, what it says in the user's words, and when it is given; without `when`, to all the rest.

    Of several `when` one must hold. scale tells grades apart of which a figure has one each.
    """

    name: str
    says: str | None = None
    when: When | tuple[When, ...] | None = None
    scale: str = ""

    @property
    def cases(self) -> tuple[When, ...]:
        """The conditions of which one must hold; none where the grade is for all the rest."""
        if self.when is None:
            return ()
        return (self.when,) if isinstance(self.when, When) else self.when


class Policy(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The grades of a policy, looked at from the first to the last.

    groups are names of the user's own for sources, by words of their names ("Orsen*" for words that begin so). only
    leaves ungraded what does not fit it. join stands between the names of several scales.
    """

    name: str
    about: str | None = None
    join: str = " "
    groups: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    only: When | None = None
    grade: tuple[Rule, ...] = ()

    def scales(self) -> dict[str, list[Rule]]:
        """Return the grades of each scale, in the order of the file."""
        found: dict[str, list[Rule]] = {}
        for rule in self.grade:
            found.setdefault(rule.scale, []).append(rule)
        return found


def load_policy(path: Path) -> Policy:
    """Return the policy of a file.

    Raises:
        PolicyError: there is no such file, it is no TOML, or a key or value in it is none of a policy.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as err:
        raise PolicyError(f"{path}: not UTF-8 at byte {err.start}; save it as UTF-8") from err
    except OSError as err:
        raise PolicyError(f"{path}: {err.strerror}; give a policy file, see docs/policies.md") from err
    return read_policy(text, str(path))


def read_policy(text: str, name: str) -> Policy:
    """Return the policy that a text holds; name stands in errors.

    Raises:
        PolicyError: as of load_policy.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        found = TOML_LINE.search(str(err))
        line = int(found[1]) if found else text.count("\n") + 1
        raise PolicyError(f"{name} line {line}: no TOML: {TOML_LINE.sub('', str(err))}; correct it there") from err
    try:
        policy = msgspec.convert(data, Policy)
    except msgspec.ValidationError as err:
        raise _error(text, name, *_place(str(err))) from err
    _check(policy, text, name)
    return policy


def _error(text: str, name: str, path: str, says: str) -> PolicyError:
    where = GRADE.sub(lambda found: f"grade {int(found[1]) + 1}: ", path).rstrip(": ") or "the file"
    return PolicyError(f"{name} line {line_of(text, path)}: {where}: {says}")


def _place(says: str) -> tuple[str, str]:
    """Return the path of a key and what is wrong with it, from the message of the decoder."""
    found = PATH.search(says)
    path, says = (found[1], PATH.sub("", says)) if found else ("", says)
    unknown = UNKNOWN.search(says)
    if unknown is None:
        return path, f"{says[0].lower()}{says[1:]}; {_takes(path)}"
    return f"{path}.{unknown[1]}".lstrip("."), f"no such key; one of {', '.join(_keys(path))}"


def _takes(path: str) -> str:
    """Return what the key of this path takes."""
    keys = re.sub(r"\[[^\]]*\]", "", path).split(".")
    if keys[-1] in COUNTS or keys[-2:-1] in (["inside"], ["outside"]):
        return "write { min = 2 }, { max = 2 } or both"
    if keys[-1] in WORDS:
        return f"write a list of some of {', '.join(choices(WORDS[keys[-1]]))}"
    return "see docs/policies.md"


def _keys(path: str) -> tuple[str, ...]:
    """Return the keys that stand under this path."""
    last = re.sub(r"\[[^\]]*\]", "", path)
    record: type[Record] = Range
    if not last:
        record = Policy
    elif last == "grade":
        record = Rule
    elif last in ("only", "grade.when"):
        record = When
    return record.__struct_fields__


def line_of(text: str, path: str) -> int:
    """Return the line where the last key of a path stands: "grade[1].when.origins"; that of its table where it is none.

    Lines count from 1.
    """
    section, number = re.match(r"(\w*)(?:\[(\d+)\])?", path).groups()  # type: ignore[union-attr]  # matches ""
    key = re.sub(r"\[[^\]]*\]", "", path).rpartition(".")[2]
    lines = list(enumerate(text.split("\n"), 1))
    headers = {at: header[1].partition(".")[0] for at, line in lines if (header := HEADER.match(line))}
    inside, seen, first = section not in headers.values(), -1, 1
    for at, line in lines:
        if at in headers and section in headers.values():
            seen += line.lstrip().startswith(f"[[{section}]]")
            was, inside = inside, headers[at] == section and (number is None or seen == int(number))
            first = at if inside and not was else first
        if inside and key and re.search(rf"(?<![\w-]){re.escape(key)}[\"']?\s*[=\].]", line):
            return at
    return first


def _check(policy: Policy, text: str, name: str) -> None:
    """Raise PolicyError where keys do not fit one another."""
    if not policy.grade:
        raise _error(text, name, "grade", "no grades; write [[grade]] with a name and a condition")
    for group, words in policy.groups.items():
        for word in words:
            if not any(map(str.isalnum, word)):
                says = (
                    f"{word!r} has no letter or digit, so it fits no name or every one; write a word of a source's name"
                )
                raise _error(text, name, f"groups.{group}", says)
    seen: dict[tuple[str, str], int] = {}
    rest: set[str] = set()
    for number, rule in enumerate(policy.grade):
        path = f"grade[{number}]"
        if (rule.scale, rule.name) in seen:
            raise _error(text, name, f"{path}.name", f"{rule.name!r} stands twice; give each grade a name of its own")
        if rule.scale in rest:
            says = "never given: the grade before it has no `when` and takes all the rest; put that one last"
            raise _error(text, name, path, says)
        if rule.when is None:
            rest.add(rule.scale)
        elif not rule.cases:
            raise _error(
                text, name, f"{path}.when", "an empty list, which never holds; write conditions or leave it out"
            )
        seen[rule.scale, rule.name] = number
        for case in rule.cases:
            _check_case(case, policy, text, name, f"{path}.when")
    if policy.only is not None:
        _check_case(policy.only, policy, text, name, "only")


def _check_case(case: When, policy: Policy, text: str, name: str, path: str) -> None:
    ranges = {f"{path}.{key}": found for key in COUNTS if (found := getattr(case, key)) is not None}
    for side, named in (("inside", case.inside), ("outside", case.outside)):
        for group, found in named.items():
            if group not in policy.groups:
                known = ", ".join(policy.groups) or "none yet"
                says = f"no such group; name it under [groups] (there: {known})"
                raise _error(text, name, f"{path}.{side}.{group}", says)
            ranges[f"{path}.{side}.{group}"] = found
    for where, found in ranges.items():
        if found.min is None and found.max is None:
            raise _error(text, name, where, "neither min nor max; write { min = 2 }, { max = 2 } or both")
        if found.min is not None and found.max is not None and found.min > found.max:
            raise _error(text, name, where, f"min {found.min} is above max {found.max}; it never holds")
