"""Datelines, wire credits and bylines are told from sentences."""

import pytest

from onrecord.pages.credits import credit_line, find_byline, find_dateline, first_dateline, trailing_credit


@pytest.mark.parametrize(
    ("text", "place", "agencies"),
    [
        ("PORT OSTRA, May 3 (Reuters) - Five people drowned.", "PORT OSTRA, May 3", ("Reuters",)),
        ("OSTRA/VELL (AFP) -- Five people drowned.", "OSTRA/VELL", ("Agence France-Presse",)),
        ("Ostra, Marland (AP) — Five people drowned.", "Ostra, Marland", ("Associated Press",)),
        ("OSTRA, Marland — Five people drowned.", "OSTRA, Marland", ()),
        ("NEW VELL: Five people drowned.", "NEW VELL", ()),
        ("OSTRA (Harbour Wire) - Five people drowned.", "OSTRA", ("Harbour Wire",)),
    ],
)
def test_dateline_is_found(text: str, place: str, agencies: tuple[str, ...]) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.agencies) == (place, agencies)
    assert text[found.end :] == "Five people drowned."


@pytest.mark.parametrize(
    "text",
    [
        "The party (known as Forward) - in power since May - lost.",
        "He said (in May) - not for the first time - that he would go.",
        "Ostra - Five people drowned.",
        "The NATO – Five members left.",
        "",
    ],
)
def test_dateline_is_not_seen_in_sentences(text: str) -> None:
    assert find_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        ("(With inputs from Reuters)", ("Reuters",)),
        ("With agency inputs", ("agencies",)),
        ("(Reporting by Ana Reyes and Tom Okoro; Editing by Lena Falk)", ()),
        ("Additional reporting from agencies", ("agencies",)),
        ("Associated Press writers Ana Reyes and Tom Okoro contributed to this report.", ("Associated Press",)),
        ("Ana Reyes in Ostra contributed reporting.", ()),
        ("AFP/Reuters", ("Agence France-Presse", "Reuters")),
        ("— Reuters", ("Reuters",)),
        ("Source: Xinhua", ("Xinhua",)),
        ("SOURCE: News agencies", ("agencies",)),
        ("Editor: ana", ()),
    ],
)
def test_credit_line_is_found(text: str, agencies: tuple[str, ...]) -> None:
    assert credit_line(text) == agencies


@pytest.mark.parametrize(
    "text",
    [
        "Reporting by the ministry showed that five boats sank.",
        "Reports from the harbour say five people drowned.",
        "Reuters reported that five people drowned.",
        "The storm contributed to the report's delay by two days.",
        "He has contributed.",
        "Information from the harbour office was not at hand.",
        "Source: a harbour official who saw the list",
        "",
    ],
)
def test_credit_line_is_not_seen_in_sentences(text: str) -> None:
    assert credit_line(text) is None


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("The office did not answer. (Editing by Lena Falk)", "(Editing by Lena Falk)"),
        ("“We left,” he said. (Writing by A B; Editing by C D)", "(Writing by A B; Editing by C D)"),
        ("Five people drowned. — Reuters", "— Reuters"),
        ("Five people drowned. PTI", "PTI"),
        ("Five people drowned. (AP)", "(AP)"),
        ("Five people drowned. Additional reporting from agencies", "Additional reporting from agencies"),
        ("Five people drowned (see map).", None),
        ("Five people drowned. (The sixth swam ashore.)", None),
        ("He works for Reuters", None),
        ("(Editing by Lena Falk)", None),
    ],
)  # fmt: skip
def test_trailing_credit_is_cut_off(text: str, credit: str | None) -> None:
    at = trailing_credit(text)
    assert (None if at is None else text[at:]) == credit


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ana Reyes", ("Ana Reyes",)),
        ("by Ana Reyes and Tom Okoro", ("Ana Reyes", "Tom Okoro")),
        ("BY ANA REYES", ("Ana Reyes",)),
        ("By Ana Reyes, Staff Writer", ("Ana Reyes",)),
        ("By Ana de la Cruz | The Harbour Post", ("Ana de la Cruz",)),
        ("Written by: A. B. Reyes", ("A. B. Reyes",)),
        ("By Friday, officials had left", None),
        ("By the river", None),
        ("By Monday", None),
        ("By Ana Reyes, who saw it.", None),
        ("Ana Reyes", None),
    ],
)
def test_byline_gives_names(text: str, names: tuple[str, ...] | None) -> None:
    assert find_byline(text) == names


REST = "Nine people died on Friday when a river burst its banks."


@pytest.mark.parametrize(
    ("first", "second", "place"),
    [
        (f"Suryakot: {REST}", "Rain goes on.", "Suryakot"),
        (f"New Suryakot, March 4: {REST}", "Rain goes on.", "New Suryakot, March 4"),
        (f"Suryakot \u2014 {REST}", "Rain goes on.", "Suryakot"),
        (f"Mayor: {REST}", "Rain goes on.", None),
        (f"Question: {REST}", "Rain goes on.", None),
        (f"Torv: {REST}", "Brun: It is not so.", None),
        ("Suryakot: Nine dead.", "Rain goes on.", None),
        ("Torv: We saw how the river burst its banks on Friday.", "Rain goes on.", None),
        (REST, f"Suryakot: {REST}", None),
    ],
)
def test_dateline_in_small_letters_is_that_of_a_report(first: str, second: str, place: str | None) -> None:
    found = first_dateline([first, second])
    assert (found and found.place) == place
