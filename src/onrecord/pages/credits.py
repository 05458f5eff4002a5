"""A line or paragraph -> whose words they are: datelines, wire credits, reporters' credits, bylines.

Each function looks at one piece of text and says what it finds in it as names and character positions; none decides
where on the page a line may stand. Agencies stand in lexicon/credits.tsv.
"""

import re
from collections.abc import Sequence
from functools import cache

import msgspec

from onrecord.lexicon import rows

LONGEST_CREDIT = 400
"""Characters of the longest credit line ("Reporting by ...; Editing by ..."); longer lines are prose."""

MOST_CREDIT_WORDS = 60
MOST_BYLINE_WORDS = 16
"""Words of the longest credit line and byline met in the development sets, rounded up."""

SHORT_NAME = 5
"""Letters up to which an agency's name counts only in capitals (AP, TASS): in small ones it is a word."""

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
DATELINE_WITH_AGENCY = re.compile(
    r"(?P<place>[^\W\d_][^()\n?!\"\u201c\u201d:;]{1,90}?)\s*\((?P<who>[A-Z][^()\n]{1,60})\)"
    r"\s*(?:[-\u2010-\u2015_]{1,3}|:)\s*"
)
DATELINE_IN_CAPITALS = re.compile(
    r"(?P<place>[A-Z\u00c0-\u00de][A-Z\u00c0-\u00de.'\u2019/ -]{2,40}"
    r"(?:, [A-Z][\w.'\u2019]+(?: [A-Z][\w.]+)?){0,2}(?:,? " + MONTH + r" \d{1,2})?)"
    r"\s*(?:[\u2013\u2014_]{1,2}|--?|:)\s+(?=[\"\u201c\u2018']?[A-Z\d])"
)
DATELINE_IN_SMALL_LETTERS = re.compile(
    r"(?P<place>[A-Z\u00c0-\u00de][^\W\d_]+(?:[ -][A-Z\u00c0-\u00de][^\W\d_]+){0,2}(?:, " + MONTH + r" \d{1,2})?)"
    r"(?::|\s*[\u2013\u2014])\s+(?=[A-Z\d])(?!(?:I|We|My|Our)\b)"
)
LABEL = re.compile(r"[A-Z\u00c0-\u00de][\w' -]{0,40}:\s")
"""What stands in front of each part of a talk or list: "Question: "."""
LEAST_BEHIND_DATELINE = 40
"""Characters of the first paragraph behind a dateline in small letters."""
PLACE_START = re.compile(
    r"[A-Z\u00c0-\u00de]{2}|[A-Z\u00c0-\u00de][^\s]*(?:[ ,/-]+(?:[A-Z\u00c0-\u00de\d(]|de\b|of\b|al-))*"
)

WORK = (
    r"(?:(?:additional|further|extra|more|other|original|with|and|in|on|by|from|the|local|special)\s+)*"
    r"(?:reporting|report|writing|editing|reported|written|edited|compiled|produced|translated|translation|graphics?|"
    r"photo editing|research|interpreting|fact[- ]checking|inputs?|additional (?:inputs?|material|information)|"
    r"contributions?|(?:agency|agencies) (?:inputs?|reports?)|files|material|information)"
)
CREDIT_LINE = re.compile(
    rf"[(\[\u2014\u2013-]*\s*(?:with\s+)?(?:{WORK}\s*(?:by|from|:)\s*:?\s*|with agenc(?:y|ies) )(?P<names>\S.*)",
    re.I | re.S,
)
CONTRIBUTED = re.compile(
    r"[(\[*]*(?P<names>(?:the )?[A-Z\u00c0-\u00de].{2,300}?)\s+(?:also |all )?"
    r"(?:contributed|provided (?:additional )?reporting)"
    r"(?:\s+(?:to|from|reporting|for|additional)\b.{0,160})?\.?[)\]]?",
    re.S,
)
TO_THIS_REPORT = re.compile(
    r"\b(?:contributed|provided)\b[^.]{0,40}?"
    r"\b(?:reporting|(?:to|for) (?:this|the) (?:report|story|article|piece))\b(?!['\u2019])"
)
SOURCE_LINE = re.compile(
    r"[(\[]?(?:sources?|agency|agencies|credits?|via|by|from)\s*[:|\u2013\u2014-]\s*(?P<names>.{2,80}?)[)\]]?\.?", re.I
)
DESK = re.compile(r"(?:editors?|reporters?|producers?|web editors?)\s*:\s*\w[^.!?]{0,40}", re.I)
IN_BRACKETS = re.compile(r"\s*[(\[](?P<inner>[^()\[\]]{2,300})[)\]]?[.\s]*$")
AFTER_DASH = re.compile(r"(?<=[.!?\"\u201d\u2019])\s*[\u2013\u2014-]{1,2}\s*(?P<inner>[^\u2013\u2014.!?]{2,60})[.\s]*$")
NAME_AFTER_STOP = re.compile(r"(?<=[.!?\"\u201d\u2019])\s+(?P<inner>[A-Z][\w/ -]{1,40})[.\s]*$")
AFTER_STOP = re.compile(
    r"(?<=[.!?\"\u201d\u2019])\s+(?P<inner>(?:Additional|Further) reporting (?:by|from) [^.!?]{2,120})[.\s]*$"
)
TRAILING = (
    (IN_BRACKETS, ("(", "[")),
    (AFTER_DASH, ("-", "\u2013", "\u2014")),
    (AFTER_STOP, (" reporting ",)),
    (NAME_AFTER_STOP, (". ", "! ", "? ", '" ', "\u201d ", "\u2019 ")),
)
"""How a credit ends a paragraph, and signs of which one stands in each such end."""

