"""The register of information requests (PPID) as a table, for files that other programs read."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from ult_desktop.base import _
from ult_desktop.core.cases.ppid import CopyForm, Decision, InformationRequest, Possession
from ult_desktop.core.fields import head_words
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart
from ult_desktop.core.person import ApplicantFields
from ult_desktop.core.stamps import office_day


def ppid_register(title: str, requests: Sequence[InformationRequest], zone: ZoneInfo) -> ReportPart:
    """Return the register with the columns that the law demands."""
    return ReportPart(
        key="ppid_register",
        title=title,
        columns=_ppid_columns(),
        keys=tuple(request.number for request in requests),
        rows=tuple(_ppid_row(request, zone) for request in requests),
    )


def _ppid_columns() -> tuple[ReportColumn, ...]:
    heads = (
        ("number", _("No. pendaftaran")),
        ("registered", _("Tanggal")),
        *((name, head_words(name, ApplicantFields.__name__)) for name in ApplicantFields.__struct_fields__),
        ("wanted", _("Informasi yang diminta")),
        ("purpose", _("Tujuan penggunaan")),
        ("held", _("Status informasi")),
        ("form", _("Bentuk informasi")),
        ("access", _("Jenis permohonan")),
        ("decision", _("Keputusan")),
        ("refusal", _("Alasan penolakan")),
        ("noticed", _("Pemberitahuan tertulis")),
        ("cost", _("Biaya dan cara pembayaran")),
    )
    kinds = dict.fromkeys(("registered", "noticed"), ColumnKind.DATE)
    return tuple(ReportColumn(key, head, kinds.get(key, ColumnKind.TEXT)) for key, head in heads)


def _ppid_row(request: InformationRequest, zone: ZoneInfo) -> tuple[str, ...]:
    def day(at: int | None) -> str:
        return "" if at is None else office_day(at, zone)

    return (
        request.number,
        day(request.registered_at),
        *(getattr(request, name) for name in ApplicantFields.__struct_fields__),
        request.wanted,
        request.purpose,
        Possession(request.held).word if request.held else "",
        CopyForm(request.copy_form).word,
        request.access.word,
        Decision(request.decision).word if request.decision else "",
        request.refusal,
        day(request.noticed_at),
        request.cost,
    )
