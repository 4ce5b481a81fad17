"""A command's office file, the officer who signs in for it, and the JSON or the lines that it writes.

This module imports little: an installer waits for the commands that it runs, which open no office.
"""

import os
import socket
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import load_station
from ult_desktop.base.late import late
from ult_desktop.base.paths import journal_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ult_desktop.base.config import StationConfig
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.db.store import clock, engines, moved, server_address
    from ult_desktop.operations.office import moving, office as offices, office_files
    from ult_desktop.operations.office.office import Office
else:
    engines, moved = late("ult_desktop.db.store.engines"), late("ult_desktop.db.store.moved")
    server_address = late("ult_desktop.db.store.server_address")
    moving = late("ult_desktop.operations.office.moving")
    offices = late("ult_desktop.operations.office.office")
    office_files = late("ult_desktop.operations.office.office_files")

UNEXPLAINED = "ult_desktop.deviations"
"""The key in click's context of the deviations, in words, that the act left without a reason."""

_ACTOR = "ult_desktop.actor"
"""The key in click's context of the officer who signed in for the running command."""

PASSWORD_VARIABLE = "ULT_PASSWORD"  # noqa: S105  (the name of a variable)


class OfficePath(click.Path):
    """The path of an office file, or the address of a server with an office."""

    def __init__(self, *, dir_okay: bool = False) -> None:
        super().__init__(path_type=Path, dir_okay=dir_okay)

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return super().convert(server_address.office_at(str(value)), param, ctx)


def database_option() -> click.Option:
    return click.Option(
        ["--database"],
        type=OfficePath(),
        envvar="ULT_DATABASE",
        callback=_default_to_this_pc,
        help="Berkas kantor; bawaan: kantor PC ini.",
    )


def _default_to_this_pc(ctx: click.Context, option: click.Parameter, named: Path | None) -> Path:
    if named is not None:
        return named
    config = load_station()
    if not config.database:
        raise click.MissingParameter(ctx=ctx, param=option)
    return office_path(None, config)


def office_path(named: Path | None, config: "StationConfig") -> Path:
    """Return the office file that was named, or this PC's own. Raises UserError where there is neither."""
    if named is None and not config.database:
        raise UserError(
            _("Berkas kantor belum disebut."),
            todo=_("Siapkan PC ini: `ult-desktop setup`, atau tambahkan --database."),
        )
    return (named or server_address.office_at(config.database)).absolute()


def json_option() -> click.Option:
    return click.Option(["--json", "as_json"], is_flag=True, help="Satu objek JSON per hasil.")


def officer_option() -> click.Option:
    return click.Option(
        ["--officer", "by_login"],
        default="admin",
        show_default=True,
        envvar="ULT_OFFICER",
        help=f"Nama masuk petugas; kata sandi ditanyakan atau dari {PASSWORD_VARIABLE}.",
    )


def station_name() -> str:
    return f"{socket.gethostname()}-cli"


def share_clock(database: Path) -> "clock.ShareClock":
    """Return the clock of the computer that keeps the office file, ready to be read."""
    measured_clock = engines.clock_of(database, station_name())
    measured_clock.measure()
    return measured_clock


@contextmanager
def open_office(database: Path, *, follow: bool = True) -> "Iterator[Office]":
    """Open the office for one command; one that has moved is opened at its new place, if `follow` is set.

    Raises:
        UserError: it cannot be opened.
    """
    journal = journal_path(station_name())
    try:
        office = _open(database, journal)
    except moved.OfficeMoved as gone:
        if not follow:
            raise
        click.echo(gone.what, err=True)
        office = _open(moving.follow_moves(database), journal)
    try:
        yield office
    finally:
        office.close()


def _open(database: Path, journal: Path) -> "Office":
    office_files.require_trusted_location(database, journal.parent)
    office = offices.Office(database, station_name(), journal)
    # An office whose locks this PC's stations found wrong can be read; it takes no change from here.
    office.halt(office_files.location_distrust(database, journal.parent))
    return office


def ask_password() -> str:
    """Read the password from the environment, or by a prompt without echo."""
    password = os.environ.get(PASSWORD_VARIABLE)
    return click.prompt(_("Kata sandi"), hide_input=True, err=True) if password is None else password


def sign_in(office: "Office", login: str) -> "Actor":
    """Sign the officer in by their password; `current_actor` returns them then."""
    actor = office.sign_in(login, ask_password())
    click.get_current_context().meta[_ACTOR] = actor
    return actor


def sign_in_if_named(office: "Office", login: str) -> None:
    """Sign the officer in, unless `login` is "". Their keys and rights then open more of the office."""
    if login:
        sign_in(office, login)


def confirm(question: str, *, yes: bool) -> None:
    """Return if `yes` is set, or if the person at the terminal agrees to the question.

    Raises:
        Abort: they do not agree, or press Ctrl-C.
        UserError: nobody is there to answer.
    """
    if yes:
        return
    try:
        agreed = click.confirm(question, err=True)
    except click.Abort as aborted:
        # Click aborts for Ctrl-C and for the end of the input alike; the context is the error that it met.
        if isinstance(aborted.__context__, KeyboardInterrupt):
            raise
        raise UserError(
            _("Tidak ada yang menjawab."), _("Tidak ada yang berubah."), _("Ulangi dengan --yes.")
        ) from None
    if not agreed:
        raise click.Abort


def current_actor() -> "Actor":
    """Return the officer who signed in for the running command."""
    actor: Actor = click.get_current_context().meta[_ACTOR]
    return actor


def typed_value(name: str) -> Any:  # noqa: ANN401  (whatever the option holds)
    """Return what was typed for the parameter `name` of the running command."""
    return click.get_current_context().params[name]


def write_json(value: object) -> None:
    """Write a value as a line of JSON, with the deviations that the act left (`UNEXPLAINED`) in it."""
    context = click.get_current_context(silent=True)
    if context is not None and UNEXPLAINED in context.meta:
        value = {**msgspec.to_builtins(value), "deviations": context.meta.pop(UNEXPLAINED)}
    click.echo(msgspec.json.encode(value).decode())


def write(as_json: bool, value: object, *lines: str) -> None:
    """Write the value as JSON, or else these lines for people to read."""
    if as_json:
        write_json(value)
        return
    for line in lines:
        click.echo(line)
