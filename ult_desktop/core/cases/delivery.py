"""How an answer reached the applicant, and the receipt (tanda terima informasi) for it."""

from enum import StrEnum

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.personal import Contact


class DeliveryChannel(StrEnum):
    """Directly, or by telephone, WhatsApp, e-mail, letter or where it was asked (POS Sumut tatap muka 15)."""

    DIRECT = "langsung"
    PHONE = "telepon"
    WHATSAPP = "wa"
    EMAIL = "surel"
    LETTER = "surat"
    APPLICATION = "aplikasi"

    @property
    def word(self) -> str:
        return {
            DeliveryChannel.DIRECT: _("Langsung"),
            DeliveryChannel.PHONE: _("Telepon"),
            DeliveryChannel.WHATSAPP: _("WhatsApp"),
            DeliveryChannel.EMAIL: _("Surel"),
            DeliveryChannel.LETTER: _("Surat"),
            DeliveryChannel.APPLICATION: _("Aplikasi (SEMPENA)"),
        }[self]


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was told. `at` UTC ms; `receipt` the number of its tanda terima, "" without one."""

    id: int
    case_id: int
    at: int
    officer: str
    acting_for: str
    way: DeliveryChannel
    recipient: Contact
    proof: str
    document_id: int | None
    receipt: str
