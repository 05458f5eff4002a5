"""The commands that ask a ledger: figures, said, sources, search, review, export; and erase. cli.py registers them.

Like cli.py: no logic of their own, data to standard output, messages to standard error, imports when a command runs.
"""

import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.errors import PluginError, PolicyError, QueryError

if TYPE_CHECKING:
    from onrecord.asking import Answers
    from onrecord.commands_review import Printer
    from onrecord.opening import Ledger
    from onrecord.records import Record

WRONG_USAGE, CONFLICTS_FOUND = 2, 3
DEFAULT_LEDGER = "onrecord.db"

SHOWN_IN_TABLE = 100
"""Rows of a table when nobody says how many; JSON and exports give all."""

Command = Callable[..., None]


class Refused(click.ClickException):
    """What was asked cannot be answered as it stands: wrong usage, in one line."""

    exit_code = WRONG_USAGE


@contextmanager
def asked() -> Iterator[None]:
    """Turn a query that cannot be answered, or a policy that is none, into wrong usage."""
    try:
        yield
    except (QueryError, PluginError, PolicyError) as err:
        raise Refused(str(err)) from err


def opened(db: str) -> "Ledger":
    """Return the ledger; LedgerError where there is none."""
    from onrecord.opening import Ledger

    return Ledger(db, create=False)


# --- options -------------------------------------------------------------------------------------------------------


def options(*wanted: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """Return the decorators as one."""

    def decorate(command: Command) -> Command:
        return functools.reduce(lambda made, option: option(made), reversed(wanted), command)

    return decorate


db_option = click.option(
    "--db", envvar="ONRECORD_DB", default=DEFAULT_LEDGER, show_default=True, metavar="FILE|postgresql://...",
    help="The ledger; also ONRECORD_DB.",
)  # fmt: skip
as_of_option = click.option("--as-of", metavar="DATE", help="What the ledger knew then.")
policy_option = click.option(
    "--policy", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
    help="Grade figures after a policy file of yours.",
)  # fmt: skip
as_read_option = click.option("--as-read", is_flag=True, help="Without reviews: what the reader found.")
dates = options(
    click.option("--since", metavar="DATE", help="Published on this day or later."),
    click.option("--until", metavar="DATE", help="Published on this day or earlier."),
)
where_printed = options(
    click.option("--outlet", metavar="NAME", help="Printed by it."),
    click.option("--article", metavar="ID", help="Printed in this article."),
)
paging = options(
    click.option("--limit", type=click.IntRange(min=1), help=f"How many (default: all; {SHOWN_IN_TABLE} in a table)."),
    click.option("--after", metavar="CURSOR", help="Go on behind the page before."),
)
of_figures = options(
    click.option("--outcome", metavar="OUTCOME", help="What happened: killed, injured, launched, ..."),
    click.option("--counted", metavar="WORDS", help="What is counted: drones, children, firefighters."),
    click.option("--place", metavar="NAME", help="Where."),
    click.option("--source", metavar="NAME", help="According to whom."),
    click.option("--min", type=float, help="At least."),
    click.option("--max", type=float, help="At most."),
    click.option("--kind", metavar="KIND", help="total, subset, increment, money, ..."),
    click.option("--polarity", metavar="POLARITY", help="affirmed, denied, none_reported, unverified."),
    click.option("--modality", metavar="MODALITY", help="actual, possible, planned, hypothetical."),
    click.option("--text", metavar="WORDS", help='Words of the sentence; "a phrase", word*, -word.'),
    click.option("--conflicts", is_flag=True, help="Only figures that do not add up or are disputed."),
)


# --- questions -----------------------------------------------------------------------------------------------------


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."), of_figures, dates, where_printed, paging,
    click.option("--check", is_flag=True, help=f"Exit status {CONFLICTS_FOUND} when conflicts were found."),
    policy_option, db_option, as_of_option, as_read_option,
)  # fmt: skip
def figures(
    words: tuple[str, ...], check: bool, policy: Path | None, db: str, printer: "Printer", **fields: Any
) -> None:
    """Query figures, newest publication first.

    WORDS are read as a query: onrecord figures "injured in Kyiv > 20".
    """
    given = _given(fields)
    with asked(), opened(db) as ledger:
        found = ledger.figures(" ".join(words) or None, **_paged(given, printer))
        if policy is not None:
            _print_graded(ledger, found, policy, given.get("as_of"), printer)
        else:
            _print_claims(found, "figure", printer)
        if given.get("conflicts") and found and not printer.as_json:
            from onrecord.conflicts import conflicts_in_words
            from onrecord.ledger_tables import in_words

            printer.show(*in_words("Conflicts", conflicts_in_words(ledger, found, as_of=given.get("as_of"))))
        if check:
            wanted = {**given, "conflicts": True, "limit": 1, "after": None}
            _check(bool(ledger.figures(" ".join(words) or None, **wanted)), bool(given.get("conflicts")), printer)
    printer.end()


