"""The register of deviations, and the report that the head signs."""

from collections import Counter
from collections.abc import Iterable, Sequence
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


def _deviation_row(found: Deviation, zone: ZoneInfo) -> tuple[ReportValue, ...]:
    return (
        found.id,
        found.day,
        minute_at(found.made_at, zone),
        deviation_words.headline(found),
        found.title,
        found.activity,
        found.item,
        found.label,
        deviation_words.officer_words(found),
        found.standard if found.kind is DeviationKind.TIME else "",
        found.spent.words if found.spent else "",
        found.cause,
        found.correction,
        found.responsible,
        minute_at(found.explained_at, zone),
        found.explained_by,
        deviation_words.state_words(found),
        minute_at(found.reviewed_at, zone),
        found.reviewed_by,
        found.remark,
        minute_at(found.false_at, zone),
        found.false_by,
        found.false_reason,
    )


def accountability_sheet(tx: Transaction, first_day: str, last_day: str, now: int) -> Sheet:
    """Return every deviation between two of the office's days (ISO), the oldest first. `now` is UTC ms.

    Raises:
        UserError: there are more than one sheet may hold, and none is left out silently.
    """
    found = _between(tx, first_day, last_day)
    settings = office.load(tx).settings
    return Sheet(
        office=letterhead(settings),
        title=_title(),
        number=period_words(first_day, last_day),
        rows=tuple(_row(place, each) for place, each in enumerate(found, 1)),
        table=(Cells(_heads()), *(Cells(_cells(place, each)) for place, each in enumerate(found, 1))),
        notes=_counts(found),
        signatures=(dated_signature(settings, now),),
        numbered=True,
    )


def accountability_table(tx: Transaction, first_day: str, last_day: str) -> ReportPart:
    """Return the same deviations as `accountability_sheet`, as a table for other programs.

    Raises:
        UserError: as `accountability_sheet`.
    """
    return deviation_register(
        f"{_title()} {period_words(first_day, last_day)}", _between(tx, first_day, last_day), office.zone(tx)
    )


def _title() -> str:
    return _("Laporan Pertanggungjawaban Penyimpangan")


def _between(tx: Transaction, first_day: str, last_day: str) -> tuple[Deviation, ...]:
    found = deviations.between(tx, first_day, last_day)[::-1]
    if len(found) == deviations.MAX_SHOWN:
        raise refuse(
            _("Lebih dari {n} penyimpangan dalam masa itu.").format(n=deviations.MAX_SHOWN - 1),
            _("Pilih masa yang lebih pendek."),
        )
    return found


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


def _cells(place: int, found: Deviation) -> tuple[str, ...]:
    return (
        str(place),
        formats.format_date(date.fromisoformat(found.day), "short"),
        _lines(
            deviation_words.headline(found),
            "" if deviation_words.subject(found) == found.activity else found.activity,
            found.label,
        ),
        deviation_words.officer_words(found),
        deviation_words.time_words(found),
        found.cause,
        found.correction,
        found.responsible,
        _lines(
            deviation_words.state_words(found),
            found.false_reason or found.remark,
            found.false_by or found.reviewed_by,
        ),
    )


def _row(place: int, found: Deviation) -> SheetRow:
    """Return the table's line as one row, for a paper too narrow for columns."""
    _place, day, *texts = _cells(place, found)
    return SheetRow(f"{place}. {day}", " · ".join(" ".join(part.split()) for part in texts if part))


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _counts(found: Sequence[Deviation]) -> tuple[str, ...]:
    """Return the counts by kind and by state in words. Deviations marked as false are counted apart."""
    true = [each for each in found if not each.is_false]
    kinds, states = Counter(each.kind for each in true), Counter(each.state for each in true)
    lines = [
        _("Jumlah: {n}").format(n=len(true)),
        " · ".join(f"{kind.word}: {kinds[kind]}" for kind in DeviationKind),
        " · ".join(f"{state.word}: {states[state]}" for state in DeviationState),
        _("Ditandai keliru, dihitung terpisah: {n}").format(n=len(found) - len(true)),
    ]
    return tuple(lines)
