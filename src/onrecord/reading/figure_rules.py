"""Finds numbers, what they count, the outcome word of each, its place, time and source, by word order.

For every number of a sentence: the noun phrase behind it, then the outcome word it belongs to (outcome_rules.py), or
the one it shares with the number it is joined to ("killing two women and three children", "including two police
officers"). A single person or thing without a number ("a woman was killed") is a number when it has an outcome.
Values are parsed in figures.py.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.reading.attribution import Attribution
from onrecord.reading.figure_kinds import TOLL_FREE
from onrecord.reading.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    DETERMINERS,
    PREPOSITIONS,
    STOPS,
    NounPhrase,
    class_of,
    is_plural,
    noun_phrase,
)
from onrecord.reading.mention_rules import Mentions
from onrecord.reading.outcome_rules import (
    in_phrase,
    named_victims,
    noun_left,
    number_right,
    other_verb,
    to_left,
    unreported,
)
from onrecord.reading.outcomes import PERSON_CLASSES, Hit, OutcomeWord, outcome_hits
from onrecord.reading.predicates import Link, participle, to_right
from onrecord.reading.quantities import Quantity, read_quantities
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.shared_outcomes import Counted, Told, as_shared, gone_on, joined, share_outcomes
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

SINGLE_OPENERS = frozenset("a an the his her their another its".split())
SINGLE_OUTCOMES = frozenset(
    "killed injured hospitalised missing killed_or_injured rescued detained charged abducted damaged destroyed "
    "hit shot_down intercepted other".split()
)
THE_OUTCOMES = frozenset({"killed", "injured", "hospitalised", "detained", "charged", "damaged", "destroyed"})
"""Outcomes for which "the driver" counts as one: mostly a victim or a suspect (judged by eye, not swept)."""
HARMS_OF_VICTIMS = frozenset({"killed", "injured", "hospitalised"})
"""Outcomes that say more of victims than their noun does."""
OBJECT_CLASSES = frozenset(
    {"building", "home", "infrastructure", "vehicle", "aircraft", "ship", "weapon", "drone", "missile"}
)
LONGEST_SINGLE = 7
"""Tokens of a phrase such as "a 24-year-old off-duty police officer"."""
NO_ONE_THING = frozenset("point time thing way day night morning reason side another".split())
"""Nouns behind "one" that count nothing: "at one point"."""
PART_OPENERS = frozenset("including includes included them whom".split())
COLLECTIVES = frozenset("family staff crew public group couple people team".split())
"""Nouns of several persons: no single victim."""
LEAST_BARE = 20
"""A number without noun or outcome is kept from here (judged by eye: smaller ones are mostly list items and scores)."""
MERE_AMOUNTS = frozenset({"some", "many", "most", "few", "a few", "all", "both", "one"})


class Links(msgspec.Struct, frozen=True):
    """What a number is linked to: times and places, the source that governs a character, where sources stand."""

    mentions: Mentions
    attribution: Attribution
    sources: dict[tuple[int, int], int]


def tag_figures(document: Document, builder: TaggingBuilder) -> None:
    """Add number, counted and outcome spans with their arcs, and arcs to place, time and source.

    Statements and mentions are tagged before; their spans are linked, not doubled.
    """
    spans = builder.spans()
    links = Links(
        Mentions(document, spans),
        Attribution(spans, builder.tagging().arcs),
        {(span.start, span.end): i for i, span in enumerate(spans) if span.label == "source"},
    )
    for sentence, counted in count_document(document):
        _add(builder, sentence, counted, links)


def count_document(document: Document, *, every: bool = False) -> Iterator[tuple[Sentence, Counted]]:
    """Yield the numbers of all sentences, each with its sentence; an outcome is gone on with within a paragraph.

    Args:
        document: what is read.
        every: yield those too that the rules leave out.
    """
    earlier: Told | None = None
    for sentence in document.sentences:
        if earlier is not None and earlier.sentence.paragraph != sentence.paragraph:
            earlier = None
        for counted in count_sentence(sentence, outcome_hits(sentence.tokens), every=every, earlier=earlier):
            yield sentence, counted
            if counted.link is not None and counted.link.hit.word.outcome not in TOLL_FREE and counted.told_in is None:
                earlier = Told(sentence, counted.link)


def _add(builder: TaggingBuilder, sentence: Sentence, counted: Counted, links: Links) -> None:
    """Add the spans of one number and link them."""
    tokens = sentence.tokens
    start, end = tokens[counted.first].start, tokens[counted.last - 1].end
    attributes = []
    if counted.subset:
        attributes.append(("relation", "subset"))
    if counted.single:
        attributes.append(("single", "yes"))
    number = builder.add(
        TaggedSpan("number", start, end, attributes=tuple(attributes), why="a number and its noun phrase")
    )
    phrase = counted.phrase
    if phrase.head is not None and phrase.last > phrase.first:
        span = TaggedSpan(
            "counted", tokens[phrase.first].start, tokens[phrase.last - 1].end, value=phrase.counted_class
        )
        builder.link("counted", number, builder.add(span))
    if counted.link is not None:
        hit, told = counted.link.hit, (counted.told_in or sentence).tokens
        span = TaggedSpan(
            "outcome",
            told[hit.first].start,
            told[hit.last - 1].end,
            value=hit.word.outcome,
            attributes=(("side", counted.link.side),),
            why=f"{' '.join(hit.word.words)!r} ({counted.link.side})",
        )
        builder.link("outcome", number, builder.add(span))
    source = links.attribution.at(start)
    if source is not None:
        builder.link("source", number, links.sources[(source.start, source.end)])
    labels: tuple[Literal["place"], Literal["time"]] = ("place", "time")
    for label in labels:
        nearest = links.mentions.nearest(sentence, end, label)
        if nearest is None and label == "place" and counted.link is not None:
            nearest = links.mentions.lead(sentence.end)
        if nearest is not None:
            builder.link(label, number, nearest)


def count_sentence(
    sentence: Sentence, hits: list[Hit], *, every: bool = False, earlier: Told | None = None
) -> list[Counted]:
    """Return the numbers of one sentence that a ledger keeps, in text order, with phrase and outcome.

    Args:
        sentence: its tokens.
        hits: the outcome words in it.
        every: return those too that the rules would leave out, with kept set to False.
        earlier: the last figure of a toll in the sentences before, whose outcome "five more followed" goes on with.
    """
    tokens = sentence.tokens
    breaks = _breaks(hits)
    found: list[Counted] = []
    for quantity in read_quantities(sentence):
        if quantity.non_figure is not None and not every:
            continue
        phrase = noun_phrase(tokens, quantity.noun, breaks)
        if quantity.type == "measure":
            phrase = msgspec.structs.replace(phrase, counted_class="measure")
        previous = found[-1] if found else None
        link, subset = _outcome(quantity.first, phrase, hits, tokens, previous)
        counted = Counted(quantity.first, quantity.last, phrase, link, subset, quantity=quantity)
        if earlier is not None and quantity.non_figure is None:
            counted = gone_on(counted, tokens, earlier)
        kept = quantity.non_figure is None and _kept(counted, quantity, tokens)
        found.append(counted if kept else msgspec.structs.replace(counted, kept=False))
    if hits:
        singles = _singles(tokens, hits, breaks, [one for one in found if one.kept])
        # A tagger that weighs every number finds single persons by itself; others cost it precision.
        found += [one for one in singles if not every or (one.link is not None and _is_listed(one.link))]
        found.sort(key=lambda counted: counted.first)
    shared = [_rescued(counted) for counted in share_outcomes(found, tokens, hits)]
    return [_with_other(counted, tokens) for counted in shared if counted.kept or every]


def _is_listed(link: Link) -> bool:
    """Say whether an outcome is one of the list, neither none nor other."""
    return link.hit.word.outcome not in TOLL_FREE


def _rescued(counted: Counted) -> Counted:
    """Keep a bare number after all that shares the outcome of another: "five died, two in Orvo, three in Lint"."""
    quantity = counted.quantity
    if counted.kept or quantity is None or quantity.non_figure is not None or quantity.type != "count":
        return counted
    shares = counted.link is not None and counted.link.side == "shared" and counted.phrase.head is None
    return msgspec.structs.replace(counted, kept=shares and not quantity.marks and quantity.point is not None)


def _with_other(counted: Counted, tokens: tuple[Token, ...]) -> Counted:
    """Attach the verb of a number that has no outcome of the list: "signed seven agreements", "ten were released"."""
    if counted.link is not None:
        return counted
    at = other_verb(counted.phrase, counted.first, tokens)
    if at is None:
        return counted
    hit = Hit(at, at + 1, OutcomeWord((tokens[at].lower,), "other", "verb", frozenset()))
    passive = at >= counted.phrase.last and any(t.lower in BE for t in tokens[counted.phrase.last : at])
    return msgspec.structs.replace(counted, link=Link(hit, "passive" if passive else "other"))


def _breaks(hits: list[Hit]) -> dict[int, str]:
    """Say for each outcome word whether it ends a noun phrase: a verb does, a noun ("12 murders") does not."""
    breaks: dict[int, str] = {}
    for hit in hits:
        noun = hit.word.part.startswith("noun") and not hit.word.words[0].endswith("ing")
        if noun or breaks.get(hit.first) == "modifier":
            breaks[hit.first] = "modifier"
        else:
            breaks[hit.first] = "verb"
    return breaks


def _outcome(
    first: int, phrase: NounPhrase, hits: list[Hit], tokens: tuple[Token, ...], previous: Counted | None
) -> tuple[Link | None, bool]:
    """Return the outcome of a number, and whether it is a part of the number before it."""
    inner = in_phrase(hits, phrase)
    if inner is not None and inner.hit.word.part in ("noun", "noun_damage", "noun_of"):
        told = to_right(hits, phrase, tokens) if inner.hit.word.outcome == "killed_or_injured" else None
        if told is not None and told.hit.word.outcome in HARMS_OF_VICTIMS:
            return told, told.subset  # "three victims were taken to hospital", "five victims died"
        return inner, False
    if first and tokens[first - 1].text == ":":
        label = noun_left(hits, first, tokens)
        if label is not None and tokens[label.hit.first - 1].lower not in BE:
            return label, False
    nominal = named_victims(tokens, first, hits)
    if nominal is not None:
        return nominal, False
    completed = number_right(hits, phrase.first - 1, tokens)
    if completed is not None:
        return completed, False
    none = unreported(hits, phrase, tokens)
    if none is not None:
        return none, False
    shared, subset = joined(first, previous, tokens)
    left = to_left(hits, first, phrase, tokens)
    if left is not None:
        return left, subset
    right = to_right(hits, phrase, tokens)
    if right is not None:
        return right, subset or right.subset
    left = noun_left(hits, first, tokens)
    if left is not None:
        return left, subset
    if shared is not None:
        return shared, subset
    if inner is not None:
        return inner, subset
    return None, subset


def _kept(counted: Counted, quantity: Quantity, tokens: tuple[Token, ...]) -> bool:
    """Say whether a ledger keeper copies out this number."""
    marks, phrase = quantity.marks, counted.phrase
    lower = tokens[quantity.first].lower
    if _acts_itself(counted, tokens):
        return False
    if "no" in marks or "none" in marks:
        return counted.link is not None and counted.link.hit.word.outcome != "attended" and counted.link.side != "left"
    if quantity.low == quantity.high == 1 and quantity.type == "count":
        following = tokens[quantity.last].lower if quantity.last < len(tokens) else ""
        if following in NO_ONE_THING or _superlative(tokens, quantity.last):
            return False
        if (
            counted.link is None
            and quantity.bound == "exact"
            and (
                phrase.head is None
                or class_of(tokens[phrase.head].lower) is None
                or following == "of"
                or (quantity.first and tokens[quantity.first - 1].lower in ("the", "this", "that"))
            )
        ):
            return False
        return not (following in ("another", "of") and counted.link is None)
    if "both" in marks and quantity.last < len(tokens) and tokens[quantity.last].lower in DETERMINERS:
        return False
    if "both" in marks:
        after = tokens[quantity.last].lower if quantity.last < len(tokens) else ""
        apposed = (
            quantity.first > 0
            and tokens[quantity.first - 1].text == ","
            and (after in ("in", "of", "from", "aged") or after.isdigit())
        )
        return counted.link is not None and not apposed
    if quantity.type == "count" and "hyphen" not in marks and phrase.head is None and counted.link is None:
        put = (
            quantity.first > 2
            and tokens[quantity.first - 1].lower == "at"
            and any(
                t.lower in ("put", "puts", "stood", "stands", "placed")
                for t in tokens[max(0, quantity.first - 5) : quantity.first]
            )
        )
        return put or quantity.of_total is not None or (quantity.point is not None and quantity.point >= LEAST_BARE)
    if lower in MERE_AMOUNTS and quantity.low is None:
        return counted.link is not None or (phrase.head is not None and is_plural(tokens[phrase.head].lower))
    return True


def _superlative(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether "of the most" or "of the worst" follows: "one of the worst nights" counts nothing."""
    words = [token.lower for token in tokens[at : at + 4]]
    return words[:1] == ["of"] and any(word == "most" or word.endswith("est") or word == "worst" for word in words[1:])


