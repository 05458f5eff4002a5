"""Reports of one story -> series, states, comparisons, independent sources. Places, people and outlets are invented."""

import random
import re
from collections import Counter

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.pipeline import read_bytes
from onrecord.records import Figure, Origin, Page, Reader, Reading, Span
from onrecord.stories.comparisons import placed
from onrecord.stories.origins import origins
from onrecord.stories.reports import Report, Telling
from onrecord.stories.telling import telling


def report(id, day, text, *, outlet="Brisk Post", **fields):
    """Read a text as an article of one day and return its report."""
    reading = read_bytes(text.encode(), Origin(name=id, published=day, outlet=outlet, media_type="text"))
    return Report(reading=reading, reported=day, **fields)


def states(told, outcome="killed", scope="whole"):
    """Return (value, state) of the points of the longest series of an outcome and scope."""
    series = (one.points for one in told.series if (one.outcome, one.scope) == (outcome, scope))
    points = max(series, key=len)
    return [(point.low if point.low is not None else point.high, point.state) for point in points]


def says(told, kind):
    return [one.says for one in told.comparisons if one.kind == kind]


ROWS = [
    ("rises", ["At least 9 people were killed.", "14 people were killed.", "19 people were killed."],
     [(9, "first"), (14, "revised_up"), (19, "revised_up")]),
    ("stays", ["19 people were killed.", "19 people were killed."], [(19, "first"), (19, "repeated")]),
    ("about", ["About 100 people were killed.", "104 people were killed."], [(100, "first"), (104, "repeated")]),
    ("no less than before", ["19 people were killed.", "At least 12 people were killed."],
     [(19, "first"), (12, "repeated")]),
    ("corrected", ["23 people were killed.", "The ministry lowered the number of people killed to 21."],
     [(23, "first"), (21, "corrected")]),
    ("its own older value", ["9 people were killed.", "14 people were killed, up from 9."],
     [(9, "first"), (9, "repeated"), (14, "revised_up")]),
    ("an older value of another outlet", ["9 people were killed.", "14 people were killed.", "9 people were killed."],
     [(9, "first"), (14, "revised_up"), (9, "repeated")]),
    ("one count of something else", ["9 people were killed.", "900 people were killed.", "11 people were killed."],
     [(9, "first"), (11, "revised_up")]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "expected"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_states_over_days(texts, expected):
    reports = [report(f"a{n}", f"2026-03-0{n + 1}", text, outlet=f"Outlet {n}") for n, text in enumerate(texts)]
    found = states(telling(reports))
    assert sorted(found) == sorted(expected)
    assert [value for value, state in found if state != "repeated"] == [v for v, s in expected if s != "repeated"]


def test_missing_people_are_found_and_no_source_was_wrong():
    told = telling(
        [
            report("a", "2026-03-04", "Some 40 people are missing."),
            report("b", "2026-03-05", "12 people are missing."),
        ]
    )
    assert states(told, "missing") == [(40, "first"), (12, "revised_down")]


@pytest.fixture
def conflict():
    return telling(
        [
            report("a", "2026-03-04T16:00:00Z", "City hall said 17 people were killed.", outlet="Courier"),
            report("b", "2026-03-04T18:30:00Z", "The governor said 19 people were killed.", outlet="Herald"),
        ]
    )


def test_two_sources_of_one_time_conflict(conflict):
    assert states(conflict) == [(17, "first"), (19, "conflicting")]


def test_a_conflict_names_values_sources_outlets_and_days(conflict):
    (found,) = says(conflict, "conflicts")
    assert re.search(r"^19 killed .*governor \(Herald, 4 March\) against 17 killed .*hall \(Courier, 4 March\)$", found)


def test_two_sources_in_one_article_conflict():
    text = "The governor said 23 people were killed. The mayor said 19 people were killed."
    assert states(telling([report("a", "2026-03-05", text)])) == [(23, "first"), (19, "conflicting")]


def test_different_definitions_never_meet():
    told = telling(
        [
            report("a", "2026-03-04", "The air force intercepted 198 drones."),
            report("b", "2026-03-04", "The air force shot down 150 drones."),
        ]
    )
    changed = {point.state for series in told.series for point in series.points} - {"first"}
    assert (len(told.series), changed, told.comparisons) == (2, set(), ())


PARTS = "The flood killed 40 people. In Vell Province, 12 people were killed."
SCOPES = [
    ("a part after the whole", [PARTS, "In Vell Province, 15 people were killed."], "part",
     [(12, "first"), (15, "revised_up")]),
    ("the whole after a part", [PARTS, "The flood killed 44 people."], "whole", [(40, "first"), (44, "revised_up")]),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "scope", "expected"), [row[1:] for row in SCOPES], ids=[row[0] for row in SCOPES])
def test_a_place_and_the_whole_are_two_quantities(texts, scope, expected):
    told = telling([report(f"a{n}", f"2026-03-0{n + 1}", text) for n, text in enumerate(texts)])
    assert states(told, scope=scope) == expected


def test_two_counts_of_the_place_of_the_happening_are_rivals_and_the_greater_one_goes_on():
    texts = [
        "In western Orvane, 112 people were killed by the rain.",
        "The agency said 158 people were killed. The cabinet secretary said 148 people were killed in western Orvane.",
        "In western Orvane, 200 people were killed by the rain.",
    ]
    told = telling([report(f"a{n}", f"2026-03-0{n + 1}", text) for n, text in enumerate(texts)])
    expected = [(112, "first"), (148, "conflicting"), (158, "revised_up"), (200, "revised_up")]
    assert sorted(states(told)) == expected


def test_the_first_others_of_an_article_are_all_whom_the_outcome_concerns():
    told = telling(
        [
            report(
                "a",
                "2026-03-04",
                "The storm killed nine people and 20 others are missing.\n\nIn Vell Province, 18 people are missing.",
            ),
            report("b", "2026-03-05", "Seven people are missing."),
        ]
    )
    assert states(told, "missing") == [(20, "first"), (7, "revised_down")]


def test_a_place_is_a_part_of_the_whole():
    found = says(telling([report("a", "2026-03-04", PARTS)]), "part_of")
    assert [one[:17] for one in found] == ["12 killed in Vell"]


def test_plans_never_revise_what_happened():
    told = telling(
        [
            report("a", "2026-03-04", "Officials evacuated 500 people."),
            report("b", "2026-03-05", "Officials plan to evacuate 9,000 people."),
        ]
    )
    assert {point.state for series in told.series for point in series.points} == {"first"}


def test_a_silent_edit_is_named():
    before = report(
        "page", "2026-03-04T08:00:00Z", "Blast in Orrin\n\n23 people were killed in the blast.", latest=False
    )
    after = report("page", "2026-03-04T09:00:00Z", "Blast in Orrin\n\n21 people were killed in the blast.")
    told = telling([before, replace(after, version=2, silent_edit=True)])
    assert states(told) == [(23, "first"), (21, "silently_changed")]
    assert "changed without notice" in says(told, "revises")[0]


@pytest.mark.parametrize(
    ("before", "denied"),
    [
        ("Nine civilians were killed in the strike, the mayor said.", ["9 civilians killed"]),
        ("More than 3,400 civilians have been killed in Norvale since 2021, the government said.", []),
    ],
    ids=["this happening", "history"],
)
def test_none_denies_what_is_told_of_this_happening(before, denied):
    after = "The army said on Thursday that no civilians were killed in the strike."
    told = telling([report("a", "2026-03-04", before), report("b", "2026-03-05", after, outlet="Dell Courier")])
    found = [one.partition(", denying ")[2] for one in says(told, "conflicts")]
    assert [one[: one.index(" according")] for one in found] == denied


@pytest.mark.parametrize(("name", "words"), [("Calder", "in Calder"), ("along the quay", "along the quay")])
def test_a_place_stands_behind_what_happened(name, words):
    assert placed(name) == words


def test_a_source_stands_in_small_letters_inside_a_sentence():
    texts = ["The ministry said that 9 people were killed.", "The ministry said that 14 people were killed."]
    told = telling([report(f"a{n}", f"2026-03-0{n + 4}", text) for n, text in enumerate(texts)])
    assert says(told, "revises")[0].startswith("14 killed according to the ministry (")


def test_a_note_of_a_later_version_corrects():
    before = report("page", "2026-03-04", "Blast in Orrin\n\n23 people were killed in the blast.", latest=False)
    text = "Blast in Orrin\n\n21 people were killed in the blast.\n\nCorrection: this report first said 23."
    told = telling([before, replace(report("page", "2026-03-05", text), version=2)])
    assert states(told) == [(23, "first"), (21, "corrected")]


def test_a_kept_figure_of_a_later_version_comes_once():
    one = report("page", "2026-03-04", "23 people were killed in the blast.", latest=False)
    assert states(telling([one, replace(one, version=2, latest=True)])) == [(23, "first")]


def test_two_outlets_that_quote_one_office_are_one_origin_and_two_accounts():
    text = "According to the air force, 23 people were killed."
    told = telling(
        [
            report("a", "2026-03-04", text, outlet="Courier"),
            report("b", "2026-03-05", f"{text} The search goes on.", outlet="Herald"),
        ]
    )
    sources = told.states[0].sources
    assert (len(sources), len(origins(sources))) == (2, 1)


def test_statements_of_one_speaker_that_negate_one_another_conflict():
    told = telling(
        [
            report("a", "2026-03-04", "Minister Anna Brell said the harbour pipeline supplies foreign warships."),
            report("b", "2026-03-06", "Minister Anna Brell said the harbour pipeline never supplies foreign warships."),
        ]
    )
    (found,) = says(told, "conflicts")
    assert re.search(r"6 March\) contradicts .*4 March\)$", found)


CITED = "A fire at a mill in Norvale killed nine people, local media reported, citing officials."


def test_a_point_keeps_who_passed_the_words_on_and_who_was_first():
    told = telling([report("a", "2026-03-04", CITED), report("b", "2026-03-06", CITED, outlet="Dell Courier")])
    (series,) = (one for one in told.series if one.outcome == "killed")
    first, later = series.points
    assert {(point.speaker, point.via) for point in series.points} == {("officials", "local media")}
    assert (first.first, first.lag_hours) == (None, None)
    assert (later.first, later.lag_hours) == (first.figure, 48.0)
    assert "according to officials, via local media (Dell Courier" in says(told, "agrees")[0]
    sources = told.states[0].sources
    assert (len(sources), origins(sources)) == (2, ("officials",))


@pytest.fixture(scope="module")
def demo(root):
    """The telling of some pages of the demo, read by rules alone."""
    folder = root / "src" / "onrecord" / "demo"
    copies = {"lpr-wire-brief": "nwa-port-callan-wrap", "courier-wire-copy": "nwa-port-callan-wrap"}
    kept = {"nwa-flash", "nwa-port-callan-wrap", *copies, "herald-attack-main", "nwa-day2", "herald-correction"}
    reports = []
    for line in (folder / "manifest.jsonl").read_bytes().splitlines():
        page = msgspec.json.decode(line)
        if page["id"] in kept:
            path = page.pop("path")
            reading = read_bytes((folder / path).read_bytes(), Origin(name=page["id"], **page))
            reports.append(Report(reading=reading, reported=page["published"], copy_of=copies.get(page["id"])))
    return telling(reports)


DEMO = [
    (9, {"first"}), (14, {"revised_up", "repeated"}), (19, {"revised_up", "conflicting"}), (17, {"conflicting"}),
    (23, {"revised_up", "repeated"}), (21, {"corrected"}),
]  # fmt: skip


@pytest.mark.parametrize(("value", "expected"), DEMO)
def test_the_toll_of_the_demo(demo, value, expected):
    assert {state for found, state in states(demo) if found == value} == expected


def test_copies_of_the_demo_are_repeats(demo):
    points = [point for series in demo.series for point in series.points if point.copy]
    changed = {point.state for point in points} - {"repeated", "first", "background", "not_comparable"}
    assert len({point.article for point in points}) == 2
    assert not changed


def test_copies_of_the_demo_are_one_account(demo):
    (point, *_) = [one for series in demo.series for one in series.points if one.copy and one.low == 14]
    sources = next(one.sources for one in demo.states if one.figure == point.figure)
    assert [len(one.articles) for one in sources] == [3]


# --- what must hold always -------------------------------------------------------------------------------------------

OUTCOMES = ("killed", "injured", "missing")
TOLD = st.tuples(
    st.sampled_from(OUTCOMES),
    st.integers(0, 60),
    st.sampled_from(["exact", "at_least", "about"]),
    st.sampled_from([None, "the governor", "city hall"]),
)
REPORTS = st.lists(st.tuples(st.integers(1, 5), st.lists(TOLD, min_size=1, max_size=3)), min_size=1, max_size=6)


def made(number, day, told):
    """Return a report with made figures, one sentence for each."""
    text, figures = "", []
    for place, (outcome, value, bound, speaker) in enumerate(told):
        start, words = len(text), f"{value} people were {outcome}. "
        text += words
        high = None if bound == "at_least" else value
        figures.append(
            Figure(
                id=f"f{number}.{place}", number=Span(start, start + len(str(value))), low=value, high=high, point=value,
                sentence=Span(start, start + len(words) - 1), bound=bound, kind="total", outcome=outcome,
                speaker=speaker,
            )
        )  # fmt: skip
    page = Page(sha256="0", outlet=f"Outlet {number}", text=text)
    reading = Reading(id=f"a{number}", page=page, figures=tuple(figures), reader=Reader(version="1", model="made"))
    return Report(reading=reading, reported=f"2026-03-0{day}")


def all_made(drawn):
    return [made(number, day, told) for number, (day, told) in enumerate(drawn)]


def by_figure(told: Telling):
    return {(one.article, one.figure): (one.state, one.sources) for one in told.states}


@settings(max_examples=25, deadline=None)
@given(drawn=REPORTS, seed=st.integers(0, 99))
def test_order_of_reports_does_not_matter(drawn, seed):
    reports = all_made(drawn)
    mixed = reports[:]
    random.Random(seed).shuffle(mixed)  # noqa: S311  # an order, no secret
    assert telling(mixed) == telling(reports)


@settings(max_examples=15, deadline=None)
@given(drawn=REPORTS)
def test_copies_change_no_other_state_and_no_number_of_sources(drawn):
    reports = all_made(drawn)
    first = reports[0]
    copies = [
        replace(first, reading=replace(first.reading, id=f"copy{n}"), reported="2026-03-06", copy_of=first.reading.id)
        for n in range(30)
    ]
    alone, flooded = by_figure(telling(reports)), by_figure(telling([*copies, *reports]))
    for key, (state, sources) in alone.items():
        assert (flooded[key][0], len(flooded[key][1])) == (state, len(sources))


@settings(max_examples=25, deadline=None)
@given(drawn=REPORTS)
def test_every_figure_is_one_point_and_comparisons_name_given_figures(drawn):
    reports = all_made(drawn)
    told = telling(reports)
    ids = {figure.id for one in reports for figure in one.reading.figures}
    points = Counter(point.figure for series in told.series for point in series.points)
    assert points == Counter(ids) == Counter(one.figure for one in told.states)
    assert {id for one in told.comparisons for id in (one.a, one.b)} <= ids
    assert len(told.comparisons) <= 2 * len(ids)


def test_copies_without_their_source_are_told_by_the_first_of_them():
    one = made(1, 4, [("killed", 9, "exact", None)])
    copies = [replace(one, reading=replace(one.reading, id=id), copy_of="gone") for id in ("b", "a")]
    points = telling(copies).series[0].points
    assert [(point.article, point.state, point.copy) for point in points] == [
        ("a", "first", False),
        ("b", "repeated", True),
    ]
