"""`voice check` names what a pack lacks."""

from pathlib import Path

import msgspec

from tests.cli.conftest import CommandLine
from tests.devices.voice.sounds import level, write_pack
from ult_desktop.base.paths import resource
from ult_desktop.devices.voice.clips import call_clips
from ult_desktop.devices.voice.pcm import sound_of


def test_the_shipped_pack_is_whole(desk: CommandLine) -> None:
    answer = desk.run("voice", "check", resource("voices", "id-espeak"))
    assert answer.code == 0, answer.err
    assert "(espeak-ng): 62 dari 62 klip" in answer.out


def test_what_a_pack_lacks_is_named(desk: CommandLine, tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "kantor", call_clips()[1:])
    (folder / "c.wav").write_bytes(sound_of([level(32_767)]).wav)
    answer = desk.run("voice", "check", folder)
    assert answer.code == 1
    assert "nomor-antrean.wav belum ada: “Nomor antrean”" in answer.out
    assert "c.wav: Terlalu keras" in answer.out
    assert "Rekam suara kantor" in answer.err
    told = msgspec.json.decode(desk.run("voice", "check", folder, "--json").out)
    assert told["missing"] == ["nomor-antrean"]
    assert told["faults"]["c"] == "clipped"
