"""benchmarks/score.py: what counts as found and as right, and that it agrees with the shared scorer."""

import json
import random
import subprocess
import sys

import msgspec
import pytest

from coded import CodedEvent, CodedFigure, CodedPage, CodedStatement, load_coded, read_coded
from onrecord.records import Event, Figure, Page, Place, Reader, Reading, Span, Statement, Time, to_json
from score import Finder, Tally, head, pair_up, same_number, score

READER = Reader(version="0", model="test")
TEXT = (
    "At least 23 people were hurt in Norhaven on Friday, the mayor said. Two soldiers died.\n\n"
    "“We saw six drones,” Ada Brenn told reporters. She declined to comment on the losses."
)
HURT = "At least 23 people were hurt in Norhaven on Friday, the mayor said."
DIED = "Two soldiers died."
SAW = "“We saw six drones,” Ada Brenn told reporters."
REFUSED = "She declined to comment on the losses."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def reading_of(*, figures=(), statements=(), events=()) -> Reading:
    page = Page(sha256="0", text=TEXT)
    return Reading(id="p", page=page, figures=figures, statements=statements, events=events, reader=READER)


CODED_HURT = CodedFigure(
    sentence=HURT,
    number="At least 23",
    low=23,
    bound="at_least",
    kind="total",
    counted="people",
    outcome="injured",
    place="Norhaven",
    time="Friday",
    source="the mayor",
    speaker="the mayor",
)
CODED_DIED = CodedFigure(sentence=DIED, number="Two", low=2, high=2, kind="total", counted="soldiers", outcome="killed")
FOUND_HURT = Figure(
    id="1",
    number=at("At least 23"),
    sentence=at(HURT),
    low=23,
    bound="at_least",
    kind="total",
    outcome="injured",
    place=Place(start=at("Norhaven").start, end=at("Norhaven").end),
    time=Time(start=at("on Friday").start, end=at("on Friday").end),
    source=at("the mayor"),
    speaker="the mayor",
)
FOUND_DIED = Figure(
    id="2", number=at("Two"), sentence=at(DIED), low=2, high=2, kind="total", outcome="killed", source=None
)


def rows_of(gold_figures, found_figures):
    return score([CodedPage(id="p", text=TEXT, figures=gold_figures)], {"p": reading_of(figures=found_figures)})


def test_right_figures_score_full():
    rows = rows_of((CODED_HURT, CODED_DIED), (FOUND_HURT, FOUND_DIED))
    assert rows["figures: found"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 2}
    assert rows["toll: ledger"]["F1"] == 100.0
    assert rows["toll: place"] == {"share": 100.0, "n": 1}


def test_page_without_a_reading_counts_as_read_empty():
    rows = score([CodedPage(id="p", text=TEXT, figures=(CODED_HURT,))], {})
    assert rows["toll: found"] == {"P": 0.0, "R": 0.0, "F1": 0.0, "n": 1}


def test_missed_and_extra_figures_cost_recall_and_precision():
    extra = msgspec.structs.replace(
        FOUND_DIED, id="3", number=at("six"), sentence=at(SAW), outcome="none", kind="count"
    )
    rows = rows_of((CODED_HURT, CODED_DIED), (FOUND_HURT, extra))
    assert rows["figures: found"] == {"P": 50.0, "R": 50.0, "F1": 50.0, "n": 2}
    assert rows["toll: found"] == {"P": 100.0, "R": 50.0, "F1": 66.7, "n": 2}


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"low": 24}, "value"),
        ({"high": 23}, "value"),
        ({"of_total": 30}, "value"),
        ({"outcome": "killed"}, "outcome"),
        ({"source": None, "speaker": None}, "source"),
        ({"kind": "subset"}, "kind"),
        ({"place": None}, "place"),
        ({"time": None}, "time"),
        ({"speaker": "the captain"}, "speaker"),
    ],
)
def test_wrong_value_costs_its_own_row(change, row):
    wrong = msgspec.structs.replace(FOUND_HURT, **change)
    rows = rows_of((CODED_HURT,), (wrong,))
    assert rows[f"figures: {row}"]["share"] == 0.0
    assert rows["figures: found"]["F1"] == 100.0


@pytest.mark.parametrize(
    ("change", "f1"),
    [
        ({"kind": "subset"}, 100.0),  # the same side of kind: both are part of a toll
        ({"kind": "background"}, 0.0),
        ({"polarity": "denied"}, 0.0),
        ({"modality": "possible"}, 0.0),
        ({"place": None, "time": None}, 100.0),
        ({"source": None}, 100.0),  # the resolved speaker is right
    ],
)
def test_ledger_row_needs_what_is_copied(change, f1):
    wrong = msgspec.structs.replace(FOUND_HURT, **change)
    assert rows_of((CODED_HURT,), (wrong,))["figures: ledger"]["F1"] == f1


