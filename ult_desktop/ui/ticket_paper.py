"""From a ticket to what stands on its paper: one pure function for the kiosk and for reprints."""

from ult_desktop.base.formats import (
    format_clock,
    format_date,
    format_number,
    format_wait,
)
from ult_desktop.base.i18n import _, language
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import to_datetime
from ult_desktop.devices.printer.paper import TicketPaper


def ticket_paper(
    ticket: Ticket, office: OfficeIdentity, *, ahead: str = "", reprint: bool = False
) -> TicketPaper:
    """The paper in the language in force.

    Args:
        ticket: whose number it is.
        office: names, zone and survey address.
        ahead: what `queue_line` says; "" on a reprint, when it is no longer true.
        reprint: the paper says CETAK ULANG.
    """
    moment = to_datetime(ticket.issued_at, office.zone)
    english = language() == "en" and ticket.service_en
    return TicketPaper(
        office=(office.unit.upper(), office.name),
        label=ticket.label,
        service=ticket.service_en if english else ticket.service,
        issued=f"{format_date(moment)}  {format_clock(moment)}",
        code=ticket.code,
        ahead=ahead,
        notes=(
            _("Harap menunggu nomor Anda dipanggil."),
            _("Layanan ini tidak dipungut biaya."),
        ),
        survey_url=office.survey_url,
        priority=ticket.priority,
        reprint=reprint,
    )


def queue_line(issued: IssuedTicket) -> str:
    """As in "Menunggu di depan Anda: 3 (± 12 menit)"; the wait only where something sound is known.

    Nothing at all of a number that was given while cut off.
    """
    if issued.ahead is None:
        return ""
    line = _("Menunggu di depan Anda: {n}").format(n=format_number(issued.ahead, 0))
    if issued.wait_minutes is None:
        return line
    return f"{line} ({format_wait(issued.wait_minutes * 60)})"
