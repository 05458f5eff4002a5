"""The words of times longer than a day -> a Value: "late last month", "the 1990s", "two years ago", "recent weeks".

In go words in small letters and a Scene, out comes a Value, None when the words name no such time, or a time that is
not resolved with its reason. "early", "mid" and "late" take a third of a month, a year or a decade (gold/README.md).
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.time_context import Scene, day_before, unresolved
from onrecord.reading.time_days import (
    AHEAD_WORDS,
    BEHIND_WORDS,
    MONTH_NAMES,
    RELATIVE,
    YEAR,
    month_number,
    named_year,
)
from onrecord.reading.time_values import (
    SEASONS,
    Value,
    add_months,
    months_on,
    nearest_year,
    one_day,
    season_of,
    third_of_month,
    third_of_year,
    week_of,
    weekend_of,
    whole_month,
    whole_year,
    years,
)
from onrecord.records import TimePrecision

SOON_MONTHS = 0
"""Days within which a month without a year lies ahead when the words do not say: it is taken as the last one."""

VAGUE_COUNTS = frozenset(
    {"few", "several", "some", "many", "recent", "couple", "dozens", "hundreds", "thousands", "scores", "number"}
)
UNITS = r"second|minute|hour|day|night|weekend|week|fortnight|month|quarter|season|year|decade|centur(?=y|ie)"
COUNT = r"(?:[\d,]{1,6}|[a-z]+(?:-[a-z]+)?)"
COUNTED = re.compile(
    rf"\b(?:(?P<half>half) (?:a|an) |(?P<count>{COUNT}) (?:of (?:a )?|more |or more |or so |straight )?)?"
    rf"(?:(?:whole|full|long) )?(?P<unit>{UNITS})(?:s|y|ies)?,? (?:or so |or more )?"
    r"(?P<way>ago|earlier|later|previously|beforehand|afterwards?|hence|prior|before|after|back)\b"
)
WINDOW = re.compile(
    rf"\b(?P<which>past|last|previous|recent|preceding|latest|next|coming|following)"
    rf"(?: (?P<half>half)[- ](?:a |an )?| (?P<count>{COUNT})(?: of| more)?)?(?: or so| or two)?"
    rf" (?P<unit>{UNITS})(?P<many>s|ies)?\b"
)
LONG = {
    "fortnight": ("week", 2), "quarter": ("month", 3), "season": ("month", 3), "decade": ("year", 10),
    "centur": ("year", 100), "night": ("day", 1), "weekend": ("week", 1),
}  # fmt: skip
"""Units that are so many of another one."""

CHOSEN = re.compile(
    r"\b(?P<which>last|past|this|that|next|coming|current|same|previous|preceding|following)"
    rf"(?: (?:calendar|financial|fiscal|school))? (?P<unit>{UNITS}|spring|summer|autumn|fall|winter)(?:y)?\b"
)
NEAR_WEEKEND = re.compile(r"\b(?:the|over) weekend\b|^weekend\b")
BACK, ON = frozenset({"last", "past", "previous", "preceding"}), frozenset({"next", "coming", "following"})
FROM_BEFORE = frozenset({"that", "same", "previous", "preceding", "following"})
YEAR_BEFORE = re.compile(r"\b(?:the|a) (?P<unit>week|month|year) (?P<way>before|earlier|prior|after|later)\b")
EDGE = re.compile(
    r"\b(?P<edge>start|beginning|opening|turn|end|close|middle|first half|second half|first quarter|second quarter"
    r"|third quarter|fourth quarter|final quarter|last quarter)\b(?: of)?(?: (?P<of>.+))?$"
)
QUARTER = re.compile(r"\b(?P<nth>first|second|third|fourth|final|last)[- ](?P<part>quarter|half)\b")
NTHS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
IN_THE = re.compile(
    r"\b(?:early|earlier|late|later|mid|so far) (?:in|on|during|into) (?:the|this) (?P<unit>week|month|year)\b"
)
BARE = re.compile(r"^(?:the )?(?P<unit>week|month|year|decade|century)$")
DECADE = re.compile(r"\b(?P<first>\d{3})0'?s\b|'(?P<short>[2-9])0s\b")
CENTURY = re.compile(r"\b(?P<number>\d{1,2})(?:st|nd|rd|th)[- ]century\b")
YEAR_RANGE = re.compile(r"\b(?P<low>(?:1[0-9]|20)\d\d)\s?[-/\u2013]\s?(?P<high>\d{4}|\d\d)\b")
SHADE = re.compile(r"\b(?P<shade>early|mid|late)\b(?!r)")
THIRD_OF_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}
MONTH = re.compile(rf"\b{MONTH_NAMES}")
SEASON = re.compile(r"\b(?P<name>spring|summer|autumn|fall|winter)\b")


def long_words(text: str, scene: Scene) -> Value | None:
    """Return the week, month, year or other long time that words name; None when they name none."""
    for rule in RULES:
        found = rule(text, scene)
        if found is not None:
            return found
    return None


@cache
def number_names() -> dict[str, int]:
    """Return the value of number words up to ninety-nine, those of lexicon/numbers.tsv and "a"."""
    found = {"a": 1, "an": 1, "couple": 2, "half-dozen": 6, "dozen": 12}
    for row in rows("numbers"):
        if row["type"] in ("cardinal", "ten") and row["low"].isdigit():
            found[row["words"]] = int(row["low"])
    return found


def number_of(words: str) -> int | None:
    """Return the value of digits or a number word, None for a vague one ("several") or none at all."""
    digits = words.replace(",", "")
    if digits.isdigit():
        return int(digits)
    known = number_names()
    if words in known:
        return known[words]
    ten, _, one = words.partition("-")
    return known[ten] + known[one] if ten in known and one in known and known[ten] >= 20 else None


# --- months, seasons, years ----------------------------------------------------------------------------------------


def _edge(text: str, scene: Scene) -> Value | None:
    """Read "the end of the week", "the beginning of 2017", "the first quarter": a part of a longer time."""
    match = EDGE.search(text)
    if match is None:
        return None
    whole = long_words(match["of"], scene) if match["of"] else _this("year", scene)
    if whole is None:
        return None
    if whole.first is None or whole.last is None:
        return whole if whole.precision == "unknown" else None
    return edge_of(match["edge"], whole)


def edge_of(edge: str, whole: Value) -> Value | None:
    """Return the beginning, middle, end, half or quarter of a whole time."""
    first, last = whole.first or date.min, whole.last or date.max
    if "quarter" in edge:
        return months_on(first.year, 3 * NTHS[edge.split()[0]] - 2, 3) if whole.precision == "year" else None
    if "half" in edge and whole.precision == "year":
        return months_on(first.year, 7 if edge.startswith("second") else 1, 6)
    shade = "early" if edge in ("start", "beginning", "opening", "turn", "first half") else "late"
    shade = "mid" if edge == "middle" else shade
    if whole.precision == "year" and first.year == last.year:
        return third_of_year(first.year, shade)
    if whole.precision == "month" and (first.year, first.month) == (last.year, last.month):
        return third_of_month(whole, shade)
    if whole.precision == "year":
        return whole_year({"early": first.year, "mid": (first.year + last.year) // 2, "late": last.year}[shade])
    return one_day({"early": first, "mid": first + (last - first) // 2, "late": last}[shade])


def _quarter(text: str, scene: Scene) -> Value | None:
    match = QUARTER.search(text)
    if match is None:
        return None
    year = named_year(text, scene) or (scene.page.day.year if scene.page.day else None)
    return unresolved(scene.page.says) if year is None else edge_of(match.group().replace("-", " "), whole_year(year))


def _month(text: str, scene: Scene) -> Value | None:
    """Read a month with or without its year; without one it is the last that has begun, or looking ahead the next."""
    match = MONTH.search(text)
    if match is None:
        return None
    month = month_number(match["month"])
    year = named_year(text, scene)
    day = scene.page.day
    if year is not None:
        found, why = whole_month(year, month), f"a month of {year}"
    elif day is None:
        return unresolved(scene.page.says)
    else:
        before = BEHIND_WORDS.search(text) is not None
        tense = "ahead" if AHEAD_WORDS.search(text) else "behind" if before else scene.tense()
        around = {one: whole_month(one, month) for one in (day.year - 1, day.year, day.year + 1)}
        if before or AHEAD_WORDS.search(text):
            around = {one: value for one, value in around.items() if (one, month) != (day.year, day.month)}
        found = nearest_year(around, day, tense, SOON_MONTHS)
        why = f"the nearest such month, counted from {scene.page.says}"
    shade = SHADE.search(text)
    found = third_of_month(found, shade["shade"]) if shade else found
    return found.because(why)


def _season(text: str, scene: Scene) -> Value | None:
    match = SEASON.search(text)
    if match is None:
        return None
    name, day, year = match["name"], scene.page.day, named_year(text, scene)
    if year is not None:
        return season_of(name, year).because(f"three months of {year}")
    if day is None:
        return unresolved(scene.page.says)
    around = {one: season_of(name, one) for one in (day.year - 2, day.year - 1, day.year, day.year + 1)}
    why = f"the nearest such season, counted from {scene.page.says}"
    if re.search(r"\bthis\b", text) and name != "winter":
        return around[day.year].because(why)
    if BEHIND_WORDS.search(text):
        around = {one: value for one, value in around.items() if value.last is not None and value.last < day}
        return around[max(around)].because(why)
    if AHEAD_WORDS.search(text) or scene.tense() == "ahead":
        around = {one: value for one, value in around.items() if value.first is not None and value.first > day}
        return (around[min(around)] if around else season_of(name, day.year + 1)).because(why)
    return (nearest_year(around, day, None, 120 if "this" in text else 0)).because(why)


def _years(text: str, scene: Scene) -> Value | None:
    """Read "2016", "2013-2017", "the late 1990s", "the 19th century"."""
    span, decade, century = YEAR_RANGE.search(text), DECADE.search(text), CENTURY.search(text)
    shade = SHADE.search(text)
    if span:
        low = int(span["low"])
        high = int(span["high"]) if len(span["high"]) == 4 else low // 100 * 100 + int(span["high"])
        return years(low, high).because("years as stated") if low <= high else None
    if decade:
        first = int(decade["first"]) * 10 if decade["first"] else 1900 + int(decade["short"]) * 10
        low, high = THIRD_OF_DECADE[shade["shade"]] if shade else (0, 9)
        return years(first + low, first + high).because("the years of a decade")
    if century:
        number = int(century["number"])
        return years(100 * number - 99, 100 * number).because("the years of a century")
    stated = YEAR.search(text)
    if stated is None:
        return None
    year = int(stated.group())
    found = third_of_year(year, shade["shade"]) if shade else whole_year(year)
    return found.because("a year as stated")


# --- counted from a day --------------------------------------------------------------------------------------------


def _counted(text: str, scene: Scene) -> Value | None:
    """Read "two days ago", "a year earlier", "three days later", "hours earlier"."""
    match = COUNTED.search(text)
    if match is None:
        return None
    way, unit = match["way"], match["unit"]
    behind = text[match.end() :].strip(" ,")
    if (behind and way in ("before", "after", "prior")) or (way == "later" and behind.startswith("than")):
        return None
    sign = -1 if way in ("ago", "earlier", "previously", "beforehand", "prior", "before", "back") else 1
    base, why = (scene.page.day, scene.page.says) if way in ("ago", "hence", "back") else _named_day(scene, unit, sign)
    if base is None:
        return unresolved(why)
    count = number_of(match["count"] or "") if not match["half"] else None
    if match["half"] or (match["count"] == "half"):
        return _half_unit(base, unit, sign, why)
    if count is None:
        if unit in ("hour", "minute", "second"):
            return one_day(base).because(f"some {unit}s, on the day counted from: {why}")
        return unresolved(f"the words do not say how many {unit}s")
    found = step_units(base, unit, sign * count)
    if re.search(r"\b(?:more than|over|at least|or more)\b", text[: match.end()]):
        found = Value(None, found.last, found.precision) if sign < 0 else Value(found.first, None, found.precision)
    return found.because(f"counted from {why}")


def _half_unit(base: date, unit: str, sign: int, why: str) -> Value | None:
    """Return half a year, decade or century from a day."""
    months = {"year": 6, "decade": 60, "centur": 600}.get(unit)
    if months is None:
        return unresolved("the words do not say how many days")
    day = add_months(base, sign * months)
    found = whole_month(day.year, day.month) if unit == "year" else whole_year(day.year)
    return found.because(f"counted from {why}")


def _named_day(scene: Scene, unit: str, sign: int) -> tuple[date | None, str]:
    """Return the day that "earlier" and "later" count from: the time named before; for "earlier" else the page's."""
    if unit in ("year", "decade", "centur", "month"):
        for value in scene.before():
            if value.first is not None and value.last is not None and (value.last - value.first).days < 366:
                return value.first, f"the time named before, {value.first:%Y-%m}"
            break
    else:
        day = day_before(scene)
        if day is not None:
            return day, f"the day named before, {day}"
    if sign < 0 and scene.page.day is not None:
        return scene.page.day, scene.page.says
    return None, RELATIVE if scene.page.day is not None else scene.page.says


