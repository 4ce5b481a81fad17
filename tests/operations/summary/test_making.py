"""A summary has the figures of the office's own report, and no name."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.operations.office.test_office_changes import Chief
from tests.operations.scene import ELDERLY, Scene
from tests.personal import all_keys
from ult_desktop.base.errors import UserError
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.summary.collecting import Collector, TrustedKey
from ult_desktop.core.summary.signing import read_signed
from ult_desktop.core.summary.summary import COUNTS, LEAST_PEOPLE
from ult_desktop.db.access import officers
from ult_desktop.operations.figures.reports import period_report
from ult_desktop.operations.summary.making import due_summary, make_summary, summary_of

pytestmark = pytest.mark.by_engine
NOVEMBER = parse_period("2026-11")


@pytest.fixture
def november(scene: Scene) -> Scene:
    """Twelve visits of A, six of B, three of them priority; one number is missed."""
    chief = Chief(scene)
    chief.settle(office=replace(chief.settings.office, code="BPMP-65"))
    scene.sit(1)
    for n in range(18):
        scene.take("A" if n % 3 else "B", ELDERLY if n < 3 else None)
    for _n in range(17):
        scene.later(3)
        scene.visit()
    scene.miss()
    return scene


def test_a_months_summary_is_the_months_report(november: Scene) -> None:
    november.set_time("2026-12-01 09:00")
    with all_keys(november.office):
        content = make_summary(november.office, NOVEMBER)
        again = make_summary(november.office, NOVEMBER)
    assert content == again
    people = november.office.read(officers.everybody)
    assert people
    assert not [each.name for each in people if each.name.encode() in content], "nobody is named"
    found = read_signed(content)
    told = found.summary
    report = period_report(november.office.read, NOVEMBER, november.clock())
    tiles = {tile.column.key: tile.value for tile in report.tiles}
    assert (told.visits, told.office.code, told.office.province) == (tiles["visits"], "BPMP-65", "65")
    by_service = {str(row[0]): row[1] for row in report.part("service").rows}
    assert {row.name: row.count for row in told.services} == {
        name: count for name, count in by_service.items() if name != "Jumlah"
    }
    assert (tiles["served"], sum(told.waits)) == (17, 15), "nor is it read from the times"
    assert told.vulnerable is None
    assert (told.served, told.no_show) == (None, None), "one number missed would be read from the rest"
    collector = Collector({"BPMP-65": TrustedKey(name="", key=found.key)}, "2026-12")
    collector.add("a", content)
    page = collector.result()
    assert page.whole.count("visits") == tiles["visits"]
    assert all(
        (count := getattr(told, name)) is None or count == 0 or count >= LEAST_PEOPLE for name in COUNTS
    )
    assert list(told.heads) == ["2026-11"]


@pytest.mark.file_only("triggers")
def test_a_changed_past_shows(november: Scene) -> None:
    november.set_time("2026-12-01 09:00")
    with all_keys(november.office):
        before = make_summary(november.office, NOVEMBER)
        with closing(sqlite3.connect(november.path)) as link:
            (guard,) = link.execute(
                "SELECT sql FROM sqlite_schema WHERE name = 'event_is_append_only'"
            ).fetchone()
            link.execute("DROP TRIGGER event_is_append_only")
            true = link.execute("SELECT chain, seq FROM event").fetchall()
            link.execute("UPDATE event SET chain = 'ab' || substr(chain, 3)")
            link.commit()
            after = make_summary(november.office, NOVEMBER)
            link.executemany("UPDATE event SET chain = ? WHERE seq = ?", true)
            link.execute(guard)
            link.commit()
    key = TrustedKey(name="", key=read_signed(before).key)
    collector = Collector({"BPMP-65": key}, "2026-12")
    collector.add("before", before)
    collector.add("after", after)
    (warning,) = collector.result().warnings
    assert warning.why.endswith("masa lalunya berubah.")


def test_the_last_month_is_due_once_for_who_holds_the_keys(november: Scene, tmp_path: Path) -> None:
    november.set_time("2026-12-01 09:00")
    with all_keys(november.office):
        due = due_summary(november.office, tmp_path)
    assert due is not None
    path, content = due
    assert path == tmp_path / "Rekap BPMP-65 2026-11.ultrekap"
    path.write_bytes(content)
    assert due_summary(november.office, tmp_path) is None
    path.unlink()
    november.set_time("2027-02-01 09:00")
    assert due_summary(november.office, tmp_path) is None, "nobody came in January"
    november.set_time("2026-12-01 09:00")
    november.office.sign_out()
    assert due_summary(november.office, tmp_path) is None


def test_what_cannot_be_told_is_refused(november: Scene) -> None:
    now = november.clock()
    for period, words in (
        ("2026-11", "belum berakhir"),
        ("2027-03", "belum berakhir"),
        ("2026-10", "Tidak ada kunj"),
    ):
        with pytest.raises(UserError, match=words):
            summary_of(november.office.read, parse_period(period), now)
    november.set_time("2026-12-01 09:00")
    november.office.sign_out()
    with pytest.raises(UserError, match="tidak memegangnya"):
        make_summary(november.office, NOVEMBER)
    chief = Chief(november)
    chief.settle(office=replace(chief.settings.office, code=""))
    with pytest.raises(UserError, match="belum punya kode"):
        summary_of(november.office.read, NOVEMBER, november.clock())
