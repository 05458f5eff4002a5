"""Kinds of toll figures among the other figures of a page."""

import pytest

from onrecord.reading.figure_kinds import TOLL_KINDS
from onrecord.reading.kind_points import REACH, KindScene, kind_features, page_signs, points, weighed_kinds

EVEN = dict.fromkeys(sorted(TOLL_KINDS), 1 / len(TOLL_KINDS))


def scene(start: int, value: float | None, *, outcome: str = "injured", sentence: int = 0, **more: object) -> KindScene:
    made = {
        "counted_class": "person", "of_total": None, "single": value == 1, "words": (), "before": (), "ruled": "total",
        "chances": EVEN, **more,
    }  # fmt: skip
    return KindScene(
        start=start, end=start + 3, sentence=sentence, paragraph=sentence // 2, outcome=outcome, value=value, **made
    )  # type: ignore[arg-type]


def signs(at: int, *page: KindScene) -> set[str]:
    return set(page_signs(page[at], page))


def test_a_smaller_number_below_a_larger_one_may_be_its_part() -> None:
    found = signs(1, scene(0, 9), scene(400, 2, sentence=5))
    assert found >= {"larger before", "larger in the lead"}
    assert "larger in the sentence" not in found


def test_parts_that_sum_up_to_an_earlier_number_are_seen() -> None:
    page = (scene(0, 7), scene(400, 4, sentence=5), scene(420, 3, sentence=5))
    assert all("parts sum up" in signs(at, *page) for at in (1, 2))
    assert "parts sum up" not in signs(2, page[0], page[1], scene(420, 5, sentence=5))


def test_the_dead_are_no_part_of_the_wounded() -> None:
    assert signs(1, scene(0, 9), scene(400, 2, outcome="killed", sentence=5)) == {"alone"}


def test_those_in_hospital_are_a_part_of_the_wounded() -> None:
    assert "larger before" in signs(1, scene(0, 9), scene(400, 2, outcome="hospitalised", sentence=5))


def test_ships_are_no_part_of_men() -> None:
    assert signs(1, scene(0, 9), scene(400, 2, counted_class="ship", sentence=5)) == {"alone"}


@pytest.mark.parametrize(("total", "sign"), [(9, "whole told"), (12, "whole not told")])
def test_a_whole_counts_where_the_page_tells_it(total: float, sign: str) -> None:
    assert sign in signs(1, scene(0, 9), scene(400, 2, sentence=5, of_total=total))


def test_the_page_tips_what_model_and_rules_leave_open() -> None:
    part = scene(400, 1, sentence=5, chances=EVEN)
    alone, below = (weighed_kinds(part, page) for page in ((part,), (scene(0, 9), part)))
    assert below["subset"] > alone["subset"]
    assert max(below, key=below.__getitem__) == "subset"
    assert sum(below.values()) == pytest.approx(1.0)


def test_every_row_of_the_points_is_a_feature() -> None:
    known = {
        name
        for kind in TOLL_KINDS
        for ruled in TOLL_KINDS
        for name, _ in kind_features(kind, scene(0, 1, ruled=ruled), ())
    }
    assert {row for row in points() if ": " not in row} <= known
    assert {row.split(": ")[0] for row in points() if ": " in row} <= TOLL_KINDS


def test_a_flood_of_figures_is_compared_with_near_ones_only() -> None:
    page = tuple(scene(10 * at, 5, sentence=at) for at in range(10 * REACH))
    far = (scene(-10, 500, sentence=0), *page)
    assert "larger before" not in signs(5 * REACH, *far)
