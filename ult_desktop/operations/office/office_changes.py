"""Change what the office decides for itself, and tell beforehand what that would change."""

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Officer, Permission, roles_from
from ult_desktop.core.command import Command
from ult_desktop.core.office import commands, edits, settings as office_settings, text
from ult_desktop.core.office.template import CounterTemplate, OfficerTemplate, OfficeTemplate, ServiceTemplate
from ult_desktop.core.queue.boards import own_name, plain_name
from ult_desktop.db.access import officers
from ult_desktop.db.creation import ADMIN
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.limits import require_possible
from ult_desktop.operations.operation import Context, NewEvent, handles, refuse


def office_document(tx: Transaction) -> OfficeTemplate:
    """Settings, services and counters as they hold now; officers and procedures for whoever founds anew.

    The first admin is left out, `init` makes one, and so is an officer whose login no file may have.
    """
    settings = office.load(tx).settings
    rows = services.active(tx)
    prefixes = {row.id: row.definition.prefix for row in rows}
    plain = OfficeTemplate(
        office=settings.office,
        hours=settings.hours,
        categories=settings.categories,
        calling=settings.calling,
        services=tuple(row.definition for row in rows),
        counters=tuple(_counter(row, prefixes) for row in counters.all_counters(tx)),
        officers=tuple(found for row in officers.all_active(tx) if (found := _officer(row)) is not None),
        procedures=tuple(each.id for each in procedures.in_force(tx)),
    )
    return office_settings.with_settings(plain, settings)


def normalise_template(template: OfficeTemplate) -> OfficeTemplate:
    """The same office as `office_document` would tell it: two that mean the same are equal."""
    prefixes = dict(enumerate(service.prefix for service in template.services))
    return msgspec.structs.replace(
        template,
        counters=tuple(
            _usual(counter, prefixes) for counter in sorted(template.counters, key=lambda each: each.number)
        ),
    )


def without_people(template: OfficeTemplate) -> OfficeTemplate:
    """What `ChangeOffice` changes: officers and procedures have commands of their own."""
    return msgspec.structs.replace(template, officers=(), procedures=())


def _counter(row: counters.CounterRow, prefixes: dict[int, str]) -> CounterTemplate:
    served = tuple(prefix for service_id, prefix in prefixes.items() if service_id in row.serves)
    return _usual(
        CounterTemplate(number=row.number, name=row.name, serves=served, priority=row.priority), prefixes
    )


def _usual(counter: CounterTemplate, prefixes: dict[int, str]) -> CounterTemplate:
    """In the order of the services; one that serves all of them names none."""
    served = tuple(prefix for prefix in prefixes.values() if prefix in counter.serves)
    return msgspec.structs.replace(
        counter,
        name=own_name(counter.number, counter.name) or plain_name(counter.number),
        serves=() if len(served) == len(prefixes) else served,
    )


def _officer(row: Officer) -> OfficerTemplate | None:
    if row.login == ADMIN:
        return None
    plain = {"login": row.login, "name": row.name, "roles": sorted(roles_from(row.roles))}
    try:
        return msgspec.convert(plain, OfficerTemplate)
    except msgspec.ValidationError:
        return None


OFFICE = 1  # the one row


def _settings(tx: Transaction, _subject: int) -> office_settings.OfficeSettings:
    return office.load(tx).settings


def _document(tx: Transaction, _subject: int) -> OfficeTemplate:
    return without_people(office_document(tx))


