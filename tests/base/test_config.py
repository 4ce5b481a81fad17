"""A station's settings: an empty file works, a wrong one is named to the line."""

import re
from pathlib import Path

import pytest

from ult_desktop.base import config
from ult_desktop.base.config import PrinterConfig, StationConfig, load_station
from ult_desktop.base.errors import UserError, WrongSettings
from ult_desktop.base.paths import resource
from ult_desktop.devices.printer.address import parse_address

WRONG = {
    "no value": ("name =\n", 1, "bukan TOML"),
    "open bracket": ("\n[sync\n", 2, "bukan TOML"),
    "backslash in double quotes": ('database = "\\\\SRV\\ult\\office.db"\n', 1, "kutip tunggal"),
    "backslash that means a tab": ('database = "C:\\temp\\new.db"\n', 1, "database: "),
    "same key twice": ('name = "a"\nname = "b"\n', 2, "ditulis dua kali"),
    "unknown key": ('\n\ncolour = "red"\n', 3, "colour: kunci ini tidak dikenal"),
    "misspelt key": ("[sync]\n\npol_ms = 600\n", 3, "“poll_ms”"),
    "unknown section": ("[display]\n[display.sound]\nx = 1\n", 2, "display.sound: "),
    "number for text": ("name = 3\n", 1, "seharusnya teks di antara tanda kutip, bukan bilangan bulat"),
    "text for number": ('[counter]\nnumber = "2"\n', 2, "counter.number: seharusnya bilangan bulat"),
    "text for yes or no": ('[display]\nchime = "ya"\n', 2, "true atau false"),
    "text for a list": ('[display]\nrunning_text = "ya"\n', 2, "daftar di antara [ ]"),
    "number in a list": ('[kiosk]\ncategories = ["a", 3]\n', 2, "kiosk.categories[2]: "),
    "number for a section": ("sync = 3\n", 1, "Kunci yang dikenal: poll_ms, hint_port, hint_address"),
    "dotted key": ("sync.poll_ms = 5\n", 1, "100 sampai 1500"),
    "too fast": ("[sync]\npoll_ms = 5\n", 2, "Yang diterima: 100 sampai 1500"),
    "too slow to tell an outage in time": ("[sync]\npoll_ms = 1501\n", 2, "100 sampai 1500"),
    "not a choice": ('[display]\nvoice = "robot"\n', 2, 'Yang diterima: "off", "office", "pack", "system"'),
    "key of another section": ("[printer]\nrepeat = 2\n", 2, "printer.repeat: kunci ini tidak dikenal"),
    "printer without a scheme": ('[printer]\naddress = "192.168.1.50"\n', 2, "tcp://192.168.1.50:9100"),
    "PIN without quotes": ("[kiosk]\nexit_pin = 1234\n", 2, "4 sampai 8 angka dalam tanda kutip"),
    "two letters": ('[kiosk]\nletter = "KK"\n', 2, "satu huruf besar"),
    "hint to a name": ('[sync]\nhint_address = "lan"\n', 2, "alamat IPv4"),
}


def written(folder: Path, text: str) -> Path:
    path = folder / "station.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert load_station(written(tmp_path, "")) == StationConfig()


def test_the_example_loads_and_shows_the_defaults() -> None:
    shown = load_station(resource("station.example.toml"))
    assert shown.database == r"\\SERVER\ult\office.db"
    assert (shown.name, shown.language) == ("Kios lobi", "id")
    defaults = StationConfig()
    assert shown.sync == defaults.sync
    assert shown.kiosk == defaults.kiosk
    assert shown.counter == defaults.counter
    assert shown.display == defaults.display
    assert shown.printer == defaults.printer
    assert shown.online == defaults.online


@pytest.mark.parametrize("name", StationConfig.__struct_fields__)
def test_the_example_explains_every_key(name: str) -> None:
    text = resource("station.example.toml").read_text(encoding="utf-8")
    section = getattr(StationConfig(), name)
    for key in getattr(section, "__struct_fields__", (name,)):
        assert f"\n{key} = " in text or f"\n# {key} = " in text


