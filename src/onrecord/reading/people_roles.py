"""Whom a description stands for: "the mayor", "the agency", "the statement", "it", "they", "both".

Source words and what was said before go in, a speaker comes out: a name of the page where one fits, else the words of
the source. Names and bodies are joined elsewhere; "he" and "she" are left to people_pronouns.py.
"""

from bisect import bisect_left
from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.names import LITTLE, Named, heads
from onrecord.reading.noun_phrases import DETERMINER, POINTS
from onrecord.reading.people_bodies import Bodies
from onrecord.reading.people_names import Names, lands
from onrecord.reading.people_reasons import SPEAKS
from onrecord.reading.people_standing import NOTHING, Standing
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.records import Span, SpeakerKind

LINKING = frozenset({"of", "in", "at", "from", "for", "with", "on", "to", "by", "who", "which", "that", "near", "and"})
BEHIND_NOUN = frozenset({"close", "familiar", "involved", "present", "whose", "overseeing", "visiting", "based"})
"""Words that follow a noun and say more of it: "a source close to the mayor"."""
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})
INDEFINITE = frozenset({"a", "an", "another", "one", "some", "other", "several", "two", "three", "any", "no", "every"})
COMPANY = frozenset(
    {"company", "firm", "group", "bank", "airline", "carrier", "agency", "organization", "organisation", "body"}
)
UNIQUE = frozenset({"police", "government", "cabinet", "parliament", "army", "military", "court"})
"""Bodies that are called so without another one being meant."""
ISSUED = frozenset({"statement", "report", "release", "communique", "letter", "readout"})
"""Documents that a source speaks through: of 36 coded in the train pages, 33 stand for who issued them."""
DEPUTY = frozenset({"vice", "deputy", "former", "assistant", "acting", "ex"})
"""Words before an office that make it another one."""
ITSELF = "the words of the source itself"
BODY_KINDS = frozenset({"organisation", "outlet", "wire", "document"})
LAST_OF_LEAD = 2
"""Index of the last sentence that may speak of somebody who is named further down: headline, standfirst, first line."""
NEAR_SENTENCES = 4
"""How many sentences back "it" may look for who said something."""
FARTHEST_SENTENCES = 14
"""The same for "they" and the groups of a page."""
FARTHEST_DOCUMENT = 6
"""The same for "the statement" and the sentence that first speaks of one."""
MOST_BODIES = 200
"""Mentions of bodies before "it" or "the ministry" that are looked at; more than a page of the coded ones has."""


class Speaker(msgspec.Struct, frozen=True):
    """A resolved source: its fullest name or description on the page, and its kind; why says how it was resolved.

    standing is the role, body and country that the page gives it.
    """

    name: str
    kind: SpeakerKind
    why: str = ""
    standing: Standing = NOTHING


class Said(msgspec.Struct, frozen=True):
    """A source that was resolved: where it stands, its head word, all its words, and who it is."""

    start: int
    end: int
    sentence: int
    head: str
    speaker: Speaker
    words: frozenset[str]