def _acts_itself(counted: Counted, tokens: tuple[Token, ...]) -> bool:
    """Say whether "nobody" or "no one" has a verb of its own, as in "nobody knows how many were killed"."""
    if [t.lower for t in tokens[counted.first : counted.last]] not in (["nobody"], ["no", "one"]):
        return False
    at = counted.last
    while at < len(tokens) and tokens[at].lower in ADVERBS | {"else", "there", "here"}:
        at += 1
    light = at < len(tokens) and tokens[at].lower in AUXILIARIES | PREPOSITIONS
    return not light and (counted.link is None or counted.link.hit.first != at)


def _singles(tokens: tuple[Token, ...], hits: list[Hit], breaks: dict[int, str], found: list[Counted]) -> list[Counted]:
    """Return the single persons and things that an outcome happened to: "a woman was killed", "killing his brother"."""
    taken = {i for counted in found for i in range(counted.first, max(counted.last, counted.phrase.last))}
    singles: list[Counted] = []
    for i, token in enumerate(tokens):
        if token.lower not in SINGLE_OPENERS or i in taken:
            continue
        phrase = _single_phrase(tokens, i, breaks) or _lone_another(tokens, i, breaks)
        if phrase is None or phrase.last - 1 in taken:
            continue
        link, subset = _single_outcome(tokens, i, phrase, hits, [*found, *singles])
        if link is None or link.hit.first in range(phrase.first, phrase.last):
            link, subset = _attributed(hits, phrase), False
        if link is None or link.hit.word.outcome not in SINGLE_OUTCOMES:
            continue
        loose = link.side != "phrase" and (link.hit.word.outcome not in THE_OUTCOMES or link.side == "shared")
        if token.lower in ("the", "its") and loose:
            continue
        singles.append(Counted(i, phrase.last, phrase, link, subset, single=True))
    return singles


