"""The commands of a noun, made from operations and queries: no operation is missing or named twice."""

import datetime
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import click
import msgspec
from msgspec.structs import FieldInfo

from ult_desktop.base import _
from ult_desktop.cli.common import naming, session, times
from ult_desktop.cli.common.answers import STAMPS, AnswerReader
from ult_desktop.cli.common.help import KeyChoice, SpokenCommand, SpokenGroup
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.cases import cases
from ult_desktop.db.office import office as rows
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office, today_of

Write = Callable[[Office, Any, bool], None]
YEAR = click.IntRange(1, 9999)


_OTHER_FLAGS = {"officer": "for-officer", "help": "help-wanted"}  # --officer is who acts, --help is click's


def moment_named(office: Office, when: datetime.datetime) -> int:
    """Return a moment as a stamp; one without a zone is the office's own wall clock."""
    return to_stamp(when if when.tzinfo else when.replace(tzinfo=office.read(rows.zone)))


def day_named(_office: Office, when: datetime.datetime) -> datetime.date:
    return when.date()


_MOMENTS = ("at", "promised_at", "received_at", "known_at")
_RESOLVERS: dict[str, naming.Resolve] = {**naming.RESOLVERS, **dict.fromkeys(_MOMENTS, moment_named)}


class Param(NamedTuple):
    """An argument or an option; `attrs` are click's, and go before what follows from the field.

    `resolve` goes before the noun's own.
    """

    name: str
    is_option: bool
    attrs: dict[str, Any]
    resolve: naming.Resolve | None = None


def option(name: str, words: str | None = None, **attrs: object) -> Param:
    """`named` is what the command line calls it, where that is not the field's name."""
    return Param(name, True, {"help": words, **attrs})


def switch(name: str, words: str | None = None, **attrs: object) -> Param:
    return option(name, words, is_flag=True, **attrs)


def argument(name: str, *, resolve: naming.Resolve | None = None, **attrs: object) -> Param:
    return Param(name, False, attrs, resolve)


def typed(name: str) -> Any:  # noqa: ANN401  (whatever the option holds)
    """Return what the running command got for `name`, before it was resolved."""
    return click.get_current_context().params[name]


def in_json(office: Office, row: msgspec.Struct) -> dict[str, Any]:
    """Return every field by its name; times are ISO 8601 in the office's zone."""
    zone, fields = office.read(rows.zone), msgspec.to_builtins(row)
    stamps = {key for key, at in fields.items() if key.endswith(STAMPS) and isinstance(at, int)}
    return {key: to_datetime(v, zone).isoformat() if key in stamps else v for key, v in fields.items()}


def write_answer(office: Office, answer: object, as_json: bool) -> None:
    """Write the fields of an answer, or of each of its rows: in words, or as JSON with times in ISO 8601."""
    if not as_json:
        _read_out(office, answer)
        return
    for row in answer if isinstance(answer, tuple) else (answer,):
        session.write_json(in_json(office, row))


def write_fields(office: Office, answer: object, as_json: bool) -> None:
    """Write like `write_answer`, but the JSON unchanged."""
    if not as_json:
        _read_out(office, answer)
        return
    for row in answer if isinstance(answer, tuple) else (answer,):
        session.write_json(row)


def _read_out(office: Office, answer: object) -> None:
    reader = reader_of(office)
    if isinstance(answer, tuple):
        tell_rows(map(reader.line, answer))
    elif isinstance(answer, msgspec.Struct):
        tell_rows(reader.block(answer))


def reader_of(office: Office) -> AnswerReader:
    return AnswerReader(office.read(rows.zone), partial(_number_of, office))


def tell_rows(lines: Iterable[str]) -> None:
    """Write lines for people; say so when there are none."""
    for line in tuple(lines) or (_("Tidak ada."),):
        click.echo(line)


def _number_of(office: Office, name: str, row_id: int) -> str:
    if name == "case_id":
        return office.read(lambda tx: cases.get(tx, row_id)).number
    return office.read(lambda tx: visits.get(tx, row_id)).label or str(row_id)


def in_words(words: Callable[[Any], str]) -> Write:
    """Tells an answer as it is in JSON, and else in these words."""

    def write(_office: Office, answer: object, as_json: bool) -> None:
        session.tell(as_json, answer, words(answer))

    return write


def by_row(write: Write) -> Write:
    """Tells every row of an answer by itself."""

    def write_all(office: Office, answer: Iterable[object], as_json: bool) -> None:
        found = tuple(answer)
        for row in found:
            write(office, row, as_json)
        if not found and not as_json:
            tell_rows(())

    return write_all


def of_office(query: Callable[..., object]) -> Callable[..., object]:
    """Return a reader that runs a query with what the command got."""
    return lambda office, **given: office.read(lambda tx: query(tx, *given.values()))


def of_today(query: Callable[..., object]) -> Callable[..., object]:
    def find(office: Office) -> object:
        day = today_of(office)
        return office.read(lambda tx: query(tx, day))

    return find


