"""A reading -> what the page as a whole puts on record: for each incident and outcome a low, a best and a high number.

The figures of a page tell a toll several times, in parts and beside older ones. A total names every figure behind it,
the people named as victims, the sources, and the figures that do not agree with it. Nothing is averaged and no figure
is changed: the best number is one that the page prints, or what its figures and names add up to. Incidents of one page
stand apart (totals_incidents.py). Totals of different pages are compared by the stories.
"""

import re
from collections.abc import Iterable, Sequence

import msgspec

from onrecord.intervals import interval, overlap, value_of
from onrecord.lexicon import words
from onrecord.reading.grammar import DETERMINERS, singular
from onrecord.reading.sentences import Document, Sentence, make_document
from onrecord.reading.totals_incidents import incidents_of
from onrecord.reading.totals_people import Person, counts_one, people_of, told_early
from onrecord.reading.totals_victims import Victim, named_victims
from onrecord.reading.totals_withdrawn import withdrawn
from onrecord.records import Figure, Number, Outcome, PageTotal, Reading, Span

WHOLE_KINDS = frozenset({"total", "running_total"})
UNCOUNTED_OUTCOMES = frozenset({"none", "other", "killed_or_injured"})
"""Outcomes without a total of their own; "victims" only say how many were killed and injured together."""
FATAL = re.compile(
    r"\b(?:(?:fatal|deadly) (?:shooting|stabbing|attack|crash|blast|collision|strike|fire)|as a homicide)\b",
    re.IGNORECASE,
)
"""Words of a single death."""
LEAD = 3
"""Sentences that a page opens with. 1, 3, 6 on the training reports of shootings: killed 76.2, 76.2, 76.4 % exact."""
PEOPLE_OUTCOMES = frozenset({"killed", "injured", "hospitalised", "killed_or_injured"})
AGE = re.compile(r"\A\w+[- ]{0,2}(?:year|month)s?\b(?! later| ago)", re.IGNORECASE)
AGES_BEFORE = re.compile(r"\bage[sd]?,? (?:of |between )?\Z", re.IGNORECASE)
AGE_REACH = 8
"""Characters behind a number in which "year" makes it an age."""
CHARGED = re.compile(r"\b(?:charged|accused|convicted|suspected|guilty|wanted|indicted)\b", re.IGNORECASE)
FAMILY = re.compile(r"\b(?:father|mother|parent|grandfather|grandmother|dad|mom|mum) of \Z", re.IGNORECASE)
ATTEMPTED = "attempted "
ADDABLE_GAP = 60
"""Characters between two counts of one clause that are added up: "two officers and a driver were killed"."""


class Support(msgspec.Struct, frozen=True):
    """One number that a page gives for an outcome, by print or by adding up, and what is behind it."""

    value: Number
    figures: tuple[Figure, ...] = ()
    named: tuple[Span, ...] = ()
    how: str = "printed"


def page_totals(reading: Reading) -> tuple[PageTotal, ...]:
    """Return the totals of a reading, by incident in the order the page tells them; none for a page not read."""
    if reading.page is None or reading.article is None:
        return ()
    document = make_document(reading.page, reading.article)
    incident = incidents_of(document, reading.figures)
    starts = {sentence.start: sentence.index for sentence in document.sentences}
    victims = named_victims(document)
    found: list[PageTotal] = []
    for number in sorted(set(incident)):
        figures = [f for f in reading.figures if incident[starts.get(f.sentence.start, 0)] == number]
        named = [victim for victim in victims if incident[victim.sentence] == number]
        sentences = [s for s, which in zip(document.sentences, incident, strict=True) if which == number]
        found += _incident_totals(document, sentences, figures, named, number)
    return tuple(msgspec.structs.replace(total, article=reading.id) for total in found)


