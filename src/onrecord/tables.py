"""Readings -> tables for people, as rich renderables. Prints nothing and decides nothing about claims.

Words of pages are shown on one line without control characters; the JSON has them as they stand. Every table reads
well without colour and folds long words, so no number is lost in a narrow window.
"""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import IO, NamedTuple, Protocol

from msgspec import UNSET, UnsetType
from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, JustifyMethod, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from onrecord.records import (
    Check,
    Claim,
    ClaimWords,
    Difference,
    Event,
    Figure,
    Number,
    Origin,
    PageVersion,
    Place,
    Reading,
    Span,
    Statement,
    Time,
)

WIDTH_UNSEEN = 100
"""Columns when the output is no terminal and COLUMNS is not set."""

UNSURE = 0.5
"""Confidence below which a row has a question mark."""

WORDS_SHOWN = 180
"""Characters of a statement that are shown: two or three lines of its column in a window of 100."""

NARROW = 100
"""Columns below which place and time share a column."""

GAP = 2
"""Spaces between columns."""

LEAST_COLUMN = 6
"""Characters below which a table is not narrowed further; rows are then written as lines."""

OWN_VOICE = "the outlet"
"""Stands for the source where the page names none."""

SPACES = re.compile(r"\s+")


class Row(NamedTuple):
    """One claim and its cells, in the order of its table's columns."""

    claim: Claim
    cells: tuple[Text, ...]


