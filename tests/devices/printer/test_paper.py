"""The lines of a ticket, and the content of its QR."""

from dataclasses import replace

import msgspec
import pytest

from tests.ui.kiosk import samples
from ult_desktop.base.i18n import use_language
from ult_desktop.core.office.template import Words
from ult_desktop.devices.printer.paper import TicketPaper, queue_line, ticket_paper


@pytest.mark.parametrize(
    ("survey", "qr"),
    [
        ("", "K7QX-2M9D"),
        ("https://ult.example.id/survei", "https://ult.example.id/survei?k=K7QX-2M9D"),
        ("https://ult.example.id/s?o=1", "https://ult.example.id/s?o=1&k=K7QX-2M9D"),
    ],
)
def test_the_qr_leads_to_the_survey_where_there_is_one(ticket: TicketPaper, survey: str, qr: str) -> None:
    assert replace(ticket, survey_url=survey).qr == qr


def test_a_survey_without_a_code_is_left_out(ticket: TicketPaper) -> None:
    assert replace(ticket, code="", survey_url="https://ult.example.id").qr == ""


OFFICE = samples.template().office


def test_the_paper_of_a_number() -> None:
    issued = samples.issued()
    paper = ticket_paper(issued.ticket, OFFICE, issued=issued)
    assert paper.office == ("UNIT LAYANAN TERPADU", "BPMP Provinsi Kalimantan Utara")
    assert (paper.label, paper.service, paper.code) == ("A012", "Informasi & Konsultasi", "K7QF-3M9T")
    assert paper.issued == "Sabtu, 21 November 2026  09.41 WITA"
    assert paper.ahead == "Menunggu di depan Anda: 3 (10–20 menit, kira-kira pukul 09.55)"
    assert not paper.priority
    assert not paper.reprint


def test_nothing_is_said_of_a_wait_that_nobody_knows() -> None:
    assert queue_line(samples.issued(ahead=2, wait=None)) == "Menunggu di depan Anda: 2"


def test_a_reprint_says_so_and_tells_no_queue() -> None:
    paper = ticket_paper(samples.priority_issued().ticket, OFFICE, reprint=True)
    assert (paper.reprint, paper.priority, paper.ahead) == (True, True, "")


def test_the_paper_speaks_the_visitors_language() -> None:
    use_language("en")
    paper = ticket_paper(samples.ticket(), OFFICE)
    assert paper.service == "Information & Advice"
    assert paper.issued == "Saturday, 21 November 2026  09:41 WITA"


def test_the_office_s_own_words_stand_below_the_code() -> None:
    usual = ticket_paper(samples.issued().ticket, OFFICE).notes
    own = msgspec.structs.replace(OFFICE, ticket_notes=(Words("Terima kasih", "Thank you"), Words("Gratis")))
    assert len(usual) == 2
    assert ticket_paper(samples.issued().ticket, own).notes == ("Terima kasih", "Gratis")
    use_language("en")
    assert ticket_paper(samples.issued().ticket, own).notes == ("Thank you", "Gratis")
