"""The register of deviations for other programs: moments, working days, and text that stays text."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from tests.workbooks import first_sheet
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.figures.report import ReportPart
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.stamps import MINUTE_MS, to_stamp
from ult_desktop.operations.accountability.report import deviation_register
from ult_desktop.reports.forms import ReportForm, table_bytes

ZONE = ZoneInfo("Asia/Makassar")
AT = to_stamp(datetime(2026, 11, 23, 9, 0, tzinfo=ZONE))
LATE = Deviation(
    id=7, kind=DeviationKind.TIME, state=DeviationState.EXPLAINED, day="2026-11-23", made_at=AT + MINUTE_MS,
    visit_id=7, label="A012", procedure_id="p", procedure_version=1, title="Tatap Muka", step=2,
    activity="Tanya",
    standard="3 menit", spent=WorkedTime(days=1, minutes=35), item="", officer="Nina", acting_for="Siti",
    cause="=1+1",
    correction="Loket 2 dibuka", responsible="Nina", explained_at=AT + 2 * MINUTE_MS,
    explained_by="Nina", reviewed_at=None, reviewed_by="", remark="",
)  # fmt: skip
LATE_LINE = (
    "7;2026-11-23;2026-11-23 09:01;Lewat waktu: Tanya (langkah 2);Tatap Muka;Tanya;;A012;"
    "Nina atas nama Siti;3 menit;1 hari kerja 35 menit;"
    "'=1+1;Loket 2 dibuka;Nina;2026-11-23 09:02;Nina;Dijelaskan;;;;;;"
)


def deviations_part() -> ReportPart:
    return deviation_register("Penyimpangan", [LATE], ZONE)


def test_deviations_in_a_workbook_are_moments_and_working_days() -> None:
    sheet = first_sheet(table_bytes(deviations_part(), ReportForm.WORKBOOK))
    line = sheet.line()
    assert (line["No."], line["Terpakai"]) == (7, "1 hari kerja 35 menit")
    assert (line["Tanggal"], line["Dicatat"]) == (date(2026, 11, 23), datetime(2026, 11, 23, 9, 1))
    assert (sheet.format_below("Dicatat"), line["Ditinjau"]) == ("dd/mm/yyyy hh:mm", "")
    assert sheet.frozen == "B2"


def test_deviations_as_a_list_and_in_words() -> None:
    part = deviations_part()
    assert table_bytes(part, ReportForm.LIST).decode("utf-8-sig").splitlines()[1] == LATE_LINE
    assert part.columns[2].in_words(part.rows[0][2]) == "23/11/2026 09.01"
