"""The commands that show stories: `stories` and `story`. cli.py registers them by commands_ledger.

No logic of their own: data to standard output, messages to standard error, imports when a command runs.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from onrecord.commands_ledger import CONFLICTS_FOUND, Command, as_of_option, asked, db_option, opened, options

if TYPE_CHECKING:
    from onrecord.commands_review import Printer


@options(
    click.argument("words", nargs=-1, metavar="[WORDS]..."),
    click.option("--place", metavar="NAME", help="With this among its places."),
    click.option("--since", metavar="DATE", help="With articles of this day or later."),
    click.option("--until", metavar="DATE", help="With articles of this day or earlier."),
    click.option("--articles", type=click.IntRange(min=1), default=1, metavar="N", help="Of so many articles or more."),
    click.option("--limit", type=click.IntRange(min=1), help="How many (default: all)."),
    db_option, as_of_option,
)  # fmt: skip
def stories(words: tuple[str, ...], db: str, printer: "Printer", **fields: Any) -> None:
    """List stories, those with the latest articles first: span, articles, independent sources, main figure."""
    from onrecord.records import to_json
    from onrecord.told import without_details

    with asked(), opened(db) as ledger:
        found = ledger.stories(" ".join(words) or None, **fields)
    if printer.as_json:
        for one in found:
            printer.json(to_json(without_details(one.record)))
    else:
        from onrecord.story_tables import stories_table

        printer.show(stories_table([one.record for one in found]))
    printer.end()


@options(
    click.argument("id", metavar="ID"),
    click.option("--figures", "parts", flag_value="figures", help="Only the figures over time."),
    click.option("--said", "parts", flag_value="said", help="Only who said what."),
    click.option("--check", is_flag=True, help=f"Exit status {CONFLICTS_FOUND} when conflicts were found."),
    db_option, as_of_option,
)  # fmt: skip
def story(id: str, parts: str | None, check: bool, db: str, as_of: str | None, printer: "Printer") -> None:
    """Show one story: its figures over time, who said what, conflicts, copies.

    ID is that of a story, the beginning of it, or that of one of its articles.
    """
    from onrecord.records import to_json

    with asked(), opened(db) as ledger:
        found = ledger.story(id, as_of=as_of)
        said = [] if printer.as_json or parts == "figures" else ledger.said(story=found.id, as_of=as_of)
    if printer.as_json:
        printer.json(to_json(found.record))
    else:
        from onrecord.story_tables import story_page

        printer.show(story_page(found, said, parts))
    if check and found.conflicts():
        click.get_current_context().exit(CONFLICTS_FOUND)
    printer.end()


def register(group: click.Group, printing: Callable[[Command], Command]) -> None:
    """Add the commands to the group; printing gives each the options of output and a printer."""
    for command in (stories, story):
        group.command()(printing(command))
