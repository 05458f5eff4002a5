"""Who may do what: users with roles in a file beside the ledger, and their sessions in another one.

Passwords are kept as argon2id hashes, sessions as hashes of their ids: who reads the files can sign in as nobody. A
ledger without users has one person, the one at this machine, who may do everything; it is served on loopback only.
"""

import hashlib
import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal, TypeVar

import msgspec
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from onrecord.asking import reviewer
from onrecord.errors import WebError
from onrecord.ledger.review import check_reviewer
from onrecord.records import Record

Role = Literal["anyone", "reader", "reviewer", "admin"]
"""What a route needs. anyone: also without signing in."""

RANK: dict[Role, int] = {"anyone": 0, "reader": 1, "reviewer": 2, "admin": 3}
"""Each role may do what those before it may."""

COOKIE = "onrecord"

SESSION_SECONDS = 12 * 3_600.0
"""Seconds from signing in to its end: a working day."""

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 1_024
"""Characters (NIST SP 800-63B asks for 8 at least; hashing a longer one than this only costs time)."""

R = TypeVar("R", bound=msgspec.Struct)


class User(Record, frozen=True, kw_only=True):
    """Somebody who may sign in. password is the argon2id hash; "" for the person at this machine."""

    name: str
    role: Role
    password: str = ""


class Session(Record, frozen=True, kw_only=True):
    """Somebody who has signed in. id is the SHA-256 of what the cookie holds, began in seconds since 1970.

    password is the user's hash at that time: with a new password old sessions end.
    """

    id: str
    name: str
    began: float
    password: str


class UserFile(msgspec.Struct, frozen=True):
    """The file of users."""

    users: tuple[User, ...] = ()


class SessionFile(msgspec.Struct, frozen=True):
    """The file of sessions."""

    sessions: tuple[Session, ...] = ()


def may(user: User | None, role: Role) -> bool:
    """Say whether a user, or nobody, has a role."""
    return RANK[role] <= (RANK[user.role] if user is not None else 0)


def users_file(db: str) -> Path:
    """Return the file of users beside a ledger; in this folder for a ledger on a server."""
    return Path("onrecord.users" if "://" in db else f"{db}.users")


class Users:
    """The users and sessions of one ledger. Both files are read again when they change."""

    def __init__(self, file: Path, *, clock: Callable[[], float] = time.time, hasher: PasswordHasher | None = None):
        self._file, self._clock = file, clock
        self._sessions = file.with_name(f"{file.name}.sessions")
        self._hasher = hasher or PasswordHasher()
        self._lock = threading.Lock()
        self._kept: dict[Path, tuple[tuple[int, int], msgspec.Struct]] = {}
        # Of no password: checked for names that do not exist, so that both take the same time.
        self._nobody = self._hasher.hash(secrets.token_hex())

    def all(self) -> tuple[User, ...]:
        """Return the users."""
        return self._read(self._file, UserFile).users

    def add(self, name: str, role: Role, password: str) -> User:
        """Add a user, or give one another role and password; sessions of before end.

        Raises:
            WebError: a password that is too short or too long.
            ReviewError: no name.
        """
        if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            says = f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD:,} characters, not {len(password):,}"
            raise WebError(f"{says}; give another", status=400)
        made = User(name=check_reviewer(name), role=role, password=self._hasher.hash(password))
        with self._lock:
            others = [user for user in self.all() if user.name != made.name]
            self._write(self._file, UserFile((*others, made)))
        return made

    def remove(self, name: str) -> None:
        """Take a user away; raise WebError where there is none."""
        with self._lock:
            others = tuple(user for user in self.all() if user.name != name)
            if len(others) == len(self.all()):
                raise WebError(f"{name[:40]!r}: no such user; {self._file} names them", status=404)
            self._write(self._file, UserFile(others))

    # --- sessions

    def sign_in(self, name: str, password: str, *, before: str | None = None) -> str:
        """Return the id of a new session, for the cookie; the one of before ends.

        Raises:
            WebError: name and password do not fit; it does not say which.
        """
        user = next((user for user in self.all() if user.name == name), None)
        fits = len(password) <= LONGEST_PASSWORD and self._fits(user.password if user else self._nobody, password)
        if user is None or not fits:
            raise WebError("name or password is wrong; type both again", status=403)
        made = secrets.token_urlsafe(32)
        session = Session(id=_hashed(made), name=user.name, began=self._clock(), password=user.password)
        self._keep(lambda sessions: [*(one for one in sessions if one.id != _hashed(before or "")), session])
        return made

    def sign_out(self, cookie: str | None) -> None:
        """End a session."""
        self._keep(lambda sessions: [one for one in sessions if one.id != _hashed(cookie or "")])

    def end_sessions(self, name: str) -> None:
        """End all sessions of a user."""
        self._keep(lambda sessions: [one for one in sessions if one.name != name])

    def sessions(self) -> tuple[Session, ...]:
        """Return the sessions that have not ended."""
        return tuple(filter(self._lasts, self._read(self._sessions, SessionFile).sessions))

    def of(self, cookie: str | None) -> User | None:
        """Return who a cookie is; without users the person at this machine; None for nobody."""
        users = self.all()
        if not users:
            return User(name=reviewer(), role="admin")
        if cookie is None:
            return None
        wanted = _hashed(cookie)
        session = next((one for one in self.sessions() if one.id == wanted), None)
        if session is None:
            return None
        return next((one for one in users if one.name == session.name and one.password == session.password), None)

    def _fits(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _lasts(self, session: Session) -> bool:
        return 0 <= self._clock() - session.began < SESSION_SECONDS

    def _keep(self, change: Callable[[list[Session]], list[Session]]) -> None:
        with self._lock:
            self._write(self._sessions, SessionFile(tuple(change(list(self.sessions())))))

    # --- files

    def _read(self, file: Path, kind: type[R]) -> R:
        """Return what a file holds; an empty one where there is none.

        Raises:
            WebError: it cannot be read, or holds something else.
        """
        try:
            there = file.stat()
            state = (there.st_mtime_ns, there.st_ino)
            kept = self._kept.get(file)
            if kept is None or kept[0] != state:
                kept = (state, msgspec.json.decode(file.read_bytes(), type=kind))
                self._kept[file] = kept
        except FileNotFoundError:
            return kind()
        except (OSError, msgspec.DecodeError) as err:
            raise WebError(f"{file}: {err}; mend the file or take it away", status=503) from err
        return kept[1]  # type: ignore[return-value]  # of this kind, as decoded above

    def _write(self, file: Path, what: msgspec.Struct) -> None:
        """Put a file in the place of the one before; nobody else may read it."""
        beside = file.with_name(f".{file.name}.{os.getpid()}.part")
        try:
            descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(msgspec.json.format(msgspec.json.encode(what), indent=1))
            beside.replace(file)
        except OSError as err:
            raise WebError(f"{file}: {err.strerror}; give a folder that may be written", status=503) from err
        finally:
            beside.unlink(missing_ok=True)


def _hashed(cookie: str) -> str:
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()
