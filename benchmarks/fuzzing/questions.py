"""The questions that the program asks of an office's rows: functions of a transaction and plain values."""

import importlib
import inspect
import pkgutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import msgspec

import ult_desktop.db
import ult_desktop.operations
from ult_desktop.base.errors import UserError
from ult_desktop.db.store.transaction import Transaction

# They are about the connection itself, or about files next to the office.
_OF_THE_PLACE = ("ult_desktop.db.store.", "ult_desktop.db.backup.", "ult_desktop.db.schema.")
# Each engine ranks its results by a measure of its own.
_RANKED = {"db.cases.answer_bank.search", "db.cases.answer_bank.suggest"}
# It tells how backups are made, which each engine does in its own way.
_OF_THE_ENGINE = {"operations.privacy.processing_records.dpia_sheet"}
_NOT_TYPED = {"context", "tx"}


class Question(NamedTuple):
    """A question: the function `asked`, its name and the types of its further values."""

    name: str
    asked: Callable[..., object]
    values: dict[str, Any]


@cache
def questions() -> tuple[Question, ...]:
    found = (each for each in _found() if each.name not in _RANKED | _OF_THE_ENGINE)
    return tuple(sorted(found, key=lambda each: each.name))


def _found() -> Iterator[Question]:
    for layer in (ult_desktop.db, ult_desktop.operations):
        for told in pkgutil.walk_packages(layer.__path__, f"{layer.__name__}."):
            if told.name.startswith(_OF_THE_PLACE):
                continue
            module = importlib.import_module(told.name)
            for name, asked in vars(module).items():
                if inspect.isfunction(asked) and asked.__module__ == told.name and not name.startswith("_"):
                    values = dict(inspect.signature(asked).parameters)
                    if values.pop("tx", None) is None or _NOT_TYPED & values.keys():
                        continue
                    kinds = {each.name: each.annotation for each in values.values()}
                    yield Question(f"{told.name.partition('.')[2]}.{name}", asked, kinds)


def ask(tx: Transaction, question: Question, values: dict[str, Any]) -> bytes:
    """Return the answer, to be compared. A question that would write is left out by both engines alike."""
    asked = repr(values).encode()
    try:
        return asked + b" -> " + encoded(question.asked(tx, **values))
    except sqlite3.Error as error:
        return b"would write" if _is_write(error) else asked + b" refused by the engine"
    except UserError as error:
        return asked + f" refused: {error.what}".encode()
    except Exception as error:  # noqa: BLE001  (random records fit no rows; both engines fall over the same one)
        return asked + f" fell over {type(error).__name__}".encode()


def _is_write(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY


def encoded(answer: object) -> bytes:
    """Encode an answer; equal answers give the same bytes."""
    return msgspec.json.encode(answer, enc_hook=lambda other: type(other).__name__, order="deterministic")
