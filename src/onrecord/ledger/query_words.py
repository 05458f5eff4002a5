"""Words such as "injured in Kyiv > 20" -> a Query. Words of the world come from the lexicons of the reader.

Read left to right: limits (> 20, at least 20, 20 to 30), dates (since 2025-07), places (in, at, near), sources
(according to, by, from), field:value, outcomes and what is counted. What is left is looked for in the text.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from onrecord import lexicon
from onrecord.errors import QueryError
from onrecord.ledger.fulltext import LONGEST_TEXT, shown
from onrecord.ledger.queries import CLOSED, Query, checked, class_of_words, day
from onrecord.records import Number, Record

TOKEN = re.compile(
    r"(?P<field>[A-Za-z_]+)[:=](?:\"(?P<quoted>[^\"]*)\"?|(?P<value>[^\s\"]+))"
    r"|[\"“](?P<phrase>[^\"”]*)[\"”]?"
    r"|(?P<date>\d{4}-\d\d(?:-\d\d)?)(?![\w-])"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?)(?P<scale>k|m|bn|b)?\b\s*%?"
    r"|(?P<sign>>=|<=|=>|=<|==|≥|≤|>|<|=|\.\.\.?|…|–|-(?=\d))"
    r"|(?P<word>(?:(?<!\S)-)?[^\W\d_](?:[\w'’.-]*[\w*])?\*?)"
)
SIGNS = {
    ">": "more_than", ">=": "at_least", "=>": "at_least", "≥": "at_least", "<": "less_than", "<=": "at_most",
    "=<": "at_most", "≤": "at_most", "=": "exact", "==": "exact",
}  # fmt: skip
SCALES = {
    "k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9, "hundred": 100, "thousand": 10**3, "million": 10**6,
    "billion": 10**9,
}  # fmt: skip
RANGE = frozenset({"..", "...", "…", "–", "to", "-", "and"})
PLACE_OPENERS = frozenset({"in", "at", "near", "across"})
SOURCE_OPENERS = frozenset({"by", "from", "says", "per"})
SINCE, UNTIL = frozenset({"since", "from", "after"}), frozenset({"until", "till", "before", "to"})
CONFLICTS = frozenset({"conflicts", "conflicting", "conflict", "disputed"})
FILLERS = frozenset({
    "the", "a", "an", "of", "and", "or", "were", "was", "are", "is", "be", "been", "have", "has", "had", "how", "many",
    "people", "persons", "number", "figures", "figure", "with", "who", "that", "which", "than", "on", "for", "all",
})  # fmt: skip
"""Words that ask nothing by themselves. People are the default: as a class they would leave children out."""

FIELDS = frozenset(Query.__struct_fields__) - {
    "limit", "after", "as_of", "as_read", "min_open", "max_open", "conflicts",
}  # fmt: skip
YEARS = range(1900, 2101)
"""A bare number in these after "in" or "since" is a year."""


class Token(Record, frozen=True, kw_only=True):
    """A word, a number, a sign, a date, a phrase or field:value, with its letters as typed."""

    kind: str
    text: str
    field: str | None = None
    number: Number | None = None

    @property
    def low(self) -> str:
        """The letters in lower case."""
        return self.text.casefold()


def parse_query(words: str, query: Query | None = None) -> Query:
    """Read words into a query, on top of what `query` holds already, and check it.

    Raises:
        QueryError: the words are too many, contradict themselves, or give a field a value it does not have.
    """
    if len(words) > LONGEST_TEXT:
        raise QueryError(f"query: {len(words):,} characters; give at most {LONGEST_TEXT:,}, a few words do")
    reader = _Reader(read_tokens(words))
    reader.read()
    found = {name: value for name, value in reader.found.items() if value is not None}
    base = query or Query()
    if reader.left:
        text = " ".join(reader.left)
        found["text"] = f"{base.text} {text}" if base.text else text
    return checked(replace(base, **found))


def read_tokens(words: str) -> list[Token]:
    """Return the tokens of a query; characters that belong to none are left out."""
    tokens = []
    for match in TOKEN.finditer(words):
        kind = match.lastgroup or "word"
        if match["field"] is not None:
            field, value = match["field"].lower(), match["value"]
            if value is None:
                value = f'"{match["quoted"]}"' if field == "text" else match["quoted"]
            tokens.append(Token(kind="field", text=value, field=field))
        elif match["number"] is not None:
            value = _number(match["number"]) * SCALES.get(match["scale"] or "", 1)
            tokens.append(Token(kind="number", text=match[0].strip(), number=value))
        else:
            tokens.append(Token(kind=kind, text=match[kind]))
    return tokens


def _number(digits: str) -> Number:
    plain = digits.replace(",", "")
    return float(plain) if "." in plain else int(plain[:300])


class _Reader:
    """Reads tokens left to right; found holds the fields, left the words that are looked for in the text."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.found: dict[str, Any] = {}
        self.left: list[str] = []
        self.outcome_words: str | None = None

    def read(self) -> None:
        """Read all tokens."""
        steps = (
            self._field, self._phrase, self._limit, self._dates, self._outcome, self._counted, self._place,
            self._source, self._conflicts, self._polarity,
        )  # fmt: skip
        while self.at < len(self.tokens):
            if not any(step() for step in steps):
                token = self.tokens[self.at]
                if token.kind in {"word", "date"} and token.low not in FILLERS:
                    self.left.append(token.text)
                self.at += 1
        if self.outcome_words is not None:
            self._set("outcome", outcome_of(self.outcome_words, class_of_words(self.found.get("counted", ""))))

    def _peek(self, ahead: int = 0) -> Token | None:
        place = self.at + ahead
        return self.tokens[place] if place < len(self.tokens) else None

    def _set(self, field: str, value: Any) -> None:
        before = self.found.get(field)
        if before is not None and before != value:
            raise QueryError(f"query: {field} is both {shown(str(before))} and {shown(str(value))}; give one")
        self.found[field] = value

    def _field(self) -> bool:
        token = self.tokens[self.at]
        if token.kind != "field" or token.field is None:
            return False
        if token.field not in FIELDS:
            raise QueryError(f"query: no field {shown(token.field)}; fields: {', '.join(sorted(FIELDS))}")
        value: Any = token.text
        if token.field in {"min", "max"}:
            try:
                value = _number(value)
            except ValueError as err:
                raise QueryError(
                    f"query: {token.field}: {shown(token.text)} is no number; give one such as 20"
                ) from err
        if token.field == "text":
            self.left.append(value)
        elif token.field == "outcome" and value not in CLOSED["outcome"]:
            self.outcome_words = value
        else:
            self._set(token.field, value)
        self.at += 1
        return True

    def _phrase(self) -> bool:
        token = self.tokens[self.at]
        if token.kind != "phrase":
            return False
        self.left.append(f'"{token.text}"')
        self.at += 1
        return True

    # --- limits ------------------------------------------------------------------------------------------------

    def _limit(self) -> bool:
        """Read > 20, more than 20, between 20 and 30, 20 to 30, 20 or more, 20."""
        start = self.at
        bound = self._bound()
        between = bound is None and self._words("between")
        number = self._take_number()
        if number is None:
            self.at = start
            return False
        second = self._second_number()
        if second is not None:
            self._set("min", number)
            self._set("max", second)
        elif between:
            raise QueryError(f"query: between {number} and what? give both, such as between 20 and 30")
        else:
            self._bounded(bound or self._bound_after() or "exact", number)
        return True

    def _bounded(self, bound: str, number: Number) -> None:
        if bound in {"at_least", "more_than", "exact", "about", "nearly", "between", "vague"}:
            self._set("min", number)
        if bound in {"at_most", "less_than", "exact", "about", "nearly", "between", "vague"}:
            self._set("max", number)
        if bound == "more_than":
            self._set("min_open", True)
        if bound == "less_than":
            self._set("max_open", True)

    def _bound(self) -> str | None:
        token = self._peek()
        if token is not None and token.kind == "sign" and token.text in SIGNS:
            self.at += 1
            return SIGNS[token.text]
        return self._lexicon_words(_bounds("before"))

    def _bound_after(self) -> str | None:
        return self._lexicon_words(_bounds("after"))

    def _take_number(self) -> Number | None:
        token = self._peek()
        if token is None:
            return None
        number = token.number if token.kind == "number" else _number_words().get(token.low)
        following = self._peek(1)
        if number is None:
            return None
        self.at += 1
        if following is not None and following.low in SCALES and following.kind == "word":
            self.at += 1
            number *= SCALES[following.low]
        return int(number) if number == int(number) else number

    def _second_number(self) -> Number | None:
        start, token = self.at, self._peek()
        if token is not None and token.low in RANGE:
            self.at += 1
            second = self._take_number()
            if second is not None:
                return second
        self.at = start
        return None

    # --- dates -------------------------------------------------------------------------------------------------

    def _dates(self) -> bool:
        token, following = self.tokens[self.at], self._peek(1)
        if token.kind == "date":
            self._between(token.text, token.text)
            self.at += 1
            return True
        if token.kind != "word" or following is None or not _is_date(following):
            return False
        if token.low in SINCE:
            self._set("since", day(following.text, "since"))
        elif token.low in UNTIL:
            self._set("until", day(following.text, "until", last=True))
        elif token.low in {"in", "on", "during"}:
            self._between(following.text, following.text)
        elif token.low == "between":
            last = self._peek(3)
            if last is None or not _is_date(last):
                return False
            self._between(following.text, last.text)
            self.at += 2
        else:
            return False
        self.at += 2
        return True

    def _between(self, first: str, last: str) -> None:
        self._set("since", day(first, "since"))
        self._set("until", day(last, "until", last=True))

    # --- words of the world ------------------------------------------------------------------------------------

    def _outcome(self) -> bool:
        start = self.at
        words = self._lexicon_words(_outcome_words())
        if words is None:
            return False
        if self.outcome_words is not None and outcome_of(words) != outcome_of(self.outcome_words):
            typed = " ".join(token.text for token in self.tokens[start : self.at])
            raise QueryError(f"query: outcome is both {shown(self.outcome_words)} and {shown(typed)}; ask for one")
        self.outcome_words = self.outcome_words or words
        return True

    def _counted(self) -> bool:
        token = self.tokens[self.at]
        if token.kind != "word" or token.low in FILLERS or "counted" in self.found or token.low not in _counted_words():
            return False
        self._set("counted", token.low)
        self.at += 1
        return True

    def _place(self) -> bool:
        token = self.tokens[self.at]
        if token.kind != "word" or token.low not in PLACE_OPENERS:
            return False
        return self._name("place", 1)

    def _source(self) -> bool:
        token, following = self.tokens[self.at], self._peek(1)
        if token.low == "according" and following is not None and following.low == "to":
            return self._name("source", 2)
        if token.kind != "word" or token.low not in SOURCE_OPENERS:
            return False
        return self._name("source", 1)

    def _name(self, field: str, opener: int) -> bool:
        """Take the words of a name, up to a word that opens something else."""
        start = self.at
        self.at += opener
        name: list[str] = []
        while (token := self._peek()) is not None and token.kind in {"word", "phrase"}:
            if name and self._opens_other():
                break
            if token.low != "the" or name:
                name.append(token.text)
            self.at += 1
        if not name:
            self.at = start
            return False
        self._set(field, " ".join(name))
        return True

    def _opens_other(self) -> bool:
        token, at = self.tokens[self.at], self.at
        openers = PLACE_OPENERS | SOURCE_OPENERS | SINCE | UNTIL | CONFLICTS | {"according", "between", "on", "during"}
        if token.low in openers:
            return True
        # A capital stands in names: "in Gold Beach" goes on, "in calder killed" does not.
        plain = token.text[:1].islower()
        opens = plain and (self._lexicon_words(_outcome_words()) is not None or class_of_words(token.low) is not None)
        self.at = at
        opens = opens or self._bound() is not None
        self.at = at
        return opens

    def _conflicts(self) -> bool:
        if self.tokens[self.at].low not in CONFLICTS:
            return False
        self.found["conflicts"] = True
        self.at += 1
        return True

    def _polarity(self) -> bool:
        token = self.tokens[self.at]
        if token.kind != "word":
            return False
        for field in ("polarity", "modality"):
            if token.low in CLOSED[field]:
                self._set(field, token.low)
                self.at += 1
                return True
        return False

    def _words(self, *words: str) -> bool:
        ahead = [token.low for token in self.tokens[self.at : self.at + len(words)]]
        if ahead != list(words):
            return False
        self.at += len(words)
        return True

    def _lexicon_words(self, entries: dict[tuple[str, ...], str]) -> str | None:
        """Take the longest entry that stands here and return its value."""
        for length in range(min(LONGEST_ENTRY, len(self.tokens) - self.at), 0, -1):
            ahead = self.tokens[self.at : self.at + length]
            if all(token.kind == "word" for token in ahead):
                value = entries.get(tuple(token.low for token in ahead))
                if value is not None:
                    self.at += length
                    return value
        return None


