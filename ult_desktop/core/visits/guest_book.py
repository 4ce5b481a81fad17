"""The guest book (buku tamu): its lines, its choices of purpose and regency, and its privacy notice."""

import re

import msgspec

from ult_desktop.base import _, language
from ult_desktop.base.digests import sha256
from ult_desktop.core.office.template import PrivacyWords, Words
from ult_desktop.core.person import GuestFields, Person
from ult_desktop.core.searching import name_words
from ult_desktop.core.visits import custody, identity
from ult_desktop.core.visits.document import Document
from ult_desktop.core.visits.visit import Courtesy, Guest, Visit

NOTICE_VERSION = "2026-1"  # of the shipped notice; each line keeps the version that its guest was shown
_VERSION_DIGITS = 8  # hexadecimal digits of the digest that names the version of an office's own notice
_WORD = re.compile(r"\w+")
OTHER_REGENCY = "Lain: "  # stands before the name of a regency that is on no list


def outside_province_word() -> str:
    """Return the regency of a guest from another province whom nobody asks for their regency."""
    return _("Luar provinsi")


class GuestBookChoice(msgspec.Struct, frozen=True):
    """A choice: the value that is stored, and its words, in English too where the office has them."""

    value: str
    words: str
    words_en: str = ""

    def within(self, code: str) -> str:
        return Words(self.words, self.words_en).within(code)


class ReturningVisitor(Person, frozen=True, kw_only=True):
    """A visitor who was here before, by their latest line. `at` UTC ms, `phone_index` as in `Guest`."""

    visit_id: int
    phone_index: str = ""
    remember: bool
    at: int


def notice_words(office_words: PrivacyWords) -> str:
    """Return the privacy notice shown where data is taken (UU 27/2022, Pasal 20 and 21).

    It is the office's own if the office wrote one, else the shipped one.
    """
    return Words(office_words.notice, office_words.notice_en).within(language()) or _(
        "Data ini dipakai untuk melayani Anda dan untuk laporan layanan, dasar hukumnya pelayanan publik."
        " Hanya petugas yang berwenang yang melihatnya, dan data dihapus menurut jadwal retensi kantor."
        " Anda boleh meminta perbaikan atau penghapusan kepada petugas."
    )


def notice_for_first_question() -> str:
    """Return the notice of a page without room for the full one, which follows before anything is kept."""
    return _("Hanya untuk melayani Anda dan laporan layanan. Selengkapnya sebelum Anda menyimpan.")


def notice_version(office_words: PrivacyWords) -> str:
    """Return the version of the privacy notice, by which it is known later which words were shown."""
    if office_words == PrivacyWords():
        return NOTICE_VERSION
    return f"kantor-{sha256(msgspec.json.encode(office_words)).hex()[:_VERSION_DIGITS]}"


def notice_on_paper(office_words: PrivacyWords) -> str:
    """Return the notice for a receipt or a letter, with the version that was given."""
    return _(
        "Data pribadi Anda dipakai untuk melayani permohonan ini dan dihapus menurut jadwal kantor; perbaikan"
        " atau penghapusannya dapat diminta kepada kami (pemberitahuan {version})."
    ).format(version=notice_version(office_words))


def names_officer(named: str, officer: str) -> bool:
    """Return whether a guest who asks for `named` ("Pak Bayu") may mean that officer."""
    words = {*name_words(named)}
    return bool(words) and words <= {*name_words(officer)}


def absence_words(officer: str, stand_in: str) -> str:
    """Return that an officer whom a guest asks for is not there, and who stands in for them, if anybody."""
    if stand_in:
        return _("{name} tidak ada hari ini; digantikan {other}.").format(name=officer, other=stand_in)
    return _("{name} belum masuk di program hari ini.").format(name=officer)


def implied_purpose(choices: tuple[GuestBookChoice, ...], service: str) -> str:
    """Return the purpose that the service's name says already, so that no guest is asked for it.

    Every word of the purpose's name (after "·") must be in the service's name, and no other purpose may fit
    with as many words; "" if there is no such purpose.
    """
    service_words = _words_of(service)
    fitting: dict[int, list[str]] = {}  # the values of purposes, by the number of their words
    for choice in choices:
        purpose_words = _words_of(choice.words.rpartition("·")[2])
        if purpose_words <= service_words:
            fitting.setdefault(len(purpose_words), []).append(choice.value)
    best = fitting[max(fitting)] if fitting else []
    return best[0] if len(best) == 1 else ""


def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


class GuestBookLine(GuestFields, frozen=True, kw_only=True):
    """A visit in person as the guest book lists it, with number and service. Times UTC ms."""

    visit_id: int
    day: str
    began_at: int
    ended_at: int | None
    label: str
    service: str
    purpose: str
    procedure_id: str | None
    procedure_version: int | None


class Regency(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kabupaten or kota. `code` as in Kepmendagri ("65.71"), which is not the code of BPS."""

    code: str
    name: str


class Province(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A province with its regencies; `code` of Kemendagri."""

    code: str
    name: str
    regencies: tuple[Regency, ...]


class Provinces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file of provinces."""

    provinces: tuple[Province, ...]


class VisitCard(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with everything that was noted at the desk.

    `requirements` are those of its service; `purpose` is in words, `purposes` are the choices for it.
    `checks` has the latest first. `meets_absent` says in words that the officer whom they ask for is absent,
    and who stands in. `known_as` is the name in the guest book of the visit which this one follows.
    """

    visit: Visit
    purpose: str
    purposes: tuple[GuestBookChoice, ...]
    service: str
    service_en: str
    requirements: tuple[Words, ...]
    procedure: str
    courtesies: tuple[Courtesy, ...]
    guest: Guest | None
    checks: tuple[identity.IdentityCheck, ...]
    representation: identity.Representation | None
    letters: tuple[identity.VisitorLetter, ...]
    documents: tuple[Document, ...]
    requirement_checks: tuple[identity.RequirementCheck, ...]
    spd: tuple[identity.SpdSigning, ...]
    cards: tuple[custody.CardLoan, ...]
    badges: tuple[custody.BadgeLoan, ...]
    case_number: str
    meets_absent: str = ""
    known_as: str = ""

    @property
    def name(self) -> str:
        """The name by which the visitor is called; "" for nobody's."""
        return self.guest.name if self.guest is not None else self.known_as

    @property
    def lacks_letter(self) -> bool:
        """Whether the visitor acts for somebody else and no letter that allows it was recorded."""
        return bool(self.checks) and self.checks[0].for_other and self.representation is None
