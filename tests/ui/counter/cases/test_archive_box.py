"""Years that moved into files of their own, looked up from the counter."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.office import make_office
from tests.operations.years import Years, some_years
from tests.ui.conftest import Picture, Show
from tests.ui.counter.work.bench import Bench
from ult_desktop.core import asks
from ult_desktop.core.visit_asks import SignGuestBook
from ult_desktop.db import archives, services, visits
from ult_desktop.i18n import use_language
from ult_desktop.operations import archiving
from ult_desktop.ui.counter.cases.archive_box import ArchiveBox
from ult_desktop.ui.counter.cases.page import CasesPage
from ult_desktop.ui.counter.guests.history_tab import HistoryTab
from ult_desktop.ui.counter.work.archive_search import ArchiveSearch
from ult_desktop.ui.theme import Contrast
from ult_desktop.ui.widgets.label import Label


@pytest.fixture(scope="module")
def archived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose years 2023 and 2024 are archived."""
    folder = tmp_path_factory.mktemp("archived")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archiving, "PAUSE_S", (0, 0))
        years = Years(make_office(folder), folder)
        some_years(years)
        years.archive(2023)
        years.archive(2024)
        years.scene.close()
    return folder


@pytest.fixture
def bench(qtbot: QtBot, show: Show, tmp_path: Path, archived: Path) -> Iterator[Bench]:
    """A bench whose own office has those archives beside it."""
    made = Bench(qtbot, show, tmp_path)
    shutil.copytree(archives.folder_of(archived / "office.db"), archives.folder_of(made.path))
    yield made
    made.close()


def from_page(bench: Bench, text: str = "guru", contrast: Contrast = "light") -> ArchiveBox:
    """Opened on the page Permohonan, with what was typed there."""
    bench.sign_in("siti")
    page = bench.open(CasesPage, contrast=contrast)
    page.cases.search.setText(text)
    page.archive.click()
    box = bench.box()
    assert isinstance(box, ArchiveBox)
    return box


def titles(box: ArchiveBox) -> list[str]:
    rows = (box.lines.model.row_at(box.lines.model.index(n)) for n in range(box.lines.count))
    return [row.title for row in rows if row is not None]


def words_of(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(Label))


def choose(box: ArchiveBox, name: str) -> None:
    place = titles(box).index(name)
    box.lines.view.setCurrentIndex(box.lines.model.index(place))


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: Bench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    box = from_page(bench, "SDN", contrast)
    bench.wait(lambda: box.lines.count == 3)
    choose(box, "Budi Kepala")
    bench.wait(lambda: not box.detail.is_empty)
    picture(box, f"counter-arsip-{language}-{contrast}")


def test_what_was_typed_is_searched_and_a_case_is_shown_with_its_timeline(bench: Bench) -> None:
    box = from_page(bench)
    bench.wait(lambda: titles(box) == ["Ani Guru"])
    choose(box, "Ani Guru")
    bench.wait(lambda: box.timeline.lines)
    assert "Sudah dicairkan" in words_of(box.detail)
    assert "Arsip 2023" in [tag.text for tag in box.lines.model.row_at(box.lines.model.index(0)).tags]  # type: ignore[union-attr]
    assert box.detail.acts.buttons == {}, "read-only"
    box.lines.search.setText("citra")
    bench.wait(lambda: titles(box) == ["Citra Operator"])
    bench.wait(lambda: box.detail.is_empty)


def test_one_letter_finds_nobody(bench: Bench) -> None:
    box = from_page(bench, "")
    bench.wait(lambda: box._path is not None)
    box.lines.search.setText("g")
    assert not box._files.is_busy
    box.lines.search.setText("guru")
    bench.wait(lambda: box.lines.count == 1)
    box.lines.search.setText("")
    bench.wait(lambda: box.lines.count == 0)


def test_what_is_typed_while_it_looks_comes_next(bench: Bench) -> None:
    box = from_page(bench, "guru")
    for text in ("bu", "bud", "budi"):
        box.lines.search.setText(text)
    bench.wait(lambda: titles(box) == ["Budi Kepala"])


def test_a_number_without_a_case(bench: Bench, archived: object) -> None:
    box = from_page(bench, "SDN")
    bench.wait(lambda: box.lines.count == 3)
    key, line = next(iter(box._known.items()))
    box._known[key] = msgspec.structs.replace(line, case_id=None)
    box.lines.choose(key)
    bench.wait(lambda: not box.detail.is_empty)
    assert box.history.isHidden()


def test_a_damaged_archive_is_told_in_words(bench: Bench) -> None:
    archives.path_of(bench.path, 2024).write_bytes(b"rusak")
    box = from_page(bench)
    bench.wait(box.trouble.isVisible)
    assert "2024" in box.trouble.words.text()
    bench.wait(lambda: titles(box) == ["Ani Guru"])
    archives.path_of(bench.path, 2023).unlink()
    choose(box, "Ani Guru")
    bench.wait(lambda: "2023" in box.trouble.words.text())


def test_from_the_visitors_history_his_name_is_searched(bench: Bench) -> None:
    actor = bench.sign_in("siti")
    bench.do(asks.StaffCounter(counter=1))
    service = bench.office.read(services.active)[0].id
    taken = bench.do(asks.IssueTicket(service_id=service)).ticket
    called = bench.do(asks.CallTicket(counter=1, ticket_id=taken.id), actor)
    tab = bench.open_tab(HistoryTab, called)
    tab.archive.click()
    assert bench.jumps == [("cases", ArchiveSearch())]
    here = bench.do(asks.Arrive(counter=1))
    visit = bench.office.read(lambda tx: visits.of_ticket(tx, here.id))
    assert visit is not None
    bench.tabs.show_ticket(here)
    bench.wait(lambda: tab.now_serving.visit is not None)
    tab.archive.click()
    bench.wait(lambda: len(bench.jumps) == 2)
    bench.do(SignGuestBook(visit_id=visit.id, name="Ani Guru"))
    tab.archive.click()
    bench.wait(lambda: bench.jumps[-1] == ("cases", ArchiveSearch("Ani Guru")))


def test_another_page_sends_the_officer_to_the_archives(bench: Bench) -> None:
    bench.sign_in("siti")
    bench.open(CasesPage).open_subject(ArchiveSearch("Ani"))
    box = bench.box()
    bench.wait(lambda: titles(box) == ["Ani Guru"])
