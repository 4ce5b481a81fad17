"""The register of public-information requests, column by column as PerKI 1/2021 has it."""

from collections.abc import Callable
from datetime import datetime

from ult_desktop.base.formats import format_date
from ult_desktop.base.i18n import _
from ult_desktop.core.cases.ppid import (
    Decision,
    InformationRequest,
    Possession,
    access_word,
    decision_word,
    possession_word,
)


def columns() -> tuple[str, ...]:
    return (
        _("No. pendaftaran"),
        _("Tanggal"),
        _("Nama"),
        _("Alamat"),
        _("Nomor kontak"),
        _("Pekerjaan"),
        _("Informasi yang diminta"),
        _("Tujuan penggunaan"),
        _("Status informasi"),
        _("Bentuk informasi"),
        _("Jenis permohonan"),
        _("Keputusan"),
        _("Alasan penolakan"),
        _("Pemberitahuan tertulis"),
        _("Biaya dan cara pembayaran"),
    )


def register_row(request: InformationRequest, local: Callable[[int], datetime]) -> tuple[str, ...]:
    """One line; `local` gives a stamp (UTC ms) in the office's zone."""

    def day(at: int | None) -> str:
        return "" if at is None else format_date(local(at), "short")

    return (
        request.number,
        day(request.registered_at),
        request.name,
        request.address,
        request.contact,
        request.occupation,
        request.wanted,
        request.purpose,
        possession_word(Possession(request.held)) if request.held else "",
        request.copy_form,
        access_word(request.access),
        decision_word(Decision(request.decision)) if request.decision else "",
        request.refusal,
        day(request.noticed_at),
        request.cost,
    )
