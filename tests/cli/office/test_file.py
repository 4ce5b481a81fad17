"""`init` and `verify`: an office file is made once, and proved."""

import random
import re
import sqlite3
import time
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine, migrate_further
from tests.db.schema.builds import LAST_OF_TRIAL, as_of_trial_build
from tests.office import open_office, plain_link, stranger
from ult_desktop import __version__
from ult_desktop.base.paths import journal_path
from ult_desktop.core.access.roles import Role
from ult_desktop.db.lock_check.probe_round import Proof, ProofRecord
from ult_desktop.db.store import key_ranges
from ult_desktop.db.store.damage_flag import is_flagged, lay_flag
from ult_desktop.operations.sheets import day_sheet

TEMPLATE = Path(__file__).parents[3] / "resources" / "offices" / "bpmp-kepri.toml"


@pytest.fixture
def fresh(tmp_path: Path, own_home: Path) -> CommandLine:
    return CommandLine(tmp_path / "baru" / "office.db")


def test_an_office_is_made_and_its_admin_can_sign_in(fresh: CommandLine) -> None:
    fresh.path.parent.mkdir()
    answer = fresh.run("init", fresh.path)
    assert answer.code == 0, answer.err
    name, _colon, password = answer.out.splitlines()[-1].partition(": ")
    assert name == "Kata sandi"
    office = open_office(fresh.path)
    assert Role.ADMIN in office.sign_in("admin", password).roles
    assert office.verify().ok
    office.close()
    assert sorted(path.name for path in fresh.path.parent.iterdir() if "journal" not in path.name) == [
        "office.db"
    ]


@pytest.mark.slow
@pytest.mark.parametrize("which", ["bpmp-kepri", str(TEMPLATE)])
def test_an_office_by_name_or_by_file(fresh: CommandLine, which: str) -> None:
    fresh.path.parent.mkdir()
    answer = fresh.run("init", fresh.path, "--office", which)
    assert answer.code == 0, answer.err
    assert "Kepulauan Riau" in answer.out


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_a_file_that_is_there_is_never_overwritten(desk: CommandLine) -> None:
    before = desk.path.read_bytes()
    answer = desk.run("init", desk.path)
    assert answer.code == 1
    assert f"{desk.path} sudah ada.\nBerkas itu tidak diubah." in answer.err
    assert "Kata sandi" not in answer.out
    assert desk.path.read_bytes() == before


def test_a_bad_template_is_told_by_file_line_and_key(fresh: CommandLine, tmp_path: Path) -> None:
    wrong = tmp_path / "kantor.toml"
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("prefix"))
    lines[at] = "prefix = 7"
    wrong.write_text("\n".join(lines), encoding="utf-8")
    answer = fresh.run("init", tmp_path / "office.db", "--office", wrong)
    assert answer.code == 2
    assert f"{wrong}, baris {at + 1}: services[1].prefix" in answer.err
    assert not (tmp_path / "office.db").exists()


@pytest.mark.parametrize("which", ["bpmp-atlantis", "nowhere.toml"])
def test_an_office_that_nobody_knows(fresh: CommandLine, tmp_path: Path, which: str) -> None:
    answer = fresh.run("init", tmp_path / "office.db", "--office", which)
    assert answer.code == 1
    assert which in answer.err


def test_a_folder_that_is_not_there(fresh: CommandLine) -> None:
    answer = fresh.run("init", fresh.path)
    assert answer.code == 1
    assert str(fresh.path.parent) in answer.err


def test_a_whole_file_is_proved(desk: CommandLine) -> None:
    desk.take()
    answer = desk.run("verify", desk.path)
    assert answer.code == 0
    assert answer.out.endswith("Utuh.\n")
    row = desk.run("verify", desk.path, "--json").row
    assert (row["ok"], row["findings"], row["tickets"]) == (True, [], 1)


def test_a_log_that_was_changed_is_found(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 3)
    link = stranger(desk.path)
    link.execute("DROP TRIGGER event_is_append_only")
    link.execute("UPDATE event SET at = at + 60000 WHERE seq = 2")
    link.commit()
    link.close()
    answer = desk.run("verify", desk.path)
    assert answer.code == 1
    assert "catatan 2 diubah" in answer.err
    assert "TIDAK UTUH" in answer.out
    as_json = desk.run("verify", desk.path, "--json")
    assert as_json.code == 1
    assert as_json.rows[0]["ok"] is False
    assert as_json.rows[0]["findings"][0]["check"] == "chain"


