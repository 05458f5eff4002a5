"""The statements of a story -> who said what, by day, as lines of mark-up. All text is escaped."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from onrecord.answers import StatementOnRecord
from onrecord.exports.charts import Href
from onrecord.exports.html import OWN_VOICE
from onrecord.exports.marked import text
from onrecord.exports.story_words import day_words, link
from onrecord.records import Story


def said_lines(story: Story, statements: Iterable[StatementOnRecord], href: Href) -> Iterator[str]:
    """Yield statements by the day they were printed, each with its speaker, in the order in which they are given."""
    copies = {article.id for article in story.articles if article.copy_of is not None}
    by_day: dict[str, list[StatementOnRecord]] = defaultdict(list)
    for statement in statements:
        by_day[day_words(statement.published)].append(statement)
    if not by_day:
        yield "<p>No statements.</p>"
    for day, said in by_day.items():
        yield f'<h3>{text(day)}</h3><ul class="plain">'
        for one in said:
            who = one.speaker or one.evidence.as_written.source or OWN_VOICE
            copied = " (copy)" if one.article in copies else ""
            where = f'<span class="dim">{text(one.outlet or one.article)}{copied}</span>'
            words = link(href(one.id), one.words or one.evidence.sentence)
            yield f'<li dir="auto"><b>{text(who)}</b> <span class="dim">{act_words(one)}</span> {words} {where}</li>'
        yield "</ul>"


def act_words(said: StatementOnRecord) -> str:
    """Return the act of a statement, and whether it is negated."""
    return f"{said.act}, negated" if said.polarity == "negated" else str(said.act)
