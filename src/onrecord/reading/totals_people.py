"""Single victims of a page, each once: the woman of one sentence, "the 34-year-old" of the next, Ana Brel of a third.

Mentions go in (figures of 1 and names with an outcome), persons come out with everything that is reported of them. An
age or a last name that comes back is the same person; "the man" takes up the last person before it. Who killed and who
was killed is told apart by the mentions, not here.
"""

import re
from collections.abc import Iterable

import msgspec

from onrecord.reading.names import genders
from onrecord.reading.sentences import Document
from onrecord.reading.totals_victims import HARMS, Victim
from onrecord.records import TOLL_KINDS, Figure, Span

AGE_IN_PHRASE = re.compile(r"\b(\d{1,3})[- ](?:year|month|week)s?[- ]old", re.IGNORECASE)
AGE_BEHIND_NAME = re.compile(r"\s*(?:,|\()\s*(\d{1,3})\b(?!\s*(?:percent|%))")
TAKES_UP = re.compile(r"(?:the|that|this)\s", re.IGNORECASE)
PRONOUN_REACH = 3
"""Sentences back in which "he" or "she" finds the person it stands for."""
PRONOUN_HEADS = {"he": "man", "she": "woman"}
JOINED = re.compile(r"\b(?:and|or|another|as well as|while)\b|;", re.IGNORECASE)
"""Words between two mentions of one sentence that make them two persons."""
ANOTHER = re.compile(r"(?:another|a second|a third|a fourth|a fifth)\s", re.IGNORECASE)


EARLY = {"dead": 3, "hurt": 6, "hurt beside dead": 3}
"""Sentences of an incident in which a victim who counts is told first; those told later are mostly older or other ones.
Swept on 900 training reports of shootings: both numbers exact 59.7 % without, 62.0 % with; 6, 6 and 6 give 61.4 %."""


class Person(msgspec.Struct):
    """One victim: what is reported of it and where; end is that of its last mention, heads the nouns for it."""

    outcomes: set[str]
    sentences: set[int]
    end: int = 0
    figures: list[Figure] = []
    names: list[Span] = []
    words: tuple[str, ...] = ()
    age: str | None = None
    heads: set[str] = msgspec.field(default_factory=set)


class Mention(msgspec.Struct, frozen=True):
    """One mention of a single victim: a figure of 1, or a name."""

    start: int
    end: int
    sentence: int
    outcome: str
    figure: Figure | None = None
    victim: Victim | None = None
    age: str | None = None
    head: str = ""


def people_of(document: Document, figures: Iterable[Figure], victims: Iterable[Victim]) -> list[Person]:
    """Return the single victims of some figures and names, in the order of their first mention."""
    people: list[Person] = []
    for mention in sorted(_mentions(document, figures, victims), key=lambda m: (m.start, m.victim is None)):
        person = _same(document, people, mention)
        if person is None:
            person = Person(outcomes=set(), sentences=set(), figures=[], names=[])
            people.append(person)
        _add(person, mention)
    return people


def told_early(people: Iterable[Person], *, opening: int, deaths: bool) -> list[Person]:
    """Return the victims whom an incident opens with; where it opens with none, the first one told.

    Args:
        people: the single victims of the incident, in text order.
        opening: the number of the first sentence of the incident.
        deaths: the incident has dead told of in figures.
    """
    people = list(people)
    dead = [person for person in people if "killed" in person.outcomes]
    hurt = [person for person in people if "killed" not in person.outcomes]
    early = [person for person in dead if min(person.sentences) < opening + EARLY["dead"]]
    beside = "hurt beside dead" if deaths or early else "hurt"
    living = [person for person in hurt if min(person.sentences) < opening + EARLY[beside]]
    if not early and not living:
        early = dead[:1]
    if not living and not early and not deaths:
        living = hurt[:1]
    return [*early, *living]


def counts_one(figure: Figure) -> bool:
    """Say whether a figure tells of a single victim that counts: actual, not denied, no background."""
    return (
        figure.low == figure.high == 1
        and figure.outcome in HARMS
        and figure.kind in TOLL_KINDS - {"previous"}
        and figure.modality == "actual"
        and figure.polarity != "denied"
    )


