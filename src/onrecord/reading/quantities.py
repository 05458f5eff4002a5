"""One sentence -> its number expressions, each with value, bounds, whole, unit and type.

Every number is found as a span first and typed second: ages, dates, years, clock times, durations, ordinals, names
with a number (Route 66) and addresses come out with `non_figure` set, so that nothing is dropped unseen. What is
counted and what happened to it is decided elsewhere (figure_rules.py). Numbers that stand only in an article ("a
woman") are not found here.
"""

import re
from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows, words
from onrecord.reading.grammar import class_of
from onrecord.reading.sentences import Sentence, Token
from onrecord.records import Bound, Number

QuantityType = Literal["count", "share", "money", "measure"]
NonFigure = Literal["age", "year", "date", "clock", "duration", "ordinal", "name", "address", "score", "phone", "rate"]

LATEST_YEAR = 2100
EARLIEST_YEAR = 1500
OLDEST_AGE = 115
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DIGITS = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{2,3})*(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:-(?P<to>\d[\d,]*(?:\.\d+)?))?"
    r"(?P<suffix>[^\W\d_]+)?(?P<rest>(?:-.*)?)$"
)
OCR_DIGITS = re.compile(r"\d[\d,]*[oO][\d,oO]*$")
SUFFIX_SCALES = {"m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "k": 10**3, "tn": 10**12, "million": 10**6}
MEASURE_SUFFIXES = frozenset("mm cm km kg kph mph ft g mw gw kw lb oz".split())
ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)|\d+s|'\d\ds)$")
AGE = re.compile(r"(?:-|^)(?:year|month|week|day)s?-olds?\b")
DURATION_TAIL = re.compile(r"-(?:second|minute|hour|day|week|month|year|decade|century|night)s?(?:-|$)")
PER = frozenset({"per", "a", "an"})
FRACTIONS = {
    "half": 50.0, "halves": 50.0, "third": 33.33, "thirds": 33.33, "quarter": 25.0, "quarters": 25.0,
    "fourth": 25.0, "fourths": 25.0, "fifth": 20.0, "fifths": 20.0, "sixth": 16.67, "sixths": 16.67,
    "seventh": 14.29, "sevenths": 14.29, "eighth": 12.5, "eighths": 12.5, "tenth": 10.0, "tenths": 10.0,
}  # fmt: skip
HUNDRED_PERCENT = 100
DETERMINERS = frozenset("the those these its his her their our my your a an all this that".split())


class Quantity(msgspec.Struct, frozen=True):
    """A number expression of one sentence.

    first to last are its tokens (half open) with bound words, start to end its characters; noun is the token at which
    the counted phrase begins. low and high are counts, percent, units of currency or of measure; None is an open end
    or an unknown one. marks holds what the words around say: another, more, only, ordinal, hyphen, bare.
    """

    first: int
    last: int
    start: int
    end: int
    noun: int
    low: Number | None
    high: Number | None
    point: Number | None
    bound: Bound = "exact"
    of_total: Number | None = None
    type: QuantityType = "count"
    unit: str | None = None
    non_figure: NonFigure | None = None
    marks: frozenset[str] = frozenset()


class Core(msgspec.Struct, frozen=True):
    """The bare number at a token: its end token, its value or interval, its type so far."""

    end: int
    low: Number | None
    high: Number | None
    kind: Literal["number", "range", "vague", "vague_share", "share", "ordinal"] = "number"
    unit: str | None = None
    type: QuantityType = "count"
    non_figure: NonFigure | None = None
    marks: frozenset[str] = frozenset()


