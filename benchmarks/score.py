"""Readings against coded pages: how much was found, how much of it could be copied into a ledger as it is.

Figures are paired one to one by overlapping number expressions, statements by their content and source, events by
overlapping triggers; everything is micro-averaged over all pages, in percent. Three views of the figures: all of them;
`toll` (an outcome other than none and other, and a kind of TOLL_KINDS); `toll above 1` (without the figures 0 and 1). A
figure of the reader that belongs to a view but is not paired inside it costs precision there.

    found      P, R, F1 of the number expressions
    ledger     P, R, F1 of the rows whose low, high, of_total, outcome, polarity, modality, source and side of kind
               (part of a toll or not) are all right
    value ...  share right among the found
    typed      P, R, F1 of the events whose type is right as well

Reads no page and prints nothing; evaluate.py does.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from coded import CodedEvent, CodedFigure, CodedPage, CodedStatement, text_of
from onrecord.records import TOLL_KINDS, Event, Figure, Number, Place, Reading, Span, Statement, Time

Rows = dict[str, dict[str, float]]
"""Name of a row -> {"P", "R", "F1", "n"} or {"share", "n"}, in percent; n counts the gold."""

Stretch = tuple[int, int]
"""Start and end in the page's text, half open."""

TOKEN = re.compile(r"\w+|[^\w\s]")
WORD = re.compile(r"\w+(?:[-.'’&]\w+)*|[^\w\s]")
POSSESSIVE = re.compile(r"['’]s$")
HEAD_STOPS = frozenset({
    "of", "in", "at", "from", "for", "with", "on", "to", "by", "who", "which", "that", "whose", "near", "inside",
    "outside", "about", "against", "and", "or", "as", "under", "among", "between", "including",
})  # fmt: skip
"""Words that end the first part of a phrase, whose last word is its head."""
HEAD_BREAKS = ",(;:-–—"

ENOUGH_CONTENT = 0.5
"""Least Jaccard overlap of the tokens of two contents that are the same statement."""

FORMS = ("direct", "mixed", "indirect")
PARTS = ("value", "outcome", "kind", "source", "speaker", "place", "time")
FAR_AHEAD = 9999
"""Gap, in characters, of a number whose counted phrase does not follow it."""


class Tally:
    """Counts right, predicted and gold per row, and shares among the found."""

    def __init__(self) -> None:
        self._counts: dict[str, list[float]] = {}
        self._shares: dict[str, list[float]] = {}

    def count(self, name: str, right: float, predicted: float, gold: float) -> None:
        """Add one page to a row with precision and recall."""
        row = self._counts.setdefault(name, [0, 0, 0])
        for at, number in enumerate((right, predicted, gold)):
            row[at] += number

    def share(self, name: str, good: float, of: float = 1) -> None:
        """Add to a row that is a share."""
        row = self._shares.setdefault(name, [0, 0])
        row[0] += good
        row[1] += of

    def judge(self, name: str, good: bool | None) -> None:
        """Add one verdict to a share; None where gold has nothing to compare."""
        if good is not None:
            self.share(name, int(good))

    def sums(self) -> dict[tuple[str, str], tuple[float, ...]]:
        """Return what was added: ("counts", row) -> right, predicted, gold; ("shares", row) -> good, of."""
        counts = {("counts", name): tuple(row) for name, row in self._counts.items()}
        return counts | {("shares", name): tuple(row) for name, row in self._shares.items()}

    def take(self, sums: Mapping[tuple[str, str], Sequence[float]]) -> None:
        """Add the sums of another tally."""
        for (form, name), numbers in sums.items():
            if form == "counts":
                self.count(name, *numbers)
            else:
                self.share(name, *numbers)

    def rows(self) -> Rows:
        """Return all rows; the shares stand behind the `found` row they belong to."""
        shares = {name: {"share": percent(good, n), "n": n} for name, (good, n) in self._shares.items() if n}
        rows: Rows = {}
        for name, (right, predicted, gold) in self._counts.items():
            rows[name] = prf(right, predicted, gold)
            if name.endswith("found"):
                topic = name.rsplit(": ", 1)[0]
                rows.update({part: row for part, row in shares.items() if part.rsplit(": ", 1)[0] == topic})
        return rows | {part: row for part, row in shares.items() if part not in rows}


