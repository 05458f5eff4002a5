"""Who is who on one page: mentions joined to the fullest name or description.

A document goes in; `Cast.resolve` turns the words of a source into a name. It joins by surname, by office, by short
form and by pronoun (recency, sentence subject, gender where a title or an earlier pronoun tells it). It knows nobody
from outside the page.
"""

from bisect import bisect_left
from itertools import pairwise

import msgspec

from onrecord.reading.names import LITTLE, Named, genders, heads, names_of
from onrecord.reading.noun_phrases import DETERMINER, POINTS
from onrecord.reading.sentences import Document, Sentence, Token, tokens
from onrecord.records import Span, SpeakerKind

MALE, FEMALE = frozenset({"he", "his", "him", "himself"}), frozenset({"she", "her", "hers", "herself"})
LINKING = frozenset({"of", "in", "at", "from", "for", "with", "on", "to", "by", "who", "which", "that", "near", "and"})
DEFINITE = frozenset({"the", "this", "that", "his", "her", "their", "its"})
MOST_BODIES = 200
"""Mentions of bodies before "it" or "the ministry" that are looked at; more than a page of the coded ones has."""
FARTHEST_SENTENCES = 14
"""How many sentences back a pronoun may look. From 6 to 40 as many speakers of the train pages are right."""
INDEFINITE = frozenset({"a", "an", "another", "one", "some", "other", "several", "two", "three", "any", "no", "every"})
FIRM_ENDS = frozenset({"inc", "ltd", "plc", "corp", "corporation", "company", "co", "group", "bank", "airlines"})
JOINING = frozenset({"of", "for", "and", "on", "of the", "for the", "and the", "in", "&", "on the"})
COMPANY = frozenset(
    {"company", "firm", "group", "bank", "airline", "carrier", "agency", "organization", "organisation"}
)
BODY_WORDS = frozenset({"it", "its"})
GROUP_WORDS = frozenset({"they", "their", "them"})


class Speaker(msgspec.Struct, frozen=True):
    """A resolved source: its fullest name or description on the page, and its kind; why says how it was resolved."""

    name: str
    kind: SpeakerKind
    why: str = ""


