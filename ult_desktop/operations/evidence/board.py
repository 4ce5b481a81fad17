"""The board of the page Penilaian: each indicator of an instrument with its estimate, proof and gaps.

An instrument is a questionnaire by which an evaluator rates the office. Its indicators have levels; the
office estimates its own level from facts that the program knows and from records that officers keep.
"""

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
from ult_desktop.operations.evidence.instruments import (
    evidence_lists,
    instruments_in_force,
    require_instrument,
)

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
    """The state of an indicator: its derived estimate, the office's note, its proof and what is missing.

    `records` are the rows of registers that prove it, `shown` the lines about proof by the program's figures,
    `missing` the lines about proof that is not there.
    """

    indicator: Indicator
    estimate: Estimate
    note: IndicatorNote
    records: tuple[EvidenceRecord, ...]
    shown: tuple[str, ...]
    missing: tuple[str, ...]
    registers: tuple[Register, ...]

    @property
    def level(self) -> int:
        """The office's own estimate: the level that an officer noted with a reason, else the derived one."""
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
    """Return the state of the instrument of that id, or of the first one for "", at `now` (UTC ms)."""
    instruments = instruments_in_force(tx)
    chosen = require_instrument(instruments, instrument)
    facts = read_facts(tx, now)
    notes = evidence.notes_of(tx, chosen.id)
    states = tuple(
        _indicator_state(indicator, facts, notes.get(indicator.number), chosen.id)
        for indicator in chosen.indicators
    )
    return EvidenceBoard(
        instrument=chosen,
        instruments=tuple((in_force.id, in_force.title) for in_force in instruments),
        day=facts.day,
        states=states,
        records=facts.records,
        lists=facts.lists,
        services=services.choices(services.active(tx)),
        total=estimates.weighted_sum(chosen, {state.indicator.number: state.level for state in states}),
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
    """Return a row of a register in one line with its day."""
    day = formats.format_date(date.fromisoformat(record.day), "short")
    return " · ".join((record_summary(record, lists), day))


def responsible_words(note: IndicatorNote) -> str:
    """Return who is to bring the missing proof, and by when; "" when nobody was named."""
    if not note.responsible:
        return ""
    due = formats.format_date(date.fromisoformat(note.due), "long") if note.due else ""
    template = _("Dilengkapi oleh {who} sampai {due}") if due else _("Dilengkapi oleh {who}")
    return template.format(who=note.responsible, due=due)


def read_facts(tx: Transaction, now: int) -> EvidenceFacts:
    """Read the facts from which the estimates are made; `now` is UTC ms."""
    settings = office.load(tx).settings
    today = to_datetime(now, settings.office.zone).date()
    records, lists = evidence.every(tx), evidence_lists()
    year = year_until(today)
    counted = {  # each field has the name of its figure
        Figure(name): getattr(part, name)
        for part in (counts.evidence_of(tx, year), counts.present_counts(tx))
        for name in part.__struct_fields__
    }
    deviations = figure_counts.deviations_of(tx, year)
    respondents, _assisted = survey.respondents(tx, *year.iso_ends)
    ppid_year = ppid_years.find(tx, today.year - 1)
    figures = {
        **counted,
        Figure.RESPONDENTS: respondents,
        Figure.SURVEY_ELEMENTS: len(survey.totals(tx, *year.iso_ends)),
        Figure.DEVIATIONS_REVIEWED: _percent(deviations.reviewed, deviations.found),
        Figure.PRIORITY_SEATS: settings.care.priority_seats,
        Figure.CONTINUOUS_HOURS: int(is_continuous(settings.hours)),
        Figure.PPID_SENT: int(ppid_year is not None and bool(ppid_year.sent_on)),
        **_service_figures(tx, records, today),
        **_plan_figures(improvements.every(tx), today),
        **_complaint_figures(tx, records, parse_period(str(today.year - 1)), now),
        **_post_figures(records, today),
    }
    return EvidenceFacts(day=today, figures=figures, records=records, lists=lists)


def is_continuous(hours: Weekly) -> bool:
    """Return whether the office is open without a break on each day on which it is open."""
    spans_by_weekday = [hours.spans(weekday) for weekday in range(7)]
    return any(spans_by_weekday) and all(len(spans) <= 1 for spans in spans_by_weekday)


def _percent(part: int, whole: int) -> int:
    """Return the share in whole percent, rounded down; 0 if the whole is 0."""
    return 100 * part // whole if whole else 0


def _service_figures(tx: Transaction, records: Iterable[EvidenceRecord], today: date) -> dict[Figure, int]:
    """Return how many services there are, and how many percent have a standard, and a recent review of it."""
    rows = services.active(tx)
    standards = [[bool(part.lines) for part in components_of(row.definition)] for row in rows]
    # A standard is begun with two components: every service has one, the fee.
    begun = [are_written for are_written in standards if are_written.count(True) > 1]
    whole = [are_written for are_written in standards if all(are_written)]
    last_review_of = {
        record.service_id: record.day
        for record in sorted(records, key=lambda record: record.day)
        if record.register is Register.REVIEW and not record.retired
    }

    def percent_reviewed(since: str) -> int:
        reviewed = [row for row in rows if row.id in last_review_of and last_review_of[row.id] >= since]
        return _percent(len(reviewed), len(rows))

    return {
        Figure.SERVICES: len(rows),
        Figure.STANDARDS_BEGUN: _percent(len(begun), len(rows)),
        Figure.STANDARDS_WHOLE: _percent(len(whole), len(rows)),
        Figure.REVIEWED_YEAR: percent_reviewed((today - YEAR).isoformat()),
        Figure.REVIEWED_TWO_YEARS: percent_reviewed((today - TWO_YEARS).isoformat()),
        Figure.REVIEWED_EVER: percent_reviewed(""),
    }


def _plan_figures(plans: Sequence[Improvement], today: date) -> dict[Figure, int]:
    """Return how many plans of improvement there are, and how many percent were carried out, and how soon."""
    recent = [plan for plan in plans if plan.last_day >= (today - TWO_YEARS).isoformat()]
    days_taken = []
    for plan in recent:
        if plan.state is ImprovementState.DONE:
            # From the last day of the survey's results to the report that the plan is done.
            reported_on = to_datetime(plan.told_at or 0, None).date()
            days_taken.append((reported_on - date.fromisoformat(plan.last_day)).days)
    figures = {Figure.PLANS: len(recent), Figure.PLANS_DONE: _percent(len(days_taken), len(recent))}
    for months, figure in _PLAN_FIGURES.items():
        in_time = [days for days in days_taken if days <= months * MONTH.days]
        figures[figure] = _percent(len(in_time), len(recent))
    return figures


def _complaint_figures(
    tx: Transaction, records: Iterable[EvidenceRecord], year: Period, now: int
) -> dict[Figure, int]:
    """Return the figures of complaints in the office's own cases and in channels outside, as SP4N."""
    own = case_figures(outside_queue.cases_of(tx, year), now)
    outside = complaints_elsewhere(records, year.first.year)
    sp4n = [record for record in outside if record.item == _SP4N]
    received = own["complaints"] + _sum_received(outside)
    settled = own["complaints_answered"] + _sum_settled(outside)
    return {
        Figure.COMPLAINTS: received,
        Figure.COMPLAINTS_DONE: _percent(settled, received),
        Figure.COMPLAINTS_ALL_DONE: int(settled == received),
        Figure.SP4N_TOLD: int(bool(sp4n)),
        Figure.SP4N_DONE: _percent(_sum_settled(sp4n), _sum_received(sp4n)),
    }


def _sum_received(records: Iterable[EvidenceRecord]) -> int:
    return sum(record.received or 0 for record in records)


def _sum_settled(records: Iterable[EvidenceRecord]) -> int:
    return sum(record.settled or 0 for record in records)


def _post_figures(records: Iterable[EvidenceRecord], today: date) -> dict[Figure, int]:
    """Return on how many days the office posted something, within a year, half of it, a month and a week."""
    days_posted = {
        record.day
        for record in records
        if _POST in record.kinds and not record.retired and record.day <= today.isoformat()
    }

    def count_within(days: float) -> int:
        return len([day for day in days_posted if (today - date.fromisoformat(day)).days < days])

    return {
        Figure.POSTS_YEAR: count_within(YEAR.days),
        Figure.POSTS_HALF_YEAR: count_within(YEAR.days / 2),
        Figure.POSTS_MONTH: count_within(31),
        Figure.POSTS_WEEK: count_within(7),
    }


def rows_of_board(board: EvidenceBoard) -> list[Mapping[str, object]]:
    """Return the board for other programs: a row an indicator."""
    return [
        {
            "instrument": board.instrument.id,
            "number": state.indicator.number,
            "aspect": state.indicator.aspect,
            "title": state.indicator.title,
            "level": state.level,
            "derived": state.estimate.derived,
            "top": state.top,
            "text": state.estimate.level.text,
            "reason": state.note.reason or [demand.result_words for demand in state.estimate.reasons],
            "next": state.estimate.following.text if state.estimate.following else None,
            "lacking": [demand.result_words for demand in state.estimate.lacking],
            "there": proof_lines(state, board.lists),
            "missing": state.missing,
            "responsible": state.note.responsible,
            "due": state.note.due or None,
            "doubt": state.indicator.doubt,
        }
        for state in board.states
    ]


def proof_lines(state: IndicatorState, lists: EvidenceLists) -> tuple[str, ...]:
    """Return a line for each proof of an indicator: those of the program, then the rows of registers."""
    return (*state.shown, *(record_words(record, lists) for record in state.records))
