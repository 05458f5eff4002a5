"""Who is who on one page: the words of a source -> its fullest name or description, its kind, and why.

A document goes in, with its tagging where there is one, so that what was said before by whom can be looked at.
`Cast.resolve` answers for one source. Names are joined in people_names.py, bodies in people_bodies.py, "he" and "she"
in people_pronouns.py, descriptions in people_roles.py. It knows nobody from outside the page.
"""

from bisect import bisect_left

from onrecord.reading.names import LITTLE, Named, genders, heads, office_heads
from onrecord.reading.noun_phrases import DETERMINER
from onrecord.reading.people_apposed import FARTHEST_NAME, apposed, can_be_called, may_be_called, own_name
from onrecord.reading.people_bodies import JOINING, Bodies
from onrecord.reading.people_names import Names, lands, offices
from onrecord.reading.people_pronouns import FEMALE, MALE, Anaphor, Mention, antecedents, is_subject, pronouns_of
from onrecord.reading.people_reasons import more_about
from onrecord.reading.people_roles import (
    DEFINITE,
    ITSELF,
    LAST_OF_LEAD,
    Described,
    Said,
    Speaker,
    head_of,
    is_based,
    is_personal,
    kind_of,
)
from onrecord.reading.people_standing import NOTHING, Standing, country_in, standing_of, standing_of_name
from onrecord.reading.sentences import Document, Sentence, Token, tokens
from onrecord.reading.tagger import Tagging
from onrecord.records import Span, SpeakerKind

__all__ = ["Cast", "Speaker"]

BODY_WORDS = frozenset({"it", "its", "itself"})
GROUP_WORDS = frozenset({"they", "their", "them"})
FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our", "you"})
LONGEST_ANAPHOR = 4
"""Words of a description that may stand for a person who is nowhere called so: "the New York billionaire"."""
NO_OFFICE = frozenset({"organisation", "outlet", "wire", "document"})
"""Kinds of source that have a country, but no role."""
WHOLE = frozenset({"both"})
ONE_PERSON = MALE | FEMALE
OTHER_PRONOUNS = BODY_WORDS | GROUP_WORDS | FIRST_PERSON | WHOLE | {"who"}
BEFORE_OTHER = frozenset({"for", "of", "to", "with", "by", "from", "in", "at", "near", "against", "including", "as"})
"""Words before a name that make it another one's than the source's: "a lawyer for Ana Torv"."""


