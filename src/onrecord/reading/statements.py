"""Tagged cues, sources and contents -> statements: form, act, polarity, speaker, nesting.

Nothing is found here: each cue of the tagging becomes one statement. Place and time of the saying stay None.
"""

from msgspec import UNSET

from onrecord.reading.attribution import Stretches
from onrecord.reading.keys import ClaimKeys
from onrecord.reading.people import Cast, Speaker
from onrecord.reading.said_times import said_time
from onrecord.reading.sentences import Document, Quotation, Sentence
from onrecord.reading.tagger import TaggedSpan, Tagging
from onrecord.reading.times import resolve_time, time_reason
from onrecord.records import Act, Form, Span, Statement, Why, choices

MARKS = " \t\u00a0.,;:!?-\u2013\u2014\u2026\"'\u201c\u201d\u2018\u2019"
"""Characters that may stand outside the quotation marks of direct speech."""
ACTS = frozenset(choices(Act))


def assemble_statements(
    document: Document, tagging: Tagging, cast: Cast, keys: ClaimKeys, *, explain: bool = False
) -> tuple[Statement, ...]:
    """Return one statement per cue, in text order."""
    spans, tails = tagging.spans, tagging.tails()
    cues = sorted((i for i, span in enumerate(spans) if span.label == "cue"), key=lambda i: spans[i].start)
    found: list[Statement] = []
    at = 0
    for position in cues:
        cue = spans[position]
        while at + 1 < len(document.sentences) and document.sentences[at].end <= cue.start:
            at += 1
        sentence = document.sentences[at]
        parts = {
            label: [spans[tail] for tail in tails.get((position, label), ())]
            for label in ("source", "content", "addressee")
        }
        found.append(one_statement(document, sentence, cue, parts, (cast, keys), explain=explain))
    return nest(tuple(found))


def one_statement(
    document: Document,
    sentence: Sentence,
    cue: TaggedSpan,
    parts: dict[str, list[TaggedSpan]],
    tools: tuple[Cast, ClaimKeys],
    *,
    explain: bool,
) -> Statement:
    """Return the statement of one cue; parts are its linked spans by label, tools the cast and the ids."""
    cast, keys = tools
    source = span_of(parts["source"][0]) if parts["source"] else None
    content = tuple(sorted(span_of(part) for part in parts["content"]))
    quotations = quotations_near(document, sentence, content)
    form = form_of(document.text, content, quotations)
    act: Act = cue.value if cue.value in ACTS else "assert"  # type: ignore[assignment]  # checked by the membership
    speaker = cast.resolve(source) if source is not None else None
    place = Span(cue.start, cue.end)
    when = said_time(document, sentence.index, place)
    why = reasons(document.text, cue, speaker, form) if explain else UNSET
    if why is not UNSET and when is not None:
        why = (*why, time_reason(document, when))
    return Statement(
        id=keys.key("statement", sentence, place, act),
        sentence=sentence.span,
        source=source,
        speaker=speaker.name if speaker else None,
        speaker_kind=speaker.kind if speaker else None,
        speaker_role=speaker.standing.role if speaker else None,
        speaker_body=speaker.standing.body if speaker else None,
        speaker_country=speaker.standing.country if speaker else None,
        cue=place,
        content=content,
        form=form,
        act=act,
        polarity="negated" if cue.attribute("polarity") == "negated" else "affirmed",
        addressee=span_of(parts["addressee"][0]) if parts["addressee"] else None,
        time=resolve_time(document, when) if when else None,
        confidence=cue.score,
        why=why,
    )


def span_of(tagged: TaggedSpan) -> Span:
    """Return the stretch of a tagged span."""
    return Span(tagged.start, tagged.end)


def quotations_near(document: Document, sentence: Sentence, content: tuple[Span, ...]) -> list[Quotation]:
    """Return the quotations of the paragraphs that the cue and its content stand in."""
    paragraphs = {sentence.paragraph}
    if content:
        last = sentence.paragraph
        while last + 1 < len(document.paragraphs) and document.paragraphs[last].end < content[-1].end:
            last += 1
            paragraphs.add(last)
    return [q for p in sorted(paragraphs) for q in document.paragraphs[p].quotations if q.end - q.start > 2]


def form_of(text: str, content: tuple[Span, ...], quotations: list[Quotation]) -> Form:
    """Return direct when all words stand in quotation marks, mixed when some do, else indirect."""
    inside = outside = False
    for span in content:
        at = span.start
        for quotation in quotations:
            if quotation.end <= at or quotation.start >= span.end:
                continue
            if text[at : max(at, quotation.start)].strip(MARKS):
                outside = True
            inside = True
            at = max(at, quotation.end)
        if text[at : span.end].strip(MARKS):
            outside = True
    if not inside:
        return "indirect"
    return "mixed" if outside else "direct"


def reasons(text: str, cue: TaggedSpan, speaker: Speaker | None, form: Form) -> tuple[Why, ...]:
    """Say in words why the fields have their values."""
    words = text[cue.start : cue.end]
    in_marks = {"direct": "all of it stands", "mixed": "part of it stands", "indirect": "none of it stands"}[form]
    found = [
        Why(field="cue", says=_why_cue(words, cue)),
        Why(field="act", says=f"the cue makes it the act {cue.value}"),
        Why(field="form", says=f"{in_marks} in quotation marks"),
    ]
    if speaker is None:
        found.append(Why(field="source", says="the sentence names nobody who said it"))
    elif speaker.why:
        found.append(Why(field="speaker", says=speaker.why))
    if cue.attribute("polarity") == "negated":
        found.append(Why(field="polarity", says="the cue is negated"))
    return tuple(found)


def _why_cue(words: str, cue: TaggedSpan) -> str:
    if cue.by_model:
        return f"the reader model takes {words!r} as a cue"
    return f"{words!r} is a form of the cue {cue.attribute('cue') or words!r}"


def nest(found: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """Set nested_in to the innermost other statement whose content holds the cue."""
    held = Stretches((part.start, part.end, statement.id) for statement in found for part in statement.content)
    nested = []
    for statement in found:
        cue = statement.cue
        holder = next((key for key in held.holding(cue.start, cue.end) if key != statement.id), None)
        nested.append(with_holder(statement, holder) if holder else statement)
    return tuple(nested)


def with_holder(statement: Statement, holder: str) -> Statement:
    """Return the statement as nested in another one."""
    values = {field: getattr(statement, field) for field in statement.__struct_fields__}
    return Statement(**{**values, "nested_in": holder})
