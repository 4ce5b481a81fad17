"""Parameters of a command, by the names and types of a record's fields or of a function's."""

import inspect
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import click
import msgspec
from typing_extensions import override

from ult_desktop.cli.common import session, times
from ult_desktop.cli.common.help import KeyChoice, SpokenCommand, SpokenOption
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office

Resolve = Callable[["Office", Any], object]
Sign = Callable[["Office", str], "Actor"]
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE, PLACE = click.Path(path_type=Path, dir_okay=False), click.Path(path_type=Path)
# --officer is who acts, --help is click's own.
_OTHER_FLAGS = {"officer": "for-officer", "help": "help-wanted"}
MOMENTS = ("at", "asked_at", "found_at", "promised_at", "received_at", "known_at")
# The parameters that mean the same in every function; `by` is the officer who signs in as `by_login`.
_COMMON: dict[str, Callable[[], click.Option]] = {
    "office": session.database_option,
    "tx": session.database_option,
    "database": session.database_option,
    "by": session.officer_option,
    "by_login": session.officer_option,
    "as_json": session.json_option,
}
# Stand-ins for the types in quotes, which modules that load little do not import at run time.
_UNLOADED = {"Office": object, "Actor": object}
_NONE: Mapping[str, Any] = types.MappingProxyType({})


@dataclass(frozen=True)
class Asked:
    """How something is asked for, where that does not follow from its name and type.

    Args:
        words: its help.
        flag: the option's name; a parameter that has one is an option.
        resolve: turns what is typed into the value.
        files: an option for each of these files, with its help; the value is those that were named.
        attrs: click's own attributes; they override those that follow from the type.
    """

    words: str | None = None
    flag: str = ""
    resolve: Resolve | None = None
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    attrs: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def overriding(self, other: "Asked") -> "Asked":
        """Return both as one; what this one says overrides the other."""
        return Asked(
            other.words if self.words is None else self.words,
            self.flag or other.flag,
            self.resolve or other.resolve,
            self.files or other.files,
            {**other.attrs, **self.attrs},
        )


AskedByName = Mapping[str, Asked]
How = str | Resolve | Asked  # its help alone, what resolves it alone, or all of it


def asked(
    words: str | None = None,
    flag: str = "",
    resolve: Resolve | None = None,
    files: Mapping[str, str] = _NONE,
    **attrs: object,
) -> Asked:
    return Asked(words, flag, resolve, files, attrs)


def differing(usual: AskedByName, how: Mapping[str, How]) -> AskedByName:
    """Return `usual` with what `how` says of single parameters, which overrides it."""
    changed = {name: _as_asked(each).overriding(usual.get(name, Asked())) for name, each in how.items()}
    return {**usual, **changed}


def _as_asked(how: How) -> Asked:
    if isinstance(how, Asked):
        return how
    return Asked(how) if isinstance(how, str) else Asked(resolve=how)


IsoDay = Annotated[str, asked(type=times.ISO_DAY)]
Folder = Annotated[Path, asked(type=FOLDER)]
KeyHolder = Annotated[
    str, asked("Nama masuk petugas yang kuncinya dipakai.", "--officer", envvar="ULT_OFFICER")
]
Yes = Annotated[bool, "Jangan bertanya."]


