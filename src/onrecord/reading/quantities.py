"""One sentence -> its number expressions, each with value, bounds, whole, unit and type.

Every number is found as a span first and typed second: ages, dates, years, clock times, durations, ordinals, names
with a number (Route 66) and addresses come out with `non_figure` set, so that nothing is dropped unseen. What is
counted and what happened to it is decided elsewhere (figure_rules.py). Numbers that stand only in an article ("a
woman") are not found here.
"""

from functools import cache
from itertools import pairwise

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.grammar import STOPS, is_plural
from onrecord.reading.moves import Direction, move_of
from onrecord.reading.non_figures import non_figure_type
from onrecord.reading.number_words import (
    AGE,
    DETERMINERS,
    DIGITS,
    GLUED,
    LATEST_YEAR,
    OLD,
    SIGNS,
    Core,
    NonFigure,
    QuantityType,
    changed,
    core_at,
    currency_words,
    number_words,
    opens_number,
    scaled,
    unit_words,
    value_of_digits,
)
from onrecord.reading.sentences import Sentence, Token
from onrecord.records import Bound, Number

UNIT_ADJECTIVES = frozenset(
    "u.s u.s. us american canadian australian nautical metric square cubic british swiss indian degrees".split()
)
"""Words that stand between a number and its unit: "3 nautical miles", "5 U.S. dollars"."""
FIRST_YEAR = 1000
"""Earliest year of four digits."""
MOST_JOINING = 3
"""Words between a count and the share that repeats it: "grew by 600 jobs, or 2 percent"."""
ORDINALS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "tenth": 10}
LONGEST_APART = 4
"""Words of what is counted that stand between a number and a bound behind it."""
RANGING = frozenset("ranging range ranges ranged anywhere vary varies varying varied priced run runs running".split())
"""Words before "from 20 to 30" that make it a range and no change."""
LEAST_WON = 100
"""Units of currency; "12 won" are winners, since no sum in the news is as small as that in Korean won."""


class Quantity(msgspec.Struct, frozen=True):
    """A number expression of one sentence.

    first to last are its tokens (half open) with bound words, start to end its characters; noun is the token at which
    the counted phrase begins. low and high are counts, percent, units of currency or of measure; None is an open end
    or an unknown one. marks holds what the words around say: another, more, hyphen, odd, vote, no, none, both, plus,
    minus, under, reached. move is up or down where the number is the size of a change, or with the mark "reached" the
    value that a change led to.
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
    move: Direction | None = None


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
def _starts() -> frozenset[str]:
    """Words that can begin a number expression."""
    return (
        frozenset(number_words())
        | currency_words()
        | SIGNS
        | frozenset({".", "a", "an", "half", "no", "none", "nobody", "not", "both", "one-third"})
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
        if not (token.text[0].isdigit() or token.lower in starts or "-" in token.lower or GLUED.match(token.lower)):
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
        found.append(_beside(tokens, found[-1], _next_one(tokens, found, quantity)) if found else quantity)
        i = free = max(quantity.last, core.end, quantity.noun if quantity.of_total is not None else 0)
    return _leading_wholes(tokens, found)


def _next_one(tokens: tuple[Token, ...], found: list[Quantity], here: Quantity) -> Quantity:
    """Read "a third" behind two of a kind as one more: "jailed three ministers and acquitted a fourth"."""
    words = [token.lower for token in tokens[here.first : here.last]]
    rank = ORDINALS.get(words[-1]) if len(words) == 2 and words[0] == "a" else None
    closed = here.last >= len(tokens) or tokens[here.last].lower != "of"
    if rank is None or not closed or not any(one.point == rank - 1 and one.type == "count" for one in found):
        return here
    return msgspec.structs.replace(here, low=1, high=1, point=1, type="count", unit=None, bound="exact")


def _beside(tokens: tuple[Token, ...], before: Quantity, here: Quantity) -> Quantity:
    """Give a number what it shares with the one right before it.

    "190 points, or 0.6 percent" and "rose 8 cents to $3" share the direction, a conversion in brackets the bound too.
    """
    words = [token.lower for token in tokens[before.last : here.first]]
    between = "".join(words)
    again = between in (",or", "or", "(", "(us") or (
        here.type == "share" and words[-1:] == ["or"] and len(words) <= MOST_JOINING
    )
    changes: dict[str, object] = {}
    if here.move is None and before.move is not None:
        if again:
            changes |= {"move": before.move}
        elif between == "to" and here.type == "money":
            changes |= {"move": before.move, "marks": here.marks | {"reached"}}
    converted = between in ("(", "(us") and here.type == before.type and here.type in ("money", "measure")
    if converted and here.bound == "exact" and before.bound not in ("exact", "between", "vague"):
        low, high = _open_ends(before.bound, here.low, here.high, 0)
        changes |= {"bound": before.bound, "low": low, "high": high}
    return msgspec.structs.replace(here, **changes) if changes else here


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


# --- bounds, wholes, units, non-figures ----------------------------------------------------------------------------


def _complete(tokens: tuple[Token, ...], i: int, core: Core, free: int) -> Quantity | None:
    """Add range, unit, bounds and whole to a bare number; free is the first token that no other quantity has."""
    core = _range(tokens, core)
    core = _unit(tokens, core)
    first, last, bound = _bound_words(tokens, i, core, free)
    non_figure = core.non_figure or (
        non_figure_type(tokens, i, core) if bound == "exact" or core.kind in ("number", "range") else None
    )
    marks = set(core.marks)
    noun = core.end if core.noun is None else core.noun
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
    move = None if non_figure else move_of(tokens, first, free, core.type)
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
        marks=frozenset(marks) | ({"reached"} if move and move.reached else set()),
        move=move.direction if move else _signed_move(marks),
    )


def _signed_move(marks: set[str]) -> Direction | None:
    """Return the direction that a sign gives: "+0.2%", "-1.3%"."""
    if "plus" in marks:
        return "up"
    return "down" if "minus" in marks else None


def _interval(core: Core, bound: Bound) -> tuple[Number | None, Number | None]:
    """Return low and high after the guideline's conventions for bounds."""
    low, high = core.low, core.high
    step = 1 if core.type == "count" else 0
    if low is None and high is None:
        return None, None
    return _open_ends(bound, low, high, step)


