"""Says of a name that stands like a place whether it means an actor: a people, a government, the owner of a body.

"Russian", "Moscow said", "London police", "the governor of Kansas", "talks with Jordan" name no place. The words around
decide; behind a preposition of place ("in Moscow") a name is a place.
"""

from collections.abc import Sequence
from functools import cache

from onrecord.lexicon import rows, words
from onrecord.reading.gazetteer import Gazetteer
from onrecord.reading.place_phrases import HUNG_ON, Phrase, directions, kinds, nationalities
from onrecord.reading.sentences import Token

HOLDING_WORDS = frozenset(
    "said says has have had will would accused denied warned told must shall should agreed broke insists".split()
)
"""Words behind a government that speaks or acts."""

STARTS = frozenset(
    {"", ",", "and", "but", "that", "said", "while", "after", "when", "because", "if", "as", ";", "\u201c"}
)
"""Words before a subject."""

OFFICES = frozenset(
    "government governments governor governors president citizen citizens ambassador embassy king queen people army "
    "government's parliament leader leaders ministry minister police".split()
)
"""Words before "of" that say whose, not where."""

BREAKS = frozenset("and or in on at to of for with as who that which where when from by".split())
"""Words behind which a body is no longer the place's."""

NO_BODIES = frozenset("press times post front us many some others several most few both all those it".split())
"""Heads of speakers that are no bodies by themselves."""

AGAINST = frozenset({"with", "against", "by"})


def is_country(name: str) -> bool:
    """Say whether lexicon/countries.tsv has this name."""
    return name.lower() in words("countries", "name")


class ActorTest:
    """The test of one name among its words."""

    def __init__(self, tokens: Sequence[Token], phrase: Phrase, written: str, listed: Gazetteer) -> None:
        self.tokens, self.phrase, self.written, self.listed = tokens, phrase, written, listed

    def located(self) -> bool:
        """Say whether a preposition of place stands before the name, "the" left out."""
        return self._word_before() in _locating()

    def _word_before(self) -> str:
        if HUNG_ON.search(self.written):
            return "in"
        at = self.phrase.low - 1
        while at >= 0 and (self.tokens[at].lower == "the" or self.tokens[at].lower in directions()):
            at -= 1
        return self.tokens[at].lower if at >= 0 else ""

    def reason(self) -> str | None:
        """Return why the words name an actor rather than a place, None when they do not."""
        phrase = self.phrase
        name = " ".join(phrase.names)
        if name in nationalities():
            return f"{name}: an adjective of nationality names an actor, not a place"
        if phrase.direction or self.located():
            return None
        before = self._word_before()
        if before in _titles():
            return f"{name}: a person, by the title"
        if before in AGAINST and is_country(name) and not self._near_word("border"):
            return f"{name}: the government, not the place ({before})"
        holder = self._office_before(before)
        if holder and (phrase.kind in (None, "region") or is_country(name)):
            return f"{name}: whose {holder} it is, not where"
        body = self._body_behind()
        if body:
            return f"{name}: whose {body} it is, not where"
        if self._acts() and self._speaks(name):
            return f"{name}: a government that speaks or acts, not a place"
        return None

    def _near_word(self, word: str) -> bool:
        return any(token.lower == word for token in self.tokens[max(0, self.phrase.low - 3) : self.phrase.low])

    def _office_before(self, before: str) -> str | None:
        """Return the office of "governor of X", "ambassador to X"."""
        at = self.phrase.low - 2
        while at >= 0 and self.tokens[at].lower in ("of", "to", "the"):
            at -= 1
        word = self.tokens[at].lower if at >= 0 else ""
        return word if before in ("of", "to") and word in _titles() | OFFICES and word not in kinds() else None

    def _body_behind(self) -> str | None:
        """Return the body of "X police", "X's ministry", "X Governor", "the X state government"."""
        at, found = self.phrase.high, self.tokens
        owned = at < len(found) and found[at].lower == "'s"
        at += owned or (at < len(found) and found[at].lower == "state")
        for step in range(at, min(at + (4 if owned else 2), len(found))):
            word = found[step]
            if not word.text[0].isalpha() or word.lower in BREAKS:
                return None
            if word.lower in _offices() and word.lower not in kinds():
                return word.lower
            if owned and word.lower in kinds():
                return None
        return None

    def _acts(self) -> bool:
        """Say whether a verb of speech or deed follows."""
        at = self.phrase.high
        after = self.tokens[at].lower if at < len(self.tokens) else ""
        return after in HOLDING_WORDS or (len(after) > 4 and after.endswith("ed") and self._word_before() in STARTS)

    def _speaks(self, name: str) -> bool:
        """Say whether a name without a preposition stands for a government: a country or a capital."""
        return is_country(name) or any(entry.capital or entry.kind == "country" for entry in self.listed.find(name))


@cache
def _locating() -> frozenset[str]:
    """Return the prepositions behind which a name is a place."""
    strong = {row["word"] for row in rows("place_words") if row["class"] == "strong"}
    return frozenset(
        strong
        | {
            "at",
            "visiting",
            "left",
            "entered",
            "from",
            "to",
            "into",
            "through",
            "toward",
            "towards",
            "off",
            "over",
            "along",
        }
    )


@cache
def _titles() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("place_words") if row["class"] == "title")


@cache
def _offices() -> frozenset[str]:
    """Return the words for persons and bodies that a place name says the owner of: "police", "governor"."""
    bodies = {row["word"] for row in rows("place_words") if row["class"] in ("body", "title")}
    more = "navy citizen native president's congress senate house supreme democrat republican team embassy".split()
    return frozenset(bodies | words("speaker_heads", "word") | set(more)) - NO_BODIES
