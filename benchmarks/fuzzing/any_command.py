"""Any command of the program with any values: what no script thinks of."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, TypeVar

from benchmarks.fuzzing.any_value import AnyValue
from ult_desktop.core.command import Command
from ult_desktop.db.store.postgres.schema import SEARCH_TABLE
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.register import every_operation

T = TypeVar("T")
Read = Callable[[Callable[[Transaction], Any]], Any]
QUEUE = ("ult_desktop.core.queue.", "ult_desktop.core.visits.", "ult_desktop.core.cases.")
# They end the day for everybody, so they come among the last acts alone.
ENDING = {"CloseDay", "ChangeSettings", "ChangeOffice", "ChangeRoles", "RetireOfficer", "PauseKiosks"}
KEYS = "ult_desktop.operations.access.keys"  # they, and all that they seal, depend on the system's chance


class AnyCommand:
    """A maker of random commands.

    Args:
        chance: the dice.
        read: asks the office's rows, of which the commands name some.
        now: the time, UTC ms.
    """

    def __init__(self, chance: Random, read: Read, now: Callable[[], int]) -> None:
        self._chance, self._read = chance, read
        self.values = AnyValue(chance, self._numbers, now)
        self._numbered: set[str] = set(read(_numbered))
        found = {
            kind.__name__: kind
            for kind, operation in every_operation().items()
            if operation.carry_out.__module__ != KEYS
        }
        self._kinds: list[type[Command]] = [found[name] for name in sorted(found)]
        self._often = [kind for kind in self._kinds if kind.__module__.startswith(QUEUE)]

    def kind(self, *, ending: bool = False) -> type[Command] | None:
        """Draw a kind of command, in the middle of a day mostly one of those that visitors are about.

        Returns None for one that would end the day for everybody, unless it is `ending`.
        """
        often = not ending and self._chance.random() < 0.5
        kind = self._chance.choice(self._often if often else self._kinds)
        return kind if ending or kind.__name__ not in ENDING else None

    def of(self, kind: type[Command]) -> Command:
        """Make one of that kind. Raises UnknownTypeError: nobody types such a command."""
        command: Command = self.values.of(kind, "")
        return command

    def _numbers(self, name: str) -> Sequence[int]:
        table = (
            name
            if name in self._numbered
            else next((each for each in sorted(self._numbered) if each.endswith(f"_{name}")), "")
        )
        if not table:
            return ()
        numbers: Sequence[int] = self._read(lambda tx: tx.column(f"SELECT id FROM {table} ORDER BY id"))  # noqa: S608
        return numbers


def table_names(tx: Transaction) -> list[str]:
    """Return the tables that hold an office's rows."""
    names = tx.on_connection(tx.engine.tables)
    own = ("sqlite_", "_sqlite_", SEARCH_TABLE, "applied_migration", "older_copy")
    return [each for each in names if not each.startswith(own)]


def columns(tx: Transaction, table: str) -> list[str]:
    return tx.on_connection(
        lambda link: [each[0] for each in link.execute(f"SELECT * FROM {table} LIMIT 0").description]  # noqa: S608
    )


def _numbered(tx: Transaction) -> list[str]:
    return [each for each in table_names(tx) if "id" in columns(tx, each)]
