"""An officer's own PC: a real counter window on the office's file, and the hands on it."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.journeys.windows.hands import ALT, CTRL, PLAIN, Hands, settle
from tests.journeys.windows.printing import Printing
from tests.office import PASSWORD
from ult_desktop.base.config import StationConfig
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.ui.counter.actions.counter_session import CounterSession
from ult_desktop.ui.counter.frame.counter_services import CounterServices
from ult_desktop.ui.counter.frame.workspace import Workspace
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page import VisitTab, WorkPage
from ult_desktop.ui.counter.window import CounterWindow
from ult_desktop.ui.kit.detail import ActionsRow
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField, RadioField, TickField, TicksField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.file_fields import FileField
from ult_desktop.ui.kit.forms.form import Form
from ult_desktop.ui.kit.lists.record_list import RecordList
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink

P = TypeVar("P", bound=WorkPage)
V = TypeVar("V", bound=VisitTab)
SIZE = (1366, 768)


def way_to(workspace: Workspace, kind: type[WorkPage]) -> Iterator[tuple[QWidget, QPoint]]:
    """Return the entries that lead to a page: its line, and its tab if another one is in front."""
    line = workspace.rail.pages.buttons[workspace.line_of[kind.name]]
    yield line, line.rect().center()
    if workspace.page == kind.name:
        return
    tabs = next(each for each in workspace.tabs if each.isVisible())
    titles = [tabs.tabText(index).split(" · ")[0] for index in range(tabs.count())]
    yield tabs, tabs.tabRect(titles.index(kind.title())).center()


def way_to_act(desk: "OfficerWindow", row: ActionsRow, name: str) -> Iterator[QWidget]:
    """The act's button, or “Lainnya” and its line there."""
    further = [each.name for each in row.further]
    yield row.more_button if name in further else row.buttons[name]
    if name in further:
        yield [*desk.box().keys.values()][further.index(name)]


