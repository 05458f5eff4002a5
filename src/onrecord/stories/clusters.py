"""Accounts, one after another -> stories. The same accounts give the same stories, in whatever order they come.

Articles that are like one another, or copies, or held together by a person, hang together; each such piece is cut into
stories anew when one of its articles comes, goes or is changed, so that stories merge and split as they grow. Only one
article of each group of copies has a say. Nothing is stored outside the object, and no claim is looked at.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from onrecord.errors import OnRecordError
from onrecord.records import Copy
from onrecord.stories.accounts import Account
from onrecord.stories.copies import CopyIndex, Fingerprint, Reuse, fingerprint
from onrecord.stories.cutting import SAME_STORY, Compared, copies_among, cut, like, reused
from onrecord.stories.found_by import FoundBy, found_by, in_window
from onrecord.stories.likeness import Sketch, sketch
from onrecord.stories.outlines import Outline
from onrecord.stories.pieces import Pieces, firmest, ties, unsettled
from onrecord.stories.window import Window


class UnknownArticleError(OnRecordError):
    """An article that the stories do not have."""


class Change(NamedTuple):
    """What an article changed: stories that are new or other than before, and ids of stories that are no more."""

    stories: tuple[Outline, ...]
    gone: tuple[str, ...]


class Stories:
    """Articles, and the stories they make."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._sketches: dict[str, Sketch] = {}
        self._prints: dict[str, Fingerprint] = {}
        self._found_by: dict[str, FoundBy] = {}
        self._window = Window()
        self._copy_index = CopyIndex()
        self._scores: dict[str, dict[str, float]] = {}
        self._reuses: dict[str, dict[str, Reuse]] = {}
        self._together: dict[str, set[str]] = {}
        self._apart: dict[str, set[str]] = {}
        self._story_of: dict[str, str] = {}
        self._stories: dict[str, Outline] = {}

    def __iter__(self) -> Iterator[Outline]:
        """Yield all stories, by their first day, then by id."""
        return iter(sorted(self._stories.values(), key=lambda story: (story.from_ or "", story.id)))

    def __len__(self) -> int:
        return len(self._stories)

    def story_of(self, id: str) -> Outline:
        """Return the story of an article.

        Raises:
            UnknownArticleError: it was not added.
        """
        self._known(id)
        return self._stories[self._story_of[id]]

    def copies(self, ids: Iterable[str]) -> tuple[Copy, ...]:
        """Return the pairs among these articles that share their text, by id."""
        return copies_among(ids, self._reuses)

    def add(self, account: Account) -> Change:
        """Take in an article; one with an id that is there replaces it.

        Raises:
            DateError: one of its dates is none.
        """
        made, print_ = sketch(account), fingerprint(account.text)
        id = account.id
        left = self._stories[self._story_of[id]] if id in self._accounts else None
        tied = self._leave_out(id) if left else {}
        by = found_by(made, print_)
        self._accounts[id], self._sketches[id], self._prints[id], self._found_by[id] = account, made, print_, by
        near = self._window.like(by)
        scores = {other: score for other in near if (score := like(id, other, self._sketches)) >= SAME_STORY}
        alike = (other for other in self._copy_index.like(by.shingles) if in_window(by.day, self._found_by[other].day))
        reuses = {other: same for other in alike if (same := reused(id, other, self._prints)) is not None}
        self._window.add(id, by)
        self._copy_index.add(id, by.shingles)
        self._scores[id], self._reuses[id] = scores, reuses
        for other, score in scores.items():
            self._scores[other][id] = score
        for other, found in reuses.items():
            self._reuses[other][id] = found
        return self._cut_anew({id}, tied, left)

    def merge(self, a: str, b: str) -> Change:
        """Keep two articles in one story from now on: what a person decides.

        Raises:
            UnknownArticleError: one of them was not added.
        """
        return self._decide(a, b, self._together, self._apart)

    def split(self, a: str, b: str) -> Change:
        """Keep two articles in two stories from now on: what a person decides. It beats `merge` of a chain of others.

        Raises:
            UnknownArticleError: one of them was not added.
        """
        return self._decide(a, b, self._apart, self._together)

    def _decide(self, a: str, b: str, kept: dict[str, set[str]], dropped: dict[str, set[str]]) -> Change:
        self._known(a, b)
        if a == b:
            return Change((), ())
        tied = firmest(self._ties(a), self._ties(b))
        for mine, other in ((a, b), (b, a)):
            kept.setdefault(mine, set()).add(other)
            dropped.get(mine, set()).discard(other)
        return self._cut_anew({a, b}, tied)

    def _known(self, *ids: str) -> None:
        for id in ids:
            if id not in self._accounts:
                raise UnknownArticleError(f"no article {id!r} among {len(self._accounts)}; add it first")

    def _leave_out(self, id: str) -> dict[str, float]:
        """Take an article out of the tables; return what it hung together with and how firmly. Decisions stay."""
        tied = self._ties(id)
        self._window.remove(id)
        self._copy_index.remove(id, self._found_by[id].shingles)
        for other in self._scores.pop(id):
            del self._scores[other][id]
        for other in self._reuses.pop(id):
            del self._reuses[other][id]
        del self._accounts[id], self._sketches[id], self._prints[id], self._found_by[id]
        self._forget(self._story_of.pop(id))
        return tied

    def _forget(self, story: str) -> None:
        for article in self._stories.pop(story).articles:
            self._story_of.pop(article.id, None)

    def _ties(self, id: str) -> dict[str, float]:
        return ties(id, self._found())

    def _found(self) -> Compared:
        return Compared(
            self._accounts, self._sketches, self._prints, self._scores, self._reuses, self._together, self._apart
        )

    def _cut_anew(self, touched: set[str], tied: dict[str, float], left: Outline | None = None) -> Change:
        """Cut every piece that may be another one than before into stories, and say what became other.

        Args:
            touched: articles that came, were replaced, or were decided on.
            tied: what they hung together with before, and how firmly.
            left: the story that an article which is replaced stood in; it is taken apart already.
        """
        found = self._found()
        pieces = Pieces(found)
        tied = firmest(tied, *(ties(id, found) for id in touched))
        parts: list[set[str]] = []
        done: set[str] = set()
        for id in sorted(unsettled(touched, tied, found)):
            if id not in done:
                parts.append(pieces.of(id)[1])
                done |= parts[-1]
        before = {left.id: left} if left else {}
        for story in {self._story_of[id] for id in done if id in self._story_of}:
            before[story] = self._stories[story]
            self._forget(story)
        changed = []
        for outlined in (one for part in parts for one in cut(part, found)):
            self._stories[outlined.id] = outlined
            for article in outlined.articles:
                self._story_of[article.id] = outlined.id
            if before.get(outlined.id) != outlined:
                changed.append(outlined)
        return Change(tuple(changed), tuple(sorted(id for id in before if id not in self._stories)))
