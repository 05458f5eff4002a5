"""The statements and events of a story -> comparisons: repeated, contradicted, denied; planned and come about.

Two statements of one speaker repeat or contradict one another only where they share nearly all words that carry
meaning; they contradict where one of them negates what the other affirms. Copies are left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from onrecord.lexicon import rows
from onrecord.records import Comparison, ComparisonKind, Event, Record, Span, Statement
from onrecord.stories.comparisons import day_in_words
from onrecord.stories.mentions import day_and_clock
from onrecord.stories.reports import Report
from onrecord.stories.wording import LEAST_NAME_WEIGHT, WORD, rarity, stem

LEAST_WORDS = 4
"""Words that carry meaning which a statement needs to be compared: fewer are shared by chance."""

SAME_SHARE = 0.75
"""Share of the words of two statements that both have, from which they say the same (or the opposite)."""

DENIED_SHARE = 0.6
"""Share of a denial's words that must stand in what it denies."""

KEYS = 3
"""Rarest words by which a statement is looked up."""

LOOKED_AT = 20
"""Latest statements of one word that are looked at, so that cost grows as the number of statements does."""

PLANNED_SHARE = 0.5
"""Share of the words of a plan's sentence that must stand in that of what came about, where it names no people."""

LEAST_NAMES = 2
"""Names that a plan and what came about must share."""


class Saying(Record, frozen=True, kw_only=True):
    """A statement of one article with the words by which it is compared; weighty are stems, rarest first."""

    statement: Statement
    report: Report
    when: tuple[str, str]
    words: str
    weighty: tuple[str, ...]
    negated: bool

    @property
    def speaker(self) -> str:
        """The resolved speaker in small letters, "" for nobody."""
        return (self.statement.speaker or "").lower()


class Told(NamedTuple):
    """An event of one article; names are the stems of capitalised words of who and where.

    weighty are the stems of its sentence that carry meaning, rarest first.
    """

    event: Event
    report: Report
    when: tuple[str, str]
    names: frozenset[str]
    weighty: tuple[str, ...]


def compared_sayings(reports: Sequence[Report]) -> tuple[Comparison, ...]:
    """Return what the statements and events of a story's articles say of each other, in order of time."""
    own = [report for report in reports if report.copy_of is None and report.reading.page is not None]
    sayings = sorted(_sayings(own), key=lambda one: (one.when, one.report.reading.id, one.statement.sentence))
    return (*_repeats(sayings), *_denials(sayings), *_plans(own))


# --- statements ------------------------------------------------------------------------------------------------------


@cache
def _negations() -> frozenset[str]:
    return frozenset(word for row in rows("grammar") if row["class"] == "not" for word in row["words"].split()) | {"no"}


def _sayings(reports: Iterable[Report]) -> Iterator[Saying]:
    seen: set[tuple[str, str]] = set()
    for report in sorted(reports, key=lambda one: (one.reading.id, one.version)):
        for statement in report.reading.statements:
            key = (report.reading.id, statement.id)
            if key not in seen and statement.content:
                seen.add(key)
                yield _saying(report, statement)


def _saying(report: Report, statement: Statement) -> Saying:
    words = " ".join(report.reading.words(span) or "" for span in statement.content)
    small = [word.lower() for word in WORD.findall(words)]
    negations = _negations()
    weighty = _weighty(word for word in small if word not in negations)
    negated = statement.polarity == "negated" or any(word in negations or word.endswith("n't") for word in small)
    return Saying(
        statement=statement,
        report=report,
        when=day_and_clock(report.reported),
        words=words,
        weighty=weighty,
        negated=negated,
    )


def _weighty(small: Iterable[str]) -> tuple[str, ...]:
    """Return the stems of lower-case words that carry meaning, rarest first."""
    stems = {one for word in small if rarity(one := stem(word)) > LEAST_NAME_WEIGHT}
    return tuple(sorted(stems, key=lambda one: (-rarity(one), one)))


def _repeats(sayings: Iterable[Saying]) -> Iterator[Comparison]:
    """Yield each statement that repeats or contradicts an earlier one of its speaker in another article."""
    index: dict[tuple[str, str], list[Saying]] = defaultdict(list)
    for saying in sayings:
        if not saying.speaker or len(saying.weighty) < LEAST_WORDS or saying.statement.act in ("ask", "deny"):
            continue
        before = _nearest(saying, (one for word in saying.weighty[:KEYS] for one in index[saying.speaker, word]))
        if before is not None:
            flipped = before.negated != saying.negated
            link = "contradicts" if flipped else "repeats"
            yield _comparison(saying, before, "conflicts" if flipped else "agrees", link)
        for word in saying.weighty[:KEYS]:
            kept = index[saying.speaker, word]
            kept.append(saying)
            del kept[:-LOOKED_AT]


