"""Disaster: the file is gone or damaged, and comes back from a backup and the stations' own journals."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.clocks import undoubted
from tests.db.privileges import public_folder, unprivileged
from tests.db.rows import log_after
from tests.db.store.test_damage import ruin
from tests.office import make_office
from tests.operations.town import Town, busy_day
from tests.survey import said
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.survey.commands import FillSurvey
from ult_desktop.core.visits.document import describe_file
from ult_desktop.db.access import officers
from ult_desktop.db.backup import answer_backup, backup_folder, journals
from ult_desktop.db.backup.backup import verify_copy
from ult_desktop.db.store import damage_flag, document_folder, stations
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import RETRY_LIMIT_S, Store
from ult_desktop.db.visits import documents
from ult_desktop.db.visits.documents import NO_FILE
from ult_desktop.operations.backup import restoring
from ult_desktop.operations.backup.restoring import restore, verify_office

pytestmark = [pytest.mark.usefixtures("windows_files", "quick_reopens"), pytest.mark.file_only("copies")]


def lay_in(town: Town, content: bytes) -> Path:
    """A letter with its row; where it lies."""
    kept = describe_file("surat.pdf", content, "application/pdf")
    store = Store(town.path)
    store.write(lambda tx: documents.insert(tx, kept, 1, None))
    store.close()
    path = document_folder.path_of(town.path, kept.sha256)
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    return path


def forget(town: Town, sha256: str) -> None:
    """Forget a visitor as a retention run does."""
    store = Store(town.path)
    store.write(lambda tx: tx.run("UPDATE document SET sha256 = ? WHERE sha256 = ?", NO_FILE, sha256))
    store.close()
    assert documents.remove(town.path, sha256)


def answer_survey(town: Town) -> None:
    ticket = town.take("kios-1")
    town.serve()
    town.offices["kios-1"].perform(FillSurvey(said=said(), ticket_id=ticket.id), Actor(station="kios-1"))


def test_every_paper_is_there_with_its_label_once(town: Town) -> None:
    busy_day(town)
    log = town.log()
    town.close()
    ruin(town.path, "ticket")
    restored = restore(town.wish("kios-1", "kios-2"))
    assert town.tickets() == town.papers
    assert town.log()[:-1] == log, "the same log, entry by entry"
    assert restored.verdict.findings == ()
    assert (len(restored.replayed.done), restored.replayed.refused) == (8, ())
    assert (restored.replayed.known, restored.replayed.lost) == (2, 0)
    assert [line.label for line in restored.replayed.done if line.name == "IssueTicket"] == [
        "A002", "P001", "A003", "A004",
    ]  # fmt: skip


def test_a_starved_pc_takes_its_time_over_the_draft(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for the draft's lock, so no write to it is too long."""
    busy_day(town)
    town.close()
    ruin(town.path, "ticket")
    monkeypatch.setattr("ult_desktop.db.store.connection.FileEngine.longest_write_s", -1.0)
    restore(town.wish("kios-1", "kios-2"))
    assert town.tickets() == town.papers


def test_the_old_file_is_kept_and_the_flag_goes(town: Town) -> None:
    busy_day(town)
    town.close()
    ruin(town.path, "ticket")
    damage_flag.write_flag(town.path, damage_flag.DamageFlag(station="kios-1", error="malformed"))
    ruined = town.path.read_bytes()
    journal = town.path.with_name("office.db-journal")
    journal.write_bytes(b"panas")
    crashed = town.path.with_name(".office.db.0.pulih")
    crashed.mkdir()
    (crashed / "office.db").write_bytes(b"setengah")
    restored = restore(town.wish("kios-1", "kios-2", force=True))  # unopened: its journal is not rolled back
    aside = Path(restored.aside)
    assert aside.read_bytes() == ruined
    assert aside.with_name(f"{aside.name}-journal").read_bytes() == b"panas"
    assert not damage_flag.is_flagged(town.path)
    assert not list(town.path.parent.glob(".*")), "no draft is left"


