"""Figures that are at odds -> in words with what: in their story, and on their page. Asks a ledger; decides nothing."""

from collections.abc import Iterator, Sequence

from onrecord.answers import FigureOnRecord
from onrecord.asking import Asking, latest_reading, stories_of


def conflicts_in_words(ledger: Asking, figures: Sequence[FigureOnRecord], *, as_of: str | None = None) -> Iterator[str]:
    """Yield a line for each conflict of these figures with another one of their story, then for each sum of a page.

    Args:
        ledger: where they are from.
        figures: those that were found.
        as_of: only what the ledger knew then.
    """
    found = {figure.id for figure in figures}
    with ledger.store.reading() as connection:
        for story in stories_of(connection, figures, as_of, states=False):
            for conflict in story.conflicts():
                if {conflict.a, conflict.b} & found:
                    yield conflict.says
        for article in dict.fromkeys(figure.article for figure in figures):
            for check in latest_reading(connection, article, as_of).checks:
                if not check.holds and found.intersection(check.figures):
                    yield f"{check.says} ({article})"