@handles(commands.ChangeSettings, needs=Permission.SET_OFFICE, answer=_settings)
def change_settings(command: commands.ChangeSettings, tx: Transaction, context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(command.seen, office_settings.fingerprint(context.office.settings))
    return _change(tx, before, changed(before, command.settings, before.services, before.counters))


@handles(commands.ChangeOffice, needs=Permission.MANAGE_OFFICE, answer=_document)
def change_office(command: commands.ChangeOffice, tx: Transaction, _context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(command.seen, office_settings.fingerprint(before))
    return _change(tx, before, changed(before, command.settings, command.services, command.counters))


def changed(
    before: OfficeTemplate,
    settings: office_settings.OfficeSettings,
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
        made = msgspec.json.encode(office_settings.with_settings(parts, settings))
        return normalise_template(msgspec.json.decode(made, type=OfficeTemplate))
    except (ValueError, msgspec.ValidationError) as error:
        raise contradicting(error) from error


def contradicting(error: Exception) -> UserError:
    """What a document says of its own parts, for a person."""
    return refuse(
        _("Pengaturan itu tidak dapat dipakai: {error}.").format(error=error), _("Perbaiki isinya.")
    )


def _require_seen(seen: str, now: str) -> None:
    if seen and seen != now:
        raise changed_meanwhile()


def changed_meanwhile() -> UserError:
    return refuse(
        _("Pengaturan kantor sementara itu diubah orang lain."),
        _("Lihat lagi yang berlaku sekarang, lalu ulangi."),
    )


def _change(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> NewEvent:
    changes = text.differences(before, after)
    if not changes:
        raise refuse(_("Pengaturan kantor sudah seperti itu."))
    require_possible(tx, before, after)
    office.set_settings(tx, office_settings.settings_of(after))
    if (before.services, before.counters) != (after.services, after.counters):
        _write_services(tx, before, after)
        _write_counters(tx, before, after)
    return NewEvent("office.changed", "office", OFFICE, {"sections": text.sections_of(changes)})


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


class OfficeChangePlan(msgspec.Struct, frozen=True, kw_only=True):
    """`command` brings it about if nobody else changes the office first; `notes` say what it leaves."""

    changes: tuple[text.Change, ...]
    command: Command
    notes: tuple[str, ...]


def plan_change(tx: Transaction, template: OfficeTemplate) -> OfficeChangePlan:
    """Raises UserError when the file's parts cannot be those of this office."""
    whole = office_document(tx)
    before = without_people(whole)
    after = _after(before, template)
    return OfficeChangePlan(
        changes=text.differences(before, after),
        command=_command(before, after),
        notes=_notes(whole, template),
    )


def _command(
    before: OfficeTemplate, after: OfficeTemplate
) -> commands.ChangeOffice | commands.ChangeSettings:
    """Services and counters are only written when they differ."""
    settings = office_settings.settings_of(after)
    if (before.services, before.counters) == (after.services, after.counters):
        return commands.ChangeSettings(
            settings=settings, seen=office_settings.fingerprint(office_settings.settings_of(before))
        )
    return commands.ChangeOffice(
        settings=settings,
        services=after.services,
        counters=after.counters,
        seen=office_settings.fingerprint(before),
    )


class OfficeEdit(msgspec.Struct, frozen=True, kw_only=True):
    """`command` makes `after` of `before`, the office as it holds, people and procedures aside."""

    before: OfficeTemplate
    after: OfficeTemplate
    command: Command


def plan_edit(tx: Transaction, seen: OfficeTemplate, wanted: OfficeTemplate) -> OfficeEdit:
    """The change from `seen` to `wanted`, whatever others changed elsewhere since.

    Raises UserError when they changed the same part, and for what would be refused.
    """
    before = without_people(office_document(tx))
    after = _after(before, edits.carry_over(before, seen, wanted))
    require_possible(tx, before, after)
    return OfficeEdit(before=before, after=after, command=_command(before, after))


def require_plan(tx: Transaction, template: OfficeTemplate) -> None:
    """Raises UserError for what would be refused if the file were applied now."""
    before = without_people(office_document(tx))
    require_possible(tx, before, _after(before, template))


def _after(before: OfficeTemplate, template: OfficeTemplate) -> OfficeTemplate:
    return changed(before, office_settings.settings_of(template), template.services, template.counters)


def _notes(office: OfficeTemplate, template: OfficeTemplate) -> tuple[str, ...]:
    here, named = ({each.login for each in found.officers} for found in (office, template))
    notes = []
    if strangers := sorted(named - here - {"admin"}):
        notes.append(
            _("Petugas tidak ditambahkan dari berkas: {logins}. Pakai officer add.").format(
                logins=", ".join(strangers)
            )
        )
    if unknown := [each for each in template.procedures if each not in office.procedures]:
        notes.append(
            _("Prosedur tidak dijalankan dari berkas: {names}. Pakai procedure adopt.").format(
                names=", ".join(unknown)
            )
        )
    return tuple(notes)
