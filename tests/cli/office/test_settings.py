"""`office`: the settings of a living office are read, written to a file, and changed by it."""

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.operations.office.office_files import read_office

Edits = dict[str, str]
There = tuple[str, Path]


@pytest.fixture
def there(desk: CommandLine) -> There:
    return ("--database", desk.path)


@pytest.fixture
def file(desk: CommandLine, tmp_path: Path, there: There) -> Path:
    """Return the file that the office exported."""
    path = tmp_path / "kantor.toml"
    answer = desk.run("office", "export", path, *there)
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == f"Pengaturan BPMP Provinsi Kalimantan Utara ditulis ke {path}.\n"
    return path


def edit(file: Path, edits: Edits, more: str = "") -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in edits.items():
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text + more, encoding="utf-8")


CLOSED = '\n[[closures]]\ndate = 2026-12-24\nreason = "Rapat kerja"\n'
RAMADAN = '\n[[ramadan]]\nfirst = 2027-02-08\nlast = 2027-03-09\nhours = { monday = ["08.00-15.00"] }\n'
NEW_SERVICE = '\n[[services]]\nprefix = "Q"\nname = { id = "Legalisasi" }\nhelpdesk = ["siti"]\n'


def test_what_holds_now_is_shown(desk: CommandLine, there: There, file: Path) -> None:
    edit(file, {}, CLOSED + RAMADAN)
    assert desk.run("office", "apply", file, "--yes", *there).code == 0
    out = desk.run("office", "show", *there).out
    assert out.startswith(f"Unit Layanan Terpadu, BPMP Provinsi Kalimantan Utara\n{desk.now.tzinfo}\n")
    assert "  Kamis, 24 Desember 2026  Rapat kerja\n" in out
    assert (
        "\nRamadan Senin, 8 Februari 2027 s.d. Selasa, 9 Maret 2027\n  Senin   08.00-15.00\n  Selasa  tutup\n"
        in out
    )
    assert "  R  Rapor Pendidikan (20 menit, kuota 20)\n" in out
    assert "  4  Loket Prioritas, prioritas: semua layanan\n" in out
    assert "  3  Loket Data: L, M, R, U\n" in out
    assert "  cases.related_unit = Unit Terkait\n" in out
    row = desk.run("office", "show", *there, "--json").row
    assert row["closures"] == [{"date": "2026-12-24", "reason": "Rapat kerja"}]


@pytest.mark.slow
def test_the_file_founds_the_same_office_anew(desk: CommandLine, file: Path, tmp_path: Path) -> None:
    second = tmp_path / "kedua" / "office.db"
    second.parent.mkdir()
    assert desk.run("init", second, "--office", file).code == 0
    again = tmp_path / "lagi.toml"
    assert desk.run("office", "export", again, "--database", second).code == 0
    assert read_office(again) == read_office(file)
    assert desk.run("office", "export", "-", "--database", second).out == file.read_text(encoding="utf-8")
    assert desk.run("office", "apply", file, "--database", second).out == "Tidak ada perbedaan.\n"


def test_a_file_is_only_overwritten_on_purpose(desk: CommandLine, file: Path, there: There) -> None:
    file.write_text("catatan saya", encoding="utf-8")
    answer = desk.run("office", "export", file, *there)
    assert (answer.code, file.read_text(encoding="utf-8")) == (1, "catatan saya")
    assert "--force" in answer.err
    assert desk.run("office", "export", file, "--force", *there).code == 0
    nowhere = file.parent / "tidak-ada" / "kantor.toml"
    answer = desk.run("office", "export", nowhere, *there)
    assert answer.code == 1
    assert f"{nowhere} tidak dapat ditulis" in answer.err


def test_a_good_file_is_told_with_its_oddities(desk: CommandLine, file: Path) -> None:
    edit(file, {"working_days = []": "working_days = [2026-12-25, 2026-12-28]"})
    answer = desk.run("office", "check", file)
    assert answer.code == 0
    assert answer.out.endswith("BPMP Provinsi Kalimantan Utara: 8 layanan, 4 loket, dapat dipakai.\n")
    assert desk.run("office", "check", file, "--json").row["services"] == 8


@pytest.mark.parametrize("command", ["check", "apply"])
def test_a_wrong_file_is_told_by_line_key_and_form(
    desk: CommandLine, file: Path, command: str, there: There
) -> None:
    edit(file, {'serves = ["L",': 'serves = ["X",'})
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if "serves = [" in text)
    answer = desk.run("office", command, file, *(there if command == "apply" else ()))
    assert (answer.code, answer.out) == (2, "")
    assert f"{file}, baris {line}: counters[3].serves: layanan tidak ada dalam berkas ini: X." in answer.err
    assert "Yang ada: A, B, L, M, R, S, U, Z." in answer.err


