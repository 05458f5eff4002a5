"""A reading -> its page's text for the terminal, the role of each block in the margin. Reads and prints nothing."""

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.records import Block, Reading
from onrecord.tables import heading, one_line

MARGIN_WIDTH = 24
"""Characters of the widest margin: "furniture: navigation"."""

STRONG = frozenset({"headline", "subhead"})
LONGEST_SHOWN = 4_000
"""Characters of a block that are shown."""


def page_with_roles(reading: Reading) -> RenderableType:
    """Return the page's text with roles in the margin; furniture is dim, posts and live entries have their own line."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(max_width=MARGIN_WIDTH, style="dim", no_wrap=True)
    grid.add_column(overflow="fold", ratio=1)
    if reading.page is None or reading.article is None:
        return grid
    text, article = reading.page.text, reading.article
    begins = {post.start: f"post by {post.author or 'unknown'}" for post in article.posts}
    begins |= {entry.start: f"entry of {entry.published or 'unknown time'}" for entry in article.entries}
    grid.add_row("", heading(reading))
    for block in article.blocks:
        if block.start in begins:
            grid.add_row("", Text(one_line(begins[block.start]), style="italic"))
        grid.add_row(margin(block), _words(text, block))
    return grid


def margin(block: Block) -> str:
    """Return what the margin says of a block: "body", "furniture: ad"."""
    role = block.role.replace("_", " ")
    return f"{role}: {block.kind}" if block.kind else role


def _words(text: str, block: Block) -> Text:
    words = one_line(text[block.start : min(block.end, block.start + LONGEST_SHOWN)])
    style = "bold" if block.role in STRONG else "dim" if block.role == "furniture" else ""
    return Text(words, style=style)
