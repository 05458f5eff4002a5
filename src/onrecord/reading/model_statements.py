"""Answers of the reader model and the cue rules -> spans and arcs of statements; attributions as PolNeAR has them.

A cue takes the sources and contents that the model links to it. The rules find statements too; where both see one, each
fills in what the other lacks. A statement that only the rules see is kept when the model does not think it unlikely.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from onrecord.reading.contents import quoted
from onrecord.reading.cue_rules import tag_statements
from onrecord.reading.decoding import Array, Decoded, Run
from onrecord.reading.no_sources import as_source
from onrecord.reading.sentences import Document
from onrecord.reading.spoken import WIDEST_GAP, is_speech
from onrecord.reading.tagger import BY_MODEL, Attribution, SpanLabel, TaggedSpan, TaggingBuilder, likeliest

LINKED = 0.5
"""Probability from which a second cue shares a content."""

LEAST_SOURCE, LEAST_CONTENT = 0.2, 0.1
"""Probability below which a cue stays without a source, and a content without a cue."""

LEAST_ADDRESSEE = 0.5
"""Probability below which nobody is spoken to."""

ANY_CUE_BIAS, ANY_SOURCE_BIAS, ANY_CONTENT_BIAS = -0.3, 0.5, -0.3
"""Added to the log probability of a cue, source and content of the layers that have thoughts and wishes too."""

LEAST_ALONE = 0.85
"""Probability from which a cue counts that only the model sees."""

LEAST_RULED = 0.15
"""Probability from which a cue counts that only the rules see."""

ACT_TRUST = 1.0
"""What the answer of the rules adds to the log probability of an act."""

LEADING = 2
"""Characters of a paragraph before a quotation that it still begins with: an opening mark, a dash."""

SHELF = 1_000
"""Characters of the text that share one list of statements, so that only near ones are compared."""

NEGATION = re.compile(r"\b(?:not|never|\w+n['\u2019]t)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
TRIMMED = " \t\n\"'\u201c\u201d\u2018\u2019`.,;:"
CLOSING = re.compile(r"[.,;:!?]?[\"\u201d]")
NEEDLESS = frozenset({"decline"})
"""Acts that need no content."""

BY_RULES = "the cue rules"

Stretch = tuple[int, int]
Links = list[tuple[int, Array]]
"""For each cue the position of a first tail, and the probabilities of it and those that follow."""


class Said(msgspec.Struct):
    """A statement as one side sees it: stretches of characters, act, how likely, and who sees it."""

    cue: Stretch
    act: str
    score: float
    sources: list[Stretch]
    contents: list[Stretch]
    addressees: list[Stretch]
    attributes: tuple[tuple[str, str], ...]
    why: str


def tag_said(document: Document, decoded: Decoded, builder: TaggingBuilder) -> None:
    """Add cues with their act, and the sources, contents and addressees that belong to them."""
    added: dict[tuple[str, Stretch], int] = {}

    def place(label: SpanLabel, at: Stretch, why: str) -> int:
        if (label, at) not in added:
            added[(label, at)] = builder.add(TaggedSpan(label, *at, why=why))
        return added[(label, at)]

    for said in agreed(document, decoded):
        score = decoded.confidence("statements", said.score)
        head = builder.add(TaggedSpan("cue", *said.cue, said.act, said.attributes, score, said.why))
        for at in said.sources:
            builder.link("source", head, place("source", at, said.why))
        for at in said.contents:
            builder.link("content", head, place("content", at, said.why))
        for at in said.addressees:
            builder.link("addressee", head, place("addressee", at, said.why))
    for run in decoded.runs("source"):  # without a cue they may still be the source of a figure
        alone = as_source(document, (run.start, run.end))
        if alone is not None:
            place("source", alone, BY_MODEL)


def agreed(document: Document, decoded: Decoded) -> list[Said]:
    """Return the statements of both sides, each once, in text order."""
    learnt, ruled = by_model(document, decoded), by_rules(document)
    starts = [said.cue[0] for said in ruled]
    met: set[int] = set()
    found = []
    for said in learnt:
        at = _overlapping(said.cue, ruled, starts)
        if at is not None:
            met.add(at)
            _complete(said, ruled[at], decoded)
        if (said.contents or said.act in NEEDLESS) and (at is not None or said.score >= LEAST_ALONE):
            found.append(said)
    shelves: dict[int, list[Said]] = {}
    for said in found:
        shelves.setdefault(said.cue[0] // SHELF, []).append(said)
    for i, said in enumerate(ruled):
        if i not in met:
            chance = decoded.inside_at("cue", *said.cue)
            if chance >= LEAST_RULED and not any(is_again(said, other) for other in near(said, shelves)):
                said.score = chance
                found.append(said)
    found.sort(key=lambda said: said.cue)
    continue_speech(document, found)
    return found


def continue_speech(document: Document, found: Sequence[Said]) -> None:
    """Give each quotation that no statement has to the speaker before it, in its paragraph or shortly above."""
    speakers = [said for said in found if said.sources]
    cues = [said.cue[0] for said in speakers]
    reached = [max(end for _, end in (said.cue, *said.contents)) for said in speakers]
    taken = sorted(at for said in found for at in (said.cue, *said.contents))
    starts, ends = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))
    given = 0  # end of the last quotation that was given to a speaker
    for position, paragraph in enumerate(document.paragraphs):
        for quotation in paragraph.quotations:
            before = bisect_left(starts, quotation.end)
            is_taken = quotation.start < given or (before > 0 and ends[before - 1] > quotation.start)
            last = bisect_left(cues, quotation.start) - 1
            if is_taken or last < 0 or not is_speech(document, paragraph, quotation):
                continue
            leads = quotation.start - paragraph.start < LEADING
            near = document.paragraphs[max(0, position - WIDEST_GAP) if leads else position]
            if reached[last] > near.start:
                speakers[last].contents.extend(quoted(document, quotation))
                reached[last] = given = quotation.end


def _overlapping(cue: Stretch, others: Sequence[Said], starts: Sequence[int]) -> int | None:
    """Return which of the others has a cue that overlaps this one."""
    for i in range(max(0, bisect_right(starts, cue[0]) - 1), bisect_left(starts, cue[1])):
        if others[i].cue[1] > cue[0]:
            return i
    return None


def _complete(said: Said, ruled: Said, decoded: Decoded) -> None:
    """Fill in what the model left open, and weigh the act of the rules."""
    said.sources = said.sources or ruled.sources
    if not said.contents or (ruled.contents and length(ruled.contents) < length(said.contents)):
        said.contents = ruled.contents
    said.addressees = said.addressees or ruled.addressees
    said.attributes = tuple({**dict(said.attributes), **dict(ruled.attributes)}.items())
    word, _ = decoded.words.between(*said.cue)
    said.act = likeliest(decoded.probabilities("act", word), ruled.act, ACT_TRUST)


def near(said: Said, shelves: dict[int, list[Said]]) -> Iterator[Said]:
    """Yield the statements whose cues stand within about SHELF characters."""
    at = said.cue[0] // SHELF
    for shelf in (at - 1, at, at + 1):
        yield from shelves.get(shelf, ())


def is_again(said: Said, other: Said) -> bool:
    """Say whether two statements have more than half of their words in common, so that one cue was found twice."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in said.contents for b in other.contents)
    return 2 * shared > max(length(said.contents), length(other.contents))


