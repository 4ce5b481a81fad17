"""The session of an officer: their workspace, settings and acts, from sign-in to sign-out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QButtonGroup, QWidget

from ult_desktop.base import _
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import undone_words
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import MINUTE_MS, to_stamp
from ult_desktop.db.queue import tickets
from ult_desktop.db.store import drafts
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.actions import action_table
from ult_desktop.ui.counter.actions.counter_session import CounterSession
from ult_desktop.ui.counter.actions.flows import ActionDialogs
from ult_desktop.ui.counter.frame.workspaces import CounterWorkspace, HallWorkspace
from ult_desktop.ui.counter.health.health_watch import HealthWatch
from ult_desktop.ui.counter.pages import PageHost, VisitTabs
from ult_desktop.ui.counter.pages.page_host import REFUSAL_STAYS_MS
from ult_desktop.ui.counter.session.passwords import OwnPasswordBox
from ult_desktop.ui.counter.words import counter_name, service_name
from ult_desktop.ui.kit import Row, Theme, dialogs, forms, widgets
from ult_desktop.ui.kit.accessible import announce
from ult_desktop.ui.kit.forms.choice_fields import OptionsBox, Tick
from ult_desktop.ui.kit.theme import TEXT_SIZES

if TYPE_CHECKING:
    from ult_desktop.base import UserError
    from ult_desktop.core.command import Command
    from ult_desktop.core.queue.boards import CounterBoard
    from ult_desktop.operations.office.office import Office
    from ult_desktop.ui.counter.actions.actions import Action
    from ult_desktop.ui.counter.actions.reasons import Situation
    from ult_desktop.ui.counter.frame.counter_frame import CounterFrame
    from ult_desktop.ui.counter.frame.counter_services import CounterServices
    from ult_desktop.ui.counter.frame.workspace import Workspace
    from ult_desktop.ui.counter.session.sign_in import SignedInOfficer
    from ult_desktop.ui.kit.widgets.toast import Toast
    from ult_desktop.ui.office_link.link import OfficeLink


class OwnLook(QObject):
    """An officer's size of text and set of colours, kept on this PC because each PC has another screen.

    Every button and key that changes them changes the theme. Each change of the theme is kept.

    Args:
        theme: the window's.
        keeper: keeps them on this PC; without it they are forgotten when the officer signs out.
        officer_id: the officer.
    """

    def __init__(self, theme: Theme, keeper: forms.DraftKeeper | None, officer_id: int) -> None:
        super().__init__()
        self._theme, self._keeper, self._officer_id = theme, keeper, officer_id
        self._kept = self._current
        theme.changed.connect(self._keep)
        if keeper is not None:
            keeper.load_look(officer_id, self._show)

    @property
    def percent(self) -> int:
        return round(self._theme.large_text * 100)

    @property
    def _current(self) -> drafts.KeptLook:
        return drafts.KeptLook(self.percent, self._theme.contrast)

    def choose(self, percent: int) -> None:
        self._theme.set_text_size(percent)

    def step(self, by: int) -> None:
        """Make the text one size larger (1) or smaller (-1), or the usual one (0)."""
        index = TEXT_SIZES.index(self.percent) + by if by else 0
        self.choose(TEXT_SIZES[min(max(index, 0), len(TEXT_SIZES) - 1)])

    def end(self) -> None:
        """Go back to the usual size and colours; the next officer has their own."""
        # This comes first: else the usual look would be kept as this officer's.
        self._keeper = None
        self._show(drafts.KeptLook(TEXT_SIZES[0], "light"))

    def _keep(self) -> None:
        if self._keeper is not None and self._current != self._kept:
            self._kept = self._current
            self._keeper.keep_look(self._officer_id, self._kept)

    def _show(self, look: drafts.KeptLook) -> None:
        self._kept = look
        if look.percent in TEXT_SIZES:
            self._theme.set_text_size(look.percent)
        self._theme.set_contrast("kontras" if look.contrast == "kontras" else "light")


class OwnServing:
    """An officer's own way of serving, kept on this PC.

    `calls_next`: finishing also calls the next ticket; False until the officer chooses it.
    """

    def __init__(self, keeper: forms.DraftKeeper | None, officer_id: int) -> None:
        self._keeper, self._officer_id = keeper, officer_id
        self.calls_next = False
        if keeper is not None:
            keeper.load_calls_on(officer_id, self._show)

    def choose(self, calls_next: bool) -> None:
        self._show(calls_next)
        if self._keeper is not None:
            self._keeper.keep_calls_on(self._officer_id, calls_next)

    def _show(self, calls_next: bool) -> None:
        self.calls_next = calls_next


class OwnSettingsBox(dialogs.Box):
    """The officer's own settings, each in force at once. `serving`: None for an officer without a counter."""

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        look: OwnLook,
        serving: OwnServing | None,
        change_password: Callable[[], object],
    ) -> None:
        super().__init__(parent, theme, _("Setelan saya"), ("user-cog", "blue"))
        self.words.addWidget(widgets.Label(_("Ukuran tulisan"), "strong"))
        row, group = Row(theme, gap=8), QButtonGroup(self)
        self.sizes = {percent: self._size_button(percent) for percent in TEXT_SIZES}
        for percent, button in self.sizes.items():
            button.setChecked(percent == look.percent)
            button.clicked.connect(partial(look.choose, percent))
            group.addButton(button)
            row.addWidget(button, 1)
        self.words.addLayout(row)
        self.say(_("Juga dengan tombol Ctrl+, Ctrl- dan Ctrl+0."))
        if serving is not None:
            self._add_serving(serving)
        self.say(_("Untuk Anda, di komputer ini."))
        self.password_button = self.add_button(_("Kata sandi saya …"), "", change_password)
        self.add_button(_("Tutup"), "primary", lambda: None)
        self.sizes[look.percent].setFocus()

    def _add_serving(self, serving: OwnServing) -> None:
        self.words.addWidget(widgets.Label(_("Sesudah Selesai (F9)"), "strong"))
        self.calls_next = Tick(_("Panggil nomor berikutnya"))
        self.calls_next.setChecked(serving.calls_next)
        self.calls_next.toggled.connect(serving.choose)
        self.words.addWidget(OptionsBox(self.theme, (self.calls_next,)))

    def _size_button(self, percent: int) -> widgets.Button:
        button = widgets.Button(self.theme, _("{n} %").format(n=percent))
        button.setAccessibleName(_("Ukuran tulisan {n} persen").format(n=percent))
        button.setCheckable(True)
        button.setAutoDefault(False)
        return button


