"""Who on a page is said to have been killed or injured by name: sentences in, one mention for each name and word out.

The guideline codes no figure for a person who is only named ("Ana Brel was shot dead"), but such a person counts in the
total of a page. Names are tied to outcome words by word order alone: subject of "was killed" or "died", object of
"killed", "the death of", "'s death". Who is the same person is decided in totals.py.
"""

from collections.abc import Iterator

import msgspec

from onrecord.reading.grammar import BE, HAVE, MODALS, class_of, is_plural
from onrecord.reading.names import Named, names_of
from onrecord.reading.noun_phrases import MONTH, WEEKDAY
from onrecord.reading.number_words import number_words
from onrecord.reading.outcomes import PERSON_CLASSES, Hit, outcome_hits
from onrecord.reading.people_names import no_person_words
from onrecord.reading.sentences import Document, Sentence, Token
from onrecord.records import Span

HARMS = frozenset({"killed", "injured", "hospitalised"})
WIDEST_GAP = 12
"""Tokens between a name and the verb it is the subject of, outside of commas: "Ana Brel of Sund was ..."."""
WIDEST_APPOSITION = 16
"""Tokens between the commas behind a name: ", 34, a nurse from the old town,"."""
NEAR_OBJECT = 6
"""Tokens between a verb and the name that is its object: "killed the retired judge Ana Brel"."""
BE_WITHIN = 3
"""Tokens between a form of be and the verb it makes passive: "was also fatally shot"."""
BREAKS = frozenset({";", ":", "--", "\u2014", "\u2013", "\u201c", "\u201d", '"', "``", "''", "said", "says", "that"})
JOINERS = frozenset({",", "and", "&"})
OBJECT_STOPS = frozenset("by in at on near with from for after before when while as to who and but or".split())
BEFORE_OBJECTS = frozenset("by in at on near with from for of to".split())
"""Words in front of a name that is then no subject."""
NO_NAME_BEHIND = OBJECT_STOPS | frozenset("a an his her their its outside inside across around during".split())
"""Words behind a verb or "of" after which a name is not the object itself: "killed a Sund officer"."""
NOT_ACTUAL = MODALS | {
    "attempted",
    "if",
    "unless",
    "nearly",
    "almost",
    "not",
    "n't",
    "never",
    "nobody",
    "threatened",
    "to",
}
IDENTIFIED = frozenset({"identified", "named"})
FATAL = frozenset({"fatal", "deadly"})
SINGLE_PRONOUNS = frozenset({"he", "she"})
PLURAL_PRONOUNS = frozenset({"they", "it", "i", "we", "you", "police"})
CRIMES = frozenset({"murder", "murders"})
"""Forms of verbs that are nouns more often."""
ARTICLES = frozenset({"a", "an", "his", "her", "their"})
THEMSELVES = frozenset({"himself", "herself"})


class Victim(msgspec.Struct, frozen=True):
    """One mention of a person with an outcome; words are those of the name, none for a pronoun or a noun."""

    name: Span
    words: tuple[str, ...]
    outcome: str
    word: Span
    sentence: int


def named_victims(document: Document) -> tuple[Victim, ...]:
    """Return the persons of a page that an outcome of harm is tied to by name, in text order."""
    by_sentence: dict[int, list[Named]] = {}
    for named in names_of(document):
        if not named.body and not _is_other(named):
            by_sentence.setdefault(named.sentence, []).append(named)
    known = {named.words[-1] for names in by_sentence.values() for named in names if _shows_person(named)}
    found: dict[Victim, None] = {}
    for sentence in document.sentences:
        people = [named for named in by_sentence.get(sentence.index, ()) if named.words[-1] in known]
        found |= dict.fromkeys(_in_sentence(sentence, _People(sentence, people)))
    return tuple(found)


def _shows_person(named: Named) -> bool:
    """Say whether a mention of a name by itself can be a person's: of several words, or with a title or an office."""
    return len(named.words) > 1 or bool(named.roles) or named.gender is not None


def _is_other(named: Named) -> bool:
    """Say whether a run of capital words is no person's name by one of its words: a day, a place, a body."""
    return any(word.lower() in no_person_words() | WEEKDAY | MONTH - {"may"} for word in named.words)


class _People:
    """The names of one sentence by token: starts[i] is the name that begins at token i, holds[i] the one over it."""

    def __init__(self, sentence: Sentence, people: list[Named]) -> None:
        self.tokens = sentence.tokens
        self.holds: dict[int, Named] = {}
        self.first: dict[Named, int] = {}
        for named in people:
            inside = [i for i, t in enumerate(self.tokens) if named.start <= t.start < named.end]
            if inside:
                self.first[named] = inside[0]
                self.holds.update(dict.fromkeys(inside, named))


