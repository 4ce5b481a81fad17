"""Petugas: from a name to an officer at work, and everything that can be done about one."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, RECOVERY_CODE, store_of
from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import all_done, facts_of, rows_of
from ult_desktop.core.access.commands import RetireOfficer
from ult_desktop.core.access.keys import OfficeKey
from ult_desktop.core.access.roles import Officer, Role
from ult_desktop.db.access import keys, officers
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.ui.counter.access.officers_group import OfficersGroup, SlipBox
from ult_desktop.ui.counter.pages import FormBox
from ult_desktop.ui.counter.settings.page import SettingsPage
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

MOST_CLICKS = 8


def officer(bench: Bench, login: str) -> Officer:
    found = bench.office.read(lambda tx: officers.find(tx, login))
    assert found is not None
    return found


def opened(bench: Bench, **look: Any) -> OfficersGroup:  # noqa: ANN401
    bench.sign_in("admin")
    group = bench.open(OfficersGroup, **look)  # type: ignore[type-var]
    bench.wait(lambda: group.list.count)
    return group


def press(bench: Bench, words: str) -> None:
    (button,) = (each for each in bench.box().findChildren(Button) if each.text() == words)
    button.click()


def choose(bench: Bench, group: OfficersGroup, login: str) -> None:
    group.list.choose(officer(bench, login).id)
    bench.wait(lambda: not group.detail.is_empty)


def slip(bench: Bench) -> SlipBox:
    bench.wait(lambda: bench.has_box() and isinstance(bench.box(), SlipBox))
    box = bench.box()
    assert isinstance(box, SlipBox)
    return box


class Hand:
    """The hand of a person at the mouse: counts how often it clicks."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.clicks = 0

    def click(self, widget: QWidget) -> None:
        self.clicks += 1
        self._qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)

    def choose(self, box: QComboBox, value: object) -> None:
        """Two clicks: the list, and its line."""
        self.click(box)
        self.clicks += 1
        box.setCurrentIndex(box.findData(value))
        box.hidePopup()


