"""What a visitor should know before taking a number: requirements, time, fee."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QScroller, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats, language
from ult_desktop.core.queue.boards import ServiceQueue
from ult_desktop.ui.kiosk.parts import choices, targets
from ult_desktop.ui.kit import Column, Row, Theme, widgets
from ult_desktop.ui.kit.widgets.card import Card


class ServiceFact(Card):
    """Stands in a row of its like."""

    def __init__(self, theme: Theme, icon: str, tint: str) -> None:
        super().__init__(theme, padding=20)
        self.name = widgets.Label("", "small", "soft", wrap=True)
        self.value = widgets.Label("", "body", wrap=True)
        self.value.setProperty("bold", True)
        words = Column(theme, gap=4)
        words.addStretch()
        words.addWidget(self.name)
        words.addWidget(self.value)
        words.addStretch()
        row = Row(theme, gap=16)
        row.addWidget(widgets.IconTile(theme, icon, tint, 64))
        row.addLayout(words, 1)
        self.body.addLayout(row)

    def show_fact(self, name: str, value: str) -> None:
        self.name.setText(name)
        self.value.setText(value)


class RequirementList(QScrollArea):
    """Moves under the finger; when it is longer than its room, `steps` are buttons that move it.

    The buttons are the page's to place: all targets must stand where a visitor in a wheelchair reaches.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.steps = (self._step("chevron-up", -1), self._step("chevron-down", 1))
        self.verticalScrollBar().rangeChanged.connect(self._offer_steps)

    def show_requirements(self, words: tuple[str, ...]) -> None:
        inner = QWidget()
        inner.setProperty("kind", "scrolled")
        column = Column(self._theme, inner, gap=16)
        for each in words:
            row = Row(self._theme, gap=16)
            row.addWidget(widgets.IconTile(self._theme, "check", "green", 44))
            row.addWidget(widgets.Label(each, "body", wrap=True), 1)
            column.addLayout(row)
        column.addStretch()
        self.setWidget(inner)
        for step, name in zip(self.steps, (_("Naik"), _("Turun")), strict=True):
            step.setAccessibleName(name)
        self._offer_steps()

    @override
    def sizeHint(self) -> QSize:
        """As high as its words in this width: the card around it ends where they end."""
        inner = self.widget()
        if inner is None:
            return super().sizeHint()
        return QSize(self.width(), inner.heightForWidth(max(1, self.width())))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.target, self._theme.px(48))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _step(self, icon: str, direction: int) -> widgets.Button:
        button = targets.square(self._theme, icon=icon)
        button.clicked.connect(lambda: self._move(direction))
        return button

    def _move(self, direction: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + direction * bar.pageStep() * 3 // 4)

    def _offer_steps(self) -> None:
        for step in self.steps:
            step.setVisible(self.verticalScrollBar().maximum() > 0)


class InfoPage(QWidget):
    """The head names the service; this page tells the rest and offers the number.

    Signals:
        take_requested: "Ambil nomor" was touched.
    """

    take_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.time = ServiceFact(theme, "clock", "blue")
        self.fee = ServiceFact(theme, "wallet", "green")
        self.queue = ServiceFact(theme, "users", "violet")
        self.title = widgets.Label("", "strong", wrap=True)
        self.requirements = RequirementList(theme)
        self.take = targets.main_action(theme, "ticket")
        self.take.clicked.connect(self.take_requested)
        self._facts = Column(theme, gap=0)
        for fact in (self.time, self.fee, self.queue):
            self._facts.addWidget(fact, 1)
        card = Card(theme, padding=28, gap=16)
        card.body.addWidget(self.title)
        card.body.addWidget(self.requirements, 1)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addLayout(self._facts)
        column.addWidget(card)
        column.addStretch(1)
        action = targets.TargetRow(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.take, 1)
        for step in self.requirements.steps:
            action.addWidget(step)
        column.addLayout(action)

    def show_service(self, line: ServiceQueue) -> None:
        service = line.service
        minutes = _("± {n} menit").format(n=formats.format_number(service.minutes, 0))
        self.time.show_fact(_("Waktu layanan"), minutes)
        self.fee.show_fact(_("Biaya"), service.fee.within(language()))
        self.queue.show_fact(_("Antrean sekarang"), " · ".join(choices.queue_words(line)))
        self.title.setText(_("Persyaratan"))
        words = tuple(each.within(language()) for each in service.requirements)
        self.requirements.show_requirements(words or (_("Tidak ada persyaratan khusus."),))
        targets.set_button_words(self.take, _("Ambil nomor"))
        self.take.setEnabled(line.available)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() > self._theme.px(1200)
        way = QBoxLayout.Direction
        self._facts.setDirection(way.LeftToRight if wide else way.TopToBottom)