class Cast:
    """The people and bodies of one document; immutable after it is made."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._names = names_of(document)
        self._by_word: dict[str, list[Named]] = {}
        self._by_sentence: dict[int, list[Named]] = {}
        for named in self._names:
            for word in {word.lower() for word in named.words}:
                self._by_word.setdefault(word, []).append(named)
            self._by_sentence.setdefault(named.sentence, []).append(named)
        self._short = short_forms(document, self._names)
        self._gender = self._learn_genders()
        self._bodies = [n for n in self._names if (n.body or self._is_body(n)) and not n.quoted]
        self._known: dict[tuple[int, int], Speaker] = {}
        self._fullest_names: dict[tuple[str, ...], str] = {}
        self._persons: dict[tuple[str, ...], bool] = {}

    def resolve(self, source: Span) -> Speaker:
        """Return who the source at this span is: the phrase itself when nothing fuller stands on the page."""
        key = (source.start, source.end)
        if key not in self._known:
            self._known[key] = self._resolve(source)
        return self._known[key]

    def _resolve(self, source: Span) -> Speaker:
        """Try pronoun, name, short form and description, in this order."""
        text = self._document.text
        phrase = text[source.start : source.end]
        words = tokens(text, source.start, source.end)
        if not words:
            return Speaker(phrase, "unnamed")
        first = words[0].lower
        if len(words) == 1 and first in MALE | FEMALE:
            return self._pronoun(source, "m" if first in MALE else "f", phrase)
        if len(words) == 1 and first in BODY_WORDS:
            return self._last_body(source, frozenset(), phrase)
        if len(words) == 1 and first in GROUP_WORDS:
            return self._last_group(source, phrase)
        head = head_of(words)
        if head is None:
            return Speaker(phrase, "unnamed")
        titled = name_behind_title(words)
        if titled:
            return self._named(titled, titled[-1], text[titled[0].start : titled[-1].end])
        behind = name_behind(words)
        if behind and not (head.capital and head.lower not in LITTLE):
            return self._named(behind, behind[-1], text[behind[0].start : behind[-1].end])
        if head.text.upper() == head.text and head.text in self._short:
            return Speaker(self._short[head.text], "organisation", f"{head.text} is short for it on the page")
        office = words[0].lower in DEFINITE and head.lower in heads("office")
        if head.capital and head.lower not in LITTLE and not office:
            return self._named(words, head, phrase)
        return self._described(source, words, head, phrase)

    # --- names -----------------------------------------------------------------------------------------------------

    def _named(self, words: list[Token], head: Token, phrase: str) -> Speaker:
        """Return the fullest name that ends in, or holds, the head word of a source."""
        kind = kind_of(head.lower)
        if kind is not None and head.lower not in heads("title") and (len(words) > 1 or kind != "office"):
            return Speaker(phrase, kind, "its last word tells what it is")
        known = [n for n in self._by_word.get(head.lower, ()) if not (len(n.words) > 1 and n.name.isupper())]
        own = next((n for n in known if n.start <= head.start < n.end), None)
        same = [n for n in known if n.words[-1].lower() == head.lower]
        if (own is None or len(own.words) == 1) and all(len(n.words) == 1 for n in same):
            same += [n for n in known if n.roles or n.gender or self._gender.get(n.words[0].lower())]
        fullest = max(same, key=lambda n: (len(n.words), -n.start), default=own)
        if own is not None and len(own.words) >= 2 and fullest is not None and own.words[-1] == fullest.words[-1]:
            fullest = own if own.words[0] != fullest.words[0] else fullest
        if fullest is None:
            return Speaker(phrase, "unnamed")
        if fullest.start < words[0].start < fullest.end:
            return Speaker(phrase, "person", "the words behind the office")
        if fullest.body:
            return Speaker(phrase if len(words) > 1 else fullest.name, kind or "organisation", "a body of this name")
        person = bool(fullest.roles or fullest.gender or len(fullest.words) > 1 or self._gender.get(head.lower))
        why = "the fullest form of this name on the page"
        return Speaker(fullest.name, "person" if person else "organisation", why)

    # --- descriptions ----------------------------------------------------------------------------------------------

    def _described(self, source: Span, words: list[Token], head: Token, phrase: str) -> Speaker:
        """Return whom "the mayor", "the US President" or "the ministry" stands for."""
        kind = kind_of(head.lower)
        definite = words[0].lower in DEFINITE or any(word.lower == "'s" for word in words)
        apposed = self._apposed(source)
        if apposed is not None:
            return Speaker(self._fullest(apposed), "person", "the name stands behind the description")
        if words[0].lower not in INDEFINITE and (head.lower in heads("office") or head.lower in heads("role")):
            person = self._holder(source, words, head)
            if person is not None:
                return Speaker(self._fullest(person), "person", f"{person.name} is called {head.lower} on the page")
        if definite and kind == "organisation" and len(words) == 2 and head.lower != "police":
            return self._last_body(source, frozenset({head.lower}), phrase)
        if words[0].lower in ("his", "her", "their", "its") and len(words) == 1:
            return Speaker(phrase, "unnamed")
        return Speaker(phrase, kind or "unnamed", "the words of the source itself")

    def _apposed(self, source: Span) -> Named | None:
        """Return the person named right behind a description and its comma ("a nurse, Ana Torv, said")."""
        text = self._document.text
        if text[source.end : source.end + 2] != ", ":
            return None
        at = self._sentence_at(source.start)
        return next(
            (
                n
                for n in self._by_sentence.get(at, ())
                if n.start >= source.end
                and not text[source.end : n.start].strip(" ,")
                and len(n.words) > 1
                and not n.body
            ),
            None,
        )

    def _holder(self, source: Span, words: list[Token], head: Token) -> Named | None:
        """Return the person whose office fits the words best, the nearest before the source among equals."""
        wanted = {word.lower for word in words} - DETERMINER - LINKING - {"'s", "former"}
        best, score = None, (0, 0, 0)
        for named in self._names:
            if named.body or head.lower not in named.roles:
                continue
            before = named.start < source.start
            value = (len(wanted & named.roles), int(before), named.start if before else -named.start)
            if best is None or value > score:
                best, score = named, value
        if best is None and words[0].lower == "the":
            return self._nearest_person(source, genders().get(head.lower))
        return best

    def _fullest(self, person: Named) -> str:
        """Return the longest name on the page with this last word."""
        if person.words not in self._fullest_names:
            self._fullest_names[person.words] = self._longest(person)
        return self._fullest_names[person.words]

    def _longest(self, person: Named) -> str:
        """Work out _fullest, which depends on the words of the name alone."""
        same = [n for n in self._by_word[person.words[-1].lower()] if n.words[-1] == person.words[-1] and not n.body]
        if len(person.words) > 1:
            same = [n for n in same if n.words[0] == person.words[0]]
        elif all(len(n.words) == 1 for n in same):
            same = [n for n in self._by_word[person.words[0].lower()] if n.words[0] == person.words[0]] or same
        return max(same, key=lambda n: (len(n.words), -n.start)).name

    def _last_body(self, source: Span, wanted: frozenset[str], phrase: str) -> Speaker:
        """Return the last body before the source, of the wanted type if one is of it."""
        before = bisect_left(self._bodies, source.start, key=lambda n: n.start)
        bodies = self._bodies[max(0, before - MOST_BODIES) : before]
        typed = [n for n in bodies if wanted & {word.lower() for word in n.words}] if wanted else bodies
        if typed:
            subject = [n for n in typed if self._leads(n)]
            chosen = (subject or typed)[-1]
            name = self._short.get(chosen.name, chosen.name)
            return Speaker(name, "organisation", "the last body of this kind before it")
        bodies = [n for n in bodies if n.words[-1].lower() not in heads("organisation") - FIRM_ENDS]
        if bodies and wanted & COMPANY:
            return Speaker(bodies[-1].name, "organisation", "the last body before it")
        return Speaker(phrase, kind_of(next(iter(wanted), "")) or "unnamed", "the words of the source itself")

    def _is_body(self, named: Named) -> bool:
        """Say whether a name without a body word is likely no person: never with a title, office or pronoun."""
        if named.roles or named.gender or self._gender.get(named.words[-1].lower()):
            return False
        return named.name in self._short or named.start in self._speaking

    def _leads(self, named: Named) -> bool:
        """Say whether a name is the first one of its sentence."""
        return self._by_sentence[named.sentence][0] is named

    def _last_group(self, source: Span, phrase: str) -> Speaker:
        """Return the last group of people before "they", with its modifiers."""
        groups = heads("group")
        at = self._sentence_at(source.start)
        for index in range(at, max(-1, at - FARTHEST_SENTENCES), -1):
            sentence = self._document.sentences[index]
            for i, token in enumerate(sentence.tokens):
                if token.start >= source.start:
                    break
                if token.lower in groups and not self._quoted(sentence, token.start):
                    return Speaker(modified(self._document.text, sentence, i), "group", "the last group before it")
        return Speaker(phrase, "group", "the words of the source itself")

    # --- pronouns --------------------------------------------------------------------------------------------------

    def _pronoun(self, source: Span, gender: str, phrase: str) -> Speaker:
        """Return whom "he" or "she" stands for."""
        person = self._nearest_person(source, gender)
        if person is None:
            return Speaker(phrase, "person", "nobody before it fits")
        return Speaker(self._fullest(person), "person", f"the last person before {phrase!r} who leads a sentence")

    def _nearest_person(self, source: Span, gender: str | None) -> Named | None:
        """Return the person that leads the nearest sentence before the source and may have this gender."""
        at = self._sentence_at(source.start)
        fallback: Named | None = None
        pronouns = MALE if gender == "m" else FEMALE if gender == "f" else frozenset[str]()
        for index in range(at, max(-1, at - FARTHEST_SENTENCES), -1):
            people = [
                n
                for n in self._by_sentence.get(index, ())
                if n.start < source.start and not n.quoted and self._may_be(n, gender)
            ]
            if not people:
                continue
            fallback = fallback or people[-1]
            lead = next((n for n in people if n.start in self._speaking), people[0])
            if index < at and self._pronoun_leads(self._document.sentences[index], lead.start, pronouns):
                continue
            return lead
        return fallback

    def _may_be(self, named: Named, gender: str | None) -> bool:
        """Say whether a name is that of a person who may have this gender."""
        if named.body or named.name in self._short or named.name.isupper():
            return False
        last = named.words[-1].lower()
        known = named.gender or self._gender.get(last)
        if gender is not None and known is not None:
            return known == gender
        return self._is_person(named)

    def _is_person(self, named: Named) -> bool:
        """Say whether a title, an office, a longer name or a verb of saying shows that a name is a person's."""
        if (named.roles and len(named.words) > 1) or named.gender or self._gender.get(named.words[-1].lower()):
            return True
        if named.words not in self._persons:
            self._persons[named.words] = self._called_a_person(named)
        return self._persons[named.words]

    def _called_a_person(self, named: Named) -> bool:
        """Say whether other mentions of a name show that it is a person's; the words of the name alone decide."""
        same = self._by_word[named.words[-1].lower()]
        if len(same) == 1 and len(named.words) == 1:
            return False
        longer = len(named.words) > 1 or any(len(n.words) > 1 and n.words[-1] == named.words[-1] for n in same)
        return any(n.roles or n.gender or (longer and n.start in self._speaking) for n in same)

    def _pronoun_leads(self, sentence: Sentence, before: int, pronouns: frozenset[str]) -> bool:
        """Say whether the pronoun stands before this place in a sentence, outside quotations."""
        for token in sentence.tokens:
            if token.start >= before:
                return False
            if token.lower in pronouns and not self._quoted(sentence, token.start):
                return True
        return False

    def _learn_genders(self) -> dict[str, str]:
        """Return the gender of last names: from titles, else from the pronouns in sentences that name one person."""
        self._speaking = speaking_places(self._document)
        votes: dict[str, int] = {}
        for named in self._names:
            if named.gender:
                votes[named.words[-1].lower()] = votes.get(named.words[-1].lower(), 0) + (
                    10 if named.gender == "m" else -10
                )
        for index, people in self._by_sentence.items():
            outside = [n for n in people if not n.quoted and not n.body]
            lasts = {n.words[-1].lower() for n in outside if n.roles or n.gender or n.start in self._speaking}
            if len(lasts) != 1:
                continue
            last = next(iter(lasts))
            sentence = self._document.sentences[index]
            place = next(n.start for n in outside if n.words[-1].lower() == last)
            for token in sentence.tokens:
                telling = token.start > place and token.lower in MALE | FEMALE
                if telling and not self._quoted(sentence, token.start):
                    votes[last] = votes.get(last, 0) + (1 if token.lower in MALE else -1)
        return {last: "m" if vote > 0 else "f" for last, vote in votes.items() if vote}

    def _sentence_at(self, position: int) -> int:
        """Return the index of the sentence that holds a character, or of the one before it."""
        sentences = self._document.sentences
        low, high = 0, len(sentences)
        while low < high:
            middle = (low + high) // 2
            if sentences[middle].start <= position:
                low = middle + 1
            else:
                high = middle
        return max(0, low - 1)

    def _quoted(self, sentence: Sentence, position: int) -> bool:
        """Say whether a character stands in a quotation of its paragraph."""
        paragraph = self._document.paragraphs[sentence.paragraph]
        return any(q.start < position < q.end for q in paragraph.quotations if not q.single)


