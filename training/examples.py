"""Data sets -> examples for the reader model: the words of a text with a class in each layer, and arcs between words.

    python training/examples.py --shared ../shared --out build/examples         make all sets (about a minute)
    python training/examples.py --shared ../shared --out build/examples --without-polnear

Every set knows some layers only; what it does not know is marked UNKNOWN and counts in no loss. Rows whose text is also
a page to measure on (not_for_training.json) are left out. Texts stay in the folder of the examples, which is no part
of the repository. Exit status 2 when a file is missing.
"""

import argparse
import json
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tokenizers import Tokenizer

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))  # coded pages are placed in the text as the measurement does it

from attributions import is_speech  # noqa: E402
from coded import CodedPage, load_coded, origin_of  # noqa: E402
from offset_pages import load_offsets  # noqa: E402
from onrecord.pipeline import capture  # noqa: E402
from onrecord.reading.model_input import PieceTable, Words, pieces_of, words_of  # noqa: E402
from onrecord.reading.model_layers import ARCS, LAYERS, NAMES  # noqa: E402
from onrecord.reading.sentences import Document, document_of, make_document  # noqa: E402
from score import Finder, Stretch  # noqa: E402

UNKNOWN = -100
"""Class of a word in a layer that the set says nothing of; torch leaves it out of the loss by this number."""

CLASSES = {layer.name: {name: i for i, name in enumerate(layer.classes)} for layer in LAYERS}
OTHERS = ("names", "speech")
"""Layers that coded pages do not know: names are silver, speech is as NewsDiscourse labels it (people, no bodies)."""

SPANS = [layer.name for layer in LAYERS if layer.form == "spans"]


class Link(msgspec.Struct, frozen=True):
    """Arcs of one label: heads and tails are first words of spans, pairs the linked positions in those two lists."""

    label: int
    heads: list[int]
    tails: list[int]
    pairs: list[tuple[int, int]]


class Example(msgspec.Struct, frozen=True):
    """One text to learn from: words, word pieces, a class per word for each known layer, arcs."""

    id: str
    text: str
    words: Words
    pieces: PieceTable
    layers: dict[str, list[int]]
    links: list[Link]


class Marks:
    """Classes and arcs of one document while they are filled in; a span of characters becomes a run of words."""

    def __init__(self, document: Document, words: Words) -> None:
        self.document, self.words = document, words
        self.layers: dict[str, list[int]] = {}
        self.pairs: dict[str, list[tuple[int, int]]] = {}
        self._first: dict[str, dict[tuple[int, int], int]] = {}

    def know(self, *names: str) -> None:
        """Say that these layers are known: every word without a mark is outside, or has no class."""
        for name in names:
            self.layers[name] = [0 if name in SPANS else UNKNOWN] * len(self.words)

    def run(self, stretch: Stretch | None) -> tuple[int, int] | None:
        """Return the words that a stretch of characters touches, half open; None when it touches none."""
        if stretch is None:
            return None
        inside = [
            i for i in range(len(self.words)) if self.words.starts[i] < stretch[1] and self.words.ends[i] > stretch[0]
        ]
        return (inside[0], inside[-1] + 1) if inside else None

    def span(self, layer: str, stretch: Stretch | None, kind: str = "") -> int | None:
        """Mark a span; return its first word, None when it lies in no sentence or on another span of the layer."""
        run = self.run(stretch)
        if run is None:
            return None
        known = self._first.setdefault(layer, {})
        if run in known:
            return known[run]
        marks, classes = self.layers[layer], CLASSES[layer]
        if any(marks[i] != 0 for i in range(*run)):
            return next((first for (low, high), first in known.items() if low <= run[0] < high), None)
        for i in range(*run):
            part = "B" if i == run[0] else "I"
            marks[i] = classes[f"{part}-{kind}" if kind else part]
        known[run] = run[0]
        return run[0]

    def hide(self, layer: str, stretch: Stretch) -> None:
        """Mark the words of a stretch as unknown where nothing is marked."""
        run = self.run(stretch)
        for i in range(*run) if run else ():
            if self.layers[layer][i] == 0:
                self.layers[layer][i] = UNKNOWN

    def classify(self, layer: str, word: int | None, name: str) -> None:
        """Give a word a class of a layer; names that the layer does not have stay unknown."""
        if word is not None and name in CLASSES[layer]:
            self.layers[layer][word] = CLASSES[layer][name]

    def arc(self, label: str, head: int | None, tail: int | None) -> None:
        """Link two words."""
        if head is not None and tail is not None:
            self.pairs.setdefault(label, []).append((head, tail))

    def example(self, name: str, tokenizer: Tokenizer) -> Example:
        """Return what was marked."""
        links = []
        for label, pairs in sorted(self.pairs.items()):
            heads, tails = (sorted({pair[side] for pair in pairs}) for side in (0, 1))
            links.append(
                Link(ARCS.index(label), heads, tails, sorted({(heads.index(h), tails.index(t)) for h, t in pairs}))
            )
        pieces = pieces_of(self.document.text, self.words, tokenizer)
        return Example(name, self.document.text, self.words, pieces, self.layers, links)


