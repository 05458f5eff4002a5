"""One story with its claims on record -> one HTML file that stands alone: figures over time, who said what, evidence.

No script, no picture, nothing from outside: the file opens from disk with the network cable out, in light and dark, on
a phone and on paper. All text is escaped. Every figure links to its sentence, every sentence to its page's URL. It puts
accounts side by side and does not say which is true.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from msgspec import UNSET

from onrecord.answers import ClaimOnRecord, EventOnRecord, FigureOnRecord, StatementOnRecord, kind_of
from onrecord.exports.charts import (
    CHART_STYLE,
    SIGNS,
    Href,
    chart,
    in_file,
    outlets_of,
    point_shown,
    series_name,
    tones_of,
    value_shown,
)
from onrecord.exports.html import FOOT, OWN_VOICE, STYLE, head
from onrecord.exports.marked import text
from onrecord.exports.scales import day_shown, moment
from onrecord.intervals import range_shown
from onrecord.records import Comparison, PointState, Series, SeriesPoint, Span, Story, StoryArticle

STORY_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--dim:#595959;--line:#d9d9d9;--edge:#767676;--band:#eee;
--link:#003f91;--mark:#fff2a8;--alarm:#a8200d;--focus:#b34700}
@media screen and (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#ececec;--dim:#a8adb4;--line:#363a41;
--edge:#7d838c;--band:#262a30;--link:#8fbcff;--mark:#5c4c00;--alarm:#ff9a85;--focus:#ffb070}}
body{color:var(--ink);background:var(--paper);max-width:70rem}h1{line-height:1.2;margin:.5rem 0}
h2{margin:2.25rem 0 .5rem;border-bottom:1px solid var(--line)}h3{margin:1.25rem 0 .25rem;font-size:1.05rem}
th,td{border-color:var(--line)}thead th{background:var(--band)}a{color:var(--link)}
a:focus,:target{outline-color:var(--focus)}mark{background:var(--mark)}.dim{color:var(--dim)}
blockquote{border-color:var(--edge)}
nav ul,.facts{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;padding:0;margin:.5rem 0}
nav li,.plain>li,.facts>div{list-style:none}.facts dt{color:var(--dim);font-size:.85rem}.facts dd{margin:0}
.plain{padding:0}.plain>li{margin:.6rem 0}.sentence{margin:1rem 0}.sentence ul{margin:.25rem 0;padding-left:1.75rem}
.alarm,.conflicting b{color:var(--alarm)}.state{font-weight:bold}.copied{color:var(--dim);font-style:italic}
.figure{white-space:nowrap}abbr{text-decoration:none}blockquote+blockquote{margin-top:.4rem}
thead th{white-space:normal}summary{cursor:pointer;margin:.5rem 0}
@media print{body{max-width:none;font-size:10pt}nav{display:none}.chart{min-width:0}.scroll{overflow:visible}
details::details-content{content-visibility:visible;height:auto}h2,h3{break-after:avoid}.sentence,tr,.plain>li{break-inside:avoid}a{color:inherit}
.page::after{content:" (" attr(href) ")"}}
"""
PARTS = (
    ("chart", "Figures over time"), ("conflicts", "Conflicts and revisions"), ("outlets", "Figures by outlet"),
    ("said", "Who said what"), ("articles", "Articles and copies"), ("sentences", "Sentences"),
)  # fmt: skip
KINDS = ("figure", "statement", "event")
"""Order of the claims of one sentence."""
LINKED = ("https://", "http://")
"""What an address begins with that becomes a link; others are shown as text."""
NO_DAY = "no date"
LANES = 8
"""Series of the chart that is seen first; the others are folded."""


def write_story(story: Story, claims: Iterable[ClaimOnRecord], out: BinaryIO) -> int:
    """Write the file of a story, with the claims of its articles; return how many claims."""
    given = in_order(claims)
    lines = [*head(story.name, STYLE + CHART_STYLE + STORY_STYLE), *_body(story, given), *FOOT]
    out.write("\n".join(lines).encode("utf-8", "replace"))
    return len(given)


def in_order(claims: Iterable[ClaimOnRecord]) -> list[ClaimOnRecord]:
    """Return the claims by day and article, in the order of the text; each once."""
    once = {claim.id: claim for claim in claims}

    def place(claim: ClaimOnRecord) -> tuple[str, str, Span, int, int, str]:
        start = claim.number.start if isinstance(claim, FigureOnRecord) else claim.sentence.start
        return claim.published or "~", claim.article, claim.sentence, KINDS.index(kind_of(claim)), start, claim.id

    return sorted(once.values(), key=place)


