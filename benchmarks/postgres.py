"""A PostgreSQL server of its own for tests and fault runs: made in a temporary folder, on a socket, without a password.

Needs PostgreSQL's programs (Debian: `apt-get install postgresql`); they are found on PATH or where Debian puts them.
PostgreSQL refuses to run as root; root runs it as the user `postgres`.
"""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

USER = "postgres"
START_SECONDS = 30.0

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # kills of the server leave the file system's cache alone; a power cut is not tried
    "shared_buffers": "32MB",
    "max_connections": "40",
}


def programs() -> Path | None:
    """Return the folder with initdb and postgres; None where there is none."""
    found = shutil.which("initdb")
    if found and Path(found).resolve().with_name("postgres").exists():
        return Path(found).resolve().parent
    return max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), default=None)


class Server:
    """A server in a folder of its own; `close` ends it and removes the folder."""

    def __init__(self, where: Path) -> None:
        """Make and start a server with the programs in this folder."""
        self._where = where
        # Not pytest's folder: a socket's path has at most 107 characters.
        self._folder = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
        self._user = USER if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(self._folder, self._user)
        self._data = self._folder / "data"
        # USER is the superuser in any case, so that addresses are the same for everybody.
        self._call("initdb", "-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        self._names = itertools.count(1)
        self.start()

    def _call(self, program: str, *arguments: object) -> None:
        command = [str(self._where / program), *map(str, arguments)]
        done = subprocess.run(command, user=self._user, cwd=self._folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        log = (self._folder / "log").open("ab")
        self._process = subprocess.Popen(
            [self._where / "postgres", "-D", self._data, "-k", self._folder, *options],
            user=self._user,
            cwd=self._folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        until = time.monotonic() + START_SECONDS
        while True:
            try:
                psycopg.connect(self.address("postgres"), connect_timeout=1).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > until or self._process.poll() is not None:
                    raise
                time.sleep(0.05)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        # SIGQUIT is "immediate": no checkpoint, all sessions cut, recovery at the next start. After SIGKILL the other
        # processes would hold the shared memory, and the next start would have to wait for them.
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()

    def address(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://{USER}@/{database}?host={quote(str(self._folder), safe='')}"

    def fresh(self, template: str = "template1") -> str:
        """Make a database like another one, else an empty one; return its address."""
        name = f"ledger{next(self._names)}"
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
        return self.address(name)

    def close(self) -> None:
        """End the server and remove its folder."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)
