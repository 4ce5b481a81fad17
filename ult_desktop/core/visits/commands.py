"""The commands about visits: procedure, guest book, identity, letters, custody, badges."""

from typing import Self

from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.person import GuestFields
from ult_desktop.core.personal import IdNumber, PersonalWords
from ult_desktop.core.visits import custody, desk_book, identity, visit
from ult_desktop.core.visits.document import Document


class WelcomeVisitor(Command[visit.Visit], frozen=True, kw_only=True):
    """Record that somebody came in (POS Sumut tatap muka 1): one tap at the security desk."""

    courtesies: tuple[visit.Courtesy, ...] = tuple(visit.Courtesy)


class ReceiveVisitor(Command[visit.Visit], frozen=True, kw_only=True):
    """Receive a visitor at reception: the holder of a number, or one whom nobody welcomed at the entrance.

    A visit begins, unless the number has one.
    """

    ticket_id: int | None = None


class RecordPurpose(Edit[visit.Visit], frozen=True, kw_only=True):
    """Record a visitor's purpose (POS Sumut tatap muka 2): a key of the procedure's purposes, or words."""

    edits = ("purpose",)
    visit_id: int
    purpose: str
    seen: Seen = None


class SignGuestBook(Edit[visit.Visit], GuestFields, frozen=True, kw_only=True):
    """Sign a line of the guest book, by the visitor or for them. Exactly one of `visit_id` and `ticket_id`.

    `notice` is the version of the privacy notice that was shown. `purpose` is as in `RecordPurpose`, for a
    visitor who says it themselves at the kiosk. A line in another person's name is replaced only with
    `instead`. A line that is not `finished` is not signed yet: it has what the visitor had written when they
    were called, and an officer completes it. `phone_index` is set by the operations.
    """

    edits = GuestFields.__struct_fields__
    visit_id: int | None = None
    ticket_id: int | None = None
    notice: str = ""
    purpose: str = ""
    instead: bool = False
    finished: bool = True
    phone_index: str = ""
    seen: Seen = None


class JoinVisit(Command[visit.Visit], frozen=True, kw_only=True):
    """Join two visits: the visitor welcomed at the entrance took a number at the kiosk. Nothing is lost."""

    visit_id: int
    ticket_id: int


class WriteDeskEntry(Command[desk_book.DailyReportEntry], frozen=True, kw_only=True):
    """Write an entry in the daily report (buku laporan) of security and reception."""

    sort: desk_book.ReportEntryKind
    text: str


class SettleDeskEntry(Command[desk_book.DailyReportEntry], frozen=True, kw_only=True):
    """Write how a matter of the daily report was settled: whose the thing was, or who was told of a gift."""

    entry_id: int
    settlement: str


class EndVisit(Command[visit.Visit], frozen=True, kw_only=True):
    """End a visit. Refused while the office holds an identity card or the visit's case is open."""

    visit_id: int
    ending: visit.Ending = visit.Ending.DONE
    remark: str = ""


class LendCard(Command[custody.CardLoan], frozen=True, kw_only=True):
    """Record that the office takes a visitor's identity card (POS Sumut tatap muka 3 and 7).

    The card is looked at and given back at once, unless it is `held`: the law wants no more than is needed
    (UU 27/2022).
    """

    visit_id: int
    kind: identity.IdDocument
    purpose: str = ""
    place: str = ""
    held: bool = False

    @override
    def checked(self) -> Self:
        if self.kind not in identity.CARDS:
            raise UserError(_("{kind} tidak dapat dipinjam.").format(kind=self.kind.word))
        return self


class ReturnCard(Command[custody.CardLoan], frozen=True, kw_only=True):
    """Record that a card was given back to the visitor."""

    loan_id: int


class ReleaseCardWithReason(Command[custody.CardLoan], frozen=True, kw_only=True):
    """Record why a card is not held any more, though it was not given back: sent, or with the police."""

    loan_id: int
    reason: str


class GiveBadge(Command[custody.BadgeLoan], frozen=True, kw_only=True):
    """Give the visitor this badge."""

    visit_id: int
    number: str


class ReturnBadge(Command[custody.BadgeLoan], frozen=True, kw_only=True):
    """Record that a badge came back, or is lost."""

    loan_id: int
    lost: bool = False


class VerifyIdentity(Command[visit.Visit], frozen=True, kw_only=True):
    """Record that the visitor's identity was checked (POS Kaltara 2, Sumut tatap muka 7).

    `number_tail` is at most the last four characters: a whole number never reaches the program's files.
    `known_by` says how the visitor is known who has no document, or only a pupil's. `for_other`: they act for
    somebody else.
    """

    visit_id: int
    kind: identity.IdDocument
    number_tail: IdNumber = ""
    known_by: identity.KnownBy | None = None
    matches: bool = True
    for_other: bool = False

    @override
    def checked(self) -> Self:
        if len(self.number_tail) > identity.TAIL_LENGTH and not is_sealed(self.number_tail):
            raise UserError(
                _("Nomor identitas tidak disimpan utuh."),
                _("Tidak ada yang berubah."),
                _("Tulis empat angka terakhir saja."),
            )
        if identity.needs_vouching(self.kind) and self.known_by is None:
            raise UserError(
                _("Belum jelas dari mana identitas pengunjung diketahui."),
                _("Tidak ada yang berubah."),
                _("Pilih: {ways}.").format(ways=", ".join(way.word for way in identity.KnownBy)),
            )
        return self


class ActForAnother(Command[visit.Visit], frozen=True, kw_only=True):
    """Record that the visitor acts for somebody else, and the letter for it (POS Sumut tatap muka 7)."""

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
    """Record a letter that the visitor brought: its number, its scan, or both (POS Kaltara 1)."""

    visit_id: int
    kind: identity.LetterKind = identity.LetterKind.ASSIGNMENT
    number: PersonalWords = ""
    date: str = ""
    issuer: PersonalWords = ""
    subject: PersonalWords = ""
    document_id: int | None = None


class CheckRequirements(Command[visit.Visit], frozen=True, kw_only=True):
    """Record a check of the service's requirements (POS DKI 5); `missing` are those not met."""

    visit_id: int
    missing: tuple[str, ...] = ()


class SignSpd(Command[identity.SpdSigning], frozen=True, kw_only=True):
    """Record that a traveller's SPD was signed."""

    visit_id: int
    number: str
    traveller: str
    origin: str = ""


class AttachDocument(Command[Document], frozen=True, kw_only=True):
    """Make a document of a file in the office's file store; with `visit_id` it belongs to that visit.

    `sha256` in small hexadecimal letters, `size` in bytes. The bytes themselves never pass through here.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    visit_id: int | None = None