def test_number_above_one_leaves_out_single_victims():
    one = CodedFigure(sentence=DIED, number="Two", low=1, high=1, kind="total", outcome="killed")
    rows = rows_of((one, CODED_HURT), ())
    assert rows["toll: found"]["n"] == 2
    assert rows["toll above 1: found"]["n"] == 1


CODED_SAW = CodedStatement(
    sentence=SAW, cue="told", source="Ada Brenn", speaker="Ada Brenn", content=("We saw six drones,",), form="direct"
)
CODED_REFUSED = CodedStatement(
    sentence=REFUSED, cue="declined to comment", source="She", speaker="Ada Brenn", act="decline"
)
FOUND_SAW = Statement(
    id="4",
    sentence=at(SAW),
    source=at("Ada Brenn"),
    speaker="Ada Brenn",
    cue=at("told"),
    content=(at("We saw six drones"),),
    form="direct",
)


@pytest.mark.parametrize(
    ("change", "f1"),
    [
        ({}, 100.0),
        ({"content": (at("We saw"),)}, 0.0),  # 2 of 5 tokens
        ({"content": (at("We saw six"),)}, 100.0),  # 3 of 5
        ({"source": None}, 0.0),
        ({"source": at("Brenn")}, 100.0),  # the same head
        ({"form": "indirect", "act": "deny"}, 100.0),
    ],
)
def test_statement_is_right_by_content_and_source(change, f1):
    found = msgspec.structs.replace(FOUND_SAW, **change)
    rows = score([CodedPage(id="p", text=TEXT, statements=(CODED_SAW,))], {"p": reading_of(statements=(found,))})
    assert rows["statements: found"]["F1"] == f1
    assert rows["statements: recall direct"] == {"share": f1, "n": 1}
    assert "statements: recall mixed" not in rows


def test_refusal_is_compared_by_its_cue():
    found = Statement(id="5", sentence=at(REFUSED), source=at("She"), cue=at("declined to comment"), act="decline")
    rows = score([CodedPage(id="p", text=TEXT, statements=(CODED_REFUSED,))], {"p": reading_of(statements=(found,))})
    assert rows["statements: found"]["F1"] == 100.0
    assert rows["statements: speaker"] == {"share": 0.0, "n": 1}


def test_event_is_found_by_its_trigger():
    gold = (CodedEvent(sentence=DIED, trigger="died", type="death"),)
    found = (Event(id="6", sentence=at(DIED), trigger=at("died"), type="injury", status="possible"),)
    rows = score([CodedPage(id="p", text=TEXT, events=gold)], {"p": reading_of(events=found)})
    assert (rows["events: found"]["F1"], rows["events: typed"]["F1"]) == (100.0, 0.0)
    assert rows["events: status"] == {"share": 0.0, "n": 1}


def test_faults_name_what_is_missed_extra_and_wrong():
    faults: list[str] = []
    wrong = msgspec.structs.replace(FOUND_HURT, high=23)
    extra = msgspec.structs.replace(FOUND_DIED, number=at("six"))
    page = CodedPage(id="p", text=TEXT, figures=(CODED_HURT, CODED_DIED))
    score([page], {"p": reading_of(figures=(wrong, extra))}, faults)
    assert faults == [
        "p  'At least 23'  high: None not 23",
        "p  missed 'Two' in: Two soldiers died.",
        "p  extra 'six' killed total",
    ]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("the mayor of Norhaven", "mayor"),
        ("Ada Brenn, who led the search", "brenn"),
        ("Norhaven's", "norhaven"),
        ("of Norhaven", "norhaven"),
        ("the Coast-Guard (north)", "coast-guard"),
        ("—", None),
        ("", None),
        (None, None),
    ],
)
def test_head_of_a_phrase(phrase, expected):
    # A linking word at the very beginning does not end the phrase; it is its only word so far.
    assert head(phrase) == expected


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [(66.67, 66.6667, True), (23, 23.0, True), (None, None, True), (None, 0, False), (0, None, False), (23, 24, False)],
)
def test_limits_are_compared_to_two_decimals(a, b, same):
    assert same_number(a, b) is same


def test_pairs_take_the_largest_overlap_then_agreement():
    assert pair_up([(0, 4), (0, 10)], [(0, 10)], lambda i, j: 0) == [(1, 0)]
    assert pair_up([(0, 4), (0, 4)], [(0, 4)], lambda i, j: i) == [(1, 0)]
    assert pair_up([None, (5, 6)], [(0, 4)], lambda i, j: 0) == []


