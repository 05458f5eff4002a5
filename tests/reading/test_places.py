"""Places: resolved by the phrase, then by the page; what cannot be told stays open and says why."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.reading.places import Located, Places
from onrecord.reading.sentences import document_of
from onrecord.records import Span


def locate(text: str, words: str) -> Located:
    """Resolve the first occurrence of the words."""
    at = text.index(words)
    return Places(document_of(text)).resolve(Span(at, at + len(words)))


@pytest.mark.parametrize(
    ("words", "name", "precision"),
    [
        ("the Lomnik district", "Lomnik district", "district"),
        ("Kenya", "Kenya", "country"),
        ("eastern Kenya", "eastern Kenya", "region"),
        ("Ohio", "Ohio", "region"),
        ("the Indian state of Lomnik", "Lomnik", "region"),
        ("the northern town of Brandeck", "Brandeck", "city"),
        ("in and near Ardova", "Ardova", "unknown"),
        ("nationwide", "nationwide", "country"),
        ("the country", "country", "country"),
        ("Brandeck, Ohio", "Brandeck, Ohio", "unknown"),
        ("Lomnik district of Kenya", "Lomnik district of Kenya", "district"),
    ],
)
def test_place_has_name_and_precision(words: str, name: str, precision: str) -> None:
    place = Places(document_of(words)).resolve(Span(0, len(words))).place
    assert (place.name, place.precision) == (name, precision)


NAMESAKES = [
    ("Shelling hit Pokrovsk, Ukrainian officials said.", "Pokrovsk", ("city", "UA", "UA-14")),
    ("Snow fell on Pokrovsk in the Sakha republic, Russia.", "Pokrovsk in the Sakha republic", ("city", "RU", "RU-SA")),
    ("Floods in Georgia cut roads to Tbilisi. Russia offered help.", "Georgia", ("country", "GE", None)),
    ("Voters in Georgia and Florida, two U.S. states, went to the polls.", "Georgia", ("region", "US", "US-GA")),
    ("It rained in Georgia. Atlanta was flooded.", "Georgia", ("region", "US", "US-GA")),
    ("Militias fought in Tripoli. The Libyan army said so in Benghazi.", "Tripoli", ("city", "LY", "LY-TB")),
    ("Power failed in Tripoli and across Lebanon. Beirut was dark.", "Tripoli", ("city", "LB", "LB-AS")),
    ("Rain fell on Valencia. Spain sent troops from Madrid.", "Valencia", ("city", "ES", "ES-VC")),
    ("A refinery in Valencia burned, Venezuelan police said in Caracas.", "Valencia", ("city", "VE", "VE-G")),
    ("Drones flew over Odesa. Ukraine shot down ten.", "Odesa", ("city", "UA", "UA-51")),
    ("Drones flew over Odessa. Ukraine shot down ten.", "Odessa", ("city", "UA", "UA-51")),
    ("A man opened fire in Odessa, Texas.", "Odessa, Texas", ("city", "US", "US-TX")),
    ("A storm hit Paris, Texas, on Monday.", "Paris, Texas", ("city", "US", "US-TX")),
    ("A storm hit Paris on Monday.", "Paris", ("city", "FR", "FR-IDF")),
    ("Fighting in Sudan and South Sudan goes on.", "Sudan", ("country", "SD", None)),
    ("Fighting in Sudan and South Sudan goes on.", "South Sudan", ("country", "SS", None)),
    ("Talks in Washington went on.", "Washington", ("city", "US", "US-DC")),
    ("Fires in Washington state burned 40 homes.", "Washington state", ("region", "US", "US-WA")),
    ("Fires in eastern Washington burned 40 homes.", "eastern Washington", ("area", "US", "US-WA")),
    ("A train derailed in Tacoma, Washington.", "Tacoma, Washington", ("city", "US", "US-WA")),
    ("In St. Petersburg, Russia, ten people were held.", "St. Petersburg, Russia", ("city", "RU", "RU-SPE")),
    ("It was in St. Petersburg, Fla., on Monday.", "St. Petersburg, Fla.", ("city", "US", "US-FL")),
    ("Troops came to Punjab. Pakistan's army was in Lahore.", "Punjab", ("region", "PK", "PK-PB")),
    ("Troops came to Punjab. India's army was in Delhi.", "Punjab", ("region", "IN", "IN-PB")),
    ("It happened in Cook County, Illinois.", "Cook County, Illinois", ("district", "US", "US-IL")),
    ("Troops left Chad for Mali.", "Chad", ("country", "TD", None)),
    ("A quake struck Jordan.", "Jordan", ("country", "JO", None)),
    ("A quake struck Turkey.", "Turkey", ("country", "TR", None)),
    ("Ships met in Singapore.", "Singapore", ("country", "SG", None)),
]


@pytest.mark.parametrize(("text", "words", "expected"), NAMESAKES)
def test_place_is_told_from_its_namesakes(text: str, words: str, expected: tuple[str, str, str | None]) -> None:
    found = locate(text, words)
    assert (found.kind, found.place.country, found.region) == expected
    assert found.sure
    assert found.reason


HELD = [
    ("The blast was in Donetsk region.", "Donetsk region", ("region", "UA", "UA-14")),
    ("Floods hit Afghanistan's southern Kandahar province.", "Kandahar province", ("region", "AF", "AF-KAN")),
    ("Floods hit Kandahar in Afghanistan.", "Kandahar", ("city", "AF", "AF-KAN")),
    ("He lives in the Afghan city of Herat.", "the Afghan city of Herat", ("city", "AF", "AF-HER")),
    ("It was in the Gaza Strip town of Khan Younis.", "the Gaza Strip town of Khan Younis", ("city", "PS", None)),
    ("Troops near the Kenyan capital fled.", "the Kenyan capital", ("city", "KE", "KE-30")),
    ("A bridge fell in Bavaria.", "Bavaria", ("region", "DE", "DE-BY")),
    ("They come from Kiev.", "Kiev", ("city", "UA", "UA-30")),
    (
        "A wall fell in the northern Afghan city of Herat.",
        "the northern Afghan city of Herat",
        ("city", "AF", "AF-HER"),
    ),
    ("It rained in the U.S. state of Ohio.", "the U.S. state of Ohio", ("region", "US", "US-OH")),
    ("He went to Saudi Arabia.", "Saudi Arabia", ("country", "SA", None)),
    ("It was in the Slovak Republic.", "the Slovak Republic", ("country", "SK", None)),
    ("Guests came from Japan, South Korea, and China.", "Japan", ("country", "JP", None)),
    ("Voters in other U.S. cities stayed away.", "U.S.", ("country", "US", None)),
    ("The U.S.-Mexico border was shut.", "Mexico", ("country", "MX", None)),
    ("Dubai-based traders sold it.", "Dubai", ("city", "AE", "AE-DU")),
]


@pytest.mark.parametrize(("text", "words", "expected"), HELD)
def test_place_is_found_by_the_words_around_it(text: str, words: str, expected: tuple[str, str, str | None]) -> None:
    found = locate(text, words)
    assert (found.kind, found.place.country, found.region) == expected


def test_old_name_gets_the_name_of_today() -> None:
    assert locate("Drones flew over Kiev.", "Kiev").place.name == "Kyiv"


@pytest.mark.parametrize(
    ("text", "words", "kind", "country"),
    [
        ("The house stood in Lomnikskyi district in Kyiv.", "Lomnikskyi district in Kyiv", "district", "UA"),
        ("He died at a hospital in Kabul.", "a hospital in Kabul", "facility", "AF"),
        ("A boat sank in the Black Sea.", "the Black Sea", "water", None),
        ("Ardova lies in Peru's northern Lomnik province.", "Peru's northern Lomnik province", "region", "PE"),
        ("The Ardova River burst its banks in Kenya.", "The Ardova River", "water", None),
        ("Rockets fell on the Gaza Strip.", "the Gaza Strip", "area", "PS"),
    ],
)
def test_place_that_is_not_listed_keeps_type_and_country(text: str, words: str, kind: str, country: str | None) -> None:
    found = locate(text, words)
    assert (found.kind, found.place.country) == (kind, country)
    assert (found.place.lat, found.place.lon, found.place.geonames, found.sure) == (None, None, None, False)


def test_district_says_which_city_it_is_in() -> None:
    found = locate("The house stood in Lomnikskyi district in Kyiv.", "Lomnikskyi district in Kyiv")
    assert "in Kyiv" in found.reason
    assert found.place.precision == "district"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A Russian drone strike killed two.", "Russian"),
        ("African leaders met.", "African"),
        ("Washington said it would send help.", "Washington"),
        ("They met Paris Hilton there.", "Paris Hilton"),
        ("Jack London wrote of it.", "Jack London"),
        ("Mr. Jordan said so.", "Jordan"),
        ("London police searched the flat.", "London"),
        ("The governor of Kansas was there.", "Kansas"),
        ("Peru's ministry of health counted them.", "Peru"),
        ("There were talks with Jordan.", "Jordan"),
    ],
)
def test_actor_is_no_place(text: str, words: str) -> None:
    found = locate(text, words)
    assert found.kind == "actor"
    assert (found.place.lat, found.place.country, found.place.geonames) == (None, None, None)
    assert "not" in found.reason or "person" in found.reason


@pytest.mark.parametrize(
    "text",
    [
        "A talk in Moscow said little.",
        "The border with Jordan was shut.",
        "Crowds in Berlin police could not hold.",
    ],
)
def test_place_behind_a_preposition_is_a_place(text: str) -> None:
    name = next(word for word in ("Moscow", "Jordan", "Berlin") if word in text)
    assert locate(text, name).kind in ("city", "country")


def test_name_of_a_country_and_a_state_stays_open_without_a_hint() -> None:
    found = locate("The plant is in Georgia.", "Georgia")
    assert (found.place.country, found.place.lat, found.sure) == (None, None, False)
    assert "Georgia (GE, country) or Georgia (US-GA, region)" in found.reason


def test_district_without_a_city_is_in_the_city_named_last() -> None:
    found = locate(
        "Drones flew over Kyiv. A clinic in the Lomnikskyi district burned. Russia was silent.",
        "the Lomnikskyi district",
    )
    assert (found.kind, found.place.country, found.region, found.place.lat) == ("district", "UA", "UA-30", None)
    assert "Kyiv" in found.reason


def test_district_that_is_listed_has_its_point() -> None:
    found = locate("Kyiv burned, in the Holosiivskyi district most of all.", "the Holosiivskyi district")
    place = found.place
    assert "a district of Kyiv" in found.reason
    assert (place.country, place.precision, place.name) == ("UA", "district", "Holosiivskyi district")
    assert place.lat == pytest.approx(50.34, abs=0.05)


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Drones flew over Kyiv. Six districts of the city burned.", "the city", "Kyiv"),
        ("Kenya was dry. Kenyan herders said so across the country.", "the country", "Kenya"),
        ("Kenya was dry. Kenyan herders struck nationwide.", "nationwide", "Kenya"),
    ],
)
def test_common_noun_takes_up_the_place_named_before(text: str, words: str, name: str) -> None:
    assert locate(text, words).place.name == name


def test_town_with_namesakes_in_one_country_stays_open() -> None:
    found = locate("A bar burned in Independence. The U.S. police came.", "Independence")
    assert (found.place.country, found.place.lat, found.sure) == ("US", None, False)


def test_several_places_have_no_point_but_their_country() -> None:
    found = locate("Shells fell on Kherson, Mykolaiv and Odesa in Ukraine.", "Kherson, Mykolaiv and Odesa")
    assert (found.place.lat, found.place.country) == (None, "UA")
    assert "several" in found.reason


def test_part_of_a_country_has_no_point() -> None:
    place = locate("Floods in eastern Kenya went on.", "eastern Kenya").place
    assert (place.lat, place.country, place.precision) == (None, "KE", "region")


def test_city_has_number_and_point() -> None:
    place = locate("Floods in Nairobi went on.", "Nairobi").place
    assert place.geonames == 184745
    assert place.lat == pytest.approx(-1.28, abs=0.1)
    assert place.lon == pytest.approx(36.8, abs=0.1)


PIECES = [
    "in", "the", "of", "Paris", "Texas", ",", "Georgia", "Ohio", "'s", "northern", "city", "district", "province",
    "Kenya", "Russian", "and", "near", "St", ".", "River", "Lomnik", "said", "7", "Washington", "D.C.", "Gaza",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9), st.data())
def test_every_span_is_resolved_or_says_why(pieces: list[str], data: st.DataObject) -> None:
    text = " ".join(pieces)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    places = Places(document_of(text))
    found = places.resolve(Span(start, end))
    place = found.place
    assert (place.start, place.end) == (start, end)
    assert (place.lat is None) == (place.lon is None)
    assert found.reason
    assert places.resolve(Span(start, end)) == found == Places(document_of(text)).resolve(Span(start, end))
    if place.geonames is not None or place.lat is not None:
        assert found.sure
    if found.region and place.country:
        assert found.region.startswith(place.country)
