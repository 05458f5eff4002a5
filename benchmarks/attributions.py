"""Attributions (source, cue, content) against coded ones: the measures of PolNeAR, and which cues report speech.

Places in a text become tokens (words and single marks), so a cut in mid-word or a trailing blank makes no difference.
All figures are micro-averaged over articles, in percent:

    token       P, R, F1 of a role: pairs of role and token, whichever attribution they belong to
    exact       of fragments (unbroken runs of tokens of one role of one attribution, broken at line ends): one is
                right when a gold fragment of its role has the same first and last token
    begin       the same, first token only
    jaccard     mean over gold fragments of their best Jaccard overlap; each predicted fragment that meets none adds a 0
                (exact, begin and jaccard are the measures of CofeNet, Wang et al. 2022; none asks for links)
    AR-...      whole attributions, paired one to one:
    AR-exact    source, cue and content all have exactly the gold tokens
    AR-main     content overlaps enough, and the same source head (or both have no source)
    AR-content  content overlaps enough, the source is not looked at
    AR-loose    more than LEAST_PART of the gold content found, the source is not looked at; `AR-loose: touch` is the
                share of these pairs whose sources overlap (both as in the Gender Gap Tracker)
    AR-speech   AR-main on statements alone: gold attributions whose cue reports speech. Predictions that match another
                gold attribution (wants, believes) and unmatched ones whose cue reports no speech count nowhere

`recall` is that of AR-main, `speech recall` that of AR-speech, by kind of gold attribution. Reads no text and prints
nothing; polnear.py and evaluate.py do.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

import msgspec

from score import HEAD_STOPS, Stretch, Tally, one_to_one

ROLES = ("source", "cue", "content")
TOKEN = re.compile(r"\w+|[^\w\s]")
SOURCE_BREAKS = ",;:(–—"
PRONOUNS = frozenset(
    "he she they it i we you who which that his her their its my our your him them one this those these".split()
)

ENOUGH_CONTENT = 0.5
"""Least Jaccard overlap of two contents that are the same attribution, bonuses below included."""
LEAST_PART = 0.3001
"""Least part of the gold content that AR-loose asks for: more than 30 % (Gender Gap Tracker)."""
SOURCE_BONUS = 0.01
CUE_BONUS = 0.001
"""What the same source and the same cue add to the overlap, so that they decide between equal ones."""
MOSTLY_QUOTED = 0.9
"""Share of the words of a content between quotation marks from which it is direct speech."""

REPORTING = """say tell add note write ask report announce state claim argue warn insist suggest explain tweet declare
deny accuse call describe acknowledge admit confirm respond reply contend assert allege reiterate maintain point mention
predict vow pledge promise urge demand continue conclude comment remark quip joke complain cite testify recall praise
criticize criticise blast slam mock decline propose disclose reveal express refer tout emphasize emphasise stress repeat
answer counter caution inform assure advise recount retort reject dispute refute condemn denounce concede pronounce post
quote brief signal indicate estimate""".split()
"""Verbs that report speech, as the measure AR-speech has them."""

OTHER_REPORTING = frozenset(
    "said told wrote written according statement statements speech interview remarks quote quoted quoting words denial "
    "testimony retold".split()
)


def _forms(verb: str) -> Iterable[str]:
    """Return the forms of a verb, and some that no verb has: a list too wide does no harm here."""
    yield from (verb, verb + "s", verb + "es", verb + "d", verb + "ed", verb + "ing", verb[:-1] + "ing")
    yield from (verb[:-1] + "ied", verb[:-1] + "ies", verb + verb[-1] + "ed", verb + verb[-1] + "ing")


SPEECH = OTHER_REPORTING | {form for verb in REPORTING for form in _forms(verb)}


def is_speech(text: str, cue: Sequence[Stretch]) -> bool:
    """Say whether a cue has a reporting word, or is a lone colon or dash."""
    return _reports(word for start, end in cue for word in TOKEN.findall(text[start:end]))


def _reports(words: Iterable[str]) -> bool:
    """Say whether the tokens of a cue report speech."""
    lower = [word.lower() for word in words]
    if any(word in SPEECH for word in lower):
        return True
    return bool(lower) and not any(word[0].isalnum() for word in lower)


class Attribution(msgspec.Struct, frozen=True):
    """One attribution as stretches of the text; a role may have none, one or several."""

    source: tuple[Stretch, ...] = ()
    cue: tuple[Stretch, ...] = ()
    content: tuple[Stretch, ...] = ()


class Roles(msgspec.Struct, frozen=True):
    """One attribution as numbers of tokens."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]

    def of(self, role: str) -> frozenset[int]:
        """Return the tokens of a role."""
        tokens: frozenset[int] = getattr(self, role)
        return tokens


