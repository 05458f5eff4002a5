"""The whole way in one screen: bytes -> page and article -> reading. Stores nothing."""

import gc
import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from msgspec import UNSET, convert, to_builtins
from msgspec.structs import replace

from onrecord import plugins
from onrecord.errors import ModelError, PageError
from onrecord.manifest import DEMO, Given, clean, load, page_name
from onrecord.pages.site_memory import with_site_memory
from onrecord.reading.checks import check_figures, link_figures
from onrecord.reading.events import assemble_events
from onrecord.reading.figures import assemble_figures
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.model_folder import read_settings
from onrecord.reading.people import Cast
from onrecord.reading.places import Places
from onrecord.reading.sentences import cut_paragraphs, make_document
from onrecord.reading.statements import assemble_statements
from onrecord.reading.tagger import Tagger
from onrecord.records import Article, Origin, Page, Problem, R, Reader, Reading, Record, to_json

VERSION = "0.1.0"
"""Version of the reader; it stands in every reading."""

DEPENDENCIES = (
    "alembic",
    "argon2-cffi",
    "brotli",
    "charset-normalizer",
    "click",
    "fastwarc",
    "feedparser",
    "htmldate",
    "httpcore2",
    "httpx2",
    "jinja2",
    "lxml",
    "lxml_html_clean",
    "msgspec",
    "numpy",
    "onnxruntime",
    "protego",
    "rich",
    "sqlalchemy",
    "starlette",
    "tokenizers",
    "trafilatura",
    "uvicorn",
)


DEFAULT_TAGGER = "model"
"""The tagger that reads when none is named; "lexicon" (--no-model) knows words and word order only."""

TAGGER_VARIABLE = "ONRECORD_TAGGER"
"""Variable of the environment that names another default, for machines on which the model cannot run."""


def default_tagger() -> str:
    """Return the name of the tagger that reads when none is named."""
    return os.environ.get(TAGGER_VARIABLE) or DEFAULT_TAGGER


@cache
def _made(name: str) -> Tagger:
    tagger: Tagger = plugins.load("taggers", name)()
    return tagger


def tagger_named(name: str | None = None) -> Tagger:
    """Return a tagger, made once per process; without a name the default one.

    Raises:
        PluginError: there is none of this name, or what it needs is not installed.
        ModelError: the weights of the reader model are not whole.
    """
    return _made(name or default_tagger())


def model_name() -> str:
    """Return what stands in a reading as its model when no tagger is named; loads no weights."""
    name = default_tagger()
    if name == DEFAULT_TAGGER:
        return read_settings().name
    tagger: Tagger = plugins.load("taggers", name)
    return tagger.name


class Defaults(Record, frozen=True, kw_only=True):
    """What is taken for a page that does not say it itself."""

    published: str | None = None
    outlet: str | None = None


def read_pages(
    given: Iterable[Given],
    *,
    defaults: Defaults | None = None,
    tagger: Tagger | None = None,
    explain: bool = False,
    site_memory: Path | None = None,
) -> Iterator[Reading]:
    """Yield one reading per page, in order, as it goes; a page that cannot be read has a problem in its reading.

    site_memory is the file with the lines that pages of an outlet share; without it each page is read alone.
    """
    tagger = tagger or tagger_named()
    for one in given:
        problems = (one.problem,) if one.problem else ()
        if one.problem and one.path is None and one.data is None and one.address is None:
            yield failed(one.origin.name, one.problem, tagger.name)
            continue
        try:
            data = load(one)
        except PageError as err:
            yield failed(one.origin.name, Problem(kind=err.kind, says=str(err)), tagger.name)
            continue
        reading = read_bytes(
            data, one.origin, defaults=defaults, tagger=tagger, explain=explain, site_memory=site_memory
        )
        yield replace(reading, problems=problems + reading.problems)


def read_file(
    path: str | Path, origin: Origin | None = None, *, defaults: Defaults | None = None, explain: bool = False
) -> Reading:
    """Read a page from a file; a file that cannot be opened yields a reading with a problem."""
    path = Path(path)
    given = Given(origin=origin or Origin(name=page_name(path)), path=path)
    return next(read_pages([given], defaults=defaults, explain=explain))


