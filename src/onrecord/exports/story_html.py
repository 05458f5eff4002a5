"""One story with its claims on record -> one HTML file that stands alone: figures over time, who said what, evidence.

No script, no picture, nothing from outside: the file opens from disk with the network cable out, in light and dark, on
a phone and on paper. All text is escaped. Every figure links to its sentence, every sentence to its page's URL. It puts
accounts side by side and does not say which is true.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from msgspec import UNSET

from onrecord.answers import ClaimOnRecord, EventOnRecord, FigureOnRecord, StatementOnRecord, kind_of
from onrecord.exports.charts import CHART_STYLE, in_file, outlets_of, point_shown
from onrecord.exports.html import FOOT, STYLE, head
from onrecord.exports.maps import MAP_STYLE, places_shown
from onrecord.exports.marked import text
from onrecord.exports.places import PlaceOnMap, places_of
from onrecord.exports.story_figures import (
    LANES,
    against_lines,
    chart_lines,
    once_lines,
    outlet_lines,
    points_of,
    told_often,
    told_once,
)
from onrecord.exports.story_said import act_words, said_lines
from onrecord.exports.story_words import NO_DAY, day_words, with_marks
from onrecord.exports.timeline import TIMELINE_STYLE, event_lines, happenings
from onrecord.intervals import range_shown
from onrecord.records import SeriesPoint, Span, Story, StoryArticle

STORY_STYLE = """
:root{color-scheme:light dark;--paper:#fff;--ink:#1a1a1a;--dim:#595959;--line:#d9d9d9;--edge:#767676;--band:#eee;
--link:#003f91;--mark:#fff2a8;--alarm:#a8200d;--focus:#b34700}
@media screen and (prefers-color-scheme:dark){:root{--paper:#16181c;--ink:#ececec;--dim:#a8adb4;--line:#363a41;
--edge:#7d838c;--band:#262a30;--link:#8fbcff;--mark:#5c4c00;--alarm:#ff9a85;--focus:#ffb070}}
body{color:var(--ink);background:var(--paper);max-width:70rem}h1{line-height:1.2;margin:.5rem 0}
h2{margin:2.25rem 0 .5rem;border-bottom:1px solid var(--line)}h3{margin:1.25rem 0 .25rem;font-size:1.05rem}
th,td{border-color:var(--line)}thead th{background:var(--band)}a{color:var(--link)}
a:focus,:target{outline-color:var(--focus)}mark{background:var(--mark)}.dim,.hint{color:var(--dim)}.hint{font-size:.9rem}
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
    ("said", "Who said what"), ("events", "Events"), ("places", "Places"),
    ("articles", "Articles and copies"), ("sentences", "Sentences"),
)  # fmt: skip
KINDS = ("figure", "statement", "event")
"""Order of the claims of one sentence."""
LINKED = ("https://", "http://")
"""What an address begins with that becomes a link; others are shown as text."""


def write_story(story: Story, claims: Iterable[ClaimOnRecord], out: BinaryIO) -> int:
    """Write the file of a story, with the claims of its articles; return how many claims."""
    given = in_order(claims)
    lines = [
        *head(story.name, STYLE + CHART_STYLE + MAP_STYLE + TIMELINE_STYLE + STORY_STYLE),
        *_body(story, given),
        *FOOT,
    ]
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
    yield from _facts(story)
    yield '<nav aria-label="Parts"><ul>'
    yield "".join(f'<li><a href="#{id}">{name}</a></li>' for id, name in PARTS)
    yield "</ul></nav>"
    made = (
        _chart(story),
        against_lines(story, {claim.id: claim for claim in claims}, in_file),
        outlet_lines(story, in_file),
        said_lines(story, (claim for claim in claims if isinstance(claim, StatementOnRecord)), in_file),
        event_lines(happenings(claim for claim in claims if isinstance(claim, EventOnRecord)), in_file),
        places_shown(_places(claims), in_file),
        _articles(story),
        _sentences(story, claims, points_of(story)),
    )
    for (id, name), lines in zip(PARTS, made, strict=True):
        yield f'<h2 id="{id}">{name}</h2>'
        yield from lines


def _places(claims: Sequence[ClaimOnRecord]) -> list[PlaceOnMap]:
    figures = [claim for claim in claims if isinstance(claim, FigureOnRecord)]
    return places_of(figures, [claim for claim in claims if isinstance(claim, EventOnRecord)])


def _chart(story: Story) -> Iterator[str]:
    """Yield the chart; series beyond the first ones, and those told once, are folded."""
    often, once = len(told_often(story)), len(told_once(story))
    yield from chart_lines(story, in_file, rows=slice(LANES))
    if often > LANES:
        more = "\n".join(chart_lines(story, in_file, rows=slice(LANES, None)))
        yield f"<details><summary>More figures over time ({often - LANES})</summary>{more}</details>"
    if once:
        yield f"<details><summary>Figures told once or by copies only ({once})</summary>"
        yield from once_lines(story, in_file)
        yield "</details>"


def gone_points(story: Story, known: Container[str]) -> list[SeriesPoint]:
    """Return the points of a story whose figures are not known any more: those of earlier versions of its pages."""
    return [point for id, point in points_of(story).items() if id not in known]


def _facts(story: Story) -> Iterator[str]:
    first, last = day_words(story.from_), day_words(story.to)
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


def _clock(reported: str | None) -> str:
    """Return day and clock as given: 2026-03-04 18:30, in UTC where the report ends in Z."""
    return reported.replace("T", " ").removesuffix(":00Z") if reported else NO_DAY


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
        yield f'<h3 dir="auto">{text(some.outlet or id)}, {text(day_words(some.published))}</h3>'
        yield f'<p class="dim">{text(id)} {_copied(articles.get(id))}{_page(some.evidence.url)}</p>'
        for (_, words), held in sentences.items():
            yield f'<div class="sentence"><blockquote dir="auto">{with_marks(words, held)}</blockquote><ul>'
            yield from (_entry(claim, points.get(claim.id)) for claim in held)
            yield "</ul></div>"
    gone = gone_points(story, {claim.id for claim in claims})
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
        says = [f"statement: {act_words(claim)}", f"“{claim.words}”" if claim.words else None]
    who = claim.speaker or written.source
    says += [f"according to {who}" if who else None, point.state.replace("_", " ") if point else None]
    sources = claim.independent_sources
    says += [f"{sources} independent source{'s' if sources > 1 else ''}" if sources else None, claim.review]
    return f'<li id="claim-{text(claim.id)}" dir="auto">{text(", ".join(filter(None, says)))}</li>'
