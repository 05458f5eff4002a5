"""What the reader model answers: layers with their classes, arcs between spans. Training and reading share it.

A span layer has the classes outside, begin, inside (and a begin and an inside for each kind of name). A class layer is
read at the first word of a span. The order here is the order of the model's outputs, so it changes only with the model.
"""

from typing import Literal

import msgspec

LayerForm = Literal["spans", "classes"]


class Layer(msgspec.Struct, frozen=True):
    """One output of the model: its name, its form, and its classes in the order of the outputs."""

    name: str
    form: LayerForm
    classes: tuple[str, ...]


BIO = ("O", "B", "I")
NAMES = ("PERSON", "LOCATION", "ORGANIZATION", "MISC")
"""Kinds of names in the silver annotation that the layer `names` is trained on."""

OUTCOMES = (
    *("none", "killed", "injured", "hospitalised", "missing", "killed_or_injured", "displaced", "evacuated"),
    *("rescued", "detained", "charged", "abducted", "launched", "intercepted", "shot_down", "hit", "damaged"),
    *("destroyed", "deployed", "affected", "delivered", "attended", "voted", "infected", "other"),
)
KINDS = (
    *("total", "subset", "increment", "running_total", "previous", "background", "share", "money", "measure", "count"),
)
POLARITIES = ("affirmed", "denied", "none_reported", "unverified")
MODALITIES = ("actual", "possible", "planned", "hypothetical")
ACTS = ("assert", "deny", "promise", "demand", "warn", "ask", "decline", "accuse", "announce")
EVENTS = (
    *("attack", "explosion", "shooting", "clash", "arrest", "trial", "verdict", "accident", "disaster", "protest"),
    *("meeting", "call", "visit", "agreement", "ceasefire", "election", "appointment", "resignation", "sanction"),
    *("arms_transfer", "aid", "deployment", "withdrawal", "displacement", "rescue", "search", "damage", "disruption"),
    *("closure", "launch", "death", "injury", "other"),
)
STATUSES = ("happened", "ongoing", "planned", "denied", "possible", "did_not_happen")

LAYERS = (
    # attribution as PolNeAR has it: thoughts and wishes too, the outermost only
    Layer("any source", "spans", BIO),
    Layer("any cue", "spans", BIO),
    Layer("any content", "spans", BIO),
    # statements as gold/GUIDELINE.md has them
    Layer("source", "spans", BIO),
    Layer("cue", "spans", BIO),
    Layer("content", "spans", BIO),
    Layer("addressee", "spans", BIO),
    Layer("act", "classes", ACTS),
    # figures
    Layer("number", "spans", BIO),
    Layer("counted", "spans", BIO),
    Layer("outcome word", "spans", BIO),
    Layer("outcome", "classes", OUTCOMES),
    Layer("kind", "classes", KINDS),
    Layer("polarity", "classes", POLARITIES),
    Layer("modality", "classes", MODALITIES),
    # events
    Layer("trigger", "spans", BIO),
    Layer("type", "classes", EVENTS),
    Layer("status", "classes", STATUSES),
    Layer("actor", "spans", BIO),
    Layer("target", "spans", BIO),
    # shared by figures and events
    Layer("place", "spans", BIO),
    Layer("time", "spans", BIO),
    # silver names; whether a sentence reports speech, read at its first word
    Layer("names", "spans", ("O", *(f"{part}-{name}" for name in NAMES for part in "BI"))),
    Layer("speech", "classes", ("no", "yes")),
)

ARCS = (
    *("cue source", "cue content", "cue addressee"),
    *("number counted", "number outcome", "number source", "number place", "number time"),
    *("trigger actor", "trigger target", "trigger place", "trigger time"),
)
"""Arcs from the first word of a span to the first word of another one."""

ARC_WIDTH = 32
"""Numbers per word and arc on either side; the score of an arc is their product plus a bias for the distance."""

DISTANCES = (-200, -100, -50, -30, -20, -12, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100, 200)
"""Edges, in words from head to tail, of the buckets for which an arc has a bias."""

WIDTH = sum(len(layer.classes) for layer in LAYERS)
"""Classes of all layers together."""


def offsets() -> dict[str, tuple[int, int]]:
    """Return where the classes of each layer stand among the outputs, half open."""
    found, at = {}, 0
    for layer in LAYERS:
        found[layer.name] = (at, at + len(layer.classes))
        at += len(layer.classes)
    return found
