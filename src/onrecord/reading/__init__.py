"""Article -> reading: sentences, tagger, assembly of statements, figures and events, checks."""
