"""Outcomes that a number shares with another one of its sentence: lists, gaps, parts, older values.

In go the numbers of one sentence with the outcomes of their own, out come the same numbers with those they share:
"two men and a boy died", "admitted 22 on Friday, 31 on Saturday", "21 of them minors", "up from 38". Which outcome a
number has of its own is decided in outcome_rules.py and predicates.py.
"""

from itertools import pairwise

import msgspec

from onrecord.reading.grammar import AUXILIARIES, CONJUNCTIONS, PREPOSITIONS, TIMES, NounPhrase, class_of
from onrecord.reading.outcome_rules import INCLUDING, SHARED_LINKS
from onrecord.reading.outcomes import PERSON_CLASSES, Hit, fits
from onrecord.reading.predicates import SPEECH, Link
from onrecord.reading.quantities import Quantity
from onrecord.reading.sentences import Sentence, Token

LIGHT = frozenset("as well a the his her their also".split())
JOINING = frozenset({",", "and", "or", ";", "then", "plus", "but"})
MOST_BETWEEN = 14
"""Tokens between a number and the part of it that "including" opens."""
LONGEST_GAP = 12
"""Tokens between two numbers that share a verb: "22 on Friday and, by noon on Sunday, 40"."""
FOLLOWING = frozenset("followed came".split())
THEM = frozenset("them whom these those which".split())
OTHERS = frozenset("others more other".split())


class Counted(msgspec.Struct, frozen=True):
    """A number of one sentence with its noun phrase and, when it has one, its outcome.

    told_in is the sentence of the outcome word where that is another one.
    """

    first: int
    last: int
    phrase: NounPhrase
    link: Link | None
    subset: bool = False
    single: bool = False
    quantity: Quantity | None = None
    kept: bool = True
    told_in: Sentence | None = None


class Told(msgspec.Struct, frozen=True):
    """The last figure of a toll in the sentences before: where it stands and its outcome."""

    sentence: Sentence
    link: Link


def gone_on(counted: Counted, tokens: tuple[Token, ...], earlier: Told) -> Counted:
    """Give a number without a noun the outcome of the sentence before that its own words go on with.

    "Five more followed", "Of these, three were children", "Two were doctors", "On Saturday alone there were 37", "a day
    earlier it had counted 66".
    """
    phrase, quantity = counted.phrase, counted.quantity
    bare = phrase.head is None or tokens[phrase.head].lower in OTHERS
    if counted.link is not None or not bare or quantity is None or quantity.type != "count":
        return counted
    before = [t.lower for t in tokens[max(0, counted.first - 4) : counted.first]]
    at = max(phrase.last, counted.last, quantity.noun)
    after = [t.lower for t in tokens[at : at + 3]] + ["", "", ""]
    part = bool(before) and any(word == "of" and then in (*THEM, "that") for word, then in pairwise(before))
    named = (
        after[0] in ("were", "was", "are", "is") and class_of(after[1 + (after[1] in ("a", "an"))]) in PERSON_CLASSES
    )
    followed = after[0] in FOLLOWING and (quantity.marks & {"more", "another"} or phrase.head is not None)
    stated = before[-2:] in (["there", "were"], ["there", "was"]) or before[-1:] in (
        ["counted"],
        ["numbered"],
        ["tallied"],
    )
    closed = not after[0][:1].isalpha() or after[0] in PREPOSITIONS
    if not (part or named or followed or (stated and closed)):
        return counted
    shared = Counted(counted.first, counted.last, phrase, as_shared(earlier.link), part or named, quantity=quantity)
    return msgspec.structs.replace(shared, told_in=earlier.sentence)


def as_shared(link: Link) -> Link:
    """Return the outcome of another number as one that is shared."""
    return Link(link.hit, "shared")


def joined(first: int, previous: Counted | None, tokens: tuple[Token, ...]) -> tuple[Link | None, bool]:
    """Return the outcome a number shares with the one before it, and whether "including" makes it a part of it."""
    if previous is None:
        return None, False
    between = [t.lower for t in tokens[max(previous.phrase.last, previous.last) : first]]
    if not between:
        return None, False
    subset = any(word in INCLUDING for word in between[-4:]) or between[-1] in ("them", "whom")
    if subset and len(between) <= MOST_BETWEEN:
        return (as_shared(previous.link) if previous.link else None), True
    if all(word in SHARED_LINKS or word in LIGHT for word in between):
        link = previous.link
        if link is not None and link.side in ("left", "shared"):
            return as_shared(link), previous.subset
        return None, previous.subset
    return None, False


def share_outcomes(found: list[Counted], tokens: tuple[Token, ...], hits: list[Hit]) -> list[Counted]:
    """Return the numbers of a sentence, in text order, with the outcomes that they share.

    Args:
        found: the numbers with the outcomes of their own.
        tokens: the sentence.
        hits: the outcome words in it; one between two numbers ends what they share.
    """
    shared = _older_values(found, tokens)
    shared = _from_next(shared, tokens)
    for at in range(1, len(shared)):
        link = shared[at].link
        if link is None:
            shared[at] = _from_before(shared, at, tokens, hits)
        elif link.hit.word.words == ("fatally",) and shared[at - 1].link is not None:
            shared[at - 1] = _some_fatally(shared[at - 1])
            shared[at] = msgspec.structs.replace(shared[at], subset=True)
    return shared


def _some_fatally(whole: Counted) -> Counted:
    """Count "four were shot, two fatally" as killed or injured."""
    link = whole.link
    if link is None or link.hit.word.outcome != "injured":
        return whole
    word = msgspec.structs.replace(link.hit.word, outcome="killed_or_injured")
    return msgspec.structs.replace(whole, link=Link(Hit(link.hit.first, link.hit.last, word), link.side, link.subset))


