"""The frozen records that stages hand to one another, and with record_base.py their ids and JSON.

Every stage takes records and returns records; nothing here reads a page or opens a database. Spans count code points
of `Page.text`, half open. `None` means that the text does not say; it is never 0, "" or a guess. The closed lists are
those of gold/GUIDELINE.md; field names are those of the interface that docs/schema describes.
"""

from typing import Literal, get_args

import msgspec
from msgspec import UNSET, UnsetType

from onrecord.errors import ProblemKind, SpanError
from onrecord.record_base import R as R  # as: offered here too
from onrecord.record_base import Record as Record
from onrecord.record_base import content_id as content_id
from onrecord.record_base import document_id as document_id
from onrecord.record_base import from_json as from_json
from onrecord.record_base import json_schema as json_schema
from onrecord.record_base import to_json as to_json

# --- closed lists (source: gold/GUIDELINE.md; a test compares them) ------------------------------------------------

Bound = Literal["exact", "at_least", "more_than", "at_most", "less_than", "nearly", "about", "between", "vague"]
FigureKind = Literal[
    "total", "subset", "increment", "running_total", "previous", "background", "share", "money", "measure", "count"
]
Outcome = Literal[
    "killed", "injured", "hospitalised", "missing", "killed_or_injured", "displaced", "evacuated", "rescued",
    "detained", "charged", "abducted", "launched", "intercepted", "shot_down", "hit", "damaged", "destroyed",
    "deployed", "affected", "delivered", "attended", "voted", "infected", "other", "none",
]  # fmt: skip
FigurePolarity = Literal["affirmed", "denied", "none_reported", "unverified"]
Modality = Literal["actual", "possible", "planned", "hypothetical"]
CountedClass = Literal[
    "person", "civilian", "child", "soldier", "police", "militant", "prisoner", "animal", "drone", "missile",
    "aircraft", "ship", "vehicle", "weapon", "building", "home", "infrastructure", "area", "place", "incident",
    "money", "share", "measure", "other",
]  # fmt: skip
Form = Literal["direct", "mixed", "indirect"]
Act = Literal["assert", "deny", "promise", "demand", "warn", "ask", "decline", "accuse", "announce"]
StatementPolarity = Literal["affirmed", "negated"]
SpeakerKind = Literal["person", "office", "organisation", "group", "outlet", "wire", "document", "unnamed"]
EventType = Literal[
    "attack", "explosion", "shooting", "clash", "arrest", "trial", "verdict", "accident", "disaster", "protest",
    "meeting", "call", "visit", "agreement", "ceasefire", "election", "appointment", "resignation", "sanction",
    "arms_transfer", "aid", "deployment", "withdrawal", "displacement", "rescue", "search", "damage", "disruption",
    "closure", "launch", "death", "injury", "other",
]  # fmt: skip
EventStatus = Literal["happened", "ongoing", "planned", "denied", "possible", "did_not_happen"]
BlockRole = Literal[
    "headline", "standfirst", "byline", "dateline", "date", "body", "subhead", "list", "quotation", "embed", "table",
    "caption", "credit", "wire_credit", "topics", "live_entry", "furniture",
]  # fmt: skip
FurnitureKind = Literal[
    "masthead", "ad", "promo", "related", "navigation", "edition", "topics", "social", "policy", "badge", "other"
]
Access = Literal["free", "metered", "paid", "unknown"]
PlacePrecision = Literal["exact", "district", "city", "region", "country", "unknown"]
TimePrecision = Literal["minute", "hour", "part_of_day", "day", "week", "month", "year", "unknown"]
CheckKind = Literal["sum", "part_of", "share", "repeat", "conflict"]
PointState = Literal[
    "first", "repeated", "revised_up", "revised_down", "corrected", "silently_changed", "conflicting", "background",
    "not_comparable",
]  # fmt: skip
ComparisonKind = Literal["agrees", "revises", "conflicts", "part_of", "sums_to", "not_comparable"]

Number = int | float
"""A value in full: 2.5 million is 2500000; a share is on a percent scale."""

TOLL_KINDS: frozenset[str] = frozenset({"total", "subset", "increment", "running_total", "previous"})
"""Kinds of figure that make up a toll (source: gold/GUIDELINE.md section 1)."""


def choices(closed_list: object) -> tuple[str, ...]:
    """Return the values of one of the closed lists above, in the guideline's order."""
    return get_args(closed_list)


