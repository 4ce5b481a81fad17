"""How an answer reached the applicant, and the receipt (tanda terima informasi) for it."""

from enum import StrEnum

import msgspec

from ult_desktop.core.personal import Contact
from ult_desktop.i18n import _


class Way(StrEnum):
    """Directly, or by telephone, WhatsApp, e-mail, letter or where it was asked (POS Sumut tatap muka 15)."""

    DIRECT = "langsung"
    PHONE = "telepon"
    WHATSAPP = "wa"
    EMAIL = "surel"
    LETTER = "surat"
    APPLICATION = "aplikasi"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was told. `at` UTC ms; `receipt` the number of its tanda terima, "" without one."""

    id: int
    case_id: int
    at: int
    officer: str
    acting_for: str
    way: Way
    recipient: Contact
    proof: str
    document_id: int | None
    receipt: str


def receipt_number(serial: int, year: int) -> str:
    return f"{serial:04d}/TT/{year}"


def way_word(way: Way) -> str:
    return {
        Way.DIRECT: _("Langsung"),
        Way.PHONE: _("Telepon"),
        Way.WHATSAPP: _("WhatsApp"),
        Way.EMAIL: _("Surel"),
        Way.LETTER: _("Surat"),
        Way.APPLICATION: _("Aplikasi (SEMPENA)"),
    }[way]
