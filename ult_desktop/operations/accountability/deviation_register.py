"""The register of deviations as a table, for files that other programs read."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from ult_desktop.base import _, pgettext
from ult_desktop.core.accountability import words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.stamps import minute_at


def deviation_register(title: str, found: Iterable[Deviation], zone: ZoneInfo) -> ReportPart:
    """Return the register with one line per deviation, those marked as false included."""
    deviations = tuple(found)
    return ReportPart(
        key="deviation_register",
        title=title,
        columns=_deviation_columns(),
        keys=tuple(str(each.id) for each in deviations),
        rows=tuple(_deviation_row(each, zone) for each in deviations),
    )


def _deviation_columns() -> tuple[ReportColumn, ...]:
    heads = (
        ("number", _("No."), ColumnKind.COUNT),
        ("day", _("Tanggal"), ColumnKind.DATE),
        ("written", _("Dicatat"), ColumnKind.MOMENT),
        ("deviation", pgettext("one", "Penyimpangan"), ColumnKind.TEXT),
        ("procedure", _("Prosedur"), ColumnKind.TEXT),
        ("activity", _("Kegiatan"), ColumnKind.TEXT),
        ("item", _("Barang"), ColumnKind.TEXT),
        ("ticket", _("Nomor antrean"), ColumnKind.TEXT),
        ("officer", pgettext("one", "Pelaksana"), ColumnKind.TEXT),
        ("standard", _("Waktu baku"), ColumnKind.TEXT),
        ("spent", _("Terpakai"), ColumnKind.TIME),
        ("cause", _("Penyebab"), ColumnKind.TEXT),
        ("correction", _("Perbaikan"), ColumnKind.TEXT),
        ("responsible", _("Penanggung jawab"), ColumnKind.TEXT),
        ("explained", _("Dijelaskan"), ColumnKind.MOMENT),
        ("explained_by", _("Dijelaskan oleh"), ColumnKind.TEXT),
        ("state", _("Keadaan"), ColumnKind.TEXT),
        ("reviewed", _("Ditinjau"), ColumnKind.MOMENT),
        ("reviewed_by", _("Ditinjau oleh"), ColumnKind.TEXT),
        ("remark", _("Catatan"), ColumnKind.TEXT),
        ("false", _("Ditandai keliru"), ColumnKind.MOMENT),
        ("false_by", _("Ditandai keliru oleh"), ColumnKind.TEXT),
        ("false_reason", _("Alasan keliru"), ColumnKind.TEXT),
    )
    return tuple(ReportColumn(*head) for head in heads)


def _deviation_row(found: Deviation, zone: ZoneInfo) -> tuple[ReportValue, ...]:
    return (
        found.id,
        found.day,
        minute_at(found.made_at, zone),
        words.headline(found),
        found.title,
        found.activity,
        found.item,
        found.label,
        words.officer_words(found),
        found.standard if found.kind is DeviationKind.TIME else "",
        None if found.spent_ms is None else found.spent_ms / 1000,
        found.cause,
        found.correction,
        found.responsible,
        minute_at(found.explained_at, zone),
        found.explained_by,
        words.state_words(found),
        minute_at(found.reviewed_at, zone),
        found.reviewed_by,
        found.remark,
        minute_at(found.false_at, zone),
        found.false_by,
        found.false_reason,
    )
