"""Which incident a sentence of a page tells of, when a page tells of several, so that their tolls never mix.

A page tells of one incident unless its words open another one ("in a separate attack", "elsewhere") or a full count
is tied to another town than the one before it. Sentences and figures in, one number for each sentence out: 0 is the
incident the page opens with. Which events a figure belongs to is decided in events.py.
"""

import re
from collections.abc import Iterable
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.sentences import Document, Sentence
from onrecord.records import Figure, Place

CITY_PRECISION = frozenset({"exact", "district", "city"})
"""How exact a place must be for two different ones to be two incidents."""


@cache
def openers() -> re.Pattern[str]:
    """Return the pattern of the words that open another incident."""
    forms = "|".join(row["pattern"] for row in rows("incident_openers"))
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


def incidents_of(document: Document, figures: Iterable[Figure]) -> list[int]:
    """Return the number of the incident that each sentence tells of, in text order.

    A sentence with an opener, and what follows it in its paragraph, is another incident. So is a sentence whose full
    count stands with a town of its own; a town named before takes up the incident of that town.
    """
    towns = _towns(document, figures)
    known: dict[int, int] = {}
    found: list[int] = []
    newest, current, paragraph = 0, 0, -1
    for sentence in document.sentences:
        if sentence.paragraph != paragraph:
            paragraph, current = sentence.paragraph, 0
        town = towns.get(sentence.index)
        if opens_another(document, sentence):
            newest += 1
            current = newest
        elif town is not None:
            if town not in known and known:
                newest += 1
                known[town] = newest
            current = known.get(town, current)
        if town is not None:
            known.setdefault(town, current)
        found.append(current)
    return found


def opens_another(document: Document, sentence: Sentence) -> bool:
    """Say whether the words of a sentence open another incident."""
    return sentence.index > 0 and openers().search(document.text, sentence.start, sentence.end) is not None


def _towns(document: Document, figures: Iterable[Figure]) -> dict[int, int]:
    """Return the town that the full counts of a sentence are tied to, where it is one only."""
    starts = {sentence.start: sentence.index for sentence in document.sentences}
    named: dict[int, set[int]] = {}
    for figure in figures:
        if figure.kind in ("total", "running_total") and figure.outcome not in ("none", "other"):
            town = _town(figure.place)
            if town is not None and figure.sentence.start in starts:
                named.setdefault(starts[figure.sentence.start], set()).add(town)
    return {index: towns.pop() for index, towns in named.items() if len(towns) == 1}


def _town(place: Place | None) -> int | None:
    return place.geonames if place is not None and place.precision in CITY_PRECISION else None