@pytest.mark.slow
@pytest.mark.file_only("pages")
def test_pages_that_were_damaged_are_found(desk: CommandLine) -> None:
    desk.queue("issue", "A", "--count", 200)
    pages = bytearray(desk.path.read_bytes())
    chance = random.Random(7)
    middle = len(pages) // 2
    pages[middle : middle + 8192] = chance.randbytes(8192)
    desk.path.write_bytes(pages)
    answer = desk.run("verify", desk.path)
    assert answer.code == 1
    assert answer.err.strip()
    assert "Traceback" not in answer.err


@pytest.mark.slow
@pytest.mark.file_only("copies")
def test_an_older_copy_is_found_by_every_command_that_judges_or_writes(
    desk: CommandLine, tmp_path: Path
) -> None:
    desk.take()
    older = desk.path.read_bytes()
    desk.queue("issue", "A", "--count", 2)
    assert desk.run("verify", desk.path, "--json").row["anchors"][0]["verdict"] == "agrees"
    desk.path.write_bytes(older)
    answer = desk.run("verify", desk.path)
    assert answer.code == 1
    assert "catatan 3 tidak ada lagi" in answer.err
    assert "IssueTicket A003 (catatan 3) tidak ada" in answer.err
    assert "Saksi " in answer.out
    (row,) = desk.run("verify", desk.path, "--json").rows
    assert (row["ok"], row["anchors"][0]["seq"], row["anchors"][0]["verdict"]) == (False, 3, "missing")
    for words in (("queue", "issue", "A", "--database"), ("backup", "--to", tmp_path, "--database")):
        refused = desk.run(*words, desk.path)
        assert (refused.code, "salinan yang lebih lama" in refused.err) == (1, True)
    assert desk.queue("list").code == 0, "looking goes on"
    lines = {line["check"]: line for line in desk.run("doctor", "--database", desk.path, "--json").rows}
    assert lines["Saksi catatan"]["level"] == "fail"
    assert "catatan 3 tidak ada lagi" in lines["Saksi catatan"]["found"]


def test_a_days_sheet_is_held_against_the_log(desk: CommandLine, tmp_path: Path) -> None:
    """Years later: what stands on paper in a locked cupboard, nobody has rewritten."""
    desk.queue("issue", "A", "--count", 2)
    office = open_office(desk.path)
    paper = office.read(lambda tx: day_sheet(tx, office.clock())).rows[-1].text
    office.close()
    assert re.fullmatch(r"2:[0-9a-f]{16}", paper)
    desk.take()
    answer = desk.run("verify", desk.path, "--paper", paper)
    assert (answer.code, "Saksi lembar hari: catatan 2 cocok" in answer.out) == (0, True)
    for wrong, words in (
        (f"1{paper[1:]}", "lembar hari: catatan 1 lain isinya"),
        (f"9{paper[1:]}", "lembar hari: catatan 9 tidak ada lagi"),
    ):
        told = desk.run("verify", desk.path, "--paper", wrong)
        assert (told.code, words in told.err) == (1, True)
    assert desk.run("verify", desk.path, "--paper", "2:abc").code == 2


def flag(desk: CommandLine) -> None:
    lay_flag(desk.path, "kios-1", sqlite3.DatabaseError("malformed"), known=True)


def test_a_flag_stops_every_command_that_writes(desk: CommandLine) -> None:
    flag(desk)
    answer = desk.queue("issue", "A")
    assert answer.code == 1
    assert "ditandai rusak oleh kios-1" in answer.err
    assert "verify --clear-damage" in answer.err
    assert desk.queue("list").code == 0, "looking goes on"


def test_the_flag_goes_only_when_a_person_says_so_and_the_file_is_whole(desk: CommandLine) -> None:
    flag(desk)
    answer = desk.run("verify", desk.path)
    assert answer.code == 0
    assert "ditandai rusak" in answer.err
    cleared = desk.run("verify", desk.path, "--clear-damage", "--json")
    assert cleared.row["ok"] is True
    assert "Tanda kerusakan dihapus" in cleared.err
    assert desk.take()["label"] == "A001"
    again = desk.run("verify", desk.path, "--clear-damage")
    assert (again.code, again.err) == (0, "")


