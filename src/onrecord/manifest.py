"""What a person gives to be read (files, addresses, standard input, manifests) -> one `Given` per page -> its bytes.

Names every page (the manifest's id, else its URL, else its file name), unpacks gzip, keeps to the size limit and says
in one line what cannot be opened. It does not decode, look into pages or fetch them.
"""

import gzip
import os
import re
import stat
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import FetchError, ManifestError, UnreadableError
from onrecord.pages.decode import LARGEST_PAGE_BYTES
from onrecord.records import Origin, Problem, Record

DEMO = Path(__file__).parent / "demo" / "manifest.jsonl"
"""The sample pages that come with the package."""

MediaType = Literal["auto", "html", "text"]

GZIP = b"\x1f\x8b"
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
ENDINGS = re.compile(r"(?<=.)\.(?:txt|html?)(?:\.gz)?$", re.IGNORECASE)
DATE = re.compile(
    r"\d{4}(?:-\d\d)?[~?%]?"  # EDTF: a year or a month, perhaps approximate or uncertain
    r"|(\d{4}-\d\d-\d\d)(?:[~?%]|[Tt ]([01]\d|2[0-3]):[0-5]\d(?::[0-6]\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)?)?"
)
SURROGATE = re.compile(r"[\ud800-\udfff]")


class Given(Record, frozen=True, kw_only=True):
    """One page to read. Without a path, address, data or a problem it stands on standard input.

    A problem beside a path or data is reported and the page is read all the same. address is where the page, or a list
    of pages, is to be fetched.
    """

    origin: Origin
    path: Path | None = None
    address: str | None = None
    data: bytes | None = None
    problem: Problem | None = None


class ManifestLine(msgspec.Struct, frozen=True):
    """One line of a manifest; other fields are left alone. text is the page itself, in place of path.

    captured is when the page was saved, which dates a later version of it that gives no date of its own.
    """

    path: str | None = None
    text: str | None = None
    id: str | int | None = None
    url: str | None = None
    outlet: str | None = None
    published: str | None = None
    title: str | None = None
    captured: str | None = None


def is_date(text: str) -> bool:
    """Say whether a date of publication is RFC 3339 or EDTF: 2025, 2025-07, 2025-07-04, 2025-07-04T09:30:00Z."""
    found = DATE.fullmatch(text)
    if found is None:
        return False
    try:
        date.fromisoformat(found[1] or f"{text[:7]}-01" if len(text) > 6 else f"{text[:4]}-01-01")
    except ValueError:
        return False
    return True


def clean(text: str) -> str:
    """Return the text with U+FFFD for each lone surrogate (bytes of a file name that are not UTF-8)."""
    return SURROGATE.sub("\ufffd", text)


# --- what is given -------------------------------------------------------------------------------------------------


def given_pages(places: Iterable[str], manifest: Path | None = None, *, media_type: MediaType = "auto") -> list[Given]:
    """Return the pages of the manifest and of the places, in this order, each with a name of its own.

    Args:
        places: file names, addresses and "-" for standard input.
        manifest: a file of JSON lines.
        media_type: what the pages are said to be.

    Raises:
        ManifestError: the manifest cannot be used at all.
    """
    given = read_manifest(manifest) if manifest else []
    given += [_place(place) for place in places]
    given = [_with(page, media_type=media_type) for page in given]
    names = distinct_names(
        [page.path for page in given if page.path and not page.origin.name],
        taken=frozenset(page.origin.name for page in given),
    )
    return [page if page.origin.name or not page.path else _with(page, name=names[page.path]) for page in given]


def read_manifest(manifest: Path) -> list[Given]:
    """Return the pages of a manifest in its order; a page that only its file names has the name "".

    A line that cannot be used becomes a page with a problem.

    Raises:
        ManifestError: the file cannot be read, or none of its lines can be used.
    """
    shown = clean(str(manifest))
    try:
        data = manifest.read_bytes()
    except OSError as err:
        raise ManifestError(f"{shown}: {err.strerror}; give a file of JSON lines, each with a path") from err
    lines = [(n, line) for n, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1) if line.strip()]
    given = [_line(manifest, number, line) for number, line in lines]
    if not given:
        raise ManifestError(f"{shown}: no lines; give a file of JSON lines, each with a path")
    wrong = [page.problem for page in given if page.problem and not _is_there(page)]
    if len(wrong) == len(given):
        raise ManifestError(wrong[0].says)
    return given


def _is_there(page: Given) -> bool:
    return page.path is not None or page.data is not None or page.address is not None


