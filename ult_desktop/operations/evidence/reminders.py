"""The reminders of yearly evaluations: the instruments' own dates, and proofs that officers are to bring."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.evidence.estimate import EvidenceFacts, estimate_of, is_demand_met
from ult_desktop.core.evidence.instrument import Instrument
from ult_desktop.db.evidence import evidence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.evidence.board import read_facts
from ult_desktop.operations.evidence.instruments import instruments_in_force

NOTE_AHEAD = timedelta(days=14)  # before its day, the reminder of a missing proof appears
LATE_FOR = timedelta(days=60)  # after its day, the reminder of a demand that is not met disappears


class DueReminder(Struct, frozen=True, kw_only=True):
    """A reminder that is shown today; `doubt` says what is not certain about its date."""

    day: date
    words: str
    is_late: bool
    doubt: str = ""

    @property
    def day_words(self) -> str:
        day = formats.format_date(self.day, "long")
        return _("lewat sejak {day}").format(day=day) if self.is_late else day


def due_reminders(tx: Transaction, now: int) -> tuple[DueReminder, ...]:
    """Return the reminders for the head at `now` (UTC ms), the earliest first."""
    facts, reminders = read_facts(tx, now), list[DueReminder]()
    for instrument in instruments_in_force(tx):
        reminders += _date_reminders(instrument, facts)
        reminders += _note_reminders(tx, instrument, facts)
    return tuple(sorted(reminders, key=lambda reminder: reminder.day))


def _date_reminders(instrument: Instrument, facts: EvidenceFacts) -> Iterator[DueReminder]:
    """Yield the instrument's own dates that are near, while their demands are not met."""
    for reminder in instrument.reminders:
        if reminder.done and all(is_demand_met(demand, facts) for demand in reminder.done):
            continue
        this_year, ahead = facts.day.year, timedelta(reminder.ahead)
        # Whether a date without demands was kept is unknown: it cannot be late.
        late_for = LATE_FOR if reminder.done else timedelta(0)
        days = [day for year in (this_year - 1, this_year, this_year + 1) for day in reminder.dates_in(year)]
        near_days = [day for day in days if day - ahead <= facts.day <= day + late_for]
        if near_days:
            day = near_days[-1]
            is_late = day < facts.day
            yield DueReminder(day=day, words=reminder.text, is_late=is_late, doubt=reminder.doubt)


def _note_reminders(tx: Transaction, instrument: Instrument, facts: EvidenceFacts) -> Iterator[DueReminder]:
    """Yield the proof that somebody was to bring by a day, while its indicator is not at the top."""
    for note in evidence.notes_of(tx, instrument.id).values():
        indicator = instrument.indicator(note.number)
        if indicator is None or not note.due:
            continue
        due = date.fromisoformat(note.due)
        level = estimate_of(indicator, facts, note.level).level
        if due - NOTE_AHEAD <= facts.day and level != indicator.levels[-1]:
            words = _("{n}. {title}: bukti dari {who}").format(
                n=note.number, title=indicator.title, who=note.responsible or "–"
            )
            yield DueReminder(day=due, words=words, is_late=due < facts.day)
