"""What the figures and statements of one story are compared by: each version of each article with its reading.

`Report` is what goes into `telling.telling`, `Telling` is what comes out. Nothing is compared here.
"""

from onrecord.records import Comparison, PointState, Reading, Record, Series
from onrecord.stories.origins import IndependentSource


class Report(Record, frozen=True, kw_only=True):
    """One version of one article of a story.

    reported is when it was put on record: published (modified, for a later version), else seen; RFC 3339 or EDTF.
    version counts from 1; latest says that no later version is known; silent_edit that the text changed since the
    version before and its date did not. copy_of is the id of the article whose text it carries, agency the news agency
    that its words come from (`origins.text_origin`).
    """

    reading: Reading
    reported: str | None = None
    version: int = 1
    latest: bool = True
    silent_edit: bool = False
    copy_of: str | None = None
    agency: str | None = None


class FigureState(Record, frozen=True, kw_only=True):
    """What became of one figure within its story, and the independent sources that put the same on record."""

    figure: str
    article: str
    state: PointState
    sources: tuple[IndependentSource, ...] = ()


class Telling(Record, frozen=True, kw_only=True):
    """What the articles of one story tell together."""

    series: tuple[Series, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    states: tuple[FigureState, ...] = ()
