"""Bodies of one page: their joined names, short forms in brackets, and the bodies that small letters name.

The names of names.py go in. "Office for Ports and Roads (OPR)" is one body with a short form; "the harbour ministry"
is a body although it has no name. Which of them "it" or "the agency" means is decided in people_roles.py.
"""

from collections.abc import Sequence
from itertools import pairwise

import msgspec

from onrecord.reading.names import LITTLE, Named, heads
from onrecord.reading.noun_phrases import DETERMINER, POINTS
from onrecord.reading.people_names import Names, lands
from onrecord.reading.sentences import Document, Sentence

JOINING = frozenset({"of", "for", "and", "of the", "for the", "and the", "in", "&", "on", "on the", "against", "to"})
"""Words between the parts of one name."""
LISTING = frozenset({"and", "and the", "&", ","})
"""Of these, words that join two names as well as two parts of one."""
NO_LETTERS = frozenset({"the", "of", "for", "and", "in", "on", "&", "'s", "to", "against"})
"""Words without a letter in a short form."""
LONGEST_PHRASE = 6
"""Words before a small-letter body that may belong to it."""


LONGEST_RUN = 60
"""Characters before a name in which the beginning of a body's name is looked for: "Attorney General of Norland"."""


class Body(msgspec.Struct, frozen=True):
    """One mention of a body: its name, the words of it in small letters, where it stands; leads: first in its sentence.

    named says that it has a name, not only a description.
    """

    start: int
    end: int
    name: str
    words: frozenset[str]
    sentence: int
    leads: bool
    quoted: bool
    named: bool = True


class Bodies:
    """The bodies of one document in text order, and the short forms; immutable after it is made."""

    def __init__(self, document: Document, names: Names) -> None:
        self._names = names
        self._joined = joined_names(document.text, names)
        self.short = short_forms(document.text, names.all, self._joined)
        self.all = sorted(self._named() + described(document), key=lambda b: b.start)
        self._by_first: dict[str, list[Body]] = {}
        for body in self.all:
            if body.named:
                self._by_first.setdefault(body.name.split()[0].lower(), []).append(body)

    def _named(self) -> list[Body]:
        found = []
        inside = 0
        for named in self._names.all:
            if named.start < inside:
                continue
            start, end, name = self._joined.get(named.start, (named.start, named.end, named.name))
            if named.start not in self._joined and not self._is_body(named):
                continue
            inside = end
            name = self.short.get(name, name)
            words = frozenset(word.lower() for word in name.split())
            leads = self._names.by_sentence[named.sentence][0] is named
            found.append(Body(start, end, name, words, named.sentence, leads, named.quoted))
        return found

    def _is_body(self, named: Named) -> bool:
        """Say whether a name is likely that of a body: by a word for bodies, as a short form, or since it speaks."""
        if named.name in self.short:
            return True
        if named.words[-1].lower() in heads("firm"):
            return True
        if named.name.isupper() or named.words in lands():
            return named.start in self._names.speaking
        if named.body:
            return True
        return named.start in self._names.speaking and not self._names.is_person(named)

    def joined_at(self, start: int) -> bool:
        """Say whether a joined name of a body starts here: "Office for Ports and Roads"."""
        return start in self._joined

    def full(self, name: str) -> str:
        """Return the full name of a body named in short: by its short form, or without the word for its kind."""
        if name in self.short:
            return self.short[name]
        parts = tuple(name.split())
        if not parts or parts in lands() or (len(parts) == 1 and parts[0].lower() in heads("organisation")):
            return name
        longer = [
            body.name
            for body in self._by_first.get(parts[0].lower(), ())
            if is_short_of(parts, tuple(body.name.split()))
        ]
        return max(longer, key=len, default=name)


