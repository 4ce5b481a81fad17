"""The way to the priority queue: its bar, the reason (self-declared) and the help wanted."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.parts import choices, targets, toggle_card
from ult_desktop.ui.kiosk.parts.card_grid import CardGrid
from ult_desktop.ui.kit import Column, Row, Theme, widgets

REASONS = tuple(PriorityReason)
HELP_ICONS = {
    Help.WHEELCHAIR: ("accessibility", "violet"),
    Help.CANE: ("cane", "blue"),
    Help.ESCORT: ("escort", "green"),
    Help.SIGNS: ("hand", "orange"),
    Help.READING: ("book-open", "teal"),
    Help.UMBRELLA: ("umbrella", "slate"),
}


def reason_faces() -> tuple[choices.Face, ...]:
    return tuple(_reason_face(ground) for ground in REASONS)


def help_words(wanted: Help) -> tuple[str, str]:
    """Return the name of a kind of help, and what happens when the visitor wants it."""
    return {
        Help.WHEELCHAIR: (_("Kursi roda"), _("Petugas membawakannya kepada Anda")),
        Help.CANE: (_("Tongkat"), _("Petugas meminjamkannya kepada Anda")),
        Help.ESCORT: (_("Pendamping"), _("Petugas mendampingi sampai selesai")),
        Help.SIGNS: (_("Juru isyarat"), _("Petugas mencarikannya untuk Anda")),
        Help.READING: (_("Dibacakan"), _("Petugas membacakan atau menuliskan")),
        Help.UMBRELLA: (_("Payung"), _("Petugas meminjamkannya kepada Anda")),
    }[wanted]


def _reason_face(ground: PriorityReason) -> choices.Face:
    title, detail, icon, tint = {
        PriorityReason.ELDERLY: (_("Lansia"), _("60 tahun ke atas"), "elderly", "blue"),
        PriorityReason.DISABILITY: (
            _("Penyandang disabilitas"),
            _("Fisik, penglihatan, pendengaran, dan lainnya"),
            "accessibility",
            "violet",
        ),
        PriorityReason.PREGNANT: (_("Ibu hamil"), _("Semua usia kandungan"), "pregnant", "pink"),
        PriorityReason.NURSING: (_("Ibu menyusui"), _("Bayi masih menyusu"), "nursing", "orange"),
        PriorityReason.WITH_CHILD: (_("Membawa anak"), _("Bayi atau anak kecil"), "baby", "green"),
        PriorityReason.DISASTER: (_("Korban bencana"), _("Bencana alam maupun sosial"), "disaster", "amber"),
    }[ground]
    return choices.Face(title=title, name=title, icon=icon, tint=tint, detail=detail)


_ROOM_FOR_WORDS = 520  # base pixels below which only the title is shown
_ROOM_FOR_TILE = 0.5  # share of that width below which the picture is hidden too


class PriorityBar(targets.FittedCard):
    """The bar that leads to the priority queue; `slim` is its shape in the foot of a wide screen."""

    def __init__(self, theme: Theme, *, slim: bool) -> None:
        super().__init__(theme, (12, 12) if slim else (20, 20), ground="surface", edge="priority-edge")
        self.title = widgets.Label("", "strong", "priority", wrap=True)
        self.words = widgets.Label(
            "", "fine", "soft", wrap=True
        )  # the page that the bar opens has these words too
        self._slim = slim
        row = Row(theme, gap=16 if slim else 28)
        self._tile = widgets.IconTile(theme, "accessibility", "violet", 64 if slim else 88)
        row.addWidget(self._tile)
        words = Column(theme, gap=2)
        words.addStretch()
        words.addWidget(self.title)
        words.addWidget(self.words)
        words.addStretch()
        row.addLayout(words, 1)
        self.body.addLayout(row)
        self.refit()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(_("Layanan prioritas"))
        short = _("Lansia, penyandang disabilitas, ibu hamil, membawa anak, korban bencana")
        full = _("Lansia, penyandang disabilitas, ibu hamil atau menyusui, membawa anak, korban bencana")
        self.words.setText(short if self._slim else full)
        self.setAccessibleName(self.title.text())
        self.setAccessibleDescription(self.words.text())

    @override
    def make_room(self) -> None:
        room = self._theme.px(_ROOM_FOR_WORDS) * self._theme.growth
        self.words.setVisible(self.width() >= room)
        self._tile.setVisible(self.width() >= room * _ROOM_FOR_TILE)


class ReasonPage(QWidget):
    """The page that asks for the reason; one tap answers.

    Signals:
        chosen: a `PriorityReason`.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.grid = CardGrid(theme)
        self.grid.chosen.connect(lambda index: self.chosen.emit(REASONS[index]))
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addWidget(self.grid, 1)

    def retranslate(self) -> None:
        self.grid.show_faces(reason_faces())


class HelpPage(QWidget):
    """The page of six kinds of help to tick, with a button to go on.

    Signals:
        chosen: the `Help` wanted, a tuple that may be empty.
        changed: something was ticked or unticked.
    """

    chosen = Signal(object)
    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.cards = {kind: toggle_card.ToggleCard(theme, *HELP_ICONS[kind]) for kind in Help}
        for card in self.cards.values():
            card.toggled.connect(self.changed)
        self.go_on_button = targets.main_action(theme, "arrow-right")
        self.go_on_button.clicked.connect(lambda: self.chosen.emit(self.chosen_help()))
        self._stack = toggle_card.ToggleStack(theme, self.cards.values())
        self._halves = Column(theme, self, gap=8, margins=(44, 12, 44, 0))
        self._halves.addWidget(self._stack, 8)
        self._halves.addStretch(1)
        action = Row(theme, margins=(12, 0, 12, 0))
        action.addWidget(self.go_on_button, 1, Qt.AlignmentFlag.AlignBottom)
        self._halves.addLayout(action)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button to go on next to the cards where only the lower half of a wide screen is left."""
        needed = self._stack.minimumSizeHint().height() + self.go_on_button.sizeHint().height()
        is_low = toggle_card.is_flat(self) and event.size().height() < needed + self._halves.spacing() * 3
        way = QBoxLayout.Direction
        self._halves.setDirection(way.LeftToRight if is_low else way.TopToBottom)
        self._halves.setStretch(1, 0 if is_low else 1)
        super().resizeEvent(event)

    def chosen_help(self) -> tuple[Help, ...]:
        return tuple(kind for kind, card in self.cards.items() if card.isChecked())

    def forget(self) -> None:
        for card in self.cards.values():
            card.setChecked(False)

    def retranslate(self) -> None:
        for wanted, card in self.cards.items():
            card.show_words(*help_words(wanted))
        targets.set_button_words(self.go_on_button, _("Lanjut"))
