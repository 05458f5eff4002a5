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
from onrecord.stories.cutting import SAME_STORY, Compared, copies_among, cut, hanging_together, like, piece_of, reused
from onrecord.stories.found_by import FoundBy, found_by, in_window
from onrecord.stories.likeness import Sketch, sketch
from onrecord.stories.outlines import Outline
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
        touched = self._leave_out(id) if left else set()
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
        return self._cut_anew({id} | touched, left)

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
        before = self._piece({a, b})
        for mine, other in ((a, b), (b, a)):
            kept.setdefault(mine, set()).add(other)
            dropped.get(mine, set()).discard(other)
        return self._cut_anew(before)

    def _known(self, *ids: str) -> None:
        for id in ids:
            if id not in self._accounts:
                raise UnknownArticleError(f"no article {id!r} among {len(self._accounts)}; add it first")

    def _leave_out(self, id: str) -> set[str]:
        """Take an article out of the tables; return the others that hung together with it. Decisions stay."""
        rest = self._piece({id}) - {id}
        self._window.remove(id)
        self._copy_index.remove(id, self._found_by[id].shingles)
        for other in self._scores.pop(id):
            del self._scores[other][id]
        for other in self._reuses.pop(id):
            del self._reuses[other][id]
        del self._accounts[id], self._sketches[id], self._prints[id], self._found_by[id]
        self._forget(self._story_of.pop(id))
        return rest

    def _forget(self, story: str) -> None:
        for article in self._stories.pop(story).articles:
            self._story_of.pop(article.id, None)

    def _piece(self, ids: set[str]) -> set[str]:
        """Return these articles with all that hang together with them."""
        found = self._found()
        return piece_of(ids, lambda id: (other for other in hanging_together(id, found) if other in self._accounts))

    def _found(self) -> Compared:
        return Compared(
            self._accounts, self._sketches, self._prints, self._scores, self._reuses, self._together, self._apart
        )

    def _cut_anew(self, ids: set[str], left: Outline | None = None) -> Change:
        """Cut all that hangs together with these articles into stories, and say what became other.

        left is the story that an article which is replaced stood in; it is taken apart already.
        """
        piece = self._piece(ids)
        before = {left.id: left} if left else {}
        for id in {self._story_of[id] for id in piece if id in self._story_of}:
            before[id] = self._stories[id]
            self._forget(id)
        changed = []
        for story in cut(piece, self._found()):
            self._stories[story.id] = story
            for article in story.articles:
                self._story_of[article.id] = story.id
            if before.get(story.id) != story:
                changed.append(story)
        return Change(tuple(changed), tuple(sorted(id for id in before if id not in self._stories)))