def step_units(base: date, unit: str, count: int) -> Value:
    """Return the day, week, month or year that lies so many units from a day, as exact as its unit."""
    if unit in LONG:
        longer, times = LONG[unit]
        if longer == "year":
            return whole_year(base.year + count * times)
        unit, count = longer, count * times
    if unit in ("hour", "minute", "second"):
        days = abs(count) // 24 if unit == "hour" else 0
        return one_day(base + timedelta(days=days if count > 0 else -days))
    if unit == "day":
        return one_day(base + timedelta(days=count))
    if unit == "week":
        return week_of(base + timedelta(weeks=count))
    if unit == "month":
        day = add_months(base, count)
        return whole_month(day.year, day.month)
    return whole_year(base.year + count)


def _window(text: str, scene: Scene) -> Value | None:
    """Read "the past two days", "the past week", "recent months", "the next 48 hours", "the coming days"."""
    match = WINDOW.search(text)
    if match is None:
        return None
    which, unit, many = match["which"], match["unit"], match["many"] is not None
    count = number_of(match["count"]) if match["count"] else None
    single = match["count"] is None and not many
    if single and (
        which in ("previous", "preceding", "next", "coming", "following", "latest", "recent") or match["half"]
    ):
        return None
    if (
        single
        and which == "last"
        and not re.search(r"\b(?:over|during|in|within|throughout) the last\b|^the last\b", text)
    ):
        return None
    if single and unit == "weekend":
        return None
    day = scene.page.day
    if day is None:
        return unresolved(scene.page.says)
    on = which in ON
    if match["count"] and count is None and match["count"] not in VAGUE_COUNTS:
        return None
    says = f"{'from' if on else 'up to'} {scene.page.says}"
    if many and count is None:
        precision = _window_precision(unit)
        return Value(
            day if on else None, None if on else day, precision, days=True, says=says + "; how long is not said"
        )
    edge = _reach(day, unit, (1 if single else count or 1) * (1 if on else -1))
    first, last = (day, edge) if on else (edge, day)
    return Value(first, last, _window_precision(unit), days=True, says=says)


