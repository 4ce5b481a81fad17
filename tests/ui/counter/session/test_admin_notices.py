"""An admin is told of a reset password after signing in, on a real office file, until he has read it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, make_office, open_office, store_of
from tests.operations.privacy import old_papers
from tests.ui.conftest import Picture, Show
from tests.ui.ports import free_port
from tests.ui.shown import link_of
from ult_desktop.base.config import StationConfig, SyncConfig
from ult_desktop.core.event import Event, RestoreMark
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import upkeep
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.access.recovery import proof_file, reset_admin
from ult_desktop.operations.backup.drill import EVERY_MS
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

SignIn = Callable[[str], CounterWindow]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = make_office(tmp_path / "share")
    office = open_office(made, "PC-RESET")
    proof_file(office, "admin").touch()
    reset_admin(office, "admin", PASSWORD)
    office.close()
    return made


@pytest.fixture
def sign_in(path: Path, tmp_path: Path, qtbot: QtBot, show: Show) -> Iterator[SignIn]:
    links: list[OfficeLink] = []

    def as_officer(login: str) -> CounterWindow:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        place = StationSetup(path, tmp_path / f"{len(links)}.db", f"LOKET-{len(links)}", "counter", sync)
        link = OfficeLink(place)
        links.append(link)
        theme = Theme.for_window("counter", 1366, 768)
        window = CounterWindow(link, theme, StationConfig(), link.now, CounterServices(pages=(), tabs=()))
        show(window, 1366, 768)
        page = window.sign_in
        qtbot.waitUntil(page.button.isEnabled)
        page.officer.setCurrentIndex(page.officer.findData(login))
        page.counter.setCurrentIndex(page.counter.findText("Tanpa loket"))
        qtbot.keyClicks(page.password, PASSWORD)
        qtbot.keyClick(page.password, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: window.workspace is not None)
        return window

    yield as_officer
    for link in links:
        link.close()


def boxes(window: CounterWindow) -> list[Box]:
    return [box for box in window.findChildren(Box) if box.isVisible()]


def settled(qtbot: QtBot, window: CounterWindow) -> None:
    """Wait until what was asked for before has been answered: the worker does one thing after the other."""
    heard: list[int] = []
    link_of(window).read(lambda office: office.last_seq(), heard.append)
    qtbot.waitUntil(lambda: bool(heard))


def test_an_admin_is_told_once(sign_in: SignIn, qtbot: QtBot, picture: Picture) -> None:
    window = sign_in("admin")
    qtbot.waitUntil(lambda: bool(boxes(window)))
    (box,) = boxes(window)
    words = " ".join(label.text() for label in box.findChildren(Label))
    assert "Administrator" in words
    assert "PC-RESET" in words
    picture(box, "counter-admin-notice")
    box.findChildren(Button)[0].click()
    settled(qtbot, window)
    again = sign_in("admin")
    settled(qtbot, again)
    assert boxes(again) == []


@pytest.mark.slow
def test_a_box_that_nobody_read_comes_again(sign_in: SignIn, qtbot: QtBot) -> None:
    window = sign_in("admin")
    qtbot.waitUntil(lambda: bool(boxes(window)))
    link_of(window).sign_out()
    boxes(window)[0].close()
    again = sign_in("admin")
    qtbot.waitUntil(lambda: bool(boxes(again)))


def test_others_are_told_nothing(sign_in: SignIn, qtbot: QtBot) -> None:
    window = sign_in("siti")
    settled(qtbot, window)
    assert boxes(window) == []


@pytest.mark.slow
@pytest.mark.parametrize(("login", "told"), [("admin", True), ("kepala", True), ("siti", False)])
def test_an_office_without_a_procedure_is_told_of(
    path: Path, sign_in: SignIn, qtbot: QtBot, login: str, told: bool
) -> None:
    office = open_office(path)
    admin = office.sign_in("admin", PASSWORD)
    for each in office.read(procedures.in_force):
        office.perform(RetireProcedure(procedure_id=each.id), admin)
    office.close()
    window = sign_in(login)
    settled(qtbot, window)
    assert ("Belum ada POS yang dijalankan" in window.frame.toast.label.text()) is told


def test_an_office_with_a_procedure_is_told_nothing(sign_in: SignIn, qtbot: QtBot) -> None:
    window = sign_in("kepala")
    settled(qtbot, window)
    assert window.frame.toast.label.text() == ""


@pytest.mark.parametrize(("login", "told"), [("admin", True), ("kepala", True), ("siti", False)])
def test_who_can_run_it_is_told_of_data_that_is_due(
    path: Path, sign_in: SignIn, qtbot: QtBot, login: str, told: bool
) -> None:
    office = open_office(path)
    store_of(office).write(lambda tx: old_papers.everything(tx, office.clock() - 14 * 31 * DAY_MS))
    office.close()
    window = sign_in(login)
    settled(qtbot, window)
    assert ("Ada data pribadi yang jatuh tempo" in window.frame.toast.label.text()) is told


@pytest.mark.file_only("copies")
@pytest.mark.parametrize(("login", "told"), [("admin", True), ("siti", False)])
def test_an_admin_is_asked_for_the_restore_drill_of_the_quarter(
    path: Path, sign_in: SignIn, qtbot: QtBot, login: str, told: bool
) -> None:
    office = open_office(path)
    last = office.clock() - EVERY_MS - DAY_MS
    store_of(office).write(lambda tx: upkeep.record_success(tx, upkeep.DRILL, "loket-1", last))
    office.close()
    window = sign_in(login)
    settled(qtbot, window)
    assert ("Uji pemulihan triwulan ini" in window.frame.toast.label.text()) is told


def owe(tx: Transaction, at: int) -> None:
    """A case that was counted with other national days: two working days ended at once."""
    visit_id = old_papers.visit(tx, at)
    tx.insert(
        "casefile",
        year=2026,
        serial=1,
        number="0001/2026",
        visit_id=visit_id,
        state="open",
        opened_at=at,
        detail="Tunjangan",
        due_at=at,
        due_since=at,
        due_days=2,
    )


@pytest.mark.parametrize(("login", "told"), [("admin", True), ("siti", False)])
def test_who_may_set_the_days_is_asked_whether_deadlines_follow_a_newer_programs(
    path: Path, sign_in: SignIn, qtbot: QtBot, picture: Picture, login: str, told: bool
) -> None:
    office = open_office(path)
    store_of(office).write(lambda tx: owe(tx, office.clock()))
    office.close()
    window = sign_in(login)
    settled(qtbot, window)
    asked = [box for box in boxes(window) if box.title.text().startswith("Hari libur nasional berubah")]
    assert bool(asked) is told
    if told:
        picture(asked[0], "counter-days-offer")
        asked[0].findChildren(Button)[-1].click()
        settled(qtbot, window)
        again = sign_in(login)
        settled(qtbot, again)
        assert not [box for box in boxes(again) if box.title.text().startswith("Hari libur")]


def test_a_restored_office_is_told_to_everybody_for_a_day(
    path: Path, sign_in: SignIn, qtbot: QtBot, picture: Picture
) -> None:
    office = open_office(path, "loket-1")
    mark = RestoreMark(restores=1, base_seq=1, base_chain="x")
    at = office.clock()
    data = msgspec.json.encode(mark).decode()
    event = Event(
        seq=0,
        at=at,
        station="loket-1",
        officer_id=None,
        kind=events.RESTORED,
        area="office",
        subject=0,
        data=data,
        request="r",
    )
    store_of(office).write(lambda tx: events.append(tx, event))
    office.close()
    window = sign_in("siti")
    qtbot.waitUntil(lambda: bool(boxes(window)))
    (box,) = boxes(window)
    assert box.title.text().startswith("Kantor dipulihkan ")
    picture(box, "counter-restored-notice")
    box.close()
