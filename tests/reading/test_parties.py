"""Who did it, to what and with what: actor, target and weapon of figures, with the rules and with the model."""

import pytest

from onrecord.pipeline import read_bytes
from onrecord.records import Origin

Row = tuple[str, str, str | None, str | None, str | None]

ROWS: list[Row] = [  # text, number, actor, target, weapon
    ("Orsenian drones killed nine people in Orvo on Monday.", "nine", "Orsenian", None, "drones"),
    ("Nine people were killed by Orsenian-style shelling.", "Nine", None, None, "Orsenian-style shelling"),
    ("A gunman shot five people in Orvo, police said.", "five", "gunman", None, None),
    ("A bomb killed 12 people in a market on Friday.", "12", None, "market", "bomb"),
    ("Gunmen on motorcycles shot dead three farmers near Lint.", "three", "Gunmen", None, None),
    ("An Orsenian drone strike on a bakery killed two bakers.", "two", "Orsenian", "bakery", "drone"),
    ("Shells hit a bus depot in the town, killing seven people.", "seven", None, "bus depot", "Shells"),
    ("Four soldiers were killed when a mine exploded under their lorry.", "Four", None, None, "mine"),
    ("Police arrested 13 people on Tuesday.", "13", "Police", None, None),
    ("Rebels killed six villagers in the hills, the governor said.", "six", "Rebels", None, None),
    ("Seven people were killed by gunmen in Orvo on Sunday.", "Seven", "gunmen", None, None),
    ("Two farmers were killed on Monday by soldiers.", "Two", "soldiers", None, None),
    ("Orsenian forces launched 94 drones at Lintland overnight.", "94", "Orsenian forces", "Lintland", None),
    ("Eleven people were injured in a car bomb attack.", "Eleven", None, None, "car bomb"),
    ("A roadside bomb wounded three soldiers near the border.", "three", None, None, "roadside bomb"),
    ("A rocket killed a farmer and his two sons.", "two", None, None, "rocket"),
    ("Army shells killed four people in the old town.", "four", "Army", None, "shells"),
    ("Militants abducted 30 pupils from a school.", "30", "Militants", None, None),
    ("Thirty pupils were abducted by militants.", "Thirty", "militants", None, None),
    ("Security forces detained 40 protesters, a lawyer said.", "40", "Security forces", None, None),
    ("An attacker stabbed four passengers on a train.", "four", "attacker", None, None),
    ("The attack killed eight people.", "eight", None, None, None),
    ("Missiles destroyed 14 homes in the village.", "14", None, None, "Missiles"),
    ("Fourteen homes were destroyed by missiles.", "Fourteen", None, None, "missiles"),
    ("An airstrike killed six people in the valley.", "six", None, None, "airstrike"),
    ("Six people were killed in shelling on Monday.", "Six", None, None, "shelling"),
    ("Five people were killed in crossfire.", "Five", None, None, "crossfire"),
    ("A suicide bomber killed 20 people at a checkpoint.", "20", "suicide bomber", None, None),
    ("A drunk driver killed two people in Orvo.", "two", "drunk driver", None, None),
    ("A grenade injured three children in Orvo.", "three", None, None, "grenade"),
    ("Three children were injured by a grenade.", "Three", None, None, "grenade"),
    ("Air defences shot down 61 drones over the river.", "61", "Air defences", None, None),
    ("Insurgents killed 18 soldiers in an ambush.", "18", "Insurgents", None, None),
    ("Pirates kidnapped nine sailors off the coast.", "nine", "Pirates", None, None),
    ("A landmine killed two shepherds.", "two", None, None, "landmine"),
    ("A drone hit a hospital, killing three nurses.", "three", None, "hospital", "drone"),
    ("Rebel fighters attacked a checkpoint, killing four policemen.", "four", "Rebel fighters", "checkpoint", None),
    ("Nine people died in an Orsenian missile strike on a hotel.", "Nine", "Orsenian", "hotel", "missile"),
    ("Bandits killed at least 25 people in two villages.", "at least 25", "Bandits", None, None),
    ("A sniper killed two soldiers on Monday.", "two", "sniper", None, None),
]
OPEN: list[tuple[str, str]] = [  # nobody and nothing is said to have done it
    ("A fire in a hostel killed nine students.", "nine"),
    ("Hurricane Vala killed 40 people on the coast.", "40"),
    ("Nine people died in Orvo on Monday.", "Nine"),
    ("The earthquake killed 300 people in the north.", "300"),
    ("Police said 14 people were injured.", "14"),
    ("The mayor of Orvo said five people were killed.", "five"),
    ("Forty people were killed when a bus fell into a gorge.", "Forty"),
    ("The crash killed two people and injured three.", "two"),
    ("Five people were taken to hospital by helicopter.", "Five"),
    ("The floods displaced 12,000 people.", "12,000"),
    ("The names of the six people killed were not released by police.", "six"),
    ("A landslide killed 17 miners at a coal mine.", "17"),
    ("It killed 12 people.", "12"),
    ("Cholera has killed 80 people since May.", "80"),
    ("No one was killed, according to the army.", "No one"),
    ("A blast at a mine killed 28 miners.", "28"),
    ("The storm damaged 300 homes.", "300"),
    ("The toll rose to 41, the army said.", "41"),
    ("The collapse of a bridge killed seven workers.", "seven"),
    ("Doctors treated 30 people with burns.", "30"),
]


def parties(text: str, number: str) -> tuple[str | None, str | None, str | None]:
    reading = read_bytes(text.encode(), Origin(name="page", media_type="text", published="2031-05-04"))
    figure = next(f for f in reading.figures if reading.words(f.number) == number)
    actor, target, weapon = (reading.words(span) for span in (figure.actor, figure.target, figure.weapon))
    return actor, target, weapon


@pytest.mark.parametrize(("text", "number", "actor", "target", "weapon"), ROWS)
def test_clause_names_the_parties(
    text: str, number: str, actor: str | None, target: str | None, weapon: str | None
) -> None:
    assert parties(text, number) == (actor, target, weapon)


@pytest.mark.parametrize(("text", "number"), OPEN)
def test_parties_stay_open(text: str, number: str) -> None:
    assert parties(text, number) == (None, None, None)


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number", "actor", "target", "weapon"), ROWS)
def test_parties_with_the_model(
    text: str, number: str, actor: str | None, target: str | None, weapon: str | None
) -> None:
    assert parties(text, number) == (actor, target, weapon)


@pytest.mark.usefixtures("with_model")
@pytest.mark.parametrize(("text", "number"), OPEN)
def test_parties_stay_open_with_the_model(text: str, number: str) -> None:
    assert parties(text, number) == (None, None, None)
