"""Outcome words of a sentence: which stand where, what they say happened, how they take what they happened to."""

from functools import cache
from typing import Literal

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.sentences import Token, stands_at

Part = Literal["verb", "intransitive", "state", "noun", "noun_of", "noun_count", "noun_damage"]
PERSON_CLASSES = frozenset({"person", "civilian", "child", "soldier", "police", "militant", "prisoner"})
ANIMATE_CLASSES = PERSON_CLASSES | {"animal"}


LIFE_NOUNS = frozenset({"lives", "life"})
LIFE_REACH = 6
"""Tokens behind a verb within which the lives stand that it takes: "took the lives of", "taken over 1,200 lives"."""

HOSPITAL_REACH = 6
"""Tokens of the name of a hospital: "the Orvo General Teaching Hospital"."""

OF_THE_LIVING = frozenset(
    {"killed", "missing", "injured", "killed_or_injured", "hospitalised", "infected", "displaced"}
)


class OutcomeWord(msgspec.Struct, frozen=True):
    """One row of lexicon/outcomes.tsv for one form."""

    words: tuple[str, ...]
    outcome: str
    part: Part
    needs: frozenset[str]


class Hit(msgspec.Struct, frozen=True, gc=False):
    """An outcome word in a sentence: tokens first to last, half open."""

    first: int
    last: int
    word: OutcomeWord


@cache
def _table() -> dict[str, list[OutcomeWord]]:
    """Outcome words by their first word, longest first; at one length in file order."""
    table: dict[str, list[OutcomeWord]] = {}
    for row in rows("outcomes"):
        needs = frozenset(row["needs"].split("|")) if row["needs"] else frozenset()
        part: Part = row["part"]  # type: ignore[assignment]  # a test compares the column with the list
        for form in row["forms"].split("|"):
            parts = tuple(form.split())
            table.setdefault(parts[0], []).append(OutcomeWord(parts, row["outcome"], part, needs))
    for entries in table.values():
        entries.sort(key=lambda word: -len(word.words))
    return table


@cache
def _by_second() -> dict[str, tuple[list[OutcomeWord], dict[str, list[OutcomeWord]]]]:
    """The rows of `_table` by first word: those of one word, and all that can stand where a given word comes second."""
    return {
        first: (
            [word for word in entries if len(word.words) == 1],
            {
                second: [word for word in entries if len(word.words) == 1 or word.words[1] == second]
                for second in {word.words[1] for word in entries if len(word.words) > 1}
            },
        )
        for first, entries in _table().items()
    }


LEAST_MISSPELT = 9
"""Letters from which a word with one letter left out is still taken for the outcome word: "evacuatd", "hospitalisd"."""


@cache
def _misspelt() -> dict[str, list[OutcomeWord]]:
    """Outcome words of one long word, by every spelling that leaves out one letter and is no outcome word itself."""
    table = _table()
    found: dict[str, list[OutcomeWord]] = {}
    for form, entries in table.items():
        alone = [word for word in entries if len(word.words) == 1]
        if not alone or len(form) <= LEAST_MISSPELT or not form.endswith("ed"):
            continue
        for at in range(1, len(form) - 1):
            shorter = form[:at] + form[at + 1 :]
            if shorter not in table:
                found[shorter] = alone
    return found


def outcome_hits(tokens: tuple[Token, ...]) -> list[Hit]:
    """Return the outcome words of a sentence, left to right.

    The longest form wins; several readings of one form ("claimed" of lives, "hit") all come back, in file order.
    """
    table, misspelt = _by_second(), _misspelt()
    hospital = _hospital_words("moved") | _hospital_words("stays")
    hits: list[Hit] = []
    free = 0
    for i, token in enumerate(tokens):
        if i < free:
            continue
        to_hospital = _to_hospital(tokens, i) if token.lower in hospital else None
        if to_hospital is not None:
            hits.append(to_hospital)
            free = to_hospital.last
            continue
        alone, longer = table.get(token.lower) or (misspelt.get(token.lower), {})
        following = tokens[i + 1].lower if longer and i + 1 < len(tokens) else ""
        entries = longer.get(following, alone)
        if not entries:
            continue
        length = 0
        for word in entries:
            n = len(word.words)
            if length and n < length:
                break
            if "life" in word.needs and not _lives_follow(tokens, i + n):
                continue
            if n == 1 or stands_at(tokens, i, word.words):
                hits.append(Hit(i, i + n, word))
                length = n
        if length > 1:
            free = i + length
    return hits


@cache
def _hospital_words(kind: str) -> frozenset[str]:
    return frozenset(row["word"] for row in rows("hospitals") if row["kind"] == kind)


def _to_hospital(tokens: tuple[Token, ...], i: int) -> Hit | None:
    """Return the words that bring somebody to a hospital by whatever name: "rushed to Orvo General Hospital"."""
    lower, following = tokens[i].lower, tokens[i + 1].lower if i + 1 < len(tokens) else ""
    moved = lower in _hospital_words("moved") and following == "to"
    stays = lower in _hospital_words("stays") and following in ("at", "in")
    if not (moved or stays):
        return None
    for at in range(i + 2, min(len(tokens), i + 2 + HOSPITAL_REACH)):
        if tokens[at].lower in _hospital_words("place"):
            words = tuple(token.lower for token in tokens[i : at + 1])
            return Hit(i, at + 1, OutcomeWord(words, "hospitalised", "state", frozenset()))
        if not tokens[at].text[0].isalpha() or tokens[at].lower in ("and", "from", "for", "by", "when", "where"):
            return None
    return None


def _lives_follow(tokens: tuple[Token, ...], first: int) -> bool:
    """Say whether lives are what a verb takes: "has taken 88 lives", not "was taken to hospital"."""
    return any(token.lower in LIFE_NOUNS for token in tokens[first : first + LIFE_REACH])


def fits(needs: frozenset[str], counted_class: str, outcome: str, *, bare: bool) -> bool:
    """Say whether what is counted can have this outcome: nobody kills a building, nobody injures a road.

    Args:
        needs: the classes that the outcome word asks for; empty for any, with "known" no unknown noun will do.
        counted_class: the class of the counted noun.
        outcome: the outcome that the word stands for.
        bare: no noun is counted ("three were killed").
    """
    if "lives" in needs:
        return counted_class in ANIMATE_CLASSES
    if "known" in needs:
        return counted_class in needs
    if needs:
        unknown_person = bool(needs & PERSON_CLASSES) and (bare or counted_class == "other")
        return counted_class in needs or (unknown_person and counted_class != "incident")
    if outcome in OF_THE_LIVING:
        loose = counted_class in ("other", "incident") or (counted_class == "home" and outcome == "displaced")
        return counted_class in ANIMATE_CLASSES or loose
    return True
