"""The page Retensi: what is due, and the button that ends it."""

from pathlib import Path

import pytest

from tests.office import store_of
from tests.operations.privacy import old_papers
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.office.retention_schedule import RetentionKind, RetentionRun, retention_words
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.privacy import retention_page
from ult_desktop.ui.counter.privacy.retention_page import RetentionPage
from ult_desktop.ui.counter.session.admin_notices import offer_due_erasure
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button


def fill(bench: Bench, months: int) -> None:
    at = bench.clock.now - months * 31 * DAY_MS
    store_of(bench.office).write(lambda tx: old_papers.everything(tx, at))


def opened(bench: Bench, **look: object) -> RetentionPage:
    bench.sign_in("kepala")
    page = bench.open(RetentionPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count == len(RetentionKind))
    return page


def test_what_is_due_goes_after_one_question(bench: Bench) -> None:
    fill(bench, 14)
    page = opened(bench)
    erase(bench, page)
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    bench.wait(lambda: not page.erase_button.isEnabled())
    bench.wait(lambda: len(page.runs.lines) == 1)


def erase(bench: Bench, page: RetentionPage) -> None:
    page.erase_button.click()
    next(b for b in bench.box().findChildren(Button) if b.text() == "Hapus untuk selamanya").click()


def test_a_second_click_while_a_run_is_under_way_is_none(bench: Bench) -> None:
    """Neither do the changes that the run itself makes open the button again."""
    fill(bench, 14)
    page = opened(bench)
    erase(bench, page)
    assert not page.erase_button.isEnabled()
    assert page.erase_button.toolTip() == "Penghapusan sedang berjalan."
    page._show(page._board)
    assert not page.erase_button.isEnabled()
    page._erase()
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    assert bench.office.read(lambda tx: tx.value("SELECT count(*) FROM retention_run")) == 1
    assert not page.is_running


def test_a_run_that_is_refused_can_be_begun_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(bench, 14)
    page = opened(bench)

    def refused(_office: Office, _actor: Actor) -> RetentionRun:
        raise UserError("Tidak sekarang.")

    with monkeypatch.context() as patch:
        patch.setattr(retention_page, "run_retention", refused)
        erase(bench, page)
    bench.wait(lambda: "Tidak sekarang." in bench.toast)
    bench.wait(page.erase_button.isEnabled)
    erase(bench, page)
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))


@pytest.mark.parametrize("months", [0, 14])
def test_who_signs_in_is_told_when_something_is_due(bench: Bench, months: int) -> None:
    fill(bench, months)
    opened(bench)
    answered = list[object]()
    offer_due_erasure(bench.host)
    bench.host.read(Office.officers, answered.append)  # answered after what was asked before
    bench.wait(lambda: bool(answered))
    assert bench.toast.startswith("Ada data pribadi yang jatuh tempo") == (months > 0)


def test_the_records_of_processing_are_saved(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    page = opened(bench)
    for button, name in zip(page.sheet_buttons, ("Rekaman Kegiatan", "Penilaian Dampak"), strict=True):
        button.click()
        bench.wait(lambda n=name: bench.toast.startswith(f"Tersimpan: ult-desktop/{n}"))  # type: ignore[misc]


def test_nothing_is_due(bench: Bench) -> None:
    page = opened(bench)
    assert not page.erase_button.isEnabled()
    assert page.erase_button.toolTip() == "Belum ada yang jatuh tempo."
    assert page.list.selected == RetentionKind.NAME
    page.list.choose(RetentionKind.PPID)
    assert page.detail.title.text() == "Data pemohon informasi publik"
    page._show_chosen(None)
    assert page.detail.is_empty


@pytest.mark.parametrize(
    ("months", "kept"),
    [
        (0, "until the visit and its requests are finished"),
        (1, "1 month after the visit and its requests are finished"),
        (2, "2 months after the visit and its requests are finished"),
    ],
)
def test_how_long_is_a_sentence(months: int, kept: str) -> None:
    use_language("en")
    assert retention_words(months) == kept


def test_an_interrupted_run_says_so(bench: Bench) -> None:
    store_of(bench.office).write(lambda tx: tx.run("INSERT INTO retention_run (began_at) VALUES (?)", 1000))
    page = opened(bench)
    bench.wait(lambda: len(page._board.runs) == 1)
    assert page._entry(page._board.runs[0]).note == "belum selesai; jalankan lagi"


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "light"), ((1920, 1080), "kontras")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    fill(bench, 62)
    page = opened(bench, size=size, contrast=contrast)
    bench.wait(page.erase_button.isEnabled)
    picture(bench.window, f"retensi-{size[0]}x{size[1]}-{contrast}")
