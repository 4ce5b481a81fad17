"""The page Telepon: the day's calls and the promised call-backs, and what an officer does with them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import stamps
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.command import Command
from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.phone.phone_call import CallState, PhoneCall
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.procedures.commands import TickStep
from ult_desktop.db.phone_calls import PhoneBoard, due, on_line_since
from ult_desktop.operations.boards import board_of_phone
from ult_desktop.operations.visits.visits import regency_choices
from ult_desktop.ui.counter.appointments import booking_box
from ult_desktop.ui.counter.pages import (
    FormBox,
    PageHost,
    WorkPage,
    ask_words,
    hide_timer,
    may_open,
    open_visit,
    snapshot,
)
from ult_desktop.ui.counter.phone import call_words
from ult_desktop.ui.counter.phone.call_panel import CallPanel
from ult_desktop.ui.counter.phone.call_words import moment_words
from ult_desktop.ui.kit import Column, Theme, dialogs, forms, lists, widgets
from ult_desktop.ui.kit.detail import Detail, DetailAction
from ult_desktop.ui.kit.panels import ShownStack
from ult_desktop.ui.kit.timeline import Timeline

Values = dict[str, Any]
_ICON = ("phone-call", "blue")


def ask_and_promise(host: PageHost, call: PhoneCall, usual_at: int) -> None:
    """Open the box that asks the back office and promises the caller a call-back (POS 3B and 4).

    `usual_at`, in all these boxes: the moment (UTC ms) that is promised if the officer types none.
    """
    message = forms.TextField(host.theme, "instruction", _("Pesan untuk Back Office"), required=True, rows=3)
    message.show_value(call.question)
    command = partial(commands.ForwardCall, call_id=call.visit_id)
    _open_promise_box(host, _("Janji telepon balik"), usual_at, command, message)


def promise_again(host: PageHost, call: PhoneCall, usual_at: int) -> None:
    """Open the box that promises a call-back, or another moment for it."""
    command = partial(commands.PromiseCallback, call_id=call.visit_id)
    _open_promise_box(host, _("Janji telepon balik"), usual_at, command)


def postpone(host: PageHost, call: PhoneCall, usual_at: int) -> None:
    """Open the box for a caller who was called back before the answer was there: it promises another call."""
    command = partial(commands.EndAttempt, call_id=call.visit_id, result=phone_call.AttemptResult.REACHED)
    _open_promise_box(host, _("Jadwalkan ulang telepon"), usual_at, command)


def _open_promise_box(
    host: PageHost, title: str, usual_at: int, command: Callable[..., Command], *fields: forms.Field
) -> None:
    """Ask for the promised moment below `fields`; `command` gets it (UTC ms), and the values of `fields`."""
    until = moment_words(stamps.to_datetime(usual_at, host.now().tzinfo), host.now())
    words = _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.").format(
        until=until
    )
    day = forms.DateField(host.theme, "day", _("Tanggal"), days=host)
    clock = forms.TimeField(host.theme, "clock", _("Jam"))

    def make_command(values: Values) -> Command:
        moment = promised_stamp(values, host.now())
        return command(promised_at=moment, **{field.name: values[field.name] for field in fields})

    def check(values: Values) -> dict[str, str]:
        """Return the problem of a day without an hour, which is no promise."""
        if values["day"] is not None and values["clock"] is None:
            return {"clock": _("Sebutkan jamnya juga.")}
        return {}

    FormBox(
        host,
        title,
        (*fields, (day, clock)),
        command=make_command,
        verb=_("Janjikan"),
        message=_("Telepon balik tercatat."),
        icon=_ICON,
        words=words,
        check=check,
    ).open()


def promised_stamp(values: Values, now: datetime) -> int | None:
    """Return the agreed moment (UTC ms), or None. An hour without a day is today's."""
    if values["clock"] is None:
        return None
    day = values["day"] or now.date()
    return stamps.to_stamp(datetime.combine(day, values["clock"], tzinfo=now.tzinfo))


