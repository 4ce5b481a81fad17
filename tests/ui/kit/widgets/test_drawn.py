"""Widgets that draw themselves: numbers that fit, a QR that a stranger reads, text that runs."""

import subprocess
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.pictures import LOGO
from tests.ui.conftest import Show
from ult_desktop.ui.kiosk.number.taken_page import BigNumber
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.bar_chart import BarChart, Chart, ChartSeries
from ult_desktop.ui.kit.widgets.card import SHADOW, Card, CardButton
from ult_desktop.ui.kit.widgets.icon_tile import TINTS, IconTile, Logo, tint_of
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.kit.widgets.marquee import Marquee
from ult_desktop.ui.kit.widgets.qr_view import QrView


@pytest.fixture
def theme() -> Theme:
    return Theme("kiosk")


def drawn(widget: QWidget, name: str) -> set[str]:
    """The colours found on a rough grid over the widget."""
    picture = widget.grab().toImage()
    steps = [(x, y) for x in range(0, widget.width(), 3) for y in range(0, widget.height(), 3)]
    assert not picture.isNull(), name
    return {picture.pixelColor(x, y).name() for x, y in steps}


@pytest.mark.parametrize("size", [(900, 300), (300, 300), (120, 60), (900, 60)])
def test_a_number_fits_its_box(size: tuple[int, int], theme: Theme, show: Show) -> None:
    number = BigNumber(theme, "A012")
    show(number, *size)
    assert number.fits()
    assert number.text_font().pixelSize() <= 200
    assert theme.color("primary").name() in drawn(number, "number")


def test_a_number_is_as_large_as_drawn_where_there_is_room(theme: Theme, show: Show) -> None:
    number = BigNumber(theme, "A012")
    show(number, 900, 300)
    assert number.text_font().pixelSize() == 200
    number.show_text("P003", "priority")
    assert number.accessibleName() == "P003"
    assert theme.color("priority").name() in drawn(number, "number")


@pytest.mark.parametrize(
    ("where", "side"), [(Qt.AlignmentFlag.AlignLeft, 0), (Qt.AlignmentFlag.AlignRight, 1)]
)
def test_a_number_may_stand_at_a_side(where: Qt.AlignmentFlag, side: int, theme: Theme, show: Show) -> None:
    number = BigNumber(theme, "8")
    number.align(where)
    show(number, 900, 300)
    picture = number.grab().toImage()
    ink = [x for x in range(900) if picture.pixelColor(x, 150).name() == theme.color("primary").name()]
    assert (min(ink) > 450) == bool(side)


@pytest.mark.posix_only("zbar")
@pytest.mark.parametrize("size", [240, 118])
def test_a_stranger_reads_the_code(size: int, theme: Theme, show: Show, tmp_path: Path) -> None:
    view = QrView(theme, "ULT-2611-A012-7F3K")
    show(view, size, size)
    assert view.fits()
    path = tmp_path / "code.png"
    assert view.grab().save(str(path))
    read = subprocess.run(["zbarimg", "-q", "--raw", str(path)], capture_output=True, text=True, check=True)
    assert read.stdout.strip() == "ULT-2611-A012-7F3K"


def test_a_code_that_is_too_small_says_so(theme: Theme, show: Show) -> None:
    view = QrView(theme, "ULT-2611-A012-7F3K", 40)
    show(view, 40, 40)
    assert not view.fits()
    view.show_content("")
    assert view.fits()
    assert drawn(view, "qr") == {view.palette().window().color().name()}


def test_running_text_runs(theme: Theme, show: Show, qtbot: QtBot) -> None:
    text = Marquee(theme, ("Gratis", "Harap siapkan dokumen"), pause_s=0.0)
    show(text, 800, text.sizeHint().height())
    before = text.grab().toImage()
    qtbot.waitUntil(lambda: text.grab().toImage() != before)


def test_a_sentence_stands_alone_in_the_middle(theme: Theme, show: Show) -> None:
    text = Marquee(theme, ("Gratis", "Tutup"), pause_s=60.0)
    show(text, 1900, text.sizeHint().height())
    image, ink = text.grab().toImage(), theme.color("ticker-ink").name()
    inked = [
        x
        for x in range(1900)
        if any(image.pixelColor(x, y).name() == ink for y in range(0, image.height(), 2))
    ]
    assert abs(inked[0] - (1900 - inked[-1])) < 12
    assert inked[-1] - inked[0] < 400


def test_new_messages_and_a_new_look_are_drawn(theme: Theme, show: Show) -> None:
    text = Marquee(theme, ("Gratis",), speed=0)
    show(text, 800, text.sizeHint().height())
    before = text.grab().toImage()
    text.show_messages(("Layanan tutup pukul 16.00", "Terima kasih"))
    after = text.grab().toImage()
    assert before != after
    theme.set_contrast("kontras")
    assert text.grab().toImage() != after
    text.show_messages(())
    assert drawn(text, "empty") == {theme.color("ticker").name()}


