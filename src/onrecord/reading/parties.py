"""Who did it, with what and to what: a figure, the events of its sentence and the tokens in, three spans out.

The clause of the outcome is read by word order: its subject ("a gunman shot five"), "by" behind a passive, a strike
that it happened in ("in a drone strike on a market"), the words in front of a weapon ("army shells"). What the clause
leaves open is taken from the nearest attack of the sentence (events.py). A span is given only for a word that can do
it, do it with, or be hit (lexicon/parties.tsv, counted.tsv); a fire, a storm or a pronoun leaves it open.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.event_rules import Candidate, Trigger, noun_phrase_before, noun_phrase_behind, who_to_whom
from onrecord.reading.figure_kinds import UNIT_KINDS
from onrecord.reading.grammar import BE, class_of
from onrecord.reading.mention_rules import place_words
from onrecord.reading.noun_phrases import MONTH, PRONOUN, TIME_NOUN, VERB, WEEKDAY
from onrecord.reading.number_words import number_words
from onrecord.reading.outcomes import PERSON_CLASSES, Hit, outcome_hits
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.records import Event, Figure, Span

DONE = frozenset({
    "killed", "injured", "killed_or_injured", "damaged", "destroyed", "hit", "abducted", "detained", "shot_down",
    "intercepted", "launched", "displaced", "charged", "rescued",
})  # fmt: skip
"""Outcomes that somebody brings about."""
NAMED_DO = frozenset({"launched", "intercepted", "shot_down", "detained", "abducted", "rescued"})
"""Outcomes that nothing but people bring about, so that any name in front of the verb is who did it."""
FLYING = frozenset({"launched", "intercepted", "shot_down"})
"""Outcomes of the weapons themselves: what is counted is the weapon."""
HARMED = frozenset({"killed", "injured", "killed_or_injured", "damaged", "destroyed", "hit", "displaced"})
ATTACKS = frozenset({"attack", "explosion", "shooting", "clash"})
WEAPON_CLASSES = frozenset({"drone", "missile", "weapon"})
STRUCK_CLASSES = frozenset({"building", "home", "infrastructure", "vehicle", "ship", "aircraft"})
OF_A_PEOPLE = re.compile(r"[A-Z][a-z]{2,}(?:ian|ean|ish|ese|an|i)$")
"""An adjective of a country or people: "Orsenian drones"."""
HARD_BREAK = re.compile(r"[;\u2014]|, (?:and|but)\b|\b(?:but|while|whereas)\b")
"""What parts two happenings of a sentence."""
AGENT_REACH = 8
"""Tokens between a passive verb and its "by": "were killed on Monday by gunmen"."""
AROUND_REACH = 12
"""Tokens behind an outcome in which the strike that it happened in stands."""
WHENS = frozenset({"when", "as", "after"})
MIDDLE = frozenset({"in", "from", "under", "during", "with", "after", "by"})
ONTO = frozenset({"on", "against"})
INSIDE = frozenset({"in", "at", "on", "inside", "outside"})
STOPS = frozenset({";", ":", "\u2014", ".", "but", "while", "who", "which", "said", "including"})
ANY_VERB = Trigger((), "other", "", "past", frozenset(), "", 0)
"""A verb of the past whose subject acts."""


class Parties(msgspec.Struct, frozen=True):
    """Who did it, what was hit, with what; None for what the text does not say."""

    actor: Span | None = None
    target: Span | None = None
    weapon: Span | None = None

    def filled(self, other: "Parties") -> "Parties":
        """Return these parties, what they leave open taken from others."""
        return Parties(self.actor or other.actor, self.target or other.target, self.weapon or other.weapon)


@cache
def _kinds() -> dict[str, str]:
    return {row["word"]: row["kind"] for row in rows("parties")}


class Clause(msgspec.Struct, frozen=True):
    """The sentence of a figure, where its outcome stands in it (tokens, half open) and the figure itself."""

    sentence: Sentence
    figure: Figure
    low: int
    high: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens of the sentence."""
        return self.sentence.tokens


