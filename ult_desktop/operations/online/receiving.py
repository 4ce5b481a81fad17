"""The receiving of requests from afar (POS Kepri 1): typed, or as rows of a list.

Each is a visit with a case.
"""

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office.working_time import DueDay, WorkingCalendar
from ult_desktop.core.online import clock, commands, online_request
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.visit import Visit, VisitChannel
from ult_desktop.db import list_imports, online_requests, online_undo, series
from ult_desktop.db.office import services
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.cases import case_opening
from ult_desktop.operations.lists.undoing import UNDO_BATCH, open_import
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, the_subject
from ult_desktop.operations.visits.visits import begin_visit, guest_line


@handles(commands.ImportRequests, needs=Permission.BE_STATION, answer=the_subject)
def import_requests(command: commands.ImportRequests, tx: Transaction, context: Context) -> NewEvent:
    """Import a list's rows as new requests, without those known before.

    A station may do it without an officer (watched folder): it makes requests, and answers none. Only an
    officer says what a list's columns mean.
    """
    if command.batch.remember:
        context.by.require(Permission.HANDLE_ONLINE)
        list_imports.remember(tx, command.source, command.batch.remember)
    import_id = list_imports.begin(tx, command.source, command.batch, context.at, context.by.officer_id)
    added = 0
    for row in command.rows:
        # Looked up again in the transaction: two stations may import the same list.
        number, alike = online_requests.find_row(tx, command.source, row)
        if not number:
            new = msgspec.structs.replace(row, alike=alike)
            receive_request(tx, context, command.source, new, import_id)
            added += 1
    known = len(command.rows) - added
    list_imports.count_rows(tx, import_id, added, known)
    data = {"source": command.source, "import": import_id, "added": added, "known": known}
    return NewEvent("online.imported", "online", added, data)


@handles(commands.UndoRequestImport, needs=Permission.HANDLE_ONLINE, answer=the_subject)
def undo_request_import(command: commands.UndoRequestImport, tx: Transaction, context: Context) -> NewEvent:
    """Delete up to `UNDO_BATCH` untouched requests of an import. The answer is how many these were."""
    found = open_import(tx, command.import_id, *OnlineSource)
    gone = online_undo.take_back(tx, found.id, UNDO_BATCH)
    if gone < UNDO_BATCH:
        list_imports.end_undo(tx, found.id, context.at, context.by.officer_id)
    return NewEvent("online.import_undone", "online", gone, {"import": found.id})


@handles(commands.AddRequest, needs=Permission.TAKE_IN_REQUESTS, answer=online_requests.get)
@named("online add", "Catat permintaan yang datang lewat surat, pesan, atau surel.")
def add_request(command: commands.AddRequest, tx: Transaction, context: Context) -> NewEvent:
    known, alike = online_requests.find_row(tx, command.source, command.row)
    if known:
        raise refuse(
            _("Permintaan itu sudah tercatat sebagai {number}.").format(number=known),
            _("Buka permintaan itu."),
        )
    if not command.row.is_reachable(command.source):
        raise refuse(
            _("Alamat untuk membalas belum ada."),
            _("Isi nomor WhatsApp, alamat surel, atau instansi pengirim surat."),
        )
    # A replay does not check the name: the service may have been renamed since.
    if command.row.service and context.replay is None:
        lookup.service_named(tx, command.row.service)
    new = msgspec.structs.replace(command.row, alike=alike)
    request_id = receive_request(tx, context, command.source, new)
    return NewEvent("online.received", "online", request_id, {"source": command.source})


def receive_request(
    tx: Transaction,
    context: Context,
    source: online_request.OnlineSource,
    row: online_request.OnlineRow,
    import_id: int | None = None,
) -> int:
    """Write a new request with its visit and case, without an owner; return its id.

    Its clock began when it was sent, not when the list was fetched (POS Kepri 2: two working days).
    """
    # The time to answer begins when the request was sent (POS Kepri 2). The clock of the form's server may be
    # ahead.
    sent_at = min(row.sent_at or context.at, context.at)
    sent_day = office_day(sent_at, context.office.settings.office.zone)
    then = msgspec.structs.replace(context, at=sent_at, day=sent_day)
    service_id = _service_named(tx, row.service)
    visit_id = begin_visit(tx, then, VisitChannel.ONLINE, service_id=service_id)
    by = "officer" if import_id is None else "visitor"
    line = guest_line(row, visit_id=visit_id, regency=row.regency, entered_by=by, at=context.at)
    visits.write_guest(tx, line)
    due = _due(tx, visits.get(tx, visit_id), context)
    # The case has no owner yet: the officer who fetched or typed the request does not answer for it.
    by_applicant = msgspec.structs.replace(context, at=sent_at, by=Actor(station=context.by.station))
    case_id = case_opening.begin_case(
        tx,
        by_applicant,
        visit_id,
        case_opening.CaseOpening(detail=row.detail, service_id=service_id, due=due),
    )
    new = online_requests.NewOnlineRequest(
        visit_id=visit_id,
        case_id=case_id,
        source=source,
        external_id=row.external_id,
        fingerprint=online_request.fingerprint(row),
        topic=row.topic,
        service=row.service,
        sent_at=sent_at,
        received_at=context.at,
        due_at=due.at,
        import_id=import_id,
    )
    request_id, _number = series.insert_numbered(tx, series.YearlySeries.ONLINE_REQUEST, context.day, new)
    return request_id


def _service_named(tx: Transaction, words: str) -> int | None:
    """Return the service that a list means by its prefix or name. None when it uses words of its own."""
    wanted = words.strip().casefold()
    found = services.by_word(services.active(tx)).get(wanted) if wanted else None
    return None if found is None else found.id


def _due(tx: Transaction, visit: Visit, context: Context) -> DueDay:
    days = clock.answer_days(procedures.of_visit(tx, visit))
    return WorkingCalendar(context.office.settings).due(visit.began_at, days)
