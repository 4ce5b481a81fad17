"""The commands about visits: procedure, guest book, identity, letters, custody, badges."""

from typing import Self

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.person import GuestFields
from ult_desktop.core.personal import IdNumber, PersonalWords
from ult_desktop.core.visits import custody, desk_book, identity, visit
from ult_desktop.core.visits.document import Document


class WelcomeVisitor(Command[visit.Visit], frozen=True, kw_only=True):
    """Record that somebody came in (POS Sumut tatap muka 1): one tap at the security desk."""

    courtesies: tuple[visit.Courtesy, ...] = tuple(visit.Courtesy)


class RecordPurpose(Command[visit.Visit], frozen=True, kw_only=True):
    """A visitor's purpose (POS Sumut tatap muka 2): a key of the procedure's purposes, or words."""

    visit_id: int
    purpose: str


class SignGuestBook(Command[visit.Visit], GuestFields, frozen=True, kw_only=True):
    """Sign a line of the guest book, by the visitor or for them. Exactly one of `visit_id` and `ticket_id`.

    `notice` is the version of the privacy notice that was shown; `purpose` as in `RecordPurpose`, for a
    visitor who says it themselves at the kiosk. `phone_index` is set by the operations.
    """

    visit_id: int | None = None
    ticket_id: int | None = None
    notice: str = ""
    purpose: str = ""
    phone_index: str = ""


class JoinVisit(Command[visit.Visit], frozen=True, kw_only=True):
    """Join two visits: the visitor welcomed at the entrance took a number at the kiosk. Nothing is lost."""

    visit_id: int
    ticket_id: int


class WriteDeskEntry(Command[desk_book.DailyReportEntry], frozen=True, kw_only=True):
    """An entry in the daily report (buku laporan) of security and reception."""

    sort: desk_book.ReportEntryKind
    text: str


class EndVisit(Command[visit.Visit], frozen=True, kw_only=True):
    """The visit is over. Refused while an identity card is held or its case is open."""

    visit_id: int
    ending: visit.Ending = visit.Ending.DONE
    remark: str = ""


class LendCard(Command[custody.CardLoan], frozen=True, kw_only=True):
    """The office takes a visitor's card (POS Sumut tatap muka 3 and 7).

    Looked at and given back at once, unless it is `held`: the law wants no more than is needed
    (UU 27/2022).
    """

    visit_id: int
    kind: identity.IdDocument
    purpose: str = ""
    place: str = ""
    held: bool = False


class ReturnCard(Command[custody.CardLoan], frozen=True, kw_only=True):
    """The card goes back to the visitor."""

    loan_id: int


class ReleaseCardWithReason(Command[custody.CardLoan], frozen=True, kw_only=True):
    """The card is no longer here and was not given back: sent after, or handed to the police."""

    loan_id: int
    reason: str


class GiveBadge(Command[custody.BadgeLoan], frozen=True, kw_only=True):
    """The visitor wears this badge."""

    visit_id: int
    number: str


class ReturnBadge(Command[custody.BadgeLoan], frozen=True, kw_only=True):
    """The badge came back, or is lost."""

    loan_id: int
    lost: bool = False


class VerifyIdentity(Command[visit.Visit], frozen=True, kw_only=True):
    """The visitor's identity was checked (POS Kaltara 2, Sumut tatap muka 7).

    `number_tail` is at most the last four characters: a whole number never reaches the program's files.
    """

    visit_id: int
    kind: identity.IdDocument
    number_tail: IdNumber = ""
    matches: bool = True
    for_other: bool = False

    @override
    def checked(self) -> Self:
        if len(self.number_tail) > identity.TAIL and not is_sealed(self.number_tail):
            raise UserError(
                _("Nomor identitas tidak disimpan utuh."),
                _("Tidak ada yang berubah."),
                _("Tulis empat angka terakhir saja."),
            )
        return self


class ActForAnother(Command[visit.Visit], frozen=True, kw_only=True):
    """The visitor comes for somebody else and has the letter that allows it (POS Sumut tatap muka 7)."""

    visit_id: int
    principal: PersonalWords
    kind: identity.LetterKind
    issuer: PersonalWords
    number: PersonalWords
    date: str = ""
    relation: str = ""
    stamped: bool = False
    document_id: int | None = None


class RecordLetter(Command[visit.Visit], frozen=True, kw_only=True):
    """A letter that the visitor brought: its number, its scan, or both (POS Kaltara 1)."""

    visit_id: int
    kind: identity.LetterKind = identity.LetterKind.ASSIGNMENT
    number: PersonalWords = ""
    date: str = ""
    issuer: PersonalWords = ""
    subject: PersonalWords = ""
    document_id: int | None = None


class CheckRequirements(Command[visit.Visit], frozen=True, kw_only=True):
    """A check of the service's requirements (POS DKI 5); `missing` is what is lacking."""

    visit_id: int
    missing: tuple[str, ...] = ()


class SignSpd(Command[identity.SpdSigning], frozen=True, kw_only=True):
    """Record that a traveller's SPD was signed."""

    visit_id: int
    number: str
    traveller: str
    origin: str = ""


class AttachDocument(Command[Document], frozen=True, kw_only=True):
    """A file that was laid into the office's file store becomes a document, of this visit if any.

    `sha256` in small hexadecimal letters, `size` in bytes. The bytes themselves never pass through here.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    visit_id: int | None = None
