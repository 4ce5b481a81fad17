"""The reports that one station makes automatically, into a folder next to the backups.

A report that was made keeps its figures. Making it again gives a further version, which says what differs.
"""

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path

import msgspec

from ult_desktop.base import UserError, _, counted, formats
from ult_desktop.base.paths import file_name
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.figures.made_reports import (
    AUTOMATIC_REPORTS,
    DueReport,
    MakeReportAgain,
    changes_between,
    recently_ended,
)
from ult_desktop.core.figures.period import Period, parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.stamps import MINUTE_MS, to_datetime
from ult_desktop.db.backup import upkeep
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.figures import made_reports
from ult_desktop.db.office import office
from ult_desktop.db.store import events
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.figures.reports import period_report, public_recap
from ult_desktop.operations.figures.survey_report import survey_report
from ult_desktop.operations.operation import Context, NewEvent, answer_subject, handles, named, refuse
from ult_desktop.operations.sheets import letterhead

log = logging.getLogger(__name__)
LEASE, FOLDER = "reports", "laporan"
AGAIN_AFTER_MS = 10 * MINUTE_MS  # after a report could not be made
MAX_CHANGES = 12  # changes that the report itself shows; its row in the office file has all of them
MakeFiles = Callable[[PeriodReport], Mapping[str, bytes]]
"""Returns the content of a report's files, by the ending of their names."""


def make_report(read: Reader, kind: ReportKind, period: Period, now: int) -> PeriodReport:
    """Return the report of that kind. `now` is UTC ms."""
    make = {ReportKind.RECAP: public_recap, ReportKind.SKM: survey_report}.get(kind, period_report)
    return make(read, period, now)


def due_reports(tx: Transaction, now: int) -> tuple[DueReport, ...]:
    """Return the reports to be made now, the shortest periods first. `now` is UTC ms."""
    began_at, zone = events.began_at(tx), office.zone(tx)
    if began_at is None:
        return ()
    ended = recently_ended(to_datetime(now, zone).date(), to_datetime(began_at, zone).date())
    due = {
        (kind, period.name): DueReport(kind=kind, period=period.name)
        for kind, period in ended
        if made_reports.last_version(tx, kind, period.name) is None
    }
    # Those that a person asked for, and those that could not be made before.
    for wanted in made_reports.wanted(tx):
        due[wanted.kind, wanted.period] = DueReport(
            kind=wanted.kind, period=wanted.period, trouble=wanted.trouble
        )
    return tuple(due.values())


def everything_due(tx: Transaction, now: int) -> tuple[DueReport, ...]:
    """Return all reports that are due, with the annual report of PPID, which a person must make."""
    reports, ppid = due_reports(tx, now), ppid_years.due_report(tx, now)
    if ppid is None:
        return reports
    until = formats.format_date(ppid.until, "long")
    words = _("dikirim paling lambat {until}").format(until=until)
    return (*reports, DueReport(kind=ReportKind.PPID, period=str(ppid.year), trouble=words))


def make_due(store: Store, place: Path, station: str, now: int, make_files: MakeFiles) -> Iterator[UserError]:
    """Make one report that is due, unless another station makes one; yield its trouble. `now` is UTC ms."""
    next_due = partial(_next_due, now=now)
    if store.read(next_due) is None or not store.write(lambda tx: upkeep.take_lease(tx, LEASE, station, now)):
        return
    report = store.read(next_due)  # another station may have made it before the lease was free
    if report is not None:
        try:
            _make(store, place, station, now, report, make_files)
        except UserError as error:
            words = str(error)
            store.write(
                partial(
                    made_reports.note_trouble, kind=report.kind, period=report.period, at=now, trouble=words
                )
            )
            log.warning("the report %s of %s was not made: %s", report.kind, report.period, words)
            yield error
    store.write(lambda tx: upkeep.release_lease(tx, LEASE, station))


def _next_due(tx: Transaction, now: int) -> DueReport | None:
    """Return the report to be made now. A report that failed waits, and lets the others go first."""
    tried_at = {(wanted.kind, wanted.period): wanted.tried_at for wanted in made_reports.wanted(tx)}

    def tried_at_of(due: DueReport) -> int:
        return tried_at.get((due.kind, due.period), 0)

    for due in sorted(due_reports(tx, now), key=tried_at_of):
        if now - tried_at_of(due) >= AGAIN_AFTER_MS:
            return due
    return None