def _window_precision(unit: str) -> TimePrecision:
    longer = LONG.get(unit, (unit, 1))[0]
    return "week" if longer == "week" else "month" if longer == "month" else "year" if longer == "year" else "day"


def _reach(day: date, unit: str, count: int) -> date:
    """Return the day that lies so many units off."""
    longer, times = LONG.get(unit, (unit, 1))
    count *= times
    if longer in ("hour", "minute", "second"):
        hours = abs(count) if longer == "hour" else 1
        days = -(-hours // 24)
        return day + timedelta(days=days if count > 0 else -days)
    if longer in ("day", "week"):
        return day + timedelta(days=count * (7 if longer == "week" else 1))
    return add_months(day, count * (12 if longer == "year" else 1))


def _chosen(text: str, scene: Scene) -> Value | None:
    """Read "last week", "earlier this month", "early next year", "that year", "this weekend", "the weekend"."""
    near = NEAR_WEEKEND.search(text)
    match = CHOSEN.search(text)
    if match is None and near is None:
        return None
    day = scene.page.day
    if day is None and not (match and match["which"] in FROM_BEFORE):
        return unresolved(scene.page.says)
    if match is None:
        return _near_weekend(day, scene)
    which, unit = match["which"], match["unit"]
    if unit in SEASONS:
        return _season(text, scene)
    base, why = day, scene.page.says
    if which in FROM_BEFORE:
        base, why = _named_day(scene, "month" if unit in ("year", "month") else unit, -1 if which in BACK else 1)
    if base is None:
        return unresolved(why)
    step = -1 if which in BACK else 1 if which in ON else 0
    found = _nth_from(base, unit, step, scene)
    if found is None:
        return None
    shade = SHADE.search(text)
    if shade and found.first is not None and found.precision in ("month", "year") and unit in ("month", "year"):
        found = (
            third_of_month(found, shade["shade"])
            if unit == "month"
            else third_of_year(found.first.year, shade["shade"])
        )
    return found.because(f"counted from {why}")


def _near_weekend(day: date | None, scene: Scene) -> Value:
    if day is None:
        return unresolved(scene.page.says)
    found = weekend_of(day, ahead=scene.tense() == "ahead")
    return found.because(f"the nearest weekend, counted from {scene.page.says}")


def _nth_from(base: date, unit: str, step: int, scene: Scene) -> Value | None:
    """Return the week, weekend, month, quarter, year or decade that lies so many from that of a day."""
    if unit in ("week", "fortnight"):
        sunday = base.weekday() == 6 and scene.page.weeks_begin_on_sunday
        return week_of(base + timedelta(weeks=step), sunday=sunday)
    if unit == "weekend":
        if step < 0:
            return weekend_of(base - timedelta(days=2 if base.weekday() >= 5 else 0), ahead=False)
        saturday = base + timedelta(days=5 - base.weekday() + 7 * step)
        ahead = step > 0 or scene.tense() != "behind" or base.weekday() > 2
        return weekend_of(saturday, ahead=True) if ahead else weekend_of(base, ahead=False)
    if unit == "month":
        day = add_months(base, step)
        return whole_month(day.year, day.month)
    if unit == "quarter":
        day = add_months(base, 3 * step)
        return months_on(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return whole_year(base.year + step)
    if unit == "decade":
        first = base.year // 10 * 10 + 10 * step
        return years(first, first + 9)
    if unit == "centur":
        first = (base.year - 1) // 100 * 100 + 1 + 100 * step
        return years(first, first + 99)
    return None


def _this(unit: str, scene: Scene) -> Value | None:
    day = scene.page.day
    return unresolved(scene.page.says) if day is None else _nth_from(day, unit, 0, scene)


def _in_the(text: str, scene: Scene) -> Value | None:
    """Read "earlier in the week", "later in the year", and the bare unit in "the end of the week"."""
    match = IN_THE.search(text) or BARE.search(text)
    if match is None:
        return None
    if match["unit"] == "century":
        day = scene.page.day
        first = 2000 if day is None else day.year // 100 * 100
        return years(first, first + 99).because("the century of the page")
    found = _this(match["unit"], scene)
    return found if found is None or found.first is None else found.because(f"counted from {scene.page.says}")


def _year_before(text: str, scene: Scene) -> Value | None:
    """Read "the year before", "a month earlier": one unit from the time named before."""
    match = YEAR_BEFORE.search(text)
    if match is None or text[match.end() :].strip():
        return None
    sign = -1 if match["way"] in ("before", "earlier", "prior") else 1
    base, why = _named_day(scene, match["unit"], sign)
    if base is None:
        return unresolved(why)
    return step_units(base, match["unit"], sign).because(f"counted from {why}")


RULES: tuple[Callable[[str, Scene], Value | None], ...] = (
    _edge,
    _quarter,
    _month,
    _year_before,
    _counted,
    _window,
    _in_the,
    _chosen,
    _season,
    _years,
)
