"""Where the labels of a picture go: the first of some places that hides nothing. Reads no record, writes no mark-up.

All lengths are pixels; y goes down.
"""

from collections.abc import Iterable

LETTER, LABEL_HEIGHT = 7.5, 14
"""Pixels of a letter of a label, and of its line."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom of what a dot or label takes."""


def free_place(wide: float, places: Iterable[tuple[float, float]], taken: list[Box]) -> tuple[float, float] | None:
    """Return where a label of this width begins (x, its base line), and take it; None where it would hide something.

    Args:
        wide: of the label.
        places: where it may begin, best first.
        taken: what is there already; the label is added.
    """
    for x, line in places:
        box = (x, line - LABEL_HEIGHT + 3, x + wide, line + 2)
        if not any(_meet(box, other) for other in taken):
            taken.append(box)
            return x, line
    return None


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
