"""Reports from the command line: told, written whole, or refused with words."""

from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.core.figures.breakdown import Breakdown
from ult_desktop.core.figures.choice import named_tables


@pytest.mark.slow
def test_a_report_is_told_and_written_in_every_form(desk: CommandLine, tmp_path: Path) -> None:
    desk.take()
    files = {name: tmp_path / f"laporan.{name}" for name in ("pdf", "xlsx", "csv")}
    named = [word for name, path in files.items() for word in (f"--{name}", path)]
    written = desk.run("report", "month", "--database", desk.path, *named)
    assert (written.code, written.out) == (0, "")
    assert [path.read_bytes()[:4] for path in files.values()] == [b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbff"]
    assert sorted(tmp_path.glob("*.part")) == []
    told = desk.run("report", "day", "--database", desk.path)
    assert "Kunjungan: 1" in told.out
    assert "Menurut layanan" in told.out
    row = desk.run("report", "recap", str(desk.year), "--database", desk.path, "--json").row
    assert (row["kind"], row["tiles"][0]["value"]) == ("recap", 1)
    assert "IKM: –" in desk.run("report", "skm", "--database", desk.path).out
    assert "Permohonan informasi: 0" in desk.run("report", "ppid", "--database", desk.path).out
    picture = tmp_path / "rekap.png"
    assert desk.run("report", "recap", "--database", desk.path, "--png", picture).out == ""
    assert picture.read_bytes()[1:4] == b"PNG"
    poster = tmp_path / "poster.pdf"
    assert desk.run("report", "skm", "--database", desk.path, "--poster", poster).out == ""
    assert poster.read_bytes()[:4] == b"%PDF"


def test_an_incomplete_report_of_ppid_says_what_is_missing_and_is_written(
    desk: CommandLine, tmp_path: Path
) -> None:
    path = tmp_path / "ppid.pdf"
    asked = ("report", "ppid", desk.year - 1, "--database", desk.path, "--pdf", path)
    done = desk.run(*asked, "--json")
    assert (done.code, done.row["kind"], path.read_bytes()[:4]) == (0, "ppid", b"%PDF")
    assert done.err.startswith("Belum diisi: Kebijakan layanan informasi, Sarana dan prasarana, ")
    parts = ("policy", "facilities", "staff", "budget", "disputes", "obstacles", "recommendations")
    year = ("case", "ppid", "year", desk.year - 1, "--database", desk.path, "--officer", "admin")
    desk.run(*year, *(word for part in parts[1:] for word in (f"--{part}", "ada")))
    assert desk.run(*asked).err.splitlines()[0] == "Belum diisi: Kebijakan layanan informasi."
    desk.run(*year, "--policy", "ada")
    assert desk.run(*asked).err == ""


def test_a_table_of_one_s_own_and_those_by_name(desk: CommandLine, tmp_path: Path) -> None:
    desk.take()
    at = ("--database", desk.path)
    told = desk.run("report", "table", "--rows", "hour", "--figure", "visits", "--figure", "wait_p90", *at)
    assert f"{desk.now.hour:02}.00: Kunjungan 1, Waktu tunggu, 90 % pengunjung (menit) –" in told.out
    (part,) = desk.run("report", "table", f"{desk.year}", "--preset", "service_share", *at, "--json").row[
        "parts"
    ]
    assert [column["key"] for column in part["columns"]] == ["service", "visits", "visits_share"]
    assert part["rows"][-1] == ["Jumlah", 1, 100.0]
    for preset in (each.key for each in named_tables() if each.choice.rows is not Breakdown.OFFICER):
        assert desk.run("report", "table", "--preset", preset, *at).code == 0, preset
    for rows in ("step", "regency", "institution"):
        assert "Tidak ada dalam periode ini." in desk.run("report", "table", "--rows", rows, *at).out
    files = {name: tmp_path / f"tabel.{name}" for name in ("pdf", "xlsx", "csv")}
    named = [word for name, path in files.items() for word in (f"--{name}", path)]
    assert desk.run("report", "table", *at, *named).out == ""
    assert [path.read_bytes()[:4] for path in files.values()] == [b"%PDF", b"PK\x03\x04", b"\xef\xbb\xbff"]


def test_a_table_that_cannot_be_told_is_refused(desk: CommandLine) -> None:
    for words, said in (
        (("--preset", "officer_result"), "hanya untuk kepala"),
        (("--preset", "waits", "--rows", "day"), "sudah membawa baris"),
        (("--figure", "tidak-ada"), "tidak-ada"),
        (("2026-13",), "bukan periode"),
    ):
        refused = desk.run("report", "table", *words, "--database", desk.path)
        assert refused.code
        assert said in refused.err


def test_a_quarter_is_named_in_two_ways(desk: CommandLine) -> None:
    """Quarters have one name of the world, and one of Indonesia."""
    quarter = (desk.now.month + 2) // 3
    for noun in (("report", "quarter"), ("report", "skm"), ("report", "ppid"), ("report", "recap")):
        told = [desk.run(*noun, f"{desk.year}-{sign}{quarter}", "--database", desk.path) for sign in "QT"]
        assert [each.code for each in told] == [0, 0], noun
        assert told[0].out == told[1].out
        assert f"Triwulan {('I', 'II', 'III', 'IV')[quarter - 1]} Tahun {desk.year}" in told[0].out


def test_what_cannot_be_told_or_written_is_refused_with_words(desk: CommandLine, tmp_path: Path) -> None:
    for words, said in (
        (("month", "2026-W47"), "bukan periode"),
        (("year", desk.year + 1), "belum mulai"),
        (("day", "--pdf", tmp_path / "tiada" / "a.pdf"), "tidak dapat ditulis"),
    ):
        refused = desk.run("report", *words, "--database", desk.path)
        assert refused.code == 1
        assert said in refused.err
    assert not list(tmp_path.glob("**/a.pdf*"))


def test_what_is_due_and_asked_for_is_told(desk: CommandLine) -> None:
    assert desk.run("report", "due", "--database", desk.path).out == "Tidak ada.\n"
    assert desk.run("report", "made", "--database", desk.path).out == "Tidak ada.\n"
    last = f"{desk.year - 1}"
    asked = desk.run("report", "again", "year", last, "--database", desk.path, "--officer", "admin")
    assert (asked.code, asked.out) == (0, "Diminta.\n")
    (row,) = desk.run("report", "due", "--database", desk.path, "--json").rows
    assert (row["kind"], row["period"], row["trouble"]) == ("year", last, "")
    refused = desk.run("report", "again", "year", desk.year, "--database", desk.path, "--officer", "admin")
    assert (refused.code, "belum berakhir" in refused.err) == (1, True)
