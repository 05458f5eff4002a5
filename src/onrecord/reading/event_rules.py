"""Finds the words of happenings, with their type, status, actors, targets, place and time.

A phrase of lexicon/events.tsv is a candidate; its points, and the points of what stands around it
(lexicon/event_points.tsv), say how likely a coder takes it as an event. training/event_points.py fits the points on
coded pages; ten points are a factor e in the odds. Which of several mentions stands for a happening is decided later
(events.py), as are its figures. Sayings are no events; their cues are not in the list.
"""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.mention_rules import Mentions, place_words
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

LEAST_POINTS = -25
"""Candidates below are not tagged: what the whole page adds is never enough to lift them over KEEP_SCORE."""

POINTS_PER_E = 10.0
"""Points that multiply the odds by e."""

CLAUSE_REACH = 10
"""Tokens looked back for the word that opens the clause."""

STATUS_REACH = 8
"""Tokens looked back for a word that sets the status ("plans to", "alleged")."""

WITHIN_REACH = 8
"""Tokens after a trigger in which the words of the column `within` may stand."""

LONGEST_PHRASE = 9
"""Tokens of an actor or target; longer ones are cut at this length."""

Role = Literal["actor", "target"]


class Trigger(msgspec.Struct, frozen=True):
    """One row of lexicon/events.tsv."""

    words: tuple[str, ...]
    type: str
    group: str
    form: str
    within: frozenset[str]
    status: str
    points: int


class Match(msgspec.Struct, frozen=True):
    """A trigger in a sentence, tokens low to high, with the names of all that stands around it."""

    low: int
    high: int
    trigger: Trigger
    around: tuple[str, ...]


class Candidate(msgspec.Struct, frozen=True):
    """A trigger in a sentence: tokens low to high, the points it has so far and what gave them."""

    low: int
    high: int
    trigger: Trigger
    points: int
    reasons: tuple[str, ...]


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """Return the triggers by first word, longer and conditional ones first."""
    found: dict[str, list[Trigger]] = {}
    for row in rows("events"):
        parts = tuple(row["words"].split())
        found.setdefault(parts[0], []).append(
            Trigger(
                words=parts,
                type=row["type"],
                group=row["group"],
                form=row["form"],
                within=frozenset(row["within"].split()),
                status=row["status"],
                points=int(row["points"]),
            )
        )
    return {first: tuple(sorted(some, key=lambda t: (-len(t.words), not t.within))) for first, some in found.items()}


@cache
def points() -> dict[str, int]:
    """Return the points of what stands around a trigger."""
    return {row["feature"]: int(row["points"]) for row in rows("event_points")}


@cache
def classes() -> dict[str, str]:
    """Return the class of a function word, as event_points.tsv names it."""
    return {row["word"]: row["class"] for row in rows("event_context")}


@cache
def _class_words(*names: str) -> frozenset[str]:
    return frozenset(word for word, name in classes().items() if name in names)


def tag_events(document: Document, builder: TaggingBuilder) -> None:
    """Add trigger, actor, target, place and time spans with their arcs; figures are tagged before."""
    mentions = Mentions(document, builder.spans())
    quoted = [(q.start, q.end) for p in document.paragraphs for q in p.quotations if not q.single]
    timed = mentions.sentences("time")
    for sentence in document.sentences:
        for candidate in find_triggers(document, sentence, quoted, timed=sentence.index in timed):
            head = _add_trigger(builder, sentence, candidate)
            for role, (low, high) in who_to_whom(sentence.tokens, candidate, mentions.inside(sentence, "time")):
                ends = sentence.tokens[low].start, sentence.tokens[high - 1].end
                builder.link(role, head, builder.add(TaggedSpan(role, *ends)))
            at = sentence.tokens[candidate.high - 1].end
            place, time = mentions.nearest(sentence, at, "place"), mentions.nearest(sentence, at, "time")
            if place is not None:
                builder.link("place", head, place)
            if time is not None:
                builder.link("time", head, time)


def _add_trigger(builder: TaggingBuilder, sentence: Sentence, candidate: Candidate) -> int:
    tokens, trigger = sentence.tokens, candidate.trigger
    return builder.add(
        TaggedSpan(
            "trigger",
            tokens[candidate.low].start,
            tokens[candidate.high - 1].end,
            value=trigger.type,
            attributes=(("status", status(tokens, candidate)), ("group", trigger.group), ("form", trigger.form)),
            score=odds_score(candidate.points),
            why="; ".join(candidate.reasons),
        )
    )


def odds_score(total: int) -> float:
    """Return points as a share from 0 to 1."""
    return 1 / (1 + math.exp(-total / POINTS_PER_E))


