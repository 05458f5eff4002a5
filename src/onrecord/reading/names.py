"""The people and bodies that a page names: runs of capital words with their titles, roles and short forms.

A document goes in, mentions in text order come out. Nobody is joined with anybody here; people.py does.
"""

from functools import cache

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.mention_rules import place_words
from onrecord.reading.noun_phrases import (
    ADVERB,
    AUX,
    DETERMINER,
    MONTH,
    POINTS,
    PREPOSITION,
    PRONOUN,
    STOP,
    VERB,
    WEEKDAY,
)
from onrecord.reading.sentences import Document, Paragraph, Sentence, Token

PARTICLES = frozenset(
    {"de", "van", "von", "bin", "al", "el", "da", "di", "del", "der", "den", "la", "le", "ibn", "dos"}
)
LITTLE = (
    ADVERB | AUX | DETERMINER | PREPOSITION | PRONOUN | STOP | VERB | MONTH | WEEKDAY | {"according", "there", "here"}
)
LONG_TITLES = {
    "sen": ("senator",),
    "gov": ("governor",),
    "rep": ("representative", "congressman", "congresswoman"),
    "gen": ("general",),
    "lt": ("lieutenant",),
    "sgt": ("sergeant",),
    "capt": ("captain",),
    "det": ("detective",),
    "col": ("colonel",),
    "dr": ("doctor",),
    "prof": ("professor",),
}
"""What a short title is called when it stands alone."""
HELD = frozenset({"of", "for", "to"})
"""Words between an office and what its bearer heads: "Minister for Ports", "ambassador to Peru"."""
REACH = 5
"""Tokens beside a name that are searched for its office. 5, 8, 12 on the train pages: 89.2, 89.0, 89.0 % right."""


class Named(msgspec.Struct, frozen=True):
    """One mention of a name: its words without title, what it is called besides, and where it stands.

    roles holds small-letter words that stand with the name, gender is m, f or None, body says that it is no person;
    quoted says that it stands in a quotation; first says that it is the first name of its sentence.
    """

    start: int
    end: int
    words: tuple[str, ...]
    roles: frozenset[str]
    gender: str | None
    body: bool
    sentence: int
    quoted: bool

    @property
    def name(self) -> str:
        """The words with blanks between them."""
        return " ".join(self.words).replace(" .", ".")


@cache
def heads(kind: str) -> frozenset[str]:
    """Return the words of lexicon/speaker_heads.tsv that are of this kind."""
    return frozenset(row["word"] for row in rows("speaker_heads") if row["kind"] == kind)


@cache
def genders() -> dict[str, str]:
    """Return the words that tell a gender, each with m or f."""
    return {row["word"]: row["gender"] for row in rows("speaker_heads") if row["gender"]}


@cache
def body_heads() -> frozenset[str]:
    """Return the words that end names of bodies."""
    return heads("organisation") | heads("outlet") | heads("wire")


@cache
def office_heads() -> frozenset[str]:
    """Return the words for offices and roles."""
    return heads("office") | heads("role")


@cache
def office_verbs() -> dict[str, str]:
    """Return the role that each verb of lexicon/office_verbs.tsv gives to who does it."""
    return {row["word"]: row["role"] for row in rows("office_verbs")}


@cache
def given_names() -> dict[str, str]:
    """Return the given names of the lexicon, small letters, each with m, f or "" (both)."""
    return {row["word"]: row["gender"] for row in rows("given_names")}


def names_of(document: Document) -> list[Named]:
    """Return every name of the document in text order."""
    found: list[Named] = []
    for paragraph in document.paragraphs:
        for sentence in document.sentences_of(paragraph):
            names_in(sentence, paragraph, found)
    return found


def names_in(sentence: Sentence, paragraph: Paragraph, found: list[Named]) -> None:
    """Append the names of one sentence."""
    tokens = sentence.tokens
    i, n = 0, len(tokens)
    while i < n:
        token = tokens[i]
        if not token.text[0].isupper() or token.lower in LITTLE:
            i += 1
            continue
        end = run_end(tokens, i)
        named = make_named(sentence, paragraph, i, end)
        if named is not None:
            found.append(named)
        i = end


def run_end(tokens: tuple[Token, ...], i: int) -> int:
    """Return where the run of capital words at i ends; a stop after a title or an initial does not end it."""
    n, end = len(tokens), i + 1
    while end < n:
        token = tokens[end]
        if is_name_word(token) and (token.lower not in VERB or token.text.isupper()):
            if token.lower in WEEKDAY or (token.lower in MONTH and token.lower != "may"):
                break
            end += 1
        elif token.text == "." and end + 1 < n and tokens[end + 1].text[0].isupper() and len(tokens[end - 1].text) < 5:
            if len(tokens[end - 1].text) > 1 and tokens[end - 1].lower not in heads("title"):
                break
            end += 2
        elif token.lower in PARTICLES and (behind := past_particles(tokens, end)) is not None:
            end = behind
        else:
            break
    return end


def is_name_word(token: Token) -> bool:
    """Say whether a token can stand in a name: a capital word, or a particle joined to one ("al-Amin")."""
    particle, hyphen, rest = token.text.partition("-")
    return token.text[0].isupper() or bool(hyphen and particle.lower() in PARTICLES and rest[:1].isupper())


