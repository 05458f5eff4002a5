"""The figures of a story over time -> SVG: a lane for each series, a dot for each figure, its bounds as a bar.

Shape and colour say who the source is, a hollow dot that the article is a copy; a sign and words say what became of the
figure. Every dot is a link to its claim, with its value, source, outlet and day. Only classes: the page that holds the
chart styles them (`CHART_STYLE`), no script and no style attribute. Nothing says which figure is true.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import cos, pi, sin
from typing import NamedTuple

from onrecord.exports.labels import LETTER, Box, free_place
from onrecord.exports.marked import text
from onrecord.exports.scales import NumberAxis, TimeAxis, day_shown, moment, number_axis, time_axis
from onrecord.intervals import range_shown, shown
from onrecord.records import PointState, Record, Series, SeriesPoint, Story

WIDTH, LANE, LOW_LANE, HEADING = 960, 240, 150, 30
"""Pixels: of the chart, of a lane, of a lane with few figures, of the lane's heading in it."""
FEW = 4
"""Figures up to which a lane is low."""
LEFT, RIGHT = 78, 60
"""Pixels left and right of the time axis, for numbers and for the names of the last dots."""
FOOT = 34
"""Pixels of the time axis at the bottom of each lane."""
UNDATED = 40
"""Pixels that dots without a date take, right of the numbers."""
RADIUS, APART, ARROW = 5.5, 13, 22
"""Pixels: of a dot, between two dots that would hide each other, of the arrow of an open end."""

SCROLLED = '<div class="scroll" tabindex="0" role="region" aria-label="Chart">'
"""What holds the lanes: wider than a phone, so that it scrolls, by keys too."""

SHAPES = (
    ("circle", 0, 0.0, 1.0), ("square", 4, 45.0, 1.3), ("triangle", 3, 0.0, 1.45), ("diamond", 4, 0.0, 1.35),
    ("triangle down", 3, 180.0, 1.45), ("pentagon", 5, 0.0, 1.25), ("hexagon", 6, 30.0, 1.2), ("kite", 4, 0.0, 1.0),
)  # fmt: skip
"""Shape of each of the sources that have one: its name, corners, turn in degrees, size. Others share the last class."""
OTHERS = len(SHAPES)
"""Number of the class of all other sources, a small circle."""

SIGNS: dict[PointState, tuple[str, str]] = {
    "revised_up": ("↑", "revised up"), "revised_down": ("↓", "revised down"), "corrected": ("↻", "corrected"),
    "silently_changed": ("!", "silently changed"), "conflicting": ("≠", "conflicting"),
}  # fmt: skip
"""Sign and words of the states that change or dispute a figure."""
COURSE: frozenset[PointState] = frozenset({"first", "revised_up", "revised_down", "corrected", "silently_changed"})
"""States that the line through a lane follows."""

CHART_STYLE = """
:root{--tone0:#0b5cad;--tone1:#b34700;--tone2:#1b7340;--tone3:#8a2a8a;--tone4:#7a5c00;--tone5:#00707a;--tone6:#b0124f;
--tone7:#4a4a9e}@media screen and (prefers-color-scheme:dark){:root{--tone0:#6cb2ff;--tone1:#ff9a52;--tone2:#5fd08b;
--tone3:#e08be0;--tone4:#e0c04a;--tone5:#4fcfdb;--tone6:#ff7fae;--tone7:#a9a9ff}}
.chart{display:block;break-inside:avoid;min-width:45rem;width:100%;height:auto;font:12px system-ui,sans-serif}
.chart text{fill:var(--ink)}.chart .tick,.chart .note{fill:var(--dim)}.chart .lane{font-size:14px;font-weight:bold}
.chart .grid{stroke:var(--line);stroke-width:1}.chart .axis{stroke:var(--dim);stroke-width:1}
.chart .course{stroke:var(--dim);stroke-width:1.5;fill:none;stroke-dasharray:4 3}
.chart .label{font-weight:bold;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
.chart .conflicting .label{fill:var(--alarm)}
.dot,.bar{stroke:var(--tone);stroke-width:2}.dot{fill:var(--tone)}.copy .dot{fill:var(--paper)}.bar{fill:none}
a.point:focus{outline:none}a.point:focus .dot,a.point:hover .dot{stroke:var(--ink);stroke-width:4}
caption span{position:sticky;left:0;display:inline-block;max-width:calc(100vw - 2rem)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.5rem 0}
.legend svg{width:18px;height:18px;vertical-align:-4px}.legend b{display:inline-block;min-width:1.1rem}
.s0{--tone:var(--tone0)}.s1{--tone:var(--tone1)}.s2{--tone:var(--tone2)}.s3{--tone:var(--tone3)}.s4{--tone:var(--tone4)}
.s5{--tone:var(--tone5)}.s6{--tone:var(--tone6)}.s7{--tone:var(--tone7)}.s8{--tone:var(--dim)}
"""
"""Needs --ink, --dim, --line, --paper and --alarm."""


