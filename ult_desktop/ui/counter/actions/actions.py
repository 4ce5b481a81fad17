"""The queue's actions: their words, keys, rules and requests in a table, and the bar that offers them."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QIcon, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QWidget
from typing_extensions import override

from ult_desktop.base import _, pgettext
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Act, Ticket, TicketState
from ult_desktop.ui.counter.actions import reasons
from ult_desktop.ui.counter.actions.reasons import Situation
from ult_desktop.ui.counter.care.seat_strip import seat_target
from ult_desktop.ui.kit import Row, Theme, dialogs, icons, set_style_properties, widgets

_PAD, _GAP, _HEIGHT = 10, 8, 56  # base pixels of a button: at its sides, between its parts, its height


@dataclass(frozen=True)
class Action:
    """An action that the officer can do.

    `rule` returns why the action cannot be done now, "" when it can. `command` makes the request; None:
    `OfficerSession` or `ActionDialogs` (`flows.py`) makes it, mostly after a question. `message` is shown
    afterwards, with "{label}" (the ticket's), "{state}" (its state) and "{where}" (where it was sent).

    The message has the button "Urungkan" in two cases. If the action is `undoable_here` and was done to the
    ticket at this counter, the button sends `Undo`. Otherwise it sends what `make_undo_in_list` makes.
    """

    name: str
    text: str
    key: str
    icon: str
    rule: Callable[[Situation], str]
    command: Callable[[Situation], Command] | None = None
    message: str = ""
    undoable_here: bool = False
    make_undo_in_list: Callable[[Ticket], Command] | None = None

    def closed_because(self, situation: Situation) -> str:
        """Return why the action cannot be done now, in words; "" when it can."""
        return reasons.cannot_act(situation) or self.rule(situation)


def action_table() -> dict[str, Action]:
    """Return the actions by name, in the language in force now."""
    return {action.name: action for action in (*_serving_cycle(), *_occasional_actions(), *_row_actions())}


def _serving_cycle() -> tuple[Action, ...]:
    """Return the serving cycle, in the order of a visit."""
    return (
        Action(
            "call_next",
            _("Panggil berikutnya"),
            "F2",
            "megaphone",
            reasons.not_free,
            _for_counter(commands.CallNext),
        ),
        Action(
            "recall", _("Panggil ulang"), "F3", "bell-ring", reasons.recall, _for_counter(commands.Recall)
        ),
        Action("arrive", _("Mulai layani"), "F4", "play", reasons.arrive, _for_counter(commands.Arrive)),
        Action(
            "finish",
            _("Selesai"),
            "F9",
            "check",
            reasons.finish,
            message=_("{label} selesai."),
            undoable_here=True,
        ),
        Action("answer", _("Jawab"), "Ctrl+J", "message-circle", reasons.answer),
        Action(
            "hold",
            _("Tunda"),
            "F6",
            "hourglass",
            reasons.hold,
            message=_("{label} ditunda."),
            undoable_here=True,
            make_undo_in_list=_put_back,
        ),
        Action(
            "transfer",
            _("Alihkan"),
            "F7",
            "arrow-right-left",
            reasons.transfer,
            message=_("{label} dialihkan ke {where}."),
            undoable_here=True,
        ),
        Action(
            "no_show",
            _("Tidak hadir"),
            "F8",
            "user-x",
            reasons.no_show,
            message=_("{label} tidak hadir; nomornya ada di Terlewat."),
            undoable_here=True,
        ),
    )


def _occasional_actions() -> tuple[Action, ...]:
    """Return the actions that are needed now and then."""
    return (
        Action(
            "undo", _("Urungkan"), "Ctrl+Z", "undo-2", reasons.undo, _undo, message=_("{label} diurungkan.")
        ),
        Action("switch_counter", _("Jeda atau buka loket"), "F11", "coffee", reasons.switch_counter),
        Action(
            "mismatch",
            _("Karcis tidak cocok"),
            "",
            "ticket",
            reasons.arrive,  # while the called visitor has not been received
            message=_("{label} {state}. Yang dipanggil kembali ke urutan pertama."),
        ),
        Action("walk_in", _("Layani tanpa karcis"), "F10", "user-plus", reasons.not_free),
        Action(
            "by_mouth",
            _("Panggil tanpa alat"),
            "F5",
            "volume-x",
            reasons.manual_call,
            _by_mouth,
            message=_("{label} dicatat dipanggil tanpa alat."),
        ),
        Action(
            "cancel",
            _("Batalkan"),
            "Del",
            "circle-x",
            reasons.cancel,
            message=_("{label} dibatalkan."),
            make_undo_in_list=_put_back,
        ),
        Action(
            "reprint",
            _("Cetak ulang"),
            "Ctrl+P",
            "printer",
            reasons.reprint,
            message=_("{label} dicetak ulang."),
        ),
    )


def _row_actions() -> tuple[Action, ...]:
    """Return the actions on the chosen row of a list, and the other actions that have no key."""
    return (
        Action("call_selected", _("Panggil"), "", "megaphone", reasons.call_selected),
        Action(
            "come_back",
            _("Datang kembali"),
            "",
            "rotate-ccw",
            reasons.come_back,
            _for_selected(commands.ComeBack),
            message=_("{label} masuk antrean lagi."),
        ),
        Action(
            "resume",
            _("Lanjutkan"),
            "",
            "play",
            reasons.resume,
            _for_selected(commands.Resume),
            message=_("{label} menunggu lagi."),
        ),
        # Always the row, and at once. "hold" prefers the visitor at the counter, and may ask why they leave.
        Action(
            "hold_row",
            _("Tunda"),
            "",
            "hourglass",
            reasons.hold_row,
            _for_selected(commands.Hold),
            message=_("{label} ditunda."),
            make_undo_in_list=_put_back,
        ),
        # Closed as "finish" is: the survey is offered while somebody is served.
        Action("survey", _("Tawarkan survei"), "", "message-circle", reasons.finish),
        Action("seat", _("Kursi prioritas"), "", "armchair", reasons.seat, _seat),
    )


def _for_counter(kind: Callable[..., Command]) -> Callable[[Situation], Command]:
    """Return a function that makes a command about the situation's counter."""
    return lambda s: kind(counter=s.counter)


def _for_selected(kind: Callable[..., Command]) -> Callable[[Situation], Command]:
    """Return a function that makes a command about the chosen row."""
    return lambda s: kind(ticket_id=_require(s.selected).id)


def _undo(s: Situation) -> Command:
    return commands.Undo(counter=s.counter, ticket_id=_require(s.board.undoable).id)


def _put_back(ticket: Ticket) -> Command:
    """Make the command by which a held or cancelled ticket waits again."""
    return commands.Resume(ticket_id=ticket.id)


def _seat(s: Situation) -> Command:
    guest = seat_target(s.board.seats, s.selected)
    assert guest is not None  # noqa: S101  (`reasons.seat` refuses the action without one)
    return (commands.GiveSeatBack if guest.sits else commands.TakeSeat)(visit_id=guest.visit_id)


def _by_mouth(s: Situation) -> Command:
    if s.current is not None:
        return commands.Recall(counter=s.counter, by_mouth=True)
    return commands.CallTicket(counter=s.counter, ticket_id=_require(s.board.next_up).id, by_mouth=True)


def _require(ticket: Ticket | None) -> Ticket:
    """Return the ticket, which is not None: the action's rule refuses the action without one."""
    assert ticket is not None  # noqa: S101
    return ticket


class ActionButton(widgets.Button):
    """A button for one action: icon, words, and its key in a small frame at the right.

    Args:
        theme: colours and sizes.
        action: gives the words and the key; the button itself only emits `clicked`.
    """

    def __init__(self, theme: Theme, action: Action) -> None:
        super().__init__(theme)
        self.action = action
        self._words = action.text
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(action.text)
        self.setAccessibleDescription(action.key)

    def show_state(self, closed_because: str, *, main: bool = False, words: str = "") -> None:
        """Open the button, or close it with a reason; `main` marks the next step."""
        self._words = words or self.action.text
        self.setAccessibleName(self._words)
        self.setEnabled(not closed_because)
        self.setToolTip(closed_because)
        role = "primary" if main and not closed_because else ""
        if role != self.property("role"):
            set_style_properties(self, role=role)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the button's words, which this class paints itself, to keep room for the key."""
        return self._words

    def fits(self) -> bool:
        return self.width() >= self.sizeHint().width() and self.height() >= self._icon_side()

    def _text_font(self) -> QFont:
        return self._theme.font("strong", 700)

    def _key_font(self) -> QFont:
        return self._theme.font("small", 500)

    def _key_width(self) -> int:
        return QFontMetrics(self._key_font()).horizontalAdvance(self.action.key) + self._theme.px(10)

    def _icon_side(self) -> int:
        return round(QFontMetrics(self._text_font()).height() * 1.05)

    @property
    def _in_two_lines(self) -> bool:
        """True for larger text: words on two lines and no icon, so that the bar keeps its height."""
        return self._theme.large_text > 1

    @override
    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, QFontMetrics(self._text_font())
        words_width = metrics.horizontalAdvance(self._words)
        icon_width = self._icon_side() + px(_GAP)
        if self._in_two_lines:
            icon_width = 0
            words = self._words.split()
            for n in range(1, len(words)):  # the narrowest way to cut the words into two lines
                lines = " ".join(words[:n]), " ".join(words[n:])
                words_width = min(words_width, max(map(metrics.horizontalAdvance, lines)))
        width = icon_width + words_width + px(_GAP) + self._key_width() + 2 * px(_PAD)
        return QSize(width + 2, px(_HEIGHT))  # 2: the border

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ignore the second half of a double click: the button may show another action by then."""

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text, option.icon = "", QIcon()
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        ink = self._ink(option.state)
        px = self._theme.px
        inner = self.rect().adjusted(px(_PAD), 0, -px(_PAD), 0)
        left = 0
        if not self._in_two_lines:
            side = self._icon_side()
            icon = icons.icon_pixmap(self.action.icon, ink, side)
            painter.drawPixmap(inner.left(), (self.height() - side) // 2, icon)
            left = side + px(_GAP)
        painter.setPen(ink)
        painter.setFont(self._text_font())
        box = inner.adjusted(left, 0, -self._key_width() - px(_GAP), 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(flags) | int(Qt.TextFlag.TextWordWrap), self._words)
        self._paint_key(painter, inner, ink)

    def _paint_key(self, painter: QPainter, inner: QRect, ink: QColor) -> None:
        painter.setFont(self._key_font())
        width = self._key_width()
        height = QFontMetrics(self._key_font()).height() + self._theme.px(4)
        cap = QRectF(inner.right() - width + 1, (self.height() - height) / 2, width, height)
        edge = QColor(ink)
        edge.setAlphaF(0.45)
        painter.setPen(QPen(edge, 1))
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(ink)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.action.key)

    def _ink(self, state: QStyle.StateFlag) -> QColor:
        primary = self.property("role") == "primary"
        name = "primary-ink" if primary else "ink"
        if not self.isEnabled():
            name = "disabled-ink"
        elif state & QStyle.StateFlag.State_Sunken:
            name = "primary-ink"
        elif state & QStyle.StateFlag.State_MouseOver and not primary:
            name = "primary-soft-ink"
        return self._theme.color(name)


# The actions in sight, by the state of the visitor at the counter; None: nobody is there.
_IN_SIGHT = {
    None: ("call_next", "walk_in"),
    TicketState.CALLED: ("arrive", "recall", "no_show"),
    TicketState.SERVING: ("finish", "answer", "transfer"),
}
# Those behind “Lainnya”, while they can be done and are not in sight.
_FURTHER = ("walk_in", "by_mouth", "hold", "cancel", "reprint", "undo", "mismatch")
# Actions that may be about the chosen row of a list, and then name it.
_ROW_ACTS = {"hold": Act.HOLD, "cancel": Act.CANCEL}


class ActionBar(QWidget):
    """The bar of actions: three in sight, the next step filled, and rarer ones behind “Lainnya”.

    Every action's key works whether it is in sight or not.

    Signals:
        action_requested: an action was pressed (its name).
    """

    action_requested = Signal(str)

    def __init__(self, theme: Theme, table: dict[str, Action]) -> None:
        super().__init__()
        self._theme, self._table = theme, table
        self._further: list[tuple[str, str]] = []
        self.buttons: dict[str, ActionButton] = {}
        row = Row(theme, self, gap=8)
        for name in dict.fromkeys(name for names in _IN_SIGHT.values() for name in names):
            button = ActionButton(theme, table[name])
            button.clicked.connect(lambda _checked=False, name=name: self.action_requested.emit(name))
            button.hide()  # until the first situation: all buttons in sight at once would widen the window
            self.buttons[name] = button
            row.addWidget(button, 1)
        self.more_button = widgets.Button(theme, pgettext("acts", "Lainnya"), icon_name="ellipsis")
        self.more_button.clicked.connect(self._offer_further)
        row.addWidget(self.more_button, 0)
        theme.changed.connect(self._rescale)
        self._rescale()

    def _rescale(self) -> None:
        self.more_button.setFixedHeight(self._theme.px(_HEIGHT))

    def show_situation(self, s: Situation, now: int) -> None:
        """Show what can be done at `now` (UTC ms). A hidden button passes its focus to the next step."""
        focused = next((button for button in self.buttons.values() if button.hasFocus()), None)
        names_in_sight = _IN_SIGHT[None if s.current is None else s.current.state]
        next_name = next_step(s, now)
        for name, button in self.buttons.items():
            action = button.action
            button.show_state(action.closed_because(s), main=name == next_name, words=_words(action, s))
            if name not in names_in_sight:
                button.hide()
        for name in names_in_sight:  # after the others are hidden: together they would widen the window
            self.buttons[name].show()
        self._further = []
        for name in _FURTHER:
            action = self._table[name]
            if name not in names_in_sight and not action.closed_because(s):
                key = f"  ({action.key})" if action.key else ""
                self._further.append((_words(action, s) + key, name))
        self.more_button.setEnabled(bool(self._further))
        if focused is not None and not focused.hasFocus() and self.main is not None:
            self.main.setFocus()

    @property
    def main(self) -> ActionButton | None:
        """The button of the next step; None if that cannot be done now."""
        buttons = self.buttons.values()
        return next((button for button in buttons if button.property("role") == "primary"), None)

    def _offer_further(self) -> None:
        dialogs.choose(
            self.window(), self._theme, _("Tindakan lain"), self._further, self.action_requested.emit
        )


def next_step(s: Situation, now: int) -> str:
    """Return the name of the action that comes next at `now` (UTC ms); "" for an armed counter, which waits.

    A called visitor gets time to walk.
    """
    if s.current is None:
        return "" if s.armed and s.board.next_up is None else "call_next"
    if s.current.state is TicketState.SERVING:
        return "finish"
    if now < s.walks_until:
        return "arrive"
    return "recall" if s.calls_left > 0 else "no_show"


def _words(action: Action, s: Situation) -> str:
    """Return the action's words, with the label of a list's row, or with the count of calls.

    While nobody waits, the words for calling say that the counter calls who comes next.
    """
    if action.name == "call_next" and s.board.next_up is None:
        return _("Jangan panggil") if s.armed else _("Panggil yang datang")
    if action.name == "recall" and s.current is not None and s.current.state is TicketState.CALLED:
        calls, most = s.current.calls, s.board.calling.max_calls
        return _("{text} {n}/{most}").format(text=action.text, n=calls, most=most)
    target = s.target(_ROW_ACTS[action.name]) if action.name in _ROW_ACTS else None
    if target is not None and target is s.selected:
        return _("{text} {label}").format(text=action.text, label=target.label)
    return action.text
