"""A reading -> the reading as reviewers left it: rejected and merged claims out, corrected ones as corrected."""

from collections.abc import Iterable
from typing import TypeVar, cast

from msgspec.structs import replace
from sqlalchemy import Connection, select

from onrecord.ledger.appending import chunks
from onrecord.ledger.conditions import REVIEW, standing
from onrecord.ledger.corrections import corrected
from onrecord.records import Claim, Event, Figure, Reading, Statement

C = TypeVar("C", Figure, Statement, Event)


def as_reviewed(connection: Connection, reading: Reading) -> Reading:
    """Return the reading with the verdicts that stand on its claims."""
    claims: list[Claim] = [*reading.figures, *reading.statements, *reading.events]
    verdicts: dict[str, tuple[str, str | None]] = {}
    for some in chunks([claim.id for claim in claims]):
        asked = select(REVIEW.claim, REVIEW.action, REVIEW.value)
        rows = connection.execute(asked.where(REVIEW.row.in_(standing(None).where(REVIEW.claim.in_(some)))))
        verdicts.update((row.claim, (row.action, row.value)) for row in rows)
    if not verdicts or reading.page is None:
        return reading
    text = reading.page.text

    def left(kept: Iterable[C]) -> Iterable[C]:
        for claim in kept:
            action, value = verdicts.get(claim.id, ("accept", None))
            if action == "correct":
                yield cast(C, corrected(claim, value, text))
            elif action == "accept":
                yield claim

    return replace(
        reading,
        figures=tuple(left(reading.figures)),
        statements=tuple(left(reading.statements)),
        events=tuple(left(reading.events)),
    )
