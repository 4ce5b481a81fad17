"""The heads of the timeline's lines: what happened to a case, in a word or two."""

from ult_desktop.base import WordEnum
from ult_desktop.core.cases.case import OUTCOME_TAKEN_BACK


class EntryKind(WordEnum):
    """The kind of a timeline line. A line may have another kind, which has no words here."""

    OPENED = "opened", "Permohonan dicatat"
    FROM_PAPER = "from_paper", "Dicatat belakangan dari kertas"
    QUESTION = "question", "Pertanyaan lanjutan"
    NOTE = "note", "Catatan"
    DOCUMENT = "document", "Berkas dilampirkan"
    OWNER = "owner", "Dialihkan ke petugas lain"
    OUTCOME_AVAILABLE = "outcome_tersedia", "Hasil: tersedia"
    OUTCOME_EXCLUDED = "outcome_dikecualikan", "Hasil: dikecualikan"
    OUTCOME_UNAVAILABLE = "outcome_tidak_tersedia", "Hasil: tidak tersedia"
    OUTCOME_TAKEN_BACK = OUTCOME_TAKEN_BACK, "Hasil diurungkan"
    ANSWER = "answer", "Jawaban ditulis"
    ANSWER_BANK = "answer_bank", "Jawaban dari bank jawaban"
    ESCALATED = "escalated", "Diteruskan"
    RECEIVED = "received", "Diterima"
    ASSIGNED = "assigned", "Ditugaskan"
    CAN_BE_SOLVED = "can_be_solved", "Telaah: bisa diselesaikan"
    CANNOT_BE_SOLVED = "cannot_be_solved", "Telaah: perlu unit lain"
    REFERRED = "referred", "Disposisi ke unit lain"
    DIRECTION = "direction", "Arahan diberikan"
    RETURNED = "returned", "Jawaban dikembalikan"
    ACKNOWLEDGED = "acknowledged", "Jawaban diterima kembali"
    WITHDRAWN = "withdrawn", "Ditarik kembali"
    VISITOR = "visitor", "Pengunjung"
    DELIVERED = "delivered", "Jawaban disampaikan"
    RECEIPT = "receipt", "Tanda terima"
    RESCHEDULED = "rescheduled", "Dijadwalkan ulang"
    CHECKED_IN = "checked_in", "Pemohon datang kembali"
    CAME_AGAIN = "came_again", "Pemohon datang lagi"
    MISSED = "missed", "Janji temu terlewat"
    APPOINTMENT_CANCELLED = "appointment_cancelled", "Janji temu dibatalkan"
    PPID_REGISTERED = "ppid_registered", "Permohonan informasi didaftarkan"
    PPID_EXTENDED = "ppid_extended", "Waktu diperpanjang"
    PPID_DECIDED = "ppid_decided", "Keputusan PPID"
    PPID_NOTICE = "ppid_notice", "Pemberitahuan tertulis"
    OBJECTION = "objection", "Keberatan diajukan"
    OBJECTION_ANSWERED = "objection_answered", "Keberatan ditanggapi"
    DISPUTE = "dispute", "Sengketa informasi"
    CLOSED = "closed", "Permohonan ditutup"


def entry_word(kind: str) -> str:
    """Return the head of a line of this kind; "" for a kind that is not in `EntryKind`."""
    return EntryKind(kind).word if kind in set(EntryKind) else ""
