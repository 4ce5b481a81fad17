"""A question to the office for the visitor who stands here, and no longer than he would wait."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from ult_desktop.core import connection
from ult_desktop.errors import UserError
from ult_desktop.ui.line_watch import no_answer
from ult_desktop.ui.link import Job, OfficeLink

Then = Callable[[Any], None]
Refused = Callable[[UserError], None]


class Inquiry(QObject):
    """One at a time; a share that hangs is an outage after three seconds, and told as one."""

    def __init__(self, link: OfficeLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self._place = 0
        self.busy = False
        self._patience = QTimer(self, singleShot=True)
        self._refuse: Refused | None = None
        self._patience.timeout.connect(self._give_up)

    def ask(self, job: Job, then: Then, refused: Refused, late: Then | None = None) -> None:
        """Does nothing while an earlier one is under way.

        Args:
            job: what is asked of the office.
            then: gets the answer.
            refused: gets the refusal, or that nobody answers.
            late: gets an answer that comes when nobody waits for it any more.
        """
        if self.busy:
            return
        self.busy, self._refuse = True, refused
        self._place += 1
        here = self._place
        self._patience.start(round(connection.OUTAGE_AFTER * 1000))
        self._link.perform(job, partial(self._answered, here, then, late), partial(self._refused, here))

    def forget(self) -> None:
        """The visitor left: an answer that is still to come is for nobody."""
        self._place += 1
        self.busy, self._refuse = False, None
        self._patience.stop()

    def _answered(self, place: int, then: Then, late: Then | None, answer: object) -> None:
        if place == self._place:
            self.forget()
            then(answer)
        elif late is not None:
            late(answer)

    def _refused(self, place: int, error: UserError) -> None:
        refuse = self._refuse
        if place == self._place and refuse is not None:
            self.forget()
            refuse(error)

    def _give_up(self) -> None:
        self._refused(self._place, no_answer())