def length(parts: Sequence[Stretch]) -> int:
    """Return how many characters some stretches have together."""
    return sum(end - start for start, end in parts)


def by_model(document: Document, decoded: Decoded) -> list[Said]:
    """Return the statements that the model sees."""
    cues = decoded.runs("cue")
    sources, addressees = decoded.runs("source"), decoded.runs("addressee")
    contents = decoded.whole_runs("content")
    of_source = linked_sources(decoded.links("cue source", cues, sources))
    of_content = linked_contents(decoded.links("cue content", cues, contents))
    to_whom = linked_addressees(decoded.links("cue addressee", cues, addressees))
    found = []
    for i, cue in enumerate(cues):
        act, _ = decoded.best("act", cue.first)
        negated = is_negated(document.text, cue) and act != "decline"
        found.append(
            Said(
                cue=(cue.start, cue.end),
                act=act,
                score=cue.score,
                sources=[at for j in of_source[i] if (at := as_source(document, (sources[j].start, sources[j].end)))],
                contents=[trimmed(document.text, contents[j]) for j in of_content[i]],
                addressees=[(addressees[j].start, addressees[j].end) for j in to_whom[i]],
                attributes=(("polarity", "negated"),) if negated else (),
                why=BY_MODEL,
            )
        )
    return found


