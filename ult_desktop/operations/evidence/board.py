"""The board of the page Penilaian: each indicator with its estimate, its proof and what is missing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import msgspec

from ult_desktop.base import _, formats
from ult_desktop.core.evidence import estimate as estimates
from ult_desktop.core.evidence.estimate import MONTH, Estimate, EvidenceFacts, IndicatorNote
from ult_desktop.core.evidence.figures import EvidenceFigure as Figure
from ult_desktop.core.evidence.instrument import Indicator, Instrument
from ult_desktop.core.evidence.registers import (
    EvidenceLists,
    EvidenceRecord,
    Register,
    complaints_elsewhere,
    record_summary,
)
from ult_desktop.core.figures.outside_queue import case_figures
from ult_desktop.core.figures.period import Period, parse_period, year_until
from ult_desktop.core.office.standard import components_of
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.db.cases import ppid_years
from ult_desktop.db.evidence import counts, evidence
from ult_desktop.db.figures import counts as figure_counts, outside_queue
from ult_desktop.db.office import office, services
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import improvements, survey
from ult_desktop.operations.evidence.instruments import evidence_lists, instrument_named, instruments_in_force

YEAR, TWO_YEARS = 12 * MONTH, 24 * MONTH
_POST = "contents.post"
_SP4N = "elsewhere.sp4n"
_PLAN_FIGURES = {  # by the months within which a plan was carried out
    12: Figure.PLANS_IN_12_MONTHS,
    9: Figure.PLANS_IN_9_MONTHS,
    6: Figure.PLANS_IN_6_MONTHS,
    3: Figure.PLANS_IN_3_MONTHS,
    1: Figure.PLANS_IN_1_MONTH,
}


class IndicatorState(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an indicator: its derived estimate, the office's note, the proof and what is missing."""

    indicator: Indicator
    estimate: Estimate
    note: IndicatorNote
    records: tuple[EvidenceRecord, ...]
    shown: tuple[str, ...]
    missing: tuple[str, ...]
    registers: tuple[Register, ...]

    @property
    def level(self) -> int:
        """The office's own estimate: what somebody noted with a reason, else what is derived."""
        return self.estimate.level.level

    @property
    def id(self) -> int:
        return self.indicator.number

    @property
    def top(self) -> int:
        return self.indicator.levels[-1].level


class EvidenceBoard(msgspec.Struct, frozen=True, kw_only=True):
    """The state of an instrument on a day. `total` is the weighted estimate (0–5), None without weights."""

    instrument: Instrument
    instruments: tuple[tuple[str, str], ...]
    day: date
    states: tuple[IndicatorState, ...]
    records: tuple[EvidenceRecord, ...]
    lists: EvidenceLists
    services: tuple[tuple[int, str], ...]
    total: float | None

    @property
    def total_words(self) -> str:
        """The estimate of the whole in words; it is the office's own, and no result of an evaluation."""
        if self.total is None:
            at_top = [state for state in self.states if state.level == state.top]
            return _("Perkiraan sendiri: {n} dari {m} ada.").format(n=len(at_top), m=len(self.states))
        return _("Perkiraan sendiri F-02: {n} dari 5.").format(n=formats.format_fixed(self.total))


def evidence_board(tx: Transaction, now: int, instrument: str = "") -> EvidenceBoard:
    """Return the instrument of that id, without one the first, as it stands now (UTC ms)."""
    instruments = instruments_in_force(tx)
    chosen = instrument_named(instruments, instrument)
    facts = facts_of(tx, now)
    notes = evidence.notes_of(tx, chosen.id)
    states = tuple(
        _indicator_state(each, facts, notes.get(each.number), chosen.id) for each in chosen.indicators
    )
    return EvidenceBoard(
        instrument=chosen,
        instruments=tuple((each.id, each.title) for each in instruments),
        day=facts.day,
        states=states,
        records=facts.records,
        lists=facts.lists,
        services=services.choices(services.active(tx)),
        total=estimates.weighted_sum(chosen, {each.indicator.number: each.level for each in states}),
    )


