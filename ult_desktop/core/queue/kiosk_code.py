"""A code that a visitor types or scans at the kiosk: of a ticket, an appointment or an online request."""

import re

import msgspec

from ult_desktop.core.office.template import PrivacyWords
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.guest_book import GuestBookChoice

LONGEST_CODE = 40  # characters; longer is no code of ours, whatever a scanner reads
_CODE = re.compile(r"[A-Z0-9][A-Z0-9/. -]*")


class KnownTicket(msgspec.Struct, frozen=True, kw_only=True):
    """A ticket and what its visitor may be told or asked.

    `ahead` None: it does not wait. `signable`: its line of the guest book can be written now; `signed`: it
    stands there already. `purposes` are those of the procedure under which the visit runs, `regencies`
    those of the office's province, `privacy` its own notice. `counter_name` is where it is called to, as it
    stands there.
    """

    ticket: Ticket
    ahead: int | None
    signable: bool
    signed: bool
    purposes: tuple[GuestBookChoice, ...] = ()
    regencies: tuple[str, ...] = ()
    privacy: PrivacyWords = PrivacyWords()
    counter_name: str = ""


class KnownRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Where an online request (permintaan daring) stands: nothing of whom it is from. `due_at` UTC ms."""

    number: str
    state: OnlineState
    due_at: int


KnownCode = KnownTicket | KnownRequest


def plain_code(text: str) -> str:
    """The code as it is looked for; "" for what cannot be one."""
    code = text.strip().upper()
    return code if len(code) <= LONGEST_CODE and _CODE.fullmatch(code) else ""