def test_the_difference_is_shown_and_asked_for(desk: CommandLine, file: Path, there: There) -> None:
    edit(
        file,
        {"max_calls = 3": "max_calls = 2", 'related_unit = "Unit Terkait"': 'related_unit = "Unit Utama"'},
        CLOSED + NEW_SERVICE,
    )
    answer = desk.run("office", "apply", file, *there, typed="y\n")
    assert answer.code == 0, answer.err
    assert answer.out.splitlines() == [
        "[services]",
        "  services[Q]: – → Legalisasi",
        "[closures]",
        "  closures[2026-12-24]: – → Rapat kerja",
        "[calling]",
        "  calling.max_calls: 3 → 2",
        "[cases]",
        "  cases.related_unit: Unit Terkait → Unit Utama",
        "Berlaku mulai sekarang di semua stasiun.",
    ]
    assert desk.take("Q")["label"] == "Q001"
    assert "services[Q]" not in desk.run("office", "apply", file, *there).out


def test_a_no_changes_nothing(desk: CommandLine, file: Path, there: There) -> None:
    edit(file, {}, CLOSED)
    before = desk.path.read_bytes()
    assert "Ulangi dengan --yes" in desk.run("office", "apply", file, *there).err
    answer = desk.run("office", "apply", file, *there, typed="n\n")
    assert answer.code == 1
    assert "Rapat kerja" in answer.out
    assert desk.path.read_bytes() == before


def test_a_dry_run_changes_nothing_and_says_what_would_be_refused(
    desk: CommandLine, file: Path, there: There
) -> None:
    edit(file, {str(desk.now.tzinfo): "Asia/Jayapura"})
    assert desk.run("office", "apply", file, "--dry-run", *there).code == 0
    desk.take()
    before = desk.path.read_bytes()
    rows = desk.run("office", "apply", file, "--dry-run", "--json", *there)
    assert rows.code == 1
    zone = str(desk.now.tzinfo)
    assert rows.rows == [{"where": "office.timezone", "before": zone, "after": "Asia/Jayapura"}]
    assert "Zona waktu tidak dapat diubah selama antrean berjalan: A001." in rows.err
    assert desk.run("office", "apply", file, "--yes", *there).code == 1
    assert desk.path.read_bytes() == before


def test_after_another_time_zone_the_stations_start_anew(desk: CommandLine, file: Path, there: There) -> None:
    edit(file, {str(desk.now.tzinfo): "Asia/Jayapura"})
    answer = desk.run("office", "apply", file, "--yes", "--json", *there)
    assert answer.code == 0
    assert "mulai ulang program di semua PC" in answer.err
    assert desk.run("office", "show", "--json", *there).row["office"]["timezone"] == "Asia/Jayapura"


def test_what_the_file_leaves_alone_is_said(desk: CommandLine, file: Path, there: There) -> None:
    edit(
        file,
        {'procedures = ["': 'procedures = ["sumut-tatap-muka", "'},
        '\n[[officers]]\nlogin = "hadi"\nname = "Hadi"\n',
    )
    answer = desk.run("office", "apply", file, "--yes", *there)
    assert answer.out == "Tidak ada perbedaan.\n"
    assert "Petugas tidak ditambahkan dari berkas: hadi." in answer.err
    assert "Prosedur tidak dijalankan dari berkas: sumut-tatap-muka." in answer.err


def test_only_who_manages_the_office_applies(desk: CommandLine, file: Path, there: There) -> None:
    edit(file, {}, CLOSED)
    answer = desk.run("office", "apply", file, "--yes", "--officer", "siti", *there)
    assert answer.code == 1
    assert "tidak berwenang" in answer.err


def test_hours_quota_and_counters_change_in_one_transaction(
    desk: CommandLine, file: Path, there: There, office_file: Path
) -> None:
    edit(
        file,
        {
            "quota = 20": 'quota = 5\ndays = 3\nfee = { id = "Rp 5.000" }',
            'name = "Loket 2"': 'name = "Loket Tengah"\nserves = ["A", "B"]',
        },
        "\n[[counters]]\nnumber = 5\npriority = true\n",
    )
    assert desk.run("office", "apply", file, "--yes", *there).code == 0
    office = desk.run("office", "show", "--json", *there).row
    rapor = next(each for each in office["services"] if each["prefix"] == "R")
    assert (rapor["quota"], rapor["days"], rapor["fee"]["id"]) == (5, 3, "Rp 5.000")
    assert [each["name"] for each in office["counters"]] == [
        "Loket 1", "Loket Tengah", "Loket Data", "Loket Prioritas", "Loket 5",
    ]  # fmt: skip
    assert desk.run("verify", desk.path).code == 0
