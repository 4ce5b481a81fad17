"""The kiosk's head: names of any length."""

import math

import msgspec
import pytest

from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.scenes import MONDAY
from tests.ui.kiosk.stand import bench
from tests.ui.kit.widgets.sample import now
from tests.ui.look import assert_sound, settle
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.ui.kiosk.frame.shell import KioskHead
from ult_desktop.ui.kit.theme import Theme


def test_long_names_stand_in_lines_and_are_not_cut(show: Show) -> None:
    head = KioskHead(Theme("kiosk"), now)
    head.show_names("Unit Layanan Terpadu", "Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara")
    head.show_words("Layanan prioritas", "Sentuh layanan yang Anda perlukan.")
    show(head, 900, 700)
    head.arrange(upright=False, home=False, least=0, below=0)
    settle()
    assert_sound(head)


LONG = (
    "Unit Layanan Terpadu dan Pusat Informasi Pendidikan Daerah Kalimantan Utara",
    "Balai Penjaminan Mutu Pendidikan Provinsi Kalimantan Utara di Tanjung Selor, Kabupaten Bulungan",
)


@pytest.mark.parametrize(("width", "height", "inches"), [(1024, 768, 15.0), (1366, 768, 15.6)])
def test_long_names_take_no_more_than_a_sixth_of_a_flat_screen(
    show: Show, width: int, height: int, inches: float
) -> None:
    board = samples.board()
    office = msgspec.structs.replace(board.office, unit=LONG[0], name=LONG[1])
    theme = Theme.for_window("kiosk", width, height)
    theme.set_density(math.hypot(width, height) / (inches * 25.4))
    kiosk = bench(msgspec.structs.replace(board, office=office), theme)
    show(kiosk.window, width, height)
    settle()
    head = kiosk.window.shell.head
    assert head.height() <= height / 6
    assert head.sentence.isVisible()
    assert_sound(kiosk.window)
    kiosk.window.close()


def test_a_page_without_a_title_says_whose_kiosk_it_is(show: Show) -> None:
    closed = OpeningStatus(state=Openness.OUTSIDE_HOURS, opens_at=MONDAY, week=samples.WEEK)
    kiosk = bench(samples.board(closed), Theme.for_window("kiosk", 1366, 768))
    show(kiosk.window, 1366, 768)
    settle()
    head = kiosk.window.shell.head
    assert head.unit_label.isVisible()
    assert head.office_label.isVisible()
    assert_sound(kiosk.window)
    kiosk.window.close()
