"""The text of a dump -> its paragraphs: lines, joined where the dump broke them.

Lines that an editor wrapped at some 60-80 characters, and a short line that runs on in small letters on the next, are
one paragraph. No character is changed: a paragraph is a stretch of the text, line breaks included.
"""

import re
from itertools import pairwise

import msgspec

from onrecord.pages.furniture import ends_sentence

LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
NARROWEST_WRAP = 40
WIDEST_WRAP = 120
"""Characters per line between which a dump counts as wrapped; mail wraps at 72, terminals at 80, e-paper at 100."""

LEAST_WRAPPED = 4
"""Lines with a line right after them from which a wrap width can be told."""

SHARE_FULL = 0.6
"""Share of those lines that must reach WRAP_SLACK of the width."""

WRAP_SLACK = 0.75
FINISHED_SLACK = 0.9
"""Share of the width that a line which ends a sentence must reach with the next word to count as wrapped there."""

SHARE_UNFINISHED = 0.5
"""Share of those lines that must stop in mid-sentence."""

ITEM = re.compile(r"(?:[\u2022\u25cf\u25aa\u25e6\u2023\u00b7*>-]|\(?\d{1,2}[.)])\s+\S")


class Paragraph(msgspec.Struct, frozen=True):
    """A stretch of the text without outer blanks; apart says whether a blank line (or the start) stands before it."""

    start: int
    end: int
    text: str
    apart: bool


class _Line(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str
    apart: bool
    indent: int


def _lines(text: str) -> list[_Line]:
    """Return the lines that are not blank."""
    found: list[_Line] = []
    last = -1
    for match in LINE.finditer(text):
        line = match.group()
        words = line.strip()
        if not words:
            continue
        start = match.start() + line.index(words)
        between = text[last : match.start()] if last >= 0 else ""
        apart = last < 0 or between.count("\n") > 1 or between.count("\r") > 1 or "\u2029" in between
        found.append(_Line(start, start + len(words), words, apart, start - match.start()))
        last = match.end()
    return found


def wrap_width(lines: list[_Line]) -> int | None:
    """Return the width at which a dump is wrapped; None when its lines are whole paragraphs."""
    inner = [line for line, after in pairwise(lines) if not after.apart and not ITEM.match(after.text)]
    if len(inner) < LEAST_WRAPPED:
        return None
    lengths = sorted(len(line.text) for line in inner)
    width = lengths[int(len(lengths) * 0.95)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    full = [line for line in inner if len(line.text) >= WRAP_SLACK * width]
    unfinished = sum(not ends_sentence(line.text) for line in full)
    return width if len(full) >= SHARE_FULL * len(inner) and unfinished >= SHARE_UNFINISHED * len(full) else None


def _runs_on(line: _Line, after: _Line, width: int | None) -> bool:
    """Say whether a paragraph that has this line goes on in the line after it."""
    if after.apart or ITEM.match(after.text):
        return False
    small = after.text[0].islower()
    if width is None:
        return small and line.text[0].isupper() and not ends_sentence(line.text) and line.text[-1] not in ":,;|"
    if after.indent >= 2 > line.indent:
        return False
    finished = ends_sentence(line.text)
    with_next_word = len(line.text) + 1 + len(after.text.split(None, 1)[0])
    return with_next_word > (FINISHED_SLACK if finished else WRAP_SLACK) * width or (small and not finished)


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text dump in order; every character that is not blank stands in one."""
    lines = _lines(text)
    width = wrap_width(lines)
    found: list[Paragraph] = []
    index = 0
    while index < len(lines):
        first = last = lines[index]
        index += 1
        while index < len(lines) and _runs_on(last, lines[index], width):
            last = lines[index]
            index += 1
        found.append(Paragraph(first.start, last.end, text[first.start : last.end], first.apart))
    return found
