"""Answers of the reader model and the number rules -> spans and arcs of figures.

The rules know how numbers are written and what they count; the model knows which ones a ledger keeps, what happened, of
which kind they are, who gave them, where and when. Both have a say in the outcome.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows, words
from onrecord.reading.attribution import Attribution
from onrecord.reading.background import History
from onrecord.reading.decoding import Decoded, Run
from onrecord.reading.figure_kinds import TOLL_FREE, TOLL_KINDS
from onrecord.reading.figure_points import Ruled, toll_chance, weighed_outcomes
from onrecord.reading.figure_rules import count_document
from onrecord.reading.grammar import ADVERBS, PRONOUNS, class_of
from onrecord.reading.mention_rules import Mentions
from onrecord.reading.no_sources import as_source
from onrecord.reading.no_victims import describes_member, is_doer, is_spared
from onrecord.reading.non_figures import AGED
from onrecord.reading.noun_phrases import SUBORDINATOR
from onrecord.reading.older_values import gives_count
from onrecord.reading.outcomes import PERSON_CLASSES
from onrecord.reading.place_choices import place_phrases
from onrecord.reading.place_points import PlaceChoices
from onrecord.reading.predicates import SPEECH
from onrecord.reading.sentences import Document, Sentence, tokens
from onrecord.reading.shared_outcomes import Counted
from onrecord.reading.tagger import BY_MODEL, Chances, TaggedSpan, Tagging, TaggingBuilder

KEEP = 0.2
"""Probability from which a number of the rules is kept as a figure."""
KEEP_LINKED = 0.02
"""The same for one that the rules give an outcome of the list."""

KEEP_NON_FIGURE = 0.9
"""The same for a date, a clock time or a name."""

KEEP_UNRULED = 0.7
"""The same for a number that the rules leave out."""
KEEP_SINGLE = 0.65
"""The same for a phrase that is no number in words: "a policeman"."""
KEEP_RULED_SINGLE = 0.4
"""The same for one that the rules give an outcome of the list."""
KEEP_RULED_THING = 0.2
"""The same for a single thing: "a clinic was damaged"."""

LEAST_WORDS = 2
"""Words of a phrase that only the model takes as a number."""
OF = " of "
"""What stands at most between a group and the number of those in it."""

NUMBER_BIAS = 0.5
"""Added to the log probability of a number."""

TOLL = 0.4
"""Probability from which a number with an outcome of the list is part of a toll; at 0.5 fewer kinds are right."""

LIVING = frozenset({"injured", "hospitalised", "rescued"})
"""Outcomes of people who live; whoever is told to have one by words of their own is not among the dead."""

LINKED = {"counted": 0.5, "outcome word": 0.5, "source": 0.8, "time": 0.25}
"""Probability from which an arc of a figure counts, by what it leads to."""


GOES_ON = re.compile(
    r"(?: (?:late |early )?on [A-Z][a-z]+day)?[,;]"
    r"(?: (?:and|while|with|up|down|including|bringing|taking|leaving|raising|estimating)\b.*| )",
    re.DOTALL,
)
"""Words behind a statement that carry it on: ", and wounded his", ", down from", " on Friday, bringing losses to"."""

LONGEST_TAIL = 80
"""Characters of such words at most."""

CLOCK = re.compile(r"\d{1,2}:\d\d\b")
"""The clock time that opens an entry of a live page: "18:31 - "."""


class Candidate(msgspec.Struct, frozen=True):
    """A number that may be a figure: its stretch, what the rules say of it, the word at which the model is asked."""

    start: int
    end: int
    word: int
    score: float
    sentence: Sentence
    counted: Counted | None

    @property
    def ruled(self) -> str:
        """Return the outcome that the rules see, "none" when they see none."""
        link = self.counted.link if self.counted is not None else None
        return link.hit.word.outcome if link is not None else "none"

    def seen(self, history: float) -> Ruled:
        """Return what the rules see, to be weighed with the model; history as in background.py."""
        link = self.counted.link if self.counted is not None else None
        single = self.counted is None or self.counted.single
        victims = link is not None and link.hit.word.words == ("victims",)
        side = link.side if link is not None else "none"
        return Ruled(self.ruled, side, single, self.open_worded or victims, history)

    @property
    def head(self) -> str:
        """Return the noun that is counted, lower case; "" where the rules see none."""
        phrase = self.counted.phrase if self.counted is not None else None
        at = phrase.head if phrase is not None else None
        return self.sentence.tokens[at].lower if at is not None else ""

    @property
    def outcome_words(self) -> str:
        """Return the words of the outcome that the rules see, "" when they see none."""
        link = self.counted.link if self.counted is not None else None
        return " ".join(link.hit.word.words) if link is not None else ""

    @property
    def tied(self) -> bool:
        """Say whether the outcome that the rules see is of this number alone, and not one that it shares."""
        link = self.counted.link if self.counted is not None else None
        return link is not None and link.side != "shared"

    @property
    def open_worded(self) -> bool:
        """Say whether the word of its outcome leaves open who lived: "shot"."""
        return self.outcome_words in words("open_outcomes")


def tag_numbers(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add number, counted and outcome spans with their arcs, and arcs to place, time and source."""
    found = candidates(document, decoded)
    spans = builder.spans()
    attribution = Attribution(spans, builder.tagging().arcs)
    tools = _Tools(document, decoded, builder, Mentions(document, spans), attribution, found)
    for at, candidate in enumerate(found):
        tools.add(candidate, at)


