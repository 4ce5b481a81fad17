"""A visitor with closed eyes: they hear what is said, press six keys, and get their number."""

from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import Ear, KioskBench
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.operations.office.own_voice import keep_clip
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.speech.page_words import SaidLine

if TYPE_CHECKING:
    from ult_desktop.ui.kiosk.speech.guidance import Guidance

Key = Qt.Key


class Visitor:
    """Knows only what was said, and presses only the six keys."""

    def __init__(self, kiosk: KioskBench) -> None:
        self.kiosk, self.presses = kiosk, 0
        self.heard: list[str] = []
        guidance: Guidance = kiosk.window.guidance
        guidance.said.connect(self._hear)

    def _hear(self, lines: tuple[SaidLine, ...]) -> None:
        self.heard = [line.text for line in lines]

    def press(self, key: Qt.Key, times: int = 1) -> None:
        for _turn in range(times):
            self.presses += 1
            QTest.keyClick(self.kiosk.window.windowHandle(), key)

    def hears(self, words: str) -> bool:
        return any(words in each for each in self.heard)

    def seek(self, words: str, most: int = 40, *, whole: bool = False) -> None:
        """Go on until that is what is focused: it is said last."""
        for _turn in range(most):
            if any(words == each if whole else words in each for each in self.heard[-3:]):
                return
            self.press(Key.Key_Down)
        raise AssertionError(f"never heard “{words}”, last {self.heard}")


@pytest.fixture
def visitor(kiosk: KioskBench) -> Visitor:
    return Visitor(kiosk)


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_number_with_six_keys(set_up: SetUp, qtbot: QtBot, language: str, picture: Picture) -> None:
    kiosk = set_up(config=StationConfig(language=language))  # type: ignore[arg-type]
    visitor = Visitor(kiosk)
    visitor.press(Key.Key_F1)
    assert visitor.hears({"id": "mengambil nomor antrean", "en": "take a queue number"}[language])
    wanted = kiosk.window.shell.home.grid.cards[2].face
    visitor.seek(wanted.title)
    assert visitor.hears(wanted.status[0]), "the load is heard before the choice"
    picture(kiosk.window, f"kiosk-suara-{language}-1080x1920")
    visitor.press(Key.Key_Return)
    assert [ask.service_id for ask in kiosk.link.asked] == [3]
    kiosk.link.answer(samples.issued())
    assert visitor.hears(samples.issued().label)
    assert visitor.presses <= 8
    kiosk.spool.settle(PrintOutcome.PRINTED)
    qtbot.waitUntil(lambda: kiosk.window.shell.taken.has_paper)
    picture(kiosk.window, f"kiosk-suara-nomor-{language}-1080x1920")


def test_a_priority_number_with_a_wheelchair(visitor: Visitor) -> None:
    visitor.press(Key.Key_F1)
    visitor.seek("Layanan prioritas")
    visitor.press(Key.Key_Return)
    visitor.seek("Penyandang disabilitas")
    visitor.press(Key.Key_Return)
    visitor.seek("Kursi roda")
    visitor.press(Key.Key_Return)
    assert visitor.heard == ["Terpilih"]
    visitor.press(Key.Key_Right)
    visitor.press(Key.Key_Return)
    visitor.seek(visitor.kiosk.window.shell.home.grid.cards[0].face.title)
    visitor.press(Key.Key_Return)
    (ask,) = visitor.kiosk.link.asked
    assert (ask.priority, ask.help) == (PriorityReason.DISABILITY, (Help.WHEELCHAIR,))


def test_what_is_typed_is_said(visitor: Visitor) -> None:
    visitor.press(Key.Key_F1)
    visitor.seek("Isi survei")
    visitor.press(Key.Key_Return)
    assert visitor.hears("Berapa nomor antrean Anda?")
    visitor.seek("A", most=60, whole=True)
    visitor.press(Key.Key_Return)
    assert visitor.kiosk.window.shell.code.page.text == "A"
    assert visitor.heard == ["A"]
    visitor.seek("Hapus", most=60)
    visitor.press(Key.Key_Return)
    assert visitor.heard == ["Kosong"]
    visitor.press(Key.Key_Escape)
    assert visitor.kiosk.window.flow.scene.visit.at_start


