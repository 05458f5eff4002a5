"""Stories -> an Atom feed (RFC 4287) of their figures that changed: revised, corrected, silently changed, conflicting.

One entry for each such figure; it links to the article that prints it. Nothing is chosen beyond the states.
"""

import re
from collections.abc import Iterable, Iterator
from html import escape

from onrecord.intervals import range_shown
from onrecord.lexicon import words
from onrecord.records import Series, SeriesPoint
from onrecord.stories.comparisons import placed
from onrecord.story_chains import according_to
from onrecord.tables import one_line
from onrecord.told import ToldStory

CHANGED = frozenset({"revised_up", "revised_down", "corrected", "silently_changed", "conflicting"})
"""States that are news to who reads the story again."""

WEB = re.compile(r"https?://", re.I)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


def atom(stories: Iterable[ToldStory]) -> bytes:
    """Return the feed, latest report first, in UTF-8."""
    found = [(_updated(point, story), story, series, point) for story, series, point in changed(stories)]
    found.sort(key=lambda one: (one[0], one[3].figure), reverse=True)
    updated = found[0][0] if found else "1970-01-01T00:00:00Z"
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n'
        "<title>Changed figures</title><id>urn:onrecord:changed-figures</id><author><name>onrecord</name></author>"
        f"<updated>{updated}</updated>\n"
    )
    return (head + "".join(_entry(*one) for one in found) + "</feed>\n").encode()


def changed(stories: Iterable[ToldStory]) -> Iterator[tuple[ToldStory, Series, SeriesPoint]]:
    """Yield the figures that changed, each with its story and series; copies change nothing."""
    for story in stories:
        for series in story.series():
            yield from ((story, series, point) for point in series.points if point.state in CHANGED and not point.copy)


def _updated(point: SeriesPoint, story: ToldStory) -> str:
    """Return when the figure was reported as Atom wants it; where only a day or less is known, its start in UTC."""
    reported = point.reported or ""
    if MOMENT.fullmatch(reported):
        return reported
    return f"{reported}T00:00:00Z" if DAY.fullmatch(reported) else story.made_at


def _entry(updated: str, story: ToldStory, series: Series, point: SeriesPoint) -> str:
    title = f"{_what(series, point)} ({point.state.replace('_', ' ')})"
    url = next((article.url for article in story.articles if article.id == point.article), None)
    says = "; ".join(one.says for one in story.record.comparisons or () if one.a == point.figure)
    source = f"{_what(series, point)} according to {according_to(point)}" if point.speaker else _what(series, point)
    link = f'<link href="{_plain(url)}"/>' if url and WEB.match(url) else ""
    summary = f"{says or source}. Story: {story.name}"
    return (
        f"<entry><id>urn:onrecord:{story.id}:{point.figure}</id><title>{_plain(title)}</title>"
        f"<updated>{updated}</updated>{link}<summary>{_plain(summary)}</summary></entry>\n"
    )


def _what(series: Series, point: SeriesPoint) -> str:
    """Return a figure as a title: "6 children killed", "24 killed in Port Callan"."""
    general = series.counted is None or series.counted in words("general_counts", "word")
    outcome = "" if series.outcome == "other" else series.outcome.replace("_", " ")
    place = placed(series.place) if series.place else ""
    parts = (range_shown(point.low, point.high), "" if general else series.counted, outcome, place)
    return " ".join(part for part in parts if part)


def _plain(text: str) -> str:
    return escape(one_line(text))
