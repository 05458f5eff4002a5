"""The reader model on this machine: a document -> scores per word and vectors for arcs, with onnxruntime on one thread.

Windows are run one by one without padding, so that what is read of a page never depends on another page. Nothing is
decided here: decoding.py turns scores into spans.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as state
from tokenizers import Tokenizer

from onrecord.errors import ModelError
from onrecord.reading.model_folder import FOLDER, read_settings
from onrecord.reading.model_input import PieceTable, Window, Words, pieces_of, windows_of, words_of
from onrecord.reading.model_layers import ARC_WIDTH, ARCS, WIDTH
from onrecord.reading.sentences import Document

LIMIT = 192
"""Word pieces of a window, as in training."""

START, END = 101, 102
"""Ids of [CLS] and [SEP], which stand around every window in training."""

Array = np.ndarray[Any, Any]
LOAD_ERRORS = (state.Fail, state.InvalidArgument, state.InvalidGraph, state.InvalidProtobuf, state.RuntimeException)
"""What onnxruntime raises for bytes that are no model; its errors have no common base."""


class Scores(msgspec.Struct, frozen=True):
    """What the model says of a document: for its W words, scores of all classes and vectors of heads and tails."""

    words: Words
    classes: Array  # [W, all classes]
    heads: Array  # [W, arcs, width]
    tails: Array  # [W, arcs, width]


class ReaderModel:
    """One loaded model; make it with `load_model`."""

    def __init__(self, folder: Path) -> None:
        self.settings = read_settings(folder)
        try:
            weights = (folder / "model.onnx").read_bytes()
            words = (folder / "tokenizer.json").read_text(encoding="utf-8")
        except OSError as err:
            raise ModelError(f"the reader model is not whole: {err.filename}: {err.strerror}; install again") from err
        self._tokenizer = Tokenizer.from_str(words)
        self._known: dict[str, tuple[int, ...]] = {}
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        try:
            self._session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
        except LOAD_ERRORS as err:
            raise ModelError(f"{folder / 'model.onnx'} cannot be loaded: {err}; install again, or --no-model") from err

    def pieces(self, document: Document, words: Words) -> PieceTable:
        """Return the word pieces of the words of a document."""
        return pieces_of(document.text, words, self._tokenizer, self._known)

    def scores(self, document: Document) -> Scores:
        """Run the model over a document."""
        words = words_of(document)
        return self.scores_of(words, self.pieces(document, words))

    def scores_of(self, words: Words, table: PieceTable) -> Scores:
        """Run the model over the words of a document."""
        count = len(words)
        classes = np.zeros((count, WIDTH), dtype=np.float32)
        heads, tails = (np.zeros((count, len(ARCS), ARC_WIDTH), dtype=np.float32) for _ in range(2))
        for window, inputs in self.windows(words, table):
            found = self.run(inputs)
            at = np.asarray(table.first[window.first : window.last]) - table.first[window.first] + 1
            own = slice(window.first, window.last)
            classes[own] = found[0][0, at]
            heads[own] = found[1][0, at].reshape(len(at), len(ARCS), ARC_WIDTH)
            tails[own] = found[2][0, at].reshape(len(at), len(ARCS), ARC_WIDTH)
        return Scores(words, classes, heads, tails)

    def windows(self, words: Words, table: PieceTable) -> Iterator[tuple[Window, dict[str, Array]]]:
        """Yield the windows of the words with what the encoder takes in for each."""
        features = _Features(words, table)
        for window in windows_of(words, table, LIMIT - 2):
            yield window, features.of(window)

    def run(self, inputs: dict[str, Array]) -> list[Array]:
        """Return classes, heads and tails of the pieces of one window, as the encoder gives them."""
        found: list[Array] = self._session.run(None, inputs)
        return found


class _Features:
    """The inputs of the whole document by piece, from which windows are cut."""

    def __init__(self, words: Words, table: PieceTable) -> None:
        first = np.asarray(table.first)
        lengths = np.diff(first)
        self._first = first
        self._ids = np.asarray(table.ids, dtype=np.int64)
        self._values = [
            np.repeat(np.asarray(values, dtype=np.int64) + 1, lengths)
            for values in (words.cases, words.quotes, words.places)
        ]

    def of(self, window: Window) -> dict[str, Array]:
        """Return the inputs of one window, with a start and an end around it."""
        low, high = int(self._first[window.first]), int(self._first[window.last])
        ids = np.concatenate(([START], self._ids[low:high], [END]))
        values = [np.concatenate(([0], part[low:high], [0])) for part in self._values]
        mask = np.ones((1, len(ids)), dtype=np.float32)
        return {
            "pieces": ids[None],
            "cases": values[0][None],
            "quotes": values[1][None],
            "places": values[2][None],
            "mask": mask,
        }


@cache
def load_model(folder: Path = FOLDER) -> ReaderModel:
    """Return the model of a folder, loaded once per process.

    Raises:
        ModelError: a file is missing or does not fit this version.
    """
    return ReaderModel(folder)
