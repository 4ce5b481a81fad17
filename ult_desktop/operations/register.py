"""The register of operations: a command of `core/<noun>` is carried out in `operations/<noun>`.

A station carries out a few of all commands, so a noun is imported when the first of its commands comes.
"""

import importlib
import pkgutil
from collections.abc import Iterable
from functools import cache

from ult_desktop import operations
from ult_desktop.core.command import Answer, Command
from ult_desktop.operations.operation import COMMAND_NAMES, HANDLERS, Operation


def operation_of(kind: type[Command[Answer]]) -> Operation[Answer]:
    """Return the operation that carries out commands of this kind."""
    if kind not in HANDLERS:
        _import_noun(kind.__module__.split(".")[2])  # ult_desktop.core.<noun>
    return HANDLERS[kind]


def kind_named(name: str) -> type[Command] | None:
    """Return the kind of command that a journal calls `name`; None if this program has no such command."""
    return next((kind for kind in every_operation() if kind.__name__ == name), None)


def every_operation() -> dict[type[Command], Operation]:
    """Return all commands with the operations that carry them out."""
    _import_all()
    return HANDLERS


def commands_of(group: str, nouns: Iterable[str]) -> dict[str, type[Command]]:
    """Return the commands of a group of the command line, by their names there. `nouns` handle them."""
    for noun in nouns:
        _import_noun(noun)
    return {names.name: kind for kind, names in COMMAND_NAMES.items() if names.group == group}


@cache
def _import_noun(noun: str) -> None:
    folder = importlib.import_module(f"{operations.__name__}.{noun}")
    for module in pkgutil.iter_modules(folder.__path__):
        importlib.import_module(f"{folder.__name__}.{module.name}")


@cache
def _import_all() -> None:
    for folder in pkgutil.iter_modules(operations.__path__):
        if folder.ispkg:
            _import_noun(folder.name)