def test_a_second_restore_finds_everything_done(town: Town) -> None:
    busy_day(town)
    town.close()
    town.path.unlink()
    restore(town.wish("kios-1", "kios-2"))
    log = town.log()
    again = restore(town.wish("kios-1", "kios-2", force=True))
    assert town.log()[:-1] == log[:-1]
    assert len(again.replayed.done) == 8


def test_journals_on_the_share_are_taken_by_themselves(town: Town) -> None:
    """Journals that each station lays out beside the file are enough; what is carried twice is done once."""
    busy_day(town)
    log = town.log()
    town.close()
    for name, folder in town.pcs.items():
        journal = folder / f"journal-{name}.db"
        journals.write_day_files(journal, town.uid, journals.folder_of(town.path), town.now)
    ruin(town.path, "event")
    restored = restore(town.wish("kios-1"))
    assert town.log()[:-1] == log
    assert restored.replayed.refused == ()


def test_the_last_backup_that_is_whole_is_taken(town: Town) -> None:
    """A rotten one is passed over: the journals reach further back."""
    town.take("kios-1")
    good = backup_folder.make_backup(town.path, town.disk, undoubted(town.now - 3_600_000)).path
    town.take("kios-2")
    bad = town.back_up()
    town.take("kios-1")
    town.close()
    ruin(bad, "ticket")
    town.path.unlink()
    restored = restore(town.wish("kios-1", "kios-2"))
    assert (restored.backup, restored.backup_until) == (str(good), verify_copy(good).last_at)
    assert [str(bad) in words for words in restored.passed_over] == [True]
    assert town.tickets() == town.papers


def test_surveys_answered_before_a_backup_that_went_bad_come_back(town: Town) -> None:
    """No journal has them: the backup before it was given them when the bad one was made."""
    kept = backup_folder.make_backup(town.path, town.disk, undoubted(town.now - 3_600_000)).path
    answer_survey(town)
    bad = town.back_up()
    town.close()
    ruin(bad, "ticket")
    town.path.unlink()
    restored = restore(town.wish("kios-1"))
    assert (restored.backup, restored.answers, restored.unanswered) == (str(kept), 1, 0)


@pytest.mark.slow
def test_so_do_those_of_an_hour_whose_first_backup_has_gone(town: Town) -> None:
    """The last backup of each hour stays: what was answered between both is beside the one before them."""
    kept = backup_folder.make_backup(town.path, town.disk, undoubted(town.now - 3_600_000)).path
    answer_survey(town)
    first = backup_folder.make_backup(town.path, town.disk, undoubted(town.now))
    answer_survey(town)
    second = backup_folder.make_backup(town.path, town.disk, undoubted(town.now))
    assert second.removed == (first.path,)
    answer_backup.delete_orphans(kept.parent)
    town.close()
    ruin(second.path, "ticket")
    town.path.unlink()
    restored = restore(town.wish("kios-1"))
    assert (restored.backup, restored.answers, restored.unanswered) == (str(kept), 2, 0)


def test_a_former_backup_that_went_bad_keeps_no_new_one_from_being_made(town: Town) -> None:
    bad = backup_folder.make_backup(town.path, town.disk, undoubted(town.now - 3_600_000)).path
    ruin(bad, "survey_response")
    answer_survey(town)
    assert verify_copy(town.back_up()).uid == town.uid
    town.close()


def test_a_backup_by_name_and_the_documents_that_were_lost(town: Town) -> None:
    """One whose row was erased since does not come back, though an older backup has it there still."""
    path, erased = (lay_in(town, content) for content in (b"surat", b"dihapus"))
    backup_folder.make_backup(town.path, town.disk, undoubted(town.now - DAY_MS))
    forget(town, erased.name)
    made = town.back_up()
    assert [each.name for each in town.disk.rglob(erased.name)] == [erased.name]
    town.close()
    shutil.rmtree(town.path.parent)
    town.path.parent.mkdir()
    told: list[str] = []
    restored = restore(town.wish(source=made), told.append)
    assert (restored.documents, restored.aside, path.read_bytes()) == (1, "", b"surat")
    assert not erased.exists()
    assert str(made) in told[0]
    assert verify_office(town.path, town.pcs["loket-1"], town.now).ok


