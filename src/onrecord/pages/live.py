"""A live page -> its entries with their times: from its JSON-LD, repeated elements with a time, or lines of a dump.

Where an entry ends is where the next one begins or its element ends. Says nothing about pages that are no live pages:
fewer than three entries are none. A clock time alone is on the page's day where the entries run through one day.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from onrecord.lexicon import rows
from onrecord.pages.compose import Declared, folded
from onrecord.pages.dates import clock_of, edtf
from onrecord.pages.declared_sources import Json, first, string
from onrecord.pages.paragraphs import Paragraph
from onrecord.pages.render import Rendered
from onrecord.records import Entry

FEWEST_ENTRIES = 3
MOST_ENTRIES = 2_000
LONGEST_KEY = 60
"""Letters of an update's headline or first words by which it is found among the blocks."""
SHORTEST_KEY = 12
MOST_STEPS_UP = 6
"""Elements between a time and the element of its entry."""

CLOCK_LINE = re.compile(
    r"(?:updated |posted |at )?\d{1,2}(?:[:.]\d\d(?:\s*[ap]\.?m\.?)?|\s*[ap]\.?m\.?)(?:\s*[A-Z]{2,4})?", re.I
)
"""A line that only says when an entry was published."""

LINES_OF_HEAD = 12
"""Paragraphs of a dump among which it says that it is a live page."""

CONTAINERS = frozenset({"article", "div", "li", "section"})
NAMES_AN_ENTRY = ("live", "entry", "update", "post", "block", "timeline", "event")
"""Words that classes of live entries have on the pages of the development set and in common publishing systems."""


def live_entries(
    tree: Any, blocks: Sequence[Rendered], body: Sequence[int], facts: Declared, published: str | None
) -> tuple[Entry, ...]:
    """Return the entries of a live page in text order; () for other pages.

    Args:
        tree: the parsed page.
        blocks: its rendered blocks.
        body: indices of the blocks that are the article.
        facts: what it declares: the updates of its JSON-LD, when it was modified.
        published: when it was published.
    """
    found = list(_declared(blocks, body, facts.updates))
    if len(found) < FEWEST_ENTRIES:
        timed = sorted(_repeated(tree, blocks, body), key=lambda pair: pair[0].start)
        day = (published or "")[:10]
        found = list(on_one_day(timed, day if (facts.modified or day)[:10] == day else ""))
    return tuple(sorted(found, key=lambda entry: entry.start)) if len(found) >= FEWEST_ENTRIES else ()


@cache
def _signs() -> re.Pattern[str]:
    return re.compile("|".join(row["pattern"] for row in rows("live_pages")))


def entries_of_dump(
    pieces: Sequence[Paragraph], body: Sequence[int], title: str | None, published: str | None
) -> tuple[Entry, ...]:
    """Return the entries of a dumped live page: what stands between lines that are a clock time; () for other pages.

    The head must say that the page is live, since timelines have such lines too; all times must be of one known day.

    Args:
        pieces: the paragraphs of the dump.
        body: indices of those that are the article.
        title: its headline, where it is known from outside.
        published: when it was published.
    """
    head = "\n".join((title or "", *(piece.text[: LONGEST_KEY * 4] for piece in pieces[:LINES_OF_HEAD]))).lower()
    clocks = [i for i, piece in enumerate(pieces) if len(piece.text) < LONGEST_KEY and CLOCK_LINE.fullmatch(piece.text)]
    if not body or len(clocks) < FEWEST_ENTRIES or not any(map(_signs().search, head.split("\n"))):
        return ()
    timed = []
    for at, after in pairwise([*clocks, len(pieces)]):
        held = [i for i in body if at < i < after]
        if held:
            timed.append((Entry(start=pieces[held[0]].start, end=pieces[held[-1]].end), pieces[at].text))
    found = tuple(on_one_day(timed[:MOST_ENTRIES], (published or "")[:10]))
    known = len(found) >= FEWEST_ENTRIES and all(entry.published for entry in found)
    return found if known else ()


