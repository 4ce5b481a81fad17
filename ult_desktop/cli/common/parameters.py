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
_OTHER_FLAGS = {"officer": "for-officer", "help": "help-wanted"}  # --officer is who acts, --help is click's
MOMENTS = ("at", "asked_at", "found_at", "promised_at", "received_at", "known_at")
_COMMON: dict[str, Callable[[], click.Option]] = {
    "office": session.database_option,
    "tx": session.database_option,
    "database": session.database_option,
    "by": session.officer_option,
    "officer": session.officer_option,
    "as_json": session.json_option,
}
_UNLOADED = {"Office": object, "Actor": object}  # types in quotes that modules do not import early
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


Differing = Mapping[str, Asked]
How = str | Resolve | Asked  # its help alone, what resolves it alone, or all of it


def asked(
    words: str | None = None,
    flag: str = "",
    resolve: Resolve | None = None,
    files: Mapping[str, str] = _NONE,
    **attrs: object,
) -> Asked:
    return Asked(words, flag, resolve, files, attrs)


def differing(before: Differing, how: Mapping[str, How]) -> Differing:
    """Return `before` with what `how` says of single parameters, which overrides it."""
    changed = {name: _as_asked(each).overriding(before.get(name, Asked())) for name, each in how.items()}
    return {**before, **changed}


def _as_asked(how: How) -> Asked:
    if isinstance(how, Asked):
        return how
    return Asked(how) if isinstance(how, str) else Asked(resolve=how)


IsoDay = Annotated[str, asked(type=times.ISO_DAY)]
Folder = Annotated[Path, asked(type=FOLDER)]


class WantedParam(NamedTuple):
    """A parameter, as a field or a signature names it."""

    name: str
    hint: object
    default: object
    how: Asked
    is_option: bool
    is_field: bool = False

    @property
    def is_common(self) -> bool:
        """Return whether it is one of the options that are the same in all commands, such as --database."""
        needed = self.default is inspect.Parameter.empty
        return self.name in _COMMON and needed and self.how == Asked() and not self.is_field

    @property
    def plain(self) -> Any:  # noqa: ANN401  (a type, or what `typing` makes of one)
        """The type without None; of a tuple the type of its items."""
        hint = self.hint
        if get_origin(hint) in (Union, types.UnionType):
            hint = next(each for each in get_args(hint) if each is not type(None))
        return get_args(hint)[0] if get_origin(hint) is tuple else hint

    def value(self, office: "Office | None", typed: Mapping[str, Any]) -> object:
        """Return what was typed, converted to the type."""
        if self.how.files:
            return {name: typed[name] for name in self.how.files if typed[name] is not None}
        given = typed[self.name]
        if given is None or (given == "" and type(None) in get_args(self.hint)):
            return None
        if self.how.resolve is not None and office is not None:
            given = self.how.resolve(office, given)
        if self.plain is date and isinstance(given, datetime):
            return given.date()
        return msgspec.convert(given, self.hint) if self.is_field or _is_key(self.plain) else given

    def parameters(self) -> Iterator[click.Parameter]:
        if self.how.files:
            for name, words in self.how.files.items():
                yield click.Option([f"--{name}"], type=FILE, help=words)
        else:
            yield _COMMON[self.name]() if self.is_common else self._parameter()

    def _parameter(self) -> click.Parameter:
        needed, several = self.default is inspect.Parameter.empty, get_origin(self.hint) is tuple
        shown = self.name.removesuffix("_id").replace("_", "-")
        attrs: dict[str, Any] = {"type": self._type(), "help": self.how.words}
        attrs["required"] = needed and "default" not in self.how.attrs
        if not needed:
            attrs["default"] = self.default.value if isinstance(self.default, StrEnum) else self.default
        if not self.is_option:
            if self.is_field or self.name.endswith("_id"):
                attrs["metavar"] = shown.upper()
            attrs["nargs"] = -1 if several else 1
            return click.Argument([self.name], **{**attrs, **self.how.attrs})
        if self.plain is bool:
            attrs |= {"is_flag": True, "type": None, "default": attrs.get("default", False)}
        elif several:
            attrs["multiple"] = True
        else:
            attrs["show_default"] = self.is_field and bool(attrs.get("default"))
        flag = self.how.flag or f"--{_OTHER_FLAGS.get(shown, shown)}"
        return SpokenOption([flag, self.name], **{**attrs, **self.how.attrs})

    def _type(self) -> object:
        if self.name in MOMENTS:
            return times.MOMENT
        if self.how.resolve is not None:
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


