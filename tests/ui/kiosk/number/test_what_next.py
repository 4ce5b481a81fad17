"""The number page and the paper say where to sit, who calls, and whether help was heard."""

import msgspec
import pytest

from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import card, touch
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.devices.printer.paper import ticket_paper
from ult_desktop.ui.kiosk.number.taken_page import NumberSlip

SIT = "Silakan duduk di ruang tunggu."
MANY = tuple((number, f"Loket {number}") for number in range(1, 7))


def take(kiosk: KioskBench, issued: IssuedTicket) -> NumberSlip:
    touch(card(kiosk, 0))
    kiosk.link.answer(issued)
    return kiosk.window.shell.taken.slip


@pytest.mark.parametrize(
    ("counters", "said"),
    [
        (
            ((1, "Loket 1"), (3, "Loket Prioritas")),
            "Anda dipanggil di Loket 1, Loket Prioritas. Lihat layar TV.",
        ),
        (MANY, "Anda dipanggil di salah satu loket. Lihat layar TV."),
        ((), "Loket belum buka. Nomor Anda dipanggil setelah loket buka."),
        (None, ""),
    ],
)
def test_page_and_paper_say_the_same(
    kiosk: KioskBench, counters: tuple[tuple[int, str], ...] | None, said: str
) -> None:
    issued = msgspec.structs.replace(samples.issued(), counters=counters)
    slip = take(kiosk, issued)
    assert slip.following.text() == " ".join(words for words in (SIT, said) if words)
    paper = ticket_paper(issued.ticket, samples.board().office, issued=issued)
    assert " ".join(paper.following) == slip.following.text()


def test_nobody_s_turn_is_next_while_no_counter_is_open(kiosk: KioskBench) -> None:
    first = samples.issued(ahead=0, wait=None)
    assert take(kiosk, msgspec.structs.replace(first, counters=())).ahead.text() == "Anda yang pertama"
    kiosk.window.end_visit()
    assert take(kiosk, first).ahead.text() == "Giliran Anda berikutnya"


def test_the_help_asked_for_is_acknowledged_and_told(kiosk: KioskBench) -> None:
    issued = samples.priority_issued()
    kiosk.link.office.now[issued.ticket.code] = samples.ticket_now(issued.ticket, samples.kiosk_alert())
    slip = take(kiosk, issued)
    assert slip.care.text() == "Kursi roda: petugas sudah diberi tahu."
    usual = kiosk.link.office.board.lines
    kiosk.link.show_board(lines=tuple(msgspec.structs.replace(line, counters_open=0) for line in usual))
    assert slip.care.text().startswith("Kursi roda: silakan ke meja petugas")
    kiosk.link.show_board(lines=usual)
    coming = samples.ticket_now(issued.ticket, samples.kiosk_alert("Joko Prasetyo"))
    kiosk.link.office.now[issued.ticket.code] = coming
    kiosk.link.changed.emit()
    assert slip.care.text() == "Kursi roda: Joko Prasetyo menuju Anda."
    touch(kiosk.window.shell.foot.languages["en"])
    assert "Joko Prasetyo is coming" in slip.care.text()
    kiosk.window.end_visit()
    assert not take(kiosk, samples.issued()).care.isVisible()
