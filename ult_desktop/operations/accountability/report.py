"""The register of deviations as a table, and the accountability report that the head signs."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from ult_desktop.base import _, formats, pgettext
from ult_desktop.core.accountability import deviation_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.core.stamps import minute_at
from ult_desktop.db.accountability import deviations
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.operation import refuse
from ult_desktop.operations.sheets import dated_signature, letterhead, period_words


def deviation_register(title: str, shown: Sequence[Deviation], zone: ZoneInfo) -> ReportPart:
    """Return the register with one line per deviation, those marked as false included."""
    return ReportPart(
        key="deviation_register",
        title=title,
        columns=_register_columns(),
        keys=tuple(str(deviation.id) for deviation in shown),
        rows=tuple(_register_row(deviation, zone) for deviation in shown),
    )


def _register_columns() -> tuple[ReportColumn, ...]:
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
        ("spent", _("Terpakai"), ColumnKind.TEXT),
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


def _register_row(deviation: Deviation, zone: ZoneInfo) -> tuple[ReportValue, ...]:
    return (
        deviation.id,
        deviation.day,
        minute_at(deviation.made_at, zone),
        deviation_words.headline(deviation),
        deviation.title,
        deviation.activity,
        deviation.item,
        deviation.label,
        deviation_words.officer_words(deviation),
        deviation.standard if deviation.kind is DeviationKind.TIME else "",
        deviation.spent.words if deviation.spent else "",
        deviation.cause,
        deviation.correction,
        deviation.responsible,
        minute_at(deviation.explained_at, zone),
        deviation.explained_by,
        deviation_words.state_words(deviation),
        minute_at(deviation.reviewed_at, zone),
        deviation.reviewed_by,
        deviation.remark,
        minute_at(deviation.false_at, zone),
        deviation.false_by,
        deviation.false_reason,
    )


def accountability_sheet(tx: Transaction, first_day: str, last_day: str, now: int) -> Sheet:
    """Return every deviation between two of the office's days (ISO), the oldest first. `now` is UTC ms.

    Raises:
        UserError: there are more than one sheet may hold. None is left out silently.
    """
    shown = _require_shown(tx, first_day, last_day)
    settings = office.load(tx).settings
    lines = [_cells(number, deviation) for number, deviation in enumerate(shown, 1)]
    return Sheet(
        office=letterhead(settings),
        title=_title(),
        number=period_words(first_day, last_day),
        # The same lines as single rows, for a paper too narrow for columns.
        rows=tuple(
            SheetRow(f"{number}. {day}", " · ".join(" ".join(cell.split()) for cell in cells if cell))
            for number, day, *cells in lines
        ),
        table=(Cells(_heads()), *map(Cells, lines)),
        notes=_count_words(shown),
        signatures=(dated_signature(settings, now),),
        numbered=True,
    )


def accountability_table(tx: Transaction, first_day: str, last_day: str) -> ReportPart:
    """Return the same deviations as `accountability_sheet`, as a table for other programs.

    Raises:
        UserError: as `accountability_sheet`.
    """
    title = f"{_title()} {period_words(first_day, last_day)}"
    return deviation_register(title, _require_shown(tx, first_day, last_day), office.zone(tx))


def _title() -> str:
    return _("Laporan Pertanggungjawaban Penyimpangan")


def _require_shown(tx: Transaction, first_day: str, last_day: str) -> tuple[Deviation, ...]:
    """Return the deviations of the period, the oldest first. Raises UserError when there are too many."""
    newest_first = deviations.between(tx, first_day, last_day)
    if len(newest_first) == deviations.MAX_SHOWN:
        raise refuse(
            _("Lebih dari {n} penyimpangan dalam masa itu.").format(n=deviations.MAX_SHOWN - 1),
            _("Pilih masa yang lebih pendek."),
        )
    return newest_first[::-1]


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Tanggal"),
        pgettext("one", "Penyimpangan"),
        pgettext("one", "Pelaksana"),
        _("Waktu"),
        _("Penyebab"),
        _("Perbaikan"),
        _("Penanggung jawab"),
        _("Keadaan"),
    )


def _cells(number: int, deviation: Deviation) -> tuple[str, ...]:
    return (
        str(number),
        formats.format_date(date.fromisoformat(deviation.day), "short"),
        _lines(
            deviation_words.headline(deviation),
            "" if deviation_words.subject(deviation) == deviation.activity else deviation.activity,
            deviation.label,
        ),
        deviation_words.officer_words(deviation),
        deviation_words.time_words(deviation),
        deviation.cause,
        deviation.correction,
        deviation.responsible,
        _lines(
            deviation_words.state_words(deviation),
            deviation.false_reason or deviation.remark,
            deviation.false_by or deviation.reviewed_by,
        ),
    )


def _lines(*parts: str) -> str:
    return "\n".join(filter(None, parts))


def _count_words(shown: Sequence[Deviation]) -> tuple[str, ...]:
    """Return the counts by kind and by state in words. Deviations marked as false are counted apart."""
    counted = [deviation for deviation in shown if not deviation.is_false]
    kinds = Counter(deviation.kind for deviation in counted)
    states = Counter(deviation.state for deviation in counted)
    return (
        _("Jumlah: {n}").format(n=len(counted)),
        " · ".join(f"{kind.word}: {kinds[kind]}" for kind in DeviationKind),
        " · ".join(f"{state.word}: {states[state]}" for state in DeviationState),
        _("Ditandai keliru, dihitung terpisah: {n}").format(n=len(shown) - len(counted)),
    )
