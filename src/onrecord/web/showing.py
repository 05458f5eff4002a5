"""Records -> what templates show: numbers, dates, names and links in words; the templates themselves.

Every value that a template prints is escaped, and control characters and marks that turn the direction of writing are
taken out of it; nothing is marked as safe but what is escaped here.
"""

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jinja2
from markupsafe import Markup

from onrecord.answers import ClaimOnRecord, EventOnRecord, FigureOnRecord, StatementOnRecord
from onrecord.exports.charts import CHART_STYLE
from onrecord.exports.html import OWN_VOICE
from onrecord.exports.maps import MAP_STYLE
from onrecord.exports.marked import text
from onrecord.exports.sparklines import sparkline
from onrecord.exports.timeline import TIMELINE_STYLE
from onrecord.intervals import range_shown
from onrecord.ledger.fulltext import shown as quoted
from onrecord.records import Article, Figure, Place, Record, Story, Time
from onrecord.tables import UNSURE, counted, one_line, shorten, shown_date, value

KINDS_OF_FILES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".txt": "text/plain"}

CHART_SHEET = "chart.css"
"""Name of the style that chart, map and timeline have here and in an exported file."""

SHORT_HASH = 12
"""Hex digits of a SHA-256 that lists show; the page itself has all 64."""


class StaticFile(Record, frozen=True, kw_only=True):
    """A file of the package that browsers load: its bytes, what they are, and a hash for its address."""

    data: bytes
    media_type: str
    mark: str


def static_files() -> dict[str, StaticFile]:
    """Return the files under static/ and the style of a story's pictures by name; nothing else can be asked for."""
    found = {CHART_SHEET: (CHART_STYLE + MAP_STYLE + TIMELINE_STYLE).encode()}
    for entry in (files("onrecord.web") / "static").iterdir():
        if entry.name[entry.name.rfind(".") :] in KINDS_OF_FILES:
            found[entry.name] = entry.read_bytes()
    return {
        name: StaticFile(
            data=data,
            media_type=KINDS_OF_FILES[name[name.rfind(".") :]],
            mark=hashlib.sha256(data).hexdigest()[:SHORT_HASH],
        )
        for name, data in found.items()
    }


def printed(given: object) -> object:
    """Return what a template prints of a value: escaped; "" for None."""
    return given if hasattr(given, "__html__") else Markup(text(given))  # noqa: S704  text() escapes


def page_path(claim: ClaimOnRecord) -> str:
    """Return the path of the page that a claim stands on, with its words marked."""
    return f"{document_path(claim.evidence.page)}#c-{claim.id}"


def document_path(page: str) -> str:
    """Return the path of a page, from its id or that of one of its versions ("3f2c.../2")."""
    return f"/pages/{quote(page.partition('/')[0], safe='')}"


def source_path(name: str) -> str:
    """Return the path of what a source put on record."""
    return f"/sources/{quote(name, safe='')}"


def article_path(article: str) -> str:
    """Return the path of a page, from the id that its article has in stories and readings."""
    return f"/pages/{quote(article, safe='')}"


def story_path(story: str) -> str:
    """Return the path of a story."""
    return f"/stories/{quote(story, safe='')}"


def outside(url: str | None) -> str | None:
    """Return an address that may stand in a link: http and https only."""
    try:
        return url if url and urlsplit(url).scheme.lower() in {"http", "https"} else None
    except ValueError:
        return None


def spaced(word: str | None) -> str:
    """Return killed_or_injured as killed or injured."""
    return (word or "").replace("_", " ")


def source_of(claim: ClaimOnRecord) -> str:
    """Return who put it on record: the resolved name, else the words, else the outlet itself."""
    return claim.speaker or claim.evidence.as_written.source or OWN_VOICE


def is_unsure(claim: ClaimOnRecord) -> bool:
    """Say whether the reader doubts a claim."""
    return claim.confidence < UNSURE


def what(claim: ClaimOnRecord) -> str:
    """Return in a few words what a claim says: "people killed", "asserts", "attack"."""
    words = claim.evidence.as_written
    if isinstance(claim, FigureOnRecord):
        thing = words.counted or spaced(claim.counted_class).replace("other", "")
        outcome = spaced(claim.outcome) if claim.outcome not in {"none", "other"} else words.outcome_word
        parts = dict.fromkeys((thing, outcome, *qualities(claim)))
        return one_line(", ".join(part for part in parts if part)) or "not stated"
    if isinstance(claim, StatementOnRecord):
        return " ".join(part for part in (claim.act, "not" if claim.polarity == "negated" else "") if part)
    return one_line(f"{spaced(claim.type)}: {words.trigger}")