class ActionDispatcher(QObject):
    """The dispatcher of the queue's actions: from a workspace, past a box that asks, to the session.

    While nobody waits, "call_next" arms the counter: the next ticket that comes is then called by itself.

    Args:
        window: the window over which dialogs open.
        session: the officer's session at the counter.
        workspace: shows the session; its `table` has the actions by name.
        toast: where short messages go.
        now: the injected clock.
        serving: the officer's own way of serving.

    Signals:
        note_wanted: the officer wants to note a call by mouth while cut off.
    """

    note_wanted = Signal()

    def __init__(
        self,
        window: QWidget,
        session: CounterSession,
        workspace: CounterWorkspace,
        toast: Toast,
        now: widgets.Now,
        serving: OwnServing,
    ) -> None:
        super().__init__(workspace)
        self._session, self._workspace = session, workspace
        self._toast, self._now, self._serving = toast, now, serving
        self._dialogs = ActionDialogs(window, workspace.host.theme, now)
        self._current_action = self._queued_action = ""  # the action under way, and the one that follows it
        # Ids of tickets: the one at the counter when the last request was sent, the one whose end the toast
        # offers to undo, and the one that the armed counter called last.
        self._current_id_at_send: int | None = None
        self._undoable_id: int | None = None
        self._auto_called_id: int | None = None
        self._is_auto_call = False  # the last request was the armed counter's own
        self._box: dialogs.Box | None = None  # it waits for the answer to the request under way
        workspace.action_requested.connect(self.act)
        session.changed.connect(self.show_situation)
        session.refused.connect(self.tell)

    def act(self, name: str) -> None:
        """Do an action by its name, ask for what it needs first, or say why it is closed.

        While a request is under way, another action is queued and done right after it; the same action is
        ignored. Once a request takes long, the queued action is dropped.
        """
        situation = self._workspace.queue.situation
        if situation is None:
            return
        if name == "by_mouth" and not situation.online:
            self.note_wanted.emit()
            return
        if self._session.under_way:
            self._queued_action = name if name != self._current_action and not situation.busy else ""
            return
        self._current_action = name
        action = self._workspace.table[name]
        why = action.closed_because(situation)
        if why:
            self._toast.show_message(why)
        elif name == "call_next" and situation.board.next_up is None:
            self._arm(armed=not situation.armed)
        elif name == "reprint":
            self._reprint(action, situation)
        elif name == "finish":
            self._finish(action)
        elif name == "answer":
            self._workspace.answer_at_once()
        elif action.command is not None:
            self._send(action, action.command(situation))
        else:
            self._dialogs.start(name, situation, partial(self._send, action))

    def _finish(self, action: Action) -> None:
        """Ask how the service ends at the first press; finish at the second."""
        queue = self._workspace.queue
        if self._workspace.page == "queue" and queue.is_ending:
            self._send(action, queue.ending.command())
        else:
            self._workspace.show_page("queue")
            queue.begin_ending()

    def show_situation(self) -> None:
        situation = self._session.situation()
        if situation is None:
            return
        self._workspace.show_situation(situation, to_stamp(self._now()))
        undoable = situation.board.undoable
        is_too_late = undoable is None or undoable.id != self._undoable_id
        if is_too_late and not self._session.under_way and self._toast.way_back == self._undo:
            self._toast.end_undo()
        if situation.busy:  # the request takes long
            self._queued_action = ""
            if self._box is not None:
                self._box.say_slow(situation.waited_s)
        elif not self._session.under_way:
            queued, self._queued_action = self._queued_action, ""
            if queued:
                self.act(queued)
        self._call_if_armed(situation)

    def _arm(self, *, armed: bool) -> None:
        self._auto_called_id = None
        self._session.arm(armed=armed)

    def _call_if_armed(self, s: Situation) -> None:
        """Call the ticket that has come to an armed counter; each once, because another may be quicker."""
        upcoming = s.board.next_up
        if not s.armed or self._session.under_way:
            return
        if reasons.not_free(s):
            self._arm(armed=False)
        elif upcoming is not None and s.online and upcoming.id != self._auto_called_id:
            self._auto_called_id = upcoming.id
            action = self._workspace.table["call_next"]
            self._send(action, commands.CallNext(counter=s.counter), is_auto_call=True)

    def tell(self, error: UserError) -> None:
        """Show a refusal without taking the focus away, because nothing changed.

        A refused call of an armed counter is not shown: another counter was quicker.
        """
        if not self._is_auto_call:
            self._toast.show_message(error.brief, stays_ms=REFUSAL_STAYS_MS)

    def _send(
        self, action: Action, command: Command, box: dialogs.Box | None = None, *, is_auto_call: bool = False
    ) -> None:
        self._is_auto_call, self._box = is_auto_call, box
        self._toast.dismiss()
        situation = self._session.situation()
        current = None if situation is None else situation.current
        self._current_id_at_send = None if current is None else current.id

        def refused(error: UserError) -> None:
            self._box = None
            if box is not None:
                box.show_refusal(error)

        self._session.perform(command, partial(self._on_done, action, box), refused)

    def _on_done(self, action: Action, box: dialogs.Box | None, result: object) -> None:
        self._box = None
        if box is not None:
            box.close_saved()
        if action.name == "finish" and self._serving.calls_next:
            self._arm(armed=True)
        if not isinstance(result, Ticket):
            return
        # The end that the toast offers to undo is undone now, or the ticket has gone on from it.
        if result.id == self._undoable_id and self._toast.way_back == self._undo:
            self._toast.end_undo()
        if not action.message:
            return
        was_at_counter = action.undoable_here and result.id == self._current_id_at_send
        if was_at_counter:
            self._undoable_id = result.id
        template = _("{label} selesai: {outcome}.") if result.outcome else action.message
        words = template.format(
            label=result.label,
            where=self._destination_words(result),
            outcome=result.outcome,
            state=result.state.word,
        )
        if action.name == "undo":
            situation = self._session.situation()
            words = undone_words(result, None if situation is None else situation.current)
        if was_at_counter:
            self._toast.show_message(words, undo=self._undo)
        elif action.make_undo_in_list is not None:
            undo = partial(self._send, self._workspace.table["resume"], action.make_undo_in_list(result))
            self._workspace.host.tell_undoable(words, undo, partial(_is_unchanged, result))
        else:
            self._toast.show_message(words)

    def _destination_words(self, ticket: Ticket) -> str:
        """Return where a ticket was sent: the name of an officer, a counter or a service."""
        if ticket.target_officer:
            return ticket.target_officer
        for counter in () if self._session.board is None else self._session.board.counters:
            if counter.number == ticket.target_counter:
                return counter_name(counter)
        return service_name(ticket)

    def _undo(self) -> None:
        self.act("undo")

    def _reprint(self, action: Action, situation: Situation) -> None:
        ticket = situation.selected or situation.current
        if ticket is not None and self._session.reprint is not None:
            self._session.reprint(ticket, situation.board.office)
            self._toast.show_message(action.message.format(label=ticket.label))


