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
    the permission that the operation asks for. `boot` names the run of the station's program that its row in
    the office file has; "" for a program without such a row, such as the command line. The operation adds to
    `begun_visits` the ids of the visits that it begins; a list's import adds the first one.
    """

    at: int
    day: str
    by: Actor
    request: str
    office: OfficeRow
    replay: "Replay | None" = None
    needs: Permission | None = None
    boot: str = ""
    begun_visits: list[int] = []


class Replay(msgspec.Struct, frozen=True, kw_only=True):
    """The results that an operation had before the office file was lost, as its station's journal has them.

    A number keeps its `label`, which visitors have on paper, and a ticket its id (`subject`). `freed` are the
    tickets that the operation took from counters whose station was gone. `missing` are tickets of that day
    that later acts name and the rebuilt office does not have yet: their ids by label.
    """

    label: str = ""
    subject: int | None = None
    freed: tuple[int, ...] = ()
    missing: dict[str, int] = {}


class NewEvent(msgspec.Struct, frozen=True):
    """The event by which an operation says what it did.

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
    """A class of commands, typed so that mypy knows its instances and the type of their answer."""

    def __call__(self, *args: Fields.args, **fields: Fields.kwargs) -> AnyCommand: ...

    def journalled(self, command: AnyCommand, /) -> Command[Answer]: ...


@dataclass(frozen=True)
class Operation(Generic[Answer]):
    """The operation of a command: the permission that it needs, and the functions that do its parts.

    `carry_out` does it. `answer` reads its result by the event's subject, the first time and on a retry.
    `record` reads the fields that an `Edit` changes as they are now; None where there is no such record.
    """

    needs: Permission
    carry_out: Handler[Any]
    answer: ReadAnswer[Answer]
    record: ReadRecord[Any] = lambda _tx, _edit: None


HANDLERS: dict[type[Command], Operation] = {}


class CommandName(NamedTuple):
    """A command's groups and name on the command line ("case ppid", "extend"), and its text in the help.

    `options` are fields without a default that are options nevertheless ("--reason").
    """

    group: str
    name: str
    words: str
    options: tuple[str, ...] = ()


COMMAND_NAMES: dict[type[Command], CommandName] = {}


def refuse(what: str, todo: str = "") -> UserError:
    """Return the error of a refused command, after which nothing has changed."""
    return UserError(what, _("Tidak ada yang berubah."), todo)


def require_found(row: Row | None, what: str, todo: str = "") -> Row:
    """Return `row`. Raises UserError with these words when it is None."""
    if row is None:
        raise refuse(what, todo)
    return row


def write_event(tx: Transaction, new: NewEvent, context: Context, request: str = "") -> Event:
    """Write the event to the log, under the operation's own request or under `request`, derived from it."""
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


def answer_subject(_tx: Transaction, subject: int) -> int:
    """Return the event's subject, for a command whose answer is a number."""
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
    """Name a handler's command on the command line; `words` is its help.

    `usage` holds its groups, its name, and the fields that become options: "phone answer --answer".
    """
    path, *options = usage.split(" --")
    group, _space, name = path.rpartition(" ")
    command_name = CommandName(group, name, words, tuple(f"--{option}" for option in options))

    def register(function: Handler[AnyCommand]) -> Handler[AnyCommand]:
        kind, *_others = function.__annotations__.values()  # the type of the first argument, the command
        COMMAND_NAMES[kind] = command_name
        return function

    return register
