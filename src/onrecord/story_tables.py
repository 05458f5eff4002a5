"""Stories of a ledger -> tables for people, as rich renderables. Prints nothing and decides nothing."""

from collections.abc import Mapping, Sequence

from msgspec import UNSET
from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.answers import FigureOnRecord, StatementOnRecord
from onrecord.exports.places import PlaceOnMap
from onrecord.intervals import range_shown
from onrecord.ledger.story_verdicts import StoryVerdict
from onrecord.ledger_tables import Cells, claims_table, in_words
from onrecord.records import Series, SeriesPoint, Story
from onrecord.stories.accounts import MAIN_OUTCOMES
from onrecord.stories.comparisons import placed
from onrecord.story_chains import according_to, chains
from onrecord.tables import Column, Rows, counted, one_line, shorten
from onrecord.told import ToldStory

STORIES = (
    Column("story", most=48), Column("from", "dim", most=10), Column("to", "dim", most=10),
    Column("articles", right=True), Column("independent", right=True), Column("main figure", "bold", most=24),
    Column("id", "dim", most=16),
)  # fmt: skip
POINTS = (
    Column("reported", "dim", most=16), Column("value", "bold", right=True), Column("state", "yellow", most=16),
    Column("according to", "green", most=24), Column("article", most=32), Column("", "dim", most=4),
)  # fmt: skip


ONCE = (
    Column("value", "bold", right=True), Column("what", most=40), Column("according to", "green", most=24),
    Column("reported", "dim", most=16), Column("article", most=32), Column("", "dim", most=14),
)  # fmt: skip
"""Columns of the figures that were told once."""

GRADED = (
    Column("reported", "dim", most=10), Column("value", "bold", right=True), Column("what", most=28),
    Column("according to", "green", most=24), Column("grade", "bold", most=24), Column("because", most=72),
    Column("id", "dim", most=16),
)  # fmt: skip
GRADE = Column("grade", "bold", most=24)
BECAUSE = Column("because", most=72)

PLACES = (
    Column("place", "bold", most=40), Column("country", most=8), Column("figures", right=True),
    Column("events", right=True), Column("precision", "dim"), Column("lat", "dim", right=True),
    Column("lon", "dim", right=True),
)  # fmt: skip
VERDICTS = (
    Column("verdict", "bold", most=64), Column("story", "dim", most=16), Column("by", "green", most=20),
    Column("at", "dim", most=19), Column("reason", most=40), Column("", most=10), Column("id", "dim", most=16),
)  # fmt: skip

NOT_FIRST = {"background": "background", "not_comparable": "not comparable", "conflicting": "conflicting"}

NAMES_SHOWN = 2
"""Articles of each side of a merge or split that are named."""

SERIES_SHOWN, ONCE_SHOWN = 6, 12
"""Series, and figures told once, on the page of a story; all with --figures."""

STATEMENTS_SHOWN = 20
"""Statements on the page of a story; all with --said."""


def _cells(*cells: str | int | None) -> Cells:
    return Cells(tuple(Text(one_line("" if cell is None else str(cell))) for cell in cells))


def stories_table(found: Sequence[Story]) -> RenderableType:
    """Return the table of stories, or that there are none."""
    if not found:
        return Text("no stories found", style="dim")
    rows = [
        _cells(
            shorten(one.name), one.from_, one.to, len(one.articles), one.independent_sources,
            f"{range_shown(main.low, main.high)} {main.outcome}" if (main := one.main_figure) else "",
            one.id,
        )
        for one in found
    ]  # fmt: skip
    return Group(Rows(STORIES, rows), Text(f"\n{len(found)} {'story' if len(found) == 1 else 'stories'}"))


def places_table(places: Sequence[PlaceOnMap]) -> RenderableType:
    """Return the places of a story and how many of its figures and events name each."""
    if not places:
        return Text("no places found", style="dim")
    rows = [
        _cells(
            one.name, one.country, one.figures, one.events, one.precision,
            "" if one.lat is None else f"{one.lat:.4f}", "" if one.lon is None else f"{one.lon:.4f}",
        )
        for one in places
    ]  # fmt: skip
    return Rows(PLACES, rows)


def verdicts_table(verdicts: Sequence[StoryVerdict], names: Mapping[str, str]) -> RenderableType:
    """Return what persons decided of stories, or that nobody did; names are those of articles by their ids."""
    if not verdicts:
        return Text("no merges or splits", style="dim")
    rows = [
        _cells(
            _verdict(one, names), one.story, one.by, one.at[:19], one.reason, "taken back" if one.undone else "", one.id
        )
        for one in verdicts
    ]
    return Rows(VERDICTS, rows)