def speaking_places(document: Document) -> frozenset[int]:
    """Return where the names start that stand right before or behind "said" and the like."""
    places = set()
    for sentence in document.sentences:
        words = sentence.tokens
        for i, token in enumerate(words):
            if token.lower in ("said", "says", "told", "added", "wrote", "tweeted"):
                at = i - 1
                while at > 0 and words[at - 1].text[0].isupper() and words[at].text[0].isupper():
                    at -= 1
                if at >= 0 and words[at].text[0].isupper():
                    places.add(words[at].start)
                if i + 1 < len(words) and words[i + 1].text[0].isupper():
                    places.add(words[i + 1].start)
    return frozenset(places)


def short_forms(document: Document, names: list[Named]) -> dict[str, str]:
    """Return the short forms that stand in brackets behind a longer name ("National Guard Office (NGO)")."""
    text, found = document.text, dict[str, str]()
    for position, (longer, short) in enumerate(pairwise(names)):
        bracketed = text[longer.end : short.start].strip() == "(" and text[short.end : short.end + 1] == ")"
        if bracketed and short.name.isupper() and short.name not in found:
            found[short.name] = text[joined_start(text, names, position, short.name[0]) : longer.end]
    for named in names:
        if len(named.words) > 2:
            initials = "".join(word[0] for word in named.words if word[0].isupper())
            if initials not in found and len(initials) > 2:
                found[initials] = named.name
    return found