def _in_sentence(sentence: Sentence, people: _People) -> Iterator[Victim]:
    tokens = sentence.tokens
    for hit in outcome_hits(tokens):
        if hit.word.outcome not in HARMS or _not_actual(tokens, hit):
            continue
        if hit.word.outcome == "hospitalised" and not _in_hospital(tokens, hit):
            continue
        if hit.first and tokens[hit.first - 1].lower in FATAL:
            continue  # "the fatal shooting of" is a death, see below
        word = Span(tokens[hit.first].start, tokens[hit.last - 1].end)
        for who in dict.fromkeys(_of_hit(tokens, hit, people)):
            names = who.words if isinstance(who, Named) else ()
            yield Victim(Span(who.start, who.end), names, hit.word.outcome, word, sentence.index)
    for first, last in (*_fatal_nouns(tokens), *_identified(tokens)):
        for named in _joined_right(tokens, last, people):
            word = Span(tokens[first].start, tokens[last - 1].end)
            yield Victim(Span(named.start, named.end), named.words, "killed", word, sentence.index)


def _identified(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Yield where the names of the dead follow: "the dead were identified as", with the outcome word in front."""
    deaths = [hit.last for hit in outcome_hits(tokens) if hit.word.outcome == "killed"]
    for i in range(1, len(tokens) - 1):
        if tokens[i].lower == "as" and tokens[i - 1].lower in IDENTIFIED and any(last <= i for last in deaths):
            yield i - 1, i + 1


def _fatal_nouns(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """Yield where nouns stand that "fatal" makes a death, with the "of" behind them: "the fatal shooting of"."""
    for i in range(len(tokens) - 2):
        if tokens[i].lower in FATAL and tokens[i + 2].lower == "of":
            yield i, i + 3


def _in_hospital(tokens: tuple[Token, ...], hit: Hit) -> bool:
    """Say whether a word of treatment is about people: "admitted" alone is a confession, "treated as" a manner."""
    alone = hit.last - hit.first == 1 and hit.word.part == "state"
    return not alone and [token.lower for token in tokens[hit.last : hit.last + 1]] != ["as"]


def _not_actual(tokens: tuple[Token, ...], hit: Hit) -> bool:
    """Say whether the words in front of an outcome word say that it did not, or may not, have happened."""
    return any(token.lower in NOT_ACTUAL for token in tokens[max(0, hit.first - 3) : hit.first])


def _of_hit(tokens: tuple[Token, ...], hit: Hit, people: _People) -> Iterator[Named | Token]:
    """Yield the persons that one outcome word happened to, as name or as pronoun."""
    part, behind = hit.word.part, tokens[hit.last].lower if hit.last < len(tokens) else ""
    if part == "verb" and hit.word.words[0] in CRIMES:
        return  # "charged with murder"; "the murder of" is a noun
    if part in ("noun_of", "noun"):
        if behind == "of":
            yield from _joined_right(tokens, hit.last + 1, people)
        if hit.first > 1 and tokens[hit.first - 1].lower in ("'s", "\u2019s") and hit.first - 2 in people.holds:
            yield people.holds[hit.first - 2]
    elif behind in THEMSELVES:
        yield from _joined_left(tokens, hit.first, people)
    elif part in ("intransitive", "state"):
        yield from _joined_left(tokens, hit.first, people)
        if part == "state" and hit.first and tokens[hit.first - 1].lower == "found":
            yield from _joined_right(tokens, hit.last, people)
    elif part == "verb":
        if _passive(tokens, hit):
            yield from _joined_left(tokens, hit.first, people)
        else:
            yield from _joined_right(tokens, hit.last, people)


def _passive(tokens: tuple[Token, ...], hit: Hit) -> bool:
    """Say whether a verb is passive: a form of be in front of it, or a participle behind a comma ("Brel, shot in")."""
    before = [token.lower for token in tokens[max(0, hit.first - BE_WITHIN) : hit.first]]
    if set(before) & BE or ("have" in before and "been" in before):
        return not tokens[hit.first].lower.endswith("ing") or "being" in before
    return False


def _joined_left(tokens: tuple[Token, ...], first: int, people: _People) -> Iterator[Named | Token]:
    """Yield the subject in front of a verb with the names joined to it: "Ana Brel, 34, and Ivo Tann were killed"."""
    at, depth, steps = first - 1, 0, 0
    while at >= 0 and steps <= WIDEST_GAP + WIDEST_APPOSITION:
        lower = tokens[at].lower
        if lower in BREAKS:
            return
        if lower == ",":
            depth += 1
        if at in people.holds:
            named = people.holds[at]
            start = people.first[named]
            if _counted(tokens, start):
                return
            if not _behind_preposition(tokens, start, lower) and (depth != 1 or _ends_clause(tokens, at)):
                yield named
                yield from _more_left(tokens, start, people)
                return
            at = start
        elif _other_subject(tokens, at, depth):
            if lower in SINGLE_PRONOUNS:
                yield tokens[at]
            elif not is_plural(lower) and lower not in PLURAL_PRONOUNS and not _counted(tokens, at):
                yield tokens[at]
                yield from _joined_noun(tokens, at)
            return
        at, steps = at - 1, steps + 1


def _joined_noun(tokens: tuple[Token, ...], at: int) -> Iterator[Token]:
    """Yield the single person joined in front of another one: the man of "a man and a woman were killed"."""
    joined = at > 2 and tokens[at - 1].lower in ARTICLES and tokens[at - 2].lower == "and"
    if joined and class_of(tokens[at - 3].lower) in PERSON_CLASSES and not is_plural(tokens[at - 3].lower):
        yield tokens[at - 3]


def _ends_clause(tokens: tuple[Token, ...], at: int) -> bool:
    """Say whether the comma between a name and a verb opens a relative clause: "Brel, who was shot"."""
    return tokens[at + 1].text == "," and (at + 2 < len(tokens)) and tokens[at + 2].lower in ("who", "shot", "killed")


def _behind_preposition(tokens: tuple[Token, ...], start: int, last: str) -> bool:
    """Say whether a name is no subject: "in Sund", "the brother of Ana Brel", "Brel's"."""
    return (start > 0 and tokens[start - 1].lower in BEFORE_OBJECTS) or last == "'s"


def _other_subject(tokens: tuple[Token, ...], at: int, depth: int) -> bool:
    """Say whether another noun stands as the subject: a person word without a comma behind it, or a pronoun."""
    lower = tokens[at].lower
    if depth:
        return False
    return lower in SINGLE_PRONOUNS | PLURAL_PRONOUNS or class_of(lower) in PERSON_CLASSES or lower.endswith("-old")


def _more_left(tokens: tuple[Token, ...], start: int, people: _People) -> Iterator[Named]:
    """Yield the names that are joined in front of a name: "Ana Brel, 34, Ivo Tann and"."""
    at, joined, steps = start - 1, False, 0
    while at >= 0 and steps < WIDEST_APPOSITION:
        lower = tokens[at].lower
        if at in people.holds:
            if not joined:
                return
            yield people.holds[at]
            at, steps, joined = people.first[people.holds[at]], 0, False
        elif lower in JOINERS:
            joined = joined or lower != "," or steps == 0
        elif not (tokens[at].text.isdigit() or (lower not in BE | HAVE | BREAKS and tokens[at].text.isalnum())):
            return
        elif lower in BE | HAVE | OBJECT_STOPS - {"and"}:
            return
        at, steps = at - 1, steps + 1


def _joined_right(tokens: tuple[Token, ...], first: int, people: _People) -> Iterator[Named]:
    """Yield the object behind a verb with the names joined to it; a group in front of it is the object itself."""
    at, steps = first, 0
    while at < len(tokens) and steps <= NEAR_OBJECT:
        lower = tokens[at].lower
        if at in people.holds:
            named = people.holds[at]
            if _counted(tokens, people.first[named]):
                return
            if at + 1 < len(tokens) and tokens[_end(tokens, named, at)].lower == "'s":
                return
            yield named
            yield from _more_right(tokens, _end(tokens, named, at), people)
            return
        if lower in NO_NAME_BEHIND or lower in BREAKS | {",", "."} or is_plural(lower):
            return
        at, steps = at + 1, steps + 1


def _counted(tokens: tuple[Token, ...], start: int) -> bool:
    """Say whether a number stands in front of a capital word, which is then no name: "six Sundians"."""
    before = tokens[start - 1].lower if start else "a"
    return before not in ARTICLES and (before.isdigit() or before in number_words())


def _end(tokens: tuple[Token, ...], named: Named, at: int) -> int:
    """Return the token behind a name, or the last one of the sentence."""
    while at < len(tokens) and tokens[at].start < named.end:
        at += 1
    return min(at, len(tokens) - 1)


def _more_right(tokens: tuple[Token, ...], at: int, people: _People) -> Iterator[Named]:
    """Yield the names joined behind a name: ", 34, Ivo Tann, 22, and Mika Orr"."""
    joined, steps = False, 0
    while at < len(tokens) and steps < WIDEST_APPOSITION:
        lower = tokens[at].lower
        if at in people.holds:
            if not joined:
                return
            yield people.holds[at]
            at, joined, steps = _end(tokens, people.holds[at], at), False, 0
            continue
        if lower in JOINERS or lower == ";":
            joined = True
        elif not tokens[at].text.isdigit():
            if lower in BE | HAVE or lower in OBJECT_STOPS or not tokens[at].text[0].isalnum():
                return
            if not joined and steps > 1:
                return
        at, steps = at + 1, steps + 1
