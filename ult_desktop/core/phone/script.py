"""What is said on the telephone (POS Sumut telepon 1 and 7), filled in for this hour and this officer.

The words are spoken in Indonesian whatever language the screen has, so they are not translated.
"""

import datetime

import msgspec

from ult_desktop.core.office.template import Greeting, OfficeIdentity, clock
from ult_desktop.core.procedures.procedure import Scripts

DEFAULT = Scripts(
    opening="Selamat {waktu}, {unit} {kantor}, dengan {nama_petugas}, ada yang bisa dibantu?",
    closing="Terima kasih sudah menghubungi {kantor}, selamat {waktu} Bapak/Ibu",
)
# Who calls back has not been asked for anything; the POS has no words for it.
CALL_BACK = (
    "Selamat {waktu}, saya {nama_petugas} dari {unit} {kantor}. Kami menyampaikan jawaban atas pertanyaan"
    " Bapak/Ibu."
)
# Said before the caller's data is written down (UU 27/2022); its version is `guest_book.NOTICE_VERSION`.
NOTICE = (
    "Data Bapak/Ibu kami catat hanya untuk melayani dan menelepon kembali, dan dihapus menurut jadwal kantor."
)
_PARTS = ("pagi", "siang", "sore", "malam")


class Script(msgspec.Struct, frozen=True):
    """The opening, the closing and the opening of a call back as they are said now."""

    opening: str
    closing: str
    call_back: str


def part_of_day(local: datetime.time, hours: Greeting) -> str:
    """Pagi, siang, sore or malam; before the first beginning of the day it is still night."""
    starts = (hours.morning, hours.noon, hours.afternoon, hours.evening)
    begun = [part for part, start in zip(_PARTS, starts, strict=True) if clock(start) <= local]
    return begun[-1] if begun else _PARTS[-1]


def script_for(
    scripts: Scripts | None, office: OfficeIdentity, officer: str, local: datetime.time, hours: Greeting
) -> Script:
    """`scripts` are those of the call's procedure; an office that runs none says the usual words."""
    words = {
        "{waktu}": part_of_day(local, hours),
        "{nama_petugas}": officer,
        "{unit}": office.unit,
        "{kantor}": office.short_name,
    }
    said = scripts or DEFAULT
    opening, closing, call_back = (_filled(text, words) for text in (said.opening, said.closing, CALL_BACK))
    return Script(opening, closing, call_back)


def _filled(text: str, words: dict[str, str]) -> str:
    """Only the known places are filled: an office may write any other braces."""
    for place, word in words.items():
        text = text.replace(place, word)
    return text
