"""What can be asked about a visitor's identity, letters and requirements."""

from typing import Self

from typing_extensions import override

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.sealing import is_sealed
from ult_desktop.core.command import Command
from ult_desktop.core.personal import IdNumber, PersonalWords
from ult_desktop.core.visits.identity import TAIL, IdDocument, LetterKind


class VerifyIdentity(Command, frozen=True, kw_only=True):
    """The visitor's identity was checked (POS Kaltara 2, Sumut tatap muka 7).

    `number_tail` is at most the last four characters: a whole number never reaches the program's files.
    """

    visit_id: int
    kind: IdDocument
    number_tail: IdNumber = ""
    matches: bool = True
    for_other: bool = False

    @override
    def checked(self) -> Self:
        if len(self.number_tail) > TAIL and not is_sealed(self.number_tail):
            raise UserError(
                _("Nomor identitas tidak disimpan utuh."),
                _("Tidak ada yang berubah."),
                _("Tulis empat angka terakhir saja."),
            )
        return self


class ActForAnother(Command, frozen=True, kw_only=True):
    """The visitor comes for somebody else and has the letter that allows it (POS Sumut tatap muka 7)."""

    visit_id: int
    principal: PersonalWords
    kind: LetterKind
    issuer: PersonalWords
    number: PersonalWords
    date: str = ""
    relation: str = ""
    document_id: int | None = None
    stamped: bool = False


class RecordLetter(Command, frozen=True, kw_only=True):
    """A letter that the visitor brought: its number, its scan, or both (POS Kaltara 1)."""

    visit_id: int
    kind: LetterKind = LetterKind.ASSIGNMENT
    number: PersonalWords = ""
    date: str = ""
    issuer: PersonalWords = ""
    subject: PersonalWords = ""
    document_id: int | None = None


class CheckRequirements(Command, frozen=True, kw_only=True):
    """Whether the service's requirements are complete (POS DKI 5); `missing` is what is not."""

    visit_id: int
    missing: tuple[str, ...] = ()


class SignSpd(Command, frozen=True, kw_only=True):
    """A duty traveller's SPD was signed."""

    visit_id: int
    number: str
    traveller: str
    origin: str = ""


class AttachDocument(Command, frozen=True, kw_only=True):
    """A file that was laid into the office's file store becomes a document, of this visit if any.

    `sha256` in small hexadecimal letters, `size` in bytes. The bytes themselves never pass through here.
    """

    sha256: str
    name: str
    media_type: str
    size: int
    visit_id: int | None = None
