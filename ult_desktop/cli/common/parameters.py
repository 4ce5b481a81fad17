"""Click's parameters, made from the fields of a record or from the parameters of a function.

A `Param` says a parameter's name, type and default, and a `ParamInfo` what does not follow from them. The
command that `make_command` returns gives an act the values of its parameters, made from what was typed: for
the field `case_id` of a record a person types "0012/ULT/2026" as the argument CASE, and the value is an id.
"""

import inspect
import re
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial, update_wrapper
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import click
import msgspec
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import KeyChoice, TranslatedCommand, TranslatedOption
from ult_desktop.core import cells
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit

if TYPE_CHECKING:
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.operations.office.office import Office

Resolve = Callable[["Office", Any], object]
SignIn = Callable[["Office", str], "Actor"]
T = TypeVar("T")
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE, PLACE = click.Path(path_type=Path, dir_okay=False), click.Path(path_type=Path)
YEAR = click.IntRange(1, 9999)
# The flags of fields whose names are taken: --officer is the officer who acts, --help is click's own.
_OTHER_FLAGS = {"officer": "for-officer", "help": "help-wanted"}
MOMENTS = ("at", "asked_at", "found_at", "promised_at", "received_at", "known_at")
# The parameters that mean the same in every function, and their options: `office` is open, `tx` reads it,
# `now` is its clock (UTC ms), `by` is the officer, signed in, whose login is `by_login`.
_COMMON: dict[str, Callable[[], click.Option]] = {
    "office": session.database_option,
    "tx": session.database_option,
    "now": session.database_option,
    "database": session.database_option,
    "by": session.officer_option,
    "by_login": session.officer_option,
    "as_json": session.json_option,
}
# Stand-ins for the types in quotes, which modules that load little do not import at run time.
_UNLOADED = {"Office": object, "Actor": object}
_NONE: Mapping[str, Any] = types.MappingProxyType({})
_CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})")


class ParsedText(click.ParamType[T]):
    """The type of a text that `parse` reads, which raises `BadCell` for a wrong one. Help calls it `name`."""

    def __init__(self, name: str, parse: Callable[[str], T]) -> None:
        self.name = name
        self._parse = parse

    @override
    def convert(self, value: str | T, param: click.Parameter | None, ctx: click.Context | None) -> T:
        if not isinstance(value, str):
            return value
        try:
            return self._parse(value)
        except cells.BadCell as bad:
            self.fail(f"“{value}” {bad.problem}: {bad.expected}", param, ctx)


def _parse_clock(text: str) -> time:
    if match := _CLOCK.fullmatch(text.strip()):
        hour, minute = map(int, match.groups())
        if hour < 24 and minute < 60:
            return time(hour, minute)
    raise cells.BadCell(_("bukan jam"), _("jam seperti 09.30 atau 09:30"))


def _parse_moment(text: str) -> datetime | time:
    return _parse_clock(text) if _CLOCK.fullmatch(text.strip()) else cells.parse_moment(text)


ISO_DAY = ParsedText("date", cells.clean_day)
"""A day that the command gets as ISO text; "" if none was typed."""
DAY = ParsedText("date", cells.parse_day)
CLOCK = ParsedText("time", _parse_clock)
MOMENT = ParsedText("moment", _parse_moment)
"""A date with its time, or a time of the day alone."""


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


@dataclass(frozen=True)
class ParamInfo:
    """The facts about a parameter that do not follow from its name and type.

    Args:
        words: its help.
        flag: the option's name; a parameter that has one is an option.
        resolve: turns what was typed into the value, a case's number into its id.
        files: an option for each of these files, with its help; the value is those that were named.
        attrs: click's own attributes; they override those that follow from the type.
    """

    words: str | None = None
    flag: str = ""
    resolve: Resolve | None = None
    files: Mapping[str, str] = field(default_factory=dict, hash=False)
    attrs: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def overriding(self, other: "ParamInfo") -> "ParamInfo":
        """Return both as one; what this one says overrides the other."""
        return ParamInfo(
            other.words if self.words is None else self.words,
            self.flag or other.flag,
            self.resolve or other.resolve,
            self.files or other.files,
            {**other.attrs, **self.attrs},
        )


ParamInfos = Mapping[str, ParamInfo]
"""The infos of parameters, by their names."""
InfoLike = str | Resolve | ParamInfo
"""A parameter's help alone, its `resolve` alone, or all facts about it."""


def param(
    words: str | None = None,
    flag: str = "",
    resolve: Resolve | None = None,
    files: Mapping[str, str] = _NONE,
    **attrs: object,
) -> ParamInfo:
    return ParamInfo(words, flag, resolve, files, attrs)


def opposite_flag(words: str, flag: str) -> ParamInfo:
    """Return the info of a flag that makes its field false, which is true without the flag."""
    return param(words, flag, lambda _office, is_set: not is_set, default=False)


