"""Whether one claim answers a query: the rules of conditions.py once more, for claims that a reviewer corrected.

A corrected claim is not what its row says, so the database cannot choose it. A test compares both on the same claims.
"""

from string import ascii_lowercase, ascii_uppercase

from onrecord.answers import ClaimOnRecord, FigureOnRecord, StatementOnRecord
from onrecord.ledger.fulltext import Term, read_terms, search_words, without_accents
from onrecord.ledger.queries import Query, class_of_words
from onrecord.records import Number

LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)


def has_name(value: str | None, wanted: str) -> bool:
    """Say whether a word of the value begins with what is wanted, without regard to the case of ASCII letters."""
    return value is not None and f" {wanted}".translate(LOWER) in f" {value}".translate(LOWER)


def meets(low: Number | None, high: Number | None, point: Number | None, query: Query) -> bool:
    """Say whether an interval meets the query's limits; an open end counts as the number that is printed."""
    first = next((number for number in (low, high, point) if number is not None), None)
    last = next((number for number in (high, low, point) if number is not None), None)
    if query.min is not None and (last is None or last < query.min or (query.min_open and last == query.min)):
        return False
    return query.max is None or (
        first is not None and first <= query.max and not (query.max_open and first == query.max)
    )


def published_between(published: str, since: str | None, until: str | None) -> bool:
    """Say whether a date or time, which may be a month or a year, meets the two days."""
    return (since is None or f"{published}~" >= since) and (until is None or published <= f"{until}~")


def matches(query: Query, claim: ClaimOnRecord, *, names: frozenset[str] = frozenset(), words: str = "") -> bool:
    """Say whether the claim answers the query, conflicts and times of the ledger apart.

    Args:
        query: checked.
        claim: with its evidence.
        names: names that stand for the source that is asked for (aliases).
        words: the claim's words as they are indexed.
    """
    return (
        _about_figures(query, claim)
        and _about_statements(query, claim)
        and _about_all(query, claim, names)
        and (query.text is None or has_terms(read_terms(query.text), claim.evidence.sentence, words))
    )


def _about_figures(query: Query, claim: ClaimOnRecord) -> bool:
    asked = (query.outcome, query.counted, query.min, query.max, query.kind, query.modality)
    if not isinstance(claim, FigureOnRecord):
        return asked == (None,) * len(asked)
    named = class_of_words(query.counted) if query.counted is not None else None
    if named is not None:
        counted = claim.counted_class == named
    else:
        counted = query.counted is None or has_name(claim.evidence.as_written.counted, query.counted)
    return (
        counted
        and query.outcome in {None, claim.outcome}
        and query.kind in {None, claim.kind}
        and query.modality in {None, claim.modality}
        and meets(claim.low, claim.high, claim.point, query)
    )


def _about_statements(query: Query, claim: ClaimOnRecord) -> bool:
    if not isinstance(claim, StatementOnRecord):
        return (query.act, query.form, query.to) == (None, None, None)
    return (
        query.act in {None, claim.act}
        and query.form in {None, claim.form}
        and (query.to is None or has_name(claim.evidence.as_written.addressee, query.to))
    )


def _about_all(query: Query, claim: ClaimOnRecord, names: frozenset[str]) -> bool:
    place = None if claim.place is None else claim.place.name or claim.evidence.as_written.place
    sources = (claim.speaker, claim.via if isinstance(claim, FigureOnRecord) else None)
    wanted = query.source
    return (
        (query.polarity is None or query.polarity == getattr(claim, "polarity", None))
        and (query.place is None or has_name(place, query.place))
        and (wanted is None or any(has_name(source, wanted) or source in names for source in sources))
        and (query.outlet is None or has_name(claim.outlet, query.outlet))
        and query.article in {None, claim.article}
        and published_between(claim.published or claim.evidence.seen or "", query.since, query.until)
    )


def has_terms(terms: tuple[Term, ...], *texts: str) -> bool:
    """Say whether the texts meet all terms; no phrase runs from one text into the next."""
    indexed = [[without_accents(word) for word in search_words(text)] for text in texts]
    return all(any(_has(term, words) for words in indexed) != term.absent for term in terms)


def _has(term: Term, words: list[str]) -> bool:
    wanted = [without_accents(word) for word in term.words]
    for at in range(len(words) - len(wanted) + 1):
        found = words[at : at + len(wanted)]
        if found[:-1] == wanted[:-1] and (found[-1].startswith(wanted[-1]) if term.begins else found[-1] == wanted[-1]):
            return True
    return False
