"""What a figure is for: total, part, increment, running total, previous, background; how sure; affirmed or not.

Pure look-ups over the words of the sentence around the number. The order of the rules is the guideline's: background,
money, measure and share beat total.
"""

import re

import msgspec

from onrecord.reading.background import BACKGROUND_FROM
from onrecord.reading.older_values import is_older
from onrecord.reading.quantities import Quantity
from onrecord.reading.sentences import Sentence, Token
from onrecord.reading.tagger import Chances, TaggedSpan, likeliest
from onrecord.records import FigureKind, FigurePolarity, Modality

TOLL_KINDS = frozenset({"total", "subset", "increment", "running_total", "previous"})
TOLL_FREE = frozenset({"none", "other"})
UNIT_KINDS = frozenset({"share", "money", "measure"})
"""Kinds that the unit of a number gives: no count has one (gold/GUIDELINE.md section 4)."""
HAPPENED_TO = frozenset(
    "civilian child militant prisoner animal drone missile aircraft ship vehicle weapon building home".split()
)
RUNNING = frozenset({"toll", "tally"})
RUNNING_VERBS = re.compile(
    r"\b(?:toll|number|tally|count|total|figure|casualties|fatalities|deaths)\b.{0,60}"
    r"\b(?:ris(?:en|es|ing)|rose|climb(?:s|ed|ing)|jump(?:s|ed)|reach(?:ed|es|ing)|stood|stands|now|increased?|hit|grew|"
    r"passed|topped|surged|mount(?:s|ed))\b|\b(?:bringing|brings|brought|taking|takes|took|raising|raised|pushing)\b.{0,30}"
    r"\b(?:toll|number|total|tally|count)\b|\bso far\b|\bto date\b|\bas of\b|\bdeath toll\b",
    re.IGNORECASE,
)
POSSIBLE = frozenset("may might could feared possibly potentially likely perhaps presumed unlikely".split())
FEARED = re.compile(
    r"\bfear(?:ed|s|ing)?\b|\bat risk\b|\bpotential(?:ly)?\b|"
    r"\b(?:is|are|was|were) (?:believed|thought|suspected) to have\b|"
    r"\bbelieved (?:dead|killed|trapped|buried|missing)\b",
    re.IGNORECASE,
)
PLANNED = frozenset(
    "will plans planned planning plan intends expected scheduled vowed pledged vow pledge aims threatened".split()
)
CONDITION = re.compile(r"(?:if|unless)\b", re.IGNORECASE)
CLAUSE_END = re.compile(r"[;:\u2014]|, (?:and|but|while|who|which|after|when) |\b(?:but|while|whereas|after|because)\b")
SUPPOSED = re.compile(
    r"\b(?:believes? (?:that )?|risk(?:s|ed)? being|at risk|danger of|warned that|warn(?:s|ed|ing) of)\b", re.IGNORECASE
)
SUPPOSED_AFTER = re.compile(r"^(?: \S+){0,4} (?:might|could(?! not)|at risk|under threat|face up to)\b")
FORECAST = re.compile(
    r"\b(?:forecasts?|forecasted|predict(?:s|ed)?|could|may|might|expected|projected|threaten\w* to|flood watch)\b"
)
INTENDED = re.compile(
    r"\b(?:wants?|wanted|seeks?|hop(?:es?|ed|ing)|plan(?:s|ned|ning)?|intends?|intended|meant|aims?|aimed|ready|set|going|"
    r"vow(?:s|ed)?|pledg(?:es?|ed)|promis(?:es?|ed)|propos(?:es?|ed)|offer(?:s|ed)) to (?!have\b)"
    r"|\bwill\b|\bask(?:s|ed|ing) (?:for|that)\b|\b(?:is|are|was|were) seeking\b|\bcall(?:s|ed|ing) for\b|"
    r"\b(?:demands?|demanding|requested|requests|wants?|have offered)\b",
    re.IGNORECASE,
)
INTENDED_AFTER = re.compile(r"^(?: \S+){0,3} (?:is|are|was|were) (?:due|set|expected|planned|scheduled)\b")
NONE_REPORTED = re.compile(
    r"\b(?:no|without|not|nobody|none|no-one)\b[^.;]{0,50}\breport(?:s|ed)?\b|\bno (?:\w+ ){0,3}reports? of\b|"
    r"\bwithout (?:any )?(?:casualties|injuries) reported\b|"
    r"\bno\b[^.;]{0,40}\bwere? (?:immediately )?(?:known|recorded|reported)\b|\bno word (?:of|on)\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:not true|untrue|false|no truth|wrong|denie[sd]|denying|dismiss(?:ed|es|ing)|reject(?:ed|s|ing)|refuted?|"
    r"debunk(?:ed|s)|disput(?:ed|es)) [^.;]{0,30}\bthat\b(?! no\b)"
    r"|\bno longer (?:plans?|intends?|wants?) to\b|\b(?:cleared|acquitted) (?:\w+ ){1,4}of \w+ing\b|,? not $",
    re.IGNORECASE,
)
FALSE_AFTER = re.compile(
    r"^[^.;,]{0,60}\b(?:was|were|is|are) (?:false|untrue|not true|wrong|fabricated|a lie)\b", re.IGNORECASE
)
UNVERIFIED = re.compile(
    r"\b(?:could not|cannot|can not|couldn't|unable to|not been|not yet been|not immediately|have not|has not)\b"
    r"[^.;]{0,40}"
    r"\b(?:verif|confirm|independently)|\bunverified\b|\bunconfirmed\b",
    re.IGNORECASE,
)