Href = Callable[[str], str]
"""Gives the address that the id of a claim links to."""


def in_file(figure: str) -> str:
    """Return the address of a claim in the same file."""
    return f"#claim-{figure}"


class _Look(NamedTuple):
    """What all lanes share: the class of each source, the outlet of each article, where a figure links to."""

    tones: Mapping[str, int]
    outlets: Mapping[str, str]
    href: Href


class _Dot(Record, frozen=True, kw_only=True):
    """A figure with its place in the chart (pixels) and the number of its source's class."""

    point: SeriesPoint
    x: float
    y: float
    tone: int
    dated: bool
    off: bool


# --- words -----------------------------------------------------------------------------------------------------------


def series_name(series: Series) -> str:
    """Return what a series counts, in words: killed: children (part of a total, Norhaven)."""
    what = "" if series.outcome in ("other", "none") else series.outcome.replace("_", " ")
    name = ": ".join(part for part in (what, series.counted) if part) or "figures"
    scope = None if series.scope == "whole" else (series.scope or "").replace("_", " ")
    within = ", ".join(part for part in (scope, series.place) if part)
    return f"{name} ({within})" if within else name


def value_shown(point: SeriesPoint) -> str:
    """Return the value of a point in words, open ends and "about" included."""
    value = range_shown(point.low, point.high) or "no number"
    return f"about {value}" if point.bound == "about" else value


def source_of(point: SeriesPoint, outlets: Mapping[str, str]) -> str:
    """Return who is said to have put a figure on record: the source, else the outlet, else the article's id."""
    return point.speaker or outlets.get(point.article) or point.article


def outlets_of(story: Story) -> dict[str, str]:
    """Return the outlet of each article that has one, by the article's id."""
    return {article.id: article.outlet for article in story.articles if article.outlet}


def point_shown(point: SeriesPoint, outlets: Mapping[str, str]) -> str:
    """Return a point in one line: value, source, outlet, day, and what became of it."""
    at = moment(point.reported)
    outlet = outlets.get(point.article, point.article)
    parts = [
        value_shown(point),
        f"according to {point.speaker}" if point.speaker else "in the outlet's own words",
        outlet,
        (point.reported or "no date") if at is None else day_shown(at, year=True),
        point.state.replace("_", " "),
        "copy" if point.copy else "",
    ]
    return ", ".join(part for part in parts if part)


# --- the chart -------------------------------------------------------------------------------------------------------


def tones_of(story: Story, drawn: Iterable[Series]) -> dict[str, int]:
    """Return the number of each source's class: those with most figures in these series have one of their own."""
    outlets = outlets_of(story)
    often = Counter(source_of(point, outlets) for series in drawn for point in series.points)
    ranked = sorted(often, key=lambda source: (-often[source], source))
    return {source: min(rank, OTHERS) for rank, source in enumerate(ranked)}


def chart(story: Story, drawn: Sequence[Series], tones: Mapping[str, int] | None = None, href: Href = in_file) -> str:
    """Return the legend and the chart of these series of a story; "" when none of their figures has a number.

    Args:
        story: whose articles name the outlets.
        drawn: a lane each, in this order.
        tones: the class of each source, as `tones_of` gives it for several charts of one story.
        href: where the dot of a figure links to.
    """
    lanes = [kept for series in drawn if (kept := _numbered(series)).points]
    if not lanes:
        return ""
    look = _Look(tones_of(story, lanes) if tones is None else tones, outlets_of(story), href)
    lines = [*_legend(lanes, look), SCROLLED, *_lanes(lanes, look), "</div>"]
    return "\n".join(lines)


def _numbered(series: Series) -> Series:
    points = tuple(point for point in series.points if point.low is not None or point.high is not None)
    return Series(outcome=series.outcome, counted=series.counted, place=series.place, scope=series.scope, points=points)