def candidates(document: Document, decoded: Decoded) -> list[Candidate]:
    """Return the numbers that are kept, in text order."""
    runs = decoded.runs("number", bias=NUMBER_BIAS)
    run_ends = [run.last for run in runs]
    found: list[Candidate] = []
    taken: set[int] = set()
    for sentence, counted in count_document(document, every=True):
        start, end = stretch_of(counted, sentence)
        first, last = decoded.words.between(start, end)
        if counted.quantity is not None and counted.quantity.non_figure == "age":
            # the model may take the whole phrase, "a 24-year-old man", as one, but not "ages 11 to 15"
            bare = (at for at in _meeting(runs, run_ends, first, last) if _is_age(runs[at], end, document.text))
            taken.update(bare)
            continue
        opening = CLOCK.match(document.text, sentence.start)
        if first >= last or (opening is not None and end <= opening.end()):
            continue
        touching = _meeting(runs, run_ends, first, last)
        taken.update(touching)
        word = runs[touching[0]].first if touching else first
        score = decoded.inside_at("number", start, end)
        if score >= least_of(counted, sentence):
            found.append(Candidate(start, end, word, score, sentence, counted))
    for i, run in enumerate(runs):
        if i in taken or run.score < KEEP_SINGLE or run.last - run.first < LEAST_WORDS:
            continue
        sentence = document.sentences[decoded.words.sentences[run.first]]
        if not any(_holds(run, one, document.text) for one in found) and not _is_no_victim(run, sentence, found):
            found.append(Candidate(run.start, run.end, run.first, run.score, sentence, None))
    return sorted(found, key=lambda c: c.start)


def _is_age(run: Run, end: int, text: str) -> bool:
    """Say whether a span of the model is no more than an age that ends at a character: "13 year", "ages 11 to 15"."""
    lower = [token.lower for token in tokens(text, run.start, run.end)]
    return run.end <= end and (lower[0] in AGED or lower[0][0].isdigit()) and "old" not in lower[-1]


def _holds(run: Run, candidate: Candidate, text: str) -> bool:
    """Say whether a span of the model is the group of a number behind it: "a family of" before "five"."""
    if not run.start < candidate.start <= run.end + len(OF):
        return False
    before = [token.lower for token in tokens(text, run.start, candidate.start)]
    return before[-1] == "of" and before[-2] in words("containers")


def _is_no_victim(run: Run, sentence: Sentence, found: list[Candidate]) -> bool:
    """Say whether a span of the model is no single victim: cut short before a number, one who does it, one unharmed."""
    if any(one.start - 1 == run.end for one in found):
        return True  # "The other" before "two victims"
    before = [token.lower for token in sentence.tokens if token.end <= run.start]
    following = [token.lower for token in sentence.tokens if token.start >= run.end]
    return is_doer(before) or is_spared(following)


def least_of(counted: Counted, sentence: Sentence) -> float:
    """Return the probability from which a number of the rules is a figure."""
    if counted.quantity is not None and counted.quantity.non_figure is not None:
        return KEEP_NON_FIGURE
    if describes_member(sentence.tokens, counted.first, counted.last):
        return KEEP_NON_FIGURE
    if counted.single and counted.link is not None and counted.link.side == "phrase":
        return KEEP_LINKED
    if counted.single:
        return KEEP_RULED_SINGLE if counted.phrase.counted_class in PERSON_CLASSES else KEEP_RULED_THING
    if not counted.kept:
        return KEEP_UNRULED
    linked = counted.link is not None and counted.link.hit.word.outcome not in TOLL_FREE
    return KEEP_LINKED if linked else KEEP


