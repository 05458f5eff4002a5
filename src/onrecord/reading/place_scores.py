"""What speaks for each of several places of one name: its size, what the page speaks of, what it calls the name.

Points are on one scale, so that the best can be told from the next; the weights are set by judgement. A name that the
phrase itself decides is not weighed here (places.py).
"""

import math
import re
from collections.abc import Sequence

from onrecord.reading.gazetteer import Entry, Gazetteer, name_key
from onrecord.reading.page_places import PageVotes
from onrecord.reading.place_phrases import Phrase

COUNTRY_PRIOR, STATE_PRIOR, REGION_PRIOR, DISTRICT_PRIOR = 11.0, 9.5, 6.5, 4.0
"""What a country, a state of a large federation, another region, a county weigh before the page is asked, on the scale
of PEOPLE_WEIGHT: a region weighs as a city of 300,000. Set by judgement, like all weights here."""

PEOPLE_WEIGHT = 1.2
"""Weight of ten times more people: a city of a million weighs 7.2."""

SAME_NAME_AS_CITY = 4.0
"""Taken from a region whose chief city has its name: "in Kandahar" is in the city unless the words say otherwise."""

SAME_NAME_AS_COUNTRY = 6.0
"""Taken from a city or region that has its country's name: "in Singapore" is in the country."""

CALLED_SO_BONUS = 1.0
"""For a region that the page calls one somewhere: "Lomnik province"."""

CAPITAL_BONUS, ALIAS_COST = 1.0, 1.5
SHARE_WEIGHT, NEAR_BONUS, REGION_WEIGHT, REGION_NEAR_BONUS = 4.0, 1.0, 2.5, 1.5
"""A country that all votes of the page are for; one named nearby; likewise for regions."""

KNOWN_PEOPLE = 500_000
"""A city of this size is known by its name alone."""

DISTRICT_PEOPLE = 200_000
"""A larger city is one even where the page has a district of its name: a school district, a court."""

NEIGHBOUR_KM = 300.0
"""A large city of the page this close speaks for a place where the rest leaves it open."""

FEDERATIONS = frozenset({"US", "CA", "AU", "IN", "GB"})
"""Countries whose first-level regions are named without their country."""


class Scale:
    """Weighs the places that one phrase may mean; start is where the phrase starts on the page."""

    def __init__(self, text: str, votes: PageVotes, listed: Gazetteer, phrase: Phrase, start: int) -> None:
        self.text, self.votes, self.listed, self.phrase, self.start = text, votes, listed, phrase, start

    def points(self, entry: Entry, key: str, entries: Sequence[Entry]) -> float:
        """Return what speaks for an entry; entries are all of the name, key is the name looked up."""
        if entry.kind == "country":
            points = COUNTRY_PRIOR
        elif entry.kind == "region":
            points = STATE_PRIOR if entry.country in FEDERATIONS else REGION_PRIOR
            points -= SAME_NAME_AS_COUNTRY * any(e.kind == "country" and e.country == entry.country for e in entries)
            if not self.phrase.direction and self.phrase.kind is None:
                least = 3_000_000 if entry.country in FEDERATIONS else 20_000
                city = any(
                    other.country == entry.country
                    and (
                        other.capital
                        or (other.kind == "city" and other.population > least and other.region == entry.region)
                    )
                    for other in entries
                )
                if city and self.is_region_here(" ".join(self.phrase.names)):
                    points += CALLED_SO_BONUS
                elif city:
                    points -= SAME_NAME_AS_CITY
        elif entry.kind == "city":
            points = PEOPLE_WEIGHT * math.log10(max(entry.population, 1_000)) + CAPITAL_BONUS * entry.capital
            points -= SAME_NAME_AS_COUNTRY * any(e.kind == "country" and e.country == entry.country for e in entries)
        else:
            points = DISTRICT_PRIOR
        points -= 0.0 if entry.own else ALIAS_COST
        votes = self.votes
        points += SHARE_WEIGHT * votes.shares(key).get(entry.country or "", 0.0)
        near = list(votes.near(self.start, key))
        points += NEAR_BONUS * any(vote.country == entry.country for vote in near)
        if entry.region and entry.kind != "region":
            points += REGION_WEIGHT * votes.region_share(entry.region, key)
            points += REGION_NEAR_BONUS * any(vote.region == entry.region for vote in near)
        return points

    def _page_says(self, name: str, word: str) -> bool:
        """Say whether the page has the name with a type word behind it anywhere."""
        return f"{name} {word}" in self.text

    def is_district_here(self, name: str) -> bool:
        """Say whether the page calls the name a district somewhere, and it is no large city."""
        if not self._page_says(name, "district"):
            return False
        typed = re.search(rf"{re.escape(name)} districts?\b(?! (?:of|court|attorney|council|judge))", self.text)
        return bool(typed) and all(entry.population < DISTRICT_PEOPLE for entry in self.listed.find(name))

    def is_region_here(self, name: str) -> bool:
        """Say whether the page calls the name a province and never a city."""
        typed = any(self._page_says(name, word) for word in ("province", "Province", "region", "oblast", "governorate"))
        return typed and not self._page_says(name, "city") and f"city of {name}" not in self.text

    def neighbours(self, entry: Entry) -> int:
        """Return how many large cities that the page names lie near this one."""
        if entry.lat is None or entry.lon is None:
            return 0
        return sum(
            _km(entry.lat, entry.lon, lat, lon) <= NEIGHBOUR_KM for lat, lon in self.votes.points(name_key(entry.name))
        )


def _km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the distance of two points on the earth in kilometres."""
    a, b = math.radians(lat), math.radians(other_lat)
    cosine = math.sin(a) * math.sin(b) + math.cos(a) * math.cos(b) * math.cos(math.radians(lon - other_lon))
    return 6_371.0 * math.acos(max(-1.0, min(1.0, cosine)))
