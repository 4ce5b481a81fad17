"""A kiosk goes on alone, whatever happens to it, and hands in each number once."""

import time
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from tests.office import connection_of, journal_of, plain_link, report_other, store_of, stranger
from tests.operations.offline.lone_kiosk import LoneKiosk, killed_after
from tests.operations.scene import ELDERLY, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue.commands import IssueTicket, PauseKiosks
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.backup import journals
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work

pytestmark = pytest.mark.by_engine


@pytest.fixture
def kiosk(scene: Scene) -> LoneKiosk:
    return LoneKiosk(scene)


def labels(scene: Scene) -> list[str]:
    with closing(stranger(scene.path)) as link:
        return [label for (label,) in link.execute("SELECT label FROM ticket ORDER BY id")]


def test_it_counts_each_series_and_goes_on_after_a_restart(kiosk: LoneKiosk) -> None:
    given = [kiosk.give("A"), kiosk.give("A"), kiosk.give("B"), kiosk.give("A", ELDERLY)]
    assert [each.ticket.label for each in given] == ["AK01", "AK02", "BK01", "PK01"]
    assert {each.ahead for each in given} == {None}
    assert {each.wait for each in given} == {None}
    assert len({each.ticket.id for each in given}) == 4
    assert max(each.ticket.id for each in given) < 0
    assert given[0].ticket.paper is PaperState.QUEUED


def test_what_it_gave_stands_in_the_queue_with_the_same_code(scene: Scene, kiosk: LoneKiosk) -> None:
    given = kiosk.give().ticket
    kiosk.merge()
    found = scene.office.find_ticket(given.code)
    assert found is not None
    assert (found.label, found.issued_at, found.paper) == ("AK01", given.issued_at, PaperState.QUEUED)
    assert scene.office.find_ticket("AK01") == found
    assert scene.call().label == "AK01"


def test_each_is_merged_once_however_often_it_is_tried(scene: Scene, kiosk: LoneKiosk) -> None:
    kiosk.give()
    kiosk.give()
    kiosk.merge()
    assert kiosk.waiting() == 0
    events = scene.events()
    kiosk.merge()
    assert scene.events() == events
    assert labels(scene) == ["AK01", "AK02"]


def test_after_a_merge_it_counts_on(kiosk: LoneKiosk) -> None:
    kiosk.give()
    kiosk.merge()
    assert kiosk.give().ticket.label == "AK02"


def test_killed_while_it_gives_numbers_it_goes_on_where_it_stopped(scene: Scene, kiosk: LoneKiosk) -> None:
    told: list[str] = []
    for lines in (1, 3, 7):
        told += killed_after(kiosk.start("give", str(kiosk.path)), lines)
    assert len(set(told)) == len(told)
    last = kiosk.give().ticket.label
    kiosk.merge()
    merged = labels(scene)
    assert len(set(merged)) == len(merged)
    assert {*told, last} <= set(merged)
    assert max(merged, key=lambda label: (len(label), label)) == last


def test_killed_in_the_middle_of_a_merge_the_rest_follows_once(scene: Scene, kiosk: LoneKiosk) -> None:
    given = [kiosk.give().ticket.label for _n in range(30)]
    killed_after(kiosk.start("merge", str(kiosk.path), str(scene.path), str(scene.clock.now)), 3)
    before = labels(scene)
    assert 3 <= len(before) <= 30
    kiosk.merge()
    assert labels(scene) == given
    assert scene.kinds().count("ticket.issued") == 30
    assert kiosk.waiting() == 0


def test_killed_after_the_commit_and_before_it_was_written_down(scene: Scene, kiosk: LoneKiosk) -> None:
    kiosk.give()
    office = kiosk.open_office()
    office.settle = lambda: None  # type: ignore[method-assign]
    upload_offline_work(kiosk.path, office)
    connection_of(journal_of(office)).close()
    store_of(office).close()
    assert kiosk.waiting() == 1
    kiosk.merge()
    assert labels(scene) == ["AK01"]
    assert kiosk.waiting() == 0


def test_two_kiosks_give_different_numbers(scene: Scene, kiosk: LoneKiosk) -> None:
    other = LoneKiosk(scene, "L", "kios-2")
    online = scene.take().label
    given = [kiosk.give(), other.give(), kiosk.give(), other.give()]
    for each in (other, kiosk):
        each.merge()
    assert online == "A001"
    assert scene.order() == ["A001", *(each.ticket.label for each in given)]
    assert [each.ticket.label for each in given] == ["AK01", "AL01", "AK02", "AL02"]


def test_a_new_day_begins_each_series_anew(scene: Scene, kiosk: LoneKiosk) -> None:
    assert [kiosk.give().ticket.label, kiosk.give().ticket.label] == ["AK01", "AK02"]
    scene.later(24 * 60)
    given = kiosk.give().ticket
    assert (given.label, given.day) == ("AK01", "2026-11-24")
    kiosk.merge()
    assert scene.office.find_ticket(given.code) is not None
    assert scene.call().code == given.code


def test_nothing_is_given_when_the_door_is_closed_or_the_look_too_old(scene: Scene, kiosk: LoneKiosk) -> None:
    scene.later(32 * 24 * 60)
    with pytest.raises(UserError, match="belum dapat diambil"):
        kiosk.give()
    scene.do(PauseKiosks(reason="Rapat"))
    paused = LoneKiosk(scene)
    with pytest.raises(UserError, match="belum dapat diambil"):
        paused.give()
    assert kiosk.waiting() == 0


