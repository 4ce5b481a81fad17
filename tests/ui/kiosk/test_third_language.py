"""A third language is files alone: a visitor chooses it, reads and hears it, and takes a number in it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Picture
from tests.ui.kiosk import samples
from tests.ui.kiosk.conftest import SetUp
from tests.ui.kiosk.stand import Ear, KioskBench
from ult_desktop.base import formats, i18n
from ult_desktop.base.config import StationConfig
from ult_desktop.devices.voice.reading import Piece, clip_path, guide_path, read_aloud
from ult_desktop.ui.kiosk.visit import Screen
from ult_desktop.ui.office_link.station_setup import OfficeFolder

if TYPE_CHECKING:
    from ult_desktop.ui.kiosk.speech.guidance import SaidLine

TOUCH = "Sentuh layanan yang Anda perlukan untuk mengambil nomor antrean."
SUNDANESE = {
    "Bahasa Indonesia": "Basa Sunda",
    "Selamat pagi": "Wilujeng enjing",
    TOUCH: "Toél palayanan nu diperyogikeun pikeun nyandak nomer antrian.",
    "Nomor antrean Anda": "Nomer antrian anjeun",
    "Tidak ada antrean": "Teu aya antrian",
    "{n} menunggu": "{jumlah} ngantosan",  # wrong: another place to fill in
    "Kembali": "Wangsul",
    "09.41": "09:41",
    "Senin, Selasa, Rabu, Kamis, Jumat, Sabtu, Minggu": "Senén, Salasa, Rebo, Kemis, Jumaah, Saptu, Minggu",
    "Dapodik": "Dapodik Sunda",
}
CLIPS = """
[[groups]]
name = "guide"

[groups.clips]
sentuh-layanan = { su = "Toél palayanan nu diperyogikeun pikeun nyandak nomer antrian." }
selamat-pagi = { su = "Wilujeng enjing" }
tidak-ada-antrean = { su = "Teu aya antrian" }
tilu = { su = "3" }
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Path]:
    """Return a language put beside the office file; clips of two sentences were never recorded."""
    folder = tmp_path / "office-bahasa"
    own = folder / "su"
    own.mkdir(parents=True)
    words = Catalog(locale="su", fuzzy=False)
    for source, told in SUNDANESE.items():
        words.add(source, told)
    with (own / "ult_desktop.mo").open("wb") as file:
        write_mo(file, words)
    (own / "clips.toml").write_text(CLIPS, "utf-8")
    shutil.copyfile(guide_path("id", "selamat-sore"), own / "sentuh-layanan.opus")
    shutil.copyfile(guide_path("id", "tiga"), own / "tilu.opus")
    yield folder
    i18n.add_languages(tmp_path / "nothing")


def fetch(kiosk: KioskBench, office: Path, qtbot: QtBot) -> None:
    """Fetch the language as the program does at the start."""

    def take(copies: Path) -> None:
        assert office not in copies.parents
        i18n.add_languages(copies)
        kiosk.window.show_languages()

    OfficeFolder(office, take, kiosk.window)
    qtbot.waitUntil(lambda: "su" in i18n.languages())


@pytest.mark.parametrize("size", [(1080, 1920), (1024, 768)])
def test_a_visitor_chooses_it_and_takes_a_number_by_ear(
    set_up: SetUp, office: Path, qtbot: QtBot, picture: Picture, size: tuple[int, int]
) -> None:
    kiosk = set_up()
    window, foot = kiosk.window, kiosk.window.shell.foot
    window.resize(*size)
    assert not foot.language_page.isVisible(), "two languages are toggled"
    fetch(kiosk, office, qtbot)
    assert not any(each.isVisible() for each in foot.languages.values())
    picture(window, f"kiosk-bahasa-kaki-{size[0]}x{size[1]}")
    foot.language_page.click()
    cards = [card for card in window.shell.choice.page.grid.cards if card.isVisible()]
    assert [card.face.title for card in cards] == ["Bahasa Indonesia", "English", "Basa Sunda"]
    picture(window, f"kiosk-bahasa-pilih-{size[0]}x{size[1]}")
    cards[2].click()
    assert i18n.language() == "su"
    assert window.flow.scene.visit.screen is Screen.HOME
    assert window.shell.head.sentence.text() == SUNDANESE[TOUCH]
    picture(window, f"kiosk-bahasa-sunda-{size[0]}x{size[1]}")
    heard: list[SaidLine] = []
    window.guidance.said.connect(heard.extend)
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(window.windowHandle(), key)
    kiosk.link.answer(samples.issued())
    pieces = cast("Ear", window.guidance.voice).pieces
    assert "Nomer antrian anjeun" in [line.text for line in heard]
    assert [piece.name for line in heard for piece in line.pieces("su")].count("Nomer antrian anjeun")
    assert all(clip_path(each.language or "su", each.clip).exists() for each in pieces if each.clip)
    window.end_visit()
    assert i18n.language() == "id"


def test_what_is_not_recorded_is_said_in_indonesian(office: Path) -> None:
    i18n.add_languages(office)
    touch, morning = read_aloud(f"{SUNDANESE[TOUCH]} Wilujeng enjing", "su")
    assert touch == Piece("sentuh-layanan")
    assert clip_path("su", touch.clip).parent == office / "su"
    assert morning == Piece("selamat-pagi", language="id"), "the same clip in the other language"
    assert read_aloud("Terima kasih, 12 menit, 3, B4", "su") == (
        Piece("terima-kasih", language="id"),
        *(Piece("dua"), Piece("belas"), Piece("menit", language="id"), Piece("tilu")),
        *(Piece("b"), Piece("empat")),
    )
    assert clip_path("su", "dua") == guide_path("id", "dua")
    assert read_aloud("Nomer antrian anjeun", "su") == (Piece(name="Nomer antrian anjeun"),)


def test_what_is_not_translated_stays_indonesian(office: Path) -> None:
    i18n.add_languages(office)
    i18n.use_language("su")
    assert (i18n._("Selamat pagi"), i18n._("Terima kasih")) == ("Wilujeng enjing", "Terima kasih")
    assert i18n._("{n} menunggu").format(n=3) == "3 menunggu"
    assert formats.format_date(date(2026, 11, 20)) == "Jumaah, 20 November 2026"
    assert (formats.format_number(1234.5), formats.format_wait(10, 20)) == ("1.234,5", "10–20 menit")
    assert samples.board().lines[0].service.name.within("su") in {"Informasi & Konsultasi", "Dapodik Sunda"}


def test_a_station_begins_in_it(set_up: SetUp, office: Path, qtbot: QtBot) -> None:
    kiosk = set_up(config=StationConfig(language="su"))
    assert i18n.language() == "id", "the share has not answered yet"
    fetch(kiosk, office, qtbot)
    assert kiosk.window.shell.head.sentence.text() == SUNDANESE[TOUCH]


def test_spoilt_files_take_nothing_away(office: Path) -> None:
    (office / "su" / "clips.toml").write_text("[[groups", "utf-8")
    i18n.add_languages(office)
    assert read_aloud("Terima kasih", "su") == (Piece("terima-kasih", language="id"),)
    (office / "su" / "ult_desktop.mo").write_bytes(b"no catalogue")
    (office / "en").mkdir()
    shutil.copyfile(office / "su" / "clips.toml", office / "en" / "ult_desktop.mo")
    i18n.add_languages(office)
    assert i18n.languages() == ("id", "en")
    assert i18n.language_name("en") == "English"
