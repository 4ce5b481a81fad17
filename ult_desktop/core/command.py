"""What a person can ask for: each a small frozen record that can be journalled, replayed and shown."""

from typing import Any, ClassVar, Generic, Self

import msgspec
from typing_extensions import TypeVar

Answer = TypeVar("Answer", default=Any)


class Command(msgspec.Struct, Generic[Answer], frozen=True, tag=True, forbid_unknown_fields=True):
    """A request for one operation, which gives back an `Answer`.

    The class name is the operation's name in journal and log.

    `opens`: its answer gives personal text in clear; every other answer is masked. `derived`: fields that
    nobody gives himself, for they follow from the others. `moves_keys`: it may change who opens personal
    text; whoever holds the keys then gives them, or renews them, in the same act. `done_alone`: it hands in
    what a station did while it was cut off, and is taken from one that was replaced meanwhile too.
    """

    opens: ClassVar[bool] = False
    moves_keys: ClassVar[bool] = False
    done_alone: ClassVar[bool] = False
    derived: ClassVar[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, arguments: str) -> Self:
        """The command as a station's journal kept it, also by an older version of the program.

        Raises:
            msgspec.MsgspecError: it is no such command.
        """
        command: Self = msgspec.json.decode(arguments, type=cls)
        return command

    def checked(self) -> Self:
        """The command with its text looked at, before personal text is sealed and can be looked at no more.

        Raises:
            UserError: the text is refused.
        """
        return self

    def journalled(self) -> "Command[Answer]":
        """What the station's journal keeps of it: all, but for what would betray somebody there."""
        return self