def _body(story: Story, claims: Sequence[ClaimOnRecord]) -> Iterator[str]:
    points = points_of(story)
    yield from _facts(story)
    yield '<nav aria-label="Parts"><ul>'
    yield "".join(f'<li><a href="#{id}">{name}</a></li>' for id, name in PARTS)
    yield "</ul></nav>"
    made = (*accounts(story, claims), _articles(story), _sentences(story, claims, points))
    for (id, name), lines in zip(PARTS, made, strict=True):
        yield f'<h2 id="{id}">{name}</h2>'
        yield from lines


def accounts(
    story: Story, claims: Sequence[ClaimOnRecord], href: Href = in_file
) -> tuple[Iterable[str], Iterable[str], Iterable[str], Iterable[str]]:
    """Return the lines of the first four PARTS: chart, conflicts, figures by outlet, who said what.

    Args:
        story: with its series and comparisons.
        claims: of its articles, as `in_order` gives them.
        href: where each claim links to.
    """
    by_id = {claim.id: claim for claim in claims}
    return (
        _chart(story, href),
        _against(story, by_id, href),
        _by_outlet(story, href),
        _said(story, claims, href),
    )


def points_of(story: Story) -> dict[str, SeriesPoint]:
    """Return the points of all series of a story by the figure that each stands for."""
    return {point.figure: point for series in _series(story) for point in series.points}


def gone_points(story: Story, claims: Iterable[ClaimOnRecord]) -> list[SeriesPoint]:
    """Return the points of a story that none of its claims stands for: those of earlier versions."""
    known = {claim.id for claim in claims}
    return [point for id, point in points_of(story).items() if id not in known]


def _series(story: Story) -> tuple[Series, ...]:
    return () if story.series is UNSET else story.series


def _facts(story: Story) -> Iterator[str]:
    first, last = _day(story.from_), _day(story.to)
    main = story.main_figure
    counts = f"{range_shown(main.low, main.high)} {main.outcome.replace('_', ' ')}" if main else None
    facts = (
        ("when", first if first == last else f"{first} to {last}"),
        ("where", ", ".join(story.places) or None),
        ("articles", len(story.articles)),
        ("independent sources", story.independent_sources),
        ("last count", counts),
    )
    yield '<dl class="facts">'
    for name, value in facts:
        if value is not None:
            yield f'<div><dt>{name}</dt><dd dir="auto">{text(value)}</dd></div>'
    yield "</dl>"


def _day(reported: str | None) -> str:
    at = moment(reported)
    return (reported or NO_DAY) if at is None else day_shown(at, year=True)


def _clock(reported: str | None) -> str:
    """Return day and clock as given: 2026-03-04 18:30, in UTC where the report ends in Z."""
    return reported.replace("T", " ").removesuffix(":00Z") if reported else NO_DAY


def _link(address: str, words: str) -> str:
    """Return a link to a claim's sentence."""
    return f'<a href="{text(address)}">{text(words)}</a>'


# --- figures ---------------------------------------------------------------------------------------------------------


def told_often(story: Story) -> list[Series]:
    """Return the series worth a lane: two figures or more that are no copies; all series where there is none such.

    Those of the story's main outcome come first, whole counts before others, those with most figures before others.
    """
    main = story.main_figure.outcome if story.main_figure else None
    own = {series: sum(not point.copy for point in series.points) for series in _series(story)}
    often = [series for series, number in own.items() if number > 1] or list(own)

    def weight(one: Series) -> tuple[bool, bool, bool, int, str, str]:
        loose = one.outcome in ("other", "none")
        return one.outcome != main, loose, one.scope != "whole", -own[one], one.outcome, one.counted or ""

    return sorted(often, key=weight)


def _chart(story: Story, href: Href) -> Iterator[str]:
    drawn = told_often(story)
    tones = tones_of(story, drawn[:LANES])
    yield chart(story, drawn[:LANES], tones, href) or "<p>No figure of this story has a number.</p>"
    more = chart(story, drawn[LANES:], tones, href)
    if more:
        yield f"<details><summary>More figures over time ({len(drawn) - LANES})</summary>{more}</details>"
    once = [series for series in _series(story) if series not in drawn]
    if once:
        outlets = outlets_of(story)
        yield f'<details><summary>Figures told once or by copies only ({len(once)})</summary><ul class="plain">'
        for series in once:
            shown = "; ".join(_link(href(point.figure), point_shown(point, outlets)) for point in series.points)
            yield f'<li dir="auto"><b>{text(series_name(series))}</b>: {shown}</li>'
        yield "</ul></details>"


