"""Journals and backups know the log from outside: whoever rewrites it, or lays an older one, is found."""

import re
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.office import plain_link, stranger
from tests.operations.town import Town
from ult_desktop.core.event import GENESIS, AnchorCheck, Event, Verdict, chain_hash
from ult_desktop.db.backup import anchors, backup_folder, carrying, journals
from ult_desktop.db.store import events
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.store.witness import OlderCopy
from ult_desktop.db.verification import VerificationResult
from ult_desktop.operations.backup import backing_up
from ult_desktop.operations.backup.restoring import restore, verify_office

pytestmark = pytest.mark.file_only("copies")


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    stands = Town(tmp_path)
    yield stands
    stands.close()


def lay_out(town: Town) -> None:
    for name, folder in town.pcs.items():
        town.offices[name].settle()
        journal = folder / f"journal-{name}.db"
        journals.write_day_files(journal, town.uid, journals.folder_of(town.path), town.now)


def rewrite(path: Path, *changes: str) -> None:
    """Rewrite the log as one who may write there and knows the source: a whole chain over another story."""
    names = ", ".join(Event.__struct_fields__)
    with closing(stranger(path)) as link, link:
        triggers = link.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            link.execute(f"DROP TRIGGER {name}")
        for change in changes:
            link.execute(change)
        chain = GENESIS
        for row in link.execute(f"SELECT {names} FROM event ORDER BY seq").fetchall():
            event = Event(**dict(zip(Event.__struct_fields__, row, strict=True)))
            chain = chain_hash(chain, event)
            link.execute("UPDATE event SET chain = ? WHERE seq = ?", (chain, event.seq))
        for _name, sql in triggers:
            link.execute(sql)


def verified(town: Town, pc: str = "loket-1") -> VerificationResult:
    return verify_office(town.path, town.pcs[pc], town.now)


def said(verdict: VerificationResult) -> dict[str, Verdict]:
    return {plain(each.source): each.verdict for each in verdict.anchors}


def plain(words: str) -> str:
    """Without what tells two stations of one name apart."""
    return re.sub(r"^(kios-\d)-[0-9a-f]{8}\b", r"\1", words)


def test_everybody_who_knows_the_log_is_asked(town: Town) -> None:
    town.take("kios-1")
    backup = town.back_up()
    town.take("kios-2")
    lay_out(town)
    verdict = verified(town)
    assert verdict.ok
    assert said(verdict) == dict.fromkeys(("kios-1", "kios-2"), Verdict.AGREES), (
        "a backup that the file does not name is not looked for"
    )
    with closing(stranger(town.path)) as link, link:
        link.execute(
            "INSERT INTO upkeep (task, station, tried_at, place) VALUES ('backup', 'x', 1, ?)", (str(backup),)
        )
    assert said(verified(town))[backup.name] is Verdict.AGREES
    backup.write_bytes(b"rusak")
    assert backup.name not in said(verified(town))


def test_a_rewritten_log_is_found_though_its_chain_is_whole(town: Town) -> None:
    for _ in range(3):
        town.take("kios-1")
    lay_out(town)
    town.close()
    rewrite(town.path, "UPDATE event SET at = at + 1 WHERE seq = 2")
    verdict = verified(town)
    assert (verdict.ok, said(verdict)["kios-1"]) == (False, Verdict.OTHER)
    assert [each.check for each in verdict.findings] == ["witness"]
    assert plain(verdict.findings[0].detail) == "kios-1: catatan 3 lain isinya"


def test_a_log_without_its_last_events_is_found_and_its_numbers_are_named(town: Town) -> None:
    town.take("kios-1")
    older = town.path.read_bytes()
    town.take("kios-1")
    town.take("kios-2")
    lay_out(town)
    town.close()
    town.path.write_bytes(older)
    verdict = verified(town)
    assert said(verdict)["kios-2"] is Verdict.MISSING
    assert [(each.check, plain(each.detail)) for each in verdict.findings] == [
        ("witness", "kios-1: catatan 2 tidak ada lagi"),
        ("witness", "kios-2: catatan 3 tidak ada lagi"),
        ("acknowledged", "kios-1: IssueTicket A002 (catatan 2) tidak ada"),
        ("acknowledged", "kios-2: IssueTicket A003 (catatan 3) tidak ada"),
    ]