def test_finder_gives_each_number_a_place_of_its_own():
    finder = Finder("Two died and two were hurt; two towns lost power. It cost 22 and 2.")
    sentence = finder.text[:49]
    assert finder.take("two", sentence, "number", "towns") == (28, 31)
    assert finder.take("two", sentence, "number") == (13, 16)
    assert Finder(finder.text).take("2", finder.text[50:], "number") == (65, 66)
    assert finder.take("nine", sentence, "number") is None


def test_share_without_a_case_has_no_row():
    tally = Tally()
    tally.share("statements: recall mixed", 0, 0)
    assert tally.rows() == {}


# --- agreement with the shared scorer ------------------------------------------------------------------------------


def made_reading(page: CodedPage, chance: random.Random) -> Reading:
    """A reading made of the gold of a page, with some claims lost, moved and changed."""
    finder = Finder(page.text)

    def spot(part, sentence):
        place = finder.nearest(part, sentence) if part else None
        return None if place is None or chance.random() < 0.1 else Span(*place)

    def place_of(part, sentence, kind):
        span = spot(part, sentence)
        return None if span is None else kind(start=span.start, end=span.end)

    def other(value, choices):
        return chance.choice(choices) if chance.random() < 0.1 else value

    figures, statements, events = [], [], []
    for n, one in enumerate(page.figures):
        sentence, number = Span(*finder.nearest(one.sentence, one.sentence)), spot(one.number, one.sentence)
        if number is None:
            continue
        figures.append(
            Figure(
                id=f"f{n}",
                number=Span(number.start, max(number.start + 1, number.end - chance.choice([0, 0, 2]))),
                sentence=sentence,
                low=other(one.low, [None, 1, 7.004]),
                high=other(one.high, [None, 1]),
                of_total=one.of_total,
                kind=other(one.kind, ["total", "background", "count"]),
                outcome=other(one.outcome, ["killed", "none"]),
                polarity=other(one.polarity, ["denied"]),
                modality=other(one.modality, ["planned"]),
                place=place_of(one.place, one.sentence, Place),
                time=place_of(one.time, one.sentence, Time),
                source=spot(one.source, one.sentence),
                speaker=other(one.speaker, [None, "the mayor"]),
            )
        )
    for n, one in enumerate(page.statements):
        cue = spot(one.cue, one.sentence)
        if cue is None:
            continue
        content = [spot(part, one.sentence) for part in one.content]
        statements.append(
            Statement(
                id=f"s{n}",
                sentence=Span(*finder.nearest(one.sentence, one.sentence)),
                cue=cue,
                source=spot(one.source, one.sentence),
                speaker=other(one.speaker, [None]),
                content=tuple(
                    Span(c.start, max(c.start, c.end - chance.choice([0, 0, 30, 90]))) for c in content if c is not None
                ),
                form=other(one.form, ["mixed"]),
                act=other(one.act, ["decline", "deny"]),
            )
        )
    for n, one in enumerate(page.events):
        trigger = spot(one.trigger, one.sentence)
        if trigger is not None:
            events.append(
                Event(
                    id=f"e{n}",
                    sentence=Span(*finder.nearest(one.sentence, one.sentence)),
                    trigger=trigger,
                    type=other(one.type, ["attack", "other"]),
                    status=other(one.status, ["denied"]),
                )
            )
    page_record = Page(sha256="0", text=page.text)
    return Reading(
        id=page.id,
        page=page_record,
        figures=tuple(figures),
        statements=tuple(statements),
        events=tuple(events),
        reader=READER,
    )


def shared_rows(shared, gold, readings, folder):
    predictions = folder / "readings.jsonl"
    predictions.write_bytes(b"".join(to_json(reading) + b"\n" for reading in readings.values()))
    command = [sys.executable, str(shared / "bench" / "score_ledger.py"), str(gold), str(predictions), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.shared
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_scorer_agrees_with_the_shared_one(shared, tmp_path, seed):
    """Without a seed: the package's own readings; with one: readings made of the gold by chance."""
    gold = shared / "gold" / "dev.jsonl"
    pages = load_coded(gold)
    chance = random.Random(seed)  # noqa: S311  no secret
    readings = {page.id: read_coded(page) if seed is None else made_reading(page, chance) for page in pages}
    rows = score(pages, readings)
    expected = shared_rows(shared, gold, readings, tmp_path)
    assert rows == expected
    assert list(rows) == list(expected)
    if seed is not None:
        assert 0 < rows["toll: ledger"]["F1"] < rows["toll: found"]["F1"] < 100
