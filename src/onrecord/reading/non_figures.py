"""What kind of number is no figure: dates, clock times, years, ages, names with a number, addresses.

Looks at a bare number and its neighbours; the number itself is read in number_words.py.
"""

import re

from onrecord.lexicon import words
from onrecord.reading.grammar import AUXILIARIES, PREPOSITIONS, STOPS, class_of, is_plural
from onrecord.reading.number_words import (
    DETERMINERS,
    EARLIEST_YEAR,
    LATEST_YEAR,
    MONTHS,
    OLD,
    OLDEST_AGE,
    Core,
    NonFigure,
    is_plain,
)
from onrecord.reading.sentences import Token

GIVING_COUNTS = frozenset(
    "stood stands put puts placed estimated remained is was are were killed injured toll count number total "
    "tally".split()
)
"""Words before "at 1300" that make it a count."""
CLOCK_OPENERS = frozenset({"at", "until"})
HOURS, MINUTES = 24, 60
"""Hours of a day, minutes of an hour."""
CLOCK_STEP = 5
"""Minutes between the times of day that reports name."""
GUNS = frozenset("howitzer cannon artillery ammunition caliber calibre ammo".split())
"""What a calibre stands before, besides the weapons and missiles of lexicon/counted.tsv."""
ERAS = frozenset("a.d a.d. b.c b.c. ad bc ce bce".split())
CLOCKS = frozenset("a.m. p.m. a.m p.m am pm gmt o'clock utc hrs local hours est cet".split())
CALLS = frozenset("call text ring dial phone tel telephone hotline".split())
POINTS = frozenset("north south east west northeast northwest southeast southwest".split()) | frozenset(
    "north-east north-west south-east south-west".split()
)
LENGTHS = frozenset(
    "km kilometer kilometers kilometre kilometres kms mile miles metre metres meter meters m yards feet".split()
)
NO_DISTANCE = frozenset("of for by".split())
"""Words before a length that is more than the place of something: "a line of 40 km from"."""
LONGEST_MODEL = 4
"""Digits of the number in the name of a model."""
AGED = frozenset("aged age ages".split())
AGE_LISTS = frozenset({",", "and", "or"})
AGE_LINKS = frozenset("and or to through between from of under over about around - \u2013".split())
"""Words between "aged" and the ages that follow."""
AGE_FOLLOWERS = AUXILIARIES | PREPOSITIONS - {"of"} | {"who", "that"}
"""Words behind the last age of a list, where a counted noun or "of them" would make it a count."""
AGE_REACH = 8
"""Tokens from "aged" to the last age of a list."""
OF_AGE = 21
"""Years up to which "children under" a number tells an age."""
ALL_OF = frozenset({"them", "all", "both", "those"})
"""Words that stand for the persons whose age follows: "a third of them under five"."""
KIN = frozenset({"person", "child"})
"""Classes of what two ages stand behind."""
YEARS = frozenset("year years month months week weeks".split())
DATE_DAYS = re.compile(r"\d{1,2}(?:[-\u2013]\d{1,2})?$")