class Cast:
    """The people and bodies of one document; immutable after it is made."""

    def __init__(self, document: Document, tagging: Tagging | None = None) -> None:
        self._document = document
        self._names = Names(document)
        self._bodies = Bodies(document, self._names)
        self._sentence_starts = [sentence.start for sentence in document.sentences]
        self._described = Described(document, self._names, self._bodies)
        self._known: dict[tuple[int, int], Speaker] = {}
        self._words: dict[tuple[int, int], list[Token]] = {}
        self._said: list[Said] = []
        self._standings: dict[tuple[SpeakerKind, str], Standing] = {}
        self._learnt = False
        self._speeches = speeches(tagging) if tagging else []
        spans = sorted({span for span, _ in self._speeches} | source_spans(tagging)) if tagging else []
        self._sources = spans
        self._antecedents: dict[int, Mention] = {}
        persons = [self._person_source(span) for span in spans]
        self._known, self._said, self._learnt = {}, [], True
        self._antecedents = self._learn_antecedents([one for one in persons if one], spans)
        for span in spans:
            self.resolve(span)

    def resolve(self, source: Span) -> Speaker:
        """Return who the source at this span is: the phrase itself when nothing fuller stands on the page."""
        key = (source.start, source.end)
        if key not in self._known:
            words = self._words_of(source)
            head = head_of(words)
            speaker = self._resolve(source, words, head)
            if self._learnt:
                speaker = self._with_reasons(source, words, speaker)
            self._known[key] = speaker
            if head is not None:
                said = Said(source.start, source.end, self._at(source.start), head.lower, speaker, self._plain(words))
                at = bisect_left(self._said, said.start, key=lambda s: s.start)
                self._said.insert(at, said)
        return self._known[key]

    def _words_of(self, source: Span) -> list[Token]:
        """Return the words of a source, cut once."""
        key = (source.start, source.end)
        if key not in self._words:
            self._words[key] = tokens(self._document.text, source.start, source.end)
        return self._words[key]

    def _with_reasons(self, source: Span, words: list[Token], speaker: Speaker) -> Speaker:
        """Add what else the page says of a source: role, body and country, why it stays unnamed."""
        standing = self._standing(words, speaker)
        sentence = self._document.sentences[self._at(source.start)] if self._document.sentences else None
        more = more_about(self._document, sentence, speaker.kind, standing) if sentence is not None else ""
        return Speaker(speaker.name, speaker.kind, f"{speaker.why}; {more}" if more else speaker.why, standing)

    def _standing(self, words: list[Token], speaker: Speaker) -> Standing:
        """Return the role, body and country of a source: of its own words, else of the mention that says most."""
        key = (speaker.kind, speaker.name)
        if key not in self._standings:
            self._standings[key] = self._standing_of(speaker)
        found = self._standings[key]
        return found if found.filled() or speaker.kind != "person" else standing_of(self._document.text, words)

    def _standing_of(self, speaker: Speaker) -> Standing:
        """Return the role, body and country of a person by its name, of anybody else by what it is called."""
        if speaker.kind != "person":
            words = tokens(speaker.name, 0, len(speaker.name))
            return (
                Standing(country=country_in(words)) if speaker.kind in NO_OFFICE else standing_of(speaker.name, words)
            )
        own = self._names.called(speaker.name)
        said = (standing_of_name(self._document.text, self._document.sentences[n.sentence], n) for n in own)
        return max(said, key=Standing.filled, default=NOTHING)

    def _plain(self, words: list[Token]) -> frozenset[str]:
        return frozenset(word.lower for word in words)

    def _at(self, position: int) -> int:
        """Return the index of the sentence that holds a character, or of the one before it."""
        at = bisect_left(self._sentence_starts, position + 1) - 1
        return max(0, at)

    def _before(self, source: Span) -> list[Said]:
        """Return the sources before this one, in text order."""
        return self._said[: bisect_left(self._said, source.start, key=lambda s: s.start)]

    # --- the order of the attempts -----------------------------------------------------------------------------------

    def _resolve(self, source: Span, words: list[Token], head: Token | None) -> Speaker:
        """Try pronoun, name, short form and description, in this order."""
        text = self._document.text
        phrase = text[source.start : source.end]
        if head is None:
            return Speaker(phrase, "unnamed")
        if words[0].lower in ONE_PERSON and len(words) == 1:
            return self._pronoun(source, phrase)
        if words[0].lower in ONE_PERSON and len(words) == 4 and words[1].text == "(":
            return self.resolve(Span(words[2].start, words[2].end))
        if len(words) == 1 and words[0].lower in OTHER_PRONOUNS:
            return self._other_pronoun(source, words[0].lower, phrase)
        joined = self._joined(source, words, phrase)
        if joined is not None:
            return joined
        person = self._named_person(source, words, head)
        if person is not None:
            return person
        body = self._apposed_body(source, words, head)
        if body is not None:
            return body
        sentence = self._document.sentences[self._at(source.start)]
        named = apposed(text, sentence, self._names, self._bodies, source, words, head)
        if named is not None:
            return Speaker(self._names.fullest(named).name, "person", "the name stands with the description")
        if head.text in self._bodies.short and len(words) <= 2:
            return Speaker(self._bodies.short[head.text], "organisation", f"{head.text} is short for it on the page")
        office = words[0].lower in DEFINITE and head.lower in heads("office")
        if head.capital and head.lower not in LITTLE and not office:
            return self._named(source, words, head, phrase)
        found = self._described.person(source, words, head, self._before(source)) or self._named_soon(
            source, words, head
        )
        if found is None and words[0].lower == "the" and source.start in self._antecedents:
            who = self._antecedents[source.start].who
            roles = frozenset().union(*(n.roles for n in self._names.called(who)))
            if can_be_called(words, head.lower, roles):
                return Speaker(who, "person", "the person whom the description fits best")
        return found or self._described.speaker(source, words, head, self._before(source))

    # --- names -----------------------------------------------------------------------------------------------------

    def _named_soon(self, source: Span, words: list[Token], head: Token) -> Speaker | None:
        """Return who is named as a source right behind the lead that speaks of "an official"."""
        at = self._at(source.start)
        if at > LAST_OF_LEAD or words[0].lower not in ("a", "an") or not is_personal(head):
            return None
        for who in self._sources[bisect_left(self._sources, source.end, key=lambda span: span.start) :]:
            further = self._at(who.start) - at
            if further > FARTHEST_NAME:
                break
            own = own_name(self._names, who) if further else None
            if own is not None:
                fits = may_be_called(head.lower, own.roles)
                return (
                    Speaker(self._names.fullest(own).name, "person", "the first source that is named behind it")
                    if fits
                    else None
                )
        return None

    def _joined(self, source: Span, words: list[Token], phrase: str) -> Speaker | None:
        """Return several persons or bodies joined by "and" as they stand, without the title before the first."""
        ands = [i for i, word in enumerate(words[:-1]) if word.lower == "and"]
        if ands and (words[0].lower in ONE_PERSON or words[ands[-1] + 1 : ands[-1] + 2][0].lower in DETERMINER):
            return Speaker(phrase, "group", "several who are named together")
        if not ands or any(word.lower in ("of", "for") for word in words[: ands[-1]]):
            return None
        names = self._names.at(source.start, source.end)
        before = [n for n in names if n.end <= words[ands[-1]].start and self._names.is_person(n)]
        behind = [n for n in names if n.start > words[ands[-1]].start]
        if not before or not behind or not any(self._names.is_person(n) for n in behind):
            return None
        lead = self._document.text[source.start : before[0].start]
        start = source.start if "," in lead or " and " in lead else before[0].start
        return Speaker(self._document.text[start : source.end], "group", "several who are named together")

    def _named_person(self, source: Span, words: list[Token], head: Token) -> Speaker | None:
        """Return the person whose name ends a source, with or without an office before it."""
        names = self._names.at(source.start, source.end)
        last = next((n for n in reversed(names) if not n.body), None)
        if last is None or self._document.text[last.end : source.end].strip(' .,)"\u201d'):
            return None
        before = [word for word in words if word.start < last.start]
        if [word.lower for word in before] == ["the"]:
            return None
        led = len(before) > 1 and before[0].lower in offices() and before[1].lower == "of"
        if led and len(last.words) > 2 and before[-1].lower in JOINING | {"the"}:
            return Speaker(" ".join(last.words[-2:]), "person", "the last words behind an office")
        if before and not self._ends_in_name(before, last, head):
            return None
        apposed = bool(before) and before[-1].text == "," and last.words not in lands() and not last.name.isupper()
        if not apposed and (not self._names.may_be_person(last) or self._bodies.joined_at(last.start)):
            return None
        return Speaker(self._names.fullest(last).name, "person", "the fullest form of this name on the page")

    def _apposed_body(self, source: Span, words: list[Token], head: Token) -> Speaker | None:
        """Return the body whose name ends a source behind its description: "the operator, Norvan Petrol"."""
        names = self._names.at(source.start, source.end)
        if not names or words[0].lower not in DEFINITE or kind_of(head.lower) != "organisation" or head.capital:
            return None
        last, text = names[-1], self._document.text
        if text[head.end : last.start].strip(" ,") or "," not in text[head.end : last.start] or last.words in lands():
            return None
        if text[last.end : source.end].strip(" .,"):
            return None
        return Speaker(self._bodies.full(last.name), "organisation", "the name stands behind the description")

    def _ends_in_name(self, before: list[Token], last: Named, head: Token) -> bool:
        """Say whether the words before a name describe its bearer, rather than somebody else."""
        word = before[-1]
        if self._of_another(before) or word.lower in ("and", "or"):
            return False
        if word.lower in BEFORE_OTHER:
            return word.lower == "as" and len(before) > 1 and before[-2].lower in ("identified", "known", "named")
        if word.lower in offices():
            return True
        if head.lower in heads("group") and head.start < last.start:
            return False
        if word.text == ",":
            office = any(other.lower in offices() for other in before)
            full = len(last.words) > 1 and last.words not in lands()
            return (office and (full or not before[-2].capital)) or (full and self._names.is_person(last))
        linked = any(other.lower in BEFORE_OTHER for other in before)
        return not linked or any(other.lower in offices() for other in before)

    def _of_another(self, before: list[Token]) -> bool:
        """Say whether the last linking word before a name makes it another one's: "a lawyer for lawmaker Ana Torv"."""
        for i in range(len(before) - 1, 0, -1):
            if before[i].text == ",":
                return False
            if before[i].lower in BEFORE_OTHER:
                if not any(word.lower in offices() for word in before[i + 1 :]):
                    return False
                if before[i - 1].lower in office_heads() | heads("group"):
                    return before[i].lower != "of"
        return False

    def _named(self, source: Span, words: list[Token], head: Token, phrase: str) -> Speaker:
        """Return the fullest name of a body, or the phrase with a capital last word."""
        kind = kind_of(head.lower)
        if kind is not None and head.lower not in heads("title") and (len(words) > 1 or kind != "office"):
            full = self._bodies.full(phrase)
            return Speaker(full, kind, "its last word tells what it is")
        named = next((n for n in self._names.at(source.start, source.end) if n.start <= head.start < n.end), None)
        if named is None:
            return Speaker(phrase, kind or "unnamed", "the words of the source itself")
        if named.body or not self._names.is_person(named):
            full = self._bodies.full(named.name)
            site = self._document.text[head.end : source.end].startswith(".") and not named.name.isupper()
            own = full if full != named.name else self._document.text[source.start : source.end if site else head.end]
            return Speaker(own, kind or "organisation", "a body of this name")
        return Speaker(phrase, "unnamed", "the words of the source itself")

    # --- pronouns --------------------------------------------------------------------------------------------------

    def _pronoun(self, source: Span, phrase: str) -> Speaker:
        """Return whom "he" or "she" stands for."""
        if source.start not in self._antecedents and not self._speeches:
            self._antecedents = self._learn_antecedents([], [source])
        mention = self._antecedents.get(source.start)
        if mention is None:
            return Speaker(phrase, "person", "nobody before it fits")
        return Speaker(mention.who, "person", f"the person whom {phrase!r} fits best before it")

    def _other_pronoun(self, source: Span, word: str, phrase: str) -> Speaker:
        """Return what "it", "they", "both", "who", and "I" in a quotation stand for."""
        if word in FIRST_PERSON:
            return self._quoted_speaker(source, phrase)
        if word == "who":
            return self._relative(source, phrase)
        before = self._before(source)
        if word in BODY_WORDS:
            return self._described.it(source, before, phrase)
        if word in WHOLE:
            return self._described.both(before, phrase)
        return self._described.they(source, before, phrase)

    def _quoted_speaker(self, source: Span, phrase: str) -> Speaker:
        """Return who says the quotation that "I" stands in."""
        holders = [
            (content.end - content.start, who)
            for who, content in self._speeches
            if content.holds(source) and (who.start, who.end) != (source.start, source.end)
        ]
        for _, who in sorted(holders):
            words = self._words_of(who)
            if len(words) != 1 or words[0].lower not in FIRST_PERSON:
                found = self.resolve(who)
                return Speaker(found.name, found.kind, f"who says the words in which {phrase!r} stands")
        return Speaker(phrase, "unnamed", "the words of the source itself")

    def _relative(self, source: Span, phrase: str) -> Speaker:
        """Return the name right before "who" and its comma."""
        text = self._document.text
        for named in reversed(self._names.by_sentence.get(self._at(source.start), [])):
            if named.end <= source.start:
                if not text[named.end : source.start].strip(" ,") and self._names.is_person(named):
                    return Speaker(self._names.fullest(named).name, "person", "the name before the word who")
                break
        return Speaker(phrase, "unnamed", "the words of the source itself")

    # --- persons in text order ---------------------------------------------------------------------------------------

    def _person_source(self, source: Span) -> Mention | Anaphor | None:
        """Return a source that describes a person as a mention, or as what is to be resolved ("the pilot")."""
        words = self._words_of(source)
        head = head_of(words)
        if head is None or head.capital or not is_personal(head) or words[0].lower in ONE_PERSON:
            return None
        speaker = self.resolve(source)
        at = self._at(source.start)
        gender = genders().get(head.lower) or None
        short = head is words[-1] and len(words) <= LONGEST_ANAPHOR and not is_based(words)
        if speaker.why.startswith(ITSELF) and words[0].lower == "the" and short:
            return Anaphor(source.start, source.end, self._document.sentences[at], gender)
        return Mention(source.start, source.end, at, speaker.name, gender, leads=True, source=True)

    def _learn_antecedents(self, described: list[Mention | Anaphor], sources: list[Span]) -> dict[int, Mention]:
        """Return whom every "he" and "she" of the page stands for, and every unresolved description, by its place."""
        self.persons = self._persons(described, sources)
        return antecedents(self._document, *self.persons)

    def _persons(
        self, described: list[Mention | Anaphor], sources: list[Span]
    ) -> tuple[list[Mention], dict[str, str], list[Anaphor]]:
        """Return the mentions of persons, the genders of their names, and what is to be resolved, in text order."""
        starts = frozenset(span.start for span in sources)
        inside = [(span.start, span.end) for span in sources]
        taken = {one.start for one in described}
        mentions = [one for one in described if isinstance(one, Mention)]
        anaphors = [one for one in described if isinstance(one, Anaphor)] + pronouns_of(self._document, starts)
        genders_of: dict[str, str] = {}
        for index, names in self._names.by_sentence.items():
            sentence, leads = self._document.sentences[index], True
            for named in names:
                if named.start in taken or not self._names.may_be_person(named):
                    continue
                if self._bodies.joined_at(named.start):
                    continue
                full = self._names.fullest(named)
                gender = self._names.gender(named)
                if gender:
                    genders_of.setdefault(full.name, gender)
                source = any(start <= named.start and named.end <= end for start, end in inside_near(inside, named))
                mentions.append(
                    Mention(
                        named.start, named.end, index, full.name, gender,
                        subject=subject(sentence, named), leads=leads and not named.quoted,
                        source=source, quoted=named.quoted, sure=self._names.is_person(named),
                    )
                )  # fmt: skip
                leads = leads and named.quoted
        mentions.sort(key=lambda m: m.start)
        return mentions, genders_of, sorted(anaphors, key=lambda a: a.start)


def inside_near(spans: list[tuple[int, int]], named: Named) -> list[tuple[int, int]]:
    """Return the spans that start at or before a name, the last two of them."""
    at = bisect_left(spans, named.start + 1, key=lambda span: span[0])
    return spans[max(0, at - 2) : at]


def subject(sentence: Sentence, named: Named) -> bool:
    """Say whether a name can be the subject of a verb of its sentence."""
    words = sentence.tokens
    first = bisect_left(words, named.start, key=lambda token: token.start)
    end = bisect_left(words, named.end, key=lambda token: token.start)
    return is_subject(words, first, end)


def source_spans(tagging: Tagging) -> set[Span]:
    """Return every stretch that is tagged as a source."""
    return {Span(span.start, span.end) for span in tagging.spans if span.label == "source"}


def speeches(tagging: Tagging) -> list[tuple[Span, Span]]:
    """Return each source with each stretch of what it says."""
    tails, spans, found = tagging.tails(), tagging.spans, []
    for (head, label), contents in tails.items():
        if label != "content":
            continue
        for source in tails.get((head, "source"), ()):
            for content in contents:
                found.append(
                    (Span(spans[source].start, spans[source].end), Span(spans[content].start, spans[content].end))
                )
    return found
