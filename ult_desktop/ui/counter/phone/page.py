"""The page Telepon: calls of the day, promises to call back, and what an officer does with them."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core import personal, stamps
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.command import Command
from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone import commands, phone_call
from ult_desktop.core.phone.commands import StartCall
from ult_desktop.core.phone.phone_call import PhoneCall
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


def promise_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """Open the box that asks the back office and promises the caller a call-back (POS 3B and 4)."""
    message = forms.TextField(host.theme, "instruction", _("Pesan untuk Back Office"), required=True, rows=3)
    message.show_value(call.question)
    _open(
        host, _("Janji telepon balik"), usual, partial(commands.ForwardCall, call_id=call.visit_id), message
    )


def renew_promise_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """Open the box that promises a call-back, or another moment for it."""
    _open(host, _("Janji telepon balik"), usual, partial(commands.PromiseCallback, call_id=call.visit_id))


def postpone_box(host: PageHost, call: phone_call.PhoneCall, usual: int) -> None:
    """Open the box that postpones a call: the caller was reached before the answer was there."""
    command = partial(commands.EndAttempt, call_id=call.visit_id, result=phone_call.AttemptResult.REACHED)
    _open(host, _("Jadwalkan ulang telepon"), usual, command)


def _open(
    host: PageHost, title: str, usual: int, command: Callable[..., Command], *before: forms.Field
) -> None:
    """Ask for the promised moment below the fields `before`; `command` gets it (UTC ms), and their values."""
    until = moment_words(stamps.to_datetime(usual, host.now().tzinfo), host.now())
    words = _("Sebutkan waktunya kepada penelepon. Tanpa tanggal dan jam: sampai {until}.")
    day = forms.DateField(host.theme, "day", _("Tanggal"), days=host)
    clock = forms.TimeField(host.theme, "clock", _("Jam"))

    def promised(values: Values) -> Command:
        moment = promised_stamp(values, host.now())
        return command(promised_at=moment, **{each.name: values[each.name] for each in before})

    FormBox(
        host,
        title,
        (*before, (day, clock)),
        command=promised,
        verb=_("Janjikan"),
        told=_("Telepon balik tercatat."),
        icon=_ICON,
        words=words.format(until=until),
        check=_check,
    ).open()


def _check(values: Values) -> dict[str, str]:
    """Return the problem of a day without an hour, which is no promise."""
    if values["day"] is not None and values["clock"] is None:
        return {"clock": _("Sebutkan jamnya juga.")}
    return {}


def promised_stamp(values: Values, now: datetime) -> int | None:
    """Return the agreed moment (UTC ms). An hour alone is today's."""
    if values["clock"] is None:
        return None
    day = values["day"] or now.date()
    return stamps.to_stamp(datetime.combine(day, values["clock"], tzinfo=now.tzinfo))