def test_help_reads_the_page_again_and_next_tells_the_requirements(visitor: Visitor) -> None:
    visitor.press(Key.Key_F1)
    first = visitor.heard
    visitor.press(Key.Key_Down)
    visitor.press(Key.Key_F1)
    assert visitor.heard[0] == first[2]
    visitor.press(Key.Key_Right)
    assert visitor.hears("Persyaratan")
    visitor.press(Key.Key_Escape)
    assert visitor.hears(first[2])


def test_the_loudspeaker_is_touched_and_everything_is_as_it_was_after_the_visitor(
    visitor: Visitor, qtbot: QtBot
) -> None:
    window, guidance = visitor.kiosk.window, visitor.kiosk.window.guidance
    assert not guidance.louder.isVisible()
    middle = guidance.key.geometry().center().y()
    assert 0.35 * window.height() < middle < 0.65 * window.height()
    qtbot.mouseClick(guidance.key, Qt.MouseButton.LeftButton)
    assert visitor.hears("Panduan suara menyala.")
    ear = cast("Ear", guidance.voice)
    qtbot.mouseClick(guidance.louder, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(guidance.faster, Qt.MouseButton.LeftButton)
    window.end_visit()
    assert not guidance.on
    assert ear.steps == ["louder", "faster", "reset"]
    assert not guidance.louder.isVisible()
    visitor.heard = []
    visitor.press(Key.Key_Down)
    assert visitor.heard == []
    qtbot.mouseClick(guidance.key, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(guidance.key, Qt.MouseButton.LeftButton)
    assert not guidance.on


def test_the_offices_recordings_are_fetched_from_the_share(
    visitor: Visitor, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "office-suara"
    keep_clip(folder, "nama-dapodik", b"RIFF")
    guidance = visitor.kiosk.window.guidance
    guidance.use_own_voice(folder)
    qtbot.waitUntil(lambda: guidance._own != {})
    visitor.press(Key.Key_F1)
    own = cast("Ear", guidance.voice).own
    assert own["nama-dapodik"].read_bytes() == b"RIFF"
    assert folder not in own["nama-dapodik"].parents


def test_a_number_pad_is_a_keypad_too(set_up: SetUp) -> None:
    pad = KioskConfig(keypad=("8", "2", "4", "6", "5", "0"))
    visitor = Visitor(set_up(config=StationConfig(kiosk=pad)))
    visitor.kiosk.window.guidance.turn()
    visitor.press(Key.Key_2)
    visitor.press(Key.Key_5)
    assert [ask.service_id for ask in visitor.kiosk.link.asked] == [2]


def test_without_the_sound_libraries_there_is_no_loudspeaker(kiosk: KioskBench) -> None:
    def lacking(_parent: QObject) -> GuideVoice:
        raise ImportError

    guidance = kiosk.window.guidance
    guidance.open_voice = lacking
    guidance.turn()
    assert not guidance.key.isVisible()
    assert not guidance.on


@pytest.mark.parametrize("low", [False, True])
def test_the_loudspeaker_covers_nothing_that_is_touched(
    kiosk: KioskBench, picture: Picture, low: bool
) -> None:
    window = kiosk.window
    window.flow.set_view(View(low_reach=low, large_text=low))
    window.guidance.turn()
    picture(window, f"kiosk-suara-{'rendah' if low else 'biasa'}-1080x1920")
    mine = (window.guidance.key, window.guidance.louder, window.guidance.faster)
    others = [each for each in window.findChildren(QAbstractButton) if each.isVisible() and each not in mine]
    for key in mine:
        box = key.geometry()
        for other in others:
            corner = other.mapTo(window, other.rect().topLeft())
            assert not box.intersects(other.rect().translated(corner)), other.accessibleName()