class Aspects(msgspec.Struct, frozen=True):
    """Kind, modality and polarity of a figure, with the reason for the kind."""

    kind: FigureKind
    modality: Modality
    polarity: FigurePolarity
    why: str


class Scene(msgspec.Struct, frozen=True):
    """What the rules look at: the number in its sentence, its outcome, how much says that it is history."""

    text: str
    sentence: Sentence
    number_start: int
    number_end: int
    outcome: str
    outcome_start: int | None
    quantity: Quantity | None
    subset: bool
    side: str | None
    history: float
    act: str | None
    counted_class: str = "other"


def aspects(scene: Scene) -> Aspects:
    """Return kind, modality and polarity of one figure; see gold/GUIDELINE.md sections 1 and 4."""
    kind, why = figure_kind(scene)
    return Aspects(kind, modality(scene), polarity(scene), why)


TRUST = {"polarity": 5.0, "modality": 5.0}
"""What the answer of the rules adds to the log probability of a polarity or modality of the tagger."""

KIND_TRUST = {"total": 1.5, "count": 0.5, "increment": 5.0, "running_total": 5.0, "share": 8.0}
OTHER_KIND_TRUST = 3.0
"""The same for a kind, by the one that the rules see: "total" and "count" are what they say when nothing speaks."""


def with_tagged(found: Aspects, span: TaggedSpan) -> Aspects:
    """Weigh the rules' answers with how likely the tagger takes each value of a field (`TaggedSpan.chances`)."""
    values = {}
    side = span.attribute("side")
    for field, chances in span.chances:
        ruled = getattr(found, field)
        if field == "kind" and (ruled == "previous" or (side == "toll" and ruled not in UNIT_KINDS)):
            continue  # the words of an older value say so; toll figures are weighed together (kind_points.py)
        trust = TRUST.get(field) or KIND_TRUST.get(ruled, OTHER_KIND_TRUST)
        if field == "kind":
            chances = _possible_kinds(chances, ruled, side) or chances
        best = likeliest(chances, ruled, trust)
        if best != ruled:
            values[field] = best
    if not values:
        return found
    why = "the reader model reads it so" if "kind" in values else found.why
    return msgspec.structs.replace(found, **values, why=why)