def _legend(lanes: Sequence[Series], look: _Look) -> Iterator[str]:
    points = [point for series in lanes for point in series.points]
    shown_here = {source_of(point, look.outlets) for point in points}
    yield '<ul class="legend">'
    named = [(source, tone) for source, tone in look.tones.items() if tone < OTHERS and source in shown_here]
    named += [("other sources", OTHERS)] if len(named) < len(shown_here) else []
    for source, tone in named:
        yield f'<li dir="auto">{_symbol(f"s{tone}", _shape(9, 9, tone))} {text(source)}</li>'
    if any(point.copy for point in points):
        yield f"<li>{_symbol('s8 copy', _shape(9, 9, 0))} hollow: a copy of another article</li>"
    if any(point.low != point.high for point in points):
        bar = '<path class="bar" d="M9 17V3M5 8L9 3L13 8"/>'
        yield f"<li>{_symbol('s8', bar)} bar: from the least to the most; arrow: open end</li>"
    there = {point.state for point in points}
    for state, (sign, words) in SIGNS.items():
        if state in there:
            yield f'<li class="{state}"><b>{sign}</b> {words}</li>'
    yield "</ul>"


def _symbol(classes: str, shape: str) -> str:
    return f'<svg class="{classes}" viewBox="0 0 18 18" aria-hidden="true">{shape}</svg>'


def _lanes(lanes: Sequence[Series], look: _Look) -> Iterator[str]:
    """Yield a picture for each series, all with one time axis; a page of paper can break between them."""
    moments = [moment(point.reported) for series in lanes for point in series.points]
    left = LEFT + (UNDATED if None in moments else RADIUS * 3)
    times = time_axis([at for at in moments if at is not None], left, WIDTH - RIGHT)
    for series in lanes:
        yield from _lane(series, times, look)


def _lane(series: Series, times: TimeAxis, look: _Look) -> Iterator[str]:
    height = LOW_LANE if len(series.points) <= FEW else LANE
    ends = [float(end) for point in series.points for end in (point.low, point.high) if end is not None]
    numbers = number_axis(ends, height - FOOT, HEADING + 20)
    name = text(series_name(series))
    yield f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="group" aria-label="{name}">'
    yield f'<text class="lane" x="0" y="18">{name}</text>'
    yield from _grid(series, times, numbers)
    dots = _dots(series, times, numbers, look)
    yield _course(dots)
    taken = [box for dot in dots for box in _boxes(dot)]
    for dot in dots:
        yield from _drawn(dot, numbers, taken, look)
    yield "</svg>"


def _grid(series: Series, times: TimeAxis, numbers: NumberAxis) -> Iterator[str]:
    bottom = numbers.bottom
    dated = [moment(point.reported) is not None for point in series.points]
    for x, name in times.marks() if any(dated) else []:
        yield f'<path class="grid" d="M{x:.1f} {HEADING}V{bottom + 5}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 18}" text-anchor="middle">{name}</text>'
    yield f'<text class="tick" x="{LEFT - 8}" y="{bottom + 18}" text-anchor="end">UTC</text>' if any(dated) else ""
    if not all(dated):
        yield f'<text class="note" x="{LEFT + 4}" y="{bottom + 18}">no date</text>'
    for mark in numbers.marks():
        y = numbers.y(mark)
        yield f'<path class="{"grid" if mark else "axis"}" d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}"/>'
        yield f'<text class="tick" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{shown(round(mark, 6))}</text>'


def _dots(series: Series, times: TimeAxis, numbers: NumberAxis, look: _Look) -> list[_Dot]:
    """Return the dots of a lane; one that would hide another stands beside it."""
    made: list[_Dot] = []
    for point in series.points:
        at, middle = moment(point.reported), middle_of(point)
        x, y = LEFT + APART if at is None else times.x(at), numbers.y(middle)
        made.append(
            _Dot(
                point=point,
                x=_free(x, y, made),
                y=y,
                tone=look.tones.get(source_of(point, look.outlets), OTHERS),
                dated=at is not None,
                off=numbers.off(middle),
            )
        )
    return made


def middle_of(point: SeriesPoint) -> float:
    """Return where the dot of a point stands: in the middle of its bounds, at the one that is given."""
    ends = [float(end) for end in (point.low, point.high) if end is not None]
    return sum(ends) / len(ends)


def _free(x: float, y: float, made: Sequence[_Dot]) -> float:
    """Return the place nearest to the right of x, else to the left, where no dot stands at this height."""
    near = [dot.x for dot in made if abs(dot.y - y) < APART]
    room = WIDTH - RIGHT / 2
    steps = [*range(int((room - x) / APART) + 1), *(-step for step in range(1, int((x - LEFT) / APART)))]
    places = (x + step * APART for step in steps)
    return next((place for place in places if all(abs(place - other) > APART - 1 for other in near)), x)