def test_a_new_officer_is_at_work_within_eight_clicks(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    """From the admin's group Petugas to the officer at the counter; the rest is typed."""
    group, counter = admin_at_officers(bench, qtbot, show)
    hand = Hand(qtbot)
    hand.click(group.new_button)
    box = counter.box()
    assert isinstance(box, FormBox)
    qtbot.keyClicks(box.form.field("name").editor, "Wati Lestari")
    assert box.form.field("login").value() == "wati"
    picture(box, "petugas-baru")
    hand.click(box.form.verb)
    bench.wait(lambda: isinstance(counter.box(), SlipBox))
    shown = counter.box()
    assert isinstance(shown, SlipBox)
    picture(shown, "petugas-slip")
    password = shown.password.text()
    hand.click(shown.kept_button)
    first_day(bench, counter, hand, password, picture)
    assert hand.clicks <= MOST_CLICKS
    assert not officer(bench, "wati").must_change
    assert counter.window.workspace is not None
    assert counter.window.workspace.host.actor.name == "Wati Lestari"


def first_day(bench: Bench, counter: RealCounter, hand: Hand, password: str, picture: Picture) -> None:
    """The admin goes, the new officer signs in and chooses a password."""
    window, qtbot = counter.window, counter.qtbot
    assert window.workspace is not None
    hand.click(window.workspace.rail.leave)
    page = window.sign_in
    bench.wait(lambda: page.isVisible() and page.officer.findData("wati") >= 0)
    hand.choose(page.officer, "wati")
    qtbot.keyClicks(page.password, password)
    qtbot.keyClick(page.password, Qt.Key.Key_Return)
    bench.wait(counter.boxes)
    form = counter.box().form  # type: ignore[attr-defined]
    picture(counter.box(), "kata-sandi-pertama")
    qtbot.keyClicks(form.field("new").editor, "pilihan-wati")
    qtbot.keyClicks(form.field("again").editor, "pilihan-wati")
    qtbot.keyClick(form.field("again").editor, Qt.Key.Key_Return)
    bench.wait(lambda: window.workspace is not None and window.workspace.isVisible())


def admin_at_officers(bench: Bench, qtbot: QtBot, show: Show) -> tuple[OfficersGroup, RealCounter]:
    counter = RealCounter(bench, qtbot, show)
    counter.open((SettingsPage,))
    workspace = counter.sign_in("admin")
    page = workspace.pages["settings"]
    assert isinstance(page, SettingsPage)
    workspace.show_page("settings")
    page.choose("officers")
    group = page.chosen
    assert isinstance(group, OfficersGroup)
    bench.wait(lambda: group.list.count)
    return group, counter


def test_the_first_password_can_be_left_for_another_time(bench: Bench, qtbot: QtBot, show: Show) -> None:
    store_of(bench.office).write(lambda tx: tx.update("officer", {"login": "siti"}, must_change=True))
    counter = RealCounter(bench, qtbot, show)
    window = counter.open()
    window.sign_in.officer.setCurrentIndex(window.sign_in.officer.findData("siti"))
    window.sign_in.password.setText(PASSWORD)
    window.sign_in.button.click()
    bench.wait(counter.boxes)
    counter.press("Batal")
    bench.wait(lambda: not counter.boxes() and all_done(bench.link))
    assert window.sign_in.button.isEnabled()
    assert bench.link.actor.officer_id is None


def test_an_own_password_from_the_rails_foot(
    bench: Bench, qtbot: QtBot, show: Show, picture: Picture
) -> None:
    counter = RealCounter(bench, qtbot, show)
    counter.open()
    workspace = counter.sign_in("siti")
    workspace.rail.own_settings.click()
    counter.press("Kata sandi saya …")
    form = counter.box().form  # type: ignore[attr-defined]
    form.field("old").show_value("salah-lama")
    form.field("new").show_value("pilihan-siti")
    form.field("again").show_value("pilihan-lain")
    form.submit()
    assert form.field("again").error.text() == "Keduanya berbeda."
    form.field("again").show_value("pilihan-siti")
    form.submit()
    bench.wait(lambda: "salah" in form.refusal.words.text())
    picture(counter.box(), "kata-sandi-saya")
    form.field("old").show_value(PASSWORD)
    form.submit()
    bench.wait(lambda: counter.toast == "Kata sandi Anda diganti.")
    assert form.field("old").draft_value() == ""
    assert bench.office.sign_in("siti", "pilihan-siti").name == "Siti Rahmawati"


def test_a_new_officer_who_is_filled_in_and_not_added_comes_back(bench: Bench) -> None:
    group = opened(bench)
    group.new_button.click()
    bench.type(bench.box().form.field("name"), "Wati")
    bench.box().reject()
    bench.wait(lambda: not bench.has_box())
    group.new_button.click()
    bench.wait(lambda: bench.box().form.field("name").value() == "Wati")
    assert bench.box().form.field("login").value() == "wati"


def test_changed_and_taken_back(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "budi")
    bench.act(group.detail, "edit")
    form = bench.box().form
    form.field("name").show_value("Budi Baru")
    form.field("usual_counter").show_value(2)
    form.submit()
    bench.wait(lambda: officer(bench, "budi").name == "Budi Baru")
    bench.wait(group.note.isVisible)
    bench.frame.activateWindow()
    bench.wait(group.list.view.hasFocus)
    assert officer(bench, "budi").usual_counter == 2
    bench.press(Qt.Key.Key_Z, group.list.view, Qt.KeyboardModifier.ControlModifier)
    bench.wait(lambda: officer(bench, "budi").name != "Budi Baru")
    bench.wait(lambda: bench.toast == "Perubahan diurungkan.")
    bench.act(group.detail, "roles")
    bench.box().form.field("roles").show_value((Role.RECEPTION, Role.HEAD))
    bench.box().form.submit()
    bench.wait(lambda: officer(bench, "budi").roles == ("head", "reception"))


@pytest.mark.slow
def test_retired_and_back_with_a_new_password(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "budi")
    bench.act(group.detail, "retire")
    bench.wait(lambda: not officer(bench, "budi").active)
    bench.wait(group.note.isVisible)
    group.note.button.click()
    password = slip(bench).password.text()
    press(bench, "Selesai")
    assert bench.office.check_password("budi", password).must_change
    bench.do(RetireOfficer(login="budi"))
    group.list.filters.chips["retired"].click()
    choose(bench, group, "budi")
    bench.wait(lambda: "return" in group.detail.acts.buttons)
    bench.act(group.detail, "return")
    box = slip(bench)
    box.print_button.click()
    bench.wait(lambda: len(boxes(bench)) == 2)
    next(each for each in boxes(bench) if each is not box).keys["1"].click()
    bench.wait(lambda: bench.printed)
    (paper,) = bench.printed
    assert [row.text for row in paper.rows][1:] == ["budi", box.password.text()]


def boxes(bench: Bench) -> list[Box]:
    return [each for each in bench.frame.findChildren(Box) if each.isVisible()]


def test_a_new_password_for_who_forgot_it(bench: Bench, picture: Picture) -> None:
    group = opened(bench)
    choose(bench, group, "siti")
    picture(bench.window, "petugas-1366x768-light")
    bench.act(group.detail, "password")
    press(bench, "Beri kata sandi")
    password = slip(bench).password.text()
    assert bench.office.check_password("siti", password).must_change
    bench.wait(lambda: ("Kata sandi", "sementara; diganti sendiri saat masuk") in facts(group))


def facts(group: OfficersGroup) -> list[tuple[str, str]]:
    return facts_of(group.detail.facts)


def test_oneself_is_neither_retired_nor_given_a_password(bench: Bench) -> None:
    group = opened(bench)
    choose(bench, group, "admin")
    bench.wait(lambda: "retire" in group.detail.acts.buttons)
    assert ("Kata sandi", "berlaku") in facts(group), "who chose it is not known"
    assert not group.detail.acts.buttons["retire"].isEnabled()
    assert not group.detail.acts.buttons["password"].isEnabled()


def test_keys_are_handed_on(bench: Bench) -> None:
    """By whoever holds them; the code is the way back for an admin who does not."""
    numbers = [officer(bench, login).id for login in ("siti", "admin")]
    store_of(bench.office).write(
        lambda tx: tx.run("DELETE FROM key_grant WHERE officer_id IN (?, ?)", *numbers)
    )
    group = opened(bench)
    choose(bench, group, "siti")
    bench.wait(lambda: ("Kunci data", "belum: menunggu petugas yang memegang kunci") in facts(group))
    marked = {
        row.subtitle
        for row in rows_of(group.list.model)
        if "menunggu kunci" in {tag.text for tag in row.tags}
    }
    assert marked == {"siti", "admin"}, "the list names who waits"
    bench.act(group.detail, "keys")
    bench.wait(lambda: "Kunci data tidak terbuka bagi Anda." in bench.toast)
    group.keys_button.click()
    bench.box().keys["2"].click()
    bench.box().findChild(QLineEdit).setText(RECOVERY_CODE)
    press(bench, "Buka kunci")
    bench.wait(lambda: bench.toast == "Anda memegang kunci data pribadi lagi.")
    bench.wait(lambda: ("Kunci data", "dapat membuka data pribadi") in facts(group))


def test_a_new_recovery_code(bench: Bench) -> None:
    group = opened(bench)
    group.keys_button.click()
    bench.box().keys["1"].click()
    bench.wait(bench.has_box)
    press(bench, "Sudah saya simpan")
    bench.wait(lambda: bench.toast == "Kode pemulihan berlaku mulai sekarang.")


def test_keys_that_only_a_forgotten_password_opens_are_given_up(bench: Bench) -> None:
    siti = officer(bench, "siti").id

    def only_siti(tx: Transaction) -> None:
        tx.run("DELETE FROM recovery_key")
        tx.run("DELETE FROM key_grant WHERE officer_id <> ?", siti)

    store_of(bench.office).write(only_siti)
    group = opened(bench)
    choose(bench, group, "siti")
    bench.act(group.detail, "give_up")
    press(bench, "Lepaskan untuk selamanya")
    bench.wait(lambda: bench.toast == "Kunci Siti Rahmawati dilepas.")
    bench.wait(lambda: newest(bench).generation == 2)


def newest(bench: Bench) -> OfficeKey:
    found = bench.office.read(keys.newest)
    assert found is not None
    return found


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "kontras"), ((1920, 1080), "light")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    group = opened(bench, size=size, contrast=contrast)
    choose(bench, group, "kepala")
    bench.act(group.detail, "roles")
    picture(bench.box(), f"petugas-peran-{size[0]}x{size[1]}-{contrast}")
    bench.box().reject()
    picture(bench.window, f"petugas-{size[0]}x{size[1]}-{contrast}")