class CallActs(QObject):
    """The acts of a call's panel: each signal of the panel becomes a command."""

    def __init__(self, host: PageHost, panel: CallPanel) -> None:
        super().__init__(panel)
        self._host, self._panel = host, panel
        head, decide, tell = panel.head, panel.decide, panel.tell
        head.greeted.connect(self._greet)
        head.closed.connect(self._close)
        head.line_lost.connect(self._ask_whether_lost)
        head.booking_wanted.connect(self._book)
        head.book_button.setVisible(host.actor.may(Permission.KEEP_APPOINTMENTS))
        panel.caller.submitted.connect(self._record)
        decide.form.submitted.connect(self._answer)
        decide.transfer_wanted.connect(self._put_through)
        decide.promise_wanted.connect(self._promise)
        panel.ending.decided.connect(self._close)
        panel.ending.mending_wanted.connect(self._mend)
        tell.answer_told.connect(self._tell)
        tell.form.submitted.connect(self._tell_typed)
        tell.attempt_failed.connect(self._fail)
        tell.promise_wanted.connect(self._promise_again)

    @property
    def _call_id(self) -> int:
        return self._panel.call.visit_id

    def _greet(self, step: int) -> None:
        self._host.perform(TickStep(visit_id=self._call_id, step=step))
        if self._panel.head.script.button.hasFocus():  # it is hidden once the step is ticked
            self._panel.take_keyboard()

    def _record(self, values: dict[str, Any]) -> None:
        known = self._panel.known  # in a correction: what the form does not ask stays as it is
        seen = commands.RecordCaller(call_id=self._call_id, **known).edited_values() if known else None
        command = commands.RecordCaller(call_id=self._call_id, seen=seen, **{**known, **values})
        self._host.perform(command, self._panel.end_correction, _("Penelepon tercatat."), self._panel.caller)

    def _answer(self, values: dict[str, Any]) -> None:
        command = commands.AnswerCall(
            call_id=self._call_id, answer=values["answer"], ground=values.get("ground") or ""
        )
        self._host.perform(command, form=self._panel.decide.form)

    def _put_through(self) -> None:
        message = _("Disambungkan. Back Office melihatnya di daftar telepon.")
        self._host.perform(commands.ForwardCall(call_id=self._call_id, live=True), message=message)

    def _promise(self) -> None:
        """Record that nobody here knows the answer (POS 3), then open the box of the promise (POS 4)."""
        self._host.perform(commands.WeighCall(call_id=self._call_id), self._open_promise)

    def _open_promise(self, call: PhoneCall) -> None:
        ask_and_promise(self._host, call, self._panel.board.usual_promise)

    def _tell(self) -> None:
        self._host.perform(commands.TellAnswer(call_id=self._call_id))

    def _tell_typed(self, values: dict[str, Any]) -> None:
        command = commands.TellAnswer(call_id=self._call_id, answer=values["answer"])
        self._host.perform(command, form=self._panel.tell.form)

    def _fail(self, result: phone_call.AttemptResult) -> None:
        command = commands.EndAttempt(call_id=self._call_id, result=result)
        self._host.perform(command, message=_("Percobaan tercatat; janji tetap berlaku."))

    def _promise_again(self) -> None:
        is_calling_back = self._panel.call.attempt_at is not None
        open_box = postpone if is_calling_back else promise_again
        open_box(self._host, self._panel.call, self._panel.board.usual_promise)

    def _book(self) -> None:
        """Open the box that books an appointment for the caller. A masked number is opened in clear first."""
        if is_masked(self._panel.call.phone):
            open_visit(self._host, self._call_id, self._book_opened)
        else:
            self._book_caller(self._panel.call)

    def _book_opened(self, opened: OpenedVisit) -> None:
        if opened.call is not None:
            self._book_caller(opened.call)

    def _book_caller(self, call: PhoneCall) -> None:
        booking_box.book(self._host, booking_box.KnownVisitor(name=call.name, phone=call.phone))

    def _mend(self, act: str) -> None:
        if act != "tick":
            self._panel.survey.invite_button.click()
            return
        lacks = [lack for lack in self._panel.board.lacks if lack.mended_by == act]
        for step in dict.fromkeys(lack.step or 0 for lack in lacks):  # several may be about the same step
            self._host.perform(TickStep(visit_id=self._call_id, step=step))

    def _close(self) -> None:
        command = commands.EndCall(call_id=self._call_id, reason=self._panel.ending.reason.reason)
        self._host.perform(command, message=_("Telepon selesai."))

    def _ask_whether_lost(self) -> None:
        words = _("Yang sudah dicatat tetap disimpan. Bila ia menelepon lagi, pilih telepon ini di daftar.")

        def end_as_lost() -> None:
            message = _("Telepon putus tercatat.")
            self._host.perform(commands.EndCall(call_id=self._call_id, lost=True), message=message)

        yes = (_("Catat sebagai putus"), end_as_lost)
        dialogs.ask(self._host.window, self._host.theme, _("Telepon putus?"), words, yes)


