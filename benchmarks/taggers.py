"""The taggers that can be measured, by name; `onrecord read` takes the first."""

from importlib import import_module

from onrecord.reading.tagger import Tagger

TAGGERS = {
    "lexicon": "onrecord.reading.lexicon_tagger:LexiconTagger",
    "model": "onrecord.reading.model_tagger:ModelTagger",
}
"""Name -> module and class; the class is made without arguments."""

DEFAULT = next(iter(TAGGERS))


def tagger_called(name: str) -> Tagger:
    """Return a tagger by its name.

    Raises:
        ValueError: its module is not there.
    """
    module, _, attribute = TAGGERS[name].partition(":")
    try:
        tagger: Tagger = getattr(import_module(module), attribute)()
    except ImportError as err:
        raise ValueError(f"tagger {name!r} is not there: {err}") from err
    return tagger
