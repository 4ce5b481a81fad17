"""Half-hours for appointments: within hours, not yet begun, with room."""

from datetime import datetime

import msgspec

from tests.core.queue.test_opening import FLOOD, office
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import ServiceTemplate, Weekly, Words
from ult_desktop.core.queue import slots
from ult_desktop.core.stamps import MINUTE_MS, to_datetime, to_stamp

OFFICE = office()
ZONE = OFFICE.office.zone
SERVICE = ServiceTemplate(prefix="A", name=Words("Informasi"))


def stamp(when: str) -> int:
    return to_stamp(datetime.fromisoformat(when).replace(tzinfo=ZONE))


def clocks(settings: OfficeSettings, now: str, service: ServiceTemplate = SERVICE) -> list[str]:
    free = slots.free_slots(settings, 1, service, (), stamp(now))
    return [f"{to_datetime(each.at, ZONE):%d %H.%M}" for each in free]


def test_a_day_has_the_half_hours_between_its_breaks() -> None:
    monday = [each for each in clocks(OFFICE, "2026-11-23 06:00") if each.startswith("23 ")]
    assert (monday[0], monday[8:10], monday[-1], len(monday)) == (
        "23 07.30", ["23 11.30", "23 13.00"], "23 15.30", 15,
    )  # fmt: skip


def test_what_has_begun_is_offered_no_more() -> None:
    assert clocks(OFFICE, "2026-11-23 10:30")[0] == "23 11.00"
    assert clocks(OFFICE, "2026-11-23 10:29")[0] == "23 10.30"


def test_weekends_and_closures_have_none_and_fifteen_working_days_follow() -> None:
    days = list(
        dict.fromkeys(
            each[:2] for each in clocks(office("Asia/Makassar", OFFICE.hours, FLOOD), "2026-11-20 17:00")
        )
    )
    assert days[:3] == ["23", "25", "26"]
    assert len(days) == slots.DAYS_AHEAD


def test_a_half_hour_that_hours_cut_is_not_offered() -> None:
    hours = Weekly(monday=("07.45-09.15",))
    assert clocks(office("Asia/Makassar", hours), "2026-11-23 06:00")[:3] == [
        "23 08.00",
        "23 08.30",
        "30 08.00",
    ]


def test_a_service_with_hours_of_its_own() -> None:
    own = msgspec.structs.replace(SERVICE, hours=Weekly(tuesday=("08.00-09.00",)))
    assert clocks(OFFICE, "2026-11-23 06:00", own)[:3] == ["24 08.00", "24 08.30", "01 08.00"]


def test_who_is_booked_takes_a_seat_and_the_officers_half_hour() -> None:
    at = stamp("2026-11-23 08:00")
    taken = (slots.BookedSeat(at=at + 10 * MINUTE_MS, service_id=1, seat=2, officer_id=7),)
    now = stamp("2026-11-23 07:00")
    (free,) = [each for each in slots.free_slots(OFFICE, 1, SERVICE, taken, now) if each.at == at]
    assert free.free == 1
    assert slots.free_seats(taken, 1, 2) == (1,)
    assert at not in [each.at for each in slots.free_slots(OFFICE, 2, SERVICE, taken, now, 7)]
    assert at in [each.at for each in slots.free_slots(OFFICE, 2, SERVICE, taken, now, 8)]


def test_fewer_seats_than_were_given_leave_none() -> None:
    taken = tuple(slots.BookedSeat(at=0, service_id=1, seat=seat, officer_id=None) for seat in (2, 3))
    assert slots.free_seats(taken, 1, 2) == ()
