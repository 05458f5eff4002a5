"""Sentence ends, tokens, and quotation marks that pair."""

import pytest

from onrecord.reading.sentences import LONGEST_SENTENCE, document_of, quotations, sentence_spans, tokens


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


def inner(text: str) -> list[str]:
    return [text[q.inner_start : q.inner_end] for q in quotations(text, 0, len(text))]


ENDS = [
    ("It rained. It stopped.", ["It rained.", "It stopped."]),
    ("Mr. Torv left. He slept.", ["Mr. Torv left.", "He slept."]),
    ("Sgt. A. Torv left.", ["Sgt. A. Torv left."]),
    ("The U.S. army left.", ["The U.S. army left."]),
    ("He is from the U.S. The army left.", ["He is from the U.S.", "The army left."]),
    ("It rose 1.5 metres. It fell.", ["It rose 1.5 metres.", "It fell."]),
    ("It was closed.The mayor left.", ["It was closed.", "The mayor left."]),
    ("It rose to 34.The mayor left.", ["It rose to 34.", "The mayor left."]),
    ("He visits example.com often.", ["He visits example.com often."]),
    ("“Is it safe?” asked Torv.", ["“Is it safe?” asked Torv."]),
    ("“It is safe!” she said. He left.", ["“It is safe!” she said.", "He left."]),
    ("“We waited. Nobody came,” he said.", ["“We waited.", "Nobody came,” he said."]),
    ("It rained… He left.", ["It rained…", "He left."]),
]


@pytest.mark.parametrize(("text", "expected"), ENDS)
def test_sentences_end_at_stops_that_end_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


PAIRS = [
    ("“It is safe,” he said.", ["It is safe,"]),
    ('"It is safe," he said. "Go."', ["It is safe,", "Go."]),
    ("''It is safe,'' he said. ''Go.''", ["It is safe,", "Go."]),
    ("``It is safe,'' he said.", ["It is safe,"]),
    ("‘It is safe,’ he said.", ["It is safe,"]),
    ("'It is safe,' he said.", ["It is safe,"]),
    ("«It is safe», he said.", ["It is safe"]),
    ("“He said ‘stop’ to me,” she said.", ["He said ‘stop’ to me,", "stop"]),
    ("It's the drivers' road, don't go.", []),
    ("the ’90s were wet", []),
    ("“It is safe. We go on", ["It is safe. We go on"]),
    ('"It is safe. We go on', ["It is safe. We go on"]),
    ('“It is safe," he said.', ["It is safe,"]),
]


@pytest.mark.parametrize(("text", "expected"), PAIRS)
def test_quotation_marks_pair(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_unclosed_quotation_says_so() -> None:
    assert [q.closed for q in quotations("“It is safe. We go on", 0, 21)] == [False]


def test_possessive_is_a_token_of_its_own() -> None:
    assert [token.text for token in tokens("Torv’s 14-year-old isn't", 0, 24)] == ["Torv", "’s", "14-year-old", "isn't"]


def test_no_sentence_crosses_a_block() -> None:
    document = document_of("A headline without a stop\n\nIt rained.")
    assert [document.text[s.start : s.end] for s in document.sentences] == ["A headline without a stop", "It rained."]


def test_run_without_a_stop_is_cut_at_a_blank() -> None:
    text = "five homes burned and " * 300
    spans = sentence_spans(text, 0, len(text))
    assert max(end - start for start, end in spans) <= LONGEST_SENTENCE
    assert " ".join(text[start:end] for start, end in spans) == text.strip()


def test_run_without_a_blank_is_cut() -> None:
    text = "x" * (2 * LONGEST_SENTENCE + 5)
    assert "".join(text[start:end] for start, end in sentence_spans(text, 0, len(text))) == text
