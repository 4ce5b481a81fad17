"""What stands on a ticket."""

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True)
class TicketPaper:
    """One ticket, every text ready to be read.

    Args:
        office: the office's lines, the most important first.
        label: the number as it is called, "A012".
        service: the service's name.
        issued: day and time, "Sabtu, 21 November 2026  09.41 WITA".
        code: what the QR holds and a visitor can type at the kiosk; "" leaves the QR out.
        ahead: "Menunggu di depan Anda: 3 (± 12 menit)", or "" when nothing true can be said.
        notes: lines under the QR.
        survey_url: where the office's survey lies; the QR then leads there with the ticket's code.
        priority: the ticket belongs to the priority queue.
        reprint: the paper says CETAK ULANG.
    """

    office: tuple[str, ...]
    label: str
    service: str
    issued: str
    code: str = ""
    ahead: str = ""
    notes: tuple[str, ...] = ()
    survey_url: str = ""
    priority: bool = False
    reprint: bool = False

    @property
    def qr(self) -> str:
        """What the QR says: the code alone, or the survey's address that carries the code as `k`."""
        if not self.survey_url or not self.code:
            return self.code
        joint = "&" if "?" in self.survey_url else "?"
        return f"{self.survey_url}{joint}k={quote(self.code, safe='')}"
