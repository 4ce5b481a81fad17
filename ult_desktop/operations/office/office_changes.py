"""The changes of the office's settings, and their limits."""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Officer, Permission, roles_from
from ult_desktop.core.command import Command
from ult_desktop.core.office import commands, edits, settings as office_settings, text
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
NAMED = 5  # how many numbers or names a refusal lists


def require_possible(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Raise UserError for the first thing that would break a queue, an appointment or a record."""
    _require_same_clock(tx, before, after)
    _require_free_series(tx, before, after)
    _require_every_counter(before, after)
    _require_idle(tx, before, after)
    known = {service.prefix: service for service in before.services}
    for service in after.services:
        if service.prefix not in known:
            _require_own_prefix(tx, service)
        _require_known(tx, known.get(service.prefix), service)
    _require_served(tx, after)


def _require_same_clock(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Refuse another time zone while numbers or counters are open.

    The office's day decides a number's queue.
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
    series = before.calling.priority_series
    waiting = office.open_numbers_in(tx, series) if series != after.calling.priority_series else ()
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
    kept = {counter.number for counter in after.counters}
    if gone := [str(counter.number) for counter in before.counters if counter.number not in kept]:
        raise refuse(
            _("Loket {numbers} tidak ada dalam berkas, dan loket tidak dapat dihapus.").format(
                numbers=_first_names(gone)
            ),
            _("Biarkan loket itu dalam berkas; loket yang tidak dijaga tetap tutup."),
        )


def _require_idle(tx: Transaction, before: OfficeTemplate, after: OfficeTemplate) -> None:
    """Require that nobody waits for a service that is retired, today or by appointment."""
    kept = {service.prefix for service in after.services}
    for service in before.services:
        if service.prefix in kept:
            continue
        service_id = services.id_of_prefix(tx, service.prefix)
        if waiting := office.open_numbers_of(tx, service_id):
            raise refuse(
                _("Layanan {name} masih punya nomor: {numbers}.").format(
                    name=service.name.id, numbers=_first_names(waiting)
                ),
                _("Selesaikan atau alihkan nomor itu dulu."),
            )
        if booked := office.appointments_for(tx, service_id):
            raise refuse(
                _("Layanan {name} masih punya janji temu: {codes}.").format(
                    name=service.name.id, codes=_first_names(booked)
                ),
                _("Penuhi atau batalkan janji itu dulu."),
            )


def _require_own_prefix(tx: Transaction, service: ServiceTemplate) -> None:
    """Require that a former service's prefix is used only to offer that service again.

    The prefix finds the service's row: another name in it would rename the service of past tickets.
    """
    old = services.of_prefix(tx, service.prefix)
    if old is not None and old.definition.name.id != service.name.id:
        raise refuse(
            _("Awalan {prefix} milik layanan lama {old}, bukan {new}.").format(
                prefix=service.prefix, old=old.definition.name.id, new=service.name.id
            ),
            _("Pilih awalan lain, atau pakai nama yang lama bila layanan itu dibuka kembali."),
        )


def _require_known(tx: Transaction, before: ServiceTemplate | None, after: ServiceTemplate) -> None:
    """Require that the officers and the procedure that a service newly names exist.

    Those that it named before may have left the office since.
    """
    named = {*before.helpdesk, *before.back_office} if before else set()
    active = {officer.login for officer in officers.all_active(tx)}
    if strangers := [login for login in (*after.helpdesk, *after.back_office) if login not in named | active]:
        raise refuse(
            _("Layanan {name}: petugas {logins} tidak ada.").format(
                name=after.name.id, logins=_first_names(strangers)
            ),
            _("Tambahkan petugasnya dulu (Pengaturan, Petugas)."),
        )
    in_force = {each.id for each in procedures.in_force(tx)} | {before.procedure if before else ""}
    if after.procedure and after.procedure not in in_force:
        raise refuse(
            _("Layanan {name}: prosedur {id} tidak dijalankan kantor ini.").format(
                name=after.name.id, id=after.procedure
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
        waiting = () if row is None else office.open_numbers_of(tx, row.id)
        if waiting:
            raise refuse(
                _("Tidak ada loket lagi yang melayani {name}, padahal {numbers} menunggu.").format(
                    name=service.name.id, numbers=_first_names(waiting)
                ),
                _("Sisakan satu loket untuk layanan itu, atau selesaikan nomornya dulu."),
            )


def _first_names(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown = ", ".join(names[:NAMED])
    return (
        shown if len(names) <= NAMED else _("{names} dan {n} lagi").format(names=shown, n=len(names) - NAMED)
    )


def office_document(tx: Transaction) -> OfficeTemplate:
    """Return the office as it is now: settings, services, counters, officers and procedures.

    The officers and procedures are for founding another office by this one. The first admin is left out,
    since `init` makes one; so is an officer with a login that a file must not have.
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
        counters=tuple(_counter_template(row, prefixes) for row in counters.all_counters(tx)),
        officers=tuple(filter(None, map(_officer_template, officers.all_active(tx)))),
        procedures=tuple(each.id for each in procedures.in_force(tx)),
    )
    return office_settings.with_settings(plain, settings)


