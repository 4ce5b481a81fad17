"""The walk of the accessible tree, on windows made wrong on purpose."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tests.ui.conftest import Show
from tests.ui.heard import unheard
from ult_desktop.ui.kit.accessible import Role, is_decoration, set_role
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import IconTile, Pill
from ult_desktop.ui.kit.widgets.bar_chart import BarChart
from ult_desktop.ui.kit.widgets.qr_view import QrView


@pytest.fixture
def theme() -> Theme:
    return Theme.for_window("counter", 1366, 768)


def window_of(*parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    return window


def test_a_field_without_a_name_is_found(show: Show) -> None:
    window = window_of(QLineEdit(), QPushButton("Simpan"))
    show(window, 300, 200)
    assert list(unheard(window)) == ["QLineEdit < QWidget is operated and has no name"]


def test_what_is_scrolled_with_the_keys_has_a_name(show: Show) -> None:
    silent, told, passed_by = QScrollArea(), QScrollArea(), QScrollArea()
    told.setAccessibleName("Buku laporan")
    passed_by.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window = window_of(silent, told, passed_by)
    show(window, 300, 300)
    assert list(unheard(window)) == ["QScrollArea < QWidget is scrolled with the keys and has no name"]


def test_two_alike_side_by_side_are_found(show: Show) -> None:
    window = window_of(QPushButton("Hapus"), QPushButton("Hapus"), QPushButton("Simpan"))
    show(window, 300, 200)
    assert list(unheard(window)) == ["2 of the role Button side by side are called 'Hapus'"]


def test_what_takes_the_keyboard_needs_a_role(show: Show) -> None:
    part, told = QWidget(), QWidget()
    for each in (part, told):
        each.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        each.setAccessibleName("Kode")
    set_role(told, Role.EditableText)
    window = window_of(part)
    show(window, 300, 200)
    assert list(unheard(window)) == ["QWidget < QWidget 'Kode' is operated and has no role"]
    other = window_of(told)
    show(other, 300, 200)
    assert list(unheard(other)) == []


def test_a_painting_says_what_it_shows(show: Show, theme: Theme) -> None:
    code = QrView(theme, "A012")
    tile = IconTile(theme, "info")
    window = window_of(code, tile, Pill(theme, "Buka"))
    show(window, 600, 600)
    assert is_decoration(tile)
    assert list(unheard(window)) == ["QrView < QWidget is painted and says nothing"]
    code.setAccessibleName("Kode QR karcis")
    assert list(unheard(window)) == []


def test_what_paints_itself_has_a_role(show: Show, theme: Theme) -> None:
    parts = (Pill(theme, "Buka"), BarChart(theme), QrView(theme, "A012"), IconTile(theme, "info"))
    window = window_of(*parts)
    show(window, 700, 900)
    roles = [QAccessible.queryAccessibleInterface(each).role() for each in parts]
    assert roles == [Role.StaticText, Role.Chart, Role.Graphic, Role.Graphic]