def override_infos(usual: ParamInfos, changes: Mapping[str, InfoLike]) -> ParamInfos:
    """Return `usual` with the `changes` of single parameters."""
    changed = {
        name: _as_info(change).overriding(usual.get(name, ParamInfo())) for name, change in changes.items()
    }
    return {**usual, **changed}


def _as_info(info: InfoLike) -> ParamInfo:
    if isinstance(info, ParamInfo):
        return info
    return ParamInfo(info) if isinstance(info, str) else ParamInfo(resolve=info)


IsoDay = Annotated[str, param(type=ISO_DAY)]
Folder = Annotated[Path, param(type=FOLDER)]
KeyHolder = Annotated[
    str, param("Nama masuk petugas yang kuncinya dipakai.", "--officer", envvar="ULT_OFFICER")
]
Yes = Annotated[bool, "Jangan bertanya."]
OfficeFile = Annotated[Path | None, param("Berkas kantor.", type=session.OfficePath(), envvar="ULT_DATABASE")]
StationFile = Annotated[Path | None, param("Setelan stasiun (.toml).", "--station")]
Month = Annotated[str, param("Bulan, misalnya 2026-11.", metavar="PERIOD")]


class Param(NamedTuple):
    """A parameter of a command, as a record's field or a function's signature describes it."""

    name: str
    hint: object
    default: object
    info: ParamInfo
    is_option: bool
    is_field: bool = False

    @property
    def is_required(self) -> bool:
        return self.default is inspect.Parameter.empty

    @property
    def is_common(self) -> bool:
        """Return whether it is one of the options that are the same in all commands, such as --database."""
        return self.name in _COMMON and self.is_required and self.info == ParamInfo() and not self.is_field

    @property
    def item_type(self) -> Any:  # noqa: ANN401  (a type, or what `typing` makes of one)
        """The type without None; of a tuple the type of its items."""
        hint = self.hint
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(each for each in get_args(hint) if each is not type(None))
        return get_args(hint)[0] if get_origin(hint) is tuple else hint

    def value(self, office: "Office | None", typed: Mapping[str, Any]) -> object:
        """Return what was typed, converted to the type."""
        if self.info.files:
            return {name: typed[name] for name in self.info.files if typed[name] is not None}
        value = typed[self.name]
        if value is None or (value == "" and type(None) in get_args(self.hint)):
            return None
        if self.info.resolve is not None and office is not None:
            value = self.info.resolve(office, value)
        return msgspec.convert(value, self.hint) if self.is_field or _is_key(self.item_type) else value

    def click_parameters(self) -> Iterator[click.Parameter]:
        if self.info.files:
            for name, words in self.info.files.items():
                yield click.Option([f"--{name}"], type=FILE, help=words)
        else:
            yield _COMMON[self.name]() if self.is_common else self._click_parameter()

    def _click_parameter(self) -> click.Parameter:
        is_several = get_origin(self.hint) is tuple
        shown_name = self.name.removesuffix("_id").replace("_", "-")
        attrs: dict[str, Any] = {"type": self._type(), "help": self.info.words}
        attrs["required"] = self.is_required and "default" not in self.info.attrs
        if not self.is_required:
            attrs["default"] = self.default.value if isinstance(self.default, StrEnum) else self.default
        if not self.is_option:
            if self.is_field or self.name.endswith("_id"):
                attrs["metavar"] = shown_name.upper()
            attrs["nargs"] = -1 if is_several else 1
            return click.Argument([self.name], **{**attrs, **self.info.attrs})
        if self.item_type is bool:
            attrs |= {"is_flag": True, "type": None, "default": attrs.get("default", False)}
        elif is_several:
            attrs["multiple"] = True
        else:
            attrs["show_default"] = self.is_field and bool(attrs.get("default"))
        flag = self.info.flag or f"--{_OTHER_FLAGS.get(shown_name, shown_name)}"
        return TranslatedOption([flag, self.name], **{**attrs, **self.info.attrs})

    def _type(self) -> object:
        item_type = self.item_type
        if self.name in MOMENTS:
            return MOMENT
        if self.info.resolve is not None:
            return str
        if _is_key(item_type):
            return KeyChoice(item_type)
        if item_type is int and type(None) in get_args(self.hint):
            return _NumberOrNone()
        if item_type is bool:
            return _YesOrNo()
        return {date: DAY, Path: FILE}.get(item_type, item_type if isinstance(item_type, type) else str)


def _is_key(item_type: object) -> bool:
    return isinstance(item_type, type) and issubclass(item_type, StrEnum)


