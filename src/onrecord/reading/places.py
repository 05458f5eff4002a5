"""A place as written -> what it is: its name, kind, country, region and coordinates, or why it cannot be told.

The phrase decides first ("Lomnik, Peru"), then the page: what other countries and regions it speaks of and how near,
its dateline; population is the last hint. What the gazetteer does not list keeps its words and its type, without
coordinates, in the country of the phrase or the page. Adjectives ("Russian") and governments that speak ("Moscow said")
are actors, not places. What counts as a place phrase is decided elsewhere (mention_rules.py).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from operator import attrgetter

import msgspec

from onrecord.lexicon import rows
from onrecord.reading.gazetteer import Entry, Gazetteer, gazetteer, name_key
from onrecord.reading.page_places import PageVotes, Vote
from onrecord.reading.place_actors import ActorTest, is_country
from onrecord.reading.place_lists import Area, PlaceKind, areas, capitals, country_of, nation_of, states
from onrecord.reading.place_phrases import LEADING, Phrase, directions, kinds, nationalities, parse_phrase
from onrecord.reading.place_scores import KNOWN_PEOPLE, Scale
from onrecord.reading.sentences import Document, Token, tokens
from onrecord.records import Place, PlacePrecision, Span

CLEAR_MARGIN = 0.5
"""Points by which the best place must lead, else the name stays open."""

CITY_PARTS = frozenset("district neighborhood neighbourhood borough ward quarter precinct arrondissement".split())
"""Types that are parts of a city more often than of the country."""

MANY_TIMES = 20
"""A town this many times larger than its namesake is meant where nothing speaks for either."""

CONTEXT_WEIGHT = 1.5
"""Votes that a page must have before its country is taken for a place that is not listed."""

CONTEXT_SHARE = 0.6
"""Part of the page's votes from which the country of an unlisted place is taken."""

PRECISIONS: dict[str, PlacePrecision] = {
    "city": "city", "region": "region", "country": "country", "district": "district", "facility": "exact",
    "area": "region", "water": "region",
}  # fmt: skip

_start_of, _end_of = attrgetter("start"), attrgetter("end")


class Located(msgspec.Struct, frozen=True):
    """A place with what the record does not hold: its kind, its region (ISO 3166-2) and the reason in words.

    kind is "actor" for words that name no place; sure says that the gazetteer's place was chosen.
    """

    place: Place
    kind: PlaceKind
    region: str | None
    reason: str
    sure: bool = False


class Holder(msgspec.Struct, frozen=True):
    """What a place lies in, as far as known."""

    name: str
    country: str
    region: str | None
    kind: str = "region"
    sure: bool = True
    loose: bool = False


@cache
def _precisions() -> dict[str, PlacePrecision]:
    """Return the precision of type words, by the word."""
    found = {row["word"]: row["precision"] for row in rows("place_words") if row["precision"]}
    return msgspec.convert(found, dict[str, PlacePrecision])


class Places:
    """Resolves the places of one page; what it learns of the page it learns once.

    Args:
        document: the page.
        listed: the gazetteer; None is the one of the package.
    """

    def __init__(self, document: Document, listed: Gazetteer | None = None) -> None:
        self._document = document
        self._listed = listed or gazetteer()
        self._starts = [sentence.start for sentence in document.sentences]
        self._known: dict[tuple[int, int], Located] = {}
        self.votes = PageVotes(document)

    def resolve(self, span: Span) -> Located:
        """Return what the words at this span are, with the reason."""
        asked = (span.start, span.end)
        if asked not in self._known:
            self._known[asked] = self._resolve(span)
        return self._known[asked]

    def _resolve(self, span: Span) -> Located:
        found, low, high = self._tokens(span)
        if low >= high:
            return Located(Place(start=span.start, end=span.end), "other", None, "no words")
        phrase = parse_phrase(found, low, high)
        return _Choice(self, span, found, phrase).locate()

    def _tokens(self, span: Span) -> tuple[Sequence[Token], int, int]:
        """Return the tokens of the span's sentence and where the span stands among them."""
        at = bisect_right(self._starts, span.start) - 1
        if at >= 0 and span.end <= self._document.sentences[at].end:
            found: Sequence[Token] = self._document.sentences[at].tokens
        else:
            found = tokens(self._document.text, span.start, span.end)
        low = bisect_right(found, span.start, key=_end_of)
        high = bisect_left(found, span.end, lo=low, key=_start_of)
        if low < high and (found[low].start < span.start or found[high - 1].end > span.end):
            # A name within a word, such as one of "U.S.-Lomnik border": the word is cut at the edges of the span.
            text, first, last = self._document.text, found[low], found[high - 1]
            before, after = tokens(text, first.start, span.start), tokens(text, span.end, last.end)
            parts = tokens(text, span.start, span.end)
            found = [*found[:low], *before, *parts, *after, *found[high:]]
            low += len(before)
            high = low + len(parts)
        return found, low, high


