"""A line under a picture -> its words, its photo credit, and the image's alternative text that a dump glues to it.

A line is a caption when it says so ("FILE PHOTO: ...") or ends in a photo credit ("... (AP Photos)"). Sources of
pictures stand in lexicon/photo_credits.tsv and lexicon/credits.tsv.
"""

import re
from collections.abc import Callable
from functools import cache

import msgspec

from onrecord.lexicon import rows

MOST_CREDIT_WORDS = 14
"""Words of the longest photo credit; an office that gave a picture out is named in full."""

MOST_CREDIT_CHARACTERS = 120
LONGEST_CAPTION = 1_000
"""Characters of the longest caption of the development sets (820), rounded up; longer lines are prose."""

STARTS_CAPTION = re.compile(
    r"(?:(?:FILE|File) (?:PHOTO|Photo|photo|PIC|pic|image|Image)s?\b"
    r"|FILE\s*[-\u2013\u2014:]\s"
    r"|(?:HANDOUT|Handout) (?:PHOTO|photo|image)"
    r"|(?:Aerial |Combo |Combination |File |Undated |Handout |Satellite |Still )*(?:[Pp]hotos?|[Ii]mages?|[Pp]ictures?)"
    r"(?: (?:taken|provided|released|obtained|shows?|made))+\b"
    r"|In this (?:\w+,? ){0,4}(?:file |handout |undated |aerial )*(?:photo|image|picture)\b"
    r"|(?:Photo|Image|Picture|Caption) ?(?:caption|:)"
    r"|(?:An? )?(?:aerial|general|combination|file) (?:view|picture|photo|image)\b"
    r"|A (?:screengrab|screenshot|handout (?:photo|image|picture)|still image|satellite image)\b)"
)
MAKER = re.compile(
    r"(?:photos?|photographs?|pictures?|images?|video|credits?|courtesy|illustrations?|graphics?)\b"
    r"(?:\s+(?:credits?|courtesy))?\s*(?:by\b|:|/|\||\bcourtesy\b|\bof\b|\bfrom\b|\bvia\b|\u00a9)\s*(?P<who>\S.*)",
    re.I,
)
COPYRIGHT = re.compile(r"(?:\u00a9|\(c\))\s*(?P<who>\S.*)", re.I)
SENTENCE_INSIDE = re.compile(r"(?:[^\W\d_]{4,}|\d)[.!?][\"\u201d\u2019]? ")
FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will|would|that|which|who|he|she|they|it)\b")
BESIDE = ("/", "via ", "AP Photo")
"""What stands in a credit that names two sources or a photographer beside one."""

BREAK = re.compile(
    r"(?<=[.!?\"\u201d\u2019)\]])\s+|(?<=\d{4})\s+(?=[A-Z\u00c0-\u00de\u00a9])|\s+(?=[(\[])|\s{2,}|\s*[|\u2022\u00b7]\s*"
)
BRACKETS = re.compile(r"[(\[]\s*(?P<inner>[^()\[\]]+)\s*[)\]]?\.?")

SIGNS_OF_CREDIT = (
    "/", "via ", "photo", "picture", "image", "video", "credit", "courtesy", "illustration", "graphic", "\u00a9", "(c)",
)  # fmt: skip
LAST_WORD = re.compile(r"\w+")
YEAR = re.compile(r" \d{4}$")
LONGEST_LAST_WORD = 24
"""Characters at the end of a line among which the last word of a source's name stands; the longest has 12."""

LAST_BRACKET = re.compile(r"\s[(\[][^()\[\]]+[)\]]\.?$")
SMALL_WORD = re.compile(r"\b[a-z\u00df-\u00ff]+\b")
"""A credit in brackets and, before it, the small words that sentences have and names of sources do not."""

GLUE = re.compile(
    r"(?<![\w])(?P<left>[a-z\u00df-\u00ff]{3,})(?P<right>[A-Z\u00c0-\u00de][a-z\u00df-\u00ff]*)(?=[ ,\u2019'])"
)
"""Where a dump joins alternative text and caption: a small word runs into a capital ("interviewWhen")."""

LONGEST_ALT = 200
"""Characters of the longest alternative text that is looked for before a caption."""


class CaptionParts(msgspec.Struct, frozen=True):
    """Where the parts of a caption line begin: alternative text runs to words, the words to credit, all in the line."""

    words: int
    credit: int


@cache
def _names() -> tuple[str, ...]:
    """Return the names of the sources of pictures as they are written, the longest first."""
    pictures = [row["words"] for row in rows("photo_credits")]
    wires = [form for row in rows("credits") for form in row["as_written"].split("|")]
    wires = [form for form in wires if "agenc" not in form and "wire" not in form]
    forms = {*pictures, *(w.upper() for w in wires), *(w.title() for w in wires if len(w) > 3)}
    return tuple(sorted(forms, key=len, reverse=True))