def _nearest(saying: Saying, others: Iterable[Saying]) -> Saying | None:
    words = frozenset(saying.weighty)
    near = [
        (len(words & set(one.weighty)) / len(words | set(one.weighty)), one)
        for one in others
        if one.report.reading.id != saying.report.reading.id
    ]
    best = max(near, key=lambda pair: pair[0], default=(0.0, saying))
    return best[1] if best[0] >= SAME_SHARE else None


def _denials(sayings: Sequence[Saying]) -> Iterator[Comparison]:
    """Yield each denial with the statement of another speaker that it denies, the first with most words in common."""
    index: dict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        if saying.statement.act != "deny" and not saying.negated:
            for word in saying.weighty:
                if len(index[word]) < LOOKED_AT:
                    index[word].append(saying)
    for saying in sayings:
        words = frozenset(saying.weighty)
        if saying.statement.act != "deny" or len(words) < LEAST_WORDS:
            continue
        near = [
            (len(words & set(one.weighty)), one)
            for word in saying.weighty[:KEYS]
            for one in index[word]
            if one.speaker != saying.speaker
        ]
        shared, denied = max(near, key=lambda pair: pair[0], default=(0, saying))
        if shared >= DENIED_SHARE * len(words):
            yield _comparison(saying, denied, "conflicts", "denies")


def _comparison(a: Saying, b: Saying, kind: ComparisonKind, link: str) -> Comparison:
    says = f"{_said(a.report, a.statement.speaker, a.words)} {link} {_said(b.report, b.statement.speaker, b.words)}"
    return Comparison(a=a.statement.id, b=b.statement.id, kind=kind, says=says)


def _said(report: Report, speaker: str | None, words: str) -> str:
    page = report.reading.page
    printed = (page.outlet if page else None, day_in_words(day_and_clock(report.reported)[0]))
    named = ", ".join(one for one in (speaker, *printed) if one)
    return f"\u201c{' '.join(words.split())}\u201d" + (f" ({named})" if named else "")


# --- events ----------------------------------------------------------------------------------------------------------


def _plans(reports: Iterable[Report]) -> Iterator[Comparison]:
    """Yield each planned event with the first later report of one of its kind, come about or called off.

    It is told of the same people, or in much the same words.
    """
    told = sorted(_told(reports), key=lambda one: (one.when, one.report.reading.id, one.event.trigger))
    index: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for one in told:
        if one.event.status != "planned":
            for word in {*one.names, *one.weighty}:
                index[one.event.type, word].append(one)
    for plan in told:
        if plan.event.status != "planned":
            continue
        words = sorted({*plan.names, *plan.weighty[:KEYS]})
        later = (one for word in words for one in index[plan.event.type, word][-LOOKED_AT:])
        fits = (one for one in later if one.when > plan.when and _is_planned(plan, one))
        came = min(fits, key=lambda one: (one.when, one.report.reading.id, one.event.trigger), default=None)
        if came is not None:
            yield _came_about(plan, came)


def _is_planned(plan: Told, came: Told) -> bool:
    """Say whether an event can be the planned one: of its people, or in its words."""
    if plan.event.type != "other" and len(plan.names & came.names) >= LEAST_NAMES:
        return True
    shared = len(set(plan.weighty) & set(came.weighty))
    return shared >= max(LEAST_WORDS, PLANNED_SHARE * len(plan.weighty))


def _told(reports: Iterable[Report]) -> Iterator[Told]:
    for report in reports:
        for event in report.reading.events:
            parties: list[Span] = [*event.actors, *event.targets]
            if event.place is not None:
                parties.append(Span(event.place.start, event.place.end))
            words = (word for span in parties for word in WORD.findall(report.reading.words(span) or ""))
            names = frozenset(stem(word.lower()) for word in words if word[0].isupper())
            sentence = report.reading.words(event.sentence) or ""
            weighty = _weighty(word.lower() for word in WORD.findall(sentence))
            if report.latest:
                yield Told(event, report, day_and_clock(report.reported), names, weighty)


def _came_about(plan: Told, came: Told) -> Comparison:
    planned, later = (
        _said(one.report, one.event.speaker, one.report.reading.words(one.event.sentence) or "") for one in (plan, came)
    )
    if came.event.status in ("did_not_happen", "denied"):
        return Comparison(
            a=plan.event.id, b=came.event.id, kind="conflicts", says=f"planned: {planned}; not so: {later}"
        )
    return Comparison(a=plan.event.id, b=came.event.id, kind="agrees", says=f"planned: {planned}; then: {later}")
