"""Tagged triggers -> events: each distinct happening once, with its status, source and figures.

The mention that stands for a happening is the first clear one; mentions of the same kind of happening that take it up
or share its participants are merged into it. Mentions without enough points are background and
dropped. Nothing is read from outside the page.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

import msgspec
from msgspec import UNSET

from onrecord.lexicon import rows
from onrecord.reading.event_rules import odds_score, points, score_points
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.mention_rules import CLAUSE_BREAK, CLAUSE_PENALTY
from onrecord.reading.people import Cast
from onrecord.reading.places import Located, Places
from onrecord.reading.sentences import Document, Sentence
from onrecord.reading.tagger import TaggedSpan, Tagging
from onrecord.reading.times import resolve_time, time_reason
from onrecord.records import Event, EventStatus, EventType, Figure, Span, Statement, Why

KEEP_POINTS = -9
"""A mention below is background. The best of -14 to -6 on the coded train pages, weighed by the other pages."""

CLEARER_POINTS = 6
"""Points by which a later mention must be clearer to stand for a happening; of 1, 6, 10, 15 on the train pages."""

TAKES_UP = re.compile(r"\b(?:the|this|that|these|those)\s\Z", re.IGNORECASE)


class Mention(msgspec.Struct, frozen=True):
    """One tagged trigger: its number in the tagging, its sentence, the points it has on this page."""

    number: int
    span: TaggedSpan
    sentence: Sentence
    points: int


def assemble_events(
    document: Document,
    tagging: Tagging,
    cast: Cast,
    keys: ClaimKeys,
    claims: tuple[tuple[Figure, ...], tuple[Statement, ...]],
    *,
    places: Places | None = None,
    explain: bool = False,
) -> tuple[Event, ...]:
    """Return the events of the article in text order; claims are its figures and statements."""
    places = places or Places(document)
    figures, statements = claims
    linked = _Links(document.text, tagging)
    weighed = weigh(document, tagging.spans)
    chosen = [m for m in weighed if m.span.by_model]
    chosen = chosen or distinct([m for m in weighed if m.points >= KEEP_POINTS], linked)
    belonging, reported = assign_figures(document.text, chosen, figures), _Reported(statements)
    events = []
    for mention in chosen:
        span = Span(mention.span.start, mention.span.end)
        place, time = linked.first(mention, "place"), linked.first(mention, "time")
        located = places.resolve(place) if place else None
        statement = reported.statement(span)
        events.append(
            Event(
                id=keys.key("event", mention.sentence, span, mention.span.value),
                sentence=mention.sentence.span,
                trigger=span,
                type=msgspec.convert(mention.span.value or "other", EventType),
                actors=linked.all(mention, "actor"),
                targets=linked.all(mention, "target"),
                place=located.place if located else None,
                time=resolve_time(document, time) if time else None,
                status=_status(mention),
                source=statement.source if statement else None,
                speaker=statement.speaker if statement else None,
                figures=belonging.get(mention.number, ()),
                confidence=_confidence(mention),
                why=(*_reasons(document, mention, statement, located), *_why_when(document, time))
                if explain
                else UNSET,
            )
        )
    return tuple(events)


class _Links:
    """The spans that arcs link to a trigger."""

    def __init__(self, text: str, tagging: Tagging) -> None:
        self._text, self._spans, self._tails = text, tagging.spans, tagging.tails()
        self._words: dict[tuple[int, str], frozenset[str]] = {}

    def all(self, mention: Mention, label: str) -> tuple[Span, ...]:
        tails = self._tails.get((mention.number, label), ())
        return tuple(Span(self._spans[at].start, self._spans[at].end) for at in tails)

    def first(self, mention: Mention, label: str) -> Span | None:
        found = self.all(mention, label)
        return found[0] if found else None

    def takes_up(self, mention: Mention) -> bool:
        """Say whether a mention points back to an earlier one: "the attack", "this attack"."""
        start = mention.span.start
        return (
            mention.span.attribute("form") == "noun"
            and TAKES_UP.search(self._text, max(0, start - 8), start) is not None
        )

    def words(self, mention: Mention, label: str) -> frozenset[str]:
        """Return the last words of the linked spans, in small letters."""
        key = (mention.number, label)
        if key not in self._words:
            linked = self.all(mention, label)
            self._words[key] = frozenset(span.of(self._text).split()[-1].lower() for span in linked)
        return self._words[key]


def weigh(document: Document, spans: Sequence[TaggedSpan]) -> list[Mention]:
    """Return the triggers in text order with the points that the other mentions on the page leave them.

    The first mention of a kind of happening has more points than the ones that follow it.
    """
    starts = [sentence.start for sentence in document.sentences]
    found = sorted((span.start, at) for at, span in enumerate(spans) if span.label == "trigger")
    kinds = [
        (spans[at].attribute("group") or spans[at].value or "", spans[at].attribute("form") or "") for _, at in found
    ]
    table, mentions = points(), []
    for (start, at), names in zip(found, group_features(kinds), strict=True):
        total = score_points(spans[at].score) + sum(table.get(name, 0) for name in names)
        sentence = document.sentences[bisect_right(starts, start) - 1]
        mentions.append(Mention(at, spans[at], sentence, total))
    return mentions


def group_features(kinds: Sequence[tuple[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield for each mention of a page, in text order, the features that the others of its group give it.

    Args:
        kinds: group and form of each mention.
    """
    counts, seen, forms = Counter(group for group, _ in kinds), Counter[str](), set[tuple[str, str]]()
    for group, form in kinds:
        names = [f"group:nth={min(seen[group], 3)}", f"group:count={min(counts[group], 5)}"]
        if seen[group] and (group, form) not in forms:
            names.append("group:new form")
        seen[group] += 1
        forms.add((group, form))
        yield tuple(names)