class CallActs(QObject):
    """The acts of the panel on its call, each as a request. They live with the panel."""

    def __init__(self, host: PageHost, panel: CallPanel) -> None:
        super().__init__(panel)
        self._host, self._panel = host, panel
        head, decide, tell = panel.head, panel.decide, panel.tell
        head.greeted.connect(self._greet)
        head.closed.connect(self._close)
        head.broken.connect(self._break)
        head.booking_wanted.connect(self._book)
        head.book.setVisible(host.actor.may(Permission.KEEP_APPOINTMENTS))
        panel.caller.submitted.connect(self._record)
        decide.form.submitted.connect(self._answer)
        decide.live_wanted.connect(self._put_through)
        decide.promise_wanted.connect(self._promise)
        panel.ending.decided.connect(self._close)
        panel.ending.wanted.connect(self._mend)
        tell.told.connect(self._tell)
        tell.form.submitted.connect(self._tell_typed)
        tell.failed.connect(self._fail)
        tell.later_wanted.connect(self._later)

    @property
    def _id(self) -> int:
        return self._panel.call.visit_id

    def _greet(self, step: int) -> None:
        self._host.perform(TickStep(visit_id=self._id, step=step))
        if self._panel.head.script.button.hasFocus():
            self._panel.take_keyboard()

    def _record(self, values: dict[str, Any]) -> None:
        known = self._panel.known
        seen = commands.RecordCaller(call_id=self._id, **known).part() if known else None
        command = commands.RecordCaller(call_id=self._id, seen=seen, **{**known, **values})
        self._host.perform(command, self._recorded, _("Penelepon tercatat."), self._panel.caller)

    def _recorded(self, _call: object) -> None:
        self._panel.end_correction()

    def _answer(self, values: dict[str, Any]) -> None:
        command = commands.AnswerCall(
            call_id=self._id, answer=values["answer"], ground=values.get("ground") or ""
        )
        self._host.perform(command, form=self._panel.decide.form)

    def _put_through(self) -> None:
        told = _("Disambungkan. Back Office melihatnya di daftar telepon.")
        self._host.perform(commands.ForwardCall(call_id=self._id, live=True), told=told)

    def _promise(self) -> None:
        """Record that nobody here knows the answer (POS 3), then open the box of the promise (POS 4)."""
        self._host.perform(commands.WeighCall(call_id=self._id), self._open_promise)

    def _open_promise(self, call: phone_call.PhoneCall) -> None:
        promise_box(self._host, call, self._panel.board.usual_promise)

    def _tell(self) -> None:
        self._host.perform(commands.TellAnswer(call_id=self._id))

    def _tell_typed(self, values: dict[str, Any]) -> None:
        command = commands.TellAnswer(call_id=self._id, answer=values["answer"])
        self._host.perform(command, form=self._panel.tell.form)

    def _fail(self, result: phone_call.AttemptResult) -> None:
        command = commands.EndAttempt(call_id=self._id, result=result)
        self._host.perform(command, told=_("Percobaan tercatat; janji tetap berlaku."))

    def _later(self) -> None:
        is_calling_back = self._panel.call.attempt_at is not None
        open_box = postpone_box if is_calling_back else renew_promise_box
        open_box(self._host, self._panel.call, self._panel.board.usual_promise)

    def _book(self) -> None:
        """Book for the caller. A masked number must be opened in clear first."""
        if personal.is_masked(self._panel.call.phone):
            open_visit(self._host, self._id, self._book_opened)
        else:
            self._book_caller(self._panel.call)

    def _book_opened(self, opened: OpenedVisit) -> None:
        if opened.call is not None:
            self._book_caller(opened.call)

    def _book_caller(self, call: phone_call.PhoneCall) -> None:
        booking_box.book(self._host, booking_box.Expected(name=call.name, phone=call.phone))

    def _mend(self, act: str) -> None:
        if act == "tick":
            for step in dict.fromkeys(each.step for each in self._panel.board.lacks if each.mended_by == act):
                self._host.perform(TickStep(visit_id=self._id, step=step or 0))
        else:
            self._panel.survey.invite.click()

    def _close(self) -> None:
        command = commands.EndCall(call_id=self._id, reason=self._panel.ending.reason.reason)
        self._host.perform(command, told=_("Telepon selesai."))

    def _break(self) -> None:
        words = _("Yang sudah dicatat tetap disimpan. Bila ia menelepon lagi, pilih telepon ini di daftar.")
        yes = (_("Catat sebagai putus"), self._lose)
        dialogs.ask(self._host.window, self._host.theme, _("Telepon putus?"), words, yes)

    def _lose(self) -> None:
        self._host.perform(commands.EndCall(call_id=self._id, lost=True), told=_("Telepon putus tercatat."))


