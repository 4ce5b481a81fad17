"""Every office that is shipped can open its doors: it loads, it reads well, it sounds well."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.office import NEIGHBOURS, Zone, awake
from ult_desktop.base.paths import resource
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import OfficeTemplate
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR
from ult_desktop.operations.office.office_files import load_office, office_names
from ult_desktop.operations.procedures.procedures import load_procedure

# Letters that sound alike over a loudspeaker, as Indonesians spell them (be, ce, de, … em, en).
RHYMES = ("BCDEGJPTVWY", "AHK", "MN", "IQ", "FSX")


@pytest.fixture(params=office_names())
def office(request: pytest.FixtureRequest) -> OfficeTemplate:
    return load_office(request.param)


def test_prefixes_do_not_rhyme(office: OfficeTemplate) -> None:
    prefixes = [service.prefix for service in office.services]
    for family in RHYMES:
        assert len([prefix for prefix in prefixes if prefix in family]) <= 1, family


def test_prefixes_are_not_read_as_digits(office: OfficeTemplate) -> None:
    assert not {"I", "O"} & {service.prefix for service in office.services}


def test_every_icon_is_there(office: OfficeTemplate) -> None:
    names = {service.icon for service in office.services} | {c.icon for c in office.categories}
    missing = {name for name in names if not resource("icons", f"{name}.svg").is_file()}
    assert not missing


def test_every_word_has_its_english(office: OfficeTemplate) -> None:
    words = [service.name for service in office.services] + [c.name for c in office.categories]
    words += [service.description for service in office.services if service.description]
    words += [text for service in office.services for text in service.requirements]
    assert [text.indonesian for text in words if not text.en] == []


def test_many_services_stand_in_a_tree(office: OfficeTemplate) -> None:
    if len(office.services) > 8:
        assert all(service.category for service in office.services)
        assert len(office.categories) <= 8


def test_it_is_open_from_monday_to_friday(office: OfficeTemplate) -> None:
    assert [bool(office.hours.spans(weekday)) for weekday in range(7)] == [True] * 5 + [False] * 2


def test_every_service_has_a_counter_and_priority_has_one(office: OfficeTemplate) -> None:
    served = {prefix for counter in office.counters for prefix in counter.serves}
    assert any(not counter.serves for counter in office.counters) or served
    assert any(counter.priority for counter in office.counters)


def test_each_part_in_its_procedures_has_somebody(office: OfficeTemplate) -> None:
    actors = {actor.id for each in office.procedures for actor in load_procedure(each).actors}
    needed = {ROLE_OF_ACTOR[actor] for actor in actors if actor in ROLE_OF_ACTOR} | {Role.HEAD}
    assert needed <= {role for officer in office.officers for role in officer.roles}
    assert {officer.counter for officer in office.officers} >= {each.number for each in office.counters}


@pytest.mark.parametrize("zone", NEIGHBOURS)
def test_the_day_of_an_office_that_tests_make_does_not_end_under_them(zone: Zone) -> None:
    began = datetime(2026, 11, 22, tzinfo=UTC).timestamp()
    for minute in range(24 * 60):
        at = began + 60 * minute
        local = datetime.fromtimestamp(at, ZoneInfo(awake(zone, at)))
        gone = timedelta(hours=local.hour, minutes=local.minute)
        assert timedelta(minutes=5) <= gone < timedelta(hours=23, minutes=30), local
