"""The group of a noun's commands, made from the fields of commands and from functions."""

from collections.abc import Callable, Sequence
from functools import partial
from inspect import Parameter, signature
from typing import Any, TypeVar, get_args, get_type_hints

import click
import msgspec
from typing_extensions import override

from ult_desktop.cli.common import naming, output, reasons, session
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.parameters import (
    MOMENTS,
    InfoLike,
    Param,
    ParamInfo,
    SignIn,
    call_with,
    command_name,
    make_command,
    override_infos,
    params_of_function,
    params_of_record,
)
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.edits import limit_edit
from ult_desktop.operations.office.office import Office, today_of
from ult_desktop.operations.operation import COMMAND_NAMES, CommandName
from ult_desktop.operations.register import commands_of

AnyFunction = TypeVar("AnyFunction", bound=Callable[..., object])
_OFFICE, _BY, _AS_JSON = (
    Param(name, object, Parameter.empty, ParamInfo(), is_option=False) for name in ("office", "by", "as_json")
)
# In every noun: ids are typed as the numbers that people use, moments as date and time.
_INFOS = {
    name: ParamInfo(resolve=resolve)
    for name, resolve in {**naming.RESOLVERS, **dict.fromkeys(MOMENTS, naming.stamp_of_moment)}.items()
}


def of_today(query: Callable[[Transaction, str], object]) -> Callable[[Office], object]:
    """Return a function that asks `query` for the office's present day."""

    def find(office: Office) -> object:
        day = today_of(office)
        return office.read(lambda tx: query(tx, day))

    return find


class Noun(TranslatedGroup):
    """The group of one noun's commands, such as `case`.

    A command to which `@named` gives the path of this group becomes a subcommand: a field without a default
    is an argument, another one an option. `customise` says what differs for one of them, and `builder` has a
    function make the command. `subcommand` adds what performs no command.

    Args:
        path: its name, after those of the groups that it is in.
        words: its help; a noun that is in no group has it in `cli.program`.
        nouns: the folders of `operations` that handle its commands.
        write: writes an answer, in words or as JSON.
        infos: what the command line says of the fields of these names, in all its commands.
    """

    def __init__(
        self,
        path: str,
        words: str = "",
        *,
        nouns: Sequence[str] = (),
        write: output.Writer = output.write_answer,
        **infos: InfoLike,
    ) -> None:
        super().__init__(path.rpartition(" ")[2], help=words)
        self._path, self._nouns, self._write = path, nouns, write
        self.infos = override_infos(_INFOS, infos)
        # By the kind of command: adds its subcommand, when that is first asked for.
        self._add_by_kind = dict[object, Callable[[CommandName], None]]()

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *commands_of(self._path, self._nouns)})

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands and (kind := commands_of(self._path, self._nouns).get(cmd_name)):
            if kind not in self._add_by_kind:
                self.customise(kind)
            self._add_by_kind[kind](COMMAND_NAMES[kind])
        return super().get_command(ctx, cmd_name)

    def customise(
        self,
        kind: type[Command],
        shape: str = "",
        /,
        *,
        write: output.Writer | None = None,
        sign_in: SignIn = session.sign_in,
        has_json: bool = True,
        ask: Callable[[Office], str] | None = None,
        **infos: InfoLike,
    ) -> None:
        """Say how the subcommand that performs a `kind` of command differs from what its fields say.

        `shape` is that of `params_of_record`, with blanks between ("visit_id name --phone"). `ask` makes the
        question that has to be answered first; with `--yes` nobody is asked.
        """

        def add(named: CommandName) -> None:
            shape_words = shape.split() or named.options
            params = [*params_of_record(kind, shape_words, override_infos(self.infos, infos))]
            if ask is not None:
                params.append(Param("yes", bool, False, ParamInfo("Jangan bertanya."), is_option=True))

            def build(values: dict[str, Any]) -> Command:
                if ask is not None:
                    session.confirm(ask(values["office"]), yes=values["yes"])
                return kind(**{each.name: values[each.name] for each in params if each.is_field})

            self._add_performing(named, params, build, write, sign_in, has_json)

        self._add_by_kind[kind] = add

    def builder(
        self,
        *,
        write: output.Writer | None = None,
        sign_in: SignIn = session.sign_in,
        has_json: bool = True,
        record: type[msgspec.Struct] | None = None,
        shape: str = "",
        without: Sequence[str] = (),
        **infos: InfoLike,
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Register a function that builds the command which a subcommand performs.

        The subcommand has the function's parameters. Its name and help are those that `@named` gives to the
        kind of command that the function returns. A function with `**fields` also gets the fields of that
        kind, or of a `record` in it, but not those in `without`.
        """

        def register(function: AnyFunction) -> AnyFunction:
            kind = get_type_hints(function)["return"]
            has_fields = any(
                each.kind is each.VAR_KEYWORD for each in signature(function).parameters.values()
            )

            def add(named: CommandName) -> None:
                all_infos = override_infos(self.infos, infos)
                params = [*params_of_function(function, all_infos)]
                if has_fields:
                    fields = params_of_record(record or kind, shape.split(), all_infos)
                    params += (each for each in fields if each.name not in without)
                build = partial(call_with, function, params)
                self._add_performing(named, params, build, write, sign_in, has_json)

            # A function may return one of several kinds, of which one has the name.
            self._add_by_kind |= dict.fromkeys(get_args(kind) or (kind,), add)
            return function

        return register

    def _add_performing(
        self,
        named: CommandName,
        params: Sequence[Param],
        build: Callable[[dict[str, Any]], Command],
        write: output.Writer | None,
        sign_in: SignIn,
        has_json: bool,
    ) -> None:
        """Add the subcommand that performs what `build` returns for the values of the parameters."""
        names = {each.name for each in params}

        def act(values: dict[str, Any]) -> None:
            office, by, as_json = values["office"], values["by"], values.get("as_json", False)
            command = build(values)
            if isinstance(command, Edit):
                # What was not typed stays as it is; what is not asked for was filled in by `build`.
                context, default = click.get_current_context(), click.core.ParameterSource.DEFAULT
                typed = {name for name in names if context.get_parameter_source(name) is not default}
                command = limit_edit(office, command, typed | ({*command.edits} - names))
            with reasons.with_reason(office, command, by, as_json=as_json) as explained:
                answer = office.perform(explained, by)
            (write or self._write)(office, answer, as_json)
            reasons.write_unexplained(as_json=as_json)

        common = (_OFFICE, _BY, _AS_JSON) if has_json else (_OFFICE, _BY)
        self.add_command(make_command(named.name, named.words, (*params, *common), act, sign_in))

    def subcommand(
        self, words: str, name: str = "", /, write: output.Writer | None = None, **infos: InfoLike
    ) -> Callable[[AnyFunction], AnyFunction]:
        """Add the subcommand that writes what a function returns; one that returns None writes by itself."""

        def add(function: AnyFunction) -> AnyFunction:
            params = [*params_of_function(function, override_infos(self.infos, infos))]
            writes_itself = get_type_hints(function).get("return") is type(None)

            def act(values: dict[str, Any]) -> None:
                answer = call_with(function, params, values)
                if not writes_itself:
                    (write or self._write)(values["office"], answer, values["as_json"])

            common = () if writes_itself else (_OFFICE, _AS_JSON)
            own_name = name or command_name(function)
            self.add_command(make_command(own_name, words, (*params, *common), act, wrapped=function))
            return function

        return add
