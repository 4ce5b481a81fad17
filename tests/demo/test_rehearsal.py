"""The demo without a screen, run once for real: what it says, and what it leaves behind."""

import subprocess
from pathlib import Path

import pytest
from PIL import Image

from tests.platforms import account_in
from tests.program import CommandResult, answer_of, start
from ult_desktop.app.assemble import Mode
from ult_desktop.base.errors import UserError
from ult_desktop.demo.actor import SIZES
from ult_desktop.demo.office import prepare_office
from ult_desktop.demo.rehearsal import rehearse

AT_THE_COUNTER = ("1-masuk", "2-dipanggil", "2-melayani", "3-selesai")
PICTURES = {
    Mode.KIOSK: ("1-beranda", "2-nomor", "3-prioritas", "4-nomor-prioritas", "5-english"),
    Mode.COUNTER: tuple(f"{number}-{what}" for number in (1, 2) for what in AT_THE_COUNTER),
    Mode.DISPLAY: ("1-tenang", "2-panggilan", "3-daftar"),
}
NAMES = {f"{mode}-{what}": mode for mode, names in PICTURES.items() for what in names}
TICKETS = 4


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[CommandResult, Path]:
    """The demo's answer and its folder, in which an earlier run left something."""
    home, pictures = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("gambar")
    Image.new("L", (8, 8)).save(pictures / "ticket-9.png")
    variables = account_in(home)
    process = start(
        "demo", "--pictures", pictures, DISPLAY=None, WAYLAND_DISPLAY=None, QT_QPA_PLATFORM=None, **variables
    )
    return answer_of(process), pictures


@pytest.mark.slow
def test_it_says_what_was_done(played: tuple[CommandResult, Path]) -> None:
    answer, folder = played
    assert (answer.code, answer.err) == (0, "")
    assert "Nomor diambil: A001, B001, L001, P001\n" in answer.out
    assert f"Karcis tercetak: {TICKETS}, perintah yang ditolak printer: 0\n" in answer.out
    assert f"Selesai dilayani: {TICKETS}\n" in answer.out
    assert "Berkas kantor: utuh" in answer.out
    assert (folder / "summary.txt").read_text(encoding="utf-8") in answer.out


@pytest.mark.slow
def test_every_window_left_its_pictures(played: tuple[CommandResult, Path]) -> None:
    _answer, folder = played
    seen = {path.stem for path in folder.glob("*.png")}
    tickets = {f"ticket-{n}" for n in range(1, TICKETS + 1)}
    assert seen == {*NAMES, *tickets}
    for name, mode in NAMES.items():
        with Image.open(folder / f"{name}.png") as picture:
            assert picture.size == SIZES[mode], name
            colours = picture.convert("RGB").getcolors(maxcolors=1 << 24)
        assert len(colours or []) > 100, f"{name} is nearly blank"


@pytest.mark.posix_only("zbar")
@pytest.mark.slow
def test_every_ticket_can_be_read_by_a_scanner(played: tuple[CommandResult, Path]) -> None:
    _answer, folder = played
    codes = set()
    for path in folder.glob("ticket-*.png"):
        command = ["zbarimg", "-q", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
        read = subprocess.run(command, capture_output=True, text=True, check=True)
        codes.add(read.stdout.strip())
    assert len(codes) == TICKETS
    assert all(code.isalnum() for code in codes)


@pytest.mark.slow
def test_a_station_that_fails_is_named(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.demo.rehearsal.STATIONS", ("gerbang-1",))
    with pytest.raises(UserError, match="gerbang-1") as refused:
        rehearse(tmp_path / "kantor", tmp_path / "gambar")
    assert "logs" in refused.value.todo
    assert "gerbang" in (tmp_path / "gambar" / "logs" / "gerbang-1.log").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_demo_office_is_open_at_any_hour(tmp_path: Path, own_home: Path) -> None:
    place = prepare_office(tmp_path, "tcp://127.0.0.1:9100")
    assert place.officers == ("siti", "budi")
    assert 'voice = "off"' not in place.settings_path("display").read_text(encoding="utf-8")
    again = prepare_office(tmp_path, "none", silent=True)
    assert 'voice = "off"' in again.settings_path("display").read_text(encoding="utf-8")
    assert 'address = "none"' in again.settings_path("kiosk").read_text(encoding="utf-8")