ITS_SEPARATORS = re.compile(r"\s*(?:,|/|\||;|&|\+|\band\b|\bwith\b|[\u2013\u2014-])\s*")
SIGNS = " \t\r\n,/|;&+-\u2013\u2014"

IN_CREDITS = frozenset({
    "and", "by", "in", "from", "with", "editing", "writing", "reporting", "additional", "de", "van", "von", "the", "al",
    "of", "at", "staff", "agency", "agencies", "news", "wire", "services", "reports", "inputs", "input",
})  # fmt: skip
"""Words in small letters that stand in credits beside names."""

BYLINE = re.compile(
    r"(?:(?:written|reported|story|words|text|posted|published|analysis|report)\s+)?by\s*:?\s+(?P<names>\S.{1,140})",
    re.I,
)
NAME = re.compile(
    r"(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*|[A-Z]\.)(?:\s+(?:[A-Z\u00c0-\u00de][\w.'\u2019-]*"
    r"|de|del|della|der|den|van|von|bin|ibn|al|el|la|le|da|dos|di|du|ten))*"
)
NO_NAMES = frozenset({
    "staff", "reporter", "writer", "correspondent", "editor", "desk", "bureau", "agency", "agencies", "service",
    "news", "team", "online", "web", "digital", "associated", "press", "business", "editorial", "board", "insider",
    "guest", "contributor", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
})  # fmt: skip


class Dateline(msgspec.Struct, frozen=True):
    """Where (and when) a report was filed, as written; end is where its words begin; agencies stood in brackets."""

    place: str
    agencies: tuple[str, ...]
    end: int


@cache
def _agency_names() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all agencies' names, longest first, and their usual forms by lower-case name."""
    usual = {form: row["name"] for row in rows("credits") for form in row["as_written"].split("|")}
    forms = sorted(usual, key=len, reverse=True)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, forms))})(?![\w])", re.I), usual


def agencies(text: str) -> tuple[str, ...]:
    """Return the news agencies named in a credit, usual forms, in order, each once."""
    pattern, usual = _agency_names()
    found: dict[str, None] = {}
    for match in pattern.finditer(text):
        word = match.group()
        if len(word) > SHORT_NAME or word.isupper() or (word[0].isupper() and len(word) == SHORT_NAME):
            found[usual[word.lower()]] = None
        elif word.lower() == "dpa":
            found[usual["dpa"]] = None
    return tuple(found)


