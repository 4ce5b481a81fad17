"""Archives on the pages of data protection: what is due in them, the run that ends it, who lies there."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from msgspec import structs
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from tests.office import make_office, open_office
from tests.operations.years import Years, keep, some_years
from tests.ui.conftest import Picture, Show
from tests.ui.counter.work.bench import Bench
from ult_desktop.core.personal import BY_REQUEST
from ult_desktop.core.subject_asks import RegisterSubjectRequest, VerifySubject
from ult_desktop.core.subjects import SubjectFile, SubjectKind, Verification
from ult_desktop.db import archives, subject_archives
from ult_desktop.operations import archive_lease, archive_reading, archiving, retention
from ult_desktop.ui.counter.admin_notices import tell_of_due_erasure
from ult_desktop.ui.counter.online.file_desk import FileDesk
from ult_desktop.ui.counter.privacy.retention_page import RetentionPage
from ult_desktop.ui.counter.privacy.subjects_page import SubjectsPage
from ult_desktop.ui.counter.work.form_box import FormBox
from ult_desktop.ui.widgets.button import Button


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office whose year 2023 is an archive."""
    folder = tmp_path_factory.mktemp("archived")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archiving, "PAUSE_S", (0, 0))
        years = Years(make_office(folder / "share"), folder)
        some_years(years)
        years.archive(2023)
        years.scene.close()
    return folder


@pytest.fixture
def bench(
    qtbot: QtBot, show: Show, tmp_path: Path, once: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Bench]:
    """A bench on that office; names are kept for a year."""

    def copied(folder: Path, _template: str) -> Path:
        shutil.copytree(once / "share", folder)
        keep(folder / "office.db", 12)
        return folder / "office.db"

    monkeypatch.setattr("tests.ui.counter.work.bench.make_office", copied)
    made = Bench(qtbot, show, tmp_path)
    yield made
    made.close()


def leave(bench: Bench) -> None:
    """Nothing is looked at any more."""
    parts = (bench.frame, bench.desk)
    bench.wait(lambda: not any(each.is_busy for part in parts for each in part.findChildren(FileDesk)))


def page_of(bench: Bench) -> RetentionPage:
    bench.sign_in("kepala")
    page = bench.open(RetentionPage)
    bench.wait(lambda: bool(page._archived))
    return page


def erase(bench: Bench, page: RetentionPage) -> None:
    page.erase.click()
    next(b for b in bench.box().findChildren(Button) if b.text() == "Hapus untuk selamanya").click()


def test_what_is_due_in_an_archive_is_shown_and_goes(bench: Bench, picture: Picture) -> None:
    page = page_of(bench)
    page.list.choose(2023)
    assert page.detail.title.text() == "Arsip 2023"
    picture(bench.window, "retensi-arsip")
    erase(bench, page)
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    bench.wait(lambda: not page.erase.isEnabled())
    assert b"Ani Guru" not in archives.path_of(bench.path, 2023).read_bytes()
    assert list(archive_reading.findings(bench.office)) == []
    bench.wait(lambda: page._board.runs[0].archived == {"2023": 20})
    archive_lease.take(bench.office)  # the run let it go
    leave(bench)


