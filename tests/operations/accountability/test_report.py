"""The report that the head signs: every deviation of a period, and what was marked false counted apart."""

import msgspec
import pytest

from tests.office import store_of
from tests.operations.accountability.accounting import actor, welcome
from tests.operations.scene import Scene
from ult_desktop.base import formats
from ult_desktop.base.errors import UserError
from ult_desktop.core.accountability.commands import ExplainDeviation, MarkFalse, ReviewDeviation
from ult_desktop.core.accountability.deviations import DeviationState
from ult_desktop.core.office.commands import ChangeSettings
from ult_desktop.core.procedures.commands import RecordMissingInput
from ult_desktop.core.sheet import Sheet
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office as office_rows
from ult_desktop.operations.accountability.report import accountability_sheet


def missing(scene: Scene) -> None:
    command = RecordMissingInput(visit_id=welcome(scene).id, step=1, items=("Buku Tamu",))
    scene.office.perform(command, actor(scene, "nina"))


def report(scene: Scene, first: str = "2026-11-01", last: str = "2026-11-30") -> Sheet:
    return scene.office.read(lambda tx: accountability_sheet(tx, first, last, scene.clock()))


def test_it_tells_causes_and_corrections_and_counts_what_was_false_apart(scene: Scene) -> None:
    missing(scene)
    missing(scene)
    nina, head = actor(scene, "nina"), actor(scene, "kepala")
    explain = ExplainDeviation(deviation_id=1, cause="Habis", correction="Dibeli", responsible="nina")
    scene.office.perform(explain, nina)
    accepted = ReviewDeviation(deviation_id=1, verdict=DeviationState.ACCEPTED, remark="Baik")
    scene.office.perform(accepted, head)
    scene.office.perform(MarkFalse(deviation_id=2, reason="Ada di lemari"), head)
    sheet = report(scene)
    first, second = (line.words for line in sheet.table[1:])
    assert first[3:8] == ("Nina Kartika", "", "Habis", "Dibeli", "Nina Kartika")
    assert first[8] == "Diterima\nBaik\nKepala BPMP"
    assert second[8] == "Keliru\nAda di lemari\nKepala BPMP"
    assert sheet.notes == (
        "Jumlah: 1",
        "Waktu: 0 · Output: 0 · Perlengkapan: 1",
        "Terbuka: 0 · Dijelaskan: 0 · Diterima: 1 · Ditindaklanjuti: 0",
        "Ditandai keliru, dihitung terpisah: 1",
    )
    assert sheet.rows[0].text.endswith("Habis · Dibeli · Nina Kartika · Diterima Baik Kepala BPMP")


def test_a_period_without_any_says_so(scene: Scene) -> None:
    missing(scene)
    sheet = report(scene, "2026-10-01", "2026-10-01")
    assert (len(sheet.table), sheet.rows, sheet.notes[0]) == (1, (), "Jumlah: 0")
    assert sheet.number == "1 Oktober 2026"


def test_the_head_signs_with_town_and_day_name_and_nip(scene: Scene) -> None:
    day = formats.format_date(to_datetime(scene.clock(), scene.zone), "long")
    first, *_room, last = report(scene).signatures[0].splitlines()
    assert (first, last) == (day, "Belum diisi di Pengaturan, Kantor: kota, nama kepala, NIP kepala")
    settings = scene.office.read(office_rows.load).settings
    about = msgspec.structs.replace(
        settings.office, head="Ani Kepala, M.Pd.", head_nip="1970", city="Tarakan"
    )
    changed = ChangeSettings(settings=msgspec.structs.replace(settings, office=about))
    scene.office.perform(changed, actor(scene, "admin"))
    signed = report(scene).signatures[0].splitlines()
    assert signed[:2] == [f"Tarakan, {day}", "Kepala BPMP Kaltara"]
    assert signed[-2:] == ["Ani Kepala, M.Pd.", "NIP 1970"]


def test_more_than_a_sheet_may_hold_is_refused_and_nothing_left_out(scene: Scene) -> None:
    missing(scene)
    one = scene.office.read(lambda tx: deviations.get(tx, 1))
    new = deviations.NewDeviation(
        kind=one.kind,
        day="2026-11-24",
        made_at=scene.clock.now,
        procedure_id=one.procedure_id,
        procedure_version=one.procedure_version,
    )
    many = [msgspec.structs.replace(new, item=f"Barang {n}") for n in range(deviations.MAX_SHOWN)]
    store_of(scene.office).write(lambda tx: [deviations.add(tx, each) for each in many])
    with pytest.raises(UserError, match="Lebih dari 499 penyimpangan"):
        report(scene)
