"""What stands on the paper of a ticket."""

from tests.ui.kiosk import samples
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.ticket_paper import queue_line, ticket_paper

OFFICE = samples.template().office


def test_the_paper_of_a_number() -> None:
    issued = samples.issued()
    paper = ticket_paper(issued.ticket, OFFICE, ahead=queue_line(issued))
    assert paper.office == ("UNIT LAYANAN TERPADU", "BPMP Provinsi Kalimantan Utara")
    assert (paper.label, paper.service, paper.code) == ("A012", "Informasi & Konsultasi", "K7QF-3M9T")
    assert paper.issued == "Sabtu, 21 November 2026  09.41 WITA"
    assert paper.ahead == "Menunggu di depan Anda: 3 (± 12 menit)"
    assert not paper.priority
    assert not paper.reprint


def test_nothing_is_said_of_a_wait_that_nobody_knows() -> None:
    assert queue_line(samples.issued(ahead=2, wait_minutes=None)) == "Menunggu di depan Anda: 2"


def test_a_reprint_says_so_and_tells_no_queue() -> None:
    paper = ticket_paper(samples.priority_issued().ticket, OFFICE, reprint=True)
    assert (paper.reprint, paper.priority, paper.ahead) == (True, True, "")


def test_the_paper_speaks_the_visitors_language() -> None:
    use_language("en")
    paper = ticket_paper(samples.ticket(), OFFICE)
    assert paper.service == "Information & Advice"
    assert paper.issued == "Saturday, 21 November 2026  09:41 WITA"
