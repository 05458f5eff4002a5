"""How much says that a number belongs to another incident or to history, not to the toll of the news.

A sentence with its document goes in, a weight comes out: signs in its words, years before the page's own, the sentence
before it, how far into the article it stands. From BACKGROUND_FROM the rules alone take a figure for background; a
tagger that has learnt weighs it with what it sees itself (figure_points.py).
"""

import re
from functools import lru_cache

from onrecord.reading.quantities import Quantity
from onrecord.reading.sentences import Document, Sentence

SHORTEST_STORY = 5
"""Sentences from which the place of a sentence in the article says something."""
BACKGROUND_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), weight)
    for pattern, weight in (
        (r"^(?:in|by the end of) (?:the )?(?:(?:early|late|mid) )?(?:1[5-9]|20)\d\d", 2.0),
        (
            r"^(?:in|last|on) (?:early |late |mid-)?(?:January|February|March|April|May|June|July|August|September|"
            r"October|November|December)\b",
            2.0,
        ),
        (r"\bsince (?:19|20)\d\d\b|\brecall(?:ed|ing)\b", 1.0),
        (r"\bin recent years\b|\bover the years\b|\bin history\b", 2.0),
        (r"\bby the end of\b|\bearlier this (?:year|month)\b", 1.5),
        (r"\b(?:wars?|campaign|insurgency|uprising|genocide|dictatorship)\b(?! crimes)", 1.0),
        (r"\bsince\b|\bearlier\b|\blast year\b|\byears? ago\b|\bdecades?\b|\bprevious(?:ly)?\b|\bsimilar\b", 1.0),
        (r"\b(?:past|last) (?:\w+ )?(?:years?|months?|decades?)\b|\bmonths ago\b|\b(?:a|per|each|every) year\b", 1.0),
        (
            r"\b(?:in|during) which\b|\b(?:attacks?|bombings?|massacre|earthquake|crash|shooting|floods?|storm|"
            r"hurricane|fire|raid|strike|war|battle|ambush|explosion)s? (?:that|which) (?:\w+ )?"
            r"(?:killed|left|claimed|injured)\b",
            1.0,
        ),
        (r"\blast (?:week|month)\b|\bearlier this (?:week|month)\b|\b(?:days|weeks) (?:ago|earlier|before)\b", 0.75),
        (r"\b(?:overnight|tonight|last night|this (?:morning|afternoon|evening))\b", -0.75),
        (r"\bso far\b|\balso\b|\bthis year\b|\bto date\b|\banniversary\b", -1.0),
    )
)
"""Signs that a sentence tells of another incident or of history, with weights; shares counted on the training pages.

The hours of the news itself ("overnight") speak against it, with a weight set by hand. A weekday does not: it made
the toll ledger of dev worse, since it often says only when somebody spoke.
"""
OLDER_YEAR = 2.0
"""Weight of a year before the page's own: 63 of 103 such rows of the training pages are background."""
BY_PROGRESS = (-2.0, -1.0, -0.5, 0.0, 0.0, 0.0, 0.25, 0.25, 0.75, 1.0)
"""Weight by tenth of the article: 2 % of the toll rows in the first are background, 49 % of those in the last."""
OPENING = -1.5
"""The same for the first sentence of a page of fewer sentences that shows no sign: it tells the news."""
VAST, VAST_WEIGHT = 200, 0.75
"""Hundreds, thousands and more without a number: 30 of 92 such rows of the training pages are background."""
CARRIED = 0.5
"""Share of the weight of the sentence before, in the same paragraph, that a sentence takes over."""
BACKGROUND_FROM = 1.75
"""Sum of weights from which a figure counts as background: swept 1.25 to 2.0 on the training pages."""
YEAR_IN_TEXT = re.compile(r"(?<![\w,.$-])(?:1[5-9]\d\d|20[0-3]\d)(?![\w,%-])")


class History:
    """Weighs the sentences of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        published = document.article.published or ""
        self._year = int(published[:4]) if published[:4].isdigit() else None

    def weight(self, sentence: Sentence, quantity: Quantity | None) -> float:
        """Return the weight for a number in a sentence; quantity is None for a single person or thing."""
        weight = _signs(self._document.text[sentence.start : sentence.end], self._year)
        count = len(self._document.sentences)
        if count >= SHORTEST_STORY:
            weight += BY_PROGRESS[min(9, int(sentence.index / count * 10))]
        elif sentence.index == 0 and not weight:
            weight = OPENING
        if quantity is not None and quantity.bound == "vague" and (quantity.low or 0) >= VAST:
            weight += VAST_WEIGHT
        return weight + CARRIED * max(0.0, _signs(self._before(sentence), self._year))

    def _before(self, sentence: Sentence) -> str:
        """Return the words of the sentence before in the same paragraph, "" when there is none."""
        before = self._document.sentences[sentence.index - 1] if sentence.index else None
        if before is None or before.paragraph != sentence.paragraph:
            return ""
        return self._document.text[before.start : before.end]


@lru_cache(maxsize=16)
def _signs(text: str, year: int | None) -> float:
    """Return the weight of the signs of background in one sentence; kept, since all its figures ask."""
    weight = sum(value for sign, value in BACKGROUND_SIGNS if sign.search(text))
    if year is not None and any(int(match.group()) < year for match in YEAR_IN_TEXT.finditer(text)):
        weight += OLDER_YEAR
    return weight
