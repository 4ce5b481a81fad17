"""The way back in a window: what there is, what it costs, who has to be closed, and what came of it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.db.store.test_damage import ruin
from tests.operations.town import Town, busy_day
from tests.ui.conftest import Picture, Show
from ult_desktop.base import i18n
from ult_desktop.base.paths import journal_path
from ult_desktop.db.backup import upkeep
from ult_desktop.db.store import damage_flag, errors, stations
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.store.store import Store
from ult_desktop.ui.counter.help.manual_box import ManualBox
from ult_desktop.ui.kit import dialogs
from ult_desktop.ui.kit.theme import Contrast, Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.restore.window import RestorePlace, RestoreWindow

pytestmark = [pytest.mark.usefixtures("own_home", "quick_reopens"), pytest.mark.file_only("copies")]


class Desk:
    """The window of the town's counter, and a hand on it."""

    def __init__(self, window: RestoreWindow, qtbot: QtBot) -> None:
        self.window, self._qtbot = window, qtbot

    def wait(self, fact: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(fact()))

    def facts(self) -> dict[str, str]:
        lines = self.window.detail.facts._lines
        return {name.text(): value.text() for name, value in lines if not name.isHidden()}

    def why(self) -> str | None:
        """Why the chosen one cannot be restored; None before its button is there."""
        button = self.window.detail.acts.buttons.get("restore")
        return None if button is None else button.toolTip()

    def box(self) -> dialogs.Box:
        self.wait(self._boxes)
        (found,) = self._boxes()
        return found

    def _boxes(self) -> list[dialogs.Box]:
        return [each for each in self.window.findChildren(dialogs.Box) if each.isVisible()]

    def answer(self, verb: str) -> None:
        next(each for each in self.box().findChildren(Button) if each.text() == verb).click()


Open = Callable[..., Desk]


@pytest.fixture
def town(tmp_path: Path) -> Town:
    stands = Town(tmp_path)
    busy_day(stands)
    stands.close()
    return stands


@pytest.fixture
def desk(town: Town, qtbot: QtBot, show: Show) -> Open:
    def open_it(
        *,
        by: str = "admin",
        size: tuple[int, int] = (1100, 740),
        contrast: Contrast = "light",
        with_disk: bool = True,
    ) -> Desk:
        disk = town.disk if with_disk else None
        place = RestorePlace(town.path, "loket-1", journal_path("").parent, disk, by)
        window = RestoreWindow(Theme.for_window("counter", *size, contrast), place)
        show(window, *size)
        return Desk(window, qtbot)

    return open_it


def test_f1_opens_its_page_of_the_manual(desk: Open, qtbot: QtBot) -> None:
    here = desk()
    here.wait(lambda: here.why() == "")
    qtbot.keyClick(here.window, Qt.Key.Key_F1)
    box = here.box()
    assert isinstance(box, ManualBox)
    assert box.topic.title == "Cadangan dan pemulihan"


def at_work(town: Town, name: str, ago: int = 0) -> None:
    store = Store(town.path)
    seen = Presence(name=name, mode="kiosk", version="1", boot="b", seen_at=town.now - ago, identity=name)
    store.write(lambda tx: stations.report(tx, seen))
    store.close()


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_what_is_lost_is_told_before(
    town: Town, desk: Open, picture: Picture, language: str, contrast: Contrast
) -> None:
    i18n.use_language(language)
    at_work(town, "kios-lobi")
    here = desk(size=(1366, 768), contrast=contrast)
    here.wait(lambda: len(here.facts()) >= 8 and not here.window.note.isHidden())
    if language == "id":
        assert here.facts()["Sejak itu tercatat"] == "4 nomor, 0 permohonan, 8 catatan seluruhnya"
        assert here.facts()["Tidak kembali"].startswith("8 catatan, sebab")
        assert here.window.note.words.text().startswith("Masih bekerja: kios-lobi.")
        assert here.why() == "Tutup dulu ult-desktop di komputer lain."
    picture(here.window, f"restore-{language}-{contrast}")


def test_journals_from_another_pc_bring_more_back(town: Town, desk: Open) -> None:
    here = desk()
    here.wait(lambda: here.facts().get("Tidak kembali", "").startswith("8 catatan"))
    for name in town.pcs:
        here.window.proofs.add_journals(str(town.pcs[name]))
    here.wait(lambda: here.facts().get("Tidak kembali") == "semuanya kembali")


