"""The tables of an indicator's proof: the program's own figures, and rows of the registers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.base import _, formats
from ult_desktop.core.evidence.figures import EvidenceTable
from ult_desktop.core.evidence.registers import (
    EvidenceLists,
    EvidenceRecord,
    Register,
    complaints_elsewhere,
    fields_of,
)
from ult_desktop.core.fields import field_words
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, PeriodFigures, longest_step
from ult_desktop.core.figures.period import Period, parse_period, year_until
from ult_desktop.core.figures.report import ColumnKind, ReportColumn, ReportPart, ReportValue
from ult_desktop.core.figures.tables import counted_part, table_of
from ult_desktop.core.office.standard import components_of
from ult_desktop.core.stamps import to_datetime
from ult_desktop.db.evidence import evidence
from ult_desktop.db.figures.periods import of_period
from ult_desktop.db.office import office, services
from ult_desktop.db.store.key_ranges import Reader
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements
from ult_desktop.operations.evidence.instruments import evidence_lists
from ult_desktop.operations.figures.outside_queue import care_in, care_rows, cases_in, parts_outside_the_queue
from ult_desktop.operations.figures.ppid_report import ppid_report
from ult_desktop.operations.figures.survey_parts import elements_part, plan_part
from ult_desktop.operations.survey.board import survey_board

_TEXT = ColumnKind.TEXT
_VISITS = ("visits", "persons", "served", "no_show", "wait_median", "wait_p90", "serving_median")
_KINDS = {"day": ColumnKind.DATE, "until": ColumnKind.DATE}
_COUNTS = ("persons", "received", "settled")
_NOT_SHOWN = "document_id"


class TableSource(Struct, frozen=True, kw_only=True):
    """The source of all tables: the reader, the moment (UTC ms), the office's day, and the year until it."""

    read: Reader
    now: int
    today: date
    year: Period

    @property
    def last_year(self) -> Period:
        """The whole year before this one, which an evaluation asks for."""
        return parse_period(str(self.today.year - 1))


def table_source_of(read: Reader, now: int) -> TableSource:
    today = to_datetime(now, read(office.zone)).date()
    return TableSource(read=read, now=now, today=today, year=year_until(today))


def tables_of(
    source: TableSource, wanted: Iterable[EvidenceTable]
) -> dict[EvidenceTable, tuple[ReportPart, ...]]:
    """Return the wanted tables. Figures that several of them need are read once."""
    names = set(wanted)
    outside_queue = dict[str, ReportPart]()
    if names & {EvidenceTable.MEASURED, EvidenceTable.DEVIATIONS}:
        for part in parts_outside_the_queue(source.read, source.year, source.now):
            outside_queue[part.key] = part
    figures = (
        of_period(source.read, source.year, source.now, NO_FILTER, longest_step((Breakdown.MONTH,)))
        if names & {EvidenceTable.VISITS, EvidenceTable.CARE}
        else None
    )
    make: dict[EvidenceTable, Callable[[], Iterable[ReportPart]]] = {
        EvidenceTable.STANDARDS: lambda: [source.read(_standards)],
        EvidenceTable.MEASURED: lambda: [_with_period(outside_queue["step"], source.year)],
        EvidenceTable.DEVIATIONS: lambda: [
            _with_period(outside_queue[key], source.year) for key in ("deviations", "causes")
        ],
        EvidenceTable.VISITS: lambda: [_visits(figures, source)] if figures else [],
        EvidenceTable.CARE: lambda: [_care(figures, source)] if figures else [],
        EvidenceTable.HOURS: lambda: [source.read(_hours)],
        EvidenceTable.SURVEY: lambda: _survey(source),
        EvidenceTable.IMPROVEMENTS: lambda: [
            plan_part(
                "plans",
                EvidenceTable.IMPROVEMENTS.word,
                source.read(improvements.every),
                source.today.isoformat(),
            )
        ],
        EvidenceTable.COMPLAINTS: lambda: [_complaints(source)],
        EvidenceTable.PPID: lambda: [
            _with_period(part, source.last_year)
            for part in ppid_report(source.read, source.last_year, source.now).parts
        ],
    }
    return {name: tuple(make[name]()) for name in make if name in names}


def _with_period(part: ReportPart, period: Period) -> ReportPart:
    """Return the part with the period in its title, and without its chart."""
    return replace(part, title=f"{part.title}: {period.words}", chart=None)