class Param(NamedTuple):
    """A parameter of a command, as a record's field or a function's signature describes it."""

    name: str
    hint: object
    default: object
    asked: Asked
    is_option: bool
    is_field: bool = False

    @property
    def is_required(self) -> bool:
        return self.default is inspect.Parameter.empty

    @property
    def is_common(self) -> bool:
        """Return whether it is one of the options that are the same in all commands, such as --database."""
        return self.name in _COMMON and self.is_required and self.asked == Asked() and not self.is_field

    @property
    def plain(self) -> Any:  # noqa: ANN401  (a type, or what `typing` makes of one)
        """The type without None; of a tuple the type of its items."""
        hint = self.hint
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(each for each in get_args(hint) if each is not type(None))
        return get_args(hint)[0] if get_origin(hint) is tuple else hint

    def value(self, office: "Office | None", typed: Mapping[str, Any]) -> object:
        """Return what was typed, converted to the type."""
        if self.asked.files:
            return {name: typed[name] for name in self.asked.files if typed[name] is not None}
        value = typed[self.name]
        if value is None or (value == "" and type(None) in get_args(self.hint)):
            return None
        if self.asked.resolve is not None and office is not None:
            value = self.asked.resolve(office, value)
        if self.plain is date and isinstance(value, datetime):
            return value.date()
        return msgspec.convert(value, self.hint) if self.is_field or _is_key(self.plain) else value

    def click_parameters(self) -> Iterator[click.Parameter]:
        if self.asked.files:
            for name, words in self.asked.files.items():
                yield click.Option([f"--{name}"], type=FILE, help=words)
        else:
            yield _COMMON[self.name]() if self.is_common else self._click_parameter()

    def _click_parameter(self) -> click.Parameter:
        is_several = get_origin(self.hint) is tuple
        shown_name = self.name.removesuffix("_id").replace("_", "-")
        attrs: dict[str, Any] = {"type": self._type(), "help": self.asked.words}
        attrs["required"] = self.is_required and "default" not in self.asked.attrs
        if not self.is_required:
            attrs["default"] = self.default.value if isinstance(self.default, StrEnum) else self.default
        if not self.is_option:
            if self.is_field or self.name.endswith("_id"):
                attrs["metavar"] = shown_name.upper()
            attrs["nargs"] = -1 if is_several else 1
            return click.Argument([self.name], **{**attrs, **self.asked.attrs})
        if self.plain is bool:
            attrs |= {"is_flag": True, "type": None, "default": attrs.get("default", False)}
        elif is_several:
            attrs["multiple"] = True
        else:
            attrs["show_default"] = self.is_field and bool(attrs.get("default"))
        flag = self.asked.flag or f"--{_OTHER_FLAGS.get(shown_name, shown_name)}"
        return SpokenOption([flag, self.name], **{**attrs, **self.asked.attrs})

    def _type(self) -> object:
        if self.name in MOMENTS:
            return times.MOMENT
        if self.asked.resolve is not None:
            return str
        if _is_key(self.plain):
            return KeyChoice(self.plain)
        if self.plain is int and type(None) in get_args(self.hint):
            return _NumberOrNone()
        if self.plain is bool:
            return _YesOrNo()
        known = {date: times.DAY, Path: FILE}
        return known.get(self.plain, self.plain if isinstance(self.plain, type) else str)