def _open_ends(bound: Bound, low: Number | None, high: Number | None, step: int) -> tuple[Number | None, Number | None]:
    """Open the end that a bound leaves open; step is 1 for whole counts, 0 for amounts."""
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
    if (
        tokens[start].lower in currency_words()
        or tokens[start].text[0].isdigit()
        or tokens[start].lower in number_words()
    ):
        second = core_at(tokens, start)
    else:
        second = None
    if second is None or second.kind != "number" or second.high is None or second.non_figure:
        return core
    if unit_between in ("percent", "%") and (
        second.end >= len(tokens) or tokens[second.end].lower not in ("percent", "%")
    ):
        return core  # "fell 12 percent to 3.4 billion euros" is a change and what it led to
    low = core.low
    if (
        second.high >= 1000
        and low < 1000
        and tokens[second.end - 1].lower in ("million", "billion", "thousand", "trillion", "hundred")
    ):
        first = start + (tokens[start].lower in currency_words())
        factor = second.high / (_value_of(tokens[first].lower) or second.high)
        if unit_between is None and low * factor <= second.high:
            low = scaled(low, factor)
    if low >= second.high:
        return core
    if link == "to" and opener == "from" and not (_ranging(tokens, core.end) or _same_unit_after(tokens, second.end)):
        return core
    if link == "or" and second.high - low > max(2, low):
        return core
    money = core.type if core.type == "money" else second.type
    years = opener in ("between", "from") and _are_years(tokens, core.end - 1, second.end)
    return changed(
        second,
        low=low,
        kind="range",
        type=money,
        unit=core.unit or second.unit,
        non_figure="year" if years else None,
    )


def _ranging(tokens: tuple[Token, ...], end: int) -> bool:
    """Say whether "from" before the number that ends at a token follows a word such as "ranging"."""
    words = [token.lower for token in tokens[max(0, end - 5) : end]]
    return any(word in RANGING and after == "from" for word, after in pairwise(words))


def _are_years(tokens: tuple[Token, ...], first: int, end: int) -> bool:
    """Say whether two numbers of four digits are years: "between 1600 and 1900", with nothing counted behind."""
    for token in (tokens[first], tokens[end - 1]):
        if not token.text.isdigit() or len(token.text) != 4 or not FIRST_YEAR <= int(token.text) <= LATEST_YEAR:
            return False
    following = tokens[end].lower if end < len(tokens) else ""
    return following not in unit_words() and not is_plural(following)


def _value_of(word: str) -> Number | None:
    match = DIGITS.match(word)
    if match:
        return value_of_digits(match["n"])
    entry = number_words().get(word)
    return entry[0][1] if entry else None


def _same_unit_after(tokens: tuple[Token, ...], end: int) -> bool:
    """Say whether "from 20 to 30" is a range and no change: a counted noun or a unit follows."""
    following = tokens[end].lower if end < len(tokens) else ""
    return following in unit_words() or following in ("people", "of")


