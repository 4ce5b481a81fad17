"""The checker of looks finds planted defects and leaves sound windows alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Show
from tests.ui.look import assert_sound, assert_targets, faults, targets
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.card import CardButton
from ult_desktop.ui.kit.widgets.label import ElidedLabel, Label
from ult_desktop.ui.kit.widgets.pill import Pill

LONG = "Permohonan Informasi dan Konsultasi Pendidikan"


@pytest.fixture
def theme() -> Theme:
    return Theme("counter")


@pytest.fixture
def window(qtbot: QtBot, theme: Theme, show: Show) -> QWidget:
    window = QWidget()
    window.setProperty("kind", "page")
    theme.apply(window)
    show(window, 600, 400)
    return window


def put(window: QWidget, child: QWidget, box: tuple[int, int, int, int]) -> QWidget:
    child.setParent(window)
    child.setGeometry(QRect(*box))
    child.show()
    return child


def label(text: str, *, wrap: bool = False, size: str = "body") -> Callable[[Theme], QWidget]:
    return lambda _theme: Label(text, size, wrap=wrap)


def combo(theme: Theme) -> QWidget:
    box = QComboBox()
    box.setAccessibleName("Alasan")  # Linux reads what is chosen instead, Windows nothing
    box.addItem(LONG)
    return box


def field(theme: Theme) -> QWidget:
    line = QLineEdit()
    line.setPlaceholderText(LONG)
    line.setAccessibleName("Layanan")
    return line


def picture(theme: Theme) -> QWidget:
    shown = QLabel()
    shown.setPixmap(icon_pixmap("info", theme.color("ink"), 64))
    return shown


def tabs(theme: Theme) -> QWidget:
    bar = QTabBar()
    for name in ("Pengunjung", "Permohonan", "Langkah POS"):
        bar.addTab(name)
    return bar


def table(theme: Theme) -> QWidget:
    view = QTableWidget(1, 1)
    view.setItem(0, 0, QTableWidgetItem(LONG))
    view.setColumnWidth(0, 100)
    view.setAccessibleName("Layanan")
    return view


def list_of(theme: Theme) -> QWidget:
    view = QListWidget()
    view.addItem(LONG)
    view.setAccessibleName("Layanan")
    return view


def sideways(theme: Theme) -> QWidget:
    area = QScrollArea()
    area.setAccessibleName("Lebar")
    wide = QWidget()
    wide.setFixedSize(900, 40)
    area.setWidget(wide)
    return area


DEFECTS = {
    "a line wider than its label": (label(LONG), (10, 10, 120, 30)),
    "a line higher than its label": (label("Antrean", size="hero"), (10, 10, 300, 20)),
    "too many lines": (label(LONG, wrap=True), (10, 10, 120, 30)),
    "a word longer than the line": (label("Pertanggungjawaban", wrap=True), (10, 10, 60, 80)),
    "next to nothing before the dots": (lambda _t: ElidedLabel(LONG), (10, 10, 14, 30)),
    "a button's words": (lambda t: Button(t, "Panggil berikutnya"), (10, 10, 80, 40)),
    "words beside an icon": (lambda t: Button(t, "Ulang", "", "check"), (10, 10, 86, 40)),
    "a check box": (lambda _t: QCheckBox("Kursi roda"), (10, 10, 60, 40)),
    "a choice": (combo, (10, 10, 120, 40)),
    "a hint": (field, (10, 10, 120, 40)),
    "a picture": (picture, (10, 10, 40, 40)),
    "tabs": (tabs, (10, 10, 150, 40)),
    "a table": (table, (10, 10, 300, 90)),
    "a list": (list_of, (10, 10, 120, 80)),
    "scrolls sideways": (sideways, (10, 10, 300, 100)),
    "a pill": (lambda t: Pill(t, "3 menunggu"), (10, 10, 40, 20)),
    "sticks out": (label("Antrean"), (560, 10, 80, 30)),
    "sticks out upwards": (label("Antrean"), (10, -12, 80, 30)),
    "no size": (label(""), (10, 10, 0, 0)),
}


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_planted_defect_is_found(defect: str, window: QWidget, theme: Theme) -> None:
    make, box = DEFECTS[defect]
    put(window, make(theme), box)
    assert len(list(faults(window))) == 1


@pytest.mark.slow
def test_a_defect_that_stays_is_told(window: QWidget, theme: Theme) -> None:
    make, box = DEFECTS["tabs"]
    put(window, make(theme), box)
    with pytest.raises(AssertionError, match=r"1 faults of look"):
        assert_sound(window)


@pytest.mark.parametrize("defect", [name for name in DEFECTS if not name.startswith(("st", "no"))])
def test_the_same_with_room_is_sound(defect: str, window: QWidget, theme: Theme) -> None:
    make, _box = DEFECTS[defect]
    child = put(window, make(theme), (10, 10, 580, 140))
    if isinstance(child, QTableWidget):
        child.setColumnWidth(0, 500)
    if isinstance(child, QScrollArea):
        inner = child.widget()
        assert inner is not None
        inner.setFixedSize(200, 40)
    assert_sound(window)


@pytest.mark.parametrize("make", [lambda: QPushButton("Ulang"), lambda: QLineEdit("Siti")])
def test_too_low_for_its_words(make: Callable[[], QWidget], qtbot: QtBot, show: Show) -> None:
    window = QWidget()
    show(window, 300, 100)
    put(window, make(), (10, 10, 200, 12)).setAccessibleName("Ulang")
    assert len(list(faults(window))) == 1


def test_things_over_one_another_are_found(window: QWidget, theme: Theme) -> None:
    put(window, Button(theme, "Ulang"), (10, 10, 200, 40))
    put(window, Button(theme, "Selesai"), (180, 30, 200, 40))
    assert [fault for fault in faults(window) if "lies over" in fault]


def test_cousins_over_one_another_are_found(window: QWidget, theme: Theme) -> None:
    for left in (0, 100):
        box = put(window, QWidget(), (left, 0, 300, 100))
        put(box, Label("Menunggu"), (20, 20, 200, 40))
    assert [fault for fault in faults(window) if "lies over" in fault]


def test_an_overlay_may_lie_over_others(window: QWidget, theme: Theme) -> None:
    put(window, Button(theme, "Ulang"), (10, 10, 200, 40))
    over = put(window, QWidget(), (0, 0, 300, 200))
    over.setProperty("overlay", True)
    put(over, Button(theme, "Urungkan"), (10, 10, 200, 40))
    assert_sound(window)


def test_what_is_hidden_does_not_count(window: QWidget, theme: Theme) -> None:
    put(window, Label(LONG), (10, 10, 20, 5)).hide()
    assert_sound(window)


def test_what_a_scroll_area_hides_does_not_count(window: QWidget, theme: Theme, show: Show) -> None:
    area, inside = QScrollArea(), QWidget()
    area.setAccessibleName("Nomor")
    column = QVBoxLayout(inside)
    for number in range(20):
        column.addWidget(Button(theme, f"Nomor {number}"))
    area.setWidget(inside)
    area.setWidgetResizable(True)
    put(window, area, (0, 0, 400, 200))
    put(window, Button(theme, "Tutup"), (10, 240, 200, 40))
    assert_sound(window)


def test_a_card_is_one_target_and_its_shadow_is_not(window: QWidget, theme: Theme, show: Show) -> None:
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setSpacing(0)
    for name in ("Informasi", "Tunjangan"):
        card = CardButton(theme)
        card.body.addWidget(Label(name))
        layout.addWidget(card)
    put(window, row, (0, 0, 500, 200))
    assert len(targets(window)) == 2
    assert_targets(window, 36, 32)
    with pytest.raises(AssertionError, match="32 px apart"):
        assert_targets(window, 36, 33)


def test_small_and_close_targets_are_found(window: QWidget, theme: Theme) -> None:
    put(window, QPushButton("a"), (10, 10, 96, 40))
    put(window, QPushButton("b"), (10, 58, 96, 96))
    with pytest.raises(AssertionError, match="2 targets"):
        assert_targets(window, 96, 16)
    assert_targets(window, 40, 8)
    assert_targets(window, 96, 16, among=lambda each: each.height() > 90)


def test_a_window_forced_larger_is_found(qtbot: QtBot, theme: Theme, show: Show) -> None:
    window = QWidget()
    layout = QHBoxLayout(window)
    layout.addWidget(Label(LONG * 4))
    with pytest.raises(AssertionError, match="wants"):
        show(window, 300, 100)
