"""A code that a visitor types or scans at the kiosk: of a ticket, an appointment or an online request."""

import re

import msgspec

from ult_desktop.core.care.declarations import Alert
from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.queue.wait_range import WaitUntil
from ult_desktop.core.visits.guest_book import GuestBookChoice

LONGEST_CODE = 40  # characters; longer is no code of ours, whatever a scanner reads
_CODE = re.compile(r"[A-Z0-9][A-Z0-9/. -]*")
CODE_LENGTH = 12  # base32 letters of five bits: nobody guesses these 60 bits from the number
# Digits that people write for letters of a code, and letters for digits of a number. Base32 lacks 0, 1, 8, 9:
# https://www.rfc-editor.org/rfc/rfc4648.html
_AS_LETTERS = str.maketrans({"0": "O", "1": "I", "8": "B"})
_AS_DIGITS = str.maketrans({"O": "0", "I": "1", "L": "1"})


class TicketNow(msgspec.Struct, frozen=True, kw_only=True):
    """The ticket of the visitor at a kiosk, as the office has it now.

    `counter_name` names the counter to which it is called; `alert` asks an officer to come to its visitor.
    `ahead` is how many are called before it, None if it does not wait. `callable_now`: a counter is open that
    may call it.
    """

    ticket: Ticket
    counter_name: str = ""
    alert: Alert | None = None
    ahead: int | None = None
    callable_now: bool = False
    wait: WaitUntil | None = None


class KnownTicket(TicketNow, frozen=True, kw_only=True):
    """A ticket and what its visitor may be shown or asked.

    `signable`: the visitor can sign the guest book now; `signed`: they have signed it already. `purposes` are
    those of the procedure under which the visit runs, `purpose` the one that the service implies, `regencies`
    those of the office's province, `privacy` the office's own notice. `of_today`: it was given today.
    `as_given`: the office cannot be asked, and this is what the kiosk knew when it gave the number.
    """

    signable: bool
    signed: bool
    purposes: tuple[GuestBookChoice, ...] = ()
    purpose: str = ""
    regencies: tuple[str, ...] = ()
    privacy: PrivacyWords = PrivacyWords()
    of_today: bool = True
    as_given: bool = False

    @property
    def printable(self) -> bool:
        """Whether a paper ticket is still of use: the number was given today and is to be called."""
        return self.of_today and self.ticket.state in (TicketState.WAITING, TicketState.HELD)


class KnownRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an online request (permintaan daring), without anything of its sender. `due_at` UTC ms."""

    number: str
    state: OnlineState
    due_at: int


KnownCode = KnownTicket | KnownRequest


def code_readings(code: str) -> tuple[str, ...]:
    """Return the code as typed and, if it differs, as its writer meant it where letters look like digits.

    "AO12" is meant as A012: in a number all but the first character are read as digits. A code of
    `CODE_LENGTH` is no number: its digits are read as letters.
    """
    if len(code) == CODE_LENGTH:
        meant = code.translate(_AS_LETTERS)
    else:
        meant = code[:1] + code[1:].translate(_AS_DIGITS)
    return tuple(dict.fromkeys((code, meant)))


def plain_code(text: str) -> str:
    """Return the code as it is looked up, in capitals without blanks around it; "" for what cannot be one."""
    code = text.strip().upper()
    return code if len(code) <= LONGEST_CODE and _CODE.fullmatch(code) else ""


def without_blanks(code: str) -> str:
    """Return the code without the blanks or dashes with which people copy it."""
    return code.replace(" ", "").replace("-", "")