def coded_example(page: CodedPage, spoken: dict[str, bool] | None, tokenizer: Tokenizer) -> Example | None:
    """Return the example of a coded page: every layer but names; None when the page cannot be read.

    Args:
        page: the page with what was coded.
        spoken: for each sentence of the same page in NewsDiscourse, whether it is labelled as speech; None when the
            page is not in that set, and the layer `speech` stays unknown.
        tokenizer: makes the word pieces.
    """
    page_text, article = capture(page.data(), origin_of(page))
    document = make_document(page_text, article)
    words = words_of(document)
    if not len(words):
        return None
    marks = Marks(document, words)
    marks.know(*(layer.name for layer in LAYERS if not layer.name.startswith("any") and layer.name not in OTHERS))
    finder = Finder(page_text.text)  # of a page in capitals the document has small letters, at the same places
    _mark_statements(page, marks, finder)
    _mark_figures(page, marks, finder)
    _mark_events(page, marks, finder)
    if spoken is not None:
        marks.know("speech")
        for sentence, is_spoken in spoken.items():
            for start, _ in finder.places(sentence):
                word = bisect_left(words.starts, start)
                if word < len(words) and words.places[word]:
                    marks.classify("speech", word, "yes" if is_spoken else "no")
    return marks.example(page.id, tokenizer)


def _close(finder: Finder, part: str | None, sentence: str, anchor: Stretch | None) -> Stretch | None:
    """Return the place of a phrase that is nearest to an anchor, in its sentence if it stands there."""
    if not part:
        return None
    at = anchor[0] if anchor else 0
    inside = [
        spot for low, high in finder.places(sentence) if low <= at < high for spot in finder.places(part, low, high)
    ]
    spots = inside or finder.places(part)
    return min(spots, key=lambda spot: max(spot[0] - at, at - spot[1], 0), default=None)


def _mark_statements(page: CodedPage, marks: Marks, finder: Finder) -> None:
    """Mark cues, sources, contents and addressees."""
    placed = []
    for statement in page.statements:
        cue = finder.take(statement.cue, statement.sentence, "cue", statement.source)
        close = [_close(finder, part, statement.sentence, cue) for part in statement.content]
        placed.append((statement, cue, [part for part in close if part]))
    for _, _, content in sorted(placed, key=lambda row: -max((e - s for s, e in row[2]), default=0)):
        for part in content:
            marks.span("content", part)
    for statement, cue, content in placed:
        head = marks.span("cue", cue)
        marks.classify("act", head, statement.act)
        marks.arc("cue source", head, marks.span("source", _close(finder, statement.source, statement.sentence, cue)))
        for part in content:
            marks.arc("cue content", head, marks.span("content", part))
        addressee = marks.span("addressee", _close(finder, statement.addressee, statement.sentence, cue))
        marks.arc("cue addressee", head, addressee)


def _mark_figures(page: CodedPage, marks: Marks, finder: Finder) -> None:
    """Mark numbers with their classes and what they are linked to."""
    for figure in page.figures:
        number = finder.take(figure.number, figure.sentence, "number", figure.counted)
        head = marks.span("number", number)
        for layer in ("outcome", "kind", "polarity", "modality"):
            marks.classify(layer, head, getattr(figure, layer))
        linked = {"counted": "counted", "outcome word": "outcome_word", "place": "place", "time": "time"}
        for layer, field in {**linked, "source": "source"}.items():
            tail = marks.span(layer, _close(finder, getattr(figure, field), figure.sentence, number))
            marks.arc(f"number {layer.split()[0]}", head, tail)


def _mark_events(page: CodedPage, marks: Marks, finder: Finder) -> None:
    """Mark triggers with their classes and what they are linked to."""
    for event in page.events:
        trigger = finder.take(event.trigger, event.sentence, "trigger")
        head = marks.span("trigger", trigger)
        marks.classify("type", head, event.type)
        marks.classify("status", head, event.status)
        for layer, parts in (("actor", event.actors), ("target", event.targets)):
            for part in parts:
                marks.arc(f"trigger {layer}", head, marks.span(layer, _close(finder, part, event.sentence, trigger)))
        for layer, phrase in (("place", event.place), ("time", event.time)):
            marks.arc(f"trigger {layer}", head, marks.span(layer, _close(finder, phrase, event.sentence, trigger)))


