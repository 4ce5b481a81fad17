"""What a person can ask for: small frozen records that can be journalled, replayed and shown."""

from typing import ClassVar, Self

import msgspec
from typing_extensions import override

from ult_desktop.core.boards import CounterState
from ult_desktop.core.keys import Wrapped
from ult_desktop.core.personal import Ground
from ult_desktop.core.ticket import Help, PaperState, require_grounds


class Ask(msgspec.Struct, frozen=True, tag=True, forbid_unknown_fields=True):
    """A request for one operation; its class name is the operation's name in journal and log.

    `opens`: its answer gives personal text in clear; every other answer is masked. `derived`: fields that
    nobody gives himself, for they follow from the others.
    """

    opens: ClassVar[bool] = False
    derived: ClassVar[frozenset[str]] = frozenset()

    def checked(self) -> Self:
        """The ask with its text looked at, before personal text is sealed and can be looked at no more.

        Raises:
            UserError: the text is refused.
        """
        return self

    def journalled(self) -> "Ask":
        """What the station's journal keeps of it: all, but for what would betray somebody there."""
        return self


class IssueTicket(Ask, frozen=True, kw_only=True):
    """Take a number. At a kiosk the office's and the service's hours are kept; at a desk not.

    `visit_id` is the visit of somebody who was welcomed before.
    """

    service_id: int
    priority: Ground | None = None
    help: tuple[Help, ...] = ()
    at_kiosk: bool = False
    wants_paper: bool = False
    visit_id: int | None = None

    @override
    def checked(self) -> Self:
        require_grounds(() if self.priority is None else (self.priority,))
        return self


class WalkIn(Ask, frozen=True, kw_only=True):
    """An officer serves somebody who has no ticket: number, call and arrival in one."""

    counter: int
    service_id: int


class CallNext(Ask, frozen=True, kw_only=True):
    """Call whoever is next at this counter."""

    counter: int


class CallTicket(Ask, frozen=True, kw_only=True):
    """Call a certain waiting ticket, out of order. `by_mouth`: devices failed, nothing is announced."""

    counter: int
    ticket_id: int
    by_mouth: bool = False


class Recall(Ask, frozen=True, kw_only=True):
    """Call the same visitor again; up to the office's number of calls."""

    counter: int
    by_mouth: bool = False


class Arrive(Ask, frozen=True, kw_only=True):
    """The visitor stands at the counter: serving begins (Mulai)."""

    counter: int


class Finish(Ask, frozen=True, kw_only=True):
    """Serving is done (Selesai)."""

    counter: int


class NoShow(Ask, frozen=True, kw_only=True):
    """The called visitor did not come (Tidak hadir)."""

    counter: int


class Hold(Ask, frozen=True, kw_only=True):
    """Set a waiting or called ticket aside (Tunda)."""

    ticket_id: int
    reason: str = ""


class Resume(Ask, frozen=True, kw_only=True):
    """Put a held ticket back into its old place (Lanjutkan)."""

    ticket_id: int


class ComeBack(Ask, frozen=True, kw_only=True):
    """A visitor who missed the call is back: in again behind the next few."""

    ticket_id: int


class Transfer(Ask, frozen=True, kw_only=True):
    """Send the visitor on (Alihkan): exactly one of a service, a counter, or back to the sender."""

    counter: int
    to_service: int | None = None
    to_counter: int | None = None
    back: bool = False
    remark: str = ""


class Cancel(Ask, frozen=True, kw_only=True):
    """Withdraw a ticket (Batalkan)."""

    ticket_id: int
    reason: str = ""


class Undo(Ask, frozen=True, kw_only=True):
    """Take back this counter's last finish or no-show (Urungkan)."""

    counter: int


class ReportPaper(Ask, frozen=True, kw_only=True):
    """What became of a ticket's paper."""

    ticket_id: int
    paper: PaperState


class StaffCounter(Ask, frozen=True, kw_only=True):
    """The signed-in officer takes this counter; it opens."""

    counter: int


class LeaveCounter(Ask, frozen=True, kw_only=True):
    """The officer leaves; the counter closes. Refused while a visitor is called or served there."""

    counter: int


class SetCounter(Ask, frozen=True, kw_only=True):
    """Open or pause a counter; a pause has a reason."""

    counter: int
    state: CounterState
    reason: str = ""


class PauseKiosks(Ask, frozen=True, kw_only=True):
    """Stop or go on giving numbers at all kiosks; `reason` "" goes on."""

    reason: str = ""


class CloseDay(Ask, frozen=True, kw_only=True):
    """End of day: what is left is closed with this reason."""

    reason: str


class AddOfficer(Ask, frozen=True, kw_only=True):
    """A new officer; the password is kept only as its Argon2id hash."""

    login: str
    name: str
    roles: tuple[str, ...]
    password_hash: str


class SetPassword(Ask, frozen=True, kw_only=True):
    """A new password for an officer, as its Argon2id hash.

    `own_key`: who changes his own password keeps his keys, wrapped under the new one.
    """

    login: str
    password_hash: str
    own_key: Wrapped | None = None


class ChangeRoles(Ask, frozen=True, kw_only=True):
    """Other roles for an officer, all of them named anew; windows know them from the next sign-in on."""

    login: str
    roles: tuple[str, ...]


class RetireOfficer(Ask, frozen=True, kw_only=True):
    """An officer leaves the office: no more sign-in; past acts keep the name."""

    login: str
