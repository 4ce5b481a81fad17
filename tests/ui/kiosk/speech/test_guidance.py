"""A visitor with closed eyes: they hear what is said, press six keys, and get their number."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture, Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.code.test_codes import open_book
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import CALM, Ear, KioskBench
from tests.ui.shown import timer_of
from ult_desktop.base.config import KioskConfig, StationConfig
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.devices.voice.reading import Piece, own_clip
from ult_desktop.operations.office.own_voice import keep_clip
from ult_desktop.ui.kiosk.speech.guidance import SaidLine, follow_headset, page_targets
from ult_desktop.ui.kiosk.visit import CodePurpose, KioskVisit, Screen

if TYPE_CHECKING:
    from ult_desktop.devices.voice.headset import HeadsetWatch
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

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.presses += 1
        QTest.keyClick(self.kiosk.window.windowHandle(), key, modifier)

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
    kiosk = set_up(config=StationConfig(language=language))
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


def test_whoever_works_with_the_keys_is_not_taken_for_lost(set_up: SetUp) -> None:
    """Each key that is answered by words led somewhere."""
    visitor = Visitor(set_up(times=replace(CALM, fruitless=0)))
    visitor.press(Key.Key_F1)
    for _turn in range(8):
        visitor.press(Key.Key_Down)
    assert visitor.kiosk.window.flow.scene.visit.is_at_start


def test_the_next_question_is_read_though_the_page_is_the_same(visitor: Visitor) -> None:
    window, link = visitor.kiosk.window, visitor.kiosk.link
    visitor.press(Key.Key_F1)
    window.flow.go(KioskVisit().asks_code(CodePurpose.BOOK))
    window.flow.look_up("A012")
    link.answer_last(samples.known())
    assert visitor.hears("Siapa nama Anda?")
    visitor.press(Key.Key_Return)
    assert visitor.heard == ["A"]
    visitor.press(Key.Key_Right)
    visitor.press(Key.Key_Return)
    assert visitor.hears("Dari instansi atau sekolah mana?")


def test_next_passes_over_what_may_be_left_out(visitor: Visitor) -> None:
    """With one key where nothing was typed, and wherever the card for it stands."""
    window = visitor.kiosk.window
    visitor.press(Key.Key_F1)
    open_book(visitor.kiosk, samples.known(regencies=tuple(f"Kabupaten {place}" for place in range(30))))
    visitor.press(Key.Key_Right)
    assert window.shell.writing.page.question.title == "Siapa nama Anda?", "the name is needed"
    window.flow.guest_book.answer("Ani")
    for _question in ("instansi", "orang"):
        visitor.press(Key.Key_Right)
    assert visitor.hears("Dari kabupaten atau kota mana?")
    visitor.press(Key.Key_Right)
    assert visitor.heard == ["Lewati"]
    assert window.shell.choice.page.grid.page > 0
    visitor.press(Key.Key_Return)
    assert visitor.hears("Nomor telepon Anda?")
    visitor.press(Key.Key_Return)
    visitor.press(Key.Key_Right)
    assert visitor.heard == ["Lanjut"], "what was typed is not passed over"


@pytest.mark.parametrize(("width", "height"), [(1080, 1920), (1366, 768)])
def test_by_ear_letters_stand_in_the_order_of_the_alphabet(
    kiosk: KioskBench, visitor: Visitor, show: Show, width: int, height: int
) -> None:
    show(kiosk.window, width, height)
    visitor.press(Key.Key_F1)
    visitor.seek("Isi survei")
    visitor.press(Key.Key_Return)
    grid = kiosk.window.shell.code.page.keyboard.code
    spoken = [each.accessibleName() for each in page_targets(kiosk.window.shell) if each in grid.keys]
    assert "".join(spoken) == "1234567890ABCDEFGHIJKLMNOPQRSTUVWXYZ-/."
    kiosk.window.guidance.end()
    assert [key.accessibleName() for key in grid.keys[10:13]] == list("QWE")


def test_a_service_without_a_voice_for_its_name_is_told_by_its_letter(set_up: SetUp) -> None:
    for language, word in (("id", "layanan"), ("en", "en-service")):
        visitor = Visitor(set_up(config=StationConfig(language=language)))
        visitor.press(Key.Key_F1)
        visitor.kiosk.window.flow.take(1)
        visitor.kiosk.link.answer(samples.issued())
        pieces = cast("Ear", visitor.kiosk.window.guidance.voice).pieces
        assert [each.instead for each in pieces if each.name] == [(word, "a")]


def test_who_listens_has_not_gone(set_up: SetUp) -> None:
    visitor = Visitor(set_up())
    visitor.press(Key.Key_F1)
    visitor.press(Key.Key_Down)
    window = visitor.kiosk.window
    window.flow.go(KioskVisit().goes_to(Screen.GROUND))
    visitor.kiosk.fall_silent()
    assert window.flow.scene.still_there is not None
    window.shell.still_there.page.stayed.emit()
    window.waiting.patience.stop()
    cast("Ear", window.guidance.voice).sounded.emit("dua")
    assert timer_of(window.waiting.patience).isActive()


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
    assert visitor.kiosk.window.flow.scene.visit.is_at_start


def test_help_reads_the_page_again_and_next_tells_the_requirements(visitor: Visitor) -> None:
    visitor.press(Key.Key_F1)
    first = visitor.heard
    visitor.press(Key.Key_Down)
    visitor.press(Key.Key_F1)
    assert visitor.heard[0] == first[3]
    visitor.press(Key.Key_Right)
    assert visitor.hears("Persyaratan")
    visitor.press(Key.Key_Escape)
    assert visitor.hears(first[3])


def test_the_loudspeaker_is_touched_and_everything_is_as_it_was_after_the_visitor(
    visitor: Visitor, qtbot: QtBot
) -> None:
    window, guidance = visitor.kiosk.window, visitor.kiosk.window.guidance
    speaker = window.shell.speaker
    qtbot.mouseClick(speaker, Qt.MouseButton.LeftButton)
    assert visitor.hears("Panduan suara menyala.")
    assert speaker.isChecked()
    window.end_visit()
    assert not guidance.on
    assert not speaker.isChecked()
    assert cast("Ear", guidance.voice).steps == ["reset"]
    visitor.heard = []
    visitor.press(Key.Key_Down)
    assert visitor.heard == []
    qtbot.mouseClick(speaker, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(speaker, Qt.MouseButton.LeftButton)
    assert not guidance.on


def test_louder_and_faster_are_under_the_display_settings(visitor: Visitor, picture: Picture) -> None:
    visitor.press(Key.Key_F1)
    visitor.seek("Tampilan", whole=True)
    visitor.press(Key.Key_Return)
    visitor.seek("Suara lebih keras", whole=True)
    picture(visitor.kiosk.window, "kiosk-suara-tampilan-1080x1920")
    visitor.press(Key.Key_Return)
    assert visitor.hears("Tampilan layar"), "the page is read in the new voice"
    visitor.seek("Suara lebih cepat", whole=True)
    visitor.press(Key.Key_Return)
    visitor.press(Key.Key_VolumeUp)
    visitor.press(Key.Key_VolumeDown)
    voice = cast("Ear", visitor.kiosk.window.guidance.voice)
    assert voice.steps == ["louder", "faster", "louder", "softer"]
    visitor.kiosk.window.end_visit()
    visitor.kiosk.window.flow.go(KioskVisit().steps_aside(Screen.OPTIONS))
    assert not visitor.kiosk.window.shell.options.page._louder.isVisible()


def test_a_headset_turns_it_on_and_off(set_up: SetUp) -> None:
    visitor = Visitor(set_up(config=StationConfig(kiosk=KioskConfig(headset=("F15", "F16")))))
    guidance = visitor.kiosk.window.guidance
    for plugged, key in (
        (True, Key.Key_F15),
        (True, Key.Key_F15),
        (False, Key.Key_F16),
        (False, Key.Key_F16),
    ):
        visitor.press(key)
        assert guidance.on is plugged


class Socket(QObject):
    """Tells of headsets as the system does."""

    plugged = Signal(bool)


def test_a_headset_alone_turns_it_on_and_off(visitor: Visitor) -> None:
    """Without a keypad that would tell of it."""
    guidance, socket = visitor.kiosk.window.guidance, Socket()
    follow_headset(guidance, lambda _parent: cast("HeadsetWatch", socket))
    for plugged in (True, True, False, False):
        socket.plugged.emit(plugged)
        assert guidance.on is plugged
    socket.plugged.emit(True)
    assert visitor.hears("Panduan suara menyala.")


def test_without_the_sound_libraries_no_headset_is_noticed(kiosk: KioskBench) -> None:
    def lacking(_parent: QObject) -> "HeadsetWatch":
        raise ImportError

    follow_headset(kiosk.window.guidance, lacking)
    assert not kiosk.window.guidance.on


def test_requirements_and_regencies_are_said_by_the_offices_recordings(
    visitor: Visitor, qtbot: QtBot, tmp_path: Path
) -> None:
    window = visitor.kiosk.window
    needed = samples.board().lines[0].service.requirements[0].indonesian
    for name in (own_clip(needed), own_clip("Kabupaten Bulungan")):
        keep_clip(tmp_path, name, b"RIFF")
    window.guidance.use_own_voice(tmp_path)
    qtbot.waitUntil(lambda: len(window.guidance._own_clips) == 2)
    visitor.press(Key.Key_F1)
    visitor.press(Key.Key_Right)
    assert visitor.hears(needed)
    pieces = cast("Ear", window.guidance.voice).pieces
    assert Piece(name=needed) in pieces, "whole, though some of its words have clips"
    open_book(visitor.kiosk)
    for said in ("Ani", "SDN 1", "2"):
        window.flow.guest_book.answer(said)
    assert visitor.hears("Dari kabupaten atau kota mana?")
    visitor.seek("Kabupaten Bulungan")
    named = [each for each in cast("Ear", window.guidance.voice).pieces if each.name]
    assert [each.name for each in named] == ["Kabupaten Bulungan"]
    assert all(each.instead for each in named), "its place, where no voice says a name"


def test_the_offices_recordings_are_fetched_from_the_share(
    visitor: Visitor, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "office-suara"
    keep_clip(folder, "nama-dapodik", b"RIFF")
    guidance = visitor.kiosk.window.guidance
    guidance.use_own_voice(folder)
    qtbot.waitUntil(lambda: guidance._own_clips != {})
    visitor.press(Key.Key_F1)
    own = cast("Ear", guidance.voice).recordings
    assert own["nama-dapodik"].read_bytes() == b"RIFF"
    assert folder not in own["nama-dapodik"].parents


@pytest.mark.parametrize("back", [Key.Key_F21, Key.Key_F23])
@pytest.mark.parametrize("onward", [Key.Key_F22, Key.Key_F24])
def test_storms_keypads_as_delivered(set_up: SetUp, back: Qt.Key, onward: Qt.Key) -> None:
    visitor = Visitor(set_up(config=StationConfig(kiosk=KioskConfig(pad="storm"))))
    shell = visitor.kiosk.window.shell
    visitor.press(Key.Key_F15)
    assert visitor.hears("Panduan suara menyala.")
    first = visitor.heard[-2:]
    visitor.press(Key.Key_F19)
    visitor.press(Key.Key_F18)
    assert visitor.heard == first[-len(visitor.heard) :]
    visitor.press(onward)
    assert shell.info.page.isVisible()
    visitor.press(back)
    assert shell.home.isVisible()
    visitor.press(Key.Key_F17)
    visitor.press(Key.Key_F20)
    assert [ask.service_id for ask in visitor.kiosk.link.asked] == [1]
    visitor.press(Key.Key_F16)
    assert not visitor.kiosk.window.guidance.on


def test_a_number_pad_is_a_keypad_too_and_a_scanner_is_none(set_up: SetUp) -> None:
    pad = KioskConfig(pad="numbers")
    visitor = Visitor(set_up(config=StationConfig(kiosk=pad)))
    visitor.press(Key.Key_0)
    assert visitor.heard == []
    on_pad = Qt.KeyboardModifier.KeypadModifier
    visitor.press(Key.Key_0, modifier=on_pad)
    assert visitor.hears("Panduan suara menyala.")
    visitor.heard = []
    visitor.press(Key.Key_8)
    assert visitor.heard == []
    visitor.kiosk.window.keys.stop()  # as a digit of a keyboard it would take the eighth number in a moment
    visitor.press(Key.Key_2, modifier=on_pad)
    visitor.press(Key.Key_5, modifier=on_pad)
    assert [ask.service_id for ask in visitor.kiosk.link.asked] == [2]


def test_an_officer_tries_the_sound_and_turns_nothing_on(visitor: Visitor) -> None:
    guidance = visitor.kiosk.window.guidance
    guidance.say_title()
    assert len(visitor.heard) == 1
    assert not guidance.on
    visitor.press(Key.Key_F1)
    heard = visitor.heard
    guidance.say_title()
    assert visitor.heard == heard, "whoever listens is not interrupted"


def test_without_the_sound_libraries_there_is_no_loudspeaker(kiosk: KioskBench) -> None:
    def lacking(_parent: QObject) -> GuideVoice:
        raise ImportError

    guidance = kiosk.window.guidance
    guidance.open_voice = lacking
    guidance.say_title()
    guidance.toggle()
    assert not guidance.on
    assert not kiosk.window.shell.speaker.isVisible()


def test_what_has_the_focus_is_seen(visitor: Visitor) -> None:
    visitor.press(Key.Key_F1)
    window = visitor.kiosk.window
    for _turn in range(4):
        here = window.focusWidget()
        focused = here.grab().toImage()
        visitor.press(Key.Key_Down)
        assert here.grab().toImage() != focused
