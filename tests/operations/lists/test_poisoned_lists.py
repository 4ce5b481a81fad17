"""Small files that stand for lists without end: each meets its bound, and is refused with words."""

import pytest

from benchmarks.survival import poison
from ult_desktop.base.errors import UserError
from ult_desktop.operations.lists import list_files, workbooks
from ult_desktop.operations.lists.list_files import parse_list


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the same bounds, nearer."""
    monkeypatch.setattr(list_files, "LAST_ROW", 1000)
    monkeypatch.setattr(list_files, "MAX_ROWS", 100)
    monkeypatch.setattr(list_files, "MAX_CELLS", 300)
    monkeypatch.setattr(list_files, "MAX_LETTERS", 5000)
    monkeypatch.setattr(list_files, "LONGEST_CELL", 1000)
    monkeypatch.setattr(workbooks, "MAX_MERGES", 50)
    monkeypatch.setattr(workbooks, "MAX_UNPACKED", 100_000)
    monkeypatch.setattr(workbooks, "MAX_AREA", 10_000)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.xlsx", poison.far_row(), "terlalu banyak baris kosong"),
        ("x.xlsx", poison.far_corner(), "terlalu banyak baris kosong"),
        ("x.xlsx", poison.workbook(b'<row><c r="XFD2"><v>1</v></c></row>'), "terlalu besar"),
        ("x.xlsx", poison.workbook(b'<row><c r="AAAA1"><v>1</v></c></row>'), "terlalu besar"),
        ("x.xlsx", poison.workbook(b'<row><c x=">" r="XFD2"><v>1</v></c></row>'), "terlalu besar"),
        ("x.xlsx", poison.workbook(b"<row>" + b"<c/>" * 20_000 + b"<c><v>1</v></c></row>"), "terlalu besar"),
        ("x.xlsx", poison.empty_rows(1001), "terlalu banyak baris kosong"),
        ("x.xlsx", poison.merges(1), "lebih dari 100 baris"),
        ("x.xlsx", poison.one_text_in_many_cells(1001, 2), "baris 1: satu sel berisi lebih dari 1000 huruf"),
        ("x.xlsx", poison.one_text_in_many_cells(900, 9), "lebih dari 5000 huruf"),
        ("x.xlsx", poison.zip_bomb(100_000), "terlalu besar"),
        ("x.csv", b"\n" * 1001, "terlalu banyak baris kosong"),
        ("x.csv", b"a\n" * 116, "lebih dari 100 baris"),
        ("x.csv", b"a;b;c;d\n" * 80, "lebih dari 300 sel"),
        ("x.csv", b"a;" + b"x" * 1001, "baris 1: satu sel"),
        ("x.json", b"[" + b'{"a":1},' * 115 + b'{"a":1}]', "lebih dari 100 baris"),
        ("x.json", b'[{"%b":{"a":1}}]' % (b"k" * 2000), "baris 0: satu sel"),
    ],
)
def test_a_bound_is_met(name: str, data: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words) as refusal:
        parse_list(data, name)
    assert refusal.value.safe == "Tidak ada yang diimpor."
    assert refusal.value.todo


def test_too_many_merges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MAX_MERGES", 50)
    assert parse_list(poison.merges(50), "x.xlsx").notes
    with pytest.raises(UserError, match="terlalu besar"):
        parse_list(poison.merges(51), "x.xlsx")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(poison.POISONED.keys() - {"kosong.xlsx", "baris.csv"}))
def test_at_the_real_bounds(name: str) -> None:
    """All but those that pass a million empty rows first, which is too slow for a test."""
    poisoned = poison.POISONED[name]()
    if name == "lebar.csv":
        assert parse_list(poisoned, name).lines
        return
    with pytest.raises(UserError) as refusal:
        parse_list(poisoned, name)
    assert refusal.value.todo
