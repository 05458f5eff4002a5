"""The taggers that can be measured, by name; DEFAULT is the one that `onrecord read` takes."""

from onrecord.errors import ModelError, PluginError
from onrecord.pipeline import default_tagger, tagger_named
from onrecord.plugins import BUILT_IN
from onrecord.reading.tagger import Tagger

TAGGERS = BUILT_IN["taggers"]
"""Name -> module and class; the class is made without arguments."""

DEFAULT = default_tagger()


def tagger_called(name: str) -> Tagger:
    """Return a tagger by its name.

    Raises:
        ValueError: its module or its weights are not there.
    """
    try:
        return tagger_named(name)
    except (PluginError, ModelError) as err:
        raise ValueError(f"tagger {name!r} is not there: {err}") from err
