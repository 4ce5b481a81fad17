"""`backup` and `journal`: as an IT person types them, while the office is at work."""

import math
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.clocks import undoubted
from tests.db.store.test_damage import ruin
from tests.office import stranger
from tests.program import CommandResult
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import backup, backup_folder, journals
from ult_desktop.db.backup.upkeep import BACKUP, all_of
from ult_desktop.db.store.clock import own_ms
from ult_desktop.db.store.store import Store
from ult_desktop.operations.backup.backing_up import EVERY_HOUR_MS, LONGEST_WAIT_MS


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def back_up(desk: CommandLine, *words: object) -> CommandResult:
    return desk.run("backup", "--database", desk.path, *words)


@pytest.mark.file_only("copies")
def test_a_backup_is_made_listed_and_on_record(desk: CommandLine, disk: Path) -> None:
    desk.take()
    row = back_up(desk, "--to", disk, "--json").row
    assert Path(row["backup"]).is_file()
    assert (row["events"], row["documents"], row["removed"]) == (1, 0, [])
    listed = back_up(desk, "--to", disk, "--list", "--json").row
    assert (listed["backup"], listed["events"], listed["ok"], listed["why"]) == (row["backup"], 1, True, "")
    store = Store(desk.path)
    (record,) = store.read(lambda tx: all_of(tx, BACKUP))
    store.close()
    assert (record.place, record.trouble) == (row["backup"], "")


@pytest.mark.file_only("copies")
def test_words_for_people(desk: CommandLine, disk: Path) -> None:
    noon = (own_ms() // DAY_MS - 2) * DAY_MS + 4 * EVERY_HOUR_MS
    old = backup_folder.make_backup(desk.path, disk, undoubted(noon)).path
    backup_folder.make_backup(desk.path, disk, undoubted(noon + EVERY_HOUR_MS))
    answer = back_up(desk, "--to", disk)
    assert answer.code == 0, answer.err
    assert "0 catatan, 0 dokumen baru, utuh" in answer.out
    assert f"dihapus karena sudah lama: {old}" in answer.out
    assert "0 catatan, utuh" in back_up(desk, "--to", disk, "--list").out


@pytest.mark.file_only("copies")
def test_a_backup_after_a_year_lets_nothing_go_and_says_why(desk: CommandLine, disk: Path) -> None:
    backup_folder.make_backup(desk.path, disk, undoubted(400 * DAY_MS))
    answer = back_up(desk, "--to", disk, "--json")
    assert (answer.code, answer.row["removed"]) == (0, [])
    assert "Yang lama tidak dihapus" in answer.err


@pytest.mark.file_only("copies")
def test_the_list_tells_a_rotten_one_and_fails_when_none_is_whole(desk: CommandLine, disk: Path) -> None:
    made = backup_folder.make_backup(desk.path, disk, undoubted(400 * DAY_MS)).path
    ruin(made, "ticket")
    answer = back_up(desk, "--to", disk, "--list")
    assert answer.code == 1
    assert "bukan salinan kantor yang utuh" in answer.out
    assert answer.err == f"Tidak ada cadangan yang utuh di {disk}.\n"


@pytest.mark.file_only("copies")
def test_the_place_comes_from_the_settings(desk: CommandLine, disk: Path, tmp_path: Path) -> None:
    settings = tmp_path / "station.toml"
    settings.write_text(f"[backup]\nfolder = '{disk}'\n", encoding="utf-8")
    assert back_up(desk, "--station", settings).code == 0
    answer = back_up(desk)
    assert answer.code == 1
    assert "Folder cadangan belum disebut." in answer.err


@pytest.mark.file_only("copies")
def test_a_drill_is_made_and_put_on_paper(desk: CommandLine, disk: Path, tmp_path: Path) -> None:
    desk.take()
    sheet = tmp_path / "uji.pdf"
    none = desk.run("drill", disk, "--database", desk.path)
    assert (none.code, "Tidak ada cadangan yang utuh" in none.err) == (1, True)
    back_up(desk, "--to", disk)
    row = desk.run("drill", disk, "--database", desk.path, "--pdf", sheet, "--json").row
    assert (row["ok"], row["events"], row["rows"][0]["same"]) == (True, 1, 1)
    assert sheet.read_bytes().startswith(b"%PDF")
    told = desk.run("drill", disk, "--database", desk.path)
    assert (told.code, "Hasil: BERHASIL" in told.out) == (0, True)
    with closing(stranger(desk.path)) as link:
        link.execute("UPDATE ticket SET label = 'A009' WHERE id = 1")
        link.commit()
    assert desk.run("drill", disk, "--database", desk.path).code == 1


def test_the_journals_of_this_pc_are_carried_away(desk: CommandLine, tmp_path: Path) -> None:
    desk.take()
    usb = tmp_path / "usb"
    assert desk.run("journal", usb, "--json").row["stations"] == 1
    assert [entry.name for entry in journals.read_day_files(usb)] == ["IssueTicket"]
    assert "hapus dari disk itu" in desk.run("journal", usb).out


@pytest.mark.file_only("copies")
def test_while_stations_work_a_large_file_is_copied_only_when_asked_for(
    desk: CommandLine, disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, asked = backup.copy_online, list[float]()

    def slow(source: Path, target: Path, between: Callable[[], None], longest_s: float) -> int:
        asked.append(longest_s)
        if longest_s < 10:
            raise backup.KeepsOthersWaiting(9_900)
        return right(source, target, between, longest_s)

    monkeypatch.setattr(backup, "copy_online", slow)
    desk.take()
    answer = back_up(desk, "--to", disk)
    assert answer.code == 1
    assert "semua stasiun menunggu 9,9 detik" in answer.err
    assert "backup --now" in answer.err
    assert back_up(desk, "--to", disk, "--now").code == 0
    assert asked == [LONGEST_WAIT_MS / 1000, math.inf]


@pytest.mark.file_only("copies")
def test_the_list_tells_of_the_journals_there(desk: CommandLine, disk: Path) -> None:
    desk.take()
    folder = journals.folder_of(desk.path)
    (folder / "kios-1-20780.jsonl").write_bytes(b"")
    assert back_up(desk, "--to", disk).code == 0
    listed = back_up(desk, "--to", disk, "--list")
    assert "jurnal 1 hari stasiun, terakhir" in listed.out
    assert len(back_up(desk, "--to", disk, "--list", "--json").rows) == 1