def call_actions(
    host: PageHost, call: PhoneCall, usual_promise: int, reveal: Callable[[], object]
) -> list[DetailAction]:
    """Return the acts on a call of the list; `reveal` opens its number in clear."""
    actions: list[DetailAction] = []
    number_is_masked = is_masked(call.phone)

    def dial() -> None:
        if number_is_masked:
            reveal()
        host.perform(commands.DialBack(call_id=call.visit_id))

    if call.state is CallState.PROMISED:
        actions.append(DetailAction("dial", _("Telepon balik"), "phone-call", dial, "primary"))
    elif call.state is CallState.TRANSFERRED:
        take = partial(host.perform, commands.TakeTransfer(call_id=call.visit_id))
        actions.append(DetailAction("take", _("Terima sambungan"), "phone-call", take, "primary"))
    if call.state in (CallState.PROMISED, CallState.TRANSFERRED):
        promise = partial(promise_again, host, call, usual_promise)
        actions.append(DetailAction("promise", _("Ubah janji …"), "clock", promise))
        actions.append(DetailAction("give_up", _("Hentikan …"), "x", partial(_ask_why, host, call)))
    if call.state is CallState.LOST:
        resume = partial(host.perform, commands.ResumeCall(call_id=call.visit_id))
        # Not the blue button: Enter on a lost call would start its clock again, and nobody is on the line.
        actions.append(DetailAction("resume", _("Ia menelepon lagi"), "phone-call", resume))
    if call.case_id is not None:
        open_case = partial(host.open_page, "cases", call.case_id)
        actions.append(DetailAction("case", _("Buka permohonan"), "file-text", open_case))
    if number_is_masked and may_open(host):
        actions.append(DetailAction("contact", _("Tampilkan nomor"), "eye", reveal, is_aside=True))
    return actions


def _ask_why(host: PageHost, call: PhoneCall) -> None:
    ask_words(
        host,
        _("Hentikan telepon balik?"),
        lambda reason: commands.EndCall(call_id=call.visit_id, lost=True, remark=reason),
        words=_("Penelepon tidak akan dihubungi lagi. Alasan ini tercatat."),
        verb=_("Hentikan"),
        message=_("Telepon balik dihentikan."),
    )


class IdlePanel(QFrame):
    """The panel next to the list while nothing is chosen; `key` picks up a call from any page.

    Signals:
        picked_up: the telephone rang and the officer picked it up.
    """

    picked_up = Signal()

    def __init__(self, theme: Theme, key: str) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.button = widgets.Button(theme, _("Telepon masuk"), "primary", "phone-call")
        self.key_hint = widgets.Label(
            _("Tekan {key} di halaman mana pun begitu telepon diangkat; jam mulai berjalan.").format(key=key),
            "body",
            "soft",
            wrap=True,
        )
        self.script = widgets.Label("", "strong", wrap=True)
        for label in (self.key_hint, self.script):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = Column(theme, self, gap=16, margins=(48, 24, 48, 24))
        column.addStretch(2)
        column.addWidget(widgets.IconTile(theme, "phone", "blue", 72), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.key_hint)
        column.addWidget(self.script)
        column.addStretch(3)
        self.button.clicked.connect(self.picked_up)

    def show_opening(self, words: str) -> None:
        self.script.setText(f"“{words}”")


