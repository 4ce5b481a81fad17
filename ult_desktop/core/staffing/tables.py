"""The tables and tiles of the reports on staffing: the replay of days, the plans found, the forecast."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ult_desktop.base import _, formats
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.staffing.forecast import CountRange, Forecast
from ult_desktop.core.staffing.plan import StaffingPlan
from ult_desktop.core.staffing.replay import PlayedPlan, PlayedWaits, StaffingReplay
from ult_desktop.core.staffing.search import StaffingSearch, shifts_by_place

_SECONDS = 60  # of a minute
MINUTES = ReportColumn("minutes", "", ColumnKind.TIME)
_NO_WAITS = PlayedWaits()


def _time_column(key: str, words: str) -> ReportColumn:
    return ReportColumn(key, words, ColumnKind.TIME)


def _mean_column(key: str, words: str) -> ReportColumn:
    return ReportColumn(key, words, ColumnKind.NUMBER, 1)


class _WaitsRow(NamedTuple):
    """A row of a table of waits: its key, its name, the waits before and with the plan; None: nobody came."""

    key: str
    words: str
    before: PlayedWaits | None
    after: PlayedWaits | None


def replay_tiles(replay: StaffingReplay) -> tuple[Tile, ...]:
    """Return the figures at a glance: those with the plan, each with the one before it."""
    before, after = replay.before, replay.after
    old, new = before.whole, after.whole
    pairs: tuple[tuple[ReportColumn, float | None, float | None], ...] = (
        (_time_column("wait_median", _("Waktu tunggu, nilai tengah")), new.median, old.median),
        (_time_column("wait_p90", _("Waktu tunggu, 90 % pengunjung")), new.p90, old.p90),
        (_mean_column("late", _("Menunggu lebih dari {n} menit").format(n=replay.limit)), new.late, old.late),
        (_time_column("idle", _("Menganggur, semua loket")), after.idle * _SECONDS, before.idle * _SECONDS),
        (_time_column("at_work", _("Loket bekerja")), after.at_work * _SECONDS, before.at_work * _SECONDS),
        (
            _time_column("overtime", _("Melayani sesudah jam tutup")),
            after.overtime * _SECONDS,
            before.overtime * _SECONDS,
        ),
        (_mean_column("unserved", _("Tidak terpanggil")), after.unserved, before.unserved),
    )
    return tuple(
        Tile(column=column, value=value, before=value_before) for column, value, value_before in pairs
    )


def replay_parts(
    replay: StaffingReplay, services: Mapping[str, str], counters: Mapping[str, str]
) -> tuple[ReportPart, ...]:
    """Return the tables of a replay; `services` and `counters` are their names by id and number, as text."""
    before, after = replay.before, replay.after
    return (
        _waits_part(
            "half_hours",
            _("Waktu tunggu menurut setengah jam"),
            ReportColumn("half_hour", _("Datang mulai"), ColumnKind.TEXT),
            [
                _WaitsRow(slot, slot, before.half_hours.get(slot), after.half_hours.get(slot))
                for slot in sorted({*before.half_hours, *after.half_hours})
            ],
        ),
        _waits_part(
            "services",
            _("Waktu tunggu menurut layanan"),
            ReportColumn("of_service", _("Layanan"), ColumnKind.TEXT),
            [
                _WaitsRow(
                    str(service_id),
                    services.get(str(service_id), str(service_id)),
                    before.services.get(service_id),
                    after.services.get(service_id),
                )
                for service_id in sorted({*before.services, *after.services})
            ],
        ),
        _counters_part(before, after, counters),
    )


def replay_notes(replay: StaffingReplay) -> tuple[str, ...]:
    """Return what a reader of the replay must know."""
    return (
        _("{days} hari dimainkan {runs} kali dengan aturan panggilan; lama pelayanan dari bulan itu.").format(
            days=replay.days, runs=replay.runs
        ),
        _("Tercatat: nilai tengah {middle}, 90 % {p90} menit; lewat {limit} menit: {late}").format(
            middle=MINUTES.in_words(replay.recorded.median),
            p90=MINUTES.in_words(replay.recorded.p90),
            limit=replay.limit,
            late=formats.format_number(replay.recorded.late, 0),
        ),
        _("Paling baik dan paling buruk: delapan dari sepuluh kali dimainkan ada di antaranya."),
    )


def _waits_part(key: str, title: str, name: ReportColumn, waits_rows: Sequence[_WaitsRow]) -> ReportPart:
    """Return a table of the waits before and with the plan; its first column is `name`."""
    rows = []
    for row in waits_rows:
        old, new = row.before or _NO_WAITS, row.after or _NO_WAITS
        values = (old.median, new.median, old.p90, new.p90, new.p90_low, new.p90_high, old.late, new.late)
        rows.append((row.words, new.visitors or old.visitors, *values))
    return ReportPart(
        key=key,
        title=title,
        columns=(
            name,
            ReportColumn("visitors", _("Pengunjung")),
            _time_column("median_before", _("Nilai tengah, waktu itu")),
            _time_column("median_after", _("Nilai tengah, susunan baru")),
            _time_column("p90_before", _("90 %, waktu itu")),
            _time_column("p90_after", _("90 %, susunan baru")),
            _time_column("p90_low", _("90 %, paling baik")),
            _time_column("p90_high", _("90 %, paling buruk")),
            _mean_column("late_before", _("Lewat batas, waktu itu")),
            _mean_column("late_after", _("Lewat batas, susunan baru")),
        ),
        keys=tuple(row.key for row in waits_rows),
        rows=tuple(rows),
        chart=ReportChart(ChartKind.BARS, ("p90_before", "p90_after")) if len(rows) > 1 else None,
    )


def _counters_part(before: PlayedPlan, after: PlayedPlan, names: Mapping[str, str]) -> ReportPart:
    old, new = ({time.counter: time for time in plan.counters} for plan in (before, after))
    numbers = sorted({*old, *new})
    rows = []
    for number in numbers:
        times = (old.get(number), new.get(number))
        open_s = [None if time is None else time.open * _SECONDS for time in times]
        idle_s = [None if time is None else time.idle * _SECONDS for time in times]
        rows.append((names.get(str(number), _("Loket {n}").format(n=number)), *open_s, *idle_s))
    return ReportPart(
        key="counters",
        title=_("Waktu loket"),
        columns=(
            ReportColumn("of_counter", _("Loket"), ColumnKind.TEXT),
            _time_column("open_before", _("Bekerja, waktu itu")),
            _time_column("open_after", _("Bekerja, susunan baru")),
            _time_column("idle_before", _("Menganggur, waktu itu")),
            _time_column("idle_after", _("Menganggur, susunan baru")),
        ),
        keys=tuple(map(str, numbers)),
        rows=tuple(rows),
    )


def search_parts(search: StaffingSearch) -> tuple[ReportPart, ...]:
    """Return the plans that the search found, and the cheapest of them as a roster to print."""
    plans = (search.now, *search.plans)
    numbers = range(1, len(plans))
    names = (_("Seperti waktu itu"), *(_("Susunan {n}").format(n=n) for n in numbers))
    plans_part = ReportPart(
        key="plans",
        title=_("Susunan termurah"),
        columns=(
            ReportColumn("plan", _("Susunan"), ColumnKind.TEXT),
            _mean_column("cost", _("Loket × setengah jam sehari")),
            _time_column("median", _("Nilai tengah")),
            _time_column("p90", _("90 % pengunjung")),
            _mean_column("late", _("Lewat batas")),
            _time_column("idle", _("Menganggur")),
            _time_column("overtime", _("Sesudah jam tutup")),
        ),
        keys=("now", *map(str, numbers)),
        rows=tuple(
            (
                name,
                plan.cost,
                plan.played.whole.median,
                plan.played.whole.p90,
                plan.played.whole.late,
                plan.played.idle * _SECONDS,
                plan.played.overtime * _SECONDS,
            )
            for name, plan in zip(names, plans, strict=True)
        ),
        chart=ReportChart(ChartKind.BARS, ("cost",)),
    )
    if not search.plans:
        none = _("Tidak ada susunan yang memanggil {share} % pengunjung dalam {limit} menit.")
        note = none.format(share=search.share, limit=search.limit)
        return (plans_part, _note_part("roster", _("Jadwal loket"), note))
    return (plans_part, _roster(search), _counters_by_half_hour(search))


def search_notes(search: StaffingSearch) -> tuple[str, ...]:
    """Return what a reader of the plans must know."""
    return (
        _("{share} % pengunjung dipanggil dalam {limit} menit, dihitung dari {days} hari.").format(
            share=search.share, limit=search.limit, days=search.days
        ),
        _("Loket yang paling banyak memanggil dibuka lebih dahulu; jam istirahat kantor tetap."),
    )


def _roster(search: StaffingSearch) -> ReportPart:
    """Return when the first, second … counter works in the cheapest plan."""
    shifts = shifts_by_place(search.slots, search.plans[0])
    return ReportPart(
        key="roster",
        title=_("Jadwal loket: susunan 1"),
        columns=(
            ReportColumn("of_counter", _("Loket"), ColumnKind.TEXT),
            ReportColumn("hours", _("Jam buka"), ColumnKind.TEXT),
        ),
        keys=tuple(str(n) for n, _spans in enumerate(shifts, 1)),
        rows=tuple((_("Loket ke-{n}").format(n=n), ", ".join(spans)) for n, spans in enumerate(shifts, 1)),
    )


def _counters_by_half_hour(search: StaffingSearch) -> ReportPart:
    """Return how many counters each plan wants in each half-hour."""
    plans = [StaffingPlan(open=plan.open) for plan in search.plans]
    played = search.plans[0].played.half_hours
    return ReportPart(
        key="open",
        title=_("Loket yang buka menurut setengah jam"),
        columns=(
            ReportColumn("half_hour", _("Jam"), ColumnKind.TEXT),
            *(ReportColumn(f"plan_{n}", _("Susunan {n}").format(n=n)) for n in range(1, len(plans) + 1)),
            ReportColumn("visitors", _("Pengunjung")),
            _time_column("p90", _("90 %, susunan 1")),
        ),
        keys=search.slots,
        rows=tuple(
            (
                slot,
                *(plan.count_at(slot) for plan in plans),
                played.get(slot, _NO_WAITS).visitors,
                played.get(slot, _NO_WAITS).p90,
            )
            for slot in search.slots
        ),
        chart=ReportChart(ChartKind.BARS, ("plan_1",)),
    )


def forecast_parts(forecast: Forecast) -> tuple[ReportPart, ...]:
    """Return the tables of next week by day and by hour; one with the reason if there is no forecast."""
    if forecast.lacks:
        return (_note_part("days", _("Pengunjung minggu depan"), forecast.lacks),)
    days = ReportPart(
        key="days",
        title=_("Pengunjung minggu depan menurut hari"),
        columns=(
            ReportColumn("of_day", _("Hari"), ColumnKind.TEXT),
            ReportColumn("expected", _("Kira-kira")),
            ReportColumn("low", _("Paling sedikit")),
            ReportColumn("high", _("Paling banyak")),
            ReportColumn("remark", _("Keterangan"), ColumnKind.TEXT),
        ),
        keys=tuple(day.day.isoformat() for day in forecast.days),
        rows=tuple(
            (_day_words(day.day), *_range_values(day.whole), day.closed or ("" if day.whole else _("tutup")))
            for day in forecast.days
        ),
        chart=ReportChart(ChartKind.BARS, ("low", "high")),
    )
    open_days = [day for day in forecast.days if day.whole is not None]
    hours = sorted({hour for day in open_days for hour in day.hours})
    by_hour = ReportPart(
        key="hours",
        title=_("Pengunjung minggu depan menurut jam"),
        columns=(
            ReportColumn("of_hour", _("Jam"), ColumnKind.TEXT),
            *(ReportColumn(f"d{day.day:%Y%m%d}", _day_words(day.day), ColumnKind.TEXT) for day in open_days),
        ),
        keys=tuple(f"{hour:02}" for hour in hours),
        rows=tuple(
            (f"{hour:02}.00", *(_range_words(day.hours.get(hour)) for day in open_days)) for hour in hours
        ),
    )
    return (days, by_hour)


def forecast_notes(forecast: Forecast) -> tuple[str, ...]:
    """Return what a reader of the forecast must know."""
    if forecast.lacks:
        return ()
    notes = [
        _("Dari {n} hari kerja yang lalu; empat dari lima jam di dalam rentangnya.").format(n=forecast.known)
    ]
    if forecast.kept is not None:
        share = formats.format_number(100 * forecast.kept, 0)
        notes.append(
            _("Perkiraan yang sama untuk minggu-minggu lalu: {share} % jam di dalam rentangnya.").format(
                share=share
            )
        )
    return tuple(notes)


def _day_words(day: date) -> str:
    return f"{formats.weekday_name(day.weekday())}, {formats.format_date(day, 'short')}"


def _range_values(count_range: CountRange | None) -> tuple[ReportValue, ...]:
    if count_range is None:
        return (None, None, None)
    return (count_range.expected, count_range.low, count_range.high)


def _range_words(count_range: CountRange | None) -> str:
    if count_range is None:
        return "–"
    if count_range.low == count_range.high:
        return str(count_range.low)
    return f"{count_range.low}–{count_range.high}"


def _note_part(key: str, title: str, note: str) -> ReportPart:
    return ReportPart(key=key, title=title, columns=(), keys=(), rows=(), note=note)