# --- places in the text --------------------------------------------------------------------------------------------


class Span(Record, frozen=True, kw_only=False, order=True, gc=False):
    """A stretch of `Page.text`: code points, half open."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise SpanError(f"span {self.start}-{self.end} does not run forwards from 0; give start <= end")

    def of(self, text: str) -> str:
        """Return the words of this span; raise SpanError when it ends outside the text."""
        if self.end > len(text):
            raise SpanError(f"span {self.start}-{self.end} ends outside a text of {len(text)} characters")
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Say whether the other span lies inside this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: "Span") -> bool:
        """Say whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Place(Record, frozen=True, kw_only=True):
    """A place as written, and what it was resolved to. lat and lon are WGS84 degrees."""

    start: int
    end: int
    name: str | None = None
    geonames: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"


class Time(Record, frozen=True, kw_only=True):
    """A time as written, and the interval it was resolved to (RFC 3339 or EDTF, both ends included)."""

    start: int
    end: int
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    precision: TimePrecision = "unknown"


# --- page and article ----------------------------------------------------------------------------------------------


class Page(Record, frozen=True, kw_only=True):
    """The bytes captured from one URL or file, with one text rendering. sha256 is that of the bytes."""

    sha256: str
    url: str | None = None
    outlet: str | None = None
    captured: str | None = None
    media_type: str = "text/plain"
    text: str


class Block(Record, frozen=True, kw_only=True):
    """A labelled stretch of the page's text. kind is given for furniture only."""

    start: int
    end: int
    role: BlockRole
    kind: FurnitureKind | None = None

    @property
    def span(self) -> Span:
        """The stretch this block covers."""
        return Span(self.start, self.end)


class Why(Record, frozen=True, kw_only=True):
    """Why a field of a claim has its value, in words (shown by --explain)."""

    field: str
    says: str


class Post(Record, frozen=True, kw_only=True):
    """A post of a social network that the page embeds: whose words they are, and when it was posted as written."""

    start: int
    end: int
    author: str | None = None
    handle: str | None = None
    posted: str | None = None


class Entry(Record, frozen=True, kw_only=True):
    """An entry of a live page: where it stands, when it was published (EDTF) and its headline."""

    start: int
    end: int
    published: str | None = None
    headline: str | None = None


class Caption(Record, frozen=True, kw_only=True):
    """The words under a picture and, where given, who took it."""

    text: str
    credit: str | None = None


class Article(Record, frozen=True, kw_only=True):
    """The blocks that are the story, with what the page says about itself.

    body is the running text that a reader reads (blocks body, subhead, list, quotation, embed, table, live_entry),
    joined by blank lines. Blocks stand in text order and do not overlap. reporters and editors are those of the credit
    lines. why says where each field comes from; it is given when asked for.
    """

    headline: str | None = None
    standfirst: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    access: Access = "unknown"
    topics: tuple[str, ...] = ()
    section: str | None = None
    wire_credits: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    captions: tuple[Caption, ...] = ()
    posts: tuple[Post, ...] = ()
    entries: tuple[Entry, ...] = ()
    body: str = ""
    blocks: tuple[Block, ...] = ()
    why: tuple[Why, ...] | UnsetType = UNSET

    def entry_at(self, start: int) -> Entry | None:
        """Return the entry of a live page that holds a character; None outside entries and on other pages."""
        return next((entry for entry in self.entries if entry.start <= start < entry.end), None)


class Origin(Record, frozen=True, kw_only=True):
    """Where a page comes from and what is known about it from outside: arguments, a manifest line, a feed.

    name is the reading's id when there is no better one; id is what a manifest calls the page, which tells versions of
    it apart from other pages where no URL does. media_type is `auto`, `html` or `text`. What is given here beats what
    the page says.
    """

    name: str
    id: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    captured: str | None = None
    media_type: Literal["auto", "html", "text"] = "auto"
    charset: str | None = None


# --- claims --------------------------------------------------------------------------------------------------------


