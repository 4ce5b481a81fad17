"""The retention of personal data (jadwal retensi): how long each kind is kept after visit and case ended.

UU 27/2022 Pasal 42–44: processing ends and data is erased when its purpose is reached, by the office's
schedule (jadwal retensi arsip). Only personal text is erased: rows, counts and the log stay. The records of
what is due, and of the runs that erase it, are here too.
"""

from typing import Annotated
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Meta

from ult_desktop.base import WordEnum, _, counted
from ult_desktop.core.stamps import months_on, to_datetime, to_stamp

Months = Annotated[int, Meta(ge=0, le=600, description="bulan, 0 sampai 600")]


class RetentionKind(WordEnum):
    """The kinds of data in the schedule. The value is its name in the office's settings."""

    CONTACT = "contact", "Telepon dan surel tamu"
    CALLER = "caller", "Nomor dan data penelepon"
    REQUESTER = "requester", "Kontak pemohon daring"
    NAME = "name", "Nama dan pekerjaan tamu"
    REMEMBERED = "remembered", "Tamu yang setuju diingat"
    IDENTITY = "identity", "Akhir nomor identitas"
    LETTER = "letter", "Surat, surat kuasa, SPD, dan pindaiannya"
    DELIVERY = "delivery", "Penerima jawaban dan buktinya"
    CASE = "case", "Isi permohonan, jawaban, catatan, dan berkasnya"
    PPID = "ppid", "Data pemohon informasi publik"
    DESK = "desk", "Buku laporan harian"
    REGISTER = "register", "Permintaan subjek data"


class Schedule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The months that each kind is kept after the visit and its case have ended; 0: until the next run.

    The defaults hold until the office's own jadwal retensi arsip says otherwise (docs/domain.md, A8). A
    guest's name and contact are kept for a year; a caller's number half a year, for it is for calling back; a
    guest who agreed to be known again, two years after they last came; the end of an identity number a month,
    for it proved something that day. Letters and receipts are kept for two years, in which a complaint about
    the answer can still come. What was asked and answered, and the applicant in the PPID register, are kept
    for five years: they are accounted for yearly and may be disputed.
    """

    contact: Months = 12
    caller: Months = 6
    requester: Months = 12
    name: Months = 12
    remembered: Months = 24
    identity: Months = 1
    letter: Months = 24
    delivery: Months = 24
    case: Months = 60
    ppid: Months = 60
    desk: Months = 24
    register: Months = 60

    def months(self, kind: RetentionKind) -> int:
        """Return for how many months a kind is kept."""
        return int(getattr(self, kind.value))

    def cutoff(self, kind: RetentionKind, now: int, zone: ZoneInfo) -> int:
        """Return the stamp (UTC ms) before which a visit must have ended for its data to be due at `now`."""
        return months_before(now, self.months(kind), zone)


def months_before(now: int, months: int, zone: ZoneInfo) -> int:
    """Return the stamp (UTC ms) of this time `months` ago; on the last day of a month that is too short."""
    return to_stamp(months_on(to_datetime(now, zone), -months))


def months_words(months: int) -> str:
    """Return a period in words; 0 months means: until the purpose of the data is reached."""
    return counted("{n} bulan", months) if months else _("sampai selesai")


def retention_words(months: int) -> str:
    """Return in words how long data is kept, and from when that is counted."""
    if not months:
        return _("sampai kunjungan dan permohonannya selesai")
    return _("{time} sesudah kunjungan dan permohonannya selesai").format(time=months_words(months))


def retention_reason(kind: RetentionKind) -> str:
    """Return, in words, why a kind is kept as long as its default says."""
    return {
        RetentionKind.CONTACT: _("untuk pelayanan dan pertanyaan susulan setahun"),
        RetentionKind.CALLER: _("untuk menelepon balik; setelah itu tidak diperlukan"),
        RetentionKind.REQUESTER: _("untuk jawaban dan pertanyaan susulan setahun"),
        RetentionKind.NAME: _("laporan tahunan; hitungan tetap utuh tanpa nama"),
        RetentionKind.REMEMBERED: _("persetujuan tamu, sampai dua tahun atau ditarik"),
        RetentionKind.IDENTITY: _("bukti pemeriksaan hari itu, hanya empat angka terakhir"),
        RetentionKind.LETTER: _("bukti kewenangan selama pengaduan masih mungkin"),
        RetentionKind.DELIVERY: _("tanda terima selama pengaduan masih mungkin"),
        RetentionKind.CASE: _("arsip pertanggungjawaban layanan"),
        RetentionKind.PPID: _("register PPID: laporan tahunan, keberatan, dan sengketa (UU 14/2008)"),
        RetentionKind.DESK: _("laporan keamanan dan resepsionis"),
        RetentionKind.REGISTER: _("bukti kepatuhan UU 27/2022"),
    }[kind]


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """The number of due rows of one field, and the oldest of them (UTC ms); `field` is "table.column"."""

    kind: RetentionKind
    field: str
    count: int
    oldest: int | None


class RetentionRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run that erases what is due, in portions. Times UTC ms; `counts` are the erased values by kind.

    `more`: something is still due.
    """

    id: int
    began_at: int
    ended_at: int | None
    officer: str
    counts: dict[str, int]
    files: int
    more: bool

    @property
    def total(self) -> int:
        """The number of erased values."""
        return sum(self.counts.values())