def _mentions(document: Document, figures: Iterable[Figure], victims: Iterable[Victim]) -> Iterable[Mention]:
    starts = {sentence.start: sentence.index for sentence in document.sentences}
    for figure in figures:
        if counts_one(figure) and figure.sentence.start in starts:
            phrase = figure.number.of(document.text)
            counted = figure.counted.of(document.text).lower().split() if figure.counted else []
            around = document.text[figure.number.start : (figure.counted or figure.number).end]
            age = AGE_IN_PHRASE.search(around if len(around) > len(phrase) else phrase)
            yield Mention(
                start=figure.number.start,
                end=max(figure.number.end, figure.counted.end if figure.counted else 0),
                sentence=starts[figure.sentence.start],
                outcome=figure.outcome,
                figure=figure,
                age=age[1] if age else None,
                head=counted[-1] if counted else "",
            )
    for victim in victims:
        said = victim.name.of(document.text).lower()
        age = AGE_BEHIND_NAME.match(document.text, victim.name.end)
        before = AGE_IN_PHRASE.search(document.text, max(0, victim.name.start - 16), victim.name.start)
        yield Mention(
            start=victim.name.start,
            end=victim.name.end,
            sentence=victim.sentence,
            outcome=victim.outcome,
            victim=victim,
            age=age[1] if age else before[1] if before else None,
            head="" if victim.words else PRONOUN_HEADS.get(said, said),
        )


def _same(document: Document, people: list[Person], mention: Mention) -> Person | None:
    """Return the person that a mention takes up; None for a new one."""
    if mention.victim is not None:
        return _same_name(document, people, mention)
    if mention.age is not None:
        aged = [person for person in people if person.age == mention.age]
        if aged:
            return aged[-1]
    phrase = (mention.figure.number if mention.figure else Span(mention.start, mention.start)).of(document.text)
    if ANOTHER.match(phrase + " ") or _also(document, mention):
        return None
    if TAKES_UP.match(phrase + " ") and people:
        called = [person for person in people if mention.head in person.heads]
        alike = [person for person in people if mention.outcome in person.outcomes]
        return (called or alike or people)[-1]
    return _likely(document, people, mention)


def _also(document: Document, mention: Mention) -> bool:
    """Say whether "also" stands between a person and the outcome, which makes it one more: "was also killed"."""
    word = mention.figure.outcome_word if mention.figure else None
    return word is not None and re.search(r"\balso\b", document.text[mention.end : word.start]) is not None


def _likely(document: Document, people: list[Person], mention: Mention) -> Person | None:
    """Return the first person that a mention may be: one with its outcome before one with another."""
    fitting = [person for person in people if _may_be(document, person, mention)]
    alike = [person for person in fitting if mention.outcome in person.outcomes]
    return next(iter(alike or fitting), None)


def _may_be(document: Document, person: Person, mention: Mention) -> bool:
    """Say whether nothing shows that a mention is another person: its sentence, age and gender."""
    if mention.sentence in person.sentences and JOINED.search(document.text, person.end, mention.start):
        return False
    if person.age is not None and mention.age is not None and person.age != mention.age:
        return False
    mine, theirs = _gender({mention.head}), _gender(person.heads)
    return mine is None or theirs is None or mine == theirs


def _gender(heads: Iterable[str]) -> str | None:
    return next((genders()[head] for head in heads if head in genders()), None)


def _same_name(document: Document, people: list[Person], mention: Mention) -> Person | None:
    """Return the person of a name: the same last word and no other first one; else an unnamed one of this age."""
    words = mention.victim.words if mention.victim else ()
    if not words:
        said = document.text[document.sentences[mention.sentence].start : mention.start]
        called = [person for person in people if person.words and person.words[-1] in said]
        called = called or [person for person in people if mention.head in person.heads]
        if called:
            return called[-1]
        fitting = [person for person in people if _gender(person.heads) in (None, _gender({mention.head}))]
        near = [person for person in fitting if max(person.sentences) >= mention.sentence - PRONOUN_REACH]
        alike = [person for person in fitting if mention.outcome in person.outcomes]
        return next(iter(near[-1:] or alike[-1:] or fitting[-1:]), None)
    for person in people:
        same_last = bool(person.words) and person.words[-1] == words[-1]
        if same_last and (len(words) == 1 or len(person.words) == 1 or words[0] == person.words[0]):
            return person
        if len(words) == 1 and person.words[:1] == words:
            return person
    for person in people:
        if not person.words and mention.age is not None and person.age == mention.age:
            return person
    return _likely(document, [person for person in people if not person.words], mention)


def _add(person: Person, mention: Mention) -> None:
    """Note what a mention reports of a person."""
    person.outcomes.add(mention.outcome)
    person.sentences.add(mention.sentence)
    person.end = max(person.end, mention.end)
    person.age = person.age or mention.age
    if mention.head:
        person.heads.add(mention.head)
    if mention.figure is not None:
        person.figures.append(mention.figure)
    if mention.victim is not None:
        if mention.victim.words:
            person.names.append(mention.victim.name)
        if len(mention.victim.words) > len(person.words):
            person.words = mention.victim.words