def call_actions(
    host: PageHost, call: phone_call.PhoneCall, usual_promise: int, reveal: Callable[[], object]
) -> list[DetailAction]:
    """Return the acts on a call of the list; `reveal` opens its number in clear."""
    masked = personal.is_masked(call.phone)

    def dial() -> None:
        if masked:
            reveal()
        host.perform(commands.DialBack(call_id=call.visit_id))

    take = partial(host.perform, commands.TakeTransfer(call_id=call.visit_id))
    first = {
        phone_call.CallState.PROMISED: DetailAction(
            "dial", _("Telepon balik"), "phone-call", dial, "primary"
        ),
        phone_call.CallState.TRANSFERRED: DetailAction(
            "take", _("Terima sambungan"), "phone-call", take, "primary"
        ),
    }.get(call.state)
    resume = partial(host.perform, commands.ResumeCall(call_id=call.visit_id))
    # Not the blue button: Enter on a lost call would start its clock again, and nobody is on the line.
    again = DetailAction("resume", _("Ia menelepon lagi"), "phone-call", resume)
    promise = partial(renew_promise_box, host, call, usual_promise)
    open_case = partial(host.open_page, "cases", call.case_id)
    waiting = [
        DetailAction("promise", _("Ubah janji …"), "clock", promise),
        DetailAction("give_up", _("Hentikan …"), "x", partial(_ask_why, host, call)),
    ]
    case = DetailAction("case", _("Buka permohonan"), "file-text", open_case)
    eye = DetailAction("contact", _("Tampilkan nomor"), "eye", reveal, is_aside=True)
    return [
        *([first, *waiting] if first is not None else []),
        *([again] if call.state is phone_call.CallState.LOST else []),
        *([case] if call.case_id is not None else []),
        *([eye] if masked and may_open(host) else []),
    ]


def _ask_why(host: PageHost, call: phone_call.PhoneCall) -> None:
    ask_words(
        host,
        _("Hentikan telepon balik?"),
        lambda reason: commands.EndCall(call_id=call.visit_id, lost=True, remark=reason),
        words=_("Penelepon tidak akan dihubungi lagi. Alasan ini tercatat."),
        verb=_("Hentikan"),
        told=_("Telepon balik dihentikan."),
    )


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
        self._right = ShownStack()
        self._right.addWidget(self.idle)
        self._right.addWidget(self.detail)
        self.show_split(self.calls, self._right)
        self.new = self.add_head_button(
            _("Telepon masuk  {key}").format(key=self.far_key), "phone-call", self.pick_up, "primary"
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
            CallActs(self.host, self.call)
            self._right.addWidget(self.call)
        self.call.show_board(board, mine)
        self._right.setCurrentWidget(self.call)
        if is_new:
            self.call.begin()

    def _seen(self, call: PhoneCall) -> PhoneCall:
        """Return the call, with its number in clear if that was opened last."""
        clear = self._clear
        if clear is None or clear.visit_id != call.visit_id or not is_masked(call.phone):
            return call
        return msgspec.structs.replace(call, phone=clear.phone)

    def _opened(self, opened: OpenedVisit) -> None:
        self._clear = opened.call
        self._minute.start()
        self.refresh()

    def _cover(self) -> None:
        """Mask the number again at once, without a new reading."""
        self._clear = None
        if self.board is not None:
            self._show(self.board)

    def _choose(self, call_id: object) -> None:
        if self._clear is not None and self._clear.visit_id != call_id and self.call is None:
            self._clear = None  # another call is chosen: the number is masked again
        if self.board is not None and self.call is None:
            self._show_detail(self.board)
        elif self.board is not None and self.call is not None and self.call.call.case_id is None:
            self._ask_whether_again(self.board)
        self.refresh()

    def _ask_whether_again(self, board: PhoneBoard) -> None:
        """Ask whether the caller on the line is the one whose lost call is chosen."""
        lost = (call for call in board.today if call.state is phone_call.CallState.LOST)
        found = next((call for call in lost if call.visit_id == self.calls.selected), None)
        if found is not None:
            resume = partial(self.host.perform, commands.ResumeCall(call_id=found.visit_id))
            title = _("Lanjutkan telepon {who} yang terputus?").format(who=call_words.caller_name(found))
            words = _("Telepon yang baru diangkat menjadi lanjutannya; yang sudah dicatat tetap ada.")
            dialogs.ask(self.host.window, self.host.theme, title, words, (_("Lanjutkan"), resume))

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
        self.detail.show_actions(call_actions(self.host, call, board.usual_promise, reveal))
        self.tries.setVisible(call.attempts > 0)
        tries = (each for each in board.tries if each.visit_id == call.visit_id)
        self.attempts.show_entries(call_words.attempt_entries(tuple(tries), now))
