"""The lines of the group Kesehatan: the office's checks, then its stations; and how many of them are red."""

from enum import StrEnum

import msgspec

from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import stations
from ult_desktop.operations.health import completeness, office_checks
from ult_desktop.operations.health.stations import check_stations, present_stations
from ult_desktop.operations.office.office import Office


class HealthTopic(StrEnum):
    """The topic of a line, by which a window knows what to do about it."""

    BACK_UP = "back_up"
    KEYS = "keys"
    TIME = "time"
    PROCEDURES = "procedures"
    IDENTITY = "identity"
    OFFICERS = "officers"
    DEADLINES = "deadlines"
    PRIVACY = "privacy"
    UPDATE = "update"
    STATION = "station"


class HealthLine(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a check as a line. `station` is the one that it is about, None for the office."""

    id: str
    topic: HealthTopic
    level: str
    check: str
    found: str
    todo: str = ""
    station: StationStatus | None = None


def health_lines(office: Office) -> tuple[HealthLine, ...]:
    """Return the lines of all checks but the slow ones: the log's witnesses and the whole file (`verify`)."""
    results_by_topic = (
        (HealthTopic.BACK_UP, office_checks.check_upkeep(office)),
        (HealthTopic.KEYS, (office_checks.check_keys(office),)),
        (HealthTopic.TIME, office_checks.check_time(office)),
        (HealthTopic.PROCEDURES, (office_checks.check_procedures(office),)),
        (HealthTopic.IDENTITY, (completeness.check_identity(office),)),
        (HealthTopic.OFFICERS, (completeness.check_people(office),)),
        (HealthTopic.DEADLINES, (completeness.check_deadlines(office),)),
        (HealthTopic.PRIVACY, office_checks.check_privacy(office)),
        (HealthTopic.UPDATE, office_checks.check_rollout(office)),
    )
    lines = [
        HealthLine(id=f"{topic}-{number}", topic=topic, **result._asdict())
        for topic, results in results_by_topic
        for number, result in enumerate(results)
    ]
    all_stations, now = office.read(stations.all_seen), office.clock()
    judged = zip(present_stations(all_stations, now), check_stations(all_stations, now), strict=True)
    station_lines = [
        HealthLine(id=station.identity, topic=HealthTopic.STATION, station=station, **result._asdict())
        for station, result in judged
    ]
    return (*lines, *station_lines)


def count_red(office: Office) -> int:
    """Return how many checks fail, of those that cost few reads: upkeep, keys, privacy, stations."""
    results = (
        *office_checks.check_upkeep(office),
        office_checks.check_keys(office),
        *office_checks.check_privacy(office),
        *check_stations(office.read(stations.all_seen), office.clock()),
    )
    return len([result for result in results if result.level == "fail"])
