"""A list of tags on a page -> topics. Tags that a dump ran together are cut at the names that the article uses."""

import re
from collections.abc import Iterator

from onrecord.pages.furniture import tail_kind

SEPARATORS = re.compile(r"\s*[,;|\u2022\u00b7\u25cf\n\r/]\s*|\s+#|^#|\s{2,}")
INLINE = re.compile(r"(?P<head>[^:\n]{3,30}:)\s*(?P<tags>\S.*)", re.S)
MOST_TOPIC_WORDS = 4
"""Words of a tag; a longer one is several run together."""

LONGEST_NAME_WORDS = 4
MOST_TOPICS = 60


def topics_in_line(text: str) -> str | None:
    """Return the tags of a line that announces and lists them ("Tags: harbour, floods"); None for other lines."""
    found = INLINE.fullmatch(text)
    return found["tags"] if found and tail_kind(found["head"]) == "topics" else None


def split_topics(tags: str, article_text: str) -> list[str]:
    """Return the single tags of a list.

    Args:
        tags: the words of the list, with its separators where it has any.
        article_text: the text in which names are looked for, to cut "harbour board Ana Reyes" in two.
    """
    found: list[str] = []
    known = " ".join(article_text.casefold().split())
    for part in SEPARATORS.split(tags):
        part = part.strip(" .*-\u2013\u2014>")
        if not part:
            continue
        found += _names(part.split(), known) if len(part.split()) > MOST_TOPIC_WORDS else [part]
    return list(dict.fromkeys(found))[:MOST_TOPICS]


def _names(words: list[str], known: str) -> Iterator[str]:
    """Yield the longest runs of words that the article has in this order; a word that it lacks stands alone."""
    index = 0
    while index < len(words):
        size = next(
            (n for n in range(LONGEST_NAME_WORDS, 1, -1) if " ".join(words[index : index + n]).casefold() in known), 1
        )
        yield " ".join(words[index : index + size])
        index += size
