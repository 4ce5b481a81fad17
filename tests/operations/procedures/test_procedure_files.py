"""A procedure's file: a mistake is told by file, line, key and what belongs there."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.operations.procedures import procedures
from ult_desktop.operations.procedures.procedures import load_procedure, procedure_ids, read_procedure

SHIPPED = resource("procedures", "sumut-telepon.toml").read_text(encoding="utf-8")
TABLE = {
    "an unknown key": ("channel =", "chanel =", "chanel: kunci ini tidak dikenal"),
    "a wrong type": ("version = 1", 'version = "1"', "version: seharusnya bilangan bulat, bukan teks"),
    "a negative time": ("minutes = 5", "minutes = -5", "steps[3].time.minutes: nilai ini tidak diterima"),
    "no time": ("minutes = 5", "minutes = 0", "steps[3].time.minutes: nilai ini tidak diterima"),
    "two times": ("minutes = 5", "minutes = 5, working_days = 1", "steps[3].time: tulis tepat satu dari"),
    "an unknown event": ('"outcome_set"', '"outcome"', "steps[3].completes.event: nilai ini tidak diterima"),
    "a dangling branch": ("goto = 4", "goto = 40", "steps[3].branches[2].goto: langkah 40 tidak ada"),
    "a loop": ("next = 6", "next = 5", "steps[5].step: langkah 5 berputar tanpa jalan keluar"),
    "an unknown actor": (
        'completes = { tick = "petugas_telepon" }',
        'completes = { tick = "satpam" }',
        "steps[1].completes.tick: pelaksana “satpam” tidak ada",
    ),
    "a date that is a number": (
        "created = 2019-06-07",
        "created = 7",
        "dates.created: seharusnya tanggal seperti",
    ),
    "not TOML": ("[office]", "[office", "ini bukan TOML yang benar"),
}


@pytest.mark.parametrize("case", TABLE)
def test_a_bad_file(case: str, tmp_path: Path) -> None:
    old, new, told = TABLE[case]
    assert old in SHIPPED
    own = tmp_path / "pos.toml"
    text = SHIPPED.replace(old, new, 1)
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_procedure(own)
    assert told in caught.value.what
    assert f"Berkas {own}, baris " in caught.value.what
    assert caught.value.todo or "seharusnya" in caught.value.what


def test_no_more_is_told_than_anybody_mends_at_once(tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    branches = "".join(
        f'[[steps.branches]]\nwhen = "tersedia"\nlabel = "a"\ngoto = {n}\n' for n in range(1000, 1100)
    )
    own.write_text(SHIPPED + branches, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_procedure(own)
    assert len(caught.value.what.splitlines()) == procedures.FAULTS_SHOWN


def test_the_line_is_the_line(tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    own.write_text(SHIPPED.replace("goto = 4", "goto = 40"), encoding="utf-8")
    line = SHIPPED.splitlines().index("goto = 4") + 1
    with pytest.raises(UserError, match=f"baris {line}: "):
        read_procedure(own)


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    own.write_text(
        SHIPPED.replace("goto = 4", "goto = 40").replace("next = 6", "next = 60"), encoding="utf-8"
    )
    with pytest.raises(UserError) as caught:
        read_procedure(own)
    assert len(caught.value.what.splitlines()) == 2


@pytest.mark.parametrize(("content", "told"), [(b"id = '\xff'", "bukan UTF-8"), (b"", "wajib ada")])
def test_bytes_that_are_no_procedure(content: bytes, told: str, tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    own.write_bytes(content)
    with pytest.raises(UserError, match=told):
        read_procedure(own)


def test_the_shipped_ones_and_ones_own(tmp_path: Path) -> None:
    for name in procedure_ids():
        assert load_procedure(name).id == name
    own = tmp_path / "pos.toml"
    own.write_text(SHIPPED.replace('"sumut-telepon"', '"kantor-kami"'), encoding="utf-8-sig")
    assert load_procedure(str(own)).id == "kantor-kami"


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UserError, match="“bali”") as caught:
        load_procedure("bali")
    assert all(name in caught.value.todo for name in procedure_ids())
