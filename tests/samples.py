"""A filled-in ask of any kind, made from its types: tables over every ask need no row for a new one."""

import datetime
import importlib
import pkgutil
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

import ult_desktop.core
from tests.procedures import procedure, step
from ult_desktop.core.access import commands as access
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.merging import Edit
from ult_desktop.core.office.settings import OfficeSettings, settings_of
from ult_desktop.core.office.template import CounterTemplate, ServiceTemplate
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.operations.office.office_files import load_office

NUMBER = 5
TEXT = "kata"
OFFICE = load_office()
WHOLE: dict[type, Any] = {  # what is no sum of any texts and numbers
    Procedure: procedure(step(1)),
    OfficeSettings: settings_of(OFFICE),
    ServiceTemplate: OFFICE.services[0],
    CounterTemplate: OFFICE.counters[0],
    ListBatch: ListBatch(key=TEXT, file=TEXT, planned=NUMBER),  # what columns mean is no station's to say
}
KEY_COMMANDS = {
    *(access.PublishKey, access.MakeKeys, access.GrantKeys, access.GiveUpKeys, access.RotateKeys),
    *(access.WithdrawKeys, access.SetRecovery, access.RecoverKeys, access.SealOld),
}
BYTES = b"k" * 32
BY_NAME = {"sha256": "0" * 64, "digest": "0" * 64, "version": "1.2.3"}  # texts that only a program writes


def every_ask() -> list[type[Command]]:
    """All kinds of asks, in whatever module of `core` they stand, by name."""
    for module in pkgutil.walk_packages(ult_desktop.core.__path__, "ult_desktop.core."):
        importlib.import_module(module.name)
    return sorted(_below(Command) - {Edit}, key=lambda kind: kind.__name__)


def _below(kind: type[Command]) -> set[type[Command]]:
    return {each for child in kind.__subclasses__() for each in ({child} | _below(child))}


def sample_ask(kind: type[Command]) -> Command:
    """With a value in each field; what the writer of an edit saw is dropped before it is kept anywhere."""
    return kind(**_fields(kind))


def _fields(kind: type[msgspec.Struct]) -> dict[str, Any]:
    hints = get_type_hints(kind)
    names = (name for name in kind.__struct_fields__ if name != "seen")
    return {name: BY_NAME.get(name) or _value(hints[name]) for name in names}


def _value(hint: Any) -> Any:  # noqa: ANN401  (one line for each kind of type)
    """Return the value of an optional and not None, one element of a tuple, the first of an enum."""
    origin, inside = get_origin(hint), get_args(hint)
    if hint in WHOLE:
        return WHOLE[hint]
    if origin in (Union, UnionType):
        return _value(next(each for each in inside if each is not type(None)))
    if origin is tuple:
        return tuple(_value(each) for each in inside if each is not Ellipsis)
    if origin is dict:
        return {_value(inside[0]): _value(inside[1])}
    if origin is Literal:
        return inside[0]
    if issubclass(hint, msgspec.Struct):
        return hint(**_fields(hint))
    return _plain(hint)


def _plain(kind: Any) -> Any:  # noqa: ANN401
    if hasattr(kind, "__members__"):
        return next(iter(kind))
    plain = {str: TEXT, bytes: BYTES, bool: True, int: NUMBER, datetime.date: datetime.date(2026, 11, 23)}
    return plain[kind]