def normalise_template(template: OfficeTemplate) -> OfficeTemplate:
    """Return the same office as `office_document` would write it. Two that mean the same are equal then."""
    prefixes = dict(enumerate(service.prefix for service in template.services))
    return msgspec.structs.replace(
        template,
        counters=tuple(
            _in_usual_form(counter, prefixes)
            for counter in sorted(template.counters, key=lambda each: each.number)
        ),
    )


def without_people(template: OfficeTemplate) -> OfficeTemplate:
    """Return what `ChangeOffice` changes: officers and procedures have commands of their own."""
    return msgspec.structs.replace(template, officers=(), procedures=())


def _counter_template(row: counters.CounterRow, prefixes: dict[int, str]) -> CounterTemplate:
    served = tuple(prefix for service_id, prefix in prefixes.items() if service_id in row.serves)
    return _in_usual_form(
        CounterTemplate(number=row.number, name=row.name, serves=served, priority=row.priority), prefixes
    )


def _in_usual_form(counter: CounterTemplate, prefixes: dict[int, str]) -> CounterTemplate:
    """Return the counter with its services in order. A counter that serves all of them names none."""
    served = tuple(prefix for prefix in prefixes.values() if prefix in counter.serves)
    return msgspec.structs.replace(
        counter,
        name=distinct_name(counter.number, counter.name) or plain_name(counter.number),
        serves=() if len(served) == len(prefixes) else served,
    )


def _officer_template(row: Officer) -> OfficerTemplate | None:
    if row.login == ADMIN:
        return None
    plain = {"login": row.login, "name": row.name, "roles": sorted(roles_from(row.roles))}
    try:
        return msgspec.convert(plain, OfficerTemplate)
    except msgspec.ValidationError:
        return None


OFFICE = 1  # the subject of the events: the one row of the office


def _settings(tx: Transaction, _subject: int) -> office_settings.OfficeSettings:
    return office.load(tx).settings


def _document(tx: Transaction, _subject: int) -> OfficeTemplate:
    return without_people(office_document(tx))


