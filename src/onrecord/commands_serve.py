"""What `onrecord serve` does: users are added or taken away, else the ledger is served until interrupted."""

import sys
from typing import Any

import click

from onrecord.web.app import Settings, serve
from onrecord.web.users import Users, users_file


def run(db: str, given: dict[str, Any]) -> None:
    """Do what the options say.

    Raises:
        WebError: a password that does not fit, no such user, or an address that needs users.
        LedgerError: the ledger cannot be opened.
    """
    settings = Settings(
        hosts=tuple(given["allow_host"]),
        https=given["behind_https"],
        users=given["users"],
        allow_private=given["allow_private"],
    )
    users = Users(settings.users or users_file(db))
    if given["role"] and not given["add_user"]:
        raise click.UsageError("--role says what a user may do; give --add-user NAME too")
    if given["add_user"]:
        add_user(users, given["add_user"], given["role"])
    elif given["remove_user"]:
        users.remove(given["remove_user"])
        click.echo(f"{given['remove_user']} is no user any more", err=True)
    else:
        host, port = given["host"], given["port"]
        click.echo(f"http://{f'[{host}]' if ':' in host else host}:{port}/ serves {db}; Ctrl-C ends it", err=True)
        serve(db, host=host, port=port, settings=settings)


def add_user(users: Users, name: str, role: Any) -> None:
    """Ask for a password and add the user; where nobody can answer it is the first line of standard input."""
    if role is None:
        raise click.UsageError("--add-user needs --role reader, reviewer or admin")
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    made = users.add(name, role, password)
    click.echo(f"{made.name} may sign in as {made.role}", err=True)