@pytest.fixture
def too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the file fail as one of a gigabyte does: its pages are not read in time."""
    monkeypatch.setattr(key_ranges, "run_in_time", lambda _tx, look: None)  # noqa: ARG005  (by its name)


@pytest.mark.file_only("pages")
@pytest.mark.usefixtures("too_large")
def test_at_work_the_pages_of_a_large_file_are_left_out_and_told(desk: CommandLine) -> None:
    desk.take()
    answer = desk.run("verify", desk.path)
    assert answer.code == 0
    assert "Stasiun sedang bekerja: halaman" in answer.err
    assert "1 nomor, 1 catatan" in answer.out
    assert "ticket" in desk.run("verify", desk.path, "--json").row["unread"]


@pytest.mark.usefixtures("too_large")
def test_into_a_flagged_file_nobody_writes_and_all_of_it_is_read(desk: CommandLine) -> None:
    desk.take()
    flag(desk)
    cleared = desk.run("verify", desk.path, "--clear-damage", "--json")
    assert (cleared.row["unread"], is_flagged(desk.path)) == ([], False)


def test_the_flag_of_a_file_that_is_not_whole_stays(desk: CommandLine) -> None:
    desk.take()
    link = stranger(desk.path)
    link.execute("UPDATE ticket SET label = 'A999'")
    link.commit()
    link.close()
    flag(desk)
    answer = desk.run("verify", desk.path, "--clear-damage")
    assert answer.code == 1
    assert is_flagged(desk.path)
    assert "ditandai rusak" in answer.err


def test_locks_that_failed_against_another_computer_stop_the_commands_too(desk: CommandLine) -> None:
    record = ProofRecord(desk.path, journal_path("x").parent)
    record.write(Proof(host="pc-2", station="loket-2", ok=False, at=time.time_ns() // 1_000_000))
    answer = desk.queue("issue", "A")
    assert answer.code == 1
    assert "pc-2 (loket-2) tidak berlaku" in answer.err
    assert desk.queue("list").code == 0


@pytest.mark.file_only("pages")
@pytest.mark.usefixtures("quick_reopens")
def test_what_is_no_database_at_all(desk: CommandLine) -> None:
    desk.path.write_text("Daftar hadir rapat\n" * 500, encoding="utf-8")
    answer = desk.run("verify", desk.path)
    assert answer.code == 1
    assert "office.db" in answer.err
    assert answer.out == ""
    assert not is_flagged(desk.path)


def test_some_other_programs_database(desk: CommandLine, tmp_path: Path) -> None:
    other = tmp_path / "lain.db"
    link = plain_link(other)
    link.execute("CREATE TABLE note (words TEXT)")
    link.close()
    answer = desk.run("verify", other)
    assert answer.code == 1
    assert "lain.db" in answer.err


def test_a_file_of_a_newer_program(desk: CommandLine) -> None:
    migrate_further(desk.path)
    answer = desk.run("queue", "issue", "A", "--database", desk.path)
    assert answer.code == 1
    assert "lebih baru" in answer.err


@pytest.mark.file_only("pages")
def test_a_file_of_a_trial_build_is_left_as_it_is(desk: CommandLine) -> None:
    before = as_of_trial_build(desk.path)
    for words in (
        ("verify", desk.path),
        ("verify", desk.path, "--json", "--clear-damage"),
        ("queue", "issue", "A", "--database", desk.path),
    ):
        answer = desk.run(*words)
        assert (answer.code, answer.out) == (1, "")
        assert f"{desk.path} dibuat oleh versi uji ult-desktop ({LAST_OF_TRIAL})" in answer.err
    assert desk.path.read_bytes() == before


def test_what_can_be_asked(desk: CommandLine) -> None:
    assert desk.run("--version").out == f"ult-desktop {__version__}, SQLite {sqlite3.sqlite_version}\n"
    words = desk.run("--help").out
    for command in ("init", "verify", "officer", "queue", "kiosk", "counter", "display", "doctor", "demo"):
        assert f"\n  {command} " in words
    assert "lock-probe" not in words
    assert desk.run("mengudara").code == 2
    assert desk.run("init").code == 2