class Tokens:
    """A text cut into tokens, and what the measures ask of it."""

    def __init__(self, text: str) -> None:
        self.text = text
        matches = list(TOKEN.finditer(text))
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.words = [match.group() for match in matches]
        following = [*self.starts[1:], 0]
        self.line_ends = [
            "\n" in text[end:start] for end, start in zip(self.ends, following, strict=True)
        ]  # the last slice is empty

    def inside(self, stretches: Iterable[Stretch]) -> frozenset[int]:
        """Return the tokens that these stretches touch."""
        return frozenset(
            token
            for start, end in stretches
            for token in range(bisect_right(self.ends, start), bisect_left(self.starts, end))
        )

    def roles(self, attributions: Iterable[Attribution]) -> list[Roles]:
        """Return the attributions as tokens, without those that touch none."""
        found = [Roles(*(self.inside(getattr(one, role)) for role in ROLES)) for one in attributions]
        return [one for one in found if any(one.of(role) for role in ROLES)]

    def fragments(self, tokens: Iterable[int]) -> list[tuple[int, int]]:
        """Return unbroken runs of tokens as (first, last); a run does not go over a line end."""
        runs: list[tuple[int, int]] = []
        for token in sorted(tokens):
            if runs and token == runs[-1][1] + 1 and not self.line_ends[token - 1]:
                runs[-1] = (runs[-1][0], token)
            else:
                runs.append((token, token))
        return runs

    def head(self, source: Iterable[int]) -> int | None:
        """Return the last word of the first noun phrase: before a comma, bracket or linking word."""
        head = None
        for token in sorted(source):
            word = self.words[token]
            if head is not None and (word in SOURCE_BREAKS or word.lower() in HEAD_STOPS):
                break
            owner = word.lower() == "s" and token > 0 and self.words[token - 1] in "'’"
            if word[0].isalnum() and not owner:
                head = token
        return head

    def speech(self, one: Roles) -> bool:
        """Say whether the cue of an attribution reports speech."""
        return _reports(self.words[token] for token in one.cue)

    @cached_property
    def quoted(self) -> list[bool]:
        """Whether each token stands between quotation marks; none stay open over a line end."""
        state, inside = [], False
        for token, word in enumerate(self.words):
            doubled = word == "'" and token > 0 and self.words[token - 1] == "'"
            if doubled and self.starts[token] == self.ends[token - 1]:
                inside = not inside  # two apostrophes used as one quotation mark
            elif word in "“«":
                inside = True
            elif word in "”»":
                inside = False
            elif word == '"':
                inside = not inside
            state.append(inside)
            inside = inside and not self.line_ends[token]
        return state

    def form(self, one: Roles) -> str:
        """Return direct, mixed or indirect by how much of the content is quoted; "none" without words."""
        words = [token for token in one.content if self.words[token][0].isalnum()]
        if not words:
            return "none"
        share = sum(self.quoted[token] for token in words) / len(words)
        return "direct" if share >= MOSTLY_QUOTED else "indirect" if share == 0 else "mixed"

    def source_kind(self, one: Roles) -> str:
        """Return what kind of source an attribution has."""
        words = {self.words[token].lower() for token in one.source}
        if not words:
            return "no source"
        return "pronoun source" if words <= PRONOUNS else "other source"