def test_nobody_may_be_at_work(town: Town) -> None:
    town.back_up()
    with_row = Store(town.path)
    line = Presence(identity="i", name="kios-1", mode="kiosk", version="1", boot="b", seen_at=town.now)
    with_row.write(lambda tx: stations.report(tx, line))
    with_row.close()
    before = town.path.read_bytes()
    with pytest.raises(UserError, match="masih bekerja: kios-1") as told:
        restore(town.wish(force=True))
    assert "tunggu dua menit" in told.value.todo
    assert town.path.read_bytes() == before


def test_nobody_writes_into_the_file_that_is_being_replaced(town: Town) -> None:
    """A command reports no presence: what it wrote after its journal was read would be gone."""
    town.back_up()
    writer, told = town.offices["kios-1"], list[str]()

    def look(words: str) -> None:
        told.append(words)
        taken = town.take("kios-1")  # just before: in the journal
        assert taken.label == "A001"

    rebuild = restoring._rebuild

    def rebuild_while_one_writes(*what: Any) -> Any:  # noqa: ANN401
        with pytest.raises(DamagedFile, match="sedang dipulihkan"):
            writer.perform(commands.IssueTicket(service_id=1), Actor(station="kios-1"))
        town.close()  # as Windows wants it; a command has ended by then anyway
        return rebuild(*what)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "_rebuild", rebuild_while_one_writes)
        restored = restoring.restore(town.wish("kios-1", force=True), look)
    assert restored.verdict.tickets == 1
    assert not damage_flag.is_flagged(town.path)
    town.offices["kios-1"] = town.open("kios-1")
    assert town.take("kios-1").label == "A002"
    assert town.tickets() == town.papers


def restore_of(town: Town) -> "subprocess.Popen[str]":
    """The restore of an IT person on the counter's PC: a process of its own."""
    wish = msgspec.json.encode(msgspec.to_builtins(town.wish("kios-1", "kios-2", force=True), enc_hook=str))
    code = (
        "import sys, msgspec; from pathlib import Path;"
        "from ult_desktop.operations.backup import replay, restoring as r; replay.PROGRESS_EVERY_S = 0;"
        "read = lambda kind, value: kind(value);"
        "wish = msgspec.json.decode(sys.argv[1], type=r.RestoreRequest, dec_hook=read);"
        "heard = lambda words: (print(words, flush=True), sys.stdin.readline());"
        "print(r.restore(wish, heard).verdict.ok)"
    )
    pipe = subprocess.PIPE
    return subprocess.Popen(
        [sys.executable, "-c", code, wish.decode()], stdin=pipe, stdout=pipe, stderr=pipe, text=True
    )