def with_kind(found: Aspects, kinds: Chances) -> Aspects:
    """Give a toll figure the likeliest of some kinds."""
    best = max(kinds, key=kinds.__getitem__)
    if best == found.kind:
        return found
    return msgspec.structs.replace(found, kind=best, why="so read by the model, beside the other figures of the page")


def _possible_kinds(chances: Chances, ruled: str, side: str | None) -> Chances:
    """Return the kinds that a figure can have: a count none that a unit gives, by its side one that makes a toll."""
    return {
        name: chance
        for name, chance in chances.items()
        if (ruled in UNIT_KINDS or name not in UNIT_KINDS)
        and (side not in ("toll", "kind") or (name in TOLL_KINDS) == (side == "toll"))
    }


def figure_kind(scene: Scene) -> tuple[FigureKind, str]:
    """Return the kind and, in words, why."""
    quantity = scene.quantity
    if quantity is not None and quantity.type != "count":
        previous = _previous(scene)
        return (
            ("previous", "the older value of a change")
            if previous
            else (quantity.type, f"a {quantity.type} by its unit")
        )
    if scene.history >= BACKGROUND_FROM:
        return "background", "the sentence tells of another time"
    if scene.outcome in TOLL_FREE and not _happened_to(scene):
        if _previous(scene):
            return "previous", "the older value of a change"
        if scene.subset:
            return "subset", "joined to the number before it by a word such as including"
        return "count", "no outcome of the list is attached"
    if _previous(scene):
        return "previous", "the older value of a change"
    if scene.subset or _of_them(scene):
        return "subset", "a part of another number"
    marks = quantity.marks if quantity is not None else frozenset()
    if marks & {"another", "more"}:
        return "increment", "another or more stands with the number"
    if RUNNING_VERBS.search(scene.text) and _runs(scene):
        return "running_total", "the text gives a growing count"
    return "total", "stated as the full count"


def _happened_to(scene: Scene) -> bool:
    """Say whether something that is no outcome of the list happened to what is counted: "were freed", "turned away 9".

    Of such rows of the training pages 51 of 69 passives are totals or parts of one; persons who act are counts.
    """
    if scene.outcome != "other":
        return False
    done_to = scene.outcome_start is not None and scene.outcome_start < scene.number_start
    return (
        scene.side == "passive" or scene.counted_class in HAPPENED_TO or (scene.counted_class == "person" and done_to)
    )


def _before(scene: Scene, count: int) -> list[str]:
    """Return up to count words before the number."""
    return [t.lower for t in scene.sentence.tokens if t.end <= scene.number_start][-count:]


def _after(scene: Scene, count: int) -> list[str]:
    return [t.lower for t in scene.sentence.tokens if t.start >= scene.number_end][:count]


def _previous(scene: Scene) -> bool:
    """Say whether the number is the older value of a change: "up from 38", "initially 12", "compared with 7"."""
    shares = scene.side in ("shared", "noun")
    return is_older(scene.sentence.tokens, scene.number_start, scene.number_end, shares=shares)


def _of_them(scene: Scene) -> bool:
    """Say whether the number is a part by its own words: "14 of the injured", "two of them", "among them three"."""
    before, after = _before(scene, 4), _after(scene, 4)
    if after[:1] == ["of"] and after[1:2] in (
        ["them"],
        ["whom"],
        ["those"],
        ["the"],
        ["these"],
    ):
        return scene.quantity is None or scene.quantity.of_total is None
    if before[-2:] in (
        ["among", "them"],
        ["among", "whom"],
        ["of", "whom"],
        ["of", "them"],
        ["among", "which"],
        ["of", "these"],
        ["of", "those"],
    ):
        return True
    if before[-3:-1] in (["of", "them"], ["of", "these"], ["of", "those"], ["of", "whom"]) and before[-1] == ",":
        return True
    return before[-1:] in (["including"], ["includes"], ["include"], ["included"])