Then = Callable[[], object]


class SignOutFlow:
    """The flow that closes the counter of an officer who leaves. If a visitor is there, it asks first."""

    def __init__(self, parent: QWidget, theme: Theme, session: CounterSession) -> None:
        self._parent, self._theme, self._session = parent, theme, session

    def start(self, s: Situation, then: Then) -> None:
        """Leave, and call `then` once the counter is closed."""
        if not s.is_mine:
            then()
        elif s.current is not None:
            self._ask_about(s.current, then)
        else:
            self._leave(then)

    def _ask_about(self, visitor: Ticket, then: Then) -> None:
        """Ask whether to finish a visitor who is served here, or to hold one who is called here."""
        command: commands.Finish | commands.Hold
        if visitor.state is TicketState.SERVING:
            question = _("{label} masih dilayani di sini.")
            words = _("Loket ditutup setelah kunjungan ini selesai.")
            verb, command = _("Selesaikan dan keluar"), commands.Finish(counter=self._session.counter)
        else:
            question = _("{label} masih dipanggil ke sini.")
            words = _("Nomor ini masuk daftar Ditunda dan dapat dilanjutkan dari loket mana pun.")
            verb, command = _("Tunda dan keluar"), commands.Hold(ticket_id=visitor.id)

        def do_and_leave() -> None:
            self._session.perform(command, lambda _ticket: self._leave(then))

        yes = (verb, do_and_leave)
        dialogs.ask(self._parent, self._theme, question.format(label=visitor.label), words, yes)

    def _leave(self, then: Then) -> None:
        leave = commands.LeaveCounter(counter=self._session.counter)
        self._session.perform(leave, lambda _counter: then(), after_another=True)


