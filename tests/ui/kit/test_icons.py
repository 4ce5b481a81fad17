"""Icons take the colour they are given; typefaces are there without any of the system's."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontDatabase, QIcon, QImage
from PySide6.QtWidgets import QApplication

from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.ui.kit import typeset
from ult_desktop.ui.kit.icons import has_icon, icon, icon_pixmap

NAMES = sorted(path.stem for path in resource("icons").glob("*.svg"))


def test_every_icon_can_be_drawn(qapp: QApplication) -> None:
    red = QColor("#AA0000")
    blank = [name for name in NAMES if red.name() not in _colours(icon_pixmap(name, red, 48).toImage())]
    assert len(NAMES) > 100
    assert blank == []


def _colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(48) for y in range(48)}


def test_an_icon_that_is_not_there_is_a_bug(qapp: QApplication) -> None:
    assert not has_icon("unicorn")
    with pytest.raises(FileNotFoundError):
        icon_pixmap("unicorn", QColor("#000000"), 24)


def test_a_button_that_is_off_has_its_own_colour(qapp: QApplication) -> None:
    made = icon("check", QColor("#00AA00"), 48, disabled=QColor("#999999"))
    off = made.pixmap(48, 48, QIcon.Mode.Disabled).toImage()
    assert "#999999" in _colours(off)
    assert "#00aa00" not in _colours(off)


def test_an_icon_keeps_away_from_the_words(qapp: QApplication) -> None:
    made = icon("check", QColor("#00AA00"), 48, apart=16)
    assert made.pixmap(64, 48).deviceIndependentSize().toTuple() == (64, 48)


def test_buttons_share_a_picture(qapp: QApplication) -> None:
    """Qt keeps what it makes of each: a window that builds its buttons anew all day must not grow by them."""
    one, other = (icon("check", QColor("#00AA00"), 48, QColor("#999999"), apart=16) for _button in range(2))
    for mode in (QIcon.Mode.Normal, QIcon.Mode.Disabled):
        assert one.pixmap(64, 48, mode).cacheKey() == other.pixmap(64, 48, mode).cacheKey()


def test_the_typeface_is_ours(qapp: QApplication) -> None:
    assert typeset.SANS in QFontDatabase.families()
    assert {"Regular", "Medium", "SemiBold", "Bold", "ExtraBold"} <= set(QFontDatabase.styles(typeset.SANS))


def test_their_licences_are_beside_them() -> None:
    for name in ("fonts/Inter-OFL.txt", "fonts/JetBrainsMono-OFL.txt", "icons/LICENSE-lucide.txt"):
        assert resource(*name.split("/")).is_file()


def test_missing_typefaces_are_told_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setattr(QFontDatabase, "families", list)
    monkeypatch.setattr(typeset, "resource", lambda *_parts: tmp_path)
    with pytest.raises(UserError, match="Berkas huruf"):
        typeset.load_fonts()
    (tmp_path / "broken.ttf").write_bytes(b"no font")
    with pytest.raises(UserError, match=r"broken\.ttf"):
        typeset.load_fonts()
