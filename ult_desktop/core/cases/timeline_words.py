"""What happened to a case, in a word or two: the heads of the timeline's lines."""

from enum import StrEnum

from ult_desktop.base import _


class EntryKind(StrEnum):
    """A line of the timeline. Other parts of the office add kinds of their own, as plain text."""

    OPENED = "opened"
    QUESTION = "question"
    NOTE = "note"
    DOCUMENT = "document"
    OWNER = "owner"
    OUTCOME_AVAILABLE = "outcome_tersedia"
    OUTCOME_EXCLUDED = "outcome_dikecualikan"
    OUTCOME_UNAVAILABLE = "outcome_tidak_tersedia"
    ANSWER = "answer"
    ANSWER_BANK = "answer_bank"
    ESCALATED = "escalated"
    RECEIVED = "received"
    ASSIGNED = "assigned"
    CAN_BE_SOLVED = "can_be_solved"
    CANNOT_BE_SOLVED = "cannot_be_solved"
    REFERRED = "referred"
    DIRECTION = "direction"
    RETURNED = "returned"
    ACKNOWLEDGED = "acknowledged"
    WITHDRAWN = "withdrawn"
    VISITOR = "visitor"
    DELIVERED = "delivered"
    RECEIPT = "receipt"
    RESCHEDULED = "rescheduled"
    CHECKED_IN = "checked_in"
    MISSED = "missed"
    APPOINTMENT_CANCELLED = "appointment_cancelled"
    PPID_REGISTERED = "ppid_registered"
    PPID_EXTENDED = "ppid_extended"
    PPID_DECIDED = "ppid_decided"
    PPID_NOTICE = "ppid_notice"
    OBJECTION = "objection"
    OBJECTION_ANSWERED = "objection_answered"
    DISPUTE = "dispute"
    CLOSED = "closed"


def entry_word(kind: str) -> str:
    """The line's head; a kind of another part of the office is shown by its text alone."""
    return _words().get(kind, "")


def _words() -> dict[str, str]:
    return {
        EntryKind.OPENED: _("Permohonan dicatat"),
        EntryKind.QUESTION: _("Pertanyaan lanjutan"),
        EntryKind.NOTE: _("Catatan"),
        EntryKind.DOCUMENT: _("Berkas dilampirkan"),
        EntryKind.OWNER: _("Dialihkan ke petugas lain"),
        EntryKind.OUTCOME_AVAILABLE: _("Hasil: tersedia"),
        EntryKind.OUTCOME_EXCLUDED: _("Hasil: dikecualikan"),
        EntryKind.OUTCOME_UNAVAILABLE: _("Hasil: tidak tersedia"),
        EntryKind.ANSWER: _("Jawaban ditulis"),
        EntryKind.ANSWER_BANK: _("Jawaban dari bank jawaban"),
        **_escalation_words(),
        **_ending_words(),
    }


def _escalation_words() -> dict[str, str]:
    return {
        EntryKind.ESCALATED: _("Diteruskan"),
        EntryKind.RECEIVED: _("Diterima"),
        EntryKind.ASSIGNED: _("Ditugaskan"),
        EntryKind.CAN_BE_SOLVED: _("Telaah: bisa diselesaikan"),
        EntryKind.CANNOT_BE_SOLVED: _("Telaah: perlu unit lain"),
        EntryKind.REFERRED: _("Disposisi ke unit lain"),
        EntryKind.DIRECTION: _("Arahan diberikan"),
        EntryKind.RETURNED: _("Jawaban dikembalikan"),
        EntryKind.ACKNOWLEDGED: _("Jawaban diterima kembali"),
        EntryKind.WITHDRAWN: _("Ditarik kembali"),
        EntryKind.VISITOR: _("Pengunjung"),
    }


def _ending_words() -> dict[str, str]:
    return {
        EntryKind.DELIVERED: _("Jawaban disampaikan"),
        EntryKind.RECEIPT: _("Tanda terima"),
        EntryKind.RESCHEDULED: _("Dijadwalkan ulang"),
        EntryKind.CHECKED_IN: _("Pemohon datang kembali"),
        EntryKind.MISSED: _("Janji temu terlewat"),
        EntryKind.APPOINTMENT_CANCELLED: _("Janji temu dibatalkan"),
        EntryKind.PPID_REGISTERED: _("Permohonan informasi didaftarkan"),
        EntryKind.PPID_EXTENDED: _("Waktu diperpanjang"),
        EntryKind.PPID_DECIDED: _("Keputusan PPID"),
        EntryKind.PPID_NOTICE: _("Pemberitahuan tertulis"),
        EntryKind.OBJECTION: _("Keberatan diajukan"),
        EntryKind.OBJECTION_ANSWERED: _("Keberatan ditanggapi"),
        EntryKind.DISPUTE: _("Sengketa informasi"),
        EntryKind.CLOSED: _("Permohonan ditutup"),
    }