def score_points(score: float) -> int:
    """Return a share from 0 to 1 as points, the inverse of odds_score."""
    score = min(max(score, 1e-4), 1 - 1e-4)
    return round(POINTS_PER_E * math.log(score / (1 - score)))


def find_triggers(
    document: Document, sentence: Sentence, quoted: Sequence[tuple[int, int]], *, timed: bool
) -> list[Candidate]:
    """Return the matches of one sentence with at least LEAST_POINTS; the arguments are those of match_triggers."""
    table = points()
    found: list[Candidate] = []
    for match in match_triggers(document, sentence, quoted, timed=timed):
        total = match.trigger.points + sum(table.get(name, 0) for name in match.around)
        if total >= LEAST_POINTS:
            reasons = tuple(name for name in match.around if table.get(name))
            found.append(Candidate(match.low, match.high, match.trigger, total, reasons))
    return found


def match_triggers(
    document: Document, sentence: Sentence, quoted: Sequence[tuple[int, int]], *, timed: bool
) -> Iterator[Match]:
    """Yield the words of events.tsv that stand in one sentence, left to right, not overlapping, whatever their points.

    Args:
        document: the whole document.
        sentence: one of its sentences.
        quoted: quotations in double marks, with the marks.
        timed: whether a time stands in the sentence.
    """
    tokens, known = sentence.tokens, triggers()
    lower = [token.lower for token in tokens]
    shared: list[str] | None = None
    at, seen, count = 0, 0, len(tokens)
    while at < count:
        some = known.get(lower[at])
        trigger = _match(lower, at, some) if some else None
        if trigger is None:
            at += 1
            continue
        if shared is None:
            shared = _sentence_features(document, sentence, lower, timed)
        high = at + len(trigger.words)
        around = features(tokens, at, high, trigger)
        if any(start <= tokens[at].start < end for start, end in quoted):
            around.append("quoted")
        yield Match(at, high, trigger, (*around, f"trigger:{min(seen, 4)}", *shared))
        seen += 1
        at = high


def _sentence_features(document: Document, sentence: Sentence, lower: Sequence[str], timed: bool) -> list[str]:
    """Return the features that all triggers of a sentence share."""
    shared = ["sentence:time"] if timed else []
    if not _SAYING.isdisjoint(lower):
        shared.append("sentence:saying")
    if sentence.start == document.paragraphs[sentence.paragraph].start:
        shared.append("sentence:first")
    return shared


_SAYING = frozenset({"said", "says", "say", "told", "announced", "according", "reported"})


def _match(lower: Sequence[str], at: int, some: Sequence[Trigger]) -> Trigger | None:
    """Return the longest trigger that starts at this token and whose condition holds."""
    for trigger in some:
        size = len(trigger.words)
        if size > 1 and tuple(lower[at : at + size]) != trigger.words:
            continue
        if trigger.within and trigger.within.isdisjoint(lower[at + 1 : at + 1 + WITHIN_REACH]):
            continue
        return trigger
    return None


def features(tokens: Sequence[Token], low: int, high: int, trigger: Trigger) -> list[str]:
    """Return the names of what stands around a trigger, as in lexicon/event_points.tsv."""
    form = trigger.form
    before = low - 1
    if before > 0 and tokens[before].lower.endswith("ly"):
        before -= 1
    found = [
        f"{form}:before={_class_of(tokens, before)}",
        f"{form}:behind={_class_of(tokens, high)}",
        "capital" if low and tokens[low].capital else "small",
    ]
    relative, opener = _clause(tokens, low)
    if relative:
        found.append(f"{form}:relative")
    if opener:
        found.append(f"{form}:clause={opener}")
    denying = _class_words("neg")
    if any(tokens[at].lower in denying for at in range(max(0, low - 4), low)):
        found.append(f"{form}:denied")
    if high - low > 1:
        found.append(f"{form}:phrase")
    return found


def _class_of(tokens: Sequence[Token], at: int) -> str:
    """Return the class of the token at this position for the names of features."""
    if at < 0:
        return "start"
    if at >= len(tokens):
        return "end"
    token = tokens[at]
    known = classes().get(token.lower)
    if known:
        return known
    first = token.text[0]
    if first.isdigit():
        return "number"
    if not first.isalpha():
        return "mark"
    if first.isupper():
        return "capital"
    return "adverb" if token.lower.endswith("ly") else "word"


def _clause(tokens: Sequence[Token], low: int) -> tuple[bool, str]:
    """Return whether the trigger stands in a relative clause, and the conjunction that opens its clause."""
    known = classes()
    for at in range(low - 1, max(-1, low - 1 - CLAUSE_REACH), -1):
        lower = tokens[at].lower
        if lower in '"\u201c;:\u2014':
            break
        kind = known.get(lower)
        if kind == "rel" or (lower == "that" and not (at and tokens[at - 1].lower in _SAYING)):
            return True, ""
        if kind == "sub":
            return False, lower if lower in ("after", "when", "before", "if", "while") else "other"
        if lower == "," and at < low - 1:
            break
    return False, ""


