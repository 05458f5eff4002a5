"""records.py: JSON in and out, ids that stay, records that cannot be changed."""

import inspect
import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord import records
from onrecord.errors import SpanError
from onrecord.records import (
    Figure,
    Place,
    Reader,
    Reading,
    Record,
    Span,
    Time,
    claim_id,
    content_id,
    document_id,
    from_json,
    json_schema,
    to_json,
)

RECORD_TYPES = [
    kind for _, kind in inspect.getmembers(records, inspect.isclass) if issubclass(kind, Record) and kind is not Record
]

spans = st.tuples(st.integers(0, 9999), st.integers(0, 999)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
# Other scripts and marks as well; lone surrogates cannot stand in JSON.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


def record_of(kind: type) -> st.SearchStrategy:
    """Records of a type with every field filled at random; Hypothesis cannot derive them, since Span checks itself."""
    if kind is Span:
        return spans
    fields = {field.name: values_of(field.type) for field in msgspec.structs.fields(kind)}
    return st.builds(kind, **fields)


def values_of(annotation: object) -> st.SearchStrategy:
    """Values of a field's type."""
    info = msgspec.inspect.type_info(annotation)
    return values_of_info(info)


def values_of_info(info: msgspec.inspect.Type) -> st.SearchStrategy:
    match info:
        case msgspec.inspect.UnionType(types=types):
            return st.one_of([values_of_info(one) for one in types])
        case msgspec.inspect.StructType(cls=cls):
            return record_of(cls)
        case msgspec.inspect.VarTupleType(item_type=item):
            return st.lists(values_of_info(item), max_size=2).map(tuple)
        case msgspec.inspect.LiteralType(values=values):
            return st.sampled_from(values)
    simple = {
        msgspec.inspect.NoneType: st.none(),
        msgspec.inspect.StrType: texts,
        msgspec.inspect.BoolType: st.booleans(),
        msgspec.inspect.IntType: st.integers(-(2**53), 2**53),
        # A float that is whole comes back as an int where a field takes both; the two compare equal.
        msgspec.inspect.FloatType: st.floats(allow_nan=False, allow_infinity=False),
    }
    return simple[type(info)] if type(info) in simple else st.just(msgspec.UNSET)


@pytest.mark.parametrize("kind", RECORD_TYPES, ids=lambda kind: kind.__name__)
def test_record_survives_json(kind):
    @settings(max_examples=12, deadline=None, derandomize=True)
    @given(record_of(kind))
    def survives(record):
        line = to_json(record)
        assert b"\n" not in line
        assert from_json(line, kind) == record

    survives()


@pytest.mark.parametrize("kind", RECORD_TYPES, ids=lambda kind: kind.__name__)
def test_record_type_is_frozen(kind):
    assert kind.__struct_config__.frozen


def test_figure_cannot_be_changed():
    figure = Figure(id="1", number=Span(0, 4), sentence=Span(0, 9), low=6, high=6)
    with pytest.raises(AttributeError):
        figure.low = 7
    assert figure.low == 6


@pytest.mark.parametrize("kind", RECORD_TYPES, ids=lambda kind: kind.__name__)
def test_schema_names_every_field(kind):
    schema = json_schema(kind)
    properties = schema["$defs"][kind.__name__]["properties"]
    assert list(properties) == [field.encode_name for field in msgspec.structs.fields(kind)]


def test_time_is_written_with_the_names_of_the_interface():
    time = Time(start=3, end=9, from_="2025-07-04", to="2025-07-04", precision="day")
    assert json.loads(to_json(time)) == {
        "start": 3,
        "end": 9,
        "from": "2025-07-04",
        "to": "2025-07-04",
        "precision": "day",
    }


def test_what_the_text_does_not_say_is_null():
    figure = json.loads(to_json(Figure(id="1", number=Span(0, 4), sentence=Span(0, 9))))
    silent = (
        "low",
        "high",
        "point",
        "of_total",
        "counted",
        "outcome_word",
        "place",
        "time",
        "source",
        "speaker",
        "via",
    )
    assert [figure[name] for name in silent] == [None] * len(silent)
    assert "why" not in figure


def test_json_with_an_unknown_outcome_is_refused():
    figure = to_json(Figure(id="1", number=Span(0, 4), sentence=Span(0, 9), outcome="killed"))
    with pytest.raises(msgspec.ValidationError, match="outcome"):
        from_json(figure.replace(b"killed", b"kiled"), Figure)


def test_json_keeps_characters_outside_the_basic_plane():
    place = Place(start=0, end=1, name="Ōmi 🏥 \u200f")
    assert from_json(to_json(place), Place) == place


# --- spans ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 4), (-3, -1)])
def test_span_that_runs_backwards_is_refused(start, end):
    with pytest.raises(SpanError):
        Span(start, end)


def test_span_outside_the_text_is_refused():
    with pytest.raises(SpanError, match="12 characters"):
        Span(8, 13).of("Nobody hurt.")


def test_span_counts_code_points():
    assert Span(2, 8).of("🏥 Nobody hurt.") == "Nobody"


@pytest.mark.parametrize(
    ("a", "b", "holds", "meets"),
    [
        (Span(0, 9), Span(3, 9), True, True),
        (Span(3, 9), Span(0, 9), False, True),
        (Span(0, 3), Span(3, 9), False, False),
        (Span(0, 4), Span(3, 9), False, True),
    ],
)
def test_spans_hold_and_meet(a, b, holds, meets):
    assert (a.holds(b), a.meets(b), b.meets(a)) == (holds, meets, meets)


def test_reading_gives_the_words_of_a_place():
    page = records.Page(sha256="0", text="Six shops in Norhaven burned.")
    reading = Reading(id="page", page=page, reader=Reader(version="0", model="none"))
    assert reading.words(Place(start=13, end=21)) == "Norhaven"
    assert reading.words(None) is None


# --- ids -----------------------------------------------------------------------------------------------------------

CLAIM = {
    "document": "d1",
    "sentence": "Six shops burned.",
    "occurrence": 0,
    "kind": "figure",
    "span": Span(0, 3),
    "value": (6, 6),
}


def test_same_claim_has_the_same_id():
    assert claim_id(**CLAIM) == claim_id(**dict(CLAIM))


@pytest.mark.parametrize(
    ("part", "other"),
    [
        ("document", "d2"),
        ("sentence", "Six shops burnt."),
        ("occurrence", 1),
        ("kind", "event"),
        ("span", Span(0, 9)),
        ("span", Span(1, 3)),
        ("value", (6, None)),
    ],
)
def test_claim_id_depends_on_each_part(part, other):
    assert claim_id(**CLAIM) != claim_id(**{**CLAIM, part: other})


def test_id_is_the_same_in_every_process():
    assert content_id("text", "Six shops burned.", None) == content_id("text", "Six shops burned.", None)
    # printf 'text\x1fSix shops burned.' | sha256sum
    assert document_id(None, "Six shops burned.") == "8f6cb5e9d9c30445"


def test_absent_and_empty_are_different_contents():
    assert content_id("a", None) != content_id("a", "")
    assert content_id("a", "b") != content_id("ab")


def test_document_is_its_url_where_one_is_known():
    assert document_id("https://gazette.example/1", "one") == document_id("https://gazette.example/1", "two")
    assert document_id(None, "one") != document_id(None, "two")
