"""Every page of the interface on the sample pages: what a reader must find on it, and that it is whole."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

PATHS = (
    "/", "/pages", "/pages?outlet=Courier", "/search", "/search?q=killed", "/search?q=killed&kind=figure",
    "/search?q=killed&in=figures", "/search?in=statements", "/search?in=statements&q=drones&source=Defence",
    "/search?in=events", "/search?in=sources&q=Lundmark", "/sources", "/sources?q=Lundmark",
    "/sources/Greta%20Lundmark", "/review", "/review?of=event", "/review?q=killed+in+Norhaven", "/review?skip=3",
    "/add", "/stories", "/stories?q=nothing+has+this",
    "/users", "/pages/nwa-flash", "/pages/lpr-live", "/pages/flood", "/pages/flood?version=1",
    "/pages/https://gazette.example/flood",
)  # fmt: skip
VOID = {"meta", "link", "input", "br", "img", "hr"}


class Shape(HTMLParser):
    """Checks that elements close in order, and collects ids, inner links and what policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
        self.faults += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        loaded = [given.get("src"), given.get("href") if tag == "link" else None, given.get("action")]
        self.faults += [f"{tag} {where}" for where in loaded if where and not where.startswith("/")]
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a" and given.get("href", "").startswith("#"):
            self.targets.append(given["href"][1:])
        if tag == "script" and "src" not in given:
            self.faults.append("inline script")

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of order")


def shape_of(html: str) -> Shape:
    shape = Shape()
    shape.feed(html)
    shape.close()
    return shape


@pytest.mark.parametrize("path", PATHS)
def test_page_is_whole(demo, path):
    answer = demo.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    shape = shape_of(answer.text)
    assert (shape.faults, shape.open) == ([], [])
    assert sorted(shape.ids) == sorted(set(shape.ids))
    assert set(shape.targets) <= set(shape.ids)
    assert "<h1" in answer.text


def test_each_sample_page_opens_with_all_its_claims(demo):
    for listed in demo.get("/api/pages").json()["items"]:
        html = demo.get(f"/pages/{listed['document']}").text
        reading = demo.get(f"/api/readings/{listed['document']}").json()
        shape = shape_of(html)
        assert (shape.faults, shape.open) == ([], [])
        claims = [*reading["figures"], *reading["statements"], *reading["events"]]
        assert {f"r-{claim['id']}" for claim in claims} <= set(shape.ids)
        assert {f"c-{claim['id']}" for claim in claims} <= set(shape.ids)
        assert set(shape.targets) <= set(shape.ids)


def test_text_of_a_page_is_there_to_the_letter(demo):
    reading = demo.get("/api/readings/nwa-flash").json()
    shown = re.sub(r"<[^>]+>", "", demo.get("/pages/nwa-flash").text)
    for sentence in ("at least nine people", "some 40 residents were feared trapped"):
        assert sentence in reading["page"]["text"]
        assert sentence in shown


def test_page_shows_evidence_and_versions(demo):
    html = demo.get("/pages/flood").text
    reading = demo.get("/api/readings/flood").json()
    assert reading["page"]["sha256"] in html
    assert "From version 1 to 2" in html
    assert "12" in html
    older = demo.get("/pages/flood?version=1").text
    assert "Version 1 of 2" in older
    assert demo.get("/pages/flood?version=3").status_code == 404


def test_archived_bytes_come_as_a_download_only(demo):
    sha256 = demo.get("/api/readings/flood").json()["page"]["sha256"]
    answer = demo.get(f"/archived/{sha256}")
    assert answer.content.startswith(b"At least 12 people")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment;")
    assert "sandbox" in answer.headers["content-security-policy"]


def test_furniture_is_folded_but_there(demo):
    html = demo.get("/pages/nwa-port-callan-wrap").text
    assert '<details class="furniture"><summary>Furniture: ' in html


def test_search_narrows_by_its_facets(demo):
    everything = demo.get("/search?q=killed").text
    link = re.search(r'href="(/search\?[^"]*outlet=[^"]+)"', everything)[1].replace("&amp;", "&")
    narrowed = demo.get(link).text
    totals = [int(re.search(r"(\d+) hits?", page)[1]) for page in (everything, narrowed)]
    assert totals[1] < totals[0]


def test_search_pages_on(demo):
    first = demo.get("/search?q=killed").text
    link = re.search(r'href="([^"]+)" rel="next"', first)[1].replace("&amp;", "&")
    second = demo.get(link)
    assert second.status_code == 200
    hits = [re.findall(r'<li><span class="tag.*?href="([^"]+)"', page, re.DOTALL) for page in (first, second.text)]
    assert hits[1]
    assert not set(hits[0]) & set(hits[1])


def test_claim_leads_to_its_words(demo):
    claim = demo.get("/api/figures?limit=1").json()["items"][0]
    answer = demo.get(f"/claims/{claim['id']}")
    assert answer.headers["location"].endswith(f"#c-{claim['id']}")
    assert f'id="c-{claim["id"]}"' in demo.get(answer.headers["location"].partition("#")[0]).text


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/pages/no-such-page", 404, "not in this ledger"),
        ("/pages/flood?version=x", 400, "is no number"),
        ("/sources/Nobody%20At%20All", 404, "no claim has this name"),
        ("/search?in=moon", 400, "choose from"),
        ("/search?q=killed&kind=moon", 400, "choose from"),
        ("/search?in=figures&since=Tuesday", 400, "is no date"),
        ("/search?q=%22%22", 400, "no word"),
        ("/search?q=killed&after=zzz", 400, "no cursor"),
        ("/review/ffff", 404, "not in a latest reading"),
        ("/review?of=moon", 400, "choose from"),
        ("/review?skip=99999", 400, "is no number from 0"),
        ("/claims/zz", 404, "not in a latest reading"),
        ("/archived/zz", 404, "no page with this SHA-256"),
        ("/add/zz", 404, "nothing is being added"),
        ("/nowhere", 404, "nothing is at this address"),
        ("/static/nothing.css", 404, "no such file"),
    ],
)
def test_error_page_says_what_was_found(demo, path, status, says):
    answer = demo.get(path)
    assert answer.status_code == status
    assert says in answer.text
    assert shape_of(answer.text).faults == []


def test_source_page_has_only_its_own_claims(demo):
    html = demo.get("/sources/" + quote("Greta Lundmark")).text
    counted = next(one for one in demo.get("/api/sources?q=Greta").json()["items"] if one["name"] == "Greta Lundmark")
    assert f"<dd>{counted['statements']}</dd>" in html
    assert "Air Defence" not in html


def test_static_files_stay_with_browsers(demo):
    path = re.search(r'href="(/static/style[^"]+)"', demo.get("/").text)[1]
    answer = demo.get(path)
    assert "immutable" in answer.headers["cache-control"]
    assert demo.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_first_page_weighs_little(demo):
    whole = len(demo.get("/").content) + sum(len(demo.get(f"/static/{f}").content) for f in ("style.css", "page.js"))
    assert whole < 150_000  # bytes; the limit that the interface is held to
