"""Sentences are really played: clip after clip, the office's own first, names never silent."""

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtMultimedia import QAudioDecoder, QAudioOutput, QMediaPlayer
from pytestqt.qtbot import QtBot

from ult_desktop.devices.voice.guide_voice import GuideVoice
from ult_desktop.devices.voice.reading import Piece, guide_path, read_aloud

pytestmark = pytest.mark.qt_log_ignore("Could not open media", "Could not open file", extend=True)

CLIPS = ("dua", "tiga", "a")


class Listener:
    """Notes what begins to sound."""

    def __init__(self, voice: GuideVoice, qtbot: QtBot) -> None:
        self.voice, self.qtbot = voice, qtbot
        self.heard: list[str] = []
        voice.sounded.connect(self.heard.append)
        voice._player.setPlaybackRate(50)  # without a loudspeaker a clip takes its time

    def say(self, *pieces: Piece) -> list[str]:
        with self.qtbot.waitSignal(self.voice.over):
            self.voice.say(pieces)
        return self.heard


class Mouth(QObject):
    """A system's voice that ends a sentence when told."""

    ended = Signal()
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = True
        self.said: list[str] = []

    def say(self, sentence: str) -> None:
        self.said.append(sentence)

    def stop(self) -> None:
        pass

    def close(self) -> None:
        self.is_ready = False


@pytest.fixture
def listener(qtbot: QtBot) -> Listener:
    return Listener(GuideVoice(), qtbot)


def test_every_clip_of_the_list_is_played_in_its_order(listener: Listener) -> None:
    assert listener.say(*map(Piece, CLIPS)) == list(CLIPS)


def test_the_sound_of_a_sentence_is_as_long_as_its_clips(listener: Listener, qtbot: QtBot) -> None:
    """The player's input is decoded: every clip has sound, as long as its file claims."""
    pieces = read_aloud("NUPTK, nomor A, 115 menunggu, ± 12 menit", "id", ("layanan",))
    told = listener.say(*pieces)
    assert told == [clip for piece in pieces for clip in ((piece.clip,) if piece.clip else piece.instead)]
    files = [listener.voice.path_of(Piece(clip)) for clip in told]
    heard = sum(decoded_seconds(path, qtbot) for path in files)
    assert heard == pytest.approx(sum(map(claimed_seconds, files)), rel=0.02)
    assert heard > 0.2 * len(told)


def decoded_seconds(path: Path, qtbot: QtBot) -> float:
    decoder = QAudioDecoder()
    decoder.setSource(QUrl.fromLocalFile(str(path)))
    lengths: list[int] = []
    decoder.bufferReady.connect(lambda: lengths.append(decoder.read().duration()))
    with qtbot.waitSignal(decoder.finished):
        decoder.start()
    return sum(lengths) / 1e6


def claimed_seconds(path: Path) -> float:
    """The position on the last page of Ogg, less the samples that a decoder drops; 48 kHz (RFC 7845)."""
    data = path.read_bytes()
    last, head = data.rindex(b"OggS"), data.index(b"OpusHead")
    (position,) = struct.unpack_from("<Q", data, last + 6)
    (skipped,) = struct.unpack_from("<H", data, head + 10)
    return float((position - skipped) / 48_000)


def test_what_is_said_later_interrupts_and_what_is_added_waits(listener: Listener, qtbot: QtBot) -> None:
    voice = listener.voice
    voice.say([Piece("silakan-bertanya-kepada-petugas"), Piece("dua")])
    voice.say([Piece("tiga")])
    voice.add([Piece("a")])
    with qtbot.waitSignal(voice.over):
        pass
    voice.add([Piece("b")])
    with qtbot.waitSignal(voice.over):
        pass
    assert listener.heard == ["silakan-bertanya-kepada-petugas", "tiga", "a", "b"]


def test_a_name_is_the_offices_recording_else_its_letters(listener: Listener, tmp_path: Path) -> None:
    assert listener.say(Piece(name="GTK")) == ["g", "t", "k"]
    listener.heard.clear()
    assert listener.say(Piece(name="Dapodik", instead=("layanan",))) == ["layanan"]
    listener.heard.clear()
    assert listener.say(Piece(name="Penerbitan surat keterangan")) == ["silakan-bertanya-kepada-petugas"]
    listener.heard.clear()
    listener.voice.recordings = {"nama-dapodik": guide_path("id", "dua"), "tiga": guide_path("id", "a")}
    assert listener.voice.path_of(Piece("tiga")) == guide_path("id", "a")
    assert listener.say(Piece(name="Dapodik", instead=("layanan",))) == ["Dapodik"]
    listener.voice.language = "en"
    assert listener.voice.path_of(Piece("a")) == guide_path("en", "a")


def test_the_systems_voice_says_names_while_it_lives(qtbot: QtBot) -> None:
    mouth = Mouth()
    voice = GuideVoice(lambda: mouth)
    listener = Listener(voice, qtbot)
    voice.say([Piece(name="Dapodik"), Piece("dua")])
    assert mouth.said == ["Dapodik"]
    with qtbot.waitSignal(voice.over):
        mouth.ended.emit()
    voice.say([Piece(name="GTK"), Piece("dua")])
    with qtbot.waitSignal(voice.over):
        mouth.lost.emit()
    assert listener.say(Piece(name="AB")) == ["Dapodik", "dua", "GTK", "dua", "a", "b"]
    voice.close()


def test_a_voice_that_is_closed_closes_the_systems(qtbot: QtBot) -> None:
    mouth = Mouth()
    voice = GuideVoice(lambda: mouth)
    voice.say([Piece(name="Dapodik")])
    voice.close()
    assert not mouth.is_ready
    voice.softer()
    voice.softer()
    assert voice._output.volume() == 0.5
    voice.louder()
    voice.louder()
    voice.faster()
    assert (voice._output.volume(), voice._player.playbackRate()) == (1.0, 1.25)
    voice.reset()


def test_with_a_loudspeaker_a_clip_ends_with_its_sound(listener: Listener) -> None:
    listener.voice._player.setAudioOutput(QAudioOutput(listener.voice))
    assert listener.say(Piece("dua")) == ["dua"]
    listener.voice._player.errorOccurred.emit(QMediaPlayer.Error.ResourceError, "afterwards")
    assert listener.heard == ["dua"]


def test_a_file_that_is_missing_is_passed_over(listener: Listener, tmp_path: Path) -> None:
    listener.voice.recordings = {"dua": tmp_path / "hilang.wav"}
    assert listener.say(Piece("dua"), Piece("tiga")) == ["dua", "tiga"]
