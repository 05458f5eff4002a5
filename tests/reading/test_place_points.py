"""The place of a figure: which phrases may be it, which one is taken, and that every feature has its row."""

from typing import Any, cast

import numpy as np
import pytest

from onrecord.lexicon import rows
from onrecord.reading.decoding import Decoded, Run
from onrecord.reading.mention_rules import Mentions, tag_mentions
from onrecord.reading.model_input import words_of
from onrecord.reading.place_choices import LEADING, PlacePhrase, place_phrases
from onrecord.reading.place_phrases import kinds
from onrecord.reading.place_points import PlaceChoices, likeliest
from onrecord.reading.sentences import Document, document_of
from onrecord.reading.tagger import TaggingBuilder


class Answers:
    """Answers of a model that finds these places and links all to every number a little."""

    def __init__(self, document: Document, places: tuple[str, ...]) -> None:
        self.words = words_of(document)
        self.runs = []
        for place in places:
            start = document.text.index(place)
            words = self.words.between(start, start + len(place))
            self.runs.append(Run(*words, start, start + len(place), 0.9))

    def phrases(self, layer: str, text: str, bias: float = 0.0) -> list[Run]:
        return self.runs

    def inside_at(self, layer: str, start: int, end: int) -> float:
        return 0.5

    def links(self, arc: str, heads: list[Run], tails: list[Run]) -> list[tuple[int, Any]]:
        return [(0, np.full(len(tails), 0.2)) for _ in heads]


def phrases_of(text: str, *places: str) -> tuple[Document, Answers, TaggingBuilder, list[PlacePhrase]]:
    document, builder = document_of(text), TaggingBuilder()
    tag_mentions(document, builder)
    answers = Answers(document, places)
    return document, answers, builder, place_phrases(document, cast(Decoded, answers), builder.spans())


def words_found(text: str, *places: str) -> list[str]:
    return [text[one.run.start : one.run.end] for one in phrases_of(text, *places)[3]]


def place_of(text: str, number: str, *places: str, side: str = "toll") -> str | None:
    document, answers, builder, phrases = phrases_of(text, *places)
    start = text.index(number)
    run = Run(*answers.words.between(start, start + len(number)), start, start + len(number), 0.9)
    sentence = next(one for one in document.sentences if one.start <= start < one.end)
    mentions = Mentions(document, builder.spans())
    best = PlaceChoices(document, cast(Decoded, answers), [(run, sentence)], phrases, mentions).best(0, side)
    return None if best is None else text[best.run.start : best.run.end]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A bomb tore through a crowded market in Varno.", ["a crowded market in Varno", "Varno"]),
        ("Ten died at a stall in a market in Varno.", ["a stall in a market in Varno", "a market in Varno", "Varno"]),
        ("Ten died in the north of Varno.", ["the north of Varno", "Varno"]),
        ("Police shot two women in Varno.", ["Varno"]),
        ("He arrived in Varno.", ["Varno"]),
    ],
)
def test_what_lies_in_a_place_may_be_the_place_too(text: str, found: list[str]) -> None:
    assert [one for one in words_found(text, "Varno") if one.endswith("Varno")] == found


def test_a_phrase_says_who_found_it_and_what_it_lies_in() -> None:
    outer, inner = phrases_of("Ten died in the market of Varno.", "Varno")[3]
    assert "by=around" in outer.features
    assert "holds" in outer.features
    assert {"by=model", "inside", "named", "before=of"} <= inner.features.keys()


def test_of_one_stretch_that_model_and_rules_find_the_span_of_the_rules_is_taken() -> None:
    _, _, builder, (phrase,) = phrases_of("Ten died in Varno.", "Varno")
    assert {"by=model", "by=rule"} <= phrase.features.keys()
    assert phrase.span is not None
    assert builder.spans()[phrase.span].start == phrase.run.start


@pytest.mark.parametrize(
    ("text", "number", "places", "place"),
    [
        ("Ten people died in Varno and six in Ardova.", "Ten", ("Varno", "Ardova"), "Varno"),
        ("Ten people died in Varno and six in Ardova.", "six", ("Varno", "Ardova"), "Ardova"),
        ("In Varno ten people died.", "ten", ("Varno",), "Varno"),
        ("A blast hit Varno.\n\nOfficials spoke at length.\n\nTen people died.", "Ten", ("Varno",), "Varno"),
        ("Ten people died. Rescuers came from Varno.", "Ten", ("Varno",), None),
        ("Ten people died.", "Ten", (), None),
    ],
)
def test_place_is_told_with_the_number_or_before_it(
    text: str, number: str, places: tuple[str, ...], place: str | None
) -> None:
    assert place_of(text, number, *places) == place


def test_a_place_further_back_than_the_reach_is_no_place_of_a_figure() -> None:
    filler = "Officials spoke at length. " * 14
    assert place_of(f"{filler}A road ends in Varno. {filler}Ten people died.", "Ten", "Varno") is None


@pytest.mark.parametrize(
    ("odds", "heads", "none", "best"),
    [
        ([1.0, 0.8, 0.7], ["Ardova", "Varno", "Varno"], 0.0, 1),
        ([1.0, 0.2], ["Ardova", "Varno"], 0.0, 0),
        ([1.0], ["Varno"], 4.0, None),
        ([], [], 0.0, None),
    ],
)
def test_a_place_that_is_named_twice_has_both_chances(
    odds: list[float], heads: list[str], none: float, best: int | None
) -> None:
    assert likeliest(odds, heads, none) == best


def test_every_feature_has_its_row() -> None:
    text = (
        "PORT VALE, Lorland (Wire) - Ten people died in a market in the city of Varno, which lies near Ardova's river. "
        "Doctors at the Varno hospital counted six dead, mostly in Lorland's north. In Ardova two died."
    )
    document, answers, builder, phrases = phrases_of(text, "Varno", "Ardova", "the Varno hospital")
    known = {row["feature"] for row in rows("place_points")}
    seen = {name for one in phrases for name in one.features}
    numbers = []
    for number, sentence in zip(("Ten", "six", "two"), document.sentences, strict=True):
        start = text.index(number)
        run = Run(*answers.words.between(start, start + len(number)), start, start + len(number), 0.9)
        numbers.append((run, sentence))
    mentions = Mentions(document, builder.spans())
    choices = PlaceChoices(document, cast(Decoded, answers), numbers, phrases, mentions)
    for at in range(3):
        seen |= {name for _, tied in choices.pairs(at) for name in tied}
        seen |= {name for side in ("toll", "kind", "outcome") for name in choices.none(at, side)}
    assert seen <= known
    worded = {f"before={word}" for word in LEADING | {"other"}} | {f"kind={kind}" for kind in kinds().values()}
    assert worded <= known
    assert {name for name in known if name.startswith("before=")} <= worded
