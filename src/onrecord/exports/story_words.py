"""What all parts of a told story share: days in words, links, a sentence with its numbers marked. All is escaped."""

from collections.abc import Iterable

from onrecord.answers import ClaimOnRecord, FigureOnRecord
from onrecord.exports.marked import text
from onrecord.exports.scales import day_shown, moment

NO_DAY = "no date"


def day_words(reported: str | None) -> str:
    """Return the day of a report in words: 4 Mar 2026."""
    at = moment(reported)
    return (reported or NO_DAY) if at is None else day_shown(at, year=True)


def link(address: str, words: str) -> str:
    """Return a link to a claim's sentence."""
    return f'<a href="{text(address)}">{text(words)}</a>'


def with_marks(sentence: str, claims: Iterable[ClaimOnRecord]) -> str:
    """Return a sentence with the numbers of its figures marked."""
    spans = []
    for claim in claims:
        if isinstance(claim, FigureOnRecord) and claim.number.start >= claim.sentence.start:
            spans.append((claim.number.start - claim.sentence.start, claim.number.end - claim.sentence.start))
    made, at = [], 0
    for start, end in sorted(spans):
        if at <= start and end <= len(sentence):
            made.append(f"{text(sentence[at:start])}<mark>{text(sentence[start:end])}</mark>")
            at = end
    return "".join(made) + text(sentence[at:])