def _against(story: Story, claims: Mapping[str, ClaimOnRecord], href: Href) -> Iterator[str]:
    """Yield the conflicts with both sentences, then the revisions, each in words."""
    points, outlets = points_of(story), outlets_of(story)
    compared = () if story.comparisons is UNSET else story.comparisons
    place = {point.figure: number for number, one in enumerate(told_often(story)) for point in one.points}
    known = [one for one in compared if one.a in points and one.b in points]
    known.sort(key=lambda one: place.get(one.a, len(place)))
    for kind, name in (("conflicts", "Conflicts"), ("revises", "Revisions")):
        kept = [one for one in known if one.kind == kind]
        yield f"<h3>{name} ({len(kept)})</h3>" if kept else f"<p>{name}: none found.</p>"
        if kept:
            yield '<ul class="plain">'
            for one in kept:
                sides = (_account(points[one.a], outlets, href), _account(points[one.b], outlets, href))
                yield from _comparison(one, points[one.a].state, sides, claims if kind == "conflicts" else {})
            yield "</ul>"


def _comparison(
    one: Comparison, state: PointState, sides: tuple[str, str], claims: Mapping[str, ClaimOnRecord]
) -> Iterator[str]:
    sign, words = SIGNS.get(state, ("", state.replace("_", " ")))
    between = "conflicts with" if one.kind == "conflicts" else f"{words} from"
    yield f'<li class="{state}" dir="auto"><b aria-hidden="true">{sign}</b>'
    yield f'{sides[0]} <span class="state">{between}</span> {sides[1]}'
    for id in (one.a, one.b):
        if id in claims:
            yield f'<blockquote dir="auto">{_with_marks(claims[id].evidence.sentence, [claims[id]])}</blockquote>'
    yield "</li>"


def _account(point: SeriesPoint, outlets: Mapping[str, str], href: Href) -> str:
    """Return a link with value, source, outlet and day of a point, without what became of it."""
    who, outlet = point.speaker or OWN_VOICE, outlets.get(point.article, point.article)
    return _link(href(point.figure), f"{value_shown(point)} ({who}; {outlet}, {_day(point.reported)})")


def _by_outlet(story: Story, href: Href) -> Iterator[str]:
    """Yield the table of figure by outlet: what each printed over time; copies in italics."""
    drawn = told_often(story)
    names = outlets_of(story)
    columns = list(dict.fromkeys(names.get(article.id, article.id) for article in story.articles))
    if not drawn or not columns:
        yield "<p>No figures.</p>"
        return
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Figures by outlet"><table>'
    yield "<caption>What each outlet printed, in order of time; copies in italics</caption>"
    yield '<thead><tr><th scope="col">figure</th>'
    yield "".join(f'<th scope="col" dir="auto">{text(name)}</th>' for name in columns) + "</tr></thead><tbody>"
    for series in drawn:
        cells: dict[str, list[SeriesPoint]] = defaultdict(list)
        for point in series.points:
            cells[names.get(point.article, point.article)].append(point)
        yield f'<tr><th scope="row" dir="auto">{text(series_name(series))}</th>'
        yield "".join(f'<td dir="auto">{_cells(cells[name], href)}</td>' for name in columns) + "</tr>"
    yield "</tbody></table></div>"


def _cells(points: Iterable[SeriesPoint], href: Href) -> str:
    return ", ".join(_cell(point, href) for point in points)


def _cell(point: SeriesPoint, href: Href) -> str:
    link = _link(href(point.figure), value_shown(point))
    sign = SIGNS.get(point.state)
    marked = f'{link} <abbr class="{point.state}" title="{sign[1]}">{sign[0]}</abbr>' if sign else link
    return (
        f'<span class="{"figure copied" if point.copy else "figure"}">{marked}{" (copy)" if point.copy else ""}</span>'
    )


# --- who said what ---------------------------------------------------------------------------------------------------


def _said(story: Story, claims: Sequence[ClaimOnRecord], href: Href) -> Iterator[str]:
    """Yield the statements by the day they were printed, each with its speaker."""
    copies = {article.id for article in story.articles if article.copy_of is not None}
    by_day: dict[str, list[StatementOnRecord]] = defaultdict(list)
    for claim in claims:
        if isinstance(claim, StatementOnRecord):
            by_day[_day(claim.published)].append(claim)
    if not by_day:
        yield "<p>No statements.</p>"
    for day, said in by_day.items():
        yield f'<h3>{text(day)}</h3><ul class="plain">'
        for one in said:
            who = one.speaker or one.evidence.as_written.source or OWN_VOICE
            copied = " (copy)" if one.article in copies else ""
            where = f'<span class="dim">{text(one.outlet or one.article)}{copied}</span>'
            words = _link(href(one.id), one.words or one.evidence.sentence)
            yield f'<li dir="auto"><b>{text(who)}</b> <span class="dim">{_act(one)}</span> {words} {where}</li>'
        yield "</ul>"


def _act(said: StatementOnRecord) -> str:
    return f"{said.act}, negated" if said.polarity == "negated" else str(said.act)


# --- articles and sentences ------------------------------------------------------------------------------------------


