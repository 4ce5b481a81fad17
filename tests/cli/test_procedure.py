"""`procedure check`, `list` and `show`: a procedure is proved, found and read in the terminal."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.conftest import CommandLine
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base.paths import resource
from ult_desktop.operations.procedures.procedures import procedure_ids


@pytest.fixture
def shell(tmp_path: Path, own_home: Path) -> CommandLine:
    """The commands without any office file: a procedure needs none."""
    return CommandLine(tmp_path)


def test_the_list(shell: CommandLine) -> None:
    answer = shell.run("procedure", "list")
    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()] == list(procedure_ids())
    rows = shell.run("procedure", "list", "--json").rows
    assert [(row["id"], row["steps"]) for row in rows] == [
        ("dki-kelompok-rentan", 10),
        ("kaltara-helpdesk", 6),
        ("kepri-daring", 3),
        ("sumut-tatap-muka", 16),
        ("sumut-telepon", 7),
    ]
    assert [way["minutes"] for way in rows[4]["paths"]] == [11, 28]


def test_a_file_that_stands_is_told_with_its_oddities(shell: CommandLine) -> None:
    file = resource("procedures", "sumut-telepon.toml")
    answer = shell.run("procedure", "check", file)
    assert answer.code == 0
    assert "Perhatikan: Tanggal efektif 1 Maret 2023 mendahului" in answer.out
    assert answer.out.endswith("Layanan Informasi Melalui Telepon: 7 langkah, dapat dipakai.\n")
    assert "mendahului" in shell.run("procedure", "check", file, "--json").row["hints"][0]


def test_a_file_that_does_not_stand(shell: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    shipped = resource("procedures", "kepri-daring.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("goto = 3", "goto = 8"), encoding="utf-8")
    answer = shell.run("procedure", "check", own)
    assert (answer.code, answer.out) == (1, "")
    assert "steps[2].branches[1].goto: langkah 8 tidak ada." in answer.err


def test_a_command_that_is_not_there(shell: CommandLine) -> None:
    assert shell.run("procedure", "check").code == 2


@pytest.mark.parametrize("name", procedure_ids())
def test_reading_one(shell: CommandLine, name: str) -> None:
    row = shell.run("procedure", "show", name, "--json").row
    answer = shell.run("procedure", "show", name)
    assert answer.code == 0
    for step in row["steps"]:
        assert f"{step['step']:>3}. {step['activity']}\n" in answer.out
    assert row["number"] in answer.out
    assert all(basis in answer.out for basis in row["legal_basis"])
    assert all(part["items"][0] in answer.out for part in row["qualifications"])


def test_the_words_of_a_step(shell: CommandLine) -> None:
    out = shell.run("procedure", "show", "sumut-tatap-muka").out
    assert "     Pelaksana: Back Office, Unit Terkait (menerima)\n" in out
    assert "     Waktu: 5 menit\n" in out
    assert "     Keterangan: ◇ Dikembalikan ke Front Office → langkah 15\n" in out
    assert "tidak dapat dilanjutkan → selesai\n" in out
    assert "Langkah 1–9, 15–16: 37 menit\n" in out
    assert "Tanggal Efektif: –\n" in shell.run("procedure", "show", "dki-kelompok-rentan").out


def test_the_whole_document_is_told(shell: CommandLine) -> None:
    """Its head, what it hangs together with, who signed it, and how a task is handed on."""
    out = shell.run("procedure", "show", "kaltara-helpdesk").out
    for line in (
        "Kementerian Pendidikan Dasar dan Menengah\n",
        "Tanggal Revisi 2: 31 Juli 2025\n",
        "Andrianus Hendro Triatmoko, S.T., M.T, NIP 198004192003121004\n",
        "Keterkaitan\n  1. PDK-08.01.CFM.01 Layanan Informasi, Perizinan, dan Pelayanan Publik\n",
        "Pelimpahan tugas\n  1. dengan surat penugasan\n  2. secara lisan\n",
    ):
        assert line in out
    assert "tidak dipungut biaya\n" in shell.run("procedure", "show", "dki-kelompok-rentan").out


def test_the_document_as_pdf(shell: CommandLine, tmp_path: Path) -> None:
    paper = tmp_path / "pos.pdf"
    assert shell.run("procedure", "show", "kepri-daring", "--pdf", paper).code == 0
    _pages, words = pages_and_words(paper.read_bytes())
    assert "NIP197512042002121003" in words
    answer = shell.run("procedure", "show", "kepri-daring", "--pdf", tmp_path / "tidak" / "ada.pdf")
    assert (answer.code, answer.out) == (1, "")


BARE = """
id = "kami"
number = "1/POS/2026"
title = "Titip surat"
channel = "tatap_muka"
office = { name = "Kantor Kami", short_name = "Kami" }
dates = { created = 2026-01-05 }
actors = [{ id = "satpam", name = "Satpam" }]
steps = [{ step = 1, activity = "Menerima", actors = [{ id = "satpam" }], completes = { tick = "satpam" } }]
"""


def test_an_offices_own_and_bare_one(shell: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "kami.toml"
    own.write_text(BARE, encoding="utf-8")
    answer = shell.run("procedure", "show", own)
    assert answer.out.splitlines() == [
        "Kantor Kami",
        "",
        "Nomor POS: 1/POS/2026",
        "Tanggal Pembuatan: 5 Januari 2026",
        "Tanggal Revisi: –",
        "Tanggal Efektif: –",
        "Disahkan Oleh: –",
        "Nama POS: Titip surat",
        "",
        "Pelimpahan tugas",
        "  1. dengan surat penugasan",
        "",
        "  1. Menerima",
        "     Pelaksana: Satpam",
        "     Kelengkapan: –",
        "     Waktu: –",
        "     Output: –",
        "",
        "Jumlah waktu baku",
        "  1. Langkah 1: –",
        "",
        "Perhatikan",
        "  1. Tanggal efektif tidak diketahui.",
        "  2. Nama pengesah tidak diketahui.",
    ]


def test_the_picture(shell: CommandLine, tmp_path: Path) -> None:
    picture = tmp_path / "alur.svg"
    assert shell.run("procedure", "show", "kepri-daring", "--picture", picture).code == 0
    assert ET.parse(picture).getroot().tag.endswith("svg")


def test_a_picture_that_cannot_be_written(shell: CommandLine, tmp_path: Path) -> None:
    nowhere = tmp_path / "tidak-ada" / "alur.svg"
    answer = shell.run("procedure", "show", "kepri-daring", "--picture", nowhere)
    assert (answer.code, answer.out) == (1, "")
    assert f"{nowhere} tidak dapat ditulis" in answer.err


def test_an_office_is_shown_the_document_that_it_runs(desk: CommandLine, tmp_path: Path) -> None:
    """Under its own name, and with its own times; that of another office is not for its head to sign."""
    there, paper = ("--database", desk.path), tmp_path / "pos.pdf"
    told = desk.run("procedure", "show", "sumut-telepon", *there, "--pdf", paper).out
    assert "Sumatera Utara" in desk.run("procedure", "show", "sumut-telepon").out
    for words in (told, pages_and_words(paper.read_bytes())[1]):
        assert "Sumatera Utara" not in words
        assert "Irwan" not in words
    assert "Unit Layanan Terpadu BPMP Provinsi Kalimantan Utara, dengan petugas" in told
    own = tmp_path / "pos.toml"
    shipped = resource("procedures", "sumut-telepon.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace("minutes = 10", "minutes = 15"), encoding="utf-8")
    desk.run("procedure", "adopt", own, "--reason", "Unit jauh", *there)
    assert "Langkah 1–7: 33 menit" in desk.run("procedure", "show", "sumut-telepon", *there).out
    assert "Langkah 1–7: 28 menit" in desk.run("procedure", "show", "sumut-telepon").out
    foreign = desk.run("procedure", "show", "sumut-tatap-muka", *there).out
    assert "Sumatera" not in foreign.partition("Kerusakan naskah sumber")[0]


def test_an_office_takes_its_own_version_over_and_gives_it_up(desk: CommandLine, tmp_path: Path) -> None:
    own = tmp_path / "pos.toml"
    shipped = resource("procedures", "kepri-daring.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace('title = "', 'title = "Baru: ', 1), encoding="utf-8")
    there = ("--database", desk.path)
    assert desk.run("procedure", "adopt", own, *there, "--json").row["version"] == 2
    assert "sudah berlaku" in desk.run("procedure", "adopt", own, *there).err
    assert desk.run("procedure", "retire", "kepri-daring", *there, "--json").row["version"] == 2
    assert "tidak sedang berlaku" in desk.run("procedure", "retire", "kepri-daring", *there).err
    assert "versi 3" in desk.run("procedure", "adopt", "kepri-daring", *there).out
    assert "tidak dijalankan lagi" in desk.run("procedure", "retire", "kepri-daring", *there).out
    rows = desk.run("procedure", "adopted", *there, "--json").rows
    mine = [row["retired_at"] is not None for row in rows if row["id"] == "kepri-daring"]
    assert mine == [True, True, True]
    told = desk.run("procedure", "adopted", *there).out
    assert "Prosedur: sumut-telepon · Versi: 1 · Berlaku sejak: kantor dibuat\n" in told
    assert "1970" not in told
