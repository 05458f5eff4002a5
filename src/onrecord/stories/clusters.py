"""Accounts, one after another -> stories. The same accounts give the same stories, in whatever order they come.

Articles that are like one another, or copies, or held together by a person, hang together; each such piece is cut into
stories anew when one of its articles comes, goes or is changed, so that stories merge and split as they grow. Only one
article of each group of copies has a say. Nothing is stored outside the object, and no claim is looked at.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from onrecord.errors import OnRecordError
from onrecord.records import Copy
from onrecord.stories.accounts import Account
from onrecord.stories.copies import CopyIndex, Fingerprint, Reuse, fingerprint, groups, reuse
from onrecord.stories.likeness import NEAR, SAME_PLACE, Sketch, likeness, sketch
from onrecord.stories.linkage import average_link
from onrecord.stories.outlines import Outline, outline, source_key
from onrecord.stories.window import Window

SAME_STORY = 0.23
"""Mean likeness of two groups of articles from which they are one story."""

GROWTH = 0.95
"""Power of the number of pairs in that mean where all articles have dates: a large story takes in what is a little like
many of its articles. Undated ones may lie years apart, where it would gather a topic."""

MOST_TOGETHER = 300
"""Articles that are cut into stories at once; a larger piece is first cut where it hangs together least."""

TIGHTER = 1.15
"""Factor by which likeness must be greater, step by step, to hang together in a piece that is too large."""

MOST_LIKENESS = NEAR * (1 + SAME_PLACE)
"""Likeness of two articles that say the same of one place on one day; what is as like cannot be cut."""


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
        self._window = Window(SAME_STORY)
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
        chosen = set(ids)
        return tuple(
            Copy(a=a, b=b, kind="copy" if found.kind == "copy" else "partial", share=round(found.share, 3))
            for a in sorted(chosen)
            for b, found in sorted(self._reuses.get(a, {}).items())
            if a < b and b in chosen
        )

    def add(self, account: Account) -> Change:
        """Take in an article; one with an id that is there replaces it.

        Raises:
            DateError: one of its dates is none.
        """
        made, print_ = sketch(account), fingerprint(account.text)
        id = account.id
        left = self._stories[self._story_of[id]] if id in self._accounts else None
        touched = self._leave_out(id) if left else set()
        scores = {other: score for other in self._window.like(made) if (score := self._compared(id, made, other))}
        reuses = {other: same for other in self._copy_index.like(print_) if (same := self._reused(print_, other))}
        self._accounts[id], self._sketches[id], self._prints[id] = account, made, print_
        self._window.add(id, made)
        self._copy_index.add(id, print_)
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

    def _compared(self, id: str, made: Sketch, other: str) -> float:
        """Return the likeness of a new article and another; 0 below what hangs together."""
        score = self._likeness(id, made, other)
        return score if score >= SAME_STORY else 0.0

    def _likeness(self, id: str, made: Sketch, other: str) -> float:
        """Return the likeness of two articles, worked out from the lower id: sums of floats depend on their order."""
        theirs = self._sketches[other]
        return likeness(made, theirs) if id < other else likeness(theirs, made)

    def _reused(self, print_: Fingerprint, other: str) -> Reuse | None:
        found = reuse(self._prints[other], print_)
        return None if found.kind == "none" else found

    def _leave_out(self, id: str) -> set[str]:
        """Take an article out of the tables; return the others that hung together with it. Decisions stay."""
        rest = self._piece({id}) - {id}
        self._window.remove(id)
        self._copy_index.remove(id, self._prints[id])
        for other in self._scores.pop(id):
            del self._scores[other][id]
        for other in self._reuses.pop(id):
            del self._reuses[other][id]
        del self._accounts[id], self._sketches[id], self._prints[id]
        self._forget(self._story_of.pop(id))
        return rest

    def _forget(self, story: str) -> None:
        for article in self._stories.pop(story).articles:
            self._story_of.pop(article.id, None)

    def _piece(self, ids: set[str]) -> set[str]:
        """Return these articles with all that hang together with them."""
        found, waiting = set(ids), list(ids)
        while waiting:
            id = waiting.pop()
            copies = (other for other, found in self._reuses[id].items() if found.kind == "copy")
            for other in (*self._scores[id], *copies, *self._together.get(id, ())):
                if other not in found and other in self._accounts:
                    found.add(other)
                    waiting.append(other)
        return found

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
        for story in self._cut(sorted(piece)):
            self._stories[story.id] = story
            for article in story.articles:
                self._story_of[article.id] = story.id
            if before.get(story.id) != story:
                changed.append(story)
        return Change(tuple(changed), tuple(sorted(id for id in before if id not in self._stories)))

    def _cut(self, ids: list[str]) -> Iterator[Outline]:
        """Yield the stories of a piece."""
        chosen = set(ids)
        reuses = {(a, b): found for a in ids for b, found in self._reuses[a].items() if a < b and b in chosen}
        apart = [(a, b) for a in ids for b in self._apart.get(a, ()) if a < b]
        by_first = {}
        for group in groups(ids, reuses, apart):
            ranked = sorted(group, key=lambda id: source_key(self._accounts[id], len(self._prints[id].unique)))
            by_first[ranked[0]] = ranked
        first_of = {id: first for first, group in by_first.items() for id in group}
        for part in self._parts(sorted(by_first), first_of):
            for firsts in self._linked(part, first_of):
                central = self._central(firsts)
                yield outline([[self._accounts[id] for id in by_first[first]] for first in firsts], central)

    def _parts(self, firsts: list[str], first_of: dict[str, str]) -> list[list[str]]:
        """Return articles in parts of at most MOST_TOGETHER, cut where they hang together least."""
        least, parts = SAME_STORY, [firsts]
        while any(len(part) > MOST_TOGETHER for part in parts) and least < MOST_LIKENESS:
            least *= TIGHTER
            parts = [
                smaller
                for part in parts
                for smaller in ([part] if len(part) <= MOST_TOGETHER else self._looser(part, least, first_of))
            ]
        return parts

    def _looser(self, part: list[str], least: float, first_of: dict[str, str]) -> list[list[str]]:
        inside, found = set(part), []
        together: dict[str, set[str]] = defaultdict(set)
        for id, first in first_of.items():
            together[first] |= {first_of[other] for other in self._together.get(id, ()) if other in first_of}

        def near(id: str) -> Iterator[str]:
            yield from (other for other, score in self._scores[id].items() if score >= least)
            yield from together[id]

        for id in part:
            if id in inside:
                found.append(sorted(_reached(id, near, inside)))
        return found

    def _linked(self, firsts: list[str], first_of: dict[str, str]) -> list[list[str]]:
        """Return the firsts of each story."""
        row = {id: number for number, id in enumerate(firsts)}
        table = np.zeros((len(firsts), len(firsts)))
        for a, id in enumerate(firsts):
            for b in range(a):
                table[a, b] = table[b, a] = self._score(firsts[b], id)
        dated = all(self._sketches[id].day is not None for id in firsts)
        pairs = [_rows(decided, first_of, row) for decided in (self._together, self._apart)]
        linked = average_link(table, SAME_STORY, growth=GROWTH if dated else 1.0, together=pairs[0], apart=pairs[1])
        return [[firsts[number] for number in group] for group in linked]

    def _score(self, a: str, b: str) -> float:
        known = self._scores[a].get(b)
        return self._likeness(a, self._sketches[a], b) if known is None else known

    def _central(self, firsts: list[str]) -> str:
        """Return the article that is most like the others of its story."""
        return max(firsts, key=lambda id: (sum(self._scores[id].get(other, 0.0) for other in firsts), id))


def _reached(id: str, near: Callable[[str], Iterator[str]], inside: set[str]) -> set[str]:
    """Return what can be reached from an article inside a set, and take it out of that set."""
    found, waiting = {id}, [id]
    inside.discard(id)
    while waiting:
        for other in near(waiting.pop()):
            if other in inside:
                inside.discard(other)
                found.add(other)
                waiting.append(other)
    return found


def _rows(decided: dict[str, set[str]], first_of: dict[str, str], row: dict[str, int]) -> set[tuple[int, int]]:
    """Return what persons decided as pairs of rows; copies stand with the first of their group."""
    pairs = set()
    for a, others in decided.items():
        for b in others:
            first, second = row.get(first_of.get(a, "")), row.get(first_of.get(b, ""))
            if first is not None and second is not None and first < second:
                pairs.add((first, second))
    return pairs
