"""The tagger that knows words and word order only: no model, no training.

It runs four sets of rules in order: cues (who said what), mentions (times, places), figures (numbers and what
happened), events. The neural tagger answers the same protocol.
"""

from onrecord.reading.chains import link_chains
from onrecord.reading.cue_rules import tag_statements
from onrecord.reading.event_rules import tag_events
from onrecord.reading.figure_rules import tag_figures
from onrecord.reading.given_counts import tag_given_counts
from onrecord.reading.mention_rules import tag_mentions
from onrecord.reading.sentences import Document
from onrecord.reading.tagger import Tagging, TaggingBuilder


class LexiconTagger:
    """Tags with lexicon/*.tsv and the rules of cue_rules, figure_rules and event_rules."""

    name = "lexicon"

    def tag(self, document: Document) -> Tagging:
        """Return the spans and arcs of one document; see `Tagger`."""
        builder = TaggingBuilder()
        tag_statements(document, builder)
        link_chains(document, builder)
        tag_mentions(document, builder)
        tag_figures(document, builder)
        tag_given_counts(document, builder)
        tag_events(document, builder)
        return builder.tagging()
