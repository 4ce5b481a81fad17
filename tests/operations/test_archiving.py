"""A closed year in its own file: nothing lost, nothing doubled, nothing that is open moved."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.office import change_template
from tests.operations.years import Years, keep
from ult_desktop.core import asks
from ult_desktop.core.appointment_asks import CheckIn, Reschedule
from ult_desktop.core.archive import ArchiveState, Counts
from ult_desktop.core.archive_asks import BeginArchive, EndArchive
from ult_desktop.core.case_asks import CloseCase
from ult_desktop.core.personal import BY_SCHEDULE
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.core.survey_period import period_named
from ult_desktop.db import archive_file, archives, archiving, upkeep
from ult_desktop.db.archive_choice import Stay
from ult_desktop.db.store import Store
from ult_desktop.errors import UserError
from ult_desktop.operations import archive_lease, archive_reading, retention
from ult_desktop.operations import archiving as series
from ult_desktop.operations.archiving import Archived, Job, archive_year
from ult_desktop.operations.office_files import load_office
from ult_desktop.operations.restoring import verdict_on
from ult_desktop.operations.survey_board import survey_board

pytestmark = pytest.mark.usefixtures("windows_files")


class PowerCut(Exception):
    """The archiving ends here."""


def who(years: Years, year: int) -> set[str]:
    """Who stands in an archive."""
    return {str(name) for (name,) in years.in_archive(year, "SELECT name FROM guest")}


def test_what_is_closed_moves_with_everything_and_the_rest_stays(years: Years) -> None:
    tickets = set(years.rows("SELECT id, label, code FROM ticket"))
    done = years.archive(2023)
    assert (done.archive.state, done.stays) == (ArchiveState.DONE, ())
    assert years.names() == {"Citra Operator", "Dewi Dinas", "Eka Guru"}
    assert who(years, 2023) == {"Ani Guru", "Budi Kepala"}
    moved = set(years.in_archive(2023, "SELECT id, label, code FROM ticket"))
    assert len(moved) == 3  # the number that nobody came for goes too
    assert moved | set(years.rows("SELECT id, label, code FROM ticket")) == tickets
    assert moved & set(years.rows("SELECT id, label, code FROM ticket")) == set()
    assert verdict_on(years.scene.path).findings == ()
    assert list(archive_reading.findings(years.scene.office)) == []


def test_the_log_goes_on_and_the_archive_is_its_beginning(years: Years) -> None:
    before = years.rows("SELECT seq, request, chain FROM event ORDER BY seq")
    done = years.archive(2023)
    facts = done.archive.facts
    old = years.in_archive(2023, "SELECT seq, request, chain FROM event ORDER BY seq")
    new = years.rows("SELECT seq, request, chain FROM event ORDER BY seq")
    assert [*old, *new][: len(before)] == before
    assert years.rows("SELECT seq, chain FROM log_start") == [(facts.last_seq, facts.last_hash)]
    assert years.rows("SELECT kind FROM event ORDER BY seq DESC LIMIT 2") == [
        ("archive.ended",),
        ("archive.begun",),
    ]


def test_what_is_open_stays_and_leaves_with_a_later_year(years: Years) -> None:
    years.archive(2023)
    done = years.archive(2024)
    assert done.stays == (Stay("visit", "0002/ULT/2024"), Stay("casefile", "0002/ULT/2024"))
    assert years.names() == {"Dewi Dinas", "Eka Guru"}
    assert verdict_on(years.scene.path).findings == ()
    (case,) = years.rows("SELECT id FROM casefile WHERE number = '0002/ULT/2024'")
    years.desks.do(CloseCase(case_id=int(str(case[0])), remark="Dicabut", withdrawn=True))
    years.closed_case("2026-11-24", "Fani Guru")
    years.scene.set_time("2028-03-01 09:00")
    years.closed_case("2028-03-01", "Gita Guru")
    assert years.archive(2026).stays == ()
    assert who(years, 2026) == {"Dewi Dinas", "Eka Guru", "Fani Guru"}
    assert years.names() == {"Gita Guru"}
    assert verdict_on(years.scene.path).findings == ()
    assert list(archive_reading.findings(years.scene.office)) == []


def test_a_year_that_is_archived_is_answered_as_it_is(years: Years) -> None:
    first, before = years.archive(2023), years.scene.dump()
    assert years.archive(2023) == Archived(archive=first.archive, path=first.path)
    assert years.scene.dump() == before


@pytest.mark.parametrize(
    ("year", "words"),
    [
        (2026, "Tahun 2026 belum selesai"),
        (2027, "Tahun 2027 belum selesai"),
        (1, "Tahun tidak dikenal"),
        (2024, "Tahun 2023 belum diarsipkan"),
        (2022, "Tidak ada catatan dari tahun 2022"),
    ],
)
def test_years_that_are_not_to_be_archived(years: Years, year: int, words: str) -> None:
    refused(years, year, words)


def refused(years: Years, year: int, words: str) -> UserError:
    before = years.scene.dump()
    with pytest.raises(UserError, match=words) as refusal:
        years.archive(year)
    assert refusal.value.safe
    assert years.scene.dump() == before
    assert not archives.path_of(years.scene.path, year).exists()
    return refusal.value


def test_a_year_just_over_waits_for_the_journals(years: Years) -> None:
    years.archive(2023)
    years.scene.set_time("2025-02-04 09:00")
    assert "2025-02-05" in refused(years, 2024, "Tahun 2024 baru saja selesai").todo


def test_the_year_before_this_one_goes_only_when_it_is_closed(years: Years) -> None:
    years.archive(2023)
    years.scene.set_time("2025-02-05 09:00")
    with pytest.raises(UserError, match=r"0002/ULT/2024 \(permohonan belum ditutup\)"):
        years.archive(2024)
    assert not archives.path_of(years.scene.path, 2024).exists()
    assert [each.year for each in years.known()] == [2023]


def test_what_is_to_be_sealed_or_erased_does_not_go_into_an_archive(years: Years) -> None:
    years.force("INSERT INTO clear_text (place, looked_to) VALUES ('guest', 0)")
    assert "ult-desktop keys seal-old" in refused(years, 2023, "belum disegel").todo
    years.force("DELETE FROM clear_text")
    keep(years.scene.path, 12)
    assert "ult-desktop retention run --yes" in refused(years, 2023, "harus dihapus").todo
    retention.run(years.scene.office, years.admin)
    years.archive(2023)
    assert who(years, 2023) == {BY_SCHEDULE}


def test_an_empty_log_has_no_year(founded: Path, tmp_path: Path) -> None:
    years = Years(Path(shutil.copy(founded, tmp_path)), tmp_path, people=False)
    years.today()
    refused(years, 2025, "Tidak ada catatan")
    years.scene.close()


def test_only_an_admin(years: Years) -> None:
    with pytest.raises(UserError, match="tidak berwenang"):
        archive_year(years.scene.office, years.desks.actor("siti"), Job(year=2023, place=years.disk))


def test_not_in_opening_hours_unless_one_says_so(years: Years) -> None:
    template = load_office()
    change_template(years.scene.path, template)
    keep(years.scene.path)
    refused(years, 2023, "Kantor sedang buka")
    job = Job(year=2023, place=years.disk, now=True)
    assert archive_year(years.scene.office, years.admin, job).archive.year == 2023
    years.scene.set_time("2026-11-23 20:00")
    assert years.archive(2024).archive.year == 2024


def test_one_station_at_a_time(years: Years) -> None:
    store = Store(years.scene.path)
    store.write(lambda tx: upkeep.take_lease(tx, archive_lease.LEASE, "loket-9", years.scene.clock.now))
    with pytest.raises(UserError, match="loket-9 sedang mengarsipkan"):
        years.archive(2023)
    store.write(lambda tx: upkeep.release_lease(tx, archive_lease.LEASE, "loket-9"))
    store.close()
    assert years.archive(2023).archive.year == 2023


def test_a_long_move_keeps_its_lease(years: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[int] = []
    true = upkeep.take_lease

    def take(tx: object, name: str, holder: str, now: int) -> bool:
        taken.append(now)
        return true(tx, name, holder, now)  # type: ignore[arg-type]

    monkeypatch.setattr(upkeep, "take_lease", take)
    job = Job(year=2023, place=years.disk)
    archive_year(years.scene.office, years.admin, job, progress=lambda *_n: years.scene.later(6))
    leases = [at for at in taken if at != taken[0]]
    assert len(leases) > 3


def test_an_id_is_never_given_twice(years: Years) -> None:
    """The newest row of each table stays, so that the next one gets a higher id."""
    years.closed_case("2026-11-23", "Fani Guru")
    newest = {
        table: years.newest(table) for table in ("visit", "ticket", "casefile", "turn", "mark", "document")
    }
    years.archive(2023)
    years.scene.set_time("2030-01-05 09:00")
    years.desks.do(asks.CloseDay(reason="Tutup"), "admin")
    for year in (2024, 2026):
        years.archive(year)
    assert {table: years.newest(table) for table in newest} == newest
    assert years.names() == {"Dewi Dinas", "Fani Guru"}


def test_comings_that_belong_together_stay_together(new_office: Years) -> None:
    """A visitor of 2023 came again for his result in 2024: both go with that year."""
    years = new_office
    years.closed_case("2023-03-06", "Ani Guru")
    case = years.open_case("2023-09-04", "Hadi Kepala")
    years.scene.do(asks.Finish(counter=1))
    years.scene.set_time("2023-12-28 09:00")
    when = years.scene.clock.now + 40 * DAY_MS
    booked = years.desks.do(Reschedule(case_id=case.id, at=when, reason="Menunggu data"))
    years.scene.clock.now = when
    years.desks.do(CheckIn(code=booked.code))
    years.scene.serve(1)
    years.scene.do(asks.Finish(counter=1))
    years.desks.do(CloseCase(case_id=case.id, remark="Selesai", withdrawn=True))
    years.today()
    waiting = years.open_case("2026-11-23", "Indra Guru")
    later = years.scene.clock.now + DAY_MS
    years.desks.do(Reschedule(case_id=waiting.id, at=later, reason="Menunggu data"))
    years.archive(2023)
    assert "Hadi Kepala" in years.names()
    years.archive(2024)
    assert "Hadi Kepala" in who(years, 2024)
    assert len(years.in_archive(2024, "SELECT id FROM visit WHERE follows IS NOT NULL")) == 1
    assert verdict_on(years.scene.path).findings == ()


def test_the_survey_of_an_archived_year_comes_out_as_before(years: Years) -> None:
    period, now = period_named("2023"), years.scene.clock.now
    store = Store(years.scene.path)
    before = store.read(lambda tx: survey_board(tx, now, period))
    assert (before.visits, before.respondents, before.tokens["filled"]) == (2, 2, 2)
    years.archive(2023)
    assert store.read(lambda tx: survey_board(tx, now, period)) == before
    august = period_named("2023-08")
    assert store.read(lambda tx: survey_board(tx, now, august)).visits == 1
    store.close()


def test_documents_stay_in_their_folder_and_are_missed_where_they_belong(years: Years) -> None:
    years.archive(2023)
    (old, *_rest) = years.in_archive(2023, "SELECT sha256 FROM document")
    next(years.scene.path.parent.glob(f"office-berkas/??/{old[0]}")).unlink()
    assert verdict_on(years.scene.path).findings == ()
    (finding,) = archive_reading.findings(years.scene.office)
    assert finding.check == "document_missing"


def test_the_copy_opens_nothing(years: Years) -> None:
    years.archive(2023)
    assert set(years.in_archive(2023, "SELECT password_hash FROM officer")) == {("",)}
    with pytest.raises(UserError, match="bukan berkas kantor"):
        verdict_on(archives.path_of(years.scene.path, 2023))


def test_what_changes_while_it_moves_stays_and_is_in_no_archive(years: Years) -> None:
    """Between the backup and the step that would take it somebody worked on Ani's visit."""
    store = Store(years.scene.path)

    def meanwhile(words: str) -> None:
        if words.startswith("Memindahkan"):
            store.write(lambda tx: tx.run("UPDATE visit SET remark = 'x' WHERE id = 1"))
            store.write(lambda tx: tx.run("UPDATE desk_entry SET text = 'x' WHERE id = 1"))

    add_desk_entries(store)
    archive_year(years.scene.office, years.admin, Job(year=2023, place=years.disk), meanwhile)
    store.close()
    assert years.names() == {"Ani Guru", "Citra Operator", "Dewi Dinas", "Eka Guru"}
    assert who(years, 2023) == {"Budi Kepala"}
    assert years.rows("SELECT id FROM desk_entry ORDER BY id") == [(1,), (3,)]
    assert years.in_archive(2023, "SELECT id FROM desk_entry") == [(2,)]
    assert verdict_on(years.scene.path).findings == ()
    assert list(archive_reading.findings(years.scene.office)) == []