def _single_phrase(tokens: tuple[Token, ...], i: int, breaks: dict[int, str]) -> NounPhrase | None:
    """Return the phrase of one person or thing behind an article or possessive; None when it is something else."""
    head = None
    for j in range(i + 1, min(len(tokens), i + 1 + LONGEST_SINGLE)):
        lower = tokens[j].lower
        if not tokens[j].text[0].isalnum() or lower in STOPS or (j in breaks and breaks[j] == "verb" and j > i + 1):
            break
        if lower in ("number", "group", "couple", "series", "few", "total", "lot", "handful"):
            return None
        if class_of(lower) is not None:
            head = j
        elif head is not None:
            break
    if head is None:
        if tokens[i + 1 : i + 2] and tokens[i + 1].lower.endswith("-year-old"):
            return NounPhrase(i + 1, i + 2, i + 1, "person")
        return _aged_person(tokens, i, breaks)
    kind = class_of(tokens[head].lower) or "other"
    if is_plural(tokens[head].lower) or kind not in PERSON_CLASSES | OBJECT_CLASSES:
        return None
    alone = not i or tokens[i - 1].lower != "and"  # "two lorries and a bus were hit"
    plural_verb = alone and head + 1 < len(tokens) and tokens[head + 1].lower in ("are", "were", "have")
    if (
        plural_verb
        or tokens[head].lower in COLLECTIVES
        or (i and tokens[i - 1].lower == "of" and kind in OBJECT_CLASSES)
    ):
        return None
    if head + 1 < len(tokens) and (tokens[head + 1].text in ("'s", "\u2019s") or tokens[head + 1].lower == "'s"):
        return None
    return NounPhrase(i + 1, head + 1, head, kind)


