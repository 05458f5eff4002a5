"""The errors of the package, one tree. A message says what was found, where, and what to do.

OnRecordError
├── PageError               a page cannot be read; the pipeline turns it into a Problem row
│   ├── UnreadableError     no text in these bytes: empty, binary, a folder, no such file
│   ├── TooLargeError       larger than the reader takes
│   ├── NoArticleError      text, but none of it is an article
│   ├── ArchiveError        a part of an archive of pages is damaged
│   └── FetchError          an address gave no page
│       ├── RobotsError     the site asks programs to leave the address alone
│       ├── AddressError    an address that is never connected to: private, loopback, link-local, ...
│       ├── ServerError     the server does not answer, or says that it cannot now
│       └── TooSlowError    the server took longer than it is waited for
├── SpanError               a span lies outside the text it belongs to
├── LexiconError            a row of a lexicon file is wrong
├── GazetteerError          the gazetteer of the package is missing or damaged
├── ManifestError           a line of a manifest is wrong
├── QueryError              a query of the ledger cannot be answered as it stands
├── AnchorError             a quotation cannot be found again in the text
├── PolicyError             a policy file is none, or a key in it is none of a policy
├── ReviewError             a review names no claim, no field or a value that does not fit
├── ExportError             rows cannot be written in the format asked for
├── ModelError              the reader model is not whole or does not fit this version
├── SiteMemoryError         the file with the lines that an outlet's pages share is none, or cannot be written
├── WatchMemoryError        the file with what servers said to a watch is none, or cannot be written
├── WebError                the web interface does not take a request as it stands
├── LedgerError             the database cannot be opened, is locked, full or damaged
└── PluginError             a reader, store, exporter or engine is unknown, doubled or not installed
"""

from typing import ClassVar, Literal

ProblemKind = Literal[
    "unreadable",
    "too_large",
    "no_article",
    "encoding",
    "fetch",
    "robots",
    "refused_address",
    "corrupt_archive",
    "timeout",
]


class OnRecordError(Exception):
    """Base of all errors of this package."""


class PageError(OnRecordError):
    """A page cannot be read; `kind` is the kind of the Problem row it becomes."""

    kind: ClassVar[ProblemKind] = "unreadable"


class UnreadableError(PageError):
    """There is no text to read: an empty, binary or missing file, or a folder."""


class TooLargeError(PageError):
    """The page is larger than the reader takes."""

    kind: ClassVar[ProblemKind] = "too_large"


class NoArticleError(PageError):
    """The page has text, but none of it is an article."""

    kind: ClassVar[ProblemKind] = "no_article"


class ArchiveError(PageError):
    """A part of an archive of pages is damaged."""

    kind: ClassVar[ProblemKind] = "corrupt_archive"


class FetchError(PageError):
    """An address gave no page: wrong address, no answer, or an answer that is no page."""

    kind: ClassVar[ProblemKind] = "fetch"


class RobotsError(FetchError):
    """The site's robots.txt asks programs to leave the address alone, or could not be asked."""

    kind: ClassVar[ProblemKind] = "robots"


class AddressError(FetchError):
    """The name leads to an address that is never connected to: private, loopback, link-local, multicast."""

    kind: ClassVar[ProblemKind] = "refused_address"


class ServerError(FetchError):
    """The server does not answer, or says that it cannot now; later it may."""


class TooSlowError(FetchError):
    """The server took longer than it is waited for."""

    kind: ClassVar[ProblemKind] = "timeout"


class SpanError(OnRecordError):
    """A span lies outside the text it belongs to."""


class LexiconError(OnRecordError):
    """A row of a lexicon file is wrong."""


class GazetteerError(OnRecordError):
    """The gazetteer of the package is missing or damaged."""


class ManifestError(OnRecordError):
    """A line of a manifest is wrong."""


class ModelError(OnRecordError):
    """The weights of the reader model are missing, damaged, or made for another version."""


class LedgerError(OnRecordError):
    """The database cannot be opened, is locked, full, damaged, or refuses a change."""


class QueryError(OnRecordError):
    """A query of the ledger cannot be answered as it stands."""


class AnchorError(OnRecordError):
    """A quotation cannot be found again in the text."""


class PolicyError(OnRecordError):
    """A policy file cannot be read, is no TOML, or has a key or value that is none of a policy."""


class ReviewError(OnRecordError):
    """A review names no claim, no field, or a value that does not fit."""


class ExportError(OnRecordError):
    """Rows cannot be written in the format asked for."""


class PluginError(OnRecordError):
    """A reader, store, exporter or engine is unknown, doubled or not installed."""


class SiteMemoryError(OnRecordError):
    """The file that keeps what an outlet's pages share is something else, or cannot be written."""


class WatchMemoryError(OnRecordError):
    """The file that keeps what servers said to a watch is something else, or cannot be written."""


class WebError(OnRecordError):
    """The web interface does not take a request as it stands; `status` is that of HTTP."""

    def __init__(self, says: str, *, status: int) -> None:
        super().__init__(says)
        self.status = status
