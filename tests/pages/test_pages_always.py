"""What holds for every page: no error but a PageError; blocks in order, in the text, apart; nothing left unlabelled."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.errors import PageError
from onrecord.pages.html import read_html
from onrecord.pages.textdump import read_text
from onrecord.plugins import PageReader
from onrecord.records import Article, Origin, Page

LINES = [
    "At least 23 people were killed off Port Ostra, officials said.", "Advertisement", "Tags:", "• ferries", "",
    "By Ana Reyes", "Source: Xinhua| 2031-10-29|Editor: ana", "(With inputs from Reuters)", "STORM", "\u200b", "\x00",
    "Boats in the harbour. REUTERS/Ana Reyes", "harbour viewWhen asked, he said no. (AP Photos)", "From the homepage",
    "PORT OSTRA (Reuters) - Five died. (Editing by Lena Falk)", "Read more: Five die", "1. Five died", "a better one",
    "Ferry sinks off the coast of Ostra", "July 4, 2031", "| | |", "Enditem", "it sank. Enditem", "(", "“", "…",
]  # fmt: skip
TAGS = [
    "<p>", "</p>", "<div>", "</div>", "<br>", "<ul><li>", "</li></ul>", "<h2>", "</h2>", "<a href=x>", "</a>", "<nav>",
    "<figure><figcaption>", "</figcaption></figure>", "<blockquote class=twitter-tweet>", "</blockquote>", "</nav>",
    "<table><tr><td>", "</table>", "<!-- x -->", "<script>", "</script>", "<article>", "<span hidden>", "&nbsp;",
    '<script type=application/ld+json>[{"@type":"NewsArticle","author":[null,3]}]</script>', "<title>", "&#0;",
]  # fmt: skip
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(page: Page, article: Article) -> None:
    last = 0
    for block in article.blocks:
        assert last <= block.start < block.end <= len(page.text)
        words = page.text[block.start : block.end]
        assert words == words.strip()
        assert (block.kind is not None) == (block.role == "furniture")
        last = block.end
    ends = [0, *(block.end for block in article.blocks)]
    starts = [*(block.start for block in article.blocks), len(page.text)]
    assert not "".join(page.text[end:start] for end, start in zip(ends, starts, strict=True)).strip()


def check_or_refuse(reader: PageReader, data: bytes) -> None:
    says = ""
    try:
        check(*reader(data, Origin(name="any")))
    except PageError as err:
        says = str(err)
    assert "\n" not in says


@QUICK
@given(st.binary(max_size=400))
def test_any_bytes_as_text(data: bytes) -> None:
    check_or_refuse(read_text, data)


@QUICK
@given(st.binary(max_size=300), st.sampled_from([b"", b"<html><body><p>", b"<?xml version='1.0'?>"]))
def test_any_bytes_as_html(data: bytes, head: bytes) -> None:
    check_or_refuse(read_html, head + data)


@QUICK
@given(
    st.lists(st.sampled_from(LINES), min_size=1, max_size=14), st.sampled_from(["\n", "\n\n", "\r\n", "\r", "\u2028"])
)
def test_any_lines_as_text(lines: list[str], line_break: str) -> None:
    try:
        page, article = read_text(line_break.join(lines).encode(), Origin(name="any"))
    except PageError:
        return
    check(page, article)
    assert page.text == line_break.join(lines)


@QUICK
@given(st.lists(st.sampled_from(LINES + TAGS), min_size=1, max_size=30))
def test_any_tags_as_html(parts: list[str]) -> None:
    try:
        page, article = read_html("".join(parts).encode(), Origin(name="any"))
    except PageError:
        return
    check(page, article)
    assert read_html("".join(parts).encode(), Origin(name="any")) == (page, article)
