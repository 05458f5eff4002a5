"""Accounts of one story -> its outline: name, span, places, main figures, and which article is a copy of which.

Also says which of several copies is the source. Nothing is compared here.
"""

from collections import Counter

import msgspec

from onrecord.records import Outcome, Record, StoryArticle, content_id
from onrecord.stories.accounts import MAIN_OUTCOMES, Account, MainFigure

MOST_PLACES = 3
"""Places that a story is shown with."""


class Outline(Record, frozen=True, kw_only=True):
    """A story: articles by date, then id. from_ and to are dates, both included; name is the title of one article.

    places are those named most often, one voice for each group of copies; figures are the latest of each outcome.
    """

    id: str
    name: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    articles: tuple[StoryArticle, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[MainFigure, ...] = ()


def source_key(account: Account, words: int) -> tuple[str, bool, int, str]:
    """Return what copies of one text are sorted by, the source first.

    First seen comes first, then who credits no agency (an agency's own page, or the outlet that wrote it), then the
    fuller text, then the id. An article that nobody saw on a day comes behind those with one.
    """
    seen = account.published or account.seen or "~"
    return (seen, bool(set(account.credits) - {account.outlet or ""}), -words, account.id)


def outline(groups: list[list[Account]], central: str) -> Outline:
    """Return the outline of a story.

    Args:
        groups: the accounts of each group of copies, its source first.
        central: id of the article whose title names the story.
    """
    firsts = [group[0] for group in groups]
    articles = sorted(
        (
            StoryArticle(
                id=account.id,
                url=account.url,
                outlet=account.outlet,
                published=account.published,
                copy_of=None if account is group[0] else group[0].id,
            )
            for group in groups
            for account in group
        ),
        key=lambda article: (article.published or "~", article.id),
    )
    days = sorted(article.published[:10] for article in articles if article.published)
    named = next(account for account in firsts if account.id == central)
    return Outline(
        id=content_id("story", articles[0].id),
        name=named.title or named.text[:80].strip(),
        from_=days[0] if days else None,
        to=days[-1] if days else None,
        articles=tuple(articles),
        places=_places(firsts),
        figures=_figures(firsts),
    )


def _places(accounts: list[Account]) -> tuple[str, ...]:
    found = Counter[str]()
    for account in accounts:
        for place in account.places:
            if place.name:
                found[place.name] += place.times
    return tuple(name for name, _ in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:MOST_PLACES])


def _figures(accounts: list[Account]) -> tuple[MainFigure, ...]:
    latest: dict[Outcome, MainFigure] = {}
    for account in sorted(accounts, key=lambda account: (account.published or "", account.id)):
        for figure in account.figures:
            latest[figure.outcome] = figure
    return tuple(latest[outcome] for outcome in MAIN_OUTCOMES if outcome in latest)
