"""Figures of a page: what is counted, what happened, what kind, how sure, according to whom."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Figure, Origin, Reading


def read(text: str, published: str | None = "2031-05-04") -> Reading:
    return read_bytes(text.encode(), Origin(name="page", media_type="text", published=published))


def one(text: str, number: str) -> tuple[Reading, Figure]:
    reading = read(text)
    found = [figure for figure in reading.figures if reading.words(figure.number) == number]
    assert len(found) == 1, [reading.words(figure.number) for figure in reading.figures]
    return reading, found[0]


OUTCOMES = [
    ("The strike injured at least 23 people in Varno.", "at least 23", "injured", "people"),
    ("At least 23 people were hurt in the strike.", "At least 23", "injured", "people"),
    ("The blast left 12 dead.", "12", "killed", None),
    ("Injured: 12, of whom four are in hospital.", "12", "injured", None),
    ("Not a single miner was hurt.", "Not a single", "injured", "miner"),
    ("The death toll rose to 60 on Monday.", "60", "killed", None),
    ("Police arrested four men after the march.", "four", "detained", "men"),
    ("Four men were taken into custody.", "Four", "detained", "men"),
    ("Guards took seven sailors into custody.", "seven", "detained", "sailors"),
    ("Some 900 families were forced to leave their homes.", "Some 900", "displaced", "families"),
    ("The flood displaced over 2,000 people.", "over 2,000", "displaced", "people"),
    ("More than 60 homes were destroyed.", "More than 60", "destroyed", "homes"),
    ("The storm damaged six bridges.", "six", "damaged", "bridges"),
    ("The north launched 39 drones overnight.", "39", "launched", "drones"),
    ("Gunners shot down 31 drones.", "31", "shot_down", "drones"),
    ("About 600,000 homes were without power.", "About 600,000", "affected", "homes"),
    ("Nine people are missing.", "Nine", "missing", "people"),
    ("Dozens of miners were rescued.", "Dozens", "rescued", "miners"),
    ("14 of the injured were in hospital.", "14", "hospitalised", "injured"),
    ("Thousands marched through the capital.", "Thousands", "attended", None),
    ("The storm claimed the lives of 11 sailors.", "11", "killed", "sailors"),
    ("He was jailed for the murder of two women.", "two", "killed", "women"),
    ("No injuries were reported.", "No", "injured", "injuries"),
    ("Some 700 families are sleeping in the open.", "Some 700", "displaced", "families"),
    ("Around 30 crews are battling the blaze.", "Around 30", "deployed", "crews"),
    ("About 900 homes had no drinking water.", "About 900", "affected", "homes"),
    ("The north fired a salvo of seven missiles.", "seven", "launched", "missiles"),
    ("The flood killed a crew of three.", "three", "killed", None),
    ("By Sunday 140 had been brought ashore.", "140", "rescued", None),
    ("Raiders snatched nine aid workers.", "nine", "abducted", "aid workers"),
    ("Three pilgrims fainted in the heat.", "Three", "injured", "pilgrims"),
    ("Two pupils were hit by a van.", "Two", "injured", "pupils"),
    ("Two villages were hit by shells.", "Two", "hit", "villages"),
    ("The town has 212 confirmed cases of cholera.", "212", "infected", "confirmed cases"),
    ("Ten drones were destroyed in the air.", "Ten", "shot_down", "drones"),
    ("Nine drones reached their targets.", "Nine", "hit", "drones"),
    ("Fatalities numbered 17 in May.", "17", "killed", None),
    ("The number killed rose to 17.", "17", "killed", None),
    ("A fitter died at the scene.", "A fitter", "killed", "fitter"),
    ("One miner was killed and another injured in the fall.", "another", "injured", None),
    ("The shell hit two cars, wounding one driver and killing another.", "another", "killed", None),
    ("Neighbours brought out the injured child.", "the injured child", "injured", "injured child"),
    ("The wounded ferryman spoke to reporters.", "The wounded ferryman", "injured", "wounded ferryman"),
    ("Trams stopped in Old Varno. Two men were hurt there.", "Two", "injured", "men"),
    ("Gunners downed a helicopter.", "a helicopter", "shot_down", "helicopter"),
    ("There were no immediate reports of casualties.", "no", "killed_or_injured", "immediate reports"),
    ("Guards turned away 26 people.", "26", "other", "people"),
    ("The storm took 12 lives.", "12", "killed", "lives"),
    ("Floods have taken 12 lives.", "12", "killed", "lives"),
    ("Four people were taken to a hospital in Lorrin.", "Four", "hospitalised", "people"),
    ("A nurse took 12 children to the coast.", "12", "other", "children"),
    ("There were ten firefighters at the gate.", "ten", "none", "firefighters"),
    ("The two states signed seven agreements.", "seven", "other", "agreements"),
]


@pytest.mark.parametrize(("text", "number", "outcome", "counted"), OUTCOMES)
def test_figure_has_outcome_and_counted_phrase(text: str, number: str, outcome: str, counted: str | None) -> None:
    reading, figure = one(text, number)
    assert (figure.outcome, reading.words(figure.counted)) == (outcome, counted)


def test_joined_numbers_share_their_verb() -> None:
    reading = read("The mine killed two farmers and three children and wounded five more.")
    assert [(f.low, f.outcome, f.kind) for f in reading.figures] == [
        (2, "killed", "total"),
        (3, "killed", "total"),
        (5, "injured", "total"),  # "more" than the dead: no earlier count of the injured
    ]


SHARED = [
    (
        "A mother and her two daughters drowned in the Sorl.",
        [("A mother", "killed", "total"), ("two", "killed", "total")],
    ),
    ("The wounded were a nurse and two drivers.", [("a nurse", "injured", "total"), ("two", "injured", "total")]),
    (
        "The shells damaged a bakery, a tram and several cars.",
        [("a bakery", "damaged", "total"), ("a tram", "damaged", "total"), ("several", "damaged", "total")],
    ),
    (
        "The clinic admitted 22 people on Friday, 31 on Saturday and, by noon, 40.",
        [("22", "hospitalised", "total"), ("31", "hospitalised", "total"), ("40", "hospitalised", "total")],
    ),
    (
        "Five people were killed, two in Orvo and three in Lint.",
        [("Five", "killed", "total"), ("two", "killed", "subset"), ("three", "killed", "subset")],
    ),
    (
        "The mine says 30 men are trapped, the union says 44.",
        [("30", "affected", "total"), ("44", "affected", "total")],
    ),
    ("The quake left 12 dead, among them a priest.", [("12", "killed", "total"), ("a priest", "killed", "subset")]),
    ("The fire destroyed 77 barns, 50 of them empty.", [("77", "destroyed", "total"), ("50", "destroyed", "subset")]),
    ("Gunmen shot four men, two fatally.", [("four", "killed_or_injured", "total"), ("two", "killed", "subset")]),
    ("Two lorries and a bus were hit.", [("Two", "hit", "total"), ("a bus", "hit", "total")]),
    ("A ferry capsized off Lint.", [("A ferry", "other", "total")]),
    ("Six homes were gutted and four damaged.", [("Six", "destroyed", "total"), ("four", "damaged", "total")]),
    ("The court cut the number killed to 44 from 51.", [("44", "killed", "total"), ("51", "killed", "previous")]),
    ("The blast brings to 14 the number of miners killed.", [("14", "killed", "running_total")]),
    (
        "Two clerks resigned and 300 people were told to stay in.",
        [("Two", "other", "count"), ("300", "none", "count")],
    ),
]


@pytest.mark.parametrize(("text", "rows"), SHARED)
def test_numbers_share_outcomes(text: str, rows: list[tuple[str, str, str]]) -> None:
    reading = read(text)
    assert [(reading.words(f.number), f.outcome, f.kind) for f in reading.figures] == rows


CARRIED = [
    ("Twelve people died in Orvo. Five more followed in the days after.", "Five", "killed", "increment", "died"),
    ("Twelve people died in Orvo. Of these, three were children.", "three", "killed", "subset", "died"),
    ("Twelve people died in Orvo. Two were doctors.", "Two", "killed", "subset", "died"),
    ("There were 31 deaths on Friday. On Saturday there were 37.", "37", "killed", "total", "deaths"),
    ("Nine were killed. Another 14 were in hospital.", "Another 14", "hospitalised", "total", "in hospital"),
    ("The storm killed nine. Another three died on Monday.", "Another three", "killed", "increment", "died"),
]


@pytest.mark.parametrize(("text", "number", "outcome", "kind", "word"), CARRIED)
def test_number_goes_on_with_the_sentence_before(text: str, number: str, outcome: str, kind: str, word: str) -> None:
    reading, figure = one(text, number)
    assert (figure.outcome, figure.kind, reading.words(figure.outcome_word)) == (outcome, kind, word)


def test_who_shot_a_number_of_others_is_no_victim() -> None:
    found = read("The gunman shot nine people, killing four.").figures
    assert [(figure.point, figure.outcome) for figure in found] == [(9, "injured"), (4, "killed")]


def test_outcome_is_not_carried_into_another_paragraph() -> None:
    reading = read("Twelve people died in Orvo.\n\nTwo were doctors.")
    assert [reading.words(figure.number) for figure in reading.figures if figure.outcome == "killed"] == ["Twelve"]


def test_subject_of_an_active_verb_is_no_victim() -> None:
    reading = read("Two gunmen killed a guard at the gate.")
    assert [(reading.words(f.number), f.outcome) for f in reading.figures if f.outcome == "killed"] == [
        ("a guard", "killed")
    ]


SINGLES = [
    ("A woman was killed in the raid.", "A woman", "killed"),
    ("A 24-year-old man was shot dead.", "A 24-year-old man", "killed"),
    ("A 24 year old was shot dead.", "A 24 year old", "killed"),
    ("A 24 year-old was injured.", "A 24 year-old", "injured"),
    ("The raid wounded his brother.", "his brother", "injured"),
    ("The driver was arrested.", "The driver", "detained"),
    ("A bridge was destroyed.", "A bridge", "destroyed"),
]


@pytest.mark.parametrize(("text", "number", "outcome"), SINGLES)
def test_single_victim_counts_as_one(text: str, number: str, outcome: str) -> None:
    _, figure = one(text, number)
    assert (figure.low, figure.high, figure.outcome) == (1, 1, outcome)


KINDS = [
    ("The blast killed 11, including three children.", "three", "subset"),
    ("Two more people died on Sunday.", "Two", "increment"),
    ("The death toll has risen to 41.", "41", "running_total"),
    ("The death toll is now 41, up from 38.", "38", "previous"),
    ("Officials cut the toll from 60 to 53.", "60", "previous"),
    ("Since 2022 more than 12,000 civilians have been killed.", "more than 12,000", "background"),
    ("About 12 percent of the wells are dry.", "About 12 percent", "share"),
    ("The state paid $3 million.", "$3 million", "money"),
    ("A quake of magnitude 6.1 struck.", "6.1", "measure"),
    ("There were ten firefighters at the gate.", "ten", "count"),
]


@pytest.mark.parametrize(("text", "number", "kind"), KINDS)
def test_figure_has_kind(text: str, number: str, kind: str) -> None:
    assert one(text, number)[1].kind == kind


SHADES = [
    ("Police feared 12 people were killed.", "12", "possible", "affirmed"),
    ("Up to 30 people may have been killed.", "Up to 30", "possible", "affirmed"),
    ("The army will deploy 500 soldiers.", "500", "planned", "affirmed"),
    ("In all, 14 people were killed on May 5.", "14", "actual", "affirmed"),
    ("If the dam bursts, 3,000 people would be displaced.", "3,000", "hypothetical", "affirmed"),
    ("No injuries were reported.", "No", "actual", "none_reported"),
    ("The claim that 200 people were killed could not be verified.", "200", "actual", "unverified"),
    ("The army denied that 30 soldiers had been killed.", "30", "actual", "denied"),
    ("It is not true that 90 workers were hurt.", "90", "actual", "denied"),
    ("Reports that ten pilgrims were killed were false.", "ten", "actual", "denied"),
    ("The court cleared the nurse of killing three infants.", "three", "actual", "denied"),
    ("The league no longer plans to deploy 70 guards.", "70", "planned", "denied"),
    ("Nobody has been reported missing.", "Nobody", "actual", "none_reported"),
    ("There were no immediate reports of casualties.", "no", "actual", "none_reported"),
    ("The office wants to vaccinate 900 children.", "900", "planned", "affirmed"),
    ("The alliance is seeking $50 million for tents.", "$50 million", "planned", "affirmed"),
    ("Up to 30 cm of rain is forecast for the hills.", "Up to 30 cm", "possible", "affirmed"),
    ("The toll is nine and will climb.", "nine", "actual", "affirmed"),
    ("In May 40 men were killed.", "40", "actual", "affirmed"),
    ("If the talks fail, ten crews will be sent.", "ten", "hypothetical", "affirmed"),
]


@pytest.mark.parametrize(("text", "number", "modality", "polarity"), SHADES)
def test_figure_has_modality_and_polarity(text: str, number: str, modality: str, polarity: str) -> None:
    _, figure = one(text, number)
    assert (figure.modality, figure.polarity) == (modality, polarity)


def test_figure_names_its_source_at_the_end_of_the_sentence() -> None:
    reading, figure = one("A drone hit a bakery and injured nine people, the governor said.", "nine")
    assert (reading.words(figure.source), figure.speaker) == ("the governor", "the governor")


def test_figure_in_the_outlets_own_voice_has_no_source() -> None:
    _, figure = one("Meanwhile, five civilians were killed in shelling near Ostrel.", "five")
    assert (figure.source, figure.speaker) == (None, None)


def test_explained_figure_says_why() -> None:
    origin = Origin(name="page", media_type="text")
    reading = read_bytes(b"At least 23 people were hurt, police said.", origin, explain=True)
    assert {why.field for why in reading.figures[0].why} >= {"bound", "outcome", "kind", "speaker"}


NO_TOLLS = [
    "Nobody knows how many people were killed.",
    "One question remains for the crew.",
    "The last boat is the one people talk of.",
]


@pytest.mark.parametrize("text", NO_TOLLS)
def test_words_that_look_like_a_number_give_no_toll(text: str) -> None:
    assert [figure for figure in read(text).figures if figure.outcome == "killed" or figure.point == 1] == []


@pytest.mark.parametrize(
    "text", ["One of the worst hit villages lost power.", "At one point, 40 homes were without power."]
)
def test_one_of_the_worst_and_at_one_point_count_nothing(text: str) -> None:
    reading = read(text)
    assert "one" not in [(reading.words(figure.number) or "").lower() for figure in reading.figures]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Two bombs went off in Lomnik.\n\nThe blasts were loud.\n\nAt least 14 people were killed.", "Lomnik"),
        ("Two bombs went off.\n\nThe blasts were loud.\n\nAt least 14 people were killed.", None),
        ("Two bombs went off in Lomnik.\n\nThe blasts were loud.\n\nAt least 14 people were killed in Varno.", "Varno"),
    ],
)
def test_toll_without_a_place_takes_that_of_the_lead(text: str, place: str | None) -> None:
    figure = next(one for one in read(text).figures if one.outcome == "killed")
    assert (figure.place and text[figure.place.start : figure.place.end]) == place


def test_figure_has_role_and_body_of_its_source() -> None:
    _, figure = one("A storm injured nine people, Norvale fire chief Ada Brun said.", "nine")
    said = (figure.speaker, figure.speaker_role, figure.speaker_body, figure.speaker_country)
    assert said == ("Ada Brun", "fire chief", "Norvale", None)
