"""A procedure to look at: the picture of its flow, and two versions side by side."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from ult_desktop.base import _, tokens
from ult_desktop.core.procedures.comparison import Difference
from ult_desktop.core.procedures.flow import flow_picture
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import Column, Row, dialogs, panels, widgets

_WIDTH, _HEIGHT = 1040, 520


class LookBox(dialogs.Box):
    """The box that scrolls through what it is given and changes nothing."""

    def __init__(self, host: PageHost, title: str, inner: QWidget) -> None:
        super().__init__(host.window, host.theme, title, ("list-ordered", "blue"))
        self.setMinimumWidth(min(host.theme.px(_WIDTH), host.window.width()))
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setMinimumHeight(min(host.theme.px(_HEIGHT), round(host.window.height() * 0.6)))
        self.area.setAccessibleName(title)
        self.area.setWidget(inner)
        self.words.addWidget(self.area, 1)
        self.body.setStretchFactor(self.words, 1)
        self.add_button(_("Tutup"), "primary", lambda: None).setFocus()


def flow_box(host: PageHost, procedure: Procedure) -> LookBox:
    """Make the box with the flow picture, as wide as the box and in the window's own colours."""
    every = tokens.load_tokens().colours
    colours = every.kontras if host.theme.contrast == "kontras" else every.light
    drawing = QSvgRenderer(flow_picture(procedure, colours).encode())
    wide = min(host.theme.px(_WIDTH), host.window.width()) - host.theme.px(96)
    size = drawing.defaultSize()
    picture = QPixmap(wide, round(wide * size.height() / size.width()))
    picture.fill(host.theme.color("surface"))
    painter = QPainter(picture)
    drawing.render(painter)
    painter.end()
    label = QLabel()
    label.setPixmap(picture)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setAccessibleName(_("Gambar alur {title}").format(title=procedure.title))
    return LookBox(host, procedure.title, label)


def comparison_box(host: PageHost, names: tuple[str, str], found: Sequence[Difference]) -> LookBox:
    """Only what differs, the older version at the left."""
    inner = QWidget()
    inner.setProperty("kind", "scrolled")
    column = Column(host.theme, inner, gap=12, margins=(0, 0, 8, 0))
    heads = Row(host.theme, gap=16)
    for name in names:
        heads.addWidget(widgets.Label(name, "strong", wrap=True), 1)
    column.addLayout(heads)
    for each in found:
        section = panels.Section(host.theme, each.part)
        row = Row(host.theme, gap=16)
        for text in (each.before, each.after):
            row.addWidget(widgets.Label(text or "–", wrap=True), 1, Qt.AlignmentFlag.AlignTop)
        section.body.addLayout(row)
        column.addWidget(section)
    if not found:
        column.addWidget(widgets.Label(_("Keduanya sama.")))
    column.addStretch(1)
    return LookBox(host, _("Bandingkan"), inner)
