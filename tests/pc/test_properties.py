"""Properties of a silent installation become settings, or are refused by name."""

import pytest

from ult_desktop.base.config import CounterConfig, StationConfig
from ult_desktop.base.errors import WrongSettings
from ult_desktop.pc.properties import PROPERTIES, with_properties

SHARE = r"\\SERVER\ult\office.db"


def test_what_is_said_takes_the_place_of_what_was_set() -> None:
    had = StationConfig(
        name="Loket depan", mode="kiosk", counter=CounterConfig(number=1, lock_after_minutes=5)
    )
    words = (
        "/S",
        "ROLE=counter",
        f"database={SHARE}",
        "COUNTER=2",
        "PIN=1379",
        "PRINTER=win32://EPSON TM-T82",
    )
    got = with_properties(had, words)
    assert (got.name, got.mode, got.database) == ("Loket depan", "counter", SHARE)
    assert got.counter == CounterConfig(number=2, lock_after_minutes=5)
    assert got.kiosk.exit_pin == "1379"
    assert with_properties(got, ("/BACK",)) == got
    assert got.printer.address == "win32://EPSON TM-T82"


def test_what_is_left_empty_stays_as_it_was() -> None:
    """A script for all PCs of an office gives each property, and some of them no value."""
    had = StationConfig(counter=CounterConfig(number=1))
    assert with_properties(had, ("COUNTER=", "PRINTER=")) == had


@pytest.mark.parametrize(
    ("word", "todo"),
    [
        ("ROLE=kios", "kiosk, counter, display"),
        ("COUNTER=0", "1 … 99"),
        ("COUNTER=dua", "1 … 99"),
        ("PIN=12", "1379"),
        ("PIN=1234", "1379"),
        ("PRINTER=EPSON", "tcp://"),
        ("PIN=abcd", "1379"),
        ("DATABASE=C:\temp\nx", r"\\SERVER"),
        ("DATABASE=office.db", r"\\SERVER"),
        (r"DATABASE=C:office.db", r"\\SERVER"),
        ("DATABASE=postgresql://x", "server/kantor"),
        ("DATABASE=postgresql://[x/kantor", "server/kantor"),
        ("DATABASE=postgresql://kios_1@server:satu/kantor", "server/kantor"),
        ("ROLL=kiosk", "ROLE, DATABASE"),
        ("kiosk", "ROLE, DATABASE"),
    ],
)
def test_what_is_wrong_is_named_with_its_form(word: str, todo: str) -> None:
    with pytest.raises(WrongSettings) as refused:
        with_properties(StationConfig(), (word,))
    assert refused.value.what.startswith(word.partition("=")[0])
    assert todo in refused.value.todo


@pytest.mark.parametrize(
    "word",
    [
        *("PIN=98765432109", "PIM=9876", "pin=9999", "PIN:9876", "PIN 9876", "COUNTER=9876"),
        *("COUNTER=2 PIN=9876", "COUNTER=2,PIN:9876", "PRINTER=tcp PIN=9876", "'PIN=9876'"),
        "DATABASE=postgresql://kios_1:9876@server",
        'DATABASE=\\\\SERVER\\ult" PIN=9876',  # a backslash before a quote lets Windows go on
        "DATABASE=Postgresql://kios:9876@server/kantor",
        "DATABASE= postgresql://kios:9876@server/kantor",
        "DATABASE=postgresql:/kios:9876@server/kantor",
        "DATABASE='postgresql://kios:9876@server/kantor'",
        "postgresql://kios:9876@server/kantor?sslrootcert=x",
    ],
)
def test_no_secret_is_in_the_words(word: str) -> None:
    """The installer keeps them in a file that everybody may read."""
    with pytest.raises(WrongSettings) as refused:
        with_properties(StationConfig(), (word,))
    assert "98" not in str(refused.value)
    assert "9999" not in str(refused.value)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("PRINTER=win32://EPSON TM-T82 PIN=9876", "PIN="),
        ("PRINTER=win32://EPSON,pin=9876", "PIN="),
        ("PRINTER=tcp://192.168.1.50 ROLE=kiosk", "ROLE="),
        (r"DATABASE=\\SERVER\ult\office.db PIN=9876", "PIN="),
        (r"DATABASE=\\SERVER\ult\office.db /BACK", "/BACK"),
        (r"UPDATEKEY=C:\ult.pub PIN=9876", "PIN="),
        (r"printer=win32://EPSON /log=C:\log.txt", "/LOG="),
        ("COUNTER=2 UPDATEKEY=x", "UPDATEKEY="),
        ("ROLE=kiosk PIN=9876", "PIN="),
    ],
)
def test_a_value_that_swallowed_another_property_is_refused(word: str, other: str) -> None:
    with pytest.raises(WrongSettings) as refused:
        with_properties(StationConfig(), (word,))
    name = word.partition("=")[0].upper()
    assert refused.value.what == f"{name}: nilainya memuat {other.rstrip('=')} juga."
    assert "9876" not in str(refused.value)


def test_a_password_in_the_address_is_refused_with_the_way_to_keep_it() -> None:
    """A script that installs lies on a share that all PCs read, and the settings are the whole PC's."""
    with pytest.raises(WrongSettings, match="DATABASE: alamatnya memuat kata sandi") as refused:
        with_properties(StationConfig(), ("DATABASE=postgresql://kios_1:9876@server/kantor",))
    assert "ult-desktop station server" in refused.value.todo
    assert "9876" not in str(refused.value)


def test_a_name_of_a_printer_may_look_like_a_property() -> None:
    for name in ("PINTU 2", "Role", "HP /S5", "COUNTER 1"):
        assert with_properties(StationConfig(), (f"PRINTER=win32://{name}",)).printer.address.endswith(name)


def test_a_value_that_is_wrong_is_shown() -> None:
    with pytest.raises(WrongSettings, match="COUNTER=dua: "):
        with_properties(StationConfig(), ("COUNTER=dua",))


def test_every_example_is_accepted() -> None:
    for name, each in PROPERTIES.items():
        for value in each.form.replace("1 … 99", "1, 99").split(", "):
            with_properties(StationConfig(), (f"{name}={value}",))
