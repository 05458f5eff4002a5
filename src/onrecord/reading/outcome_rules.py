"""Which outcome word a number belongs to: inside its noun phrase, to the right, to the left, or shared with a list.

Goes from tokens and outcome hits to one Link per number; knows nothing of values, sources or kinds.
"""

import msgspec

from onrecord.reading.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    NounPhrase,
    class_of,
)
from onrecord.reading.outcomes import ANIMATE_CLASSES, PERSON_CLASSES, Hit
from onrecord.reading.sentences import Token

RIGHT_REACH = 24
"""Tokens searched to the right of a noun phrase for its predicate; 95 % of the coded ones stand nearer."""
LEFT_REACH = 26
"""Tokens searched to the left for a noun such as "death toll"."""

BREAKS = frozenset("while but when whereas because although though before if unless".split())
SUBORDINATES = frozenset({"after"})
SPEECH = frozenset(
    "said says told reported added announced saying adding reports confirmed warned claimed according tweeted wrote".split()
)
TOLL_VERBS = frozenset(
    "to at of reached reaches reaching hit stood stands was is were topped topping exceeded passed surpassed as : "
    "rises rose climbs jumped totaled totalled totals numbered including total had has from by put with".split()
)
PASSIVE_OPENERS = BE | frozenset(
    "left feared reported confirmed believed found presumed remain remained remains lay made".split()
)
OBJECT_OPENERS = frozenset("the a an his her its their this that these those him them another himself herself".split())
SHARED_LINKS = frozenset({"and", "or", ",", "plus", "&"})
INCLUDING = frozenset("including includes included include among with comprising".split())
BRINGING = frozenset(
    "took take takes taking taken left leaving leaves made making rendered rendering sent sending put rushed forced forcing".split()
)
COMMON_PASTS = frozenset(
    "won lost made took taken given gave got held began begun bought sold built cut fell fallen rose risen grew grown "
    "ran sent spent paid went gone came left kept met led brought drew drawn wrote written cast set hit saw seen shown "
    "found put".split()
)
NO_VERBS = frozenset(
    "including according during following regarding concerning being having based hundred united red used need feed "
    "indeed speed seed king ring spring string thing something anything nothing everything morning evening building "
    "meeting ceiling wedding bed shed wed sacred hundred embed bleed exceed hatred naked wicked related limited".split()
)
LIFE_NOUNS = frozenset({"lives", "life"})


class Link(msgspec.Struct, frozen=True):
    """The outcome of a number: the hit it rests on, where it stands, whether the number is a part of another one.

    side is phrase, right, left, noun or shared; part_of is the number (by position) that this one is joined to.
    """

    hit: Hit
    side: str
    subset: bool = False


