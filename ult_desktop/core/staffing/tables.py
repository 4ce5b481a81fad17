"""The tables and tiles of the reports on staffing: the replay of days, the plans found, the forecast."""

from collections.abc import Iterable, Mapping
from datetime import date

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
from ult_desktop.core.staffing.replay import CounterTime, PlayedPlan, PlayedWaits, StaffingReplay
from ult_desktop.core.staffing.search import FoundPlan, StaffingSearch, shifts_by_place

_SECONDS = 60
MINUTES = ReportColumn("minutes", "", ColumnKind.TIME)
_NO_WAITS = PlayedWaits()


def _time(key: str, words: str) -> ReportColumn:
    return ReportColumn(key, words, ColumnKind.TIME)


def _mean(key: str, words: str) -> ReportColumn:
    return ReportColumn(key, words, ColumnKind.NUMBER, 1)


def replay_tiles(replay: StaffingReplay) -> tuple[Tile, ...]:
    """Return the figures at a glance: those with the plan, each with the one before it."""
    before, after = replay.before, replay.after
    pairs: tuple[tuple[ReportColumn, float | None, float | None], ...] = (
        (_time("wait_median", _("Waktu tunggu, nilai tengah")), after.whole.median, before.whole.median),
        (_time("wait_p90", _("Waktu tunggu, 90 % pengunjung")), after.whole.p90, before.whole.p90),
        (
            _mean("late", _("Menunggu lebih dari {n} menit").format(n=replay.limit)),
            after.whole.late,
            before.whole.late,
        ),
        (_time("idle", _("Menganggur, semua loket")), after.idle * _SECONDS, before.idle * _SECONDS),
        (_time("at_work", _("Loket bekerja")), after.at_work * _SECONDS, before.at_work * _SECONDS),
        (
            _time("overtime", _("Melayani sesudah jam tutup")),
            after.overtime * _SECONDS,
            before.overtime * _SECONDS,
        ),
        (_mean("unserved", _("Tidak terpanggil")), after.unserved, before.unserved),
    )
    return tuple(Tile(column=column, value=value, before=old) for column, value, old in pairs)


def replay_parts(
    replay: StaffingReplay, services: Mapping[str, str], counters: Mapping[str, str]
) -> tuple[ReportPart, ...]:
    """Return the tables of a replay; `services` and `counters` are their names by id and number, as text."""
    slots = sorted({*replay.before.half_hours, *replay.after.half_hours})
    of_service = sorted({*replay.before.services, *replay.after.services})
    return (
        _waits_part(
            "half_hours",
            _("Waktu tunggu menurut setengah jam"),
            ReportColumn("half_hour", _("Datang mulai"), ColumnKind.TEXT),
            [
                (slot, slot, replay.before.half_hours.get(slot), replay.after.half_hours.get(slot))
                for slot in slots
            ],
        ),
        _waits_part(
            "services",
            _("Waktu tunggu menurut layanan"),
            ReportColumn("of_service", _("Layanan"), ColumnKind.TEXT),
            [
                (
                    str(each),
                    services.get(str(each), str(each)),
                    replay.before.services.get(each),
                    replay.after.services.get(each),
                )
                for each in of_service
            ],
        ),
        _counters_part(replay.before, replay.after, counters),
    )


_Row = tuple[str, str, PlayedWaits | None, PlayedWaits | None]


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


def _waits_part(key: str, title: str, name: ReportColumn, rows: Iterable[_Row]) -> ReportPart:
    """Return a table of the waits before and with the plan.

    A row is its key, its name, the waits before and those with the plan (None: nobody came).
    """
    every = [(row, words, old or _NO_WAITS, new or _NO_WAITS) for row, words, old, new in rows]
    return ReportPart(
        key=key,
        title=title,
        columns=(
            name,
            ReportColumn("visitors", _("Pengunjung")),
            _time("median_before", _("Nilai tengah, waktu itu")),
            _time("median_after", _("Nilai tengah, susunan baru")),
            _time("p90_before", _("90 %, waktu itu")),
            _time("p90_after", _("90 %, susunan baru")),
            _time("p90_low", _("90 %, paling baik")),
            _time("p90_high", _("90 %, paling buruk")),
            _mean("late_before", _("Lewat batas, waktu itu")),
            _mean("late_after", _("Lewat batas, susunan baru")),
        ),
        keys=tuple(row for row, *_others in every),
        rows=tuple(
            (
                words,
                new.visitors or old.visitors,
                *(old.median, new.median, old.p90, new.p90, new.p90_low, new.p90_high, old.late, new.late),
            )
            for _row, words, old, new in every
        ),
        chart=ReportChart(ChartKind.BARS, ("p90_before", "p90_after")) if len(every) > 1 else None,
    )