def test_a_share_that_goes_again_leaves_the_rest_for_later(scene: Scene, kiosk: LoneKiosk) -> None:
    kiosk.give()
    with closing(Office(scene.path, "kios-1", kiosk.path, timeout_s=0.05)) as office:
        holder = stranger(scene.path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(ShareUnreachable):
            upload_offline_work(kiosk.path, office)
        holder.execute("ROLLBACK")
        holder.close()
    assert kiosk.waiting() == 1
    kiosk.merge()
    assert labels(scene) == ["AK01"]


def test_one_that_is_refused_keeps_nobody_behind_it(
    scene: Scene, kiosk: LoneKiosk, caplog: pytest.LogCaptureFixture
) -> None:
    kiosk.give("B")
    kiosk.give("A")
    with closing(plain_link(kiosk.path)) as link, link:
        link.execute(
            "UPDATE work SET arguments = json_set(arguments, '$.service_id', 99)"
            " WHERE arguments LIKE '%BK01%'"
        )
    kiosk.merge()
    assert labels(scene) == ["AK01"]
    assert "Layanan itu tidak ada lagi" in caplog.text
    assert kiosk.waiting() == 0
    outcomes = [entry.outcome for entry in journals.read_local(kiosk.path)]
    assert sorted(outcomes) == ["done", "refused"]


def test_what_another_version_wrote_is_seen_anew(kiosk: LoneKiosk) -> None:
    with closing(OfflineJournal(kiosk.path)) as book:
        assert offline_kiosk.load_snapshot(book).snapshot is not None
        book.keep_snapshot('{"lain": 1}')
        assert offline_kiosk.load_snapshot(book) == offline_kiosk.StoredSnapshot(None, has_unmerged=False)


def test_numbers_wait_whatever_became_of_the_look(kiosk: LoneKiosk) -> None:
    kiosk.give()
    with closing(OfflineJournal(kiosk.path)) as book:
        book.keep_snapshot('{"lain": 1}')
        assert offline_kiosk.load_snapshot(book) == offline_kiosk.StoredSnapshot(None, has_unmerged=True)


def test_a_start_knows_that_numbers_wait(kiosk: LoneKiosk) -> None:
    kiosk.give()
    with closing(OfflineJournal(kiosk.path)) as book:
        assert offline_kiosk.load_snapshot(book).has_unmerged


def test_the_paper_is_told_once_the_office_knows_the_number(scene: Scene, kiosk: LoneKiosk) -> None:
    given = kiosk.give().ticket
    told = (given.code, PaperState.PRINTED, scene.office, Actor(station="kios-1"))
    assert offline_kiosk.report_paper(*told) is None
    kiosk.merge()
    ticket = offline_kiosk.report_paper(*told)
    assert ticket is not None
    assert (ticket.label, ticket.paper) == ("AK01", PaperState.PRINTED)


def test_a_clock_that_is_set_while_cut_off_gives_no_number_twice(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the clock of tomorrow the series would begin anew, with paper of today in people's hands."""
    seen = offline_kiosk.read_snapshot(scene.office)
    now, after = time.time_ns, []
    with closing(OfflineJournal(tmp_path / "journal.db")) as book:
        for ahead_ms in (0, DAY_MS, -DAY_MS):
            monkeypatch.setattr(time, "time_ns", lambda ahead_ms=ahead_ms: now() + ahead_ms * 1_000_000)
            given = offline_kiosk.issue_offline(
                IssueTicket(service_id=1, at_kiosk=True), seen, "K", "kios-1", "", book
            )
            after.append((given.ticket.day, given.ticket.label))
            offline_kiosk.store_snapshot(seen, book)
            kept = offline_kiosk.load_snapshot(book).snapshot
            assert kept is not None
            assert abs(now() // 1_000_000 + ahead_ms + kept.clock_offset_ms - scene.clock.now) < 60_000
    assert after == [(seen.day, label) for label in ("AK01", "AK02", "AK03")]


def test_a_letter_that_another_kiosk_has_is_told_in_words(scene: Scene) -> None:
    """A chosen one is not exchanged behind people's backs."""
    told = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=scene.clock.now, letter="M")
    report_other(scene.office, told)
    scene.office.report_presence(msgspec.structs.replace(told, name="uji"))
    seen = offline_kiosk.read_snapshot(scene.office)
    assert not seen.has_letter
    with pytest.raises(UserError, match="Huruf M sudah dipakai kios lain"):
        offline_kiosk.require_letter(seen)


def test_a_disk_that_was_copied_to_another_pc_has_no_letter_there(
    scene: Scene, kiosk: LoneKiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the office has given it one of its own, it gives no numbers alone: they would be another's."""
    told = Presence(name="kios-1", mode="kiosk", version="1", boot="b", seen_at=scene.clock.now, letter="K")
    with closing(kiosk.open_office()) as office:
        office.report_presence(told)
        with closing(OfflineJournal(kiosk.path)) as book:
            offline_kiosk.store_snapshot(offline_kiosk.read_snapshot(office), book)

    def letter() -> str:
        with closing(OfflineJournal(kiosk.path)) as book:
            seen = offline_kiosk.load_snapshot(book).snapshot
            assert seen is not None
            return seen.letter

    assert letter() == "K"
    monkeypatch.setattr("ult_desktop.db.store.journal.machine_id", lambda: "another PC")
    assert letter() == ""
