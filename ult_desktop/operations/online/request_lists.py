"""The importer of lists of online requests."""

from collections.abc import Sequence

import msgspec

from ult_desktop.core.command import Command
from ult_desktop.core.lists.commands import KeptRow, ListBatch
from ult_desktop.core.lists.understanding import AcceptedRow
from ult_desktop.core.online.commands import ImportRequests, UndoRequestImport
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.online.request_rows import RequestList
from ult_desktop.db import online_requests, online_undo
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.sealing import phone_index_of


class RequestLists(msgspec.Struct, frozen=True):
    """The importer of lists of requests from one source."""

    source: OnlineSource

    def kind(self, tx: Transaction, now: int) -> RequestList:
        service_by_word = services.by_word(services.active(tx))
        names = {word: row.definition.name.indonesian for word, row in service_by_word.items()}
        return RequestList(source=self.source, zone=office_rows.zone(tx), now=now, services=names)

    def known_rows(self, office: Office, rows: Sequence[AcceptedRow[OnlineRow]]) -> dict[int, str]:
        """Return the numbers of the requests that rows equal, by the rows' own numbers."""

        def with_index(row: OnlineRow) -> OnlineRow:
            index = phone_index_of(row.phone, office.keyring)
            return msgspec.structs.replace(row, phone_index=index) if index else row

        row_by_number = {accepted.number: with_index(accepted.row) for accepted in rows}
        return office.read(lambda tx: online_requests.known_rows(tx, self.source, row_by_number))

    def write_command(self, rows: Sequence[OnlineRow], batch: ListBatch) -> Command[int]:
        return ImportRequests(source=self.source, rows=tuple(rows), batch=batch)

    def count_letters(self, row: OnlineRow) -> int:
        return len(row.detail)

    def undo_command(self, import_id: int) -> Command[int]:
        return UndoRequestImport(import_id=import_id)

    def kept_rows(self, tx: Transaction, import_id: int) -> tuple[KeptRow, ...]:
        return online_undo.rows_in_use(tx, import_id)

    def words(self, row: OnlineRow) -> tuple[str, str]:
        return row.name, " · ".join(part for part in (row.institution, row.topic, row.detail) if part)