def test_they_are_not_read_again_with_every_event_of_the_office(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(bench)
    leave(bench)
    looks = list[object]()
    monkeypatch.setattr(page.files, "run", lambda *job: looks.append(job))
    board = page._board
    (archive,) = board.archives
    for same in (board, replace(board, archives=()), board):
        page._show(same)
    assert looks == []
    page._show(replace(board, archives=(structs.replace(archive, ordered=(1,)),)))
    assert len(looks) == 1


def test_one_that_is_damaged_is_told_and_the_run_ends(bench: Bench) -> None:
    archives.path_of(bench.path, 2023).write_bytes(b"rusak")
    page = page_of(bench)
    page.list.choose(2023)
    assert "tidak utuh" in page._archived[0].trouble
    erase(bench, page)
    bench.wait(lambda: bool(page._board.runs) and page._board.runs[0].ended_at is not None)
    assert page._board.runs[0].archived == {}
    bench.wait(lambda: bool(page._archived))
    leave(bench)


def test_a_second_click_while_a_run_is_under_way_is_none(bench: Bench) -> None:
    """Neither do the changes that the run itself makes open the button again."""
    page = page_of(bench)
    erase(bench, page)
    assert not page.erase.isEnabled()
    assert page.erase.toolTip() == "Penghapusan sedang berjalan."
    page._show(page._board)
    assert not page.erase.isEnabled()
    page.eraser.start()
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    assert bench.office.read(lambda tx: tx.value("SELECT count(*) FROM retention_run")) == 1
    bench.wait(lambda: not page.eraser.is_running)
    leave(bench)


def test_a_run_that_is_refused_on_its_way_can_be_begun_again(bench: Bench) -> None:
    page = page_of(bench)
    other = open_office(bench.path, "lain")
    other.clock = bench.office.clock
    archive_lease.take(other)
    erase(bench, page)
    bench.wait(lambda: "lain sedang mengarsipkan" in bench.toast)
    bench.wait(page.erase.isEnabled)
    archive_lease.let_go(other)
    other.close()
    erase(bench, page)
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    leave(bench)


def file_of(bench: Bench) -> SubjectFile:
    return bench.office.read(lambda tx: subject_archives.file_of(tx, 1))


def test_who_lies_there_is_found_and_erased_with_the_next_run(bench: Bench, picture: Picture) -> None:
    keep(bench.path)
    bench.sign_in("kepala")
    bench.do(RegisterSubjectRequest(kind=SubjectKind.ERASURE, name="Ani Guru"))
    bench.do(VerifySubject(request_id=1, how=Verification.CARD))
    page = bench.open(SubjectsPage)
    bench.wait(lambda: page.list.count > 0)
    page.list.choose(1)
    bench.wait(lambda: not page.detail.is_empty)
    page._search(1, "Ani")
    attach = form_box(bench)
    assert any("(arsip 2023)" in each.text() for each in attach.findChildren(QAbstractButton))
    attach.form.field("visits").show_value(("1",))
    attach.form.submit()
    bench.wait(lambda: page._file is not None and len(page._file.visits) == 1)
    page.detail.asked.emit("visit")
    bench.box().keys["1"].click()
    bench.box().keys["1"].click()  # what lies in an archive is not corrected
    order = form_box(bench)
    order.form.field("reason").show_value("Diminta")
    picture(order, "hapus-dari-arsip")
    order.form.submit()
    bench.wait(lambda: page._file is not None and page._file.visits[0].erasure_ordered)
    assert "Retensi data" in bench.toast
    tell_of_due_erasure(bench.desk)
    bench.wait(lambda: bench.toast.startswith("Ada data pribadi yang jatuh tempo"))
    retention.run(bench.office, bench.link.actor)
    assert file_of(bench).visits[0].name == BY_REQUEST
    leave(bench)


def form_box(bench: Bench) -> FormBox:
    bench.wait(lambda: bench.has_box() and isinstance(bench.box(), FormBox))
    box = bench.box()
    assert isinstance(box, FormBox)
    return box


def test_nobody_is_told_when_nothing_is_due_there(bench: Bench) -> None:
    keep(bench.path)
    page = bench_page(bench)
    tell_of_due_erasure(bench.desk)
    bench.wait(lambda: bench.desk.findChildren(FileDesk) != [])
    bench.wait(lambda: not any(each.is_busy for each in bench.desk.findChildren(FileDesk)))
    assert bench.toast == ""
    assert not page.erase.isEnabled()
    leave(bench)


def bench_page(bench: Bench) -> RetentionPage:
    bench.sign_in("kepala")
    page = bench.open(RetentionPage)
    bench.wait(lambda: bool(page._board.archives))
    return page


def test_an_archive_that_cannot_be_searched_is_told(bench: Bench) -> None:
    archives.path_of(bench.path, 2023).write_bytes(b"rusak")
    bench.sign_in("kepala")
    bench.do(RegisterSubjectRequest(kind=SubjectKind.ERASURE, name="Citra"))
    page = bench.open(SubjectsPage)
    page._search(1, "Citra")
    bench.wait(bench.has_box)
    assert "tidak utuh" in bench.toast
    leave(bench)
