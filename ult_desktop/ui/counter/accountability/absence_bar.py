"""The bar that asks, while nobody of a role has signed in today, whether the office does without it."""

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.accountability.commands import AnswerAbsence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.accountability.duty import absent_today
from ult_desktop.ui.counter.pages import Fetching, PageHost, snapshot
from ult_desktop.ui.kit import Theme, widgets


class AbsenceBar(widgets.Banner):
    """The bar that asks about one absent role at a time.

    It blocks nothing, and hides when there is no question.

    Signals:
        answered: (the role, whether the office does without it today).
    """

    answered = Signal(object, bool)

    def __init__(self, theme: Theme) -> None:
        self._role: Role | None = None
        self.without_button = widgets.Button(theme, _("Ya, tanpa"), "", "check")
        self.comes_button = widgets.Button(theme, _("Masih akan datang"), "quiet", "clock")
        words = widgets.Label("", wrap=True)
        super().__init__(theme, ("users", "blue"), "info", words, self.comes_button, self.without_button)
        self.without_button.clicked.connect(lambda: self.answered.emit(self._role, True))
        self.comes_button.clicked.connect(lambda: self.answered.emit(self._role, False))

    def ask(self, role: Role | None) -> None:
        self._role = role
        self.setVisible(role is not None)
        if role is not None:
            words = _("Belum ada {role} yang masuk hari ini. Hari ini tanpa {role}?")
            self.words.setText(words.format(role=role.word))


class AbsenceWatch(QObject):
    """The watch that looks for absent roles at every change of the office, and has the bar ask about one."""

    def __init__(self, host: PageHost, bar: AbsenceBar) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        bar.answered.connect(self._answer)
        if host.actor.may(Permission.RECEIVE_VISITORS) or host.actor.may(Permission.REVIEW_DEVIATIONS):
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(snapshot(_first_absent), self._bar.ask)

    def _answer(self, role: Role, without: bool) -> None:
        self._bar.ask(None)
        self._host.perform(AnswerAbsence(role=role, without=without))


def _first_absent(tx: Transaction, now: int) -> Role | None:
    return next(iter(absent_today(tx, now)), None)
