"""Voice packs: whole, incomplete, and wrong in every way an office can get them wrong."""

from pathlib import Path

import pytest
from hypothesis import example, given, strategies as st

from tests.devices.voice.sounds import ABOUT, level, levels, pack_of, write_pack
from tests.examples import examples
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue.spoken import spoken_call
from ult_desktop.devices.voice.clips import call_clips
from ult_desktop.devices.voice.pack import load_pack
from ult_desktop.devices.voice.pcm import sound_of

CALL = spoken_call("A", 12, 2)


def test_a_whole_pack(tmp_path: Path) -> None:
    pack = load_pack(write_pack(tmp_path / "tarakan"))
    assert pack.about.name == "Suara Tarakan"
    assert pack.missing == ()
    assert pack.can_say(CALL)


def test_a_pack_that_lacks_clips_names_them(tmp_path: Path) -> None:
    names = [name for name in call_clips() if name not in ("dua", "z")]
    pack = load_pack(write_pack(tmp_path / "tarakan", names))
    assert pack.missing == ("z", "dua")
    assert not pack.can_say(CALL)
    assert pack.can_say(spoken_call("B", 13, 4))


def test_clips_are_trimmed(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "tarakan")
    (folder / "a.wav").write_bytes(sound_of([level(0, 9000), level(8000), level(0, 9000)]).wav)
    assert len(load_pack(folder).clips["a"]) < 500


def test_a_final_take_is_used_where_there_is_one(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "tarakan")
    (folder / "dua-akhir.wav").write_bytes(sound_of([level(9000)]).wav)
    pack = load_pack(folder)
    assert pack.last_word("dua") == level(9000)
    assert pack.last_word("tiga") == pack.clips["tiga"]


def test_a_clip_of_a_wrong_format_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path / "tarakan")
    (folder / "lima.wav").write_bytes(b"OggS")
    with pytest.raises(UserError, match=r"lima\.wav"):
        load_pack(folder)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ("name = x\n", "line 1"),
        ("name = 3\n", "name"),
        ('name = "x"\nlanguage = "id"\n', "licence"),
        (ABOUT + "speed = 2\n", "speed"),
        ("\udcff", "utf-8"),
    ],
    ids=["broken", "wrong-type", "lacks-key", "unknown-key", "not-text"],
)
def test_a_wrong_pack_file_is_named_with_the_fault(tmp_path: Path, about: str, told: str) -> None:
    folder = write_pack(tmp_path / "tarakan")
    (folder / "pack.toml").write_bytes(about.encode("utf-8", "surrogateescape"))
    with pytest.raises(UserError) as caught:
        load_pack(folder)
    assert "pack.toml" in caught.value.what
    assert told in caught.value.what
    assert 'language = "id"' in caught.value.todo


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak-ada"):
        load_pack(tmp_path / "tidak-ada")


def test_a_pack_without_final_takes_still_ends_a_sentence() -> None:
    assert pack_of(levels()).last_word("dua") == levels()["dua"]


@examples(60)
@given(st.binary(max_size=80), st.integers(0, 60), st.binary(max_size=6))
@example(b"a = " + b"[" * 3000, 0, b"")
def test_a_pack_of_any_bytes_is_read_or_refused(tmp_path: Path, text: bytes, place: int, junk: bytes) -> None:
    folder = tmp_path / "suara"
    folder.mkdir(exist_ok=True)
    wav = sound_of([level(9000)]).wav
    (folder / "pack.toml").write_bytes(ABOUT.encode())
    (folder / "a.wav").write_bytes(wav[:place] + junk + wav[place + len(junk) :])
    try:
        load_pack(folder)
    except UserError as told:
        assert "a.wav" in told.what  # noqa: PT017  (refused is as good as read)
    (folder / "pack.toml").write_bytes(text)
    with pytest.raises(UserError, match=r"pack\.toml"):
        load_pack(folder)
