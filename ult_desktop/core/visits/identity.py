"""The identity of a visitor, and whom they act for (POS Kaltara 2, Sumut tatap muka 7)."""

from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.personal import HIDDEN, IdNumber, PersonalWords, is_masked

TAIL_LENGTH = 4  # the last characters of a document's number; no more are ever kept (UU 27/2022, Pasal 16)


class IdDocument(WordEnum):
    """The document that a visitor shows; with NONE they are known by something else."""

    KTP = "ktp", "KTP"
    IKD = "ikd", "KTP digital (IKD)"
    SIM = "sim", "SIM"
    PASSPORT = "paspor", "Paspor"
    PERMIT = "kitas", "KITAS atau KITAP"
    STAFF_CARD = "kartu_pegawai", "Kartu pegawai"
    STUDENT_CARD = "kartu_pelajar", "Kartu pelajar"
    NONE = "tanpa_identitas", "Tanpa identitas"


CARDS = tuple(document for document in IdDocument if document not in {IdDocument.IKD, IdDocument.NONE})
"""The documents that an officer can take in custody: cards and passports."""


class KnownBy(WordEnum):
    """The way in which an officer knows a visitor whose document does not say enough."""

    GUARDIAN = "wali", "orang tua atau wali yang mendampingi"
    LETTER = "surat", "surat pengantar"
    OFFICER = "petugas", "petugas yang mengenalnya"
    DATA = "data", "data yang dapat disebutkannya"


def needs_vouching(kind: IdDocument) -> bool:
    """Return whether the officer must say how they know a visitor with this document, or without any."""
    return kind in {IdDocument.NONE, IdDocument.STUDENT_CARD}


class ActingFor(StrEnum):
    """The branches of the identity check, by whom the visitor acts for (POS Sumut tatap muka 7)."""

    SELF = "atas_nama_sendiri"
    WITH_LETTER = "atas_nama_orang_lain_dengan_surat"
    WITHOUT_LETTER = "atas_nama_orang_lain_tanpa_surat"


class LetterKind(WordEnum):
    """Letters that visitors bring; the first two allow to act for another."""

    POWER_OF_ATTORNEY = "surat_kuasa", "Surat kuasa"
    ASSIGNMENT = "surat_tugas", "Surat tugas"
    OFFICIAL = "surat_resmi", "Surat resmi"


class IdentityCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check of an identity document. `at` UTC ms; `number_tail` is the last characters of its number.

    `matches`: the document fits the visitor. `for_other`: they act for somebody else. `known_by` is how a
    visitor is known whose document does not say enough.
    """

    id: int
    visit_id: int
    at: int
    kind: IdDocument
    number_tail: IdNumber
    known_by: KnownBy | None
    matches: bool
    for_other: bool
    officer: str

    @property
    def masked_number(self) -> str:
        """The number as it is shown: its end after dots; "" when none was noted."""
        needs_no_mask = not self.number_tail or is_masked(self.number_tail)
        return self.number_tail if needs_no_mask else f"{HIDDEN * 4}{self.number_tail}"


class Representation(msgspec.Struct, frozen=True, kw_only=True):
    """A representation: whom the visitor acts for, and the letter that allows it.

    `at` UTC ms; `date` is the letter's; `stamped`: it has a revenue stamp (bermeterai).
    """

    visit_id: int
    principal: PersonalWords
    relation: str
    kind: LetterKind
    issuer: PersonalWords
    number: PersonalWords
    date: str
    document_id: int | None
    stamped: bool
    at: int
    officer: str


class VisitorLetter(msgspec.Struct, frozen=True, kw_only=True):
    """A letter that a visitor brought (surat tugas, surat resmi). `at` UTC ms."""

    id: int
    visit_id: int
    kind: LetterKind
    number: PersonalWords
    date: str
    issuer: PersonalWords
    subject: PersonalWords
    document_id: int | None
    at: int
    officer: str


class RequirementCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check of the service's requirements (POS DKI 5); `missing` is empty if all are met. `at` UTC ms."""

    id: int
    visit_id: int
    at: int
    missing: tuple[str, ...]
    officer: str


class SpdSigning(msgspec.Struct, frozen=True, kw_only=True):
    """A duty traveller's SPD (surat perjalanan dinas) signed at the desk. `at` UTC ms."""

    id: int
    visit_id: int
    day: str
    at: int
    number: str
    traveller: str
    origin: str
    officer: str


def last_characters(number: str) -> str:
    """Return what may be kept of a document's number: its last letters and digits."""
    return "".join(letter for letter in number if letter.isalnum())[-TAIL_LENGTH:]


def mismatch_words() -> str:
    """Return the warning to an officer who goes on with a visitor whose document did not match."""
    return _("Identitas pengunjung ini terakhir tidak cocok. Periksa lagi sebelum melanjutkan.")
