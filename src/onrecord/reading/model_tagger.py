"""The tagger that has learnt: the reader model finds spans and links, the rules help with numbers, times and places."""

from pathlib import Path

from onrecord.reading.chains import link_chains
from onrecord.reading.decoding import Decoded
from onrecord.reading.given_counts import tag_given_counts
from onrecord.reading.mention_rules import tag_mentions
from onrecord.reading.model_events import tag_happenings
from onrecord.reading.model_figures import tag_numbers
from onrecord.reading.model_folder import FOLDER
from onrecord.reading.model_session import load_model
from onrecord.reading.model_statements import attributions_of, tag_said
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Attribution, Tagging, TaggingBuilder

LEAST_SPOKEN = 0.4
"""Probability from which a sentence reports speech."""


class ModelTagger:
    """Tags with the weights of a folder; see `Tagger`."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._model = load_model(folder)
        self.name = self._model.settings.name

    def decode(self, document: Document) -> Decoded:
        """Return the answers of the model for a document."""
        return Decoded(self._model.scores(document), self._model.settings)

    def tag(self, document: Document) -> Tagging:
        """Return the spans and arcs of one document; see `Tagger`."""
        decoded = self.decode(document)
        builder = TaggingBuilder()
        tag_said(document, decoded, builder)
        link_chains(document, builder)
        tag_mentions(document, builder)
        tag_numbers(document, decoded, builder)
        tag_given_counts(document, builder)
        tag_happenings(document, decoded, builder)
        return builder.tagging()

    def spoken(self, document: Document) -> list[int]:
        """Return the numbers of the sentences that report speech by a person, as NewsDiscourse has it."""
        decoded = self.decode(document)
        first = [at for at, place in enumerate(decoded.words.places) if place]
        return [
            decoded.words.sentences[at] for at in first if decoded.probabilities("speech", at)["yes"] >= LEAST_SPOKEN
        ]

    def attributions(self, document: Document) -> list[Attribution]:
        """Return every attribution as PolNeAR has them: speech, thoughts and wishes, the outermost only."""
        return attributions_of(self.decode(document))
