"""Words of a wrong office file: the same exact errors as a station's, deep inside lists."""

from pathlib import Path

import pytest

from ult_desktop.base.errors import UserError
from ult_desktop.base.paths import resource
from ult_desktop.base.settings_file import read_settings
from ult_desktop.core.office.template import OfficeTemplate

WRONG = {
    "wrong type in the fourth service": (
        'prefix = "U"',
        'prefix = "U"\nminutes = "15"',
        "services[4].minutes: ",
    ),
    "prefix in small letters": ('prefix = "L"', 'prefix = "l"', "satu atau dua huruf besar"),
    "misspelt key": ('category = "informasi"', 'catgory = "informasi"', "“category”"),
    "missing key": ('key = "informasi"\n', "", "categories[1].key: kunci ini wajib ada"),
    "no name": ('name = "BPMP Provinsi Sumatera Utara"', 'name = ""', "Tidak boleh kosong"),
    "unknown zone": ('"Asia/Jakarta"', '"Asia/Medan"', '"Asia/Jakarta", "Asia/Jayapura"'),
    "hours with a colon": ('friday = ["07.30-11.30"', 'friday = ["07:30-11:30"', "seperti 07.30-12.00"),
    "counter zero": ("number = 1\n", "number = 0\n", "1 sampai 99"),
    "quota zero": ('prefix = "L"', 'prefix = "L"\nquota = 0', "1 sampai 9999"),
    "prefix used twice": ('prefix = "L"', 'prefix = "A"', "services[3].prefix: awalan dipakai dua kali: A"),
    "hours that overlap": ('"13.00-16.30"', '"11.00-16.30"', "hours.friday: friday: jam harus berurutan"),
    "closure without a date": (
        "[[counters]]\nnumber = 1",
        '[[closures]]\ndate = "besok"\nreason = "x"\n[[counters]]\nnumber = 1',
        "closures[1].date: ",
    ),
    "a date for a reason": (
        "[[counters]]\nnumber = 1",
        "[[closures]]\ndate = 2026-12-31\nreason = 2026-12-31\n[[counters]]\nnumber = 1",
        "bukan tanggal seperti 2026-11-21",
    ),
}


@pytest.mark.parametrize(("old", "new", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_office_file_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    shipped = resource("offices", "bpmp-sumut.toml").read_text(encoding="utf-8")
    assert old in shipped
    path = tmp_path / "kantor.toml"
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_settings(path, OfficeTemplate)
    assert words in str(caught.value)
    assert str(path) in caught.value.what


def test_the_line_is_that_of_the_value(tmp_path: Path) -> None:
    shipped = resource("offices", "bpmp-sumut.toml").read_text(encoding="utf-8")
    line = shipped[: shipped.index('prefix = "L"')].count("\n") + 1
    path = tmp_path / "kantor.toml"
    path.write_text(shipped.replace('prefix = "L"', "prefix = 12"), encoding="utf-8")
    with pytest.raises(UserError, match=f"baris {line}: services\\[3\\].prefix"):
        read_settings(path, OfficeTemplate)


CONTRADICTIONS = {
    "a service that a counter serves": (
        "number = 2\n",
        'serves = ["X"]\nnumber = 2\n',
        "counters[2].serves",
        "Yang ada: A, B",
    ),
    "a category that is not there": (
        'category = "informasi"',
        'category = "izin"',
        "services[1].category",
        "Yang ada: informasi",
    ),
    "the priority series": ('prefix = "L"', 'prefix = "P"', "services[3].prefix", "Pilih yang belum dipakai"),
}


@pytest.mark.parametrize(("old", "new", "where", "todo"), CONTRADICTIONS.values(), ids=CONTRADICTIONS.keys())
def test_a_contradiction_is_told_where_it_can_be_mended(
    tmp_path: Path, old: str, new: str, where: str, todo: str
) -> None:
    shipped = resource("offices", "bpmp-sumut.toml").read_text(encoding="utf-8")
    assert old in shipped
    path = tmp_path / "kantor.toml"
    path.write_text(shipped.replace(old, new, 1), encoding="utf-8")
    line = shipped[: shipped.index(old)].count("\n") + 1
    with pytest.raises(UserError) as caught:
        read_settings(path, OfficeTemplate)
    assert f"baris {line}: {where}: " in caught.value.what
    assert todo in caught.value.todo
