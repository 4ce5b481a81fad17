"""The recovery code at sign-in: shown to an admin until somebody has kept it, on a real office file."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.office import store_of
from tests.ui.conftest import Picture, Show
from tests.ui.counter.frame.test_nav_entries import RealCounter
from tests.ui.counter.pages.bench import Bench
from ult_desktop.core.access.keys import pair_of_code
from ult_desktop.core.access.roles import Role
from ult_desktop.core.connection import Connection
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.access import keys
from ult_desktop.operations.access.recovery import lacks_code
from ult_desktop.ui.counter.access.key_boxes import RecoveryBox, offer_code
from ult_desktop.ui.counter.pages.page_host import PageHost, StationServices


def without_code(bench: Bench) -> None:
    store_of(bench.office).write(lambda tx: keys.set_recoveries(tx, ()))


def desk_of(bench: Bench, login: str, *roles: Role) -> PageHost:
    bench.sign_in(login, *roles)
    desk = bench.make_desk((1366, 768), "light", None)
    bench.show(bench.frame, 1366, 768)
    return desk


def settled(bench: Bench) -> None:
    heard: list[int] = []
    bench.link.read(lambda office: office.last_seq(), heard.append)
    bench.wait(lambda: heard)


def shown(bench: Bench) -> list[RecoveryBox]:
    return [box for box in bench.frame.findChildren(RecoveryBox) if box.isVisible()]


def box_of(bench: Bench) -> RecoveryBox:
    bench.wait(lambda: shown(bench))
    (box,) = shown(bench)
    return box


def test_kept_it_is_the_offices(bench: Bench, picture: Picture) -> None:
    without_code(bench)
    desk = desk_of(bench, "admin")
    offer_code(desk)
    box = box_of(bench)
    picture(box, "counter-kode-pemulihan")
    code = box.code.text()
    assert bench.office.read(lacks_code), "not before somebody has kept it"
    bench.link.monitor.connection = Connection.OFFLINE
    box.kept_button.click()
    assert (box.isVisible(), box.refusal.isVisible()) == (True, True), (
        "the code on the paper does not count yet"
    )
    bench.link.monitor.connection = Connection.ONLINE
    box.kept_button.click()
    bench.wait(lambda: not bench.office.read(lacks_code))
    bench.wait(lambda: "berlaku mulai sekarang" in bench.toast)
    bench.wait(lambda: not shown(bench))
    assert bench.office.read(keys.recoveries)[0].public == pair_of_code(code).public
    offer_code(desk)
    settled(bench)
    assert shown(bench) == []


def test_closed_unread_it_comes_again_with_another_code(bench: Bench) -> None:
    without_code(bench)
    desk = desk_of(bench, "admin")
    offer_code(desk)
    first = box_of(bench)
    code = first.code.text()
    bench.press(Qt.Key.Key_Escape, first)
    bench.wait(lambda: not shown(bench))
    assert bench.office.read(lacks_code)
    offer_code(desk)
    assert box_of(bench).code.text() != code


def test_a_second_enter_after_signing_in_keeps_nothing(bench: Bench, qtbot: QtBot, show: Show) -> None:
    """The box of the counter's own window."""
    without_code(bench)
    counter = RealCounter(bench, qtbot, show)
    counter.open((), ())
    counter.sign_in("admin")
    bench.wait(lambda: counter.window.findChildren(RecoveryBox))
    (box,) = counter.window.findChildren(RecoveryBox)
    bench.wait(box.code.hasFocus)
    bench.press(Qt.Key.Key_Return, box)
    bench.press(Qt.Key.Key_Return, box.code)
    settled(bench)
    assert box.isVisible()
    assert bench.office.read(lacks_code)


def test_a_pc_without_a_printer_prints_nothing(bench: Bench) -> None:
    without_code(bench)
    desk = desk_of(bench, "admin")
    desk._services = StationServices()
    offer_code(desk)
    assert box_of(bench).print_button is None


def test_copied_and_printed_without_closing(bench: Bench) -> None:
    without_code(bench)
    offer_code(desk_of(bench, "admin"))
    box = box_of(bench)
    assert box.print_button is not None
    box.copy_button.click()
    assert pair_of_code(QGuiApplication.clipboard().text()) == pair_of_code(box.code.text())
    box.print_button.click()
    (sheet,) = bench.printed
    assert isinstance(sheet, Sheet)
    assert [row.text for row in sheet.rows] == box.lines
    assert "KEMENTERIAN" not in sheet.title
    assert any("memudar" in note for note in sheet.notes)
    assert box.isVisible()


@pytest.mark.parametrize(("login", "roles"), [("siti", ()), ("kepala", ())])
def test_others_are_shown_nothing(bench: Bench, login: str, roles: tuple[Role, ...]) -> None:
    without_code(bench)
    offer_code(desk_of(bench, login, *roles))
    settled(bench)
    assert shown(bench) == []


def test_an_admin_who_waits_for_keys_is_not_shown_a_code_that_opens_nothing(bench: Bench) -> None:
    without_code(bench)
    grant = "DELETE FROM key_grant WHERE officer_id = (SELECT id FROM officer WHERE login = 'admin')"
    store_of(bench.office).write(lambda tx: tx.run(grant))
    offer_code(desk_of(bench, "admin"))
    settled(bench)
    assert shown(bench) == []
