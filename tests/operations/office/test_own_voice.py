"""The office's own recordings: each clip is there at once, and words say where none can be kept."""

from pathlib import Path

import pytest

from tests.devices.voice.sounds import level
from ult_desktop.base.errors import UserError
from ult_desktop.devices.voice.pack import load_pack
from ult_desktop.devices.voice.pcm import sound_of
from ult_desktop.operations.office.own_voice import keep_clip, own_voice_folder, recorded_clips

WAV = sound_of([level(9000)]).wav


def test_what_is_recorded_is_a_voice_pack_beside_the_office(tmp_path: Path) -> None:
    folder = own_voice_folder(tmp_path / "kantor.db")
    assert folder == tmp_path / "kantor-suara"
    assert recorded_clips(folder) == frozenset()
    keep_clip(folder, "a", WAV)
    keep_clip(folder, "b", WAV)
    keep_clip(folder, "a", sound_of([level(8000)]).wav)
    assert recorded_clips(folder) == {"a", "b"}
    assert load_pack(folder).clips == {"a": level(8000), "b": level(9000)}


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(UserError, match="tidak dapat disimpan"):
        keep_clip(tmp_path / "berkas" / "suara", "a", WAV)


@pytest.mark.parametrize("place", ["away/kantor-suara", "berkas"])
def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, place: str) -> None:
    """A share that is away has not lost its recordings."""
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(UserError, match="tidak dapat disimpan"):
        recorded_clips(tmp_path / place)
