"""Which times of a sentence say when something was said, not when it happened: "police said on Friday".

In go the tokens of a sentence and its expressions of time, out come those that belong to a reporting verb. A time does
when only words of the occasion stand between ("said in a statement on Friday"), or when it stands right before the verb
("the ministry on Friday announced"). A time at the head of a sentence may be either and is left as a time of what
happened.
"""

from collections.abc import Sequence
from functools import cache

from onrecord.lexicon import rows
from onrecord.reading.cues import cue_forms
from onrecord.reading.sentences import Document, Token
from onrecord.reading.time_rules import Pair, find_times
from onrecord.records import Span

MOST_BETWEEN = 7
"""Words of the occasion between a reporting verb and its time: "said in a statement to the agency late on Friday"."""


@cache
def _occasion_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("time_words") if row["class"] == "occasion")


@cache
def _reporting_forms() -> frozenset[str]:
    """Return the forms of verbs that report a clause, in the tenses of news."""
    return frozenset(
        form
        for form, cues in cue_forms().items()
        for one in cues
        if one.tense in ("past", "third", "participle") and "clause" in one.cue.frames and not one.cue.tail
    )


def cue_of_time(tokens: Sequence[Token], time: Pair) -> int | None:
    """Return which token is the reporting verb that a time belongs to, None when it belongs to none."""
    low, end = time
    forms, occasion = _reporting_forms(), _occasion_words()
    for at in range(low - 1, max(-1, low - 2 - MOST_BETWEEN), -1):
        word = tokens[at].lower
        if word in forms:
            return at
        if word not in occasion and not tokens[at].capital:  # "told reporters in Varno on Thursday"
            break
    started = low - 1 if low > 0 and tokens[low - 1].lower == "on" else low
    if started > 0 and end < len(tokens) and tokens[end].lower in forms and tokens[started - 1].text[0].isalnum():
        return end
    return None


def said_times(tokens: Sequence[Token], times: Sequence[Pair]) -> frozenset[Pair]:
    """Return the times that say when something was said."""
    return frozenset(time for time in times if cue_of_time(tokens, time) is not None)


def said_time(document: Document, sentence: int, cue: Span) -> Span | None:
    """Return when the statement with this cue was made, as the words of its sentence have it.

    Args:
        document: the page.
        sentence: index of the sentence.
        cue: the reporting verb.
    """
    tokens = document.sentences[sentence].tokens
    for low, high in find_times(tokens):
        at = cue_of_time(tokens, (low, high))
        if at is not None and cue.start <= tokens[at].start < cue.end:
            return Span(tokens[low].start, tokens[high - 1].end)
    return None
