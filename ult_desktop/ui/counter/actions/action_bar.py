"""The officer's actions in three rows: the visit, its by-ways, and what is needed now and then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.ticket import Act, TicketState
from ult_desktop.ui.counter.actions.action_button import ActionButton
from ult_desktop.ui.counter.actions.actions import Action
from ult_desktop.ui.counter.actions.situation import Situation
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme

_MAIN = ("call_next", "arrive", "finish")
_BY_WAYS = ("recall", "hold", "transfer", "no_show")
_ACTS = {"hold": Act.HOLD, "cancel": Act.CANCEL}
_NOW_AND_THEN = ("walk_in", "by_mouth", "cancel", "reprint", "undo")


class ActionBar(QWidget):
    """Every action has its fixed place; the one to do next is the filled one.

    Signals:
        asked: an action was pressed (its name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme, table: dict[str, Action]) -> None:
        super().__init__()
        self.buttons: dict[str, ActionButton] = {}
        column = Column(theme, self, gap=8)
        for names, tall, quiet in (
            (_MAIN, True, False),
            (_BY_WAYS, False, False),
            (_NOW_AND_THEN, False, True),
        ):
            row = Row(theme, gap=8)
            for name in names:
                button = ActionButton(theme, table[name], tall=tall, quiet=quiet)
                button.clicked.connect(lambda _checked=False, name=name: self.asked.emit(name))
                self.buttons[name] = button
                row.addWidget(button)
            column.addLayout(row)

    def show_situation(self, s: Situation) -> None:
        self.buttons["reprint"].setVisible(s.prints)
        for name, button in self.buttons.items():
            closed = button.action.closed_because(s)
            button.show_state(closed, main=name == _next_step(s), words=_words(button.action, s))


def _next_step(s: Situation) -> str:
    """The one action that a visit goes on with."""
    if s.current is None:
        return "call_next"
    if s.current.state is TicketState.SERVING:
        return "finish"
    return "arrive" if s.calls_left > 0 else "no_show"


def _words(action: Action, s: Situation) -> str:
    """The action's name; with the number where it is about a row of a list, with the count of calls."""
    if action.name == "recall" and s.current is not None and s.current.state is TicketState.CALLED:
        made, most = s.current.calls, s.board.calling.max_calls
        return _("{text} {n}/{most}").format(text=action.text, n=made, most=most)
    target = s.target(_ACTS[action.name]) if action.name in _ACTS else None
    if target is not None and target is s.selected:
        return _("{text} {label}").format(text=action.text, label=target.label)
    return action.text
