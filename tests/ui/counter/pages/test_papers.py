"""Papers: names as people say them, and the way that was taken last from this PC."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.pages.sample import SamplePage
from tests.ui.opened_files import OpenedFiles
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.figures.report import ReportColumn, ReportPart
from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.operations.office.office import Office
from ult_desktop.reports.forms import ReportForm
from ult_desktop.ui.counter.pages import offer_paper, papers
from ult_desktop.ui.counter.pages.page_host import PageHost, StationServices
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.widgets.label import Label

SHEET = Sheet(office=Letterhead(), title="Buku Tamu", number="1–15 November 2026", rows=())
TABLE = ReportPart(
    key="book", title="Buku Tamu 2026", columns=(ReportColumn("n", "N"),), keys=("a",), rows=((1,),)
)


def sheet(_office: Office, _actor: Actor) -> Sheet:
    return SHEET


def table(_office: Office, _actor: Actor) -> ReportPart:
    return TABLE


@pytest.fixture(autouse=True)
def documents(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    bench.sign_in("nina", Role.RECEPTION)
    bench.open(SamplePage)
    return bench.folder / "ult-desktop"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Laporan minggu 2–8 November 2026", "Laporan minggu 2–8 November 2026.pdf"),
        ("Rekap Bulanan: November 2026", "Rekap Bulanan November 2026.pdf"),
        ("Tanda Terima 0001/TT/2026", "Tanda Terima 0001-TT-2026.pdf"),
        ("Janji Temu ", "Janji Temu.pdf"),
        ("kata " * 60, f"{('kata ' * 24).strip()}.pdf"),
    ],
)
def test_a_file_bears_the_words_that_people_say(name: str, file: str) -> None:
    assert papers.write_document(name, "pdf", b"%PDF").name == file


def test_where_it_is_is_said_and_it_opens(
    bench: Bench, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OpenedFiles()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    asked(bench, bench.host, sheet, table).keys["1"].click()
    bench.wait(lambda: bench.toast == "Tersimpan: ult-desktop/Buku Tamu 1–15 November 2026.pdf")
    (button,) = bench.frame.toast.offers
    button.click()
    assert opened == [documents / "Buku Tamu 1–15 November 2026.pdf"]


def asked(bench: Bench, host: PageHost, *made: object) -> Box:
    offer_paper(host, *made)  # type: ignore[arg-type]
    box: Box = bench.box()
    return box


def test_the_way_that_was_taken_last_is_the_first_to_be_taken(bench: Bench) -> None:
    box = asked(bench, bench.host, sheet, table)
    assert [button.text() for button in box.keys.values()] == [
        "1  Berkas PDF", "2  Buku kerja Excel", "3  Daftar (CSV)", "4  Printer karcis",
    ]  # fmt: skip
    assert box.focusWidget() is box.keys["1"]
    box.keys["3"].click()
    bench.wait(lambda: "Tersimpan" in bench.toast)
    box = asked(bench, bench.host, sheet, table)
    assert box.focusWidget() is box.keys["3"]
    box.reject()
    box = asked(bench, bench.host, sheet)
    assert box.focusWidget() is box.keys["1"]  # a sheet goes its own way


def test_a_printer_that_is_gone_is_said(bench: Bench, documents: Path) -> None:
    asked(bench, bench.host, sheet).keys["1"].click()
    bench.wait(lambda: bench.printed == [SHEET])
    bare = PageHost(
        bench.link, bench.host.theme, bench.frame.toast, bench.now, None, StationServices(bench.drafts)
    )
    bench.wait(lambda: bare.paper_choices.last("sheet") == "printer")
    box = asked(bench, bare, sheet)
    assert "tidak ada lagi pada komputer ini" in " ".join(each.text() for each in box.findChildren(Label))
    assert box.focusWidget() is box.keys["1"]
    box.keys["1"].click()
    bench.wait(lambda: list(documents.glob("*.pdf")))
    offer_paper(bare, sheet)  # from now on it is the only way
    bench.wait(lambda: "Tersimpan" in bench.toast)
    assert not bench.has_box()
    bare.end()


def in_a_cloud(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Documents that OneDrive copies, and this account's own folder."""
    cloud, home = bench.folder / "OneDrive - Kantor" / "Documents", bench.folder / "home"
    monkeypatch.setattr(papers, "user_documents_path", lambda: cloud)
    monkeypatch.setattr(Path, "home", lambda: home)
    return cloud / "ult-desktop", home / "ult-desktop"


def test_personal_data_goes_into_no_cloud_unasked(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, picture: Picture
) -> None:
    cloud, home = in_a_cloud(bench, monkeypatch)
    save_table(bench)
    box = bench.box()
    words = " ".join(each.text() for each in box.findChildren(Label))
    assert "OneDrive - Kantor" in words
    assert "data pribadi" in words
    picture(box, "papers-cloud")
    box.keys["1"].click()
    bench.wait(lambda: bench.toast == f"Tersimpan: {home / 'Buku Tamu 2026.csv'}")
    save_table(bench)
    assert not bench.has_box(), "asked once"
    bench.wait(lambda: not bench.has_box())
    assert not cloud.exists()
    bench.frame.toast.offers[1].click()
    bench.box().keys["2"].click()
    bench.wait(lambda: bench.toast == "Tersimpan: ult-desktop/Buku Tamu 2026.csv")
    assert [each.name for each in cloud.iterdir()] == ["Buku Tamu 2026.csv"]


def test_who_answers_nothing_saves_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    cloud, home = in_a_cloud(bench, monkeypatch)
    save_table(bench)
    bench.box().reject()
    assert not cloud.exists()
    assert not home.exists()
    assert papers.write_document("Panduan", "pdf", b"%PDF").parent == home, "what is written without a page"


def save_table(bench: Bench) -> None:
    papers.save(bench.host, partial(papers.write_table, table, ReportForm.LIST))
