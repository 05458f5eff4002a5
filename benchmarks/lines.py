"""JSON lines -> records, with the line named where one has another format. The loaders of the sets share it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

Line = TypeVar("Line", bound=msgspec.Struct)


class Named(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str:
        """Return the id."""
        ...


def load_lines(path: Path, kind: type[Line], first: int | None = None) -> list[Line]:
    """Return the lines of a JSON lines file, or the first of them; empty lines are passed over.

    Raises:
        ValueError: a line has another format; the message names it.
    """
    found: list[Line] = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if first is not None and len(found) >= first:
            break
        if line.strip():
            try:
                found.append(msgspec.json.decode(line, type=kind))
            except msgspec.DecodeError as err:
                raise ValueError(f"{path} line {number}: {err}") from err
    return found


def check_ids(path: Path, found: Sequence[Named]) -> None:
    """Say no when an id stands twice.

    Raises:
        ValueError: it does; the message names the id.
    """
    seen: set[str] = set()
    for record in found:
        if record.id in seen:
            raise ValueError(f"{path}: {record.id} stands twice; put all of a page in one line, give each an id")
        seen.add(record.id)
