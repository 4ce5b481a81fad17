"""All shared widgets on one page per face and contrast: drawn, sound, and there to be looked at."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLineEdit, QRadioButton, QWidget

from tests.ui.conftest import Picture, Show
from tests.ui.kit.widgets.sample import now
from tests.ui.look import assert_targets
from ult_desktop.base import i18n
from ult_desktop.ui.counter.frame.counter_frame import DeviceWords, StatusBar
from ult_desktop.ui.kiosk.number.taken_page import BigNumber
from ult_desktop.ui.kit.layouts import Column, Grid, Row
from ult_desktop.ui.kit.theme import Contrast, Face, Theme
from ult_desktop.ui.kit.widgets.bar_chart import BarChart, Chart, ChartSeries
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.card import CardButton
from ult_desktop.ui.kit.widgets.icon_tile import IconTile, tint_of
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.kit.widgets.marquee import Marquee
from ult_desktop.ui.kit.widgets.pill import Pill
from ult_desktop.ui.kit.widgets.qr_view import QrView

SERVICES = (
    ("Informasi dan Konsultasi Pendidikan", "info", "ok"),
    ("Tunjangan Profesi", "hand-coins", "warn"),
    ("Data Pokok Pendidikan", "database", "danger"),
    ("Pengaduan", "megaphone", "priority"),
)


class Gallery(QWidget):
    """One of each, as a page would use it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "page")
        self.theme = theme
        theme.apply(self)
        page = Column(theme, self)
        page.addLayout(self.cards(), 1)
        for row in (self.buttons(), self.fields(), self.figures()):
            page.addLayout(row)
        page.addWidget(Marquee(theme, ("Harap siapkan dokumen", "Layanan tidak dipungut biaya")))
        bar = StatusBar(theme, now)
        bar.show_devices(DeviceWords("pencetak siap"), DeviceWords())
        page.addWidget(bar)

    def cards(self) -> Grid:
        grid = Grid(self.theme, None, 8, (24, 16, 24, 8))
        for place, (name, icon, tone) in enumerate(SERVICES):
            card = CardButton(self.theme)
            card.setAccessibleName(name)
            card.setEnabled(place != 1)
            card.body.addWidget(IconTile(self.theme, icon, tint_of(place), 72))
            card.body.addWidget(Label(name, "title", wrap=True))
            card.body.addStretch()
            card.body.addWidget(Pill(self.theme, "3 menunggu", tone, "users" if place else ""))
            grid.addWidget(card, place // 2, place % 2)
        return grid

    def buttons(self) -> Row:
        row = self.row()
        for words, role, icon in (
            ("Pilih", "", "check"),
            ("Cetak", "primary", "printer"),
            ("Batal", "danger", "x"),
        ):
            row.addWidget(Button(self.theme, words, role, icon))
        row.addWidget(Button(self.theme, "Ulang", "priority"))
        off = Button(self.theme, "Mati", "primary")
        off.setEnabled(False)
        row.addWidget(off)
        return row

    def fields(self) -> Row:
        row = self.row()
        field, choice = QLineEdit(), QComboBox()
        field.setPlaceholderText("Nama")
        field.setAccessibleName("Nama")
        choice.setAccessibleName("Kota")
        choice.addItems(["Tarakan", "Nunukan"])
        tick, dot = QCheckBox("Tongkat"), QRadioButton("Ya")
        for each in (tick, dot):
            each.setChecked(True)
        for widget in (field, choice, tick, dot):
            row.addWidget(widget)
        return row

    def figures(self) -> Row:
        row = self.row()
        chart = BarChart(self.theme)
        came = ChartSeries("Datang", "primary", (3, 8, 5, 0))
        served = ChartSeries("Dilayani", "accent", (2, 6, 6, 1))
        chart.show_chart(Chart(("08", "09", "10", "11"), (came, served)))
        banner = QFrame()
        banner.setProperty("kind", "banner")
        banner.setProperty("tone", "danger")
        words = Row(self.theme, banner, 8, (16, 16, 16, 16))
        words.addWidget(Label("Pencetak kehabisan kertas.", wrap=True))
        row.addWidget(BigNumber(self.theme, "A012", size="hero"), 1)
        code = QrView(self.theme, "ULT-2611-ABCD", 160)
        code.setAccessibleName("Kode QR karcis")
        row.addWidget(code)
        row.addWidget(chart, 1)
        row.addWidget(banner, 1)
        return row

    def row(self) -> Row:
        return Row(self.theme, None, 16, (40, 0, 40, 16))


LOOKS: list[tuple[Face, Contrast, tuple[int, int], float]] = [
    ("kiosk", "light", (1080, 1920), 1.0),
    ("kiosk", "light", (1080, 2400), 1.25),
    ("kiosk", "kontras", (1080, 1920), 1.0),
    ("counter", "light", (1366, 1024), 1.0),
    ("counter", "kontras", (1920, 1300), 1.0),
    ("display", "light", (1920, 2000), 1.0),
]


@pytest.mark.parametrize(("face", "look", "size", "large"), LOOKS)
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_widget_in_every_look(
    face: Face,
    look: Contrast,
    size: tuple[int, int],
    large: float,
    language: str,
    show: Show,
    picture: Picture,
) -> None:
    i18n.use_language(language)
    theme = Theme(face, look, Theme.for_window(face, *size).scale, large)
    page = Gallery(theme)
    show(page, *size)
    name = f"gallery-{face}-{look}-{'large-' if large > 1 else ''}{language}"
    picture(page, name)
    small = (QCheckBox, QRadioButton)
    assert_targets(page, theme.target, among=lambda each: not isinstance(each, small))


def test_a_page_follows_a_change_of_look_and_size(show: Show, picture: Picture) -> None:
    theme = Theme("kiosk")
    page = Gallery(theme)
    show(page, 1080, 2400)
    card = page.findChild(CardButton)
    assert card is not None
    before = card.grab().toImage()
    theme.set_contrast("kontras")
    assert card.grab().toImage() != before
    theme.set_contrast("light")
    assert card.grab().toImage() == before
    theme.set_text_size(125)
    picture(page, "gallery-turned-large")
    page.setFocus(Qt.FocusReason.OtherFocusReason)
