"""The reasons why personal text was opened, in words, from the record of openings."""

from ult_desktop.base import _


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