def _indicator_state(
    indicator: Indicator, facts: EvidenceFacts, note: IndicatorNote | None, instrument: str
) -> IndicatorState:
    office_note = note or IndicatorNote(instrument=instrument, number=indicator.number)
    return IndicatorState(
        indicator=indicator,
        estimate=estimates.estimate_of(indicator, facts, office_note.level),
        note=office_note,
        records=estimates.records_behind(indicator, facts),
        shown=tuple(estimates.proved_words(indicator, facts)),
        missing=tuple(estimates.missing_words(indicator, facts)),
        registers=estimates.registers_of(indicator, facts.lists),
    )


def record_words(record: EvidenceRecord, lists: EvidenceLists) -> str:
    """Return a row in one line with its day."""
    day = formats.format_date(date.fromisoformat(record.day), "short")
    return " · ".join((record_summary(record, lists), day))


def responsible_words(note: IndicatorNote) -> str:
    """Return who brings what is missing, and by when; "" when nobody was named."""
    if not note.responsible:
        return ""
    due = formats.format_date(date.fromisoformat(note.due), "long") if note.due else ""
    template = _("Dilengkapi oleh {who} sampai {due}") if due else _("Dilengkapi oleh {who}")
    return template.format(who=note.responsible, due=due)


def facts_of(tx: Transaction, now: int) -> EvidenceFacts:
    """Return the facts from which estimates are made; `now` is UTC ms."""
    settings = office.load(tx).settings
    today = to_datetime(now, settings.office.zone).date()
    records, lists = evidence.every(tx), evidence_lists()
    year = year_until(today)
    counted = {  # each field is named as its figure
        Figure(name): getattr(part, name)
        for part in (counts.there_in(tx, year), counts.standing(tx))
        for name in part.__struct_fields__
    }
    deviations = figure_counts.deviations_of(tx, year)
    respondents, _assisted = survey.respondents(tx, *year.iso_ends)
    sent = ppid_years.find(tx, today.year - 1)
    figures = {
        **counted,
        Figure.RESPONDENTS: respondents,
        Figure.SURVEY_ELEMENTS: len(survey.totals(tx, *year.iso_ends)),
        Figure.DEVIATIONS_REVIEWED: _percent(deviations.reviewed, deviations.found),
        Figure.PRIORITY_SEATS: settings.care.priority_seats,
        Figure.CONTINUOUS_HOURS: int(is_continuous(settings.hours)),
        Figure.PPID_SENT: int(sent is not None and bool(sent.sent_on)),
        **_service_figures(tx, records, today),
        **_plan_figures(improvements.every(tx), today),
        **_complaint_figures(tx, records, parse_period(str(today.year - 1)), now),
        **_post_figures(records, today),
    }
    return EvidenceFacts(day=today, figures=figures, records=records, lists=lists)


def is_continuous(hours: Weekly) -> bool:
    """Return whether the office is open without a break on each day on which it is open."""
    spans = [hours.spans(weekday) for weekday in range(7)]
    return any(spans) and all(len(each) <= 1 for each in spans)


def _percent(part: int, whole: int) -> int:
    """Return the share in whole percent, rounded down; 0 of nothing."""
    return 100 * part // whole if whole else 0


