"""The reporting verbs: lexicon/cues.tsv -> a look-up from every inflected form to what it says about a statement.

Frames name what may follow the cue and be its content: clause (a clause, with or without "that", or a quotation), that
(only with "that", a question word or a quotation), quote (a quotation only), wh, np (an object), naming (an object and
its name: "calling the port a target"), objto (who, and "to" with a verb), objof (whom, and "of" or "for"), to, inf (a
verb whose "to" belongs to the cue), as ("portrayed it as"), saying (an object that is a thing said), after (whatever
follows), bare (nothing need follow), backward (a quotation before it, though "clause" and "quote" are missing), and
prepositions by their name. addr: whom it is said to stands before the content. accord: the rule of "according to".
doc: only documents and bodies that look into things are its subject; person: never a document.
"""

from functools import cache

import msgspec

from onrecord.errors import LexiconError
from onrecord.lexicon import rows
from onrecord.records import Act, choices

PARTICIPLE = 3
"""Where an irregular participle stands among the distinct forms: base, third, past, participle, -ing."""
PREPOSITION_FRAMES = frozenset({"about", "against", "at", "for", "of", "on", "over"})


class Cue(msgspec.Struct, frozen=True):
    """One row of the lexicon; tail holds the words that follow the verb, noun says that its forms are nouns too."""

    base: str
    act: Act
    frames: frozenset[str]
    tail: tuple[str, ...] = ()
    noun: bool = False


class CueForm(msgspec.Struct, frozen=True):
    """An inflected form of a cue: tense is base, third, past, participle (if not the past) or ing."""

    cue: Cue
    tense: str


@cache
def cue_forms() -> dict[str, tuple[CueForm, ...]]:
    """Return, for each form in lower case, the cues it may begin, those with the longest tail first.

    Raises:
        LexiconError: a row has an act that is not in the closed list.
    """
    found: dict[str, list[CueForm]] = {}
    acts = set(choices(Act))
    for row in rows("cues"):
        if row["act"] not in acts:
            raise LexiconError(
                f"lexicon/cues.tsv: {row['cue']}: unknown act {row['act']!r}; give one of {sorted(acts)}"
            )
        verb, *tail = row["cue"].split()
        frames = frozenset(part.strip() for part in row["frames"].split(",") if part.strip())
        act: Act = row["act"]  # type: ignore[assignment]  # checked against the closed list above
        cue = Cue(row["cue"], act, frames, tuple(tail), row["comment"].startswith("noun too"))
        forms = dict.fromkeys([verb, *row["forms"].split()])
        for form in forms:
            found.setdefault(form, []).append(CueForm(cue, tense_of(form, verb, tuple(forms))))
    return {form: tuple(sorted(cues, key=lambda f: -len(f.cue.tail))) for form, cues in found.items()}


def tense_of(form: str, verb: str, forms: tuple[str, ...]) -> str:
    """Return base, third, past, participle or ing for a form of a verb; past where a form is base and past too."""
    if form.endswith("ing") and form != verb:
        return "ing"
    if form == verb:
        return "base" if len(forms) > 3 else "past"
    if len(forms) > PARTICIPLE and form == forms[PARTICIPLE] and not form.endswith(("ed", "ing")):
        return "participle"
    return "third" if form.endswith("s") and not form.endswith("ss") else "past"


@cache
def word_class(name: str) -> frozenset[str]:
    """Return one class of lexicon/grammar.tsv: the little words that sentences are built with.

    Raises:
        LexiconError: the file has no such class.
    """
    for row in rows("grammar"):
        if row["class"] == name:
            return frozenset(row["words"].split())
    raise LexiconError(f"lexicon/grammar.tsv: no class {name!r}; add a row with it")
