"""Words of the world: cues, outcomes, furniture phrases, titles; one row each, in the .tsv files beside this module.

The first line of a file names its columns, the last of which is `comment`. Lines that start with # and blank lines
are skipped. A row must be right for news in general; none names a person, place or outlet of a test page.
"""

from functools import cache
from importlib.resources import files

from onrecord.errors import LexiconError


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of lexicon/NAME.tsv in file order, each a mapping from column to text ("" when empty).

    Raises:
        LexiconError: no such file, or a row with more cells than columns.
    """
    path = files(__name__).joinpath(f"{name}.tsv")
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as err:
        raise LexiconError(f"lexicon/{name}.tsv: no such file; see docs/lexicons.md for their names") from err
    numbered = [
        (number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip() and not line.startswith("#")
    ]
    columns = numbered[0][1].rstrip("\r").split("\t")
    found = []
    for number, line in numbered[1:]:
        cells = line.rstrip("\r").split("\t")
        if len(cells) > len(columns):
            raise LexiconError(
                f"lexicon/{name}.tsv line {number}: {len(cells)} cells, but {len(columns)} columns; remove a tab"
            )
        found.append(dict(zip(columns, cells + [""] * (len(columns) - len(cells)), strict=True)))
    return tuple(found)


@cache
def words(name: str, column: str = "words") -> frozenset[str]:
    """Return the values of one column of lexicon/NAME.tsv, lower case."""
    return frozenset(row[column].lower() for row in rows(name) if row[column])
