"""Place phrases made whole: "North" of "North Carolina's" grows to the name, "Varno" to "Varno General Hospital".

The spans of places that the model finds in a document go in, one whole phrase for each comes out. Which place belongs
to which figure is decided in model_figures.py, what it is on the map in places.py.
"""

from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from onrecord.lexicon import words
from onrecord.reading.decoding import Run
from onrecord.reading.mention_rules import place_words
from onrecord.reading.sentences import Document, Token


def whole_places(document: Document, runs: Sequence[Run]) -> list[Run]:
    """Return the spans in their order, each with the characters of the whole phrase; its words stay the model's."""
    starts = [sentence.start for sentence in document.sentences]
    found = []
    for run in runs:
        tokens = document.sentences[max(0, bisect_left(starts, run.start + 1) - 1)].tokens
        end = bisect_left(tokens, run.end, key=lambda token: token.start)
        whole = whole_end(tokens, end) if end else 0
        found.append(msgspec.structs.replace(run, end=tokens[whole - 1].end) if whole > end else run)
    return found


def whole_end(tokens: Sequence[Token], end: int) -> int:
    """Return where a place phrase ends that goes on behind the token `end - 1`: a name begun, a word for its type."""
    if not tokens[end - 1].capital:
        return end
    types, behind = place_words().types, end
    while behind < len(tokens) and tokens[behind].capital:
        behind += 1
    if behind > end and tokens[behind - 1].lower in types:
        return behind
    if behind > end and tokens[end - 1].lower in words("place_beginnings", "word"):
        end += 1
    return end + 1 if end < len(tokens) and tokens[end].lower in types else end
