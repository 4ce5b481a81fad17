"""Pages that need the office say at once that the kiosk is cut off, and what becomes of what was done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import door, enter, scan
from tests.ui.kiosk.scenes import CUT
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.surveys import run, start
from tests.ui.kiosk.test_window import card, screen_of, touch
from ult_desktop.base.errors import UserError
from ult_desktop.db.store.errors import file_missing
from ult_desktop.operations.office.office import AnotherOffice
from ult_desktop.ui.kiosk.outage_words import no_code_error, survey_not_sent_words
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen
from ult_desktop.ui.office_link.link_monitor import is_outage, no_answer_error


@pytest.mark.parametrize("purpose", CodePurpose)
def test_a_typed_code_is_answered_beside_it(kiosk: KioskBench, purpose: CodePurpose) -> None:
    code = kiosk.window.shell.code.page
    door(kiosk, purpose)
    enter(kiosk, "A012")
    assert (code.line.words, code.line.trouble) == ("Sebentar, sedang diperiksa…", False)
    kiosk.link.answer_last(CUT)
    told = no_code_error(purpose)
    assert code.line.words == f"{told.what} {told.todo}"
    assert (screen_of(kiosk), code.text, code.line.trouble) == (Screen.CODE, "A012", True)
    touch(code.go_on_button)
    kiosk.link.answer_last(start() if purpose is CodePurpose.SURVEY else samples.known())
    assert screen_of(kiosk) is not Screen.CODE


def test_the_guest_book_of_a_new_number_says_that_the_number_holds(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    touch(card(kiosk, 0))
    kiosk.link.answer(samples.issued())
    touch(shell.taken.book_button)
    kiosk.link.answer_last(CUT)
    assert shell.notice.title.text() == no_code_error(CodePurpose.BOOK).what
    assert shell.notice.lines[0].text() == "Nomor Anda tetap berlaku."
    touch(shell.notice.action_button)
    assert shell.page is shell.home


def test_a_scan_is_answered_on_a_page_of_its_own(kiosk: KioskBench) -> None:
    scan(kiosk, "K7QF3M9T2ABC")
    kiosk.link.answer_last(no_answer_error())
    assert kiosk.window.shell.notice.title.text() == no_code_error(CodePurpose.ANY).what


def test_the_answers_of_a_survey_stay_until_they_are_sent(kiosk: KioskBench) -> None:
    shell = kiosk.window.shell
    kiosk.window.flow.go(KioskVisit().surveys(run(9).skip_profile()))
    QTest.keyClicks(shell.suggestion.page, "Kursi")
    touch(shell.suggestion.page.go_on_button)
    kiosk.link.answer_last(CUT)
    assert shell.page is shell.suggestion.page
    assert (shell.suggestion.page.line.words, shell.suggestion.page.text) == (
        survey_not_sent_words(),
        "Kursi",
    )
    QTest.keyClick(shell.suggestion.page, Qt.Key.Key_Return)
    assert screen_of(kiosk) is Screen.SURVEY_SENDING
    assert len(kiosk.link.requests) == 1
    kiosk.link.answer_last(None)
    assert screen_of(kiosk) is Screen.SURVEY_DONE


def test_a_number_that_cannot_be_given_is_no_matter_of_files(kiosk: KioskBench) -> None:
    touch(card(kiosk, 0))
    kiosk.link.answer(file_missing("\\\\SERVER\\ult\\office.db"))
    words = [label.text() for label in (kiosk.window.shell.notice.title, *kiosk.window.shell.notice.lines)]
    assert words[0] == "Nomor belum bisa diambil: mesin ini sedang terputus."
    assert not any("SERVER" in each for each in words)


def test_what_an_outage_is() -> None:
    assert all(map(is_outage, (CUT, no_answer_error(), AnotherOffice("Berkas lain."))))
    assert not is_outage(UserError("Kuota habis."))


@pytest.mark.parametrize("trouble", [CUT, AnotherOffice("Berkas lain."), file_missing("office.db")])
def test_a_trouble_that_nobody_asked_about_is_the_connections_to_tell(
    kiosk: KioskBench, trouble: UserError
) -> None:
    """Such words would outlive the trouble: nobody touches a kiosk that says it is out of order."""
    kiosk.link.refused.emit(trouble)
    assert kiosk.window.shell.page is kiosk.window.shell.home
    kiosk.link.refused.emit(UserError("Huruf K sudah dipakai kios lain."))
    assert screen_of(kiosk) is Screen.REFUSED