def _older_values(found: list[Counted], tokens: tuple[Token, ...]) -> list[Counted]:
    """Give a number the outcome of the one it is compared with: "up from 38", "a figure the army put at eight"."""
    given = list(found)
    for i in range(1, len(given)):
        here, before = given[i], given[i - 1]
        if here.link is not None or before.link is None or here.quantity is None or here.quantity.type != "count":
            continue
        between = [t.lower for t in tokens[max(before.phrase.last, before.last) : here.first]]
        compared = between[-2:] in (["up", "from"], ["down", "from"], ["compared", "with"], ["compared", "to"])
        against = (
            between[-1:] in (["against"], ["from"]) and len(between) <= MOST_BETWEEN and before.link.side == "noun"
        )
        rather = between in ([",", "not"], ["not"], [",", "against"])
        put = (
            between[-1:] == ["at"]
            and set(between) & {"put", "puts"}
            and set(between) & {"figure", "number", "toll", "count"}
        )
        if compared or put or against or rather:
            given[i] = msgspec.structs.replace(here, link=as_shared(before.link))
    return given


def _from_next(found: list[Counted], tokens: tuple[Token, ...]) -> list[Counted]:
    """Give a number without outcome that is joined to the next one the outcome of that: "two men and a boy died"."""
    given = list(found)
    for i in range(len(given) - 2, -1, -1):
        here, following = given[i], given[i + 1]
        if here.link is not None or following.link is None or following.link.side not in ("right", "shared"):
            continue
        between = [t.lower for t in tokens[max(here.phrase.last, here.last) : following.first]]
        if between and all(word in SHARED_LINKS for word in between) and _fits(following.link, here):
            given[i] = msgspec.structs.replace(here, link=as_shared(following.link))
    return given


def _from_before(found: list[Counted], at: int, tokens: tuple[Token, ...], hits: list[Hit]) -> Counted:
    """Give a number the outcome of one before it: of which it is a part, in whose list or in whose gap it stands."""
    here = found[at]
    if here.quantity is not None and here.quantity.type not in ("count", "share"):
        return here
    end = max(here.phrase.last, here.last)
    after = [t.lower for t in tokens[here.last : here.last + 2]]
    for before in reversed(found[:at]):
        if before.link is None or not _fits(before.link, here):
            continue
        if after[:1] == ["of"] and after[1:] and after[1] in THEM:
            return msgspec.structs.replace(here, link=as_shared(before.link), subset=True)
        low = max(before.phrase.last, before.last)
        if low <= before.link.hit.first < here.first:
            low = before.link.hit.last
        stretch = tokens[low : here.first]
        words = [t.lower for t in stretch]
        if _listed(tokens, found, before, at):
            return msgspec.structs.replace(here, link=as_shared(before.link), subset=True)
        bare = here.phrase.head is None or tokens[here.phrase.head].lower in OTHERS
        if bare and _told_by_another(words):
            return msgspec.structs.replace(here, link=as_shared(before.link), subset=before.subset)
        opens = words[:1] and words[0] in JOINING
        if not (opens or (bare and words[-1:] and words[-1] in JOINING)) or not set(words) & JOINING:
            return here
        open_end = (
            end >= len(tokens) or not tokens[end].text[0].isalnum() or tokens[end].lower in PREPOSITIONS | {"and"}
        )
        if _is_gap(stretch, hits, low, here.first) and open_end:
            part = before.subset or (bare and _spelled_out(found, at))
            return msgspec.structs.replace(here, link=as_shared(before.link), subset=part)
        return here
    return here


def _listed(tokens: tuple[Token, ...], found: list[Counted], whole: Counted, at: int) -> bool:
    """Say whether a number stands in the list behind a colon that spells out another: "11 are missing: six Danes"."""
    here = found[at]
    for place in range(here.first - 1, max(whole.phrase.last, whole.last) - 1, -1):
        if tokens[place].text == ":":
            between = tokens[place + 1 : here.first]
            return not any(token.lower in AUXILIARIES or token.lower in SPEECH for token in between)
    return False


def _spelled_out(found: list[Counted], at: int) -> bool:
    """Say whether a bare number and its neighbours add up to one before: "five died, two in Orvo and three in Lint"."""
    values = [one.quantity.point if one.quantity is not None else None for one in found]
    for whole in range(at):
        parts = values[whole + 1 :]
        for end in range(at - whole, len(parts) + 1):
            if end > 1 and None not in parts[:end] and sum(part or 0 for part in parts[:end]) == values[whole]:
                return True
    return False


def _told_by_another(words: list[str]) -> bool:
    """Say whether another source gives a number of the same: "30 men are trapped, the union says 44"."""
    return 1 < len(words) <= LONGEST_GAP and (words[-1] in SPEECH or words[-2:] == ["it", "at"])


def _fits(link: Link, here: Counted) -> bool:
    """Say whether what is counted can have the outcome of another number."""
    word = link.hit.word
    return fits(word.needs - {"known"}, here.phrase.counted_class, word.outcome, bare=here.phrase.head is None)


def _is_gap(stretch: tuple[Token, ...], hits: list[Hit], low: int, high: int) -> bool:
    """Say whether a stretch holds no verb: only joining words, times and phrases with a preposition."""
    if len(stretch) > LONGEST_GAP or any(low <= hit.first < high for hit in hits):
        return False
    for token in stretch:
        lower = token.lower
        if lower in AUXILIARIES or lower in SPEECH or lower in (CONJUNCTIONS - {"and", "or", "but"}):
            return False
        if lower in ("who", "which", "that", "where", "whose", "a", "an") or lower == "\u2014":
            return False
        if lower.endswith(("ed", "ing")) and len(lower) > 4 and lower not in TIMES and not token.capital:
            return False
    return True
