"""Words for a visitor whose wish needs the office while this kiosk is cut off from it.

A visitor knows of no shared file. The words say what they cannot do now, what becomes of what they did, and
whom to ask.
"""

from ult_desktop.base import UserError, _
from ult_desktop.ui.kiosk.visit import CodePurpose


def no_number_error() -> UserError:
    """Return the error that this kiosk knows too little of the office to give numbers alone."""
    return UserError(
        _("Nomor belum bisa diambil: mesin ini sedang terputus."),
        safe=_("Nomor yang sudah diambil tetap berlaku."),
        todo=_("Silakan minta nomor kepada petugas."),
    )


def no_code_error(purpose: CodePurpose) -> UserError:
    """Return the error shown instead of looking a code up."""
    if purpose is CodePurpose.SURVEY:
        return UserError(
            _("Survei belum bisa dibuka: mesin ini sedang terputus."),
            todo=_("Isi nanti di mesin ini, atau minta lembar survei kepada petugas."),
        )
    if purpose is CodePurpose.BOOK:
        return UserError(
            _("Buku tamu belum bisa dibuka: mesin ini sedang terputus."),
            safe=_("Nomor Anda tetap berlaku."),
            todo=_("Isi nanti di mesin ini, atau minta bantuan petugas."),
        )
    if purpose is CodePurpose.NUMBER:
        return UserError(
            _("Giliran belum bisa dilihat: mesin ini sedang terputus."),
            safe=_("Nomor Anda tetap berlaku."),
            todo=_("Dengarkan panggilan petugas, atau tanyakan kepada petugas."),
        )
    return UserError(
        _("Kode belum bisa diperiksa: mesin ini sedang terputus."),
        todo=_("Tunjukkan kode Anda kepada petugas, atau coba lagi sebentar lagi."),
    )


def survey_not_sent_words() -> str:
    return _(
        "Belum terkirim: mesin ini sedang terputus. Jawaban Anda masih ada: sentuh Kirim lagi "
        "sebentar lagi. Bila Anda pergi, jawaban dihapus."
    )


def book_not_saved_words() -> str:
    return _(
        "Belum tersimpan: mesin ini sedang terputus. Isian Anda masih ada. Coba lagi sebentar "
        "lagi, atau minta bantuan petugas."
    )