def parties_of(document: Document, sentence: Sentence, figure: Figure, events: Sequence[Event]) -> Parties:
    """Return actor, target and weapon of a figure, as far as its sentence says.

    Args:
        document: what is read.
        sentence: the one that the figure stands in.
        figure: its outcome and the word for it.
        events: those of the same sentence.
    """
    word = figure.outcome_word
    if (
        figure.kind in UNIT_KINDS
        or figure.outcome not in DONE
        or word is None
        or figure.high == 0
        or not sentence.span.holds(word)
    ):
        return Parties()
    tokens = sentence.tokens
    inside = [i for i, token in enumerate(tokens) if word.start <= token.start < word.end]
    if not inside or word.meets(figure.number):
        return Parties()
    clause = Clause(sentence, figure, inside[0], inside[-1] + 1)
    found = _by_word_order(clause)
    if figure.outcome in FLYING:
        return msgspec.structs.replace(found, weapon=None)
    if figure.outcome not in HARMED:
        return found
    found = found.filled(_around(clause))
    hit = _hit(clause)
    if hit is None or not hit.word.part.startswith("noun"):
        found = found.filled(_of_events(document, clause, events))
    if found.target is None and found.weapon is not None:
        found = found.filled(Parties(target=_place_hit(clause)))
    return found


# --- the clause ----------------------------------------------------------------------------------------------------


def _by_word_order(clause: Clause) -> Parties:
    """Read the subject of an active verb and "by" behind a passive one."""
    tokens, figure = clause.tokens, clause.figure
    hit = _hit(clause)
    if hit is None or hit.word.part.startswith(("noun", "state", "intransitive")):
        return _agent(clause)
    passive = any(token.lower in BE for token in tokens[max(0, clause.low - 3) : clause.low])
    active = figure.number.start >= tokens[clause.high - 1].end and not passive
    if not active:
        return _agent(clause)
    verb: int | None = clause.low
    if tokens[clause.low].lower.endswith("ing") and tokens[max(0, clause.low - 1)].lower not in BE:
        verb = _main_verb(tokens, clause.low)
    if verb is None:
        return Parties()
    trigger = msgspec.structs.replace(ANY_VERB, words=(tokens[verb].lower,))
    end = clause.high if verb == clause.low else verb + 1
    pairs = who_to_whom(tokens, Candidate(verb, end, trigger, 0, ()))
    subject = next((at for role, at in pairs if role == "actor"), None)
    if subject is None:
        return Parties()
    found = _subject(clause, *subject)
    if figure.outcome == "launched":
        return found.filled(Parties(target=_aimed_at(clause)))
    behind = noun_phrase_behind(tokens, end) if verb != clause.low and found != Parties() else None
    return found.filled(Parties(target=_struck(tokens, behind)))


def _hit(clause: Clause) -> Hit | None:
    return next((hit for hit in outcome_hits(clause.tokens) if hit.first == clause.low), None)


def _main_verb(tokens: Sequence[Token], ing: int) -> int | None:
    """Return the verb of the clause in front of ", killing nine"."""
    at, verb = ing - 1, None
    while at > 0 and tokens[at].text not in ";:\u2014" and tokens[at].lower not in ("while", "but", "said", "that"):
        lower = tokens[at].lower
        if not tokens[at].capital and (lower in VERB or (lower.endswith("ed") and len(lower) > 4)):
            verb = at
        at -= 1
    return verb


def _agent(clause: Clause) -> Parties:
    """Return what "by" behind the outcome names."""
    tokens = clause.tokens
    for at in range(clause.high, min(len(tokens), clause.high + AGENT_REACH)):
        if tokens[at].lower in STOPS or (tokens[at].lower in VERB and not tokens[at].capital):
            break
        if tokens[at].lower == "by":
            phrase = noun_phrase_behind(tokens, at + 1)
            return _classified(clause, *phrase) if phrase else Parties()
    return Parties()


def _subject(clause: Clause, start: int, end: int) -> Parties:
    """Return what a subject says; "gunmen on motorcycles" is the gunmen, "a strike on a market" hit the market."""
    tokens = clause.tokens
    at = start - 1
    while at >= 0 and tokens[at].lower in ("a", "an", "the", "its", "their", "his", "her"):
        at -= 1
    if at > 0 and tokens[at].lower in MIDDLE | ONTO | {"at"}:
        outer = noun_phrase_before(tokens, at)
        if outer is not None:
            found = _classified(clause, *outer)
            kind = _kinds().get(tokens[outer[1] - 1].lower)
            if kind == "happening" and tokens[at].lower in ONTO:
                return found.filled(Parties(target=_thing(tokens, noun_phrase_behind(tokens, at + 1))))
            if kind == "happening" and tokens[at].lower == "by":
                return _classified(clause, start, end).filled(found)
            return found
    return _classified(clause, start, end)