@cache
def _numbers() -> dict[str, list[tuple[tuple[str, ...], Number | None, Number | None, str]]]:
    """Number words by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], Number | None, Number | None, str]]] = {}
    for row in rows("numbers"):
        parts = tuple(row["words"].split())
        low, high = (int(row[key]) if row[key] else None for key in ("low", "high"))
        table.setdefault(parts[0], []).append((parts, low, high, row["type"]))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _bounds(side: str) -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """Bound phrases of one side; those before a number by their last word, those after by their first."""
    table: dict[str, list[tuple[tuple[str, ...], Bound]]] = {}
    for row in rows("bounds"):
        if row["side"] == side:
            parts = tuple(row["words"].split())
            bound: Bound = row["bound"]  # type: ignore[assignment]  # a test compares the column with the list
            table.setdefault(parts[-1 if side == "before" else 0], []).append((parts, bound))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


@cache
def _units() -> dict[str, tuple[str, str]]:
    """Unit words: (type, unit)."""
    return {row["words"]: (row["type"], row["unit"]) for row in rows("units") if row["type"] != "currency"}


@cache
def _currencies() -> frozenset[str]:
    return frozenset(row["words"] for row in rows("units") if row["type"] == "currency")


@cache
def _starts() -> frozenset[str]:
    """Words that can begin a number expression."""
    return (
        frozenset(_numbers())
        | _currencies()
        | frozenset({"a", "an", "half", "no", "none", "nobody", "both", "one-third"})
    )


def read_quantities(sentence: Sentence) -> list[Quantity]:
    """Read the number expressions of one sentence, left to right.

    "478 out of the 550" is one quantity with of_total=550; years, clock times and ages come with non_figure set.

    Args:
        sentence: its offsets are half-open character ranges of Page.text.

    Returns:
        Zero or more quantities that do not overlap. low and high are counts, or percent, money or measure by type.

    Source: gold/GUIDELINE.md sections 1 and 4; lexicon/numbers.tsv, bounds.tsv, units.tsv, number_names.tsv.
    """
    tokens = sentence.tokens
    found: list[Quantity] = []
    i, free = 0, 0
    starts = _starts()
    while i < len(tokens):
        token = tokens[i]
        if not (token.text[0].isdigit() or token.lower in starts or "-" in token.lower or "." in token.lower):
            i += 1
            continue
        core = core_at(tokens, i)
        if core is None:
            i += 1
            continue
        quantity = _complete(tokens, i, core, free)
        if quantity is None:
            i = core.end
            continue
        found.append(quantity)
        i = free = max(quantity.last, core.end, quantity.noun if quantity.of_total is not None else 0)
    return _leading_wholes(tokens, found)


def _leading_wholes(tokens: tuple[Token, ...], found: list[Quantity]) -> list[Quantity]:
    """Read "of 539 drones, 268 were shot down and 208 lost": the whole goes to of_total of the numbers that follow."""
    for n, whole in enumerate(found[:-1]):
        opener = [t.lower for t in tokens[max(0, whole.first - 3) : whole.first]]
        while opener and opener[-1] in DETERMINERS:
            opener.pop()
        at = whole.first - 1
        while at >= 0 and tokens[at].lower in DETERMINERS:
            at -= 1
        if not opener or opener[-1] != "of" or (at > 0 and tokens[at - 1].text not in ',;:"“'):
            continue
        if whole.type != "count" or whole.point is None or whole.non_figure:
            continue
        parts = [
            msgspec.structs.replace(part, of_total=whole.point)
            if part.type == "count"
            and part.low is not None
            and part.low <= whole.point
            and part.of_total is None
            and part.non_figure is None
            else part
            for part in found[n + 1 :]
        ]
        comma = any(t.text == "," for t in tokens[whole.last : found[n + 1].first])
        if comma and parts[0].of_total == whole.point:
            return found[:n] + parts
    return found


# --- the bare number -----------------------------------------------------------------------------------------------


def core_at(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Return the number that begins at token i, without its bound words; None when there is none."""
    token = tokens[i]
    lower = token.lower
    if lower in _currencies() and i + 1 < len(tokens):
        core = _digits(tokens, i + 1) or _words(tokens, i + 1)
        if core is not None and core.kind in ("number", "range", "vague"):
            return _with(core, type="money", unit=lower, non_figure=None)
        return None
    if token.text[0].isdigit():
        return _digits(tokens, i)
    if lower in ("us", "a", "an") and i + 1 < len(tokens) and tokens[i + 1].text in "$£€" and lower != "an":
        core = _digits(tokens, i + 2) if i + 2 < len(tokens) and tokens[i + 2].text[0].isdigit() else None
        return _with(core, type="money", unit="$", non_figure=None) if core else None
    return _fraction(tokens, i) or _words(tokens, i)


def _with(core: Core, **changes: object) -> Core:
    changed: Core = msgspec.structs.replace(core, **changes)
    return changed