def stretch_of(counted: Counted, sentence: Sentence) -> tuple[int, int]:
    """Return the characters of a number of the rules."""
    if counted.quantity is not None:
        return counted.quantity.start, counted.quantity.end
    return sentence.tokens[counted.first].start, sentence.tokens[counted.last - 1].end


def _meeting(runs: list[Run], ends: list[int], first: int, last: int) -> list[int]:
    """Return which of some runs, in text order, share a word with the words first to last."""
    at = bisect_right(ends, first)
    found = []
    while at < len(runs) and runs[at].first < last:
        found.append(at)
        at += 1
    return found


def _counts(run: Run, found: list[Candidate]) -> bool:
    """Say whether a phrase of time is a toll: "revised to 21 from 23"."""
    at = bisect_right(found, run.start, key=lambda candidate: candidate.end)
    return at < len(found) and found[at].start < run.end and found[at].ruled not in TOLL_FREE


def run_of(decoded: Decoded, candidate: Candidate) -> Run:
    """Return the words of a candidate as a span; its arcs start at the word at which the model is asked."""
    last = max(candidate.word + 1, bisect_left(decoded.words.starts, candidate.end))
    return Run(candidate.word, last, candidate.start, candidate.end, candidate.score)


class Judged(msgspec.Struct, frozen=True):
    """What a number is: its outcome, how likely that is, and its side.

    side is "toll" for a toll, "kind" when its kind is none that is part of one, "outcome" when it has no outcome of the
    list.
    """

    outcome: str
    side: Literal["toll", "kind", "outcome"]
    chance: float


@cache
def _barred() -> dict[str, frozenset[str]]:
    """Return the outcomes that a counted noun cannot have, by noun; an empty set bars all."""
    barred: dict[str, frozenset[str]] = {}
    for row in rows("barred_outcomes"):
        outcomes = frozenset(row["barred"].split("|")) if row["barred"] else frozenset()
        barred |= dict.fromkeys(row["words"].split("|"), outcomes)
    return barred


def open_outcomes(decoded: Decoded, candidate: Candidate) -> Chances:
    """Return the model's probabilities of the outcomes that what is counted can have."""
    outcomes = decoded.probabilities("outcome", candidate.word)
    barred = _barred().get(candidate.head) if candidate.ruled in TOLL_FREE else None
    if candidate.ruled in LIVING and candidate.tied and not candidate.open_worded:
        barred = frozenset({"killed"})
    if barred is None:
        return outcomes
    left = {name: chance for name, chance in outcomes.items() if barred and name not in barred}
    whole = sum(left.values())
    return {name: chance / whole for name, chance in left.items()}


def judge(decoded: Decoded, candidate: Candidate, history: float) -> Judged:
    """Return outcome and side of a number by model and rules together; history as in background.py."""
    possible = open_outcomes(decoded, candidate)
    if not possible or candidate.outcome_words in words("unhurt"):
        return Judged("other" if possible else "none", "outcome", 1.0)
    ruled = candidate.seen(history)
    outcomes = weighed_outcomes(possible, ruled)
    best = max(outcomes, key=lambda name: outcomes[name])
    if best in TOLL_FREE:
        return Judged(best, "outcome", outcomes[best])
    kinds = decoded.probabilities("kind", candidate.word)
    part = toll_chance(sum(kinds[name] for name in TOLL_KINDS), ruled)
    if part >= TOLL:
        return Judged(best, "toll", outcomes[best] * part)
    return Judged(best, "kind", outcomes[best] * (1.0 - part))


def _speaking(tagging: Tagging) -> dict[tuple[int, int], list[list[TaggedSpan]]]:
    """Return the statements of every source that has any: the cue, then the contents."""
    tails, spans, found = tagging.tails(), tagging.spans, defaultdict[tuple[int, int], list[list[TaggedSpan]]](list)
    for arc in tagging.arcs:
        if arc.label == "source":
            said = [spans[arc.head], *(spans[at] for at in tails.get((arc.head, "content"), ()))]
            found[spans[arc.tail].start, spans[arc.tail].end].append(said)
    return found


