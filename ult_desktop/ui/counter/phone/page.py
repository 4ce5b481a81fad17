"""The page Telepon: the call on the line or the key that begins one, and the list of who waits."""

from functools import partial

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone.commands import StartCall
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.db.phone_calls import PhoneBoard, due, on_line_since, phone_board
from ult_desktop.operations.visits.visits import regency_choices
from ult_desktop.ui.counter.pages import WorkPage, hide_timer, open_visit, snapshot
from ult_desktop.ui.counter.phone import acts, call_words
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.kit import Column, Theme, lists, widgets
from ult_desktop.ui.kit.detail import Detail
from ult_desktop.ui.kit.timeline import Timeline


class IdlePanel(QFrame):
    """The panel next to the list while nothing is chosen.

    Signals:
        picked_up: the telephone rang and was picked up.
    """

    picked_up = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.button = widgets.Button(theme, _("Telepon masuk"), "primary", "phone-call")
        self.key = widgets.Label(
            _("Tekan {key} di halaman mana pun begitu telepon diangkat; jam mulai berjalan.").format(key=key),
            "body",
            "soft",
            wrap=True,
        )
        self.script = widgets.Label("", "strong", wrap=True)
        for label in (self.key, self.script):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = Column(theme, self, gap=16, margins=(48, 24, 48, 24))
        column.addStretch(2)
        column.addWidget(widgets.IconTile(theme, "phone", "blue", 72), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.key)
        column.addWidget(self.script)
        column.addStretch(3)
        self.button.clicked.connect(self.picked_up)

    def show_opening(self, words: str) -> None:
        self.script.setText(f"“{words}”")


class PhonePage(WorkPage):
    """The page of calls. One key begins a call; while it lasts its form fills the right side."""

    name, icon_name = "phone", "phone"
    needs = frozenset({Permission.HANDLE_PHONE})
    far_key = "F12"
    title = staticmethod(lambda: _("Telepon"))
    waiting = staticmethod(lambda tx, now, _actor: due(tx, now))
    running = staticmethod(on_line_since)

    @override
    def build(self) -> None:
        self.board: PhoneBoard | None = None
        self.call: CallPanel | None = None
        self._clear: PhoneCall | None = None
        self._minute = hide_timer(self, self._cover)
        self.calls = lists.RecordList(
            self.theme,
            _("Cari nama, nomor …"),
            call_words.call_filters(),
            (_("Belum ada telepon hari ini."), "phone"),
        )
        self.idle = IdlePanel(self.theme, self.far_key)
        self.detail = Detail(self.theme)
        self.attempts = Timeline(self.theme)
        self.tries = self.detail.add_section(_("Percobaan telepon balik"), self.attempts)
        self._right = QStackedWidget()
        self._right.addWidget(self.idle)
        self._right.addWidget(self.detail)
        self.show_split(self.calls, self._right)
        self.new = self.add_head_button(
            _("Telepon masuk  {key}").format(key=self.far_key), "phone-call", self.pick_up, "primary"
        )
        self._wire()

    def _wire(self) -> None:
        self.idle.picked_up.connect(self.pick_up)
        self.calls.chosen.connect(self._choose)
        self.calls.opened.connect(lambda _call_id: self.detail.acts.begin())
        self.host.lost.connect(self.refresh)

    @override
    def refresh(self) -> None:
        actor = self.host.actor
        chosen = self.calls.selected
        query = snapshot(
            phone_board, actor.officer_id or 0, actor.name, chosen if isinstance(chosen, int) else None
        )
        self.fetch(query, self._show)

    @override
    def open_subject(self, subject: object) -> None:
        if subject == self.far_key:
            self.pick_up()
        else:
            self.calls.choose(subject)

    def pick_up(self) -> None:
        """Start a call when the telephone rang: its form shows at once.

        A call that lasts is not begun again.
        """
        if self.call is None:
            self.host.perform(StartCall())

    def _show(self, board: PhoneBoard) -> None:
        self.board = board
        self.calls.show_rows(call_words.call_rows(board, self.host.now()))
        self.idle.show_opening(board.script.opening)
        self.new.setEnabled(board.mine is None)
        self.new.setToolTip(
            "" if board.mine is None else _("Selesaikan dulu telepon yang sedang berlangsung.")
        )
        self._show_mine(board)
        if self.call is None:
            self._show_detail(board)

    def _show_mine(self, board: PhoneBoard) -> None:
        known = None if self.call is None else self.call.call.visit_id
        mine = None if board.mine is None else self._seen(board.mine)
        if self.call is not None and (mine is None or mine.visit_id != known):
            self._right.removeWidget(self.call)
            self.call.deleteLater()
            self.call = None
        if mine is None:
            return
        is_new = self.call is None
        if self.call is None:
            self.call = CallPanel(self.host, board, mine, regency_choices(board.province))
            acts.CallActs(self.host, self.call)
            self._right.addWidget(self.call)
        self.call.show_board(board, mine)
        self._right.setCurrentWidget(self.call)
        if is_new:
            self.call.begin()

    def _seen(self, call: PhoneCall) -> PhoneCall:
        """Return the call with the number that was opened last, if it is this caller's."""
        clear = self._clear
        if clear is None or clear.visit_id != call.visit_id or not is_masked(call.phone):
            return call
        return msgspec.structs.replace(call, phone=clear.phone)

    def _opened(self, opened: OpenedVisit) -> None:
        self._clear = opened.call
        self._minute.start()
        self.refresh()

    def _cover(self) -> None:
        """Put the masks back, whether the office can be read or not."""
        self._clear = None
        if self.board is not None:
            self._show(self.board)

    def _choose(self, call_id: object) -> None:
        if self._clear is not None and self._clear.visit_id != call_id and self.call is None:
            self._clear = None  # another is looked at: the mask comes back
        if self.board is not None and self.call is None:
            self._show_detail(self.board)
        self.refresh()

    def _show_detail(self, board: PhoneBoard) -> None:
        calls = (*board.waiting, *board.today)
        found = next((call for call in calls if call.visit_id == self.calls.selected), None)
        self._right.setCurrentWidget(self.idle if found is None else self.detail)
        if found is None:
            self.detail.acts.show_actions(())
            return
        call, now = self._seen(found), self.host.now()
        reveal = partial(open_visit, self.host, call.visit_id, self._opened)
        self.detail.show_head(
            call_words.caller_name(call), call_words.number_words(call), call_words.call_tags(call, now)
        )
        self.detail.show_facts(call_words.call_facts(call, now))
        self.detail.show_actions(acts.call_actions(self.host, call, board.usual_promise, reveal))
        self.tries.setVisible(call.attempts > 0)
        tries = (each for each in board.tries if each.visit_id == call.visit_id)
        self.attempts.show_entries(call_words.attempt_entries(tuple(tries), now))
