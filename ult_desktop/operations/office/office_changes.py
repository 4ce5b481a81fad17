"""Change what the office decides for itself: settings alone, or all that its file holds."""

import msgspec

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.office.commands import ChangeOffice, ChangeSettings
from ult_desktop.core.office.difference import differences, sections_of
from ult_desktop.core.office.settings import (
    OfficeSettings,
    fingerprint,
    settings_of,
    with_settings,
)
from ult_desktop.core.office.template import CounterTemplate, OfficeTemplate, ServiceTemplate
from ult_desktop.core.queue.counter_names import own_name
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import refuse
from ult_desktop.operations.office.document import normalise_template, office_document, without_people
from ult_desktop.operations.office.limits import require_possible
from ult_desktop.operations.operation import Context, NewEvent, handles

OFFICE = 1  # the one row


def _settings(tx: Transaction, _subject: int) -> OfficeSettings:
    return office.load(tx).settings


def _document(tx: Transaction, _subject: int) -> OfficeTemplate:
    return without_people(office_document(tx))


@handles(ChangeSettings, needs=Permission.SET_OFFICE, answer=_settings)
def change_settings(ask: ChangeSettings, tx: Transaction, moment: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(ask.seen, fingerprint(moment.office.settings))
    return _change(tx, before, changed(before, ask.settings, before.services, before.counters))


@handles(ChangeOffice, needs=Permission.MANAGE_OFFICE, answer=_document)
def change_office(ask: ChangeOffice, tx: Transaction, _moment: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(ask.seen, fingerprint(before))
    return _change(tx, before, changed(before, ask.settings, ask.services, ask.counters))


def changed(
    before: OfficeTemplate,
    settings: OfficeSettings,
    services: tuple[ServiceTemplate, ...],
    counters: tuple[CounterTemplate, ...],
) -> OfficeTemplate:
    """The office as it would be, proved like a file that is read.

    Raises UserError when its parts contradict each other: what cannot be read again must not be written.
    """
    try:
        parts = msgspec.structs.replace(
            before,
            categories=settings.categories,
            calling=settings.calling,
            services=services,
            counters=counters,
        )
        made = msgspec.json.encode(with_settings(parts, settings))
        return normalise_template(msgspec.json.decode(made, type=OfficeTemplate))
    except (ValueError, msgspec.ValidationError) as error:
        raise refuse(
            _("Pengaturan itu tidak dapat dipakai: {error}.").format(error=error), _("Perbaiki isinya.")
        ) from error


def _require_seen(seen: str, now: str) -> None:
    if seen and seen != now:
        raise changed_meanwhile()


def changed_meanwhile() -> UserError:
    return refuse(
        _("Pengaturan kantor sementara itu diubah orang lain."),
        _("Lihat lagi yang berlaku sekarang, lalu ulangi."),
    )


def _change(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> NewEvent:
    changes = differences(before, after)
    if not changes:
        raise refuse(_("Pengaturan kantor sudah seperti itu."))
    require_possible(tx, before, after)
    office.set_settings(tx, settings_of(after))
    if (before.services, before.counters) != (after.services, after.counters):
        _write_services(tx, before, after)
        _write_counters(tx, before, after)
    return NewEvent("office.changed", "office", OFFICE, {"sections": sections_of(changes)})


def _write_services(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    kept = {service.prefix for service in after.services}
    for service in before.services:
        if service.prefix not in kept:
            services.retire(tx, services.id_of_prefix(tx, service.prefix))
    for position, service in enumerate(after.services):
        row = services.of_prefix(tx, service.prefix)
        if row is None:
            services.insert(tx, position, service)
        else:
            services.change(tx, row.id, position, service)


def _write_counters(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    there = {counter.number for counter in before.counters}
    prefixes = tuple(service.prefix for service in after.services)
    for counter in after.counters:
        write = counters.change if counter.number in there else counters.insert
        write(tx, counter.number, own_name(counter.number, counter.name), counter.priority)
        for prefix in counter.serves or prefixes:
            counters.serve(tx, counter.number, services.id_of_prefix(tx, prefix))
