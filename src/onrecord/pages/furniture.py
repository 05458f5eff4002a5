"""A line of a page -> which furniture it is, if any: ad marks, promos, links to other stories, menus, policy lines.

The phrases stand in lexicon/furniture.tsv and lexicon/tail_heads.tsv. A line is looked at alone; where it stands on the
page is the caller's business, and so is the decision that a page ends: nothing here deletes a word.
"""

import re
from functools import cache, lru_cache
from typing import cast

import msgspec

from onrecord.lexicon import rows
from onrecord.records import FurnitureKind

MOST_REMEMBERED = 4_096
"""Lines whose kind is remembered; menus are the same on page after page of an outlet."""

LONGEST_FURNITURE = 420
"""Characters of the longest line that phrases are looked for in; longer lines are prose or a menu, told by shape."""

MARKS = " \t\r\n\xa0•*-–—|>»›·:…\u200b\ufeff"
"""What stands around the words of a line without being part of them."""

STOP = re.compile(r"[.!?…。！？][\"'”’»)\]\u200b\ufeff]*$")
WITHOUT_BLANKS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(r"\w+")


class Phrase(msgspec.Struct, frozen=True):
    """A row of the lexicon: its kind, and the words of the longest line that it fits."""

    kind: FurnitureKind
    most_words: int


class Phrases(msgspec.Struct, frozen=True):
    """Rows as one pattern; the number of the last group that took part is the number of the row that fits."""

    pattern: re.Pattern[str]
    rows: tuple[Phrase, ...]

    def whole(self, text: str) -> Phrase | None:
        """Return the row that fits a whole tidied line."""
        found = self.pattern.fullmatch(text)
        return self.rows[cast(int, found.lastindex) - 1] if found else None


ANY_WORDS = 99
"""Word limit of a row that gives none; its pattern limits itself."""


def _phrase(row: dict[str, str]) -> Phrase:
    return Phrase(cast(FurnitureKind, row["kind"]), int(row.get("most_words") or ANY_WORDS))


def _compiled(entries: list[dict[str, str]]) -> Phrases:
    """Return rows as one pattern; every group of a row itself is non-capturing.

    An empty group closes each row: opened before it, it would keep the engine from passing over the row by its first
    letter.
    """
    return Phrases(re.compile("|".join(f"(?:{row['pattern']})()" for row in entries)), tuple(map(_phrase, entries)))


@cache
def _whole_lines() -> Phrases:
    """Return the rows that fit a line from its start to its end."""
    return _compiled([row for row in rows("furniture") if row["fit"] in ("line", "start")])


@cache
def _within_lines() -> tuple[tuple[str, re.Pattern[str], Phrase], ...]:
    """Return the rows that fit a line anywhere in it, each once for each of the words in its column `has`.

    One of these words stands in every line that the row fits; to look for them takes a tenth of the time.
    """
    return tuple(
        (word, re.compile(row["pattern"]), _phrase(row))
        for row in rows("furniture")
        if row["fit"] == "any"
        for word in row["has"].split("|")
    )


def _within(tidy: str) -> Phrase | None:
    """Return the first row that fits somewhere in a tidied line."""
    return next((row for word, pattern, row in _within_lines() if word in tidy and pattern.search(tidy)), None)


@cache
def _tails() -> Phrases:
    """Return the rows that head what follows an article."""
    return _compiled(list(rows("tail_heads")))


def tidied(text: str) -> str:
    """Return a line as phrases are written: lower case, plain apostrophes, single blanks, no marks around it."""
    return " ".join(text.replace("\u2019", "'").replace("\u2018", "'").split()).strip(MARKS).lower()


@lru_cache(maxsize=MOST_REMEMBERED)
def furniture_kind(text: str) -> FurnitureKind | None:
    """Return which furniture a line is; None when it may be part of the article."""
    if len(text) > LONGEST_FURNITURE:
        return None
    tidy = tidied(text)
    if not WORD.search(tidy):
        return "other"
    count = len(tidy.split())
    found = _whole_lines().whole(tidy)
    if found is None or count > found.most_words:
        found = _within(tidy)
    return found.kind if found is not None and count <= found.most_words else None


FIGURES_ROW = re.compile(r"(?=[^\n]*\d)[^|\n]{1,160}\|[^|\n]{0,160}(?:\|[^|\n]{0,160})+")
"""Three cells or more with a stroke between them, a figure in one."""


def is_figures_row(text: str) -> bool:
    """Say whether a line is a row of a table with figures in it and no path of a menu: "3 | Port Vale | 12"."""
    return FIGURES_ROW.fullmatch(text) is not None


LONGEST_TAIL_HEAD = 60
"""Characters of the longest line that heads a tail."""


def tail_kind(text: str) -> FurnitureKind | None:
    """Return what a line announces when it heads the part of a page after the article ("Related stories", "Tags:")."""
    if len(text) > LONGEST_TAIL_HEAD:
        return None
    found = _tails().whole(tidied(text))
    return found.kind if found else None


@cache
def _author_notes() -> re.Pattern[str]:
    """Return a pattern of lines that say who wrote an article."""
    return re.compile("|".join(f"(?:{row['pattern']})" for row in rows("author_notes")))


def is_author_note(text: str) -> bool:
    """Say whether a line tells who wrote the article. Ask only at the end of one: sentences amid it look the same."""
    return len(text) <= LONGEST_FURNITURE and _author_notes().fullmatch(tidied(text)) is not None


def ends_sentence(text: str) -> bool:
    """Say whether a line ends as a sentence does."""
    return STOP.search(text.rstrip()[-20:]) is not None


def word_count(text: str) -> int:
    """Return how many words a line has; two characters of a script without blanks count as one."""
    return len(text.split()) + (0 if text.isascii() else len(WITHOUT_BLANKS.findall(text)) // 2)