class Described:
    """Resolves the descriptions of one document; immutable after it is made."""

    def __init__(self, document: Document, names: Names, bodies: Bodies) -> None:
        self._document = document
        self._names = names
        self._bodies = bodies
        self._starts = [sentence.start for sentence in document.sentences]
        self._roles: dict[str, list[Named]] = {}
        for named in names.all:
            if not named.body and names.is_person(named):
                for role in named.roles:
                    self._roles.setdefault(role, []).append(named)

    def person(self, source: Span, words: list[Token], head: Token, before: list[Said]) -> Speaker | None:
        """Return which person "the mayor" or "a nurse, Ana Torv," is by the words of the page; None without one."""
        if not is_personal(head):
            return None
        apposed = self._apposed(source)
        if apposed is not None:
            return Speaker(self._names.fullest(apposed).name, "person", "the name stands behind the description")
        if words[0].lower in ("a", "an"):
            return self._named_later(source, words, head)
        return None if words[0].lower in INDEFINITE else self._holder(source, words, head, before)

    def speaker(self, source: Span, words: list[Token], head: Token, before: list[Said]) -> Speaker:
        """Return whom "the ministry" or "the statement" stands for, else the words of the source."""
        kind = kind_of(head.lower)
        if words[0].lower in DEFINITE and head.lower != "police":
            found = None
            if kind in ("organisation", "outlet", "wire") or is_based(words):
                found = self._body(source, words, head, before)
            elif kind == "document" and len(words) == 2:
                found = self._issuer(source, head, before)
            elif (kind is None or (kind == "group" and words[0].lower == "the")) and len(words) == 2:
                found = self._same_word(head, before)
            if found is not None:
                return found
        text = self._document.text
        if kind is None and SPEAKS.fullmatch(head.lower):
            kind = "office"
        return Speaker(text[source.start : source.end], kind or "unnamed", ITSELF)

    def _sentence(self, position: int) -> int:
        return max(0, bisect_left(self._starts, position + 1) - 1)

    # --- persons -----------------------------------------------------------------------------------------------------

    def _apposed(self, source: Span) -> Named | None:
        """Return the person named right behind a description and its comma ("a nurse, Ana Torv, said")."""
        text = self._document.text
        if text[source.end : source.end + 2] != ", ":
            return None
        for named in self._names.by_sentence.get(self._sentence(source.start), ()):
            between = text[source.end : named.start]
            if named.start >= source.end and all(w.lower() in before_name() for w in between.replace(",", " ").split()):
                return named if len(named.words) > 1 and not named.body else None
        return None

    def _named_later(self, source: Span, words: list[Token], head: Token) -> Speaker | None:
        """Return the only person of the page with the office or role that the first sentences speak of ("a judge")."""
        if head is not words[-1] or self._sentence(source.start) > LAST_OF_LEAD:
            return None
        wanted = modifiers(words, head)
        holders = [n for n in self._roles.get(head.lower, ()) if not n.roles & DEPUTY - wanted]
        names = {self._names.fullest(named).name for named in holders}
        known = {word for named in holders for word in named.roles}
        capital = {word.lower for word in words[1:] if word.capital}
        if len(names) != 1 or not capital <= known or any(len(named.words) < 2 for named in holders):
            return None
        return Speaker(names.pop(), "person", f"the only one who is called {head.lower} on the page")

    def _holder(self, source: Span, words: list[Token], head: Token, before: list[Said]) -> Speaker | None:
        """Return whose office or role fits the words best, the nearest before the source among equals."""
        wanted = modifiers(words, head)
        best: tuple[int, int, int] = (-1, 0, 0)
        found: Speaker | None = None
        for named in self._roles.get(head.lower, ()):
            if named.roles & DEPUTY - wanted or source.start <= named.start < source.end:
                continue
            earlier = named.start < source.start
            value = (len(wanted & named.roles), int(earlier), named.start if earlier else -named.start)
            if value > best:
                name = self._names.fullest(named).name
                best, found = value, Speaker(name, "person", f"{named.name} is called {head.lower} on the page")
        nearest: Said | None = None
        for said in before:
            if said.head == head.lower and said.end <= source.start:
                value = (len(wanted & said.words), 1, said.start)
                if value > best:
                    best, nearest = value, said
        return found if nearest is None else self._or_named_since(nearest, before)

    def _or_named_since(self, said: Said, before: list[Said]) -> Speaker:
        """Return who was called by the same word; for one of the first sentences, who is named and speaks since."""
        since = [s for s in before if s.start > said.start and s.speaker.kind == "person"]
        if said.speaker.kind != "person" and said.sentence <= LAST_OF_LEAD and since:
            return Speaker(since[-1].speaker.name, "person", f"named after {said.head!r}, and the last to speak")
        return Speaker(said.speaker.name, said.speaker.kind, "the same word is used before")

    # --- bodies ------------------------------------------------------------------------------------------------------

    def _body(self, source: Span, words: list[Token], head: Token, before: list[Said]) -> Speaker | None:
        """Return the body before the source that is of the wanted type, one that says something before others."""
        wanted = modifiers(words, head)
        said = [s for s in before if s.speaker.kind in ("organisation", "outlet", "wire")]
        same = [s for s in said if head.lower in s.speaker.name.lower().split() and wanted <= s.words]
        if same:
            return Speaker(
                same[-1].speaker.name, same[-1].speaker.kind, "the last body of this kind that says something"
            )
        near = self._bodies.all[: bisect_left(self._bodies.all, source.start, key=lambda b: b.start)][-MOST_BODIES:]
        typed = [b for b in near if head.lower in b.words and wanted <= b.words and not b.quoted]
        named = [b for b in typed if b.named]
        generic = (head.lower in COMPANY or is_based(words)) and all(is_land(w) for w in words[1:] if w is not head)
        if named or (typed and not generic):
            best = (named or typed)[-1]
            return Speaker(self._bodies.full(best.name), "organisation", "the last body of this kind before it")
        if generic or (len(words) == 2 and kind_of(head.lower) != "organisation"):
            kinds = ("organisation",) if generic else ("outlet", "wire", "organisation")
            fits = [s for s in said if s.speaker.kind in kinds and s.head not in UNIQUE]
            if head.lower in body_words("firm"):
                fits = [s for s in fits if not is_public(s.speaker.name)]
            if fits:
                return Speaker(
                    fits[-1].speaker.name, fits[-1].speaker.kind, "the last body that says something before it"
                )
        firm = head.lower in body_words("firm")
        last = next((b for b in reversed(near) if b.named and not b.quoted and not (firm and is_public(b.name))), None)
        if generic and last is not None:
            return Speaker(self._bodies.full(last.name), "organisation", "the last body before it")
        return None

    def _same_word(self, head: Token, before: list[Said]) -> Speaker | None:
        """Return the last source whose last word is the same, in the singular or the plural."""
        several = head.lower in heads("group")
        for said in reversed(before):
            if said.head.rstrip("s") == head.lower.rstrip("s") and (said.speaker.kind == "group" or not several):
                return Speaker(said.speaker.name, said.speaker.kind, "the same word is used before")
        return None

    def _issuer(self, source: Span, head: Token, before: list[Said]) -> Speaker | None:
        """Return who issued "the statement": who says something where one is first spoken of."""
        same = self._same_word(head, before)
        if same is not None:
            return same
        at = self._sentence(source.start)
        for said in reversed(before if head.lower in ISSUED else []):
            if at - said.sentence > FARTHEST_DOCUMENT or said.sentence == at:
                continue
            sentence = self._document.sentences[said.sentence]
            if any(token.lower == head.lower for token in sentence.tokens):
                return Speaker(said.speaker.name, said.speaker.kind, f"who says something in a {head.lower} before it")
        return None

    # --- pronouns ----------------------------------------------------------------------------------------------------

    def it(self, source: Span, before: list[Said], phrase: str) -> Speaker:
        """Return the body or document that "it" stands for."""
        at = self._sentence(source.start)
        said = [s for s in before if s.speaker.kind in BODY_KINDS and at - s.sentence <= NEAR_SENTENCES]
        if said:
            return Speaker(said[-1].speaker.name, said[-1].speaker.kind, "the last body that says something before it")
        near = [b for b in self._bodies.all if b.start < source.start and at - b.sentence <= NEAR_SENTENCES]
        lead = [b for b in near if b.leads and not b.quoted]
        if lead:
            return Speaker(self._bodies.full(lead[-1].name), "organisation", "the last body that leads a sentence")
        return Speaker(phrase, "unnamed", ITSELF)

    def both(self, before: list[Said], phrase: str) -> Speaker:
        """Return the several who were named together last."""
        joined = [s for s in before if s.speaker.kind == "group" and "and" in s.words]
        return joined[-1].speaker if joined else Speaker(phrase, "unnamed", ITSELF)

    def they(self, source: Span, before: list[Said], phrase: str) -> Speaker:
        """Return the last group before "they": one that says something, else the last one with its modifiers."""
        at = self._sentence(source.start)
        said = [s for s in before if s.speaker.kind in ("group", "organisation") and at - s.sentence <= NEAR_SENTENCES]
        if said:
            return Speaker(said[-1].speaker.name, said[-1].speaker.kind, "the last group that says something before it")
        groups = heads("group")
        for index in range(at, max(-1, at - FARTHEST_SENTENCES), -1):
            sentence = self._document.sentences[index]
            for i, token in enumerate(sentence.tokens):
                if token.start >= source.start:
                    break
                if token.lower in groups and not self._quoted(sentence, token.start):
                    return Speaker(modified(self._document.text, sentence, i), "group", "the last group before it")
        return Speaker(phrase, "group", ITSELF)

    def _quoted(self, sentence: Sentence, position: int) -> bool:
        """Say whether a character stands in a quotation of its paragraph."""
        paragraph = self._document.paragraphs[sentence.paragraph]
        return any(q.start < position < q.end for q in paragraph.quotations if not q.single)


