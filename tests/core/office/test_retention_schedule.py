"""The schedule: months are counted as people count them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec
import pytest

from ult_desktop.core.office.retention_schedule import (
    RetentionKind,
    RetentionRun,
    Schedule,
    months_before,
    months_words,
    retention_reason,
    retention_words,
)
from ult_desktop.core.stamps import to_datetime, to_stamp

ZONE = ZoneInfo("Asia/Makassar")


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        ("2026-11-23T09:00", 0, "2026-11-23T09:00"),
        ("2026-11-23T09:00", 1, "2026-10-23T09:00"),
        ("2026-11-23T09:00", 12, "2025-11-23T09:00"),
        ("2026-03-31T09:00", 1, "2026-02-28T09:00"),
        ("2026-01-15T09:00", 1, "2025-12-15T09:00"),
        ("2026-11-23T09:00", 600, "1976-11-23T09:00"),
    ],
)
def test_months_before(now: str, months: int, then: str) -> None:
    stamp = to_stamp(datetime.fromisoformat(now).replace(tzinfo=ZONE))
    found = to_datetime(months_before(stamp, months, ZONE), ZONE)
    assert found == datetime.fromisoformat(then).replace(tzinfo=ZONE)


def test_no_months_at_all_is_said_as_what_it_is() -> None:
    assert [months_words(months) for months in (0, 1, 24)] == ["sampai selesai", "1 bulan", "24 bulan"]
    assert retention_words(0) == "sampai kunjungan dan permohonannya selesai"
    assert retention_words(24) == "24 bulan sesudah kunjungan dan permohonannya selesai"


def test_every_kind_has_its_time_its_words_and_its_ground() -> None:
    schedule = Schedule()
    assert set(schedule.__struct_fields__) == {kind.value for kind in RetentionKind}
    for kind in RetentionKind:
        assert 0 < schedule.months(kind) <= 60
        assert kind.word
        assert retention_reason(kind)


def test_the_file_of_an_office_says_it_in_bounds() -> None:
    assert msgspec.convert({"name": 24}, Schedule).cutoff(RetentionKind.NAME, 0, ZONE) < 0
    for wrong in ({"name": -1}, {"name": 601}, {"nama": 1}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(wrong, Schedule)


def test_a_run_counts() -> None:
    run = RetentionRun(
        id=1, began_at=0, ended_at=None, officer="", counts={"name": 2, "case": 3}, files=0, more=True
    )
    assert run.total == 5
