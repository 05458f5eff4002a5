"""Names of one page joined: every mention of a name gets the fullest form of it, and whether a person bears it.

The names of names.py go in. A bare surname goes to the full name before it that ends in this word, two full names are
one only when their given words agree, and spellings of one name meet by rule (onrecord.lexicon.spelling). Pronouns and
descriptions are left to people_pronouns.py and people_roles.py.
"""

from functools import cache

from onrecord.lexicon import rows
from onrecord.lexicon.spelling import given_agree, same_spelling, spelling_key, surname_of
from onrecord.reading.mention_rules import named_places, place_words
from onrecord.reading.names import Named, given_names, heads, names_of, office_heads
from onrecord.reading.people_pronouns import GENDER, MALE
from onrecord.reading.sentences import Document

SPEAKING = frozenset({"said", "says", "told", "added", "wrote", "tweeted"})
TITLE_VOTES = 10
"""What a title ("Mrs.") counts against one pronoun, when the gender of a name is learnt."""


@cache
def lands() -> frozenset[tuple[str, ...]]:
    """Return the names of countries and regions, and the words for their people, as words."""
    return frozenset(
        [parts for names in place_words().names.values() for parts in names]
        + [(word,) for word in place_words().demonyms]
    )


class Names:
    """The names of one document, joined; immutable after it is made."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.all = names_of(document)
        self.by_sentence: dict[int, list[Named]] = {}
        self._by_word: dict[str, list[Named]] = {}
        self._by_surname: dict[str, list[Named]] = {}
        self._by_key: dict[str, list[Named]] | None = None
        for named in self.all:
            self.by_sentence.setdefault(named.sentence, []).append(named)
            self._by_surname.setdefault(surname_of(named.words), []).append(named)
            for word in {word.lower() for word in named.words}:
                self._by_word.setdefault(word, []).append(named)
        self._shown = frozenset(named.words for named in self.all if named.roles or named.gender)
        self.speaking = speaking_places(document)
        self._places = frozenset(named_places(document))
        self.genders = self._learn_genders()
        self._persons: dict[tuple[str, ...], bool] = {}
        self._full: dict[int | tuple[str, ...], Named] = {}
        self._sure: dict[int, bool] = {}

    def with_word(self, word: str) -> list[Named]:
        """Return the names that hold a word, in text order."""
        return self._by_word.get(word.lower(), [])

    def called(self, name: str) -> list[Named]:
        """Return the mentions whose fullest form is this name, in text order."""
        surname = surname_of(tuple(name.split()))
        return [named for named in self._by_surname.get(surname, ()) if self.fullest(named).name == name]

    def at(self, start: int, end: int) -> list[Named]:
        """Return the names inside a stretch of characters."""
        low, high = 0, len(self.all)
        while low < high:
            middle = (low + high) // 2
            if self.all[middle].start < start:
                low = middle + 1
            else:
                high = middle
        found = []
        while low < len(self.all) and self.all[low].end <= end:
            found.append(self.all[low])
            low += 1
        return found

    def fullest(self, named: Named) -> Named:
        """Return the fullest form of a name on the page: of its bearer, not of another one of the same surname."""
        key = named.words if len(named.words) > 1 else named.start  # what stands near decides for bare names only
        if key not in self._full:
            self._full[key] = self._fullest(named)
        return self._full[key]

    def _fullest(self, named: Named) -> Named:
        surname = surname_of(named.words)
        same = [n for n in self._by_surname.get(surname, ()) if not n.body]
        if not any(len(n.words) > 1 for n in same):
            same += [
                n
                for n in self._spelt_like(surname)
                if not n.body and same_spelling(surname, surname_of(n.words)) and len(n.words) > 1
            ]
        if len(named.words) > 1:
            same = [n for n in same if given_agree(n.words, named.words) or is_tail(named.words, n.words)]
        elif not any(len(n.words) > 1 for n in same):
            same = [n for n in self.with_word(surname) if not n.body and self._bears(n, surname)] or same
        return self._best(named, [n for n in same if len(n.words) >= len(named.words)] or [named])

    def _spelt_like(self, surname: str) -> list[Named]:
        """Return the names whose last word may be another spelling of this one."""
        if self._by_key is None:
            self._by_key = {}
            for named in self.all:
                self._by_key.setdefault(spelling_key(surname_of(named.words)), []).append(named)
        return self._by_key.get(spelling_key(surname), [])

    def _bears(self, named: Named, word: str) -> bool:
        """Say whether a longer name may be called by this word, which does not end it: "Wang Min", "Ana", "Anaya"."""
        if len(named.words) < 2 or word not in named.words or not self.is_person(named):
            return False
        return word not in place_words().demonyms and (word,) not in lands()

    def _best(self, named: Named, same: list[Named]) -> Named:
        """Return the longest of the names that are the same bearer's as the nearest full one before a bare name."""
        gender = named.gender
        fits = [n for n in same if gender is None or n.gender in (None, gender)] or same
        if len(named.words) == 1:
            full = [n for n in fits if len(n.words) > 1]
            before = [n for n in full if n.start <= named.start]
            nearest = before[-1] if before else full[0] if full else None
            if nearest is not None:
                fits = [n for n in full if n.words == nearest.words or given_agree(n.words, nearest.words)]
        if not is_junior(named.words):
            fits = [n for n in fits if not is_junior(n.words)] or fits
        capitals = [n for n in fits if not n.name.isupper()] or fits
        return max(capitals, key=lambda n: (len(n.words), -n.start))

    def is_person(self, named: Named) -> bool:
        """Say whether a title, an office, a given name or a verb of saying shows that a name is a person's."""
        if named.start not in self._sure:
            self._sure[named.start] = self._is_person(named)
        return self._sure[named.start]

    def _is_person(self, named: Named) -> bool:
        if named.body or named.name.isupper():
            return False
        if not can_be_person(named) or self._is_place(named):
            return False
        if (named.roles and len(named.words) > 1) or named.gender:
            return True
        if len(named.words) == 1:
            full = self.fullest(named)
            if len(full.words) > 1:
                return self.is_person(full)
        if named.words not in self._persons:
            self._persons[named.words] = False  # a name that depends on itself is nobody's
            self._persons[named.words] = self._called_a_person(named)
        return self._persons[named.words]

    def may_be_person(self, named: Named) -> bool:
        """Say whether a name of two words or more can be a person's, although nothing on the page shows it."""
        if self.is_person(named):
            return True
        if len(named.words) == 1 or named.body or named.name.isupper() or named.words[-1].lower() in office_heads():
            return False
        return can_be_person(named) and not self._is_place(named)

    def _is_place(self, named: Named) -> bool:
        """Say whether a name stands as a place on the page ("in Upper Vale") and nothing shows a person."""
        if named.name not in self._places or named.gender or named.words[0].lower() in given_names():
            return False
        return named.words not in self._shown

    def _called_a_person(self, named: Named) -> bool:
        """Say whether the words of a name or its other mentions show that it is a person's."""
        if len(named.words) > 1 and named.words[0].lower() in given_names():
            return True
        same = self._by_surname.get(surname_of(named.words), [])
        if len(named.words) == 1 and len(same) == 1:
            return bool(named.roles)
        longer = len(named.words) > 1 or any(len(n.words) > 1 and not n.body for n in same)
        if any(n.gender or n.roles for n in same):
            return True
        if len(named.words) == 1 and any(n.words[0].lower() in given_names() for n in same if len(n.words) > 1):
            return True
        return any(longer and (n.roles or n.start in self.speaking) for n in same)

    def gender(self, named: Named) -> str | None:
        """Return the gender of a name, m or f, when a title, a given name or pronouns beside it tell it."""
        if named.gender:
            return named.gender
        full = self.fullest(named)
        given = given_names().get(full.words[0].lower(), "") if len(full.words) > 1 else ""
        return full.gender or given or self.genders.get(surname_of(named.words).lower())

    def _learn_genders(self) -> dict[str, str]:
        """Return the gender of last names: from titles, and from pronouns in sentences of one person."""
        votes: dict[str, int] = {}
        for named in self.all:
            last = surname_of(named.words).lower()
            if named.gender:
                votes[last] = votes.get(last, 0) + (TITLE_VOTES if named.gender == "m" else -TITLE_VOTES)
        for index, people in self.by_sentence.items():
            self._vote_by_pronouns(index, people, votes)
        return {last: "m" if vote > 0 else "f" for last, vote in votes.items() if vote}

    def _vote_by_pronouns(self, index: int, people: list[Named], votes: dict[str, int]) -> None:
        """Count the pronouns behind the only person of a sentence as votes for that person's gender."""
        outside = [n for n in people if not n.quoted and not n.body]
        lasts = {surname_of(n.words).lower() for n in outside if n.roles or n.gender or n.start in self.speaking}
        if len(lasts) != 1:
            return
        last = next(iter(lasts))
        sentence = self._document.sentences[index]
        place = next(n.start for n in outside if surname_of(n.words).lower() == last)
        quotations = [q for q in self._document.paragraphs[sentence.paragraph].quotations if not q.single]
        for token in sentence.tokens:
            if token.lower not in GENDER or token.start <= place:
                continue
            if not any(q.start < token.start < q.end for q in quotations):
                votes[last] = votes.get(last, 0) + (1 if token.lower in MALE else -1)


