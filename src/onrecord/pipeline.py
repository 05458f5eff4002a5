"""The whole way in one screen: bytes -> page and article -> reading. Stores nothing."""

from pathlib import Path

from onrecord import plugins
from onrecord.errors import PageError
from onrecord.reading.checks import check_figures, link_figures
from onrecord.reading.events import assemble_events
from onrecord.reading.figures import assemble_figures
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.lexicon_tagger import LexiconTagger
from onrecord.reading.people import Cast
from onrecord.reading.sentences import make_document
from onrecord.reading.statements import assemble_statements
from onrecord.reading.tagger import Tagger
from onrecord.records import Article, Origin, Page, Problem, Reader, Reading

VERSION = "0.1.0"
"""Version of the reader; it stands in every reading."""


def read_bytes(data: bytes, origin: Origin, *, tagger: Tagger | None = None, explain: bool = False) -> Reading:
    """Read one page; a page that cannot be read yields a reading with a problem, never an exception."""
    tagger = tagger or LexiconTagger()
    reader = Reader(version=VERSION, model=tagger.name)
    try:
        page, article = capture(data, origin)
    except PageError as err:
        return Reading(id=origin.name, problems=(Problem(kind=err.kind, says=str(err)),), reader=reader)
    return read_article(page, article, origin.name, tagger=tagger, explain=explain)


def capture(data: bytes, origin: Origin) -> tuple[Page, Article]:
    """Return the page and its article; raise PageError when there is nothing to read."""
    media = origin.media_type
    if media == "auto":
        media = "html" if looks_like_html(data) else "text"
    read_page: plugins.PageReader = plugins.load("readers", media)
    return read_page(data, origin)


def looks_like_html(data: bytes) -> bool:
    """Say whether bytes are HTML: a tag that only HTML has stands in the first 4,000 of them."""
    head = data[:4000].lower()
    return any(mark in head for mark in (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<p>", b"<div"))


def read_article(
    page: Page, article: Article, name: str, *, tagger: Tagger | None = None, explain: bool = False
) -> Reading:
    """Read the claims of one article; page.text is what all spans count in."""
    tagger = tagger or LexiconTagger()
    document = make_document(page, article)
    tagging = tagger.tag(document)
    cast, keys = Cast(document), ClaimKeys(document)
    statements = assemble_statements(document, tagging, cast, keys, explain=explain)
    figures = assemble_figures(document, tagging, cast, keys, explain=explain)
    events = assemble_events(document, tagging, cast, keys, (figures, statements), explain=explain)
    figures = link_figures(document, figures, events)
    return Reading(
        id=name,
        page=page,
        article=article,
        figures=figures,
        statements=statements,
        events=events,
        checks=check_figures(document, figures),
        reader=Reader(version=VERSION, model=tagger.name),
    )


def read_file(path: str | Path, origin: Origin | None = None, *, explain: bool = False) -> Reading:
    """Read a page from a file; a file that cannot be opened yields a reading with a problem."""
    path = Path(path)
    origin = origin or Origin(name=path.name.split(".")[0])
    try:
        data = path.read_bytes()
    except OSError as err:
        problem = Problem(kind="unreadable", says=f"{path}: {err.strerror}; give a file that can be read")
        return Reading(id=origin.name, problems=(problem,), reader=Reader(version=VERSION, model="lexicon"))
    return read_bytes(data, origin, explain=explain)
