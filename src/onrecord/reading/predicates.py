"""The predicate of a counted noun phrase: the outcome word to its right.

"23 people were hurt", "three dead", "people trapped in", "thousands marched", "seven marines into custody". Goes from
tokens and outcome hits to one Link; the left side and lists are in outcome_rules.py.
"""

import msgspec

from onrecord.reading.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    NounPhrase,
    class_of,
)
from onrecord.reading.number_words import is_plain
from onrecord.reading.outcomes import Hit, fits
from onrecord.reading.sentences import Token

RIGHT_REACH = 24
"""Tokens searched behind a noun phrase for its predicate; 99 % of those in the coded training pages stand nearer."""
MOST_COMMAS = 5
"""Commas and brackets passed on the way: appositions and ages, but no other clause."""

BREAKS = frozenset("while but when whereas because although though before if unless".split())
SUBORDINATES = frozenset({"after"})
SPEECH = frozenset(
    "said says told reported added announced saying adding reports confirmed warned claimed according tweeted "
    "wrote agreed believe believes denied accused".split()
)
STATING = frozenset("feared reported confirmed believed presumed found left remain remained remains lay".split())
PASSED_OVER = frozenset("the a as so well later to being made".split())
OBJECT_OPENERS = frozenset("the a an his her its their this that these those him them another himself herself".split())
BRINGING = frozenset(
    "took take takes taking taken left leaving leaves made making rendered rendering sent sending put rushed forced "
    "forcing".split()
)
SUFFERING = frozenset("with suffered sustained minor serious suffering sustaining had have has".split())
IRREGULAR_PARTICIPLES = frozenset("shot hurt hit struck burnt sunk lost cut sent shut held paid".split())
PARTICIPLE_OPENERS = frozenset("shot hurt hit struck blown torn taken put set in under behind held".split())


class Link(msgspec.Struct, frozen=True):
    """The outcome of a number: the hit it rests on and on which side that stands (phrase, right, left, noun, shared).

    subset says that the number is a part of another one: "was among the dead".
    """

    hit: Hit
    side: str
    subset: bool = False


class _Scan:
    """What has been passed since the noun phrase: be, have, whether nothing of weight stands between."""

    def __init__(self, phrase: NounPhrase, tokens: tuple[Token, ...]) -> None:
        self.phrase, self.tokens = phrase, tokens
        self.be = self.have = False
        self.adjacent = True
        self.commas = 0

    def goes_on(self, at: int) -> bool:
        """Say whether the predicate can still come behind the token."""
        token, lower = self.tokens[at], self.tokens[at].lower
        clause = lower == "that" and at != self.phrase.last
        if clause or lower in BREAKS or lower in SPEECH or token.text in ";:\u2014":
            return False
        if lower in SUBORDINATES and not self.adjacent and (self.be or self.have):
            return False
        if lower in (",", "(", ")", "-"):
            self.commas += 1
            return self.commas <= MOST_COMMAS
        return not ((self.be or self.have) and self._other_predicate(token))

    def _other_predicate(self, token: Token) -> bool:
        """Say whether a word behind an auxiliary is a predicate of its own: "were playing", "is critical"."""
        lower = token.lower
        if (
            lower in PREPOSITIONS
            or lower in ADVERBS
            or lower in AUXILIARIES
            or lower in RELATIVES
            or lower.endswith("ly")
        ):
            return False
        if lower in PASSED_OVER or lower in STATING or lower in ("and", "or"):
            return False
        return token.text[0].isalpha() and not token.capital and class_of(lower) is None

    def take(self, at: int) -> None:
        """Note what a token changes."""
        lower = self.tokens[at].lower
        if lower in BE:
            self.be = self.be or lower != "'s" or self.tokens[at - 1].lower in PRONOUNS
        elif lower in HAVE:
            self.have = True
        elif lower in STATING and (lower != "left" or self.be or self.adjacent):
            self.be = True
        light = lower in ADVERBS or lower.endswith("ly") or lower in BE or lower in HAVE
        self.adjacent = self.adjacent and (light or lower in ("reported", "feared", "(", ")"))


