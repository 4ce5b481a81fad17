"""The page Pembukaan data: who, when, whose and why; by days and officer, and as a file."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from tests.ui.shown import all_done
from ult_desktop.base import formats
from ult_desktop.core.privacy.commands import OpenPersonal
from ult_desktop.core.privacy.subject_words import opening_words
from ult_desktop.core.visits.commands import SignGuestBook, WelcomeVisitor
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.counter.privacy.openings_page import OpeningsPage
from ult_desktop.ui.kit.theme import Contrast


def open_somebody(bench: Bench) -> None:
    """By Siti, and by Budi a day later."""
    guard = bench.sign_in("joko")
    for login in ("siti", "budi"):
        visit = bench.do(WelcomeVisitor(), guard)
        by = bench.sign_in(login)
        bench.do(SignGuestBook(visit_id=visit.id, name="Bu Sari Dewi", institution="SDN 1"), by)
        bench.do(OpenPersonal(visit_id=visit.id), by)
        bench.later(24 * 60)


def opened(bench: Bench, **look: Any) -> OpeningsPage:  # noqa: ANN401
    bench.sign_in("kepala")
    return bench.open(OpeningsPage, **look)


def opened_since(bench: Bench, first: date) -> OpeningsPage:
    """Open the page with the two openings of somebody's data that came since that day."""
    open_somebody(bench)
    page = opened(bench)
    page.first.show_value(first)
    bench.wait(lambda: page.list.count == 2)
    return page


def test_by_days_and_officer(bench: Bench) -> None:
    today = bench.now().date()
    open_somebody(bench)
    page = opened(bench)
    bench.wait(lambda: all_done(bench.link))
    assert page.list.count == 0
    assert not page.save_button.isEnabled()
    page.first.show_value(today)
    bench.wait(lambda: page.list.count == 2)
    assert page.list.model.row_at(page.list.model.index(0)).title.startswith("Budi Santoso → ")  # type: ignore[union-attr]
    page.officer.show_value("Siti Rahmawati")
    assert page.list.count == 1
    row = page.list.model.row_at(page.list.model.index(0))
    assert row is not None
    assert "Sari Dewi" not in row.title
    assert row.subtitle == "data kunjungan dibuka"
    page.first.show_value(today - timedelta(days=400))
    assert page.last.error.text() == "Dari 1 sampai 92 hari."
    page.first.show_value(None)
    assert page.list.count == 1


def test_as_a_file(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    today = bench.now().date()
    page = opened_since(bench, today)
    page.save_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan: "))
    (saved,) = (bench.folder / "ult-desktop").glob("* November 2026.csv")
    lines = saved.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].split(";")[:2] == ["Waktu", "Petugas"]
    assert len(lines) == 3
    assert "Sari Dewi" not in "".join(lines)


def test_the_file_is_named_by_the_days_of_its_openings(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: bench.folder)
    today = bench.now().date()
    page = opened_since(bench, today)
    days = formats.format_days(today, bench.now().date())
    page.first.show_value(today + timedelta(days=1))  # its openings are not read yet
    page.save_button.click()
    bench.wait(lambda: bench.toast.startswith("Tersimpan: "))
    assert days in bench.toast


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("ppid:2026", "register permohonan informasi 2026 dibuka"),
        ("guest_book:2026-11-01--2026-11-30", "buku tamu 2026-11-01--2026-11-30 dibuka"),
        ("mesin:3", "mesin:3"),
    ],
)
def test_why_in_words(what: str, words: str) -> None:
    assert opening_words(what) == words


@pytest.mark.parametrize(("size", "contrast"), [((1366, 768), "light"), ((1366, 768), "kontras")])
def test_pictures(bench: Bench, picture: Picture, size: tuple[int, int], contrast: Contrast) -> None:
    today = bench.now().date()
    open_somebody(bench)
    page = opened(bench, size=size, contrast=contrast)
    page.first.show_value(today)
    bench.wait(lambda: page.list.count == 2)
    picture(bench.window, f"pembukaan-{size[0]}x{size[1]}-{contrast}")
