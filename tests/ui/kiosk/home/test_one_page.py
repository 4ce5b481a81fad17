"""Nine to sixteen services: one touch to a number stays one touch where all have room on one page."""

import math

import msgspec
import pytest

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.samples import Size
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.kiosk.test_look import cut_texts, is_no_tab, small_texts
from tests.ui.kiosk.test_window import screen_of, touch
from tests.ui.look import assert_sound, assert_targets, settle
from tests.ui.shown import theme_of
from ult_desktop.core.office.template import Words
from ult_desktop.core.queue.boards import KioskBoard
from ult_desktop.core.queue.wait_range import WaitRange
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.parts.card_grid import ServiceCard
from ult_desktop.ui.kiosk.parts.choices import one_page
from ult_desktop.ui.kiosk.visit import Screen
from ult_desktop.ui.kit.theme import Theme

_NAMES = (
    *("Informasi & Konsultasi", "Tunjangan Guru", "Dapodik", "Rapor Pendidikan", "Kesetaraan"),
    *("Informasi PPID", "NUPTK", "Sertifikasi Guru", "Pangkat dan Jabatan", "Legalisasi Ijazah"),
    *("Indonesia Pintar", "Akreditasi PAUD", "Data Sekolah", "Pengaduan", "Mutasi Siswa", "Beasiswa"),
)


def board_of(count: int) -> KioskBoard:
    """So many services in a tree of categories."""
    board = samples.big_board()
    lines = tuple(
        msgspec.structs.replace(line, service=msgspec.structs.replace(line.service, name=Words(name, name)))
        for line, name in zip(board.lines, _NAMES, strict=False)
    )
    return msgspec.structs.replace(board, lines=lines[:count])


def stand(show: Show, size: Size, inches: float, count: int) -> KioskBench:
    theme = Theme.for_window("kiosk", size.width, size.height)
    theme.set_density(math.hypot(size.width, size.height) / (inches * 25.4))
    kiosk = bench(board_of(count), theme)
    show(kiosk.window, size.width, size.height)
    settle()
    return kiosk


def shown(kiosk: KioskBench) -> list[ServiceCard]:
    return [card for card in kiosk.window.shell.home.grid.cards if card.isVisible()]


@pytest.mark.parametrize(
    ("size", "inches", "count"),
    [
        (Size(1080, 1920), 21.5, 9),
        (Size(1080, 1920), 21.5, 12),
        (Size(1080, 1920), 21.5, 16),
        (Size(1920, 1080), 21.5, 16),
        (Size(1280, 1024), 17.0, 12),
        (Size(1366, 768), 15.6, 9),
        (Size(1024, 768), 15.0, 9),
    ],
)
def test_every_service_is_one_touch_away(
    show: Show, picture: Picture, size: Size, inches: float, count: int
) -> None:
    kiosk = stand(show, size, inches, count)
    picture(kiosk.window, f"kiosk-satu-halaman-{count}-{size}")
    assert [card.face.title for card in shown(kiosk)] == list(_NAMES[:count])
    density = theme_of(kiosk.window).density
    assert_sound(kiosk.window)
    assert_targets(kiosk.window, math.floor(20 * density), math.floor(3 * density), among=is_no_tab)
    assert not list(cut_texts(kiosk.window))
    assert not list(small_texts(kiosk.window, 4.9 * density, 3.5 * density))
    touch(shown(kiosk)[-1].corner)
    assert screen_of(kiosk) is Screen.INFO
    touch(kiosk.window.shell.foot.back_button)
    touch(shown(kiosk)[-1])
    assert [ask.service_id for ask in kiosk.link.asked] == [count]
    kiosk.window.close()


def test_no_queue_is_long_enough_to_bring_the_categories_back(show: Show) -> None:
    kiosk = stand(show, Size(1080, 1920), 21.5, 16)
    kiosk.link.show_board(
        lines=tuple(
            msgspec.structs.replace(line, waiting=48, wait=WaitRange(90, 100), available=True)
            for line in board_of(16).lines
        )
    )
    settle()
    assert len(shown(kiosk)) == 16
    assert shown(kiosk)[0].face.status == ("48 antrean",)
    kiosk.window.close()


def test_in_large_text_the_categories_come_and_go(show: Show) -> None:
    kiosk = stand(show, Size(1080, 1920), 21.5, 12)
    kiosk.window.flow.set_view(View(text_size=3))
    settle()
    titles = [card.face.title for card in shown(kiosk)]
    assert titles[0] == "Guru & Tenaga Kependidikan"
    touch(shown(kiosk)[0])
    assert kiosk.window.flow.scene.visit.branch == ("gtk",)
    kiosk.window.end_visit()
    settle()
    assert len(shown(kiosk)) == 12
    kiosk.window.close()


@pytest.mark.parametrize(("count", "on_one"), [(8, False), (9, True), (16, True), (20, False)])
def test_how_many_may_stand_on_one_page(count: int, on_one: bool) -> None:
    board = samples.big_board()
    board = msgspec.structs.replace(board, lines=board.lines[:count])
    assert one_page(board) == (board.lines if on_one else ())
    assert one_page(board, "gtk") == ()


def test_a_kiosk_of_some_categories_counts_its_own() -> None:
    board = samples.big_board()
    own = one_page(board, only=("gtk", "data"))
    assert {line.service.category for line in own} == {"gtk", "nomor", "data"}
