"""The satisfaction survey, offered before the closing words; the POS has no step for it."""

from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.survey.commands import InviteSurvey, RefuseSurvey
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class SurveyOffer(QWidget):
    """One line; gone once the caller has said what he wants, and for who does not run the survey."""

    def __init__(self, desk: PageHost, call_id: int) -> None:
        super().__init__()
        self._desk, self._id = desk, call_id
        self.invite = Button(desk.theme, _("Tautan diberikan"), "", "send")
        self.refuse = Button(desk.theme, _("Tidak bersedia"), "quiet")
        row = Row(desk.theme, self, gap=8)
        row.addWidget(Label(_("Tawarkan survei kepuasan"), "body", "soft"), 1)
        row.addWidget(self.invite)
        row.addWidget(self.refuse)
        self.invite.clicked.connect(self._invite)
        self.refuse.clicked.connect(self._refuse)
        if not desk.actor.may(Permission.RUN_SURVEY):
            self.hide()

    def _invite(self) -> None:
        self._desk.perform(InviteSurvey(visit_id=self._id), self._offered, _("Undangan survei tercatat."))

    def _refuse(self) -> None:
        self._desk.perform(RefuseSurvey(visit_id=self._id), self._offered, _("Survei ditolak: tercatat."))

    def _offered(self, _token: object) -> None:
        self.hide()