class _Tools:
    """What all figures of one document share while they are added."""

    def __init__(
        self,
        document: Document,
        decoded: Decoded,
        builder: TaggingBuilder,
        mentions: Mentions,
        attribution: Attribution,
        found: list[Candidate],
    ) -> None:
        self.document, self.decoded, self.builder = document, decoded, builder
        self.history = History(document)
        self.mentions, self.attribution, self.found = mentions, attribution, found
        self.sources = {(s.start, s.end): i for i, s in enumerate(builder.spans()) if s.label == "source"}
        spans = builder.spans()
        self.speaking = _speaking(builder.tagging())
        self.runs = {layer: decoded.runs(layer) for layer in ("counted", "outcome word", "source")}
        phrases = decoded.phrases("time", document.text)
        self.runs["time"] = [run for run in phrases if not _counts(run, found)]
        heads = [run_of(decoded, candidate) for candidate in found]
        self.rows = {
            layer: decoded.links(f"number {layer.split()[0]}", heads, runs) for layer, runs in self.runs.items()
        }
        numbers = [(head, candidate.sentence) for head, candidate in zip(heads, found, strict=True)]
        self.places = PlaceChoices(document, decoded, numbers, place_phrases(document, decoded, spans), mentions)
        self.added: dict[tuple[str, int, int], int] = {}

    def add(self, candidate: Candidate, at: int) -> None:
        """Add one figure with its arcs; at is its position among the candidates."""
        counted = candidate.counted
        quantity = counted.quantity if counted is not None else None
        judged = judge(self.decoded, candidate, self.history.weight(candidate.sentence, quantity))
        if judged.outcome == "killed" and candidate.open_worded and self._others_died(candidate):
            judged = msgspec.structs.replace(judged, outcome=candidate.ruled)
        attributes: list[tuple[str, str]] = [("side", judged.side)]
        if counted is not None and counted.subset:
            attributes.append(("relation", "subset"))
        if counted is None or counted.single:
            attributes.append(("single", "yes"))
        score = self.decoded.confidence("figures", candidate.score * judged.chance)
        number = self.builder.add(
            TaggedSpan(
                "number",
                candidate.start,
                candidate.end,
                None,
                tuple(attributes),
                score,
                BY_MODEL,
                self._chances(candidate),
            )
        )
        self._link_counted(candidate, at, number)
        self._link_outcome(candidate, at, number, judged)
        self._link_source(candidate, at, number)
        place = self.places.best(at, judged.side)
        if place is not None:
            self.builder.link("place", number, self._mention("place", place.run) if place.span is None else place.span)
        self._link_time(candidate, at, number)

    def _link_time(self, candidate: Candidate, at: int, number: int) -> None:
        """Link the time that the model ties to the number, else the nearest one."""
        run = self._linked(at, "time")
        if run is not None:
            self.builder.link("time", number, self._mention("time", run))
            return
        nearest = self.mentions.nearest(candidate.sentence, candidate.end, "time")
        if nearest is not None:
            self.builder.link("time", number, nearest)

    def _others_died(self, candidate: Candidate) -> bool:
        """Say whether another number of the sentence has its word of death: "shot nine people, killing four"."""
        mates = (one for one in self.found if one.sentence is candidate.sentence and one is not candidate)
        return any(one.ruled == "killed" for one in mates)

    def _chances(self, candidate: Candidate) -> tuple[tuple[str, Chances], ...]:
        """Return the probabilities that the assembly weighs with the rules."""
        layers = ("kind", "polarity", "modality")
        return tuple((layer, self.decoded.probabilities(layer, candidate.word)) for layer in layers)

    def _linked(self, number: int, layer: str) -> Run | None:
        """Return the span of a layer that the model links to the number at a position, None when none is likely."""
        low, chances = self.rows[layer][number]
        best = int(chances.argmax()) if len(chances) else -1
        return self.runs[layer][low + best] if best >= 0 and chances[best] >= LINKED[layer] else None

    def _mention(self, label: Literal["place", "time"], run: Run) -> int:
        key = (label, run.start, run.end)
        if key not in self.added:
            self.added[key] = self.builder.add(TaggedSpan(label, run.start, run.end, score=run.score, why=BY_MODEL))
        return self.added[key]

    def _link_counted(self, candidate: Candidate, at: int, number: int) -> None:
        counted, tokens_ = candidate.counted, candidate.sentence.tokens
        if counted is not None and counted.phrase.head is not None and counted.phrase.last > counted.phrase.first:
            phrase = counted.phrase
            span = TaggedSpan(
                "counted", tokens_[phrase.first].start, tokens_[phrase.last - 1].end, value=phrase.counted_class
            )
            self.builder.link("counted", number, self.builder.add(span))
            return
        run = self._linked(at, "counted")
        of_noun = counted is not None and counted.link is not None and counted.link.side == "noun"
        if run is None or of_noun or (run.start < candidate.end and candidate.start < run.end):
            return
        lower = [t.lower for t in tokens(self.document.text, run.start, run.end)]
        if not PRONOUNS.issuperset(lower):
            kind = next((k for k in map(class_of, reversed(lower)) if k), "other")
            span = TaggedSpan("counted", run.start, run.end, value=kind)
            self.builder.link("counted", number, self.builder.add(span))

    def _link_outcome(self, candidate: Candidate, at: int, number: int, judged: Judged) -> None:
        """Add the outcome and the word that gives it."""
        value = judged.outcome
        if value == "none":
            return
        link = candidate.counted.link if candidate.counted is not None else None
        run = self._linked(at, "outcome word")
        if link is not None and (candidate.ruled == value or run is None):
            told_in = candidate.counted.told_in if candidate.counted is not None else None
            hit, tokens_ = link.hit, (told_in or candidate.sentence).tokens
            start, end = tokens_[hit.first].start, tokens_[hit.last - 1].end
        elif run is not None:
            start, end = run.start, run.end
        else:
            start, end = candidate.start, candidate.end
        by = link.side if link is not None and candidate.ruled == value else "model"
        shown = self.document.text[start:end]
        span = TaggedSpan("outcome", start, end, value, (("side", by),), judged.chance, f"{shown!r} ({by})")
        self.builder.link("outcome", number, self.builder.add(span))

    def _gives(self, candidate: Candidate, source: tuple[int, int]) -> bool:
        """Say whether the words between a source and a number give a count, or begin with a verb of speech.

        "Police said the victims -- six men and a nurse -- will live": the content ends before the number is told. Of
        27 such numbers that stand in no content 24 are of the source. "Three died, police said, as nine": what was said
        stands in front, and the rest is the outlet's own.
        """
        between = [token.lower for token in tokens(self.document.text, source[1], candidate.start)]
        opening = next((word for word in between if word not in ADVERBS), "")
        start = candidate.sentence.start
        told = any(start <= span.start and span.end <= source[0] for _, *said in self.speaking[source] for span in said)
        return (opening in SPEECH and not told) or gives_count(between)

    def _goes_on(self, candidate: Candidate, source: tuple[int, int]) -> bool:
        """Say whether a statement of a source goes on up to a number behind it.

        "While both sides deny it, 40 people have died": what follows a clause with "while" is the outlet's own.
        """
        start = candidate.sentence.start
        opening = self.document.text[start : source[0]].rpartition(",")[2].lower().split()
        if not SUBORDINATOR.isdisjoint(opening):
            return False
        for cue, *contents in self.speaking[source]:
            ends = [span.end for span in (cue, *contents) if start <= span.start and span.end <= candidate.start]
            if start <= cue.start and cue.end <= candidate.start:
                tail = self.document.text[max(*ends, source[1]) : candidate.start]
                if len(tail) <= LONGEST_TAIL and GOES_ON.fullmatch(tail):
                    return True
        return False

    def _link_source(self, candidate: Candidate, at: int, number: int) -> None:
        """Link the source of the statement that holds the number, else the one that the model gives it.

        That one stands in front of the number in its sentence and has no statement ("the coastguard has 74 on its
        list"), gives the count in so many words ("the ministry lowered the toll to 21"), or its statement goes on to
        the number ("a shepherd died, police said, and two were hurt"). Who is on record with other words speaks for
        those; the number beside them is the outlet's own.
        """
        source = self.attribution.at(candidate.start)
        if source is not None:
            self.builder.link("source", number, self.sources[(source.start, source.end)])
            return
        run = self._linked(at, "source")
        named = as_source(self.document, (run.start, run.end)) if run is not None else None
        if named is not None and not (candidate.sentence.start <= named[0] and named[1] <= candidate.start):
            return
        if named not in self.sources:
            return
        if named not in self.speaking or self._gives(candidate, named) or self._goes_on(candidate, named):
            self.builder.link("source", number, self.sources[named])