def go_on(process: "subprocess.Popen[str]") -> str:
    """Wait until the restore says where it is; it goes no further before the next call."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline()


@pytest.fixture
def halfway(town: Town) -> Iterator["subprocess.Popen[str]"]:
    """A restore that repeats its first entry and waits."""
    busy_day(town)
    town.close()
    with restore_of(town) as process:
        assert "utuh" in go_on(process)
        assert "permintaan diulang" in go_on(process)
        yield process
        process.kill()


def test_one_restore_at_a_time(town: Town, halfway: "subprocess.Popen[str]") -> None:
    (draft,) = town.path.parent.glob(".*.pulih")
    with pytest.raises(UserError, match="sedang dipulihkan oleh loket-1-cli") as told:
        restore(town.wish("kios-1", "kios-2", force=True))
    assert "tidak terganggu" in told.value.safe
    assert draft.is_dir()
    assert not damage_flag.clear_flag(town.path), "no proof of the old file lets stations write meanwhile"
    out, err = halfway.communicate("\n" * 20)
    assert (out.splitlines()[-1], err) == ("True", "")
    assert town.tickets() == town.papers
    assert [
        each.name for each in town.path.parent.iterdir() if "pulih" in each.name or "restor" in each.name
    ] == []


def test_a_killed_restore_keeps_nobody_from_writing(town: Town, halfway: "subprocess.Popen[str]") -> None:
    kiosk = town.offices["kios-1"] = town.open("kios-1")
    with pytest.raises(DamagedFile, match="sedang dipulihkan"):
        town.take("kios-1")
    halfway.kill()
    halfway.wait()
    town.take("kios-1")
    assert not damage_flag.is_flagged(town.path)
    kiosk.close()
    assert restore(town.wish("kios-1", "kios-2", force=True)).verdict.ok
    assert town.tickets() == town.papers


def test_a_restore_whose_draft_is_gone_ends_with_words(
    town: Town, halfway: "subprocess.Popen[str]", monkeypatch: pytest.MonkeyPatch
) -> None:
    """The share was away, say: each entry would wait for it in vain and count as refused."""
    before = town.path.read_bytes()
    (draft,) = town.path.parent.glob(".*.pulih")
    shutil.rmtree(draft)
    began = time.monotonic()
    _out, err = halfway.communicate("\n" * 20)
    assert "tidak dapat dipulihkan" in err.splitlines()[-1]
    assert time.monotonic() - began < 2 * RETRY_LIMIT_S
    assert (town.path.read_bytes(), damage_flag.is_flagged(town.path)) == (before, False)


def test_a_file_that_others_may_have_written_to_is_not_exchanged(
    town: Town, halfway: "subprocess.Popen[str]"
) -> None:
    """The share was away for a while, and with the lock the flag fell."""
    damage_flag.flag_path(town.path).unlink()
    town.offices["kios-1"] = town.open("kios-1")
    town.take("kios-1")
    _out, err = halfway.communicate("\n" * 20)
    assert "boleh menulis lagi" in err.splitlines()[-1]
    assert town.tickets() == town.papers


def test_a_whole_file_is_replaced_only_when_somebody_says_so(town: Town) -> None:
    town.back_up()
    town.take("kios-1")
    town.close()
    with pytest.raises(UserError, match="utuh; tidak perlu dipulihkan") as told:
        restore(town.wish())
    assert "--force" in told.value.todo
    assert restore(town.wish("kios-1", force=True)).verdict.tickets == 1


@pytest.mark.parametrize(("by", "named"), [("admin", True), ("", False), ("baru", False)])
def test_the_log_names_who_asked(town: Town, by: str, named: bool) -> None:
    town.back_up()
    town.close()
    restore(msgspec.structs.replace(town.wish(force=True), by=by))
    found = Store(town.path)
    *_before, last = found.read(lambda tx: log_after(tx, 0))
    admin = found.read(lambda tx: officers.find(tx, "admin"))
    found.close()
    assert admin is not None
    assert (last.kind, last.officer_id) == ("office.restored", admin.id if named else None)


def test_a_flag_alone_replaces_no_whole_file(town: Town) -> None:
    """Acts since the backup would be gone: one station's word is looked into first."""
    town.back_up()
    town.take("kios-1")
    town.close()
    damage_flag.write_flag(town.path, damage_flag.DamageFlag())
    before = town.path.read_bytes()
    with pytest.raises(UserError, match="utuh; tidak perlu dipulihkan") as told:
        restore(town.wish("kios-1"))
    assert "ult-desktop repair" in told.value.todo
    assert town.path.read_bytes() == before
    ruin(town.path, "ticket")
    assert restore(town.wish("kios-1")).verdict.tickets == 1
    assert not damage_flag.is_flagged(town.path)