def _course(dots: Sequence[_Dot]) -> str:
    """Return the line through the figures that took one another's place, in steps."""
    kept = [
        dot for dot in dots if dot.point.state in COURSE and not dot.point.copy and dot.point.reported and not dot.off
    ]
    if len(kept) < 2:
        return ""
    steps = "".join(f"H{dot.x:.1f}V{dot.y:.1f}" for dot in kept[1:])
    return f'<path class="course" d="M{kept[0].x:.1f} {kept[0].y:.1f}{steps}"/>'


def _drawn(dot: _Dot, numbers: NumberAxis, taken: list[Box], look: _Look) -> Iterator[str]:
    point = dot.point
    classes = f"point s{dot.tone} {point.state}{' copy' if point.copy else ''}"
    yield f'<a class="{classes}" href="{text(look.href(point.figure))}">'
    yield f"<title>{text(point_shown(point, look.outlets))}</title>"
    yield _bar(dot, numbers) + _shape(dot.x, dot.y, dot.tone)
    yield _label(dot, taken)
    yield "</a>"


def _bar(dot: _Dot, numbers: NumberAxis) -> str:
    """Return the bar from the least to the most; an arrow where the end is open."""
    low, high = dot.point.low, dot.point.high
    if low == high:
        return ""
    if low is None or high is None:
        end = dot.y - ARROW if high is None else dot.y + ARROW
        back = 5 if high is None else -5
        return f'<path class="bar" d="M{dot.x:.1f} {dot.y:.1f}V{end:.1f}m-4 {back}l4 {-back}l4 {back}"/>'
    top, bottom = numbers.y(high), numbers.y(low)
    return f'<path class="bar" d="M{dot.x:.1f} {bottom:.1f}V{top:.1f}m-4 0h8M{dot.x - 4:.1f} {bottom:.1f}h8"/>'


def _boxes(dot: _Dot) -> Iterator[Box]:
    """Yield what a dot and the arrow of its open end take."""
    yield dot.x - RADIUS, dot.y - RADIUS, dot.x + RADIUS, dot.y + RADIUS
    if dot.point.high is None:
        yield dot.x - 4, dot.y - ARROW, dot.x + 4, dot.y
    elif dot.point.low is None:
        yield dot.x - 4, dot.y, dot.x + 4, dot.y + ARROW


def _label(dot: _Dot, taken: list[Box]) -> str:
    """Return sign and value beside a dot, where there is room; copies and repetitions have none."""
    point = dot.point
    sign, _ = SIGNS.get(point.state, ("", ""))
    if point.copy or not (sign or point.state == "first" or dot.off):
        return ""
    ends = [end for end in (point.low, point.high) if end is not None]
    value = shown(ends[0]) if len(ends) == 1 else range_shown(point.low, point.high)
    for words in (f"{sign} {value}{' (off the scale)' if dot.off else ''}".strip(), sign):
        wide = LETTER * len(words)
        place = free_place(wide, _beside(dot, wide), taken) if words else None
        if place is not None:
            return f'<text class="label" x="{place[0]:.1f}" y="{place[1]:.1f}">{text(words)}</text>'
    return ""


def _beside(dot: _Dot, wide: float) -> Iterator[tuple[float, float]]:
    """Yield where a label of this width may begin, best first: right, left, above and below its dot."""
    right, left = dot.x + RADIUS + 3, dot.x - wide - RADIUS - 3
    lines = (dot.y - 6, dot.y + 4, dot.y + 15)
    yield from ((right, line) for line in lines if right + wide < WIDTH)
    yield from ((left, line) for line in lines if left > LEFT)
    middle = min(max(dot.x - wide / 2, LEFT), WIDTH - wide)
    yield from ((middle, dot.y + step) for step in (-12, 20, -ARROW - 5, ARROW + 14))


def _shape(x: float, y: float, tone: int) -> str:
    """Return the shape of a source's dots around a point."""
    name, corners, turn, size = SHAPES[tone % len(SHAPES)]
    if tone == OTHERS or not corners:
        radius = RADIUS * (0.8 if tone == OTHERS else 1)
        return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'
    wide = 0.6 if name == "kite" else 1.0
    turns = [(turn + 360 * corner / corners - 90) * pi / 180 for corner in range(corners)]
    places = (f"{x + RADIUS * size * wide * cos(at):.1f},{y + RADIUS * size * sin(at):.1f}" for at in turns)
    return f'<polygon class="dot" points="{" ".join(places)}"/>'
