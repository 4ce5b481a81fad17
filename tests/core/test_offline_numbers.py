"""A kiosk that is cut off: its series, its numbers' width, its board."""

from datetime import date

import msgspec
import pytest

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import (
    Calling,
    Closure,
    Greeting,
    OfficeIdentity,
    ServiceTemplate,
    Weekly,
    Words,
)
from ult_desktop.core.offline import (
    OfficeSnapshot,
    letter_for,
    offline_board,
    offline_digits,
    offline_series,
    refused_letter,
)
from ult_desktop.core.queue.boards import Category, KioskBoard, OpeningStatus, Openness, Service, ServiceQueue
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

MONDAY_9 = 1_795_395_600_000  # 2026-11-23 09.00 in Makassar
OFFICE = OfficeIdentity(name="BPMP", short_name="BPMP", timezone="Asia/Makassar")
MORNING = Weekly(monday=("08.00-12.00",))


def line_of(number: int, service: ServiceTemplate) -> ServiceQueue:
    shown = Service(
        id=number,
        prefix=service.prefix,
        name=service.name,
        description=Words(" "),
        category="",
        icon="file",
        requirements=(),
        minutes=10,
        fee=Words("Gratis"),
        quota=None,
    )
    return ServiceQueue(service=shown, waiting=0, wait=None, counters_open=0, counted=False)


def seen(*prefixes: str, digits: int = 3, hours: Weekly = MORNING, pause: str = "") -> OfficeSnapshot:
    services = {
        number: ServiceTemplate(prefix=prefix, name=Words("Layanan"))
        for number, prefix in enumerate(prefixes, 1)
    }
    return OfficeSnapshot(
        uid="u",
        settings=OfficeSettings(office=OFFICE, hours=hours, calling=Calling(digits=digits)),
        kiosk_pause=pause,
        board=KioskBoard(
            office=OFFICE,
            greeting=Greeting(),
            opening=OpeningStatus(),
            categories=(Category(key="a", name=Words("A"), icon="file", parent=""),),
            lines=tuple(line_of(*each) for each in services.items()),
            priority_series="P",
        ),
        services=services,
        day="2026-11-23",
    )


def test_the_series_is_the_services_own_with_the_kiosks_letter() -> None:
    assert offline_series(seen("A", "B"), 2, "K", priority=False) == "BK"
    assert offline_series(seen("A", "B"), 2, "K", priority=True) == "PK"


def test_the_letter_is_doubled_where_the_office_counts_in_that_series_itself() -> None:
    assert offline_series(seen("A", "AK"), 1, "K", priority=False) == "AKK"
    assert offline_series(seen("A", "PK"), 1, "K", priority=True) == "PKK"


@pytest.mark.parametrize(("digits", "own"), [(2, 2), (3, 2), (4, 3)])
def test_the_letter_takes_the_place_of_a_digit(digits: int, own: int) -> None:
    assert offline_digits(seen("A", digits=digits)) == own


def test_the_door_opens_and_closes_without_the_share() -> None:
    board = offline_board(seen("A"), MONDAY_9)
    assert board.opening.state is Openness.OPEN
    assert [(line.available, line.counted, line.wait) for line in board.lines] == [(True, False, None)]
    assert offline_board(seen("A"), MONDAY_9 + 181 * MINUTE_MS).opening.state is Openness.OUTSIDE_HOURS
    assert offline_board(seen("A", pause="Rapat"), MONDAY_9).opening.reason == "Rapat"


def test_a_service_keeps_its_own_hours() -> None:
    office = seen("A", "B")
    early = msgspec.structs.replace(office.services[2], hours=Weekly(monday=("08.00-08.30",)))
    office = msgspec.structs.replace(office, services={**office.services, 2: early})
    board = offline_board(office, MONDAY_9)
    assert [line.why for line in board.lines] == ["", "Dibuka 08.00–08.30"]


@pytest.mark.parametrize(("days", "today", "holds"), [(-1, False, False), (0, True, True), (31, False, True)])
def test_a_look_holds_for_the_days_after_it(days: int, today: bool, holds: bool) -> None:
    at = MONDAY_9 + days * DAY_MS
    assert (seen("A").is_same_day(at), seen("A").is_recent_at(at)) == (today, holds)


def test_a_look_does_not_hold_for_ever() -> None:
    assert not seen("A").is_recent_at(MONDAY_9 + 32 * DAY_MS)


def test_a_new_day_has_its_own_hours() -> None:
    """Monday was seen: Tuesday is closed all day, and the next Monday morning is open."""
    assert offline_board(seen("A"), MONDAY_9 + DAY_MS).opening.state is Openness.OUTSIDE_HOURS
    assert offline_board(seen("A"), MONDAY_9 + 7 * DAY_MS).opening.state is Openness.OPEN


def test_a_closure_that_was_known_holds_on_the_new_day() -> None:
    monday = (Closure(date=date(2026, 11, 30), reason="Banjir"),)
    office = seen("A")
    office = msgspec.structs.replace(
        office, settings=msgspec.structs.replace(office.settings, closures=monday)
    )
    opening = offline_board(office, MONDAY_9 + 7 * DAY_MS).opening
    assert (opening.state, opening.reason) == (Openness.HOLIDAY, "Banjir")


@pytest.mark.parametrize(
    ("wish", "own", "others", "given"),
    [
        ("K", "", "", "K"),
        ("K", "", "K", "L"),
        ("K", "", "KLM", "N"),
        ("K", "M", "", "M"),
        ("K", "M", "M", "K"),
        ("K", "?K", "K", "L"),
        ("L", "K", "K", "L"),
        ("L", "", "KL", "?L"),
        ("L", "?L", "K", "L"),
        ("K", "", "ABCDEFGHJKLMNPQRSTUVWXYZ", "?K"),
        ("", "K", "", ""),
    ],
)
def test_the_usual_letter_gives_way_and_a_chosen_one_is_refused(
    wish: str, own: str, others: str, given: str
) -> None:
    assert letter_for(wish, own, list(others)) == given
    assert bool(refused_letter(given)) is given.startswith("?")