def _runs(scene: Scene) -> bool:
    """Say whether the growing count is this number: a toll word before it, or "so far" in the sentence."""
    if scene.side == "noun":
        return True
    before = _before(scene, 14)
    if set(before) & RUNNING or before[-2:] in (["total", "to"], ["number", "to"]):
        return True
    return re.search(r"\bso far\b|\bto date\b|\bas of\b", scene.text, re.IGNORECASE) is not None


def modality(scene: Scene) -> Modality:
    """Return actual, possible, planned or hypothetical by the words of the clause around number and outcome."""
    low = min(scene.number_start, scene.outcome_start if scene.outcome_start is not None else scene.number_start)
    high = max(scene.number_end, scene.outcome_start if scene.outcome_start is not None else scene.number_end)
    nearby = _clause_tokens(scene.sentence.tokens, low, high)
    words = {token.lower for token in nearby if token.text != "May" or token.start == scene.sentence.start}
    if UNVERIFIED.search(scene.text):
        words -= {"could"}
    opened = CONDITION.match(scene.text) and scene.number_start > scene.sentence.start
    if words & {"if", "unless"} or opened or ("would" in words and scene.outcome != "none"):
        return "hypothetical"
    if words & POSSIBLE or FEARED.search(
        scene.text[max(0, low - scene.sentence.start - 30) : high - scene.sentence.start + 30]
    ):
        return "possible"
    if "will" in words or ("to" in words and words & PLANNED):
        return "possible" if _is_measure(scene) else "planned"
    return _wider_modality(scene)


def _is_measure(scene: Scene) -> bool:
    return scene.quantity is not None and scene.quantity.type == "measure"


def _wider_modality(scene: Scene) -> Modality:
    """Return what words further to the left in the clause say: "wants to vaccinate", "is forecast to drop".

    A measure of what is to come is a forecast and possible; the guideline's polls and plans are planned.
    """
    start = scene.sentence.start
    clause = CLAUSE_END.split(scene.text[: scene.number_start - start])[-1]
    following = CLAUSE_END.split(scene.text[scene.number_end - start :])[0]
    if SUPPOSED.search(clause) or SUPPOSED_AFTER.search(following):
        return "possible"
    if _is_measure(scene):
        ahead = FORECAST.search(clause) or FORECAST.search(following)
        return "possible" if ahead else "actual"
    return "planned" if INTENDED.search(clause) or INTENDED_AFTER.search(following) else "actual"


def _clause_tokens(tokens: tuple[Token, ...], low: int, high: int) -> list[Token]:
    """Return the tokens of the clause that holds low to high: at most four words before it and six behind it."""
    before = [t for t in tokens if t.end <= low]
    clause: list[Token] = []
    for token in reversed(before[-4:]):
        if token.text in (",", ";", ":", "\u2014", "\u201c", '"') or token.lower in (
            "and",
            "but",
            "said",
            "that",
            "while",
        ):
            break
        clause.append(token)
    clause += [t for t in tokens if low <= t.start < high]
    for token in [t for t in tokens if t.start >= high][:6]:
        if token.text in (",", ";", ":", ".", "\u2014") or token.lower in (
            "and",
            "but",
            "while",
            "when",
            "after",
            "as",
        ):
            break
        clause.append(token)
    return clause


def _denied(scene: Scene) -> bool:
    """Say whether the clause of the number calls it untrue: "it is not true that 90 were", "rumours that ... false"."""
    start = scene.sentence.start
    clause = re.split(r"[;\u2014]", scene.text[: scene.number_start - start])[-1]
    return bool(DENIED.search(clause)) or bool(FALSE_AFTER.search(scene.text[scene.number_end - start :]))


def polarity(scene: Scene) -> FigurePolarity:
    """Return affirmed, denied, none_reported or unverified."""
    quantity = scene.quantity
    zero = quantity is not None and quantity.low == quantity.high == 0
    if zero and NONE_REPORTED.search(scene.text):
        return "none_reported"
    if (scene.act == "deny" or _denied(scene)) and not zero:
        return "denied"
    if UNVERIFIED.search(scene.text) and not zero:
        return "unverified"
    return "affirmed"
