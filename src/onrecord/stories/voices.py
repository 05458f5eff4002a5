"""The reports of one story -> how many independent sources stand behind it, and behind each statement; its main figure.

Counts what origins.py tells apart; says nothing of what is true.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from onrecord.records import Figure, Outcome, Series, SeriesPoint, Span
from onrecord.stories.accounts import MAIN_OUTCOMES
from onrecord.stories.origins import Claimed, IndependentSource, independent_sources
from onrecord.stories.outlines import Outline
from onrecord.stories.reports import Report, Telling

WORD = re.compile(r"\w+")

NO_MAIN_STATES = frozenset({"background", "not_comparable"})
"""States of figures that are no part of what happened."""


def voices(story: Outline, agencies: Mapping[str, str | None]) -> int:
    """Return how many outlets tell a story in words of their own; a news agency is one, however many print it.

    Args:
        story: its copies have no voice of their own.
        agencies: article -> the agency its words come from (`text_origin`).
    """
    own = (article for article in story.articles if article.copy_of is None)
    return len({agencies.get(article.id) or article.outlet or article.id for article in own})


def statement_sources(reports: Sequence[Report]) -> dict[str, int]:
    """Return, by id, how many independent sources report that this speaker said these words."""
    said: dict[tuple[str, str], list[Claimed]] = defaultdict(list)
    for report in reports:
        for statement in report.reading.statements:
            words = " ".join(_plain(report, span) for span in statement.content)
            origin = statement.speaker or report.reading.words(statement.source)
            key = ((origin or report.reading.id).lower(), words or statement.id)
            said[key].append(Claimed(claim=statement.id, article=report.reading.id, origin=origin))
    copy_of = {report.reading.id: report.copy_of for report in reports}
    agencies = {report.reading.id: report.agency for report in reports}
    return {
        claim.claim: number
        for claims in said.values()
        for number in [len(independent_sources(claims, copy_of, agencies))]
        for claim in claims
    }


def _plain(report: Report, span: Span) -> str:
    return " ".join(WORD.findall((report.reading.words(span) or "").lower()))


def main_figure(telling: Telling, reports: Iterable[Report]) -> Figure | None:
    """Return the figure that a story is shown with: the last full count of its most telling outcome; None without one.

    Of several series about one outcome, the one with most points counts; a copy speaks only where nobody else does.
    """
    by_id = {figure.id: figure for report in reports for figure in report.reading.figures}
    for outcome in MAIN_OUTCOMES:
        found = [(series, points) for series in telling.series if (points := _main_points(series, outcome))]
        if found:
            _, points = max(found, key=lambda one: (one[0].scope is None, len(one[1]), one[0].place or ""))
            own = [point for point in points if not point.copy] or points
            last = max(own, key=lambda point: (point.reported or "", own.index(point)))
            return by_id.get(last.figure)
    return None


def _main_points(series: Series, outcome: Outcome) -> list[SeriesPoint]:
    if series.outcome != outcome:
        return []
    return [point for point in series.points if point.state not in NO_MAIN_STATES]


def merged_sources(sources: Iterable[IndependentSource]) -> tuple[IndependentSource, ...]:
    """Return the distinct sources of several figures, each with all its articles and evidence."""
    found: dict[tuple[str, str, bool], list[IndependentSource]] = defaultdict(list)
    for source in sources:
        found[" ".join(source.origin.lower().split()), source.group, source.attributed].append(source)
    merged = (
        IndependentSource(
            origin=same[0].origin,
            group=same[0].group,
            attributed=same[0].attributed,
            articles=tuple(sorted({article for one in same for article in one.articles})),
            evidence=tuple(dict.fromkeys(claimed for one in same for claimed in one.evidence)),
        )
        for same in found.values()
    )
    return tuple(sorted(merged, key=lambda source: (-len(source.articles), source.origin, source.group)))