class Finder:
    """Places the exact strings of the gold in a text; each number and trigger takes a place of its own."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._taken: set[tuple[str, int]] = set()

    def places(self, part: str, low: int = 0, high: int | None = None) -> list[Stretch]:
        """Return where part stands in text[low:high]: as whole words and numbers if it does so anywhere, else all."""
        high = len(self.text) if high is None else high
        plain = re.escape(part)
        whole = rf"(?<!\w)(?<!\d[.,]){plain}(?!\w)(?![.,]\d)(?!\s(?:dozen|hundred|thousand|[mb]illion))"
        for pattern in (whole, plain):
            found = [m.span() for m in re.finditer(pattern, self.text) if low <= m.start() and m.end() <= high]
            if found:
                return found
        return []

    def take(self, part: str, sentence: str, role: str, near: str | None = None) -> Stretch | None:
        """Return the free place of part in the sentence that stands closest before near, and take it."""
        found = [(at, outer) for outer in self.places(sentence) for at in self.places(part, *outer)]
        free = [pair for pair in found if (role, pair[0][0]) not in self._taken] or found
        if not free:
            return None

        def gap(pair: tuple[Stretch, Stretch]) -> int:
            ahead = self.text.find(near, pair[0][1], pair[1][1]) if near else -1
            return ahead - pair[0][1] if ahead >= 0 else FAR_AHEAD

        best = min(free, key=gap)[0]
        self._taken.add((role, best[0]))
        return best

    def nearest(self, part: str, sentence: str) -> Stretch | None:
        """Return the place of part in the sentence, or the one closest to it."""
        if not part:
            return None
        low = self.text.find(sentence)
        high = low + len(sentence)
        return min(self.places(part), key=lambda at: max(0, low - at[0], at[1] - high), default=None)


def score(pages: Iterable[CodedPage], readings: Mapping[str, Reading], faults: list[str] | None = None) -> Rows:
    """Score readings, by the id of their page, against coded pages.

    Args:
        pages: the gold; a page without a reading counts as read empty.
        readings: what the reader found.
        faults: where given, one line per miss, extra and wrong value is added to it.
    """
    return total(score_page(page, readings.get(page.id), faults) for page in pages).rows()


def score_page(page: CodedPage, reading: Reading | None, faults: list[str] | None = None) -> Tally:
    """Score the reading of one page; None counts as read empty."""
    tally = Tally()
    finder = Finder(text_of(page, reading))
    told = [] if faults is None else faults
    score_figures(page, reading.figures if reading else (), finder, tally, told)
    score_statements(page, reading.statements if reading else (), finder, tally, told)
    score_events(page, reading.events if reading else (), finder, tally, told)
    return tally


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum of the tallies of several pages."""
    whole = Tally()
    for tally in tallies:
        whole.take(tally.sums())
    return whole


# --- figures -------------------------------------------------------------------------------------------------------


def score_figures(page: CodedPage, found: Sequence[Figure], finder: Finder, tally: Tally, faults: list[str]) -> None:
    """Add the figures of one page to the tally."""
    gold = page.figures
    pairs = pair_figures(gold, found, finder)
    for view, keep in VIEWS.items():
        inside = [(i, j) for i, j in pairs if keep(gold[i])]
        paired = {j for _, j in inside}
        predicted = len(inside) + sum(keep(figure) for j, figure in enumerate(found) if j not in paired)
        wanted = sum(map(keep, gold))
        verdicts = [judge_figure(finder.text, gold[i], found[j]) for i, j in inside]
        tally.count(f"{view}: found", len(inside), predicted, wanted)
        for verdict in verdicts:
            for part in PARTS:
                tally.judge(f"{view}: {part}", verdict[part])
        tally.count(f"{view}: ledger", sum(bool(verdict["ledger"]) for verdict in verdicts), predicted, wanted)
    for i, j in pairs:
        faults += wrong_values(page.id, finder.text, gold[i], found[j])
    missed, extra = left_over(pairs, len(gold), len(found))
    faults += [f"{page.id}  missed {gold[i].number!r} in: {gold[i].sentence[:110]}" for i in missed]
    faults += [
        f"{page.id}  extra {found[j].number.of(finder.text)!r} {found[j].outcome} {found[j].kind}" for j in extra
    ]


def pair_figures(gold: Sequence[CodedFigure], found: Sequence[Figure], finder: Finder) -> list[tuple[int, int]]:
    """Return the pairs (gold, found) of figures whose number expressions overlap."""
    places = [finder.take(figure.number, figure.sentence, "number", figure.counted) for figure in gold]

    def agreement(i: int, j: int) -> int:
        a, b = gold[i], found[j]
        return (a.low == b.low) + (a.high == b.high) + (a.outcome == b.outcome) + (a.kind == b.kind)

    return pair_up(places, [stretch(figure.number) for figure in found], agreement)