def _standards(tx: Transaction) -> ReportPart:
    """Return the 14 components of a standard: for how many services each is written, and for which not."""
    definitions = [row.definition for row in services.active(tx)]
    standards = [components_of(definition) for definition in definitions]
    rows = list[tuple[str, int, str | None]]()
    for number, components in enumerate(zip(*standards, strict=True), 1):
        by_service = zip(definitions, components, strict=True)
        lacking = [service.prefix for service, component in by_service if not component.lines]
        written_count = len(components) - len(lacking)
        rows.append((f"{number}. {components[0].name}", written_count, ", ".join(lacking) or None))
    return ReportPart(
        key="standards",
        title=EvidenceTable.STANDARDS.word,
        columns=(
            ReportColumn("component", _("Komponen"), _TEXT),
            ReportColumn("written", _("Tertulis pada layanan")),
            ReportColumn("lacking", _("Belum pada"), _TEXT),
        ),
        keys=tuple(row[0] for row in rows),
        rows=tuple(rows),
    )


def _visits(figures: PeriodFigures, source: TableSource) -> ReportPart:
    title = EvidenceTable.VISITS.word
    part = table_of(figures, Breakdown.MONTH, {}, _VISITS, key="visits", title=title, chart=None)
    return _with_period(part, source.year)


def _care(figures: PeriodFigures, source: TableSource) -> ReportPart:
    part = counted_part(
        "care",
        EvidenceTable.CARE.word,
        _("Yang dilayani"),
        (
            (_("Kunjungan kelompok rentan"), figures.whole.vulnerable),
            *care_rows(care_in(source.read, source.year)),
        ),
        least=source.read(office.load).settings.survey.least_shown,
    )
    return _with_period(part, source.year)


def _hours(tx: Transaction) -> ReportPart:
    hours = office.load(tx).settings.hours
    spans_by_day = {day: getattr(hours, day) for day in hours.__struct_fields__}
    return ReportPart(
        key="hours",
        title=EvidenceTable.HOURS.word,
        columns=(ReportColumn("day", _("Hari"), _TEXT), ReportColumn("hours", _("Jam layanan"), _TEXT)),
        keys=tuple(spans_by_day),
        rows=tuple(
            (formats.weekday_name(weekday), ", ".join(spans) or _("tutup"))
            for weekday, spans in enumerate(spans_by_day.values())
        ),
    )


def _survey(source: TableSource) -> Iterator[ReportPart]:
    for period in (source.last_year, source.last_year.moved(1)):
        board = source.read(partial(survey_board, now=source.now, period=period))
        yield _with_period(elements_part(board), period)


def _complaints(source: TableSource) -> ReportPart:
    lists, own = evidence_lists(), cases_in(source.read, source.last_year, source.now)
    rows = [(_("Register kantor"), own["complaints"], own["complaints_answered"])]
    rows += [
        (lists.words(record.item), record.received or 0, record.settled or 0)
        for record in complaints_elsewhere(source.read(evidence.every), source.last_year.first.year)
    ]
    received, settled = sum(row[1] for row in rows), sum(row[2] for row in rows)
    part = ReportPart(
        key="complaints",
        title=EvidenceTable.COMPLAINTS.word,
        columns=(
            ReportColumn("channel", _("Saluran"), _TEXT),
            ReportColumn("received", field_words("received")),
            ReportColumn("settled", field_words("settled")),
        ),
        keys=tuple(map(str, range(len(rows) + 1))),
        rows=(*rows, (_("Jumlah"), received, settled)),
        has_sum=True,
    )
    return _with_period(part, source.last_year)


def register_part(
    register: Register,
    records: Iterable[EvidenceRecord],
    lists: EvidenceLists,
    service_names: Mapping[int, str],
    proofs: Mapping[int, str],
) -> ReportPart:
    """Return the rows of a register with its own fields.

    `service_names` are by the services' ids, `proofs` the names of photos and scans by the ids of their rows.
    """
    rows = tuple(records)
    fields = [field for field in fields_of(register) if field.name != _NOT_SHOWN]
    columns = [
        ReportColumn(
            field.name,
            field.words or field_words(field.name),
            ColumnKind.COUNT if field.name in _COUNTS else _KINDS.get(field.name, _TEXT),
        )
        for field in fields
    ]

    def value(record: EvidenceRecord, name: str) -> ReportValue:
        stored = getattr(record, name)
        if name == "item":
            return lists.words(stored)
        if name == "kinds":
            return ", ".join(lists.words(kind) for kind in stored)
        if name == "service_id":
            return service_names.get(stored, "")
        return stored if stored not in ("", None) else None

    return ReportPart(
        key=f"register_{register.value}",
        title=register.word,
        columns=(*columns, ReportColumn("proof", _("Foto atau pindaian"), _TEXT)),
        keys=tuple(str(record.id) for record in rows),
        rows=tuple(
            (*(value(record, field.name) for field in fields), proofs.get(record.id)) for record in rows
        ),
        note="" if rows else _("Belum ada catatan."),
    )
