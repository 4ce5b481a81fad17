"""The kiosk's head: names of any length, in no more height than a flat screen can spare."""

import math

import msgspec
import pytest

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import Size
from tests.ui.kiosk.scenes import MONDAY
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.kit.widgets.sample import now
from tests.ui.look import assert_sound, settle
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.core.queue.boards import KioskBoard, OpeningStatus, Openness
from ult_desktop.ui.kiosk.frame.shell import KioskHead
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kit.theme import Theme

LOW = ((Size(1024, 768), 15.0), (Size(1366, 768), 15.6))
LONG = (
    "Unit Layanan Terpadu dan Pusat Informasi Pendidikan Daerah Kalimantan Utara",
    "Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara di Tanjung Selor, Kabupaten Bulungan",
)
# Where six services stood on one page before their heads were smaller, and where they do since.
ONE_PAGE = (
    *((*LOW[0], language, step) for language in ("id", "en") for step in (0, 1)),
    *((*LOW[1], language, step) for language in ("id", "en") for step in (0, 1, 2)),
)


def stand(show: Show, size: Size, inches: float, board: KioskBoard, language: str = "id") -> KioskBench:
    theme = Theme.for_window("kiosk", size.width, size.height)
    theme.set_density(math.hypot(size.width, size.height) / (inches * 25.4))
    config = StationConfig(language="en" if language == "en" else "id", kiosk=KioskConfig())
    kiosk = bench(board, theme, config=config)
    show(kiosk.window, size.width, size.height)
    settle()
    return kiosk


def test_long_names_stand_in_lines_and_are_not_cut(show: Show) -> None:
    head = KioskHead(Theme("kiosk"), now)
    head.show_names("Unit Layanan Terpadu", "Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara")
    head.show_words("Layanan prioritas", "Sentuh layanan yang Anda perlukan.")
    show(head, 900, 700)
    head.arrange(upright=False, home=False, low_height=0, notice_height=0)
    settle()
    assert_sound(head)


@pytest.mark.parametrize(("size", "inches"), LOW, ids=str)
@pytest.mark.parametrize("names", [None, LONG], ids=["short", "long"])
def test_names_take_no_more_than_an_eighth_of_a_flat_screen(
    show: Show, size: Size, inches: float, names: tuple[str, str] | None
) -> None:
    board = samples.board()
    if names is not None:
        office = msgspec.structs.replace(board.office, unit=names[0], name=names[1])
        board = msgspec.structs.replace(board, office=office)
    kiosk = stand(show, size, inches, board)
    head = kiosk.window.shell.head
    assert head.height() <= size.height / 8
    assert head.sentence.isVisible()
    assert names is not None or head.office_label.isVisible()
    assert_sound(kiosk.window)
    kiosk.window.close()


@pytest.mark.parametrize(("size", "inches", "language", "step"), ONE_PAGE, ids=str)
def test_a_flat_head_leaves_six_services_one_page(
    show: Show, size: Size, inches: float, language: str, step: int
) -> None:
    board = samples.board()
    kiosk = stand(show, size, inches, msgspec.structs.replace(board, lines=board.lines[:6]), language)
    kiosk.window.flow.set_view(View(text_size=step))
    settle()
    assert kiosk.window.shell.home.grid.pages == 1
    assert kiosk.window.shell.head.sentence.isVisible()
    assert_sound(kiosk.window)
    kiosk.window.close()


@pytest.mark.parametrize(("size", "inches"), LOW, ids=str)
def test_a_page_without_a_title_says_whose_kiosk_it_is(show: Show, size: Size, inches: float) -> None:
    closed = OpeningStatus(state=Openness.OUTSIDE_HOURS, opens_at=MONDAY, week=samples.WEEK)
    kiosk = stand(show, size, inches, samples.board(closed))
    shell = kiosk.window.shell
    assert shell.head.unit_label.isVisible()
    assert shell.head.office_label.isVisible()
    assert not shell.notice.rolling.steps[0].isVisible()
    assert all(key.isVisible() and key.text() for key in (shell.foot.call_button, shell.foot.options_button))
    assert_sound(kiosk.window)
    kiosk.window.close()