def test_a_chart_draws_its_bars_and_tells_them(theme: Theme, show: Show) -> None:
    chart = BarChart(theme)
    chart.show_chart(
        Chart(("08", "09"), (ChartSeries("Datang", "primary", (3, 8)), ChartSeries("Pergi", "ok", (1, 2))))
    )
    show(chart, 600, 400)
    assert {theme.color("primary").name(), theme.color("ok").name()} <= drawn(chart, "chart")
    assert chart.accessibleDescription() == "Datang: 08 3, 09 8\nPergi: 08 1, 09 2"
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert theme.color("focus").name() in drawn(chart, "chart-focus"), "the keyboard's place is seen"


def test_an_empty_chart_says_so(theme: Theme, show: Show) -> None:
    chart = BarChart(theme)
    show(chart, 600, 400)
    blank = chart.grab().toImage()
    chart.show_chart(Chart(("08",), (ChartSeries("Datang", "primary", (0,)),), "Belum ada pengunjung"))
    assert chart.grab().toImage() != blank
    assert theme.color("primary").name() not in drawn(chart, "chart")


def test_a_narrow_chart_names_fewer_hours(theme: Theme, show: Show) -> None:
    hours = Chart(tuple(f"{hour:02}" for hour in range(24)), (ChartSeries("a", "ok", (1,) * 24),))
    chart = BarChart(theme)
    chart.show_chart(hours)
    show(chart, chart.minimumSizeHint().width(), 400)
    assert chart.fits()
    assert chart.width() < QFontMetrics(theme.font("small")).horizontalAdvance(" ".join(hours.groups))
    chart.resize(100, 400)
    assert not chart.fits()


def test_values_that_would_run_into_each_other_are_not_painted(show: Show) -> None:
    """The days of a month, two bars each: what a bar counts stands in the table then."""
    theme = Theme("counter")
    names = tuple(f"{day:02}" for day in range(1, 23))
    days = Chart(names, tuple(ChartSeries(name, "line", (25.0,) * 22) for name in ("Datang", "Pergi")))
    inks = []
    for width in (600, 2000):
        chart = BarChart(theme)
        chart.show_chart(days)
        show(chart, width, 200)
        above = chart.grab().toImage().copy(4, 20, width - 8, 130)  # within the mark of the keyboard
        ink = theme.color("ink").name()
        inks.append(any(above.pixelColor(x, y).name() == ink for x in range(width - 8) for y in range(130)))
    assert inks == [False, True]


def test_a_card_is_touched_on_its_face_only(theme: Theme, show: Show, qtbot: QtBot) -> None:
    card = CardButton(theme)
    card.body.addWidget(Label("Informasi"))
    show(card, 400, 300)
    edge = QPoint(200, theme.px(SHADOW) // 2)
    with qtbot.assertNotEmitted(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=edge)
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, Qt.Key.Key_Space)


def test_a_card_shows_focus_touch_and_choice(theme: Theme, show: Show) -> None:
    card = CardButton(theme)
    card.setCheckable(True)
    show(card, 400, 300)
    card.clearFocus()
    looks = [card.grab().toImage()]
    card.setFocus()
    looks.append(card.grab().toImage())
    card.setDown(True)
    looks.append(card.grab().toImage())
    card.setDown(False)
    card.setChecked(True)
    card.clearFocus()
    looks.append(card.grab().toImage())
    card.setEnabled(False)
    looks.append(card.grab().toImage())
    assert len({bytes(look.constBits()) for look in looks}) == len(looks)


def test_the_shadow_is_outside_the_card(theme: Theme, show: Show) -> None:
    card = Card(theme)
    show(card, 400, 300)
    picture = card.grab().toImage()
    ground = card.palette().window().color().name()
    assert picture.pixelColor(200, 292).name() != ground
    assert picture.pixelColor(200, 150).name() == theme.color("surface").name()


def test_tiles_have_their_own_tints(theme: Theme, show: Show) -> None:
    tile = IconTile(theme, "info", "violet")
    show(tile, 112, 112)
    assert theme.color("tint-violet").name() in drawn(tile, "tile")
    tile.show_icon("users", "green")
    assert theme.color("tint-green").name() in drawn(tile, "tile")
    assert [tint_of(index) for index in range(9)] == [*TINTS, TINTS[0]]


def test_the_mark_stands_on_its_ground(theme: Theme, show: Show) -> None:
    logo = Logo(theme)
    show(logo, 88, 88)
    neutral = {theme.color("logo-ground").name(), theme.color("logo-ink").name()}
    assert neutral <= drawn(logo, "logo")
    logo.show_picture(LOGO)
    assert {"#ffffff", "#14408c", "#f0c020"} <= drawn(logo, "logo-own")
    logo.show_picture(b"")
    assert neutral <= drawn(logo, "logo")
