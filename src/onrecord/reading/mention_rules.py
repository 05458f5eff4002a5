"""Marks every expression of time and every place name of a document; figures and events link to the ones they need.

In goes a document, out come spans labelled time or place, without arcs. Words decide (time_rules.py;
lexicon/place_words.tsv, countries.tsv, regions.tsv): there is no gazetteer here, dates are not resolved (times.py) and
places neither (places.py). A place that stands without a preposition has BARE_SCORE, since it may be an actor.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.said_times import said_times
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder
from onrecord.reading.time_rules import Pair, find_times, time_words

BARE_SCORE = 0.5
"""Score of a place name without a preposition before it; a located one has 1.0."""

CLAUSE_PENALTY = 80
"""Characters that a clause boundary counts for when the nearest time or place is sought."""

BEFORE_WEIGHT = 1.5
"""A mention before a position counts as this much further away than one behind it."""

SAID_PENALTY = 40
"""A time that says when something was said counts as this many characters further away. Of 0 to 160 best in train."""

LEAD_SENTENCES = 3
"""Sentences from the top of a page, headline among them, whose place is that of a toll that names none."""

NAMED = re.compile(r"\b[A-Z]")
CLAUSE_BREAK = re.compile(r"[;:\u2014]|, (?:and|but|while|which|who|when|after|as|where|though|although)\b|\bwhile\b")
RELATIVE = re.compile(r", (?:which|who|whose|where)\b[^,]*\Z")

TYPE_MODIFIERS = frozenset(
    {"refugee", "train", "metro", "subway", "bus", "international", "military", "air", "commuter"}
)
"""Words between a name and its type: "the Lomnik refugee camp"."""

DETERMINERS = frozenset({"the", "a", "an", "its", "their", "his", "her"})
SKIPPED = DETERMINERS | {"parts", "part", "much", "most", "areas"}


class PlaceWords(msgspec.Struct, frozen=True):
    """The place lexicons: classes of place_words.tsv, names of countries and regions by first word, demonyms."""

    types: frozenset[str]
    direction: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    adverb: frozenset[str]
    generic: frozenset[str]
    body: frozenset[str]
    title: frozenset[str]
    demonyms: frozenset[str]
    names: dict[str, tuple[tuple[str, ...], ...]]


@cache
def place_words() -> PlaceWords:
    """Return the words of place."""
    classes: dict[str, set[str]] = {}
    for row in rows("place_words"):
        classes.setdefault(row["class"], set()).add(row["word"])
    names: dict[str, list[tuple[str, ...]]] = {}
    for row in (*rows("countries"), *rows("regions")):
        parts = tuple(row["name"].split())
        names.setdefault(parts[0], []).append(parts)
    demonyms = {word for row in rows("countries") for word in row["adjectives"].split(", ") if word}
    kinds = ("direction", "strong", "weak", "adverb", "generic", "body", "title")
    return PlaceWords(
        types=frozenset(classes["type"]),
        demonyms=frozenset(demonyms | {"European", "African", "Asian", "Palestinian", "Arab", "Western"}),
        names={first: tuple(sorted(found, key=len, reverse=True)) for first, found in names.items()},
        **{kind: frozenset(classes[kind]) for kind in kinds},
    )


@cache
def short_states() -> frozenset[str]:
    """Return the abbreviations of states that take a point: "Calif."."""
    return frozenset(row["name"] for row in rows("regions") if row["comment"].startswith("short"))


def tag_mentions(document: Document, builder: TaggingBuilder) -> None:
    """Add place and time spans, without arcs."""
    known = set(named_places(document))
    for sentence in document.sentences:
        tokens = sentence.tokens
        times = list(find_times(tokens))
        spoken = said_times(tokens, times)
        taken = {at for low, high in times for at in range(low, high)}
        for low, high in times:
            said = (("tied", "said"),) if (low, high) in spoken else ()
            span = TaggedSpan("time", tokens[low].start, tokens[high - 1].end, attributes=said, why="time words")
            builder.add(span)
        for low, high, score in find_places(tokens, known, taken):
            builder.add(TaggedSpan("place", tokens[low].start, tokens[high - 1].end, score=score, why="place words"))


# --- places --------------------------------------------------------------------------------------------------------


def find_places(tokens: Sequence[Token], known: set[str], taken: set[int]) -> Iterator[tuple[int, int, float]]:
    """Yield the place phrases as (first token, end token, score), left to right, not overlapping.

    Args:
        tokens: those of one sentence.
        known: names that stand as places elsewhere on the page.
        taken: positions of tokens that belong to a time.
    """
    words, at, count = place_words(), 0, len(tokens)
    while at < count:
        lower = tokens[at].lower
        if at in taken:
            at += 1
            continue
        if lower in words.adverb:
            yield at, at + 1, 1.0
        elif lower in words.strong or lower in words.weak:
            found = _after_preposition(tokens, at, known, taken)
            if found:
                low, high = found
                yield low, high, 1.0
                at = high
                continue
        elif tokens[at].capital:
            high = _name_end(tokens, at, taken)
            low, end = _known_inside(tokens, at, high, known)
            if end:
                yield low, end, BARE_SCORE
            at = max(high, at + 1)
            continue
        at += 1


def _after_preposition(tokens: Sequence[Token], at: int, known: set[str], taken: set[int]) -> Pair | None:
    """Return the place phrase behind the preposition at this token."""
    words, count = place_words(), len(tokens)
    strong = tokens[at].lower in words.strong
    low = at + 1
    if low + 1 < count and tokens[low].lower in ("and", "or") and tokens[low + 1].lower in words.strong:
        return _joined_prepositions(tokens, at, known, taken)
    name, typed = _skip_modifiers(tokens, low, taken)
    if name >= count or name in taken:
        return None
    if not tokens[name].capital:
        return _common_place(tokens, at, name, typed)
    high = _name_end(tokens, name, taken)
    if high == name:
        return None
    names = [token.text for token in tokens[name:high]]
    tail = tokens[high].lower if high < count else ""
    has_type = typed or tail in words.types or names[-1].lower() in words.types
    sure = has_type or _is_place_name(names, known)
    if not sure and (not strong or not _may_be_place(tokens, name, high)):
        return None
    if tail in words.types and tail != "state":
        high += 1
    elif high + 1 < count and tokens[high + 1].lower in words.types and tail in TYPE_MODIFIERS:
        high += 2
    return low, _with_region(tokens, _named_behind_type(tokens, high, taken))


def _named_behind_type(tokens: Sequence[Token], end: int, taken: set[int]) -> int:
    """Return the end of "the Lorland port city of Varno" when a type word and "of" name the place further."""
    types, at = place_words().types, end
    while at < len(tokens) and tokens[at].lower in types and not tokens[at].capital:
        at += 1
    typed = tokens[at - 1].lower in types and not tokens[at - 1].capital
    if not typed or at + 1 >= len(tokens) or tokens[at].lower != "of" or not tokens[at + 1].capital:
        return end
    return _name_end(tokens, at + 1, taken)


def _common_place(tokens: Sequence[Token], at: int, end: int, typed: bool) -> Pair | None:
    """Return "the country", "a village", "the same hospital" behind the preposition at this token."""
    words, low = place_words(), at + 1
    if not typed and end + 1 < len(tokens) and end > low and tokens[end + 1].lower in words.types:
        end, typed = end + 2, True
    last = tokens[end - 1].lower
    if not typed or tokens[low].lower not in DETERMINERS or not (last in words.types or last in words.generic):
        return None
    if tokens[at].lower not in words.strong and tokens[at].lower not in ("from", "to", "at", "of", "outside"):
        return None
    if tokens[at].lower == "of" and last not in words.generic:
        return None
    return low, end


def _joined_prepositions(tokens: Sequence[Token], at: int, known: set[str], taken: set[int]) -> Pair | None:
    found = _after_preposition(tokens, at + 2, known, taken)
    return (at, found[1]) if found else None


def _skip_modifiers(tokens: Sequence[Token], at: int, taken: set[int]) -> tuple[int, bool]:
    """Return the first token behind "the northern Afghan city of", and whether a type word stood among them."""
    words, typed, start = place_words(), False, at
    while at < len(tokens) and at not in taken:
        lower = tokens[at].lower
        if (
            lower in SKIPPED
            or lower in words.direction
            or tokens[at].text in words.demonyms
            or (lower == "and" and at > start and _between_directions(tokens, at))
        ):
            pass
        elif lower in words.types and not tokens[at].capital:
            typed = True
        elif lower in ("of", "called") and (typed or tokens[at - 1].lower in ("parts", "part", "much", "most")):
            pass
        else:
            break
        at += 1
    return at, typed and at > start


def _between_directions(tokens: Sequence[Token], at: int) -> bool:
    direction = place_words().direction
    return at + 1 < len(tokens) and tokens[at - 1].lower in direction and tokens[at + 1].lower in direction


def _name_end(tokens: Sequence[Token], at: int, taken: set[int]) -> int:
    """Return the end of the capitalised words from this token: "New Delhi", "Gulf of Mexico", "Peru's Lomnik"."""
    words, end, count = place_words(), at, len(tokens)
    while end < count and end not in taken:
        token = tokens[end]
        if token.capital and token.text[0].isalpha():
            end += 1
            continue
        if end > at and end + 1 < count and tokens[end + 1].capital and end + 1 not in taken:
            joined = token.lower in ("de", "la", "del", "al", "el", "di", "du") or (
                token.lower == "of" and tokens[end - 1].lower in words.types
            )
            if joined or token.lower == "'s":
                end += 1
                continue
        if token.lower == "'s" and end > at and end + 2 < count and tokens[end + 1].lower in words.direction:
            end += 2
            continue
        break
    return end


def _is_place_name(names: Sequence[str], known: set[str]) -> bool:
    """Say whether the words are a country, a region or a name that stands as a place on this page."""
    joined = " ".join(names)
    return joined in known or any(
        tuple(names[: len(parts)]) == parts and (len(parts) == len(names) or names[len(parts)] == "'s")
        for parts in place_words().names.get(names[0], ())
    )


def _may_be_place(tokens: Sequence[Token], low: int, high: int) -> bool:
    """Say whether capitalised words after "in" may name a place: not a person's, a body's or an adjective."""
    words = place_words()
    last, first = tokens[high - 1], tokens[low]
    if first.lower in words.title or last.lower in words.body or last.text in words.demonyms or last.text == "I":
        return False
    if first.text in words.demonyms and last.lower not in words.types:
        return False
    if len(last.text) < 3 or (last.text.isupper() and len(last.text) < 5) or re.search(r"-[a-z]", last.text):
        return False
    following = tokens[high].lower if high < len(tokens) else ""
    return following not in ("'s", "administration", "government", "officials", "leadership", "voters", "-")


def _with_region(tokens: Sequence[Token], end: int) -> int:
    """Return the end of "Brandeck, Ohio" when the text goes on with a region or country."""
    if end + 1 < len(tokens) and tokens[end].text == ",":
        high = _lexicon_end(tokens, end + 1)
        if high:
            dotted = high + 1 < len(tokens) and tokens[high].text == "." and tokens[high - 1].text in short_states()
            return high + dotted
    return end


def _lexicon_end(tokens: Sequence[Token], at: int) -> int:
    """Return the end of the country or region that starts at this token, 0 when none does."""
    for parts in place_words().names.get(tokens[at].text, ()):
        if tuple(token.text for token in tokens[at : at + len(parts)]) == parts:
            return at + len(parts)
    return 0


def _known_inside(tokens: Sequence[Token], low: int, high: int, known: set[str]) -> Pair:
    """Return the place inside a run of capitalised words, (0, 0) when there is none."""
    whole = " ".join(token.text for token in tokens[low:high])
    if whole in known:
        return low, high
    if tokens[high - 1].lower in place_words().types and high - low > 1 and tokens[high - 1].capital:
        return low, high
    end = _lexicon_end(tokens, low) if low < high else 0
    if end and (end == high or tokens[end].lower == "'s"):
        return low, end
    if tokens[low].text in known and low + 1 < high and tokens[low + 1].lower == "'s":
        return low, low + 1
    return 0, 0


def named_places(document: Document) -> Iterator[str]:
    """Yield the names that stand as places on the page: after "in" and the like, and in datelines."""
    words = place_words()
    people: set[str] = set()
    found: list[str] = []
    for sentence in document.sentences:
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            lower = token.lower
            if lower in words.strong and at + 1 < len(tokens) and tokens[at + 1].capital:
                end = _name_end(tokens, at + 1, set())
                names = [part.text for part in tokens[at + 1 : end]]
                if names and "'s" not in names and _may_be_place(tokens, at + 1, end) and len(names) < 4:
                    found.append(" ".join(names))
            elif lower in words.title and at + 1 < len(tokens) and tokens[at + 1].capital:
                people.update(part.text for part in tokens[at + 1 : _name_end(tokens, at + 1, set())])
    months = time_words().anchors
    for name in found:
        parts = name.split()
        if parts[0].lower() not in months and not people.intersection(parts):
            yield name


# --- the nearest one -----------------------------------------------------------------------------------------------


class Mentions:
    """The time and place spans of a tagging by sentence, so that figures and events find the nearest; immutable."""

    def __init__(self, document: Document, spans: Sequence[TaggedSpan]) -> None:
        self._text = document.text
        self._sentences = document.sentences
        self._by: dict[tuple[str, int], list[int]] = {}
        self._spans = spans
        roles = [paragraph.role for paragraph in document.paragraphs]
        told = (one.index for one in document.sentences if roles[one.paragraph] != "caption")
        self._lead = tuple(islice(told, LEAD_SENTENCES))
        order = sorted((span.start, at) for at, span in enumerate(spans) if span.label in ("time", "place"))
        index = 0
        for start, at in order:
            while index < len(self._sentences) and self._sentences[index].end <= start:
                index += 1
            self._by.setdefault((spans[at].label, index), []).append(at)

    def sentences(self, label: Literal["time", "place"]) -> frozenset[int]:
        """Return the indexes of the sentences that hold a mention with this label."""
        return frozenset(index for kind, index in self._by if kind == label)

    def inside(self, sentence: Sentence, label: Literal["time", "place"]) -> list[TaggedSpan]:
        """Return the mentions with this label that start in the sentence, in order."""
        return [self._spans[at] for at in self._by.get((label, sentence.index), ())]

    def lead(self, end: int) -> int | None:
        """Return which of the spans before `end` is the first place named with a preposition at the beginning.

        A caption says where a picture was taken, and is passed over.
        """
        for index in self._lead:
            for at in self._by.get(("place", index), ()):
                span = self._spans[at]
                named = NAMED.search(self._text, span.start, span.end)
                if span.end <= end and span.score > BARE_SCORE and named:
                    return at
        return None

    def nearest(self, sentence: Sentence, position: int, label: Literal["time", "place"]) -> int | None:
        """Return which of the spans is the time or place of what stands at this position of the sentence.

        The closest of the same sentence, one behind the position and in the same clause before others; a place with a
        preposition before a bare name. For a place else the last one named earlier in the same paragraph.
        """
        here = self._by.get((label, sentence.index))
        best = nearest_mention(self._text, [(at, self._spans[at]) for at in here], position) if here else None
        if best is not None or label == "time":
            return best
        for index in range(sentence.index - 1, -1, -1):
            if self._sentences[index].paragraph != sentence.paragraph:
                return None
            earlier = self._by.get((label, index))
            if earlier:
                return max(earlier, key=lambda at: (self._spans[at].score, self._spans[at].start))
        return None


def nearest_mention(text: str, spans: Sequence[tuple[int, TaggedSpan]], position: int) -> int | None:
    """Return the number of the span closest to the position; pairs are (number, span), all of one sentence."""
    best, least = None, 1e9
    for number, span in spans:
        if span.start >= position:
            if RELATIVE.search(text, position, span.start):
                continue
            far = span.start - position + CLAUSE_PENALTY * len(CLAUSE_BREAK.findall(text, position, span.start))
            gap = float(far)
        else:
            far = position - span.end + CLAUSE_PENALTY * len(CLAUSE_BREAK.findall(text, span.end, position))
            gap = far * BEFORE_WEIGHT
        if span.score < 1.0:
            gap += CLAUSE_PENALTY
        if span.attribute("tied") == "said":
            gap += SAID_PENALTY
        if gap < least:
            best, least = number, gap
    return best
