"""A vulnerable visitor's way through the office, in words: calls for care, escorts, devices."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from ult_desktop.base import _, counted
from ult_desktop.core.care.declarations import Alert, AlertKind, Device, Escort, Leg
from ult_desktop.core.queue.ticket import Help, readable_reasons
from ult_desktop.db.care.declarations import CareCard, CareRow
from ult_desktop.ui.kit.timeline import TimelineEntry, when_words


def who(line: CareRow) -> str:
    return line.guest or _("Tamu tanpa nama")


def grounds(line: CareRow) -> str:
    """Return the declared reasons. They are forgotten after the office's time, while the visit stays."""
    return ", ".join(each.word for each in readable_reasons(line.grounds)) or _("kelompok rentan")


def helps(line: CareRow) -> str:
    return ", ".join(Help(each).word for each in line.help)


def alert_words(alert: Alert) -> str:
    if alert.kind is AlertKind.KIOSK_CALL:
        return _("Pengunjung di {place} minta bantuan petugas.").format(place=alert.place)
    if alert.kind is AlertKind.SECURITY_CALL:
        where = alert.place or _("loket")
        return _("Petugas keamanan diminta ke {place} untuk {label}.").format(
            place=where, label=alert.label or _("tamu")
        )
    wanted = ", ".join(each.word for each in alert.help)
    label = alert.label or _("tamu").capitalize()
    if wanted:
        return _("{label} kelompok rentan, perlu {help}.").format(label=label, help=wanted)
    return _("{label} kelompok rentan, sambut dan dampingi.").format(label=label)


def covered_words(alerts: Sequence[Alert]) -> str:
    """Return the words about the calls for a locked PC.

    They say how many and at which counter; no name, number or reason.
    """
    if not alerts:
        return ""
    places = {alert.place for alert in alerts}
    (place, *others) = places
    if others or not _is_counter(place):  # typed text must not be seen by people who pass
        return counted("{n} permintaan bantuan. Buka kunci untuk menjawab.", len(alerts))
    words = _("{n} permintaan bantuan di {place}. Buka kunci untuk menjawab.")
    return words.format(n=len(alerts), place=place)


def _is_counter(place: str) -> bool:
    number = place.rpartition(" ")[2]
    return number.isdecimal() and place in (_("Loket {n}").format(n=number), f"Loket {number}")


def escort_words(escort: Escort) -> str:
    if escort.declined:
        return _("Tanpa pendamping {leg}, atas keinginan tamu").format(leg=escort.leg.word)
    if escort.ended_at is None:
        return _("Sedang didampingi {leg}").format(leg=escort.leg.word)
    return _("Didampingi {leg}").format(leg=escort.leg.word)


def next_leg(card: CareCard) -> Leg | None:
    """Return the next part of the way; None after the last."""
    gone = {escort.leg for escort in card.escorts}
    return next((leg for leg in Leg if leg not in gone and not _passed(leg, gone)), None)


def _passed(leg: Leg, gone: set[Leg]) -> bool:
    """Return whether a later part has been escorted already, so that this one needs no escort."""
    order = list(Leg)
    return any(order.index(other) > order.index(leg) for other in gone)


def under_way(card: CareCard) -> Escort | None:
    return next((escort for escort in card.escorts if escort.ended_at is None), None)


def lent_to(card: CareCard) -> tuple[Device, ...]:
    return tuple(device for device in card.devices if device.visit_id == card.line.visit_id)


def device_state(device: Device) -> str:
    if device.loan_id is not None:
        with_whom = device.ticket or _("tamu")
        late = _(" · belum kembali") if device.overdue else ""
        return _("dipakai {label}").format(label=with_whom) + late
    return _("tersedia") if device.is_free else _("rusak")


def free_devices(card: CareCard) -> Iterator[tuple[str, object]]:
    """Yield the choices for a lending."""
    return ((device.label, device.id) for device in card.devices if device.is_free)


def journey(card: CareCard, now: datetime) -> list[TimelineEntry]:
    """Return the entries of the journey in the order of time."""
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


def devices_notice(devices: Sequence[Device]) -> tuple[str, str]:
    """Return a notice about the assistive devices and its tone; ("", "") while some are free."""
    late = sum(device.overdue for device in devices)
    if late:
        return counted("{n} alat bantu belum kembali", late), "danger"
    none_left = bool(devices) and not any(device.is_free for device in devices)
    return (_("Tidak ada alat bantu yang tersedia"), "warn") if none_left else ("", "")