def non_figure_type(tokens: tuple[Token, ...], i: int, core: Core) -> NonFigure | None:
    """Type a bare number as age, year, date, clock time, name or address where its neighbours say so."""
    if core.type in ("money", "share") or core.low is None:
        return None
    value = core.low
    before = tokens[i - 1].lower if i else ""
    earlier = tokens[i - 2].lower if i > 1 else ""
    after = tokens[core.end].lower if core.end < len(tokens) else ""
    plain = tokens[i].text.isdigit()
    if core.type == "measure":
        if core.unit == "mm" and _is_calibre(tokens, core.end):
            return "name"
        return "distance" if _locates(tokens, core, before) else None
    if before in ERAS or (plain and after in ERAS):
        return "year"
    if plain and _is_bare_clock(tokens[i].text, before, earlier, after):
        return "clock"
    if plain and _is_phone(tokens, i, core, before, after):
        return "phone"
    if _is_date(tokens, i, core, before, after, earlier):
        return "date"
    if (after in CLOCKS and after != "hours") or (
        plain and after == ":" and core.end + 1 < len(tokens) and tokens[core.end + 1].text[:2].isdigit()
    ) or (plain and before == ":" and earlier.isdigit()):  # fmt: skip
        return "clock"
    if plain and len(tokens[i].text) == 4 and EARLIEST_YEAR <= value <= LATEST_YEAR and _is_year(before, after):
        return "year"
    if _is_age(tokens, i, core, before, after):
        return "age"
    if before in words("number_names") and after != "people":
        bare = after in STOPS or not after[:1].isalpha()
        named = tokens[i - 1].capital or before in ("no", "page", "kilometre", "article", "level", "phase") or bare
        if named and before != "no":
            return "name"
    if before == "." and earlier in ("no", "nos"):
        return "name"
    if plain and (
        after == "block" or (core.end < len(tokens) and tokens[core.end].capital and _is_street(tokens, core.end))
    ):
        return "address"
    if plain and after in ("zip", "postcode"):
        return "address"
    if after in POINTS and core.end < len(tokens) and tokens[core.end].capital and "." in tokens[i].text:
        return "address"
    if plain and _is_model(tokens, i, core.end):
        return "name"
    if before == "of" and earlier in ("group", "seven") and tokens[i].capital:
        return "name"
    if plain and i and tokens[i - 1].capital and i > 1 and before.isalpha() and not (after and after[0].isalpha()):
        return "name"
    if after in ("times", "fold") and value <= 10:
        return "rate"
    return None


def _is_phone(tokens: tuple[Token, ...], i: int, core: Core, before: str, after: str) -> bool:
    """Say whether digits are a number to call: "0800 555 1212", "text 60777"."""
    text = tokens[i].text
    if len(text) > 2 and text[0] == "0" and after not in CLOCKS and text != "000":
        return True
    if before in CALLS and len(text) > 2 and not after[:1].isalpha():
        return True
    joined = i > 0 and before.isdigit() and len(before) > 2 and tokens[i - 1].end + 1 == tokens[i].start
    return joined and len(text) > 2 and text != "000" and core.end == i + 1


def _locates(tokens: tuple[Token, ...], core: Core, before: str) -> bool:
    """Say whether a length only says where a place is: "12 km from the border", "90 miles to the west"."""
    if core.unit not in LENGTHS or before.endswith("ing") or before in NO_DISTANCE:
        return False
    words = [token.lower for token in tokens[core.end : core.end + 4]] + [""] * 4
    if words[0] in ("from", "away", "outside", "inland", "offshore", "downstream", "upstream"):
        return True
    if words[0] in ("to", "off", "short") and words[1] in ("the", "of"):
        return words[0] != "to" or words[2] in POINTS
    return words[0] in POINTS and words[1] in ("of", "from")


def _is_model(tokens: tuple[Token, ...], i: int, end: int) -> bool:
    """Say whether a number ends the name of a thing: "the Varo 320 with", "its Lint 14's screen"."""
    if not i or not any(letter.isupper() for letter in tokens[i - 1].text) or not tokens[i - 1].text[0].isalpha():
        return False
    if not tokens[i - 1].capital:
        return True  # "the iLint 14"
    if i < 2:
        return False
    if tokens[i - 1].lower in MONTHS or tokens[i - 1].end == tokens[i].start or len(tokens[i].text) > LONGEST_MODEL:
        return False
    opened = tokens[i - 2].lower in DETERMINERS or tokens[i - 2].text in ("&", "/") or tokens[i - 2].lower == "'s"
    initial = len(tokens[i - 1].text) == 1 and tokens[i - 1].text not in "IA"
    following = tokens[end] if end < len(tokens) else None
    closes = following is None or following.lower in STOPS or not following.text[0].isalnum() or following.capital
    named = tokens[i - 2].capital and following is not None and following.capital
    return initial or named or (opened and closes)


