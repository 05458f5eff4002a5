"""The set polnear: articles with coded attributions -> two tables, `layer` and `read`.

`layer` is the attribution layer of the tagger, which marks thoughts and wishes too, as PolNeAR does; it needs a tagger
with a method `attributions(document)`. `read` is what `onrecord read` reports: statements as source, cue and content.
Since a thought is no statement, AR-speech is the row to look at there. A line is {"id", "text", "attributions":
[{"source": [[start, end]], "cue": ..., "content": ...}]}; an id that stands in several lines was marked by several
annotators, and what was found is scored against each. The measures stand at the top of attributions.py.
"""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import msgspec

from attributions import Attribution, Tokens, missed, score_attributions
from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.reading.sentences import Document, document_of
from onrecord.records import Reading, Span
from score import Stretch, Tally, stretch

SAMPLED = (
    "read: a statement has no place for thoughts and wishes, which PolNeAR marks as well; AR-speech leaves them out"
)


class TaggedAttribution(Protocol):
    """What a tagger marks as one attribution."""

    @property
    def source(self) -> Sequence[Span | Stretch]:
        """Who."""
        ...

    @property
    def cue(self) -> Sequence[Span | Stretch]:
        """By which words."""
        ...

    @property
    def content(self) -> Sequence[Span | Stretch]:
        """What."""
        ...


@runtime_checkable
class AttributionTagger(Protocol):
    """A tagger that can also say what it marks as attributions, thoughts and wishes included."""

    def attributions(self, document: Document) -> Sequence[TaggedAttribution]:
        """Return the attributions of a document."""
        ...


class CodedText(msgspec.Struct, frozen=True):
    """An article with the attributions that one annotator marked."""

    id: str
    text: str
    attributions: tuple[Attribution, ...] = ()


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of the set."""
    articles = load_lines(path, CodedText, settings.first)
    texts = {article.text: article.id for article in articles}
    tables: dict[str, dict[str, list[Attribution]]] = {}
    notes = [SAMPLED]
    if isinstance(settings.tagger, AttributionTagger):
        tables["layer"] = {text: layer_of(settings.tagger, text) for text in texts}
    else:
        name = settings.tagger.name if settings.tagger else "lexicon"
        notes.insert(
            0, f"layer: the tagger {name!r} has no method `attributions`, so only what `read` reports is scored"
        )
    began = time.perf_counter()
    readings = {text: read_plain(name, text, settings) for text, name in texts.items()}
    seconds = time.perf_counter() - began
    tables["read"] = {text: attributions_of(reading) for text, reading in readings.items()}
    moved = sum(reading.page is None or reading.page.text != text for text, reading in readings.items())
    if moved:
        notes.append(f"read: the text of {moved} pages comes out changed, so that their places are off")
    faults: list[str] = []
    tallies = [score_article(article, tables, faults) for article in articles]
    return Result(rows_with_intervals(tallies, settings.boot), len(texts), seconds, faults, tuple(notes))


def score_article(article: CodedText, tables: dict[str, dict[str, list[Attribution]]], faults: list[str]) -> Tally:
    """Score each table on one article as one annotator marked it."""
    tokens, tally = Tokens(article.text), Tally()
    for name, by_text in tables.items():
        found = by_text[article.text]
        tally.take(score_attributions(tokens, article.attributions, found, prefix=f"{name}: ").sums())
        faults += [f"{article.id}  {name}: {line}" for line in missed(tokens, article.attributions, found)]
    return tally


def layer_of(tagger: AttributionTagger, text: str) -> list[Attribution]:
    """Return what the tagger marks as attributions in a text."""
    return [
        Attribution(stretches(one.source), stretches(one.cue), stretches(one.content))
        for one in tagger.attributions(document_of(text))
    ]


def attributions_of(reading: Reading) -> list[Attribution]:
    """Return the statements of a reading as attributions."""
    return [
        Attribution(
            source=() if said.source is None else (stretch(said.source),),
            cue=(stretch(said.cue),),
            content=tuple(stretch(part) for part in said.content),
        )
        for said in reading.statements
    ]


def stretches(spans: Iterable[Span | Stretch]) -> tuple[Stretch, ...]:
    """Return spans as pairs; pairs stay."""
    return tuple(stretch(span) if isinstance(span, Span) else span for span in spans)
