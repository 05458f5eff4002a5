"""Words that a person types -> what SQLite and PostgreSQL are asked.

What is typed becomes words of letters and digits, quoted one by one, so nothing typed is ever run as a query language.
A person may write "a phrase", word* for a beginning, and -word for what must not stand there. Case and accents of Latin
letters make no difference.
"""

import re
import unicodedata

from onrecord.errors import QueryError
from onrecord.records import Record

LONGEST_TEXT = 10_000
"""Characters of a search; a longer one is a paste gone wrong."""

MOST_WORDS = 64
"""Words of a search. With more of them, all of which must stand in one sentence, nothing is ever found."""

LONGEST_WORD = 100
"""Characters of a word that are looked at: PostgreSQL indexes words of up to 2 kB, news has none above 60."""

FIRST_ACCENT, LAST_ACCENT = "\u0300", "\u036f"
"""The block Combining Diacritical Marks."""

WORD = re.compile(r"[^\W_]+")
PIECE = re.compile(r'(?P<no>-)?(?:["“”„«](?P<phrase>[^"“”»]*)["“”»]?|(?P<words>[^\s"“”„«»]+))')


class Term(Record, frozen=True, kw_only=True):
    """Words that stand side by side; begins: the last one may go on; absent: they must not stand there."""

    words: tuple[str, ...]
    begins: bool = False
    absent: bool = False


def search_words(text: str) -> list[str]:
    """Return the words of a text in order: lower case, letters and digits only."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return [word[:LONGEST_WORD] for word in WORD.findall(text.lower())]


def without_accents(words: str) -> str:
    """Return the words as PostgreSQL indexes them (guards.py): accents taken off."""
    if words.isascii():
        return words
    apart = unicodedata.normalize("NFD", words)
    return "".join(character for character in apart if not FIRST_ACCENT <= character <= LAST_ACCENT)


def read_terms(text: str) -> tuple[Term, ...]:
    """Read what somebody looks for; all terms must be met.

    Raises:
        QueryError: too long, no word in it, or only words that must not stand there.
    """
    if len(text) > LONGEST_TEXT:
        raise QueryError(f"search: {len(text):,} characters; give at most {LONGEST_TEXT:,}, a few words do")
    terms = []
    for piece in PIECE.finditer(text):
        written = piece["phrase"] if piece["phrase"] is not None else piece["words"]
        words = tuple(search_words(written))
        if words:
            begins = piece["phrase"] is None and written.endswith("*")
            terms.append(Term(words=words, begins=begins, absent=piece["no"] is not None))
    count = sum(len(term.words) for term in terms)
    if count > MOST_WORDS:
        raise QueryError(f"search: {count} words; give at most {MOST_WORDS}, all of them must be found together")
    if not terms:
        raise QueryError(f"search: no word in {shown(text)}; give a word of letters or digits")
    if all(term.absent for term in terms):
        raise QueryError(f"search: {shown(text)} only says what must not be found; add a word that must")
    return tuple(terms)


def shown(text: str, most: int = 40) -> str:
    """Return a text in quotation marks for a message, on one line and cut."""
    kept = "".join(c if c.isprintable() else "�" for c in text[:most])
    return f"'{kept}'" if len(text) <= most else f"'{kept}…'"


def to_fts5(terms: tuple[Term, ...]) -> str:
    """Return the terms in the query language of SQLite FTS5: quoted strings only, so that no word is an operator."""
    wanted = " AND ".join(_fts5(term) for term in terms if not term.absent)
    unwanted = "".join(f" NOT {_fts5(term)}" for term in terms if term.absent)
    return f"({wanted}){unwanted}" if unwanted else wanted


def _fts5(term: Term) -> str:
    return '"' + " ".join(term.words) + '"' + ("*" if term.begins else "")


def to_tsquery(terms: tuple[Term, ...]) -> str:
    """Return the terms in the query language of PostgreSQL, to be cast to tsquery: quoted words, no configuration."""
    return " & ".join(("!" if term.absent else "") + _tsquery(term) for term in terms)


def _tsquery(term: Term) -> str:
    words = [f"'{without_accents(word)}'" for word in term.words]
    if term.begins:
        words[-1] += ":*"
    return "(" + " <-> ".join(words) + ")"