def of_fields(kind: type[msgspec.Struct], shape: Sequence[str], how: Differing) -> Iterator[WantedParam]:
    """Yield a parameter for each field of a record that a person gives.

    A field without a default is an argument, another one an option. A `shape` changes that in one of two
    ways. If it names arguments too ("visit_id", "--reason"), it is the whole list in its order, with --
    before options. If it names options alone, these become options, and all else stays.
    """
    hints, fields = get_type_hints(kind), {each.name: each for each in msgspec.structs.fields(kind)}
    derived = {*(kind.derived if issubclass(kind, Command) else ()), *(["seen"] * issubclass(kind, Edit))}
    options = {each.removeprefix("--").replace("-", "_") for each in shape if each.startswith("--")}
    shaped = [each.removeprefix("--").replace("-", "_") for each in shape]
    whole = len(shaped) > len(options)
    for name in shaped if whole else (name for name in fields if name not in derived):
        each, said = fields[name], how.get(name, Asked())
        default = inspect.Parameter.empty if each.default is msgspec.NODEFAULT else each.default
        is_option = name in options or bool(said.flag) or not (whole or each.required)
        if not is_option:
            default = inspect.Parameter.empty
        yield WantedParam(name, hints[name], default, said, is_option, is_field=True)


def of_signature(function: Callable[..., object], how: Differing) -> Iterator[WantedParam]:
    """Yield what a function's parameters ask for: arguments by position, options by keyword.

    `Annotated` says how one is asked for, by its help alone or by `asked`.
    """
    hints = get_type_hints(function, localns=_UNLOADED, include_extras=True)
    for name, each in inspect.signature(function).parameters.items():
        if each.kind is each.VAR_KEYWORD:
            continue
        hint, asked = hints.get(name, str), how.get(name, Asked())
        if get_origin(hint) is Annotated:
            hint, *several = get_args(hint)
            for one in several:
                asked = _as_asked(one).overriding(asked)
        yield WantedParam(name, hint, each.default, asked, each.kind is each.KEYWORD_ONLY)


def make_command(
    name: str,
    words: str,
    wanted: Sequence[WantedParam],
    act: Callable[[dict[str, Any]], None],
    sign: "Sign" = session.sign_in,
    **settings: Any,  # noqa: ANN401  (click's own)
) -> click.Command:
    """Return click's command that asks for what is `wanted`, and gives it to `act` by name.

    `office` and `tx` open the office of --database, `by` is who signs in as --officer.
    """
    common = {each.name for each in wanted if each.is_common}

    def run(**typed: object) -> None:
        with ExitStack() as opened:
            given: dict[str, Any] = dict(typed)
            if common & {"office", "tx"}:
                given["office"] = opened.enter_context(session.open_office(given["database"]))
            if "by" in common:  # first: not everybody may find what is named
                given["by"] = sign(given["office"], given["officer"])
            for each in wanted:
                if not each.is_common:
                    given[each.name] = each.value(given.get("office"), typed)
            act(given)

    # The help shows a command's own parameters first, then the common ones, always in the same order.
    own = [each for each in wanted if not each.is_common or (each.is_option and each.name != "as_json")]
    others = (each for each in wanted if each not in own)
    last = sorted(others, key=lambda each: [*_COMMON].index(each.name))
    parameters = {each.name: each for one in (*own, *last) for each in one.parameters()}
    return click.command(name, SpokenCommand, params=[*parameters.values()], help=words, **settings)(run)


def call_with(
    function: Callable[..., object], wanted: Sequence[WantedParam], given: Mapping[str, Any]
) -> Any:  # noqa: ANN401  (its answer)
    """Call a function with the values `given` for what is `wanted`; return its answer.

    A function that wants `tx` is called within a reading of the office.
    """
    values = {each.name: given[each.name] for each in wanted if each.name != "tx"}
    if len(values) < len(wanted):
        return given["office"].read(lambda tx: function(tx=tx, **values))
    return function(**values)


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
        wanted = [*of_signature(function, _NONE)]
        act = partial(call_with, function, wanted)
        made = make_command(name or spoken_name(function), words, wanted, act, **settings)
        if group is not None:
            group.add_command(made)
        return made

    return make