@handles(commands.ChangeSettings, needs=Permission.SET_OFFICE, answer=_settings)
def change_settings(command: commands.ChangeSettings, tx: Transaction, context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(command.seen, office_settings.fingerprint(context.office.settings))
    return _change(
        tx, context, before, changed_office(before, command.settings, before.services, before.counters)
    )


@handles(commands.ChangeOffice, needs=Permission.MANAGE_OFFICE, answer=_document)
def change_office(command: commands.ChangeOffice, tx: Transaction, context: Context) -> NewEvent:
    before = without_people(office_document(tx))
    _require_seen(command.seen, office_settings.fingerprint(before))
    return _change(
        tx, context, before, changed_office(before, command.settings, command.services, command.counters)
    )


@handles(commands.FollowDays, needs=Permission.SET_OFFICE, answer=_settings)
def follow_days(_command: commands.FollowDays, tx: Transaction, context: Context) -> NewEvent:
    moved = deadlines.outdated_deadlines(tx, context.at)
    if not moved:
        raise refuse(_("Semua tenggat sudah mengikuti hari kerja."))
    data = {"deadlines": deadlines.move_deadlines(tx, context, moved)}
    return NewEvent("office.followed", "office", OFFICE, data)


def changed_office(
    before: OfficeTemplate,
    settings: office_settings.OfficeSettings,
    services: tuple[ServiceTemplate, ...],
    counters: tuple[CounterTemplate, ...],
) -> OfficeTemplate:
    """Return the office as it would be, checked like a file that is read.

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
        raise contradiction_error(error) from error


def contradiction_error(error: Exception) -> UserError:
    """Return, in words for a person, the error that a document's parts contradict each other."""
    return refuse(
        _("Pengaturan itu tidak dapat dipakai: {error}.").format(error=error), _("Perbaiki isinya.")
    )


def _require_seen(before: str, now: str) -> None:
    if before and before != now:
        raise changed_meanwhile()


def changed_meanwhile() -> UserError:
    return refuse(
        _("Pengaturan kantor sementara itu diubah orang lain."),
        _("Lihat lagi yang berlaku sekarang, lalu ulangi."),
    )


def _change(tx: Transaction, context: Context, before: OfficeTemplate, after: OfficeTemplate) -> NewEvent:
    changes = text.differences(before, after)
    if not changes:
        raise refuse(_("Pengaturan kantor sudah seperti itu."))
    require_possible(tx, before, after)
    moved = _moved(tx, before, after, context.at)
    office.set_settings(tx, office_settings.settings_of(after))
    if (before.services, before.counters) != (after.services, after.counters):
        _write_services(tx, before, after)
        _write_counters(tx, before, after)
    data: dict[str, list[int] | list[str] | tuple[str, ...]] = {"sections": text.sections_of(changes)}
    if moved:
        data["deadlines"] = deadlines.move_deadlines(tx, context, moved)
    return NewEvent("office.changed", "office", OFFICE, data)


def _moved(
    tx: Transaction, before: OfficeTemplate, after: OfficeTemplate, now: int
) -> tuple[deadlines.MovedDeadline, ...]:
    return deadlines.moved_deadlines(
        tx, office_settings.settings_of(before), office_settings.settings_of(after), now
    )


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
    existing = {counter.number for counter in before.counters}
    prefixes = tuple(service.prefix for service in after.services)
    for counter in after.counters:
        write = counters.change if counter.number in existing else counters.insert
        write(tx, counter.number, distinct_name(counter.number, counter.name), counter.priority)
        for prefix in counter.serves or prefixes:
            counters.add_service(tx, counter.number, services.id_of_prefix(tx, prefix))


class OfficeChangePlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of a change.

    `command` makes the change, if nobody else changes the office first. `notes` say which parts of the file
    it does not apply. `moved` are the deadlines that follow other working days.
    """

    changes: tuple[text.Change, ...]
    moved: tuple[deadlines.MovedDeadline, ...]
    command: Command
    notes: tuple[str, ...]


def plan_change(tx: Transaction, template: OfficeTemplate, now: int) -> OfficeChangePlan:
    """Plan the change to what a file says.

    Raises UserError when the file's parts cannot be those of this office.
    """
    whole = office_document(tx)
    before = without_people(whole)
    after = _after(before, template)
    return OfficeChangePlan(
        changes=text.differences(before, after),
        moved=_moved(tx, before, after, now),
        command=_command(before, after),
        notes=_notes(whole, template),
    )


def _command(
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
    """An edit: `command` turns `before`, the office as it is without people and procedures, into `after`.

    `moved` are the deadlines that follow other working days.
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
    after = _after(before, merged)
    require_possible(tx, before, after)
    moved = _moved(tx, before, after, now)
    return OfficeEdit(before=before, after=after, moved=moved, command=_command(before, after))


def require_plan(tx: Transaction, template: OfficeTemplate) -> None:
    """Raise UserError for what would be refused if the file were applied now."""
    before = without_people(office_document(tx))
    require_possible(tx, before, _after(before, template))


def _after(before: OfficeTemplate, template: OfficeTemplate) -> OfficeTemplate:
    return changed_office(before, office_settings.settings_of(template), template.services, template.counters)


def _notes(office: OfficeTemplate, template: OfficeTemplate) -> tuple[str, ...]:
    active = {each.login for each in office.officers}
    named = {each.login for each in template.officers}
    notes = []
    if strangers := sorted(named - active - {"admin"}):
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