def _verdict(one: StoryVerdict, names: Mapping[str, str]) -> str:
    if one.undoes is not None:
        return f"takes back {one.undoes}"
    word = "with" if one.verdict == "merge" else "not with"
    return f"{one.verdict}: {_named(one.articles, names)} {word} {_named(one.others, names)}"


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    """Return the first of some articles and how many more there are."""
    known = sorted(names.get(id, id) for id in ids)
    more = len(known) - NAMES_SHOWN
    return ", ".join(known[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def story_page(told: ToldStory, said: Sequence[StatementOnRecord], parts: str | None = None) -> RenderableType:
    """Return a story: its figures over time, conflicts in words, who said what, copies; or the whole of one part."""
    one = told.record
    made = _head(one)
    if parts != "said":
        made += _figures(told, whole=parts is not None)
        made += in_words("Conflicts", [one.says for one in told.conflicts()])
        made += in_words("Changed without notice", [one.says for one in told.silent_changes()])
    if parts != "figures":
        told_already = told.conflicts() if parts is None else ()
        sayings = [one.says for one in told.sayings() if one not in told_already]
        made += in_words("Repeated, denied, come about", sayings)
        shown = said if parts == "said" else said[:STATEMENTS_SHOWN]
        made += [Text("\nWho said what", style="bold"), claims_table(shown, "statement")]
        made += [Text(f"of {len(said)}; all with --said", style="dim")] if len(shown) < len(said) else []
    if parts is None:
        made += _copies(one)
    return Group(*made)


def story_summary(told: ToldStory, see_all: str) -> RenderableType:
    """Return a story in short: its main figure over time, conflicts, silent changes, copies; see_all shows the rest."""
    ranked = sorted((series for series in told.series() if len(series.points) > 1), key=_rank)
    return Group(
        *_head(told.record),
        *(part for series in ranked[:1] for part in _series(told, series)),
        *in_words("Conflicts", [one.says for one in told.conflicts()]),
        *in_words("Changed without notice", [one.says for one in told.silent_changes()]),
        *_copies(told.record),
        Text(f"\nAll of it: {see_all}", style="dim"),
    )


def _head(one: Story) -> list[RenderableType]:
    articles = counted(len(one.articles), "article")
    head = f"{one.from_ or ''} to {one.to or ''}  ·  {articles}, {one.independent_sources} independent"
    return [Text(one_line(one.name), style="bold"), Text(head, style="dim")]


def _copies(one: Story) -> list[RenderableType]:
    made = [Text(f"{copy.a} and {copy.b}: {copy.kind}, {copy.share:.0%} shared") for copy in one.copies or ()]
    return [Text("\nCopies", style="bold"), *made] if made else []


def _figures(told: ToldStory, *, whole: bool) -> list[RenderableType]:
    """Return the figures over time, what the story is about first; then those that were told once, in one table.

    Where not the whole is asked for, the first of both, and how many there are.
    """
    graded = told.record.policy is not UNSET
    ranked = sorted(told.series(), key=_rank)
    several = [series for series in ranked if len(series.points) > 1]
    shown = several if whole else several[:SERIES_SHOWN]
    made = [part for series in shown for part in _series(told, series)]
    if len(shown) < len(several):
        made.append(Text(f"\n{len(several) - SERIES_SHOWN} more series with --figures", style="dim"))
    all_once = [(series, series.points[0]) for series in ranked if len(series.points) == 1]
    once = all_once if whole else all_once[:ONCE_SHOWN]
    rows = [
        _cells(
            range_shown(point.low, point.high), quantity(series), according_to(point), (point.reported or "")[:16],
            point.article, NOT_FIRST.get(point.state, ""), *((_grade(point), _because(point)) if graded else ()),
        )
        for series, point in once
    ]  # fmt: skip
    columns = (*ONCE, GRADE, BECAUSE) if graded else ONCE
    if rows:
        made += [Text("\nTold once", style="bold"), Rows(columns, rows)]
    if len(once) < len(all_once):
        made.append(Text(f"of {len(all_once)}; all with --figures", style="dim"))
    return made


def _grade(point: SeriesPoint | FigureOnRecord) -> str:
    return point.grade.name or "-" if point.grade else ""


def _because(point: SeriesPoint | FigureOnRecord) -> str:
    return point.grade.says if point.grade else ""


def _rank(series: Series) -> tuple[bool, int, int]:
    order = MAIN_OUTCOMES.index(series.outcome) if series.outcome in MAIN_OUTCOMES else len(MAIN_OUTCOMES)
    return (series.scope != "whole", order, -len(series.points))


def quantity(series: Series) -> str:
    """Return what a series counts in words: killed, people, in Port Callan; the scope where it is not the whole."""
    place = placed(series.place) if series.place else None
    scope = None if series.scope in ("whole", "single") else (series.scope or "").replace("_", " ")
    named = None if series.counted == series.outcome else series.counted
    return ", ".join(part for part in (series.outcome, named, place, scope) if part)


def _series(told: ToldStory, series: Series) -> list[RenderableType]:
    graded = told.record.policy is not UNSET
    rows = [
        _cells(
            (point.reported or "")[:16], range_shown(point.low, point.high), point.state.replace("_", " "),
            according_to(point), point.article, "copy" if point.copy else "", *((_grade(point),) if graded else ()),
        )
        for point in series.points
    ]  # fmt: skip
    reasons = dict.fromkeys(
        f"- {range_shown(point.low, point.high)}, {_grade(point)}: {_because(point)}"
        for point in series.points
        if point.grade
    )
    return [
        Text(f"\n{one_line(quantity(series))}", style="bold"),
        Rows((*POINTS, GRADE) if graded else POINTS, rows),
        *(Text(one_line(reason), style="dim") for reason in (reasons if graded else ())),
        *(Text(chain, style="dim") for chain in chains(told, series)),
    ]


def graded_table(found: Sequence[FigureOnRecord], policy: str) -> RenderableType:
    """Return the figures with the grade of each and the reason, or that there are none."""
    if not found:
        return Text("no figures found", style="dim")
    rows = [
        _cells(
            (one.published or "")[:10], range_shown(one.low, one.high),
            ", ".join(part for part in (one.outcome, one.evidence.as_written.counted) if part), one.speaker,
            _grade(one), _because(one), one.id,
        )
        for one in found
    ]  # fmt: skip
    return Group(Rows(GRADED, rows), Text(f"\n{counted(len(found), 'figure')}, graded after {policy}"))