def _is_calibre(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether a number of millimetres names a gun or what it fires: "155mm shells", "a 122 mm howitzer"."""
    following = tokens[at].lower if at < len(tokens) else ""
    return class_of(following) in ("weapon", "missile") or following.removesuffix("s") in GUNS


def _is_date(tokens: tuple[Token, ...], i: int, core: Core, before: str, after: str, earlier: str) -> bool:
    """Say whether a number is the day of a date: "May 25", "25 May", "Sept. 3 and 4"."""
    if core.low is None or not 1 <= core.low <= 31 or not DATE_DAYS.match(tokens[i].text):
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


def _is_bare_clock(text: str, before: str, earlier: str, after: str) -> bool:
    """Say whether four digits are a time of day: "at 1430, two", "around 0615 on Friday", not "stood at 1300"."""
    if len(text) != len("1430") or before not in CLOCK_OPENERS or earlier in GIVING_COUNTS:
        return False
    hour, minute = divmod(int(text), 100)
    closes = not after[:1].isalnum() or after in PREPOSITIONS or after in ("today", "yesterday")
    return hour < HOURS and minute < MINUTES and minute % CLOCK_STEP == 0 and closes


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
    if core.low is None or core.low > OLDEST_AGE:
        return False
    if before == "both" and tokens[i].text.isdigit() and (after in AGE_FOLLOWERS | {"of"} or not after[:1].isalnum()):
        return True
    if before in AGED or _behind_ages(tokens, i, after) or _before_ages(tokens, core.end):
        return True
    if before == "under" and core.low <= OF_AGE and (after in AGE_FOLLOWERS | AGE_LISTS or not after[:1].isalnum()):
        return i > 1 and (tokens[i - 2].lower in ALL_OF or class_of(tokens[i - 2].lower) == "child")
    if _is_pair(tokens, i) or _is_pair(tokens, i - 2):
        return True
    if core.low != core.high:
        return False
    if (
        before == "of"
        and i > 1
        and class_of(tokens[i - 2].lower) in KIN | {"civilian"}
        and (tokens[i - 2].lower not in words("containers"))
    ):
        singular = not is_plural(tokens[i - 2].lower)
        return singular and (after in AUXILIARIES or (class_of(after) is None and not is_plural(after)))
    if not tokens[i].text.isdigit() and after not in (",", ".", ";"):
        return False
    closes = after in (",", ")", ";", ".", "and", "", "-", "\u2013", "\u2014")
    if before in (",", "(") and closes and i > 1 and not (after == "and" and before == "("):
        name = tokens[i - 2]
        word = name.lower
        named = any(c.isupper() for c in name.text) and name.text.replace("-", "").isalpha()
        person = named and word not in MONTHS and core.end < len(tokens)
        relation = word in words("counted", "words") and word not in ("people", "killed", "dead")
        return (person or (relation and tokens[i].text.isdigit())) and tokens[i].text.isdigit()
    return False


def _behind_ages(tokens: tuple[Token, ...], i: int, after: str) -> bool:
    """Say whether a number goes on with ages: "aged between 18 and 25", "aged 4, 6 and 11", "under the age of 12"."""
    before = tokens[i - 1].lower if i else ""
    if before == "," and after not in AGE_LISTS:
        return False
    if before in AGE_LISTS and after[:1].isalnum() and after not in AGE_LISTS | AGE_FOLLOWERS:
        return False
    for at in range(i - 1, max(-1, i - 1 - AGE_REACH), -1):
        lower = tokens[at].lower
        if lower in AGED:
            return tokens[at + 1].lower not in AGE_LISTS
        if lower not in AGE_LISTS | AGE_LINKS and not is_plain(lower):
            return False
    return False


def _before_ages(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether ages follow in the list that a number opens: "17, 19 and 24 years old"."""
    counted = False
    if at >= len(tokens) or tokens[at].lower not in AGE_LISTS:
        return False
    for place in range(at, min(len(tokens), at + AGE_REACH)):
        lower = tokens[place].lower
        if lower in YEARS and place + 1 < len(tokens):
            return counted and tokens[place + 1].lower in OLD
        if is_plain(lower):
            counted = True
        elif lower not in AGE_LISTS:
            return False
    return False


def _is_pair(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether the ages of two persons begin at a token: "the sisters, 14 and 17, were"."""
    lower = [token.lower for token in tokens[max(0, at - 2) : at + 4]]
    if at < 2 or len(lower) < 6 or not (lower[2].isdigit() and lower[4].isdigit()):
        return False
    return lower[1] == "," == lower[5] and lower[3] == "and" and is_plural(lower[0]) and class_of(lower[0]) in KIN


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
