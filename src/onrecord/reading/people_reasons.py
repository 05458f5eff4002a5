"""What a page says of a source beside its name: why it stays unnamed, and for whom it speaks.

The standing of a source and its sentence go in, words for `--explain` come out. Nothing is resolved here.
"""

import re
from functools import cache

from onrecord.lexicon import words
from onrecord.reading.people_standing import Standing
from onrecord.reading.sentences import Document, Sentence
from onrecord.records import SpeakerKind

NAMELESS: frozenset[SpeakerKind] = frozenset({"unnamed", "group", "office"})
SPEAKS = re.compile(r"spokes(?:man|woman|person|people|men)$", re.IGNORECASE)
BECAUSE = re.compile(r" (?:because|since|as|for fear|due to|citing|out of)\b[^.;\u201d\"]*")
"""The ground that a page gives for leaving a source unnamed."""


@cache
def anonymity() -> re.Pattern[str]:
    """Return what finds the phrases of lexicon/anonymity.tsv."""
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(words("anonymity", "word"))), re.IGNORECASE)


def more_about(document: Document, sentence: Sentence, kind: SpeakerKind, standing: Standing) -> str:
    """Return what else the page says of a source, "" when it says nothing."""
    found = []
    if standing.body is not None and standing.role is not None and SPEAKS.search(standing.role):
        found.append(f"speaks for {standing.body}")
    if standing.filled():
        parts = (("role", standing.role), ("body", standing.body), ("country", standing.country))
        found.append(
            ", ".join(f"{name} {value}" for name, value in parts if value is not None) + " by the page's words"
        )
    reason = anonymity().search(document.text, sentence.start, sentence.end) if kind in NAMELESS else None
    if reason is not None:
        because = BECAUSE.match(document.text, reason.end(), sentence.end)
        found.append(f"unnamed: {reason[0]}{because[0] if because else ''}")
    return "; ".join(found)