def qualities(figure: Figure) -> list[str]:
    """Return what sets a figure apart from a plain count of what happened."""
    found = [] if figure.polarity == "affirmed" else [spaced(figure.polarity)]
    return found if figure.modality == "actual" else [*found, figure.modality]


def amount(claim: ClaimOnRecord) -> str:
    """Return the number of a figure, the words of a statement, who did what to whom for an event."""
    if isinstance(claim, FigureOnRecord):
        return value(claim).replace(">=", "≥").replace("<=", "≤")
    if isinstance(claim, StatementOnRecord):
        return one_line(claim.words)
    words = claim.evidence.as_written
    sides = (", ".join(words.actors), ", ".join(words.targets))
    return one_line(" → ".join(side for side in sides if side)) or spaced(claim.status)


def place_of(claim: ClaimOnRecord) -> str:
    """Return where, as written, with the resolved name where it says more."""
    return with_resolved(claim.place, claim.evidence.as_written.place)


def with_resolved(place: Place | None, written: str | None) -> str:
    """Return "the port city (Port Callan)"; only the words where both say the same."""
    words, name = one_line(written or ""), one_line((place.name if place else None) or "")
    if not name or name.lower() in words.lower():
        return words
    return f"{words} ({name})" if words else name


def interval(time: Time) -> str:
    """Return the days from and to, once where they are one."""
    days = [shown_date(day) or "" for day in (time.from_, time.to)]
    if time.precision not in {"minute", "hour", "part_of_day"}:
        days = [day[:10] for day in days]
    return days[0] if days[0] == days[1] or not days[1] else f"{days[0]} to {days[1]}"


def range_of(figure: Figure) -> str:
    """Return the limits of a figure in words: 9, 9 or more, 9 to 12."""
    return range_shown(figure.low, figure.high)


def drawn(story: Story) -> Markup:
    """Return the course of a story's main figure as a picture."""
    return Markup(sparkline(story))  # noqa: S704  escaped by sparklines


def days_of(story: Story) -> str:
    """Return the days that a story spans, once where they are one."""
    first, last = ((day or "")[:10] for day in (story.from_, story.to))
    return first if first == last or not last else f"{first} to {last}".removeprefix(" to ")


def kind_name(claim: ClaimOnRecord) -> str:
    """Return figure, statement or event."""
    if isinstance(claim, FigureOnRecord):
        return "figure"
    return "event" if isinstance(claim, EventOnRecord) else "statement"


def credits_of(article: Article) -> list[tuple[str, str]]:
    """Return who made an article and when, as far as it says, each with its label."""
    lines = (
        ("by", ", ".join(article.byline)),
        ("wire", ", ".join(article.wire_credits)),
        ("dateline", article.dateline),
        ("published", shown_date(article.published)),
        ("changed", shown_date(article.modified)),
        ("section", article.section),
        ("access", None if article.access == "unknown" else article.access),
    )
    return [(label, one_line(words)) for label, words in lines if words]


def with_query(path: str, given: Mapping[str, Any], **changes: Any) -> str:
    """Return a path with parameters; those that are None or "" are left out."""
    kept = {name: str(value) for name, value in {**given, **changes}.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(kept)}" if kept else path


def made_templates(static: Mapping[str, StaticFile]) -> jinja2.Environment:
    """Return the templates of the package with what they show records by."""
    made = jinja2.Environment(
        loader=jinja2.PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=printed,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "amount": amount,
        "article_path": article_path,
        "counted": counted,
        "date": shown_date,
        "days": days_of,
        "document_path": document_path,
        "interval": interval,
        "kind": kind_name,
        "one_line": one_line,
        "outside": outside,
        "page_path": page_path,
        "place": place_of,
        "quoted": quoted,
        "shorten": shorten,
        "source": source_of,
        "source_path": source_path,
        "range": range_of,
        "spaced": spaced,
        "sparkline": drawn,
        "story_path": story_path,
        "what": what,
    }
    made.tests["unsure"] = is_unsure
    made.globals |= {"static": {name: f"/static/{name}?v={file.mark}" for name, file in static.items()}}
    made.globals |= {"with_query": with_query, "OWN_VOICE": OWN_VOICE, "SHORT_HASH": SHORT_HASH}
    return made
