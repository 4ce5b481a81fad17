"""The page with a question of the survey: large answers, and the buttons to leaf, to skip, or to stop."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.survey.form import ProfileQuestion
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid
from ult_desktop.ui.kiosk.parts.targets import Pager, TargetRow, set_button_words
from ult_desktop.ui.kiosk.survey import survey_run
from ult_desktop.ui.kiosk.survey.survey_run import SurveyRun
from ult_desktop.ui.kiosk.typing.question_band import QuestionBand
from ult_desktop.ui.kit import Column, Theme, widgets

_ROOMY = 30  # times the height of its words: wide enough for the words of all buttons


class SurveyQuestionPage(QWidget):
    """The page of a survey question. It fills the screen; one tap answers and goes on.

    Signals:
        answered: the index of the answer, from 0.
        skip_requested, stop_requested: the button was touched.
    """

    answered = Signal(int)
    skip_requested = Signal()
    stop_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._low = theme, False
        self.band = QuestionBand(theme, hero=False)
        self.grid = CardGrid(theme)
        self.stop = widgets.Button(theme, icon_name="x")
        self.skip = widgets.Button(theme, icon_name="skip-forward")
        self.pager = Pager(theme)
        self.grid.chosen.connect(self.answered)
        self.grid.page_changed.connect(lambda: self.pager.show_page(self.grid.page, self.grid.pages))
        self.pager.turn_requested.connect(self.grid.turn)
        self.stop.clicked.connect(self.stop_requested)
        self.skip.clicked.connect(self.skip_requested)
        column = Column(theme, self)
        column.addWidget(self.band, 1)
        cards = Column(theme, margins=(44, 12, 44, 0))
        cards.addWidget(self.grid, 1)
        column.addLayout(cards, 2)
        row = TargetRow(theme, margins=(56, 16, 56, 12))
        row.addWidget(self.stop)
        row.addStretch(1)
        row.addWidget(self.pager)
        row.addWidget(self.skip)
        column.addLayout(row)

    def show_run(self, run: SurveyRun, *, low: bool) -> None:
        """Show the question. `low`: it fills the upper half, and all targets are in the lower one."""
        self._low = low
        self.grid.page = 0
        self.band.show_question(
            *survey_run.survey_heading(run), survey_run.survey_place(run), survey_run.survey_picture(run)
        )
        self.grid.show_faces(survey_run.survey_faces(run))
        self.skip.setVisible(isinstance(run.question, ProfileQuestion))
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Give the band the upper half of the screen while `low`, and drop words that have no room."""
        half = self.window().height() // 2 - self.mapTo(self.window(), self.rect().topLeft()).y()
        self.band.setMinimumHeight(half if self._low else 0)
        roomy = self.width() >= _ROOMY * self._theme.text("body")
        for button, words in ((self.stop, _("Berhenti")), (self.skip, _("Lewati"))):
            set_button_words(button, words)
            if not roomy:
                button.setText("")  # its icon and accessible name stay
