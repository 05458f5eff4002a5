"""Bytes in an unknown charset -> the likeliest charset. The last resort: slow, and wrong on short texts."""

from charset_normalizer import from_bytes


def guess(data: bytes) -> str | None:
    """Return the charset that makes the most sensible text of these bytes; None when none does."""
    best = from_bytes(data, steps=5, chunk_size=512, preemptive_behaviour=False, enable_fallback=False).best()
    return best.encoding if best is not None else None
