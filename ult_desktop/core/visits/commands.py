"""What can be asked about visits, procedures and the guest book."""

from ult_desktop.core.command import Command
from ult_desktop.core.personal import Email, PersonalWords, Phone
from ult_desktop.core.procedures.procedure import Procedure
from ult_desktop.core.visits.desk_book import ReportEntryKind
from ult_desktop.core.visits.visit import Courtesy, Ending


class AdoptProcedure(Command, frozen=True, kw_only=True):
    """The office runs this procedure from now on; another text under the same id is its next version."""

    procedure: Procedure


class RetireProcedure(Command, frozen=True, kw_only=True):
    """The office runs it no more; what began under it goes on under it."""

    procedure_id: str


class WelcomeVisitor(Command, frozen=True, kw_only=True):
    """Somebody came in (POS Sumut tatap muka 1): one tap at the security desk."""

    courtesies: tuple[Courtesy, ...] = tuple(Courtesy)


class RecordPurpose(Command, frozen=True, kw_only=True):
    """What the visitor comes for (POS Sumut tatap muka 2): a key of the procedure's purposes, or words."""

    visit_id: int
    purpose: str


class SignGuestBook(Command, frozen=True, kw_only=True):
    """A line of the guest book, by the visitor or for him. Exactly one of `visit_id` and `ticket_id`.

    `notice` is the version of the privacy notice that was shown; `purpose` as in `RecordPurpose`, for a
    visitor who says it himself at the kiosk. `phone_index` is set at the office's door.
    """

    visit_id: int | None = None
    ticket_id: int | None = None
    name: str
    institution: str = ""
    regency: str = ""
    phone: Phone = ""
    email: Email = ""
    occupation: str = ""
    meets: str = ""
    letter_number: PersonalWords = ""
    letter_date: str = ""
    remember: bool = False
    notice: str = ""
    purpose: str = ""
    phone_index: str = ""


class JoinVisit(Command, frozen=True, kw_only=True):
    """Who was welcomed at the door took a number at the kiosk: one visit, nothing of it lost."""

    visit_id: int
    ticket_id: int


class WriteDeskEntry(Command, frozen=True, kw_only=True):
    """An entry in the daily report (buku laporan) of security and reception."""

    sort: ReportEntryKind
    text: str


class EndVisit(Command, frozen=True, kw_only=True):
    """The visit is over. Refused while an identity card is held or its case is open."""

    visit_id: int
    ending: Ending = Ending.DONE
    remark: str = ""
