"""`archive`: as an IT person types it after New Year, and as an officer looks something up years later."""

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Desk
from tests.office import make_office, open_office
from tests.operations.years import Years, keep, some_years
from tests.program import Answer
from ult_desktop.cli.doctor_archives import archives_of
from ult_desktop.cli.doctor_privacy import privacy_of
from ult_desktop.core.personal import BY_REQUEST
from ult_desktop.db import archives
from ult_desktop.db.store import Store
from ult_desktop.operations import archiving


@pytest.fixture(scope="module")
def old_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an office of several years, and its backup disk."""
    folder = tmp_path_factory.mktemp("years")
    years = Years(make_office(folder), folder)
    some_years(years)
    years.scene.close()
    return folder


@pytest.fixture
def desk(old_office: Path, tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The folder's own copy, at the PC's own time: 2023 is past in any case."""
    monkeypatch.setattr(archiving, "PAUSE_S", (0, 0))
    return Desk(shutil.copytree(old_office, tmp_path / "kantor") / "office.db")


def archive(desk: Desk, *words: object) -> Answer:
    return desk.run("archive", *words, "--database", desk.path)


def move(desk: Desk, year: int, *words: object) -> Answer:
    return archive(desk, year, "--to", desk.path.parent / "disk", *words)


def test_a_year_moves_and_is_told(desk: Desk) -> None:
    answer = move(desk, 2023)
    assert answer.code == 0, answer.err
    assert "2 kunjungan, 2 permohonan" in answer.out
    assert "[########################################] 100 %" in answer.err
    assert "Tetap" not in answer.out
    row = move(desk, 2023, "--json").row
    assert (row["year"], row["visits"], row["stays"]) == (2023, 2, [])
    assert Path(row["path"]).is_file()
    after = move(desk, 2024)
    assert "Tetap di berkas kantor: 0002/ULT/2024 (kunjungan belum ditutup); 0002/ULT/2024" in after.out


def test_what_stays_is_told_to_programs_too(desk: Desk) -> None:
    move(desk, 2023)
    stays = move(desk, 2024, "--json").row["stays"]
    assert {"what": "casefile", "name": "0002/ULT/2024"} in stays


def test_a_refusal_is_words(desk: Desk) -> None:
    answer = move(desk, 2024)
    assert answer.code == 1
    assert "Tahun 2023 belum diarsipkan" in answer.err
    assert "archive 2023" in answer.err


def test_archives_are_listed(desk: Desk) -> None:
    assert archive(desk, "list").out == ""
    move(desk, 2023)
    assert "2023  done  2 kunjungan, 2 permohonan" in archive(desk, "list").out
    assert archive(desk, "list", "--json").row["there"] is True
    archives.path_of(desk.path, 2023).unlink()
    assert "TIDAK ADA" in archive(desk, "list").out
    assert archive(desk, "list", "--json").row["there"] is False


def test_people_and_numbers_are_looked_up(desk: Desk) -> None:
    move(desk, 2023)
    assert "2023  2023-03-06  0001/ULT/2023  Ani Guru  SDN 1" in archive(desk, "search", "ani").out
    assert archive(desk, "search", "ani", "--json").row["number"] == "0001/ULT/2023"
    assert archive(desk, "search", "ani", "--year", 2022).out == ""
    shown = archive(desk, "show", "0001/ULT/2023")
    assert "Sudah dicairkan" in shown.out
    assert "2023-03-06" in shown.out
    card = archive(desk, "show", "0001/ULT/2023", "--json").row
    assert (card["year"], card["guest"]["name"]) == (2023, "Ani Guru")
    assert len(archive(desk, "show", "A001", "--json").rows) == 2
    nobody = archive(desk, "show", "7777/ULT/2023")
    assert nobody.code == 1
    assert "tidak ada di arsip" in nobody.err


def test_a_damaged_archive_is_told_proved_and_brought_back(desk: Desk) -> None:
    move(desk, 2023)
    assert desk.run("verify", desk.path, "--archive").code == 0
    archives.path_of(desk.path, 2023).write_bytes(b"rusak")
    searched = archive(desk, "search", "ani")
    assert searched.code == 1
    assert "tidak utuh" in searched.err
    assert desk.run("verify", desk.path).code == 0
    proved = desk.run("verify", desk.path, "--archive", "--json")
    assert (proved.code, proved.rows[0]["findings"][0]["check"]) == (1, "archive")
    back = archive(desk, "restore", 2023, "--from", desk.path.parent / "disk")
    assert back.code == 0, back.err
    assert "Berkas lama disimpan sebagai" in back.out
    assert desk.run("verify", desk.path, "--archive").code == 0
    archives.path_of(desk.path, 2023).unlink()
    assert "disimpan" not in archive(desk, "restore", 2023, "--from", desk.path.parent / "disk").out


def test_help_names_the_year_and_the_rest(desk: Desk) -> None:
    told = desk.run("archive", "--help").out
    assert "archive TAHUN" in told
    assert "search" in told


def test_an_unknown_word_is_no_year(desk: Desk) -> None:
    assert desk.run("archive", "2023x").code == 2


