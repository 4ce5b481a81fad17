"""Paper for numbers taken on the command line: printed after the commit, its outcome recorded."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ult_desktop.cli.session import station_name
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.commands import ReportPaper
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.db.office import office as rows
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.ticket_paper import queue_line, ticket_paper


@contextmanager
def print_issued(office: Office, address: str) -> Iterator[Callable[[IssuedTicket], None] | None]:
    """A function that prints a ticket and records what became of it; None without a printer."""
    if address == "none":
        yield None
        return
    printer = TicketPrinter(parse_address(address))
    about = office.read(rows.load).settings.office

    def to_paper(issued: IssuedTicket) -> None:
        result = printer.print(ticket_paper(issued.ticket, about, ahead=queue_line(issued)))
        paper = PaperState(result.outcome.value)
        if paper is not PaperState.PRINTED:
            click.echo(f"{issued.ticket.label}: {result.state.for_officer}", err=True)
        office.perform(ReportPaper(ticket_id=issued.ticket.id, paper=paper), Actor(station=station_name()))

    yield to_paper
