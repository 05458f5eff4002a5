"""Whom "he" and "she" stand for: every such pronoun of a page, resolved in text order.

Mentions of persons go in (names and descriptions with their places), a table from the place of a pronoun to a mention
comes out. A linear score over what stands near decides; its weights are learnt from the coded train pages by
training/pronouns.py. Nothing here knows a name, and a pronoun without a person before it stays out of the table.
"""

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from onrecord.reading.noun_phrases import PREPOSITION, QUOTES
from onrecord.reading.sentences import Document, Sentence, Token

MALE, FEMALE = frozenset({"he", "his", "him", "himself"}), frozenset({"she", "her", "hers", "herself"})
GENDER = dict.fromkeys(MALE, "m") | dict.fromkeys(FEMALE, "f")
FARTHEST_SENTENCES = 14
"""How many sentences back a pronoun looks first. From 6 to 40 as many speakers of the train pages are right."""
MOST_MENTIONS = 80
"""Mentions before a pronoun that are looked at; FARTHEST_SENTENCES sentences of the train pages hold fewer."""

WEIGHTS = {
    "same sentence": 3.21,
    "one sentence before": 1.58,
    "two sentences before": 0.13,
    "further": -0.26,
    "subject": -0.03,
    "oblique": -0.0,
    "only quoted": 0.3,
    "last speaker": -0.23,
    "last speaker, source": 1.57,
    "last pronoun": 0.37,
    "gender known": 1.08,
    "mentions": 0.19,
    "same paragraph": 0.13,
    "same sentence, subject": 0.53,
    "unsure": -1.13,
    "same sentence, behind": -1.1,
    "leads": 0.23,
}


class Mention(msgspec.Struct, frozen=True):
    """One mention of a person: who by its fullest name or description, gender m, f or None.

    subject: no preposition before it, no possessive behind it; leads: no other person before it in its sentence;
    source: something is said by it; quoted: it stands in a quotation; sure: it is surely a person.
    """

    start: int
    end: int
    sentence: int
    who: str
    gender: str | None = None
    subject: bool = True
    leads: bool = False
    source: bool = False
    quoted: bool = False
    pronoun: bool = False
    sure: bool = True


class Anaphor(msgspec.Struct, frozen=True):
    """What is to be resolved: a pronoun, or a description such as "the pilot", whose gender may be None.

    source: something is said by it; behind: a comma or a closing quotation stands before it; subject: "he", "she".
    """

    start: int
    end: int
    sentence: Sentence
    gender: str | None
    source: bool = True
    behind: bool = False
    quoted: bool = False
    subject: bool = True


class Contest(msgspec.Struct, frozen=True):
    """The persons who may be meant by an anaphor, each with what speaks for it, and the best of them."""

    anaphor: Anaphor
    rivals: list[tuple[Mention, dict[str, float]]]
    best: Mention | None


def antecedents(
    document: Document, mentions: Sequence[Mention], genders: dict[str, str], anaphors: Sequence[Anaphor]
) -> dict[int, Mention]:
    """Return the mention that each pronoun or description stands for, by its start.

    Args:
        document: what they stand in.
        mentions: persons in text order.
        genders: what else is known of the gender of who, m or f.
        anaphors: what to resolve, in text order.
    """
    contests = contests_of(document, mentions, genders, anaphors)
    return {contest.anaphor.start: contest.best for contest in contests if contest.best is not None}


def contests_of(
    document: Document, mentions: Sequence[Mention], genders: dict[str, str], anaphors: Sequence[Anaphor]
) -> Iterator[Contest]:
    """Yield the persons who may be meant by each anaphor, with what speaks for them; arguments as in antecedents."""
    starts = [mention.start for mention in mentions]
    resolved: list[Mention] = []
    for anaphor in anaphors:
        end = bisect_left(starts, anaphor.start)
        near = mentions[max(0, end - MOST_MENTIONS) : end]
        contest = contest_of(document, anaphor, near, resolved, genders)
        yield contest
        if contest.best is not None and not anaphor.quoted:
            resolved = [*resolved[-MOST_MENTIONS:], as_mention(anaphor, contest.best)]


def as_mention(anaphor: Anaphor, best: Mention) -> Mention:
    """Return what was resolved as a mention of the person it stands for."""
    return Mention(
        start=anaphor.start,
        end=anaphor.end,
        sentence=anaphor.sentence.index,
        who=best.who,
        gender=anaphor.gender or best.gender,
        subject=anaphor.subject,
        leads=anaphor.subject,
        source=anaphor.source,
        pronoun=True,
        sure=best.sure,
    )


