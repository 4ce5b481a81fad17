"""The page Syarat: what to bring, and what else of the standard the office publishes."""

import msgspec
import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import bench
from tests.ui.kiosk.test_window import touch
from tests.ui.look import settle
from ult_desktop.core.office.template import Words
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kit import widgets
from ult_desktop.ui.kit.theme import Theme

PUBLISHED = {
    "mechanism": (Words("Ambil nomor; berkas diperiksa di loket", "Take a number; we check at the counter"),),
    "completion": (Words("Satu hari kerja", "One working day"),),
    "product": (Words("Surat keterangan", "A letter"), Words("Salinan digital", "A digital copy")),
}
TOLD = {
    "id": {"Jangka waktu penyelesaian", "Satu hari kerja", "Surat keterangan\nSalinan digital"},
    "en": {"Completion time", "One working day", "A letter\nA digital copy"},
}


@pytest.mark.parametrize(("language", "text_size"), [("id", 0), ("en", 2)])
def test_it_shows_the_published_components_that_are_written(
    show: Show, picture: Picture, language: str, text_size: int
) -> None:
    board = samples.board()
    first, second, *others = board.lines
    written = msgspec.structs.replace(second, service=msgspec.structs.replace(second.service, **PUBLISHED))
    kiosk = bench(
        msgspec.structs.replace(board, lines=(first, written, *others)), Theme.for_window("kiosk", 1080, 1920)
    )
    show(kiosk.window, 1080, 1920)
    kiosk.window.flow.set_view(View(text_size=text_size))
    kiosk.window._steps._switch_language(language)
    touch(kiosk.window.shell.home.grid.cards[1].corner)
    settle()
    page = kiosk.window.shell.info.page
    told = {each.text() for each in page.requirements.findChildren(widgets.Label) if each.isVisible()}
    assert told >= TOLD[language]
    picture(kiosk.window, f"kiosk-syarat-standar-{language}")