def _unit(tokens: tuple[Token, ...], core: Core) -> Core:
    """Take in the unit that follows: percent, money, measure; durations and ages become non-figures."""
    end = core.end
    if end >= len(tokens) or core.non_figure or core.kind == "ordinal":
        return core
    lower = tokens[end].lower
    following = tokens[end + 1].lower if end + 1 < len(tokens) else ""
    if lower == "per" and following == "cent":
        return changed(core, end=end + 2, type="share", unit="percent")
    if lower == "percentage" and following.startswith("point"):
        return changed(core, end=end + 2, type="share", unit="percentage points")
    skip = 2 if lower == "hong" else int(lower in UNIT_ADJECTIVES and lower not in unit_words())
    vague_unit = lower == "of" and core.kind == "vague"
    if vague_unit and unit_words().get(following, ("",))[0] in ("money", "measure"):
        skip = 1
    kind, unit = unit_words().get(tokens[end + skip].lower, ("", "")) if end + skip < len(tokens) else ("", "")
    if tokens[end].lower == "won" and (core.high or 0) < LEAST_WON:
        return core
    if kind in ("money", "share", "measure") and not core.marks & {"none", "no", "both"}:
        stop, unit = _unit_end(tokens, end + skip, kind, unit)
        return changed(core, end=stop, type=kind, unit=unit)
    if AGE.match(lower):
        return changed(core, end=end + 1, non_figure="age")
    if kind == "duration" and skip == 0:
        aged = following in OLD
        return changed(core, end=end + 1 + aged, non_figure="age" if aged else "duration")
    if core.unit is None and "magnitude" in (lower, *(token.lower for token in tokens[max(0, end - 3) : end])):
        return changed(core, end=end + (lower == "magnitude"), type="measure", unit="magnitude")
    return core


def _unit_end(tokens: tuple[Token, ...], at: int, kind: str, unit: str) -> tuple[int, str]:
    """Return where a unit that begins at a token ends, and its name: "degrees Celsius", "km per hour"."""
    stop = at + 1
    following = [token.lower for token in tokens[stop : stop + 2]] + ["", ""]
    if tokens[at].lower == "degrees" and following[0] in ("celsius", "fahrenheit"):
        return stop + 1, unit
    if unit in ("square", "cubic") and following[0]:
        return stop + 1, f"{unit} {following[0]}"
    if following[0] in ("per", "an") and following[1] in ("hour", "second", "day", "barrel"):
        return stop + 2, unit
    if following[0] == "/" and kind == "measure" and following[1]:
        return stop + 2, unit
    return stop, unit


def _bound_words(tokens: tuple[Token, ...], i: int, core: Core, free: int) -> tuple[int, int, Bound]:
    """Return first and last token with the bound words on either side, and the bound they set."""
    first, last = i, core.end
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
            if parts in (("plus",), ("+",)) and last + 1 < len(tokens) and tokens[last + 1].text[0].isdigit():
                continue
            last, chosen = last + len(parts), found
            break
    if chosen == "exact":
        chosen = _bound_apart(tokens, last) or chosen
    if "odd" in core.marks:
        chosen = "about"
    if "under" in core.marks:
        chosen = "less_than"
    return first, last, chosen


def _bound_apart(tokens: tuple[Token, ...], last: int) -> Bound | None:
    """Return the bound that stands behind what is counted: "11 people or more", "20 windows, give or take"."""
    at = last
    while (
        at < min(len(tokens), last + LONGEST_APART) and tokens[at].text[0].isalpha() and tokens[at].lower not in STOPS
    ):
        at += 1
    if at == last or at >= len(tokens):
        return None
    at += tokens[at].text == ","
    for parts, found in _bounds("after").get(tokens[at].lower, ()) if at < len(tokens) else ():
        end = at + len(parts)
        here = len(parts) > 1 and tuple(t.lower for t in tokens[at:end]) == parts
        if here and not (
            end < len(tokens) and (opens_number(tokens[end]) or tokens[end].lower in ("a", "some", "one"))
        ):
            return found
    return None


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
    while k < min(len(tokens), j + 5) and not opens_number(tokens[k]):
        if not (tokens[k].lower in DETERMINERS or tokens[k].lower == "'s" or k > j or tokens[k].capital):
            break
        if tokens[k].lower in (",", ".", "and", "in", "who", "were", "was", "at", "to"):
            return None, j
        k += 1
    if k >= len(tokens):
        return None, j
    total = core_at(tokens, k) if opens_number(tokens[k]) else None
    if total is None or total.kind != "number" or total.high is None or total.non_figure or core.low is None:
        return None, j
    larger_part = total.high < core.low and tokens[k - 1].lower not in DETERMINERS
    if larger_part or non_figure_type(tokens, k, total):
        return None, j
    return total.high, total.end