def test_values_are_taken(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        '[printer]\naddress = "tcp://127.0.0.1:9100?width=58"\n'
        "[display]\nmedia = 'D:\\ult\\media'\nvoice_pack = 'D:\\suara'\n"
        "[online]\nfolder = 'D:\\sempena'\n",
    )
    station = load_station(path)
    assert station.printer == PrinterConfig(address="tcp://127.0.0.1:9100?width=58")
    assert station.display.media_folder == Path("D:\\ult\\media")
    assert station.display.voice_folder == Path("D:\\suara")
    assert station.online.watched_folder == Path("D:\\sempena")


def test_no_folder_means_what_is_shipped() -> None:
    assert StationConfig().display.media_folder is None
    assert StationConfig().display.voice_folder is None
    assert StationConfig().online.watched_folder is None


def test_a_byte_order_mark_from_notepad_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(b'\xef\xbb\xbfname = "A"\n')
    assert load_station(path).name == "A"


@pytest.mark.parametrize(("text", "line", "words"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_named_to_the_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(UserError) as caught:
        load_station(path)
    assert f"{path}, baris {line}" in caught.value.what
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kios_1:rahasia@server/kantor",
        "postgres://kios_1:raha/sia@server/kantor",
        "postgresql://server/kantor?user=kios_1&password=rahasia",
        "postgresql:///kantor?sslpassword=rahasia",
    ],
)
def test_a_password_in_the_address_is_refused(address: str, tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text(f"mode = 'kiosk'\ndatabase = '{address}'\n", encoding="utf-8")
    with pytest.raises(WrongSettings, match="baris 2: database: ") as refused:
        load_station(file)
    assert "ult-desktop station server" in refused.value.todo
    assert "rahasia" not in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://kios_1@server:5432/kantor?sslrootcert=C:/ult/ca.crt",
        "postgresql://[::1]:5432/kantor?user=a@b",
        "postgresql:///kantor?passfile=/etc/ult/pass",
        r"\\SERVER\ult:x@y\office.db",
    ],
)
def test_an_address_without_one_is_taken(address: str, tmp_path: Path) -> None:
    file = tmp_path / "station.toml"
    file.write_text(f"database = '{address}'\n", encoding="utf-8")
    assert load_station(file).database == address


def test_letters_that_are_not_utf8_are_named_to_the_line(tmp_path: Path) -> None:
    path = tmp_path / "station.toml"
    path.write_bytes(b'language = "id"\nname = "caf\xe9"\n')
    with pytest.raises(UserError, match=r"baris 2.*UTF-8"):
        load_station(path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak ada"):
        load_station(tmp_path / "nowhere.toml")


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak dapat dibaca"):
        load_station(tmp_path)


def test_the_usual_place_is_read_when_it_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "default_path", lambda: tmp_path / "station.toml")
    assert load_station() == StationConfig()
    written(tmp_path, 'name = "Loket 2"\n')
    assert load_station().name == "Loket 2"


def test_the_usual_place_belongs_to_this_program() -> None:
    assert config.default_path().parts[-2:] == ("ult-desktop", "station.toml")


def guide_addresses() -> list[str]:
    """Every printer address that the IT guide tells people to write."""
    guide = (Path(__file__).parents[2] / "docs" / "running.md").read_text(encoding="utf-8")
    section = guide.split("## Printers")[1].split("\n## ")[0]
    return re.findall(r"`((?:[a-z0-9]+://[^`]+|none))`", section)


def test_the_guide_names_every_kind_of_printer() -> None:
    kinds = {address.partition(":")[0] for address in guide_addresses()}
    assert kinds == {"tcp", "usb", "serial", "file", "win32", "cups", "none"}


@pytest.mark.parametrize("address", guide_addresses())
def test_every_address_of_the_guide_is_taken_by_the_settings(tmp_path: Path, address: str) -> None:
    path = written(tmp_path, f"[printer]\naddress = '{address}'\n")
    assert parse_address(load_station(path).printer.address).text == address