def by_rules(document: Document) -> list[Said]:
    """Return the statements that the rules see, by the place of their cues."""
    builder = TaggingBuilder()
    tag_statements(document, builder)
    spans, tails = builder.spans(), builder.tagging().tails()

    def linked(head: int, label: str) -> list[Stretch]:
        return [(spans[at].start, spans[at].end) for at in tails.get((head, label), ())]

    found = [
        Said(
            cue=(span.start, span.end),
            act=span.value or "assert",
            score=span.score,
            sources=linked(i, "source"),
            contents=linked(i, "content"),
            addressees=linked(i, "addressee"),
            attributes=span.attributes,
            why=BY_RULES,
        )
        for i, span in enumerate(spans)
        if span.label == "cue"
    ]
    return sorted(found, key=lambda said: said.cue)


def trimmed(text: str, run: Run) -> Stretch:
    """Return a content without the marks around it; the run itself when nothing else is there.

    A mark that ends a quotation which begins inside the content stays: the attack "an act of cowardice".
    """
    words = text[run.start : run.end]
    left = len(words) - len(words.lstrip(TRIMMED))
    right = len(words.rstrip(TRIMMED))
    if left >= right:
        return run.start, run.end
    start, end, inner = run.start + left, run.start + right, words[left:right]
    opened, closed = inner.count("\u201c"), inner.count("\u201d")
    if inner.count('"') % 2 or opened != closed:
        closing = CLOSING.match(text, end)
        if closing is not None and opened >= closed:
            end = closing.end()
        elif start and text[start - 1] in '"\u201c' and opened <= closed:
            start -= 1
    return start, end


def is_negated(text: str, cue: Run) -> bool:
    """Say whether a cue is negated: "did not say"."""
    return NEGATION.search(text, max(0, cue.start - 30), cue.start) is not None


def linked_sources(links: Links) -> list[list[int]]:
    """Return for each cue its source: the likeliest one, if it is likely at all; one source may serve many cues."""
    found: list[list[int]] = []
    for low, row in links:
        best = int(row.argmax()) if len(row) else -1
        found.append([low + best] if best >= 0 and row[best] >= LEAST_SOURCE else [])
    return found


def linked_addressees(links: Links) -> list[list[int]]:
    """Return for each cue to whom it speaks: each addressee belongs to its likeliest cue, a cue has one at most."""
    best: dict[int, tuple[float, int]] = {}
    for i, (low, row) in enumerate(links):
        for j, chance in enumerate(row.tolist(), low):
            best[j] = max(best.get(j, (LEAST_ADDRESSEE, -1)), (chance, i))
    chosen: dict[int, tuple[float, int]] = {}
    for j, (chance, i) in best.items():
        if i >= 0:
            chosen[i] = max(chosen.get(i, (0.0, j)), (chance, j))
    return [[chosen[i][1]] if i in chosen else [] for i in range(len(links))]


def linked_contents(links: Links, least: float = LEAST_CONTENT) -> list[list[int]]:
    """Return for each cue its contents: a content goes to its likeliest cue, and to further ones that are likely."""
    best: dict[int, tuple[float, int]] = {}
    found: list[list[int]] = [[] for _ in links]
    for i, (low, row) in enumerate(links):
        for j, chance in enumerate(row.tolist(), low):
            if chance >= LINKED:
                found[i].append(j)
            best[j] = max(best.get(j, (least, -1)), (chance, i))
    for j, (chance, i) in best.items():
        if i >= 0 and chance < LINKED:
            found[i].append(j)
    return [sorted(some) for some in found]


def attributions_of(decoded: Decoded) -> list[Attribution]:
    """Return the attributions of the layers that are trained on PolNeAR; a content always has its likeliest cue."""
    cues, sources = decoded.runs("any cue", ANY_CUE_BIAS), decoded.runs("any source", ANY_SOURCE_BIAS)
    contents = decoded.whole_runs("any content", ANY_CONTENT_BIAS)
    of_source = linked_sources(decoded.links("cue source", cues, sources))
    of_content = linked_contents(decoded.links("cue content", cues, contents), 0.0)
    return [
        Attribution(
            source=tuple((sources[j].start, sources[j].end) for j in of_source[i]),
            cue=((cue.start, cue.end),),
            content=tuple((contents[j].start, contents[j].end) for j in of_content[i]),
        )
        for i, cue in enumerate(cues)
        if of_source[i] or of_content[i]
    ]