def distinct(mentions: Sequence[Mention], linked: _Links) -> list[Mention]:
    """Return one mention per happening, in text order: the first that no other exceeds by CLEARER_POINTS."""
    kept: dict[tuple[str | None, str | None], list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (-(m.points // CLEARER_POINTS), m.span.start)):
        same = kept.setdefault((mention.span.value, mention.span.attribute("group")), [])
        if not any(_is_one(mention, other, linked) for other in same):
            same.append(mention)
    return sorted((m for some in kept.values() for m in some), key=lambda m: m.span.start)


def _is_one(a: Mention, b: Mention, linked: _Links) -> bool:
    """Say whether two mentions of a kind are one happening.

    One takes up the other ("the attack"), or they share an actor or target; and neither their time nor their actors
    and targets differ. Two mentions in one sentence are two happenings, and so are a plan and a fact.
    """
    if a.sentence.index == b.sentence.index or _happened(a) != _happened(b):
        return False
    shared = linked.takes_up(max(a, b, key=lambda m: m.span.start))
    for label in ("target", "actor", "time"):
        left, right = linked.words(a, label), linked.words(b, label)
        if left and right and left.isdisjoint(right):
            return False
        shared = shared or (label != "time" and not left.isdisjoint(right))
    return shared


def _happened(mention: Mention) -> bool:
    return mention.span.attribute("status") in (None, "", "happened")


def _confidence(mention: Mention) -> float:
    """Return how sure an event is: what a model says, else the odds of its points."""
    if mention.span.by_model:
        return mention.span.score
    return round(odds_score(mention.points), 2)


def _status(mention: Mention) -> EventStatus:
    found: EventStatus = msgspec.convert(mention.span.attribute("status") or "happened", EventStatus)
    return found


class _Reported:
    """The contents of statements, by where they begin."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        held = [(content, number) for number, statement in enumerate(statements) for content in statement.content]
        self._statements = statements
        self._held = sorted(held, key=lambda pair: pair[0].start)
        self._starts = [content.start for content, _ in self._held]
        self._longest = max((content.end - content.start for content, _ in held), default=0)

    def statement(self, trigger: Span) -> Statement | None:
        """Return the innermost statement whose content holds the trigger, the first of several as long."""
        low = bisect_left(self._starts, trigger.end - self._longest)
        high = bisect_right(self._starts, trigger.start)
        holding = ((c.end - c.start, number) for c, number in self._held[low:high] if c.holds(trigger))
        found = min(holding, default=None)
        return None if found is None else self._statements[found[1]]


# --- figures -------------------------------------------------------------------------------------------------------


@cache
def _outcomes() -> dict[str, frozenset[str]]:
    """Return, for a type of event, the outcomes of figures that may belong to it."""
    return {row["type"]: frozenset(row["outcomes"].split()) for row in rows("event_outcomes")}


def assign_figures(text: str, mentions: Sequence[Mention], figures: Sequence[Figure]) -> dict[int, tuple[str, ...]]:
    """Return the ids of figures by the number of the trigger they belong to.

    A figure belongs to the closest trigger of its sentence whose type goes with its outcome; a clause boundary between
    them counts as distance.
    """
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence.start, []).append(mention)
    found: dict[int, tuple[str, ...]] = {}
    for figure in figures:
        here = by_sentence.get(figure.sentence.start, ())
        fitting = [m for m in here if figure.outcome in _outcomes().get(m.span.value or "", ())]
        if fitting:
            nearest = min(fitting, key=lambda m: _distance(text, figure.number, m.span))
            found[nearest.number] = (*found.get(nearest.number, ()), figure.id)
    return found


def _distance(text: str, number: Span, trigger: TaggedSpan) -> int:
    low, high = sorted(((number.start, number.end), (trigger.start, trigger.end)))
    between = max(0, high[0] - low[1])
    return between + CLAUSE_PENALTY * len(CLAUSE_BREAK.findall(text, low[1], high[0]))


# --- reasons -------------------------------------------------------------------------------------------------------


def _why_when(document: Document, time: Span | None) -> tuple[Why, ...]:
    return (time_reason(document, time),) if time else ()


def _reasons(
    document: Document, mention: Mention, statement: Statement | None, located: Located | None
) -> Iterator[Why]:
    words = document.text[mention.span.start : mention.span.end]
    if mention.span.by_model:
        yield Why(field="type", says=f'the reader model takes "{words}" as a word for {mention.span.value}')
        yield Why(field="status", says=f'the reader model reads "{words}" as {_status(mention)}')
    else:
        yield Why(field="type", says=f'"{words}" is a word for {mention.span.value} (lexicon/events.tsv)')
        given = f"{mention.points} points, {KEEP_POINTS} are needed (lexicon/event_points.tsv)"
        yield Why(field="confidence", says=f"{given}; counted: {mention.span.why or 'the words alone'}")
        said = f'tense and words before "{words}" say {_status(mention)} (lexicon/event_status.tsv)'
        yield Why(field="status", says=said)
    if located:
        yield Why(field="place", says=located.reason)
    if statement:
        cue = statement.cue.of(document.text)
        yield Why(field="source", says=f'stands in what is reported with "{cue}"')
