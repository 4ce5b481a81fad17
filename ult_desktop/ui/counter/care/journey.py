"""A vulnerable visitor's way through the office: calls for care, escorts, devices."""

from collections.abc import Iterator
from datetime import datetime

from ult_desktop.base.i18n import _
from ult_desktop.core.care.declarations import Alert, Device, Escort
from ult_desktop.db.care.declarations import CareCard
from ult_desktop.ui.counter.care.care_words import alert_words, device_state, escort_words, lent_to
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words


def journey(card: CareCard, now: datetime) -> list[TimelineEntry]:
    """In the order of time."""
    return [entry for _at, entry in sorted(_entries(card, now), key=lambda pair: pair[0])]


def _entries(card: CareCard, now: datetime) -> Iterator[tuple[int, TimelineEntry]]:
    for alert in card.alerts:
        yield alert.at, _called(alert, now)
    for escort in card.escorts:
        yield escort.began_at, _accompanied(escort, now)
    for device in lent_to(card):
        yield device.lent_at or 0, _lent(device, now)


def _called(alert: Alert, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(alert.at, now), icon="bell-ring", tone="danger", what=alert_words(alert)
    )


def _accompanied(escort: Escort, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(escort.began_at, now),
        icon="hand-helping",
        tone="ok" if escort.ended_at else "primary",
        what=escort_words(escort),
        who=escort.officer,
        note=" → ".join(filter(None, (escort.from_place, escort.to_place))),
    )


def _lent(device: Device, now: datetime) -> TimelineEntry:
    return TimelineEntry(
        when=when_words(device.lent_at or 0, now),
        icon="accessibility",
        tone="primary",
        what=_("{label}: {state}").format(label=device.label, state=device_state(device)),
    )
