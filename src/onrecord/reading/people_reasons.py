"""What a page says of a source beside its name: why it stays unnamed, and for whom it speaks.

The words of a source and its sentence go in, words for `--explain` come out. Nothing is resolved here.
"""

import re
from functools import cache

from onrecord.lexicon import words
from onrecord.reading.sentences import Document, Sentence
from onrecord.records import Span, SpeakerKind

NAMELESS: frozenset[SpeakerKind] = frozenset({"unnamed", "group", "office"})
SPEAKS_FOR = re.compile(r"\bspokes(?:man|woman|person|people|men)\s+(?:for|of)\s+(?P<body>.+)$", re.IGNORECASE)
SPEAKS_OF = re.compile(r"^(?:an?\s+|the\s+)?(?P<body>.+?)\s+spokes(?:man|woman|person|people|men)\b", re.IGNORECASE)


@cache
def anonymity() -> re.Pattern[str]:
    """Return what finds the phrases of lexicon/anonymity.tsv."""
    return re.compile("|".join(re.escape(phrase) for phrase in sorted(words("anonymity", "word"))), re.IGNORECASE)


def more_about(document: Document, sentence: Sentence, source: Span, kind: SpeakerKind) -> str:
    """Return what else the page says of a source, "" when it says nothing."""
    phrase = source.of(document.text)
    found = []
    body = SPEAKS_FOR.search(phrase) or SPEAKS_OF.search(phrase)
    if body is not None:
        found.append(f"speaks for {body['body']}")
    reason = anonymity().search(document.text, sentence.start, sentence.end) if kind in NAMELESS else None
    if reason is not None:
        found.append(f"unnamed: {reason[0]}")
    return "; ".join(found)
