"""A place in a text -> its quotation with what stands around it -> the same place in a changed text.

The quotation is a TextQuoteSelector of the W3C Web Annotation model: the exact words, and those before and after them.
Offsets count code points. Nothing is found by likeness: the exact words stand in the new text or they do not, since a
review of other words would be a review of another claim.
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from onrecord.errors import AnchorError
from onrecord.records import Record, Span

CONTEXT = 32
"""Characters kept before and after the quotation. The W3C model leaves it open; 32 is what annotation tools keep."""

SELECTOR: Literal["TextQuoteSelector"] = "TextQuoteSelector"


class TextQuote(Record, frozen=True, kw_only=True):
    """The exact words of a place, with what stands before and after them."""

    exact: str
    prefix: str = ""
    suffix: str = ""
    type: Literal["TextQuoteSelector"] = SELECTOR


def quote(text: str, span: Span, context: int = CONTEXT) -> TextQuote:
    """Return the quotation of a place.

    Raises:
        SpanError: the span ends outside the text.
        AnchorError: the span is empty, so there are no words to find again.
    """
    exact = span.of(text)
    if not exact:
        raise AnchorError(
            f"characters {span.start}-{span.end}: no words to quote; give a span of one character or more"
        )
    return TextQuote(
        exact=exact,
        prefix=text[max(0, span.start - context) : span.start],
        suffix=text[span.end : span.end + context],
    )


def find(text: str, quotation: TextQuote, *, near: int | None = None) -> Span | None:
    """Return where the quoted words stand in a text; None when they do not, or when nothing tells two places apart.

    Args:
        text: perhaps a later version of the text that was quoted.
        quotation: the words, in letters and spaces as they stood.
        near: where they stood before. It decides only between places whose surroundings agree equally well.
    """
    exact = quotation.exact
    scored = [(_agreement(text, place, quotation), -abs(place - (near or 0)), place) for place in _places(text, exact)]
    if not scored:
        return None
    scored.sort(reverse=True)
    best = scored[0]
    if len(scored) > 1 and scored[1][0] == best[0] and (near is None or scored[1][1] == best[1]):
        return None
    return Span(best[2], best[2] + len(exact))


def _places(text: str, exact: str) -> Iterator[int]:
    at = text.find(exact) if exact else -1
    while at >= 0:
        yield at
        at = text.find(exact, at + 1)


def _agreement(text: str, place: int, quotation: TextQuote) -> int:
    """Return how many characters before and after agree, counted outwards until the first that does not."""
    before = text[max(0, place - len(quotation.prefix)) : place]
    after = text[place + len(quotation.exact) :]
    return _common(before[::-1], quotation.prefix[::-1]) + _common(after, quotation.suffix)


def _common(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def to_selector(quotation: TextQuote) -> dict[str, str]:
    """Return the quotation as a Web Annotation selector."""
    return {
        "type": SELECTOR,
        "exact": quotation.exact,
        "prefix": quotation.prefix,
        "suffix": quotation.suffix,
    }


def from_selector(selector: object) -> TextQuote:
    """Return the quotation of a Web Annotation selector.

    Raises:
        AnchorError: the selector is of another type or has no words.
    """
    try:
        made = msgspec.convert(selector, TextQuote)
    except msgspec.ValidationError as err:
        raise AnchorError(f'selector: {err}; give {{"type": "{SELECTOR}", "exact", "prefix", "suffix"}}') from err
    if not made.exact:
        raise AnchorError("selector: exact is empty; give the words that are quoted")
    return made
