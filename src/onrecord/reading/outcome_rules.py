"""Which outcome word a number belongs to: inside its noun phrase, to the right, to the left, or shared with a list.

Goes from tokens and outcome hits to one Link per number; knows nothing of values, sources or kinds.
"""

from onrecord.lexicon import words
from onrecord.reading.grammar import ADVERBS, AUXILIARIES, BE, DETERMINERS, PREPOSITIONS, RELATIVES, NounPhrase
from onrecord.reading.outcomes import LIFE_NOUNS, OF_THE_LIVING, PERSON_CLASSES, Hit, fits
from onrecord.reading.predicates import BREAKS, SPEECH, Link, participle
from onrecord.reading.sentences import Token

LEFT_REACH = 26
"""Tokens searched to the left for a noun such as "death toll"; 99 % of the coded outcome words there are nearer."""

COMPLETING = frozenset(
    "to at of : reached was is hit topped stood exceeded passed from reaching were surpassed high totaled "
    "totalled pass reach exceed top by numbered totalling totaling counted put risen rose now stands "
    "rises climbed jumped reaches grew nears has had being".split()
)
"""Words right before the number that completes a noun: "the toll rose to", "deaths stood at"."""
TOLL_NOUNS = frozenset("toll count casualties deaths fatalities injuries hits dead turnout attendance crowd".split())
BETWEEN_VERB_AND_NUMBER = frozenset({*"of the its his their a another further additional as (".split(), '"', "\u201c"})
MOST_BETWEEN = 4
"""Light words between a verb and the number that is its object: "wounded about the same", "killing a further"."""
SHARED_LINKS = frozenset({"and", "or", ",", "plus", "&"})
INCLUDING = frozenset("including includes included include among with comprising".split())
NO_VERBS = frozenset(
    "including according during following regarding concerning being having based hundred united red used need feed "
    "indeed speed seed king ring spring string thing something anything nothing everything morning evening building "
    "meeting ceiling wedding bed shed wed sacred hundred embed bleed exceed hatred naked wicked related limited".split()
)
BODILY = frozenset({"wounds", "wound", "burns", "cut"})
"""Harm to one body: "14 stab wounds" counts wounds, not the injured."""
COUNTS = frozenset("number toll total count tally".split())
REPORTS = frozenset("reports report word news sign signs indication indications record claims".split())
REPORT_REACH = 4
"""Tokens from "no reports of" to what is not reported."""
NUMBER_REACH = 8
"""Tokens from a number to the outcome word behind it that "the number of" opens."""
PARTICLES = frozenset("away out off up down back over".split())
NAMING = frozenset("were are was is include includes included".split())


def in_phrase(hits: list[Hit], phrase: NounPhrase) -> Link | None:
    """Find the outcome inside the phrase: "23 deaths", "12 wounded soldiers", "14 of the injured", "88 cases"."""
    chosen = None
    for hit in hits:
        if not phrase.first <= hit.first < max(phrase.last, phrase.first + 1) or hit.last > phrase.last + 2:
            continue
        part = hit.word.part
        if hit.word.words[-1] in BODILY:
            continue
        if part in ("noun", "noun_damage", "noun_of") and hit.last >= phrase.last:
            return Link(hit, "phrase")
        if part == "state" or (part == "verb" and participle(hit)):
            chosen = chosen or Link(hit, "phrase")
    return chosen


