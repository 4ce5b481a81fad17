"""The words said on the telephone."""

import datetime

import msgspec
import pytest

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Greeting, OfficeIdentity, PhoneWords, PrivacyWords, Weekly
from ult_desktop.core.phone.phone_call import Script, part_of_day, script_for
from ult_desktop.core.procedures.procedure import Scripts

OFFICE = OfficeIdentity(
    name="BPMP Provinsi Kalimantan Utara", short_name="BPMP Kaltara", timezone="Asia/Makassar"
)
SETTINGS = OfficeSettings(office=OFFICE, hours=Weekly())
NOON = datetime.time(11, 30)


@pytest.mark.parametrize(
    ("clock", "part"),
    [
        ("00:00", "pagi"),
        ("10:59", "pagi"),
        ("11:00", "siang"),
        ("14:59", "siang"),
        ("15:00", "sore"),
        ("17:59", "sore"),
        ("18:00", "malam"),
        ("23:59", "malam"),
    ],
)
def test_the_part_of_the_day(clock: str, part: str) -> None:
    assert part_of_day(datetime.time.fromisoformat(clock), Greeting()) == part


def test_the_office_decides_to_the_minute_when_a_part_begins() -> None:
    early = Greeting(morning="04.30", noon="10.15")
    assert part_of_day(datetime.time(4, 29), early) == "malam"
    assert part_of_day(datetime.time(10, 15), early) == "siang"


def test_an_office_without_words_of_its_own_says_the_usual_ones() -> None:
    script = script_for(None, SETTINGS, "Siti", NOON)
    assert script.opening == (
        f"Selamat siang, Unit Layanan Terpadu {OFFICE.name}, dengan Siti, ada yang bisa dibantu?"
    )
    assert script.closing == f"Terima kasih telah menghubungi {OFFICE.name}, selamat siang Bapak/Ibu"
    assert script.call_back == (
        f"Selamat siang, saya Siti dari Unit Layanan Terpadu {OFFICE.name}. Kami menyampaikan jawaban atas"
        " pertanyaan Bapak/Ibu."
    )


def test_braces_that_nobody_knows_are_said_as_they_are() -> None:
    own = Scripts(opening="{nama_petugas} {jabatan} {", closing="Selamat {waktu} {}")
    script = script_for(own, SETTINGS, "Siti", NOON)
    assert (script.opening, script.closing) == ("Siti {jabatan} {", "Selamat siang {}")


def test_the_offices_own_words_go_first() -> None:
    own = msgspec.structs.replace(
        SETTINGS,
        phone=PhoneWords(
            opening="Halo, {kantor}, {waktu}", call_back="Kami menelepon kembali, {nama_petugas}"
        ),
        privacy=PrivacyWords(spoken="Data dicatat."),
    )
    procedure = Scripts(opening="POS", closing="Sampai jumpa")
    assert script_for(procedure, own, "Siti", NOON) == Script(
        opening=f"Halo, {OFFICE.name}, siang",
        closing="Sampai jumpa",
        call_back="Kami menelepon kembali, Siti",
        notice="Data dicatat.",
    )
