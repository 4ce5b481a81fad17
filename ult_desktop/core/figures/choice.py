"""The choice of a table: rows and figures that a person chooses, or a table that has a name.

The named ones hold what two other programs have as reports of their own: QSystem's of services, officers
and load by hour, and ZMS' of customers, waits and services (Kundenstatistik, Wartestatistik,
Dienstleistungsstatistik).
"""

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.core.figures.breakdown import Breakdown


class OtherRows(WordEnum):
    """The rows of tables that count something else than the queue; their columns are fixed."""

    STEP = "step", "Langkah"
    REGENCY = "regency", "Kabupaten/kota"
    INSTITUTION = "institution", "Instansi"


class TableChoice(msgspec.Struct, frozen=True):
    """A choice of a table: what its rows are, and the keys of its figures (none for `OtherRows`)."""

    rows: Breakdown | OtherRows
    figures: tuple[str, ...] = ()


class NamedTable(msgspec.Struct, frozen=True):
    """A choice with a name; `words` is that name."""

    key: str
    words: str
    choice: TableChoice


_SERVED = ("servings", "wait_mean", "serving_mean")


def named_tables() -> tuple[NamedTable, ...]:
    """Return the tables with names. The callers hide the one by officer from those who may not see it."""
    rows = Breakdown
    return (
        NamedTable(
            "customers",
            _("Pengunjung: datang dan tidak hadir"),
            TableChoice(rows.DAY, ("visits", "arrived", "served", "no_show", "no_show_share", "cancelled")),
        ),
        NamedTable(
            "waits",
            _("Menunggu dan berjalan, jam demi jam"),
            TableChoice(rows.HOUR, ("arrived", "wait_mean", "wait_median", "wait_p90", "walk_mean")),
        ),
        NamedTable(
            "services",
            _("Layanan: jumlah dan lamanya"),
            TableChoice(
                rows.SERVICE, ("visits", "servings", "serving_mean", "serving_median", "serving_p90")
            ),
        ),
        NamedTable("service_result", _("Hasil per layanan"), TableChoice(rows.SERVICE, _SERVED)),
        NamedTable("officer_result", _("Hasil per petugas"), TableChoice(rows.OFFICER, _SERVED)),
        NamedTable(
            "service_share", _("Perbandingan layanan"), TableChoice(rows.SERVICE, ("visits", "visits_share"))
        ),
        NamedTable("load", _("Beban kerja jam demi jam"), TableChoice(rows.HOUR, ("visits", "servings"))),
        NamedTable(
            "wait_by_service",
            _("Sebaran menunggu per layanan"),
            TableChoice(rows.SERVICE, ("wait_mean", "wait_median", "wait_p90")),
        ),
        NamedTable(
            "held", _("Ditunda per loket"), TableChoice(rows.COUNTER, ("visits", "holds", "hold_mean"))
        ),
        NamedTable("wait_by_regency", _("Menunggu per kabupaten/kota"), TableChoice(OtherRows.REGENCY)),
        NamedTable("wait_by_institution", _("Menunggu per instansi"), TableChoice(OtherRows.INSTITUTION)),
    )