def before_name() -> frozenset[str]:
    """Return the words that stand between a comma and a name: "a spokeswoman, Commissioner Ana Torv"."""
    return heads("title") | heads("office")


def is_personal(head: Token) -> bool:
    """Say whether a head word names an office or a role."""
    return head.lower in heads("office") or head.lower in heads("role")


def is_based(words: list[Token]) -> bool:
    """Say whether a description tells where a body is: "the Norvale-based forecaster"."""
    return any(word.lower.endswith("-based") for word in words)


def modifiers(words: list[Token], head: Token) -> set[str]:
    """Return the words of a description beside its head, articles and linking words."""
    return {word.lower for word in words} - DETERMINER - LINKING - {"'s", "former", head.lower}


@cache
def body_words(kind: str) -> frozenset[str]:
    """Return the words of lexicon/body_words.tsv of one class."""
    return frozenset(row["word"] for row in rows("body_words") if row["class"] == kind)


def is_public(name: str) -> bool:
    """Say whether a body is no firm by the words of its name."""
    return not body_words("public").isdisjoint(name.lower().split())


def is_land(word: Token) -> bool:
    """Say whether a word only says where a body is: a country, its people, "Paris-based"."""
    return (word.text,) in lands() or word.text.isupper() or word.lower.endswith("-based")