def _service_figures(tx: Transaction, records: Iterable[EvidenceRecord], today: date) -> dict[Figure, int]:
    rows = services.active(tx)
    written = [[bool(each.lines) for each in components_of(row.definition)] for row in rows]
    reviewed = {
        each.service_id: each.day
        for each in sorted(records, key=lambda each: each.day)
        if each.register is Register.REVIEW and not each.retired
    }

    def percent_reviewed(since: str) -> int:
        done = [row for row in rows if row.id in reviewed and reviewed[row.id] >= since]
        return _percent(len(done), len(rows))

    # A standard is begun with two components: the fee is there in every service.
    begun = [each for each in written if each.count(True) > 1]
    return {
        Figure.SERVICES: len(rows),
        Figure.STANDARDS_BEGUN: _percent(len(begun), len(rows)),
        Figure.STANDARDS_WHOLE: _percent(len([each for each in written if all(each)]), len(rows)),
        Figure.REVIEWED_YEAR: percent_reviewed((today - YEAR).isoformat()),
        Figure.REVIEWED_TWO_YEARS: percent_reviewed((today - TWO_YEARS).isoformat()),
        Figure.REVIEWED_EVER: percent_reviewed(""),
    }


def _plan_figures(plans: Sequence[Improvement], today: date) -> dict[Figure, int]:
    recent = [plan for plan in plans if plan.last_day >= (today - TWO_YEARS).isoformat()]
    done = [plan for plan in recent if plan.state is ImprovementState.DONE]
    figures = {Figure.PLANS: len(recent), Figure.PLANS_DONE: _percent(len(done), len(recent))}
    for months, figure in _PLAN_FIGURES.items():
        quick = [plan for plan in done if _days_taken(plan) <= months * MONTH.days]
        figures[figure] = _percent(len(quick), len(recent))
    return figures


def _days_taken(plan: Improvement) -> int:
    """Return the days from the last one of the survey's results to the report that the plan is done."""
    reported_on = to_datetime(plan.told_at or 0, None).date()
    return (reported_on - date.fromisoformat(plan.last_day)).days


def _complaint_figures(
    tx: Transaction, records: Iterable[EvidenceRecord], year: Period, now: int
) -> dict[Figure, int]:
    own = case_figures(outside_queue.cases_of(tx, year), now)
    outside = complaints_elsewhere(records, year.first.year)
    received = own["complaints"] + sum(each.received or 0 for each in outside)
    settled = own["complaints_answered"] + sum(each.settled or 0 for each in outside)
    sp4n = [each for each in outside if each.item == _SP4N]
    return {
        Figure.COMPLAINTS: received,
        Figure.COMPLAINTS_DONE: _percent(settled, received),
        Figure.COMPLAINTS_ALL_DONE: int(settled == received),
        Figure.SP4N_TOLD: int(bool(sp4n)),
        Figure.SP4N_DONE: _percent(
            sum(each.settled or 0 for each in sp4n), sum(each.received or 0 for each in sp4n)
        ),
    }


def _post_figures(records: Iterable[EvidenceRecord], today: date) -> dict[Figure, int]:
    days = {
        each.day
        for each in records
        if _POST in each.kinds and not each.retired and each.day <= today.isoformat()
    }

    def within(span: float) -> int:
        return len([day for day in days if (today - date.fromisoformat(day)).days < span])

    return {
        Figure.POSTS_YEAR: within(YEAR.days),
        Figure.POSTS_HALF_YEAR: within(YEAR.days / 2),
        Figure.POSTS_MONTH: within(31),
        Figure.POSTS_WEEK: within(7),
    }


def rows_of_board(board: EvidenceBoard) -> list[Mapping[str, object]]:
    """Return the board for other programs: a row an indicator."""
    return [
        {
            "instrument": board.instrument.id,
            "number": each.indicator.number,
            "aspect": each.indicator.aspect,
            "title": each.indicator.title,
            "level": each.level,
            "derived": each.estimate.derived,
            "top": each.top,
            "text": each.estimate.level.text,
            "reason": each.note.reason or [want.result_words for want in each.estimate.reasons],
            "next": each.estimate.following.text if each.estimate.following else None,
            "lacking": [want.result_words for want in each.estimate.lacking],
            "there": [*each.shown, *(record_words(one, board.lists) for one in each.records)],
            "missing": each.missing,
            "responsible": each.note.responsible,
            "due": each.note.due or None,
            "doubt": each.indicator.doubt,
        }
        for each in board.states
    ]
