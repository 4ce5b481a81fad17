"""The foot gives way on a narrow screen without moving what stands above it to and fro."""

from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import tour
from ult_desktop.ui.kiosk.frame.view_options import View


def test_a_tight_foot_comes_to_rest(set_up: SetUp) -> None:
    kiosk = set_up(samples.big_board())
    kiosk.window.resize(1024, 768)
    kiosk.window.flow.set_view(View(text_size=1))
    foot = kiosk.window.shell.foot
    for shown in tour(kiosk):
        if foot.isVisible():
            assert foot._needed() <= foot.width(), shown.name
