"""A line that stands on three pages of an outlet is furniture; copies of one page are not."""

from pathlib import Path

import pytest

from onrecord.errors import SiteMemoryError
from onrecord.pages.site_memory import canonical_host, page_key, with_site_memory
from onrecord.pages.textdump import read_text
from onrecord.records import Article, Origin

SHARED = "Every reader of this paper gets a free map of the harbour with the Saturday issue."


BACKGROUND = "At least 1,200 people have been killed on the coast road since 2019, the roads office says."


def read(
    number: int, file: Path, *, url: str | None = None, outlet: str = "The Coast", shared: str = SHARED
) -> Article:
    text = (
        f"The ferry number {number} sank off Port Ostra on Friday, the coast guard said in a statement.\n\n{shared}\n\n"
    )
    text += f"Divers found {number + 20} people alive inside the hull, according to the harbour office on Sunday."
    url = url or f"https://coast.example/{number}"
    page, article = read_text(text.encode(), Origin(name="page", url=url, outlet=outlet))
    return with_site_memory(page, article, file)


def test_third_page_with_a_line_has_it_as_furniture(tmp_path: Path) -> None:
    bodies = [read(number, tmp_path / "sites").body for number in range(3)]
    assert [SHARED in body for body in bodies] == [True, True, False]
    assert "Divers found 22" in bodies[2]


def test_background_with_a_figure_stays_on_every_page(tmp_path: Path) -> None:
    bodies = [read(number, tmp_path / "sites", shared=BACKGROUND).body for number in range(4)]
    assert all(BACKGROUND in body for body in bodies)


def test_versions_of_one_page_are_one_page(tmp_path: Path) -> None:
    for number in range(4):
        assert SHARED in read(number, tmp_path / "sites", url="https://coast.example/same").body


def test_copy_of_other_pages_keeps_its_text(tmp_path: Path) -> None:
    for place in "abcd":
        assert "Divers found 21" in read(1, tmp_path / "sites", url=f"https://coast.example/{place}").body


def test_other_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "sites").write_text("no database at all, but text that is long enough to be looked at as one" * 20)
    with pytest.raises(SiteMemoryError, match="sites"):
        read(1, tmp_path / "sites")


@pytest.mark.parametrize("url", ["https://[coast", "https://[::1"])
def test_url_that_is_none_leaves_the_name_of_the_outlet(tmp_path: Path, url: str) -> None:
    bodies = [read(number, tmp_path / "sites", url=f"{url}/{number}").body for number in range(3)]
    assert [SHARED in body for body in bodies] == [True, True, False]


@pytest.mark.parametrize(
    ("host", "canonical"),
    [
        ("coast.example", "coast.example"),
        ("www.coast.example", "coast.example"),
        ("WWW2.Coast.Example.", "coast.example"),
        ("m.coast.example", "coast.example"),
        ("mobile.coast.example", "coast.example"),
        ("amp.coast.example", "coast.example"),
        ("www.amp.coast.example", "coast.example"),
        ("coast-example.cdn.ampproject.org", "coast.example"),
        ("www-port--post-example.cdn.ampproject.org", "port-post.example"),
        ("m.example", "m.example"),  # an outlet of this name
        ("world.coast.example", "world.coast.example"),  # another desk has other furniture
        ("magazine.coast.example", "magazine.coast.example"),
        ("", ""),
    ],
)
def test_variants_of_a_host_are_one_outlet(host: str, canonical: str) -> None:
    assert canonical_host(host) == canonical


@pytest.mark.parametrize(
    "variant",
    [
        "https://www.coast.example/2031/ferry",
        "http://m.coast.example/2031/ferry/",
        "https://coast.example/2031/ferry/amp",
        "https://coast.example/2031/ferry/amp/",
        "https://coast.example/amp/2031/ferry",
        "https://coast.example/2031/ferry.amp",
        "https://amp.coast.example/2031/ferry?outputType=amp",
        "https://coast.example/2031/ferry?amp=1",
        "https://coast.example/2031/ferry?amp",
        "https://coast-example.cdn.ampproject.org/c/s/coast.example/2031/ferry",
        "https://www-coast-example.cdn.ampproject.org/v/s/www.coast.example/2031/ferry/amp",
    ],
)
def test_variants_of_a_page_are_one_page(variant: str) -> None:
    assert page_key(variant) == page_key("https://coast.example/2031/ferry")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://coast.example/ferry", "https://coast.example/ferry-2"),
        ("https://coast.example/?id=1", "https://coast.example/?id=2"),
        ("https://coast.example/ramp", "https://coast.example/r"),
        ("https://coast.example/camp", "https://coast.example/c"),
        ("https://coast.example/guitar-amp", "https://coast.example/guitar"),
    ],
)
def test_other_pages_stay_other_pages(one: str, other: str) -> None:
    assert page_key(one) != page_key(other)


def test_line_on_three_variants_of_a_page_is_no_furniture(tmp_path: Path) -> None:
    for host in ("www.coast.example", "m.coast.example", "amp.coast.example", "coast.example"):
        assert SHARED in read(1, tmp_path / "sites", url=f"https://{host}/1").body


def test_pages_of_all_variants_of_an_outlet_count_together(tmp_path: Path) -> None:
    hosts = ("www.coast.example", "m.coast.example", "amp.coast.example")
    bodies = [read(n, tmp_path / "sites", url=f"https://{host}/{n}").body for n, host in enumerate(hosts)]
    assert [SHARED in body for body in bodies] == [True, True, False]
