"""benchmarks/attributions.py: each measure on made texts, and the same figures as the scorer beside the checkout."""

import importlib.util
import json
import warnings

import pytest

from attributions import Attribution, Tokens, is_speech, missed, score_attributions
from intervals import rows_with_intervals, score_of
from score import total

TEXT = "The mayor of Orlo said the bridge is closed. She wants a new one, according to Anna Feld."
SAID = {"source": "The mayor of Orlo", "cue": "said", "content": "the bridge is closed"}
WANTS = {"source": "She", "cue": "wants", "content": "a new one"}


def marked(**roles: str) -> Attribution:
    def places(words: str):
        return ((TEXT.index(words), TEXT.index(words) + len(words)),) if words else ()

    return Attribution(*(places(roles.get(role, "")) for role in ("source", "cue", "content")))


def rows(gold, found, text=TEXT):
    return score_attributions(Tokens(text), gold, found).rows()


@pytest.mark.parametrize(
    ("cue", "speech"),
    [("said", True), ("according to", True), ("wants", False), (".", True), ("", False), ("has vowed to", True)],
)
def test_cue_reports_speech(cue, speech):
    assert is_speech(cue, [(0, len(cue))] if cue else []) is speech


def test_all_found_is_all_right():
    gold = [marked(**SAID), marked(**WANTS)]
    found = rows(gold, gold)
    assert all(row.get("F1", 100.0) == 100.0 for row in found.values())
    assert found["AR-speech"]["n"] == 1
    assert found["recall: pronoun source"] == {"share": 100.0, "n": 1}


@pytest.mark.parametrize(
    ("changed", "row", "f1"),
    [
        ({"source": "mayor"}, "AR-main", 100.0),  # the same head
        ({"source": "Orlo"}, "AR-main", 0.0),
        ({"source": "Orlo"}, "AR-content", 100.0),
        ({"source": ""}, "AR-main", 0.0),
        ({"content": "bridge"}, "AR-main", 0.0),  # a quarter of the tokens
        ({"content": "the bridge"}, "AR-loose", 100.0),
        ({"content": "the bridge"}, "AR-exact", 0.0),
        ({"content": "the bridge"}, "content begin", 100.0),
        ({"content": "the bridge"}, "content exact", 0.0),
        ({"content": "the bridge"}, "content token", 66.7),
        ({"source": "The mayor"}, "source exact", 0.0),
    ],
)
def test_measure_forgives_what_it_should(changed, row, f1):
    assert rows([marked(**SAID)], [marked(**(SAID | changed))])[row]["F1"] == f1


def test_thought_that_gold_has_costs_no_speech_precision():
    gold = [marked(**SAID), marked(**WANTS)]
    assert rows(gold, [marked(**SAID), marked(**WANTS)])["AR-speech"]["P"] == 100.0
    assert rows(gold[:1], [marked(**SAID), marked(**WANTS)])["AR-speech"]["P"] == 100.0
    stray = marked(source="Anna Feld", cue="according to", content="a new one")
    assert rows(gold[:1], [marked(**SAID), stray])["AR-speech"]["P"] == 50.0


def test_source_of_two_attributions_is_one_fragment():
    gold = [marked(**SAID), marked(**(SAID | {"content": "a new one"}))]
    assert rows(gold, gold[:1])["source exact"] == {"P": 100.0, "R": 100.0, "F1": 100.0, "n": 1}


def test_fragment_ends_with_its_line():
    text = "closed\nopen"
    assert Tokens(text).fragments({0, 1}) == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("text", "form"),
    [("“It is over,” he said.", "direct"), ("It is over, he said.", "indirect"), ("''It'' is over, he said.", "mixed")],
)
def test_form_follows_the_quotation_marks(text, form):
    tokens = Tokens(text)
    content = Attribution(content=((0, text.index("over") + 4),))
    assert tokens.form(tokens.roles([content])[0]) == form


def test_missed_attribution_is_shown_with_its_words():
    assert list(missed(Tokens(TEXT), [marked(**SAID)], [])) == [
        "missed The mayor of Orlo | said | the bridge is closed"
    ]


def test_interval_of_equal_pages_is_a_point_and_of_unequal_ones_is_not():
    good = score_attributions(Tokens(TEXT), [marked(**SAID)], [marked(**SAID)])
    bad = score_attributions(Tokens(TEXT), [marked(**SAID)], [])
    same = rows_with_intervals([good] * 5, 50)["AR-main"]
    assert (same["from"], same["to"]) == (100.0, 100.0)
    mixed = rows_with_intervals([good, bad] * 5, 200)["AR-main"]
    assert mixed["from"] < mixed["F1"] < mixed["to"]
    assert "from" not in rows_with_intervals([good], 0)["AR-main"]


def test_score_of_nothing_is_zero():
    assert (score_of([0, 0, 0]), score_of([0, 0])) == (0.0, 0.0)


def shifted(attributions):
    """The coded attributions with one in five left out and every third place cut short: a made prediction."""
    kept = [one for at, one in enumerate(attributions) if at % 5]
    return [
        {
            role: [[start, max(start, end - 9 * ((at + n) % 3 == 0))] for n, (start, end) in enumerate(one[role])]
            for role in ("source", "cue", "content")
        }
        for at, one in enumerate(kept)
    ]


@pytest.mark.shared
def test_figures_are_those_of_the_scorer_beside_the_checkout(shared):
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "bench" / "score_attribution.py")
    scorer = importlib.util.module_from_spec(spec)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its docstring has a backslash that no escape needs
        spec.loader.exec_module(scorer)
    lines = (shared / "data" / "attribution" / "polnear_dev_allversions.jsonl").read_text("utf-8").split("\n")[:6]
    gold = [json.loads(line) for line in lines]
    found = [{"id": page["id"], "attributions": shifted(page["attributions"])} for page in gold]
    theirs = scorer.evaluate(gold, found, boot=50)

    by_id = {page["id"]: page["attributions"] for page in found}
    tallies = [
        score_attributions(Tokens(page["text"]), as_places(page["attributions"]), as_places(by_id[page["id"]]))
        for page in gold
    ]
    ours, sums = rows_with_intervals(tallies, 50), total(tallies).sums()
    for name, (right, wanted, got) in theirs["counts"].items():
        form, _, rest = name.partition(" ")
        if form in ("jaccard", "touch", "recall", "speech"):
            kind = name.replace("recall ", "recall: ") if "recall" in name else f"{rest} jaccard"
            row = "AR-loose: touch" if form == "touch" else kind
            if not row.endswith("none"):
                assert sums[("shares", row)] == pytest.approx((right, wanted)), name
        else:
            row = f"{rest} {'token' if form == 'tok' else form}" if rest else name
            assert sums[("counts", row)] == (right, got, wanted), name
            assert ours[row]["F1"] == round(scorer.prf(right, wanted, got)[2], 1), name
    assert (ours["AR-main"]["from"], ours["AR-main"]["to"]) == tuple(round(x, 1) for x in theirs["AR-main 95%"])


def as_places(attributions):
    return [
        Attribution(*(tuple(map(tuple, one[role])) for role in ("source", "cue", "content"))) for one in attributions
    ]