class Noun(SpokenGroup):
    """The commands of one noun; what several of them share is defined once.

    Args:
        params: how to ask for fields of this name, where that does not follow from the field.
        resolve: turns what is typed for a field into its value; None takes it as it is typed.
        write: writes an answer, in words or as JSON.
    """

    def __init__(
        self,
        name: str,
        words: str,
        *params: Param,
        resolve: Mapping[str, naming.Resolve | None] = types.MappingProxyType({}),
        write: Write = write_answer,
    ) -> None:
        super().__init__(name, help=words)
        self._params = {param.name: param for param in params}
        self._resolve = {name: how for name, how in {**_RESOLVERS, **resolve}.items() if how is not None}
        self._write = write

    def operations(self, each: Sequence[tuple[str, type[Command], str]]) -> None:
        """Name, command and help of each."""
        for name, kind, words in each:
            self.operation(name, kind, words)

    def operation(
        self,
        name: str,
        kind: type[Command],
        words: str,
        *params: Param,
        make: Callable[..., Command] | None = None,
        write: Write | None = None,
        actor: Callable[[Office, str], Actor] = session.sign_in,
        has_json: bool = True,
        ask: Callable[[Office], str] | None = None,
    ) -> None:
        """Add the command that performs a `kind` of command as the officer and writes the answer.

        `ask` makes the question that has to be answered first, with `--yes` beforehand.

        A field without a default is an argument, another an option; `params` say it otherwise, or add some.
        With `make`, which gets the office and what was given and returns the command, they are all there is.
        """
        hints = get_type_hints(kind)
        own = {each.name: each for each in params}
        known = {**self._params, **own}
        fields = {each.name: each for each in msgspec.structs.fields(kind) if each.name not in kind.derived}

        def command(
            database: Path, officer: str, as_json: bool = False, yes: bool = False, **given: object
        ) -> None:
            with session.open_office(database) as office:
                values = {
                    key: msgspec.convert(value, hints[key]) if key in hints and value is not None else value
                    for key, value in self._values(office, given, params).items()
                }
                by = actor(office, officer)
                if ask is not None:
                    session.confirm(ask(office), yes=yes)
                answer = office.perform(make(office, **values) if make else kind(**values), by)
                (write or self._write)(office, answer, as_json)

        order = iter(each.name for each in params)
        names = [] if make else [next(order) if key in own else key for key in fields]
        parameters = [
            self._parameter(key, known.get(key), fields.get(key), hints.get(key, str))
            for key in (*names, *order)
        ]
        if ask is not None:
            parameters.append(click.Option(["--yes"], is_flag=True, help="Jangan bertanya."))
        decorated = session.database_option(
            session.officer_option(session.json_option(command) if has_json else command)
        )
        self.add_command(click.command(name, SpokenCommand, params=parameters, help=words)(decorated))

    def query(
        self,
        name: str,
        words: str,
        find: Callable[..., object],
        *params: Param,
        write: Write | None = None,
        signed: bool = False,
        has_json: bool = True,
    ) -> None:
        """Add the command that writes what `find` reads.

        It takes the office and each parameter; between them the actor where an officer must have `signed` in.
        """

        def command(database: Path, officer: str = "", as_json: bool = False, **given: object) -> None:
            with session.open_office(database) as office:
                by = (session.sign_in(office, officer),) if signed else ()
                found = find(office, *by, **self._values(office, given, params))
                (write or self._write)(office, found, as_json)

        parameters = [self._parameter(each.name, each, None, str) for each in params]
        decorated = session.json_option(command) if has_json else command
        decorated = session.database_option(session.officer_option(decorated) if signed else decorated)
        self.add_command(click.command(name, SpokenCommand, params=parameters, help=words)(decorated))

    def _values(
        self, office: Office, given: Mapping[str, object], params: Iterable[Param]
    ) -> dict[str, object]:
        resolve = {**self._resolve, **{each.name: each.resolve for each in params if each.resolve}}
        return {
            key: resolve[key](office, value) if key in resolve and value is not None else value
            for key, value in given.items()
        }

    def _parameter(
        self, name: str, param: Param | None, field: FieldInfo | None, hint: object
    ) -> click.Parameter:
        plain, shown = _without_none(hint), name.removesuffix("_id").replace("_", "-")
        several = get_origin(plain) is tuple
        resolved = name in self._resolve or (param is not None and param.resolve is not None)
        attrs: dict[str, Any] = {"type": str if resolved else _click_type(plain)}
        if name in _MOMENTS:
            attrs["type"] = times.MOMENT
        given = {} if param is None else dict(param.attrs)
        is_option = param.is_option if param else field is None or not field.required
        required = (not is_option if field is None else field.required) and "default" not in given
        if field is not None and not field.required:
            attrs["default"] = field.default.value if isinstance(field.default, StrEnum) else field.default
        if not is_option:
            if param is None or name.endswith("_id"):
                attrs["metavar"] = shown.upper()
            attrs |= {"nargs": -1 if several else 1, "required": required}
            return click.Argument([name], **attrs | given)
        flag = given.pop("named", f"--{_OTHER_FLAGS.get(shown, shown)}")
        if plain is bool or given.get("is_flag"):
            attrs = {"is_flag": True, "default": attrs.get("default", False)}
        elif several:
            attrs = {"type": attrs["type"], "multiple": True, "required": required}
        else:
            attrs |= {"required": required, "show_default": bool(attrs.get("default"))}
        return click.Option([flag, name], **attrs | given)


def _without_none(hint: object) -> object:
    if get_origin(hint) in (Union, types.UnionType):
        return next(each for each in get_args(hint) if each is not type(None))
    return hint


def _click_type(plain: object) -> click.Choice[str] | type[Any]:
    if get_origin(plain) is tuple:
        return _click_type(get_args(plain)[0])
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        return KeyChoice(plain)
    return plain if isinstance(plain, type) else str
