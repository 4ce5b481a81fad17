"""The replay on an office on a server that came back from an older dump: it adds its stations' later work.

The server's keeper brings the dump back (`pg_restore`). Until the log has the restore's mark, no station that
knows later events writes to it (docs/store.md, rule 9).
"""

from collections.abc import Sequence

from ult_desktop.base import UserError, _, counted
from ult_desktop.core.recorded_requests import JournalRecord, merge_records
from ult_desktop.db import creation
from ult_desktop.db.backup import journals, witnesses
from ult_desktop.db.office import office
from ult_desktop.db.store import events, stations
from ult_desktop.db.store.store import RETRY_LIMIT_S, OneTransaction, Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.backup.replay import ReplayReport, is_half_journalled, replay
from ult_desktop.operations.backup.restoring import (
    ReplayRequest,
    ReportProgress,
    RestoreReport,
    known_anchors,
    note_restored,
    require_nobody_at_work,
    restore_mark,
    verify_office,
)


def replay_on_server(
    request: ReplayRequest, report_progress: ReportProgress = lambda _words: None
) -> RestoreReport:
    """Replay the journals on the database itself, and mark its log: all of it in one transaction, or nothing.

    If the process is ended before that, by Ctrl-C or otherwise, the database stays as it was.

    Raises:
        UserError: stations are at work, nothing is missing (without `force`), or the server does not answer.
    """
    creation.migrate_file(request.office_file, request.now, request.station)
    store = Store(request.office_file, RETRY_LIMIT_S, request.station)
    try:
        # On a server there are no journals but this PC's and those brought here.
        folders = (request.own, *request.carried) if request.own.is_dir() else request.carried
        entries = merge_records(
            [entry for folder in folders for entry in journals.read_day_files(folder)],
            store.read(office.uid_of),
        )
        report_progress(counted("{n} permintaan ada di jurnal.", len(entries)))
        dumped_at, replayed = store.write_long(lambda tx: _replay(tx, request, entries, report_progress))
    finally:
        store.close()
    half_journalled = [line for line in replayed.done if is_half_journalled(line)]
    return RestoreReport(
        backup="",
        backup_until=dumped_at,
        passed_over=(),
        aside="",
        replayed=replayed,
        documents=0,
        verdict=verify_office(request.office_file, request.own, request.now),
        unanswered=len(half_journalled),
    )


def _replay(
    tx: Transaction, request: ReplayRequest, entries: Sequence[JournalRecord], report_progress: ReportProgress
) -> tuple[int, ReplayReport]:
    """Replay in one transaction. Returns when the dump was made (UTC ms), and the replay's report."""
    # The replay takes longer than the time limit of a usual transaction.
    tx.on_connection(tx.engine.hold_long)
    require_nobody_at_work(sorted(set(stations.names_at_work(tx, request.now)) - {request.station}))
    if not request.force:
        _require_need(tx, request, entries)
    # Both describe the dump, so they are read before the replay adds to its log.
    dumped_at, mark = events.last_at(tx), restore_mark(tx, request, entries)
    replayed = replay(OneTransaction(tx), entries, report_progress)
    note_restored(tx, request, mark)
    tx.on_connection(tx.engine.note_home)
    return dumped_at, replayed


def _require_need(tx: Transaction, request: ReplayRequest, entries: Sequence[JournalRecord]) -> None:
    """Require that the database came from elsewhere, or that a journal has events that its log lacks.

    Raises UserError otherwise: then there is nothing to replay.
    """
    if not tx.on_connection(tx.engine.is_home):
        return
    read = OneTransaction(tx).read
    anchor_checks = witnesses.compare_anchors(read, known_anchors(office.uid_of(tx), request))
    if any(check.verdict.contradicts for check in anchor_checks):
        return
    if witnesses.missing_from_log(read, entries, anchor_checks):
        return
    raise UserError(
        _("{path} utuh; tidak perlu dipulihkan.").format(path=request.office_file.stem),
        _("Basis data itu tidak diubah."),
        _("Bawa jurnal PC lain dengan --journals. Menandai catatannya juga tanpa jurnal: --force."),
    )
