"""A ledger as programs hold it: open it, add pages to it, ask it. Each method is one call of the part that does it."""

import logging
from pathlib import Path
from types import TracebackType

from onrecord import adding
from onrecord.adding import Progress, Settings
from onrecord.asking import Asking
from onrecord.gathering import Reach, gathered
from onrecord.ledger.erasure import Erased, erase, to_be_erased
from onrecord.ledger.history import differences, last_moment
from onrecord.ledger.store import Store
from onrecord.making import make_if_possible
from onrecord.manifest import MediaType
from onrecord.pipeline import Defaults
from onrecord.records import AddSummary, Difference

LOG = logging.getLogger(__name__)


class Ledger(Asking):
    """An open ledger. Close it, or use it as a context manager."""

    def __init__(self, where: str | Path, *, create: bool = True) -> None:
        """Open the ledger in a file or at postgresql://...; make it where there is none.

        Args:
            where: a file name or the address of a database.
            create: False raises LedgerError where there is no ledger.
        """
        self.store = Store(str(where), create=create)

    def add(
        self,
        *places: str | Path,
        manifest: str | Path | None = None,
        published: str | None = None,
        outlet: str | None = None,
        media_type: MediaType = "auto",
        jobs: int = 1,
        allow_private: bool = False,
        progress: Progress | None = None,
    ) -> AddSummary:
        """Read files, folders, patterns such as pages/*.html, and addresses, and keep what the ledger does not have.

        Args:
            places: what to read: pages, feeds, sitemaps, OPML and WARC files or their URLs; "-" is standard input.
            manifest: a file of JSON lines, each with a path.
            published: date of the pages that give none.
            outlet: outlet of the pages that name none.
            media_type: what the pages are; auto looks at their beginning.
            jobs: processes that read; with more than one, a script needs the usual `if __name__ == "__main__":`.
            allow_private: fetch from addresses of private nets too.
            progress: called with pages done, pages in all, and what they were.

        Returns:
            How many pages were new, the same, revised or failed, and how many articles and claims the ledger now has.
        """
        given = adding.pages_to_add(places, Path(manifest) if manifest else None, media_type=media_type)
        settings = Settings(jobs=jobs, defaults=Defaults(published=published, outlet=outlet))
        pages = gathered(given, Reach(allow_private=allow_private))
        summary = adding.add(self.store, pages, settings=settings, progress=progress)
        make_if_possible(self.store, LOG.warning)
        return summary

    def reread(self, *, jobs: int = 1, progress: Progress | None = None) -> AddSummary:
        """Read archived pages with this version of the reader; earlier readings stay."""
        summary = adding.reread(self.store, settings=Settings(jobs=jobs), progress=progress)
        make_if_possible(self.store, LOG.warning)
        return summary

    def diff(self, named: str, *, as_of: str | None = None) -> list[Difference]:
        """Return what changed between the versions of a page, oldest first.

        Args:
            named: its URL, or the id that `read` gives it.
            as_of: a date or a time; only what the ledger knew by then.

        Raises:
            LedgerError: the ledger does not have it.
        """
        with self.store.reading() as connection:
            return differences(connection, named, last_moment(as_of) if as_of else None)

    def erase(self, named: str, *, by: str, reason: str) -> Erased:
        """Blank all words of a document for ever, on legal demand; its id, its hashes and the reason stay."""
        return erase(self.store, named, by=by, reason=reason)

    def to_be_erased(self, named: str) -> Erased:
        """Return what `erase` would take away."""
        with self.store.reading() as connection:
            return to_be_erased(connection, named)

    def content_hash(self, *, as_of: str | None = None) -> str:
        """Return a hash of all that the ledger holds; it stays the same when the same pages are added again."""
        return self.store.content_hash(last_moment(as_of) if as_of else None)

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def __enter__(self) -> "Ledger":
        """Return the ledger."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the database."""
        self.close()
