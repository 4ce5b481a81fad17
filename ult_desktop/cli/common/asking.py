"""The commands of a noun: those of the register as their fields say, others as their functions say."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time
from functools import partial, update_wrapper
from inspect import Parameter, signature
from typing import Any, TypeVar, get_args, get_type_hints

import click
import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.cli.common import naming, reasons, session
from ult_desktop.cli.common.answers import STAMPS, AnswerReader
from ult_desktop.cli.common.help import SpokenGroup
from ult_desktop.cli.common.parameters import (
    MOMENTS,
    Asked,
    How,
    Param,
    Sign,
    asked,
    call_with,
    differing,
    make_command,
    of_fields,
    of_signature,
    spoken_name,
)
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.cases import answer_bank, cases
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.edits import changing_only
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.operation import COMMAND_NAMES, CommandName
from ult_desktop.operations.register import commands_of

Write = Callable[[Office, Any, bool], None]
AnyFunction = TypeVar("AnyFunction", bound=Callable[..., object])
YEAR = click.IntRange(1, 9999)
_OFFICE, _BY, _AS_JSON = (
    Param(name, object, Parameter.empty, Asked(), is_option=False) for name in ("office", "by", "as_json")
)


def moment_named(office: Office, when: datetime | time) -> int:
    """Return a moment as a stamp: without a zone by the office's wall clock, a time alone today's."""
    zone = office.read(office_rows.zone)
    if isinstance(when, time):
        when = datetime.combine(to_datetime(office.clock(), zone), when)
    return to_stamp(when if when.tzinfo else when.replace(tzinfo=zone))


# How every noun asks for the ids of `naming`, and for moments.
_EVERYWHERE = {
    name: asked(resolve=resolve)
    for name, resolve in {**naming.RESOLVERS, **dict.fromkeys(MOMENTS, moment_named)}.items()
}


def typed(name: str) -> Any:  # noqa: ANN401  (whatever the option holds)
    """Return what was typed for the parameter `name` of the running command."""
    return click.get_current_context().params[name]


def in_json(office: Office, row: msgspec.Struct) -> dict[str, Any]:
    """Return every field by its name; times are ISO 8601 in the office's zone."""
    zone = office.read(office_rows.zone)
    fields: dict[str, Any] = msgspec.to_builtins(row)
    for name, value in fields.items():
        if name.endswith(STAMPS) and isinstance(value, int):
            fields[name] = to_datetime(value, zone).isoformat()
    return fields


def write_answer(office: Office, answer: object, as_json: bool) -> None:
    """Write the fields of an answer, or of each of its rows: in words, or as JSON with times in ISO 8601."""
    if as_json:
        answer = tuple(in_json(office, row) for row in (answer if isinstance(answer, tuple) else (answer,)))
    write_fields(office, answer, as_json)


def write_fields(office: Office, answer: object, as_json: bool) -> None:
    """Write like `write_answer`, but in JSON times are stamps (UTC ms)."""
    if as_json:
        for row in answer if isinstance(answer, tuple) else (answer,):
            session.write_json(row)
        return
    reader = reader_of(office)
    if isinstance(answer, tuple):
        write_lines(map(reader.line, answer))
    elif isinstance(answer, msgspec.Struct):
        write_lines(reader.block(answer))


def reader_of(office: Office) -> AnswerReader:
    classes = {each.key: each.name for each in office.read(answer_bank.every_class)}
    zone = office.read(office_rows.zone)
    return AnswerReader(zone, partial(_number_of, office), {"complaint_class": classes})


def write_lines(lines: Iterable[str]) -> None:
    """Write lines for people; say so when there are none."""
    for line in tuple(lines) or (_("Tidak ada."),):
        click.echo(line)


def _number_of(office: Office, name: str, row_id: int) -> str:
    """Return the number that people use for the case or visit that a field `name` refers to."""
    if name == "case_id":
        return office.read(lambda tx: cases.get(tx, row_id)).number
    return office.read(lambda tx: visits.get(tx, row_id)).label or str(row_id)


def in_words(words: Callable[[Any], str]) -> Write:
    """Return a writer of answers: as JSON unchanged, else in the words that `words` makes of them."""

    def write(_office: Office, answer: object, as_json: bool) -> None:
        session.write(as_json, answer, words(answer))

    return write


def by_row(write: Write) -> Write:
    """Return a writer that gives `write` each row of an answer by itself."""

    def write_all(office: Office, answer: Iterable[object], as_json: bool) -> None:
        all_rows = tuple(answer)
        for row in all_rows:
            write(office, row, as_json)
        if not all_rows and not as_json:
            write_lines(())

    return write_all


def of_today(query: Callable[[Transaction, str], object]) -> Callable[[Office], object]:
    """Return a function that asks `query` for the office's present day."""

    def find(office: Office) -> object:
        day = today_of(office)
        return office.read(lambda tx: query(tx, day))

    return find