def _counters_part(before: PlayedPlan, after: PlayedPlan, names: Mapping[str, str]) -> ReportPart:
    old, new = _by_counter(before), _by_counter(after)
    numbers = sorted({*old, *new})
    return ReportPart(
        key="counters",
        title=_("Waktu loket"),
        columns=(
            ReportColumn("of_counter", _("Loket"), ColumnKind.TEXT),
            _time("open_before", _("Bekerja, waktu itu")),
            _time("open_after", _("Bekerja, susunan baru")),
            _time("idle_before", _("Menganggur, waktu itu")),
            _time("idle_after", _("Menganggur, susunan baru")),
        ),
        keys=tuple(map(str, numbers)),
        rows=tuple(
            (
                names.get(str(number), _("Loket {n}").format(n=number)),
                *(_seconds(times.get(number), field) for field in ("open", "idle") for times in (old, new)),
            )
            for number in numbers
        ),
    )


def _by_counter(plan: PlayedPlan) -> dict[int, CounterTime]:
    return {time.counter: time for time in plan.counters}


def _seconds(time: CounterTime | None, field: str) -> float | None:
    minutes: float | None = None if time is None else getattr(time, field)
    return None if minutes is None else minutes * _SECONDS


def search_parts(search: StaffingSearch) -> tuple[ReportPart, ...]:
    """Return the plans that the search found, and the cheapest of them as a roster to print."""
    every = (("now", _("Seperti waktu itu"), search.now), *_numbered(search.plans))
    plans = ReportPart(
        key="plans",
        title=_("Susunan termurah"),
        columns=(
            ReportColumn("plan", _("Susunan"), ColumnKind.TEXT),
            _mean("cost", _("Loket × setengah jam sehari")),
            _time("median", _("Nilai tengah")),
            _time("p90", _("90 % pengunjung")),
            _mean("late", _("Lewat batas")),
            _time("idle", _("Menganggur")),
            _time("overtime", _("Sesudah jam tutup")),
        ),
        keys=tuple(key for key, _words, _plan in every),
        rows=tuple(
            (
                words,
                plan.cost,
                plan.played.whole.median,
                plan.played.whole.p90,
                plan.played.whole.late,
                plan.played.idle * _SECONDS,
                plan.played.overtime * _SECONDS,
            )
            for _key, words, plan in every
        ),
        chart=ReportChart(ChartKind.BARS, ("cost",)),
    )
    if not search.plans:
        none = _("Tidak ada susunan yang memanggil {share} % pengunjung dalam {limit} menit.")
        return (
            plans,
            _note_part("roster", _("Jadwal loket"), none.format(share=search.share, limit=search.limit)),
        )
    return (plans, _roster(search), _by_half_hour(search))


def search_notes(search: StaffingSearch) -> tuple[str, ...]:
    """Return what a reader of the plans must know."""
    return (
        _("{share} % pengunjung dipanggil dalam {limit} menit, dihitung dari {days} hari.").format(
            share=search.share, limit=search.limit, days=search.days
        ),
        _("Loket yang paling banyak memanggil dibuka lebih dahulu; jam istirahat kantor tetap."),
    )


def _numbered(plans: Iterable[FoundPlan]) -> Iterable[tuple[str, str, FoundPlan]]:
    for number, plan in enumerate(plans, 1):
        yield str(number), _("Susunan {n}").format(n=number), plan


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


def _by_half_hour(search: StaffingSearch) -> ReportPart:
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
            _time("p90", _("90 %, susunan 1")),
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
    return (
        (None, None, None)
        if count_range is None
        else (count_range.expected, count_range.low, count_range.high)
    )


def _range_words(count_range: CountRange | None) -> str:
    if count_range is None:
        return "–"
    return (
        str(count_range.low)
        if count_range.low == count_range.high
        else f"{count_range.low}–{count_range.high}"
    )


def _note_part(key: str, title: str, note: str) -> ReportPart:
    return ReportPart(key=key, title=title, columns=(), keys=(), rows=(), note=note)
