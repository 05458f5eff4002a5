"""The commands: what a person types -> the functions that do it -> what they print. No logic of its own.

Data go to standard output, messages to standard error. Exit status: 0 done, 1 something failed (the rest was done), 2
wrong usage. Everything but click is imported when a command runs, so that --help stays quick.
"""

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.commands_ledger import register
from onrecord.commands_stories import register as register_stories
from onrecord.commands_stories import show_sample_story
from onrecord.errors import ManifestError, OnRecordError

if TYPE_CHECKING:
    from collections import Counter

    from onrecord.adding import Progress
    from onrecord.ledger.appending import State
    from onrecord.ledger.store import Store
    from onrecord.records import AddSummary, Reading

FAILED, WRONG_USAGE = 1, 2
INTERRUPTED, PIPE_CLOSED = 130, 141
"""128 + the number of SIGINT and SIGPIPE, as the shell gives them."""

DEFAULT_DB = "./onrecord.db"

SAMPLES_IN_FULL = 2
"""Sample pages that `demo` prints with their whole ledger."""


class Commands(click.Group):
    """Ends quietly when interrupted or when nobody reads on (`| head`), in one line when something is wrong."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:
            forget_output()
            ctx.exit(PIPE_CLOSED)
        except ManifestError as err:
            raise Unusable(str(err)) from err
        except OnRecordError as err:
            raise click.ClickException(str(err)) from err


class Unusable(click.ClickException):
    """What was given cannot be used: wrong usage in one line, without the usage text."""

    exit_code = WRONG_USAGE


def forget_output() -> None:
    """Send what is still in the buffer nowhere, without the complaint that Python makes at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@contextmanager
def writing() -> Iterator[None]:
    """Flush standard output; say in one line when it takes no more."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as err:
        forget_output()
        raise click.ClickException(f"standard output: {err.strerror}; the rest was not written") from err


class Printer:
    """Prints readings as tables or JSON lines, and their problems as messages."""

    def __init__(self, *, as_json: bool, quiet: bool, verbose: bool) -> None:
        self.as_json, self.quiet, self.verbose = as_json, quiet, verbose
        self.failed = False

    def json(self, data: bytes) -> None:
        """Print one line of JSON at once."""
        with writing():
            sys.stdout.buffer.write(data + b"\n")
            sys.stdout.buffer.flush()

    def show(self, *renderables: Any) -> None:
        """Print what tables.py made at once."""
        from onrecord.tables import console

        with writing():
            console(sys.stdout).print(*renderables, sep="\n")

    def message(self, says: str) -> None:
        """Print one line to standard error."""
        from onrecord.tables import one_line

        click.echo(one_line(says), err=True)

    def reading(self, reading: "Reading", *, explain: bool = False, show: bool = True, as_page: bool = False) -> None:
        """Print the ledger of one page, or its text with roles; without `show` only its JSON or its problems."""
        self.failed = self.failed or bool(reading.problems)
        if self.as_json:
            from onrecord.records import to_json

            self.json(to_json(reading))
        elif show and as_page and reading.page is not None:
            from onrecord.margins import page_with_roles

            self.show(page_with_roles(reading))
        elif show and reading.page is not None:
            from onrecord.tables import ledger

            self.show(ledger(reading, explain=explain))
        if self.verbose:
            from onrecord.tables import counts

            self.message(f"{reading.id}: {counts(reading)}")
        # The table of a page that could be read ends with its problems.
        if not self.quiet and (self.as_json or reading.page is None):
            for problem in reading.problems:
                self.problem(reading.id, problem.says)

    def problem(self, name: str, says: str) -> None:
        """Print why a page, or a part of it, could not be read."""
        self.failed = True
        if not self.quiet:
            self.message(says if name in says else f"{name}: {says}")

    def note(self, says: str) -> None:
        """Print what a person may want to know and nothing failed by."""
        if not self.quiet:
            self.message(says)

    def summary(self, summary: "AddSummary") -> None:
        """Print what the pages of a run were."""
        if self.as_json:
            from onrecord.records import to_json

            self.json(to_json(summary))
        elif not self.quiet:
            counts = ", ".join(f"{getattr(summary, name)} {name}" for name in ("new", "same", "revised", "failed"))
            with writing():
                click.echo(f"{counts}; the ledger has {summary.articles} articles, {summary.claims} claims")

    def end(self) -> None:
        """Leave with the status that says whether something failed."""
        if self.failed:
            click.get_current_context().exit(FAILED)


def printing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of output; it gets them as one `printer`."""

    @click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
    @click.option("-q", "--quiet", is_flag=True, help="No messages; the exit status says whether something failed.")
    @click.option("-v", "--verbose", is_flag=True, help="A message for every page.")
    @functools.wraps(command)
    def with_printer(*args: Any, as_json: bool, quiet: bool, verbose: bool, **options: Any) -> None:
        command(*args, printer=Printer(as_json=as_json, quiet=quiet, verbose=verbose), **options)

    return with_printer


