"""Posts that a page shows with their author behind a dash: "The bridge is shut. -- Ana Torv (@anatorv) May 3, 2021".

A line goes in, a statement comes out: the post is what was said, the dash is the cue. Posts that stand in quotation
marks beside a verb are read like other speech, not here.
"""

from onrecord.reading.contents import Stretch, by_sentence
from onrecord.reading.cues import Cue
from onrecord.reading.noun_phrases import DASHES, Line
from onrecord.reading.sentences import Document
from onrecord.reading.spoken import Found

POST = Cue("post", "assert", frozenset())
LONGEST_POST = 3
"""Sentences before the dash that belong to one post."""
LONGEST_AUTHOR = 8
"""Tokens of the author's name before the handle."""


def post(document: Document, line: Line, found: list[Found]) -> Found | None:
    """Return the post that ends in this line; found are the statements before it. None when none ends here."""
    lows = line.lows
    for i in range(len(lows) - 3):
        if lows[i] not in DASHES or (i > 0 and lows[i - 1] in DASHES):
            continue
        name = next((j for j in range(i, len(lows)) if lows[j] not in DASHES), i)
        bracket = next((j for j in range(name + 1, min(len(lows) - 1, name + LONGEST_AUTHOR)) if lows[j] == "("), None)
        if bracket is None or lows[bracket + 1] != "@":
            continue
        source = (line.tokens[name].start, line.tokens[bracket - 1].end)
        content = words_of_post(document, line, i, found)
        return Found(line, i, name, POST, "assert", source=source, content=content, score=0.6) if content else None
    return None


def words_of_post(document: Document, line: Line, dash: int, found: list[Found]) -> list[Stretch]:
    """Return the sentences of a post: those before the dash that hold no statement of their own."""
    first = line.sentence
    taken = {statement.line.sentence.index for statement in found}
    begin = first.start if dash > 0 else None
    index = first.index - 1
    sentences = document.sentences
    while index >= 0 and first.index - index <= LONGEST_POST and sentences[index].paragraph == first.paragraph:
        if index in taken or sentences[index].tokens[0].lower in DASHES:
            break
        begin = sentences[index].start
        index -= 1
    return by_sentence(document, begin, line.tokens[dash].start) if begin is not None else []