def judge_figure(text: str, gold: CodedFigure, found: Figure) -> dict[str, bool | None]:
    """Say which parts of a found figure agree with gold; None where gold has nothing to compare."""
    place, time = words(text, found.place), words(text, found.time)
    verdict: dict[str, bool | None] = {
        "value": same_number(gold.low, found.low)
        and same_number(gold.high, found.high)
        and same_number(gold.of_total, found.of_total),
        "outcome": gold.outcome == found.outcome,
        "kind": gold.kind == found.kind,
        "source": head(gold.source) == head(words(text, found.source))
        or (bool(gold.speaker) and head(gold.speaker) == head(found.speaker)),
        "speaker": head(gold.speaker) == head(found.speaker) if gold.speaker else None,
        "place": head(gold.place) == head(place) if gold.place else None,
        "time": share_a_word(gold.time, time) if gold.time else None,
    }
    verdict["ledger"] = (
        bool(verdict["value"] and verdict["outcome"] and verdict["source"])
        and gold.polarity == found.polarity
        and gold.modality == found.modality
        and is_toll(gold) == is_toll(found)
    )
    return verdict


def is_toll(figure: CodedFigure | Figure) -> bool:
    """Say whether a figure is part of a toll."""
    return figure.outcome not in ("none", "other") and figure.kind in TOLL_KINDS


def is_above_one(figure: CodedFigure | Figure) -> bool:
    """Say whether a figure is part of a toll and neither 0 nor 1."""
    return is_toll(figure) and not (figure.low == figure.high and figure.low in (0, 1))


VIEWS: dict[str, Callable[[CodedFigure | Figure], bool]] = {
    "figures": lambda figure: True,
    "toll": is_toll,
    "toll above 1": is_above_one,
}


def wrong_values(page: str, text: str, gold: CodedFigure, found: Figure) -> list[str]:
    """Return one line that names the wrong values of a found figure, or nothing."""
    names = ("low", "high", "of_total", "outcome", "kind", "polarity", "modality")
    pairs = [(name, getattr(gold, name), getattr(found, name)) for name in names]
    wrong = [f"{name}: {wanted!r} not {got!r}" for name, wanted, got in pairs if wanted != got]
    if not judge_figure(text, gold, found)["source"]:
        wrong.append(f"source: {gold.source!r} not {words(text, found.source)!r}")
    return [f"{page}  {gold.number!r}  {'; '.join(wrong)}"] if wrong else []


# --- statements and events -----------------------------------------------------------------------------------------


def score_statements(
    page: CodedPage, found: Sequence[Statement], finder: Finder, tally: Tally, faults: list[str]
) -> None:
    """Add the statements of one page to the tally; refusals are compared on cue and content together."""
    text, gold = finder.text, page.statements
    pairs = pair_statements(gold, found, finder)
    for i, j in pairs:
        a, b = gold[i], found[j]
        tally.judge("statements: speaker", head(a.speaker) == head(b.speaker) if a.speaker else None)
        tally.judge("statements: form", a.form == b.form)
        tally.judge("statements: act", a.act == b.act)
    tally.count("statements: found", len(pairs), len(found), len(gold))
    for form in FORMS:
        recalled = sum(gold[i].form == form for i, _ in pairs)
        tally.share(f"statements: recall {form}", recalled, sum(statement.form == form for statement in gold))
    missed, extra = left_over(pairs, len(gold), len(found))
    for i in missed:
        faults.append(f"{page.id}  missed {gold[i].source!r} {gold[i].cue!r} {(gold[i].content or ('',))[0][:90]!r}")
    for j in extra:
        said = found[j].content[0].of(text)[:90] if found[j].content else ""
        faults.append(f"{page.id}  extra {words(text, found[j].source)!r} {words(text, found[j].cue)!r} {said!r}")


def pair_statements(
    gold: Sequence[CodedStatement], found: Sequence[Statement], finder: Finder
) -> list[tuple[int, int]]:
    """Return the pairs (gold, found) of statements that share enough of their content and the head of their source."""
    text = finder.text
    gold_tokens = [coded_tokens(statement, finder) for statement in gold]
    found_tokens = [statement_tokens(statement, text) for statement in found]
    candidates = [
        (len(a & b) / len(a | b), i, j)
        for i, a in enumerate(gold_tokens)
        for j, b in enumerate(found_tokens)
        if a & b and head(gold[i].source) == head(words(text, found[j].source))
    ]
    return one_to_one(
        (i, j) for overlap, i, j in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])) if overlap >= ENOUGH_CONTENT
    )


def coded_tokens(statement: CodedStatement, finder: Finder) -> frozenset[int]:
    """Return where the tokens of a coded content start; the cue counts for refusals and empty contents."""
    spans = [finder.nearest(part, statement.sentence) for part in statement.content]
    if statement.act == "decline" or not any(spans):
        spans.append(finder.take(statement.cue, statement.sentence, "cue"))
    return token_starts(finder.text, spans)