def test_a_folder_elsewhere(town: Town, desk: Open, tmp_path: Path) -> None:
    here = desk()
    (tmp_path / "kosong").mkdir()
    here.window.proofs.look_into(str(tmp_path / "kosong"))
    here.wait(lambda: not here.window.list.count and here.window.detail.is_empty)
    here.window.proofs.look_into(str(tmp_path / "hilang"))
    here.wait(lambda: not here.window.trouble.isHidden())
    here.window.proofs.look_into(str(town.disk))
    here.wait(lambda: "Kantor" in here.facts())


def test_a_pc_without_a_folder_says_where_the_backups_are(town: Town, desk: Open, picture: Picture) -> None:
    store = Store(town.path)
    store.write(lambda tx: upkeep.record_success(tx, upkeep.BACKUP, "loket-2", town.now, place="D:/cadangan"))
    store.close()
    here = desk(with_disk=False)
    here.wait(lambda: not here.window.trouble.isHidden())
    assert "Cadangan ada di: loket-2, D:/cadangan." in here.window.trouble.words.text()
    picture(here.window, "restore-tanpa-folder")


def test_a_rotten_backup_says_so_and_cannot_be_chosen(town: Town, desk: Open) -> None:
    (only,) = town.disk.rglob("*.db")
    ruin(only, "ticket")
    here = desk()
    here.wait(lambda: "bukan salinan kantor yang utuh" in here.facts().get("Keadaan", ""))
    assert "bukan salinan kantor yang utuh" in (here.why() or "")


def test_while_nobody_knows_who_works_nothing_is_replaced(town: Town, desk: Open) -> None:
    here = desk()
    here.wait(lambda: here.why() == "")
    here.window._on_look_failed(errors.file_missing(str(town.path)))  # the share is away for a moment
    assert here.why() == "Belum diketahui siapa yang masih bekerja."
    assert not here.window.note.isHidden()


@pytest.mark.slow
def test_the_office_comes_back_and_what_was_set_aside_too(town: Town, desk: Open, picture: Picture) -> None:
    log = town.log()
    here = desk()
    for name in town.pcs:
        here.window.proofs.add_journals(str(town.pcs[name]))
    here.wait(lambda: here.facts().get("Tidak kembali") == "semuanya kembali" and here.why() == "")
    here.window.detail.acts.begin()
    here.answer("Pulihkan")
    assert not here.window.close(), "what came of it is told first"
    here.wait(lambda: here.window.detail.title.text() == "Kantor dipulihkan")
    picture(here.window, "restored")
    assert not here.window.work.words.text().startswith("Memulihkan"), "the process said how far it was"
    assert here.facts()["Diulang dari jurnal"] == "8 permintaan"
    assert town.log()[:-1] == log
    again = desk()
    again.wait(lambda: again.window.list.count == 2 and again.why() == "")
    assert again.window.detail.acts.buttons["restore"].text() == "Kembalikan berkas ini …"
    again.window.detail.acts.begin()
    again.answer("Pulihkan")
    again.wait(lambda: again.window.detail.title.text() == "Kantor dipulihkan")
    assert town.log()[:-1] == log


@pytest.mark.slow
def test_a_restore_that_somebody_ends_has_changed_nothing(town: Town, desk: Open) -> None:
    before = town.path.read_bytes()
    here = desk()
    here.wait(lambda: here.why() == "")
    here.window.detail.acts.begin()
    here.answer("Pulihkan")
    here.wait(lambda: bool(here.window._endings))
    here.window.work.cancel_button.click()
    here.wait(here.window.work.isHidden)
    assert here.box().title.text() == "Pemulihan dihentikan."
    here.answer("Mengerti")
    assert town.path.read_bytes() == before
    here.wait(lambda: here.why() == "")


@pytest.mark.slow
def test_a_whole_file_is_not_replaced_for_nobody(town: Town, desk: Open) -> None:
    """Without an admin only a damaged one is; and a whole one loses its mark."""
    before = town.log()
    damage_flag.write_flag(town.path, damage_flag.DamageFlag(station="kios-1", error="malformed"))
    here = desk(by="")
    here.wait(lambda: here.why() == "")
    here.window.detail.acts.begin()
    here.answer("Pulihkan")
    here.wait(here.window.work.isHidden)
    assert here.box().title.text() == "Kantor belum dipulihkan."
    here.answer("Mengerti")
    assert (town.log(), damage_flag.is_flagged(town.path)) == (before, True)
    here.window.check_button.click()
    assert here.box().title.text() == "Berkas kantor utuh."
    assert not damage_flag.is_flagged(town.path)
    here.answer("Mengerti")
