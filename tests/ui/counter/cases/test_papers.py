"""Sheets where there is no printer."""

from pathlib import Path

from tests.ui.counter.cases.conftest import CaseBench
from ult_desktop.core.cases.escalation import CaseDesk
from ult_desktop.ui.counter.cases.inbox_page import InboxPage
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.pages.page_host import StationServices


def test_without_a_printer_it_is_a_pdf_at_once(bench: CaseBench, papers: Path) -> None:
    hop = bench.hop(CaseDesk.HELPDESK)
    bench.sign_in("hadi")
    page = bench.open(InboxPage)
    bench.host._services = StationServices(bench.drafts)
    page.open_subject(hop.id)
    bench.wait(lambda: not page.detail.is_empty)
    page.sheet_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    assert [path.name for path in papers.iterdir()] == ["Lembar Disposisi 0001-ULT-2026.pdf"]


def test_the_whole_file_of_a_case(bench: CaseBench, papers: Path) -> None:
    case = bench.case()
    bench.sign_in("siti")
    page = bench.open(CasesPage)
    bench.host._services = StationServices(bench.drafts)
    page.open_subject(case.id)
    bench.wait(lambda: "file" in page.pane.detail.acts.buttons)
    page.pane.detail.acts.buttons["file"].click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
    assert [path.name for path in papers.iterdir()] == ["Berkas Permohonan 0001-ULT-2026.pdf"]