def read_bytes(
    data: bytes,
    origin: Origin,
    *,
    defaults: Defaults | None = None,
    tagger: Tagger | None = None,
    explain: bool = False,
    site_memory: Path | None = None,
) -> Reading:
    """Read one page; a page that cannot be read yields a reading with a problem, never an exception."""
    tagger = tagger or tagger_named()
    with uncollected():
        try:
            page, article = capture(data, origin)
        except PageError as err:
            return failed(origin.name, Problem(kind=err.kind, says=str(err)), tagger.name)
        if defaults:
            page = replace(page, outlet=page.outlet or defaults.outlet)
            article = replace(article, published=article.published or defaults.published)
        if site_memory:
            article = with_site_memory(page, article, site_memory, given=origin.id)
        return read_article(page, article, origin.name, given=origin.id, tagger=tagger, explain=explain)


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the cyclic garbage collector off for one page; it is on again behind it where it was on before.

    A page makes many small records and no cycles: what it drops is freed at once either way. The collector's walks
    through young records only cost time.
    """
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def capture(data: bytes, origin: Origin) -> tuple[Page, Article]:
    """Return the page and its article; raise PageError when there is nothing to read."""
    media = origin.media_type
    if media == "auto":
        media = "html" if looks_like_html(data) else "text"
    read_page: plugins.PageReader = plugins.load("readers", media)
    page, article = read_page(data, origin)
    return encodable(page), encodable(article)


def looks_like_html(data: bytes) -> bool:
    """Say whether bytes are HTML: a tag that only HTML has stands in the first 4,000 of them."""
    head = data[:4000].lower()
    return any(mark in head for mark in (b"<!doctype html", b"<html", b"<head", b"<body", b"<article", b"<p>", b"<div"))


def read_article(
    page: Page,
    article: Article,
    name: str,
    *,
    given: str | None = None,
    tagger: Tagger | None = None,
    explain: bool = False,
) -> Reading:
    """Read the claims of one article; page.text is what all spans count in, given the id that a manifest gave it."""
    tagger = tagger or tagger_named()
    if not explain:
        article = replace(article, why=UNSET)
    document = make_document(page, article)
    problems = tuple(Problem(kind="too_large", says=f"{name}: {says}") for says in cut_paragraphs(article))
    tagging = tagger.tag(document)
    cast, keys, places = Cast(document, tagging), ClaimKeys(document, given), Places(document)
    statements = assemble_statements(document, tagging, cast, keys, explain=explain)
    figures = assemble_figures(document, tagging, cast, keys, places=places, explain=explain)
    events = assemble_events(document, tagging, cast, keys, (figures, statements), places=places, explain=explain)
    figures = link_figures(document, figures, events)
    return Reading(
        id=name,
        page=page,
        article=article,
        figures=figures,
        statements=statements,
        events=events,
        checks=check_figures(document, figures),
        problems=problems,
        reader=Reader(version=VERSION, model=tagger.name),
    )


def failed(name: str, problem: Problem, model: str) -> Reading:
    """Return the reading of a page that cannot be read."""
    return Reading(id=name, problems=(problem,), reader=Reader(version=VERSION, model=model))


def encodable(record: R) -> R:
    """Return the record with U+FFFD for every lone surrogate, which JSON cannot carry; all lengths stay."""
    try:
        to_json(record)
    except UnicodeEncodeError:
        return convert(_cleaned(to_builtins(record)), type(record))
    return record


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list | tuple):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {key: _cleaned(item) for key, item in value.items()}
    return value


def versions() -> dict[str, str]:
    """Return what `onrecord doctor` shows: versions of the reader, Python and each dependency."""
    found = {"onrecord": VERSION, "python": platform.python_version(), "tagger": default_tagger()}
    for name in DEPENDENCIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    try:
        found["reader model"] = f"{(settings := read_settings()).name} ({settings.precision})"
    except ModelError:
        found["reader model"] = "missing"
    found["sample pages"] = "there" if DEMO.exists() else "missing"
    return found