class Figure(Record, frozen=True, kw_only=True):
    """A number on record: what it counts, what happened, how sure, according to whom.

    point is the printed number; it is None for vague words and ranges. part_of, excludes and incident are claim ids.
    speaker_role, speaker_body and speaker_country are as in Statement.
    """

    id: str
    number: Span
    sentence: Span
    low: Number | None = None
    high: Number | None = None
    point: Number | None = None
    bound: Bound = "exact"
    of_total: Number | None = None
    kind: FigureKind = "count"
    unit: str | None = None
    counted: Span | None = None
    counted_class: CountedClass = "other"
    outcome: Outcome = "none"
    outcome_word: Span | None = None
    polarity: FigurePolarity = "affirmed"
    modality: Modality = "actual"
    place: Place | None = None
    time: Time | None = None
    source: Span | None = None
    speaker: str | None = None
    speaker_role: str | None = None
    speaker_body: str | None = None
    speaker_country: str | None = None
    via: str | None = None
    actor: Span | None = None
    target: Span | None = None
    weapon: Span | None = None
    part_of: str | None = None
    excludes: tuple[str, ...] = ()
    incident: str | None = None
    confidence: float = 0.5
    why: tuple[Why, ...] | UnsetType = UNSET


class Statement(Record, frozen=True, kw_only=True):
    """Something somebody is reported to have said. nested_in is the id of the statement it is reported in.

    speaker_role and speaker_body are words of the page, speaker_country an ISO 3166 code for words of the page.
    """

    id: str
    sentence: Span
    source: Span | None = None
    speaker: str | None = None
    speaker_kind: SpeakerKind | None = None
    speaker_role: str | None = None
    speaker_body: str | None = None
    speaker_country: str | None = None
    cue: Span
    content: tuple[Span, ...] = ()
    form: Form = "indirect"
    act: Act = "assert"
    polarity: StatementPolarity = "affirmed"
    addressee: Span | None = None
    place: Place | None = None
    time: Time | None = None
    nested_in: str | None = None
    confidence: float = 0.5
    why: tuple[Why, ...] | UnsetType = UNSET


class Event(Record, frozen=True, kw_only=True):
    """A happening that the article reports. figures are ids of the figures that belong to it."""

    id: str
    sentence: Span
    trigger: Span
    type: EventType = "other"
    actors: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    place: Place | None = None
    time: Time | None = None
    status: EventStatus = "happened"
    source: Span | None = None
    speaker: str | None = None
    figures: tuple[str, ...] = ()
    confidence: float = 0.5
    why: tuple[Why, ...] | UnsetType = UNSET


Claim = Figure | Statement | Event


class Check(Record, frozen=True, kw_only=True):
    """What the figures of one page say of each other; says puts it in words."""

    kind: CheckKind
    figures: tuple[str, ...]
    holds: bool
    says: str


class Problem(Record, frozen=True, kw_only=True):
    """Something that could not be read, in words: what was found, where, what to do."""

    kind: ProblemKind
    says: str


class Reader(Record, frozen=True, kw_only=True):
    """What made a reading: version of the package, name of the tagger."""

    version: str
    model: str


