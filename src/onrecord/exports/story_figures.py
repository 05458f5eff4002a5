"""The figures of a story in words and tables: over time, told once, against each other, by outlet. All text is escaped.

Lines of mark-up for the exported file and for the web interface; what is long can be cut. Says what was put on record,
not which figure is true.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import UNSET
from msgspec.structs import replace

from onrecord.answers import ClaimOnRecord
from onrecord.exports.charts import SIGNS, Href, chart, outlets_of, point_shown, series_name, tones_of, value_shown
from onrecord.exports.html import OWN_VOICE
from onrecord.exports.marked import text
from onrecord.exports.story_words import day_words, link, with_marks
from onrecord.records import Comparison, ComparisonKind, PointState, Series, SeriesPoint, Story

LANES = 8
"""Series of the chart that is seen first; the others are folded, or on a page of their own."""
ALL = slice(None)
AGAINST: tuple[tuple[ComparisonKind, str], ...] = (("conflicts", "Conflicts"), ("revises", "Revisions"))
CONFLICT: PointState = "conflicting"
NOTHING_DRAWN = "<p>No figure of this story has a number.</p>"
SAID_AGAIN: tuple[PointState, ...] = ("repeated", "background", "not_comparable")
"""States of figures that are left out of a lane first, where it has too many."""


def points_of(story: Story) -> dict[str, SeriesPoint]:
    """Return the points of all series of a story by the figure that each stands for."""
    return {point.figure: point for series in series_of(story) for point in series.points}


def series_of(story: Story) -> tuple[Series, ...]:
    """Return the series of a story; none where it was listed without them."""
    return () if story.series is UNSET else story.series


def told_often(story: Story) -> list[Series]:
    """Return the series worth a lane: two figures or more that are no copies; all series where there is none such.

    Those of the story's main outcome come first, whole counts before others, those with most figures before others.
    """
    main = story.main_figure.outcome if story.main_figure else None
    own = {series: sum(not point.copy for point in series.points) for series in series_of(story)}
    often = [series for series, number in own.items() if number > 1] or list(own)

    def weight(one: Series) -> tuple[bool, bool, bool, int, str, str]:
        loose = one.outcome in ("other", "none")
        return one.outcome != main, loose, one.scope != "whole", -own[one], one.outcome, one.counted or ""

    return sorted(often, key=weight)


def told_once(story: Story) -> list[Series]:
    """Return the series that the chart has no lane for: told once, or by copies only."""
    often = set(told_often(story))
    return [series for series in series_of(story) if series not in often]


def thinned(series: Series, most: int) -> Series:
    """Return a series with `most` figures at most: copies go first, then what is said again, then the oldest."""
    kept = list(series.points)
    for leave_out in (lambda point: point.copy, lambda point: point.state in SAID_AGAIN):
        if len(kept) > most:
            kept = [point for point in kept if not leave_out(point)]
    return replace(series, points=tuple(kept[-most:]))


def chart_lines(story: Story, href: Href, *, rows: slice = ALL, most: int | None = None) -> Iterator[str]:
    """Yield the chart of the series that are told often.

    Args:
        story: with its series.
        href: where each figure links to.
        rows: which of them, in the order of `told_often`.
        most: figures of a lane, the others are left out, which is said.
    """
    drawn = told_often(story)[rows]
    thin = drawn if most is None else [thinned(series, most) for series in drawn]
    yield chart(story, thin, tones_of(story, told_often(story)[:LANES]), href) or NOTHING_DRAWN
    less = sum(len(series.points) for series in drawn) - sum(len(series.points) for series in thin)
    if less:
        yield f'<p class="hint">{less:,} figures that copy or repeat others, or are older, are left out here.</p>'


def once_lines(story: Story, href: Href, *, rows: slice = ALL) -> Iterator[str]:
    """Yield the series that are told once, a line each."""
    outlets = outlets_of(story)
    yield '<ul class="plain">'
    for series in told_once(story)[rows]:
        shown = "; ".join(link(href(point.figure), point_shown(point, outlets)) for point in series.points)
        yield f'<li dir="auto"><b>{text(series_name(series))}</b>: {shown}</li>'
    yield "</ul>"


def compared(story: Story, kind: ComparisonKind) -> list[Comparison]:
    """Return the comparisons of a kind, those of the first series first, those of statements last."""
    place = {point.figure: number for number, one in enumerate(told_often(story)) for point in one.points}
    points = points_of(story)
    known = [one for one in story.comparisons or () if one.kind == kind]
    return sorted(known, key=lambda one: (one.a not in points, place.get(one.a, len(place))))


def against_lines(story: Story, claims: Mapping[str, ClaimOnRecord], href: Href, *, rows: slice = ALL) -> Iterator[str]:
    """Yield the conflicts with both sentences, then the revisions, each in words; these rows of each kind.

    claims: those whose sentences are shown, by id; what is neither among them nor a figure of the story has no link.
    """
    points, outlets = points_of(story), outlets_of(story)
    for kind, name in AGAINST:
        kept = compared(story, kind)
        yield f"<h3>{name} ({len(kept)})</h3>" if kept else f"<p>{name}: none found.</p>"
        yield '<ul class="plain">' if kept[rows] else ""
        for one in kept[rows]:
            quoted = claims if kind == "conflicts" else {}
            if one.a in points and one.b in points:
                sides = (_account(points[one.a], outlets, href), _account(points[one.b], outlets, href))
                yield from _comparison(one, points[one.a].state, sides, quoted)
            else:
                yield f'<li class="{CONFLICT}" dir="auto"><b aria-hidden="true">{SIGNS[CONFLICT][0]}</b>'
                yield text(one.says)
                yield from _quoted(one, claims, href)
                yield "</li>"
        yield "</ul>" if kept[rows] else ""


def _quoted(one: Comparison, claims: Mapping[str, ClaimOnRecord], href: Href) -> Iterator[str]:
    """Yield the sentences of statements or events that are told against each other, with their outlets."""
    for claim in (claims[id] for id in (one.a, one.b) if id in claims):
        outlet = link(href(claim.id), claim.outlet or claim.article)
        yield f'<blockquote dir="auto">{with_marks(claim.evidence.sentence, [claim])} ({outlet})</blockquote>'


def _comparison(
    one: Comparison, state: PointState, sides: tuple[str, str], claims: Mapping[str, ClaimOnRecord]
) -> Iterator[str]:
    sign, words = SIGNS.get(state, ("", state.replace("_", " ")))
    between = "conflicts with" if one.kind == "conflicts" else f"{words} from"
    yield f'<li class="{state}" dir="auto"><b aria-hidden="true">{sign}</b>'
    yield f'{sides[0]} <span class="state">{between}</span> {sides[1]}'
    for id in (one.a, one.b):
        if id in claims:
            yield f'<blockquote dir="auto">{with_marks(claims[id].evidence.sentence, [claims[id]])}</blockquote>'
    yield "</li>"


def _account(point: SeriesPoint, outlets: Mapping[str, str], href: Href) -> str:
    """Return a link with value, source, outlet and day of a point, without what became of it."""
    who, outlet = point.speaker or OWN_VOICE, outlets.get(point.article, point.article)
    return link(href(point.figure), f"{value_shown(point)} ({who}; {outlet}, {day_words(point.reported)})")


def outlet_lines(
    story: Story, href: Href, *, rows: slice = ALL, most: int | None = None, last: int | None = None
) -> Iterator[str]:
    """Yield the table of figure by outlet: what each printed over time; copies in italics.

    Args:
        story: with its series.
        href: where each figure links to.
        rows: which series, in the order of `told_often`.
        most: outlets, those with most figures; the others are left out, which is said.
        last: figures of one outlet in one series, the last ones; how many came before is said.
    """
    drawn, names = told_often(story)[rows], outlets_of(story)
    columns, left_out = _columns(story, drawn, most)
    if not drawn or not columns:
        yield "<p>No figures.</p>"
        return
    without = f"; {left_out} outlets with fewer figures are left out here" if left_out else ""
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Table of figures by outlet"><table>'
    yield f"<caption><span>What each outlet printed, in order of time; copies in italics{without}</span></caption>"
    yield '<thead><tr><th scope="col">figure</th>'
    yield "".join(f'<th scope="col" dir="auto">{text(name)}</th>' for name in columns) + "</tr></thead><tbody>"
    for series in drawn:
        cells: dict[str, list[SeriesPoint]] = defaultdict(list)
        for point in series.points:
            cells[names.get(point.article, point.article)].append(point)
        yield f'<tr><th scope="row" dir="auto">{text(series_name(series))}</th>'
        yield "".join(f'<td dir="auto">{_cells(cells[name], href, last)}</td>' for name in columns) + "</tr>"
    yield "</tbody></table></div>"


def _columns(story: Story, drawn: Iterable[Series], most: int | None) -> tuple[list[str], int]:
    """Return the outlets in the order of their first articles, and how many are left out."""
    names = outlets_of(story)
    columns = list(dict.fromkeys(names.get(article.id, article.id) for article in story.articles))
    if most is None or len(columns) <= most:
        return columns, 0
    often = Counter(names.get(point.article, point.article) for series in drawn for point in series.points)
    kept = set(sorted(columns, key=lambda name: -often[name])[:most])
    return [name for name in columns if name in kept], len(columns) - most


def _cells(points: Sequence[SeriesPoint], href: Href, most: int | None) -> str:
    """Return the figures of one outlet; the same one after itself is counted, not shown again."""
    shown: list[tuple[SeriesPoint, int]] = []
    for point in points:
        last = shown[-1] if shown else None
        same = last is not None and (value_shown(last[0]), last[0].copy) == (value_shown(point), point.copy)
        if last is not None and same and point.state not in SIGNS:
            shown[-1] = (last[0], last[1] + 1)
        else:
            shown.append((point, 1))
    before = 0 if most is None else max(0, len(shown) - most)
    earlier = f'<span class="dim">{before} before,</span> ' if before else ""
    return earlier + ", ".join(
        _cell(point, href) + (f" ×{times}" if times > 1 else "") for point, times in shown[before:]
    )


def _cell(point: SeriesPoint, href: Href) -> str:
    linked = link(href(point.figure), value_shown(point))
    sign = SIGNS.get(point.state)
    marked = f'{linked} <abbr class="{point.state}" title="{sign[1]}">{sign[0]}</abbr>' if sign else linked
    return (
        f'<span class="{"figure copied" if point.copy else "figure"}">{marked}{" (copy)" if point.copy else ""}</span>'
    )
