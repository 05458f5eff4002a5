"""Which place a figure belongs to: every phrase that may be it is weighed, "no place" among them.

Points are those of lexicon/place_points.tsv, fitted by training/place_points.py on coded pages; a hundred are a factor
e in the odds. The phrases come from place_choices.py, how likely each is linked to the number from the reader model;
the place that the rules take for the nearest has a feature of its own. What a place is on the map is told in places.py.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.decoding import Decoded, Run, log_odds
from onrecord.reading.mention_rules import CLAUSE_BREAK, Mentions
from onrecord.reading.place_choices import TOP, Features, PlacePhrase
from onrecord.reading.sentences import Document, Sentence

POINTS_PER_E = 100.0
"""Points of one unit of log odds."""

NO_PLACE_WEIGHT = 0.3
"""What the odds of "no place" are multiplied with: a place that the text does tie to a figure is missed at a higher
cost than one is given that the figure does not have. Set on the pages of the fit: at 1 every sixth place is missed."""

SENTENCES_BACK = 12
"""Sentences before that of the number in which its place may stand; those that open the page may further away."""

MOST_PHRASES = 50
"""Phrases before a number, behind it, and at the top of the page that are weighed at most, so that lists take no longer
than text; news pages have 11 phrases on average."""

FURTHEST, MOST_BREAKS, MOST_BETWEEN = 4, 2, 3
"""Sentences back, clauses and phrases or numbers between: more count as this many."""

GAP_CHARACTERS = 10.0
"""Characters between a number and a place that are near."""

RELATIVE_CLAUSE = re.compile(r", (?:which|who|whose|where)\b")

Number = tuple[Run, Sentence]
"""The words of a number and its sentence."""


@cache
def points() -> Mapping[str, float]:
    """Return the points by the name of their feature, in units of log odds."""
    return {row["feature"]: int(row["points"]) / POINTS_PER_E for row in rows("place_points")}


def odds_of(features: Features) -> float:
    """Return what features come to, in log odds."""
    given = points()
    return sum(given.get(name, 0.0) * value for name, value in features.items())


def likeliest(odds: Sequence[float], heads: Sequence[str], none: float) -> int | None:
    """Return the position of the likeliest place, None when "no place" is likelier.

    A place that is named several times has the chances of all its phrases. odds and none are log odds.
    """
    sums: dict[str, float] = {}
    top = max((*odds, none))
    for one, head in zip(odds, heads, strict=True):
        sums[head] = sums.get(head, 0.0) + math.exp(one - top)
    if not sums or max(sums.values()) <= NO_PLACE_WEIGHT * math.exp(none - top):
        return None
    best = max(sums, key=lambda head: sums[head])
    return max((at for at, head in enumerate(heads) if head == best), key=lambda at: odds[at])


class PlaceChoices:
    """The phrases of a page with its numbers, for one choice per number; immutable after it is made."""

    def __init__(
        self,
        document: Document,
        decoded: Decoded,
        numbers: Sequence[Number],
        phrases: Sequence[PlacePhrase],
        mentions: Mentions,
    ) -> None:
        self._text, self._numbers, self.phrases, self._mentions = document.text, numbers, phrases, mentions
        self._starts = [phrase.run.start for phrase in phrases]
        self._number_starts = [run.start for run, _ in numbers]
        self._sentences = [phrase.sentence.index for phrase in phrases]
        self._top = bisect_left(self._sentences, TOP + 1)
        self._odds = [odds_of(phrase.features) for phrase in phrases]
        self._arcs = decoded.links("number place", [run for run, _ in numbers], [one.run for one in phrases])
        self._breaks: dict[int, list[int]] = {}

    def best(self, at: int, side: str) -> PlacePhrase | None:
        """Return the likeliest place of the number at a position, None when "no place" is likelier."""
        found = [(self.phrases[n], self._odds[n] + odds_of(features)) for n, features in self.pairs(at)]
        none = odds_of(self.none(at, side))
        best = likeliest([odds for _, odds in found], [phrase.head for phrase, _ in found], none)
        return found[best][0] if best is not None else None

    def none(self, at: int, side: str) -> Features:
        """Return what says that the number at a position has no place; side as in model_figures.py."""
        _, chances = self._arcs[at]
        most = float(chances.max()) if len(chances) else 0.0
        return {"none": 1.0, f"none:{side}": 1.0, "none:arc": log_odds(most)}

    def pairs(self, at: int) -> Iterator[tuple[int, Features]]:
        """Yield the phrases that may be the place of the number at a position, each with what ties it to the number.

        A place is told with the number or before it: of those in later sentences one in six is right.
        """
        (run, sentence), (low, chances) = self._numbers[at], self._arcs[at]
        here = bisect_left(self._sentences, sentence.index)
        end = bisect_right(self._sentences, sentence.index)
        middle = bisect_left(self._starts, run.start)
        back = max(bisect_left(self._sentences, sentence.index - SENTENCES_BACK), middle - MOST_PHRASES)
        nearest, lead = self._ruled(run, sentence)
        most = float(chances.max()) if len(chances) else 0.0
        for n in (*range(min(self._top, back, MOST_PHRASES)), *range(back, min(end, middle + MOST_PHRASES))):
            phrase = self.phrases[n]
            if phrase.run.start < run.end and run.start < phrase.run.end:
                continue
            chance = float(chances[n - low]) if 0 <= n - low < len(chances) else 0.0
            features = {"arc": log_odds(chance), "arc best": float(chance == most)}
            if n >= here:
                self._beside(features, run, phrase)
            else:
                self._earlier(features, sentence, phrase)
                features["places between"] = math.log(end - n)
                features["places here"] = float(end > here)
            if phrase.span is not None:
                features["nearest"] = float(phrase.span == nearest)
                features["lead"] = float(phrase.span == lead)
            yield n, features

    def _ruled(self, run: Run, sentence: Sentence) -> tuple[int | None, int | None]:
        """Return which spans are the nearest place and the first one of the page by the rules."""
        nearest = self._mentions.nearest(sentence, run.end, "place")
        lead = self._mentions.lead(sentence.end)
        return nearest, lead if lead != nearest else None

    def _beside(self, features: Features, run: Run, phrase: PlacePhrase) -> None:
        """Add what ties a phrase of the same sentence to a number."""
        behind = phrase.run.start >= run.end
        side = "after" if behind else "ahead"
        low, high = (run.end, phrase.run.start) if behind else (phrase.run.end, run.start)
        breaks = self._breaks_of(phrase.sentence)
        places = bisect_left(self._starts, high) - bisect_left(self._starts, low)
        numbers = bisect_left(self._number_starts, high) - bisect_left(self._number_starts, low)
        features[side] = 1.0
        features[f"{side}:gap"] = math.log(1.0 + max(0, high - low) / GAP_CHARACTERS)
        features[f"{side}:clauses"] = float(min(bisect_left(breaks, high) - bisect_left(breaks, low), MOST_BREAKS))
        features[f"{side}:places"] = float(min(places, MOST_BETWEEN))
        features[f"{side}:numbers"] = float(min(numbers, MOST_BETWEEN))
        if behind:
            comma = self._text.rfind(",", low, high)
            features["relative"] = float(comma >= 0 and RELATIVE_CLAUSE.match(self._text, comma, high) is not None)
        elif phrase.first <= 1:
            features["opens"] = 1.0

    def _breaks_of(self, sentence: Sentence) -> list[int]:
        """Return where the clauses of a sentence break."""
        if sentence.index not in self._breaks:
            found = CLAUSE_BREAK.finditer(self._text, sentence.start, sentence.end)
            self._breaks[sentence.index] = [match.start() for match in found]
        return self._breaks[sentence.index]

    def _earlier(self, features: Features, sentence: Sentence, phrase: PlacePhrase) -> None:
        """Add what ties a phrase of a sentence before to a number."""
        features[f"back={min(sentence.index - phrase.sentence.index, FURTHEST)}"] = 1.0
        features["paragraph"] = float(phrase.sentence.paragraph == sentence.paragraph)
        for name in ("named", "by=bare"):
            features[f"back {name}"] = phrase.features.get(name, 0.0)