def test_doctor_knows_them(desk: Desk) -> None:
    move(desk, 2023)
    assert levels(desk) == [("ok", "Arsip 2023")]
    path = archives.path_of(desk.path, 2023)
    shutil.copy(path, archives.path_of(desk.path, 2020))
    path.unlink()
    assert levels(desk) == [("fail", "Arsip 2023"), ("warn", "Arsip 2020")]
    shutil.copy(archives.path_of(desk.path, 2020), path)
    store = Store(desk.path)
    store.write(lambda tx: tx.run("UPDATE archive SET state = 'moving', ended_at = NULL"))
    store.close()
    assert levels(desk)[0] == ("warn", "Arsip 2023")
    shutil.copy(path, path.with_name("2023.rusak-1795395600000.db"))
    assert levels(desk)[-1] == ("warn", "Arsip")


def test_doctor_tells_whether_a_lost_archive_must_come_back_or_be_made(desk: Desk) -> None:
    move(desk, 2023)
    archives.path_of(desk.path, 2023).unlink()
    assert "archive restore 2023" in todo(desk)
    store = Store(desk.path)
    store.write(lambda tx: tx.run("UPDATE archive SET state = 'moving', ended_at = NULL"))
    assert "archive restore 2023" in todo(desk)
    store.write(lambda tx: tx.run("DELETE FROM log_start"))
    store.close()
    assert todo(desk) == "Belum ada yang dipindahkan; buat lagi: ult-desktop archive 2023."


def todo(desk: Desk) -> str:
    office = open_office(desk.path)
    (line,) = archives_of(office)
    office.close()
    return line.todo


def levels(desk: Desk) -> list[tuple[str, str]]:
    office = open_office(desk.path)
    found = [(line.level, line.check) for line in archives_of(office)]
    office.close()
    return found


@pytest.fixture
def archived(desk: Desk) -> Desk:
    """2023 is an archive; names are kept for a year."""
    move(desk, 2023)
    keep(desk.path, 12)
    return desk


def retention(desk: Desk, *words: object, json: bool = True) -> Answer:
    return desk.run("retention", *words, *(["--json"] if json else []), "--database", desk.path)


def doctor_of_privacy(desk: Desk) -> str:
    office = open_office(desk.path)
    (line, *_more) = privacy_of(office)
    office.close()
    return line.level


def test_a_dry_run_says_what_is_due_in_archives(archived: Desk) -> None:
    path = archives.path_of(archived.path, 2023)
    before = path.read_bytes()
    rows = retention(archived, "run").rows
    assert {row["field"] for row in rows if row.get("archive") == 2023 and "field" in row} >= {"guest.name"}
    assert rows[-1] == {"archive": 2023, "due": 20, "trouble": ""}
    assert "Arsip 2023: jatuh tempo 20 baris\n" in retention(archived, "run", json=False).out
    assert "Arsip 2023: jatuh tempo 20 baris\n" in retention(archived, "show", json=False).out
    assert path.read_bytes() == before


def test_a_run_reaches_into_archives(archived: Desk) -> None:
    done = retention(archived, "run", "--yes")
    assert done.row["archived"] == {"2023": 20}
    assert "    Arsip 2023: 20\n" in retention(archived, "history", json=False).out
    assert retention(archived, "run", json=False).out == "Tidak ada yang dihapus.\n"
    assert doctor_of_privacy(archived) == "ok"
    assert b"Ani Guru" not in archives.path_of(archived.path, 2023).read_bytes()
    assert archived.run("verify", archived.path, "--archive").code == 0


def test_an_archive_that_cannot_be_read_is_told_and_the_run_is_not_well(archived: Desk) -> None:
    archives.path_of(archived.path, 2023).write_bytes(b"rusak")
    assert "tidak utuh" in retention(archived, "run", json=False).out
    done = retention(archived, "run", "--yes")
    assert (done.code, "tidak utuh" in done.err, done.rows[0]["archived"]) == (1, True, {})
    found = archived.run("subject", "search", "Ani", "--json", "--database", archived.path)
    assert (found.code, "tidak utuh" in found.err) == (1, True)


def test_a_data_subject_in_an_archive_from_the_first_word_to_the_end(archived: Desk) -> None:
    def subject(*words: object) -> Answer:
        return archived.run("subject", *words, "--json", "--database", archived.path)

    keep(archived.path)
    (found,) = subject("search", "Ani").rows
    assert (found["archive"], found["name"]) == (2023, "Ani Guru")
    subject("register", "penghapusan", "Ani Guru")
    subject("verify", 1, "kartu_identitas")
    subject("attach", 1, found["visit_id"])
    assert subject("erase", 1, found["visit_id"], "Diminta").row["visits"][0]["erasure_ordered"]
    assert doctor_of_privacy(archived) == "warn"
    assert retention(archived, "run").rows == [{"archive": 2023, "due": 1, "trouble": ""}]
    assert retention(archived, "run", "--yes").code == 0
    (visit,) = subject("show", 1).row["visits"]
    assert (visit["name"], visit["erasure_ordered"]) == (BY_REQUEST, False)
