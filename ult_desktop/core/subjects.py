"""Requests of data subjects (permintaan subjek data pribadi, UU 27/2022 Pasal 5–13) and their clock."""

from enum import StrEnum

import msgspec

from ult_desktop.core.personal import Contact, Email, Line, Phone
from ult_desktop.core.retention_schedule import Kind
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.i18n import _

HOUR_MS = 60 * MINUTE_MS
CLOCK_MS = 3 * 24 * HOUR_MS  # 3×24 hours as the law has them: nights, weekends and holidays count
AMBER_MS = 24 * HOUR_MS  # the last of the three days


class SubjectKind(StrEnum):
    """What a data subject asks for."""

    ACCESS = "akses"
    CORRECTION = "perbaikan"
    ERASURE = "penghapusan"
    RESTRICTION = "pembatasan"
    WITHDRAWAL = "penarikan"
    OBJECTION = "keberatan"


class Verification(StrEnum):
    """How it was made sure that he is the one whose data it is."""

    CARD = "kartu_identitas"
    PROXY = "surat_kuasa"
    CALLED_BACK = "telepon_balik"
    KNOWN_MAIL = "surel_terdaftar"


class Outcome(StrEnum):
    """What became of the request."""

    GRANTED = "dikabulkan"
    PARTLY = "sebagian"
    REFUSED = "ditolak"


class Correctable(StrEnum):
    """What of a guest-book line can be put right."""

    NAME = "name"
    INSTITUTION = "institution"
    REGENCY = "regency"
    PHONE = "phone"
    EMAIL = "email"
    OCCUPATION = "occupation"


# Erased at request although the schedule would keep it; the rest the law keeps (see `kept_by_law`).
ERASABLE = (
    Kind.CONTACT,
    Kind.CALLER,
    Kind.REQUESTER,
    Kind.REMEMBERED,
    Kind.NAME,
    Kind.IDENTITY,
    Kind.LETTER,
)


class Pace(StrEnum):
    """How a three-day clock stands."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


def pace_of(due_at: int, now: int) -> Pace:
    """Amber in the last 24 hours, red when they are over."""
    if now >= due_at:
        return Pace.RED
    return Pace.AMBER if due_at - now <= AMBER_MS else Pace.CALM


class SubjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One request. Times UTC ms."""

    id: int
    number: str
    kind: SubjectKind
    name: str
    contact: Contact
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

    def pace(self, now: int) -> Pace:
        """What was answered has no clock any more."""
        return Pace.CALM if self.answered_at is not None else pace_of(self.due_at, now)


class SubjectVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit of somebody who may be the data subject; `held` while it may not be erased."""

    visit_id: int
    day: str
    channel: str
    name: str
    institution: str
    phone: Phone
    email: Email
    case_number: str
    is_open: bool
    remember: bool
    held: bool = False


class SubjectAct(msgspec.Struct, frozen=True, kw_only=True):
    """What was done for the request; `field` names what was changed, never what stood there."""

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


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that the office holds about somebody: where (`visit`, `part`), what, and its text."""

    visit_id: int
    part: str
    field: str
    value: Line


def subject_number(serial: int, year: int) -> str:
    return f"{serial:04d}/SDP/{year}"


def subject_kind_word(kind: SubjectKind) -> str:
    return {
        SubjectKind.ACCESS: _("Akses dan salinan data"),
        SubjectKind.CORRECTION: _("Perbaikan data"),
        SubjectKind.ERASURE: _("Penghapusan data"),
        SubjectKind.RESTRICTION: _("Penundaan atau pembatasan"),
        SubjectKind.WITHDRAWAL: _("Penarikan persetujuan"),
        SubjectKind.OBJECTION: _("Keberatan"),
    }[kind]


def verification_word(how: Verification) -> str:
    return {
        Verification.CARD: _("kartu identitas asli"),
        Verification.PROXY: _("surat kuasa dan kartu identitas kuasanya"),
        Verification.CALLED_BACK: _("ditelepon ke nomor yang tercatat"),
        Verification.KNOWN_MAIL: _("surel dari alamat yang tercatat"),
    }[how]


def outcome_word(outcome: Outcome) -> str:
    return {
        Outcome.GRANTED: _("dikabulkan"),
        Outcome.PARTLY: _("dikabulkan sebagian"),
        Outcome.REFUSED: _("ditolak"),
    }[outcome]


def correctable_word(field: Correctable) -> str:
    return {
        Correctable.NAME: _("Nama"),
        Correctable.INSTITUTION: _("Instansi"),
        Correctable.REGENCY: _("Kabupaten/kota"),
        Correctable.PHONE: _("Nomor telepon"),
        Correctable.EMAIL: _("Surel"),
        Correctable.OCCUPATION: _("Pekerjaan"),
    }[field]


def kept_by_law() -> tuple[str, ...]:
    """What is not erased at request, and why: said to the officer and in the answer."""
    return (
        _("Isi permohonan, jawaban, dan tanda terima: arsip pelayanan publik (UU 43/2009)."),
        _("Register permohonan informasi publik dan keberatan: wajib dipelihara PPID (PerKI 1/2021)."),
        _("Catatan kejadian: hanya berisi nomor, tanpa data pribadi, dan tidak dapat diubah."),
        _("Survei kepuasan: tidak memuat siapa yang mengisi."),
    )


def act_word(act: str) -> str:
    known = {
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
    return known.get(act, act)
