"""What the kiosk says when it cannot give a number, or not yet, and around the sending of a survey."""

from dataclasses import dataclass

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import OpeningStatus, Openness
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.ui.kiosk.visit import CodePurpose
from ult_desktop.ui.office_link.link_monitor import NO_WRITING, NotTried


@dataclass(frozen=True)
class Notice:
    """One message. `action` is the text of its button; without one it goes by itself."""

    icon: str
    tint: str
    title: str
    words: tuple[str, ...] = ()
    action: str = ""


def not_open(opening: OpeningStatus, office: OfficeIdentity) -> Notice:
    """Why no number can be taken now, and when it can again."""
    again = _opens_again(opening, office)
    if opening.state is Openness.HOLIDAY:
        title = _("Hari ini kami libur")
        return Notice("calendar-days", "violet", title, _filled(opening.reason, again))
    if opening.state is Openness.PAUSED:
        title = _("Pengambilan nomor dijeda sebentar")
        stay = _("Nomor yang sudah diambil tetap berlaku. Silakan bertanya kepada petugas.")
        return Notice("coffee", "amber", title, _filled(opening.reason, stay))
    return Notice("moon", "blue", _("Layanan sedang tutup"), _filled(opening.reason, again))


def cut_off(*, survey_only: bool = False) -> Notice:
    if survey_only:
        return Notice(
            "cloud-off",
            "orange",
            _("Survei belum bisa diisi"),
            (
                _("Layar ini sedang terputus."),
                _("Silakan minta lembar survei kepada petugas."),
                _("Mencoba menyambung kembali…"),
            ),
        )
    return Notice(
        "cloud-off",
        "orange",
        _("Mesin ini sedang terputus"),
        (
            _("Silakan hubungi petugas untuk mengambil nomor antrean."),
            _("Nomor yang sudah diambil tetap berlaku."),
            _("Mencoba menyambung kembali…"),
        ),
    )


def starting() -> Notice:
    return Notice("hourglass", "blue", _("Sebentar, mesin sedang disiapkan…"))


def taking() -> Notice:
    return Notice("hourglass", "blue", _("Mengambil nomor untuk Anda…"), (_("Mohon tunggu sebentar."),))


def refused(error: UserError) -> Notice:
    words = _filled(error.safe, error.todo)
    return Notice("circle-alert", "amber", error.what, words, _("Kembali ke awal"))


def _opens_again(opening: OpeningStatus, office: OfficeIdentity) -> str:
    if opening.opens_at is None:
        return ""
    moment = to_datetime(opening.opens_at, office.zone)
    return _("Buka kembali {day} pukul {clock}.").format(
        day=formats.format_date(moment), clock=formats.format_clock(moment)
    )


def _filled(*words: str) -> tuple[str, ...]:
    return tuple(word for word in words if word)


def is_outage(error: UserError) -> bool:
    """The office cannot be asked, or nothing may be written in it: not a matter of what was asked."""
    return isinstance(error, (ShareUnreachable, NotTried, *NO_WRITING))


def no_number_now() -> UserError:
    """This kiosk has nothing to stand on alone."""
    return UserError(
        _("Nomor belum bisa diambil: mesin ini sedang terputus."),
        safe=_("Nomor yang sudah diambil tetap berlaku."),
        todo=_("Silakan minta nomor kepada petugas."),
    )


def no_code_now(purpose: CodePurpose) -> UserError:
    """Instead of looking a code up."""
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
    return UserError(
        _("Kode belum bisa diperiksa: mesin ini sedang terputus."),
        todo=_("Tunjukkan kode Anda kepada petugas, atau coba lagi sebentar lagi."),
    )


def survey_not_sent() -> str:
    return _(
        "Belum terkirim: mesin ini sedang terputus. Jawaban Anda masih ada: sentuh Kirim lagi "
        "sebentar lagi. Bila Anda pergi, jawaban dihapus."
    )


def book_not_saved() -> str:
    return _(
        "Belum tersimpan: mesin ini sedang terputus. Isian Anda masih ada. Coba lagi sebentar "
        "lagi, atau minta bantuan petugas."
    )


def survey_thanks() -> Notice:
    return Notice(
        "heart-handshake",
        "green",
        _("Terima kasih atas penilaian Anda"),
        (_("Masukan Anda membantu kami meningkatkan pelayanan."), _("Petugas tidak melihat jawaban Anda.")),
        _("Selesai"),
    )


def survey_sending() -> Notice:
    return Notice("hourglass", "blue", _("Menyimpan jawaban Anda…"), (_("Mohon tunggu sebentar."),))
