"""The reminders of yearly judgements: told ahead, told as late, and gone when it is done."""

from datetime import date

import pytest

from tests.operations.accountability.accounting import actor
from tests.operations.scene import Scene
from ult_desktop.core.evidence.commands import NoteIndicator, RecordEvidence
from ult_desktop.core.evidence.registers import Register
from ult_desktop.operations.evidence.reminders import DueReminder, due_reminders


def reminders(scene: Scene, when: str) -> dict[str, DueReminder]:
    scene.set_time(f"{when} 09:00")
    return {
        each.words.split(" ")[0]: each
        for each in scene.office.read(lambda tx: due_reminders(tx, scene.clock()))
    }


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-11-23", {"Laporan"}),
        ("2026-12-20", set()),
        ("2027-01-02", {"Catat"}),
        ("2027-01-12", {"Catat", "Terbitkan"}),
        ("2027-02-10", {"Catat"}),  # late, and nobody recorded the numbers
        ("2027-03-05", {"Catat", "Kirim"}),
        ("2027-04-20", {"Kirim", "Terbitkan"}),
        ("2027-08-15", {"PEKPPP", "Kunjungan"}),
    ],
)
def test_each_date_is_told_ahead_and_late_only_where_it_can_be_done(
    scene: Scene, when: str, told: set[str]
) -> None:
    assert set(reminders(scene, when)) == told


def test_what_is_done_is_told_no_more(scene: Scene) -> None:
    found = reminders(scene, "2027-02-10")["Catat"]
    assert (found.is_late, found.day_words) == (True, "lewat sejak 31 Januari 2027")
    sp4n = RecordEvidence(
        register=Register.ELSEWHERE, item="elsewhere.sp4n", day=date(2026, 12, 31), received=0, settled=0
    )
    scene.office.perform(sp4n, actor(scene, "kepala"))
    assert "Catat" not in reminders(scene, "2027-02-10")


def test_who_brings_proof_is_told_from_two_weeks_before_until_it_is_there(scene: Scene) -> None:
    head = actor(scene, "kepala")

    def note(level: int | None) -> None:
        brings = {"reason": "Foto", "responsible": "Sari", "due": date(2026, 12, 10)}
        said = NoteIndicator(instrument="pekppp", number=14, level=level, **brings)  # type: ignore[arg-type]
        scene.office.perform(said, head)

    note(3)
    assert "14." not in reminders(scene, "2026-11-25")
    assert reminders(scene, "2026-11-26")["14."].words.endswith("bukti dari Sari")
    assert reminders(scene, "2026-12-11")["14."].is_late
    note(5)
    assert "14." not in reminders(scene, "2026-12-11")