def to_right(hits: list[Hit], phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find the predicate of a phrase to its right; None when another clause begins first."""
    stop = min(len(tokens), phrase.last + RIGHT_REACH)
    by_first: dict[int, list[Hit]] = {}
    for hit in hits:
        if phrase.last <= hit.first < stop:
            by_first.setdefault(hit.first, []).append(hit)
    if not by_first:
        return None
    scan = _Scan(phrase, tokens)
    for at in range(phrase.last, stop):
        here = by_first.get(at, ())
        for hit in here:
            if _accepted(hit, scan):
                return Link(hit, "right")
        if not scan.be and any(hit.word.part in ("verb", "intransitive") for hit in here):
            return None
        if scan.be and tokens[at].lower in ("among", "amongst"):
            for hit in (*by_first.get(at + 1, ()), *by_first.get(at + 2, ()), *by_first.get(at + 3, ())):
                return Link(hit, "right", subset=True)
        if not scan.goes_on(at):
            return None
        scan.take(at)
    return None


def _accepted(hit: Hit, scan: _Scan) -> bool:
    """Say whether an outcome word is the predicate of the phrase."""
    word, tokens, phrase = hit.word, scan.tokens, scan.phrase
    before = tokens[hit.first - 1].lower
    if not fits(word.needs, phrase.counted_class, word.outcome, bare=phrase.head is None):
        return False
    if word.part == "state":
        return scan.be or scan.have or scan.adjacent or _relative(tokens, hit.first, phrase.last) or _brought(scan)
    if word.part == "intransitive":
        return _intransitive(hit, scan)
    if word.part == "noun_damage":
        return before in SUFFERING
    if word.part == "noun":
        return word.outcome == "injured" and any(
            token.lower in SUFFERING for token in tokens[max(0, hit.first - 2) : hit.first]
        )
    if word.part != "verb":
        return False
    if word.words[0] in BE:
        return True
    if word.words[0].endswith("ing"):
        return before == "being"
    if not participle(hit):
        return word.outcome in ("evacuated", "displaced") and before == "to"
    if scan.be or scan.have:
        return scan.be
    return scan.adjacent and not _takes_object(hit, tokens)


def _intransitive(hit: Hit, scan: _Scan) -> bool:
    """Say whether a verb without object has the phrase as its subject."""
    if hit.word.words[0].endswith("ing") and not scan.be and not scan.adjacent:
        return False
    before = scan.tokens[hit.first - 1].lower
    stated = scan.adjacent or scan.be or scan.have or before in RELATIVES or before in MODALS or before == "to"
    return stated or _only_phrases(scan.tokens, scan.phrase.last, hit.first)


def _takes_object(hit: Hit, tokens: tuple[Token, ...]) -> bool:
    """Say whether an object follows, so that the phrase is the one who did it: "two men killed a guard"."""
    if hit.last >= len(tokens):
        return False
    following = tokens[hit.last]
    return (
        following.lower in OBJECT_OPENERS
        or is_plain(following.lower)
        or following.text[0].isdigit()
        or following.capital
    )


def _brought(scan: _Scan) -> bool:
    """Say whether the phrase is the object of a verb that brings it somewhere: "took seven men into custody"."""
    first = scan.phrase.first
    return any(token.lower in BRINGING for token in scan.tokens[max(0, first - 7) : first])


def _relative(tokens: tuple[Token, ...], at: int, low: int) -> bool:
    return any(token.lower in RELATIVES for token in tokens[max(low, at - 3) : at])


def _only_phrases(tokens: tuple[Token, ...], low: int, high: int) -> bool:
    """Say whether only prepositional phrases stand between: "hundreds of people in two towns died"."""
    between = tokens[low:high]
    if not between:
        return True
    if between[0].lower not in PREPOSITIONS and between[0].text != ",":
        return False
    return not any(t.lower in AUXILIARIES or t.lower in PRONOUNS for t in between) and len(between) <= 8


def participle(hit: Hit) -> bool:
    """Say whether a verb form can be a past participle."""
    first, last = hit.word.words[0], hit.word.words[-1]
    word = first if first in ("shot", "gunned", "found") else last
    return (
        word.endswith(("ed", "en", "wn", "ain", "lt", "nt", "pt", "ht", "un", "ung"))
        or first.endswith(("ed", "en", "wn", "ht", "un"))
        or word in IRREGULAR_PARTICIPLES
        or first in PARTICIPLE_OPENERS
    )
