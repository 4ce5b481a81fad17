"""The covers of a counter: the lock, after a pause or by hand, and the page while its time is doubted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from typing_extensions import override

from ult_desktop.base import UserError, _, formats
from ult_desktop.base.late import late
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp
from ult_desktop.operations.office.office import Office, OfficerSummary
from ult_desktop.ui.counter.session.passwords import PasswordPage
from ult_desktop.ui.counter.session.sign_in import SignIn, fill_box
from ult_desktop.ui.kit import Column, Row, Theme, forms, panels, widgets

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.queue.ticket import Ticket
    from ult_desktop.operations.time_watch import TimeDoubt
    from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
    from ult_desktop.ui.counter.queue import hall_page
    from ult_desktop.ui.counter.session.officer_session import OfficerSession
    from ult_desktop.ui.counter.session.sign_in import SignedInOfficer
    from ult_desktop.ui.kit.widgets import Now
    from ult_desktop.ui.office_link.link import OfficeLink
else:
    hall_page = late("ult_desktop.ui.counter.queue.hall_page")

_MIN_WATCHED_HEIGHT = 480  # base pixels


class LockPage(PasswordPage):
    """The page that covers a locked counter. It says how the queue is, and that somebody needs help.

    Over the page Hari ini it also shows the office at this minute, because that panel names no visitor.

    Signals:
        unlock_requested: the password was given.
        change_requested: another officer wants to sign in here.
    """

    unlock_requested = Signal(str)
    change_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Buka kunci"))
        self.officer = widgets.Label("", "body", "soft", wrap=True)
        self.queue = widgets.Label("", "body", "soft", wrap=True)
        self.alerts = panels.Note(theme, "priority")
        self.change_button = widgets.Button(theme, _("Ganti petugas"), "quiet", "log-out")
        self.change_button.clicked.connect(self.change_requested)
        self._lay_out(theme)

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme, gap=16)
        head.addWidget(widgets.IconTile(theme, "lock", "slate", 56))
        names = Column(theme, gap=2)
        names.addWidget(widgets.Label(_("Terkunci"), "heading"))
        names.addWidget(self.officer)
        head.addLayout(names, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.queue)
        self.column.addWidget(self.alerts)
        label = widgets.Label(_("Kata sandi"), "small", "soft")
        label.setBuddy(self.password)
        self.password.setAccessibleName(_("Kata sandi"))
        for widget in (label, self.password, self.caps, self.wrong, self.button, self.change_button):
            self.column.addWidget(widget)

    def show_lock(self, officer: str) -> None:
        """Show whose counter is locked, with an empty password."""
        self.officer.setText(officer)
        self.clear()

    def show_queue(self, words: str) -> None:
        """Show the state of the queue: who is at the counter, how many wait."""
        self.queue.setText(words)
        self.queue.setVisible(bool(words))

    def show_alerts(self, words: str) -> None:
        """Show that somebody needs help, without saying who or why, because anybody may pass by."""
        self.alerts.say(words)

    def show_next_to_card(self, watched: QWidget) -> None:
        """Show next to the card what stays readable while the counter is locked."""
        margin = self._theme.px(24)
        self.card_row.insertWidget(0, watched, 1)
        self.card_row.setContentsMargins(margin, margin, margin, margin)
        watched.setMinimumHeight(self._theme.px(_MIN_WATCHED_HEIGHT))

    @override
    def _ready(self) -> None:
        self._set_busy(busy=False)

    @override
    def _ask(self) -> None:
        self._set_busy(busy=True)
        self.unlock_requested.emit(self.password.text())

    def _set_busy(self, *, busy: bool) -> None:
        self.button.setText(_("Memeriksa…") if busy else _("Buka kunci"))
        self.button.setEnabled(not busy)
        self.change_button.setEnabled(not busy)


_PAGE_SHOWN_WHILE_LOCKED = "day"
_LOCK_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_L)

# Only a person at the PC causes these events.
_INPUT_EVENTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,  # a key that is a shortcut, F2 or F9, sends no KeyPress
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """The watch for an idle PC, over all windows and dialogs of an officer who is signed in.

    Args:
        window: the counter's. What a visitor touches in the survey on a second screen does not count.
        now: the injected clock.
        minutes: how long nobody touches anything before `idle`; 0: `idle` never comes.

    Signals:
        idle: nobody touched anything for that long.
        lock_pressed: Ctrl+L, also over a dialog, where no shortcut of the window reaches.
    """

    idle = Signal()
    lock_pressed = Signal()

    def __init__(self, window: QWidget, now: widgets.Now, minutes: int) -> None:
        super().__init__(window)
        self._window = window
        self._now, self._limit_ms = now, minutes * MINUTE_MS
        self._touched_at = 0
        self._is_watching = False
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)

    def start(self) -> None:
        self._touched_at = to_stamp(self._now())
        self._is_watching = True
        self._watch(QGuiApplication.focusWindow())

    def stop(self) -> None:
        self._is_watching = False

    def _watch(self, front: QWindow | None) -> None:
        """Watch the window or dialog that has the keyboard now.

        Keys and clicks come through the windows of the system. A filter of the whole program would run Python
        for each event of each object, painting and layout too, and PySide may crash while it makes the class
        of an object that it meets there first: https://github.com/TimeLineAnnotator/desktop/pull/586
        """
        if front is None or not self._is_watching:
            return
        if belongs_to(QWidget.find(front.winId()), self._window.window()):
            front.installEventFilter(self)  # Qt keeps one: it removes a filter that is installed again

    def check(self) -> None:
        """Report that the PC is idle, if it is; called once a second. A clock put back restarts the count."""
        now = to_stamp(self._now())
        self._touched_at = min(self._touched_at, now)
        if self._is_watching and self._limit_ms and now - self._touched_at >= self._limit_ms:
            self.idle.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self._is_watching or event.type() not in _INPUT_EVENTS:
            return False
        self._touched_at = to_stamp(self._now())
        is_press = event.type() is QEvent.Type.KeyPress
        if is_press and isinstance(event, QKeyEvent) and event.keyCombination() == _LOCK_KEY:
            self.lock_pressed.emit()
            return True
        return False


def belongs_to(widget: QWidget | None, window: QWidget) -> bool:
    """Return whether the widget is the window, lies in it, or is a dialog over it."""
    while widget is not None and widget is not window:
        widget = widget.parentWidget()
    return widget is window


class Lock(QObject):
    """The lock after idling or at Ctrl+L, while an officer is signed in.

    Meanwhile the officer's keys to personal text are forgotten. Pages stay as they are below the cover;
    because they are hidden, their shortcuts do nothing. Dialogs are hidden and keep what was typed into
    them. A dialog that opens meanwhile is hidden too.

    Args:
        link: checks the password.
        frame: whose pages are covered.
        theme: colours and sizes.
        now: the injected clock.
        minutes: how long nobody touches the PC before it locks; 0: it never locks by itself.

    Signals:
        changed: the lock is on now, or off.
    """

    changed = Signal()

    def __init__(
        self, link: OfficeLink, frame: CounterFrame, theme: Theme, now: widgets.Now, minutes: int
    ) -> None:
        super().__init__()
        self._link, self._frame, self._theme = link, frame, theme
        self._officer_session: OfficerSession | None = None
        self._login = self._name = ""
        self._hidden_dialogs: list[QDialog] = []
        self._focus: QWidget | None = None  # what had it before the lock
        self.page: LockPage | None = None
        self.watch = IdleWatch(frame, now, minutes)
        self.watch.idle.connect(self.lock)
        self.watch.lock_pressed.connect(self.lock)

    @property
    def is_on(self) -> bool:
        return self.page is not None

    def begin(self, officer_session: OfficerSession, signed_in: SignedInOfficer) -> None:
        """Begin to watch for idleness: an officer has signed in, and the counter can be locked."""
        self._officer_session = officer_session
        self._login, self._name = signed_in.login, signed_in.actor.name
        self.watch.start()

    def end(self) -> None:
        """Remove the cover and stop watching: the officer has signed out."""
        self.watch.stop()
        hidden, page = self._uncover()
        self._officer_session = None
        for dialog in hidden:
            dialog.deleteLater()
        if page is not None:
            self._frame.remove_page(page)

    def lock(self) -> None:
        """Cover everything now."""
        if self._officer_session is None or self.is_on:
            return
        self._focus = QApplication.focusWidget()
        self.page = LockPage(self._theme)
        self.page.unlock_requested.connect(self._unlock)
        self.page.change_requested.connect(self._change_officer)
        self.page.show_lock(self._name)
        # An open list would take the first click, which is meant for the password's field.
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for dialog in self._frame.window().findChildren(QDialog):
            self._hide(dialog)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self._officer_session.set_covered(covered=True)
        self._link.forget_keys()
        self._frame.toast.dismiss()
        self._frame.toast.end_undo()
        if self._officer_session.workspace.page == _PAGE_SHOWN_WHILE_LOCKED:
            panel = hall_page.LivePanel(self._theme)
            hall_page.LiveWatch(self._officer_session.workspace.host, panel)  # the panel owns it
            self.page.show_next_to_card(panel)
        self._frame.show_page(self.page)
        self.refresh()
        self.changed.emit()

    def refresh(self) -> None:
        """Show the present state of the queue and the present alerts on the cover."""
        if self.page is not None and self._officer_session is not None:
            self.page.show_queue(self._officer_session.summary)
            self.page.show_alerts(self._officer_session.alert_words)

    def tell(self, error: UserError) -> None:
        """Show an error on the cover, because no dialog may open over it."""
        if self.page is not None:
            self.page.tell(error)
            self.page.password.setFocus()

    def _refuse(self, error: UserError) -> None:
        if self.page is not None:
            self.page.show_refusal(error)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # An answer from the office may open a dialog while the cover is there.
        if event.type() is not QEvent.Type.Show or not isinstance(watched, QDialog):
            return False
        if belongs_to(watched, self._frame.window()):
            # Qt is still showing the dialog: if it were hidden now, Qt would show it all the same.
            QTimer.singleShot(0, watched, partial(self._hide, watched))
        return False

    def _hide(self, dialog: QDialog) -> None:
        if self.is_on and dialog.isVisible():
            self._hidden_dialogs.append(dialog)
            dialog.hide()

    def _unlock(self, password: str) -> None:
        self._link.sign_in(self._login, password, self._on_unlocked, self._refuse)

    def _on_unlocked(self, _actor: Actor) -> None:
        hidden, page = self._uncover()
        if self._officer_session is None or page is None:
            return
        self._officer_session.set_covered(covered=False)
        self._frame.remove_page(page)
        self._link.changed.emit()  # read all again: without keys, personal text was read sealed
        for dialog in hidden:
            dialog.open()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus()
        self.watch.start()

    def _uncover(self) -> tuple[list[QDialog], LockPage | None]:
        """End the lock; return the dialogs that it hid and its page, with which the caller deals."""
        hidden, self._hidden_dialogs = self._hidden_dialogs, []
        page, self.page = self.page, None
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.changed.emit()
        # An answer that came meanwhile may have closed and deleted a dialog.
        return [dialog for dialog in hidden if shiboken6.isValid(dialog)], page

    def _change_officer(self) -> None:
        """Sign this officer out for another one, unless a visitor is at the counter."""
        if self._officer_session is None:
            return
        if self._officer_session.visitor is not None:
            self.tell(visitor_is_here(self._officer_session.visitor))
            return
        self._officer_session.leave()


def visitor_is_here(visitor: Ticket) -> UserError:
    """Return the refusal to leave a locked counter while a visitor is there."""
    return UserError(
        _("{label} masih di loket ini.").format(label=visitor.label),
        todo=_("Buka kunci dulu, lalu selesaikan atau alihkan pengunjung itu."),
    )


class TimePage(PasswordPage):
    """The page that asks whether the share's date and time are right. An officer's password confirms them.

    Signals:
        confirmed: a `SignIn`, without a counter.
    """

    confirmed = Signal(object)

    def __init__(self, theme: Theme, now: Now) -> None:
        super().__init__(theme, _("Ya, ini benar"))
        self._now = now
        self.time = widgets.Label("", "heading", wrap=True)
        self.words = widgets.Label("", "body", "soft", wrap=True)
        self.officer = forms.ComboBox(theme)
        self._lay_out(theme)
        self.clear()

    def _lay_out(self, theme: Theme) -> None:
        head = Row(theme, gap=16)
        head.addWidget(widgets.IconTile(theme, "clock-alert", "amber", 56))
        names = Column(theme, gap=2)
        names.addWidget(widgets.Label(_("Apakah tanggal dan jam ini benar?"), "strong", wrap=True))
        names.addWidget(self.time)
        head.addLayout(names, 1)
        self.column.addLayout(head)
        self.column.addWidget(self.words)
        for name, field in ((_("Petugas"), self.officer), (_("Kata sandi"), self.password)):
            label = widgets.Label(name, "small", "soft")
            label.setBuddy(field)
            field.setAccessibleName(name)
            self.column.addWidget(label)
            self.column.addWidget(field)
        for widget in (self.caps, self.wrong, self.button):
            self.column.addWidget(widget)

    def show_doubt(self, doubt: TimeDoubt) -> None:
        """Show the doubt, in the office's own time."""
        witnesses, zone = doubt.witnesses, self._now().tzinfo
        log, own = _moment_words(witnesses.log, zone), _moment_words(witnesses.own, zone)
        self.time.setText(_moment_words(witnesses.now, zone))
        self.words.setText(
            "\n".join(
                (
                    _("Catatan terakhir kantor: {log}").format(log=log),
                    _("Jam komputer ini: {own}").format(own=own),
                    _("Sampai dipastikan tidak ada yang ditulis, dan kios menyuruh bertanya kepada petugas."),
                    _("Bila salah, perbaiki jam komputer yang menyimpan berkas: halaman ini hilang sendiri."),
                )
            )
        )

    def show_officers(self, officers: Sequence[OfficerSummary]) -> None:
        """Show the officers who can confirm the time. One who was chosen already stays chosen."""
        fill_box(self.officer, [(officer.name, officer.login) for officer in officers])
        self._ready()

    @override
    def _ready(self) -> None:
        self.button.setText(_("Ya, ini benar"))
        self.button.setEnabled(self.officer.count() > 0)

    @override
    def _ask(self) -> None:
        self.button.setEnabled(False)
        self.button.setText(_("Memeriksa…"))
        self.confirmed.emit(SignIn(self.officer.currentData(), self.password.text(), None))