def _check(at_odds: bool, shown: bool, printer: "Printer") -> None:
    """Say whether figures are at odds; leave with a status when they are."""
    if not printer.quiet:
        hint = "" if shown else "; --conflicts shows them"
        printer.message(f"check: figures are at odds{hint}" if at_odds else "check: no figures are at odds")
    if at_odds:
        click.get_current_context().exit(CONFLICTS_FOUND)


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."),
    click.option("--by", metavar="NAME", help="Who said it."),
    click.option("--to", metavar="NAME", help="Whom it was said to."),
    click.option("--act", metavar="ACT", help="assert, deny, promise, demand, warn, ..."),
    click.option("--form", metavar="FORM", help="direct, mixed, indirect."),
    click.option("--place", metavar="NAME", help="Where it was said."),
    dates, where_printed, paging, db_option, as_of_option, as_read_option,
)  # fmt: skip
def said(words: tuple[str, ...], db: str, printer: "Printer", **fields: Any) -> None:
    """Query statements, newest publication first.

    WORDS must stand in the sentence or in what was said; "a phrase", word*, -word.
    """
    with asked(), opened(db) as ledger:
        found = ledger.said(" ".join(words) or None, **_paged(_given(fields), printer))
        _print_claims(found, "statement", printer)
    printer.end()


@options(
    click.argument("name", nargs=-1, metavar="[NAME]"), dates, where_printed,
    click.option("--limit", type=click.IntRange(min=1), help="How many."),
    click.option("--suggest", is_flag=True, help="Show names that may be one source, with the evidence."),
    click.option("--merge", nargs=2, multiple=True, metavar="NAME INTO", help="Count a name under another one."),
    click.option("--split", nargs=2, multiple=True, metavar="NAME OTHER", help="Say that two names are two sources."),
    click.option("--log", is_flag=True, help="Show the merges and splits that were made."),
    click.option("--by", metavar="NAME", envvar="ONRECORD_REVIEWER", help="Who decides; also ONRECORD_REVIEWER."),
    db_option, as_of_option, as_read_option,
)  # fmt: skip
def sources(name: tuple[str, ...], db: str, printer: "Printer", **fields: Any) -> None:
    """Count what sources put on record: counts only, no score. Merge and split names of sources."""
    chosen = {key: fields.pop(key) for key in ("suggest", "merge", "split", "log", "by")}
    if any(chosen[key] for key in ("suggest", "merge", "split", "log")):
        from onrecord import commands_sources

        with asked(), opened(db) as ledger:
            commands_sources.run(ledger, " ".join(name) or None, {**chosen, "as_of": fields["as_of"]}, printer)
        printer.end()
        return
    with asked(), opened(db) as ledger:
        found = ledger.sources(" ".join(name) or None, **_given(fields))
    if printer.as_json:
        _print_json(found, printer)
    else:
        from onrecord.ledger_tables import sources_table

        printer.show(sources_table(found))
    printer.end()


