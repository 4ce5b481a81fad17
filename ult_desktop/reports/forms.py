"""The forms in which a report leaves the program; what writes each is imported when it is asked for."""

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.base.spreadsheet import csv_file
from ult_desktop.core.figures.report import PeriodReport, ReportKind, ReportPart

if TYPE_CHECKING:
    from ult_desktop.reports import figures_list, period_report, picture, poster, workbook
else:
    figures_list = late("ult_desktop.reports.figures_list")
    period_report = late("ult_desktop.reports.period_report")
    picture = late("ult_desktop.reports.picture")
    poster = late("ult_desktop.reports.poster")
    workbook = late("ult_desktop.reports.workbook")


class ReportForm(StrEnum):
    """The form of a report. A poster is a survey's alone, a picture a recap's."""

    PDF = "pdf"
    WORKBOOK = "xlsx"
    LIST = "csv"
    POSTER = "poster"
    PICTURE = "png"

    @property
    def suffix(self) -> str:
        return "pdf" if self is ReportForm.POSTER else self.value


def report_bytes(report: PeriodReport, form: ReportForm) -> bytes:
    """Return the whole file. Raises UserError when this PC has no room to make it."""
    if form is ReportForm.WORKBOOK:
        return _make_workbook(lambda: workbook.report_workbook(report))
    if form is ReportForm.LIST:
        return figures_list.report_csv(report)
    if form is ReportForm.POSTER:
        return poster.poster_pdf(report)
    if form is ReportForm.PICTURE:
        return picture.recap_png(report)
    return period_report.chapters_pdf(report) if report.chapters else period_report.report_pdf(report)


def table_bytes(part: ReportPart, form: ReportForm) -> bytes:
    """Return one table as a workbook, or as a list. Raises UserError as `report_bytes` does."""
    if form is ReportForm.WORKBOOK:
        return _make_workbook(lambda: workbook.table_workbook(part))
    return csv_file(figures_list.table_lines(part))


def _make_workbook(make: Callable[[], bytes]) -> bytes:
    """Make a workbook, which needs room on this PC's disk: its sheets are written to files first."""
    try:
        return make()
    except OSError as error:
        raise UserError(
            _("Buku kerja tidak dapat disusun ({error}).").format(error=error.strerror or error),
            _("Yang tercatat tetap tersimpan."),
            _("Beri ruang kosong di folder sementara komputer ini, lalu coba lagi."),
        ) from error


def report_files(report: PeriodReport) -> dict[str, bytes]:
    """Return the files for the folder of reports by the endings of their names ("pdf")."""
    forms = [ReportForm.PDF, ReportForm.WORKBOOK, ReportForm.LIST]
    if report.kind is ReportKind.RECAP:
        forms.append(ReportForm.PICTURE)
    return {form.suffix: report_bytes(report, form) for form in forms}
