"""The commands about requests that come from afar (permintaan daring, POS Kepri)."""

from typing import Self

import msgspec
from typing_extensions import override

from ult_desktop.core import cells
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import ListBatch
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.online import online_request, request_rows


class ImportRequests(Command[int], frozen=True, kw_only=True):
    """Import a batch of a list's rows; the command returns how many were new.

    A row that the office already has is left out, so a batch can be repeated.
    """

    source: online_request.OnlineSource
    rows: tuple[online_request.OnlineRow, ...]
    batch: ListBatch


class UndoRequestImport(Command[int], frozen=True, kw_only=True):
    """Undo a portion of a wrong list's import: remove requests that nobody has worked on.

    The command returns how many were removed, and is repeated until they are fewer than a portion. Then the
    list can be imported again.
    """

    import_id: int


class AddRequest(Command[online_request.OnlineRequest], frozen=True, kw_only=True):
    """Add a request that an officer typed in: it came by letter, message or e-mail (POS Kepri 1)."""

    source: online_request.OnlineSource
    row: online_request.OnlineRow

    @override
    def checked(self) -> Self:
        try:
            return msgspec.structs.replace(self, row=request_rows.check_row(self.row))
        except cells.BadCell as bad:
            raise bad.refusal() from bad


class TakeRequest(Command[online_request.OnlineRequest], frozen=True, kw_only=True):
    """Take a request: it is in process, and belongs to the officer (POS Kepri 2)."""

    request_id: int


class AnswerRequest(Edit[online_request.OnlineRequest], frozen=True, kw_only=True):
    """Record that the answer went out (POS Kepri 2a, or 2b after the back office).

    `proof` says how that is known (a message's number, who confirmed it); "" takes the request's own number.
    `reason` explains what the officer was late with.
    """

    edits = ("answer",)
    request_id: int
    answer: str
    way: DeliveryChannel
    proof: str = ""
    reason: str = ""
    seen: Seen = None


class CloseRequest(Command[online_request.OnlineRequest], frozen=True, kw_only=True):
    """Close a request: its case is closed and its visit ended.

    `remark` says why, if it was not answered, and explains what was late with it.
    """

    request_id: int
    remark: str = ""