def _articles(story: Story) -> Iterator[str]:
    if not story.articles:
        yield "<p>No articles.</p>"
        return
    heads = ("published", "outlet", "article", "page", "copy of")
    yield '<div class="scroll" tabindex="0" role="region" aria-label="Articles">'
    yield "<table><caption>Articles</caption><thead><tr>"
    yield "".join(f'<th scope="col">{name}</th>' for name in heads) + "</tr></thead><tbody>"
    for one in story.articles:
        cells = (text(_clock(one.published)), text(one.outlet), text(one.id), _page(one.url), text(one.copy_of))
        yield "<tr>" + "".join(f'<td dir="auto">{cell}</td>' for cell in cells) + "</tr>"
    yield "</tbody></table></div>"
    copies = () if story.copies is UNSET else story.copies
    if copies:
        yield "<h3>Shared text</h3><ul>"
        for copy in copies:
            kind = "carry the same text" if copy.kind == "copy" else "share a part"
            yield f'<li dir="auto">{text(copy.a)} and {text(copy.b)} {kind}: {copy.share:.0%} of the shorter one</li>'
        yield "</ul>"


def _page(url: str | None) -> str:
    """Return a link to a page; an address that a browser would not fetch is shown as text."""
    if url is None or not url.lower().startswith(LINKED):
        return text(url)
    return f'<a class="page" rel="noreferrer noopener" href="{text(url)}">{text(url)}</a>'


def _sentences(story: Story, claims: Sequence[ClaimOnRecord], points: Mapping[str, SeriesPoint]) -> Iterator[str]:
    """Yield every sentence with its claims, by article; then the figures of which no claim was given."""
    groups: dict[str, dict[tuple[Span, str], list[ClaimOnRecord]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        groups[claim.article][claim.sentence, claim.evidence.sentence].append(claim)
    articles = {article.id: article for article in story.articles}
    for id, sentences in groups.items():
        some = next(iter(sentences.values()))[0]
        yield f'<h3 dir="auto">{text(some.outlet or id)}, {text(_day(some.published))}</h3>'
        yield f'<p class="dim">{text(id)} {_copied(articles.get(id))}{_page(some.evidence.url)}</p>'
        for (_, words), held in sentences.items():
            yield f'<div class="sentence"><blockquote dir="auto">{_with_marks(words, held)}</blockquote><ul>'
            yield from (_entry(claim, points.get(claim.id)) for claim in held)
            yield "</ul></div>"
    gone = gone_points(story, claims)
    if gone:
        outlets = outlets_of(story)
        yield "<h3>Of earlier versions</h3>"
        yield "<p>The latest versions of the pages do not have these figures any more.</p><ul>"
        for point in gone:
            yield f'<li id="claim-{text(point.figure)}" dir="auto">{text(point_shown(point, outlets))}</li>'
        yield "</ul>"
    if not claims and not gone:
        yield "<p>No claims.</p>"


def _copied(article: StoryArticle | None) -> str:
    return "" if article is None or article.copy_of is None else f"(copy of {text(article.copy_of)}) "


def _entry(claim: ClaimOnRecord, point: SeriesPoint | None) -> str:
    """Return one claim under its sentence: what it says, who is behind it, what became of it."""
    written = claim.evidence.as_written
    if isinstance(claim, FigureOnRecord):
        outcome = None if claim.outcome in ("none", "other") else claim.outcome.replace("_", " ")
        says: list[str | None] = [
            f"figure: {written.number}",
            written.counted,
            outcome,
            claim.place.name if claim.place else None,
        ]
    elif isinstance(claim, EventOnRecord):
        says = [f"event: {claim.type.replace('_', ' ')}", written.trigger, claim.status.replace("_", " ")]
    else:
        says = [f"statement: {_act(claim)}", f"“{claim.words}”" if claim.words else None]
    who = claim.speaker or written.source
    says += [f"according to {who}" if who else None, point.state.replace("_", " ") if point else None]
    sources = claim.independent_sources
    says += [f"{sources} independent source{'s' if sources > 1 else ''}" if sources else None, claim.review]
    return f'<li id="claim-{text(claim.id)}" dir="auto">{text(", ".join(filter(None, says)))}</li>'


def _with_marks(sentence: str, claims: Iterable[ClaimOnRecord]) -> str:
    """Return a sentence with the numbers of its figures marked."""
    spans = []
    for claim in claims:
        if isinstance(claim, FigureOnRecord) and claim.number.start >= claim.sentence.start:
            spans.append((claim.number.start - claim.sentence.start, claim.number.end - claim.sentence.start))
    made, at = [], 0
    for start, end in sorted(spans):
        if at <= start and end <= len(sentence):
            made.append(f"{text(sentence[at:start])}<mark>{text(sentence[start:end])}</mark>")
            at = end
    return "".join(made) + text(sentence[at:])