class Noun(SpokenGroup):
    """The commands of one noun.

    Commands to which `@named` gives this noun's path are made from their fields: one without a default is an
    argument, another an option. `how`, `operation` and `making` say what differs. `subcommand` adds others.

    Args:
        path: its name, after those of the groups that it is in.
        words: its help; a noun that is in no group has it in `cli.program`.
        nouns: the folders of `operations` that handle its commands.
        write: writes an answer, in words or as JSON.
        how: how to ask for fields of this name in all its commands.
    """

    def __init__(
        self,
        path: str,
        words: str = "",
        *,
        nouns: Sequence[str] = (),
        write: Write = write_answer,
        **how: How,
    ) -> None:
        super().__init__(path.rpartition(" ")[2], help=words)
        self._path, self._nouns, self._write = path, nouns, write
        self.how = differing(_EVERYWHERE, how)
        self._add_by_kind = dict[object, Callable[[CommandName], None]]()

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *commands_of(self._path, self._nouns)})

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and (kind := commands_of(self._path, self._nouns).get(cmd_name)):
            if kind not in self._add_by_kind:
                self.operation(kind)
            self._add_by_kind[kind](COMMAND_NAMES[kind])
        return super().get_command(ctx, cmd_name)

    def operation(
        self,
        kind: type[Command],
        shape: str = "",
        /,
        *,
        write: Write | None = None,
        sign: Sign = session.sign_in,
        has_json: bool = True,
        ask: Callable[[Office], str] | None = None,
        **how: How,
    ) -> None:
        """Say how the subcommand that performs a `kind` of command differs from what its fields say.

        `shape` is that of `of_fields`, with blanks between ("visit_id name --phone"). `ask` makes the
        question that has to be answered first; with `--yes` nobody is asked.
        """

        def add(named: CommandName) -> None:
            params = [*of_fields(kind, shape.split() or named.options, differing(self.how, how))]
            if ask is not None:
                params.append(Param("yes", bool, False, Asked("Jangan bertanya."), is_option=True))

            def make(values: dict[str, Any]) -> Command:
                if ask is not None:
                    session.confirm(ask(values["office"]), yes=values["yes"])
                return kind(**{each.name: values[each.name] for each in params if each.is_field})

            self._add_operation(named, params, make, write, sign, has_json)

        self._add_by_kind[kind] = add

    def making(
        self,
        *,
        write: Write | None = None,
        sign: Sign = session.sign_in,
        has_json: bool = True,
        record: type[msgspec.Struct] | None = None,
        shape: str = "",
        without: Sequence[str] = (),
        **how: How,
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Add the subcommand that performs the command that a function makes, and writes the answer.

        The function's parameters are asked for. Name and help are those that `@named` gives to the kind of
        command that the function returns. A function with `**fields` is given the fields of that kind too, or
        of a `record` in it, but not those in `without`.
        """

        def register(function: AnyFunction) -> AnyFunction:
            kind = get_type_hints(function)["return"]
            has_fields = any(
                each.kind is each.VAR_KEYWORD for each in signature(function).parameters.values()
            )

            def add(named: CommandName) -> None:
                asked_by_name = differing(self.how, how)
                params = [*of_signature(function, asked_by_name)]
                if has_fields:
                    fields = of_fields(record or kind, shape.split(), asked_by_name)
                    params += (each for each in fields if each.name not in without)
                make = partial(call_with, function, params)
                self._add_operation(named, params, make, write, sign, has_json)

            # A function may return one of several kinds, of which one has the name.
            self._add_by_kind |= dict.fromkeys(get_args(kind) or (kind,), add)
            return function

        return register

    def _add_operation(
        self,
        named: CommandName,
        params: Sequence[Param],
        make: Callable[[dict[str, Any]], Command],
        write: Write | None,
        sign: Sign,
        has_json: bool,
    ) -> None:
        """Add the subcommand that performs what `make` returns for the values of the parameters."""

        def act(values: dict[str, Any]) -> None:
            office, by, as_json = values["office"], values["by"], values.get("as_json", False)
            command = make(values)
            if isinstance(command, Edit):
                context, default = click.get_current_context(), click.core.ParameterSource.DEFAULT
                was_typed = {
                    name for name in context.params if context.get_parameter_source(name) is not default
                }
                command = changing_only(office, command, was_typed)
            with reasons.with_reason(office, command, by, as_json=as_json) as explained:
                answer = office.perform(explained, by)
            (write or self._write)(office, answer, as_json)
            reasons.write_unexplained(as_json=as_json)

        common = (_OFFICE, _BY, _AS_JSON) if has_json else (_OFFICE, _BY)
        self.add_command(make_command(named.name, named.words, (*params, *common), act, sign))

    def subcommand(
        self, words: str, name: str = "", /, write: Write | None = None, **how: How
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Add the subcommand that writes what a function returns; one that returns None writes by itself."""

        def add(function: AnyFunction) -> AnyFunction:
            params = [*of_signature(function, differing(self.how, how))]
            writes_itself = get_type_hints(function).get("return") is type(None)

            def act(values: dict[str, Any]) -> None:
                answer = call_with(function, params, values)
                if not writes_itself:
                    (write or self._write)(values["office"], answer, values["as_json"])

            common = () if writes_itself else (_OFFICE, _AS_JSON)
            made = make_command(name or spoken_name(function), words, (*params, *common), act)
            if made.callback is not None:  # so that `inspect.unwrap` finds the function
                update_wrapper(made.callback, function)
            self.add_command(made)
            return function

        return add
