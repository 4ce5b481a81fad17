"""The rows of an issued ticket written with bare `sqlite3`: the cost of the disk without the program."""

import sqlite3
from pathlib import Path

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket
from ult_desktop.db.store.connection import open_file
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.queue.issuing import ticket_code
from ult_desktop.operations.request_ids import new_id

Values = tuple[object, ...]


class BareWriter:
    """A writer of a ticket and its event in one transaction, with the store's own pragmas.

    Args:
        path: an office file.
        model: another one, with one ticket in it: its rows are what is written.
        count: how many are made ready; the time of making them is not measured.
    """

    def __init__(self, path: Path, model: Path, count: int) -> None:
        ticket = _row(model, "SELECT * FROM ticket")
        event = _row(model, "SELECT * FROM event ORDER BY seq DESC LIMIT 1")
        self._rows = [_nth(n, ticket, event) for n in range(1, count + 1)]
        self._into_ticket, self._into_event = _insert("ticket", ticket), _insert("event", event)
        self._link = open_file(path)

    def write(self, n: int) -> None:
        """Write the rows of the n-th ticket, from 0."""
        ticket, event = self._rows[n]
        self._link.execute("BEGIN IMMEDIATE")
        self._link.execute(self._into_ticket, ticket)
        self._link.execute(self._into_event, event)
        self._link.execute("COMMIT")

    def close(self) -> None:
        self._link.close()


def issue(office: Office) -> None:
    """Issue a ticket with the same rows through the operation."""
    office.perform(IssueTicket(service_id=1), Actor(station=office.station))


def _row(path: Path, sql: str) -> dict[str, object]:
    link = sqlite3.connect(path)
    link.row_factory = sqlite3.Row
    row = dict(link.execute(sql).fetchone())
    link.close()
    return row


def _nth(n: int, ticket: dict[str, object], event: dict[str, object]) -> tuple[Values, Values]:
    """Return the n-th ticket and event.

    Codes lie anywhere in their index and requests at the end of theirs, as in real use.
    """
    ticket = ticket | {"id": n, "number": n, "code": ticket_code(str(n)), "label": f"A{n:03}"}
    event = event | {"seq": n, "subject": n, "request": new_id()}
    return tuple(ticket.values()), tuple(event.values())


def _insert(table: str, row: dict[str, object]) -> str:
    return f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})"  # noqa: S608
