"""Figures as intervals: what two of them say of each other, with a named tolerance for "about".

Values are compared as closed intervals, never as points. A figure goes in, its limits or a yes or no come out.
"""

from onrecord.records import Figure, Number

ABOUT_TOLERANCE = 0.1
"""Share by which a figure with "about" may be off and still agree (a convention, stated in docs/how-it-works.md)."""
INFINITE = float("inf")


def interval(figure: Figure) -> tuple[float, float]:
    """Return the closed interval of a figure; open ends are infinite, "about" is widened."""
    low = -INFINITE if figure.low is None else float(figure.low)
    high = INFINITE if figure.high is None else float(figure.high)
    if figure.low is None and figure.high is not None:
        low = 0.0
    if figure.bound == "about":
        low, high = low * (1 - ABOUT_TOLERANCE), high * (1 + ABOUT_TOLERANCE)
    return low, high


def overlap(a: Figure, b: Figure) -> bool:
    """Say whether two figures can be the same value."""
    (a_low, a_high), (b_low, b_high) = interval(a), interval(b)
    return a_low <= b_high and b_low <= a_high


def value_of(figure: Figure) -> Number | None:
    """Return the printed number; else the lower limit, else the upper one; None for words without a number."""
    return next((v for v in (figure.point, figure.low, figure.high) if v is not None), None)


def shown(value: Number) -> str:
    """Return a number as a reader writes it: 1,200 and 12.5."""
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def range_shown(low: Number | None, high: Number | None) -> str:
    """Return limits as a reader writes them, open ends in words: 9, 9 or more, up to 9, 9 to 12; "" for none."""
    if low is None:
        return "" if high is None else f"up to {shown(high)}"
    if high is None:
        return f"{shown(low)} or more"
    return shown(low) if low == high else f"{shown(low)} to {shown(high)}"