class _NumberOrNone(click.types.IntParamType):
    """A number, or "" for none."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        return None if value == "" else super().convert(value, param, ctx)


class _YesOrNo(click.types.BoolParamType):
    """A "ya" or "tidak", or what a script writes for it."""

    @override
    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        answer = {"ya": True, "tidak": False}.get(value.lower() if isinstance(value, str) else "")
        return super().convert(value, param, ctx) if answer is None else answer


def _is_key(plain: object) -> bool:
    return isinstance(plain, type) and issubclass(plain, StrEnum)


def of_fields(kind: type[msgspec.Struct], shape: Sequence[str], how: AskedByName) -> Iterator[Param]:
    """Yield a parameter for each field of a record that a person gives.

    A field without a default is an argument, another one an option. A `shape` changes that in one of two
    ways. If it names arguments too ("visit_id", "--reason"), it is the whole list in its order, with --
    before options. If it names options alone, these become options, and all else stays.
    """
    hints, fields = get_type_hints(kind), {each.name: each for each in msgspec.structs.fields(kind)}
    shaped = {each.removeprefix("--").replace("-", "_"): each.startswith("--") for each in shape}
    is_whole = not all(shaped.values())
    not_asked = {*(kind.derived if issubclass(kind, Command) else ())}
    if issubclass(kind, Edit):
        not_asked.add("seen")  # the program fills in what the writer saw
    for name in shaped if is_whole else (name for name in fields if name not in not_asked):
        each, how_asked = fields[name], how.get(name, Asked())
        is_option = shaped.get(name, False) or bool(how_asked.flag) or not (is_whole or each.required)
        has_default = is_option and each.default is not msgspec.NODEFAULT
        default = each.default if has_default else inspect.Parameter.empty
        yield Param(name, hints[name], default, how_asked, is_option, is_field=True)


def of_signature(function: Callable[..., object], how: AskedByName) -> Iterator[Param]:
    """Yield a parameter for each of a function's: arguments by position, options by keyword.

    `Annotated` says how one is asked for, by its help alone or by `asked`.
    """
    hints = get_type_hints(function, localns=_UNLOADED, include_extras=True)
    for name, each in inspect.signature(function).parameters.items():
        if each.kind is each.VAR_KEYWORD:
            continue
        hint, how_asked = hints.get(name, str), how.get(name, Asked())
        if get_origin(hint) is Annotated:
            hint, *annotations = get_args(hint)
            for annotation in annotations:
                how_asked = _as_asked(annotation).overriding(how_asked)
        yield Param(name, hint, each.default, how_asked, each.kind is each.KEYWORD_ONLY)


def make_command(
    name: str,
    words: str,
    params: Sequence[Param],
    act: Callable[[dict[str, Any]], None],
    sign: "Sign" = session.sign_in,
    **settings: Any,  # noqa: ANN401  (click's own)
) -> click.Command:
    """Return click's command that asks for `params`, and gives their values to `act` by name.

    `office` and `tx` open the office of --database, `by` is who signs in as --officer.
    """
    common = {each.name for each in params if each.is_common}

    def run(**typed: object) -> None:
        with ExitStack() as opened:
            values: dict[str, Any] = dict(typed)
            if common & {"office", "tx"}:
                values["office"] = opened.enter_context(session.open_office(values["database"]))
            if "by" in common:  # before names are looked up: not everybody may find what is named
                values["by"] = sign(values["office"], values["by_login"])
            for each in params:
                if not each.is_common:
                    values[each.name] = each.value(values.get("office"), typed)
            act(values)

    # The help shows a command's own parameters first, then the common ones, always in the same order.
    own = [each for each in params if not each.is_common or (each.is_option and each.name != "as_json")]
    others = (each for each in params if each not in own)
    last = sorted(others, key=lambda each: [*_COMMON].index(each.name))
    parameters = {each.name: each for param in (*own, *last) for each in param.click_parameters()}
    return click.command(name, SpokenCommand, params=[*parameters.values()], help=words, **settings)(run)


def call_with(function: Callable[..., object], params: Sequence[Param], values: Mapping[str, Any]) -> Any:  # noqa: ANN401  (its answer)
    """Call a function with the `values` of its parameters; return its answer.

    A function that wants `tx` is called within a reading of the office.
    """
    arguments = {each.name: values[each.name] for each in params if each.name != "tx"}
    if any(each.name == "tx" for each in params):
        return values["office"].read(lambda tx: function(tx=tx, **arguments))
    return function(**arguments)


def spoken_name(function: Callable[..., object]) -> str:
    return function.__name__.strip("_").replace("_", "-")


def command(
    words: str = "",
    name: str = "",
    group: click.Group | None = None,
    **settings: Any,  # noqa: ANN401  (click's own)
) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function; its help is in `cli.program` where it is in no group."""

    def make(function: Callable[..., None]) -> click.Command:
        params = [*of_signature(function, _NONE)]
        act = partial(call_with, function, params)
        made = make_command(name or spoken_name(function), words, params, act, **settings)
        if group is not None:
            group.add_command(made)
        return made

    return make
