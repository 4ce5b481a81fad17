"""The words for the parts and values of a data subject's copy, and for what was opened in clear."""

from collections.abc import Mapping
from datetime import date

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases import delivery, ppid, timeline_words
from ult_desktop.core.fields import row_words
from ult_desktop.core.online.online_request import OnlineSource
from ult_desktop.core.phone.phone_call import AttemptResult
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits import identity, visit


def part_word(part: str) -> str:
    """Return the name for people of a part of the copy, which is a table of the office file."""
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


def column_words(column: str) -> str:
    """Return a column of the office file, "table.column", in words: "Buku tamu · telepon"."""
    part, field = column.split(".")
    return f"{part_word(part)} · {row_words(field)}"


def value_word(field: str, value: str) -> str:
    """Return the value of a column in words: a key, a day, a yes or no; other values stay as they are."""
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
        "known_by": {key: key.word for key in identity.KnownBy},
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
    """Return in words what was opened: `what` is a kind, or a kind and a number ("receipt:12").

    An unknown kind stays as it is.
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