def with_ledger(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says where the ledger is."""
    return click.option(
        "--db",
        envvar="ONRECORD_DB",
        default=DEFAULT_DB,
        show_default=True,
        metavar="FILE|postgresql://...",
        help="The ledger; also ONRECORD_DB.",
    )(command)


@contextmanager
def progress_bar(what: str, *, shown: bool) -> Iterator["Progress | None"]:
    """Give a function that draws on standard error how far a run is; None where nobody looks."""
    if not (shown and sys.stderr.isatty()):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None, counts="")

        def tell(done: int, pages: int, states: "Counter[State]") -> None:
            counts = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
            bar.update(task, completed=done, total=pages, counts=counts)

        yield tell


@contextmanager
def interruptible(again: str) -> Iterator[None]:
    """Say what Ctrl-C leaves behind."""
    try:
        yield
    except KeyboardInterrupt:
        click.echo(f"interrupted; what was added stays; {again} goes on from there", err=True)
        raise


def make_stories(store: "Store", printer: Printer) -> None:
    """Make the stories of what came in; what keeps it from that is a message and no failure."""
    from onrecord.making import make_if_possible

    made = make_if_possible(store, printer.note)
    if made is not None and made.stories + made.gone:
        printer.note(made.says)


def print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    """Print the version and leave."""
    if asked:
        from onrecord.pipeline import VERSION

        click.echo(f"onrecord {VERSION}")
        ctx.exit()


def checked_date(_: click.Context, __: click.Parameter, value: str | None) -> str | None:
    """Return a date as typed; wrong usage when it is none."""
    from onrecord.manifest import is_date

    if value is not None and not is_date(value):
        raise click.BadParameter(f"{value!r} is no date; write it as 2025-07-04 or 2025-07-04T09:30:00Z")
    return value


def without_model(_: click.Context, __: click.Parameter, asked: bool) -> None:
    """Let this process and those that it starts read with words and word order only."""
    if asked:
        os.environ["ONRECORD_TAGGER"] = "lexicon"


def fetching(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of fetching."""
    seconds = click.FloatRange(min=0, min_open=True)
    limit = click.option("--timeout", type=seconds, metavar="SECONDS", help="For one page that is fetched (30).")
    private = click.option("--allow-private", is_flag=True, help="Fetch from addresses of private nets too.")
    return private(limit(command))


no_model = click.option(
    "--no-model",
    is_flag=True,
    expose_value=False,
    callback=without_model,
    help="Read with word lists and word order only: quicker, finds less.",
)


site_memory = click.option(
    "--site-memory",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Keep in FILE which lines the pages of an outlet share; a line on three of them is furniture.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=print_version, help="The version.")
def main() -> None:
    """Make a ledger of what news pages put on record.

    Who said what, which figures, according to whom, each with its exact words.
    """


@main.command()
@click.argument("pages", nargs=-1, metavar="PATH|URL|-...")
@click.option("--manifest", type=click.Path(path_type=Path), help="JSON lines with a path each, and id, url, outlet...")
@click.option("--published", metavar="DATE", callback=checked_date, help="Date of the pages that give none.")
@click.option("--outlet", metavar="NAME", help="Outlet of the pages that give none.")
@click.option("--format", "media_type", type=click.Choice(["auto", "html", "text"]), default="auto", show_default=True)
@click.option("--explain", is_flag=True, help="Say why each value is what it is.")
@click.option("--show-page", is_flag=True, help="Print the page's text with roles in the margin, not its ledger.")
@fetching
@site_memory
@no_model
@printing
def read(
    pages: tuple[str, ...], manifest: Path | None, explain: bool, show_page: bool, printer: Printer, **known: Any
) -> None:
    """Read pages and print the ledger of each; store nothing.

    A page is a file (plain text or HTML, also gzipped), a URL, or - for standard input. Feeds, sitemaps, OPML and WARC
    files, and their URLs, give the pages in them.
    """
    if not pages and manifest is None:
        raise click.UsageError("no page given; name files, - for standard input, or --manifest FILE.jsonl")
    from onrecord.gathering import Reach, gathered
    from onrecord.manifest import given_pages
    from onrecord.pipeline import Defaults, read_pages

    reach = Reach(allow_private=known["allow_private"], seconds=known["timeout"])
    given = gathered(given_pages(pages, manifest, media_type=known["media_type"]), reach, tell=printer.note)
    defaults = Defaults(published=known["published"], outlet=known["outlet"])
    for reading in read_pages(given, defaults=defaults, explain=explain, site_memory=known["site_memory"]):
        printer.reading(reading, explain=explain, as_page=show_page)
    printer.end()


@main.command()
@click.argument("pages", nargs=-1, metavar="PATH|URL|WARC|OPML...")
@click.option("--manifest", type=click.Path(path_type=Path), help="JSON lines with a path each, and id, url, outlet...")
@click.option("--published", metavar="DATE", callback=checked_date, help="Date of the pages that give none.")
@click.option("--outlet", metavar="NAME", help="Outlet of the pages that give none.")
@click.option("--as", "style", type=click.Choice(["ucdp", "acled"]), help="The killed of each incident, as csv.")
@fetching
@no_model
@printing
def totals(pages: tuple[str, ...], manifest: Path | None, style: str | None, printer: Printer, **known: Any) -> None:
    """Read pages and print what each puts on record in all: for each incident and outcome low, best and high."""
    if not pages and manifest is None:
        raise click.UsageError("no page given; name files, - for standard input, or --manifest FILE.jsonl")
    if style and printer.as_json:
        raise click.UsageError("--json and --as are two formats; give one of them")
    from onrecord.commands_totals import run
    from onrecord.gathering import Reach, gathered
    from onrecord.manifest import given_pages
    from onrecord.pipeline import Defaults

    reach = Reach(allow_private=known["allow_private"], seconds=known["timeout"])
    given = gathered(given_pages(pages, manifest), reach, tell=printer.note)
    run(given, Defaults(published=known["published"], outlet=known["outlet"]), style, printer)
    printer.end()


@main.command()
@click.argument("pages", nargs=-1, metavar="PATH|URL|DIR|WARC|OPML...")
@click.option("--manifest", type=click.Path(path_type=Path), help="JSON lines with a path each, and id, url, outlet...")
@click.option("--published", metavar="DATE", callback=checked_date, help="Date of the pages that give none.")
@click.option("--outlet", metavar="NAME", help="Outlet of the pages that give none.")
@click.option("--format", "media_type", type=click.Choice(["auto", "html", "text"]), default="auto", show_default=True)
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes that read; else as many as pay.")
@fetching
@site_memory
@no_model
@with_ledger
@printing
def add(
    pages: tuple[str, ...], manifest: Path | None, jobs: int | None, db: str, printer: Printer, **known: Any
) -> None:
    """Read pages and keep them in the ledger; safe to repeat and to interrupt.

    A page is a file (plain text or HTML, also gzipped), a folder with such files, a URL, or - for standard input.
    Feeds, sitemaps, OPML and WARC files, and their URLs, give the pages in them.
    """
    if not pages and manifest is None:
        raise click.UsageError("no page given; name files, folders, - for standard input, or --manifest FILE.jsonl")
    from onrecord import adding
    from onrecord.gathering import Reach, gathered
    from onrecord.ledger.store import Store
    from onrecord.pipeline import Defaults

    given = adding.pages_to_add(pages, manifest, media_type=known["media_type"])
    defaults = Defaults(published=known["published"], outlet=known["outlet"])
    settings = adding.Settings(
        jobs=jobs or adding.default_jobs(adding.likely_pages(given)),
        defaults=defaults,
        site_memory=known["site_memory"] or adding.site_memory_of(db),
    )
    reach = Reach(allow_private=known["allow_private"], seconds=known["timeout"])
    pages_of = gathered(given, reach, tell=printer.note)
    bar = progress_bar("add", shown=not printer.quiet)
    with interruptible("the same command"), closing(Store(db)) as store, bar as progress:
        summary = adding.add(store, pages_of, settings=settings, progress=progress, problem=printer.problem)
        make_stories(store, printer)
    printer.summary(summary)
    printer.end()


@main.command()
@click.argument("places", nargs=-1, required=True, metavar="FEED...")
@click.option(
    "--every", type=click.IntRange(min=60), default=900, show_default=True, metavar="SECONDS", help="A round."
)
@click.option("--rounds", type=click.IntRange(min=1), metavar="N", help="End after so many (default: go on).")
@fetching
@no_model
@with_ledger
@printing
def watch(places: tuple[str, ...], every: int, rounds: int | None, db: str, printer: Printer, **known: Any) -> None:
    """Poll feeds, sitemaps or page URLs politely and add what is new or changed, until interrupted."""
    from onrecord.adding import Settings, site_memory_of
    from onrecord.gathering import Reach
    from onrecord.ledger.store import Store
    from onrecord.manifest import given_pages
    from onrecord.watching import watch as follow

    reach = Reach(allow_private=known["allow_private"], seconds=known["timeout"])
    with interruptible("the same command"), closing(Store(db)) as store:
        summary = follow(
            store,
            given_pages(places),
            reach=reach,
            settings=Settings(site_memory=site_memory_of(db)),
            every=float(every),
            rounds=rounds,
            tell=printer.note,
            problem=printer.problem,
        )
    printer.summary(summary)
    printer.end()


@main.command()
@click.option("--jobs", type=click.IntRange(min=1), default=1, metavar="N", help="Processes that read.")
@no_model
@with_ledger
@printing
def reread(jobs: int, db: str, printer: Printer) -> None:
    """Read the archived pages with this version of the reader; earlier readings stay beside the new ones."""
    from onrecord import adding
    from onrecord.ledger.store import Store

    settings = adding.Settings(jobs=jobs, site_memory=adding.site_memory_of(db))
    bar = progress_bar("reread", shown=not printer.quiet)
    with interruptible("the same command"), closing(Store(db, create=False)) as store, bar as progress:
        summary = adding.reread(store, settings=settings, progress=progress, problem=printer.problem)
        make_stories(store, printer)
    printer.summary(summary)
    printer.end()


@main.command()
@click.argument("url", metavar="URL|ID")
@click.option("--as-of", metavar="DATE", help="Only what the ledger knew by then.")
@with_ledger
@printing
def diff(url: str, as_of: str | None, db: str, printer: Printer) -> None:
    """Show the versions of a page and which claims changed."""
    from onrecord.opening import Ledger
    from onrecord.records import to_json
    from onrecord.tables import version_changes

    with Ledger(db, create=False) as ledger:
        found = ledger.diff(url, as_of=as_of)
    for one in found:
        if printer.as_json:
            printer.json(to_json(one))
        else:
            printer.show(version_changes(one))


@main.command()
@click.option("--explain", is_flag=True, help="Say why each value is what it is.")
@no_model
@printing
def demo(explain: bool, printer: Printer) -> None:
    """Read the sample pages that come with the package; no network."""
    from onrecord.manifest import DEMO, given_pages
    from onrecord.pipeline import read_pages
    from onrecord.tables import overview, sample_introduction

    given = given_pages((), DEMO)
    readings = read_pages(given, explain=explain)
    if not printer.as_json:
        printer.show(sample_introduction([page.origin for page in given], SAMPLES_IN_FULL))
    for reading in islice(readings, None if printer.as_json else SAMPLES_IN_FULL):
        printer.reading(reading, explain=explain)
    others = list(readings)
    for reading in others:
        printer.reading(reading, show=False)
    if others:
        printer.show(overview(others, see_all=f"onrecord read --manifest {DEMO}"))
    if not printer.as_json:
        show_sample_story(DEMO, printer)
    printer.end()


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; others need users.")
@click.option("--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Port to listen on.")
@click.option("--allow-host", multiple=True, metavar="NAME", help="A name that browsers reach this server by.")
@click.option("--behind-https", is_flag=True, help="A proxy in front speaks HTTPS: cookies go nowhere else.")
@click.option("--allow-private", is_flag=True, help="Fetch from addresses of private nets too.")
@click.option(
    "--users", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Else beside the ledger."
)
@click.option("--add-user", metavar="NAME", help="Add a user, or give one a new password; asks for it.")
@click.option("--role", type=click.Choice(["reader", "reviewer", "admin"]), help="What the user may do.")
@click.option("--remove-user", metavar="NAME", help="Take a user away.")
@no_model
@with_ledger
def serve(db: str, **given: Any) -> None:
    """Serve the web interface: read, search, compare and review a ledger in a browser; JSON at /api.

    Only this machine reaches it unless you give --host and the ledger has users.
    """
    from onrecord.commands_serve import run

    run(db, given)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@with_ledger
def doctor(as_json: bool, db: str) -> None:
    """Show the versions of the reader, Python and each dependency, and whether the ledger is in order."""
    import json

    from onrecord.ledger.health import health
    from onrecord.pipeline import versions

    found = versions() | health(db)
    if as_json:
        click.echo(json.dumps(found))
    else:
        for name, version in found.items():
            click.echo(f"{name:<20} {version}")
    if {"not installed", "missing"} & set(found.values()) or found.get("integrity", "ok") != "ok":
        click.get_current_context().exit(FAILED)


register(main, printing)
register_stories(main, printing)