def to_left(hits: list[Hit], first: int, phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find the verb whose object the number is: "killed at least 23", "injuring 40", "the murder of two people"."""
    first = _container(tokens, first)
    at = first
    while at > 0 and first - at < MOST_BETWEEN and _light(tokens[at - 1].lower):
        at -= 1
    for hit in sorted(hits, key=lambda hit: hit.last != first):
        near = at <= hit.last <= first or (hit.word.part == "noun_damage" and first - 3 <= hit.last <= first)
        if near and _takes(hit, phrase, tokens, first):
            return Link(hit, "left")
    return None


def _container(tokens: tuple[Token, ...], first: int) -> int:
    """Return where "a salvo of seven missiles" begins, the number itself where nothing of that kind stands before."""
    if first > 2 and tokens[first - 1].lower == "of" and tokens[first - 2].lower in words("containers"):
        return first - 3 if tokens[first - 3].lower in DETERMINERS else first - 2
    return first


def _light(lower: str) -> bool:
    """Say whether a word can stand between a verb and the number that is its object."""
    return lower in BETWEEN_VERB_AND_NUMBER or lower in ADVERBS or (lower.endswith("ly") and len(lower) > 4)


def _takes(hit: Hit, phrase: NounPhrase, tokens: tuple[Token, ...], first: int) -> bool:
    """Say whether an outcome word to the left has the number as its object."""
    word = hit.word
    following = tokens[hit.last].lower if hit.last < len(tokens) else ""
    fitting = fits(word.needs, phrase.counted_class, word.outcome, bare=phrase.head is None)
    if word.part == "noun_damage":
        return following in ("to", "across", "at", "on", "in") and phrase.counted_class not in PERSON_CLASSES
    if word.part == "noun_of":
        return following == "of" and fitting
    lives = phrase.head is not None and tokens[phrase.head].lower in LIFE_NOUNS
    if word.part != "verb" or not (fitting or lives):
        return False
    if following == "of" and word.words[-1] not in ("of", "lives", "life"):
        return False
    before = tokens[hit.first - 1].lower if hit.first else ""
    if before in BE and participle(hit) and not word.words[0].endswith("ing"):
        return False
    return tokens[first - 1].lower != "to" or hit.last == first


def noun_left(hits: list[Hit], first: int, tokens: tuple[Token, ...]) -> Link | None:
    """Find the noun a number completes: "the death toll rose to 60", "the number of injured stood at 112"."""
    best = None
    for hit in hits:
        if hit.last > first or first - hit.last > LEFT_REACH:
            continue
        if hit.last == first - 1 and tokens[hit.last].text == ":":
            return Link(hit, "noun")
        counted = _number_of(tokens, hit)
        if hit.word.part != "noun" and not counted:
            continue
        between = [token.lower for token in tokens[hit.last : first]]
        if not between or any(word in BREAKS or word in (";", "\u2014") for word in between):
            continue
        if between[-1] in COMPLETING and (counted or hit.word.words[-1] in TOLL_NOUNS):
            best = Link(hit, "noun")
    return best


def unreported(hits: list[Hit], phrase: NounPhrase, tokens: tuple[Token, ...]) -> Link | None:
    """Find what nobody reports: "no immediate reports of casualties", "no sign of survivors"."""
    if phrase.last >= len(tokens) or tokens[phrase.last].lower != "of" or tokens[phrase.last - 1].lower not in REPORTS:
        return None
    near = (hit for hit in hits if phrase.last < hit.first <= phrase.last + REPORT_REACH)
    hit = next((hit for hit in near if hit.word.part.startswith("noun")), None)
    return Link(hit, "phrase") if hit is not None else None


def number_right(hits: list[Hit], last: int, tokens: tuple[Token, ...]) -> Link | None:
    """Find the noun behind the number that it completes: "brings to 14 the number of drivers murdered"."""
    words_ = [token.lower for token in tokens[last : last + 3]]
    if words_[:1] != ["the"] or not COUNTS & set(words_[1:]):
        return None
    near = (hit for hit in hits if last < hit.first <= last + NUMBER_REACH)
    hit = next(near, None)
    return Link(hit, "noun") if hit is not None else None


def _number_of(tokens: tuple[Token, ...], hit: Hit) -> bool:
    """Say whether "the number of" (or count, total) opens the phrase in which the hit stands."""
    before = [token.lower for token in tokens[max(0, hit.first - 6) : hit.first]]
    if before[-1:] == ["number"] or before[-2:-1] == ["number"]:
        return True  # "the number killed"
    return any(word in ("number", "numbers", "total", "count", "tally") for word in before[:-1]) and "of" in before


def named_victims(tokens: tuple[Token, ...], first: int, hits: list[Hit]) -> Link | None:
    """Find the outcome of what is named as its victims: "the wounded were two drivers", "the dead included a nurse"."""
    at = first - 1
    while at > 0 and (tokens[at].lower in ADVERBS or tokens[at].text == ":"):
        at -= 1
    if at < 1 or tokens[at].lower not in NAMING:
        return None
    for hit in hits:
        opened = hit.first > 0 and tokens[hit.first - 1].lower in ("the", "those")
        if hit.last == at and hit.word.outcome in OF_THE_LIVING and (opened or hit.word.part == "noun"):
            return Link(hit, "left")
    return None


def other_verb(phrase: NounPhrase, first: int, tokens: tuple[Token, ...]) -> int | None:
    """Return the token of a verb right beside a number that is none of the listed outcomes; None without one.

    Left: an -ed or -ing form, or a plain verb behind "to" or a modal. Right: a passive, an -ed form or a common past.
    """
    at = first - 1
    while at >= 0 and (
        tokens[at].lower in DETERMINERS or tokens[at].lower in ADVERBS or tokens[at].lower.endswith("ly")
    ):
        at -= 1
    if at > 0 and tokens[at].lower in PARTICLES:
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
    if lower in words("irregular_pasts") or (lower.endswith(("ed", "ing")) and len(lower) > 4):
        return True
    before = tokens[at - 1].lower if at else ""
    return (
        before in ("to", "will", "would", "can", "could", "may", "might", "must", "should")
        and lower.isalpha()
        and (lower not in AUXILIARIES and lower not in PREPOSITIONS and lower not in ADVERBS)
    )
