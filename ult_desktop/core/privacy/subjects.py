"""Requests of data subjects (permintaan subjek data pribadi, UU 27/2022 Pasal 5–13) and their clock."""

from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core import personal, stamps
from ult_desktop.core.cases.delivery import Delivery
from ult_desktop.core.cases.ppid import InformationRequest
from ult_desktop.core.office.retention_schedule import RetentionKind
from ult_desktop.core.online.online_request import OnlineRequest
from ult_desktop.core.person import Person
from ult_desktop.core.phone.phone_call import PhoneCall
from ult_desktop.core.visits.guest_book import VisitCard

HOUR_MS = 60 * stamps.MINUTE_MS
CLOCK_MS = 3 * 24 * HOUR_MS  # 3×24 hours as the law has them: nights, weekends and holidays count
AMBER_MS = 24 * HOUR_MS  # the last of the three days


class SubjectKind(WordEnum):
    """The kinds of request of a data subject."""

    ACCESS = "akses", "Akses dan salinan data"
    CORRECTION = "perbaikan", "Perbaikan data"
    ERASURE = "penghapusan", "Penghapusan data"
    RESTRICTION = "pembatasan", "Penundaan atau pembatasan"
    WITHDRAWAL = "penarikan", "Penarikan persetujuan"
    OBJECTION = "keberatan", "Keberatan"


class Verification(WordEnum):
    """The way in which an officer made sure that the person is the data subject or acts for them."""

    CARD = "kartu_identitas", "kartu identitas asli"
    PROXY = "surat_kuasa", "surat kuasa dan kartu identitas kuasanya"
    CALLED_BACK = "telepon_balik", "ditelepon ke nomor yang tercatat"
    KNOWN_MAIL = "surel_terdaftar", "surel dari alamat yang tercatat"


class SubjectOutcome(WordEnum):
    """The outcome of the request."""

    GRANTED = "dikabulkan", "dikabulkan"
    PARTLY = "sebagian", "dikabulkan sebagian"
    REFUSED = "ditolak", "ditolak"


CORRECTABLE = Person.__struct_fields__
"""The fields of a guest-book line that can be put right."""

# The kinds that are erased at request although the schedule would keep them; the law keeps the others (see
# `retained_by_law`).
ERASABLE = (
    RetentionKind.CONTACT,
    RetentionKind.CALLER,
    RetentionKind.REQUESTER,
    RetentionKind.REMEMBERED,
    RetentionKind.NAME,
    RetentionKind.IDENTITY,
    RetentionKind.LETTER,
)


class DeadlineState(StrEnum):
    """The state of a three-day clock."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


def deadline_state(due_at: int, now: int) -> DeadlineState:
    """Return the state of the clock: amber in the last 24 hours before `due_at`, red from then on."""
    if now >= due_at:
        return DeadlineState.RED
    return DeadlineState.AMBER if due_at - now <= AMBER_MS else DeadlineState.CALM


class SubjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """A data subject's request. Times UTC ms.

    `verified_how` is a `Verification` and `outcome` a `SubjectOutcome`, "" until then. `told` says how the
    subject was told the answer.
    """

    id: int
    number: str
    kind: SubjectKind
    name: str
    contact: personal.Contact
    words: str
    received_at: int
    due_at: int
    officer: str
    verified_at: int | None
    verified_by: str
    verified_how: str
    outcome: str
    answer: str
    told: str
    answered_at: int | None
    answered_by: str
    closed_at: int | None

    def deadline(self, now: int) -> DeadlineState:
        """Return the state of the deadline; what was answered has no clock any more."""
        return DeadlineState.CALM if self.answered_at is not None else deadline_state(self.due_at, now)


class SubjectVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit of somebody who may be the data subject; `held` while it may not be erased."""

    visit_id: int
    day: str
    channel: str
    name: str
    institution: str
    phone: personal.Phone
    email: personal.Email
    case_number: str
    is_open: bool
    remember: bool
    held: bool = False


class SubjectAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act for the request; `field` names what was changed, never its former content."""

    at: int
    officer: str
    act: str
    visit_id: int | None
    field: str
    reason: str


class SubjectFile(msgspec.Struct, frozen=True, kw_only=True):
    """A request with its visits and with what was done."""

    request: SubjectRequest
    visits: tuple[SubjectVisit, ...]
    acts: tuple[SubjectAct, ...]


class HeldRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of data that the office holds about somebody: its visit, part and field, and its text."""

    visit_id: int
    part: str
    field: str
    value: personal.ContactLine


class OpenedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit as all pages show it, in clear; None and () where it has no such part."""

    card: VisitCard
    call: PhoneCall | None
    online: OnlineRequest | None
    information: InformationRequest | None
    deliveries: tuple[Delivery, ...]


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """The request with everything that is held about its subject."""

    file: SubjectFile
    held: tuple[HeldRecord, ...]


def retained_by_law() -> tuple[str, ...]:
    """Return what is not erased at request, and why: shown to the officer and in the answer."""
    return (
        _("Isi permohonan, jawaban, dan tanda terima: arsip pelayanan publik (UU 43/2009)."),
        _("Register permohonan informasi publik dan keberatan: wajib dipelihara PPID (PerKI 1/2021)."),
        _("Catatan kejadian: hanya berisi nomor, tanpa data pribadi, dan tidak dapat diubah."),
        _("Survei kepuasan: tidak memuat siapa yang mengisi."),
    )


def act_word(act: str) -> str:
    words = {
        "registered": _("Diterima"),
        "verified": _("Identitas dipastikan"),
        "attached": _("Kunjungan ditautkan"),
        "detached": _("Tautan kunjungan dilepas"),
        "corrected": _("Diperbaiki"),
        "erased": _("Dihapus"),
        "held": _("Penghapusan ditunda"),
        "released": _("Penundaan dicabut"),
        "withdrawn": _("Persetujuan diingat ditarik"),
        "exported": _("Salinan data dibuat"),
        "answered": _("Dijawab"),
        "closed": _("Ditutup"),
    }
    return words.get(act, act)
