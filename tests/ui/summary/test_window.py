"""The window Rekap antarkantor: keys are confirmed, the offices stand side by side, and files are written."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.core.summary.test_summary import file_of, summary
from tests.ui.conftest import Picture, Show
from ult_desktop.base import i18n
from ult_desktop.core.figures.figures import Spread
from ult_desktop.core.summary.summary import ServiceNumbers, SummaryElement, services_of, times_of
from ult_desktop.operations.summary import folder
from ult_desktop.ui.counter.pages import papers
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast, Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.summary.window import SummaryWindow

pytestmark = pytest.mark.usefixtures("own_home")
TODAY = date(2027, 1, 4)
OFFICES = {
    "BPMP-11": ("11", 140, 12),
    "BPMP-12": ("12", 320, 14),
    "BPMP-21": ("21", 90, 9),
    "BPMP-31": ("31", 640, 16),
    "BPMP-65": ("65", 75, 11),
    "BPMP-91": ("91", 60, 95),
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Six offices, of which one lacks December; one waits much longer than the others."""
    made = tmp_path / "rekap"
    made.mkdir()
    for code, (province, visits, wait) in OFFICES.items():
        for month in range(7, 13 if code != "BPMP-21" else 12):
            count = visits + 7 * month
            each = summary(
                code,
                f"2026-{month:02}",
                visits=count,
                province=province,
                services=services_of(
                    [
                        ServiceNumbers(
                            key=letter,
                            name=name,
                            visits=visits,
                            waits=Spread.of([(wait + n % 7) * 60_000 for n in range(visits)]),
                            respondents=visits // 4,
                            elements=(
                                SummaryElement(element="sarana", answers=visits // 4, total=visits // 4 * 3),
                            ),
                        )
                        for letter, name, visits in (("A", "Informasi", count - 20), ("B", "Legalisasi", 20))
                    ]
                ),
                waits=times_of(Spread.of([(wait + n % 7) * 60_000 for n in range(count)])),
            )
            (made / f"{code}-{month:02}.ultrekap").write_bytes(file_of(each))
    return made


Open = Callable[..., SummaryWindow]


@pytest.fixture
def open_window(qtbot: QtBot, show: Show, place: Path) -> Open:
    def open_it(contrast: Contrast = "light", large: float = 1.0) -> SummaryWindow:
        window = SummaryWindow(Theme.for_window("counter", 1366, 768, contrast, large), place, lambda: TODAY)
        show(window, 1366, 768)
        qtbot.waitUntil(lambda: window.collected is not None and window.progress.isHidden())
        return window

    return open_it


def box_of(window: SummaryWindow) -> Box:
    (box,) = (each for each in window.findChildren(Box) if each.isVisible())
    return box


def press(window: SummaryWindow, verb: str) -> None:
    next(each for each in box_of(window).findChildren(Button) if each.text() == verb).click()


def confirm_all(window: SummaryWindow, qtbot: QtBot) -> None:
    window.confirm_button.click()
    for _office in OFFICES:
        press(window, "Sudah cocok")
    qtbot.waitUntil(lambda: window.report is not None and window.progress.isHidden())


def part(window: SummaryWindow, key: str) -> list[list[str]]:
    window.part.setCurrentIndex(window.part.findData(key))
    return window.view.table.words


def test_keys_are_confirmed_and_offices_stand_side_by_side(
    open_window: Open, qtbot: QtBot, picture: Picture
) -> None:
    window = open_window()
    assert "6 kunci belum dipastikan" in window.status.text()
    assert not window.save_button.isEnabled()
    window.confirm_button.click()
    picture(box_of(window), "rekap-antarkantor-kunci")
    press(window, "Lewati")
    press(window, "Berhenti")
    qtbot.waitUntil(window.progress.isHidden)
    assert folder.trusted_keys() == {}
    confirm_all(window, qtbot)
    assert set(folder.trusted_keys()) == set(OFFICES)
    assert window.status.text() == "6 kantor · 6 bulan · 1 kantor belum lengkap"
    assert window.confirm_button.isHidden()
    rows = part(window, "offices")
    assert [row[0] for row in rows] == [*(f"{code} Kantor {code}" for code in sorted(OFFICES)), "Jumlah"]
    picture(window, "rekap-antarkantor-kantor-1366x768")
    part(window, "provinces")
    assert window.map.isVisible()
    assert "DKI Jakarta 4.239" in window.map.accessibleDescription()
    picture(window, "rekap-antarkantor-provinsi-1366x768")
    assert part(window, "lacks") == [["BPMP-21 Kantor BPMP-21", "2026-12"]]
    assert {row[0] for row in part(window, "outliers")} == {"BPMP-91 Kantor BPMP-91"}
    picture(window, "rekap-antarkantor-jauh-1366x768")


@pytest.mark.parametrize(("language", "contrast", "large"), [("en", "light", 1.0), ("id", "kontras", 1.3)])
def test_it_speaks_english_and_grows(
    open_window: Open, qtbot: QtBot, picture: Picture, language: str, contrast: Contrast, large: float
) -> None:
    window = open_window(contrast, large)
    confirm_all(window, qtbot)
    window.close()
    i18n.use_language(language)
    window = open_window(contrast, large)
    for key in ("provinces", "comparison", "trend", "services"):
        part(window, key)
        picture(window, f"rekap-antarkantor-{key}-{language}-{round(100 * large)}")


def test_files_are_written_and_what_cannot_be_is_said(
    open_window: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "user_documents_path", lambda: tmp_path)
    window = open_window()
    confirm_all(window, qtbot)
    for form, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!doctype html>")):
        window.save_button.click()
        assert box_of(window).isVisible()
        box_of(window).close()
        window.write(form)
        qtbot.waitUntil(window.progress.isHidden)
        written = Path(window.status.text().removeprefix("Tersimpan: "))
        assert written.read_bytes().startswith(begins)
    folder.keys_path().write_text("{")
    window.again_button.click()
    qtbot.waitUntil(window.progress.isHidden)
    assert "tidak dapat dibaca" in window.trouble.words.text()
    # What was read before is not shown below a folder that was not read.
    assert (window.report, window.view.isHidden(), window.save_button.isEnabled()) == (None, True, False)
