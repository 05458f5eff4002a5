"""Whose name stands with a description: "the sub-prefect, Ana Torv,", "a butcher" who is named in the next sentence.

A source in words and the names of the page go in, the mention that names its bearer comes out, or None. Offices and
roles that are tied to a name elsewhere on the page are left to people_roles.py, bodies to people_bodies.py.
"""

from collections.abc import Sequence
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.names import Named, heads, office_heads
from onrecord.reading.noun_phrases import DETERMINER
from onrecord.reading.people_bodies import Bodies
from onrecord.reading.people_names import SPEAKING, Names
from onrecord.reading.sentences import Sentence, Token
from onrecord.records import Span

NO_BEARER = ("group", "organisation", "outlet", "wire", "document")
"""Kinds of head words behind which a name is not that of one person."""
FARTHEST_NAME = 2
"""Sentences behind "an official" of the lead in which the official is named: of 2 to 5 best on the train pages."""
LONGEST_GAP = 3
"""Words between the comma behind a description and the name: "the chair, retired judge Ana Torv"."""
CLOSING = frozenset({",", ".", ";", ")", "\u2014", "\u2013", "-", '"', "\u201d"})
"""Marks behind a name that stands in apposition."""


@cache
def office_words(kind: str) -> frozenset[str]:
    """Return the words of lexicon/office_words.tsv of one class."""
    return frozenset(row["word"] for row in rows("office_words") if row["class"] == kind)


@cache
def no_bearers() -> frozenset[str]:
    """Return the words that end the description of several persons, of a body or of a document."""
    return frozenset().union(*(heads(kind) for kind in NO_BEARER))


def describes_one(words: Sequence[Token], head: Token) -> bool:
    """Say whether words are the description of one person or thing: "the sub-prefect", "Norvale's fire chief"."""
    if head.capital or head.lower in no_bearers():
        return False
    owned = any(word.lower in ("'s", "\u2019s") for word in words if word.start < head.start)
    return owned or (words[0].lower in DETERMINER and words[0] is not head)


def apposed(
    text: str, sentence: Sentence, names: Names, bodies: Bodies, source: Span, words: Sequence[Token], head: Token
) -> Named | None:
    """Return the name in apposition to a description, inside the source or right behind it; None without one."""
    if not describes_one(words, head):
        return None
    comma = next((word.start for word in words if word.start >= head.end and word.text == ","), source.end)
    if text[comma : comma + 2] != ", ":
        return None
    for named in names.by_sentence.get(sentence.index, ()):
        if named.start > comma:
            return (
                named
                if stands_apposed(text, sentence, names, comma, named) and not bodies.joined_at(named.start)
                else None
            )
    return None


def stands_apposed(text: str, sentence: Sentence, names: Names, comma: int, named: Named) -> bool:
    """Say whether a name of several words follows the comma, alone or with its bearer's titles, and then ends."""
    if len(named.words) < 2 or named.body or not names.may_be_person(named):
        return False
    gap = text[comma + 1 : named.start].split()
    if len(gap) > LONGEST_GAP or (gap and gap[-1].lower().strip(".") not in heads("title") | office_heads()):
        return False
    if any(word.lower() in DETERMINER or not word.strip(".").isalpha() for word in gap):
        return False
    behind = next((token for token in sentence.tokens if token.start >= named.end), None)
    return behind is None or behind.text in CLOSING or behind.lower in SPEAKING


def own_name(names: Names, source: Span) -> Named | None:
    """Return the full name of the person whom a source names, with nothing but offices before it; None without one."""
    inside = names.at(source.start, source.end)
    if len(inside) != 1 or len(inside[0].words) < 2 or not names.is_person(inside[0]):
        return None
    return inside[0] if inside[0].roles or inside[0].start == source.start else None


def may_be_called(head: str, roles: frozenset[str]) -> bool:
    """Say whether "an official" and the like can be somebody with these roles: the same word, or a wide one."""
    return head in roles or (head in office_words("wide") and not roles & office_words("elected"))


def can_be_called(words: Sequence[Token], head: str, roles: frozenset[str]) -> bool:
    """Say whether somebody with these roles can be meant by "the pilot", which nothing else on the page explains.

    An office is not guessed ("the governor" is nobody who is not called so), nor is somebody's relative, and who holds
    a high office is not called by a trade.
    """
    elected, leading = office_words("elected"), office_words("leading")
    if any(word.lower in ("'s", "\u2019s") for word in words) or head in heads("office") - leading - roles:
        return False
    return not roles & elected or head in roles | elected | leading | office_words("political")