class Reading(Record, frozen=True, kw_only=True):
    """What was found in one page. page and article are None when the page could not be read; problems says why."""

    id: str
    page: Page | None = None
    article: Article | None = None
    figures: tuple[Figure, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    checks: tuple[Check, ...] = ()
    problems: tuple[Problem, ...] = ()
    reader: Reader

    def words(self, place: Span | Place | Time | Block | None) -> str | None:
        """Return the exact words of the page at this place; None for None."""
        if place is None or self.page is None:
            return None
        return Span(place.start, place.end).of(self.page.text)


class PageTotal(Record, frozen=True, kw_only=True):
    """What a page as a whole puts on record of one outcome of one incident (`onrecord totals`).

    article is the id of the reading. incident is 0 for the one that the page opens with. high is None where it is open.
    figures are ids of the figures behind best, named the names of victims who are counted, speakers the sources, None
    among them for the outlet itself; disputed are ids of full counts that do not agree with best.
    """

    article: str
    incident: int
    outcome: Outcome
    place: Place | None = None
    time: Time | None = None
    low: Number | None = None
    best: Number | None = None
    high: Number | None = None
    figures: tuple[str, ...] = ()
    named: tuple[Span, ...] = ()
    speakers: tuple[str | None, ...] = ()
    disputed: tuple[str, ...] = ()
    says: str = ""


# --- answers of a ledger -------------------------------------------------------------------------------------------


class StoryArticle(Record, frozen=True, kw_only=True):
    """An article of a story; copy_of is the id of the article whose text it carries."""

    id: str
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    copy_of: str | None = None


class Grade(Record, frozen=True, kw_only=True):
    """What a user's policy calls a figure, and why, in words; name is None where none of its grades fits."""

    name: str | None
    says: str


class SeriesPoint(Record, frozen=True, kw_only=True):
    """One figure of a series, where and when it was reported, and what became of it.

    via is who passed the speaker's words on. first is the figure of the series that put this number on record first,
    None for that one; lag_hours is how long after it this one was reported, whole days where a clock is not known.
    grade is given where a policy was asked for; None where the policy leaves the figure out.
    """

    article: str
    reported: str | None = None
    low: Number | None = None
    high: Number | None = None
    bound: Bound = "exact"
    speaker: str | None = None
    via: str | None = None
    figure: str
    state: PointState = "first"
    copy: bool = False
    first: str | None = None
    lag_hours: float | None = None
    grade: Grade | UnsetType | None = UNSET


class Series(Record, frozen=True, kw_only=True):
    """The figures about one quantity over time."""

    outcome: Outcome
    counted: str | None = None
    place: str | None = None
    scope: str | None = None
    points: tuple[SeriesPoint, ...] = ()


class Copy(Record, frozen=True, kw_only=True):
    """Two articles that share their text. share is the part of the smaller one found in the other, 0 to 1."""

    a: str
    b: str
    kind: Literal["copy", "partial"]
    share: float


class Comparison(Record, frozen=True, kw_only=True):
    """What two claims (by id) say of each other."""

    a: str
    b: str
    kind: ComparisonKind
    says: str


class Story(Record, frozen=True, kw_only=True):
    """Articles about the same happening. from and to are dates, both included; places are those named most often.

    independent_sources counts the outlets that tell it in words of their own, a news agency once; main_figure is the
    last count of its most telling outcome. policy is the name of the policy whose grades its points have.
    """

    id: str
    name: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None
    places: tuple[str, ...] = ()
    articles: tuple[StoryArticle, ...] = ()
    independent_sources: int | None = None
    main_figure: Figure | None = None
    series: tuple[Series, ...] | UnsetType = UNSET
    copies: tuple[Copy, ...] | UnsetType = UNSET
    comparisons: tuple[Comparison, ...] | UnsetType = UNSET
    policy: str | UnsetType = UNSET


class AddSummary(Record, frozen=True, kw_only=True):
    """The last line of `add --json`: what was new, the same, revised, failed."""

    new: int = 0
    same: int = 0
    revised: int = 0
    failed: int = 0
    articles: int = 0
    claims: int = 0


class PageVersion(Record, frozen=True, kw_only=True):
    """One version of a page, as the latest reading of it has it. seen_at is the ledger's clock."""

    number: int
    seen_at: str
    sha256: str
    silent_edit: bool
    outlet: str | None = None
    headline: str | None = None
    published: str | None = None
    modified: str | None = None
    reader: Reader


class ClaimWords(Record, frozen=True, kw_only=True):
    """A claim, of one of the three kinds, with the words that it stands on."""

    kind: Literal["figure", "statement", "event"]
    words: str
    sentence: str
    figure: Figure | None = None
    statement: Statement | None = None
    event: Event | None = None

    @property
    def claim(self) -> Claim:
        """The claim, whatever its kind."""
        found: Claim = getattr(self, self.kind)
        return found


class Change(Record, frozen=True, kw_only=True):
    """A claim whose sentence was reworded."""

    before: ClaimWords
    after: ClaimWords


class Difference(Record, frozen=True, kw_only=True):
    """What changed from one version of a page to the next; from is None where there is only one version."""

    id: str
    url: str | None
    from_: PageVersion | None = msgspec.field(name="from")
    to: PageVersion
    silent_edit: bool
    kept: int
    added: tuple[ClaimWords, ...] = ()
    removed: tuple[ClaimWords, ...] = ()
    changed: tuple[Change, ...] = ()


# --- ids -----------------------------------------------------------------------------------------------------------


def claim_id(*, document: str, sentence: str, occurrence: int, kind: str, span: Span, value: object) -> str:
    """Return the id of a claim, the same in every version of a page that keeps the sentence.

    Args:
        document: document_id of the article.
        sentence: the words of the sentence.
        occurrence: how often these words stood before on the page, from 0.
        kind: figure, statement or event.
        span: where the claim stands, counted from the start of the sentence.
        value: the parsed value, anything whose str() is stable.
    """
    return content_id(document, sentence, occurrence, kind, span.start, span.end, value)
