"""The receiving of online requests (POS Kepri 1), typed or as rows of a list. Each is a visit with a case."""

from collections.abc import Iterable, Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.free_text import normalise_line
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.online import clock, commands, online_request
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.visit import ProcedureInForce, VisitChannel, choose_procedure
from ult_desktop.db import list_imports, online_requests, online_undo
from ult_desktop.db.office import services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.series import YearlySeries, insert_each_numbered
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.cases.case_opening import WrittenMatter, begin_cases
from ult_desktop.operations.lists.undoing import UNDO_BATCH, require_import
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, named, refuse
from ult_desktop.operations.visits.visits import guest_line


@handles(commands.ImportRequests, needs=Permission.BE_STATION, answer=answer_subject)
def import_requests(command: commands.ImportRequests, tx: Transaction, context: Context) -> NewEvent:
    """Import a list's rows as new requests, except those that the office has already.

    A station may do this without an officer (watched folder), for requests are only made, not answered. What
    a list's columns mean only an officer may decide (`remember`).
    """
    if command.batch.remember:
        context.by.require(Permission.HANDLE_ONLINE)
        list_imports.remember(tx, command.source, command.batch.remember)
    import_id = list_imports.begin(tx, command.source, command.batch, context.at, context.by.officer_id)
    for row in command.rows:
        if not normalise_line(row.name):
            raise refuse(_("Nama pemohon belum diisi."))
    # Known rows are looked up again in the transaction: two stations may import the same list.
    # A run is written before the next one is read: a row may equal one of the run before it.
    runs = online_requests.new_runs(tx, command.source, command.rows)
    added = sum(len(receive_requests(tx, context, command.source, run, import_id)) for run in runs)
    known_count = len(command.rows) - added
    list_imports.count_rows(tx, import_id, added, known_count)
    data = {"source": command.source, "import": import_id, "added": added, "known": known_count}
    return NewEvent("online.imported", "online", added, data)


@handles(commands.UndoRequestImport, needs=Permission.HANDLE_ONLINE, answer=answer_subject)
def undo_request_import(command: commands.UndoRequestImport, tx: Transaction, context: Context) -> NewEvent:
    """Delete up to `UNDO_BATCH` untouched requests of an import. The answer is how many were deleted."""
    list_import = require_import(tx, command.import_id, *OnlineSource)
    deleted = online_undo.take_back(tx, list_import.id, UNDO_BATCH)
    if deleted < UNDO_BATCH:
        list_imports.end_undo(tx, list_import.id, context.at, context.by.officer_id)
    return NewEvent("online.import_undone", "online", deleted, {"import": list_import.id})


@handles(commands.AddRequest, needs=Permission.TAKE_IN_REQUESTS, answer=online_requests.get)
@named("online add", "Catat permintaan yang datang lewat surat, pesan, atau surel.")
def add_request(command: commands.AddRequest, tx: Transaction, context: Context) -> NewEvent:
    known_number, alike = online_requests.find_row(tx, command.source, command.row)
    if known_number:
        raise refuse(
            _("Permintaan itu sudah tercatat sebagai {number}.").format(number=known_number),
            _("Buka permintaan itu."),
        )
    if not command.row.is_reachable(command.source):
        raise refuse(
            _("Alamat untuk membalas belum ada."),
            _("Isi nomor WhatsApp, alamat surel, atau instansi pengirim surat."),
        )
    # A replay does not check the name: the service may have been renamed since.
    if command.row.service and context.replay is None:
        lookup.require_service_named(tx, command.row.service)
    new = msgspec.structs.replace(command.row, alike=alike)
    (request_id,) = receive_requests(tx, context, command.source, [new])
    return NewEvent("online.received", "online", request_id, {"source": command.source})


def receive_requests(
    tx: Transaction,
    context: Context,
    source: OnlineSource,
    rows: Sequence[online_request.OnlineRow],
    import_id: int | None = None,
) -> range:
    """Write new requests with their visits and cases, without owners; return their ids.

    The time to answer begins when a request was sent, not when the list was fetched (POS Kepri 2: two working
    days).
    """
    zone, calendar = context.office.settings.office.zone, WorkingCalendar(context.office.settings)
    service_of = _services_by_words(tx, rows)
    row_services = [service_of[row.service] for row in rows]
    # The clock of the form's server may be ahead: no request was sent after now.
    sent_at = [min(row.sent_at or context.at, context.at) for row in rows]
    new_visits = [
        visits.NewVisit(
            day=office_day(at, zone), channel=VisitChannel.ONLINE, began_at=at, service_id=service.service_id
        )
        for at, service in zip(sent_at, row_services, strict=True)
    ]
    visit_ids = visits.insert_each(tx, new_visits, [service.in_force for service in row_services])
    context.begun_visits.extend(visit_ids[:1])
    entered_by = "officer" if import_id is None else "visitor"
    lines = [
        guest_line(row, visit_id=visit_id, regency=row.regency, entered_by=entered_by, at=context.at)
        for visit_id, row in zip(visit_ids, rows, strict=True)
    ]
    visits.add_guests(tx, lines)
    matters = [
        WrittenMatter(
            visit_id=visit_id,
            at=at,
            detail=row.detail,
            service_id=service.service_id,
            due=calendar.due(at, clock.answer_days(service.procedure)),
            procedure=service.procedure,
        )
        for visit_id, row, at, service in zip(visit_ids, rows, sent_at, row_services, strict=True)
    ]
    case_ids = begin_cases(tx, context, matters)
    requests = [
        online_requests.NewOnlineRequest(
            visit_id=matter.visit_id,
            case_id=case_id,
            source=source,
            external_id=row.external_id,
            fingerprint=online_request.fingerprint(row),
            topic=row.topic,
            service=row.service,
            sent_at=matter.at,
            received_at=context.at,
            due_at=matter.due.at,
            import_id=import_id,
        )
        for case_id, row, matter in zip(case_ids, rows, matters, strict=True)
    ]
    return insert_each_numbered(tx, YearlySeries.ONLINE_REQUEST, context.day, requests)


class _RequestedService(msgspec.Struct, frozen=True):
    """The service that requests are for, and their procedure, if any.

    `service_id` is None if a list uses words of its own for the service.
    """

    service_id: int | None
    in_force: ProcedureInForce | None
    procedure: Procedure | None


def _services_by_words(
    tx: Transaction, rows: Iterable[online_request.OnlineRow]
) -> dict[str, _RequestedService]:
    """Return the services of rows by their words for a service: prefix, name, or others."""
    service_by_word, in_force = services.by_word(services.active(tx)), procedures.in_force(tx)
    requested = {}
    for words in {row.service for row in rows}:
        service = service_by_word.get(words.strip().casefold())
        preferred = service.definition.procedure if service else ""
        chosen = choose_procedure(in_force, VisitChannel.ONLINE, preferred)
        procedure = procedures.load(tx, chosen.id, chosen.version) if chosen else None
        requested[words] = _RequestedService(service.id if service else None, chosen, procedure)
    return requested
