"""Which stretches never say anything: a time, an article alone, the place and date that a report was filed from.

A stretch that a tagger takes as a source goes in; what is left of it as one comes out. Who a source is on the page is
left to people.py.
"""

from onrecord.reading.contents import Stretch
from onrecord.reading.noun_phrases import DATELINE_MARKS, TIME_NOUN, WEEKDAY
from onrecord.reading.sentences import Document, tokens

BESIDE_TIME = frozenset("the a an on in at by of over late early last next this that earlier later".split())
ARTICLES = frozenset({"the", "a", "an"})


def as_source(document: Document, stretch: Stretch) -> Stretch | None:
    """Return a source without the time behind it ("police on Friday night"); None when nothing of it can speak."""
    found = tokens(document.text, *stretch)
    kept = len(found)
    while kept and found[kept - 1].lower in TIME_NOUN | WEEKDAY | BESIDE_TIME:
        kept -= 1
    timed = {token.lower for token in found[kept:]}
    if not timed & WEEKDAY and kept:  # "the council of the day", "Radio Night": only a day is surely no part of a name
        return None if _is_dateline(document, stretch) else stretch
    if not kept:
        said = bool(timed & (TIME_NOUN | WEEKDAY)) or timed <= ARTICLES
        return None if said else stretch
    return stretch[0], found[kept - 1].end


def _is_dateline(document: Document, stretch: Stretch) -> bool:
    """Say whether a stretch is the dateline of the article, in front of its mark."""
    dateline = document.article.dateline
    text = document.text
    return bool(dateline) and text[slice(*stretch)] == dateline and text[stretch[1] :].lstrip()[:1] in DATELINE_MARKS
