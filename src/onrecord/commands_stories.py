"""The commands that show stories: `stories` and `story`. cli.py registers them by commands_ledger.

No logic of their own: data to standard output, messages to standard error, imports when a command runs.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from onrecord.commands_ledger import (
    CONFLICTS_FOUND,
    Command,
    Refused,
    as_of_option,
    asked,
    db_option,
    opened,
    options,
    policy_option,
)

if TYPE_CHECKING:
    from onrecord.commands_review import Printer
    from onrecord.ledger.story_verdicts import StoryVerdict
    from onrecord.opening import Ledger
    from onrecord.told import ToldStory


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."),
    click.option("--place", metavar="NAME", help="With this among its places."),
    click.option("--since", metavar="DATE", help="With articles of this day or later."),
    click.option("--until", metavar="DATE", help="With articles of this day or earlier."),
    click.option("--articles", type=click.IntRange(min=1), default=1, metavar="N", help="Of so many articles or more."),
    click.option("--limit", type=click.IntRange(min=1), help="How many (default: all)."),
    click.option("--feed", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE",
                 help="Write an Atom feed of changed figures; - is standard output."),
    click.option("--log", is_flag=True, help="The merges and splits that were made."),
    db_option, as_of_option,
)  # fmt: skip
def stories(words: tuple[str, ...], feed: str | None, log: bool, db: str, printer: "Printer", **fields: Any) -> None:
    """List stories, those with the latest articles first: span, articles, independent sources, main figure."""
    from onrecord.records import to_json
    from onrecord.told import without_details

    if log:
        _check_alone(words, feed, fields)
        with asked(), opened(db) as ledger:
            _show_verdicts(ledger, ledger.story_verdicts(as_of=fields["as_of"]), printer)
        return
    if feed is not None and printer.as_json:
        raise Refused("--feed writes an Atom feed and --json prints the stories; give one of them")
    with asked(), opened(db) as ledger:
        found = ledger.stories(" ".join(words) or None, **fields)
    if feed is not None:
        _write_feed(found, feed, printer)
    elif printer.as_json:
        for one in found:
            printer.json(to_json(without_details(one.record)))
    else:
        from onrecord.story_tables import stories_table

        printer.show(stories_table([one.record for one in found]))
    printer.end()


def _check_alone(words: tuple[str, ...], feed: str | None, fields: dict[str, Any]) -> None:
    """Refuse what has no part in the list of merges and splits."""
    given = [f"--{name}" for name in ("place", "since", "until", "limit") if fields[name] is not None]
    given += ["WORDS"] * bool(words) + ["--feed"] * (feed is not None) + ["--articles"] * (fields["articles"] > 1)
    if given:
        raise Refused(f"--log lists all merges and splits of the ledger; leave out {', '.join(given)}")


def _write_feed(found: "Sequence[ToldStory]", to: str, printer: "Printer") -> None:
    from onrecord.story_feed import atom, changed
    from onrecord.tables import counted

    try:
        with click.open_file(to, "wb", atomic=to != "-") as out:
            out.write(atom(found))
    except OSError as err:
        raise click.ClickException(f"{to}: {err.strerror}; give a file that can be written") from err
    if to != "-" and not printer.quiet:
        printer.message(f"{to}: {counted(len(list(changed(found))), 'changed figure')}")


@options(
    click.argument("id", metavar="ID"),
    click.option("--figures", "parts", flag_value="figures", help="Only the figures over time."),
    click.option("--said", "parts", flag_value="said", help="Only who said what."),
    click.option("--map", "parts", flag_value="map", help="Only its places; with --json as GeoJSON."),
    click.option("--check", is_flag=True, help=f"Exit status {CONFLICTS_FOUND} when conflicts were found."),
    click.option("--merge", metavar="OTHER", help="Say that it is one story with another one."),
    click.option("--split", multiple=True, metavar="ARTICLE", help="Say that an article is not of it; repeatable."),
    click.option("--undo", metavar="VERDICT", help="Take back a merge or split."),
    click.option("--by", metavar="NAME", help="Who decides; also ONRECORD_REVIEWER."),
    click.option("--reason", metavar="TEXT", help="Why."),
    policy_option, db_option, as_of_option,
)  # fmt: skip
def story(
    id: str,
    *,
    parts: str | None,
    check: bool,
    policy: Path | None,
    db: str,
    as_of: str | None,
    printer: "Printer",
    **decided: Any,
) -> None:
    """Show one story: its figures over time, who said what, conflicts, copies.

    ID is that of a story, the beginning of it, or that of one of its articles.
    """
    from onrecord.records import to_json

    deciding = [f"--{name}" for name in ("merge", "split", "undo") if decided[name]]
    if policy is not None and (deciding or parts in ("said", "map")):
        raise Refused(f"--policy grades figures; leave it out with {', '.join(deciding) or f'--{parts}'}")
    if deciding:
        _decide(id, db, printer, decided)
        return
    if parts == "map":
        _show_map(id, db, as_of, printer)
        return
    with asked(), opened(db) as ledger:
        found = ledger.story(id, as_of=as_of)
        if policy is not None:
            from onrecord.policies import load_policy

            found = ledger.graded(found, load_policy(policy), as_of=as_of)
        said = [] if printer.as_json or parts == "figures" else ledger.said(story=found.id, as_of=as_of)
    if printer.as_json:
        printer.json(to_json(found.record))
    else:
        from onrecord.story_tables import story_page

        printer.show(story_page(found, said, parts))
    if check:
        _check(found, printer)
    printer.end()


def _check(found: "ToldStory", printer: "Printer") -> None:
    """Say how many figures are disputed or were changed without a note; leave with a status for the first."""
    from onrecord.tables import counted

    conflicts, changes = len(found.conflicts()), len(found.silent_changes())
    if not printer.quiet:
        says = f"{counted(conflicts, 'conflict')}, {counted(changes, 'figure')} changed without notice"
        printer.message(f"check: {says}")
    if conflicts:
        click.get_current_context().exit(CONFLICTS_FOUND)


def show_sample_story(manifest: Path, printer: "Printer") -> None:
    """Print in short the story that most pages of a manifest tell, from a ledger that is thrown away."""
    from onrecord.opening import Ledger
    from onrecord.story_tables import story_summary

    with TemporaryDirectory() as folder, asked(), Ledger(Path(folder) / "sample.db") as ledger:
        ledger.add(manifest=manifest)
        told = max(ledger.stories(), key=lambda one: len(one.articles), default=None)
    if told is not None:
        see_all = f"onrecord add --manifest {manifest}; onrecord story {told.id}"
        printer.show("", story_summary(told, see_all))


def _decide(id: str, db: str, printer: "Printer", decided: dict[str, Any]) -> None:
    merge, split, undo = (decided.pop(name) for name in ("merge", "split", "undo"))
    if sum(map(bool, (merge, split, undo))) > 1:
        raise Refused("--merge, --split and --undo decide one thing at a time; give one of them")
    with asked(), opened(db) as ledger:
        if merge:
            made = ledger.merge_stories(id, merge, **decided)
        elif split:
            made = ledger.split_story(id, *split, **decided)
        else:
            made = ledger.undo_story_verdict(undo, **decided)
        ledger.make_stories()
        _show_verdicts(ledger, [made], printer)


def _show_verdicts(ledger: "Ledger", verdicts: "Sequence[StoryVerdict]", printer: "Printer") -> None:
    if printer.as_json:
        from onrecord.records import to_json

        for verdict in verdicts:
            printer.json(to_json(verdict))
    else:
        from onrecord.story_tables import verdicts_table

        names = ledger.article_names(id for one in verdicts for id in (*one.articles, *one.others))
        printer.show(verdicts_table(verdicts, names))
    printer.end()


def _show_map(id: str, db: str, as_of: str | None, printer: "Printer") -> None:
    from onrecord.exports.places import geojson, places_of

    with asked(), opened(db) as ledger:
        story = ledger.story(id, as_of=as_of).id
        places = places_of(ledger.figures(story=story, as_of=as_of), ledger.events(story=story, as_of=as_of))
    if printer.as_json:
        import msgspec

        printer.json(msgspec.json.encode(geojson(places)))
    else:
        from onrecord.story_tables import places_table

        printer.show(places_table(places))
    printer.end()


def register(group: click.Group, printing: Callable[[Command], Command]) -> None:
    """Add the commands to the group; printing gives each the options of output and a printer."""
    for command in (stories, story):
        group.command()(printing(command))