@cache
def _sources() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return patterns of the sources of pictures: one alone, and one beside a stroke or after "via"."""
    name = f"(?:{'|'.join(map(re.escape, _names()))})"
    alone = re.compile(
        rf"(?:via |\u00a9 ?|from |by )*{name}(?:(?:\s*[/,|]\s*|\s+(?:via|and|for)\s+){name})*(?: \d{{4}})?"
    )
    beside = re.compile(
        rf"(?<![\w]){name}\s*/\s*\S|\S\s*/\s*(?:{name})(?![\w])|\bvia {name}(?![\w])|(?<![\w])AP Photo\b"
    )
    return alone, beside


def is_photo_credit(text: str) -> bool:
    """Say whether a text only says whose picture it is ("Photo: City Hall", "(AP Photos)", "Ana Roe/Harbour Post").

    An agency's name alone is none: it may as well credit the report. Under a picture, ask is_credit_in_caption.
    """
    piece = text.strip()
    if not piece or len(piece) > MOST_CREDIT_CHARACTERS or len(piece.split()) > MOST_CREDIT_WORDS:
        return False
    found = BRACKETS.fullmatch(piece)
    inner = (found["inner"] if found else piece).strip().rstrip(".")
    if SENTENCE_INSIDE.search(inner) or FINITE.search(inner):
        return False
    alone, beside = _sources()
    if alone.fullmatch(inner):
        return inner in _picture_names() or len(_agency_words(inner)) > 1
    if any(mark in inner for mark in BESIDE) and beside.search(inner):
        return True
    maker = MAKER.fullmatch(inner) or COPYRIGHT.fullmatch(inner)
    return bool(maker and maker["who"][0].isupper() and len(maker["who"].split()) <= 8)


@cache
def _picture_names() -> frozenset[str]:
    return frozenset(row["words"] for row in rows("photo_credits"))


def is_credit_in_caption(text: str) -> bool:
    """Say whether a text under a picture credits it; there, an agency's name alone does."""
    alone, _ = _sources()
    return is_photo_credit(text) or alone.fullmatch(text.strip(" ()[].")) is not None


def _agency_words(inner: str) -> list[str]:
    return [part for part in re.split(r"\s*[/,|]\s*|\s+(?:via|and|for)\s+|^(?:via|from|by)\s+", inner) if part]


def caption_parts(text: str, *, under_picture: bool = False) -> CaptionParts | None:
    """Return the parts of a line that is a caption or a photo credit alone; None for other lines.

    words == credit: nothing but a credit. credit == len(text): a caption without one.
    """
    if len(text) > LONGEST_CAPTION:
        return None
    says_so = STARTS_CAPTION.match(text) is not None
    credit = _credit_start(text, is_credit_in_caption if under_picture else is_photo_credit)
    if credit is None:
        return CaptionParts(0, len(text)) if says_so and len(text.split()) > 2 else None
    words = alt_end(text[:credit])
    return CaptionParts(words, credit)


@cache
def _last_words() -> frozenset[str]:
    """Return the last words of the names of all sources."""
    return frozenset(LAST_WORD.findall(name)[-1] for name in _names())


def _may_credit(end: str) -> bool:
    """Say whether the end of a line can be a credit: it names a source last, or has a word or sign of a credit.

    Most lines have neither, which is found sooner than that no part of them is a credit.
    """
    small = end.lower()
    if any(sign in small for sign in SIGNS_OF_CREDIT):
        return True
    last = YEAR.sub("", end.rstrip(" ()[]."))[-LONGEST_LAST_WORD:]
    words = LAST_WORD.findall(last)
    return bool(words) and words[-1] in _last_words()


def _credit_start(text: str, is_credit: Callable[[str], bool]) -> int | None:
    """Return where the photo credit at the end of a line begins."""
    low = max(0, len(text) - MOST_CREDIT_CHARACTERS)
    if not _may_credit(text[low:]):
        return None
    if is_credit(text):
        found = LAST_BRACKET.search(text)
        told = found is not None and is_credit(found.group()) and len(SMALL_WORD.findall(text, 0, found.start())) > 1
        return found.start() + 1 if found is not None and told else 0
    for found in BREAK.finditer(text, low):
        if found.end() < len(text) and is_credit(text[found.end() :]):
            return found.end()
    return None


def alt_end(text: str) -> int:
    """Return where alternative text glued before a caption ends; 0 when there is none.

    Alternative text is a list of words without a stop. "iPhone" and names such as "McRae" are no joins: the word on the
    left must be small and of three letters or more.
    """
    for found in GLUE.finditer(text, 0, LONGEST_ALT):
        before, after = text[: found.start("right")], text[found.start("right") :]
        if (
            not re.search(r"[.!?;:\u201c\u201d\"]", before)
            and len(after.split()) > 3
            and text.count(found.group()) == 1
        ):
            return found.start("right")
    return 0
