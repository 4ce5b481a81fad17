"""The commands: each operation that a person can ask for is a frozen record to journal, replay and show."""

from typing import Any, ClassVar, Generic, Self

import msgspec
from typing_extensions import TypeVar

Answer = TypeVar("Answer", default=Any)


class Command(msgspec.Struct, Generic[Answer], frozen=True, tag=True, forbid_unknown_fields=True):
    """A request for one operation, which gives back an `Answer`.

    The class name is the operation's name in journal and log.

    `opens`: its answer gives personal text in clear; every other answer is masked. `derived`: fields that no
    person fills in, for they follow from the others. `moves_keys`: it may change which officers can open
    personal text; the officer who holds the keys then gives or renews them in the same act. `done_alone`: it
    hands in what a station did while it was cut off, and is accepted also from a station that was replaced
    meanwhile.
    """

    opens: ClassVar[bool] = False
    moves_keys: ClassVar[bool] = False
    done_alone: ClassVar[bool] = False
    derived: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, arguments: str) -> Self:
        """Read the command as a station's journal kept it, also one by an older version of the program.

        Raises:
            msgspec.MsgspecError: it is no such command.
        """
        command: Self = msgspec.json.decode(arguments, type=cls)
        return command

    def checked(self) -> Self:
        """Check the command's text before personal text is sealed, and return the command.

        Raises:
            UserError: the text is refused.
        """
        return self

    def journalled(self) -> "Command[Answer]":
        """Return the command as the station's journal keeps it: without what would betray somebody."""
        return self