class PhonePage(WorkPage):
    """The page of calls. One key begins a call; while it lasts its panel fills the right side."""

    name, icon_name = "phone", "phone"
    needs = frozenset({Permission.HANDLE_PHONE})
    global_key = "F12"
    title = staticmethod(lambda: _("Telepon"))
    waiting = staticmethod(lambda tx, now, _actor: due(tx, now))
    running = staticmethod(on_line_since)

    @override
    def build(self) -> None:
        self.board: PhoneBoard | None = None
        self.call_panel: CallPanel | None = None
        self._clear_call: PhoneCall | None = None  # the call whose number is shown in clear
        self._clear_timer = hide_timer(self, self._mask_again)
        self.calls = lists.RecordList(
            self.theme,
            _("Cari nama, nomor …"),
            call_words.call_filters(),
            (_("Belum ada telepon hari ini."), "phone"),
        )
        self.idle = IdlePanel(self.theme, self.global_key)
        self.detail = Detail(self.theme)
        self.attempts = Timeline(self.theme)
        self.attempts_section = self.detail.add_section(_("Percobaan telepon balik"), self.attempts)
        self._right = ShownStack()
        self._right.addWidget(self.idle)
        self._right.addWidget(self.detail)
        self.show_split(self.calls, self._right)
        self.new_button = self.add_head_button(
            _("Telepon masuk  {key}").format(key=self.global_key), "phone-call", self.pick_up, "primary"
        )
        self.idle.picked_up.connect(self.pick_up)
        self.calls.chosen.connect(self._choose)
        self.host.lost.connect(self.refresh)

    @override
    def refresh(self) -> None:
        actor = self.host.actor
        chosen = self.calls.selected
        query = snapshot(
            board_of_phone, actor.officer_id or 0, actor.name, chosen if isinstance(chosen, int) else None
        )
        self.fetch(query, self._show)

    @override
    def open_subject(self, subject: object) -> None:
        if subject == self.global_key:
            self.pick_up()
        else:
            self.calls.choose(subject)

    def pick_up(self) -> None:
        """Start a call, unless the officer has one: its panel shows as soon as the board is read again."""
        if self.call_panel is None:
            self.host.perform(commands.StartCall())

    def _show(self, board: PhoneBoard) -> None:
        self.board = board
        self.calls.show_rows(call_words.call_rows(board, self.host.now()))
        self.idle.show_opening(board.script.opening)
        self.new_button.setEnabled(board.mine is None)
        self.new_button.setToolTip(
            "" if board.mine is None else _("Selesaikan dulu telepon yang sedang berlangsung.")
        )
        self._show_own_call(board)
        if self.call_panel is None:
            self._show_detail(board)

    def _show_own_call(self, board: PhoneBoard) -> None:
        """Show the panel of the call that this officer has on the line; remove it when the call is over."""
        call = None if board.mine is None else self._with_clear_number(board.mine)
        if self.call_panel is not None and (call is None or call.visit_id != self.call_panel.call.visit_id):
            self._right.removeWidget(self.call_panel)
            self.call_panel.deleteLater()
            self.call_panel = None
        if call is None:
            return
        is_new = self.call_panel is None
        if self.call_panel is None:
            self.call_panel = CallPanel(self.host, board, call, regency_choices(board.province))
            CallActs(self.host, self.call_panel)  # the panel is its Qt parent, and keeps it
            self._right.addWidget(self.call_panel)
        self.call_panel.show_board(board, call)
        self._right.setCurrentWidget(self.call_panel)
        if is_new:
            self.call_panel.begin()

    def _with_clear_number(self, call: PhoneCall) -> PhoneCall:
        """Return the call, with its number in clear if the officer has opened that."""
        clear = self._clear_call
        if clear is None or clear.visit_id != call.visit_id or not is_masked(call.phone):
            return call
        return msgspec.structs.replace(call, phone=clear.phone)

    def _show_clear(self, opened: OpenedVisit) -> None:
        self._clear_call = opened.call
        self._clear_timer.start()
        self.refresh()

    def _mask_again(self) -> None:
        """Mask the number at once, without waiting for a new reading."""
        self._clear_call = None
        if self.board is not None:
            self._show(self.board)

    def _choose(self, call_id: object) -> None:
        if self._clear_call is not None and self._clear_call.visit_id != call_id and self.call_panel is None:
            self._clear_call = None  # another call is chosen: the number is masked again
        if self.board is not None and self.call_panel is None:
            self._show_detail(self.board)
        elif self.board is not None and self.call_panel is not None and self.call_panel.call.case_id is None:
            self._ask_whether_continued(self.board)
        self.refresh()

    def _ask_whether_continued(self, board: PhoneBoard) -> None:
        """If a lost call is chosen, ask whether its caller is the one who is on the line now."""
        lost = (call for call in board.today if call.state is CallState.LOST)
        chosen = next((call for call in lost if call.visit_id == self.calls.selected), None)
        if chosen is not None:
            resume = partial(self.host.perform, commands.ResumeCall(call_id=chosen.visit_id))
            title = _("Lanjutkan telepon {who} yang terputus?").format(who=call_words.caller_name(chosen))
            words = _("Telepon yang baru diangkat menjadi lanjutannya; yang sudah dicatat tetap ada.")
            dialogs.ask(self.host.window, self.host.theme, title, words, (_("Lanjutkan"), resume))

    def _show_detail(self, board: PhoneBoard) -> None:
        calls = (*board.waiting, *board.today)
        chosen = next((call for call in calls if call.visit_id == self.calls.selected), None)
        self._right.setCurrentWidget(self.idle if chosen is None else self.detail)
        if chosen is None:
            self.detail.acts.show_actions(())
            return
        call, now = self._with_clear_number(chosen), self.host.now()
        reveal = partial(open_visit, self.host, call.visit_id, self._show_clear)
        self.detail.show_head(
            call_words.caller_name(call), call_words.number_words(call), call_words.call_tags(call, now)
        )
        self.detail.show_facts(call_words.call_facts(call, now))
        self.detail.show_actions(call_actions(self.host, call, board.usual_promise, reveal))
        self.attempts_section.setVisible(call.attempts > 0)
        attempts = tuple(attempt for attempt in board.chosen_attempts if attempt.visit_id == call.visit_id)
        self.attempts.show_entries(call_words.attempt_entries(attempts, now))