# --- status --------------------------------------------------------------------------------------------------------


@cache
def _status_words() -> dict[str, str]:
    return {row["word"]: row["status"] for row in rows("event_status")}


def status(tokens: Sequence[Token], candidate: Candidate) -> str:
    """Return the status that the words before the trigger in its clause give it, else that of its row.

    Negation, plans and doubt beat what is under way; "denied" before a trigger makes it denied.
    """
    low, form = candidate.low, candidate.trigger.form
    known, found = _status_words(), ""
    for at in range(low - 1, max(-1, low - 1 - STATUS_REACH), -1):
        lower = tokens[at].lower
        if lower in ",;:\u2014" or (lower == "and" and form != "base"):
            break
        if lower in ("that", "said", "says", "who", "which", "after") and at < low - 1:
            break
        kind = known.get(lower, "")
        if not kind or (kind == "did_not_happen" and low - at > 4):
            continue
        if kind != "ongoing":
            return _foreseen(candidate, kind)
        found = found or kind
    return found or _foreseen(candidate, _by_form(tokens, candidate))


def _foreseen(candidate: Candidate, kind: str) -> str:
    """Return the status of what nobody plans: a disaster, an accident or damage ahead is possible."""
    unplanned = candidate.trigger.type in ("disaster", "accident", "damage", "death", "injury", "explosion")
    return "possible" if kind == "planned" and unplanned else kind


def _by_form(tokens: Sequence[Token], candidate: Candidate) -> str:
    """Return the status that tense and the words behind the trigger give."""
    low, high, trigger = candidate.low, candidate.high, candidate.trigger
    before = tokens[low - 1].lower if low else ""
    behind = [token.lower for token in tokens[high : high + 4]]
    if trigger.form == "base" and before == "to":
        return "planned"
    if trigger.form == "noun":
        for word, kind in (("underway", "ongoing"), ("continued", "ongoing"), ("failed", "did_not_happen")):
            if word in behind:
                return kind
        if (
            behind[:1]
            and behind[0] in ("will", "is", "are")
            and not {"expected", "scheduled", "due"}.isdisjoint(behind)
        ):
            return "planned"
        if behind[:1] in (["could"], ["may"], ["might"], ["would"]):
            return "possible"
        if behind[:1] == ["will"]:
            return "planned"
    if trigger.form == "past" and before == "being":
        return "ongoing"
    if trigger.form == "ing" and before in ("is", "are", "was", "were", "been", "still", "be", "'s"):
        return "ongoing"
    return trigger.status or "happened"


# --- who to whom ---------------------------------------------------------------------------------------------------


def who_to_whom(
    tokens: Sequence[Token], candidate: Candidate, times: Sequence[TaggedSpan] = ()
) -> list[tuple[Role, tuple[int, int]]]:
    """Return (role, token range) pairs by word order: subject and object, "by X", "Xish strike on Y".

    Args:
        tokens: those of the sentence.
        candidate: a trigger in it.
        times: expressions of time in the sentence, which are stepped over.
    """
    low, high, form = candidate.low, candidate.high, candidate.trigger.form
    if form == "noun":
        return _of_noun(tokens, low, high)
    verb, passive = low, False
    while verb > 0 and (classes().get(tokens[verb - 1].lower) in _VERBAL or _is_adverb(tokens[verb - 1])):
        verb -= 1
        passive = passive or (classes().get(tokens[verb].lower) == "be" and form == "past")
    subject = _subject(tokens, verb, times) if form != "ing" or passive else None
    found: list[tuple[Role, tuple[int, int]]] = []
    if passive:
        if subject:
            found.append(("target", subject))
        agent = noun_phrase_behind(tokens, high + 1) if high < len(tokens) and tokens[high].lower == "by" else None
        return [*found, ("actor", agent)] if agent else found
    target = noun_phrase_behind(tokens, high)
    if target and any(time.start <= tokens[target[0]].start < time.end for time in times):
        target = None
    if subject:
        suffers = target is None and form == "past" and candidate.trigger.type in ("death", "injury", "damage")
        found.append(("target" if suffers else "actor", subject))
    if target:
        found.append(("target", target))
    return found


