"""`online`: lists come in, requests are answered and closed, a folder is watched; with `--json` too."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.cli.conftest import CommandLine
from tests.office import PASSWORD
from tests.program import CommandResult
from ult_desktop.cli import online as module
from ult_desktop.db.store.errors import ShareUnreachable

TEXT = "Nomor Tiket;Tanggal;Nama;Email;Isi\nS-1;20/11/2026;Dedi;dedi@e.id;Mohon data\nS-2;;Ani;ani;Mohon\n"


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "daftar.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def online(
    desk: CommandLine, command: str, *words: object, as_json: bool = True, officer: str = "siti"
) -> CommandResult:
    given = ["online", command, *words, "--database", desk.path]
    if command not in ("list", "show", "status", "watch", "imports"):
        given += ["--officer", officer]
    return desk.run(*given, *(["--json"] if as_json else []))


def add(desk: CommandLine, *more: object) -> dict[str, Any]:
    row: dict[str, Any] = online(
        desk, "add", "--name", "Dedi", "--detail", "Mohon data", "--email", "dedi@dinas.go.id", *more
    ).row
    return row


def test_a_list_comes_in_once(desk: CommandLine, listed: Path, tmp_path: Path) -> None:
    seen = online(desk, "import", listed, "--preview").row
    assert (seen["added"], seen["known"], len(seen["refused"])) == (1, [], 1)
    assert online(desk, "list").rows == []
    refused = tmp_path / "ditolak.csv"
    row = online(desk, "import", listed, "--refused", refused).row
    assert (row["added"], row["columns"][2]["field"]) == (1, "nama")
    assert "bukan alamat surel" in refused.read_text("utf-8-sig")
    assert online(desk, "import", listed).row["known"] == [{"row": 2, "equals": f"D-0001/{desk.year}"}]
    (request,) = online(desk, "list").rows
    assert (request["number"], request["name"]) == (f"D-0001/{desk.year}", "Dedi")
    assert request["sent_at"].startswith("2026-11-20T00:00")


def test_the_report_in_words(desk: CommandLine, listed: Path) -> None:
    said = online(desk, "import", listed, as_json=False).out.splitlines()
    assert said[0] == "1 baris masuk, 0 sudah ada, 1 ditolak, 0 dilewati"
    assert said[1].startswith("Baris 3, Email: bukan alamat surel")


def test_a_preview_says_what_was_understood(desk: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "formulir.csv"
    path.write_text("DAFTAR;;\nNama kegiatan;Tgl;Isi\nDedi;11/03/2026;Data\nJumlah;1;\n", encoding="utf-8")
    said = online(desk, "import", path, "--preview", as_json=False).out.splitlines()
    assert said[0] == "Judul kolom: baris 2"
    assert said[1] == "  A  Nama kegiatan = nama? (judulnya memuat kata itu): Dedi | Jumlah"
    assert any(line.startswith("  urutan: tgl = ?  “11/03/2026” pada kolom Tgl: hari") for line in said)
    assert "baris 4 dilewati (jumlah atau rata-rata): Jumlah · 1" in said
    refused = online(desk, "import", path)
    assert (refused.code, "2 hal dalam daftar ini belum pasti" in refused.err) == (1, True)
    told = ("--map", "A=nama", "--answer", "urutan: tgl=bulan")
    assert online(desk, "import", path, *told).row["added"] == 1
    (request,) = online(desk, "list").rows
    assert request["sent_at"].startswith("2026-11-03T00:00")


@pytest.mark.slow
def test_columns_are_told_by_hand_and_remembered(desk: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("A;B\nDedi;Data\n", encoding="utf-8")
    lacking = online(desk, "import", path)
    assert (lacking.code, "Kolom mana yang berisi Nama?" in lacking.err) == (1, True)
    assert online(desk, "import", path, "--map", "a=nama", "--map", "B=isi").row["added"] == 1
    assert len(online(desk, "import", path).row["known"]) == 1


def test_an_import_is_taken_back_but_for_what_was_worked_on(desk: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text("Nama;Isi\nDedi;Data\nAni;Data\n", encoding="utf-8")
    assert online(desk, "import", path).row["added"] == 2
    online(desk, "take", f"D-0002/{desk.year}")
    (made,) = online(desk, "imports").rows
    assert (made["file"], made["planned"], made["added"]) == ("daftar.csv", 2, 2)
    told = online(desk, "undo-import", made["id"]).row
    kept = [{"row": f"D-0002/{desk.year}", "why": "dalam proses"}]
    assert told == {"gone": 1, "kept": kept}
    assert "sudah diurungkan" in online(desk, "undo-import", made["id"]).err


def test_a_service_in_other_words_is_asked_for_once(desk: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "daftar.csv"
    path.write_text("Nama;Isi;Layanan\nDedi;Data;Sulap\n", encoding="utf-8")
    refused = online(desk, "import", path)
    assert (refused.code, "“Sulap” berarti apa?" in refused.err) == (1, True)
    assert online(desk, "import", path, "--answer", "layanan: sulap=-").row["added"] == 1
    path.write_text("Nama;Isi;Layanan\nAni;Data;sulap\n", encoding="utf-8")
    assert online(desk, "import", path).row["added"] == 1


@pytest.mark.parametrize("words", ["C=nama", "A=entah", "A"])
def test_a_column_that_is_not_there(desk: CommandLine, tmp_path: Path, words: str) -> None:
    path = tmp_path / "aneh.csv"
    path.write_text("A;B\nDedi;Data\n", encoding="utf-8")
    answer = online(desk, "import", path, "--map", words)
    assert answer.code == 1
    assert "bukan pasangan KOLOM=ISI" in answer.err


def test_only_who_handles_them_imports(desk: CommandLine, listed: Path) -> None:
    assert "tidak berwenang" in online(desk, "import", listed, officer="nina").err


def test_a_report_that_cannot_be_written(desk: CommandLine, listed: Path, tmp_path: Path) -> None:
    answer = online(desk, "import", listed, "--refused", tmp_path / "tidak-ada" / "x.csv")
    assert answer.code == 1
    assert "Yang tercatat tetap tersimpan" in answer.err


def test_from_typing_to_closing(desk: CommandLine) -> None:
    number = add(desk, "--source", "surat", "--email", "d@e.id")["number"]
    assert online(desk, "take", number).row["state"] == "dalam_proses"
    told = online(desk, "reply", number, "--answer", "Ini.", "--proof", "terkirim").row
    assert (told["state"], told["answer"]) == ("terjawab", "Ini.")
    assert online(desk, "close", number).row["state"] == "ditutup"
    assert online(desk, "list").rows == []
    (closed,) = online(desk, "list", "--state", "ditutup").rows
    assert closed["number"] == number


def test_the_words(desk: CommandLine) -> None:
    number = f"D-0001/{desk.year}"
    told = online(
        desk, "add", "--name", "Dedi", "--detail", "Mohon", "--email", "dedi@dinas.go.id", as_json=False
    ).out.splitlines()
    assert told[:4] == [f"Nomor: {number}", "Sumber: SEMPENA", "Keadaan: Pengajuan", "Nama: Dedi"]
    line = f"Nomor: {number} · Sumber: SEMPENA · Keadaan: Pengajuan · Nama: Dedi · Topik: Mohon · "
    assert online(desk, "list", as_json=False).out.startswith(line)
    assert online(desk, "list", "--search", "ded", as_json=False).out.startswith(line)
    assert online(desk, "list", "--search", "ded", "--state", "ditutup").rows == []
    shown = online(desk, "show", number.lower(), as_json=False).out.splitlines()
    assert {"Isi: Mohon", f"Permohonan: 0001/ULT/{desk.year}"} <= set(shown)
    assert online(desk, "show", number).row["detail"] == "Mohon"


def test_a_case_of_a_request_answers_to_both_numbers(desk: CommandLine) -> None:
    row = add(desk)
    for number in (row["number"], row["case_number"]):
        assert online(desk, "show", number).row["number"] == row["number"]
        shown = desk.run("case", "show", number, "--database", desk.path, "--json").row
        assert shown["case"]["number"] == row["number"]


def test_a_service_that_is_not_there(desk: CommandLine) -> None:
    answer = online(
        desk, "add", "--name", "Dedi", "--detail", "Mohon", "--email", "dedi@dinas.go.id", "--service", "ZZZ"
    )
    assert answer.code == 1
    assert "Tidak ada layanan “ZZZ”" in answer.err


def test_a_number_that_is_not_there(desk: CommandLine) -> None:
    answer = online(desk, "show", "D-0009/2026")
    assert answer.code == 1
    assert "online list" in answer.err


def test_the_public_numbers(desk: CommandLine) -> None:
    add(desk, "--service", "A")
    add(desk, "--external-id", "7")
    row = online(desk, "status").row
    assert (row["pengajuan"], row["dalam_proses"], row["ditutup"], row["total"]) == (2, 0, 0, 2)
    assert sum(row["services"].values()) == 100
    said = online(desk, "status", as_json=False).out
    assert "2 pengajuan, 0 dalam proses, 0 ditutup, total 2" in said
    assert "tanpa layanan" in said
    assert online(desk, "status", "--year", 2020).row["total"] == 0


@pytest.mark.slow
def test_a_folder_is_watched(desk: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "masuk"
    folder.mkdir()
    listed = folder / "daftar.csv"
    listed.write_text(TEXT, encoding="utf-8")
    (outcome,) = online(desk, "watch", folder, "--once", "--every", 0.1).rows
    assert (outcome["ok"], "belum dikenal" in outcome["words"]) == (False, True)
    online(desk, "import", listed)
    said = online(desk, "watch", folder, "--once", "--every", 0.1, as_json=False).out
    assert said == "daftar.csv: 0 baris masuk, 1 sudah ada, 1 ditolak, 0 dilewati\n"
    assert (folder / "selesai" / "daftar.csv").exists()


def test_a_folder_that_is_not_there(desk: CommandLine, tmp_path: Path) -> None:
    answer = online(desk, "watch", tmp_path / "tidak-ada", "--once")
    assert answer.code == 1
    assert PASSWORD not in answer.err


def test_an_outage_does_not_end_the_watch(
    desk: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut_off(*_given: object) -> None:
        raise ShareUnreachable("Folder bersama tidak menjawab.")

    monkeypatch.setattr(module, "import_ready_lists", cut_off)
    pauses: list[float] = []
    monkeypatch.setattr(module, "time", SimpleNamespace(sleep=pauses.append))
    answer = online(desk, "watch", tmp_path, "--once", "--every", 0.1)
    assert (answer.code, answer.err.count("tidak menjawab")) == (0, 2)
    assert pauses == [0.1]
