"""The figures of the survey (SKM) in words and as panels."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from ult_desktop.base import _, formats
from ult_desktop.core.figures.period import Period, Span, period_of
from ult_desktop.core.survey.index import SURVEY_SPANS
from ult_desktop.core.survey.survey import TokenState
from ult_desktop.operations.survey.board import (
    SurveyBoard,
    element_name,
    grade_words,
    otherwise_words,
    sample_words,
)
from ult_desktop.ui.kit import Column, Row, Theme, panels, set_style_properties, widgets
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.widgets.bar_chart import Chart, ChartSeries

_TONES = {"A": "ok", "B": "ok", "C": "warn", "D": "danger"}


class IndexWords(NamedTuple):
    """The index in words: its value, its grade, and the tone of the grade."""

    value: str
    grade: str
    tone: str


def index_words(board: SurveyBoard) -> IndexWords:
    """Return the index as the card shows it; a dash while it is withheld."""
    index = board.index
    if index is None or index.index is None or index.grade is None:
        return IndexWords("–", _("belum cukup jawaban"), "")
    tone = _TONES.get(index.grade.letter, "")
    return IndexWords(formats.format_fixed(index.index), grade_words(index.grade), tone)


def facts_of(board: SurveyBoard) -> list[Fact]:
    enough = board.knows_population and board.respondents >= board.needed
    tokens = {state: formats.format_number(board.tokens.get(state, 0), 0) for state in TokenState}
    return [
        Fact(_("Responden"), formats.format_number(board.respondents, 0)),
        Fact(_("Sampel"), sample_words(board), "ok" if enough else "warn"),
        Fact(_("Dibantu petugas"), formats.format_number(board.assisted, 0)),
        Fact(_("Diisi di luar, kata pengunjung"), tokens[TokenState.CONFIRMED]),
        Fact(_("Ditawarkan"), tokens[TokenState.OPEN]),
        Fact(_("Menolak mengisi"), tokens[TokenState.REFUSED]),
        Fact(_("Bobot unsur"), "0,111" if board.weight == "0.111" else _("1/9 (0,111)")),
        Fact(_("Dengan bobot lain"), otherwise_words(board), "warn"),
    ]


def why_withheld(board: SurveyBoard) -> str:
    """Return why the results are withheld; "" when they are shown."""
    if board.index is not None:
        return ""
    return _(
        "Hasil tampil mulai {n} responden, supaya jawaban seorang pengunjung tidak terbaca petugas."
    ).format(n=board.least_shown)


def element_facts(board: SurveyBoard) -> list[Fact]:
    """Return the chart's legend: "U1 Persyaratan", index and grade. The lowest are in red."""
    if board.index is None:
        return []
    return [
        Fact(
            _("U{n} {name}").format(n=number, name=element_name(element.element)),
            _("belum ada jawaban")
            if element.index is None or element.grade is None
            else f"{formats.format_fixed(element.index)} · {element.grade.letter}",
            "danger" if element.element in board.index.lowest else "",
        )
        for number, element in enumerate(board.index.elements, start=1)
    ]


def weak_elements_words(board: SurveyBoard) -> str:
    """Return which elements need action first."""
    if board.index is None or not board.index.lowest:
        return ""
    names = map(element_name, board.index.lowest)
    return _("Terendah: {names}. Rencanakan perbaikannya.").format(names=", ".join(names))


def element_chart(board: SurveyBoard) -> Chart:
    elements = board.index.elements if board.index is not None else ()
    return Chart(
        groups=tuple(f"U{number}" for number in range(1, len(elements) + 1)),
        series=(
            ChartSeries(
                _("indeks unsur (25–100)"),
                "primary",
                tuple(
                    float((element.index or Decimal()).to_integral_value(ROUND_HALF_UP))
                    for element in elements
                ),
            ),
        ),
        empty=_("Belum ada hasil untuk periode ini."),
    )