def _make(
    store: Store, place: Path, station: str, now: int, due_report: DueReport, make_files: MakeFiles
) -> None:
    """Make the report's next version: its files in `place`, and its row in the office file."""
    report = make_report(store.read, due_report.kind, parse_period(due_report.period), now)
    last = store.read(lambda tx: made_reports.last_version(tx, due_report.kind, due_report.period))
    version, changes = 1, tuple[str, ...]()
    if last is not None:
        version = last.version + 1
        last_report = store.read(lambda tx: made_reports.report_of(tx, last.id))
        changes = changes_between(last_report, report)
        report = msgspec.structs.replace(report, notes=(*report.notes, *_version_words(version, changes)))
    folder = place / FOLDER
    _write_files(folder, report.file_words, version, make_files(report))
    new = made_reports.NewReport(
        kind=due_report.kind,
        period=due_report.period,
        version=version,
        made_at=now,
        station=station,
        folder=str(folder),
    )
    store.write(lambda tx: made_reports.keep(tx, new, changes, report))
    log.info(
        "the report %s of %s, version %d, lies in %s", due_report.kind, due_report.period, version, folder
    )


def _version_words(version: int, changes: tuple[str, ...]) -> Iterator[str]:
    if not changes:
        yield _("Versi {n}: angkanya sama dengan versi sebelumnya.").format(n=version)
        return
    yield _("Versi {n}. Berubah sejak versi sebelumnya:").format(n=version)
    yield from changes[:MAX_CHANGES]
    if len(changes) > MAX_CHANGES:
        yield counted("… dan {n} angka lagi.", len(changes) - MAX_CHANGES)


def _write_files(folder: Path, words: str, version: int, contents: Mapping[str, bytes]) -> None:
    """Write all files of a version, or none. Raises UserError when the folder cannot be written."""
    if version > 1:
        words = _("{report} (versi {n})").format(report=words, n=version)
    content_of = {folder / file_name(words, suffix): content for suffix, content in contents.items()}
    part_of = {path: path.with_name(f"{path.name}.part") for path in content_of}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in content_of.items():
            part_of[path].write_bytes(content)
        # The files get their names only when all are written: so a full disk leaves none of them.
        for path, part in part_of.items():
            part.replace(path)
    except OSError as error:
        for path in (*part_of.values(), *part_of):
            with suppress(OSError):
                path.unlink()
        raise UserError(
            _("{report} tidak dapat ditulis ke {folder} ({error}).").format(
                report=words, folder=folder, error=error.strerror or error
            ),
            _("Angkanya tetap tersimpan; laporan dibuat begitu folder itu dapat ditulis."),
            _("Periksa disk cadangan dan ruang kosongnya."),
        ) from error


def stored_report(tx: Transaction, made_id: int) -> PeriodReport:
    """Return a report with the figures that it had when it was made, under the present letterhead."""
    report = made_reports.report_of(tx, made_id)
    return msgspec.structs.replace(report, office=letterhead(office.load(tx).settings))


@handles(MakeReportAgain, needs=Permission.SEE_REPORTS, answer=answer_subject)
@named("report again", "Minta laporan KIND untuk PERIOD yang sudah berakhir dibuat sebagai versi baru.")
def make_report_again(command: MakeReportAgain, tx: Transaction, context: Context) -> NewEvent:
    """Request that a report is made again. The answer is its latest version so far, 0 if there is none."""
    spans = [span for kind, span in AUTOMATIC_REPORTS if kind is command.kind]
    if not spans:
        raise refuse(
            _("{report} tidak dibuat sendiri.").format(report=command.kind.word),
            _("Simpan laporan itu di halaman Laporan."),
        )
    period = parse_period(command.period, spans)
    if period.last >= date.fromisoformat(context.day):
        raise refuse(
            _("{period} belum berakhir.").format(period=period.words), _("Pilih periode yang sudah berakhir.")
        )
    made_reports.ask(tx, command.kind, period.name, context.at, context.by.officer_id)
    last = made_reports.last_version(tx, command.kind, period.name)
    data = {"kind": command.kind, "period": period.name}
    return NewEvent("report.asked", "office", last.version if last else 0, data)