def test_a_file_that_does_not_even_open_is_replaced(town: Town) -> None:
    town.take("kios-1")
    town.back_up()
    town.close()
    size = town.path.stat().st_size
    town.path.write_bytes(town.path.read_bytes()[:100] + b"\xff" * (size - 100))
    assert restore(town.wish("kios-1")).verdict.tickets == 1


def test_a_file_that_a_crash_left_empty_is_replaced(town: Town) -> None:
    town.take("kios-1")
    empty = town.back_up().with_name("office-20991231T235959Z.db")
    empty.touch()  # the newest on the disk, which was pulled out too early
    town.close()
    town.path.write_bytes(b"")
    restored = restore(town.wish("kios-1"))
    assert restored.verdict.tickets == 1
    assert [str(empty) in words for words in restored.passed_over] == [True]


def test_without_a_good_backup_nothing_changes(town: Town, tmp_path: Path) -> None:
    town.close()
    ruin(town.path, "ticket")
    before = town.path.read_bytes()
    for source, words in ((town.disk, "Tidak ada cadangan"), (tmp_path / "tiada", "Tidak ada cadangan")):
        with pytest.raises(UserError, match=words):
            restore(town.wish(source=source))
    assert town.path.read_bytes() == before


def test_another_offices_backup_is_refused(town: Town, tmp_path: Path) -> None:
    other = backup_folder.make_backup(make_office(tmp_path / "lain"), town.disk, undoubted(town.now)).path
    town.close()
    ruin(town.path, "ticket")
    with pytest.raises(UserError, match="cadangan kantor lain"):
        restore(town.wish(source=other))
    with pytest.raises(UserError, match="Tidak ada cadangan"):
        restore(town.wish())
    assert list(town.path.parent.glob("*.lama-*")) == []


def test_of_a_lost_file_on_a_shared_disk_the_office_must_be_named(town: Town, tmp_path: Path) -> None:
    town.back_up()
    backup_folder.make_backup(make_office(tmp_path / "lain"), town.disk, undoubted(town.now))
    town.close()
    town.path.unlink()
    with pytest.raises(UserError, match="beberapa kantor") as told:
        restore(town.wish())
    mine = backup_folder.office_folder(town.disk, town.path, town.uid)
    assert str(mine) in told.value.todo
    assert restore(town.wish(source=mine)).verdict.ok


@pytest.mark.posix_only("modes")
def test_a_share_that_cannot_be_written_keeps_the_old_file() -> None:
    with public_folder() as folder:
        town = Town(folder)
        town.back_up()
        town.close()
        damage_flag.write_flag(town.path, damage_flag.DamageFlag())
        town.path.parent.chmod(0o777)
        with unprivileged(), pytest.raises(UserError, match="tidak dapat dibaca"):
            restore(town.wish(force=True))
        town.path.parent.chmod(0o555)
        town.pcs["loket-1"].chmod(0o755)
        with unprivileged(), pytest.raises(UserError, match="tidak dapat dipulihkan"):
            restore(town.wish(force=True))
        town.path.parent.chmod(0o755)
        assert verify_office(town.path, town.pcs["loket-1"], town.now).ok
        assert damage_flag.is_flagged(town.path)


def test_a_restored_office_that_is_not_clean_keeps_its_flag(town: Town) -> None:
    """A document that neither the share nor the backup has: a person must know."""
    town.back_up()
    made = backup_folder.list_backups(backup_folder.office_folder(town.disk, town.path, town.uid))[0].path
    lost = Store(made)
    lost.write(
        lambda tx: tx.run(
            "INSERT INTO document (sha256, name, media_type, size, at)"
            " VALUES (?, 'a', 'application/pdf', 3, 1)",
            "cd" * 32,
        )
    )
    lost.close()
    town.close()
    damage_flag.write_flag(town.path, damage_flag.DamageFlag())
    restored = restore(town.wish(force=True))
    assert [finding.check for finding in restored.verdict.findings] == ["document_missing"]
    assert damage_flag.is_flagged(town.path)