class OfficerSession(QObject):
    """The officer's session, from signing in to signing out.

    Args:
        link: the way to the office.
        signed_in: who signed in, and at which counter if any.
        frame: the frame around the workspace.
        theme: colours and sizes.
        now: the injected clock.
        services: what this PC offers: drafts, printer, pages and tabs.

    Signals:
        language_requested: a language (its code).
        over: the officer has signed out.
        note_wanted: a call by mouth is to be noted.
    """

    language_requested = Signal(str)
    note_wanted = Signal()
    over = Signal()

    def __init__(
        self,
        link: OfficeLink,
        signed_in: SignedInOfficer,
        frame: CounterFrame,
        theme: Theme,
        now: widgets.Now,
        services: CounterServices,
    ) -> None:
        super().__init__()
        self._link, self._signed_in, self._frame = link, signed_in, frame
        self._theme, self._now, self._services = theme, now, services
        self._minute = 0
        self._look = OwnLook(theme, services.drafts, signed_in.actor.officer_id or 0)
        self._serving = OwnServing(services.drafts, signed_in.actor.officer_id or 0)
        self._is_covered = False
        self.session = (
            None
            if signed_in.counter is None
            else CounterSession(link, signed_in.actor, signed_in.counter, services.reprint)
        )
        self.workspace = self._build_workspace()
        if self.session is not None:
            # Connected after the workspace, so that the workspace is filled before it is shown.
            self.session.changed.connect(self.show_situation)

    def _build_workspace(self) -> Workspace:
        host = PageHost(
            self._link, self._theme, self._frame.toast, self._now, self._signed_in.counter, self._services
        )
        table = action_table()
        HealthWatch(host, self._frame.status.health)
        workspace: Workspace
        if self.session is None:
            workspace = HallWorkspace(host, table, self._services)
        else:
            workspace = CounterWorkspace(host, table, self._services)
            dispatcher = ActionDispatcher(
                self._frame, self.session, workspace, self._frame.toast, self._now, self._serving
            )
            dispatcher.note_wanted.connect(self.note_wanted)
            dispatcher.show_situation()
        workspace.rail.language_requested.connect(self._ask_for_language)
        workspace.rail.leave_requested.connect(lambda: workspace.leave(self.leave))
        workspace.rail.own_settings_requested.connect(self._show_own_settings)
        workspace.text_wanted.connect(self._look.step)
        return workspace

    def _ask_for_language(self, code: str) -> None:
        self.workspace.leave(partial(self.language_requested.emit, code))

    def _show_own_settings(self) -> None:
        serving = None if self.session is None else self._serving
        OwnSettingsBox(self._frame.window(), self._theme, self._look, serving, self._change_password).open()

    def _change_password(self) -> None:
        tell = partial(self._frame.toast.show_message, _("Kata sandi Anda diganti."))
        OwnPasswordBox(self._frame.window(), self._link, self._theme, tell).open()

    def begin(self) -> None:
        """Show the workspace, at a counter as soon as its board has been read."""
        if self.session is not None:
            self.session.refresh()
        else:
            self._frame.show_page(self.workspace)

    def refresh(self) -> None:
        if self.session is not None:
            self.session.refresh()

    def renew(self) -> None:
        """Build the workspace in the language in force now, and show the page that was in sight."""
        old, self.workspace = self.workspace, self._build_workspace()
        self.workspace.show_page(old.page, old.subject)
        self._frame.remove_page(old)
        old.host.end()
        if self.session is None:
            self._frame.show_page(self.workspace)
        else:
            self.show_situation()
        old_tabs, new_tabs = old.findChild(VisitTabs), self.workspace.findChild(VisitTabs)
        if old_tabs is not None and new_tabs is not None:
            new_tabs.bar.setCurrentIndex(old_tabs.bar.currentIndex())

    def set_covered(self, *, covered: bool) -> None:
        """Keep the workspace from coming to the front while it is covered; show it again afterwards.

        A counter whose officer may have gone calls nobody by itself.
        """
        self._is_covered = covered
        if covered and self.session is not None:
            self.session.arm(armed=False)
        if not covered:
            self._frame.show_page(self.workspace)
            self.show_situation()

    @property
    def visitor(self) -> Ticket | None:
        """The visitor who is called or served at this officer's counter."""
        situation = None if self.session is None else self.session.situation()
        return situation.current if situation is not None and situation.is_mine else None

    @property
    def summary(self) -> str:
        """The state of the counter's queue, in one line; "" without a counter."""
        board = None if self.session is None else self.session.board
        if board is None:
            return ""
        waiting = _("{n} menunggu").format(n=len(board.waiting))
        if self.visitor is None:
            return f"{counter_name(board.mine)} · {waiting}"
        visitor = _("{label} di loket ini").format(label=self.visitor.label)
        return f"{counter_name(board.mine)} · {visitor} · {waiting}"

    @property
    def alert_words(self) -> str:
        """The open alerts for this officer, in words that name no visitor; "" without one."""
        return self.workspace.alerts.covered

    @property
    def title(self) -> str:
        """The title of the window."""
        board = self.session.board if self.session is not None else None
        return _window_title(board, len(board.waiting)) if board is not None else self._signed_in.actor.name

    def show_situation(self) -> None:
        """Update what lies outside the workspace after a board has come."""
        if self.session is None or self.session.board is None:
            return
        board, window = self.session.board, self._frame.window()
        if not self._is_covered:
            self._frame.show_page(self.workspace)
        self._frame.show_devices(board)
        # The window's title is still that of the last board.
        nobody_waited = window.windowTitle() == _window_title(board, 0)
        window.setWindowTitle(self.title)
        if nobody_waited and board.next_up is not None and board.mine.current is None:
            QApplication.alert(window)
            QApplication.beep()
            announce(window, self.title)

    def show_time(self) -> None:
        """Show the time, once a second; once a minute read everything again."""
        now = to_stamp(self._now())
        self.workspace.show_time(now)
        if now // MINUTE_MS != self._minute:
            self._minute = now // MINUTE_MS
            self.workspace.host.changed.emit()
            if self.session is not None:
                self.session.refresh()

    def leave(self) -> None:
        """Sign out; asks first when a visitor is there."""
        if self.session is None:
            self._sign_out()
            return
        situation = self.session.situation()
        if situation is not None:
            SignOutFlow(self._frame, self._theme, self.session).start(situation, self._sign_out)

    def _sign_out(self) -> None:
        self.end()
        self._frame.remove_page(self.workspace)
        self.over.emit()

    def end(self) -> None:
        self._look.end()
        self._frame.toast.end_undo()
        self._frame.status.health.show_status("", "danger", "heart-pulse")
        if self.session is not None:
            self.session.end()
        self.workspace.host.end()


def _window_title(board: CounterBoard, waiting: int) -> str:
    return _("{counter} · {n} menunggu").format(counter=counter_name(board.mine), n=waiting)


def _is_unchanged(ticket: Ticket, office: Office) -> bool:
    """Return whether nobody has done anything with the number since `ticket` was read."""
    return office.read(lambda tx: tickets.get(tx, ticket.id)) == ticket
