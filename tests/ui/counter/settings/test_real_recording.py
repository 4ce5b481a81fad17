"""The recording kit on a microphone's real road: a sound server, Qt Multimedia, the clip on the disk."""

from pathlib import Path

import pytest

from tests.devices.voice.sounds import tone
from tests.ui.counter.settings.real_studio import real_kit, sound_server
from ult_desktop.devices.voice.pack import load_pack
from ult_desktop.devices.voice.pcm import RATE, sound_of

ROOM, WORD = tone(1.5, 0.002, 50.0), tone(0.4, 0.3)


@pytest.mark.slow
@pytest.mark.posix_only("sound server")
def test_what_is_said_into_a_microphone_becomes_a_clip_and_a_lost_one_is_told(tmp_path: Path) -> None:
    folder, voice = tmp_path / "suara", tmp_path / "kata.wav"
    voice.write_bytes(sound_of([ROOM, WORD, ROOM]).wav)
    with sound_server() as server, real_kit(server, folder) as kit:
        kit.wait_for("Bicaralah sekarang")
        server.say(voice)
        kit.wait_for("Tersimpan")
        server.end()
        kit.wait_for("Mikrofon tidak mengirim suara lagi")
    clip = load_pack(folder).clips["nomor-antrean"]
    assert 0.3 < len(clip) / RATE < 0.55