def is_short_of(short: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Say whether a name is the beginning of a longer one that goes on with the word for a firm only."""
    rest = longer[len(short) :]
    return (
        bool(rest)
        and longer[: len(short)] == short
        and rest[-1].strip(".").lower() in heads("firm") | heads("organisation")
        and len(short) + 2 >= len(longer)
    )


def joined_names(text: str, names: Names) -> dict[int, tuple[int, int, str]]:
    """Return names that small words join, by the start of the first part: start, end, words."""
    found: dict[int, tuple[int, int, str]] = {}
    position, every = 0, names.all
    while position < len(every):
        last = position
        while last + 1 < len(every) and joins(text, every, position, last, names):
            last += 1
        first = every[position]
        if last > position:
            end = every[last].end
            found[first.start] = (first.start, end, text[first.start : end])
        position = last + 1
    return found


def joins(text: str, every: Sequence[Named], first: int, last: int, names: Names) -> bool:
    """Say whether the name behind `last` is a further part of the body's name that starts at `first`."""
    left, right = every[last], every[last + 1]
    if left.sentence != right.sentence:
        return False
    gap = text[left.end : right.start].strip()
    if gap not in JOINING | {","}:
        return False
    head = every[first].words[-1].lower()
    of_body = head in heads("organisation") or head in ("centers", "centres", "ministry", "organisation", "union")
    if gap in LISTING:
        closes = right.words[-1].lower() in ("ministry", "department", "authority", "agency", "committee", "commission")
        if last > first and of_body and gap != ",":
            return not names.is_person(right) and not right.body
        return closes and len(right.words) > 1 and not left.body and not names.is_person(left) and gap != "&"
    return of_body and not names.is_person(right)


def short_forms(text: str, names: list[Named], joined: dict[int, tuple[int, int, str]]) -> dict[str, str]:
    """Return the short forms of bodies: in brackets behind the name ("National Port Office (NPO)"), or its letters."""
    found: dict[str, str] = {}
    for position, (longer, short) in enumerate(pairwise(names)):
        bracketed = text[longer.end : short.start].strip() == "(" and text[short.end : short.end + 1] == ")"
        if (
            bracketed
            and not short.name.endswith("s")
            and sum(letter.isupper() for letter in short.name) > 1
            and short.name not in found
        ):
            found[short.name] = text[joined_start(text, names, position, short.name) : longer.end]
    for start, end, name in [(n.start, n.end, n.name) for n in names if len(n.words) > 2] + list(joined.values()):
        for letters in initials(text[start:end]):
            if len(letters) > 2:
                found.setdefault(letters, name)
    return found


def initials(name: str) -> set[str]:
    """Return the short forms that a name can have: its first letters, with and without small words and "U.S."."""
    found = set()
    for parts in (name.split(), [part for part in name.split() if "." not in part]):
        letters = [(word.lower(), initial) for part in parts for word, initial in initials_of(part)]
        found.add("".join(initial for word, initial in letters if initial.isupper() and word not in NO_LETTERS))
        found.add("".join(initial for word, initial in letters if word not in ("the", "'s", "&")).upper())
    return found


def initials_of(part: str) -> list[tuple[str, str]]:
    """Return each word of a part between blanks with its first letter: "U.S." has two, "Anti-Fraud" too."""
    words = [word for word in part.replace("-", ".").strip(",()").split(".") if word]
    return [(word.lower(), word[0]) for word in words]


def joined_start(text: str, names: list[Named], position: int, short: str) -> int:
    """Return where a name starts whose parts are joined by small words ("Office for Ports and Roads").

    It is the nearest start whose first letters are the short form, else the nearest whose first letter is its first.
    """
    starts = [run_start(text, names[position].start)]
    at = position
    while at > 0 and text[names[at - 1].end : names[at].start].strip() in JOINING:
        at -= 1
        starts.append(run_start(text, names[at].start))
    exact = [start for start in starts if short.upper() in initials(text[start : names[position].end])]
    first = [start for start in starts if text[start] == short[0]]
    return (exact or first or starts[-1:])[0]


def run_start(text: str, start: int) -> int:
    """Return where the capital words begin that end before a name: the title that names.py leaves out of it."""
    words = text[max(0, start - LONGEST_RUN) : start].split(" ")
    for word in reversed(words[1:-1] if words[-1] == "" else ()):
        if not (word[:1].isupper() and word.isalpha()):
            break
        start -= len(word) + 1
    return start


def described(document: Document) -> list[Body]:
    """Return the bodies in small letters that have a word beside the article: "the harbour ministry"."""
    kinds, found = heads("organisation") | heads("outlet") | heads("wire"), []
    for sentence in document.sentences:
        for i in [i for i, token in enumerate(sentence.tokens) if token.lower in kinds and not token.capital]:
            body = described_at(document, sentence, i)
            if body is not None:
                found.append(body)
    return found


def described_at(document: Document, sentence: Sentence, i: int) -> Body | None:
    """Return the body whose last word is the token at i; None when it is called by that word alone."""
    tokens, first = sentence.tokens, i
    while first > 0 and i - first < LONGEST_PHRASE:
        word = tokens[first - 1]
        if word.lower in DETERMINER and word.lower not in ("the", "a", "an"):
            break
        if word.text in POINTS or (word.lower in LITTLE - DETERMINER and word.lower != "'s"):
            break
        first -= 1
        if word.lower in DETERMINER:
            break
    words = [token for token in tokens[first : i + 1] if token.lower not in DETERMINER]
    if len(words) < 2:
        return None
    quotations = document.paragraphs[sentence.paragraph].quotations
    quoted = any(q.start < tokens[i].start < q.end for q in quotations if not q.single)
    return Body(
        tokens[first].start,
        tokens[i].end,
        document.text[tokens[first].start : tokens[i].end],
        frozenset(word.lower for word in words),
        sentence.index,
        first == 0,
        quoted,
        named=False,
    )
