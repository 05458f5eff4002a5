"""Sources: who put how much on record, all that one of them did, and names that are counted as one."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from starlette.responses import Response

from onrecord.errors import WebError
from onrecord.ledger.search import aliases
from onrecord.ledger.source_counts import sources as counted_sources
from onrecord.web.routing import Call, Route, see_other
from onrecord.web.showing import source_of, source_path

SOURCES_SHOWN = 200
"""Sources of the list, most claims first; the search field finds the others."""

ROWS = 100
"""Claims of each kind on the page of a source."""

SUGGESTIONS = 10


def sources(call: Call) -> Response:
    """Answer who put how much on record: counts only."""
    words = call.text("q")
    found = call.site.ledger.sources(words, limit=SOURCES_SHOWN)
    return call.site.page("sources.html", call.user, found=found, words=words, most=SOURCES_SHOWN)


def source(call: Call) -> Response:
    """Answer all that one source put on record, and the names that are counted under it."""
    ledger, name = call.site.ledger, call.path["name"].strip()
    with ledger.store.reading() as connection:
        same = aliases(connection)
    if name in same:
        return see_other(source_path(same[name]))
    names = {name, *(other for other, root in same.items() if root == name)}
    with ledger.store.reading() as connection:
        counted = next((one for one in counted_sources(connection, among=names) if one.name == name), None)
    if counted is None:
        raise WebError(f"source {name[:80]!r}: no claim has this name; search among the sources", status=404)
    return call.site.page(
        "source.html",
        call.user,
        counted=counted,
        names=sorted(names - {name}),
        said=of_names(ledger.said(by=name, limit=ROWS), names),
        figures=of_names(ledger.figures(source=name, limit=ROWS), names),
        suggestions=[one for one in ledger.suggest_merges(name) if {one.name, one.into} & names][:SUGGESTIONS],
        verdicts=[one for one in ledger.source_verdicts() if {one.name, one.other} & names],
        most=ROWS,
        done=call.text("done"),
    )


def of_names(claims: Sequence[Any], names: set[str]) -> list[Any]:
    """Return the claims of these names; a question by name also finds others that have its words."""
    return [claim for claim in claims if source_of(claim) in names or getattr(claim, "via", None) in names]


def decide(call: Call) -> Response:
    """Count one name under another from now on, or keep two names apart."""
    name, other, verdict = (call.form.get(field, "").strip() for field in ("name", "other", "verdict"))
    if not name or not other or verdict not in {"merge", "split"}:
        raise WebError("two names and merge or split are needed; fill in both", status=400)
    ledger = call.site.ledger
    by = call.user.name if call.user else None
    write = ledger.merge_sources if verdict == "merge" else ledger.split_sources
    made = write(name, other, by=by)
    done = "said" if made is None else verdict
    return see_other(f"{source_path(other)}?done={quote(done)}")


ROUTES = (
    Route("/sources", sources, "reader", is_remembered=True),
    Route("/sources", decide, "reviewer", method="POST"),
    Route("/sources/{name:path}", source, "reader", is_remembered=True),
)