def head_of(words: list[Token]) -> Token | None:
    """Return the last word before a comma, bracket or linking word."""
    head = None
    for word in words:
        if head is not None and (word.lower in LINKING or word.text in POINTS):
            if word.text == "." and word.end - word.start == 1 and len(head.text) < 5:
                continue
            break
        behind = not word.capital and (word.lower.endswith("ed") or word.lower in BEHIND_NOUN)
        if head is not None and behind and (kind_of(head.lower) or is_personal(head)):
            break
        if word.text[0].isalnum():
            head = word
    return head


def kind_of(word: str) -> SpeakerKind | None:
    """Return what kind of speaker a head word is; None when the lexicon does not say."""
    kinds: tuple[SpeakerKind, ...] = ("wire", "outlet", "document", "organisation", "group", "office")
    return next((kind for kind in kinds if word in heads(kind)), None)


def modified(text: str, sentence: Sentence, i: int) -> str:
    """Return a group with the words that modify it: "Norvale officials"."""
    first = i
    while first > 0:
        word = sentence.tokens[first - 1]
        if word.lower in LITTLE - DETERMINER or word.text in POINTS or word.lower.endswith("ed"):
            break
        first -= 1
        if word.lower in DETERMINER:
            break
    return text[sentence.tokens[first].start : sentence.tokens[i].end]
