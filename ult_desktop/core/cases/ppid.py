"""The public-information request (PPID) and its register: UU 14/2008, PerKI 1/2021."""

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.office.working_time import DueDay
from ult_desktop.core.person import ApplicantFields

ANSWER_DAYS = 10  # working days, UU 14/2008 Pasal 22
EXTENSION_DAYS = 7  # once, with a written reason
OBJECTION_DAYS = 30  # working days to file an objection, and again to answer it, Pasal 35 and 36
DISPUTE_DAYS = 14  # to the Komisi Informasi after the answer, Pasal 37


class Applicant(WordEnum):
    """The kinds of applicant: an Indonesian citizen, a legal body, or a group by its proxy."""

    PERSON = "perorangan", "Perorangan"
    BODY = "badan_hukum", "Badan hukum"
    GROUP = "kelompok", "Kelompok orang"


class Access(WordEnum):
    """The form of access to the information: looked at, or as a copy."""

    VIEW = "melihat", "Melihat/mengetahui"
    COPY = "salinan", "Meminta salinan"


class CopyForm(WordEnum):
    """The medium of the copy."""

    SOFT = "softcopy", "Berkas digital"
    HARD = "hardcopy", "Cetakan"


class CopyBy(WordEnum):
    """The way in which the copy is fetched."""

    PICK_UP = "langsung", "Mengambil langsung"
    COURIER = "kurir", "Kurir"
    POST = "pos", "Pos"
    FAX = "faksimili", "Faksimili"
    EMAIL = "surel", "Surel"


class Possession(WordEnum):
    """The answer to whether this office has the information (dikuasai)."""

    YES = "ya", "Dikuasai"
    NO = "tidak", "Tidak dikuasai"
    NOT_DOCUMENTED = "belum_didokumentasikan", "Belum didokumentasikan"


class Decision(WordEnum):
    """The decision of PPID."""

    GRANTED = "dikabulkan", "Dikabulkan"
    PARTLY = "dikabulkan_sebagian", "Dikabulkan sebagian"
    REFUSED = "ditolak", "Ditolak"


class ObjectionReason(WordEnum):
    """The seven reasons for an objection in UU 14/2008 Pasal 35 (1), a to g, in its order."""

    EXCLUSION = "penolakan_pengecualian", "a. Penolakan berdasarkan pengecualian"
    PERIODIC = "informasi_berkala_tidak_disediakan", "b. Tidak disediakannya informasi berkala"
    UNANSWERED = "tidak_ditanggapi", "c. Tidak ditanggapinya permintaan"
    OTHERWISE = "ditanggapi_tidak_sesuai", "d. Ditanggapi tidak sebagaimana yang diminta"
    UNFULFILLED = "tidak_dipenuhi", "e. Tidak dipenuhinya permintaan"
    COST = "biaya_tidak_wajar", "f. Biaya yang tidak wajar"
    LATE = "melebihi_jangka_waktu", "g. Melebihi jangka waktu"


class InformationRequest(ApplicantFields, frozen=True, kw_only=True):
    """A line of the register (PerKI 1/2021). Times UTC ms; what is not known yet is "" or None."""

    id: int
    number: str
    case_id: int
    registered_at: int
    applicant: Applicant
    wanted: str
    purpose: str
    access: Access
    copy_form: str
    copy_by: str
    due_at: int
    extended_at: int | None
    extension_reason: str
    held: str
    held_by: str
    decision: str
    refusal: str
    decided_at: int | None
    noticed_at: int | None
    cost: str
    ready_in: str
    redaction: str

    @property
    def due(self) -> DueDay:
        """The last day for the decision, with the working days that the law gives, extension included."""
        extension = 0 if self.extended_at is None else EXTENSION_DAYS
        return DueDay(self.due_at, self.registered_at, ANSWER_DAYS + extension)

    def is_overdue(self, now: int) -> bool:
        return self.decided_at is None and now > self.due_at


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """An objection (keberatan). Times UTC ms; `late`: it came after the law's 30 working days.

    `position` is the applicant's view of the case (kasus posisi). `dispute_until` is the last moment to go to
    the Komisi Informasi, `dispute` what was noted when the applicant went there.
    """

    id: int
    number: str
    request_id: int
    filed_at: int
    late: bool
    reason: ObjectionReason
    position: str
    proxy: str
    due_at: int
    answer: str
    answered_at: int | None
    dispute_until: int | None
    disputed_at: int | None
    dispute: str
