"""The content of a ticket: one pure function makes it, for the kiosk and for reprints."""

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from ult_desktop.base import _, formats, language
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import IssuedTicket, what_next
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.queue.wait_range import until_words
from ult_desktop.core.stamps import to_datetime

SAMPLE_CODE = "CONTOH"


@dataclass(frozen=True)
class TicketPaper:
    """A ticket, every text ready to be read.

    Args:
        office: the office's lines, the most important first.
        label: the number as it is called, "A012".
        service: the service's name.
        issued: day and time, "Sabtu, 21 November 2026  09.41 WITA".
        code: what the QR holds and a visitor can type at the kiosk; "" leaves the QR out.
        ahead: "Menunggu di depan Anda: 3 (± 12 menit)", or "" when nothing true can be said.
        following: what the visitor does now and where they are called.
        notes: lines under the QR.
        survey_url: where the office's survey lies; the QR then leads there with the ticket's code.
        priority: the ticket belongs to the priority queue.
        reprint: the paper says CETAK ULANG.
        logo: the office's, above its lines (PNG); b"" for none.
    """

    office: tuple[str, ...]
    label: str
    service: str
    issued: str
    code: str = ""
    ahead: str = ""
    following: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    survey_url: str = ""
    priority: bool = False
    reprint: bool = False
    logo: bytes = b""

    @property
    def qr(self) -> str:
        """The QR's content: the code alone, or the survey's address that carries the code as `k`."""
        if not self.survey_url or not self.code:
            return self.code
        joint = "&" if "?" in self.survey_url else "?"
        return f"{self.survey_url}{joint}k={quote(self.code, safe='')}"


def ticket_paper(
    ticket: Ticket, office: OfficeIdentity, *, issued: IssuedTicket | None = None, reprint: bool = False
) -> TicketPaper:
    """Return the paper in the language in force.

    Args:
        ticket: the number, its code and its service.
        office: names, zone and survey address.
        issued: what was known of the queue when the number was taken; None on a reprint: it is out of date.
        reprint: the paper says CETAK ULANG.
    """
    english = language() == "en" and ticket.service_en
    service = ticket.service_en if english else ticket.service
    sample = sample_paper(office, ticket.label, service, to_datetime(ticket.issued_at, office.zone))
    paper = replace(sample, code=ticket.code, priority=ticket.priority, reprint=reprint)
    return replace(paper, ahead=queue_line(issued), following=what_next(issued)) if issued else paper


def sample_paper(office: OfficeIdentity, label: str, service: str, moment: datetime) -> TicketPaper:
    """Return a ticket with this office's texts and an example code; `moment` is an aware time."""
    usual = (_("Harap menunggu nomor Anda dipanggil."), _("Layanan ini tidak dipungut biaya."))
    return TicketPaper(
        office=(office.unit.upper(), office.name),
        label=label,
        service=service,
        issued=f"{formats.format_date(moment)}  {formats.format_clock(moment)}",
        code=SAMPLE_CODE,
        notes=tuple(note.within(language()) for note in office.ticket_notes) or usual,
        survey_url=office.survey_url,
        logo=office.logo,
    )


def queue_line(issued: IssuedTicket) -> str:
    """Return a line like "Menunggu di depan Anda: 3 (10–20 menit)".

    It has the wait only if there is an estimate. It is empty for a number that was given while the kiosk was
    cut off.
    """
    if issued.ahead is None:
        return ""
    line = _("Menunggu di depan Anda: {n}").format(n=formats.format_number(issued.ahead, 0))
    wait = until_words(issued.wait)
    return f"{line} ({wait})" if wait else line


@dataclass(frozen=True)
class PrinterTest:
    """Numbered lines that show which paper and which letters a printer has; `title` is printed above them."""

    title: str