def _around(clause: Clause) -> Parties:
    """Read the strike that the outcome happened in: "killed in a drone strike on a market", "hurt by shelling"."""
    tokens = clause.tokens
    found = Parties()
    for at in range(clause.high, min(len(tokens) - 1, clause.high + AROUND_REACH)):
        if tokens[at].lower in STOPS:
            break
        if tokens[at].lower not in MIDDLE | WHENS:
            continue
        phrase = noun_phrase_behind(tokens, at + 1)
        if phrase is None:
            continue
        kind = _kind_of(tokens[phrase[1] - 1].lower)
        if kind not in ("happening", "weapon", "fire") or (kind == "weapon" and tokens[at].lower in INSIDE):
            continue
        if tokens[at].lower in WHENS and not _goes_off(tokens, phrase[1]):
            continue
        found = found.filled(_classified(clause, *phrase))
        if kind == "happening" and phrase[1] < len(tokens) and tokens[phrase[1]].lower in ONTO | {"by"}:
            behind = noun_phrase_behind(tokens, phrase[1] + 1)
            if behind is not None and tokens[phrase[1]].lower == "by":
                found = found.filled(_classified(clause, *behind))
            else:
                found = found.filled(Parties(target=_thing(tokens, behind)))
    return found


def _goes_off(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb of a weapon follows: "when a mine exploded", "after a drone hit"."""
    return at < len(tokens) and _kinds().get(tokens[at].lower) == "goes off"


def _thing(tokens: Sequence[Token], phrase: tuple[int, int] | None) -> Span | None:
    """Return a phrase behind "on" or "at" that is no time and no number of things, up to "that evening"."""
    if phrase is None:
        return None
    start, end = phrase
    end = next((i for i in range(start + 1, end) if tokens[i].lower in ("that", "this", "last", "early", "late")), end)
    inside = {token.lower for token in tokens[start:end]}
    timed = inside & WEEKDAY or tokens[end - 1].lower in TIME_NOUN | MONTH
    war = _kinds().get(tokens[end - 1].lower) in ("disaster", "happening")
    counted = tokens[start].text[0].isdigit() or tokens[start].lower in number_words()
    return None if timed or war or counted else _span(tokens, start, end)


def _aimed_at(clause: Clause) -> Span | None:
    """Return what was launched at: "launched 94 drones at Orsenia"."""
    tokens = clause.tokens
    last = clause.figure.counted or clause.figure.number
    for at in range(clause.high, len(tokens) - 1):
        if tokens[at].text in ",;" or at > clause.high + AROUND_REACH:
            break
        if tokens[at].start >= last.end and tokens[at].lower in (*ONTO, "at", "towards", "toward"):
            return _thing(tokens, noun_phrase_behind(tokens, at + 1))
    return None


def _place_hit(clause: Clause) -> Span | None:
    """Return the thing that people were hit in: "killed 12 people in a market"."""
    tokens = clause.tokens
    last = max(tokens[clause.high - 1].end, (clause.figure.counted or clause.figure.number).end)
    at = next((i for i, token in enumerate(tokens) if token.start >= last), len(tokens))
    if at >= len(tokens) - 1 or tokens[at].lower not in INSIDE:
        return None
    return _struck(tokens, noun_phrase_behind(tokens, at + 1))


def _struck(tokens: Sequence[Token], phrase: tuple[int, int] | None) -> Span | None:
    """Return a phrase when its head is a thing that can be hit."""
    if phrase is None:
        return None
    end = next((i for i in range(phrase[0] + 1, phrase[1]) if tokens[i].lower in INSIDE), phrase[1])
    head = tokens[end - 1].lower
    struck = class_of(head) in STRUCK_CLASSES or _kinds().get(head) == "struck"
    return _span(tokens, phrase[0], end) if struck else None


# --- what a phrase can be ------------------------------------------------------------------------------------------


def _kind_of(lower: str) -> str | None:
    """Return agent, weapon, happening, disaster or struck for the head of a phrase; None when it is none of them."""
    kind = _kinds().get(lower)
    if kind is not None:
        return kind
    counted = class_of(lower)
    if counted in WEAPON_CLASSES:
        return "weapon"
    return "agent" if counted in PERSON_CLASSES else None


def _classified(clause: Clause, start: int, end: int) -> Parties:
    """Return the parties that one noun phrase names: tokens start to end, without its article."""
    tokens, figure = clause.tokens, clause.figure
    whole = Span(tokens[start].start, tokens[end - 1].end)
    own = [figure.number] + ([figure.counted] if figure.counted else [])
    if any(span.meets(whole) for span in own):
        return Parties()
    head = next((i for i in range(start + 1, end) if tokens[i].lower in INSIDE | MIDDLE | ONTO | {"of"}), end) - 1
    kind = _kind_of(tokens[head].lower)
    if any(_kinds().get(token.lower) == "disaster" for token in tokens[start:end]):
        return Parties()
    counted = tokens[start].text[0].isdigit() or tokens[start].lower in number_words()
    if kind == "agent" and not (counted and class_of(tokens[head].lower) in ("person", "civilian", "child")):
        return Parties(actor=whole)
    if kind in ("weapon", "fire", "happening"):
        return _with_weapon(tokens, start, head, kind)
    if kind is None and tokens[head].capital and tokens[head].lower not in PRONOUN and _acts(clause, tokens[head].text):
        return Parties(actor=whole)
    return Parties()


def _acts(clause: Clause, name: str) -> bool:
    """Say whether a name in front of a verb is who did it: a country, or any name where only people can."""
    known = place_words()
    word = clause.tokens[clause.low].lower
    return clause.figure.outcome in NAMED_DO or word in ("shot", "stabbed", "shooting") or name.lower() in known.names


def _with_weapon(tokens: Sequence[Token], start: int, head: int, kind: str) -> Parties:
    """Split "Orsenian attack drones" into who and with what; a strike or an attack is no weapon by itself."""
    first = start
    while first < head and (
        tokens[first].text in place_words().demonyms
        or OF_A_PEOPLE.match(tokens[first].text)
        or tokens[first].lower == "'s"
        or _kind_of(tokens[first].lower) == "agent"
        or (tokens[first].capital and first + 1 < head and tokens[first + 1].lower == "'s")
    ):
        first += 1
    last = first
    while last > start and tokens[last - 1].lower == "'s":
        last -= 1
    actor = _span(tokens, start, last) if last > start else None
    if kind in ("weapon", "fire"):
        return Parties(actor=actor, weapon=_span(tokens, first, head + 1))
    inner = [i for i in range(first, head) if _kind_of(tokens[i].lower) == "weapon"]
    return Parties(actor=actor, weapon=_span(tokens, first, inner[-1] + 1) if inner else None)


def _span(tokens: Sequence[Token], start: int, end: int) -> Span:
    while start < end - 1 and tokens[start].lower in ("a", "an", "the"):
        start += 1
    return Span(tokens[start].start, tokens[end - 1].end)


# --- events --------------------------------------------------------------------------------------------------------


def _of_events(document: Document, clause: Clause, events: Iterable[Event]) -> Parties:
    """Return what the nearest attack of the sentence says that no other happening parts from the outcome."""
    found, tokens = Parties(), clause.tokens
    word = clause.figure.outcome_word or clause.figure.number
    near = [
        event
        for event in events
        if (event.type in ATTACKS or event.trigger.meets(word)) and not _parted(document.text, event.trigger, word)
    ]
    for event in sorted(near, key=lambda event: abs(event.trigger.start - word.start)):
        for actor in event.actors:
            at = [i for i, token in enumerate(tokens) if actor.start <= token.start < actor.end]
            if at:
                found = found.filled(_subject(clause, at[0], at[-1] + 1))
        if event.type in ATTACKS:
            found = found.filled(Parties(target=_target(clause, event.targets)))
    return found


def _parted(text: str, trigger: Span, word: Span) -> bool:
    low, high = min(trigger.end, word.end), max(trigger.start, word.start)
    return low < high and HARD_BREAK.search(text, low, high) is not None


def _target(clause: Clause, targets: Sequence[Span]) -> Span | None:
    """Return the first target of an attack that is a thing or a place, not the people of the figure."""
    figure, tokens = clause.figure, clause.tokens
    own = [figure.number] + ([figure.counted] if figure.counted else [])
    for target in targets:
        at = [i for i, token in enumerate(tokens) if target.start <= token.start < target.end]
        if not at or any(span.meets(target) for span in own):
            continue
        people = any(class_of(tokens[i].lower) in PERSON_CLASSES for i in at)
        if not people and _thing(tokens, (at[0], at[-1] + 1)) is not None:
            return target
    return None