def add_desk_entries(store: Store) -> None:
    sql = "INSERT INTO desk_entry (day, at, sort, text) VALUES (?, 1678000000000, 'kejadian', 'Aman')"
    for day in ("2023-03-06", "2023-03-07", "2026-11-23"):
        store.write(lambda tx, d=day: tx.insert(sql, d))  # type: ignore[misc]


def test_what_somebody_new_refers_to_stays(years: Years) -> None:
    store = Store(years.scene.path)

    def meanwhile(words: str) -> None:
        if words.startswith("Memindahkan"):
            values = "VALUES ('2026-11-23', 'telepon', 1, 2)"
            sql = f"INSERT INTO visit (day, channel, began_at, follows) {values}"
            store.write(lambda tx: tx.run(sql))

    archive_year(years.scene.office, years.admin, Job(year=2023, place=years.disk), meanwhile)
    store.close()
    assert who(years, 2023) == {"Ani Guru"}
    assert verdict_on(years.scene.path).findings == ()


def test_a_log_that_is_not_the_archives_stops_it_until_that_is_mended(years: Years) -> None:
    def meanwhile(words: str) -> None:
        if words.startswith("Memindahkan"):
            other = "CASE substr(chain, 1, 1) WHEN 'f' THEN '0' ELSE 'f' END || substr(chain, 2)"
            years.force(f"UPDATE event SET chain = {other} WHERE seq = 10")

    before = len(years.rows("SELECT seq FROM event"))
    with pytest.raises(UserError, match="tidak sama dengan arsip 2023"):
        archive_year(years.scene.office, years.admin, Job(year=2023, place=years.disk), meanwhile)
    assert len(years.rows("SELECT seq FROM event")) == before + 1
    ((true,),) = years.in_archive(2023, "SELECT chain FROM event WHERE seq = 10")
    years.force(f"UPDATE event SET chain = '{true}' WHERE seq = 10")
    assert years.archive(2023).archive.state is ArchiveState.DONE


