"""What `onrecord review` does: verdicts from the command line, files that go out and come back, the terminal queue."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import click

from onrecord.asking import reviewer
from onrecord.errors import OnRecordError, QueryError, ReviewError
from onrecord.ledger.review import Given, Review, ToReview
from onrecord.ledger_tables import agreement_line, report_lines, reviews_table, to_review
from onrecord.opening import Ledger
from onrecord.records import to_json

PROMPT = "[a]ccept  [c] FIELD=VALUE...  [r]eject  [m] ID  [t] comment  [u]ndo  [s]kip  [q]uit"


class Printer(Protocol):
    """What a command prints with; cli.py has it."""

    as_json: bool
    quiet: bool
    failed: bool

    def json(self, data: bytes) -> None:
        """Print one line of JSON."""

    def show(self, *renderables: Any) -> None:
        """Print tables."""

    def message(self, says: str) -> None:
        """Print one line to standard error."""

    def end(self) -> None:
        """Leave with the status that says whether something failed."""


def run(ledger: Ledger, words: str | None, chosen: dict[str, Any], narrowed: dict[str, Any], printer: Printer) -> None:
    """Do what the options say; without one go through the queue, or print it where nobody can answer."""
    given = list(verdicts(chosen))
    by = chosen["by"]
    if given:
        write(ledger, given, by, printer)
    elif chosen["file"] is not None:
        take_in(ledger, chosen["file"], by, printer)
    elif chosen["reapply"]:
        show_reviews(list(ledger.reapply_reviews()), printer)
    elif chosen["log"]:
        show_reviews(list(ledger.reviews(as_of=narrowed.get("as_of"))), printer)
    elif chosen["agreement"]:
        found = ledger.agreement(*chosen["agreement"])
        if printer.as_json:
            printer.json(to_json(found))
        else:
            printer.show(agreement_line(found))
    elif chosen["report"]:
        told = ledger.agreement_report()
        if printer.as_json:
            printer.json(to_json(told))
        else:
            printer.show(*report_lines(told))
    else:
        second = (by or reviewer()) if chosen["second"] else None
        waiting = ledger.queue(words, of=chosen["of"], second=second, **narrowed)
        if chosen["to"] is not None:
            hand_out(waiting, chosen["to"], printer)
        elif printer.as_json:
            for one in waiting:
                printer.json(to_json(one))
        elif is_terminal():
            go_through(ledger, waiting, by, printer)
        else:
            printer.show(*(to_review(one, number, len(waiting)) for number, one in enumerate(waiting, 1)))


def is_terminal() -> bool:
    """Say whether somebody can answer."""
    return sys.stdin.isatty()


def verdicts(chosen: dict[str, Any]) -> Iterator[Given]:
    """Yield the reviews that options give; the fields of one claim are one correction."""
    for action in ("accept", "reject", "undo"):
        yield from (Given(claim=claim, action=action) for claim in chosen[action])
    fields: dict[str, dict[str, str]] = {}
    for claim, typed in chosen["correct"]:
        name, value = field_and_value(typed)
        fields.setdefault(claim, {})[name] = value
    yield from (Given(claim=claim, action="correct", fields=changed) for claim, changed in fields.items())
    yield from (Given(claim=claim, action="merge", into=into) for claim, into in chosen["merge"])
    yield from (Given(claim=claim, action="comment", text=text) for claim, text in chosen["comment"])


def field_and_value(typed: str) -> tuple[str, str]:
    """Return the two sides of FIELD=VALUE.

    Raises:
        QueryError: there is no = in it.
    """
    name, sign, value = typed.partition("=")
    if not sign or not name.strip():
        raise QueryError(f"correct: {typed[:40]!r} is no FIELD=VALUE; write it as low=23 or outcome=injured")
    return name.strip(), value.strip()


def write(ledger: Ledger, given: list[Given], by: str | None, printer: Printer) -> None:
    """Write reviews one by one; what is wrong is named and the others are written."""
    made: list[Review] = []
    for one in given:
        try:
            written = write_one(ledger, one, by)
        except ReviewError as err:
            printer.failed = True
            printer.message(str(err))
            continue
        if written is None:
            if not printer.quiet:
                printer.message(f"claim {one.claim}: you have said so already; nothing written")
        else:
            made.append(written)
    if made:
        show_reviews(made, printer)


def write_one(ledger: Ledger, given: Given, by: str | None) -> Review | None:
    """Write one review."""
    if given.action is None:
        raise ReviewError(f"claim {given.claim}: no action given")
    return ledger.review(given.claim, given.action, by=by, fields=given.fields, into=given.into, text=given.text)


def show_reviews(made: list[Review], printer: Printer) -> None:
    """Print reviews."""
    if printer.as_json:
        for one in made:
            printer.json(to_json(one))
    else:
        printer.show(reviews_table(made))


def hand_out(waiting: list[ToReview], to: Path, printer: Printer) -> None:
    """Write the queue as JSON lines, to be filled in."""
    data = b"".join(to_json(one) + b"\n" for one in waiting)
    try:
        if str(to) == "-":
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            to.write_bytes(data)
    except OSError as err:
        raise click.ClickException(f"{to}: {err.strerror}; give another file") from err
    if not printer.quiet and str(to) != "-":
        printer.message(f"{to}: {len(waiting)} claims; fill in action, and fields, into or text, then --import it")


def take_in(ledger: Ledger, source: Path, by: str | None, printer: Printer) -> None:
    """Read reviews from a file; wrong lines are named, the others are written."""
    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as err:
        raise click.ClickException(f"{source}: {err.strerror}; give a file that can be read") from err
    done = ledger.import_reviews(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), by=by)
    printer.failed = printer.failed or bool(done.errors)
    for error in done.errors:
        printer.message(f"{source} {error}")
    if printer.as_json:
        printer.json(to_json(done))
    elif not printer.quiet:
        printer.message(f"{source}: {done.new} new, {done.same} the same, {done.empty} without an action")


# --- the terminal queue --------------------------------------------------------------------------------------------


def go_through(ledger: Ledger, waiting: list[ToReview], by: str | None, printer: Printer) -> None:
    """Show one claim after the other and write what is answered, at once."""
    if not waiting:
        printer.show("nothing waits for a review")
        return
    number = 0
    while number < len(waiting):
        printer.show(to_review(waiting[number], number + 1, len(waiting)))
        typed = click.prompt(PROMPT, default="s", show_default=False, err=True).strip()
        if typed in {"q", "quit"}:
            return
        try:
            number += answer(ledger, waiting, number, typed, by)
        except OnRecordError as err:
            printer.message(str(err))


def answer(ledger: Ledger, waiting: list[ToReview], number: int, typed: str, by: str | None) -> int:
    """Do what was typed about one claim; return how many claims to go on.

    Raises:
        OnRecordError: what was typed cannot be done.
    """
    claim = waiting[number].claim
    letter, _, rest = typed.partition(" ")
    rest = rest.strip()
    if letter == "s":
        return 1
    if letter == "u":
        if number == 0:
            raise ReviewError("nothing to undo yet")
        ledger.review(waiting[number - 1].claim, "undo", by=by)
        return -1
    if letter == "t":
        ledger.review(claim, "comment", by=by, text=rest)
        return 0
    if letter == "a":
        ledger.review(claim, "accept", by=by)
    elif letter == "r":
        ledger.review(claim, "reject", by=by)
    elif letter == "m":
        ledger.review(claim, "merge", by=by, into=rest)
    elif letter == "c":
        ledger.review(claim, "correct", by=by, fields=dict(field_and_value(part) for part in rest.split("; ")))
    else:
        raise ReviewError(f"{typed[:20]!r}: type one of a, c, r, m, t, u, s, q")
    return 1