def _digits(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a number that begins with a digit: 1,200  2.5m  30-40  14-year-old  93rd  155mm  1,0O0."""
    text = tokens[i].text
    lower = tokens[i].lower
    if ORDINAL.match(lower):
        return Core(i + 1, None, None, kind="ordinal", non_figure="ordinal")
    if OCR_DIGITS.match(text):
        value = int(re.sub(r"[oO]", "0", text).replace(",", ""))
        return Core(i + 1, value, value)
    match = DIGITS.match(lower)
    if match is None:
        return Core(i + 1, None, None, kind="ordinal", non_figure="phone" if text.count("-") > 1 else "name")
    value = _value(match["n"])
    suffix, rest = match["suffix"] or "", match["rest"] or ""
    if AGE.search(rest) or AGE.search("-" + suffix):
        return Core(i + 1, value, value, non_figure="age")
    if DURATION_TAIL.match(rest):
        return Core(i + 1, value, value, non_figure="duration")
    if suffix in ("am", "pm", "a.m", "p.m", "gmt", "hrs"):
        return Core(i + 1, None, None, kind="ordinal", non_figure="clock")
    if match["to"]:
        return _digit_range(tokens, i, value, _value(match["to"]), suffix + rest)
    if suffix in SUFFIX_SCALES and not (suffix == "m" and not rest and _metres(tokens, i)):
        value = _scaled(value, SUFFIX_SCALES[suffix])
    elif suffix in MEASURE_SUFFIXES:
        return Core(i + 1, value, value, type="measure", unit=suffix)
    elif suffix:
        metres = suffix == "m"
        return Core(i + 1, value, value, type="measure" if metres else "count", unit="m" if metres else None,
                    non_figure=None if metres else "name")  # fmt: skip
    if rest:
        return _hyphenated(tokens, i, value, rest)
    return _scales(tokens, i + 1, value)


def _metres(tokens: tuple[Token, ...], i: int) -> bool:
    """Say whether the m of "60m" is metres: no currency before it and it is not followed by a counted noun."""
    if i > 0 and tokens[i - 1].lower in _currencies():
        return False
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return following in (
        "high",
        "tall",
        "deep",
        "wide",
        "long",
        "above",
        "below",
        "away",
        "(",
        "from",
        ".",
        ",",
        "into",
        "",
    )


def _digit_range(tokens: tuple[Token, ...], i: int, low: Number, high: Number, tail: str) -> Core:
    """Read "30-40", "56-41", "2018-19"."""
    nearby = {t.lower for t in tokens[max(0, i - 3) : i + 4]}
    if EARLIEST_YEAR <= low <= LATEST_YEAR and (high < 100 or EARLIEST_YEAR <= high <= LATEST_YEAR) and not tail:
        return Core(i + 1, None, None, kind="ordinal", non_figure="year")
    if nearby & {"win", "won", "victory", "defeat", "beat", "lead", "draw", "drew", "lost", "score", "loss"}:
        return Core(i + 1, low, high, non_figure="score")
    if low >= high:
        votes = bool(nearby & {"vote", "voted", "votes", "majority", "ruling", "margin"})
        return Core(i + 1, low, low, marks=frozenset({"vote"}), non_figure=None if votes else "score")
    if tail.startswith("-") and AGE.search(tail):
        return Core(i + 1, low, high, non_figure="age")
    core = _scales(tokens, i + 1, high)
    scale = core.high / high if high and core.high else 1
    return _with(core, low=_scaled(low, scale), high=core.high, kind="range")


def _hyphenated(tokens: tuple[Token, ...], i: int, value: Number, rest: str) -> Core:
    """Read the number of a compound: "25-million-pound", "150-gram", "12-person", "50-odd", "7-magnitude"."""
    parts = [part for part in rest.split("-") if part]
    marks = frozenset({"hyphen"})
    kind: QuantityType = "count"
    unit = None
    for part in parts:
        scale = next((low for _, low, _, type_ in _numbers().get(part, ()) if type_ == "scale"), None)
        unit_type, unit_name = _units().get(part, ("", ""))
        if scale is not None:
            value = _scaled(value, scale)
        elif part == "odd":
            return Core(i + 1, value, value, marks=frozenset({"odd"}))
        elif unit_type == "duration":
            return Core(i + 1, value, value, non_figure="duration")
        elif unit_type in ("money", "measure", "share"):
            kind, unit = unit_type, unit_name  # type: ignore[assignment]  # narrowed by the test above
    return Core(i + 1, value, value, type=kind, unit=unit, marks=marks)


def _scales(tokens: tuple[Token, ...], i: int, value: Number) -> Core:
    """Multiply by the scale words that follow: "1.3 million", "2 hundred thousand"; token i is the next one."""
    while i < len(tokens):
        lower = tokens[i].lower
        entry = _numbers().get(lower)
        if entry is None or entry[0][3] != "scale" or entry[0][1] is None:
            head, _, tail = lower.partition("-")
            entry = _numbers().get(head) if tail else None
            if entry is not None and entry[0][3] == "scale" and entry[0][1] is not None:
                scaled = _hyphenated(tokens, i, _scaled(value, entry[0][1]), "-" + tail)
                return scaled
            break
        value = _scaled(value, entry[0][1])
        i += 1
    return Core(i, value, value)


def _value(digits: str) -> Number:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _scaled(value: Number, scale: Number) -> Number:
    product = value * scale
    return int(round(product)) if abs(product - round(product)) < 1e-6 else product


def _words(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a number in words: "twenty-one", "two dozen", "one hundred and fifty", "tens of thousands", "no"."""
    lower = tokens[i].lower
    if "-" in lower:
        return _hyphen_words(tokens, i)
    if lower in ("a", "an"):
        nxt = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        entry = _numbers().get(nxt)
        if entry and entry[0][3] == "scale" and entry[0][1] is not None:
            return _scales(tokens, i + 1, 1)
    if lower == "half" and i + 2 < len(tokens) and tokens[i + 1].lower in ("a", "an"):
        entry = _numbers().get(tokens[i + 2].lower)
        if entry and entry[0][3] == "scale" and entry[0][1] is not None:
            core = _scales(tokens, i + 3, entry[0][1])
            half = _scaled(core.low or 0, 0.5)
            return _with(core, low=half, high=half)
    for parts, low, high, kind in _numbers().get(lower, ()):
        if tuple(t.lower for t in tokens[i : i + len(parts)]) != parts:
            continue
        end = i + len(parts)
        if kind in ("vague", "vague_share"):
            return _vague(tokens, i, end, low, high, kind)
        if kind == "scale" or low is None:
            return None
        return _cardinal(tokens, i, low)
    if lower in ("both", "none", "nobody", "no"):
        value = 2 if lower == "both" else 0
        if (
            lower == "no"
            and i + 1 < len(tokens)
            and tokens[i + 1].lower in ("longer", "matter", "way", "doubt", "more", "fewer", "less", "later", "such")
        ):
            return None
        end = i + 2 if lower == "no" and i + 1 < len(tokens) and tokens[i + 1].lower == "one" else i + 1
        return Core(end, value, value, marks=frozenset({lower if lower != "nobody" else "none"}))
    return None


def _hyphen_words(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read "twenty-one", "fifty-odd", "two-day", "nineteen-year-old", "six-storey"."""
    head, _, rest = tokens[i].lower.partition("-")
    entry = _numbers().get(head)
    if entry is None or entry[0][3] not in ("cardinal", "ten") or entry[0][1] is None:
        return None
    value: Number = entry[0][1]
    if AGE.search("-" + rest):
        return Core(i + 1, value, value, non_figure="age")
    second, _, after = rest.partition("-")
    follower = _numbers().get(second)
    if entry[0][3] == "ten" and follower and follower[0][3] == "cardinal" and follower[0][1]:
        value += follower[0][1]
        if not after:
            return _cardinal(tokens, i, value)
        rest = after
        if AGE.search("-" + rest):
            return Core(i + 1, value, value, non_figure="age")
    if second in FRACTIONS:
        share = _share(value, second)
        return Core(i + 1, share, share, kind="share", type="share", unit="percent")
    if DURATION_TAIL.match("-" + rest):
        return Core(i + 1, value, value, non_figure="duration")
    if second in ("way", "fold", "time", "off", "sided", "party", "on", "man", "one", "state", "self", "armed", "shot"):
        return Core(i + 1, value, value, non_figure="name")
    return _hyphenated(tokens, i, value, "-" + rest)


def _cardinal(tokens: tuple[Token, ...], i: int, value: Number) -> Core:
    """Read on after a first number word: "two hundred and fifty thousand"."""
    total: Number = 0
    current: Number = value
    j = i + 1
    while j < len(tokens):
        lower = tokens[j].lower
        entry = _numbers().get(lower)
        kind, step = (entry[0][3], entry[0][1]) if entry and len(entry[0][0]) == 1 else ("", None)
        if kind == "scale" and step is not None:
            if step == 100 or step == 12:
                current = _scaled(current, step)
            else:
                total, current = total + _scaled(current or 1, step), 0
            j += 1
        elif kind in ("cardinal", "ten") and step is not None and current % 100 == 0 and (current or total):
            current += step
            j += 1
        elif lower == "and" and (total or current >= 100) and current % 100 == 0 and j + 1 < len(tokens):
            after = _numbers().get(tokens[j + 1].lower.partition("-")[0])
            if not (after and after[0][3] in ("cardinal", "ten")):
                break
            j += 1
        elif "-" in lower and current % 100 == 0 and (current or total):
            inner = _hyphen_words(tokens, j)
            if inner is None or inner.non_figure or inner.low is None or inner.low >= 100:
                break
            current += inner.low
            j += 1
        else:
            break
    return Core(j, total + current, total + current)


def _vague(
    tokens: tuple[Token, ...], i: int, end: int, low: Number | None, high: Number | None, kind: str
) -> Core | None:
    """Finish a vague word; "many" after how / as / so, "few" and "most" before an adjective are no amounts."""
    before = tokens[i - 1].lower if i else ""
    lower = tokens[i].lower
    if lower == "many" and before in ("how", "as", "too"):
        return None
    if lower == "most" and (before in ("the", "at", "his", "her", "its", "their", "'s", "our", "my", "a")
                            or (end < len(tokens) and tokens[end].lower in ("recent", "likely", "important", "notably"))):  # fmt: skip
        return None
    if kind == "vague_share":
        return Core(end, low, high, kind="vague_share", type="share")
    return Core(end, low, high, kind="vague")


def _fraction(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a share in words: "half", "a third of", "two thirds", "one in five", "three-quarters"."""
    lower = tokens[i].lower
    nxt = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if lower == "half" and nxt not in ("a", "an", "time", "hour", "brother", "sister", "way"):
        if (
            nxt
            and nxt[0].isalpha()
            and nxt
            not in (
                "of",
                "the",
                "its",
                "their",
                "his",
                "her",
                "were",
                "are",
                "is",
                "was",
                "that",
                "this",
                "those",
                "as",
                "have",
                "had",
                "in",
                "these",
                "our",
                "to",
            )
        ):
            before = tokens[i - 1].lower if i else ""
            if before not in ("about", "nearly", "almost", "than", "over", "least", "roughly", "around"):
                return None
        before = tokens[i - 1].lower if i else ""
        if before in ("and", "first", "second", "other", "latter", "top", "bottom", "last"):
            return None
        return Core(i + 1, 50, 50, kind="share", type="share", unit="percent")
    if nxt not in FRACTIONS or nxt == "half":
        if lower in ("one", "two", "three", "nine", "seven", "four") and nxt == "in" and i + 2 < len(tokens):
            whole = core_at(tokens, i + 2)
            part = _numbers()[lower][0][1]
            after = tokens[whole.end].lower if whole and whole.end < len(tokens) else ""
            if (
                whole
                and part
                and whole.low
                and part < whole.low <= 1000
                and after
                and after[0].isalpha()
                and whole.non_figure is None
            ):
                share = round(HUNDRED_PERCENT * part / whole.low, 2)
                return Core(whole.end, share, share, kind="share", type="share", unit="percent")
        return None
    if lower in ("a", "an", "one"):
        after = tokens[i + 2].lower if i + 2 < len(tokens) else ""
        if after not in ("of", "the", "more", "less", "smaller", "larger", ".", ",", "are", "were", "have"):
            return None
        return Core(i + 2, FRACTIONS[nxt], FRACTIONS[nxt], kind="share", type="share", unit="percent")
    entry = _numbers().get(lower)
    if nxt.endswith("s") and entry and entry[0][3] == "cardinal" and entry[0][1]:
        share = _share(entry[0][1], nxt)
        return Core(i + 2, share, share, kind="share", type="share", unit="percent")
    return None


def _share(parts: Number, word: str) -> Number:
    """Return a fraction on the percent scale: two thirds are 66.67, not 2 times 33.33."""
    single = FRACTIONS[word]
    whole = round(HUNDRED_PERCENT / single)
    share = round(HUNDRED_PERCENT * parts / whole, 2)
    return int(share) if share == int(share) else share


# --- bounds, wholes, units, non-figures ----------------------------------------------------------------------------


def _complete(tokens: tuple[Token, ...], i: int, core: Core, free: int) -> Quantity | None:
    """Add range, unit, bounds and whole to a bare number; free is the first token that no other quantity has."""
    core = _range(tokens, core)
    core = _unit(tokens, core)
    first, last, bound = _bound_words(tokens, i, core, free)
    non_figure = core.non_figure or (
        _non_figure(tokens, i, core) if bound == "exact" or core.kind == "number" else None
    )
    marks = set(core.marks)
    noun = core.end
    if last > core.end:
        noun = last
    noun, more = _extra_words(tokens, noun)
    marks |= more
    before = tokens[first - 1].lower if first else ""
    if before in ("another", "additional", "further", "extra"):
        marks.add("another")
        first -= 1
    elif before in ("a", "an") and first > 1 and tokens[first - 1].lower in ("additional", "further"):
        marks.add("another")
    if core.kind == "vague" or core.kind == "vague_share":
        bound = "vague"
    of_total, noun = _whole(tokens, noun, core)
    low, high = _interval(core, bound)
    point = core.low if core.kind in ("number", "share") and core.low == core.high else None
    return Quantity(
        first=first,
        last=last,
        start=tokens[first].start,
        end=tokens[last - 1].end,
        noun=noun,
        low=low,
        high=high,
        point=point,
        bound=bound,
        of_total=of_total,
        type=core.type,
        unit=core.unit,
        non_figure=non_figure,
        marks=frozenset(marks),
    )


def _interval(core: Core, bound: Bound) -> tuple[Number | None, Number | None]:
    """Return low and high after the guideline's conventions for bounds."""
    low, high = core.low, core.high
    step = 1 if core.type == "count" else 0
    if low is None and high is None:
        return None, None
    if bound in ("at_least", "more_than"):
        return (low if bound == "at_least" or low is None else low + step), None
    if bound in ("at_most", "nearly", "less_than"):
        return None, (high if bound != "less_than" or high is None else high - step)
    return low, high


def _range(tokens: tuple[Token, ...], core: Core) -> Core:
    """Join "30 to 40", "between 15 and 20", "five or six" into one interval."""
    end = core.end
    if core.kind != "number" or core.low is None or core.non_figure or end + 1 >= len(tokens) or core.marks - {"vote"}:
        return core
    link = tokens[end].lower
    unit_between = None
    if link in ("percent", "%", "million", "billion", "inches", "feet", "meters", "metres", "cm", "mm", "km", "miles"):
        unit_between, end = link, end + 1
        link = tokens[end].lower if end + 1 < len(tokens) else ""
    if link not in ("to", "or", "-", "–", "—", "and"):
        return core
    start = end + 1
    opener = next(
        (t.lower for t in reversed(tokens[max(0, core.end - 4) : core.end]) if t.lower in ("between", "from")), ""
    )
    if link == "and" and opener != "between":
        return core
    if tokens[start].lower in _currencies() or tokens[start].text[0].isdigit() or tokens[start].lower in _numbers():
        second = core_at(tokens, start)
    else:
        second = None
    if second is None or second.kind != "number" or second.high is None or second.non_figure:
        return core
    low = core.low
    if (
        second.high >= 1000
        and low < 1000
        and tokens[second.end - 1].lower in ("million", "billion", "thousand", "trillion", "hundred")
    ):
        factor = second.high / (_value_of(tokens[start].lower) or second.high)
        if unit_between is None and low * factor <= second.high:
            low = _scaled(low, factor)
    if low >= second.high or (link == "to" and opener == "from" and not _same_unit_after(tokens, second.end)):
        return core
    if link == "or" and second.high - low > max(2, low):
        return core
    money = core.type if core.type == "money" else second.type
    return _with(second, low=low, kind="range", type=money, unit=core.unit or second.unit)


def _value_of(word: str) -> Number | None:
    match = DIGITS.match(word)
    if match:
        return _value(match["n"])
    entry = _numbers().get(word)
    return entry[0][1] if entry else None


def _same_unit_after(tokens: tuple[Token, ...], end: int) -> bool:
    """Say whether "from 20 to 30" is a range and no change: a counted noun or a unit follows."""
    following = tokens[end].lower if end < len(tokens) else ""
    return following in _units() or following in ("people", "of")


def _unit(tokens: tuple[Token, ...], core: Core) -> Core:
    """Take in the unit that follows: percent, money, measure; durations become non-figures."""
    end = core.end
    if end >= len(tokens) or core.non_figure or core.kind == "ordinal":
        return core
    lower = tokens[end].lower
    if lower == "per" and end + 1 < len(tokens) and tokens[end + 1].lower == "cent":
        return _with(core, end=end + 2, type="share", unit="percent")
    if lower == "percentage" and end + 1 < len(tokens) and tokens[end + 1].lower.startswith("point"):
        return _with(core, end=end + 2, type="share", unit="percentage points")
    if lower == "-" and end + 1 < len(tokens):
        return core
    skip = 0
    if lower in (
        "u.s",
        "u.s.",
        "us",
        "american",
        "canadian",
        "australian",
        "hong",
        "nautical",
        "metric",
        "square",
        "cubic",
        "british",
        "swiss",
        "indian",
        "degrees",
    ):
        skip = 2 if lower == "hong" else 1
    if (
        lower == "of"
        and end + 1 < len(tokens)
        and core.kind == "vague"
        and _units().get(tokens[end + 1].lower, ("",))[0] in ("money", "measure")
    ):
        skip = 1
    if end + skip >= len(tokens):
        return core
    word = tokens[end + skip].lower
    kind, unit = _units().get(word, ("", ""))
    if kind in ("money", "share", "measure") and not core.marks & {"none", "no", "both"}:
        stop = end + skip + 1
        if word == "degrees" and stop < len(tokens) and tokens[stop].lower in ("celsius", "fahrenheit"):
            stop += 1
        if (
            stop + 1 < len(tokens)
            and tokens[stop].lower in ("per", "an")
            and tokens[stop + 1].lower in ("hour", "second", "day", "barrel")
        ):
            stop += 2
        if stop + 1 < len(tokens) and tokens[stop].text == "/" and kind == "measure":
            stop += 2
        if unit in ("square", "cubic") and stop < len(tokens):
            stop, unit = stop + 1, f"{unit} {tokens[stop].lower}"
        return _with(core, end=stop, type=kind, unit=unit)
    if kind == "duration" and skip == 0:
        return _with(core, end=end + 1, non_figure="duration")
    if core.unit is None and end - 2 >= 0 and core.low is not None:
        previous = [t.lower for t in tokens[max(0, end - 3) : end]]
        if "magnitude" in previous or lower == "magnitude" or lower.startswith("magnitude"):
            return _with(core, end=end + (1 if lower.startswith("magnitude") else 0), type="measure", unit="magnitude")
    return core


def _bound_words(tokens: tuple[Token, ...], i: int, core: Core, free: int) -> tuple[int, int, Bound]:
    """Return first and last token with the bound words on either side, and the bound they set."""
    first, last, bound = i, core.end, "exact"
    chosen: Bound = "between" if core.kind == "range" else "exact"
    while first > free:
        match = _phrase_before(tokens, first, free)
        if match is None:
            break
        length, found = match
        if found == "exact" and tokens[first - 1].lower in ("all", "record") and core.kind == "vague":
            break
        first -= length
        if found != "exact" and chosen in ("exact", "between"):
            chosen = found if chosen == "exact" or found in ("about", "at_most", "at_least") else chosen
        if core.kind == "range" and found in ("about",):
            chosen = "between"
    if core.kind == "range" and first > free and tokens[first - 1].lower in ("between", "from"):
        first -= 1
    for parts, found in _bounds("after").get(tokens[last].lower, ()) if last < len(tokens) else ():
        if tuple(t.lower for t in tokens[last : last + len(parts)]) == parts and chosen == "exact":
            if parts == ("plus",) and last + 1 < len(tokens) and tokens[last + 1].text[0].isdigit():
                continue
            last, chosen = last + len(parts), found
            break
    if "odd" in core.marks:
        chosen = "about"
    del bound
    return first, last, chosen


def _phrase_before(tokens: tuple[Token, ...], first: int, free: int) -> tuple[int, Bound] | None:
    """Return the longest bound phrase that ends right before a token: its length and its bound."""
    for parts, found in _bounds("before").get(tokens[first - 1].lower, ()):
        begin = first - len(parts)
        if begin >= free and tuple(t.lower for t in tokens[begin:first]) == parts:
            return len(parts), found
    return None


def _extra_words(tokens: tuple[Token, ...], at: int) -> tuple[int, set[str]]:
    """Skip "more", "other(s)", "additional" after a number; say which stood there."""
    marks: set[str] = set()
    while at < len(tokens) and tokens[at].lower in ("more", "additional", "further", "extra", "fresh", "new"):
        if tokens[at].lower != "new":
            marks.add("more")
        at += 1
    return at, marks


def _whole(tokens: tuple[Token, ...], noun: int, core: Core) -> tuple[Number | None, int]:
    """Read the whole of "478 out of the 550", "six of the city's 10 districts", "34 of 65 seats".

    Returns:
        of_total, and the token at which the counted phrase begins.
    """
    if core.kind not in ("number", "range") or core.type != "count" or core.non_figure:
        return None, noun
    j = noun
    if j + 2 < len(tokens) and tokens[j].lower == "out" and tokens[j + 1].lower == "of":
        j += 2
    elif j + 1 < len(tokens) and tokens[j].lower == "of":
        j += 1
    else:
        return None, noun
    k = j
    while k < min(len(tokens), j + 5) and not _opens_number(tokens[k]):
        if not (tokens[k].lower in DETERMINERS or tokens[k].lower == "'s" or k > j or tokens[k].capital):
            break
        if tokens[k].lower in (",", ".", "and", "in", "who", "were", "was", "at", "to"):
            return None, j
        k += 1
    if k >= len(tokens):
        return None, j
    total = core_at(tokens, k) if _opens_number(tokens[k]) else None
    if total is None or total.kind != "number" or total.high is None or total.non_figure or core.low is None:
        return None, j
    if total.high < core.low or _non_figure(tokens, k, total):
        return None, j
    return total.high, total.end


def _opens_number(token: Token) -> bool:
    """Say whether a token is a digit or a cardinal number word."""
    if token.text[0].isdigit():
        return True
    return any(kind in ("cardinal", "ten") for _, _, _, kind in _numbers().get(token.lower.partition("-")[0], ()))


def _non_figure(tokens: tuple[Token, ...], i: int, core: Core) -> NonFigure | None:
    """Type a bare number as age, year, date, clock time, name or address where its neighbours say so."""
    if core.type in ("money", "share") or core.low is None:
        return None
    value = core.low
    before = tokens[i - 1].lower if i else ""
    earlier = tokens[i - 2].lower if i > 1 else ""
    after = tokens[core.end].lower if core.end < len(tokens) else ""
    plain = tokens[i].text.isdigit()
    if core.type == "measure":
        return None
    if _is_date(tokens, i, core, before, after, earlier):
        return "date"
    if after in ("a.m.", "p.m.", "a.m", "p.m", "am", "pm", "gmt", "o'clock", "utc", "hrs", "local") or (
        plain and after == ":" and core.end + 1 < len(tokens) and tokens[core.end + 1].text[:2].isdigit()
    ) or (plain and before == ":" and earlier.isdigit()):  # fmt: skip
        return "clock"
    if plain and len(tokens[i].text) == 4 and EARLIEST_YEAR <= value <= LATEST_YEAR and _is_year(before, after):
        return "year"
    if _is_age(tokens, i, core, before, after):
        return "age"
    if before in words("number_names") and not (after and after in ("people", "of")):
        named = tokens[i - 1].capital or before in ("no", "page", "kilometre", "article", "level", "phase")
        if named and before != "no":
            return "name"
    if before == "." and earlier in ("no", "nos"):
        return "name"
    if plain and (
        after == "block" or (core.end < len(tokens) and tokens[core.end].capital and _is_street(tokens, core.end))
    ):
        return "address"
    if before == "of" and earlier in ("group", "seven") and tokens[i].capital:
        return "name"
    if plain and i and tokens[i - 1].capital and i > 1 and before.isalpha() and not (after and after[0].isalpha()):
        return "name"
    if after in ("times", "fold") and value <= 10:
        return "rate"
    return None


def _is_date(tokens: tuple[Token, ...], i: int, core: Core, before: str, after: str, earlier: str) -> bool:
    """Say whether a number is the day of a date: "May 25", "25 May", "Sept. 3 and 4"."""
    if core.low is None or not 1 <= core.low <= 31 or not tokens[i].text.isdigit():
        return False
    if before in MONTHS and tokens[i - 1].capital:
        return True
    if before == "." and earlier in MONTHS:
        return True
    if after in MONTHS and core.end < len(tokens) and tokens[core.end].capital:
        return True
    if before in ("and", "to", "-", "–", "or", "through") and i > 2:
        return (
            earlier.isdigit()
            and tokens[i - 3].lower.rstrip(".") in MONTHS | {"."}
            and not (after and after[0].isalpha() and after not in ("and", "in", "at", "to"))
        )
    return False


def _is_year(before: str, after: str) -> bool:
    """Say whether a four-digit number without comma is a year: unless a bound or a counted plural stands beside it."""
    if before in ("least", "than", "about", "some", "nearly", "almost", "around", "to", "killed", "injured", "another"):
        return not (after.endswith("s") or after in ("people", "men", "women", "children", "police", "troops"))
    return not (
        after in ("people", "men", "women", "children", "dead", "police", "troops")
        or (after.endswith("s") and class_of(after) is not None and before not in ("in", "since", "the", "of"))
    )


def _is_age(tokens: tuple[Token, ...], i: int, core: Core, before: str, after: str) -> bool:
    """Say whether a number is an age: ", 37,", "aged 7", "(42)", "in his 30s"."""
    if core.low is None or core.low > OLDEST_AGE or core.low != core.high:
        return False
    if before in ("aged", "age", "ages"):
        return True
    if before == "and" and i > 2 and any(t.lower in ("aged", "ages") for t in tokens[max(0, i - 8) : i]):
        return True
    if not tokens[i].text.isdigit() and after not in (",", ".", ";"):
        return False
    closes = after in (",", ")", ";", ".", "and", "")
    if before in (",", "(") and closes and i > 1 and not (after == "and" and before == "("):
        name = tokens[i - 2]
        word = name.lower
        person = name.capital and word not in MONTHS and name.text.isalpha() and core.end < len(tokens)
        relation = word in words("counted", "words") and word not in ("people", "killed", "dead")
        return (person or (relation and tokens[i].text.isdigit())) and tokens[i].text.isdigit()
    return False


def _is_street(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a capitalised run that ends in a street word begins at a token."""
    for token in tokens[at : at + 4]:
        if not token.capital and not token.text[0].isdigit() and token.text != ".":
            return False
        if token.lower in (
            "street",
            "st",
            "avenue",
            "ave",
            "road",
            "rd",
            "drive",
            "boulevard",
            "blvd",
            "lane",
            "way",
            "place",
            "court",
        ):
            return True
    return False