def statement_tokens(statement: Statement, text: str) -> frozenset[int]:
    """Return where the tokens of a found content start; the cue counts for refusals and empty contents."""
    spans = [stretch(part) for part in statement.content]
    if statement.act == "decline" or not statement.content:
        spans.append(stretch(statement.cue))
    return token_starts(text, spans)


def score_events(page: CodedPage, found: Sequence[Event], finder: Finder, tally: Tally, faults: list[str]) -> None:
    """Add the events of one page to the tally."""
    gold: Sequence[CodedEvent] = page.events
    pairs = pair_events(gold, found, finder)
    tally.count("events: found", len(pairs), len(found), len(gold))
    tally.count("events: typed", sum(gold[i].type == found[j].type for i, j in pairs), len(found), len(gold))
    for i, j in pairs:
        tally.judge("events: status", gold[i].status == found[j].status)
    missed, extra = left_over(pairs, len(gold), len(found))
    faults += [f"{page.id}  missed {gold[i].type} {gold[i].trigger!r} in: {gold[i].sentence[:100]}" for i in missed]
    faults += [f"{page.id}  extra {found[j].type} {found[j].trigger.of(finder.text)!r}" for j in extra]


def pair_events(gold: Sequence[CodedEvent], found: Sequence[Event], finder: Finder) -> list[tuple[int, int]]:
    """Return the pairs (gold, found) of events whose triggers overlap."""
    places = [finder.take(event.trigger, event.sentence, "trigger") for event in gold]
    return pair_up(places, [stretch(event.trigger) for event in found], lambda i, j: int(gold[i].type == found[j].type))


# --- pairing and comparing -----------------------------------------------------------------------------------------


def pair_up(
    gold: Sequence[Stretch | None], found: Sequence[Stretch], agreement: Callable[[int, int], int]
) -> list[tuple[int, int]]:
    """Return one-to-one pairs (gold, found) of stretches that overlap: most overlap first, then most agreement."""
    candidates = []
    for i, a in enumerate(gold):
        for j, b in enumerate(found):
            overlap = 0 if a is None else min(a[1], b[1]) - max(a[0], b[0])
            if overlap > 0:
                candidates.append((-overlap, -agreement(i, j), i, j))
    return one_to_one((i, j) for _, _, i, j in sorted(candidates))


def one_to_one(candidates: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the candidates, best first, without those whose gold or found side is taken."""
    golds: set[int] = set()
    founds: set[int] = set()
    pairs = []
    for i, j in candidates:
        if i not in golds and j not in founds:
            golds.add(i)
            founds.add(j)
            pairs.append((i, j))
    return pairs


def left_over(pairs: Sequence[tuple[int, int]], gold: int, found: int) -> tuple[list[int], list[int]]:
    """Return the positions of gold and of found that stand in no pair."""
    return sorted(set(range(gold)) - {i for i, _ in pairs}), sorted(set(range(found)) - {j for _, j in pairs})


def head(phrase: str | None) -> str | None:
    """Return the last word of a phrase before a comma, bracket or linking word, lower case; None without one."""
    last = None
    started = False
    for word in WORD.findall(phrase or ""):
        if started and (word.lower() in HEAD_STOPS or word in HEAD_BREAKS):
            break
        if word[0].isalnum():
            last, started = POSSESSIVE.sub("", word.lower()), True
    return last


def same_number(a: Number | None, b: Number | None) -> bool:
    """Say whether two limits are the same to two decimals, or both open."""
    return a is None and b is None if a is None or b is None else round(a, 2) == round(b, 2)


def share_a_word(a: str, b: str | None) -> bool:
    """Say whether two phrases have a word in common."""
    return bool(set(WORD.findall(a.lower())) & set(WORD.findall((b or "").lower())))


def stretch(span: Span) -> Stretch:
    """Return a span as a pair."""
    return span.start, span.end


def words(text: str, place: Span | Place | Time | None) -> str | None:
    """Return the words at a place; None for None."""
    return None if place is None else text[place.start : place.end]


def token_starts(text: str, spans: Iterable[Stretch | None]) -> frozenset[int]:
    """Return where the tokens of these spans start."""
    return frozenset(m.start() for span in spans if span for m in TOKEN.finditer(text, *span))


def prf(right: float, predicted: float, gold: float) -> dict[str, float]:
    """Return precision, recall and F1 in percent, to one decimal, and the size of the gold."""
    p = 100 * right / predicted if predicted else 0.0
    r = 100 * right / gold if gold else 0.0
    return {"P": round(p, 1), "R": round(r, 1), "F1": round(2 * p * r / (p + r), 1) if p + r else 0.0, "n": gold}


def percent(part: float, whole: float) -> float:
    """Return a share in percent, to one decimal."""
    return round(100 * part / whole, 1)
