"""Where the reader model lies and what it says of itself; reading this loads no weights."""

from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import ModelError
from onrecord.reading.model_layers import ARC_WIDTH, ARCS, DISTANCES, LAYERS, Layer

FOLDER = Path(__file__).resolve().parents[1] / "models" / "reader-3"
"""The model of the package."""


Topic = Literal["figures", "statements", "events"]


class LinkWeights(msgspec.Struct, frozen=True):
    """What counts for a link of one arc: product of the vectors, distance by bucket, one sentence, one paragraph."""

    product: float
    distance: list[float]
    sentence: float
    paragraph: float


class Settings(msgspec.Struct, frozen=True):
    """What settings.json beside the weights says; layers and arcs must be those of this version.

    calibration gives, for each kind of claim, slope and offset of the log odds that make them a confidence.
    """

    name: str
    precision: str
    layers: list[Layer]
    arcs: list[str]
    arc_width: int
    distances: list[int]
    links: list[LinkWeights]
    calibration: dict[Topic, tuple[float, float]] = msgspec.field(default_factory=dict)


@cache
def read_settings(folder: Path = FOLDER) -> Settings:
    """Return the settings of a model.

    Raises:
        ModelError: the file is missing or damaged, or layers and arcs mean something else than this version reads.
    """
    path = folder / "settings.json"
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Settings)
    except FileNotFoundError as err:
        raise ModelError(f"the reader model in {folder} is not whole: {path.name} is missing; install again") from err
    except msgspec.DecodeError as err:
        raise ModelError(f"{path}: {err}; install again, or use --no-model") from err
    same = (list(LAYERS), list(ARCS), ARC_WIDTH, list(DISTANCES))
    if (found.layers, found.arcs, found.arc_width, found.distances) != same:
        raise ModelError(f"{folder}: layers or arcs are not those of this version; use the model that came with it")
    return found
