"""Codes and the guest book under a visitor's finger; the office answers when the test says so."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.kiosk import samples, surveys
from tests.ui.kiosk.scenes import CUT
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import card, screen_of, touch, touch_window
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.kiosk_code import KnownTicket, TicketNow
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.core.queue.wait_range import WaitRange
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.ui.kiosk.code.code_page import found_notice
from ult_desktop.ui.kiosk.outage_words import book_not_saved_words
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen


def door(kiosk: KioskBench, purpose: CodePurpose) -> None:
    touch(kiosk.window.shell.home.shortcuts.tiles[purpose])


def enter(kiosk: KioskBench, code: str) -> None:
    QTest.keyClicks(kiosk.window.shell.code.page, code)
    touch(kiosk.window.shell.code.page.go_on_button)


def open_book(kiosk: KioskBench, known: KnownTicket | None = None) -> None:
    door(kiosk, CodePurpose.BOOK)
    enter(kiosk, "A012")
    kiosk.link.answer_last(known or samples.known())


def write(kiosk: KioskBench, *answers: str) -> None:
    """Every question is typed or skipped; choices are skipped."""
    shell = kiosk.window.shell
    for answer in answers:
        if shell.page is shell.choice.page:
            kiosk.window.flow.guest_book.answer(answer)
        else:
            QTest.keyClicks(shell.writing.page, answer)
            touch(shell.writing.page.go_on_button)


def scan(kiosk: KioskBench, code: str) -> None:
    QTest.keyClicks(kiosk.window.focusWidget(), code)
    QTest.keyClick(kiosk.window.focusWidget(), Qt.Key.Key_Return)


def test_a_ticket_tells_its_place(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    door(kiosk, CodePurpose.ANY)
    enter(kiosk, "A012")
    kiosk.link.answer_last(samples.known())
    assert screen_of(kiosk) is Screen.FOUND
    assert [shell.found.page.title.text(), *(line.text() for line in shell.found.page.lines[1:3])] == [
        "A012",
        "3 orang di depan Anda",
        "Perkiraan menunggu 10–20 menit, kira-kira pukul 09.55",
    ]
    assert (shell.found.page.book.isVisible(), shell.found.page.survey.isVisible()) == (True, False)
    touch(shell.found.page.action_button)
    assert shell.page is shell.home


def test_a_visitor_asks_where_their_number_stands(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    door(kiosk, CodePurpose.NUMBER)
    assert shell.code.page.band.title.text() == "Berapa nomor antrean Anda?"
    enter(kiosk, "A012")
    kiosk.link.answer_last(samples.known())
    assert (screen_of(kiosk), shell.found.page.title.text()) == (Screen.FOUND, "A012")


@pytest.mark.parametrize("state", TicketState)
def test_every_state_of_a_ticket_is_told(state: TicketState) -> None:
    at_counter = samples.ticket(state=state, counter=2 if state is TicketState.CALLED else None)
    notice = found_notice(
        samples.known(ticket=at_counter, signed=True, ahead=None, wait=None, counter_name="Loket Data")
    )
    assert len(notice.words) == 3
    assert ("Loket Data" in notice.words[1]) == (state is TicketState.CALLED)


@pytest.mark.parametrize("state", OnlineState)
def test_every_state_of_a_request_is_told(state: OnlineState) -> None:
    assert found_notice(samples.request(state=state)).words[0].startswith("Status: ")


def test_an_unknown_code_is_said_calmly_and_can_be_corrected(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    door(kiosk, CodePurpose.ANY)
    enter(kiosk, "K7QF")
    touch(shell.code.page.go_on_button)
    assert len(kiosk.link.requests) == 1
    kiosk.link.answer_last(None)
    assert shell.code.page.line.words.startswith("Kode ini tidak kami kenal.")
    assert shell.code.page.text == "K7QF"
    touch(shell.code.page.keyboard.delete)
    assert shell.code.page.line.words == ""
    touch(shell.foot.back_button)
    door(kiosk, CodePurpose.BOOK)
    assert shell.code.page.line.words == ""


def test_an_appointment_gives_a_number_and_a_paper(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    scan(kiosk, "K7QF3M9T2ABC")
    assert kiosk.link.asked == []
    kiosk.link.answer_last(samples.issued())
    assert shell.page is shell.taken
    assert kiosk.spool.papers[0][1].label == "A012"


def test_a_scan_at_the_home_page_takes_no_number(kiosk: KioskBench, qtbot: QtBot) -> None:
    scan(kiosk, "2345672345")
    kiosk.link.answer_last(None)
    assert screen_of(kiosk) is Screen.CODE
    assert kiosk.window.shell.code.page.line.words.startswith("Kode ini")
    with qtbot.assertNotEmitted(kiosk.window.keys.digit, wait=100):
        pass
    assert kiosk.link.asked == []


def test_a_scan_is_no_matter_where_something_else_stands(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    scan(kiosk, "K7QF3M9T2ABC")
    assert len(kiosk.link.requests) == 1
    assert screen_of(kiosk) is Screen.TAKEN


def test_the_number_page_leads_to_the_guest_book(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    touch(shell.taken.book_button)
    assert not shell.taken.countdown.is_running
    kiosk.link.answer_last(samples.known())
    assert screen_of(kiosk) is Screen.BOOK
    assert shell.writing.page.band.title.text() == "Siapa nama Anda?"
    write(kiosk, "Dedi Kurniawan", "SMPN 1", "", "", "0812", "", "")
    assert shell.page is shell.review.page
    touch(shell.review.page.remember)
    touch(shell.review.page.save_button)
    touch(shell.review.page.save_button)
    (command,) = [each.ask for each in kiosk.link.requests if isinstance(each.ask, SignGuestBook)]
    assert (command.ticket_id, command.name, command.phone, command.remember) == (
        12,
        "Dedi Kurniawan",
        "0812",
        True,
    )
    kiosk.link.answer_last(None)
    assert shell.notice.title.text() == "Terima kasih"
    assert "A012" in shell.notice.lines[1].text()
    touch(shell.notice.action_button)
    assert kiosk.window.flow.scene.visit.is_at_start


def test_a_card_answers_a_question(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    open_book(kiosk)
    write(kiosk, "Dedi", "SMPN 1", "")
    assert shell.head.title.text() == "Dari kabupaten atau kota mana?"
    touch(shell.choice.page.grid.cards[4])
    assert kiosk.window.flow.scene.book is not None
    touch(shell.foot.back_button)
    touch(shell.foot.back_button)
    touch(shell.foot.back_button)
    assert shell.writing.page.text == "SMPN 1"
    touch(shell.foot.back_button)
    touch(shell.foot.back_button)
    assert shell.page is shell.found.page


def test_many_cards_are_leafed_through(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    open_book(kiosk, samples.known(regencies=tuple(f"Kabupaten {n}" for n in range(27))))
    write(kiosk, "Dedi", "SMPN 1", "")
    touch(shell.foot.pager.after_button)
    assert shell.choice.page.grid.page == 1
    write(kiosk, "Kabupaten 9", "")
    assert shell.choice.page.grid.page == 0


def test_what_was_typed_outlives_the_share(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    open_book(kiosk)
    write(kiosk, "Dedi")
    kiosk.link.connect_as(Connection.OFFLINE)
    kiosk.link.refused.emit(CUT)
    assert shell.page is shell.writing.page
    write(kiosk, "SMPN 1", "", "", "", "", "")
    touch(shell.review.page.save_button)
    kiosk.link.answer_last(CUT)
    assert shell.review.page.notice.text() == book_not_saved_words()
    assert shell.review.page.save_button.text() == "Coba lagi"
    touch(shell.review.page.save_button)
    kiosk.link.answer_last(None)
    assert screen_of(kiosk) is Screen.THANKS


def test_why_the_number_of_persons_is_asked_again_is_said_until_another_is_typed(kiosk: KioskBench) -> None:
    page = kiosk.window.shell.writing.page
    open_book(kiosk)
    write(kiosk, "Dedi", "SMPN 1", "0")
    line = page.line
    assert (line.text, line.words, line.trouble) == ("0", "Periksa lagi, atau tanyakan kepada petugas.", True)
    page.delete()
    assert (line.text, line.words) == ("", "")
    write(kiosk, "2")
    assert "paling sedikit" not in line.words


def test_idle_forgets_what_was_typed(kiosk: KioskBench) -> None:
    flow, shell = kiosk.window.flow, kiosk.window.shell
    open_book(kiosk)
    QTest.keyClicks(shell.writing.page, "Dedi")
    touch_window(shell.writing.page)
    kiosk.fall_silent(3)
    assert flow.scene.visit.is_at_start
    assert flow.scene.book is None
    assert flow.scene.found is None
    assert (shell.writing.page.text, shell.code.page.text) == ("", "")


def test_who_left_stays_on_no_page_out_of_sight(kiosk: KioskBench) -> None:
    open_book(kiosk)
    write(kiosk, "Dedi", "SMPN 1", "", "", "", "", "")
    answers = kiosk.window.shell.review.page.answers.answers
    assert "Dedi" in {each.text() for each in answers}
    kiosk.window.end_visit()
    assert {each.text() for each in answers} == {""}


def test_another_refusal_is_told_as_it_is(kiosk: KioskBench) -> None:
    open_book(kiosk)
    write(kiosk, "Dedi", "", "", "", "", "", "")
    touch(kiosk.window.shell.review.page.save_button)
    kiosk.link.answer_last(UserError("Nomor ini dibatalkan."))
    told = "Belum tersimpan. Nomor ini dibatalkan. Isian Anda masih ada."
    assert kiosk.window.shell.review.page.notice.text() == told


def test_an_answer_for_the_visitor_before_is_not_taken_for_the_one_who_saves(kiosk: KioskBench) -> None:
    kept = []
    for known in (samples.known(), samples.known(ticket=samples.ticket(id=13, label="A013"))):
        kiosk.window.end_visit()
        open_book(kiosk, known)
        write(kiosk, "Dedi", "", "", "", "", "", "")
        touch(kiosk.window.shell.review.page.save_button)
        kept.append(kiosk.link.requests.pop().request)
    kept[0].answer(None)
    assert kiosk.window.flow.scene.book is not None
    assert kiosk.window.flow.scene.book.saving
    kept[1].answer(None)
    assert screen_of(kiosk) is Screen.THANKS


@pytest.mark.slow
def test_an_answer_for_somebody_who_left_reaches_nobody(kiosk: KioskBench) -> None:
    flow = kiosk.window.flow
    for late in (None, samples.known(), CUT):
        door(kiosk, CodePurpose.BOOK)
        enter(kiosk, "A012")
        kiosk.window.end_visit()
        kiosk.link.answer_last(late)
        assert flow.scene.visit.is_at_start
    for late in (None, CUT):
        open_book(kiosk)
        write(kiosk, "Dedi", "", "", "", "", "", "")
        touch(kiosk.window.shell.review.page.save_button)
        kiosk.window.end_visit()
        kiosk.link.answer_last(late)
        assert flow.scene.visit.is_at_start


def test_a_line_that_stands_already_is_told(kiosk: KioskBench) -> None:
    open_book(kiosk, samples.known(signed=True, signable=False))
    found = kiosk.window.shell.found.page
    assert found.lines[3].text() == "Buku tamu untuk nomor ini sudah diisi."
    assert not found.book.isVisible()


def test_from_the_found_number_to_its_guest_book(kiosk: KioskBench) -> None:
    door(kiosk, CodePurpose.ANY)
    enter(kiosk, "A012")
    kiosk.link.answer_last(samples.known())
    touch(kiosk.window.shell.found.page.book)
    kiosk.link.answer_last(samples.known())
    assert screen_of(kiosk) is Screen.BOOK


def test_from_a_served_number_to_its_survey(kiosk: KioskBench, qtbot: QtBot) -> None:
    served = samples.known(ticket=samples.ticket(state=TicketState.DONE), ahead=None, signable=False)
    door(kiosk, CodePurpose.ANY)
    enter(kiosk, "A012")
    kiosk.link.answer_last(served)
    kiosk.link.answers = False  # what the survey reads then is its own tests' matter
    with qtbot.waitSignal(kiosk.window.flow.survey_ready) as ready:
        touch(kiosk.window.shell.found.page.survey)
    assert ready.args == [served]


def test_the_survey_door_hands_the_code_on(kiosk: KioskBench, qtbot: QtBot) -> None:
    door(kiosk, CodePurpose.SURVEY)
    kiosk.link.answers = False
    with qtbot.waitSignal(kiosk.window.shell.code.page.survey_entered) as entered:
        enter(kiosk, "A012")
    assert entered.args == ["A012"]


def test_a_small_screen_has_one_door_for_all(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.MORE))
    touch(shell.choice.page.grid.cards[3])
    assert (screen_of(kiosk), kiosk.window.flow.scene.visit.purpose) == (Screen.CODE, CodePurpose.BOOK)


def test_the_next_visitor_finds_nothing_of_the_last_one(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    open_book(kiosk)
    QTest.keyClicks(shell.writing.page, "Dedi")
    touch(shell.foot.back_button)
    door(kiosk, CodePurpose.BOOK)
    assert (shell.code.page.text, shell.writing.page.text) == ("", "")


def test_escape_goes_one_question_back(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    open_book(kiosk)
    write(kiosk, "Dedi", "SMPN 1")
    QTest.keyClick(shell.writing.page, Qt.Key.Key_Escape)
    assert shell.writing.page.text == "SMPN 1"


@pytest.mark.parametrize("purpose", CodePurpose)
def test_who_went_back_is_not_called_to_the_code_again(kiosk: KioskBench, purpose: CodePurpose) -> None:
    """Neither by its answer nor by its refusal; and another code is looked up at once."""
    found = surveys.start() if purpose is CodePurpose.SURVEY else samples.known()
    for late in (found, CUT):
        door(kiosk, purpose)
        enter(kiosk, "A012")
        touch(kiosk.window.shell.foot.back_button)
        kiosk.link.answer_last(late)
        assert screen_of(kiosk) is Screen.HOME
    door(kiosk, purpose)
    enter(kiosk, "A012")
    touch(kiosk.window.shell.foot.back_button)
    door(kiosk, purpose)
    enter(kiosk, "A013")
    assert len(kiosk.link.requests) == 2


def test_the_page_of_a_number_follows_the_line(kiosk: KioskBench) -> None:
    """A visitor who reads at the kiosk sees the place that lobby screen and counter have now."""
    door(kiosk, CodePurpose.NUMBER)
    enter(kiosk, "A012")
    kiosk.link.answer_last(samples.known())
    nearer = TicketNow(
        ticket=samples.ticket(), ahead=1, callable_now=True, wait=samples.until(WaitRange(5, 10))
    )
    kiosk.link.office.now[nearer.ticket.code] = nearer
    kiosk.link.changed.emit()
    lines = [line.text() for line in kiosk.window.shell.found.page.lines]
    assert lines[1:3] == ["1 orang di depan Anda", "Perkiraan menunggu 5–10 menit, kira-kira pukul 09.50"]
