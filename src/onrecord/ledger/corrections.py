"""What a reviewer corrected in a claim -> the claim as corrected; and what was typed -> a correction that fits.

A field that holds words of the page (counted, place, source) is corrected by words that stand on the page; they are
kept as a quotation, so that they are found again in a later version. Offsets are never typed and never stored.
"""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
from msgspec.structs import fields, replace

from onrecord.errors import AnchorError, ReviewError, SpanError
from onrecord.ledger.anchors import find, from_selector, quote, to_selector
from onrecord.records import Claim, Figure, Place, Record, Span, Statement, Time

SPAN_FIELDS = frozenset({
    "counted", "outcome_word", "source", "actor", "target", "weapon", "addressee", "place", "time",
})  # fmt: skip
"""Fields that hold words of the page and can be corrected; the words that a claim stands on are its identity."""

FIXED = frozenset({
    "id", "number", "sentence", "cue", "content", "trigger", "actors", "targets", "part_of", "excludes", "incident",
    "nested_in", "figures", "confidence", "why",
})  # fmt: skip
"""Fields that are not corrected: what makes the claim this claim, links between claims, and the reader's own doubt."""

NOTHING = frozenset({"", "null", "none"})
"""How an empty field is typed; an outcome of none is `outcome=none`, which is a value of its list."""


def fields_of(claim: Claim) -> tuple[str, ...]:
    """Return the fields that can be corrected."""
    return tuple(field.name for field in fields(claim) if field.name not in FIXED)


def read_correction(claim: Claim, typed: Mapping[str, str], text: str) -> dict[str, Any]:
    """Return typed values as a correction: numbers as numbers, words of the page as quotations.

    Args:
        claim: as it stands in `text`.
        typed: field names and what was typed for each; an empty value clears the field.
        text: the page.

    Raises:
        ReviewError: no such field, a value that does not fit, or words that are not on the page.
    """
    if not typed:
        raise ReviewError(f"claim {claim.id}: nothing to correct; give FIELD=VALUE")
    value: dict[str, Any] = {}
    for name, written in typed.items():
        if name not in fields_of(claim):
            raise ReviewError(f"claim {claim.id}: no field {name!r} to correct; fields: {', '.join(fields_of(claim))}")
        clean = "".join(character if character.isprintable() else " " for character in written)
        if name in SPAN_FIELDS:
            value[name] = _quoted(claim, name, clean, text)
        else:
            value[name] = _value(claim, name, clean)
    made = corrected(claim, msgspec.json.encode(value).decode(), text)
    _check(made)
    return value


def _quoted(claim: Claim, name: str, written: str, text: str) -> dict[str, str] | None:
    if written.strip() in NOTHING:
        return None
    places = [at for at in range(len(text)) if text.startswith(written, at)] if len(written) <= len(text) else []
    if not places:
        raise ReviewError(f"claim {claim.id}: {name}={written!r} does not stand on the page; give words of the page")
    at = min(places, key=lambda place: (not claim.sentence.holds(Span(place, place + len(written))), place))
    return to_selector(quote(text, Span(at, at + len(written))))


def _value(claim: Claim, name: str, written: str) -> Any:
    """Return what was typed in the type that the field has."""
    kind = next(field.type for field in fields(claim) if field.name == name)
    options = options_of(kind)
    if written.strip() in NOTHING and written not in options and type(None) in get_args(kind):
        return None
    for made in (written, _number(written)):
        try:
            return msgspec.convert(made, kind)
        except msgspec.ValidationError:
            continue
    listed = f"choose from {', '.join(options)}" if options else "give a number"
    raise ReviewError(f"claim {claim.id}: {name}={written!r} does not fit; {listed}")


def options_of(kind: Any) -> tuple[str, ...]:
    """Return the values of a closed list, also where None is one choice more."""
    if kind is str:
        return ()
    if getattr(kind, "__origin__", None) is not None and all(isinstance(value, str) for value in get_args(kind)):
        return get_args(kind)
    return next((found for part in get_args(kind) if not isinstance(part, str) and (found := options_of(part))), ())


def _number(written: str) -> int | float | str:
    plain = written.replace(",", "").strip()
    try:
        return int(plain)
    except ValueError:
        pass
    try:
        return float(plain)
    except ValueError:
        return written


def _check(claim: Claim) -> None:
    if isinstance(claim, Figure) and claim.low is not None and claim.high is not None and claim.low > claim.high:
        raise ReviewError(f"claim {claim.id}: low {claim.low} is above high {claim.high}; correct both")


def corrected(claim: Claim, value: str | None, text: str) -> Claim:
    """Return the claim with a correction applied; words that no longer stand on the page leave the field as it was.

    Args:
        claim: as its reading has it, in `text`.
        value: JSON of the correction.
        text: the page.
    """
    changes: dict[str, Any] = {}
    for name, new in msgspec.json.decode(value or "{}").items():
        if name not in fields_of(claim):
            continue
        if name in SPAN_FIELDS:
            if new is None:
                changes[name] = None
            elif (found := _found(claim, new, text)) is not None:
                changes[name] = _placed(name, found, text)
        else:
            changes[name] = new
    return replace(claim, **changes)


def _found(claim: Claim, selector: object, text: str) -> Span | None:
    try:
        return find(text, from_selector(selector), near=claim.sentence.start)
    except (AnchorError, SpanError):
        return None


def _placed(name: str, span: Span, text: str) -> Record:
    if name == "place":
        return Place(start=span.start, end=span.end, name=span.of(text))
    if name == "time":
        return Time(start=span.start, end=span.end)
    return span


def key_words(claim: Claim) -> Span:
    """Return the words that a claim stands on: the number, the first words said (else the cue), the trigger."""
    if isinstance(claim, Figure):
        return claim.number
    if isinstance(claim, Statement):
        return claim.content[0] if claim.content else claim.cue
    return claim.trigger
