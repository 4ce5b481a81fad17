"""The keyboard meets each page of the kiosk as a visitor reads it."""

import pytest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import bench
from tests.ui.look import settle
from tests.ui.tab_order import out_of_order
from ult_desktop.base.i18n import use_language
from ult_desktop.ui.kiosk.speech.guidance import enter_page, page_targets
from ult_desktop.ui.kit.reading_order import tab_stops, takes_keys
from ult_desktop.ui.kit.theme import Theme


@pytest.mark.parametrize(
    ("size", "language"),
    [
        ((1080, 1920), "id"),
        pytest.param((1024, 768), "id", marks=pytest.mark.slow),
        pytest.param((1080, 1920), "en", marks=pytest.mark.slow),
    ],
)
def test_every_page_is_walked(show: Show, size: tuple[int, int], language: str) -> None:
    use_language(language)
    stand = bench(samples.board(), Theme.for_window("kiosk", *size))
    show(stand.window, *size)
    stand.window.activateWindow()
    wrong = {}
    for shown in tour(stand):
        settle()
        shell = stand.window.shell
        enter_page(shell)
        page, here = shell.page, QApplication.focusWidget()
        first = next((each for each in page_targets(shell) if page and page.isAncestorOf(each)), None)
        if first is not None and here is not first:
            wrong[shown.name] = [f"begins at {here}"]
        if first is None or not takes_keys(first):  # keys of a keyboard are only touched: the page takes them
            (tab_stops(stand.window)[0] if page is None or not takes_keys(page) else page).setFocus()
        if found := list(out_of_order(stand.window)):
            wrong[shown.name] = found
    stand.window.close()
    assert not wrong, "\n".join(f"{page}: {found}" for page, found in wrong.items())
