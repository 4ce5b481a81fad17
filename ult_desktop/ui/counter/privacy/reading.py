"""What the pages of data protection read and write, on the worker thread."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.retention_schedule import Kind, Schedule
from ult_desktop.core.privacy.breaches import Breach
from ult_desktop.core.privacy.commands import ExportSubjectData
from ult_desktop.core.privacy.retention import Due, RetentionRun
from ult_desktop.core.privacy.subjects import SubjectFile, SubjectRequest, SubjectVisit
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.privacy import breaches, retention, subjects
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.privacy.privacy_sheets import copy_sheet
from ult_desktop.operations.privacy.retention import sweep_now
from ult_desktop.operations.visits.returning_visitors import find_subject_visits
from ult_desktop.reports.sheet import sheet_pdf
from ult_desktop.ui.counter.pages.papers import write_document


@dataclass(frozen=True)
class DueBoard:
    """The office's schedule, what it would erase now, and the runs so far, newest first."""

    schedule: Schedule
    due: tuple[Due, ...]
    runs: tuple[RetentionRun, ...]
    zone: ZoneInfo

    def count(self, kind: Kind) -> int:
        return sum(each.count for each in self.due if each.kind is kind)

    @property
    def total(self) -> int:
        return sum(each.count for each in self.due)


def read_requests(year: int, office: Office) -> tuple[SubjectRequest, ...]:
    """What is open, the most pressing first, then this year's others."""
    waiting = office.read(subjects.still_open)
    known = {each.id for each in waiting}
    others = office.read(lambda tx: subjects.of_year(tx, year))
    return (*waiting, *(each for each in others if each.id not in known))


def read_request(request_id: int, office: Office) -> SubjectFile | None:
    if office.read(lambda tx: subjects.find(tx, request_id)) is None:
        return None
    return office.read(lambda tx: subjects.file_of(tx, request_id))


def search_visits(text: str, office: Office) -> tuple[SubjectVisit, ...]:
    return find_subject_visits(office, text)


def read_breaches(year: int, office: Office) -> tuple[Breach, ...]:
    waiting = office.read(breaches.still_open)
    known = {each.id for each in waiting}
    others = office.read(lambda tx: breaches.of_year(tx, year))
    return (*waiting, *(each for each in others if each.id not in known))


def count_unanswered(office: Office) -> int:
    return office.read(subjects.count_unanswered)


def count_open_breaches(office: Office) -> int:
    return office.read(breaches.count_open)


def read_due(office: Office) -> DueBoard:
    sweep = sweep_now(office)
    due = office.read(lambda tx: retention.due(tx, sweep))
    runs = office.read(retention.last_runs)
    return DueBoard(sweep.schedule, due, runs, sweep.zone)


def write_copy(request_id: int, office: Office, actor: Actor) -> Path:
    """The subject's copy as PDF and as JSON into the account's documents; where the PDF lies.

    Raises:
        UserError: refused, or the folder cannot be written.
    """
    dossier = office.perform(ExportSubjectData(request_id=request_id), actor)
    sheet = copy_sheet(office.read(office_rows.load).settings, dossier)
    name = f"{sheet.title} {sheet.number}"
    write_document(name, "json", partial(_write, msgspec.json.format(msgspec.json.encode(dossier))))
    return write_document(name, "pdf", partial(_write, sheet_pdf(sheet)))


def _write(content: bytes, path: Path) -> None:
    path.write_bytes(content)