LONGEST_ENTRY = 6
"""Words of the longest lexicon entry that is tried ("cost the lives of" has four)."""


def _is_date(token: Token) -> bool:
    return token.kind == "date" or (token.kind == "number" and token.text.isdigit() and int(token.text) in YEARS)


def outcome_of(words: str, counted: str | None = None) -> str:
    """Return the outcome that words name ("wounded" -> injured), with regard to the class of what is counted.

    Raises:
        QueryError: no outcome has these words.
    """
    low = words.casefold().replace("_", " ")
    if low.replace(" ", "_") in CLOSED["outcome"]:
        return low.replace(" ", "_")
    rows = [row for row in lexicon.rows("outcomes") if low in row["forms"].casefold().split("|")]
    if not rows:
        raise QueryError(f"outcome: {shown(words)} is none; choose from {', '.join(CLOSED['outcome'])}")
    fitting = [row for row in rows if counted is not None and counted in row["needs"].split("|")]
    free = [row for row in rows if not row["needs"]]
    return (fitting or free or rows)[0]["outcome"]


@cache
def _outcome_words() -> dict[tuple[str, ...], str]:
    found: dict[tuple[str, ...], str] = {}
    for row in lexicon.rows("outcomes"):
        # Such a verb is an outcome beside one word only ("lost" beside "lives"); alone it asks for something else.
        if row["needs"] == "lives":
            continue
        for form in row["forms"].casefold().split("|"):
            found.setdefault(tuple(form.split()), form)
    for name in CLOSED["outcome"]:
        if name not in {"other", "none"}:
            found.setdefault(tuple(name.split("_")), name)
    return found


@cache
def _bounds(side: str) -> dict[tuple[str, ...], str]:
    return {tuple(row["words"].split()): row["bound"] for row in lexicon.rows("bounds") if row["side"] == side}


@cache
def _number_words() -> dict[str, Number]:
    return {
        row["words"]: int(row["low"])
        for row in lexicon.rows("numbers")
        if row["type"] == "cardinal" and row["low"] == row["high"] and row["low"].isdigit()
    }


@cache
def _counted_words() -> frozenset[str]:
    found = {row["words"].casefold() for row in lexicon.rows("counted") if " " not in row["words"]}
    return frozenset(found | {f"{word}s" for word in found}) - {"hundred", "thousand", "million"}