def test_a_slow_share_gets_smaller_steps(years: Years, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    true = archiving.erase

    def erase(store: Store, part: archiving.Portion) -> bool:
        sizes.append(len(part.groups))
        return true(store, part)

    monkeypatch.setattr(series, "FIRST_PORTION", 2)
    monkeypatch.setattr(archiving, "erase", erase)
    monkeypatch.setattr(series, "SLOW_S", -1.0)
    years.archive(2023)
    assert sizes == [2, 1]
    sizes.clear()
    monkeypatch.setattr(series, "SLOW_S", 9.0)
    monkeypatch.setattr(series, "QUICK_S", -1.0)
    years.archive(2024)
    assert sizes == [1]


def test_a_folder_that_cannot_be_written_changes_nothing(years: Years) -> None:
    archives.folder_of(years.scene.path).write_text("no folder")
    with pytest.raises(UserError, match="Arsip tidak dapat ditulis") as refusal:
        years.archive(2023)
    assert refusal.value.safe
    assert years.known() == ()
    archives.folder_of(years.scene.path).unlink()
    assert years.archive(2023).archive.year == 2023


def test_cut_off_after_its_begin_it_needs_its_file_and_goes_on(years: Years) -> None:
    def cut(*_done: int) -> None:
        raise PowerCut

    job = Job(year=2023, place=years.disk)
    with pytest.raises(PowerCut):
        archive_year(years.scene.office, years.admin, job, progress=cut)
    assert [each.state for each in years.known()] == [ArchiveState.MOVING]
    refused_year = pytest.raises(UserError, match="Tahun 2023 belum diarsipkan")
    with refused_year:
        years.archive(2024)
    path = archives.path_of(years.scene.path, 2023)
    away = path.rename(path.with_name("away.db"))
    with pytest.raises(archive_file.BadArchive, match="tidak ada"):
        years.archive(2023)
    away.rename(path)
    years.refused(EndArchive(year=2023, digest="0" * 64, counts=Counts()), "belum sampai")
    assert years.archive(2023).archive.state is ArchiveState.DONE
    assert who(years, 2023) == {"Ani Guru", "Budi Kepala"}


def test_cut_off_before_anything_left_it_needs_no_file(years: Years) -> None:
    """The office has everything: the archive is begun anew, though its file is gone or another one."""

    def cut(words: str) -> None:
        if words.startswith("Memindahkan"):
            raise PowerCut

    job = Job(year=2023, place=years.disk)
    with pytest.raises(PowerCut):
        archive_year(years.scene.office, years.admin, job, cut)
    (begun,) = years.known()
    archives.path_of(years.scene.path, 2023).unlink()
    assert len(years.names()) == 5
    done = years.archive(2023).archive
    assert (done.state, done.facts.first_seq) == (ArchiveState.DONE, begun.facts.first_seq)
    assert done.facts.token != begun.facts.token
    assert who(years, 2023) == {"Ani Guru", "Budi Kepala"}
    assert verdict_on(years.scene.path).findings == ()
    assert list(archive_reading.findings(years.scene.office)) == []


def test_begin_and_end_only_where_they_fit(years: Years) -> None:
    done = years.archive(2023)
    facts = msgspec.structs.replace(done.archive.facts, year=2024)
    years.refused(BeginArchive(facts=done.archive.facts), "sedang atau sudah diarsipkan")
    years.refused(BeginArchive(facts=facts), "tidak bersambung")
    years.refused(EndArchive(year=2023, digest="0" * 64, counts=Counts()), "belum sampai")
    years.refused(EndArchive(year=2025, digest="0" * 64, counts=Counts()), "belum sampai")
