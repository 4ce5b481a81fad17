"""The call over the whole screen: it comes, stays, follows another without a gap, and goes."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.ui.conftest import Show
from tests.ui.display import samples
from ult_desktop.ui.display.calls.call_overlay import CallOverlay
from ult_desktop.ui.display.words import CallGroup
from ult_desktop.ui.kit.theme import Theme

SIZE = QSize(640, 360)


@pytest.fixture
def screen(show: Show) -> QWidget:
    made = QWidget()
    show(made, SIZE.width(), SIZE.height())
    return made


def overlay_on(screen: QWidget, *, moving: bool) -> CallOverlay:
    return CallOverlay(Theme.for_window("display", 640, 360), screen, moving=moving)


class Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times = 0
        widget.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def picture_of(screen: QWidget) -> QImage:
    return screen.grab().toImage()


def test_it_covers_the_screen_while_a_call_is_on(screen: QWidget) -> None:
    overlay = overlay_on(screen, moving=False)
    assert not overlay.isVisible()
    overlay.show_calls(CallGroup((samples.call(1),)))
    assert overlay.geometry() == screen.rect()
    assert overlay.isVisible()
    assert "A012" in overlay.accessibleName()
    overlay.clear()
    assert not overlay.isVisible()
    assert overlay.call is None


def test_with_less_motion_it_stands_still(screen: QWidget) -> None:
    overlay = overlay_on(screen, moving=False)
    overlay.show_calls(CallGroup((samples.call(1),)))
    assert not overlay.is_pulsing
    assert picture_of(screen) == picture_of(screen)


def test_it_breathes(screen: QWidget, qtbot: QtBot) -> None:
    overlay = overlay_on(screen, moving=True)
    overlay.show_calls(CallGroup((samples.call(1),)))
    first = picture_of(screen)
    qtbot.waitUntil(lambda: picture_of(screen) != first)
    overlay.clear()
    assert not overlay.isVisible()
    assert not overlay.is_pulsing


def test_a_call_is_painted_before_anything_else_has_its_turn(screen: QWidget) -> None:
    overlay = overlay_on(screen, moving=True)
    painted = Painted(overlay)
    overlay.show_calls(CallGroup((samples.call(1),)))
    assert painted.times == 1
    QCoreApplication.processEvents()
    assert painted.times == 1, "the same picture twice"


def test_each_call_has_the_canvas_for_itself(screen: QWidget) -> None:
    """Its pictures are kept from call to call."""
    once, twice = overlay_on(screen, moving=False), overlay_on(screen, moving=False)
    once.show_calls(CallGroup((samples.call(2, "B007"),)))
    alone = picture_of(screen)
    once.clear()
    twice.warm_up(samples.call(3, "C123", priority=True))
    kept = twice._canvas
    twice.show_calls(CallGroup((samples.call(1),)))
    twice.show_calls(CallGroup((samples.call(2, "B007"),)))
    assert picture_of(screen) == alone
    assert twice._canvas is kept


def test_on_a_finer_screen_of_the_same_size_a_call_is_drawn_anew(
    screen: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that goes from a monitor to a TV at 200 %."""
    overlay = overlay_on(screen, moving=False)
    overlay.show_calls(CallGroup((samples.call(1),)))
    coarse = overlay.poster
    monkeypatch.setattr(CallOverlay, "devicePixelRatioF", lambda _overlay: 2.0)
    QCoreApplication.sendEvent(overlay, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert overlay.poster is not coarse
    assert overlay._canvas is not None
    assert overlay._canvas.fits(screen.size(), 2.0)


def test_one_call_follows_another_without_a_gap(screen: QWidget, qtbot: QtBot) -> None:
    overlay = overlay_on(screen, moving=True)
    overlay.show_calls(CallGroup((samples.call(1),)))
    overlay.clear()
    overlay.show_calls(CallGroup((samples.call(2, "B007"),)))
    assert overlay.call == samples.call(2, "B007")
    assert overlay.isVisible()
    assert picture_of(screen).pixelColor(20, 20).lightness() < 100
    assert overlay.poster.number.words.rows == ("B007",)


def test_a_resized_screen_is_filled_again(screen: QWidget) -> None:
    overlay = overlay_on(screen, moving=False)
    overlay.show_calls(CallGroup((samples.call(1),)))
    overlay.resize(360, 640)
    assert overlay.fits()
    assert overlay.poster.number.words.rows == ("A012",)