@options(
    click.argument("words", nargs=-1, required=True), dates, where_printed, paging, db_option, as_of_option,
    as_read_option,
)  # fmt: skip
def search(words: tuple[str, ...], db: str, printer: "Printer", **fields: Any) -> None:
    """Search pages and claims for words; "a phrase", word*, -word. With how many each outlet, speaker, month has."""
    with asked(), opened(db) as ledger:
        found = ledger.search(" ".join(words), **_given(fields))
    if printer.as_json:
        _print_json([found], printer)
    else:
        from onrecord.ledger_tables import found_lines

        printer.show(found_lines(found))
        _print_next(found.next, printer)
    printer.end()


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the options that were given."""
    whole = {name: int(fields[name]) for name in ("min", "max") if (fields.get(name) or 0.5) % 1 == 0}
    return {name: value for name, value in (fields | whole).items() if value not in (None, False)}


def _paged(given: dict[str, Any], printer: "Printer") -> dict[str, Any]:
    return given if printer.as_json else {"limit": SHOWN_IN_TABLE, **given}


def _print_claims(found: "Answers[Any]", noun: str, printer: "Printer") -> None:
    if printer.as_json:
        _print_json(found, printer)
    else:
        from onrecord.ledger_tables import claims_table

        printer.show(claims_table(found, noun))
    _print_next(found.next, printer)


def _print_graded(ledger: "Ledger", found: "Answers[Any]", policy: Path, as_of: str | None, printer: "Printer") -> None:
    from onrecord.policies import load_policy

    grades = load_policy(policy)
    graded = ledger.graded_figures(found, grades, as_of=as_of)
    if printer.as_json:
        _print_json(graded, printer)
    else:
        from onrecord.story_tables import graded_table

        printer.show(graded_table(graded, grades.name))
    _print_next(graded.next, printer)


def _print_next(after: str | None, printer: "Printer") -> None:
    if after and not printer.quiet:
        printer.message(f"there are more; the next page: --after {after}")


def _print_json(found: "Sequence[Record]", printer: "Printer") -> None:
    from onrecord.records import to_json

    for record in found:
        printer.json(to_json(record))


# --- reviews -------------------------------------------------------------------------------------------------------


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."),
    click.option("--of", type=click.Choice(["figure", "statement", "event"]), help="One kind of claims."),
    click.option("--accept", multiple=True, metavar="ID", help="Accept a claim."),
    click.option("--reject", multiple=True, metavar="ID", help="Reject a claim."),
    click.option("--correct", nargs=2, multiple=True, metavar="ID FIELD=VALUE", help="Correct a field of a claim."),
    click.option("--merge", nargs=2, multiple=True, metavar="ID INTO", help="Say that two claims are one."),
    click.option("--comment", nargs=2, multiple=True, metavar="ID TEXT", help="Comment a claim."),
    click.option("--undo", multiple=True, metavar="ID", help="Take back a review, or the verdict on a claim."),
    click.option("--export", "to", type=click.Path(path_type=Path), metavar="FILE", help="Write the queue as JSON."),
    click.option("--import", "file", type=click.Path(path_type=Path), metavar="FILE", help="Read reviews (- too)."),
    click.option("--log", is_flag=True, help="Show the reviews that were made."),
    click.option("--reapply", is_flag=True, help="Carry reviews over after pages were read again."),
    click.option("--agreement", nargs=2, metavar="NAME NAME", help="How far two reviewers agree."),
    click.option("--report", is_flag=True, help="How far all reviewers agree, and on which claims they do not."),
    click.option("--second", is_flag=True, help="The queue of claims that one other reviewer has judged."),
    click.option("--by", metavar="NAME", envvar="ONRECORD_REVIEWER", help="Who reviews; also ONRECORD_REVIEWER."),
    click.option("--limit", type=click.IntRange(min=1), help="Claims of the queue (default 50)."),
    of_figures, dates, where_printed, db_option, as_of_option,
)  # fmt: skip
def review(words: tuple[str, ...], db: str, printer: "Printer", **fields: Any) -> None:
    """Go through claims that wait for a verdict, those the reader doubts most first.

    Nothing is changed in the ledger: each verdict is a row with who and when, and can be undone. WORDS narrow the
    queue: onrecord review "killed in Kyiv".
    """
    from onrecord import commands_review

    own = ("of", "accept", "reject", "correct", "merge", "comment", "undo", "to", "file", "log", "reapply",
           "agreement", "report", "second", "by")  # fmt: skip
    chosen = {name: fields.pop(name) for name in own}
    with asked(), opened(db) as ledger:
        commands_review.run(ledger, " ".join(words) or None, chosen, _given(fields), printer)
    printer.end()


# --- exports -------------------------------------------------------------------------------------------------------


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."),
    click.option("--as", "format", metavar="FORMAT", help="csv, jsonl, parquet, html; else by the file's ending."),
    click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Else standard output."),
    click.option(
        "--rows", default="figures", show_default=True, metavar="ROWS",
        help="figures, said, events, sources, reviews, or page with --article ID.",
    ),
    click.option("--formula-safe", is_flag=True, help="csv: no cell is a formula to a spreadsheet."),
    click.option("--title", help="html: the heading."),
    click.option("--story", metavar="ID", help="Of this story; html: its chart, who said what, all its sentences."),
    of_figures, dates, where_printed,
    click.option("--limit", type=click.IntRange(min=1), help="How many (default: all)."),
    db_option, as_of_option, as_read_option,
)  # fmt: skip
def export(words: tuple[str, ...], output: Path | None, rows: str, db: str, printer: "Printer", **fields: Any) -> None:
    """Write rows of the ledger to a file, each with its sentence, page and reader.

    WORDS are read as a query, as `figures` does.
    """
    given = _given(fields)
    if output is None and given.get("format") is None:
        raise click.UsageError("no format given; say --as csv, jsonl, parquet or html")
    if output is None and given["format"] == "parquet" and sys.stdout.isatty():
        raise Refused("standard output is a terminal; give -o FILE for parquet")
    with asked(), opened(db) as ledger:
        if words:
            from onrecord.asking import fields_of_words

            given = fields_of_words(" ".join(words), given)
        written = _exported(ledger, rows, output, given)
    sys.stdout.flush()
    if not printer.quiet and output is not None:
        printer.message(f"{output}: {written} rows" if written != 1 else f"{output}: 1 row")
    printer.end()


def _exported(ledger: "Ledger", rows: str, output: Path | None, given: dict[str, Any]) -> int:
    """Write rows, or the page of a story; return how many."""
    to, story = output or sys.stdout.buffer, given.get("story")
    as_html = given.get("format") == "html" or (output is not None and output.suffix.lower() in (".html", ".htm"))
    if story is None:
        return ledger.export(rows, to=to, **given)
    if as_html:
        known = {name: given.pop(name) for name in ("as_of", "as_read") if name in given}
        if given.keys() - {"story", "format"}:
            raise Refused("the html file of a story has all of it; give no words and no other conditions, or --as csv")
        return ledger.export_story(story, to=to, **known)
    return ledger.export(rows, to=to, **{**given, "story": ledger.story(story).id})


# --- erasure -------------------------------------------------------------------------------------------------------


@options(
    click.argument("url", metavar="URL|ID"),
    click.option("--reason", required=True, metavar="TEXT", help="Why; it stays in the tombstone."),
    click.option("--by", required=True, metavar="NAME", help="Who demands it or carries it out."),
    click.option("--yes", is_flag=True, help="Do not ask."), db_option,
)  # fmt: skip
def erase(url: str, reason: str, by: str, yes: bool, db: str, printer: "Printer") -> None:
    """Blank a page's words for ever, on legal demand; a tombstone with its hashes, the time, who and why stays."""
    from onrecord.records import to_json
    from onrecord.tables import counted
    from onrecord.watching import memory_of

    with opened(db) as ledger:
        there = ledger.to_be_erased(url)
        words = ", ".join(
            (counted(there.versions, "version"), counted(there.claims, "claim"), counted(there.reviews, "review"))
        )
        if not yes:
            click.confirm(f"{url}: {words}. This cannot be undone. Erase?", abort=True, err=True)
        erased = ledger.erase(url, by=by, reason=reason)
    if printer.as_json:
        printer.json(to_json(erased))
    elif not printer.quiet:
        printer.message(f"erased document {erased.document}: {words}; copies of the database are not reached")
    watched = memory_of(db)
    if watched is not None and watched.exists():
        printer.message(f"{watched}: holds addresses and feeds of the last watch, which are not erased; delete it")
    printer.end()


COMMANDS: tuple[Command, ...] = (figures, said, sources, search, review, export, erase)


def register(group: click.Group, printing: Callable[[Command], Command]) -> None:
    """Add the commands to the group; printing gives each the options of output and a printer."""
    for command in COMMANDS:
        group.command()(printing(command))