def past_particles(tokens: tuple[Token, ...], i: int) -> int | None:
    """Return what follows the capital word behind particles ("de la Cruz"); None when no capital word follows."""
    while i < len(tokens) and tokens[i].lower in PARTICLES and not tokens[i].capital:
        i += 1
    return i + 1 if i < len(tokens) and tokens[i].text[0].isupper() else None


def behind_portfolio(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Return where a name starts whose run begins with what its bearer heads: "Secretary of State Ana Torv".

    The run starts behind an office and "of", "for" or "to". The name of a country, a given name, a word for an
    office's field or a short form tells where the person's name begins.
    """
    of = start - 1 if start and tokens[start - 1].lower != "the" else start - 2
    if of < 1 or end - start < 3 or tokens[of].lower not in HELD:
        return start
    if tokens[of - 1].lower not in office_heads():
        return start
    for parts in place_words().names.get(tokens[start].text, ()):
        if end - start - len(parts) > 1 and tuple(t.text for t in tokens[start : start + len(parts)]) == parts:
            return start + len(parts)
    first = next((i for i in range(start, end - 1) if tokens[i].lower in given_names()), start)
    while end - first > 2 and (tokens[first].lower in heads("portfolio") or tokens[first].text.isupper()):
        first += 1
    return first


def make_named(sentence: Sentence, paragraph: Paragraph, start: int, end: int) -> Named | None:
    """Return the mention of one run of capital words; None when only titles stand there."""
    tokens = sentence.tokens
    titles, offices = heads("title"), office_heads()
    first, called, gender = behind_portfolio(tokens, start, end), set[str](), None
    if first > start:
        called.update(token.lower for token in tokens[max(0, start - 3) : first] if token.lower not in PREPOSITION)
    for i in range(first, end):
        word = tokens[i].lower
        if (word in titles or word in offices) and (i + 1 < end or i == start):
            first = i + 1
            gender = genders().get(word, gender)
            if word in offices:
                called.update(token.lower for token in tokens[start : i + 1])
            called.update(LONG_TITLES.get(word, ()))
    if first < end and tokens[first].text == ".":
        first += 1
    if first >= end:
        return None
    if end - first == 1 and end < len(tokens) and tokens[end].lower in office_heads() and not tokens[end].capital:
        return None  # "Norvan ambassador": a word that modifies, nobody's name
    body = tokens[end - 1].lower in body_heads() or any(
        t.lower in ("ministry", "department", "university", "agency") for t in tokens[first:end]
    )
    if end - first == 1 and tokens[first].text.isupper() and len(tokens[first].text) > 1:
        body = True
    if not body:
        called |= roles_before(tokens, start)
        if start == 0 or tokens[start - 1].lower not in place_words().strong:
            called |= roles_behind(tokens, end)
        gender = gender or next((genders()[word] for word in sorted(called) if word in genders()), None)
    quoted = any(q.start < tokens[first].start < q.end for q in paragraph.quotations if not q.single)
    words = tuple(token.text for token in tokens[first:end])
    return Named(
        tokens[first].start, tokens[end - 1].end, words, frozenset(called), gender, body, sentence.index, quoted
    )


def roles_before(tokens: tuple[Token, ...], start: int) -> set[str]:
    """Return the words in front of a name when an office is among them ("Kremlin aide", "the mayor of Vale,")."""
    offices = office_heads()
    i = start - 1
    if i >= 0 and tokens[i].text == ",":
        i -= 1
    found: set[str] = set()
    while i >= 0 and start - i <= REACH:
        word = tokens[i].lower
        if word in POINTS or word in VERB or (word in STOP and word != "and") or word in WEEKDAY:
            break
        found.add(word)
        i -= 1
    near = {token.lower for token in tokens[max(0, start - 1) : start]}
    if start > 0 and tokens[start - 1].text == ",":
        return (
            found
            if found & offices and (i < 0 or tokens[i + 1].lower in DETERMINER or tokens[i + 1].capital)
            else set()
        )
    return found if near & offices else set()


def roles_behind(tokens: tuple[Token, ...], end: int) -> set[str]:
    """Return the words of the apposition behind a name when an office is among them (", chief of the guard,")."""
    n = len(tokens)
    if end >= n or tokens[end].text != ",":
        return set()
    i = end + 1
    if i + 1 < n and tokens[i].text.isdigit() and tokens[i + 1].text == ",":
        i += 2
    if i + 1 < n and tokens[i].lower == "who" and tokens[i + 1].lower in office_verbs():
        return {office_verbs()[tokens[i + 1].lower]}
    found: set[str] = set()
    last = min(n, i + REACH)
    while i < last and tokens[i].text not in POINTS and tokens[i].lower not in STOP and tokens[i].lower not in VERB:
        found.add(tokens[i].lower)
        i += 1
        if tokens[i - 1].lower in office_heads() and i < n and tokens[i].capital:
            return set()  # "Vale, governor Ana Torv": the office is that of the next name
    if i < n and i < last and tokens[i].lower in VERB:
        return set()  # "at Vale, the governor said": the words behind the comma have a verb of their own
    return found if found & office_heads() else set()
