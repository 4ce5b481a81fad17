"""A page or tab of the counter on a real office, with an officer signed in and the clock in hand."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, cheap_hash, give_keys, make_office, open_office, store_of
from tests.operations.scene import MINUTE, HandClock
from tests.ui.conftest import Show
from tests.ui.ports import free_port
from tests.ui.shown import is_told, link_of
from ult_desktop.base import _
from ult_desktop.base.config import SyncConfig
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.command import Command
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.stamps import to_datetime, to_stamp
from ult_desktop.db.access import officers
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
from ult_desktop.ui.counter.pages.page import VisitTab, VisitTabs, WorkPage
from ult_desktop.ui.counter.pages.page_host import PageHost, Previews, StationServices
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.forms.drafts import DraftKeeper
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Contrast, Theme
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

P = TypeVar("P", bound=WorkPage)
V = TypeVar("V", bound=VisitTab)
RAIL = 212


class Bench:
    """`sign_in`, `do`, `open`, `wait`, look. The station's clock and the office's are the same, and stand.

    Args:
        qtbot, show: fixtures.
        folder: where the office, the journals and the drafts lie.
        template: the ready-made office.
    """

    def __init__(
        self, qtbot: QtBot, show: Show, folder: Path, template: str = "bpmp-kaltara", when: str = ""
    ) -> None:
        self._qtbot, self.show, self.folder = qtbot, show, folder
        self.path = make_office(folder / "share", template, hand_clock=True)
        self.clock = HandClock(0)
        self.office = open_office(self.path, "saksi")
        self.office.clock = self.clock
        self.zone = self.office.read(office_rows.load).settings.office.zone
        self.set_time(when or "2026-11-23 09:41")
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        station = folder / "station.toml"
        self.place = StationSetup(self.path, folder / "journal.db", "MEJA", "counter", sync, settings=station)
        self.link = OfficeLink(self.place, opening=self._opening)
        self.drafts = DraftKeeper(folder / "drafts.db", self.now)
        self.printed: list[Any] = []
        self.previews: Previews | None = None
        self.jumps: list[tuple[str, object]] = []
        self.desks: list[PageHost] = []
        self.wait(lambda: self.link.connection is Connection.ONLINE)

    def _opening(self, setup: StationSetup) -> Office:
        """Without the proof of the share's locks, which has tests of its own and takes most of a second."""
        office = Office(setup.database, setup.name, setup.journal)
        office.clock = self.clock
        return office

    def now(self) -> datetime:
        return to_datetime(self.clock.now, self.zone)

    def set_time(self, when: str) -> None:
        """The office's own wall clock, "2026-11-23 09:00"."""
        self.clock.now = to_stamp(datetime.fromisoformat(when).replace(tzinfo=self.zone))

    def later(self, minutes: float) -> None:
        self.clock.now += round(minutes * MINUTE)

    def engage(self, login: str, *roles: Role, name: str = "") -> None:
        """A further officer, if there is none of that login yet."""
        if self.office.read(lambda tx: officers.find(tx, login)) is None:
            names = [role.value for role in roles]

            def insert(tx: Transaction) -> None:
                give_keys(tx, officers.insert(tx, login, name or login.title(), names, cheap_hash()))

            store_of(self.office).write(insert)

    def sign_in(self, login: str, *roles: Role, name: str = "") -> Actor:
        """Sign in the officer who acts from now on, here and in `do`."""
        self.engage(login, *roles, name=name)
        self.link.actor = actor = self.office.sign_in(login, PASSWORD)
        self.link.read(lambda office: office.keys.open(actor, PASSWORD), lambda _opened: None)
        return actor

    def waiting(self, page: WorkPage) -> int:
        """The page's number in the rail."""
        count, actor = page.waiting, page.host.actor
        assert count is not None
        found = self.office.read(lambda tx: count(tx, self.clock.now, actor))
        return found if isinstance(found, int) else len(found)

    def do(self, command: Command, by: Actor | None = None) -> Any:  # noqa: ANN401  (each ask has its own answer)
        """Perform at another station, at once; the page hears of it like of any other."""
        answer = self.office.perform(command, by or self.link.actor)
        self.link.changed.emit()
        return answer

    def make_desk(self, size: tuple[int, int], contrast: Contrast, counter: int | None) -> PageHost:
        theme = Theme.for_window("counter", *size, contrast)
        self.frame = CounterFrame(theme, self.now)
        theme.apply(self.frame)
        services = StationServices(
            self.drafts,
            self.printed.append,
            lambda issued, _office: self.printed.append(issued),
            lambda ticket, _office: self.printed.append(ticket),
            self.place,
            self.previews,
        )
        self.host = PageHost(self.link, theme, self.frame.toast, self.now, counter, services)
        self.host.page_wanted.connect(lambda name, subject: self.jumps.append((name, subject)))
        self.desks.append(self.host)
        return self.host

    def open(
        self,
        kind: type[P],
        size: tuple[int, int] = (1366, 768),
        contrast: Contrast = "light",
        counter: int | None = None,
    ) -> P:
        """The page in a window of that size, with the room that the rail leaves it."""
        page = kind(self.make_desk(size, contrast, counter))
        self.stand(page, size)
        return page

    def open_tab(
        self,
        kind: type[V],
        ticket: Ticket,
        size: tuple[int, int] = (1366, 768),
        contrast: Contrast = "light",
        counter: int | None = 1,
    ) -> V:
        """The tab as it stands under the visitor of `ticket`."""
        desk = self.make_desk(size, contrast, counter)
        self.tabs = VisitTabs(desk, (kind,))
        self.tabs.show_ticket(ticket)
        self.stand(self.tabs, size, (24, 316, 360, 12))
        tab = self.tabs.tabs[kind.name]
        assert isinstance(tab, kind)
        self.wait(lambda: is_told(tab))
        return tab

    def stand(
        self, widget: QWidget, size: tuple[int, int], around: tuple[int, int, int, int] = (0, 0, 0, 0)
    ) -> None:
        left, top, right, bottom = around
        ground = QWidget()
        ground.setProperty("kind", "page")
        Row(self.host.theme, ground, margins=(RAIL + left, top, right, bottom)).addWidget(widget)
        self.frame.show_page(ground)
        self.show(self.frame, *size)
        self.frame.activateWindow()
        self.wait(self.frame.isActiveWindow)

    @property
    def window(self) -> QWidget:
        return self.frame

    @property
    def toast(self) -> str:
        """The short message in sight, or ""."""
        toast = self.frame.toast
        return toast.label.text() if not toast.isHidden() else ""

    def box(self) -> Any:  # noqa: ANN401  (each dialog has parts of its own)
        """The one open dialog."""
        boxes = [box for box in self.frame.findChildren(Box) if box.isVisible()]
        assert len(boxes) == 1, boxes
        return boxes[0]

    def has_box(self) -> bool:
        return any(box.isVisible() for box in self.frame.findChildren(Box))

    def wait(self, fact: Callable[[], object]) -> None:
        """Until it is so."""
        self._qtbot.waitUntil(lambda: bool(fact()))

    def type(self, field: Field | QWidget, text: str) -> None:
        self._qtbot.keyClicks(field.editor if isinstance(field, Field) else field, text)

    def act(self, detail: Detail, name: str) -> None:
        """Press a button of the detail as soon as it is offered, or its line behind “Lainnya”."""
        acts = detail.acts
        self.wait(lambda: name in acts.buttons and acts.buttons[name].isEnabled())
        names = [each.name for each in acts.further]
        if name not in names:
            acts.buttons[name].click()
            return
        acts.more_button.click()
        [*self.box().keys.values()][names.index(name)].click()

    def press(
        self,
        key: Qt.Key,
        on: QWidget | None = None,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self._qtbot.keyClick(on if on is not None else self.frame.focusWidget(), key, held)

    def close(self) -> None:
        for desk in self.desks:
            desk.end()
        if self.desks:
            self.frame.close()
        self.link.close()
        self.drafts.close()
        self.office.close()


@pytest.fixture(autouse=True)
def cut_before_it_is_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever form a test of the counter sends: the share is gone at first, then slow, then well.

    It stays open with all that was typed, says that nothing is lost, and goes off by itself; while the share
    is slow it says that it waits, and is not sent twice.
    """
    send, met, slow = PageHost._send, set[int](), set[int]()

    def is_filled(form: Form) -> bool:
        return not any(each.problem() for each in form._fields.values() if each.is_shown)

    def hang(host: PageHost, form: Form, send_off: Callable[[], None]) -> None:
        if id(form) in slow or not isinstance(link_of(host), OfficeLink):
            send_off()
            return
        slow.add(id(form))
        well, typed, shown = threading.Event(), form.values(), form.isVisible()
        link_of(host).read(lambda _office: well.wait(60), lambda _well: None)
        send_off()
        form.say_slow()
        form.submit()
        assert form.values() == typed
        assert form.isVisible() or not shown
        assert (form.verb.isEnabled(), form.verb.text()) == (False, _("Menyimpan …"))
        assert form.refusal.words.text() == _(
            "Jaringan lambat. Isian tetap di sini sampai tersimpan; tidak perlu diulang."
        )
        form.refusal.hide()  # a test waits for what the office says
        well.set()

    def cut(host: PageHost, form: Form | None, refused: Any, done: Any, job: Any) -> None:  # noqa: ANN401
        cut_off = link_of(host).connection is not Connection.ONLINE
        if form is None or cut_off or not is_filled(form):
            send(host, form, refused, done, job)
            return
        if id(form) in met:
            hang(host, form, partial(send, host, form, refused, done, job))
            return
        met.add(id(form))
        line = link_of(host).monitor
        typed, shown = form.values(), form.isVisible()
        line.connection = Connection.OFFLINE
        send(host, form, refused, done, job)
        assert form.values() == typed
        assert form.isVisible() or not shown
        words = _("Sambungan terputus. Isian ini dikirim sendiri begitu tersambung lagi.")
        assert form.refusal.words.text() == words
        line.connection = Connection.ONLINE
        host._send_waiting()

    monkeypatch.setattr(PageHost, "_send", cut)


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path) -> Iterator[Bench]:
    """A bench in a fresh office."""
    made = Bench(qtbot, show, tmp_path)
    yield made
    made.close()