class OfficerWindow(Hands):
    """One window: `sign_in`, `open` a page, `fill` and send a form, `choose` in a dialog."""

    def __init__(
        self,
        qtbot: QtBot,
        link: OfficeLink,
        now: Callable[[], datetime],
        services: CounterServices,
        printing: Printing | None,
    ) -> None:
        self._printing = printing
        theme = Theme.for_window("counter", *SIZE)
        self.counter = CounterWindow(link, theme, StationConfig(), now, services)
        super().__init__(qtbot, self.counter)

    @override
    def _front(self) -> QWidget:
        boxes = self.boxes()
        return boxes[-1] if boxes else self.window

    @override
    def come(self) -> QWidget:
        """Whoever was away for long gives the password again."""
        front = super().come()
        page = self.counter.lock.page
        if page is None:
            return front
        QTest.keyClicks(page.password, PASSWORD)
        QTest.keyClick(page.password, Qt.Key.Key_Return)
        self.wait(lambda: not self.counter.lock.is_on)
        return super().come()

    def update_state(self) -> None:
        """The window's own timer, now and not within the next second."""
        self.counter._tick()
        self.counter.frame.status.clock.tick()
        settle()

    def sign_in(self, name: str, counter: str = "") -> None:
        """Choose the name, type the password, choose a counter; Enter."""
        page = self.counter.sign_in
        self.wait(page.button.isEnabled)
        self.pick(page.officer, name)
        if counter:
            self.pick(page.counter, counter)
        self.click(page.password)
        self.write(PASSWORD)
        self.press(Qt.Key.Key_Return)
        self.wait(lambda: self.counter.workspace is not None and self.counter.workspace.isVisible())

    def paper(self) -> str:
        """Return this PC's last print."""
        printing = self._printing
        assert printing is not None
        self.wait(lambda: printing.papers)
        return printing.papers[-1]

    @property
    def session(self) -> CounterSession:
        assert self.counter.session is not None
        return self.counter.session

    @property
    def current(self) -> Ticket | None:
        """Whom this counter has called or serves."""
        board = self.session.board
        return board.mine.current if board is not None else None

    @property
    def workspace(self) -> Workspace:
        assert self.counter.workspace is not None
        return self.counter.workspace

    @property
    def toast(self) -> str:
        return "" if (toast := self.counter.frame.toast).isHidden() else toast.label.text()

    def open(self, kind: type[P]) -> P:
        """By its line in the rail, and by its tab where the line has several pages."""
        self.click_through(way_to(self.workspace, kind))
        page = self.workspace.pages[kind.name]
        assert isinstance(page, kind)
        assert page.isVisible()
        return page

    def tab(self, kind: type[V], number: int) -> V:
        """By its key, Alt+1 to Alt+9."""
        self.press(Qt.Key(Qt.Key.Key_0 + number), ALT)
        tab = next(iter(self.window.findChildren(kind)))
        assert tab.isVisible()
        return tab

    def boxes(self) -> list[Box]:
        """The open dialogs, the last one in front."""
        return [box for box in self.window.findChildren(Box) if box.isVisible()]

    def box(self) -> Box:
        """The dialog in front."""
        self.wait(self.boxes)
        return self.boxes()[-1]

    def gone(self) -> None:
        """The dialog has closed: what was asked is done."""
        self.wait(lambda: not self.boxes())

    def row(self, rows: RecordList, words: str) -> None:
        """Click the row that shows these words."""

        def place() -> int:
            shown = [rows.model.index(number) for number in range(rows.count)]
            found = (
                index.row() for index in shown if words in str(index.data(Qt.ItemDataRole.AccessibleTextRole))
            )
            return next(found, -1)

        self.wait(lambda: place() >= 0)
        box = rows.view.visualRect(rows.model.index(place()))
        assert not box.isEmpty()
        self.click(rows.view.viewport(), box.center())

    def act(self, row: ActionsRow, name: str) -> None:
        """A button of a detail, as soon as it is offered, or its line behind “Lainnya”."""
        self.come()
        self.wait(lambda: name in row.buttons and row.isVisible())
        settle()
        for button in way_to_act(self, row, name):
            self.click(button)

    def choose(self, words: str) -> None:
        """An answer of the dialog in front, by its digit where it has one."""
        box = self.box()
        key = next(key for key, button in box.keys.items() if words in button.text())
        self.press(Qt.Key(Qt.Key.Key_0 + int(key)))

    def form(self) -> Form:
        box = self.box()
        assert isinstance(box, FormBox)
        return box.form

    def fill(self, form: Form, **values: object) -> None:
        """Type, click and choose, field after field."""
        for name, value in values.items():
            self._answer(form.field(name), value)

    def pick_file(self, field: Field, path: Path) -> None:
        """Pick a file in the dialog for files, by typing where it is."""
        assert isinstance(field, FileField)
        self.click(field.button)
        (dialog,) = field.findChildren(QFileDialog)
        (line,) = dialog.findChildren(QLineEdit, "fileNameEdit")
        QTest.keyClicks(line, str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.wait(lambda: field.value() == path)

    def _answer(self, field: Field, value: object) -> None:
        if isinstance(field, RadioField):
            self.click(field.buttons[value], QPoint(9, field.buttons[value].height() // 2))
        elif isinstance(field, TicksField):
            for each in value if isinstance(value, tuple) else (value,):
                self.click(field.boxes[each], QPoint(9, field.boxes[each].height() // 2))
        elif isinstance(field, TickField):
            self.click(field.box, QPoint(9, field.box.height() // 2))
        elif isinstance(field, ChoiceField) and not field.choice.isEditable():
            self.pick(field.choice, str(value))
        else:
            self.click(field.editor)
            self.write(str(value))
            if isinstance(field, ChoiceField):
                self._take_offered(field)
        assert field.value() not in (None, "", ()), field.name

    def _take_offered(self, field: ChoiceField) -> None:
        """The first of the choices that drop down under what was typed, by the arrow key."""
        completer = field.choice.completer()
        popup = completer.popup() if completer is not None else None
        assert popup is not None
        self.wait(popup.isVisible)
        settle()
        for key in (Qt.Key.Key_Down, Qt.Key.Key_Return):
            QTest.keyClick(popup, key)
        self.wait(lambda: not popup.isVisible())
        settle()

    def send(self) -> None:
        """Ctrl+Enter, from wherever the keyboard is in the form."""
        self.press(Qt.Key.Key_Return, CTRL)

    def submit(self, **values: object) -> None:
        """Fill in the form of the dialog in front and send it by its button."""
        form, before = self.form(), len(self.boxes())
        self.fill(form, **values)
        self.click(form.verb)
        self.wait(lambda: len(self.boxes()) < before)

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = PLAIN) -> None:
        """A key of the queue or the page; what it asks is done before the clock may move."""
        session = self.counter.session
        self.wait(lambda: session is None or not session.under_way)
        self.press(key, held)
        self.wait(lambda: session is None or not session.under_way)
