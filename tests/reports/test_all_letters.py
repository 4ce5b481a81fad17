"""The words of each PDF can be copied and searched; none is lost for want of a font."""

import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tests.reports import test_chapters, test_period_report, test_sheet
from tests.reports.pdf_words import pages_and_words
from ult_desktop.base.paths import resource
from ult_desktop.core.figures.report import ChartKind, ReportChart
from ult_desktop.core.sheet import Letterhead, SheetRow
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.reports import letters
from ult_desktop.reports.forms import ReportForm, report_bytes
from ult_desktop.reports.pages import REGULAR
from ult_desktop.reports.poster import poster_pdf
from ult_desktop.reports.procedure import procedure_pdf
from ult_desktop.reports.sheet import sheet_pdf

replace = msgspec.structs.replace
NAMES = [
    *("José Ma’ruf, S.Pd.", "I Gusti Ayu Ñoño", "山田太郎", "محمد علي", "Sri 🌺 Wahyuni", "Жанна"),
    *("Zoe\u0308 bin O\u2019Neil", "A", "Nguyễn Thị Ánh", "אברהם", "ᬦᬶ Luh"),
]


def _sheet(name: str) -> bytes:
    row = SheetRow("Pemohon", name)
    return sheet_pdf(replace(test_sheet.SHEET, title=name, rows=(row,), signatures=(name,), numbered=True))


def _report(name: str) -> bytes:
    """The name stands in a table, below bars, in a legend and in the foot."""
    report = test_period_report.REPORT
    days = test_period_report.PLACES
    part = replace(days, rows=((name, 3),), chart=ReportChart(ChartKind.BARS, ("count",)))
    return report_bytes(replace(report, office=Letterhead((name,)), parts=(part,)), ReportForm.PDF)


def _chapters(name: str) -> bytes:
    return report_bytes(
        replace(test_chapters.REPORT, office=Letterhead((name,)), signature=name), ReportForm.PDF
    )


def _poster(name: str) -> bytes:
    return poster_pdf(replace(test_chapters.REPORT, office=Letterhead((name,))))


def _procedure(name: str) -> bytes:
    found = load_procedure("kaltara-helpdesk")
    return procedure_pdf(replace(found, title=name))


def read_back(name: str, font: str = REGULAR) -> str:
    return "".join("".join(piece for piece, _font in letters.runs(name, font)).split())


@pytest.mark.parametrize("make", [_sheet, _report, _chapters, _poster, _procedure])
@pytest.mark.parametrize("fallback", [True, False], ids=["system fonts", "own fonts alone"])
@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_on_it_or_marked(
    name: str, fallback: bool, make: Callable[[str], bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    if not fallback:
        monkeypatch.setattr(letters, "system_fonts", lambda: (Path(str(resource("fonts", "none.ttf"))),))
    letters.other_fonts.cache_clear()
    shown = pages_and_words(make(name))[1]
    told = read_back(name)
    letters.other_fonts.cache_clear()
    assert told in shown
    assert len(told) == len("".join(unicodedata.normalize("NFC", name).split())), "no letter is lost"


@pytest.mark.parametrize("make", [_sheet, _report, _chapters, _poster, _procedure])
def test_another_programs_reader_finds_the_name(make: Callable[[str], bytes], tmp_path: Path) -> None:
    """pdftotext knows nothing of how these files are made."""
    pdf = tmp_path / "a.pdf"
    pdf.write_bytes(make("Zoe\u0308 Ma’ruf"))
    read = ["pdftotext", "-layout", str(pdf), "-"]
    assert "Zoë Ma’ruf" in subprocess.run(read, check=True, capture_output=True, text=True).stdout
