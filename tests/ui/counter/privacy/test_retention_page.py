"""The page Retensi: what is due, and the button that ends it."""

import pytest

from tests.operations import old_papers
from tests.ui.conftest import Picture
from tests.ui.counter.work.bench import Bench
from ult_desktop.core.retention_schedule import Kind, kept_words
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.i18n import use_language
from ult_desktop.ui.counter.privacy.retention_page import RetentionPage
from ult_desktop.ui.dialogs import Box
from ult_desktop.ui.theme import Contrast
from ult_desktop.ui.widgets.button import Button


def fill(bench: Bench, months: int) -> None:
    at = bench.clock.now - months * 31 * DAY_MS
    bench.office._store.write(lambda tx: old_papers.everything(tx, at))


def opened(bench: Bench, **look: object) -> RetentionPage:
    bench.sign_in("kepala")
    page = bench.open(RetentionPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count == len(Kind))
    return page


def test_what_is_due_goes_after_one_question(bench: Bench) -> None:
    fill(bench, 14)
    page = opened(bench)
    page.erase.click()
    box = bench.box()
    assert isinstance(box, Box)
    next(b for b in box.findChildren(Button) if b.text() == "Hapus untuk selamanya").click()
    bench.wait(lambda: bench.toast.endswith("baris dihapus."))
    bench.wait(lambda: not page.erase.isEnabled())
    bench.wait(lambda: len(page.runs.lines) == 1)


def test_nothing_is_due(bench: Bench) -> None:
    page = opened(bench)
    assert not page.erase.isEnabled()
    assert page.erase.toolTip() == "Belum ada yang jatuh tempo."
    assert page.list.selected == Kind.NAME
    page.list.choose(Kind.PPID)
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
    assert kept_words(months) == kept


def test_an_interrupted_run_says_so(bench: Bench) -> None:
    bench.office._store.write(lambda tx: tx.run("INSERT INTO retention_run (began_at) VALUES (?)", 1000))
    page = opened(bench)
    bench.wait(lambda: len(page._board.runs) == 1)
    assert page._entry(page._board.runs[0]).note == "belum selesai; jalankan lagi"


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "light"), ((1920, 1080), "kontras")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    fill(bench, 62)
    page = opened(bench, size=size, contrast=contrast)
    bench.wait(page.erase.isEnabled)
    picture(bench.window, f"retensi-{size[0]}x{size[1]}-{contrast}")
