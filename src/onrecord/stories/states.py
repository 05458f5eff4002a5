"""The mentions of one quantity -> what became of each: first, repeated, revised, corrected, conflicting and so on.

Values are compared as intervals. A count of what only grows (killed, destroyed) is never revised downwards by another
source that prints an older value; a copy revises nothing. Nothing says which value is true.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from onrecord.intervals import ABOUT_TOLERANCE, value_of
from onrecord.records import Outcome, PointState
from onrecord.stories.mentions import NOON, UNDATED, Mention, Unit, order
from onrecord.stories.scopes import COMPARED, FAR_TIMES, Quantity

FALLING: frozenset[Outcome] = frozenset({"missing", "displaced", "evacuated", "hospitalised", "detained", "infected"})
"""Outcomes whose counts go down without anybody having been wrong: people are found and go home."""

CONFLICT_HOURS = 3.0
"""Hours between two reports up to which different values of two sources are a conflict and no revision."""

CHANGES: frozenset[PointState] = frozenset({"revised_up", "revised_down", "corrected", "silently_changed"})
"""States of a figure that takes the place of the one before."""


class Verdict(NamedTuple):
    """A mention, its state, and the mention that it repeats, revises or conflicts with."""

    mention: Mention
    state: PointState
    against: Mention | None = None


class _Course:
    """The values of one quantity so far."""

    def __init__(self, outcome: Outcome) -> None:
        self.falling = outcome in FALLING
        self.now: Mention | None = None
        self.by_value: dict[float | None, Mention] = {}
        self.by_article: dict[str, list[Mention]] = {}

    def take(self, verdict: Verdict) -> None:
        """Note a mention and its state."""
        mention, state = verdict.mention, verdict.state
        self.by_value.setdefault(mention.value, mention)
        self.by_article.setdefault(mention.unit.article, []).append(mention)
        if self.now is None or state in CHANGES or (state == "conflicting" and _above(mention, self.now)):
            self.now = mention


def judge(quantity: Quantity, mentions: Sequence[Mention]) -> list[Verdict]:
    """Return a verdict for each mention of a quantity, in order of time.

    Copies are judged last, by what the others say, so that they change nothing of it.
    """
    own = [mention for mention in mentions if not mention.copy]
    verdicts = _course(quantity, own) if quantity.scope in COMPARED else _equal_only(quantity, own)
    known = {verdict.mention.value: verdict.mention for verdict in reversed(verdicts)}
    for mention in mentions:
        if mention.copy:
            verdicts.append(_of_copy(quantity, mention, known))
    return sorted(verdicts, key=lambda verdict: order(verdict.mention))


def _of_copy(quantity: Quantity, mention: Mention, known: dict[float | None, Mention]) -> Verdict:
    if mention.value in known:
        return Verdict(mention, "repeated", known[mention.value])
    if quantity.scope == "background":
        return Verdict(mention, "background")
    return Verdict(mention, "not_comparable" if known else "first")


def _equal_only(quantity: Quantity, mentions: Iterable[Mention]) -> list[Verdict]:
    """Judge figures of a scope in which only equal ones meet."""
    known: dict[tuple[float, float], Mention] = {}
    verdicts = []
    for mention in mentions:
        key = (mention.low, mention.high)
        if quantity.scope in ("background", "denied"):
            state: PointState = "background" if quantity.scope == "background" else "not_comparable"
        elif mention.value is None:
            state = "not_comparable"
        else:
            state = "repeated" if key in known else "not_comparable" if known else "first"
        verdicts.append(Verdict(mention, state, known.get(key) if state == "repeated" else None))
        known.setdefault(key, mention)
    return verdicts


def _course(quantity: Quantity, mentions: list[Mention]) -> list[Verdict]:
    """Judge figures of one quantity against what was on record before them."""
    course = _Course(quantity.outcome)
    tops: dict[Unit, float] = {}
    for mention in mentions:
        tops[mention.unit] = max(tops.get(mention.unit, 0.0), mention.value or 0.0)
    sign = -1.0 if course.falling else 1.0

    def by_time(mention: Mention) -> tuple[object, ...]:
        # Of two reports of one day without a clock the one with the later value is the later one. Of two counts of
        # one article the greater goes on from what was on record, and the other one is set against it.
        top = tops[mention.unit]
        below = (mention.value or 0.0) < top
        return (mention.when, sign * top, mention.unit, not mention.older, below, mention.figure.number.start)

    verdicts = []
    for mention in sorted(mentions, key=by_time):
        verdict = _verdict(course, mention)
        course.take(verdict)
        verdicts.append(verdict)
    return verdicts


def _verdict(course: _Course, mention: Mention) -> Verdict:
    now = course.now
    known = course.by_value.get(mention.value)
    if mention.older:
        return Verdict(mention, "repeated", known) if known else Verdict(mention, "background")
    if now is None:
        return Verdict(mention, "first")
    before = _earlier_version(course, mention)
    if before is not None and before.value != mention.value:
        if mention.report.silent_edit:
            return Verdict(mention, "silently_changed", before)
        if mention.corrects or _noted(mention, before) or (mention.lowers and _above(before, mention)):
            return Verdict(mention, "corrected", before)
    if _same(mention, now):
        return Verdict(mention, "repeated", now)
    beside = _beside(course, mention)
    if beside is not None:
        return Verdict(mention, "conflicting", beside)
    if mention.when[0] == UNDATED:
        return Verdict(mention, "repeated", known) if known else Verdict(mention, "not_comparable", now)
    return _up(mention, now) if _above(mention, now) else _down(course, mention, now, known)


def _up(mention: Mention, now: Mention) -> Verdict:
    if mention.low <= now.low and now.high <= mention.high:
        return Verdict(mention, "repeated", now)
    if mention.corrects:
        return Verdict(mention, "corrected", now)
    named = mention.figure.speaker is not None and now.figure.speaker is not None
    if named and disjoint(mention, now) and _other_source(mention, now) and _at_once(mention, now):
        return Verdict(mention, "conflicting", now)
    return Verdict(mention, "revised_up", now)


def _down(course: _Course, mention: Mention, now: Mention, known: Mention | None) -> Verdict:
    if mention.corrects or mention.lowers:
        return Verdict(mention, "corrected", now)
    if course.falling:
        if not (disjoint(mention, now) and _other_source(mention, now)):
            return Verdict(mention, "revised_down", now)
        if FAR_TIMES * (mention.value or 0.0) < (now.value or 0.0):
            return Verdict(mention, "not_comparable", now)
        return Verdict(mention, "conflicting" if _at_once(mention, now) else "revised_down", now)
    if known is not None:
        return Verdict(mention, "repeated", known)
    if not disjoint(mention, now):
        return Verdict(mention, "repeated", now)
    if not _other_source(mention, now) or mention.unit.article == now.unit.article:
        return Verdict(mention, "revised_down", now)
    return Verdict(mention, "conflicting" if _at_once(mention, now) else "not_comparable", now)


def _earlier_version(course: _Course, mention: Mention) -> Mention | None:
    """Return what an earlier version of the same page had in this place, the last one if there are several."""
    kept = course.by_article.get(mention.unit.article, ())
    return next((one for one in reversed(kept) if one.unit.version < mention.unit.version), None)


def _beside(course: _Course, mention: Mention) -> Mention | None:
    """Return a count of the same article that another source, or the same sentence, sets against this one."""
    for one in course.by_article.get(mention.unit.article, ()):
        beside = _other_source(one, mention) or one.figure.sentence == mention.figure.sentence
        if one.unit == mention.unit and not one.older and beside and disjoint(one, mention):
            return one
    return None


def _noted(mention: Mention, before: Mention) -> bool:
    """Say whether a correction note of the later version names the older or the newer number."""
    return any(f"{one.value:.0f}" in mention.noted for one in (mention, before) if one.value is not None)


def _above(mention: Mention, other: Mention) -> bool:
    return (mention.value or 0.0) > (other.value or 0.0)


def _same(a: Mention, b: Mention) -> bool:
    """Say whether two figures give the same number: equal, near with "about", or inside a range or a vague word."""
    if a.value is None or b.value is None:
        return a.value is b.value
    if a.value == b.value or (value_of(a.figure) == value_of(b.figure) and not disjoint(a, b)):
        return True
    return _takes_in(a, b.value) or _takes_in(b, a.value)


def _takes_in(mention: Mention, value: float) -> bool:
    """Say whether a value is near a figure with "about", or inside a range or a vague word."""
    if mention.figure.bound == "about" and mention.value is not None:
        return abs(mention.value - value) <= ABOUT_TOLERANCE * mention.value
    return mention.figure.bound in ("vague", "between") and mention.low <= value <= mention.high


def disjoint(a: Mention, b: Mention) -> bool:
    """Say whether two figures cannot be the same value."""
    return a.high < b.low or b.high < a.low


def _other_source(a: Mention, b: Mention) -> bool:
    return a.source != b.source


def _at_once(a: Mention, b: Mention) -> bool:
    """Say whether two reports are of one time: some hours apart, or of one day where one has no clock."""
    if NOON in (a.when[1], b.when[1]) or not (a.when[1] and b.when[1]):
        return a.when[0] == b.when[0]
    apart = datetime.fromisoformat("T".join(a.when)) - datetime.fromisoformat("T".join(b.when))
    return abs(apart.total_seconds()) <= CONFLICT_HOURS * 3600
