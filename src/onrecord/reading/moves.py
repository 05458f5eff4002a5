"""Whether a number is the size of a rise or fall, or the value that one led to.

In go tokens, the place of a number and its type, out comes up or down with what is meant; which words say so is
lexicon/moves.tsv. What the number counts is read elsewhere.
"""

from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.grammar import ADVERBS
from onrecord.reading.sentences import Token

Direction = Literal["up", "down"]
MOST_BETWEEN = 3
"""Light words between the word of change and the number: "fell by only a further 3 percent"."""
LIGHT = ADVERBS | frozenset("by another further additional down up back as much".split())


class Move(msgspec.Struct, frozen=True):
    """A change: its direction, and whether the number is the value that it led to."""

    direction: Direction
    reached: bool


@cache
def _table() -> dict[str, tuple[Direction, bool]]:
    """Words of change: direction, and whether they take amounts only."""
    table: dict[str, tuple[Direction, bool]] = {}
    for row in rows("moves"):
        direction: Direction = row["direction"]  # type: ignore[assignment]  # a test compares the column with the list
        for word in row["forms"].split("|"):
            table[word] = (direction, row["takes"] == "amount")
    return table


def move_of(tokens: tuple[Token, ...], first: int, free: int, kind: str) -> Move | None:
    """Return the change that a number measures: "rose 3 percent", "up 12", "fell to 40 cents".

    Args:
        tokens: the sentence.
        first: the number with its bound words.
        free: the first token that no earlier number has.
        kind: count, share, money or measure; "lost" and "down" are changes of amounts only.

    Source: lexicon/moves.tsv.
    """
    at = first - 1
    reached = at >= free and tokens[at].lower == "to"
    at -= reached
    for place in range(at, max(free, at - MOST_BETWEEN) - 1, -1):
        found = _table().get(tokens[place].lower)
        if found is not None:
            direction, amounts = found
            by = tokens[place + 1].lower == "by"
            return Move(direction, reached) if kind != "count" or by or not amounts else None
        further = tokens[place].lower in ("a", "an") and tokens[place + 1].lower in ("further", "additional")
        if tokens[place].lower not in LIGHT and not further:
            return None
    return None
