"""Who put a value on record first, and how long after it others repeat it."""

from onrecord.records import Series, SeriesPoint
from onrecord.stories.leads import leads


def point(article, reported, low):
    return SeriesPoint(article=article, reported=reported, low=low, high=low, figure=article)


def test_each_value_has_its_first_and_its_repeats_with_hours():
    series = Series(
        outcome="killed",
        points=(
            point("a", "2026-03-04T08:00:00Z", 9),
            point("b", "2026-03-04T11:30:00Z", 9),
            point("c", "2026-03-05", 14),
            point("d", "2026-03-07", 14),
            point("e", None, 14),
        ),
    )
    nine, fourteen = leads(series)
    assert (nine.first.article, [(one.point.article, one.lag) for one in nine.repeats]) == ("a", [("b", 3.5)])
    assert (fourteen.first.article, [one.lag for one in fourteen.repeats]) == ("c", [48.0, None])
