"""A story of a ledger as programs hold it: its record, and what they ask of it. Reads what was made; opens nothing."""

from functools import lru_cache

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from onrecord.ledger.story_answers import StoryVersion
from onrecord.records import Comparison, Outcome, Record, Series, Story, StoryArticle, from_json
from onrecord.stories.origins import IndependentSource
from onrecord.stories.reports import FigureState
from onrecord.stories.voices import merged_sources

STORIES_KEPT = 24
"""Stories that are kept as they were read: the first page has 11. A story of 500 articles takes some 6 MB."""


class ToldStory(Record, frozen=True, kw_only=True):
    """A story: `record` is what `onrecord story ID --json` prints, states what became of each of its figures."""

    record: Story
    states: tuple[FigureState, ...] = ()
    made_at: str

    @property
    def id(self) -> str:
        """The id of the story."""
        return self.record.id

    @property
    def name(self) -> str:
        """The title of the article that is most like the others."""
        return self.record.name

    @property
    def articles(self) -> tuple[StoryArticle, ...]:
        """Its articles by date; copy_of names the article whose text one carries."""
        return self.record.articles

    def series(self, outcome: Outcome | None = None) -> tuple[Series, ...]:
        """Return the figures over time, one series for each quantity; of one outcome, or of all."""
        all_of = self.record.series or ()
        return tuple(one for one in all_of if outcome is None or one.outcome == outcome)

    def conflicts(self) -> tuple[Comparison, ...]:
        """Return what claims of the story say against each other, in words."""
        return tuple(one for one in self.record.comparisons or () if one.kind == "conflicts")

    def silent_changes(self) -> tuple[Comparison, ...]:
        """Return the figures that a later version of their page gives otherwise without a note, in words."""
        points = (point for one in self.series() for point in one.points)
        changed = {point.figure for point in points if point.state == "silently_changed"}
        return tuple(one for one in self.record.comparisons or () if one.kind == "revises" and one.a in changed)

    def sayings(self) -> tuple[Comparison, ...]:
        """Return what statements and events say of one another: repeated, contradicted, denied, come about."""
        figures = {point.figure for one in self.series() for point in one.points}
        return tuple(one for one in self.record.comparisons or () if not {one.a, one.b} & figures)

    def independent_sources(self, outcome: Outcome | None = None) -> tuple[IndependentSource, ...]:
        """Return the distinct pairs of origin and group of copies behind the figures of an outcome, or of all."""
        wanted = {point.figure for one in self.series(outcome) for point in one.points}
        return merged_sources(source for state in self.states if state.figure in wanted for source in state.sources)


def told_story(version: StoryVersion) -> ToldStory:
    """Return the story that was kept as rows."""
    states = msgspec.json.decode(version.states or "[]", type=tuple[FigureState, ...])
    return ToldStory(record=story_from(version.record), states=states, made_at=version.made_at)


@lru_cache(maxsize=STORIES_KEPT)
def story_from(record: str) -> Story:
    """Return the story that was kept as JSON; one that is looked at again is not read again."""
    return from_json(record, Story)


def without_details(story: Story) -> Story:
    """Return a story as a list of stories has it: without series, copies and comparisons."""
    return replace(story, series=UNSET, copies=UNSET, comparisons=UNSET)
