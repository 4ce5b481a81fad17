"""The import of a list, in steps that each caller runs on its own thread: read, plan, carry out, report."""

from collections.abc import Callable, Iterable
from datetime import tzinfo

import msgspec

from ult_desktop.base import _
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.online.commands import ImportRequests
from ult_desktop.core.online.mapping import ColumnMappings, best_mapping, mapping_fits, missing_fields
from ult_desktop.core.online.online_request import BatchResult, OnlineRow, OnlineSource, batches, key_of
from ult_desktop.core.online.request_rows import Reading, RowRefusal, read_rows, report_lines
from ult_desktop.db import online_requests
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.online.list_files import ListFile


class ImportContext(msgspec.Struct, frozen=True, kw_only=True):
    """The context of an import: the office's zone and time (UTC ms), and what is remembered of the source."""

    zone: tzinfo
    now: int
    remembered: ColumnMappings


class ImportPlan(msgspec.Struct, frozen=True, kw_only=True):
    """The plan of an import: a list under a mapping, compared with what the office has.

    Nothing is written yet.

    `settled`: the remembered mapping fits, so that nobody needs to look at it.
    """

    source: OnlineSource
    file: str
    file_hash: str
    headers: tuple[str, ...]
    mapping: ColumnMappings
    settled: bool
    reading: Reading
    known: dict[str, str] = {}

    @property
    def new(self) -> tuple[OnlineRow, ...]:
        return tuple(row for row in self.reading.rows if key_of(row) not in self.known)

    def commands(self) -> tuple[ImportRequests, ...]:
        """Return one command for each batch. Carried out again after a break they do nothing twice."""
        return tuple(
            ImportRequests(source=self.source, rows=rows, file=self.file, file_hash=self.file_hash)
            for rows in batches(self.new)
        )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of an import: requests added, known before, and rows refused."""

    file: str
    added: int
    known: int
    refused: tuple[RowRefusal, ...]
    notes: tuple[str, ...] = ()


def import_context(tx: Transaction, source: OnlineSource, now: int) -> ImportContext:
    zone = office_rows.zone(tx)
    return ImportContext(zone=zone, now=now, remembered=online_requests.mapping_of(tx, source))


def plan_import(
    file: ListFile, source: OnlineSource, context: ImportContext, mapping: ColumnMappings | None = None
) -> ImportPlan:
    """Plan the import of a list under `mapping`; None takes the mapping that fits its headers best.

    A long list takes a while, so this must not run on the windows' thread.
    """
    table = file.table(mapping or context.remembered)
    used = best_mapping(context.remembered, table.headers) if mapping is None else mapping
    reading = Reading(taken=(), refused=(), notes=table.notes)
    if not missing_fields(used):
        reading = read_rows(table, used, context.zone, context.now)
    return ImportPlan(
        source=source,
        file=file.name,
        file_hash=file.hash,
        headers=table.headers,
        mapping=used,
        settled=mapping_fits(context.remembered, table.headers) and mapping in (None, context.remembered),
        reading=reading,
    )


def mark_known_rows(office: Office, plan: ImportPlan) -> ImportPlan:
    """Return the plan with `known` filled in: the rows that the office has already."""
    known = office.read(lambda tx: online_requests.known_rows(tx, plan.source, plan.reading.rows))
    return msgspec.structs.replace(plan, known=known)


def import_report(plan: ImportPlan, results: Iterable[BatchResult]) -> Report:
    done = tuple(results)
    return Report(
        file=plan.file,
        added=sum(result.added for result in done),
        known=len(plan.known) + sum(result.known for result in done),
        refused=plan.reading.refused,
        notes=plan.reading.notes,
    )


def run_import(plan: ImportPlan, perform: Callable[[ImportRequests], BatchResult]) -> Report:
    """Run every batch in turn, for a caller that may wait."""
    return import_report(plan, [perform(command) for command in plan.commands()])


def report_words(report: Report) -> str:
    """Return the report in words, as in "12 permintaan baru, 3 sudah ada, 1 baris ditolak"."""
    return _("{added} permintaan baru, {known} sudah ada, {refused} baris ditolak").format(
        added=report.added, known=report.known, refused=len(report.refused)
    )


def refused_file(refused: Iterable[RowRefusal]) -> bytes:
    """Return the refused rows as a list that the office's spreadsheet opens."""
    return csv_file(report_lines(tuple(refused)))
