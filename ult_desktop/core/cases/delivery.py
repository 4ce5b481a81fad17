"""The delivery of an answer to the applicant, and the receipt (tanda terima informasi) for it."""

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.personal import Contact


class DeliveryChannel(WordEnum):
    """The way in which an answer is given (POS Sumut tatap muka 15).

    APPLICATION is the one in which the request was made.
    """

    DIRECT = "langsung", "Langsung"
    PHONE = "telepon", "Telepon"
    WHATSAPP = "wa", "WhatsApp"
    EMAIL = "surel", "Surel"
    LETTER = "surat", "Surat"
    APPLICATION = "aplikasi", "Aplikasi (SEMPENA)"


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """An answer that was given. `at` UTC ms; `receipt` the number of its tanda terima, "" without one."""

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
