"""Reports of periods: those that were made, version by version, and those that are still to be made."""

import zlib

import msgspec

from ult_desktop.core.figures.made_reports import MadeReport, WantedReport
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.sheet import Letterhead
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(MadeReport, "made_report m", other="m.changes_json AS changes_json")


class NewReport(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written of a report that was made. `made_at` UTC ms."""

    kind: ReportKind
    period: str
    version: int
    made_at: int
    station: str
    folder: str


def keep(tx: Transaction, new: NewReport, changes: tuple[str, ...], report: PeriodReport) -> int:
    """Keep a report that was made, and delete the wish for it; return its id."""
    # Without the logo, which would be kept again with every version.
    plain = msgspec.structs.replace(report, office=Letterhead(report.office.lines))
    tx.run("DELETE FROM wanted_report WHERE kind = ? AND period = ?", new.kind, new.period)
    return tx.insert(
        "made_report",
        new,
        changes_json=msgspec.json.encode(changes).decode(),
        # Mostly names of columns and zeros, which compress well.
        report=zlib.compress(msgspec.json.encode(plain)),
    )


def report_of(tx: Transaction, made_id: int) -> PeriodReport:
    """Return a report as it was made."""
    compressed = tx.value("SELECT report FROM made_report WHERE id = ?", made_id)
    return msgspec.json.decode(zlib.decompress(compressed), type=PeriodReport)


def latest(tx: Transaction, limit: int = 200) -> tuple[MadeReport, ...]:
    """List the latest reports, the newest first."""
    return _ROWS.all(tx, "ORDER BY m.id DESC LIMIT ?", max(limit, 0))


def last_version(tx: Transaction, kind: ReportKind, period: str) -> MadeReport | None:
    return _ROWS.maybe(tx, "WHERE m.kind = ? AND m.period = ? ORDER BY m.version DESC LIMIT 1", kind, period)


def wanted(tx: Transaction) -> tuple[WantedReport, ...]:
    """List the reports that were asked for and are still to be made."""
    return tx.all(
        WantedReport,
        "SELECT kind, period, asked_at, tried_at, trouble FROM wanted_report ORDER BY kind, period",
    )


def ask(tx: Transaction, kind: ReportKind, period: str, at: int, officer_id: int | None) -> None:
    """Ask for a report. If making it failed before, it is tried again at once."""
    key = {"kind": kind, "period": period}
    tx.put("wanted_report", "kind, period", **key, asked_at=at, asked_by=officer_id, tried_at=0)


def note_trouble(tx: Transaction, kind: ReportKind, period: str, at: int, trouble: str) -> None:
    """Note that making a report failed at `at` (UTC ms); `trouble` says why, in words."""
    tx.put("wanted_report", "kind, period", kind=kind, period=period, tried_at=at, trouble=trouble)