class IndexCard(QFrame):
    """The card of the index: Nilai IKM, mutu, respondents against the sample."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.value = widgets.Label("–", "number", "primary")
        self.grade = widgets.Label("", "strong", wrap=True)
        self.withheld = widgets.Label("", "small", "soft", wrap=True)
        self.facts = Facts(theme)
        left = Column(theme, gap=4)
        left.addWidget(widgets.Label(_("Nilai IKM"), "small", "soft"))
        for label in (self.value, self.grade, self.withheld):
            left.addWidget(label)
        left.addStretch(1)
        row = Row(theme, self, gap=24, margins=(24, 16, 24, 16))
        row.addLayout(left, 2)
        row.addWidget(self.facts, 3, Qt.AlignmentFlag.AlignTop)

    def show_board(self, board: SurveyBoard) -> None:
        words = index_words(board)
        self.value.setText(words.value)
        self.grade.setText(words.grade)
        set_style_properties(self.grade, tone=words.tone)
        why = why_withheld(board)
        self.withheld.setText(why)
        self.withheld.setVisible(bool(why))
        self.facts.show_facts(facts_of(board))


class PeriodBar(QWidget):
    """The bar to choose a period. The present month is chosen at first.

    Signals:
        changed: another period was chosen.
        range_wanted: the officer wants a range of days; the page asks which.
    """

    changed = Signal()
    range_wanted = Signal()

    def __init__(self, theme: Theme, today: date, spans: Sequence[Span] = SURVEY_SPANS) -> None:
        super().__init__()
        self._today = today
        self.period = period_of(today, Span.MONTH)
        self.spans: dict[Span, widgets.Button] = {}
        for span in spans:
            self.spans[span] = widgets.Button(theme, span.word)
            self.spans[span].setCheckable(True)
            self.spans[span].clicked.connect(partial(self._choose_span, span))
        self.before = self._make_step_button(theme, "chevron-left", _("Periode sebelumnya"), -1)
        self.after = self._make_step_button(theme, "chevron-right", _("Periode berikutnya"), 1)
        self.words = widgets.Label("", "strong")
        row = Row(theme, self, gap=8)
        for button in self.spans.values():
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.before)
        row.addWidget(self.words)
        row.addWidget(self.after)
        self._show()

    def go(self, steps: int) -> None:
        """Go `steps` periods on, or back if negative, but not into the future."""
        period = self.period.moved(steps)
        if period.first <= self._today:
            self.choose(period)

    def choose(self, period: Period) -> None:
        self.period = period
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.words.setText(self.period.words)
        self.after.setEnabled(self.period.moved(1).first <= self._today)
        for span, button in self.spans.items():
            button.setChecked(span is self.period.span)

    def _choose_span(self, span: Span) -> None:
        if span is Span.RANGE:
            self._show()  # until the range is chosen, the former period stays
            self.range_wanted.emit()
        else:
            self.choose(period_of(min(self.period.last, self._today), span))

    def _make_step_button(self, theme: Theme, icon: str, name: str, steps: int) -> widgets.Button:
        button = widgets.Button(theme, icon_name=icon)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.go(steps))
        return button


class Suggestions(panels.Section):
    """The section with every suggestion, to read and to copy."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, _("Saran dan masukan"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # gets the rest
        self.text.setMinimumHeight(theme.px(96))
        self.text.setAccessibleName(_("Saran dan masukan"))
        self.text.setPlaceholderText(_("Belum ada saran untuk ditampilkan."))
        self.body.addWidget(self.text, 1)

    def show_texts(self, texts: Sequence[str]) -> None:
        """Show the texts; one that several people wrote in the same words is shown once, with the count."""
        words = "\n\n".join(
            f"• {text}" + (f" ({count}×)" if count > 1 else "") for text, count in Counter(texts).items()
        )
        if words != self.text.toPlainText():
            self.text.setPlainText(words)
