"""Answers read out to a person: every field by its name, every thing by the number people use."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from ult_desktop.base import WordEnum, _, formats, language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.accountability.deviations import EquipmentCheck, form_word
from ult_desktop.core.cases import case, escalation, ppid
from ult_desktop.core.cases.timeline_words import entry_word
from ult_desktop.core.office.template import Words
from ult_desktop.core.phone import phone_call
from ult_desktop.core.privacy import subjects
from ult_desktop.core.privacy.subject_words import known_field_words
from ult_desktop.core.queue import ticket
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.desk_book import DailyReportEntry
from ult_desktop.core.visits.identity import IdentityCheck, RequirementCheck, SpdSigning, VisitorLetter
from ult_desktop.core.visits.visit import Ending


class _Field(WordEnum):
    """The fields of the commands' answers; those of a visitor's own data have the names in their copy."""

    ACCESS = "access", "cara memperoleh"
    ACKNOWLEDGED_AT = "acknowledged_at", "ditangani"
    ACKNOWLEDGED_BY = "acknowledged_by", "ditangani oleh"
    ACT = "act", "tindakan"
    ACTIVITY = "activity", "kegiatan"
    ACTS = "acts", "yang dilakukan"
    ABSENT = "absent", "yang berhalangan"
    ADOPTED_AT = "adopted_at", "berlaku sejak"
    AGENCY_TOLD = "agency_told", "pemberitahuan lembaga"
    AGENCY_TOLD_AT = "agency_told_at", "lembaga diberi tahu"
    AHEAD = "ahead", "orang di depan"
    ANSWERED_BY = "answered_by", "dijawab oleh"
    ANSWERS = "answers", "jawaban"
    APPLICANT = "applicant", "jenis pemohon"
    APPOINTMENTS = "appointments", "janji temu"
    ARRIVED_AT = "arrived_at", "dilayani"
    AT_DESK = "at_desk", "di meja"
    ATTEMPT_AT = "attempt_at", "sedang ditelepon"
    ATTEMPTS = "attempts", "telepon balik"
    BADGE = "badge", "tag tamu"
    BADGES = "badges", "tag tamu"
    BESIDE = "beside", "permohonan lain dari kunjungan"
    BUDGET = "budget", "anggaran"
    BY = "by", "diarahkan oleh"
    CALLED_AT = "called_at", "dipanggil"
    CALLS = "calls", "panggilan"
    CARDS = "cards", "kartu identitas"
    CASE = "case", "permohonan"
    CASE_ID = "case_id", "permohonan"
    CASE_NUMBER = "case_number", "permohonan"
    CASE_STATE = "case_state", "keadaan permohonan"
    CAUSE = "cause", "penyebab"
    CHANGES = "changes", "yang berubah"
    CHECKS = "checks", "pemeriksaan identitas"
    COMPLAINT_CLASS = "complaint_class", "jenis pengaduan"
    CONDITION = "condition", "kondisi"
    CONFIRMED_AT = "confirmed_at", "dikonfirmasi"
    CONFIRMED_BY = "confirmed_by", "dikonfirmasi oleh"
    COPY_BY = "copy_by", "cara salinan"
    COPY_FORM = "copy_form", "bentuk salinan"
    CORRECTION = "correction", "perbaikan"
    COST = "cost", "biaya"
    COUNTER = "counter", "loket"
    COURTESIES = "courtesies", "sambutan"
    CURRENT = "current", "sedang dilayani"
    DATA = "data", "data yang terkena"
    DAYS = "days", "hari kerja"
    DECIDED_AT = "decided_at", "diputuskan"
    DELEGATE = "delegate", "pengganti"
    DELIVERIES = "deliveries", "penyampaian jawaban"
    DESK = "desk", "meja"
    DISPUTE = "dispute", "sengketa"
    DISPUTE_UNTIL = "dispute_until", "sengketa sampai"
    DISPUTED_AT = "disputed_at", "sengketa dicatat"
    DISPUTES = "disputes", "sengketa"
    DOCUMENT_ID = "document_id", "nomor berkas"
    DOCUMENTS = "documents", "berkas"
    DUE = "due", "batas"
    DUE_AT = "due_at", "batas"
    ELEMENT = "element", "unsur"
    ENDED_BY = "ended_by", "diakhiri oleh"
    ENDING = "ending", "akhir"
    ESCALATIONS = "escalations", "eskalasi"
    EVIDENCE = "evidence", "bukti"
    EXPLAINED_AT = "explained_at", "dijelaskan"
    EXPLAINED_BY = "explained_by", "dijelaskan oleh"
    EXTENDED_AT = "extended_at", "diperpanjang"
    EXTENSION_REASON = "extension_reason", "alasan perpanjangan"
    EXTERNAL_ID = "external_id", "nomor sumber"
    FACILITIES = "facilities", "sarana dan prasarana"
    FIELD = "field", "isian"
    FILE = "file", "berkas"
    FINISHED_AT = "finished_at", "selesai dilayani"
    FIRST_DAY = "first_day", "hari pertama"
    FOLLOWS = "follows", "lanjutan kunjungan"
    FORM = "form", "bentuk"
    FORWARDED = "forwarded", "diteruskan"
    FREE = "free", "tempat kosong"
    FROM_DESK = "from_desk", "dari meja"
    FROM_OFFICER = "from_officer", "dari"
    FROM_PLACE = "from_place", "dari tempat"
    GIVEN_BY = "given_by", "diberikan oleh"
    GROUND = "ground", "dasar pengecualian"
    GUEST = "guest", "tamu"
    HANDLING = "handling", "penanganan"
    HAPPENED = "happened", "kapan dan bagaimana"
    HELD = "held", "penguasaan"
    HELD_BY = "held_by", "dikuasai oleh"
    HIGH = "high", "menunggu paling lama (menit)"
    IDENTITY = "identity", "stasiun"
    INFORMATION = "information", "informasi publik"
    ITEM = "item", "yang dimaksud"
    ITEMS = "items", "perlengkapan"
    KEY = "key", "kunci"
    KNOWN_AT = "known_at", "diketahui"
    LAST_DAY = "last_day", "hari terakhir"
    LAST_RESULT = "last_result", "hasil telepon balik"
    LAW = "law", "dasar hukum"
    LENT_BY = "lent_by", "diserahkan kepada"
    LESSON = "lesson", "perbaikan sesudahnya"
    LETTERS = "letters", "surat"
    LOGIN = "login", "nama masuk"
    LOW = "low", "menunggu paling cepat (menit)"
    MADE_AT = "made_at", "dicatat"
    MARK = "mark", "tanda"
    MEDIA_TYPE = "media_type", "jenis berkas"
    NOTE = "note", "catatan"
    NOTES = "notes", "catatan"
    NOTICED_AT = "noticed_at", "diberitahukan"
    NTH = "nth", "jadwal ke"
    OBJECTIONS = "objections", "keberatan"
    OBSTACLES = "obstacles", "kendala"
    OFFICER = "officer", "petugas"
    ORDERED_BY = "ordered_by", "diperintahkan oleh"
    OUTCOME = "outcome", "hasil"
    OWNER = "owner", "pemegang"
    PAPER = "paper", "karcis"
    PAUSE_REASON = "pause_reason", "alasan jeda"
    PERIOD = "period", "periode"
    PERSONS = "persons", "jumlah orang"
    PLACE = "place", "tempat"
    POLICY = "policy", "kebijakan"
    PROCEDURE = "procedure", "prosedur"
    PROCEDURE_ID = "procedure_id", "prosedur"
    PROGRAMME = "programme", "program"
    QUESTION = "question", "pertanyaan"
    QUEUED_AT = "queued_at", "mengantre sejak"
    READY_IN = "ready_in", "siap dalam"
    RECEIVED_BY = "received_by", "diterima oleh"
    RECOMMENDATIONS = "recommendations", "rekomendasi"
    RECOVERY = "recovery", "pemulihan"
    REDACTION = "redaction", "penghitaman"
    REFUSAL = "refusal", "dasar penolakan"
    RELEASED = "released", "alasan tidak kembali"
    REPRESENTATION = "representation", "mewakili"
    REQUEST = "request", "permintaan"
    REQUIREMENT_CHECKS = "requirement_checks", "kelengkapan syarat"
    RESPONSIBLE = "responsible", "penanggung jawab"
    RESUMED = "resumed", "didahulukan"
    RETIRED_AT = "retired_at", "dihentikan"
    RETURNED_TO = "returned_to", "diterima kembali oleh"
    REVIEWED_AT = "reviewed_at", "ditinjau"
    REVIEWED_BY = "reviewed_by", "ditinjau oleh"
    ROLES = "roles", "peran"
    SENDER = "sender", "pengirim"
    SENDER_COUNTER = "sender_counter", "dari loket"
    SENT_ON = "sent_on", "dikirim pada"
    SERVED_AT = "served_at", "mulai dilayani"
    SERVICE = "service", "layanan"
    SINCE = "since", "sejak"
    SORT = "sort", "jenis"
    SPD = "spd", "SPD"
    SPENT_MS = "spent_ms", "waktu terpakai"
    STAFF = "staff", "petugas PPID"
    STANDARD = "standard", "mutu baku"
    STATE = "state", "keadaan"
    STATION = "station", "stasiun"
    STEP = "step", "langkah"
    SUB_REASON = "sub_reason", "sebab tidak tersedia"
    SUBJECTS_TOLD = "subjects_told", "pemberitahuan subjek"
    SUBJECTS_TOLD_AT = "subjects_told_at", "subjek diberi tahu"
    TAGS = "tags", "tanda"
    TAKEN_BY = "taken_by", "diangkat oleh"
    TARGET_COUNTER = "target_counter", "ke loket"
    TARGET_OFFICER = "target_officer", "ke petugas"
    TICKET = "ticket", "nomor antrean"
    TIMELINE = "timeline", "riwayat"
    TITLE = "title", "judul"
    TO_DESK = "to_desk", "ke meja"
    TO_OFFICER = "to_officer", "kepada"
    TO_PLACE = "to_place", "ke tempat"
    TOLD = "told", "cara penyampaian"
    TOLD_AT = "told_at", "disampaikan"
    TROUBLE = "trouble", "kendala"
    TYPED_AT = "typed_at", "dicatat belakangan"
    TYPED_BY = "typed_by", "dicatat oleh"
    UNDONE_AT = "undone_at", "diurungkan"
    UNIT = "unit", "unit"
    UPDATED_AT = "updated_at", "diubah"
    USED = "used", "dipakai"
    USUAL_COUNTER = "usual_counter", "loket yang biasa"
    VERDICT = "verdict", "telaah"
    VERIFIED_AT = "verified_at", "identitas dipastikan"
    VERIFIED_BY = "verified_by", "dipastikan oleh"
    VERIFIED_HOW = "verified_how", "cara memastikan"
    VERSION = "version", "versi"
    VISIT = "visit", "kunjungan"
    VISIT_ID = "visit_id", "kunjungan"
    VISITOR = "visitor", "pengunjung"
    VISITS = "visits", "kunjungan"
    WAIT = "wait", "perkiraan menunggu"
    WHAT = "what", "kejadian"
    WITHDRAWN_AT = "withdrawn_at", "ditarik"
    WITHDRAWN_BY = "withdrawn_by", "ditarik oleh"
    WORDS = "words", "yang diminta"
    WORKS = "works", "berfungsi"
    YEAR = "year", "tahun"


_NUMBER = "number"


def field_word(name: str) -> str:
    """Return the field in words; one without a word is called by its name."""
    if name == "id":
        name = _NUMBER
    if name in set(_Field):
        return _Field(name).word
    return known_field_words().get(name, name)


STAMPS = ("at", "_at", "_until")
BETWEEN = " · "
_DAYS = ("day", "date")
_NAMES = ("number", "code", "case_number", "login", "key")  # by which people call a row
# other rows, and the fields that name one better where they are there
_REFERENCES: dict[str, tuple[str, ...]] = {
    "case_id": ("case_number",),
    "visit_id": ("label", "case_number"),
    "follows": (),
    "beside": (),
}
_ASKED_FOR = ("procedure_id", "document_id")  # ids by which people ask for the thing itself
# who did it, and in whose stead
_STEADS = {
    "officer": "acting_for",
    "from_officer": "sent_for",
    "received_by": "received_for",
    "answered_by": "answered_for",
}
_UNTOLD = frozenset(
    {
        *(
            *_STEADS.values(),
            "begins_at",
            "book_number",
            "ends_at",
            "is_last",
            "entered_by",
            "notice",
            "password_hash",
            "phone_index",
        ),
        *("procedure_version", "purposes", "requirements", "serves", "sha256"),
    }
)
# rows that keep such a key as plain text, by column
_KEYS: dict[str, type[StrEnum]] = {
    "case_state": case.CaseState,
    "copy_by": ppid.CopyBy,
    "copy_form": ppid.CopyForm,
    "decision": ppid.Decision,
    "ending": Ending,
    "field": subjects.Correctable,
    "grounds": ticket.PriorityReason,
    "held": ppid.Possession,
    "help": ticket.Help,
    "last_result": phone_call.AttemptResult,
    "outcome": subjects.SubjectOutcome,
    "roles": Role,
    "state": ticket.TicketState,
    "sub_reason": case.SubReason,
    "verdict": escalation.EscalationVerdict,
    "verified_how": subjects.Verification,
    "visitor": case.VisitorMode,
}
_WORDS: dict[str, Callable[[str], str]] = {
    "act": subjects.act_word,
    "form": lambda form: form_word("lisan" if form == "lisan" else "surat_penugasan"),
    "kind": lambda kind: entry_word(kind) or kind,
}
_ONE_WORD = (Words, ticket.Ticket)  # said in one, though they have fields
_UNNUMBERED = (  # rows that nobody asks for by number
    *(IdentityCheck, RequirementCheck, VisitorLetter, SpdSigning),
    *(DailyReportEntry, EquipmentCheck, case.CaseEntry),
)


def _yes_words() -> dict[str, str]:
    """Return the words shown when a column of yes and no says yes."""
    return {
        "active": _("berlaku"),
        "belated": _("dicatat belakangan"),
        "declined": _("tanpa pendamping"),
        "evaluated": _("sudah dinilai"),
        "for_other": _("atas nama orang lain"),
        "held": _("ditahan"),
        "is_open": _("masih terbuka"),
        "late": _("terlambat"),
        "lost": _("hilang"),
        "matches": _("cocok"),
        "must_change": _("kata sandi wajib diganti"),
        "overdue": _("lewat waktu"),
        "priority": _("prioritas"),
        "remember": _("setuju diingat"),
        "renewal_due": _("perlu diganti"),
        "sits": _("di kursi prioritas"),
        "stamped": _("bermeterai"),
        "unread": _("belum diterima"),
        "vulnerable": _("kelompok rentan"),
        "with_other_desk": _("di meja lain"),
        "works": _("berfungsi"),
    }


def word(key: StrEnum) -> str:
    """Return a key in words; one that is never shown to people stays as it is."""
    return str(getattr(key, "word", key))


@dataclass(frozen=True)
class AnswerReader:
    """Reads rows out.

    Args:
        zone: of the office.
        number_of: what people call the row that a field ("case_id") and its value mean.
    """

    zone: ZoneInfo
    number_of: Callable[[str, int], str]

    def line(self, row: msgspec.Struct, *names: str) -> str:
        """Return a row among others, on one line: every field, or these."""
        told = (text for name, text, _parts in self._fields(row) if name in (names or (name,)))
        return BETWEEN.join(told)

    def block(self, row: msgspec.Struct) -> Iterator[str]:
        """Yield a row by itself: a line for each field, and one for each row within it."""
        for name, text, parts in self._fields(row):
            if not parts:
                yield text
                continue
            yield f"{_head(name)}:"
            for part in parts:
                inner = (told for about, told, _within in self._fields(part) if about not in _REFERENCES)
                alone = part is getattr(row, name)
                yield from (f"  {told}" for told in (inner if alone else (BETWEEN.join(inner),)))

    def _fields(self, row: msgspec.Struct) -> Iterator[tuple[str, str, tuple[msgspec.Struct, ...]]]:
        """Name, text ("Keadaan: menunggu") and the rows within; what holds not, or is empty, is left out."""
        known = {name: getattr(row, name) for name in row.__struct_fields__}
        if isinstance(row, _UNNUMBERED):
            del known["id"]
        for name, value in known.items():
            if not _is_told(name, known):
                continue
            parts = tuple(each for each in _several(value) if isinstance(each, msgspec.Struct))
            if parts and not isinstance(parts[0], _ONE_WORD):
                yield name, f"{_head(name)}: {'; '.join(map(self.line, parts))}", parts
            elif text := self._text(name, value):
                stead = known.get(_STEADS.get(name, ""))
                told = text if isinstance(value, bool) else f"{_head(name)}: {text}"
                yield name, _("{told} atas nama {name}").format(told=told, name=stead) if stead else told, ()

    def _text(self, name: str, value: object) -> str:
        if isinstance(value, bool):
            return _yes_words().get(name, field_word(name)) if value else ""
        if isinstance(value, list | tuple):
            return ", ".join(self._text(name, each) for each in value)
        if isinstance(value, Words):
            return value.within(language())
        if isinstance(value, ticket.Ticket):
            return value.label
        if isinstance(value, StrEnum):
            return word(value)
        return "" if value is None else self._plain(name, value)

    def _plain(self, name: str, value: object) -> str:
        if isinstance(value, int) and name.endswith(STAMPS):
            return moment_words(to_datetime(value, self.zone))
        if isinstance(value, int) and name in _REFERENCES:
            return self.number_of(name, value)
        if isinstance(value, int) and name.endswith("_ms"):
            return formats.format_stopwatch(value / 1000)
        if isinstance(value, float):
            return formats.format_number(value)
        text = str(value)
        if text and name.endswith(_DAYS):
            return _day(text)
        if name in _WORDS:
            return _WORDS[name](text)
        kind = _KEYS.get(name)
        return word(kind(text)) if kind is not None and text in list(kind) else text


def moment_words(moment: datetime) -> str:
    """Date and time, as the office writes them."""
    return f"{formats.format_date(moment.date(), 'short')} {formats.format_clock(moment)}"


def _several(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _is_told(name: str, known: Mapping[str, object]) -> bool:
    """Return whether a field is shown: the program's own numbers only where people have no other."""
    if name in _UNTOLD or name.endswith("_en"):
        return False
    if name == "id":
        return not any(map(known.get, _NAMES)) and not _named_by_another(known)
    if name in _REFERENCES:
        return not any(map(known.get, _REFERENCES[name]))
    return not name.endswith("_id") or name in _ASKED_FOR


def _named_by_another(known: Mapping[str, object]) -> bool:
    """Return whether the visitor's number or the case names it, of which there is one at a time."""
    return "cause" not in known and ("case_id" in known or bool(known.get("label")))


def _head(name: str) -> str:
    words = field_word(name)
    return words[:1].upper() + words[1:]


def _day(text: str) -> str:
    try:
        return formats.format_date(date.fromisoformat(text), "short")
    except ValueError:
        return text