def in_phrase(hits: list[Hit], phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find the outcome inside the phrase: "23 deaths", "12 wounded soldiers", "14 of the injured", "88 cases"."""
    chosen = None
    for hit in hits:
        if not phrase.first <= hit.first < max(phrase.last, phrase.first + 1) or hit.last > phrase.last + 2:
            continue
        part = hit.word.part
        if part in ("noun", "noun_damage", "noun_of") and hit.last >= phrase.last:
            return Link(hit, "phrase")
        if part == "state" or (part == "verb" and _participle(hit)):
            chosen = chosen or Link(hit, "phrase")
    del tokens
    return chosen


def _participle(hit: Hit) -> bool:
    """Say whether a verb form can be a past participle."""
    word = hit.word.words[-1] if hit.word.words[0] not in ("shot", "gunned", "found") else hit.word.words[0]
    first = hit.word.words[0]
    return (
        word.endswith(("ed", "en", "wn", "ain", "lt", "nt", "pt", "ht", "un", "ung"))
        or first.endswith(("ed", "en", "wn", "ht", "un"))
        or word in ("shot", "hurt", "hit", "struck", "burnt", "sunk", "lost", "cut", "sent", "shut", "held", "paid")
        or first in ("shot", "hurt", "hit", "struck", "blown", "torn", "taken", "put", "set", "in", "under", "behind", "held")
    )  # fmt: skip


def to_right(hits: list[Hit], phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find the predicate of a phrase: "23 people were hurt", "three dead", "people trapped", "thousands marched"."""
    be = have = False
    at = phrase.last
    stop = min(len(tokens), at + RIGHT_REACH)
    by_first = {}
    for hit in hits:
        if at <= hit.first < stop:
            by_first.setdefault(hit.first, []).append(hit)
    adjacent = True
    depth_commas = 0
    while at < stop:
        lower = tokens[at].lower
        for hit in by_first.get(at, ()):
            link = _accept_right(hit, phrase, tokens, be=be, have=have, adjacent=adjacent)
            if link is not None:
                return link
        if at in by_first:
            active = [h for h in by_first[at] if h.word.part in ("verb", "intransitive")]
            if active and not be:
                return None
        if lower in ("among", "amongst", "between") and be and at + 2 < len(tokens):
            for hit in by_first.get(at + 1, []) + by_first.get(at + 2, []) + by_first.get(at + 3, []):
                return Link(hit, "right", subset=True)
        if lower in BREAKS or lower in SPEECH or tokens[at].text in ";:\u2014":
            return None
        if lower in SUBORDINATES and not adjacent and (be or have):
            return None
        if lower == "," or lower in ("(", ")", "-"):
            depth_commas += 1
            if depth_commas > 5:
                return None
        if lower in BE:
            be = be or lower != "'s" or tokens[at - 1].lower in PRONOUNS
        elif lower in HAVE:
            have = True
        elif lower in PASSIVE_OPENERS and not (lower in ("left", "made") and not be and adjacent is False):
            be = be or lower in ("feared", "reported", "confirmed", "believed", "presumed", "found", "left")
        elif lower in ADVERBS or lower in MODALS or lower in RELATIVES or lower in ("to", "being"):
            pass
        elif (
            (be or have)
            and lower not in PREPOSITIONS
            and lower not in (",", "and", "or", "(", ")")
            and not lower.endswith("ly")
        ):
            if (
                tokens[at].text[0].isalpha()
                and not tokens[at].capital
                and class_of(lower) is None
                and lower not in ("the", "a", "as", "so", "well", "later")
            ):
                return None
        adjacent = adjacent and (
            lower in ADVERBS
            or lower.endswith("ly")
            or lower in BE
            or lower in HAVE
            or lower in ("reported", "feared", "(", ")")
        )
        at += 1
    return None


def _accept_right(
    hit: Hit, phrase: NounPhrase, tokens: tuple[Token, ...], *, be: bool, have: bool, adjacent: bool
) -> Link | None:
    """Say whether an outcome word to the right is the predicate of the phrase."""
    word = hit.word
    if not fits(word.needs, phrase, word.outcome):
        return None
    following = tokens[hit.last].lower if hit.last < len(tokens) else "."
    first = word.words[0]
    if word.part == "state":
        return (
            Link(hit, "right") if be or have or adjacent or _after(tokens, hit.first, phrase.last, RELATIVES) else None
        )
    if word.part == "intransitive":
        gerund = first.endswith("ing")
        if gerund and not be and not adjacent:
            return None
        previous = tokens[hit.first - 1].lower
        ok = adjacent or be or have or previous in RELATIVES | MODALS | {"to"} or _clause_start(tokens, phrase, hit)
        return Link(hit, "right") if ok else None
    if word.part != "verb":
        return None
    if first.endswith("ing"):
        return Link(hit, "right") if tokens[hit.first - 1].lower == "being" else None
    if not _participle(hit):
        moved = word.outcome in ("evacuated", "displaced") and tokens[hit.first - 1].lower == "to"
        return Link(hit, "right") if moved else None
    if be:
        return Link(hit, "right")
    if have:
        return None
    takes_object = (
        following in OBJECT_OPENERS
        or (following[:1].isdigit())
        or (hit.last < len(tokens) and tokens[hit.last].capital)
    )
    if adjacent and not takes_object:
        return Link(hit, "right")
    return None


def _brought(tokens: tuple[Token, ...], phrase: NounPhrase) -> bool:
    """Say whether the phrase is the object of a verb that leaves or brings it somewhere: "took seven men into custody"."""
    return any(t.lower in BRINGING for t in tokens[max(0, phrase.first - 7) : phrase.first])


def _after(tokens: tuple[Token, ...], at: int, low: int, kinds: frozenset[str]) -> bool:
    return any(t.lower in kinds for t in tokens[max(low, at - 3) : at])


def _clause_start(tokens: tuple[Token, ...], phrase: NounPhrase, hit: Hit) -> bool:
    """Say whether only prepositional phrases stand between the phrase and the word: "hundreds of people in X died"."""
    between = tokens[phrase.last : hit.first]
    if not between:
        return True
    if between[0].lower not in PREPOSITIONS and between[0].text != ",":
        return False
    return not any(t.lower in AUXILIARIES or t.lower in PRONOUNS for t in between) and len(between) <= 8


def to_left(hits: list[Hit], first: int, phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find the verb whose object the number is: "killed at least 23", "injuring 40", "the murder of two people"."""
    at = first
    while at > 0 and (
        tokens[at - 1].lower in ("of", "the", "its", "his", "their", "a", "another", "further", "further", "additional", "as", "(", "\"", "“")
        or tokens[at - 1].lower in ADVERBS
        or (tokens[at - 1].lower.endswith("ly") and len(tokens[at - 1].lower) > 4)
    ) and first - at < 4:  # fmt: skip
        at -= 1
    for position in dict.fromkeys((first, at)):
        for hit in hits:
            near = (
                hit.last == position
                or at <= hit.last <= first
                or (hit.word.part == "noun_damage" and hit.last <= first)
            )
            if hit.last > first or not near:
                continue
            link = _accept_left(hit, phrase, tokens, first)
            if link is not None:
                return link
    return None


def _accept_left(hit: Hit, phrase: NounPhrase, tokens: tuple[Token, ...], first: int) -> Link | None:
    """Say whether an outcome word to the left has the number as its object."""
    word = hit.word
    following = tokens[hit.last].lower if hit.last < len(tokens) else ""
    if word.part == "noun_damage":
        joined = following in ("to", "across", "at", "on", "in") and first - hit.last <= 3
        return Link(hit, "left") if joined and phrase.counted_class not in PERSON_CLASSES else None
    if word.part == "noun_of":
        if following == "of" and fits(frozenset(), phrase, word.outcome):
            return Link(hit, "left")
        return None
    if word.part not in ("verb", "state", "intransitive"):
        return None
    if word.part == "intransitive" and not (word.outcome == "attended" and phrase.counted_class not in PERSON_CLASSES):
        return None
    if word.part == "intransitive":
        return None
    if word.part == "state":
        return None
    if not fits(word.needs, phrase, word.outcome) and not (
        phrase.head is not None and tokens[phrase.head].lower in LIFE_NOUNS
    ):
        return None
    if following == "of" and word.words[-1] not in ("of", "lives", "life"):
        return None
    before = tokens[hit.first - 1].lower if hit.first else ""
    if before in BE and _participle(hit) and not word.words[0].endswith("ing"):
        return None
    if tokens[first - 1].lower == "to" and hit.last != first:
        return None
    return Link(hit, "left")


def noun_left(hits: list[Hit], first: int, tokens: tuple[Token, ...]) -> Link | None:
    """Find the noun a number completes: "the death toll rose to 60", "the number of injured stood at 112"."""
    best = None
    for hit in hits:
        if hit.last > first or first - hit.last > LEFT_REACH:
            continue
        counted = _number_of(tokens, hit)
        if hit.word.part not in ("noun",) and not counted:
            continue
        between = [t.lower for t in tokens[hit.last : first]]
        if any(word in BREAKS or word in (";", "\u2014") for word in between):
            continue
        linked = bool(between) and between[-1] in (
            "to",
            "at",
            "of",
            ":",
            "reached",
            "was",
            "is",
            "hit",
            "topped",
            "stood",
            "exceeded",
            "passed",
            "from",
            "reaching",
            "as",
            "were",
            "surpassed",
            "high",
            "totaled",
            "totalled",
            "by",
        )
        if linked and (
            counted
            or hit.word.words[-1]
            in (
                "toll",
                "count",
                "casualties",
                "deaths",
                "fatalities",
                "injuries",
                "hits",
                "dead",
                "turnout",
                "attendance",
                "crowd",
            )
        ):
            best = Link(hit, "noun")
    return best


def _number_of(tokens: tuple[Token, ...], hit: Hit) -> bool:
    """Say whether "the number of" (or count, total) opens the phrase in which the hit stands."""
    words = [t.lower for t in tokens[max(0, hit.first - 6) : hit.first]]
    return any(
        a in ("number", "numbers", "total", "count", "tally") and b == "of" for a, b in zip(words, words[1:] + [""])
    )


def fits(needs: frozenset[str], phrase: NounPhrase, outcome: str) -> bool:
    """Say whether what is counted can have this outcome: nobody kills a building, nobody injures a road."""
    kind = phrase.counted_class
    if "lives" in needs:
        return kind in ANIMATE_CLASSES
    if needs:
        if kind in needs:
            return True
        if kind in ("other", "incident"):
            return bool(needs & PERSON_CLASSES) and kind == "other"
        return phrase.head is None and bool(needs & PERSON_CLASSES)
    if outcome in ("killed", "missing", "injured", "killed_or_injured", "hospitalised", "infected", "displaced"):
        return kind in ANIMATE_CLASSES or kind in ("other", "incident") or (kind == "home" and outcome == "displaced")
    return True


def other_verb(phrase: NounPhrase, first: int, tokens: tuple[Token, ...]) -> int | None:
    """Return the token of a verb right beside a number that is none of the listed outcomes; None without one.

    Left: an -ed or -ing form, or a plain verb behind "to" or a modal. Right: a passive, an -ed form or a common past.
    """
    at = first - 1
    while at >= 0 and (
        tokens[at].lower in DETERMINERS or tokens[at].lower in ADVERBS or tokens[at].lower.endswith("ly")
    ):
        at -= 1
    if at >= 0 and _is_verb(tokens, at):
        return at
    at = phrase.last
    while at < len(tokens) and (
        tokens[at].lower in ADVERBS or tokens[at].lower in RELATIVES or tokens[at].lower.endswith("ly")
    ):
        at += 1
    passive = False
    while at < len(tokens) and (tokens[at].lower in AUXILIARIES or tokens[at].lower in ADVERBS):
        passive = passive or tokens[at].lower in BE
        at += 1
    if at < len(tokens) and (_is_verb(tokens, at) and (passive or not tokens[at].lower.endswith("ing"))):
        return at
    return None


def _is_verb(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a word looks like a verb that does something, not one of speech or of mere being."""
    lower = tokens[at].lower
    if tokens[at].capital or lower in SPEECH or lower in NO_VERBS:
        return False
    if lower in COMMON_PASTS or (lower.endswith(("ed", "ing")) and len(lower) > 4):
        return True
    before = tokens[at - 1].lower if at else ""
    return (
        before in ("to", "will", "would", "can", "could", "may", "might", "must", "should")
        and lower.isalpha()
        and (lower not in AUXILIARIES and lower not in PREPOSITIONS and lower not in ADVERBS)
    )