def attribution_example(row: dict[str, Any], names: Sequence[Sequence[Any]] | None, tokenizer: Tokenizer) -> Example:
    """Return the example of a PolNeAR article: attribution, statements where the cue reports speech, silver names."""
    document = document_of(row["text"])
    marks = Marks(document, words_of(document))
    marks.know("any source", "any cue", "any content", "source", "cue", "content")
    for attribution in row["attributions"]:
        fragments = {
            role: _fragments(row["text"], attribution.get(role) or []) for role in ("source", "cue", "content")
        }
        reports = is_speech(row["text"], fragments["cue"])
        for kind in ("any ", "") if reports else ("any ",):
            first = {role: [marks.span(kind + role, part) for part in parts] for role, parts in fragments.items()}
            for head in first["cue"][:1]:
                for role in ("source", "content"):
                    for tail in first[role]:
                        marks.arc(f"cue {role}", head, tail)
        if not reports:
            for role, parts in fragments.items():
                for part in parts:
                    marks.hide(role, part)
    if names is not None:
        marks.know("names")
        for start, end, kind in names:
            if kind in NAMES:
                marks.span("names", (start, end), kind)
    return marks.example(row["id"], tokenizer)


def _fragments(text: str, spans: Sequence[Sequence[int]]) -> list[Stretch]:
    """Return the runs of a role: fragments that only blanks part are one, unless a line ends between them."""
    found: list[Stretch] = []
    for start, end in sorted((s, e) for s, e in spans):
        if found and not text[found[-1][1] : start].strip() and "\n" not in text[found[-1][1] : start]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def discourse_example(row: dict[str, Any], tokenizer: Tokenizer) -> Example:
    """Return the example of a NewsDiscourse article: whether a sentence reports speech."""
    text, starts = "", {}
    paragraph = None
    for sentence in row["sentences"]:
        text += "" if not text else " " if sentence["paragraph"] == paragraph else "\n"
        paragraph = sentence["paragraph"]
        starts[len(text)] = bool(sentence["speech"])
        text += " ".join(sentence["text"].split())
    document = document_of(text)
    marks = Marks(document, words_of(document))
    marks.know("speech")
    for i, start in enumerate(marks.words.starts):
        if marks.words.places[i] and start in starts:
            marks.classify("speech", i, "yes" if starts[start] else "no")
    return marks.example(row["id"], tokenizer)


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def make_sets(shared: Path, tokenizer: Tokenizer, *, polnear: bool) -> Iterator[tuple[str, list[Example]]]:
    """Yield each set by name."""
    closed = json.loads((shared / "gold/not_for_training.json").read_text(encoding="utf-8"))
    attribution, entities = shared / "data/attribution", shared / "data/entities"
    spoken: dict[str, dict[str, bool]] = {}
    for half in ("train", "dev"):
        out = set(closed.get(f"attribution/polnear_{half}", ())) if half == "train" else set()
        if polnear:
            names = {row["id"]: row["entities"] for row in read_lines(entities / f"polnear_corenlp_{half}.jsonl")}
            rows = read_lines(attribution / f"polnear_{half}.jsonl")
            yield (
                f"polnear_{half}",
                [attribution_example(r, names.get(r["id"]), tokenizer) for r in rows if r["id"] not in out],
            )
        out = set(closed.get(f"attribution/newsdiscourse_{half}", ())) if half == "train" else set()
        rows = [r for r in read_lines(attribution / f"newsdiscourse_{half}.jsonl") if r["id"] not in out]
        yield f"newsdiscourse_{half}", [discourse_example(r, tokenizer) for r in rows]
        spoken |= {r["id"]: {" ".join(s["text"].split()): bool(s["speech"]) for s in r["sentences"]} for r in rows}
        pages = load_coded(shared / f"gold/{half}.jsonl")
        made = (coded_example(page, spoken.get(page.id), tokenizer) for page in pages)
        yield f"gold_{half}", [e for e in made if e is not None]
    more = [*load_coded(ROOT / "gold/fiction.jsonl"), *load_offsets(ROOT / "gold/offsets.jsonl")]
    made = (coded_example(page, spoken.get(page.id), tokenizer) for page in more)
    yield "gold_extra", [e for e in made if e is not None]


def main() -> int:
    """Make the sets and print what is in them."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--out", type=Path, default=ROOT / "build/examples")
    parser.add_argument("--without-polnear", action="store_true", help="leave out the set whose texts have no licence")
    options = parser.parse_args()
    from base import base_tokenizer  # the base model is an extra

    tokenizer = base_tokenizer()
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        for name, examples in make_sets(options.shared, tokenizer, polnear=not options.without_polnear):
            (options.out / f"{name}.msgpack").write_bytes(msgspec.msgpack.encode(examples))
            marked = Counter(
                layer for e in examples for layer, marks in e.layers.items() for mark in marks if mark == 1
            )
            pieces = sum(len(e.pieces.ids) for e in examples)
            print(f"{name}: {len(examples)} texts, {pieces:,} word pieces; begins: {dict(marked)}", flush=True)
    except FileNotFoundError as err:
        print(f"examples.py: {err.filename} is missing; lay the data beside the checkout", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
