"""Answers of a ledger -> tables for people, as rich renderables. Prints nothing and decides nothing about claims.

Words of pages are shown on one line; the JSON has them as they stand.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from onrecord.answers import (
    ClaimOnRecord,
    Count,
    EventOnRecord,
    FigureOnRecord,
    Found,
    SourceOnRecord,
    StatementOnRecord,
)
from onrecord.ledger.agreement import Agreement, AgreementReport
from onrecord.ledger.review import Review, ToReview
from onrecord.ledger.source_names import MergeSuggestion, SourceVerdict
from onrecord.tables import (
    NARROW,
    OWN_VOICE,
    UNSURE,
    Column,
    Row,
    Rows,
    counted,
    one_line,
    shorten,
    shown_date,
    value,
)

ID = Column("id", "dim", most=16)
REPORTED = Column("reported", "dim", most=10)
OUTLET = Column("outlet", "dim", most=16)
MARK = Column("", "yellow", most=12)

FIGURES = (
    Column("as written", most=20), Column("value", "bold", right=True), Column("counted", most=20),
    Column("outcome", most=20), Column("place", most=20), Column("according to", "green", most=24), REPORTED, OUTLET,
    MARK, ID,
)  # fmt: skip
SAID = (
    Column("who", "green", most=24), Column("act", most=12), Column("words", most=NARROW), REPORTED, OUTLET, MARK, ID,
)  # fmt: skip
EVENTS = (
    Column("event", most=14), Column("words", most=20), Column("status", most=14), Column("who -> whom", most=40),
    Column("place", most=20), REPORTED, OUTLET, MARK, ID,
)  # fmt: skip
CALLED = (
    Column("source", "green", most=40), Column("role", most=30), Column("body", most=30), Column("country", most=8),
    Column("also", "dim", most=60),
)  # fmt: skip
SOURCES = (
    Column("source", "green", most=40), Column("kind", "dim", most=14), Column("said", right=True),
    Column("figures", right=True), Column("articles", right=True), Column("outlets", right=True),
    Column("from", "dim", most=10), Column("to", "dim", most=10), Column("acts", "dim", most=40),
)  # fmt: skip
REVIEWS = (
    Column("review", "dim", most=16), Column("claim", "dim", most=16), Column("action", most=10),
    Column("value", most=60), Column("by", "green", most=24), Column("at", "dim", most=16), MARK,
)  # fmt: skip
SUGGESTIONS = (
    Column("name", "green", most=40), Column("may be", "green", most=40), Column("claims", right=True),
    Column("evidence", most=90),
)  # fmt: skip
VERDICTS = (
    Column("name", "green", most=40), Column("verdict", most=8), Column("other", "green", most=40),
    Column("by", "green", most=24), Column("at", "dim", most=16),
)  # fmt: skip
COUNTS_SHOWN = 4
"""Acts of a source and values of a facet in one line."""


def in_words(title: str, found: Iterable[str]) -> list[RenderableType]:
    """Return lines of words under a title; nothing where there are none."""
    lines = [Text(f"- {one_line(says)}") for says in found]
    return [Text(f"\n{title}", style="bold"), *lines] if lines else []


def claims_table(claims: Sequence[ClaimOnRecord], noun: str) -> RenderableType:
    """Return the table of claims of one kind, or that there are none."""
    if not claims:
        return Text(f"no {noun}s found", style="dim")
    columns = {"figure": FIGURES, "statement": SAID, "event": EVENTS}[noun]
    return Group(Rows(columns, [claim_row(claim) for claim in claims]), Text(f"\n{counted(len(claims), noun)}"))


def claim_row(claim: ClaimOnRecord) -> Row:
    """Return the cells of one claim."""
    if isinstance(claim, FigureOnRecord):
        cells = _figure(claim)
    elif isinstance(claim, StatementOnRecord):
        cells = _said(claim)
    else:
        cells = _event(claim)
    marks = [claim.review or "", "?" if claim.confidence < UNSURE else ""]
    ends = ((claim.published or "")[:10], claim.outlet, " ".join(mark for mark in marks if mark), claim.id)
    return Row(claim, tuple(Text(one_line(cell or "")) for cell in (*cells, *ends)))


def _figure(figure: FigureOnRecord) -> tuple[str | None, ...]:
    words = figure.evidence.as_written
    outcome = {"none": "", "other": words.outcome_word or ""}.get(figure.outcome, figure.outcome.replace("_", " "))
    marks = [
        figure.polarity.replace("_", " ") if figure.polarity != "affirmed" else "",
        figure.modality if figure.modality != "actual" else "",
    ]
    said = ", ".join(part for part in (outcome, *marks) if part)
    source = figure.speaker or words.source or OWN_VOICE
    return words.number, value(figure), words.counted, said, words.place, source


def _said(said: StatementOnRecord) -> tuple[str | None, ...]:
    words = said.evidence.as_written
    who = said.speaker or words.source or "nobody named"
    who = f"{who} to {words.addressee}" if words.addressee else who
    act = said.act if said.polarity == "affirmed" else f"not {said.act}"
    return who, act, shorten(one_line(said.words)) or f"[{words.cue}]"


def _event(event: EventOnRecord) -> tuple[str | None, ...]:
    words = event.evidence.as_written
    between = f"{', '.join(words.actors)} -> {', '.join(words.targets)}" if words.targets else ", ".join(words.actors)
    return event.type.replace("_", " "), words.trigger, event.status.replace("_", " "), between.strip(), words.place


def sources_table(sources: Sequence[SourceOnRecord]) -> RenderableType:
    """Return the table of sources: counts only."""
    if not sources:
        return Text("no sources found", style="dim")
    rows = [
        _plain(
            source.name, source.kind, source.statements, source.figures, source.articles, source.outlets,
            (source.first or "")[:10], (source.last or "")[:10], _counts(source.acts),
        )
        for source in sources
    ]  # fmt: skip
    called = [
        _plain(
            source.name,
            _counts(source.roles),
            _counts(source.bodies),
            _counts(source.countries),
            "; ".join(source.names),
        )
        for source in sources
        if source.roles or source.bodies or source.countries or source.names
    ]
    more: list[RenderableType] = [Text(), Rows(CALLED, called)] if called else []
    return Group(Rows(SOURCES, rows), *more, Text(f"\n{counted(len(sources), 'source')}"))


def suggestions_table(suggestions: Sequence[MergeSuggestion]) -> RenderableType:
    """Return the table of names that may be one source, with the evidence."""
    if not suggestions:
        return Text("no names that may be one source", style="dim")
    rows = [_plain(one.name, one.into, one.claims, "; ".join(one.evidence)) for one in suggestions]
    return Rows(SUGGESTIONS, rows)


def verdicts_table(verdicts: Sequence[SourceVerdict]) -> RenderableType:
    """Return the table of merges and splits in the order they were made."""
    if not verdicts:
        return Text("no names were merged or split yet", style="dim")
    rows = [_plain(one.name, one.verdict, one.other, one.by, shown_date(one.at)) for one in verdicts]
    return Rows(VERDICTS, rows)


def _counts(counts: Sequence[Count]) -> str:
    shown = ", ".join(f"{count.value} {count.count}" for count in counts[:COUNTS_SHOWN])
    return f"{shown}, …" if len(counts) > COUNTS_SHOWN else shown


class Cells(NamedTuple):
    """A row that is no claim."""

    cells: tuple[Text, ...]


def _plain(*cells: str | int | None) -> Cells:
    return Cells(tuple(Text(one_line("" if cell is None else str(cell))) for cell in cells))


def found_lines(found: Found) -> RenderableType:
    """Return what a full-text search found: its facets, then a snippet for each hit."""
    lines: list[RenderableType] = [Text(f"{counted(found.total, 'hit')}", style="bold")]
    lines += [Text(f"{facet.field}: {_counts(facet.values)}", style="dim") for facet in found.facets]
    for hit in found.hits:
        where = "  ·  ".join(part for part in (shown_date(hit.published), hit.outlet, hit.article) if part)
        head = Text.assemble("\n", (hit.kind, "bold"), f"  {one_line(where)}", ("  " + hit.id, "dim"))
        lines += [head, Text(one_line(hit.snippet))]
    return Group(*lines)


def to_review(waiting: ToReview, number: int, whole: int) -> RenderableType:
    """Return one claim of the queue with its sentence and page."""
    claim = waiting.on_record
    columns = {"figure": FIGURES, "statement": SAID, "event": EVENTS}[waiting.kind]
    where = "  ·  ".join(part for part in (claim.outlet, shown_date(claim.published), claim.article) if part)
    return Group(
        Text(f"\n{number} of {whole}  {waiting.kind}  {one_line(where)}", style="bold"),
        Text(one_line(claim.evidence.sentence), style="italic"),
        Rows(columns, [claim_row(claim)]),
    )


def reviews_table(reviews: Sequence[Review]) -> RenderableType:
    """Return the table of reviews in the order they were made."""
    if not reviews:
        return Text("no reviews yet", style="dim")
    rows = [
        _plain(one.id, one.claim, one.action, _value(one), one.by, shown_date(one.at), "undone" if one.undone else "")
        for one in reviews
    ]
    return Rows(REVIEWS, rows)


def _value(review: Review) -> str:
    if review.undoes:
        return f"review {review.undoes}"
    parts = []
    for name, new in (review.value or {}).items():
        shown = new.get("exact") if isinstance(new, dict) else new
        parts.append(str(shown) if review.action == "comment" else f"{name} = {'nothing' if shown is None else shown}")
    return ", ".join(parts)


def report_lines(told: AgreementReport) -> list[RenderableType]:
    """Return how far all reviewers agree, each two of them, and the claims on which they differ."""
    if told.raw is None:
        return [Text("no claim has been judged by two reviewers; `onrecord review --second` gives such claims", "dim")]
    alpha = "not defined (one answer to all)" if told.alpha is None else f"{told.alpha:.3f}"
    first = f"{counted(told.claims, 'claim')} judged by two or more of {', '.join(told.reviewers)}: "
    lines: list[RenderableType] = [Text(f"{first}{told.alike} alike ({told.raw:.1%}), Krippendorff's alpha {alpha}")]
    lines += [agreement_line(pair) for pair in told.pairs]
    for one in told.differing:
        lines.append(Text(f"{one.claim}: {'; '.join(f'{name} {said}' for name, said in one.judged.items())}"))
    return lines


def agreement_line(found: Agreement) -> Text:
    """Return how far two reviewers agree, in one line."""
    if not found.claims or found.raw is None:
        return Text(f"{found.a} and {found.b} have judged no claim in common")
    kappa = "not defined (one answer to all)" if found.kappa is None else f"{found.kappa:.3f}"
    share = f"{found.raw:.1%}"
    return Text(f"{found.a} and {found.b}: {counted(found.claims, 'claim')} in common, {share} alike, kappa {kappa}")
