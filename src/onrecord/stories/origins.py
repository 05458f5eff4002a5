"""Accounts and claims -> where a claim comes from, and how many independent sources stand behind it.

A wire's report stays the wire's when an outlet rewrites it and says so ("With inputs from Reuters", "(AP)", "citing
Interfax"). A claim's independent sources are the distinct pairs of attributed origin and group of copies, each with its
articles and the words that show it. Nothing is counted here that a text does not say; nothing says what is true.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

from onrecord.lexicon import rows
from onrecord.records import Record, Span
from onrecord.stories.accounts import Account

CREDITED = r"(?:inputs?|reporting|material|information|contributions?|agenc(?:y|ies))\s+(?:from|by):?\s+"
CITED = r"(?:citing|quoting|quoted by|cited by|reported by|according to|told|as reported by)\s+(?:the\s+)?"
BETWEEN = r"(?:\w+\s+){0,2}(?:news\s+)?(?:(?:agency|service|wire|broadcaster)\s+)?"
"""Words between the verb and the name: the state news agency X."""

SHORT_NAME = 5
"""Letters up to which an agency's name counts in capitals only (AP, TASS)."""


class Lineage(Record, frozen=True, kw_only=True):
    """A news agency that an article owes words or a claim to. span is where the article's text says so, if it does."""

    agency: str
    kind: str
    span: Span | None = None


class Claimed(Record, frozen=True, kw_only=True):
    """One article's version of a claim: who is said to have put it on record, None for the outlet's own voice.

    evidence is where the article says so.
    """

    claim: str
    article: str
    origin: str | None = None
    evidence: Span | None = None


class IndependentSource(Record, frozen=True, kw_only=True):
    """One attributed origin in one group of copies; group is the id of the article or agency the group comes from."""

    origin: str
    group: str
    attributed: bool
    articles: tuple[str, ...]
    evidence: tuple[Claimed, ...]


@cache
def _agencies() -> tuple[str, dict[str, str]]:
    """Return a pattern of all agencies' names, longest first, and their usual forms by lower-case name."""
    usual = {form: row["name"] for row in rows("credits") for form in row["as_written"].split("|")}
    return "|".join(map(re.escape, sorted(usual, key=len, reverse=True))), usual


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    names, _ = _agencies()
    agency = rf"(?P<agency>(?<![\w.])(?:{names})(?!\w))"
    return (
        ("credit", re.compile(rf"\b{CREDITED}{agency}", re.I)),
        ("dateline", re.compile(rf"^[^()\n]{{0,60}}\({agency}\)", re.I | re.M)),
        ("dateline", re.compile(rf"\({agency}\)\s*$", re.I | re.M)),
        ("citing", re.compile(rf"\b{CITED}{BETWEEN}{agency}", re.I)),
    )


def lineage(account: Account) -> tuple[Lineage, ...]:
    """Return the agencies that an article credits or cites: its credits first, then in text order, each kind once.

    kind is `credit` (its words come from there), `dateline` (likewise) or `citing` (a claim comes from there).
    """
    _, usual = _agencies()
    found = {("credit", name): Lineage(agency=name, kind="credit") for name in account.credits}
    for kind, pattern in _patterns():
        for match in pattern.finditer(account.text):
            written = match["agency"]
            if len(written) <= SHORT_NAME and not written.isupper() and written != written.capitalize():
                continue
            name = usual[written.lower()]
            if ("credit", name) not in found:
                span = Span(match.start(), match.end())
                found.setdefault((kind, name), Lineage(agency=name, kind=kind, span=span))
    return tuple(found.values())


def cited_agency(account: Account, sentence: Span) -> str | None:
    """Return the agency that a claim in this sentence is tied to: "citing Interfax", "quoted by TASS"; else None."""
    for found in lineage(account):
        if found.kind == "citing" and found.span and sentence.meets(found.span):
            return found.agency
    return None


def text_origin(account: Account) -> str | None:
    """Return the one agency that an article's words come from by its own account; None for its own or for several.

    An outlet that is an agency itself (Reuters printing "(Reuters)") has its own words.
    """
    names = {found.agency for found in lineage(account) if found.kind in ("credit", "dateline")}
    return next(iter(names)) if len(names) == 1 else None


def independent_sources(
    claims: Iterable[Claimed], copy_of: Mapping[str, str | None], agencies: Mapping[str, str | None]
) -> tuple[IndependentSource, ...]:
    """Return the independent sources of claims that say the same, those with most articles first.

    Two outlets that quote one air force are one origin and two accounts; copies of one text are one account however
    many there are, and so are articles that rewrite one agency's report.

    Args:
        claims: one for each article and attribution.
        copy_of: article -> the article whose text it carries, None where it is its own.
        agencies: article -> the agency its words come from (`text_origin`), None where they are its own.
    """
    found: dict[tuple[str, str, bool], list[Claimed]] = defaultdict(list)
    for claim in claims:
        group = account_group(claim.article, copy_of, agencies)
        origin = claim.origin or group
        found[same_name(origin), group, claim.origin is not None].append(claim)
    return tuple(
        IndependentSource(
            origin=kept[0].origin or group,
            group=group,
            attributed=attributed,
            articles=tuple(sorted({claim.article for claim in kept})),
            evidence=tuple(kept),
        )
        for (_, group, attributed), kept in sorted(
            found.items(), key=lambda item: (-len({claim.article for claim in item[1]}), item[0])
        )
    )


def account_group(article: str, copy_of: Mapping[str, str | None], agencies: Mapping[str, str | None]) -> str:
    """Return what an article's account is one with: the agency it rewrites, else the article it copies, else itself."""
    source = copy_of.get(article) or article
    return agencies.get(source) or agencies.get(article) or source


def origins(sources: Iterable[IndependentSource]) -> tuple[str, ...]:
    """Return the distinct origins of independent sources, as first written: one air force quoted by ten is one."""
    found: dict[str, str] = {}
    for source in sources:
        found.setdefault(same_name(source.origin), source.origin)
    return tuple(found.values())


def same_name(name: str) -> str:
    """Return a name as it is compared: in small letters, without "the"."""
    return " ".join(name.lower().removeprefix("the ").split())