def params_of_record(kind: type[msgspec.Struct], shape: Sequence[str], infos: ParamInfos) -> Iterator[Param]:
    """Yield a parameter for each field of a record that a person gives.

    A field without a default is an argument, another one an option. A `shape` changes that in one of two
    ways. If it names arguments too ("visit_id", "--reason"), it is the whole list in its order, with --
    before options. If it names options alone, these become options, and all else stays.
    """
    hints, fields = get_type_hints(kind), {each.name: each for each in msgspec.structs.fields(kind)}
    is_option_in_shape = {each.removeprefix("--").replace("-", "_"): each.startswith("--") for each in shape}
    is_whole = not all(is_option_in_shape.values())
    filled_in = {*(kind.derived if issubclass(kind, Command) else ())}
    if issubclass(kind, Edit):
        filled_in.add("seen")  # the program fills in what the writer saw
    names = is_option_in_shape if is_whole else [name for name in fields if name not in filled_in]
    for name in names:
        record_field, info = fields[name], infos.get(name, ParamInfo())
        is_option = is_option_in_shape.get(name, False) or bool(info.flag)
        if not is_whole and not record_field.required:
            is_option = True
        has_default = is_option and record_field.default is not msgspec.NODEFAULT
        default = record_field.default if has_default else inspect.Parameter.empty
        yield Param(name, hints[name], default, info, is_option, is_field=True)


def params_of_function(function: Callable[..., object], infos: ParamInfos) -> Iterator[Param]:
    """Yield a parameter for each of a function's: arguments by position, options by keyword.

    `Annotated` adds what the command line says of one: its help alone, or a `ParamInfo`.
    """
    hints = get_type_hints(function, localns=_UNLOADED, include_extras=True)
    for name, each in inspect.signature(function).parameters.items():
        if each.kind is each.VAR_KEYWORD:
            continue
        hint, info = hints.get(name, str), infos.get(name, ParamInfo())
        if get_origin(hint) is Annotated:
            hint, *annotations = get_args(hint)
            for annotation in annotations:
                info = _as_info(annotation).overriding(info)
        yield Param(name, hint, each.default, info, each.kind is each.KEYWORD_ONLY)


def make_command(
    name: str,
    words: str,
    params: Sequence[Param],
    act: Callable[[dict[str, Any]], None],
    sign_in: SignIn = session.sign_in,
    wrapped: Callable[..., object] | None = None,
    **settings: Any,  # noqa: ANN401  (click's own)
) -> click.Command:
    """Return click's command that asks for `params`, and gives their values to `act` by name.

    `inspect.unwrap` finds the function `wrapped` behind its callback.
    """
    common = {each.name for each in params if each.is_common}

    def run(**typed: object) -> None:
        with ExitStack() as stack:
            values: dict[str, Any] = dict(typed)
            if common & {"office", "tx", "now"}:
                values["office"] = stack.enter_context(session.open_office(values["database"]))
            if "by" in common:  # before names are looked up: not everybody may find what is named
                values["by"] = sign_in(values["office"], values["by_login"])
            for each in params:
                if not each.is_common:
                    values[each.name] = each.value(values.get("office"), typed)
            act(values)

    # The help shows a command's own parameters first, then the common ones, always in the same order. A
    # function that has a common one among its options, as `office` after a `*`, has it shown there.
    first = [each for each in params if not each.is_common or (each.is_option and each.name != "as_json")]
    last = sorted(
        (each for each in params if each not in first), key=lambda each: [*_COMMON].index(each.name)
    )
    parameters = {each.name: each for param in (*first, *last) for each in param.click_parameters()}
    callback = run if wrapped is None else update_wrapper(run, wrapped)
    options = {"params": [*parameters.values()], "help": words, **settings}
    return click.command(name, TranslatedCommand, **options)(callback)


def call_with(function: Callable[..., object], params: Sequence[Param], values: Mapping[str, Any]) -> Any:  # noqa: ANN401  (its answer)
    """Call a function with the `values` of its parameters; return its answer.

    A function that wants `tx` is called within a reading of the office.
    """
    names = {each.name for each in params}
    arguments = {name: values[name] for name in names - {"tx", "now"}}
    if "now" in names:
        arguments["now"] = values["office"].clock()
    if "tx" in names:
        return values["office"].read(lambda tx: function(tx=tx, **arguments))
    return function(**arguments)


def command_name(function: Callable[..., object]) -> str:
    return function.__name__.strip("_").replace("_", "-")


def command(
    words: str = "",
    name: str = "",
    group: click.Group | None = None,
    **settings: Any,  # noqa: ANN401  (click's own)
) -> Callable[[Callable[..., None]], click.Command]:
    """Make a command of a function; its help is in `cli.program` where it is in no group."""

    def make(function: Callable[..., None]) -> click.Command:
        params = [*params_of_function(function, _NONE)]
        act = partial(call_with, function, params)
        made_command = make_command(name or command_name(function), words, params, act, **settings)
        if group is not None:
            group.add_command(made_command)
        return made_command

    return make