def counted_figures(document: Document, figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures that count towards the totals of a page, in text order."""
    found = [_as_worded(document, f) for f in figures if counted(f) and _is_harm(document, f)]
    return [figure for figure in found if not _does_it(found, figure)]


def counted(figure: Figure) -> bool:
    """Say whether a figure counts towards a total: reported as fact, neither denied nor older nor background."""
    return (
        figure.kind in WHOLE_KINDS | {"subset", "increment"}
        and figure.modality == "actual"
        and figure.polarity in ("affirmed", "none_reported")
    )


def _incident_totals(
    document: Document, sentences: Sequence[Sentence], figures: Sequence[Figure], victims: Sequence[Victim], number: int
) -> Iterable[PageTotal]:
    """Yield the totals of one incident: killed and injured by their victims too, other outcomes by figures alone."""
    gone = withdrawn(document, figures)
    standing = [figure for figure in counted_figures(document, figures) if figure.id not in {f.id for f in gone}]
    found = list(_outcome_totals(document, sentences, standing, victims, number))
    for total in found:
        yield _with_withdrawn(document, total, gone)
    harms: tuple[Outcome, ...] = ("killed", "injured")
    for outcome in harms:
        if all(total.outcome != outcome for total in found):
            older = [f for f in figures if f.kind == "previous" and f.outcome == outcome and value_of(f) is not None]
            says = "an older value: the page gives no newer one"
            yield from _total(number, outcome, older, [Support(value_of(f) or 0, (f,), how=says) for f in older[-1:]])


def _with_withdrawn(document: Document, total: PageTotal, gone: Sequence[Figure]) -> PageTotal:
    """Name the larger counts that no longer stand: "printed; withdrawn: 23"."""
    larger = [f for f in gone if f.outcome == total.outcome and (value_of(f) or 0) > (total.best or 0)]
    named = dict.fromkeys(figure.number.of(document.text) for figure in larger)
    if not named:
        return total
    return msgspec.structs.replace(total, says=f"{total.says}; withdrawn: {', '.join(named)}")


def _outcome_totals(
    document: Document, sentences: Sequence[Sentence], figures: Sequence[Figure], victims: Sequence[Victim], number: int
) -> Iterable[PageTotal]:
    """Yield the totals of the figures that stand."""
    opening, deaths = sentences[0].index, any(figure.outcome == "killed" for figure in figures)
    people = told_early(people_of(document, figures, victims), opening=opening, deaths=deaths)
    killed = _killed(document, figures, people) or list(_fatal(document, sentences))
    for outcome in dict.fromkeys(figure.outcome for figure in figures):
        if outcome not in UNCOUNTED_OUTCOMES | {"killed", "injured", "hospitalised"}:
            own = [figure for figure in figures if figure.outcome == outcome]
            yield from _total(number, outcome, own, _printed(document, own))
    yield from _total(number, "killed", [f for f in figures if f.outcome == "killed"], killed)
    hurt = [figure for figure in figures if figure.outcome in ("injured", "hospitalised")]
    yield from _total(number, "injured", hurt, _injured(document, figures, people, killed))


def _is_harm(document: Document, figure: Figure) -> bool:
    """Say whether the words of a figure of the dead or hurt carry it.

    Its outcome has a word of its own, which was not only attempted and is not what the person is charged with; it is
    neither an age nor the number of somebody's children ("a father of three was killed").
    """
    if figure.outcome not in PEOPLE_OUTCOMES:
        return True
    word, text = figure.outcome_word, document.text
    if word is None or word.meets(figure.number):
        return False
    attempted = text[max(0, word.start - len(ATTEMPTED)) : word.start].lower() == ATTEMPTED
    family = FAMILY.search(text, figure.sentence.start, figure.number.start) is not None
    age = value_of(figure) != 1 and AGE.search(text, figure.number.start, figure.number.end + AGE_REACH) is not None
    age = age or AGES_BEFORE.search(text, figure.sentence.start, figure.number.start) is not None
    charged = figure.number.end <= word.start and CHARGED.search(text, figure.number.end, word.start) is not None
    return not (attempted or family or age or charged)


def _does_it(figures: Sequence[Figure], figure: Figure) -> bool:
    """Say whether a single person did it: another count follows the same outcome word ("a man killed two people")."""
    word = figure.outcome_word
    return (
        word is not None
        and value_of(figure) == 1
        and figure.number.end <= word.start
        and any(f.outcome_word == word and f.number.start >= word.end for f in figures)
    )


def _total(
    number: int, outcome: Outcome, figures: Sequence[Figure], supports: Sequence[Support]
) -> Iterable[PageTotal]:
    """Yield the total that the supports of one outcome give: the largest is best, smaller full counts stay visible."""
    if not supports:
        return
    best = max(supports, key=lambda support: (not _is_loose(support), support.value, len(support.figures)))
    behind = {figure.id: figure for figure in best.figures}
    for figure in figures:
        if value_of(figure) == best.value and figure.kind in WHOLE_KINDS:
            behind[figure.id] = figure
    against = [f for f in figures if _rivals(f) and f.id not in behind and not _agrees(f, best)]
    lows = [best.value if best.how != "printed" else _least(best.figures[0])]
    lows += [_least(figure) for figure in against]
    yield PageTotal(
        article="",
        incident=number,
        outcome=outcome,
        place=next((f.place for f in (*behind.values(), *figures) if f.place), None),
        time=next((f.time for f in (*behind.values(), *figures) if f.time), None),
        low=min(lows),
        best=best.value,
        high=None if any(f.high is None for f in behind.values()) else max([best.value, *_highs(behind.values())]),
        figures=tuple(behind),
        named=best.named,
        speakers=tuple(dict.fromkeys(figure.speaker for figure in behind.values())),
        disputed=tuple(figure.id for figure in against),
        says=best.how,
    )


def _is_loose(support: Support) -> bool:
    """Say whether a number is a vague word ("dozens"), or only the most that it may be ("up to 60")."""
    return any(figure.bound == "vague" or figure.low is None for figure in support.figures)


def _rivals(figure: Figure) -> bool:
    """Say whether a figure is a full count of people in general, which another full count can contradict."""
    full = figure.kind in WHOLE_KINDS and figure.counted_class in ("person", "other")
    return full and value_of(figure) is not None and (value_of(figure) or 0) > 1


def _agrees(figure: Figure, best: Support) -> bool:
    low, high = interval(figure)
    return low <= best.value <= high or any(overlap(figure, other) for other in best.figures)


def _least(figure: Figure) -> Number:
    return figure.low if figure.low is not None else (value_of(figure) or 0)


def _highs(figures: Iterable[Figure]) -> list[Number]:
    return [figure.high for figure in figures if figure.high is not None]


# --- what the figures and names give ---------------------------------------------------------------------------------


def _printed(document: Document, figures: Sequence[Figure]) -> list[Support]:
    """Return every full count in print, the sums of counts of one clause, and totals with what came on top."""
    whole = [f for f in figures if f.kind in WHOLE_KINDS and value_of(f) is not None]
    found = [Support(value_of(f) or 0, (f,)) for f in whole]
    found += _added(document, whole)
    found += _increased(figures)
    if not found:
        parts = [f for f in figures if value_of(f) is not None]
        found = [Support(value_of(f) or 0, (f,), how="a part only: the page gives no full count") for f in parts]
    return found


def _added(document: Document, whole: Sequence[Figure]) -> Iterable[Support]:
    """Yield the sum of counts that stand side by side and count different things with one outcome."""
    run: list[Figure] = []
    for figure in (*whole, None):
        if figure is not None and run and _side_by_side(document, run, figure):
            run.append(figure)
            continue
        if len(run) > 1:
            terms = " + ".join(str(value_of(f)) for f in run)
            total = sum(value_of(f) or 0 for f in run)
            yield Support(total, tuple(run), how=f"{terms} = {total}, told side by side")
        run = [figure] if figure is not None else []


def _side_by_side(document: Document, run: Sequence[Figure], figure: Figure) -> bool:
    """Say whether a count is joined to the ones before it in a clause: another noun or another place."""
    last = run[-1]
    gap = document.text[last.number.end : figure.number.start]
    if last.sentence != figure.sentence or len(gap) > ADDABLE_GAP or (" and " not in f" {gap} " and "," not in gap):
        return False
    if 1 in (value_of(last), value_of(figure)) and any(mark in gap for mark in (";", ".", ":")):
        return False
    heads = {_head(document, f) for f in run}
    return None not in heads and _head(document, figure) not in heads | {None, *GENERAL}


def _head(document: Document, figure: Figure) -> str | None:
    if figure.counted is None:
        return None
    return singular(figure.counted.of(document.text).lower().split()[-1])


GENERAL = frozenset({"person", "people", "victim", "casualty"})


def _increased(figures: Sequence[Figure]) -> Iterable[Support]:
    """Yield a full count with the increments the page tells behind it, where it prints no running total."""
    if any(figure.kind == "running_total" for figure in figures):
        return
    more = [f for f in figures if f.kind == "increment" and value_of(f) is not None]
    for first in more[:1]:
        before = [f for f in figures if f.kind == "total" and f.number.start < first.number.start and value_of(f)]
        if before:
            base = max(before, key=lambda f: value_of(f) or 0)
            total = (value_of(base) or 0) + sum(value_of(f) or 0 for f in more)
            says = f"{value_of(base)} + {' + '.join(str(value_of(f)) for f in more)} = {total}, told as more"
            yield Support(total, (base, *more), how=says)


def _killed(document: Document, figures: Sequence[Figure], people: Sequence[Person]) -> list[Support]:
    """Return what a page gives for the killed: its figures, and the single victims told one by one."""
    early = {figure.id for person in people for figure in person.figures}
    counts = [f for f in figures if f.outcome == "killed" and (not counts_one(f) or f.id in early)]
    found = _printed(document, counts)
    dead = [person for person in people if "killed" in person.outcomes]
    return [*found, _one_by_one(dead)] if dead and not _leads(document, found) else found


def _leads(document: Document, supports: Sequence[Support]) -> bool:
    """Say whether a page opens with a full count in numerals; single victims told later are then among them."""
    end = document.sentences[min(LEAD, len(document.sentences)) - 1].end
    return any(
        figure.number.start < end and figure.number.of(document.text).split()[0].lower() not in DETERMINERS
        for support in supports
        for figure in support.figures
    )


def _fatal(document: Document, sentences: Sequence[Sentence]) -> Iterable[Support]:
    """Yield the one death that a page without any count tells of all the same: "a fatal shooting", "homicide"."""
    for sentence in sentences:
        match = FATAL.search(document.text, sentence.start, sentence.end)
        if match:
            yield Support(1, how=f"{match.group()!r} tells of one death at least")
            return


def _injured(
    document: Document, figures: Sequence[Figure], people: Sequence[Person], killed: Sequence[Support]
) -> list[Support]:
    """Return what a page gives for the injured: without those who are told to have died.

    "Shot" and "victims" hold the dead as well: where a page says how many of those were killed, the others are left.
    """
    dead = max((support.value for support in killed), default=0)
    shot = [f for f in figures if _holds_dead(document, f)]
    ids = {figure.id for figure in shot}
    hurt = [f for f in figures if f.outcome in ("injured", "hospitalised") and f.id not in ids]
    found = _printed(document, [f for f in hurt if value_of(f) != 1])
    living = [person for person in people if "killed" not in person.outcomes]
    if living:
        found.append(_one_by_one(living))
    for figure in shot:
        number = value_of(figure)
        if number is not None and number > 1:
            apart = _told_apart(figures, figure)
            left = number if apart else max(0, number - dead)
            how = "printed" if left == number else f"{number} - {dead} killed = {left}"
            found.append(Support(left, (figure,), how=how))
    return found


def _holds_dead(document: Document, figure: Figure) -> bool:
    """Say whether the outcome word of a figure leaves open who lived: "four were shot", "four victims"."""
    return figure.outcome == "killed_or_injured" or (figure.outcome == "injured" and _open_word(document, figure))


def _open_word(document: Document, figure: Figure) -> bool:
    word = figure.outcome_word.of(document.text).lower() if figure.outcome_word else ""
    return word in words("open_outcomes")


def _no_death(document: Document, figure: Figure) -> bool:
    """Say whether the word of an outcome tells nothing of a death: "was found with a gunshot wound"."""
    return figure.outcome_word is not None and figure.outcome_word.of(document.text).lower() in words("no_deaths")


def _as_worded(document: Document, figure: Figure) -> Figure:
    """Return a figure as killed only where its own word says so: "shot" alone does not; other mentions may."""
    if figure.outcome == "killed" and (_open_word(document, figure) or _no_death(document, figure)):
        return msgspec.structs.replace(figure, outcome="injured")
    return figure


def _told_apart(figures: Sequence[Figure], figure: Figure) -> bool:
    """Say whether the dead stand before a count in its sentence as full count of their own: "one killed, two shot"."""
    return any(
        f.outcome == "killed"
        and f.kind in WHOLE_KINDS
        and f.sentence == figure.sentence
        and f.number.start < figure.number.start
        for f in figures
    )


def _one_by_one(people: Sequence[Person]) -> Support:
    """Return the number of single victims, with the figures and names behind it."""
    figures = tuple(figure for person in people for figure in person.figures[:1])
    named = tuple(person.names[0] for person in people if person.names)
    return Support(len(people), figures, named, how="told one by one")
