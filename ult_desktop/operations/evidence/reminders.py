"""The reminders of yearly judgements: the instruments' own dates, and who brings which proof by when."""

from collections.abc import Iterator
from datetime import date, timedelta

from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.evidence.estimate import EvidenceFacts, estimate_of, is_demand_met
from ult_desktop.core.evidence.instrument import Instrument
from ult_desktop.db.evidence import evidence
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.evidence.board import facts_of
from ult_desktop.operations.evidence.instruments import instruments_in_force

NOTE_AHEAD = timedelta(days=14)  # so long before its day a reminder of a missing proof is shown
LATE_FOR = timedelta(days=60)  # so long after its day a reminder of what was not done is shown


class DueReminder(Struct, frozen=True, kw_only=True):
    """A reminder that is shown today; `doubt` says what of its date is not certain."""

    day: date
    words: str
    is_late: bool
    doubt: str = ""

    @property
    def day_words(self) -> str:
        day = formats.format_date(self.day, "long")
        return _("lewat sejak {day}").format(day=day) if self.is_late else day


def due_reminders(tx: Transaction, now: int) -> tuple[DueReminder, ...]:
    """Return what the head is reminded of now (UTC ms), the earliest first."""
    facts = facts_of(tx, now)
    found = [
        each
        for instrument in instruments_in_force(tx)
        for each in (*_date_reminders(instrument, facts), *_note_reminders(tx, instrument, facts))
    ]
    return tuple(sorted(found, key=lambda each: each.day))


def _date_reminders(instrument: Instrument, facts: EvidenceFacts) -> Iterator[DueReminder]:
    """Yield the instrument's own dates that are near, while their demands are not met."""
    for reminder in instrument.reminders:
        if reminder.done and all(is_demand_met(want, facts) for want in reminder.done):
            continue
        days = [day for year in (-1, 0, 1) for day in reminder.dates_in(facts.day.year + year)]
        after = LATE_FOR if reminder.done else timedelta(0)
        near = [day for day in days if day - timedelta(reminder.ahead) <= facts.day <= day + after]
        if near:
            is_late = near[-1] < facts.day
            yield DueReminder(day=near[-1], words=reminder.text, is_late=is_late, doubt=reminder.doubt)


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
