"""The changes of the office's settings, and their limits."""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Officer, Permission, roles_from
from ult_desktop.core.command import Command
from ult_desktop.core.office import commands, edits, settings as office_settings
from ult_desktop.core.office.differences import Change, differences, sections_of
from ult_desktop.core.office.template import CounterTemplate, OfficerTemplate, OfficeTemplate, ServiceTemplate
from ult_desktop.core.queue.boards import distinct_name, plain_name
from ult_desktop.db.access import officers
from ult_desktop.db.creation import ADMIN
from ult_desktop.db.office import office, services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office import deadlines
from ult_desktop.operations.operation import Context, NewEvent, handles, refuse

NO_CHOICE: edits.Choice = {}
MOST_NAMED = 5  # numbers or names in a refusal
_OFFICE = 1  # the id of the one row of the office, the events' subject


def require_possible(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Raise UserError for the first thing that would break a queue, an appointment or a record."""
    _require_same_clock(tx, before, after)
    _require_free_series(tx, before, after)
    _require_every_counter(before, after)
    _require_idle(tx, before, after)
    service_before = {service.prefix: service for service in before.services}
    for service in after.services:
        if service.prefix not in service_before:
            _require_own_prefix(tx, service)
        _require_existing_names(tx, service_before.get(service.prefix), service)
    _require_served(tx, after)


def _require_same_clock(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Refuse another time zone while numbers or counters are open.

    The office's day, which the zone decides, is the day of a number's queue.
    """
    if before.office.timezone == after.office.timezone:
        return
    if waiting := office.open_numbers(tx):
        raise refuse(
            _("Zona waktu tidak dapat diubah selama antrean berjalan: {numbers}.").format(
                numbers=_first_names(waiting)
            ),
            _("Tutup hari dulu, lalu ulangi."),
        )
    if staffed := office.staffed_counters(tx):
        raise refuse(
            _("Zona waktu tidak dapat diubah selama loket {numbers} dijaga.").format(
                numbers=_first_names([str(number) for number in staffed])
            ),
            _("Kosongkan semua loket dulu, lalu ulangi."),
        )


def _require_free_series(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Refuse another priority series while numbers of the former one are open."""
    series = before.calling.priority_series
    waiting = office.open_numbers(tx, series=series) if series != after.calling.priority_series else ()
    if waiting:
        raise refuse(
            _("Deret prioritas {series} masih dipakai: {numbers}.").format(
                series=series, numbers=_first_names(waiting)
            ),
            _("Selesaikan nomor itu atau tutup hari dulu."),
        )


def _require_every_counter(before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Require that every counter stays.

    Numbers, calls and serving times of the past point to their counter.
    """
    numbers = {counter.number for counter in after.counters}
    if missing := [str(counter.number) for counter in before.counters if counter.number not in numbers]:
        raise refuse(
            _("Loket {numbers} tidak ada dalam berkas, dan loket tidak dapat dihapus.").format(
                numbers=_first_names(missing)
            ),
            _("Biarkan loket itu dalam berkas; loket yang tidak dijaga tetap tutup."),
        )


def _require_idle(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Require that nobody waits for a service that is retired, today or by appointment."""
    prefixes = {service.prefix for service in after.services}
    for service in before.services:
        if service.prefix in prefixes:
            continue
        service_id = services.id_of_prefix(tx, service.prefix)
        if waiting := office.open_numbers(tx, service_id=service_id):
            raise refuse(
                _("Layanan {name} masih punya nomor: {numbers}.").format(
                    name=service.name.indonesian, numbers=_first_names(waiting)
                ),
                _("Selesaikan atau alihkan nomor itu dulu."),
            )
        if booked := office.appointments_for(tx, service_id):
            raise refuse(
                _("Layanan {name} masih punya janji temu: {codes}.").format(
                    name=service.name.indonesian, codes=_first_names(booked)
                ),
                _("Penuhi atau batalkan janji itu dulu."),
            )


def _require_own_prefix(tx: Transaction, service: ServiceTemplate) -> None:
    """Require that a retired service's prefix is used only to offer that service again.

    The prefix identifies the service's row: another name would rename the service of past tickets.
    """
    former = services.of_prefix(tx, service.prefix)
    if former is not None and former.definition.name.indonesian != service.name.indonesian:
        raise refuse(
            _("Awalan {prefix} milik layanan lama {old}, bukan {new}.").format(
                prefix=service.prefix, old=former.definition.name.indonesian, new=service.name.indonesian
            ),
            _("Pilih awalan lain, atau pakai nama yang lama bila layanan itu dibuka kembali."),
        )


def _require_existing_names(tx: Transaction, before: ServiceTemplate | None, after: ServiceTemplate) -> None:
    """Require that the officers and the procedure that a service newly names exist.

    Officers and a procedure that it named before may be gone since.
    """
    allowed_logins = {officer.login for officer in officers.all_active(tx)}
    allowed_procedures = {procedure.id for procedure in procedures.in_force(tx)}
    if before is not None:
        allowed_logins |= {*before.helpdesk, *before.back_office}
        allowed_procedures.add(before.procedure)
    named_logins = (*after.helpdesk, *after.back_office)
    if unknown := [login for login in named_logins if login not in allowed_logins]:
        raise refuse(
            _("Layanan {name}: petugas {logins} tidak ada.").format(
                name=after.name.indonesian, logins=_first_names(unknown)
            ),
            _("Tambahkan petugasnya dulu (Pengaturan, Petugas)."),
        )
    if after.procedure and after.procedure not in allowed_procedures:
        raise refuse(
            _("Layanan {name}: prosedur {id} tidak dijalankan kantor ini.").format(
                name=after.name.indonesian, id=after.procedure
            ),
            _("Jalankan prosedurnya dulu (procedure adopt)."),
        )


def _require_served(tx: Transaction, after: OfficeTemplate) -> None:
    """Require that everybody who waits can still be called by a counter."""
    prefixes = {service.prefix for service in after.services}
    # A counter that names no service serves all.
    served = {prefix for counter in after.counters for prefix in counter.serves or prefixes}
    for service in after.services:
        if service.prefix in served:
            continue
        row = services.of_prefix(tx, service.prefix)
        waiting = () if row is None else office.open_numbers(tx, service_id=row.id)
        if waiting:
            raise refuse(
                _("Tidak ada loket lagi yang melayani {name}, padahal {numbers} menunggu.").format(
                    name=service.name.indonesian, numbers=_first_names(waiting)
                ),
                _("Sisakan satu loket untuk layanan itu, atau selesaikan nomornya dulu."),
            )


def _first_names(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    first = ", ".join(names[:MOST_NAMED])
    if len(names) <= MOST_NAMED:
        return first
    return _("{names} dan {n} lagi").format(names=first, n=len(names) - MOST_NAMED)


def office_document(tx: Transaction) -> OfficeTemplate:
    """Return the office as it is now: settings, services, counters, officers and procedures.

    The officers and procedures are for founding another office by this one. The first admin is left out,
    since `init` makes one; so is an officer with a login that a file must not have.
    """
    settings = office.load(tx).settings
    rows = services.active(tx)
    prefixes = {row.id: row.definition.prefix for row in rows}
    template = OfficeTemplate(
        office=settings.office,
        hours=settings.hours,
        categories=settings.categories,
        calling=settings.calling,
        services=tuple(row.definition for row in rows),
        counters=tuple(
            CounterTemplate(
                number=row.number,
                name=row.name,
                serves=tuple(prefix for id_, prefix in prefixes.items() if id_ in row.serves),
                priority=row.priority,
            )
            for row in counters.all_counters(tx)
        ),
        officers=tuple(filter(None, map(_officer_template, officers.all_active(tx)))),
        procedures=tuple(procedure.id for procedure in procedures.in_force(tx)),
    )
    return normalise_template(office_settings.with_settings(template, settings))


def normalise_template(template: OfficeTemplate) -> OfficeTemplate:
    """Return the same office in the one form in which two can be compared."""
    prefixes = [service.prefix for service in template.services]
    ordered = sorted(template.counters, key=lambda counter: counter.number)
    return msgspec.structs.replace(
        template, counters=tuple(_normalise_counter(counter, prefixes) for counter in ordered)
    )


def without_people(template: OfficeTemplate) -> OfficeTemplate:
    """Return the parts that `ChangeOffice` changes: officers and procedures have commands of their own."""
    return msgspec.structs.replace(template, officers=(), procedures=())


def _normalise_counter(counter: CounterTemplate, prefixes: Sequence[str]) -> CounterTemplate:
    """Return the counter with its services in order. A counter that serves all of them names none."""
    served = tuple(prefix for prefix in prefixes if prefix in counter.serves)
    return msgspec.structs.replace(
        counter,
        name=distinct_name(counter.number, counter.name) or plain_name(counter.number),
        serves=() if len(served) == len(prefixes) else served,
    )


def _officer_template(row: Officer) -> OfficerTemplate | None:
    if row.login == ADMIN:
        return None
    fields = {"login": row.login, "name": row.name, "roles": sorted(roles_from(row.roles))}
    try:
        return msgspec.convert(fields, OfficerTemplate)
    except msgspec.ValidationError:
        return None


def _answer_settings(tx: Transaction, _subject: int) -> office_settings.OfficeSettings:
    return office.load(tx).settings


def _answer_document(tx: Transaction, _subject: int) -> OfficeTemplate:
    return without_people(office_document(tx))


@handles(commands.ChangeSettings, needs=Permission.SET_OFFICE, answer=_answer_settings)
def change_settings(command: commands.ChangeSettings, tx: Transaction, context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_unchanged(command.seen, office_settings.fingerprint(context.office.settings))
    return _change(
        tx, context, before, changed_office(before, command.settings, before.services, before.counters)
    )


@handles(commands.ChangeOffice, needs=Permission.MANAGE_OFFICE, answer=_answer_document)
def change_office(command: commands.ChangeOffice, tx: Transaction, context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_unchanged(command.seen, office_settings.fingerprint(before))
    return _change(
        tx, context, before, changed_office(before, command.settings, command.services, command.counters)
    )


@handles(commands.FollowDays, needs=Permission.SET_OFFICE, answer=_answer_settings)
def follow_days(_command: commands.FollowDays, tx: Transaction, context: Context) -> NewEvent:
    moved = deadlines.outdated_deadlines(tx, context.at)
    if not moved:
        raise refuse(_("Semua tenggat sudah mengikuti hari kerja."))
    data = {"deadlines": deadlines.move_deadlines(tx, context, moved)}
    return NewEvent("office.followed", "office", _OFFICE, data)


def changed_office(
    before: OfficeTemplate,
    settings: office_settings.OfficeSettings,
    services: tuple[ServiceTemplate, ...],
    counters: tuple[CounterTemplate, ...],
) -> OfficeTemplate:
    """Return the office with these settings, services and counters, checked like a file that is read.

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
        encoded = msgspec.json.encode(office_settings.with_settings(parts, settings))
        return normalise_template(msgspec.json.decode(encoded, type=OfficeTemplate))
    except (ValueError, msgspec.ValidationError) as error:
        raise contradiction_error(error) from error


def contradiction_error(error: Exception) -> UserError:
    """Return, with words for a person, the error that a document's parts contradict each other."""
    return refuse(
        _("Pengaturan itu tidak dapat dipakai: {error}.").format(error=error), _("Perbaiki isinya.")
    )


def _require_unchanged(seen_fingerprint: str, fingerprint: str) -> None:
    """Refuse a change whose writer saw other settings than those now in force."""
    if seen_fingerprint and seen_fingerprint != fingerprint:
        raise refuse(
            _("Pengaturan kantor sementara itu diubah orang lain."),
            _("Lihat lagi yang berlaku sekarang, lalu ulangi."),
        )


def _change(tx: Transaction, context: Context, before: OfficeTemplate, after: OfficeTemplate) -> NewEvent:
    changes = differences(before, after)
    if not changes:
        raise refuse(_("Pengaturan kantor sudah seperti itu."))
    require_possible(tx, before, after)
    moved = _moved_deadlines(tx, before, after, context.at)
    office.set_settings(tx, office_settings.settings_of(after))
    if (before.services, before.counters) != (after.services, after.counters):
        _write_services(tx, before, after)
        _write_counters(tx, before, after)
    data: dict[str, list[int] | list[str] | tuple[str, ...]] = {"sections": sections_of(changes)}
    if moved:
        data["deadlines"] = deadlines.move_deadlines(tx, context, moved)
    return NewEvent("office.changed", "office", _OFFICE, data)


def _moved_deadlines(
    tx: Transaction, before: OfficeTemplate, after: OfficeTemplate, now: int
) -> tuple[deadlines.MovedDeadline, ...]:
    return deadlines.moved_deadlines(
        tx, office_settings.settings_of(before), office_settings.settings_of(after), now
    )


def _write_services(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    prefixes = {service.prefix for service in after.services}
    for service in before.services:
        if service.prefix not in prefixes:
            services.retire(tx, services.id_of_prefix(tx, service.prefix))
    for position, service in enumerate(after.services):
        row = services.of_prefix(tx, service.prefix)
        if row is None:
            services.insert(tx, position, service)
        else:
            services.change(tx, row.id, position, service)


def _write_counters(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    existing = {counter.number for counter in before.counters}
    prefixes = tuple(service.prefix for service in after.services)
    for counter in after.counters:
        write = counters.change if counter.number in existing else counters.insert
        write(tx, counter.number, distinct_name(counter.number, counter.name), priority=counter.priority)
        for prefix in counter.serves or prefixes:
            counters.add_service(tx, counter.number, services.id_of_prefix(tx, prefix))


class OfficeChangePlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan to change the office to what a file says.

    `command` makes the change, if nobody else changes the office first. `notes` say which parts of the file
    it does not apply. `moved` are the deadlines that follow other working days.
    """

    changes: tuple[Change, ...]
    moved: tuple[deadlines.MovedDeadline, ...]
    command: Command
    notes: tuple[str, ...]


def plan_change(tx: Transaction, template: OfficeTemplate, now: int) -> OfficeChangePlan:
    """Plan the change to what a file says.

    Raises UserError when the file's parts cannot be those of this office.
    """
    document = office_document(tx)
    before = without_people(document)
    after = _apply(before, template)
    return OfficeChangePlan(
        changes=differences(before, after),
        moved=_moved_deadlines(tx, before, after, now),
        command=_change_command(before, after),
        notes=_notes_on_unapplied(document, template),
    )


def _change_command(
    before: OfficeTemplate, after: OfficeTemplate
) -> commands.ChangeOffice | commands.ChangeSettings:
    """Return the command for a change. Services and counters are only written when they differ."""
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
    """The plan of an edit in a form: `command` turns the office `before` into `after`.

    Both are without people and procedures. `moved` are the deadlines that follow other working days.
    """

    before: OfficeTemplate
    after: OfficeTemplate
    moved: tuple[deadlines.MovedDeadline, ...]
    command: Command


def plan_edit(
    tx: Transaction, seen: OfficeTemplate, wanted: OfficeTemplate, now: int, choice: edits.Choice = NO_CHOICE
) -> OfficeEdit:
    """Plan the change from `seen` to `wanted`, keeping what others changed elsewhere since.

    Raises `edits.Clash` when they changed the same key and `choice` does not say whose stays, and UserError
    for what would be refused.
    """
    before = without_people(office_document(tx))
    try:
        merged = edits.merge(before, seen, wanted, choice)
    except ValueError as error:  # each change is sound by itself, and both together are not
        raise contradiction_error(error) from error
    after = _apply(before, merged)
    require_possible(tx, before, after)
    return OfficeEdit(
        before=before,
        after=after,
        moved=_moved_deadlines(tx, before, after, now),
        command=_change_command(before, after),
    )


def require_plan(tx: Transaction, template: OfficeTemplate) -> None:
    """Raise UserError for what would be refused if the file were applied now."""
    before = without_people(office_document(tx))
    require_possible(tx, before, _apply(before, template))


def _apply(before: OfficeTemplate, template: OfficeTemplate) -> OfficeTemplate:
    return changed_office(before, office_settings.settings_of(template), template.services, template.counters)


def _notes_on_unapplied(office: OfficeTemplate, template: OfficeTemplate) -> tuple[str, ...]:
    """Return notes on the officers and procedures of a file that the office does not have."""
    notes = []
    logins_here = {officer.login for officer in office.officers} | {ADMIN}
    if new_logins := sorted({officer.login for officer in template.officers} - logins_here):
        notes.append(
            _("Petugas tidak ditambahkan dari berkas: {logins}. Pakai officer add.").format(
                logins=", ".join(new_logins)
            )
        )
    if new_ids := [id_ for id_ in template.procedures if id_ not in office.procedures]:
        notes.append(
            _("Prosedur tidak dijalankan dari berkas: {names}. Pakai procedure adopt.").format(
                names=", ".join(new_ids)
            )
        )
    return tuple(notes)
