"""Chains of attribution: "local media reported, citing officials" is what officials say, told by local media.

Works on the spans and arcs of statements that either tagger has added. A cue such as "citing" gets as its source the
speaker behind it, as its contents those of the statement that it hangs on, and an arc `via` from that speaker to who
passes it on. What is cited and cannot speak ("citing concern about the spread") stays as it was.
"""

from onrecord.reading.noun_phrases import make_line, outer_quotations, phrase_after, phrase_before
from onrecord.reading.people_roles import head_of, is_personal, kind_of
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder

CITING, QUOTING = "citing", "quoting"
"""Cues behind which stands who gave it; the guideline codes them as statements of their own.

What is quoted speaks, what is cited may be a reason.
"""

INSIDE_NAME = frozenset({"of", "for", "at", "from", "in", "'s", "with"})
"""Prepositions that the name or description of a source may hold."""


def link_chains(document: Document, builder: TaggingBuilder) -> None:
    """Add or mend the statements whose cue cites a speaker."""
    for sentence in document.sentences:
        for token in sentence.tokens:
            if token.lower in (CITING, QUOTING):
                giver = _giver(document, sentence, token)
                if giver is not None:
                    _link(document, builder, sentence, token, giver)


def _link(
    document: Document, builder: TaggingBuilder, sentence: Sentence, token: Token, giver: tuple[int, int]
) -> None:
    """Let the cue at a token have this source, the contents of the statement it hangs on, and who passes them on."""
    spans, tails = builder.spans(), builder.tagging().tails()
    here = [i for i, s in enumerate(spans) if s.label == "cue" and sentence.start <= s.start < sentence.end]
    cue = next((i for i in here if spans[i].start <= token.start < spans[i].end), None)
    told = [i for i in here if i != cue and (i, "content") in tails]
    main = min(told, key=lambda i: abs(spans[i].start - token.start), default=None)
    if cue is None:
        if main is None:
            return
        attributes = (("cue", "cite" if token.lower == CITING else "quote"),)
        cue = builder.add(TaggedSpan("cue", token.start, token.end, "assert", attributes, spans[main].score, "cited"))
    source = builder.add(TaggedSpan("source", *giver, why="cited"))
    builder.relink("source", cue, [source])
    if main is None:
        return
    builder.relink("content", cue, tails[main, "content"])
    tellers = [i for i in tails.get((main, "source"), ()) if not giver[0] <= spans[i].start < giver[1]]
    before = _before(document, sentence, token) if not tellers and spans[main].start > token.start else None
    if before is not None:
        tellers = [builder.add(TaggedSpan("source", *before, why="cites"))]
        builder.relink("source", main, tellers)
    for teller in tellers:
        builder.link("via", source, teller)


def _before(document: Document, sentence: Sentence, cue: Token) -> tuple[int, int] | None:
    """Return the phrase in front of ", citing ...,", which says what follows, as characters."""
    line = make_line(document, sentence, outer_quotations(document.paragraphs[sentence.paragraph]))
    comma = next(i for i, token in enumerate(line.tokens) if token.start == cue.start) - 1
    if comma <= line.start or line.lows[comma] != ",":
        return None
    first = phrase_before(line, comma, line.start)
    return (line.tokens[first].start, line.tokens[comma - 1].end) if first < comma else None


def _giver(document: Document, sentence: Sentence, cue: Token) -> tuple[int, int] | None:
    """Return the phrase behind a cue when it is somebody or something that speaks, as characters."""
    line = make_line(document, sentence, outer_quotations(document.paragraphs[sentence.paragraph]))
    first = next((i for i in range(line.start, line.end) if line.tokens[i].start >= cue.end), line.end)
    end = phrase_after(line, first, line.end, inside=INSIDE_NAME)
    if end == first or line.quote[first] >= 0:
        return None
    head = head_of(list(line.tokens[first:end]))
    if head is None or not (cue.lower == QUOTING or _speaks(head)):
        return None
    return line.tokens[first].start, line.tokens[end - 1].end


def _speaks(head: Token) -> bool:
    """Say whether the head of a phrase is one of a speaker: a known word, or a name."""
    return kind_of(head.lower) is not None or is_personal(head) or head.capital
