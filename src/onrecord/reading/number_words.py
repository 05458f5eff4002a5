"""The bare number at a token: digits, words, fractions and vague amounts, without bounds, wholes or what is counted.

In goes a sentence's tokens and a position, out comes a Core with value or interval and the type so far. Quantities
(quantities.py) add the words around it; what is no figure is typed in non_figures.py.
"""

import re
from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.grammar import AUXILIARIES, PREPOSITIONS, PRONOUNS, class_of, is_plural
from onrecord.reading.sentences import Token, stands_at
from onrecord.records import Number

QuantityType = Literal["count", "share", "money", "measure"]
NonFigure = Literal[
    "age", "year", "date", "clock", "duration", "ordinal", "name", "address", "score", "phone", "rate", "distance"
]  # fmt: skip

LATEST_YEAR = 2200
EARLIEST_YEAR = 1500
OLDEST_AGE = 115
MONTHS = frozenset(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
DIGITS = re.compile(
    r"(?P<n>\d{1,3}(?:,\d{2,3})*(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:-(?P<to>\d[\d,]*(?:\.\d+)?))?"
    r"(?P<suffix>[kcm]?m2|[^\W\d_]+)?(?P<rest>(?:-.*)?)$"
)
MOST_DIGITS = 24
"""Characters of the longest run of digits that is read as a number; longer ones are codes."""
LARGEST_VALUE = 10**15
"""A thousand million million; larger than any count or sum in news, and exact in JSON readers everywhere."""
PHONE = re.compile(r"\d+(?:-\d+){2,}$")
GLUED = re.compile(
    r"(?:(?P<code>rm|usd|us|eur|gbp|aud|cad|nzd|sgd|hkd|inr|jpy|cny|chf|sek|nok|dkk|pln|zar|rs|ps)|(?P<word>minus|sub)-)"
    r"(?P<digits>\d.*)$"
)
"""Currency codes and words that stand right before digits."""
SIGNS = frozenset({"-", "\u2212", "\u2013", "+", "minus"})
OCR_DIGITS = re.compile(r"\d[\d,]*[oO][\d,oO]*$")
SUFFIX_SCALES = {
    "m": 10**6, "mn": 10**6, "mil": 10**6, "bn": 10**9, "b": 10**9, "k": 10**3, "tn": 10**12, "million": 10**6
}  # fmt: skip
MEASURE_SUFFIXES = frozenset("mm cm km kg kph mph ft g mw gw kw lb oz m2 km2 cm2 mm2 w mg l".split())
SUFFIX_UNITS: dict[str, tuple[QuantityType, str]] = {"p": ("money", "pence"), "pc": ("share", "percent")}
"""Units that stand only right at the digits: "118p", "3.5pc"."""
ORDINAL = re.compile(r"(?:\d+(?:st|nd|rd|th)|\d+s|'\d\ds)$")
AGE = re.compile(r"(?:-|^)(?:year|month|week|day)s?-olds?\b")
OLD = frozenset({"old", "olds"})
"""Words that make an age of the years before them: "13 year old", "9 year olds"."""
DURATION_TAIL = re.compile(r"-(?:second|minute|hour|day|week|month|year|decade|century|night)s?(?:-|$)")
FRACTIONS = {
    "half": 50.0, "halves": 50.0, "third": 33.33, "thirds": 33.33, "quarter": 25.0, "quarters": 25.0,
    "fourth": 25.0, "fourths": 25.0, "fifth": 20.0, "fifths": 20.0, "sixth": 16.67, "sixths": 16.67,
    "seventh": 14.29, "sevenths": 14.29, "eighth": 12.5, "eighths": 12.5, "tenth": 10.0, "tenths": 10.0,
}  # fmt: skip
MAKES = frozenset(
    "storey story storeyed star door wheel bedroom part lane page track point seat seater engine step speed cylinder "
    "stage tier".split()
)
"""Parts of a thing that say what kind it is: "a five-storey block" counts no storeys."""
HUNDRED_PERCENT = 100
LARGEST_ONE_IN = 1000
"""Largest whole of "one in N"; a year can stand in that place too."""
NO_HALVES = frozenset("a an time hour brother sister way".split())
HALVES_OF_A_GAME = frozenset("and first second other latter top bottom last".split())
AFTER_HALF = frozenset("of the its their his her were are is was that this those as have had in these our to".split())
BEFORE_HALF = frozenset("about nearly almost than over least roughly around".split())
AFTER_A_WHOLE = (",", ".", ";", ")", "")
AFTER_A_FRACTION = frozenset({"of", "the", "more", "less", "smaller", "larger", ".", ",", "are", "were", "have"})
NOT_ABOUT_AMOUNTS = frozenset("the at his her its their 's our my a".split())
DETERMINERS = frozenset("the those these its his her their our my your a an all this that".split())


class Core(msgspec.Struct, frozen=True, gc=False):
    """The bare number at a token: its end token, its value or interval, its type so far.

    noun is the token of what is counted where that stands inside the number: "one child in 12".
    """

    end: int
    low: Number | None
    high: Number | None
    kind: Literal["number", "range", "vague", "vague_share", "share", "ordinal"] = "number"
    unit: str | None = None
    type: QuantityType = "count"
    non_figure: NonFigure | None = None
    marks: frozenset[str] = frozenset()
    noun: int | None = None


@cache
def number_words() -> dict[str, list[tuple[tuple[str, ...], Number | None, Number | None, str]]]:
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
def unit_words() -> dict[str, tuple[str, str]]:
    """Unit words: (type, unit)."""
    return {row["words"]: (row["type"], row["unit"]) for row in rows("units") if row["type"] != "currency"}


@cache
def currency_words() -> frozenset[str]:
    """Return the currency signs and codes that stand before a number."""
    return frozenset(row["words"] for row in rows("units") if row["type"] == "currency")


def opens_number(token: Token) -> bool:
    """Say whether a token is a digit or a cardinal number word."""
    if token.text[0].isdigit():
        return True
    return any(kind in ("cardinal", "ten") for _, _, _, kind in number_words().get(token.lower.partition("-")[0], ()))


def core_at(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Return the number that begins at token i, without its bound words; None when there is none."""
    core = _core(tokens, i)
    if core is not None and core.high is not None and core.high > LARGEST_VALUE:
        return changed(core, low=None, high=None, kind="ordinal", non_figure="name")
    return core


def _core(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a currency sign, digits, a fraction or number words."""
    token = tokens[i]
    lower = token.lower
    if lower in SIGNS:
        return _signed(tokens, i)
    if lower == ".":
        return _bare_decimal(tokens, i)
    glued = GLUED.match(lower)
    if glued is not None:
        return _glued(tokens, i, glued)
    if lower in currency_words() and i + 1 < len(tokens):
        signed = _signed_money(tokens, i + 1)
        if signed is not None:
            return changed(signed, type="money", unit=lower, non_figure=None)
        core = _digits(tokens, i + 1) or _words(tokens, i + 1)
        if core is not None and core.kind in ("number", "range", "vague"):
            return changed(core, type="money", unit=lower, non_figure=None)
        return None
    if token.text[0].isdigit():
        return _digits(tokens, i)
    if lower in ("us", "a") and token.capital and i + 1 < len(tokens) and tokens[i + 1].start == token.end:
        dollars = tokens[i + 1].text == "$" and i + 2 < len(tokens) and tokens[i + 2].text[0].isdigit()
        core = _digits(tokens, i + 2) if dollars else None
        return changed(core, type="money", unit="$", non_figure=None) if core else None
    return _fraction(tokens, i) or _words(tokens, i)


def _signed(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read "-1.3%", "+0.2%", "minus 5 degrees": a sign with a space before it and a share or measure behind it."""
    if i + 1 >= len(tokens) or not tokens[i + 1].text[0].isdigit():
        return None
    if tokens[i].text.isalpha():
        apart = True
    else:
        apart = (i == 0 or tokens[i - 1].end < tokens[i].start) and tokens[i].end == tokens[i + 1].start
    core = _digits(tokens, i + 1)
    unit = unit_words().get(_lower(tokens, core.end)) if core is not None else None
    measured = core is not None and (core.type != "count" or (unit is not None and unit[0] != "duration"))
    if core is None or not apart or not measured:
        return None
    if tokens[i].text == "+":
        return changed(core, marks=core.marks | {"plus"})
    negative = _negative(core)
    return negative if tokens[i].text.isalpha() else changed(negative, marks=core.marks | {"minus"})


def _signed_money(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read what stands between a currency sign and its number: a minus sign, the letters of "$US50"."""
    glued = GLUED.match(tokens[i].lower)
    if glued is not None and glued["code"]:
        return _glued(tokens, i, glued)
    below = tokens[i].text in "-\u2212" and i + 1 < len(tokens) and tokens[i + 1].text[0].isdigit()
    core = _digits(tokens, i + 1) if below else None
    return _negative(core) if core is not None else None


def _negative(core: Core) -> Core:
    """Return a number with a minus sign before it."""
    low, high = (None if end is None else -end for end in (core.high, core.low))
    return changed(core, low=low, high=high)


def _bare_decimal(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read ".5" with a space before the point."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.start != tokens[i].end or not following.text.isdigit():
        return None
    if i and tokens[i - 1].end == tokens[i].start:
        return None
    return _digits(_put(tokens, i + 1, "0." + following.text), i + 1)


def _glued(tokens: tuple[Token, ...], i: int, glued: re.Match[str]) -> Core | None:
    """Read a number with letters before it: "RM79", "USD10m", "minus-5", "sub-300"."""
    core = _digits(_put(tokens, i, glued["digits"]), i)
    if core is None:
        return None
    if glued["code"]:
        million = 10**6 if core.unit == "m" else 1  # not metres
        low, high = (None if end is None else scaled(end, million) for end in (core.low, core.high))
        return changed(core, low=low, high=high, type="money", unit=glued["code"], non_figure=None)
    return _negative(core) if glued["word"] == "minus" else changed(core, marks=core.marks | {"under"})


def _put(tokens: tuple[Token, ...], i: int, text: str) -> tuple[Token, ...]:
    """Return the tokens with other words at one of them."""
    token = tokens[i]
    return (*tokens[:i], Token(token.start, token.end, text, text.lower()), *tokens[i + 1 :])


def is_plain(word: str) -> bool:
    """Say whether a lower-case word is a whole number by itself: "11", "eleven", "twenty"."""
    entry = number_words().get(word)
    return word.isdigit() or (entry is not None and entry[0][3] in ("cardinal", "ten"))


def changed(core: Core, **changes: object) -> Core:
    """Return a number with some fields replaced."""
    new: Core = msgspec.structs.replace(core, **changes)
    return new


def _digits(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a number that begins with a digit: 1,200  2.5m  30-40  14-year-old  93rd  155mm  1,0O0."""
    text = tokens[i].text
    lower = tokens[i].lower
    if ORDINAL.match(lower):
        return Core(i + 1, None, None, kind="ordinal", non_figure="ordinal")
    if OCR_DIGITS.match(text):
        digits = value_of_digits(re.sub(r"[oO]", "0", text))
        return Core(i + 1, digits, digits)
    match = DIGITS.match(lower)
    if PHONE.match(text) or len(text) > MOST_DIGITS:
        return Core(i + 1, None, None, kind="ordinal", non_figure="phone")
    if match is None:
        return Core(i + 1, None, None, kind="ordinal", non_figure="name")
    value: Number = value_of_digits(match["n"])
    suffix, rest = match["suffix"] or "", match["rest"] or ""
    if AGE.search(rest) or AGE.search("-" + suffix):
        return Core(i + 1, value, value, non_figure="age")
    if DURATION_TAIL.match(rest):
        return Core(i + 1, value, value, non_figure="duration")
    if suffix in ("am", "pm", "a.m", "p.m", "gmt", "hrs"):
        return Core(i + 1, None, None, kind="ordinal", non_figure="clock")
    if match["to"]:
        return _digit_range(tokens, i, value, value_of_digits(match["to"]), suffix + rest)
    if suffix in SUFFIX_SCALES and not (suffix == "m" and not rest and _metres(tokens, i)):
        value = scaled(value, SUFFIX_SCALES[suffix])
    elif suffix in MEASURE_SUFFIXES:
        return Core(i + 1, value, value, type="measure", unit=suffix)
    elif suffix in SUFFIX_UNITS or unit_words().get(suffix, ("",))[0] in ("measure", "share", "money"):
        kind, unit = SUFFIX_UNITS.get(suffix) or unit_words()[suffix]
        return Core(i + 1, value, value, type=kind, unit=unit)  # type: ignore[arg-type]  # narrowed by the test above
    elif suffix:
        metres = suffix == "m"
        return Core(i + 1, value, value, type="measure" if metres else "count", unit="m" if metres else None,
                    non_figure=None if metres else "name")  # fmt: skip
    if rest:
        return _hyphenated(tokens, i, value, rest)
    if _lower(tokens, i + 1) in ("/", "\u2044") and _lower(tokens, i + 3) == "of" and _lower(tokens, i + 2).isdigit():
        whole = int(tokens[i + 2].text)
        return _part(round(HUNDRED_PERCENT * value / whole, 2), i + 3) if value < whole else Core(i + 1, value, value)
    if value < 1000 and text.isdigit() and _lower(tokens, i + 1) == "000":
        return _scales(tokens, i + 2, scaled(value, 1000))
    return _scales(tokens, i + 1, value)


def _metres(tokens: tuple[Token, ...], i: int) -> bool:
    """Say whether the m of "60m" is metres: no currency before it and it is not followed by a counted noun."""
    if i > 0 and tokens[i - 1].lower in currency_words():
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
    return changed(core, low=scaled(low, scale), high=core.high, kind="range")


def _hyphenated(tokens: tuple[Token, ...], i: int, value: Number, rest: str) -> Core:
    """Read the number of a compound: "25-million-pound", "150-gram", "12-person", "50-odd", "7-magnitude"."""
    parts = [part for part in rest.split("-") if part]
    marks = frozenset({"hyphen"})
    kind: QuantityType = "count"
    unit = None
    for part in parts:
        scale = next((low for _, low, _, type_ in number_words().get(part, ()) if type_ == "scale"), None)
        unit_type, unit_name = unit_words().get(part, ("", ""))
        if scale is not None:
            value = scaled(value, scale)
        elif part in MAKES:
            return Core(i + 1, value, value, non_figure="name")
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
        entry = number_words().get(lower)
        if entry is None or entry[0][3] != "scale" or entry[0][1] is None:
            head, _, tail = lower.partition("-")
            entry = number_words().get(head) if tail else None
            if entry is not None and entry[0][3] == "scale" and entry[0][1] is not None:
                product = _hyphenated(tokens, i, scaled(value, entry[0][1]), "-" + tail)
                return product
            break
        value = scaled(value, entry[0][1])
        i += 1
    return Core(i, value, value)


def value_of_digits(digits: str) -> Number:
    """Return the value of digits with commas and a decimal point."""
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def scaled(value: Number, scale: Number) -> Number:
    """Return value times scale, whole where it is whole: 1.3 million is 1300000, not 1300000.0."""
    product = value * scale
    return round(product) if abs(product - round(product)) < 1e-6 else product


def _words(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a number in words: "twenty-one", "two dozen", "one hundred and fifty", "tens of thousands", "no"."""
    lower = tokens[i].lower
    if lower == "one" and _lower(tokens, i + 1) in PRONOUNS:
        return None  # "for each one they lose"
    apart = i and tokens[i - 1].text[0].isalpha() and tokens[i - 1].end < tokens[i].start
    if apart and tokens[i].capital and not _counts_persons(tokens, i + 1):
        return None  # Air Force One, the Big Five
    if "-" in lower:
        return _hyphen_words(tokens, i)
    if lower in ("a", "an"):
        nxt = tokens[i + 1].lower if i + 1 < len(tokens) else ""
        entry = number_words().get(nxt)
        if entry and entry[0][3] == "scale" and entry[0][1] is not None:
            return _scales(tokens, i + 1, 1)
    if lower == "half" and i + 2 < len(tokens) and tokens[i + 1].lower in ("a", "an"):
        entry = number_words().get(tokens[i + 2].lower)
        if entry and entry[0][3] == "scale" and entry[0][1] is not None:
            core = _scales(tokens, i + 3, entry[0][1])
            half = scaled(core.low or 0, 0.5)
            return changed(core, low=half, high=half)
        if unit_words().get(tokens[i + 2].lower, ("",))[0] in ("money", "measure"):
            return Core(i + 2, 0.5, 0.5)
    for parts, low, high, kind in number_words().get(lower, ()):
        if len(parts) > 1 and not stands_at(tokens, i, parts):
            continue
        end = i + len(parts)
        if kind in ("vague", "vague_share"):
            return _vague(tokens, i, end, low, high, kind)
        if kind == "scale" or low is None:
            return None
        return _cardinal(tokens, i, low)
    if lower == "not":
        single = next((len(parts) for parts in (("a", "single"), ("one", "single"), ("one",))
                       if tuple(t.lower for t in tokens[i + 1 : i + 1 + len(parts)]) == parts), 0)  # fmt: skip
        return Core(i + 1 + single, 0, 0, marks=frozenset({"no"})) if single else None
    if lower in ("both", "none", "nobody", "no") and not (lower == "both" and _lower(tokens, i + 1).isdigit()):
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


def _counts_persons(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a plural of persons in small letters stands at a token: "in Southeast D.C. Two men were"."""
    if at >= len(tokens) or tokens[at].capital or not is_plural(tokens[at].lower):
        return False
    return class_of(tokens[at].lower) in ("person", "child")


def _hyphen_words(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read "twenty-one", "fifty-odd", "two-day", "nineteen-year-old", "six-storey"."""
    head, _, rest = tokens[i].lower.partition("-")
    entry = number_words().get(head)
    if entry is None or entry[0][3] not in ("cardinal", "ten") or entry[0][1] is None:
        return None
    value: Number = entry[0][1]
    if AGE.search("-" + rest):
        return Core(i + 1, value, value, non_figure="age")
    second, _, after = rest.partition("-")
    follower = number_words().get(second)
    if entry[0][3] == "ten" and follower and follower[0][3] == "cardinal" and follower[0][1]:
        value += follower[0][1]
        if not after:
            return _cardinal(tokens, i, value)
        rest = after
        if AGE.search("-" + rest):
            return Core(i + 1, value, value, non_figure="age")
    if second in FRACTIONS:
        share = share_of(value, second)
        return Core(i + 1, share, share, kind="share", type="share", unit="percent")
    if DURATION_TAIL.match("-" + rest):
        return Core(i + 1, value, value, non_figure="duration")
    if second in MAKES or second in (
        "way",
        "fold",
        "time",
        "off",
        "sided",
        "party",
        "on",
        "man",
        "one",
        "state",
        "self",
        "armed",
        "shot",
    ):
        return Core(i + 1, value, value, non_figure="name")
    return _hyphenated(tokens, i, value, "-" + rest)


def _cardinal(tokens: tuple[Token, ...], i: int, value: Number) -> Core:
    """Read on after a first number word: "two hundred and fifty thousand"."""
    total: Number = 0
    current: Number = value
    j = i + 1
    while j < len(tokens):
        lower = tokens[j].lower
        entry = number_words().get(lower)
        kind, step = (entry[0][3], entry[0][1]) if entry and len(entry[0][0]) == 1 else ("", None)
        if kind == "scale" and step is not None:
            if step == 100 or step == 12:
                current = scaled(current, step)
            else:
                total, current = total + scaled(current or 1, step), 0
            j += 1
        elif kind in ("cardinal", "ten") and step is not None and current % 100 == 0 and (current or total):
            current += step
            j += 1
        elif lower == "and" and (total or current >= 100) and current % 100 == 0 and j + 1 < len(tokens):
            after = number_words().get(tokens[j + 1].lower.partition("-")[0])
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
    if stands_at(tokens, j, ("and", "a", "half")) and _lower(tokens, j + 3) not in NO_HALVES:
        return _scales(tokens, j + 3, total + current + 0.5)
    return Core(j, total + current, total + current)


def _vague(
    tokens: tuple[Token, ...], i: int, end: int, low: Number | None, high: Number | None, kind: str
) -> Core | None:
    """Finish a vague word; "many" after how / as / so, "few" and "most" before an adjective are no amounts."""
    before = tokens[i - 1].lower if i else ""
    lower = tokens[i].lower
    if lower == "many" and before in ("how", "as", "too"):
        return None
    superlative = end < len(tokens) and tokens[end].lower in ("recent", "likely", "important", "notably")
    if lower == "most" and (before in NOT_ABOUT_AMOUNTS or superlative):
        return None
    if kind == "vague_share":
        return Core(end, low, high, kind="vague_share", type="share")
    return Core(end, low, high, kind="vague")


def _fraction(tokens: tuple[Token, ...], i: int) -> Core | None:
    """Read a share in words: "half", "a third of", "two thirds", "one in five", "three-quarters"."""
    lower = tokens[i].lower
    following = _lower(tokens, i + 1)
    if lower == "half":
        return _half(tokens, i, following)
    if following == "in":
        return _one_in(tokens, i, i + 2)
    if following == "out" and _lower(tokens, i + 2) == "of":
        return _one_in(tokens, i, i + 3)
    if lower == "one" and _lower(tokens, i + 2) == "in" and following.isalpha():
        core = _one_in(tokens, i, i + 3, named=True)
        return changed(core, noun=i + 1) if core is not None else None
    if following not in FRACTIONS or following == "half":
        return None
    if lower in ("a", "an", "one"):
        return _part(FRACTIONS[following], i + 2) if _lower(tokens, i + 2) in AFTER_A_FRACTION else None
    entry = number_words().get(lower)
    if following.endswith("s") and entry and entry[0][3] == "cardinal" and entry[0][1]:
        return _part(share_of(entry[0][1], following), i + 2)
    return None


def _lower(tokens: tuple[Token, ...], at: int) -> str:
    """Return the word at a token in lower case, "" outside the sentence."""
    return tokens[at].lower if 0 <= at < len(tokens) else ""


def _part(share: Number, end: int) -> Core:
    return Core(end, share, share, kind="share", type="share", unit="percent")


def _half(tokens: tuple[Token, ...], i: int, following: str) -> Core | None:
    """Read "half of", "half the"; "half an hour", "second half" and "half brother" are no shares."""
    before = _lower(tokens, i - 1)
    if following in NO_HALVES or before in HALVES_OF_A_GAME:
        return None
    noun_follows = following[:1].isalpha() and following not in AFTER_HALF
    return None if noun_follows and before not in BEFORE_HALF else _part(50, i + 1)


def _one_in(tokens: tuple[Token, ...], i: int, at: int, *, named: bool = False) -> Core | None:
    """Read "one in five", "one out of three Germans", "one child in 12": the part of a whole of at most 1,000.

    Args:
        tokens: the sentence.
        i: the part.
        at: the whole; a noun or verb follows it, but no noun where what is counted stands before it.
        named: what is counted stands between.
    """
    entry = number_words().get(tokens[i].lower)
    whole = core_at(tokens, at) if entry and entry[0][3] == "cardinal" and at < len(tokens) else None
    if whole is None or not whole.low or whole.kind != "number" or whole.non_figure or entry is None or not entry[0][1]:
        return None
    following = _lower(tokens, whole.end)
    if named and following not in (*AFTER_A_WHOLE, *PREPOSITIONS, *AUXILIARIES):
        return None
    if not entry[0][1] < whole.low <= LARGEST_ONE_IN or not (named or following[:1].isalpha()):
        return None
    share = round(HUNDRED_PERCENT * entry[0][1] / whole.low, 2)
    return _part(int(share) if share == int(share) else share, whole.end)


def share_of(parts: Number, word: str) -> Number:
    """Return a fraction on the percent scale: two thirds are 66.67, not 2 times 33.33."""
    single = FRACTIONS[word]
    whole = round(HUNDRED_PERCENT / single)
    share = round(HUNDRED_PERCENT * parts / whole, 2)
    return int(share) if share == int(share) else share