def _subject(tokens: Sequence[Token], verb: int, times: Sequence[TaggedSpan]) -> tuple[int, int] | None:
    """Return the noun phrase before a verb, stepping over a time, "who" and a phrase with a preposition."""
    end = verb
    for time in times:
        if end and time.start <= tokens[end - 1].start < time.end:
            while end and tokens[end - 1].start >= time.start:
                end -= 1
            end -= end > 0 and tokens[end - 1].lower in ("on", "in", "at", "over", "during")
    if verb < len(tokens) and end > 1 and tokens[end - 1].text == "," and classes().get(tokens[verb].lower) in _VERBAL:
        end -= 1  # "Its owner, Ann Orlin, was arrested": the apposition stands for the subject
    if end and (classes().get(tokens[end - 1].lower) == "rel" or tokens[end - 1].lower == "that"):
        end -= 1
        end -= end > 0 and tokens[end - 1].text == ","
    phrase = noun_phrase_before(tokens, end)
    if phrase and phrase[0] > 1 and tokens[phrase[0] - 1].lower in _PLACING:
        longer = noun_phrase_before(tokens, phrase[0] - 1)
        if longer:
            return longer[0], phrase[1]
    return phrase


def _is_adverb(token: Token) -> bool:
    return token.lower.endswith("ly") or token.lower in _ADVERBS


_ADVERBS = frozenset({"also", "then", "later", "soon", "already", "still", "just", "since", "again", "now", "all"})
_PLACING = frozenset({"in", "from", "near", "at", "around", "across"})
_VERBAL = frozenset({"be", "have", "modal", "neg", "to"})


def _of_noun(tokens: Sequence[Token], low: int, high: int) -> list[tuple[Role, tuple[int, int]]]:
    """Return the phrases around a noun: "Russian strike", "X's attack", "by X", "on Y", "between X and Y", "with X"."""
    found: list[tuple[Role, tuple[int, int]]] = []
    at = low - 1
    while at >= 0 and tokens[at].text[0].isalpha() and not tokens[at].capital and tokens[at].lower not in classes():
        at -= 1
    if at >= 1 and tokens[at].lower == "'s":
        owner = noun_phrase_before(tokens, at)
        if owner:
            found.append(("actor", owner))
    elif at >= 0 and tokens[at].text in place_words().demonyms:
        found.append(("actor", (at, at + 1)))
    if high < len(tokens) and tokens[high].lower in ("by", "between", "with", "on", "against", "of"):
        kind: Role = "actor" if tokens[high].lower in ("by", "between", "with") else "target"
        phrase = noun_phrase_behind(tokens, high + 1)
        if phrase:
            found.append((kind, phrase))
            end = phrase[1]
            if tokens[high].lower == "between" and end < len(tokens) and tokens[end].lower == "and":
                second = noun_phrase_behind(tokens, end + 1)
                if second:
                    found.append((kind, second))
    return found


def noun_phrase_before(tokens: Sequence[Token], end: int) -> tuple[int, int] | None:
    """Return the noun phrase that ends at this token, without its article; None when a function word stands there."""
    at = end
    while at > 0 and end - at < LONGEST_PHRASE:
        token = tokens[at - 1]
        kind = classes().get(token.lower)
        if kind == "of" and at < end and at > 1:
            at -= 1
            continue
        if kind in ("the", "a", "poss") or (not kind and token.text[0].isalnum()) or token.lower in _PRONOUNS:
            at -= 1
            continue
        break
    while at < end and classes().get(tokens[at].lower) in ("the", "a", "of") and tokens[at].lower not in _PRONOUNS:
        at += 1
    if at > 0 and at < end and (tokens[at - 1].lower, tokens[at].lower) in _BOUNDS:
        at -= 1
    return (at, end) if at < end else None


_BOUNDS = frozenset({("at", "least"), ("more", "than"), ("up", "to"), ("at", "most"), ("as", "many")})


def noun_phrase_behind(tokens: Sequence[Token], start: int) -> tuple[int, int] | None:
    """Return the noun phrase that starts at this token."""
    end = start
    while end < len(tokens) and end - start < LONGEST_PHRASE:
        token = tokens[end]
        kind = classes().get(token.lower)
        if (
            kind == "of"
            and end > start
            and end + 1 < len(tokens)
            and tokens[end - 1].capital
            and tokens[end + 1].capital
        ):
            end += 1
            continue
        if end > start and token.lower.endswith("ed") and _class_of(tokens, end + 1) not in ("word", "capital"):
            break  # "two farmers fled."
        if kind in ("the", "a", "poss", "dem") or (not kind and token.text[0].isalnum()) or token.lower in _PRONOUNS:
            end += 1
            continue
        break
    while start < end and classes().get(tokens[start].lower) in ("the", "a") and end - start > 1:
        start += 1
    return (start, end) if start < end and classes().get(tokens[end - 1].lower) not in ("the", "a", "poss") else None


_PRONOUNS = frozenset({"he", "she", "they", "it", "him", "her", "them", "we", "i", "you", "us", "himself", "herself"})