def _lone_another(tokens: tuple[Token, ...], i: int, breaks: dict[int, str]) -> NounPhrase | None:
    """Return an empty phrase of a person behind "another" without a noun: "one was killed and another injured"."""
    if tokens[i].lower != "another" or (i and tokens[i - 1].lower == "one"):
        return None
    at = i + 1
    while at < len(tokens) and (tokens[at].lower in ADVERBS or tokens[at].lower.endswith("ly")):
        at += 1
    following = tokens[at] if at < len(tokens) else None
    closed = following is None or following.lower in STOPS or not following.text[0].isalnum()
    predicate = breaks.get(at) == "verb" or (following is not None and following.lower in AUXILIARIES)
    return NounPhrase(i + 1, i + 1, None, "person") if closed or predicate else None


def _aged_person(tokens: tuple[Token, ...], i: int, breaks: dict[int, str]) -> NounPhrase | None:
    """Return the age behind an article that stands for a person: "a 13 year old was", not "a 13 year old treaty"."""
    words = [token.lower for token in tokens[i + 2 : i + 4]]
    last = i + 3 if words[:1] == ["year-old"] else i + 4
    if words[:1] != ["year-old"] and words != ["year", "old"]:
        return None
    following = tokens[last] if last < len(tokens) else None
    closed = following is None or following.lower in STOPS or not following.text[0].isalnum() or last in breaks
    return NounPhrase(i + 1, last, last - 1, "person") if closed else None