def _line(manifest: Path, number: int, line: bytes) -> Given:
    """Return the page that one line of a manifest names."""
    where = f"{clean(str(manifest))} line {number}"
    nameless = f"{clean(manifest.name)} line {number}"
    try:
        fields = msgspec.json.decode(line, type=ManifestLine)
    except msgspec.ValidationError as err:
        return _failed(nameless, f'{where}: {err}; write one object a line, such as {{"path": "page.txt"}}')
    except msgspec.DecodeError as err:
        return _failed(nameless, f'{where}: not JSON ({err}); write one object a line, such as {{"path": "page.txt"}}')
    origin = Origin(
        name=str(fields.id) if fields.id not in (None, "") else fields.url or "",
        id=str(fields.id) if fields.id not in (None, "") else None,
        url=fields.url,
        outlet=fields.outlet,
        published=fields.published,
        title=fields.title,
        captured=fields.captured,
    )
    problem = None
    dates = {"published": fields.published, "captured": fields.captured}
    wrong = {name: given for name, given in dates.items() if given is not None and not is_date(given)}
    if wrong:
        shown = " and ".join(f"{name} {given!r}" for name, given in wrong.items())
        says = f"{where}: {shown} is no date, read without; write it as 2025-07-04"
        problem = Problem(kind="unreadable", says=says)
        origin = msgspec.structs.replace(origin, **dict.fromkeys(wrong))
    if fields.text is not None:
        origin = msgspec.structs.replace(origin, name=origin.name or nameless, charset="utf-8")
        return Given(origin=origin, data=fields.text.encode(), problem=problem)
    address = fields.path if fields.path and ADDRESS.match(fields.path) else fields.url
    if address and (not fields.path or address == fields.path):
        origin = msgspec.structs.replace(origin, name=origin.name or address)
        return Given(origin=origin, address=address, problem=problem)
    if not fields.path:
        return _failed(origin.name or nameless, f'{where}: no "path"; name the file of the page, beside the manifest')
    beside, here = manifest.parent / fields.path, Path(fields.path)
    return Given(
        origin=origin, path=here if os.path.exists(here) and not os.path.exists(beside) else beside, problem=problem
    )


def _place(place: str) -> Given:
    """Return the page that an argument of the command line names."""
    if place == "-":
        return Given(origin=Origin(name="stdin"))
    if ADDRESS.match(place):
        return Given(origin=Origin(name=clean(place), url=clean(place)), address=clean(place))
    return Given(origin=Origin(name=""), path=Path(place))


def _failed(name: str, says: str) -> Given:
    return Given(origin=Origin(name=name), problem=Problem(kind="unreadable", says=says))


def _with(page: Given, **changes: str) -> Given:
    """Return the page with other values in its origin."""
    return msgspec.structs.replace(page, origin=msgspec.structs.replace(page.origin, **changes))


# --- names ---------------------------------------------------------------------------------------------------------


def page_name(path: Path) -> str:
    """Return a file's name without folders and without .txt, .html, .htm and .gz after these."""
    return clean(ENDINGS.sub("", path.name) or str(path))


def distinct_names(paths: Sequence[Path], taken: frozenset[str] = frozenset()) -> dict[Path, str]:
    """Return a name for each file: its bare name; where two collide, with its folder, then its ending, then more.

    The same file given twice has one name. Names in `taken` are not given again.
    """
    open_ = {path: _longer_names(Path(os.path.abspath(path))) for path in paths}
    names: dict[Path, str] = {}
    given = set(taken)
    while open_:
        tried = {path: next(longer, clean(str(path))) for path, longer in open_.items()}
        count = Counter({(name, os.path.abspath(path)): 1 for path, name in tried.items()}.keys())
        files = Counter(name for name, _ in count)
        done = {path: name for path, name in tried.items() if (files[name] == 1 and name not in given)}
        # Past the whole path nothing is left to try: two spellings of a name that differ in lost bytes stay the same.
        if not done and all(name == clean(str(path)) for path, name in tried.items()):
            done = tried
        names |= done
        given |= set(done.values())
        open_ = {path: longer for path, longer in open_.items() if path not in done}
    return names


def _longer_names(path: Path) -> Iterator[str]:
    """Yield page, folder/page, folder/page.txt, folder/folder/page.txt and so on."""
    folders = [clean(part) for part in path.parts[1:-1]]
    yield page_name(path)
    if folders:
        yield f"{folders[-1]}/{page_name(path)}"
    for depth in range(1, len(folders) + 1):
        yield "/".join([*folders[-depth:], clean(path.name)])


# --- bytes ---------------------------------------------------------------------------------------------------------


def load(given: Given) -> bytes:
    """Return the bytes of a page, unpacked, at most LARGEST_PAGE_BYTES + 1 (so that the reader sees the excess).

    Raises:
        UnreadableError: there is no such file, it may not be opened, is not a file, or is damaged.
        FetchError: it is to be fetched, which is not done here.
    """
    if given.data is not None:
        return given.data
    if given.address is not None:
        raise FetchError(f"{given.address}: not fetched here; save the page and give its file")
    shown = "standard input" if given.path is None else clean(str(given.path))
    try:
        data = _read_stdin() if given.path is None else _read_file(given.path, shown)
    except (OSError, ValueError) as err:
        reason = getattr(err, "strerror", None) or str(err)
        raise UnreadableError(f"{shown}: {reason}; give a file that can be read") from err
    if data.startswith(GZIP) and len(data) <= LARGEST_PAGE_BYTES:
        return unpack(data, shown)
    return data


def _read_stdin() -> bytes:
    if sys.stdin is None:
        raise ValueError("closed")
    return sys.stdin.buffer.read(LARGEST_PAGE_BYTES + 1)


def _read_file(path: Path, shown: str) -> bytes:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise UnreadableError(f"{shown}: a folder, not a page; give the files in it")
    # Opening a named pipe waits until somebody writes to it, perhaps for ever.
    if not stat.S_ISREG(mode):
        raise UnreadableError(f"{shown}: a pipe or device, not a file; send the page to standard input and give -")
    with path.open("rb") as file:
        return file.read(LARGEST_PAGE_BYTES + 1)


def unpack(data: bytes, shown: str) -> bytes:
    """Return what a gzip file holds, at most LARGEST_PAGE_BYTES + 1; raise UnreadableError where it is damaged."""
    try:
        return gzip.GzipFile(fileobj=BytesIO(data)).read(LARGEST_PAGE_BYTES + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as err:
        raise UnreadableError(f"{shown}: damaged gzip file ({err}); save the page again") from err