def test_a_backup_is_a_witness_when_no_journal_is_left(town: Town) -> None:
    town.take("kios-1")
    town.take("kios-1")
    made = town.back_up()
    town.close()
    with closing(stranger(town.path)) as link, link:
        link.execute(
            "INSERT INTO upkeep (task, station, tried_at, place) VALUES ('backup', 'x', 1, ?)", (str(made),)
        )
    for folder in (*town.pcs.values(), journals.folder_of(town.path)):
        shutil.rmtree(folder)
    rewrite(town.path, "UPDATE event SET station = 'kios-9' WHERE seq = 1")
    assert said(verified(town)) == {made.name: Verdict.OTHER}


def carried(town: Town) -> Path:
    """To the backup disk, which the file then names."""
    store = Store(town.path)
    backing_up.carry(store, town.disk, "loket-1", undoubted(town.now))
    store.close()
    return backup_folder.office_folder(town.disk, town.path, town.uid)


def test_what_was_carried_to_a_backup_disk_bears_witness_when_the_share_is_gone(town: Town) -> None:
    town.take("kios-1")
    lay_out(town)
    carried(town)
    town.close()
    for folder in (*town.pcs.values(), journals.folder_of(town.path)):
        shutil.rmtree(folder)
    assert said(verified(town)) == {"kios-1 di disk cadangan": Verdict.AGREES}
    rewrite(town.path, "UPDATE event SET at = at + 1 WHERE seq = 1")
    verdict = verified(town)
    assert (verdict.ok, said(verdict)) == (False, {"kios-1 di disk cadangan": Verdict.OTHER})


def test_a_restore_counts_on_from_what_was_carried_to_the_backup_disk(town: Town) -> None:
    """The journals had seen the office rebuilt twice since that backup."""
    town.take("kios-1")
    town.back_up()
    lay_out(town)
    home = carried(town)
    town.close()
    for path in carrying.journals_in(home).glob("*.anchor"):
        path.write_bytes(path.read_bytes().replace(b'"restores":0', b'"restores":2'))
    for folder in (*town.pcs.values(), journals.folder_of(town.path)):
        shutil.rmtree(folder)
    restore(town.wish(force=True))
    with closing(stranger(town.path)) as link:
        assert Transaction(link).number("SELECT count(*) FROM event") == 2
        assert events.count_restores(Transaction(link)) == 3


def test_every_pc_is_a_witness_for_all(town: Town) -> None:
    """The counter's PC was off: what the kiosk laid on the share keeps it from an older copy."""
    older = town.path.read_bytes()
    town.take("kios-1")
    lay_out(town)
    town.close()
    town.path.write_bytes(older)
    desk = town.open("loket-1")
    with pytest.raises(OlderCopy):
        desk.sign_in("siti", "salah")
    desk.close()
    for name in town.pcs:
        town.offices[name] = town.open(name)


def test_a_rebuilt_office_contradicts_nobody(town: Town) -> None:
    """A witness who knows more than the office has is said to be from before."""
    town.take("kios-1")
    town.back_up()
    town.take("kios-2")
    town.close()
    shutil.rmtree(journals.folder_of(town.path))
    came = restore(town.wish(force=True))
    assert came.verdict.ok
    elsewhere = verified(town, "kios-2")
    assert (elsewhere.ok, said(elsewhere)) == (True, {"kios-2 di PC ini": Verdict.REBUILT})
    for name in town.pcs:
        town.offices[name] = town.open(name)
    lay_out(town)
    assert set(said(verified(town)).values()) == {Verdict.AGREES}


def test_what_cannot_be_read_bears_no_witness(town: Town, caplog: pytest.LogCaptureFixture) -> None:
    lay_out(town)
    (journals.folder_of(town.path) / "kios-8.anchor").write_text('{"seq":"x"}')
    (town.pcs["loket-1"] / "journal-x.db").write_bytes(b"bukan basis data " * 99)
    former = town.pcs["loket-1"] / "journal-lama.db"
    with closing(plain_link(former)) as link:
        link.execute("CREATE TABLE work (request TEXT)")
    assert anchors.read_journal(former) == ()
    assert verified(town).ok
    assert "kios-8.anchor" in caplog.text
    assert "journal-x.db" in caplog.text
    town.close()
    for name in town.pcs:
        town.offices[name] = town.open(name)


def test_words_for_each() -> None:
    told = {
        each: AnchorCheck(source="kios-1", seq=7, chain="c", restores=0, verdict=each).words
        for each in Verdict
    }
    assert told == {
        Verdict.AGREES: "kios-1: catatan 7 cocok",
        Verdict.REBUILT: "kios-1: catatan 7 dari sebelum pemulihan",
        Verdict.MISSING: "kios-1: catatan 7 tidak ada lagi",
        Verdict.OTHER: "kios-1: catatan 7 lain isinya",
    }
