"""The index of the period, as large as a poster has it, and what it stands on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from ult_desktop.base.i18n import _
from ult_desktop.operations.survey.board import SurveyBoard
from ult_desktop.ui.counter.survey.survey_words import facts_of, index_words, why_withheld
from ult_desktop.ui.kit.facts import Facts
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.label import Label


class IndexCard(QFrame):
    """Nilai IKM, mutu, respondents against the sample."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.value = Label("–", "number", "primary")
        self.grade = Label("", "strong", wrap=True)
        self.withheld = Label("", "small", "soft", wrap=True)
        self.facts = Facts(theme)
        left = Column(theme, gap=4)
        left.addWidget(Label(_("Nilai IKM"), "small", "soft"))
        for label in (self.value, self.grade, self.withheld):
            left.addWidget(label)
        left.addStretch(1)
        row = Row(theme, self, gap=24, margins=(24, 16, 24, 16))
        row.addLayout(left, 2)
        row.addWidget(self.facts, 3, Qt.AlignmentFlag.AlignTop)

    def show_board(self, board: SurveyBoard) -> None:
        value, grade, tone = index_words(board)
        self.value.setText(value)
        self.grade.setText(grade)
        set_style_properties(self.grade, tone=tone)
        why = why_withheld(board)
        self.withheld.setText(why)
        self.withheld.setVisible(bool(why))
        self.facts.show_facts(facts_of(board))
