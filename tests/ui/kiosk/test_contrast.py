"""The kiosk's words against what they really stand on, read from its pictures."""

import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import bench
from tests.ui.written import LEAST, pale
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.slow
@pytest.mark.parametrize("kontras", [False, True])
def test_the_words_of_every_page_stand_out(show: Show, picture: Picture, kontras: bool) -> None:
    theme = Theme.for_window("kiosk", 1080, 1920)
    stand = bench(samples.board(), theme)
    show(stand.window, 1080, 1920)
    stand.window.flow.set_view(View(high_contrast=kontras))
    weak = {}
    for shown in tour(stand):
        if kontras:
            picture(stand.window, f"kiosk-kontras-{shown.name}", sound=False)
        if found := pale(stand.window, LEAST[theme.contrast]):  # the officer's page is always light
            weak[shown.name] = found
    stand.window.close()
    assert not weak, "\n".join(f"{page}: {words}" for page, words in weak.items())
