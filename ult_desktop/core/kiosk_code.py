"""A code that a visitor types or scans at the kiosk: of a ticket, an appointment or an online request."""

import re

import msgspec

from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.guest_book import GuestBookChoice

LONGEST_CODE = 40  # characters; longer is no code of ours, whatever a scanner reads
_CODE = re.compile(r"[A-Z0-9][A-Z0-9/. -]*")
CODE_LENGTH = 12  # base32 letters of five bits: 60 bits nobody can guess from the number
# What people read for a letter of a code, and for a digit of a number. Base32 has no 0, 1, 8 and 9:
# https://www.rfc-editor.org/rfc/rfc4648.html
_AS_LETTERS = str.maketrans({"0": "O", "1": "I", "8": "B"})
_AS_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


class KnownTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket and what its visitor may be shown or asked.

    `ahead` None: it does not wait. `signable`: its line of the guest book can be written now; `signed`: it is
    there already. `purposes` are those of the procedure under which the visit runs, `purpose` the one that
    the service implies, `regencies` those of the office's province, `privacy` its own notice. `counter_name`
    is where it is called to, as the counter is named.
    """

    ticket: Ticket
    ahead: int | None
    signable: bool
    signed: bool
    purposes: tuple[GuestBookChoice, ...] = ()
    purpose: str = ""
    regencies: tuple[str, ...] = ()
    privacy: PrivacyWords = PrivacyWords()
    counter_name: str = ""


class KnownRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an online request (permintaan daring), without anything of its sender. `due_at` UTC ms."""

    number: str
    state: OnlineState
    due_at: int


KnownCode = KnownTicket | KnownRequest


def code_readings(code: str) -> tuple[str, ...]:
    """Return the code as typed, and as meant where letters and digits look alike: "AO12" is A012.

    Only the tail of a number is read as digits; a code of the secret's length is read as letters.
    """
    meant = (
        code.translate(_AS_LETTERS) if len(code) == CODE_LENGTH else code[:1] + code[1:].translate(_AS_DIGITS)
    )
    return tuple(dict.fromkeys((code, meant)))


def plain_code(text: str) -> str:
    """Return the code in the form that is looked up; "" for what cannot be one."""
    code = text.strip().upper()
    return code if len(code) <= LONGEST_CODE and _CODE.fullmatch(code) else ""
