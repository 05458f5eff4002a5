"""Finds numbers, what they count and the outcome word of each, by word order.

For every number of a sentence: the noun phrase behind it, then the outcome word it belongs to: inside the phrase ("12
wounded soldiers", "no casualties"), to the right ("23 people were hurt", "three dead"), to the left ("injuring at
least 23 people", "the death toll rose to 60"), or shared with the number it is joined to ("killing two women and
three children", "including two police officers"). Values are parsed in figures.py.
"""

from onrecord.reading.attribution import SourceFinder
from onrecord.reading.grammar import (
    ADVERBS,
    AUXILIARIES,
    BE,
    HAVE,
    MODALS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    NounPhrase,
    class_of,
    is_plural,
    noun_phrase,
)
from onrecord.reading.mention_rules import nearest_mention
from onrecord.reading.outcomes import ANIMATE_CLASSES, PERSON_CLASSES, Hit, outcome_hits
from onrecord.reading.quantities import Quantity, read_quantities
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.reading.tagger import TaggedSpan, TaggingBuilder