class _Choice:
    """The choice among the places that one phrase may mean."""

    def __init__(self, places: Places, span: Span, found: Sequence[Token], phrase: Phrase) -> None:
        self.places, self.span, self.tokens, self.phrase = places, span, found, phrase
        self.text = places._document.text
        self.listed = places._listed
        written = self.text[found[phrase.low].start : found[max(phrase.low, phrase.high - 1)].end]
        self.test = ActorTest(found, phrase, written, self.listed)
        self.scale = Scale(self.text, places.votes, self.listed, phrase, span.start)
        named = [(name, self._holder(name)) for name in phrase.holders]
        self.holders = [
            msgspec.structs.replace(holder, loose=name in phrase.loose)
            for name, holder in named
            if holder and not (name in phrase.loose and holder.kind == "city")
        ]

    def locate(self) -> Located:
        """Return the place, or why there is none."""
        phrase = self.phrase
        if not phrase.names:
            return self._nameless()
        actor = self.test.reason()
        if actor:
            return self._open("actor", None, None, actor)
        if phrase.several:
            return self._several()
        name = " ".join(phrase.names)
        area = areas().get(name_key(self._stretch())) or areas().get(name_key(name))
        if area and phrase.kind not in ("city", "region", "district") and not self._elsewhere(area):
            reason = f"{area.name}: {'a' if area.kind != 'area' else 'an'} {area.kind} without a point in the gazetteer"
            return self._open(area.kind, area.country, area.region, reason)
        state = states().get(name)
        if state and self._is_state(name, state):
            entry = next(
                (one for one in self.listed.find(state[0]) if one.kind == "region" and one.region == state[1]), None
            )
            if entry:
                return self._chosen(entry, phrase.direction, "the state, as it is written behind a place")
        return self._named(name)

    def _is_state(self, name: str, state: tuple[str, str]) -> bool:
        """Say whether a short name is a state's, or a full one stands behind a place of the state: "Varno, Ohio"."""
        if name != state[0]:
            return "." in name or self._after(".") or self._after_comma()
        if not self._after_comma() or self.phrase.low < 2:
            return False
        before = self.tokens[self.phrase.low - 2]
        return before.capital and any(entry.region == state[1] for entry in self.listed.find(before.text))

    def _stretch(self) -> str:
        return self.text[self.tokens[self.phrase.low].start : self.span.end]

    def _after(self, mark: str) -> bool:
        return self.phrase.high < len(self.tokens) and self.tokens[self.phrase.high].text == mark

    def _after_comma(self) -> bool:
        return self.phrase.low > 0 and self.tokens[self.phrase.low - 1].text in (",", "(")

    # --- names -----------------------------------------------------------------------------------------------------

    def _named(self, name: str) -> Located:
        """Return the place of a name: as a whole, else without its type, direction or adjective."""
        words_, kind = name.split(), self.phrase.kind
        direction = self.phrase.direction
        if kind is None and not direction and self.scale.is_district_here(name):
            kind = "district"
        adjectives = self.phrase.nations or nationalities().get(words_[0], ())
        nation = nation_of(words_[len(words_) > 1 :], adjectives, self.listed)
        if nation:
            return self._chosen(nation, False, f"the adjective is of {nation.name}")
        entries = self._entries(name, kind, direction or self.phrase.hint)
        if entries:
            return self._choose(name, entries, direction)
        inner = words_
        if len(inner) > 1 and inner[0] in nationalities() and not self.phrase.nations:
            inner = inner[1:]
        if len(inner) > 1 and inner[-1].lower() in kinds():
            kind, inner = kinds()[inner[-1].lower()], inner[:-1]
        elif (
            len(inner) > 1
            and inner[0].lower() in kinds()
            and kinds()[inner[0].lower()] in ("water", "area", "facility")
        ):
            kind, inner = kinds()[inner[0].lower()], inner[1:]
        if kind in ("facility", "water", "area"):
            return self._typed(kind, inner)
        if len(inner) > 1 and inner[0].lower() in directions():
            direction, inner = True, inner[1:]
        if inner != words_:
            entries = self._entries(" ".join(inner), kind, direction or self.phrase.hint)
            if direction and not self.phrase.direction:
                # "South Lomnik" may be a name of its own: a part only of what the page is about or everybody knows.
                entries = [e for e in entries if e.population > KNOWN_PEOPLE or self._page_has(e.country or "")]
            if entries:
                return self._choose(" ".join(inner), entries, direction)
        if kind is None and len(inner) > 1 and not self.test.located() and self._person(inner):
            return self._open(
                "actor", None, None, "the first words are a place's name, the whole is not: a person or body"
            )
        return self._unlisted(kind, " ".join(words_))

    def _entries(self, name: str, kind: str | None, direction: bool) -> list[Entry]:
        """Return what is called so and of the kind that the words say, without those that the phrase rules out."""
        found: list[Entry] = list(self.listed.find(name))
        if kind in ("city", "district") and is_country(name):
            kind = None  # "other U.S. cities"
        if kind == "city":
            found = [
                entry for entry in found if entry.kind == "city" or (entry.kind == "country" and entry.population < 1e7)
            ]
        elif kind in ("region", "country"):
            wanted = ("region",) if self.phrase.type_word in ("state", "province", "oblast") else ("region", "country")
            found = (
                [entry for entry in found if entry.kind in wanted]
                or self._region_of_city(name)
                or [entry for entry in found if entry.kind == "country"]
            )
        elif kind == "district":
            # A county of the gazetteer has its type in its name, and so have districts that it lists as towns.
            typed = self.listed.find(f"{name} {self.phrase.type_word or 'county'}")
            found = [*typed, *(entry for entry in found if entry.kind == "district" or _is_county(entry))]
        elif kind in ("facility", "water", "area"):
            found = [entry for entry in found if entry.kind in ("region", "country")] if kind == "area" else []
        if direction and kind is None and any(entry.kind in ("country", "region", "area") for entry in found):
            found = [entry for entry in found if entry.kind in ("country", "region", "area")]
        if found and self.phrase.nations:
            found = [entry for entry in found if entry.country in self.phrase.nations] or found
        if all(word.lower() in directions() for word in name.split()):
            found = [entry for entry in found if self._page_has(entry.country or "")]
        return self._held(found)

    def _held(self, found: list[Entry]) -> list[Entry]:
        """Return the entries that lie in what the phrase says holds the place; all when it says nothing."""
        for holder in self.holders:
            inside = [
                entry for entry in found
                if (entry.kind == "country" and holder.kind == "city")
                or (entry.country == holder.country and (not holder.region or entry.region in (None, holder.region)))
            ]  # fmt: skip
            same = [entry for entry in found if entry.country == holder.country]
            wider = any(entry.kind in ("country", "region") for entry in found)
            if found and not inside and (not holder.sure or (wider and holder.loose)):
                continue  # a list, such as "Peru, Ohio and Lomnik"
            found = inside or (same if holder.kind == "city" else [])
        return found

    def _region_of_city(self, name: str) -> list[Entry]:
        """Return the region named for a city: "Lomnik province" where only the city Lomnik is listed."""
        found = []
        for city in self.listed.find(name):
            if city.kind == "city" and city.region and city.own and self._allowed(city.country):
                regions = [one for one in self.listed.find(f"{city.name} region") if one.region == city.region]
                found += regions
        return found

    def _allowed(self, country: str | None) -> bool:
        return all(holder.country == country for holder in self.holders)

    # --- the choice ------------------------------------------------------------------------------------------------

    def _choose(self, name: str, entries: list[Entry], direction: bool) -> Located:
        """Return the best entry where it leads clearly, else an open place."""
        key = name_key(name)
        if len(entries) == 1:
            best, why = entries[0], self._why_held() or "the only place of this name in the gazetteer"
            if self._doubtful(best, key):
                return self._unlisted(self.phrase.kind, name)
            return self._chosen(best, direction, why)
        scored = sorted(
            ((self.scale.points(entry, key, entries), at) for at, entry in enumerate(entries)), reverse=True
        )
        best = entries[scored[0][1]]
        rivals = [(score, entries[at]) for score, at in scored[1:] if not _same(entries[at], best)]
        shares = self.places.votes.shares(key)
        blank = (
            rivals
            and best.country != rivals[0][1].country
            and {best.kind, rivals[0][1].kind} == {"country", "region"}
            and not ({best.country, rivals[0][1].country} & shares.keys())
        )
        if rivals and (blank or scored[0][0] - rivals[0][0] < CLEAR_MARGIN or self._one_of_many(best, rivals, key)):
            near = [(self.scale.neighbours(entries[at]), at) for _, at in scored[:4]]
            if max(near)[0] and sorted(near)[-1][0] > sorted(near)[-2][0]:
                return self._chosen(entries[max(near)[1]], direction, "near other places of the page")
            one = (
                set()
                if blank
                else {
                    entry.country
                    for score, entry in [(0, best), *rivals]
                    if scored[0][0] - score < CLEAR_MARGIN or entry is best
                }
            )
            country = best.country if len(one) == 1 else None
            rival = rivals[0][1]
            says = f"{_says(best)} or {_says(rival)}: nothing on the page tells which"
            return self._open(best.kind if best.kind != "area" else "area", country, None, says)
        if self._doubtful(best, key):
            return self._unlisted(self.phrase.kind, name)
        return self._chosen(best, direction, self._why_held() or self._why_page(best, key))

    def _one_of_many(self, best: Entry, rivals: list[tuple[float, Entry]], key: str) -> bool:
        """Say whether a town has a namesake in another region of its country and no region is spoken of."""
        if best.kind != "city" or best.population >= KNOWN_PEOPLE or self.holders or not best.region:
            return False
        namesake = any(
            rival.kind == "city" and rival.own and rival.country == best.country and rival.region != best.region
            and rival.population * MANY_TIMES > best.population for _, rival in rivals
        )  # fmt: skip
        return namesake and not self.places.votes.region_share(best.region, key)

    def _doubtful(self, entry: Entry, key: str) -> bool:
        """Say whether a small place that nothing supports has the name by chance: a village called like a surname."""
        if entry.kind != "city" or entry.population >= 100_000 or self.holders or self.phrase.nations:
            return False
        shares = self.places.votes.shares(key)
        return bool(shares) and entry.country not in shares

    # --- what comes out --------------------------------------------------------------------------------------------

    def _chosen(self, entry: Entry, direction: bool, why: str) -> Located:
        written = self.text[self.tokens[self.phrase.low].start : self.tokens[self.phrase.high - 1].end]
        part = direction and (entry.kind != "region" or self.phrase.type_word is None)
        name = entry.name if entry.name.isascii() and not part else written
        kind: PlaceKind = entry.kind
        precision, lat, lon = PRECISIONS[entry.kind], entry.lat, entry.lon
        if part:
            kind = "district" if entry.kind == "city" else "area"
            precision = "district" if entry.kind == "city" else "region"
            name, lat, lon = self._written(), None, None
            why = f"a part of {entry.name}; {why}"
        elif entry.kind == "city" and self.phrase.kind == "district":
            kind, precision, name = "district", "district", self._written()
            last = self._last_city()
            if last and last.region == entry.region:
                why = f"a district of {last.key.title()}, which is named before"
        elif entry.kind == "city" and any(
            holder.kind == "city" and holder.name != entry.name for holder in self.holders
        ):
            kind, precision = "district", "district"
        place = Place(
            start=self.span.start, end=self.span.end, name=name, geonames=None if part else entry.geonames,
            country=entry.country, lat=lat, lon=lon, precision=precision,
        )  # fmt: skip
        held = (
            f", {entry.region or entry.country}" if entry.kind != "country" and (entry.region or entry.country) else ""
        )
        return Located(place, kind, entry.region, f"{entry.kind} {entry.name}{held}: {why}", sure=True)

    def _open(self, kind: PlaceKind, country: str | None, region: str | None, why: str) -> Located:
        name = self._written()
        place = Place(
            start=self.span.start, end=self.span.end, name=name, country=country, precision=self._precision(kind, name)
        )
        return Located(place, kind, region, why)

    def _written(self) -> str:
        """Return the words of the place as they stand, without what leads them."""
        low = bisect_right(self.tokens, self.span.start, key=_end_of)
        high = bisect_left(self.tokens, self.span.end, lo=low, key=_start_of)
        first = low
        while first < high - 1 and self.tokens[first].lower in LEADING:
            first += 1
        head = self.phrase.low
        if self.phrase.names and first < head < high and self.tokens[head - 1].lower == "of":
            first = head  # "the port city of Lomnik"
        return self.text[self.tokens[first].start : self.span.end]

    def _precision(self, kind: str, name: str) -> PlacePrecision:
        known = _precisions()
        word = self.phrase.type_word or name.lower()
        if self.phrase.names and self.phrase.names[-1].lower() in known:
            word = self.phrase.names[-1].lower()
        if kind in ("actor", "other") and not self.phrase.type_word:
            return known.get(name.lower(), "unknown")
        return known.get(word) or (PRECISIONS.get(kind, "unknown") if kind != "city" or self.phrase.kind else "unknown")

    def _nameless(self) -> Located:
        """Return a place that has only a type: "a hospital in Lomnik", "the Honduran capital", "nationwide"."""
        phrase = self.phrase
        only = self.text[self.span.start : self.span.end]
        if phrase.kind is None and phrase.nations:
            return self._open("actor", None, None, f"{only}: an adjective of nationality names an actor, not a place")
        country = self.holders[0].country if self.holders else phrase.nations[0] if len(phrase.nations) == 1 else None
        if (
            phrase.type_word == "capital"
            and country
            and not {"state", "provincial", "regional"} & set(only.lower().split())
        ):
            capital = capitals(self.listed).get(country)
            if capital:
                return self._chosen(capital, False, f"the capital of {country}")
        if phrase.kind is None and self.holders and phrase.direction:
            return self._open("area", country, self.holders[0].region, f"a part of {self.holders[0].name}")
        kind = _kind(phrase.kind)
        if self.holders:
            where = f"in {self.holders[0].name}, which the words name"
        elif country:
            where = f"in {country}, by the adjective"
        else:
            return self._taken_up(kind, only.lower())
        return self._open(
            kind, country, self.holders[0].region if self.holders else None, f"{phrase.type_word} {where}"
        )

    def _taken_up(self, kind: PlaceKind, only: str) -> Located:
        """Return what "the city", "the country", "nationwide" take up: the last one named before."""
        last = self._last_city()
        if kind == "city" and self.phrase.type_word in ("city", "capital") and last:
            city = next(
                (e for e in self.listed.find_key(last.key) if (e.kind, e.country) == ("city", last.country)), None
            )
            if city:
                return self._chosen(city, self.phrase.direction, "the city named last before")
        if kind == "country" or only == "nationwide":
            code = self._page_country()
            entry = country_of(code, self.listed) if code else None
            if entry:
                return self._chosen(entry, self.phrase.direction, "the country that the page is about")
        if kind in ("district", "facility") and last:
            return self._open(kind, last.country, last.region, f"no name; in {last.key.title()}, named last before")
        return self._open(kind, None, None, "no name; the text does not say where")

    def _typed(self, kind: str, inner: Sequence[str]) -> Located:
        """Return a facility, water or area: no point, but in the city or country that its name begins with."""
        area = areas().get(name_key(" ".join(self.phrase.names)))
        if area:
            return self._open(area.kind, area.country, area.region, f"{area.name}: listed without a point")
        country, region, where = self._held_country(), self._held_region(), "which the words name"
        if country is None and kind != "water":
            for end in range(len(inner), 0, -1):
                part = " ".join(inner[:end])
                named = self._holder(part)
                known = any(entry.own and entry.population > KNOWN_PEOPLE for entry in self.listed.find(part))
                if named and (known or self._page_has(named.country)):
                    country, region, where = named.country, named.region, f"by {named.name} in its name"
                    break
        if country is None and kind != "water":
            country, where = self._page_country(), "by the page"
        held = self._held_names() or region or country
        says = f"{kind}, not in the gazetteer" + (f"; in {held}, {where}" if country else "")
        return self._open(_kind(kind), country, region, says)

    def _unlisted(self, kind: str | None, name: str) -> Located:
        if is_country(name) and not self.listed.find(name):
            return self._open("country", None, None, f"{name}: a country that is no more")
        country, region, where = self._held_country(), self._held_region(), "which the words say"
        held = self._held_names()
        last = self._last_city() if kind == "district" and country is None and not self.phrase.holders else None
        if last and self.phrase.type_word in CITY_PARTS:
            country, region, held, where = last.country, last.region, last.key.title(), "the city named last before"
        if country is None:
            country, where = self._page_country(), "by the page"
        says = f"{name}: not in the gazetteer" + (f"; in {held or region or country}, {where}" if country else "")
        return self._open(_kind(kind), country, region, says)

    def _several(self) -> Located:
        """Return a list of places: no point, the country that all of them share."""
        found = []
        for at in range(self.phrase.low, self.phrase.high):
            found.append(self.tokens[at].text)
        first = self._holder(" ".join(found))
        country = self._held_country() or (first.country if first and self._page_country() == first.country else None)
        return self._open("other", country, None, "the words name several places")

    # --- context ---------------------------------------------------------------------------------------------------

    def _holder(self, name: str) -> Holder | None:
        """Return the country or region, else the city, of this name that a place may lie in."""
        state = states().get(name)
        if state and (name != state[0] or not is_country(name)):
            return Holder(state[0], state[1][:2], state[1])
        if name.lower().split()[0].rstrip(".")[:3] in _dates():
            return None
        area = areas().get(name_key(name))
        if area:
            return Holder(area.name, area.country, area.region) if area.country else None
        found = self.listed.find(name)
        if not found:
            return None
        best = max(found, key=lambda entry: self.scale.points(entry, name_key(name), found))
        sure = best.kind == "country" or self._page_has(best.country or "")
        return Holder(best.name, best.country, best.region, best.kind, sure) if best.country else None

    def _held_country(self) -> str | None:
        if self.holders:
            return self.holders[-1].country
        return self.phrase.nations[0] if len(set(self.phrase.nations)) == 1 else None

    def _last_city(self) -> Vote | None:
        return self.places.votes.last_city(self.span.start)

    def _held_names(self) -> str:
        return ", ".join(holder.name for holder in self.holders)

    def _held_region(self) -> str | None:
        return next((holder.region for holder in self.holders if holder.region), None)

    def _page_has(self, country: str) -> bool:
        return country in self.places.votes.shares("")

    def _page_country(self) -> str | None:
        """Return the country that most of the page is about, else the only one named nearby."""
        shares = self.places.votes.shares("")
        best = max(shares, key=lambda code: shares[code], default=None)
        if best is not None and shares[best] >= CONTEXT_SHARE and self.places.votes.weight(best) >= CONTEXT_WEIGHT:
            return best
        near = {vote.country for vote in self.places.votes.near(self.span.start, "")}
        return next(iter(near)) if len(near) == 1 else None

    def _elsewhere(self, area: Area) -> bool:
        """Say whether the phrase holds the name in another country than the area's."""
        held = self._held_country()
        return bool(held and area.country and held != area.country)

    def _why_held(self) -> str:
        if self.holders:
            return f"the words place it in {self.holders[0].name}"
        return f"the adjective before it says {', '.join(self.phrase.nations)}" if self.phrase.nations else ""

    def _why_page(self, best: Entry, key: str) -> str:
        share = self.places.votes.shares(key).get(best.country or "", 0.0)
        if any(vote.country == best.country for vote in self.places.votes.near(self.span.start, key)):
            return f"{best.country} is named nearby"
        return (
            f"{best.country} has {share:.0%} of the page's mentions" if share else "the best known place of this name"
        )

    def _person(self, inner: Sequence[str]) -> bool:
        """Say whether a name that is not listed starts with one that is: "Paris Hilton", "Jack London"."""
        return any(
            any(entry.own and entry.population > 100_000 for entry in self.listed.find(part))
            for part in (inner[0], inner[-1])
        )


@cache
def _kind(kind: str | None) -> PlaceKind:
    named: PlaceKind = msgspec.convert(kind or "other", PlaceKind)
    return named


@cache
def _dates() -> frozenset[str]:
    """Return the first letters of weekdays and months, which stand behind "in" and a comma like places."""
    return frozenset("mon tue wed thu fri sat sun jan feb mar apr may jun jul aug sep oct nov dec".split())


def _is_county(entry: Entry) -> bool:
    """Say whether a region is what its country calls a county or district."""
    return entry.kind == "region" and entry.country not in ("US", "IN", "PK", "AF", "CN")


def _same(one: Entry, other: Entry) -> bool:
    """Say whether two entries are one place to a reader: a city and the district or region that has only it."""
    return one.country == other.country and one.kind == other.kind and one.kind != "city" and one.region == other.region


def _says(entry: Entry) -> str:
    return f"{entry.name} ({entry.region or entry.country}, {entry.kind})"
