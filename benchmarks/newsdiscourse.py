"""The set newsdiscourse: articles by sentence, each with a label whether it has speech -> P, R, F1 of the sentences.

A sentence has speech when a cue or a content of a statement lies in it. The text is made of the set's own sentences,
paragraphs apart, so that both sides count the same ones. A line is {"id", "outlet", "sentences": [{"text", "speech",
"role", "paragraph"}]}; role `NA` marks captions and credits.

    speech                  all sentences
    speech: no furniture    without captions and credits
    speech: human speakers  without statements whose speaker is an organisation, an outlet, a wire or a document
    speech: OUTLET          of one outlet
    layer: speech           what the tagger itself says of sentences, where it can; trained on such labels
"""

import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from intervals import rows_with_intervals
from lines import load_lines
from measuring import Result, Settings, read_plain
from onrecord.pipeline import tagger_named
from onrecord.reading.sentences import Document, document_of
from onrecord.records import Reading
from score import Stretch, Tally, stretch

FURNITURE = "NA"
NOT_HUMAN = frozenset({"organisation", "outlet", "wire", "document"})
NOTE = (
    'the set counts speech by human speakers only ("said the weather service" is labelled as none), while a statement '
    "may have an organisation or a document as its source: precision is a lower limit; `human speakers` leaves out "
    "statements whose speaker is known to be none"
)


class LabelledSentence(msgspec.Struct, frozen=True):
    """A sentence with its label and its role in the article."""

    text: str
    speech: bool
    role: str | None = None
    paragraph: int | None = None


class LabelledArticle(msgspec.Struct, frozen=True):
    """An article by sentence."""

    id: str
    sentences: tuple[LabelledSentence, ...]
    outlet: str = ""


def measure(path: Path, settings: Settings) -> Result:
    """Read and score a file of the set."""
    articles = load_lines(path, LabelledArticle, settings.first)
    faults: list[str] = []
    tallies: list[Tally] = []
    seconds = 0.0
    spoken = getattr(settings.tagger or tagger_named(), "spoken", None)
    for article in articles:
        text, places = laid_out(article)
        began = time.perf_counter()
        reading = read_plain(article.id, text, settings)
        seconds += time.perf_counter() - began
        tallies.append(score_article(article, places, reading, faults))
        if spoken is not None:
            count_layer(article, places, document_of(text), spoken, tallies[-1])
    return Result(rows_with_intervals(tallies, settings.boot), len(articles), seconds, faults, (NOTE,))


def laid_out(article: LabelledArticle) -> tuple[str, list[Stretch]]:
    """Return the text of an article, paragraphs apart, and where its sentences stand."""
    text, places = "", []
    before = None
    for sentence in article.sentences:
        if text:
            text += " " if sentence.paragraph is not None and sentence.paragraph == before else "\n\n"
        places.append((len(text), len(text) + len(sentence.text)))
        text += sentence.text
        before = sentence.paragraph
    return text, places


def score_article(article: LabelledArticle, places: list[Stretch], reading: Reading, faults: list[str]) -> Tally:
    """Score the sentences of one article."""
    found = with_speech(places, reading)
    human = with_speech(places, reading, NOT_HUMAN)
    tally = Tally()
    for at, sentence in enumerate(article.sentences):
        rows = {"speech": at in found, "speech: human speakers": at in human}
        if sentence.role != FURNITURE:
            rows["speech: no furniture"] = at in found
        if article.outlet:
            rows[f"speech: {article.outlet}"] = at in found
        for name, has in rows.items():
            tally.count(name, sentence.speech and has, has, sentence.speech)
        if sentence.speech != (at in found):
            faults.append(f"{article.id}  {'missed' if sentence.speech else 'extra'} {sentence.text}")
    return tally


def count_layer(
    article: LabelledArticle,
    places: list[Stretch],
    document: Document,
    spoken: Callable[[Document], list[int]],
    tally: Tally,
) -> None:
    """Count the sentences that the tagger itself takes as speech."""
    starts = [document.sentences[number].start for number in spoken(document)]
    for sentence, (low, high) in zip(article.sentences, places, strict=True):
        has = any(low <= start < high for start in starts)
        tally.count("layer: speech", sentence.speech and has, has, sentence.speech)


def with_speech(places: list[Stretch], reading: Reading, left_out: frozenset[str] = frozenset()) -> set[int]:
    """Return the sentences in which a cue or a content lies, without those of the speakers left out."""
    spans = [
        stretch(span)
        for said in reading.statements
        if said.speaker_kind not in left_out
        for span in (said.cue, *said.content)
    ]
    return {at for at, (start, end) in enumerate(places) if any(low < end and start < high for low, high in spans)}