def _moment_words(at: int, zone: tzinfo | None) -> str:
    moment = to_datetime(at, zone)
    return f"{formats.format_date(moment)}, {formats.format_clock(moment)}"


class TimeCover(QObject):
    """The cover that shows the page over everything while the office doubts its time, and then removes it."""

    def __init__(self, link: OfficeLink, frame: CounterFrame, theme: Theme, now: widgets.Now) -> None:
        super().__init__(frame)
        self._link, self._frame, self._theme, self._now = link, frame, theme, now
        self._covered_page: QWidget | None = None
        self.page: TimePage | None = None
        link.connection_changed.connect(lambda _state: self.refresh())

    def refresh(self) -> None:
        """Show the cover while the office doubts its date and time; else remove it."""
        doubt = self._link.time_doubt
        if doubt is None:
            self._uncover()
            return
        if self.page is None:
            self._covered_page = self._frame.pages.currentWidget()
            self.page = TimePage(self._theme, self._now)
            self.page.confirmed.connect(self._confirm)
            self._frame.show_page(self.page)
            self._link.read(Office.officers, self.page.show_officers)
        self.page.show_doubt(doubt)

    def _confirm(self, sign_in: SignIn) -> None:
        if self.page is not None:
            credentials = (sign_in.login, sign_in.password)
            self._link.confirm_time(credentials, lambda _at: self.refresh(), self.page.show_refusal)

    def _uncover(self) -> None:
        page, self.page = self.page, None
        if page is not None:
            if self._covered_page is not None and self._frame.pages.indexOf(self._covered_page) >= 0:
                self._frame.show_page(self._covered_page)
            self._frame.remove_page(page)