def _single_outcome(
    tokens: tuple[Token, ...], i: int, phrase: NounPhrase, hits: list[Hit], others: list[Counted]
) -> tuple[Link | None, bool]:
    """Return the outcome of a single person or thing: only where the verb stands close."""
    left = to_left(hits, i, phrase, tokens)
    if left is not None:
        return left, False
    right = to_right(hits, phrase, tokens)
    if right is not None and _close(tokens, phrase.last, right.hit.first):
        return right, right.subset
    nominal = named_victims(tokens, i, hits)
    if nominal is not None:
        return nominal, False
    previous = next((one for one in others if max(one.last, one.phrase.last) == i - 1), None)
    before = next((one for one in reversed(others) if max(one.last, one.phrase.last) <= i - 1), None)
    shared, part = joined(i, before, tokens)
    if shared is not None and part and tokens[i - 1].lower in PART_OPENERS:
        return shared, True
    following = next((one for one in others if one.first in range(phrase.last + 1, phrase.last + 3)), None)
    if following is not None and tokens[phrase.last].lower == "and" and following.link is not None:
        own = tokens[phrase.last + 1].lower in (*DETERMINERS, tokens[following.first].lower)
        if own and following.link.side == "right" and not following.single:
            return as_shared(following.link), False
    listed = tokens[i - 1].lower in ("and", ",", "or") and previous is not None
    if listed and previous is not None and previous.link is not None and previous.link.side in ("left", "shared"):
        return as_shared(previous.link), previous.subset
    return None, False


def _attributed(hits: list[Hit], phrase: NounPhrase) -> Link | None:
    """Return the outcome that opens the phrase of a single person: "the injured child", "a kidnapped priest".

    Of such phrases without an outcome of their own in the clause 13 of 14 are coded.
    """
    if phrase.counted_class not in PERSON_CLASSES or phrase.head is None:
        return None
    opening = (hit for hit in hits if hit.first == phrase.first and hit.last <= phrase.head)
    return next((Link(hit, "phrase") for hit in opening if hit.word.part == "state" or participle(hit)), None)


def _close(tokens: tuple[Token, ...], low: int, high: int) -> bool:
    """Say whether a predicate belongs to the phrase before it: no other noun phrase of weight in between."""
    between = tokens[low:high]
    commas = sum(t.text == "," for t in between)
    return (
        len(between) <= 4
        or (commas == 2 and len(between) <= 14)
        or between[0].lower in ("who", "and", ",")
        or (between[0].lower in PREPOSITIONS and len(between) <= 9)
    )
