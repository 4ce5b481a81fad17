"""An office's clips in sign language: beside the page, silent, when a visitor wants them, else no trace."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from tests.program import ROOT
from tests.ui.conftest import Picture
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.scenes import tour
from tests.ui.kiosk.stand import KioskBench
from tests.ui.kiosk.test_window import touch
from tests.ui.look import area, assert_sound, settle
from tests.ui.shown import theme_of
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.ui.kiosk.frame.sign_panel import CLOSED, SLOTS, STILL_THERE
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen
from ult_desktop.ui.kit.theme import Contrast

FILM = ROOT / "tests" / "data" / "lobby.webm"


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A film for the first page, a picture for the second, and a file of no page."""
    folder = tmp_path / "office-isyarat"
    folder.mkdir()
    shutil.copyfile(FILM, folder / "beranda.webm")
    picture = QImage(320, 240, QImage.Format.Format_RGB32)
    picture.fill(QColor("teal"))
    assert picture.save(str(folder / "prioritas.png"))
    shutil.copyfile(folder / "prioritas.png", folder / "catatan.png")
    return folder


def test_without_a_clip_there_is_no_trace(kiosk: KioskBench, clips: Path) -> None:
    shell = kiosk.window.shell
    assert not shell.foot.sign_key.isVisible()
    kiosk.window.shell.use_sign_clips(clips)
    assert shell.foot.sign_key.isVisible()
    assert not shell.sign_panel.isVisible(), "until somebody wants it"
    touch(shell.foot.sign_key)
    kiosk.window.flow.go(KioskVisit().steps_aside(Screen.OPTIONS))
    assert not shell.foot.sign_key.isVisible()
    assert not shell.sign_panel.isVisible()


@pytest.mark.parametrize("contrast", ["light", "kontras"])
def test_its_key_is_seen_while_it_is_down(kiosk: KioskBench, clips: Path, contrast: Contrast) -> None:
    shell, theme = kiosk.window.shell, theme_of(kiosk.window)
    shell.use_sign_clips(clips)
    theme.set_contrast(contrast)
    touch(shell.foot.sign_key)
    image = shell.foot.sign_key.icon().pixmap(shell.foot.sign_key.iconSize()).toImage()
    inks = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.color("primary-ink").name() in inks


def test_a_film_is_played_again_and_again_without_a_sound(
    set_up: SetUp, qtbot: QtBot, clips: Path, picture: Picture
) -> None:
    kiosk = set_up()
    kiosk.window.shell.use_sign_clips(clips)
    shell, signing = kiosk.window.shell, kiosk.window.shell.sign_panel.clip
    touch(shell.foot.sign_key)
    qtbot.waitUntil(lambda: not signing.image.isNull(), timeout=20_000)
    player = signing._player
    assert player is not None
    assert player.audioOutput() is None
    assert player.loops() == -1
    picture(kiosk.window, "kiosk-isyarat-film-1080x1920")
    kiosk.window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    assert signing.image.pixelColor(5, 5) == QColor("teal"), "the next page's own"
    assert not player.isPlaying()
    picture(kiosk.window, "kiosk-isyarat-gambar-1080x1920")
    touch(shell.foot.sign_key)
    assert not signing.isVisible()
    touch(shell.foot.sign_key)
    kiosk.window.end_visit()
    assert not signing.isVisible(), "the next visitor finds the page as it was"


@pytest.mark.parametrize("size", [(1080, 1920), (1920, 1080)])
@pytest.mark.parametrize("view", [View(), View(text_size=1, high_contrast=True, low_reach=True)])
def test_it_covers_nothing(
    set_up: SetUp, clips: Path, picture: Picture, size: tuple[int, int], view: View
) -> None:
    for slot in (*SLOTS.values(), CLOSED, STILL_THERE):
        shutil.copyfile(clips / "catatan.png", clips / f"{slot}.png")
    (clips / "beranda.webm").unlink()
    kiosk = set_up()
    window, shell = kiosk.window, kiosk.window.shell
    window.resize(*size)
    window.shell.use_sign_clips(clips)
    seen: set[int] = set()
    for shown in tour(kiosk):
        window.flow.set_view(view)
        if shell.foot.isVisible():
            shell.sign_panel.want(on=True)
            settle()
            assert shell.sign_panel.clip.isVisible(), shown.name
            assert_sound(window)
            box = area(shell.sign_panel, window)
            assert not box.intersects(area(shell._stack, window)), shown.name
            assert not box.intersects(area(shell.foot, window)), shown.name
            assert not area(shell.sign_panel.clip, window).intersects(shell.speaker.geometry()), shown.name
            seen.add(box.width())
            if shown.name in {"home", "book-name", "info"}:
                plain = "-besar-rendah" if view.low_reach else ""
                picture(window, f"kiosk-isyarat-{shown.name}-{size[0]}x{size[1]}{plain}", sound=False)
    assert len(seen) == 1, "in its place"
    assert seen.pop() >= size[0] // 6


def test_a_small_wide_screen_has_no_room(kiosk: KioskBench, clips: Path) -> None:
    kiosk.window.shell.use_sign_clips(clips)
    kiosk.window.resize(1024, 768)
    kiosk.window.shell.sign_panel.want(on=True)
    settle()
    assert not kiosk.window.shell.sign_panel.isVisible()


def test_a_closed_kiosk_has_its_own(kiosk: KioskBench, clips: Path) -> None:
    shutil.copyfile(clips / "prioritas.png", clips / f"{CLOSED}.png")
    kiosk.window.shell.use_sign_clips(clips)
    kiosk.link.show_board(opening=OpeningStatus(state=Openness.OUTSIDE_HOURS))
    touch(kiosk.window.shell.foot.sign_key)
    assert not kiosk.window.shell.sign_panel.clip.image.isNull()
