"""Phrases that look like a single victim and are none: "shot by an unknown man", "the infant escaped injuries".

Words of one sentence go in, yes or no comes out. What kind of number is no figure stands in non_figures.py; whether a
phrase has an outcome at all is decided where the model and the rules are weighed.
"""

from collections.abc import Sequence

from onrecord.lexicon import words
from onrecord.reading.grammar import ADVERBS, BE
from onrecord.reading.predicates import IRREGULAR_PARTICIPLES
from onrecord.reading.sentences import Token

ESCAPING = frozenset({"escaped", "escapes", "escaping", "avoided", "avoids"})
HARM = frozenset("injury injuries harm death unhurt unharmed uninjured unscathed".split())
HARM_REACH = 3
"""Words from "escaped" to what was escaped: "escaped without serious injury"."""
DOING = frozenset({"by", "at"})
"""Words before one who does it ("shot by a man") or is only aimed at ("shooting at the officer")."""
MEMBER_OPENERS = BE | {"as", "be", ",", "\u2014", "\u2013", "("}
"""Words before "one of" that make it a description of somebody: "was one of the victims", ", one of the leaders"."""

THEM = frozenset("them whom which these those".split())
"""Words for a group told before, of which "one of" does count one: "seven drones, one of them over the harbour"."""


def is_spared(following: Sequence[str]) -> bool:
    """Say whether the words behind a phrase tell that its person came to no harm: "escaped injuries"."""
    at = next(
        (k for k, word in enumerate(following) if word not in ADVERBS and not word.endswith("ly")), len(following)
    )
    if list(following[at : at + 1]) == ["had"]:
        at += 1
    if at >= len(following) or following[at] not in ESCAPING:
        return False
    return not HARM.isdisjoint(following[at + 1 : at + 1 + HARM_REACH])


def is_doer(before: Sequence[str]) -> bool:
    """Say whether the words before a phrase make its person the one who does it: "was shot by"."""
    if not before or before[-1] not in DOING or len(before) < 2:
        return False
    verb = before[-2]
    return verb.endswith(("ed", "ing")) or verb in IRREGULAR_PARTICIPLES | words("irregular_pasts")


def describes_member(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether "one of" tells who somebody is and counts nothing: "the driver was one of the victims".

    Args:
        tokens: the words of the sentence.
        first: the first word of the number.
        last: the word behind it.
    """
    is_one = last - first == 1 and tokens[first].lower == "one"
    group = [token.lower for token in tokens[last : last + 2]]
    named = group[:1] == ["of"] and not THEM.issuperset(group[1:])
    return is_one and named and first > 0 and tokens[first - 1].lower in MEMBER_OPENERS