class Matcher:
    """How well a predicted attribution of one text fits a gold one."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def same_source(self, gold: Roles, found: Roles) -> bool:
        """Say whether the sources have the same head, or both are missing."""
        if not gold.source or not found.source:
            return not gold.source and not found.source
        return self._tokens.head(gold.source) == self._tokens.head(found.source)

    def content(self, gold: Roles, found: Roles) -> float:
        """Return the Jaccard overlap of the contents with its bonuses; 0 where they do not meet."""
        overlap = jaccard(gold.content, found.content)
        if not overlap:
            return 0.0
        return overlap + SOURCE_BONUS * self.same_source(gold, found) + CUE_BONUS * jaccard(gold.cue, found.cue, 1.0)

    def main(self, gold: Roles, found: Roles) -> float:
        """Return the overlap of the contents where the sources are the same, else 0."""
        return self.content(gold, found) if self.same_source(gold, found) else 0.0

    def loose(self, gold: Roles, found: Roles) -> float:
        """Return the part of the gold content found, with a bonus where the sources touch."""
        part = len(gold.content & found.content) / len(gold.content) if gold.content else 0.0
        return part + SOURCE_BONUS * touch(gold, found) if part else 0.0

    def exact(self, gold: Roles, found: Roles) -> float:
        """Return 1 where all three roles have the same tokens, else 0."""
        return float(gold == found)


def score_attributions(
    tokens: Tokens, gold: Sequence[Attribution], found: Sequence[Attribution], *, prefix: str = ""
) -> Tally:
    """Score the attributions found in one article against those of one annotator.

    Args:
        tokens: the gold text; all places count in it.
        gold: what the annotator marked.
        found: what was predicted.
        prefix: put before the name of each row.
    """
    tally = Tally()
    wanted, got = tokens.roles(gold), tokens.roles(found)
    for role in ROLES:
        _score_role(tally, tokens, f"{prefix}{role}", [[one.of(role) for one in side] for side in (wanted, got)])
    matcher = Matcher(tokens)
    main = _pairs(wanted, got, matcher.main, ENOUGH_CONTENT)
    tally.count(f"{prefix}AR-main", len(main), len(got), len(wanted))
    _score_speech(tally, tokens, prefix, (wanted, got, main))
    content = _pairs(wanted, got, matcher.content, ENOUGH_CONTENT)
    tally.count(f"{prefix}AR-content", len(content), len(got), len(wanted))
    loose = _pairs(wanted, got, matcher.loose, LEAST_PART)
    tally.count(f"{prefix}AR-loose", len(loose), len(got), len(wanted))
    exact = _pairs(wanted, got, matcher.exact, 1.0)
    tally.count(f"{prefix}AR-exact", len(exact), len(got), len(wanted))
    tally.share(f"{prefix}AR-loose: touch", sum(touch(wanted[i], got[j]) for i, j in loose), len(loose))
    _score_recall(tally, tokens, prefix, (wanted, got, main))
    return tally


Matched = tuple[list[Roles], list[Roles], list[tuple[int, int]]]
"""Gold attributions, found ones, and the pairs (gold, found) of AR-main."""


def _score_role(tally: Tally, tokens: Tokens, name: str, sides: list[list[frozenset[int]]]) -> None:
    """Add the token, exact, begin and jaccard rows of one role; a fragment that two attributions share counts once."""
    gold, found = (frozenset().union(*side) for side in sides)
    tally.count(f"{name} token", len(gold & found), len(found), len(gold))
    a, b = ({run for one in side for run in tokens.fragments(one)} for side in sides)
    tally.count(f"{name} exact", len(a & b), len(b), len(a))
    firsts, begun = {first for first, _ in a}, {first for first, _ in b}
    tally.count(f"{name} begin", len(firsts & begun), len(begun), len(firsts))
    best = [max((run_overlap(run, other) for other in b), default=0.0) for run in a]
    stray = sum(not any(run_overlap(run, other) for run in a) for other in b)
    tally.share(f"{name} jaccard", sum(best), len(a) + stray)


def _score_speech(tally: Tally, tokens: Tokens, prefix: str, matched: Matched) -> None:
    """Add AR-speech."""
    gold, found, pairs = matched
    said = [tokens.speech(one) for one in gold]
    right = sum(said[i] for i, _ in pairs)
    paired = {j for _, j in pairs}
    wrong = sum(j not in paired and (tokens.speech(one) or not one.cue) for j, one in enumerate(found))
    tally.count(f"{prefix}AR-speech", right, right + wrong, sum(said))


def _score_recall(tally: Tally, tokens: Tokens, prefix: str, matched: Matched) -> None:
    """Add recall by kind of gold attribution, of all and of those that report speech."""
    gold, _, pairs = matched
    hit = {i for i, _ in pairs}
    for i, one in enumerate(gold):
        for kind in (tokens.form(one), tokens.source_kind(one)):
            if kind != "none":
                tally.share(f"{prefix}recall: {kind}", i in hit)
                tally.share(f"{prefix}speech recall: {kind}", i in hit and tokens.speech(one), tokens.speech(one))


def _pairs(
    gold: Sequence[Roles], found: Sequence[Roles], fit: Callable[[Roles, Roles], float], least: float
) -> list[tuple[int, int]]:
    """Return one-to-one pairs that fit well enough, best first."""
    fits = [(fit(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(found)]
    ranked = sorted((one for one in fits if one[0] >= least), key=lambda one: (-one[0], one[1], one[2]))
    return one_to_one((i, j) for _, i, j in ranked)


def missed(tokens: Tokens, gold: Sequence[Attribution], found: Sequence[Attribution]) -> Iterator[str]:
    """Yield one line for each gold attribution that AR-main does not find, with the words of its roles."""
    wanted, got = tokens.roles(gold), tokens.roles(found)
    hit = {i for i, _ in _pairs(wanted, got, Matcher(tokens).main, ENOUGH_CONTENT)}
    for i, one in enumerate(wanted):
        if i not in hit:
            parts = (" ".join(tokens.words[token] for token in sorted(one.of(role)))[:90] for role in ROLES)
            yield "missed " + " | ".join(parts)


def touch(gold: Roles, found: Roles) -> bool:
    """Say whether the sources share a token, or both are missing."""
    return bool(gold.source & found.source) or not (gold.source or found.source)


def jaccard(a: frozenset[int], b: frozenset[int], empty: float = 0.0) -> float:
    """Return the Jaccard overlap of two sets; `empty` for two empty ones."""
    return len(a & b) / len(a | b) if a or b else empty


def run_overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the Jaccard overlap of two runs of tokens, first and last included."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]) + 1) / (max(a[1], b[1]) - min(a[0], b[0]) + 1)
