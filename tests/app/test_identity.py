"""Three modes in one task bar are told apart."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import PICTURES
from ult_desktop.app.identity import SIZES, face_icon, take_identity
from ult_desktop.ui.kit.theme import Face

FACES: tuple[Face, ...] = ("kiosk", "counter", "display")


@pytest.mark.parametrize("face", FACES)
def test_a_mode_is_a_program_of_its_own(qapp: QApplication, face: Face) -> None:
    take_identity(qapp, face)
    assert qapp.desktopFileName() == f"ult-desktop-{face}"
    assert qapp.windowIcon().availableSizes() == [QSize(size, size) for size in SIZES]


def test_each_has_an_icon_of_its_own_in_every_size(qapp: QApplication) -> None:
    sheet = QImage(sum(SIZES), 3 * SIZES[-1], QImage.Format.Format_ARGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    for row, face in enumerate(FACES):
        for column, size in enumerate(SIZES):
            painter.drawPixmap(sum(SIZES[:column]), row * SIZES[-1], face_icon(face).pixmap(size, size))
    painter.end()
    PICTURES.mkdir(exist_ok=True)
    assert sheet.save(str(PICTURES / "mode-icons.png"))
    for size in SIZES:
        drawn = [face_icon(face).pixmap(size, size).toImage() for face in FACES]
        assert all(one != other for n, one in enumerate(drawn) for other in drawn[:n])
        assert {image.pixelColor(size // 2, 1).alpha() for image in drawn} == {255}