def pronouns_of(document: Document, sources: frozenset[int]) -> list[Anaphor]:
    """Return the pronouns of a document in text order; sources are where the sources start that say something."""
    found = []
    for sentence in document.sentences:
        for i, token in enumerate(sentence.tokens):
            gender = GENDER.get(token.lower)
            if gender is None:
                continue
            before = sentence.tokens[i - 1].text if i else ""
            found.append(
                Anaphor(
                    token.start,
                    token.end,
                    sentence,
                    gender,
                    source=token.start in sources,
                    behind=before == "," or before in QUOTES,
                    quoted=is_quoted(document, sentence, token.start),
                    subject=token.lower in ("he", "she"),
                )
            )
    return found


def contest_of(
    document: Document,
    anaphor: Anaphor,
    near: Sequence[Mention],
    resolved: Sequence[Mention],
    genders: dict[str, str],
) -> Contest:
    """Return who may be meant by an anaphor; best is None when nobody stands before it."""
    last_pronoun = next((m.who for m in reversed(resolved) if anaphor.gender in (None, m.gender)), None)
    speaker = last_speaker(near, resolved)
    best, highest, rivals = None, -math.inf, []
    for mentions in candidates(anaphor, near, resolved, genders).values():
        for_it = features(document, anaphor, mentions, (speaker, last_pronoun), genders)
        rivals.append((mentions[-1], for_it))
        score = sum(WEIGHTS[name] * value for name, value in for_it.items())
        if score > highest:
            best, highest = mentions[-1], score
    return Contest(anaphor, rivals, best)


def candidates(
    anaphor: Anaphor, near: Sequence[Mention], resolved: Sequence[Mention], genders: dict[str, str]
) -> dict[str, list[Mention]]:
    """Return the persons who may be meant, each with mentions in text order, the nearest last."""
    least = anaphor.sentence.index - FARTHEST_SENTENCES
    found: dict[str, list[Mention]] = {}
    further: dict[str, list[Mention]] = {}
    for mention in sorted([*near, *resolved], key=lambda m: m.start):
        gender = mention.gender or genders.get(mention.who)
        if gender is None or anaphor.gender in (None, gender):
            (found if mention.sentence >= least else further).setdefault(mention.who, []).append(mention)
    return found or further


def last_speaker(near: Sequence[Mention], resolved: Sequence[Mention]) -> str | None:
    """Return who said something last."""
    said = [m for m in (*near, *resolved) if m.source and not m.quoted]
    return max(said, key=lambda m: m.start).who if said else None


def features(
    document: Document,
    anaphor: Anaphor,
    mentions: list[Mention],
    last: tuple[str | None, str | None],
    genders: dict[str, str],
) -> dict[str, float]:
    """Return what speaks for and against a person, by the names of WEIGHTS; last are the last speaker and pronoun."""
    speaker, last_pronoun = last
    outside = [m for m in mentions if not m.quoted]
    nearest = (outside or mentions)[-1]
    far = anaphor.sentence.index - nearest.sentence
    same_paragraph = document.sentences[nearest.sentence].paragraph == anaphor.sentence.paragraph
    who = nearest.who
    return {
        "same sentence": far == 0,
        "one sentence before": far == 1,
        "two sentences before": far == 2,
        "further": max(0, far - 2),
        "subject": nearest.subject and far > 0,
        "oblique": not nearest.subject,
        "only quoted": not outside,
        "last speaker": who == speaker,
        "last speaker, source": who == speaker and anaphor.source,
        "last pronoun": who == last_pronoun,
        "gender known": (nearest.gender or genders.get(who)) is not None,
        "mentions": math.log(len(mentions)),
        "same paragraph": same_paragraph,
        "same sentence, subject": far == 0 and nearest.subject,
        "same sentence, behind": far == 0 and anaphor.behind,
        "unsure": not nearest.sure,
        "leads": nearest.leads and far > 0,
    }


def is_subject(tokens: Sequence[Token], first: int, end: int) -> bool:
    """Say whether the words first to end can be a subject: no preposition before them, no possessive behind."""
    if end < len(tokens) and tokens[end].lower in ("'s", "'"):
        return False
    at = first - 1
    while at >= 0 and (tokens[at].capital or tokens[at].lower in ("the", "a", "an", ".")) and at > first - 6:
        at -= 1
    return at < 0 or tokens[at].lower not in PREPOSITION


def is_quoted(document: Document, sentence: Sentence, position: int) -> bool:
    """Say whether a character stands in a quotation of its paragraph."""
    paragraph = document.paragraphs[sentence.paragraph]
    return any(q.start < position < q.end for q in paragraph.quotations if not q.single)