def only_agencies(text: str) -> tuple[str, ...]:
    """Return the agencies of a text that names nothing else ("AFP/Reuters", "Reuters and agencies"), else ()."""
    words = text.strip(" ()[].\u2013\u2014-*")
    pattern, _ = _agency_names()
    if not pattern.match(words.lstrip(SIGNS)):
        return ()
    parts = [part for part in ITS_SEPARATORS.split(words) if part]
    if not parts or not all(pattern.fullmatch(part) for part in parts):
        return ()
    return agencies(text)


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph ("KYIV, May 3 (Reuters) - "), if there is one."""
    head = text[:200]
    found = DATELINE_WITH_AGENCY.match(head) if "(" in head else None
    if found and PLACE_START.match(found["place"]):
        named = agencies(found["who"])
        if named or found["place"][:3].isupper() or re.fullmatch(r"[A-Z]{2,5}", found["who"]):
            return Dateline(found["place"].rstrip(" ,-"), named or (found["who"],), found.end())
    found = DATELINE_IN_CAPITALS.match(head)
    if found and len(re.sub(r"[^A-Z\u00c0-\u00de]", "", found["place"])) >= 3:
        return Dateline(found["place"].rstrip(" ,-"), (), found.end())
    return None


def first_dateline(paragraphs: Sequence[str]) -> Dateline | None:
    """Return the dateline in small letters at the start of a report ("Norvale: Nine people ..."), if there is one.

    Nothing but its place tells it from a label, so that no other paragraph may have one, and no word of it may be one
    for a speaker or a kind of text.
    """
    found = DATELINE_IN_SMALL_LETTERS.match(paragraphs[0]) if paragraphs else None
    if not found or len(paragraphs[0]) - found.end() < LEAST_BEHIND_DATELINE:
        return None
    if any(map(LABEL.match, paragraphs[1:])) or any(word in _labels() for word in found["place"].lower().split()):
        return None
    return Dateline(found["place"], (), found.end())


@cache
def _labels() -> frozenset[str]:
    """Return the words that stand before a colon for a speaker or a kind of text."""
    return frozenset(row["word"] for name in ("speaker_heads", "text_labels") for row in rows(name))


def credit_line(text: str) -> tuple[str, ...] | None:
    """Return the agencies of a line that only says who wrote, edited or supplied the report; None for other lines.

    The tuple is empty when the line names reporters and no agency.
    """
    line = text.strip()
    if len(line) > LONGEST_CREDIT or len(line.split()) > MOST_CREDIT_WORDS:
        return None
    if CREDIT_LINE.fullmatch(line):
        return agencies(line) if _closes(line) else None
    found = CONTRIBUTED.fullmatch(line) if TO_THIS_REPORT.search(line) else None
    if found:
        return agencies(found["names"])
    if DESK.fullmatch(line):
        return ()
    alone = only_agencies(line)
    if alone:
        return alone
    found = SOURCE_LINE.fullmatch(line)
    return (only_agencies(found["names"]) or None) if found else None


def _closes(line: str) -> bool:
    """Say whether a line that starts like a credit is no sentence: brackets around it, or capitalised names only."""
    if line[0] in "([":
        return True
    found = CREDIT_LINE.fullmatch(line)
    names = found["names"] if found else ""
    words = re.findall(r"[^\W\d_][\w.'\u2019-]*", names)
    return all(word in IN_CREDITS or not word[0].islower() for word in words)


def trailing_credit(text: str) -> int | None:
    """Return where a credit at the end of a paragraph begins ("... the ministry said. (Editing by A. Person)")."""
    begin = max(0, len(text) - LONGEST_CREDIT)
    end = text[begin:].replace("\n", " ").replace("\xa0", " ")
    for pattern, signs in TRAILING:
        if not any(sign in end for sign in signs):
            continue
        found = pattern.search(text, begin)
        if not found or found.start() == 0 or text[: found.start()].rstrip()[-1:] not in '.!?"\u201d\u2019)':
            continue
        inner = found["inner"]
        alone = only_agencies(inner)
        if alone or (pattern in (IN_BRACKETS, AFTER_STOP) and credit_line(f"({inner})") is not None):
            return found.end() - len(text[found.start() :].lstrip())
    return None


def find_byline(text: str) -> tuple[str, ...] | None:
    """Return the names of a line that is a byline ("By Ana Reyes and Tom Okoro"); None for other lines."""
    line = text.strip().rstrip("|,;")
    if len(line.split()) > MOST_BYLINE_WORDS:
        return None
    found = BYLINE.fullmatch(line)
    return people(found["names"]) or None if found and not re.search(r"[.!?]$", line) else None


def people(names: str) -> tuple[str, ...]:
    """Return the personal names of a byline without offices, outlets and dates; () when it holds other words."""
    kept: list[str] = []
    head = re.split(
        r"\s*[|\u2022\u00b7(\u2013\u2014]|\s+-\s+|\s+(?:in|for|at|of|from)\s+(?=[A-Z])|\s+(?:updated|published|posted)\b",
        names,
    )[0]
    for part in re.split(r"\s*(?:,|;|&|/|\band\b|\bAND\b|\bwith\b|\bby\b)\s*", head):
        part = part.strip(" .:")
        if not part:
            continue
        if not NAME.fullmatch(part):
            return tuple(kept) if kept and part.lower().split()[-1] in NO_NAMES else ()
        if {word.lower() for word in part.split()} & NO_NAMES or agencies(part):
            continue
        if len(part.split()) > 1 or not kept:
            kept.append(part if not part.isupper() else part.title())
    return tuple(dict.fromkeys(kept))
