"""One page, or rows of figures, statements or events -> one HTML file that stands alone.

No script, no outside address, no picture: the file opens with the network cable out and prints. All text of pages is
escaped. Every row links to its words: for one page into its text, for rows to the sentence and the archived page.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.answers import ClaimOnRecord, EventOnRecord, Evidence, FigureOnRecord, StatementOnRecord, on_record
from onrecord.errors import ExportError
from onrecord.exports.columns import chosen, flat
from onrecord.exports.marked import marked_text, text
from onrecord.plugins import ExportOptions
from onrecord.records import Reading, Record

STYLE = """
body{font:1rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff;max-width:95rem;margin:0 auto;padding:1rem}
table{border-collapse:collapse;width:100%;margin:1rem 0}caption{text-align:left;font-weight:bold;padding:.25rem 0}
th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:break-word}
thead th{background:#eee;white-space:nowrap}a{color:#003f91}a:focus,:target{outline:3px solid #b34700}
.scroll{overflow-x:auto}.number{text-align:right}.dim,.furniture{color:#595959}.role{font-size:.8rem;color:#595959}
mark{background:#fff2a8;color:inherit}blockquote{margin:0;padding-left:.75rem;border-left:3px solid #767676}
.skip{position:absolute;left:-100rem}.skip:focus{position:static}@media print{.skip{display:none}}
"""
FOOT = ("</main>", "</body>", "</html>", "")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

FIGURES = (
    ("as written", "number_words"), ("low", "low"), ("high", "high"), ("bound", "bound"), ("of", "of_total"),
    ("unit", "unit"), ("counted", "counted_words"), ("outcome", "outcome"), ("polarity", "polarity"),
    ("modality", "modality"), ("place", "place_words"), ("time", "time_words"), ("according to", "speaker"),
    ("kind", "kind"),
)  # fmt: skip
STATEMENTS = (
    ("who", "speaker"), ("act", "act"), ("polarity", "polarity"), ("form", "form"), ("words", "words"),
    ("to", "addressee_words"),
)  # fmt: skip
EVENTS = (
    ("event", "type"), ("words", "trigger_words"), ("status", "status"), ("who", "actors_words"),
    ("whom", "targets_words"), ("place", "place_words"), ("time", "time_words"), ("according to", "speaker"),
)  # fmt: skip
SHOWN = {"figures": FIGURES, "statements": STATEMENTS, "events": EVENTS}
CAPTIONS = {"figures": "Figures", "statements": "Who said what", "events": "Events"}
NUMBER_COLUMNS = frozenset({"low", "high", "of_total"})
OWN_VOICE = "the outlet"
"""Stands for the source of a figure or event where the page names none."""


def write_html(rows: Iterable[Record], out: BinaryIO, options: ExportOptions) -> int:
    """Write one page (one reading) with its text and all its claims, or rows with their sentences.

    Raises:
        ExportError: several readings, or rows that are no claims.
    """
    kept = iter(rows)
    first = next(kept, None)
    if isinstance(first, Reading):
        if next(kept, None) is not None:
            raise ExportError("export as html: several pages; a file holds one page, so name one")
        body, written, title = list(_page(first)), _claims(first), _title(first)
    else:
        claims = _only_claims(chosen([first, *kept] if first is not None else [], options))
        body, written, title = list(_rows(claims, options)), len(claims), options.title
    out.write("\n".join([*head(title), *body, *FOOT]).encode("utf-8", "replace"))
    return written


def head(title: str, style: str = STYLE) -> Iterator[str]:
    """Yield a file's first lines, up to its heading; FOOT ends it."""
    yield "<!doctype html>"
    yield '<html lang="en">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{text(title)}</title>"
    yield f"<style>{style}</style>"
    yield "</head>"
    yield "<body>"
    yield '<a class="skip" href="#main">Skip to the ledger</a>'
    yield '<main id="main">'
    yield f'<h1 dir="auto">{text(title)}</h1>'


# --- one page ------------------------------------------------------------------------------------------------------


def _title(reading: Reading) -> str:
    return (reading.article.headline if reading.article else None) or reading.id


def _claims(reading: Reading) -> int:
    return len(reading.figures) + len(reading.statements) + len(reading.events)


def _page(reading: Reading) -> Iterator[str]:
    """Yield the page: where it comes from, its claims, checks and problems, then its text with the words marked."""
    yield from _origin(reading)
    by_kind: dict[str, list[ClaimOnRecord]] = {kind: [] for kind in SHOWN}
    for claim in on_record(reading):
        by_kind[_kind(claim)].append(claim)
    for kind, claims in by_kind.items():
        yield from _table(kind, claims, [f"#c-{claim.id}" for claim in claims])
    if reading.checks:
        yield "<h2>Checks</h2><ul>"
        for check in reading.checks:
            yield f"<li>{text(check.says)}: {'holds' if check.holds else 'does not hold'}</li>"
        yield "</ul>"
    if reading.problems:
        yield "<h2>Problems</h2><ul>"
        yield from (f"<li>{text(problem.says)}</li>" for problem in reading.problems)
        yield "</ul>"
    if reading.page is not None:
        yield '<h2 id="text">The page</h2>'
        yield from marked_text(reading)


def _origin(reading: Reading) -> Iterator[str]:
    page, article = reading.page, reading.article
    facts: list[tuple[str, str | None]] = [("article", reading.id)]
    if page is not None:
        facts += [("outlet", page.outlet), ("url", page.url), ("captured", page.captured)]
    if article is not None:
        facts += [("published", article.published), ("byline", ", ".join(article.byline) or None)]
        facts += [("wire", ", ".join(article.wire_credits) or None)]
    facts += [("sha256 of the archived page", page.sha256 if page else None)]
    facts += [("reader", f"{reading.reader.version} ({reading.reader.model})")]
    yield "<dl>"
    yield from (f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts if value is not None)
    yield "</dl>"


# --- rows ----------------------------------------------------------------------------------------------------------


def _rows(claims: list[ClaimOnRecord], options: ExportOptions) -> Iterator[str]:
    """Yield the table, then each sentence with its page."""
    yield f"<p>{len(claims)} rows. Each links to its sentence and the archived page.</p>"
    yield from _table(options.rows, claims, [f"#c-{number}" for number in range(len(claims))])
    yield "<h2>Sentences</h2>"
    for number, claim in enumerate(claims):
        where = claim.evidence
        span = flat(claim)["sentence_span"]
        yield f'<section id="c-{number}" aria-label="Row {number + 1}">'
        yield f'<p class="dim">Row {number + 1} · {text(claim.id)} · {text(claim.outlet)} {text(claim.published)}</p>'
        yield f'<blockquote dir="auto">{text(where.sentence)}</blockquote>'
        yield f'<p class="dim">{text(span)} of <a href="#p-{text(where.page)}">page {text(where.page)}</a></p>'
        yield "</section>"
    yield from _pages(claims)


def _pages(claims: list[ClaimOnRecord]) -> Iterator[str]:
    pages: dict[str, tuple[Evidence, ClaimOnRecord]] = {}
    for claim in claims:
        pages.setdefault(claim.evidence.page, (claim.evidence, claim))
    if not pages:
        return
    yield '<h2>Archived pages</h2><div class="scroll"><table><caption>Archived pages</caption><thead><tr>'
    yield "".join(f'<th scope="col">{head}</th>' for head in ("page", "article", "outlet", "url", "sha256", "reader"))
    yield "</tr></thead><tbody>"
    for page, (where, claim) in pages.items():
        reader = f"{where.reader.version} ({where.reader.model})"
        cells = (claim.article, claim.outlet, where.url, where.sha256, reader)
        yield f'<tr id="p-{text(page)}"><th scope="row">{text(page)}</th>'
        yield "".join(f'<td dir="auto">{text(cell)}</td>' for cell in cells) + "</tr>"
    yield "</tbody></table></div>"


def _table(kind: str, claims: list[ClaimOnRecord], links: list[str]) -> Iterator[str]:
    """Yield the table of one kind of claims, each with a link into the file."""
    if not claims:
        yield f"<p>{CAPTIONS[kind]}: none.</p>"
        return
    columns = SHOWN[kind]
    caption = f"{CAPTIONS[kind]} ({len(claims)})"
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{CAPTIONS[kind]}">'
    yield f'<table><caption>{caption}</caption><thead><tr><th scope="col">row</th>'
    yield "".join(f'<th scope="col">{head}</th>' for head, _ in columns) + '<th scope="col">where</th></tr></thead>'
    yield "<tbody>"
    for number, claim in enumerate(claims):
        cells = flat(claim)
        yield f'<tr><th scope="row">{number + 1}</th>'
        yield "".join(_cell(name, cells) for _, name in columns)
        yield f'<td><a href="{text(links[number])}">{text(cells["sentence_span"])}</a></td></tr>'
    yield "</tbody></table></div>"


def _cell(name: str, cells: dict[str, str | int | float | bool | None]) -> str:
    value = cells.get(name)
    if name == "speaker" and value is None:
        value = cells.get("source_words") or OWN_VOICE
    if name in NUMBER_COLUMNS:
        return f'<td class="number">{"" if value is None else f"{value:,}"}</td>'
    return f'<td dir="auto">{text(value)}</td>'


def _only_claims(rows: Iterable[Record]) -> list[ClaimOnRecord]:
    claims: list[ClaimOnRecord] = []
    for row in rows:
        if not isinstance(row, FigureOnRecord | StatementOnRecord | EventOnRecord):
            raise ExportError(f"export as html: {type(row).__name__} is no claim; export it as csv or jsonl")
        claims.append(row)
    return claims


def _kind(claim: ClaimOnRecord) -> str:
    if isinstance(claim, FigureOnRecord):
        return "figures"
    return "statements" if isinstance(claim, StatementOnRecord) else "events"
