"""The lines of the group Kesehatan: the office first, then its stations; and how many of them are red."""

from collections.abc import Iterable, Iterator
from enum import StrEnum

import msgspec

from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.db.store import stations
from ult_desktop.operations.health import completeness, office_checks
from ult_desktop.operations.health.check_result import CheckResult
from ult_desktop.operations.health.stations import check_stations, present
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
    """A line; its position in the list is its `id`. `station` is the one that it is about, if any."""

    id: str
    topic: HealthTopic
    level: str
    check: str
    found: str
    todo: str = ""
    station: StationStatus | None = None


def health_lines(office: Office) -> tuple[HealthLine, ...]:
    """Return all lines except what takes long: the log's witnesses and the whole of the file (`verify`)."""
    topics = (
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
    lines = (line for topic, results in topics for line in _lines(topic, results))
    return (*lines, *_station_lines(office))


def count_red(office: Office) -> int:
    """Return how many lines are red, of those that cost few reads: upkeep, keys, privacy, stations."""
    found, now = office.read(stations.all_seen), office.clock()
    results = (
        *office_checks.check_upkeep(office),
        office_checks.check_keys(office),
        *office_checks.check_privacy(office),
        *check_stations(found, now),
    )
    return len([each for each in results if each.level == "fail"])


def _lines(topic: HealthTopic, results: Iterable[CheckResult]) -> Iterator[HealthLine]:
    for number, each in enumerate(results):
        yield HealthLine(id=f"{topic}-{number}", topic=topic, **each._asdict())


def _station_lines(office: Office) -> Iterator[HealthLine]:
    found, now = office.read(stations.all_seen), office.clock()
    judged = zip(present(found, now), check_stations(found, now), strict=True)
    for each, line in judged:
        yield HealthLine(id=each.identity, topic=HealthTopic.STATION, station=each, **line._asdict())
