"""Signing in: by keyboard, refused in words, at the right counter."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.counter import samples
from tests.ui.counter.conftest import CounterBench
from tests.ui.counter.still import OFFICERS
from tests.ui.look import assert_targets, settle
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import use_language
from ult_desktop.base.paths import program_folder
from ult_desktop.base.policy import FILE_NAME
from ult_desktop.core.access.roles import Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.db.store.drafts import KeptSeat
from ult_desktop.db.store.errors import Unwritable, file_missing
from ult_desktop.operations.office.office import AnotherOffice, OfficerSummary
from ult_desktop.ui.counter.help.manual_box import ManualBox
from ult_desktop.ui.counter.session.sign_in import Choices, SignInPage
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast, Theme
from ult_desktop.ui.office_link.link_monitor import cut_off_error, no_answer_error

CHOICES = Choices(
    samples.OFFICE, OFFICERS, (samples.counter(1), samples.counter(2), samples.counter(4, officer=""))
)


@pytest.fixture
def page(show: Show) -> SignInPage:
    theme = Theme.for_window("counter", 1366, 768)
    made = SignInPage(theme)
    theme.apply(made)
    show(made, 1366, 768)
    made.show_choices(CHOICES)
    return made


def open_at_sign_in(show: Show) -> CounterBench:
    counter = CounterBench(samples.board(), Theme.for_window("counter", 1366, 768))
    show(counter.window, 1366, 768)
    return counter


def test_f1_opens_its_page_of_the_manual(page: SignInPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.password, Qt.Key.Key_F1)
    (box,) = page.window().findChildren(ManualBox)
    assert box.topic.title == "Masuk dan keluar"
    box.close()


def test_enter_signs_in(page: SignInPage, qtbot: QtBot) -> None:
    page.counter.setCurrentIndex(page.counter.findData(2))
    qtbot.keyClicks(page.password, "rahasia")
    with qtbot.waitSignal(page.sign_in_requested) as asked:
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
    assert asked.args is not None
    (wish,) = asked.args
    assert (wish.login, wish.password, wish.counter) == ("siti", "rahasia", 2)
    assert page.button.text() == "Memeriksa…"
    assert not page.button.isEnabled()


@pytest.mark.parametrize("field", ["officer", "counter"])
def test_enter_signs_in_from_every_field(page: SignInPage, qtbot: QtBot, field: str) -> None:
    page.password.setText("rahasia")
    box = getattr(page, field)
    box.setFocus()
    with qtbot.waitSignal(page.sign_in_requested):
        qtbot.keyClick(box, Qt.Key.Key_Return)


def test_the_eye_shows_the_password_until_it_is_emptied(page: SignInPage) -> None:
    page.password.setText("rahasia")
    assert page.password.echoMode() is QLineEdit.EchoMode.Password
    assert page.eye.text() == "Tampilkan kata sandi"
    page.eye.trigger()
    assert page.password.echoMode() is QLineEdit.EchoMode.Normal
    assert page.eye.text() == "Sembunyikan kata sandi"
    page.clear()
    assert page.password.echoMode() is QLineEdit.EchoMode.Password


def test_an_empty_password_is_asked_for_and_not_tried(page: SignInPage) -> None:
    asked: list[object] = []
    page.sign_in_requested.connect(asked.append)
    page.button.click()
    assert (asked, page.wrong.text()) == ([], "Kata sandi belum diisi.")
    assert page.button.isEnabled()


def test_a_helpdesk_officer_begins_at_a_desk_and_who_serves_at_a_free_counter(page: SignInPage) -> None:
    people = (
        OfficerSummary("hana", "Hana Helpdesk", frozenset({Role.HELPDESK})),
        OfficerSummary("rudi", "Rudi Baru", frozenset({Role.FRONT_OFFICE})),
    )
    page.show_choices(replace(CHOICES, officers=people))
    page.officer.setCurrentIndex(page.officer.findData("rudi"))
    page.officer.setCurrentIndex(page.officer.findData("hana"))
    assert page.counter.currentText() == "Tanpa loket"
    page.officer.setCurrentIndex(page.officer.findData("rudi"))
    assert page.counter.currentData() == 4, "nobody sits there"


def test_who_sat_there_last_is_suggested(page: SignInPage) -> None:
    page.counter.setCurrentIndex(page.counter.findData(2))
    assert page.officer.currentText() == "Siti Rahmawati"
    page.counter.setCurrentIndex(page.counter.findData(1))
    assert page.officer.currentText() == "Dedi Kurniawan"


def test_free_counters_come_first_and_nobody_is_sent_to_a_taken_one(page: SignInPage) -> None:
    assert page.counter.itemData(0) == 4, "nobody sits there"
    page.counter.setCurrentIndex(page.counter.findData(1))
    assert page.officer.currentText() == "Dedi Kurniawan"
    page.officer.setCurrentIndex(page.officer.findText("Siti Rahmawati"))
    assert page.counter.currentData() == 2, "where she sits, not where Dedi does"


def test_who_means_to_take_over_a_counter_may(page: SignInPage) -> None:
    page.counter.setCurrentIndex(page.counter.findData(1))
    page.counter.activated.emit(page.counter.currentIndex())
    page.officer.setCurrentIndex(page.officer.findText("Siti Rahmawati"))
    assert page.counter.currentData() == 1


@pytest.mark.parametrize(
    ("seat", "chosen"),
    [
        (KeptSeat("siti", 4), ("siti", 4)),
        (KeptSeat("siti", 0), ("siti", 0)),
        (KeptSeat("siti", 1), ("siti", 4)),  # Dedi sits at 1
        (KeptSeat("gone", 2), ("dedi", 4)),
    ],
)
def test_who_signed_in_here_last_is_preset(page: SignInPage, seat: KeptSeat, chosen: tuple[str, int]) -> None:
    page.prefer(seat)
    assert (page.officer.currentData(), page.counter.currentData()) == chosen


def test_the_language_is_chosen_before_the_password(show: Show) -> None:
    counter = open_at_sign_in(show)
    assert counter.window.sign_in.languages.buttons["id"].isChecked()
    counter.window.sign_in.languages.buttons["en"].click()
    page = counter.window.sign_in
    assert (page.button.text(), page.button.isEnabled()) == ("Sign in", True)
    assert page.languages.buttons["en"].isChecked()
    page.languages.buttons["id"].click()
    assert counter.window.sign_in.button.text() == "Masuk"


def test_new_lists_keep_what_was_chosen(page: SignInPage) -> None:
    page.counter.setCurrentIndex(page.counter.findData(4))
    page.officer.setCurrentIndex(1)
    page.show_choices(CHOICES)
    assert (page.counter.currentData(), page.officer.currentData()) == (4, "siti")


def test_who_chose_their_name_keeps_it_when_another_sits_down(page: SignInPage, qtbot: QtBot) -> None:
    free = tuple(samples.counter(number, officer="") for number in (1, 2))
    page.clear()
    page.show_choices(Choices(samples.OFFICE, OFFICERS, free))
    page.officer.setCurrentIndex(0)
    qtbot.keyClick(page.officer, Qt.Key.Key_Down)
    page.show_choices(CHOICES)  # Dedi sat down at counter 1
    assert page.officer.currentText() == "Siti Rahmawati"
    page.clear()
    page.show_choices(CHOICES)
    assert page.officer.currentText() == "Dedi Kurniawan"


@pytest.mark.parametrize(
    ("typed", "shift", "warned"),
    [("A", False, True), ("a", True, True), ("A", True, False), ("a", False, False)],
)
def test_caps_lock_is_noticed(page: SignInPage, typed: str, shift: bool, warned: bool) -> None:
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    pressed = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, held, typed)
    QCoreApplication.sendEvent(page.password, pressed)
    assert page.caps.isVisible() is warned


def test_a_refusal_empties_the_password(page: SignInPage) -> None:
    page.password.setText("salah")
    page.show_refusal(UserError("Nama atau kata sandi salah.", todo="Coba lagi."))
    assert page.wrong.text() == "Nama atau kata sandi salah. Coba lagi."
    assert page.password.text() == ""
    assert page.button.isEnabled()


@pytest.mark.parametrize(
    "outage",
    [
        no_answer_error(),
        cut_off_error(),
        Unwritable("Penyimpanan penuh."),
        AnotherOffice("Berkas kantor lain."),
    ],
    ids=lambda outage: type(outage).__name__,
)
def test_an_outage_leaves_the_password_masked(page: SignInPage, outage: UserError) -> None:
    page.password.setText("rahasia")
    page.eye.trigger()
    page.show_refusal(outage)
    page.forget_trouble()
    assert (page.wrong.isVisible(), page.wrong.text()) == (True, outage.brief)
    assert (page.password.text(), page.password.echoMode()) == ("rahasia", QLineEdit.EchoMode.Password)
    assert not page.password.property("wrong")
    page.button.click()
    assert not page.wrong.isVisible(), "the next try"


def test_an_office_without_counters_leaves_the_password_alone(page: SignInPage) -> None:
    page.password.setText("rahasia")
    page.show_choices(replace(CHOICES, counters=()))
    assert page.wrong.text().startswith("Kantor ini belum mempunyai loket.")
    assert page.password.text() == "rahasia"


def test_no_button_moves_when_the_page_speaks(page: SignInPage) -> None:
    settle()
    before = [button.mapToGlobal(button.rect().topLeft()) for button in (page.button, page.forgot_button)]
    page.show_refusal(UserError("Nama masuk atau kata sandi salah.", "Sisa 4 kali percobaan."))
    page.caps.show()
    settle()
    assert [
        button.mapToGlobal(button.rect().topLeft()) for button in (page.button, page.forgot_button)
    ] == before


def test_a_counter_that_is_not_there_is_told(show: Show) -> None:
    theme = Theme.for_window("counter", 1366, 768)
    page = SignInPage(theme, counter=7)
    show(page, 1366, 768)
    page.show_choices(CHOICES)
    assert page.wrong.text().startswith("Loket 7 tidak ada di kantor ini.")
    assert page.counter.currentText() == "Tanpa loket"


def test_a_wrong_password_stays_on_the_page(show: Show) -> None:
    counter = open_at_sign_in(show)
    counter.window.sign_in.password.setText("salah")
    counter.window.sign_in.button.click()
    assert counter.window.session is None
    assert counter.window.sign_in.wrong.isVisible()


def test_signing_in_takes_the_counter(show: Show) -> None:
    counter = open_at_sign_in(show)
    counter.window.activateWindow()
    page = counter.window.sign_in
    page.counter.setCurrentIndex(page.counter.findData(2))
    page.officer.setCurrentIndex(page.officer.findData("siti"))
    page.password.setText("rahasia-kita")
    page.button.click()
    assert counter.link.asked == [commands.StaffCounter(counter=2)]
    assert counter.workspace.rail.officer.text() == "Siti Rahmawati"
    main = counter.workspace.queue.action_bar.main
    assert main is not None
    assert (main.action.name, main.hasFocus()) == ("call_next", True)


def test_a_taken_counter_signs_out_again(show: Show) -> None:
    counter = open_at_sign_in(show)
    counter.link.refusal = UserError("Loket 2 masih menangani nomor A012.")
    counter.sign_in()
    assert counter.link.actor.officer_id is None
    assert counter.window.sign_in.wrong.text() == "Loket 2 masih menangani nomor A012."


def test_the_office_may_be_out_of_reach(show: Show) -> None:
    counter = open_at_sign_in(show)
    counter.link.refused.emit(UserError("Berkas kantor tidak ada.", todo="Periksa jalur."))
    assert counter.window.sign_in.wrong.text() == "Berkas kantor tidak ada. Periksa jalur."


def test_what_has_nothing_to_do_with_the_password_leaves_it_alone(show: Show, qtbot: QtBot) -> None:
    """A package that is spoilt, a backup that failed: the officer goes on typing."""
    page = (counter := open_at_sign_in(show)).window.sign_in
    qtbot.keyClicks(page.password, "raha")
    counter.link.refused.emit(UserError("Paket itu tidak dipakai."))
    assert page.wrong.text() == "Paket itu tidak dipakai."
    assert page.password.text() == "raha"
    assert not page.password.property("wrong")


def test_a_trouble_that_is_over_is_told_no_longer(show: Show) -> None:
    counter = open_at_sign_in(show)
    page = counter.window.sign_in
    counter.link.connect_as(Connection.OFFLINE)
    assert (page.button.text(), page.button.isEnabled()) == ("Menunggu sambungan…", False)
    counter.link.refused.emit(UserError("Penyimpanan penuh."))
    assert page.wrong.isVisible()
    counter.link.connect_as(Connection.ONLINE)
    assert not page.wrong.isVisible()
    assert (page.button.text(), page.button.isEnabled()) == ("Masuk", True)


def test_a_trouble_that_replaced_a_refusal_goes_when_it_is_over(show: Show) -> None:
    page = (counter := open_at_sign_in(show)).window.sign_in
    page.show_refusal(UserError("Nama atau kata sandi salah."))
    counter.link.refused.emit(UserError("Penyimpanan penuh."))
    counter.link.connect_as(Connection.OFFLINE)
    counter.link.connect_as(Connection.ONLINE)
    assert not page.wrong.isVisible()


def test_an_office_that_never_opened_is_named_with_the_reason(show: Show) -> None:
    counter = open_at_sign_in(show)
    counter.link.unopened = file_missing(r"\\SERVR\ult\office.db")
    counter.link.connect_as(Connection.OFFLINE)
    page = counter.window.sign_in
    assert r"\\SERVR\ult\office.db tidak ditemukan. Periksa alamatnya" in page.wrong.text()
    assert (page.button.text(), page.button.isEnabled()) == ("Menunggu sambungan…", False)


@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(show: Show, picture: Picture, size: tuple[int, int], language: str, contrast: Contrast) -> None:
    use_language(language)
    counter = CounterBench(samples.board(), Theme.for_window("counter", *size, contrast))
    show(counter.window, *size)
    page = counter.window.sign_in
    picture(counter.window, f"counter-masuk-{size[0]}x{size[1]}-{language}-{contrast}")
    assert_targets(counter.window, 36)
    page.caps.show()
    page.show_refusal(UserError("Nama atau kata sandi salah.", todo="Coba lagi, atau minta admin."))
    picture(counter.window, f"counter-masuk-salah-{size[0]}x{size[1]}-{language}-{contrast}")


def test_the_way_back_is_offered_where_the_office_is_damaged(show: Show, own_home: Path) -> None:
    """Unless the administrators of the PC keep it for themselves."""
    counter = open_at_sign_in(show)
    page = counter.window.sign_in
    assert not page.repair_button.isVisible()
    counter.link.needs_restore = True
    counter.link.refused.emit(UserError("Berkas kantor rusak."))
    assert page.repair_button.isVisible()
    page.repair_button.click()
    (box,) = (each for each in counter.window.findChildren(Box) if each.isVisible())
    assert box.title.text() == "Pulihkan kantor dari cadangan?"
    box.close()
    policy = program_folder() / FILE_NAME
    policy.parent.mkdir(parents=True)
    policy.write_text("repair = false\n")
    counter.link.refused.emit(UserError("Berkas kantor rusak."))
    assert not page.repair_button.isVisible()


def test_who_forgot_is_told_whom_to_ask(show: Show) -> None:
    counter = open_at_sign_in(show)
    page = counter.window.sign_in
    page.officer.setCurrentIndex(page.officer.findData("siti"))
    page.forgot_button.click()
    (box,) = (each for each in counter.window.findChildren(Box) if each.isVisible())
    assert box.title.text() == "Siti Rahmawati mendapat kata sandi baru dari admin."
    box.close()