def can_be_person(named: Named) -> bool:
    """Say whether no word of a name tells that it is a place's or a body's."""
    last = named.words[-1].lower()
    if named.words in lands() or last in place_words().types or last in body_words():
        return False
    if len(named.words) == 1:
        return True
    first = named.words[0].lower()
    shown = first in given_names() or bool(named.roles) or named.gender is not None
    if not shown and {first, last} & no_person_words():
        return False
    return (named.words[0],) not in lands() and not any(word.lower() in body_words() for word in named.words[1:])


@cache
def no_person_words() -> frozenset[str]:
    """Return the words that stand in the names of places, bodies and outlets, and in no person's."""
    return frozenset(word for row in rows("no_person_words") for word in row["words"].split("|"))


@cache
def body_words() -> frozenset[str]:
    """Return the words that stand in names of bodies, not of persons."""
    return heads("organisation") | heads("firm") | heads("portfolio") | heads("outlet") | heads("document")


def is_junior(words: tuple[str, ...]) -> bool:
    """Say whether a name ends in "Jr." and the like, which tells its bearer from another one."""
    return surname_of(words) != words[-1]


def is_tail(short: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Say whether a name is the end of a longer one: "Anaya Ruiz" of "Rodrigo Anaya Ruiz"."""
    return len(short) < len(longer) and longer[-len(short) :] == short


def speaking_places(document: Document) -> frozenset[int]:
    """Return where the names start that stand right before or behind "said" and the like."""
    places = set()
    for sentence in document.sentences:
        words = sentence.tokens
        for i, token in enumerate(words):
            if token.lower in SPEAKING:
                at = i - 1
                while at > 0 and words[at - 1].text[0].isupper() and words[at].text[0].isupper():
                    at -= 1
                if at >= 0 and words[at].text[0].isupper():
                    places.add(words[at].start)
                if i + 1 < len(words) and words[i + 1].text[0].isupper():
                    places.add(words[i + 1].start)
    return frozenset(places)


@cache
def offices() -> frozenset[str]:
    """Return the words that stand before a name for its bearer's title, office or role."""
    return heads("title") | heads("office") | heads("role")
