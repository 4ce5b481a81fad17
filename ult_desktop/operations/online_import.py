"""An import from file to report, in steps that each caller runs where it may: read, plan, carry out, tell."""

import csv
import io
from collections.abc import Callable, Iterable
from datetime import tzinfo

import msgspec

from ult_desktop.core.online import BatchResult, OnlineRow, OnlineSource, batches, key_of
from ult_desktop.core.online_asks import ImportRequests
from ult_desktop.core.online_mapping import Mapping, best_mapping, fits, missing
from ult_desktop.core.online_rows import Reading, Refusal, read_rows, report_lines
from ult_desktop.db import office as office_rows
from ult_desktop.db import online
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.office import Office
from ult_desktop.operations.online_files import ListFile


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What an import stands on: the office's zone and time (UTC ms), and what is remembered of the source."""

    zone: tzinfo
    now: int
    remembered: Mapping


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """A list under a mapping, compared with what the office has. Nothing is written yet.

    `settled`: the remembered mapping fits, so that nobody needs to look at it.
    """

    source: OnlineSource
    file: str
    file_hash: str
    headers: tuple[str, ...]
    mapping: Mapping
    settled: bool
    reading: Reading
    known: dict[str, str] = {}

    @property
    def new(self) -> tuple[OnlineRow, ...]:
        return tuple(row for row in self.reading.rows if key_of(row) not in self.known)

    def asks(self) -> tuple[ImportRequests, ...]:
        """One for each batch; carried out again after a break they do nothing twice."""
        return tuple(
            ImportRequests(source=self.source, rows=rows, file=self.file, file_hash=self.file_hash)
            for rows in batches(self.new)
        )


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a list: requests added, known before, and rows refused."""

    file: str
    added: int
    known: int
    refused: tuple[Refusal, ...]
    notes: tuple[str, ...] = ()


def ground_for(tx: Transaction, source: OnlineSource, now: int) -> Ground:
    zone = office_rows.zone(tx)
    return Ground(zone=zone, now=now, remembered=online.mapping_of(tx, source))


def plan_of(file: ListFile, source: OnlineSource, ground: Ground, mapping: Mapping | None = None) -> Plan:
    """Pure, and slow for a long list: not for the windows' thread. `mapping` None takes the best one."""
    table = file.table(mapping or ground.remembered)
    used = best_mapping(ground.remembered, table.headers) if mapping is None else mapping
    reading = Reading(taken=(), refused=(), notes=table.notes)
    if not missing(used):
        reading = read_rows(table, used, ground.zone, ground.now)
    return Plan(
        source=source,
        file=file.name,
        file_hash=file.hash,
        headers=table.headers,
        mapping=used,
        settled=fits(ground.remembered, table.headers) and mapping in (None, ground.remembered),
        reading=reading,
    )


def with_known(office: Office, plan: Plan) -> Plan:
    """The plan, knowing which of its rows the office has already."""
    known = office.read(lambda tx: online.known_rows(tx, plan.source, plan.reading.rows))
    return msgspec.structs.replace(plan, known=known)


def report_of(plan: Plan, results: Iterable[BatchResult]) -> Report:
    done = tuple(results)
    return Report(
        file=plan.file,
        added=sum(result.added for result in done),
        known=len(plan.known) + sum(result.known for result in done),
        refused=plan.reading.refused,
        notes=plan.reading.notes,
    )


def carry_out(plan: Plan, perform: Callable[[ImportRequests], BatchResult]) -> Report:
    """Every batch in turn, for a caller that may wait."""
    return report_of(plan, [perform(ask) for ask in plan.asks()])


def report_words(report: Report) -> str:
    """As in "12 permintaan baru, 3 sudah ada, 1 baris ditolak"."""
    return _("{added} permintaan baru, {known} sudah ada, {refused} baris ditolak").format(
        added=report.added, known=report.known, refused=len(report.refused)
    )


def refused_file(refused: Iterable[Refusal]) -> bytes:
    """The refused rows as CSV that the office's spreadsheet opens: a mark in front, semicolons between."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(report_lines(tuple(refused)))
    return text.getvalue().encode("utf-8-sig")
