"""The retention run: it blanks personal data by the office's schedule, in portions."""

from collections import Counter
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.office import retention_schedule, settings as office_settings
from ult_desktop.core.privacy import commands
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import retention
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import documents
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import Context, NewEvent, handles, refuse

PORTION = 200  # rows that one transaction erases: some hundred milliseconds on a share
FILES = 50  # files that one transaction removes: each takes some milliseconds on a share


def sweep_at(settings: office_settings.OfficeSettings, now: int) -> retention.RetentionSweep:
    """Return the data that the schedule erases at `now` (UTC ms)."""
    return retention.RetentionSweep(settings.retention, now, settings.office.zone)


def is_due(tx: Transaction, now: int) -> bool:
    """Return whether the schedule asks for a run now."""
    return retention.is_due(tx, sweep_at(office_rows.load(tx).settings, now))


def run(office: Office, by: Actor) -> retention_schedule.RetentionRun:
    """Erase all that is due, portion by portion, then remove the files that no row names any more.

    If the run is interrupted, the next one erases the rest.
    """
    state: retention_schedule.RetentionRun = office.perform(commands.EraseDue(), by)
    while state.more:
        state = office.perform(commands.EraseDue(run_id=state.id), by)
    while state.ended_at is None:
        state = office.perform(commands.FinishRetention(run_id=state.id), by)
    return state


def sweep_now(office: Office) -> retention.RetentionSweep:
    return sweep_at(office.read(office_rows.load).settings, office.clock())


class DueBoard(msgspec.Struct, frozen=True):
    """The board of retention: the office's schedule, what is due by it now, and the runs, newest first."""

    schedule: retention_schedule.Schedule
    due: tuple[retention_schedule.Due, ...]
    runs: tuple[retention_schedule.RetentionRun, ...]
    zone: ZoneInfo

    def count(self, kind: retention_schedule.RetentionKind) -> int:
        return sum(due.count for due in self.due if due.kind is kind)

    @property
    def total(self) -> int:
        return sum(due.count for due in self.due)


def due_board(tx: Transaction, now: int) -> DueBoard:
    sweep = sweep_at(office_rows.load(tx).settings, now)
    return DueBoard(sweep.schedule, retention.due(tx, sweep), retention.last_runs(tx), sweep.zone)


@handles(commands.EraseDue, needs=Permission.RUN_RETENTION, answer=retention.get_run)
def erase_due(command: commands.EraseDue, tx: Transaction, context: Context) -> NewEvent:
    run_id = command.run_id or retention.begin_run(tx, context.at, context.by.officer_id)
    before = _require_run(tx, run_id)
    # Rows are erased in portions: a long transaction would keep every station from writing.
    counts = retention.erase(tx, sweep_at(context.office.settings, context.at), PORTION)
    more_may_be_due = sum(counts.values()) >= PORTION
    total = dict(Counter(before.counts) + Counter(counts))
    retention.note_portion(tx, run_id, total, more=more_may_be_due)
    return NewEvent("retention.portion", "retention", run_id, {"counts": counts})


@handles(commands.FinishRetention, needs=Permission.RUN_RETENTION, answer=retention.get_run)
def finish_retention(command: commands.FinishRetention, tx: Transaction, context: Context) -> NewEvent:
    """Remove up to `FILES` files that no row names. End the run if no more files can be removed.

    Files are removed within the write transaction, so that no row can name one meanwhile. A file that cannot
    be removed stays noted, and the next run tries again.
    """
    retention_run = _require_run(tx, command.run_id)
    office_file = documents.file_of(tx)
    orphans = retention.orphaned_files(tx, FILES)
    removed = [sha for sha in orphans if documents.remove(office_file, sha)]
    retention.forget_files(tx, removed)
    retention.note_files(tx, retention_run.id, len(removed))
    # If no file could be removed, the run ends: it would try the same files for ever.
    if len(orphans) == FILES and removed:
        return NewEvent("retention.files", "retention", retention_run.id, {"files": len(removed)})
    retention.end_run(tx, retention_run.id, context.at)
    files = retention_run.files + len(removed)
    return NewEvent(
        "retention.run", "retention", retention_run.id, {"counts": retention_run.counts, "files": files}
    )


def _require_run(tx: Transaction, run_id: int) -> retention_schedule.RetentionRun:
    retention_run = retention.find_run(tx, run_id)
    if retention_run is None or retention_run.ended_at is not None:
        raise refuse(_("Penghapusan itu tidak sedang berjalan."), _("Mulai yang baru."))
    return retention_run