def joined_start(text: str, names: list[Named], position: int, initial: str) -> int:
    """Return where a name starts whose parts are joined by small words ("Office for Ports and Roads")."""
    at = position
    while at > 0 and text[names[at - 1].end : names[at].start].strip() in JOINING and names[at].words[0][0] != initial:
        at -= 1
    return names[at].start


def head_of(words: list[Token]) -> Token | None:
    """Return the last word before a comma, bracket or linking word."""
    head = None
    for word in words:
        if head is not None and (word.lower in LINKING or word.text in POINTS):
            if word.text == "." and word.end - word.start == 1 and len(head.text) < 5:
                continue
            break
        if word.text[0].isalnum():
            head = word
    return head


def name_behind_title(words: list[Token]) -> list[Token]:
    """Return the name that ends a source behind an office: "Port Authority (PA) chairman Ivo Marsh"."""
    first = len(words)
    while first > 0 and (words[first - 1].capital or words[first - 1].text == "."):
        first -= 1
    run = words[first:]
    offices = heads("office") | heads("role")
    for i in range(len(run) - 1, 0, -1):
        if run[i - 1].lower in offices and len(run) - i > 1:
            return run[i:]
    if first > 1 and len(run) > 1 and words[first - 1].lower in offices:
        return run
    led = first > 1 and words[0].lower in offices and words[1].lower == "of"
    return run[-2:] if led and len(run) > 2 else []


def name_behind(words: list[Token]) -> list[Token]:
    """Return the name behind the comma of a source such as "the mayor of Vale, Ana Torv"."""
    at = next((i for i, word in enumerate(words) if word.text == ","), None)
    behind = words[at + 1 :] if at is not None else []
    return behind if len(behind) > 1 and behind[-1].capital and behind[-2].capital else []


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
