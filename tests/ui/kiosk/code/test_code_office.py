"""Guest book and codes on a real office file: from the visitor's finger into the office."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.core.test_kiosk_code import HOSTILE
from tests.office import PASSWORD
from tests.personal import clear
from tests.ui.conftest import Picture
from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.kiosk.test_window import touch
from ult_desktop.core.cases.commands import BookAppointment, MoveAppointment, OpenCase, Reschedule
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource
from ult_desktop.core.queue.commands import Arrive, CallNext, StaffCounter
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.visit import Guest
from ult_desktop.db import online_requests
from ult_desktop.db.visits import visits
from ult_desktop.ui.kiosk.visit import CodePurpose, Screen

FIRST = 0
SOON = 5000  # milliseconds


def guest(lobby: KioskLobby, label: str) -> Guest | None:
    ticket = lobby.ticket(label)
    visit = lobby.other.read(lambda tx: visits.of_ticket(tx, ticket.id))
    return None if visit is None else clear(lobby.other, lambda tx: visits.guest_of(tx, visit.id))


def enter(lobby: KioskLobby, purpose: CodePurpose, code: str) -> None:
    shell = lobby.window.shell
    touch(shell.home.shortcuts.tiles[purpose])
    for character in code:
        shell.code.page.add(character)
    touch(shell.code.page.go_on_button)


def write(lobby: KioskLobby, *answers: str) -> None:
    for answer in answers:
        QTest.keyClicks(lobby.window.shell.writing.page, answer)
        touch(lobby.window.shell.writing.page.go_on_button)


def test_the_guest_book_from_number_to_office(lobby: KioskLobby, picture: Picture) -> None:
    shell = lobby.window.shell
    label = lobby.take(FIRST)
    touch(shell.taken.book_button)
    lobby.wait(lambda: shell.page is shell.writing.page)
    write(lobby, "Dedi Kurniawan", "SMPN 1 Tarakan", "4")
    faces = [each.face.title for each in shell.choice.page.grid.cards if each.isVisible()]
    assert "Kota Tarakan" in faces
    touch(shell.choice.page.grid.cards[faces.index("Kota Tarakan")])
    write(lobby, "081234567890", "421.3/017/2026")
    assert shell.page is shell.review.page
    picture(lobby.window, "kiosk-kantor-buku-tamu-1080x1920")
    touch(shell.review.page.remember)
    touch(shell.review.page.save_button)
    lobby.wait(lambda: lobby.window.flow.scene.visit.screen is Screen.THANKS)
    lobby.other.sign_in("siti", PASSWORD)
    line = guest(lobby, label)
    assert line is not None
    assert line.persons == 4
    assert (line.name, line.institution, line.regency, line.phone, line.letter_number) == (
        "Dedi Kurniawan", "SMPN 1 Tarakan", "Kota Tarakan", "081234567890", "421.3/017/2026",
    )  # fmt: skip
    assert (line.remember, line.entered_by, bool(line.notice)) == (True, "visitor", True)
    for path in filter(Path.is_file, lobby.other.path.parent.glob("*.db*")):  # the kiosk's own journal too
        assert not [typed for typed in (b"081234567890", b"421.3/017") if typed in path.read_bytes()]
    lobby.window.end_visit()
    enter(lobby, CodePurpose.BOOK, label)
    lobby.wait(lambda: shell.page is shell.found.page)
    assert shell.found.page.lines[2].text() == "Buku tamu untuk nomor ini sudah diisi."


def test_who_is_called_over_the_guest_book_is_told_and_the_counter_has_the_answers(lobby: KioskLobby) -> None:
    shell = lobby.window.shell
    label = lobby.take(FIRST)
    touch(shell.taken.book_button)
    lobby.wait(lambda: shell.page is shell.writing.page)
    write(lobby, "Dedi Kurniawan")
    siti = lobby.other.sign_in("siti", PASSWORD)
    lobby.other.perform(StaffCounter(counter=1), siti)
    lobby.other.perform(CallNext(counter=1), siti)
    lobby.wait(lambda: shell.page is shell.summons.built)
    assert shell.summons.page.title.text() == f"Nomor {label} dipanggil"
    lobby.wait(lambda: lobby.window.flow.scene.visit.screen is Screen.THANKS)
    line = guest(lobby, label)
    assert line is not None
    assert (line.name, line.entered_by) == ("Dedi Kurniawan", "visitor")
    lobby.other.perform(Arrive(counter=1), siti)
    lobby.wait(lambda: shell.page is shell.home)


def test_somebody_was_quicker_and_nothing_is_written_over(lobby: KioskLobby) -> None:
    shell = lobby.window.shell
    label = lobby.take(FIRST)
    touch(shell.taken.book_button)
    lobby.wait(lambda: shell.page is shell.writing.page)
    siti = lobby.other.sign_in("siti", PASSWORD)
    lobby.other.perform(SignGuestBook(ticket_id=lobby.ticket(label).id, name="Dedi K"), siti)
    write(lobby, "Orang Lain", "", "")
    lobby.window.flow.guest_book.answer("")
    write(lobby, "", "")
    touch(shell.review.page.save_button)
    lobby.wait(shell.review.page.save_button.isEnabled)
    assert "sudah diisi" in shell.review.page.notice.text()
    line = guest(lobby, label)
    assert line is not None
    assert line.name == "Dedi K"


def test_an_appointment_is_scanned_and_gets_number_and_paper(lobby: KioskLobby) -> None:
    shell = lobby.window.shell
    label = lobby.take(FIRST)
    siti = lobby.other.sign_in("siti", PASSWORD)
    ticket = lobby.ticket(label)
    visit = lobby.other.perform(SignGuestBook(ticket_id=ticket.id, name="Dedi"), siti)
    case = lobby.other.perform(OpenCase(visit_id=visit.id, detail="Data"), siti)
    soon = lobby.other.clock() + SOON
    made = lobby.other.perform(Reschedule(case_id=case.id, at=soon, reason="Data belum lengkap"), siti)
    lobby.window.end_visit()
    QTest.keyClicks(shell.home, made.code)
    QTest.keyClick(shell.home, Qt.Key.Key_Return)
    lobby.wait(lambda: shell.page is shell.taken)
    number = shell.taken.slip.number.text()
    assert number != label
    lobby.wait(lambda: any(number in paper.text for paper in lobby.printer.papers))
    lobby.window.end_visit()
    enter(lobby, CodePurpose.ANY, made.code)
    lobby.wait(lambda: "sudah dipakai" in shell.code.page.line.words)


def test_who_was_booked_by_telephone_and_moved_scans_the_first_slip(lobby: KioskLobby) -> None:
    shell = lobby.window.shell
    lobby.wait_for_home()
    siti = lobby.other.sign_in("siti", PASSWORD)
    soon = lobby.other.clock() + SOON
    book = BookAppointment(
        service_id=1, at=soon + 3_600_000, name="Rini", phone="0812345678", reason="Ijazah"
    )
    made = lobby.other.perform(book, siti)
    lobby.other.perform(MoveAppointment(appointment_id=made.id, at=soon), siti)
    QTest.keyClicks(shell.home, made.code)
    QTest.keyClick(shell.home, Qt.Key.Key_Return)
    lobby.wait(lambda: shell.page is shell.taken)
    number = shell.taken.slip.number.text()
    lobby.wait(lambda: any(number in paper.text for paper in lobby.printer.papers))


def test_a_request_from_afar_shows_where_it_stands(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    siti = lobby.other.sign_in("siti", PASSWORD)
    row = OnlineRow(name="Dedi", detail="Mohon data", external_id="S-1")
    added = lobby.other.perform(AddRequest(source=OnlineSource.SEMPENA, row=row), siti)
    number = lobby.other.read(lambda tx: online_requests.get(tx, added.id)).number
    enter(lobby, CodePurpose.ANY, number)
    shell = lobby.window.shell
    lobby.wait(lambda: shell.page is shell.found.page)
    assert (shell.found.page.title.text(), shell.found.page.lines[0].text()) == (number, "Status: Pengajuan")


@pytest.mark.slow
def test_no_code_upsets_the_kiosk(lobby: KioskLobby) -> None:
    lobby.wait_for_home()
    code = lobby.window.shell.code.page
    for hostile in (*HOSTILE, "Z999", "A" + "9" * 30):
        enter(lobby, CodePurpose.ANY, hostile)
        if not hostile.strip():
            assert not code.go_on_button.isEnabled()
            touch(lobby.window.shell.foot.back_button)
            continue
        lobby.wait(lambda: bool(code.question.trouble))
        assert code.line.words.startswith("Kode ini tidak kami kenal.")
        assert code.line.fits()
        lobby.window.end_visit()
