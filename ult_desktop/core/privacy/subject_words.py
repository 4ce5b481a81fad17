"""The words for the parts and fields of a data subject's copy, and for openings."""

from collections.abc import Mapping
from datetime import date

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases import delivery, ppid, timeline_words
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.phone.phone_call import AttemptResult
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits import identity, visit


def part_word(part: str) -> str:
    return {
        "visit": _("Kunjungan"),
        "guest": _("Buku tamu"),
        "ticket": pgettext("many", "Nomor antrean"),
        "identity_check": pgettext("many", "Pemeriksaan identitas"),
        "representation": pgettext("many", "Surat kuasa"),
        "letter": pgettext("many", "Surat"),
        "requirement_check": _("Kelengkapan syarat"),
        "spd_signing": _("SPD"),
        "document": _("Berkas pindaian"),
        "card_loan": _("Kartu yang dititipkan"),
        "badge_loan": pgettext("many", "Tag tamu"),
        "vulnerability": _("Kelompok rentan"),
        "device_loan": _("Alat bantu"),
        "escort": _("Pendampingan"),
        "phone_call": _("Telepon"),
        "call_attempt": pgettext("many", "Telepon balik"),
        "casefile": pgettext("many", "Permohonan"),
        "online_request": pgettext("many", "Permintaan daring"),
        "case_entry": _("Catatan permohonan"),
        "delivery": _("Penyampaian jawaban"),
        "appointment": _("Janji temu"),
        "information_request": _("Informasi publik"),
        "objection": pgettext("many", "Keberatan"),
        "handover": _("Penyerahan ke helpdesk"),
        "escalation": _("Disposisi"),
        "desk_entry": _("Buku laporan"),
        "subject_request": _("Permintaan subjek data"),
    }[part]


def place_word(place: str) -> str:
    """Return a place of the schedule, "table.column", in words: "Buku tamu · telepon"."""
    part, field = place.split(".")
    return f"{part_word(part)} · {field_word(field)}"


def field_word(field: str) -> str:
    """Return the name of a column."""
    return known_field_words()[field]


def known_field_words() -> dict[str, str]:
    return {**_visit_words(), **_case_words()}


def _visit_words() -> dict[str, str]:
    """Return the names of the columns of what was noted at the entrance and the desk."""
    return {
        "day": _("tanggal"),
        "channel": _("saluran"),
        "began_at": _("mulai"),
        "ended_at": _("selesai"),
        "purpose": _("keperluan"),
        "remark": _("catatan"),
        "name": _("nama"),
        "institution": _("instansi"),
        "regency": _("kabupaten/kota"),
        "phone": _("telepon"),
        "email": _("surel"),
        "occupation": _("pekerjaan"),
        "meets": _("bertemu"),
        "letter_number": _("nomor surat"),
        "letter_date": _("tanggal surat"),
        "remember": _("setuju diingat"),
        "notice": _("versi pemberitahuan privasi"),
        "at": _("waktu"),
        "label": _("nomor"),
        "issued_at": _("diambil"),
        "kind": _("jenis"),
        "number_tail": _("akhir nomor"),
        "matches": _("cocok"),
        "principal": _("atas nama"),
        "relation": _("hubungan"),
        "issuer": _("penerbit"),
        "number": _("nomor"),
        "date": _("tanggal"),
        "subject": _("perihal"),
        "traveller": _("pelaksana"),
        "origin": _("asal"),
        "size": _("ukuran (bita)"),
    }


def _case_words() -> dict[str, str]:
    """Return the names of the columns of what was lent, asked, and answered."""
    return {
        "lent_at": _("diserahkan"),
        "returned_at": _("kembali"),
        "given_at": _("diberikan"),
        "grounds": _("kelompok"),
        "help": _("bantuan"),
        "declared_at": _("disampaikan"),
        "leg": _("bagian"),
        "supporting": _("data pendukung"),
        "promised_at": _("dijanjikan"),
        "opened_at": _("dibuka"),
        "detail": _("isi"),
        "answer": _("jawaban"),
        "closed_at": _("ditutup"),
        "source": _("sumber"),
        "topic": _("topik"),
        "received_at": _("diterima"),
        "text": _("teks"),
        "way": _("cara"),
        "recipient": _("penerima"),
        "proof": _("bukti"),
        "receipt": _("tanda terima"),
        "code": _("kode"),
        "reason": _("alasan"),
        "registered_at": _("didaftarkan"),
        "address": _("alamat"),
        "contact": _("kontak"),
        "wanted": _("informasi yang diminta"),
        "decision": _("keputusan"),
        "filed_at": _("diajukan"),
        "position": _("kasus posisi"),
        "proxy": _("kuasa"),
        "sha256": _("isi berkas"),
        "instruction": _("instruksi"),
        "sent_at": _("dikirim"),
        "answered_at": _("dijawab"),
        "missing": _("syarat yang kurang"),
        "result": _("hasil"),
    }


def value_word(field: str, value: str) -> str:
    """Return a key, a day or a yes in words; everything else as it is in the file."""
    if field in ("remember", "matches"):
        return _("ya") if value == "1" else _("tidak")
    if field in ("day", "date", "letter_date"):
        return day_word(value)
    return _value_words().get(field, {}).get(value, value)


def day_word(day: str) -> str:
    """Return a day as the office writes it; what is no day of the calendar stays as it is."""
    try:
        return formats.format_date(date.fromisoformat(day), "long")
    except ValueError:
        return day


def _value_words() -> dict[str, Mapping[str, str]]:
    """Return the words of the columns that keep keys, by column and key."""
    return {
        "kind": {
            **{key: key.word for key in identity.IdDocument},
            **{key: key.word for key in identity.LetterKind},
            **{key: key.word for key in timeline_words.EntryKind},
        },
        "channel": {key: key.word for key in visit.VisitChannel},
        "grounds": {key: key.word for key in PriorityReason},
        "help": {key: key.word for key in Help},
        "leg": {key: key.word for key in Leg},
        "source": {key: key.word for key in OnlineSource},
        "way": {key: key.word for key in delivery.DeliveryChannel},
        "decision": {key: key.word for key in ppid.Decision},
        "result": {key: key.word for key in AttemptResult},
    }


def opening_words(what: str) -> str:
    """Return the words of `what`: a kind, or a kind and a number ("receipt:12").

    An unknown one stays as it is.
    """
    kind, _colon, subject = what.partition(":")
    words = {
        "visit": _("data kunjungan dibuka"),
        "receipt": _("tanda terima {n} dicetak"),
        "registration": _("bukti pendaftaran {n} dicetak"),
        "case_file": _("berkas permohonan {n} dicetak"),
        "document": _("dokumen {n} dibuka"),
        "appointment": _("kontak janji temu {n} dibuka"),
        "ppid": _("register permohonan informasi {n} dibuka"),
        "guest_book": _("buku tamu {n} dibuka"),
        "subject": _("data untuk permintaan subjek data {n} dibuka"),
    }
    return words.get(kind, what).format(n=subject)
