"""The way to priority names everybody it is for, and every help can be asked for in any size of text."""

import math

import pytest

from tests.program import ROOT
from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.stand import KioskBench, bench
from tests.ui.look import assert_sound, assert_targets, settle
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.frame.shell import SpeakerTab
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.home.priority import HELP_ICONS, PriorityBar, reason_faces
from ult_desktop.ui.kiosk.visit import KioskVisit
from ult_desktop.ui.kit.theme import Theme

# Sides, inches, language, text size, low reach: where the room is least, and once where there is much.
TIGHT = [
    *((1080, 1920, 21.5, "id", 0, False), (1080, 1920, 21.5, "id", 3, True)),
    *((1920, 1080, 15.0, "id", 3, True), (1280, 1024, 17.0, "en", 3, True)),
    *((1366, 768, 15.6, "id", 1, True), (1024, 768, 15.0, "en", 3, True)),
]


def test_who_comes_first_is_named_in_one_line() -> None:
    bar = PriorityBar(Theme.for_window("kiosk", 1080, 1920), slim=False)
    words = bar.accessibleDescription().lower()
    for face in reason_faces():
        assert face.title.lower().removeprefix("ibu ") in words


def test_a_need_has_a_picture_of_its_own() -> None:
    """The heart rate, the house of an age group and the thanks for a visit say nothing of a need."""
    helps = [icon for wanted, (icon, _tint) in HELP_ICONS.items() if wanted is not Help.WHEELCHAIR]
    shown = [*(face.icon for face in reason_faces()), *helps]
    assert len(set(shown)) == len(shown)
    files = (ROOT / "ult_desktop" / "ui" / "kiosk").rglob("*.py")
    elsewhere = "".join(path.read_text("utf-8") for path in files if path.name != "priority.py")
    # Signing and reading mean the same there.
    assert {icon for icon in shown if f'"{icon}"' in elsewhere} <= {"hand", "book-open"}


@pytest.mark.parametrize(("width", "height", "inches", "language", "step", "low"), TIGHT)
def test_every_help_has_its_place(
    show: Show, picture: Picture, width: int, height: int, inches: float, language: str, step: int, low: bool
) -> None:
    density = math.hypot(width, height) / (inches * 25.4)
    stand = asked(show, width, height, density, "en" if language == "en" else "id")
    stand.window.flow.set_view(View(text_size=step, low_reach=low))
    stand.window.flow.go(KioskVisit().declares(PriorityReason.ELDERLY))
    page = stand.window.shell.helps.page
    assert tuple(page.cards) == tuple(Help)
    page.cards[Help.SIGNS].setChecked(True)
    page.cards[Help.UMBRELLA].setChecked(True)
    settle()
    picture(stand.window, f"kiosk-bantuan-{width}x{height}-{language}-text{step + 1}", sound=False)
    assert_sound(stand.window)
    floor = math.floor(20 * density), math.floor(3 * density)
    assert_targets(stand.window, *floor, among=lambda each: not isinstance(each, SpeakerTab))
    alike = {(card.tick.width(), card.title.font().pixelSize()) for card in page.cards.values()}
    assert len(alike) == 1, "a long name has the same square"
    for card in page.cards.values():
        assert card.isVisible()
        assert not low or card.mapTo(stand.window, card.rect().center()).y() > height // 2
    page.go_on_button.click()
    assert stand.window.flow.scene.visit.help == (Help.SIGNS, Help.UMBRELLA)
    stand.window.close()


def asked(show: Show, width: int, height: int, density: float, language: str) -> KioskBench:
    theme = Theme.for_window("kiosk", width, height)
    theme.set_density(density)
    config = StationConfig(language="en" if language == "en" else "id", kiosk=KioskConfig())
    stand = bench(samples.board(), theme, config=config)
    show(stand.window, width, height)
    return stand