def on_one_day(timed: Sequence[tuple[Entry, str]], day: str) -> Iterator[Entry]:
    """Yield entries, those whose time is a clock time alone with the day before it.

    The clocks must run one way, so that no midnight lies between two entries; else, and without a day, the time of such
    an entry stays open.

    Args:
        timed: entries in text order, each with its time as the page prints it.
        day: when the page was published, "" when it is not known.
    """
    clocks = [clock_of(words)[:6] for entry, words in timed if entry.published is None]
    one_way = "" not in clocks and clocks in (sorted(clocks), sorted(clocks, reverse=True))
    for entry, words in timed:
        if entry.published is None and day and one_way:
            yield replace(entry, published=edtf(f"{day} {words}"))
        else:
            yield entry


def _declared(blocks: Sequence[Rendered], body: Sequence[int], updates: Sequence[dict[str, Json]]) -> Iterator[Entry]:
    """Yield the updates that stand in the page's text."""
    if not updates or not body:
        return
    keys = {i: folded(blocks[i].text[: 4 * LONGEST_KEY]) for i in range(body[0], body[-1] + 1)}
    begins: dict[int, dict[str, Json]] = {}
    for update in updates[:MOST_ENTRIES]:
        wanted = [folded(string(first(update.get(name))) or "")[:LONGEST_KEY] for name in ("headline", "articleBody")]
        at = next((i for key in wanted if len(key) >= SHORTEST_KEY for i in keys if keys[i].startswith(key)), None)
        if at is not None:
            begins.setdefault(at, update)
    starts = sorted(begins)
    for place, at in enumerate(starts):
        after = starts[place + 1] if place + 1 < len(starts) else body[-1] + 1
        last = max((i for i in body if at <= i < after), default=at)
        update = begins[at]
        yield Entry(
            start=blocks[at].start,
            end=blocks[last].end,
            published=edtf(string(first(update.get("datePublished"))) or ""),
            headline=string(first(update.get("headline"))),
        )


def _repeated(tree: Any, blocks: Sequence[Rendered], body: Sequence[int]) -> Iterator[tuple[Entry, str]]:
    """Yield elements of one class beside one another that hold blocks of the article, each with its own time."""
    if not body or sum(1 for _ in tree.iter("time")) < FEWEST_ENTRIES:
        return
    groups: dict[tuple[Any, str, str], dict[Any, list[int]]] = defaultdict(dict)
    times: dict[Any, int] = {}
    for i in body:
        box = _entry_element(blocks[i].element, times)
        if box is not None:
            groups[box.getparent(), str(box.tag), box.get("class") or ""].setdefault(box, []).append(i)
    boxes = max(groups.values(), key=len, default={})
    for box, held in list(boxes.items())[:MOST_ENTRIES]:
        time = box.find(".//time")
        stated = (time.get("datetime") or "".join(time.itertext())) if time is not None else ""
        heading = next((blocks[i].text for i in held if blocks[i].context.heading), None)
        entry = Entry(start=blocks[held[0]].start, end=blocks[held[-1]].end, published=edtf(stated), headline=heading)
        yield entry, stated


def _entry_element(element: Any, times: dict[Any, int]) -> Any | None:
    """Return the nearest element around a block that is an entry by its class and holds one time.

    times keeps how many each element holds: an element around thousands of blocks is counted once.
    """
    for _ in range(MOST_STEPS_UP):
        if element is None:
            return None
        named = f"{element.get('class') or ''} {element.get('id') or ''}".lower()
        if element.tag in CONTAINERS and any(word in named for word in NAMES_AN_ENTRY):
            if element not in times:
                times[element] = sum(1 for _ in element.iter("time"))
            if times[element]:
                return element if times[element] <= 2 else None
        element = element.getparent()
    return None
