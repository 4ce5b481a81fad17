"""Commands made from asks: one option for each field, so that no operation is missing or named twice."""

import datetime
import types
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import click
import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.cli.session import (
    database_option,
    json_option,
    officer_option,
    open_office,
    service_id,
    sign_in,
    ticket_id,
    write_json,
)
from ult_desktop.cli.words import STAMPS, reading
from ult_desktop.core.command import Command
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as rows
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office

Resolve = Callable[[Office, Any], Any]
TIME_FORMAT = "%Y-%m-%d %H:%M"
_OTHER_FLAGS = {"officer": "for-officer", "help": "help-wanted"}  # --officer is who acts, --help is click's


def officer_named(office: Office, login: str) -> int:
    """Raises UserError when nobody has this login."""
    found = office.read(lambda tx: officers.find(tx, login))
    if found is None:
        raise UserError(f"Petugas “{login}” tidak ada.", todo="Lihat daftarnya: officer list.")
    return found.id


def visit_named(office: Office, text: str) -> int:
    """A visit by its id, or by today's number ("A012"). Raises UserError when there is none."""
    if text.isascii() and text.isdigit():
        return int(text)
    number = ticket_id(office, text)
    found = office.read(lambda tx: visits.of_ticket(tx, number))
    if found is None:
        raise UserError(f"Nomor {text} belum punya kunjungan.", todo="Mulai layani nomor itu dulu.")
    return found.id


def moment_named(office: Office, when: datetime.datetime) -> int:
    """The office's own wall clock as a stamp."""
    return to_stamp(when.replace(tzinfo=office.read(rows.zone)))


RESOLVERS: dict[str, Resolve] = {
    "officer_id": officer_named,
    "to_officer_id": officer_named,
    "service_id": service_id,
    "visit_id": visit_named,
    "at": moment_named,
}


def add_commands(
    group: click.Group,
    commands: Sequence[tuple[str, type[Command], str]],
    resolvers: Mapping[str, Resolve] | None = None,
) -> None:
    """Name, ask and help of each command of `group`."""
    for name, command, words in commands:
        add_command(group, name, command, words, resolvers)


def add_command(
    group: click.Group,
    name: str,
    ask: type[Command],
    words: str,
    resolvers: Mapping[str, Resolve] | None = None,
) -> None:
    """Add `name` to `group`: it performs `ask` as the officer and writes the answer.

    Fields without a default are arguments, the others options; `resolvers` turn what is typed into ids.
    """
    known = {**RESOLVERS, **(resolvers or {})}
    fields = [field for field in msgspec.structs.fields(ask) if field.name not in ask.derived]

    def command(database: Path, officer: str, as_json: bool, **given: Any) -> None:  # noqa: ANN401
        with open_office(database) as office:
            values = {key: _resolved(office, known, key, value) for key, value in given.items()}
            asked = msgspec.convert({"type": ask.__name__, **values}, ask)
            answer = office.perform(asked, sign_in(office, officer))
            write_answer(office, answer, as_json)

    command.__name__ = name.replace("-", "_")
    decorated: Any = json_option(officer_option(database_option(command)))
    hints = get_type_hints(ask)
    for field in reversed(fields):
        decorated = _parameter(field, hints[field.name], known)(decorated)
    group.command(name=name, help=words)(decorated)


def _resolved(office: Office, known: Mapping[str, Resolve], key: str, value: Any) -> Any:  # noqa: ANN401
    return known[key](office, value) if key in known and value is not None else value


def _parameter(
    field: msgspec.structs.FieldInfo, hint: object, known: Mapping[str, Resolve]
) -> Callable[[Any], Any]:
    plain = _without_none(hint)
    kind = _click_type(field.name, plain, known)
    shown = _shown(field.name)
    if field.required:
        count = -1 if get_origin(plain) is tuple else 1
        return click.argument(field.name, type=kind, metavar=shown.upper(), nargs=count, required=True)
    flag = f"--{_OTHER_FLAGS.get(shown, shown)}"
    if plain is bool:
        return click.option(flag, field.name, is_flag=True, default=bool(field.default))
    if get_origin(plain) is tuple:
        return click.option(flag, field.name, type=kind, multiple=True)
    default = field.default.value if isinstance(field.default, StrEnum) else field.default
    return click.option(flag, field.name, type=kind, default=default, show_default=bool(default))


def _shown(name: str) -> str:
    return name.removesuffix("_id").replace("_", "-")


def _without_none(hint: object) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _click_type(name: str, plain: object, known: Mapping[str, Resolve]) -> Any:  # noqa: ANN401  (click's own)
    if name == "at":
        return click.DateTime([TIME_FORMAT])
    if name in known:
        return str
    if get_origin(plain) is tuple:
        return _click_type("", get_args(plain)[0], known)
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return click.Choice([each.value for each in plain])
    return plain


def write_answer(office: Office, answer: object, as_json: bool) -> None:
    """One line for each row: in words, or as JSON with keys and ISO 8601 times in the office's zone."""
    zone = office.read(rows.zone)
    for row in answer if isinstance(answer, tuple) else (answer,):
        if as_json:
            plain = msgspec.to_builtins(row)
            write_json({key: _in_zone(key, value, zone) for key, value in plain.items()})
        else:
            click.echo(reading("", row, zone))


def _in_zone(key: str, value: Any, zone: ZoneInfo) -> Any:  # noqa: ANN401  (whatever a row holds)
    is_time = key.endswith(STAMPS) and isinstance(value, int)
    return to_datetime(value, zone).isoformat() if is_time else value
