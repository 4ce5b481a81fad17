"""The shape of an operation: its function, its permission, its refusal and its answer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, ParamSpec, Protocol, TypeVar, cast

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.event import Event
from ult_desktop.db.office.office import OfficeRow
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction

AnyCommand = TypeVar("AnyCommand", bound=Command)
Fields = ParamSpec("Fields")
Row = TypeVar("Row")


class Context(msgspec.Struct, frozen=True):
    """The context of an operation: when, by whom and under which request it is carried out.

    `at` is UTC ms, corrected to the share's clock; `day` the office's own date; `request` a UUIDv7; `needs`
    the permission that the operation asks for; `boot` the run of a station that keeps a row, else "".
    """

    at: int
    day: str
    by: Actor
    request: str
    office: OfficeRow
    replay: "Replay | None" = None
    needs: Permission | None = None
    boot: str = ""


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """The results that an operation had before the office file was lost, if its station wrote them down.

    A number keeps its `label`, which visitors have on paper, and a ticket its id (`subject`). `freed` are the
    tickets that the operation took from counters whose station was gone. `missing` are the ids, by label, of
    that day's tickets that acts name and the office does not have yet.
    """

    label: str = ""
    subject: int | None = None
    freed: tuple[int, ...] = ()
    missing: dict[str, int] = {}


class NewEvent(msgspec.Struct, frozen=True):
    """The event of an operation that says what it did.

    `subject` is the row's id. `data` names no person and holds nothing that somebody typed. The log is never
    erased, so a text that may have to be erased (a remark, a reason) is in the rows alone.
    """

    kind: str
    area: str
    subject: int
    data: dict[str, Any] = {}


Handler = Callable[[AnyCommand, Transaction, Context], NewEvent]
ReadAnswer = Callable[[Transaction, int], Answer]
ReadRecord = Callable[[Transaction, AnyCommand], msgspec.Struct | dict[str, Any] | None]


class CommandKind(Protocol[Fields, AnyCommand, Answer]):
    """A class of commands. By it mypy knows the command that the class makes, and that command's answer."""

    def __call__(self, *args: Fields.args, **fields: Fields.kwargs) -> AnyCommand: ...

    def journalled(self, command: AnyCommand, /) -> Command[Answer]: ...


@dataclass(frozen=True)
class Operation(Generic[Answer]):
    """An entry of the register. `answer` reads the result by subject: the first time and on a retry.

    `record` reads the fields that an `Edit` changes as they are now; None where there is no such record.
    """

    needs: Permission
    carry_out: Handler[Any]
    answer: ReadAnswer[Answer]
    record: ReadRecord[Any] = lambda _tx, _edit: None


HANDLERS: dict[type[Command], Operation] = {}


class CommandName(NamedTuple):
    """A command's name on the command line with its groups ("case ppid", "extend"), and what help says of it.

    `options` are fields without a default that are options all the same ("--reason").
    """

    group: str
    name: str
    words: str
    options: tuple[str, ...] = ()


COMMAND_NAMES: dict[type[Command], CommandName] = {}


def refuse(what: str, todo: str = "") -> UserError:
    return UserError(what, _("Tidak ada yang berubah."), todo)


def known(row: Row | None, what: str, todo: str = "") -> Row:
    """Return `row`. Raises UserError with these words when it is None."""
    if row is None:
        raise refuse(what, todo)
    return row


def record(tx: Transaction, new: NewEvent, context: Context, request: str = "") -> Event:
    """Write the event to the log, under the operation's own request or one derived from it (`request`)."""
    event = Event(
        seq=0,
        at=context.at,
        station=context.by.station,
        officer_id=context.by.officer_id,
        kind=new.kind,
        area=new.area,
        subject=new.subject,
        data=msgspec.json.encode(new.data).decode(),
        request=request or context.request,
    )
    return events.append(tx, event)


def the_subject(_tx: Transaction, subject: int) -> int:
    """Return the subject: the answer of a command that gives back a number."""
    return subject


def handles(
    command: CommandKind[..., AnyCommand, Answer],
    needs: Permission,
    answer: ReadAnswer[Answer],
    record: ReadRecord[AnyCommand] = lambda _tx, _command: None,
) -> Callable[[Handler[AnyCommand]], Handler[AnyCommand]]:
    """Register a function as the one that carries out `command`; `record` as in `Operation`."""

    def register(function: Handler[AnyCommand]) -> Handler[AnyCommand]:
        HANDLERS[cast("type[Command]", command)] = Operation(needs, function, answer, record)
        return function

    return register


def named(usage: str, words: str) -> Callable[[Handler[AnyCommand]], Handler[AnyCommand]]:
    """Name the command of a handler on the command line ("phone answer --answer"), and say what it does."""
    path, *options = usage.split(" --")
    group, _space, name = path.rpartition(" ")
    command_name = CommandName(group, name, words, tuple(f"--{each}" for each in options))

    def register(function: Handler[AnyCommand]) -> Handler[AnyCommand]:
        kind, *_others = function.__annotations__.values()  # the type of the first argument, the command
        COMMAND_NAMES[kind] = command_name
        return function

    return register
