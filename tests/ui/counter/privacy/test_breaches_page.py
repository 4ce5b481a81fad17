"""The page Insiden data: recorded, described, told by letter, closed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.counter.privacy.test_subjects_page import enabled, form_box, submit
from ult_desktop.core.privacy.breaches import Breach, DescribeBreach, NoticeRecipient, RecordBreach
from ult_desktop.core.privacy.subjects import HOUR_MS, deadline_state
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.privacy import breaches
from ult_desktop.ui.counter.privacy.breaches_page import BreachesPage
from ult_desktop.ui.counter.privacy.clock import clock_tag
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast

LOST = RecordBreach(
    what="Disk cadangan hilang", happened="Jumat malam, dari lemari", data="Nama dan telepon tamu"
)


def opened(bench: Bench, **look: object) -> BreachesPage:
    page = bench.open(BreachesPage, **look)  # type: ignore[arg-type]
    bench.wait(lambda: page.list.count > 0)
    page.list.choose(1)
    return page


def filled(page: BreachesPage) -> list[str]:
    """The names of the acts whose button is filled."""
    return [name for name, button in page.detail.acts.buttons.items() if button.property("role") == "primary"]


def first(bench: Bench) -> Breach:
    return bench.office.read(lambda tx: breaches.get(tx, 1))


@pytest.mark.parametrize(
    ("hours", "words"),
    [(2, "sisa 2 jam"), (1.5, "sisa 1 jam"), (0, "lewat 0 jam"), (-1, "lewat 1 jam"), (-1.5, "lewat 1 jam")],
)
def test_the_clock_counts_whole_hours(hours: float, words: str) -> None:
    now = datetime(2026, 11, 23, 10, tzinfo=UTC)
    due_at = to_stamp(now) + round(hours * HOUR_MS)
    assert clock_tag(due_at, deadline_state(due_at, to_stamp(now)), now).text == words


def test_from_the_first_word_to_the_end(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.counter.pages.papers.user_documents_path", lambda: tmp_path)
    bench.sign_in("kepala")
    page = bench.open(BreachesPage)
    assert page.detail.acts.buttons == {}
    assert [box for box in bench.frame.findChildren(Box) if box.isVisible()] == []
    page.new_button.click()
    told = "Insiden tercatat. Pemberitahuan tertulis paling lambat 3×24 jam."
    submit(bench, told, what=LOST.what, happened=LOST.happened, data=LOST.data)
    bench.wait(lambda: page.list.count == 1)
    page.open_subject(1)
    assert not page.detail.acts.buttons["told"].isEnabled()
    assert filled(page) == ["describe"]
    bench.act(page.detail, "describe")
    assert form_box(bench).form.values()["what"] == LOST.what
    submit(bench, "Insiden dilengkapi.", persons=120, handling="Dilaporkan", recovery="Sandi diganti")
    bench.wait(lambda: enabled(page.detail, "told"))
    assert filled(page) == ["told"]
    for number, whom in enumerate(NoticeRecipient, start=1):
        bench.act(page.detail, whom.value)
        bench.wait(lambda: bench.toast.startswith("Tersimpan:"))
        bench.act(page.detail, "told")
        submit(bench, "Pemberitahuan tercatat.", whom=whom, how=f"Surat {number}")
        bench.wait(lambda w=whom: page.chosen is not None and page.chosen.notified_at(w) is not None)  # type: ignore[misc]
    assert len(list((tmp_path / "ult-desktop").iterdir())) == 1
    assert bench.waiting(page) == 1
    assert filled(page) == ["close"]
    bench.act(page.detail, "close")
    submit(bench, "Insiden ditutup.", lesson="Disk dienkripsi")
    assert first(bench).is_notified
    bench.wait(lambda: list(page.detail.acts.buttons) == ["form"])
    page.blank_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan: ult-desktop/Laporan Insiden Siber"))
    assert bench.waiting(page) == 0


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "kontras"), ((1920, 1080), "light")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    bench.sign_in("kepala")
    bench.do(LOST)
    told: dict[str, Any] = {"what": LOST.what, "happened": LOST.happened, "data": LOST.data}
    bench.do(DescribeBreach(breach_id=1, handling="Dilaporkan ke polisi", recovery="Sandi diganti", **told))
    bench.later(80 * 60)
    bench.do(RecordBreach(what="Lembar tamu tertinggal di ruang tunggu", happened="Tadi pagi", data="Nama"))
    page = opened(bench, size=size, contrast=contrast)
    bench.wait(lambda: page.list.count == 2)
    picture(bench.window, f"insiden-{size[0]}x{size[1]}-{contrast}")