def console(file: IO[str]) -> Console:
    """Return a console that writes to this file: colours for terminals only, 100 columns for other files."""
    # A terminal that cannot show a letter gets a question mark, not a traceback.
    if hasattr(file, "reconfigure"):
        file.reconfigure(errors="replace")
    made = Console(file=file, markup=False, highlight=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = WIDTH_UNSEEN
    return made


def one_line(text: str) -> str:
    """Return the text on one line, without control characters and marks that turn the direction of writing."""
    kept = "".join(c for c in SPACES.sub(" ", text) if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return kept.strip()


def shorten(text: str, most: int = WORDS_SHOWN) -> str:
    """Return the text cut after a word, with an ellipsis, when it is longer than `most` characters."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(",;:.- ") + "…"


def counted(number: int, noun: str) -> str:
    """Return "1 figure", "2 figures"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def counts(reading: Reading) -> str:
    """Return how many claims of each kind a reading has, in words."""
    parts = [
        counted(len(reading.figures), "figure"),
        counted(len(reading.statements), "statement"),
        counted(len(reading.events), "event"),
    ]
    if reading.problems:
        parts.append(counted(len(reading.problems), "problem"))
    return ", ".join(parts)


# --- one page ------------------------------------------------------------------------------------------------------


def ledger(reading: Reading, *, explain: bool = False) -> RenderableType:
    """Return the ledger of one page: heading, figures, who said what, events, checks, furniture, problems."""
    sections = [
        ("Figures", FIGURE_COLUMNS, [figure_row(reading, figure) for figure in reading.figures]),
        ("Who said what", STATEMENT_COLUMNS, [statement_row(reading, said) for said in reading.statements]),
        ("Events", EVENT_COLUMNS, [event_row(reading, event) for event in reading.events]),
    ]
    parts: list[RenderableType] = [heading(reading), *fields_explained(reading)]
    for title, columns, rows in sections:
        if rows:
            parts.append(Text(f"\n{title} ({len(rows)})", style="bold"))
            parts += [explained(reading, columns, row) for row in rows] if explain else [Rows(columns, rows)]
    missing = [title.lower() for title, _, rows in sections if not rows]
    if missing:
        parts.append(Text(f"\nNot found: {', '.join(missing)}", style="dim"))
    if reading.checks:
        parts += [Text("\nChecks", style="bold"), *(check_line(check) for check in reading.checks)]
    parts += _last_lines(reading)
    return Group(*parts, Text())


def heading(reading: Reading) -> RenderableType:
    """Return the lines above the tables: outlet and date, headline, then where it comes from."""
    page, article = reading.page, reading.article
    above = [page.outlet if page else None, shown_date(article.published) if article else None]
    title = "  ·  ".join(one_line(part) for part in above if part) or one_line(reading.id)
    parts: list[RenderableType] = [Rule(Text(title, style="bold"), align="left", characters="─", style="dim")]
    if article and article.headline:
        parts.append(Text(one_line(article.headline), style="bold"))
    below = [] if title == one_line(reading.id) else [reading.id]
    if article:
        below += [article.dateline or "", f"by {', '.join(article.byline)}" if article.byline else ""]
        below += [f"wire: {', '.join(article.wire_credits)}" if article.wire_credits else ""]
    line = "  ·  ".join(one_line(part) for part in below if part)
    if line:
        parts.append(Text(line, style="dim"))
    return Group(*parts)


def fields_explained(reading: Reading) -> list[RenderableType]:
    """Return one line per field of the article that has a value: where it comes from."""
    whys = reading.article.why if reading.article else UNSET
    if isinstance(whys, UnsetType):
        return []
    return [Text(f"  {why.field}: {one_line(why.says)}", style="dim") for why in whys]


def shown_date(date: str | None) -> str | None:
    """Return 2025-07-04T09:30:00Z as 2025-07-04 09:30."""
    return date and date[:16].replace("T", " ")


def check_line(check: Check) -> Text:
    """Return "539 + 11 = 550  holds"."""
    verdict = Text("holds", style="green") if check.holds else Text("does not hold", style="bold red")
    return Text.assemble(one_line(check.says), "  ", verdict)


def furniture(reading: Reading) -> str | None:
    """Return how many lines of furniture were left out, by kind, most first; None when there are none."""
    blocks = reading.article.blocks if reading.article else ()
    kinds = Counter(block.kind or "other" for block in blocks if block.role == "furniture")
    if not kinds:
        return None
    listed = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    return f"{counted(kinds.total(), 'furniture line')} left out: {listed}"


def _last_lines(reading: Reading) -> list[RenderableType]:
    lines: list[RenderableType] = []
    left_out = furniture(reading)
    claims: list[Claim] = [*reading.figures, *reading.statements, *reading.events]
    if left_out:
        lines.append(Text(left_out, style="dim"))
    if any(claim.confidence < UNSURE for claim in claims):
        lines.append(Text("? = unsure: look at the words yourself", style="dim"))
    lines += [Text(f"problem: {one_line(problem.says)}", style="bold red") for problem in reading.problems]
    return [Text(), *lines] if lines else []


# --- tables --------------------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """A column: its head, its style, the most room it takes; one that joins shares the place's in a narrow window."""

    head: str
    style: str = ""
    most: int = 30
    right: bool = False
    joins: bool = False


FIGURE_COLUMNS = (
    Column("number", most=24),
    Column("value", "bold", right=True),
    Column("counted", most=24),
    Column("outcome", most=22),
    Column("place", most=24),
    Column("time", most=24, joins=True),
    Column("according to", "green"),
    Column("kind", "dim", most=18),
    Column("", "yellow"),
)
STATEMENT_COLUMNS = (
    Column("who", "green"),
    Column("act"),
    Column("form", "dim"),
    Column("words", most=WORDS_SHOWN),
    Column("", "yellow"),
)
EVENT_COLUMNS = (
    Column("event"),
    Column("words", most=20),
    Column("status", most=14),
    Column("who -> whom", most=44),
    Column("place", most=24),
    Column("time", most=24, joins=True),
    Column("according to", "green"),
    Column("", "yellow"),
)


class HasCells(Protocol):
    """A row of any table."""

    @property
    def cells(self) -> tuple[Text, ...]:
        """The cells in the order of the columns."""
        ...


class Rows:
    """The rows of one section: a table as wide as it needs, or a line per row where the window is too narrow."""

    def __init__(self, columns: Sequence[Column], rows: Sequence[HasCells]) -> None:
        # A column in which no row has anything takes no room.
        filled = [place for place in range(len(columns)) if any(row.cells[place].plain for row in rows)]
        self.columns: Sequence[Column] = [columns[place] for place in filled]
        self.rows: Sequence[Sequence[Text]] = [[row.cells[place] for place in filled] for row in rows]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the table for this width."""
        columns, rows = self.columns, self.rows
        if options.max_width < NARROW:
            columns, rows = join_columns(columns, rows)
        wanted = [
            min(column.most, max(cell_len(cell.plain) for cell in [Text(column.head), *cells]))
            for column, cells in zip(columns, zip(*rows))
        ]
        least = [
            min(room, max(longest_word(cell.plain) for cell in [Text(column.head), *cells]))
            for room, column, cells in zip(wanted, columns, zip(*rows))
        ]
        widths = fit(least, wanted, options.max_width - GAP * (len(wanted) - 1))
        if widths is None:
            yield from (named_cells(columns, cells) for cells in rows)
            return
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0))
        table.header_style = "dim"
        for column, width in zip(columns, widths):
            justify: JustifyMethod = "right" if column.right else "left"
            table.add_column(column.head, style=column.style, overflow="fold", width=width, justify=justify)
        for cells in rows:
            table.add_row(*cells)
        yield table


def join_columns(
    columns: Sequence[Column], rows: Sequence[Sequence[Text]]
) -> tuple[Sequence[Column], Sequence[Sequence[Text]]]:
    """Return the table with place and time in one column, where it has both."""
    for place in range(1, len(columns)):
        before, column = columns[place - 1], columns[place]
        if column.joins and before.head == "place":
            both = before._replace(head=f"{before.head}, {column.head}")
            return (
                [*columns[: place - 1], both, *columns[place + 1 :]],
                [[*row[: place - 1], joined(row[place - 1 : place + 1]), *row[place + 1 :]] for row in rows],
            )
    return columns, rows


def joined(cells: Sequence[Text]) -> Text:
    """Return the cells that have something in them, with commas between."""
    return Text(", ").join(cell for cell in cells if cell.plain)


def longest_word(text: str) -> int:
    """Return the width of the longest word."""
    return max((cell_len(word) for word in text.split()), default=1)


def fit(least: Sequence[int], wanted: Sequence[int], room: int) -> list[int] | None:
    """Return a width for each column: room for its longest word, then as much as it wants; None when too narrow.

    Where the longest words do not fit, the longest of them are broken, down to LEAST_COLUMN.
    """
    cap = max(least)
    while sum(min(cap, width) for width in least) > room:
        cap -= 1
        if cap < LEAST_COLUMN:
            return None
    widths = [min(cap, width) for width in least]
    left = room - sum(widths)
    while left > 0 and widths != list(wanted):
        # One character each, so that a long column does not starve the others.
        for place in range(len(widths)):
            if left > 0 and widths[place] < wanted[place]:
                widths[place] += 1
                left -= 1
    return widths


def named_cells(columns: Sequence[Column], cells: Sequence[Text]) -> Text:
    """Return a row as one line: its first cell, then the others with their names."""
    line = Text()
    for column, cell in zip(columns, cells, strict=True):
        if cell.plain:
            line.append("  ·  " if line.plain else "").append(f"{column.head}: " if line.plain and column.head else "")
            line.append_text(cell)
    return line


def explained(reading: Reading, columns: Sequence[Column], row: Row) -> RenderableType:
    """Return one claim with its sentence and why its fields have their values."""
    reasons = Table.grid(padding=(0, 2))
    reasons.add_column(style="dim", no_wrap=True)
    reasons.add_column(overflow="fold")
    reasons.add_row(Text("sentence"), Text(one_line(reading.words(row.claim.sentence) or ""), style="italic"))
    for why in row.claim.why or ():
        reasons.add_row(Text(why.field), Text(one_line(why.says)))
    return Group(named_cells(columns, row.cells), Padding(reasons, (0, 0, 1, 4)))


# --- rows ----------------------------------------------------------------------------------------------------------


def figure_row(reading: Reading, figure: Figure) -> Row:
    """Return a figure's cells: number, value, counted, outcome, place, time, according to, kind, mark."""
    whole = next((other for other in reading.figures if other.id == figure.part_of), None)
    kind = figure.kind.replace("_", " ")
    if whole:
        kind += f" of {value(whole)}"
    outcome = {"none": "", "other": _words(reading, figure.outcome_word)}.get(figure.outcome, _spaced(figure.outcome))
    marks = [
        figure.polarity if figure.polarity != "affirmed" else "",
        figure.modality if figure.modality != "actual" else "",
    ]
    return Row(
        figure,
        (
            Text(_words(reading, figure.number)),
            Text(value(figure)),
            Text(_words(reading, figure.counted)),
            Text(", ".join(part for part in (outcome, *map(_spaced, marks)) if part)),
            Text(_words(reading, figure.place)),
            Text(_words(reading, figure.time)),
            _source(reading, figure.source, figure.speaker, figure.via),
            Text(kind),
            _mark(figure),
        ),
    )


def statement_row(reading: Reading, said: Statement) -> Row:
    """Return a statement's cells: who, act, form, words, mark."""
    who = _source(reading, said.source, said.speaker, None)
    if said.source is None and said.speaker is None:
        who = Text("nobody named", style="dim italic")
    outer = next((other for other in reading.statements if other.id == said.nested_in), None)
    if outer and outer.speaker:
        who.append(f" (as told by {one_line(outer.speaker)})", style="dim")
    if said.addressee:
        who.append(f" to {_words(reading, said.addressee)}", style="dim")
    act = said.act if said.polarity == "affirmed" else f"not {said.act}"
    words = shorten(" … ".join(_words(reading, part) for part in said.content))
    if not words:
        words = f"[{_words(reading, said.cue)}]"
    return Row(said, (who, Text(act), Text(said.form), Text(words), _mark(said)))


def event_row(reading: Reading, event: Event) -> Row:
    """Return an event's cells: type, words, status, who -> whom, place, time, according to, mark."""
    actors = ", ".join(_words(reading, actor) for actor in event.actors)
    targets = ", ".join(_words(reading, target) for target in event.targets)
    between = f"{actors} -> {targets}" if targets else actors
    told = event.source is not None or event.speaker is not None
    return Row(
        event,
        (
            Text(_spaced(event.type)),
            Text(_words(reading, event.trigger)),
            Text(_spaced(event.status)),
            Text(between.strip()),
            Text(_words(reading, event.place)),
            Text(_words(reading, event.time)),
            _source(reading, event.source, event.speaker, None) if told else Text(),
            _mark(event),
        ),
    )


def value(figure: Figure) -> str:
    """Return what a number comes to: "23", ">= 23", "> 20", "30 to 40", "478 of 550", "not stated"."""
    low, high, point = _number(figure.low), _number(figure.high), _number(figure.point)
    if figure.bound == "at_least":
        text = f">= {low or point}"
    elif figure.bound == "more_than":
        text = f"> {point}" if point else f">= {low}"
    elif figure.bound == "at_most":
        text = f"<= {high or point}"
    elif figure.bound == "less_than":
        text = f"< {point}" if point else f"<= {high}"
    elif figure.bound in {"nearly", "about"}:
        text = f"{figure.bound} {point or high or low}"
    elif low and high and low != high:
        text = f"{low} to {high}"
    else:
        text = low or high or point or "not stated"
    if "None" in text:
        text = "not stated"
    if figure.of_total is not None:
        text += f" of {_number(figure.of_total)}"
    if figure.kind == "share" and figure.unit in {None, "%", "percent"} and text != "not stated":
        return f"{text} %"
    return f"{text} {one_line(figure.unit)}" if figure.unit else text


def _number(number: Number | None) -> str | None:
    """Return 23500 as 23,500, 2500000 as 2.5 million, 6.10 as 6.1."""
    if number is None:
        return None
    for size, name in ((10**9, "billion"), (10**6, "million")):
        # Only where nothing is lost: 2,400,000,000 is 2.4 billion, 1,234,567 stays.
        if abs(number) >= size and round(number / size, 3) * size == number:
            return f"{number / size:,.3f}".rstrip("0").rstrip(".") + f" {name}"
    return f"{number:,.4f}".rstrip("0").rstrip(".")


def _words(reading: Reading, place: Span | Place | Time | None) -> str:
    return one_line(reading.words(place) or "")


def _spaced(word: str) -> str:
    return word.replace("_", " ")


def _source(reading: Reading, source: Span | None, speaker: str | None, via: str | None) -> Text:
    """Return who put it on record: the resolved name, else the words; the outlet itself where nobody is named."""
    name = one_line(speaker or "") or _words(reading, source)
    if not name:
        return Text(OWN_VOICE, style="dim italic")
    return Text(f"{name} (via {one_line(via)})" if via else name)


def _mark(claim: Claim) -> Text:
    return Text("?" if claim.confidence < UNSURE else "")


# --- many pages ----------------------------------------------------------------------------------------------------


def overview(readings: Iterable[Reading], see_all: str) -> RenderableType:
    """Return one line per page with its counts, and the command that shows them all."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="dim")
    for head in ("published", "outlet", "headline"):
        table.add_column(head, overflow="fold")
    for head in ("figures", "said", "events", "checks"):
        table.add_column(head, justify="right")
    for reading in readings:
        page, article = reading.page, reading.article
        table.add_row(
            Text(one_line(shown_date(article.published) or "") if article else ""),
            Text(one_line(page.outlet or "") if page else ""),
            Text(shorten(one_line((article.headline if article else None) or reading.id), 72)),
            *(str(len(part)) for part in (reading.figures, reading.statements, reading.events, reading.checks)),
        )
    hint = Text.assemble("\nAll of them in full: ", (see_all, "bold"), "\nA page of yours:     ", overflow="fold")
    hint.append("onrecord read PAGE", style="bold")
    return Group(Rule(Text("The other pages", style="bold"), align="left", style="dim"), table, hint)


def sample_introduction(origins: Sequence[Origin], in_full: int) -> RenderableType:
    """Return what the sample pages are, in two lines."""
    outlets = len({origin.outlet for origin in origins} - {None})
    return Text(
        f"{counted(len(origins), 'sample page')} of {counted(outlets, 'outlet')}, all invented: places, people, events."
        f"\nThe ledger of the first {in_full}, then a line for each other page, then the story they tell.\n",
        style="dim",
    )


# --- versions of a page --------------------------------------------------------------------------------------------


def version_changes(one: Difference) -> RenderableType:
    """Return what changed from one version of a page to the next, a claim on each line."""
    title = Text(f"{one_line(one.id)}: ", style="bold")
    if one.from_ is None:
        return Group(title + Text(f"one version, {_version(one.to)}, {counted(one.kept, 'claim')}"))
    title.append(f"{_version(one.from_)} -> {_version(one.to)}")
    if one.silent_edit:
        title.append("  silent edit: the text changed, its date did not", style="bold red")
    lines = [title]
    for change in one.changed:
        lines += [_claim_line("-", change.before), _claim_line("+", change.after)]
    lines += [_claim_line("-", claim) for claim in one.removed]
    lines += [_claim_line("+", claim) for claim in one.added]
    numbers = ((one.kept, "kept"), (len(one.changed), "changed"), (len(one.removed), "gone"), (len(one.added), "new"))
    lines.append(Text("  claims: " + ", ".join(f"{number} {word}" for number, word in numbers), style="dim"))
    return Group(*lines)


def _version(version: PageVersion) -> str:
    date = shown_date(version.modified or version.published)
    return f"version {version.number} (seen {version.seen_at[:16]}Z{f', dated {date}' if date else ''})"


def _claim_line(sign: str, one: ClaimWords) -> Text:
    style = "red" if sign == "-" else "green"
    return Text(f"  {sign} {one.kind:<9} {one_line(one.words)} | {shorten(one_line(one.sentence))}", style=style)
