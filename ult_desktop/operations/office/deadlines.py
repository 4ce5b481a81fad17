"""The open deadlines when the office's days change: they follow the working days (docs/domain.md, A31).

The office's days change when somebody changes its settings, and when a newer program brings other national
days. Each deadline knows from when and how many days it is counted, so it can be counted again.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from ult_desktop import __version__
from ult_desktop.base import _, formats
from ult_desktop.core.cases.timeline_words import EntryKind
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.working_time import DAY, WorkingCalendar, holiday_on
from ult_desktop.core.updates.rollout import version_order
from ult_desktop.db.cases import cases, deadlines
from ult_desktop.db.office import office as office_rows
from ult_desktop.db.store import stations
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.operation import Context

NAMED = 5  # days that a reason lists
LISTED = 8  # deadlines that are shown before they move


class MovedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that another calendar moves from `old_day` to `new_day`. `due_at` is the new one, UTC ms."""

    deadline: deadlines.OpenDeadline
    due_at: int
    old_day: date
    new_day: date
    reason: str


def moved_words(moved: Sequence[MovedDeadline]) -> tuple[str, ...]:
    """Return lines for a person before deadlines move: each with its days, old → new; () if none moves."""
    days = dict.fromkeys((each.deadline.number, each.old_day, each.new_day) for each in moved)
    if not days:
        return ()
    day = formats.format_date
    lines = [f"{number}: {day(old_day)} → {day(new_day)}" for number, old_day, new_day in days]
    if len(lines) > LISTED:
        lines[LISTED:] = [_("… dan {n} tenggat lagi.").format(n=len(lines) - LISTED)]
    todo = _("Kepada pemohon tertulis atau dijanjikan hari yang lama: beri tahu mereka.")
    return (_("Tenggat yang berubah:"), *lines, todo)


def moved_deadlines(
    tx: Transaction, before: OfficeSettings, after: OfficeSettings, now: int
) -> tuple[MovedDeadline, ...]:
    """Return the open deadlines whose day is another one with the new settings, the earliest first."""
    old, new = WorkingCalendar(before), WorkingCalendar(after)
    found = []
    for each in deadlines.open_deadlines(tx, now):
        since, old_day = old.day_of(each.since), old.day_of(each.due_at - 1)  # midnight ends the day before
        new_day = new.nth_working_day(since, each.days)
        if new_day != old_day:
            why = _reason(before, after, tuple(_days(since, max(old_day, new_day))))
            due_at = new.closing(new_day)
            found.append(
                MovedDeadline(deadline=each, due_at=due_at, old_day=old_day, new_day=new_day, reason=why)
            )
    return tuple(found)


def outdated_deadlines(tx: Transaction, now: int) -> tuple[MovedDeadline, ...]:
    """Return the open deadlines that were counted with other national days than this program's.

    A station whose program is older than another's leaves them: it knows less of the days.
    """
    own = version_order(__version__)
    if any(version_order(each.version) > own for each in stations.all_seen(tx)):
        return ()
    settings = office_rows.load(tx).settings
    # The settings are the same; what may differ are the national days, which the program brings.
    return moved_deadlines(tx, settings, settings, now)


def find_outdated_deadlines(office: Office) -> tuple[MovedDeadline, ...]:
    """Return the deadlines that are `outdated_deadlines` now."""
    return office.read(lambda tx: outdated_deadlines(tx, office.clock()))


def move_deadlines(tx: Transaction, context: Context, moved: Iterable[MovedDeadline]) -> list[int]:
    """Move deadlines to their new days, with a line on each case's timeline. Return the cases' ids."""
    # Deadlines of a case that move alike, as its own and its escalation's, get one line.
    lines: dict[tuple[int, date, date, str], MovedDeadline] = {}
    for each in moved:
        deadlines.set_due(tx, each.deadline, each.due_at)
        lines.setdefault((each.deadline.case_id, each.old_day, each.new_day, _words_of(each.deadline)), each)
    for (case_id, old_day, new_day, words), each in lines.items():
        old, new = formats.format_date(old_day, "long"), formats.format_date(new_day, "long")
        text = words.format(new=new, old=old, reason=each.reason)
        line = cases.NewEntry(
            case_id=case_id,
            at=context.at,
            kind=EntryKind.DUE_MOVED,
            officer_id=context.by.officer_id,
            text=text,
        )
        cases.add_entry(tx, line)
    return sorted({case_id for case_id, *_days_of in lines})


def _days(since: date, until: date) -> Iterable[date]:
    return (since + DAY * n for n in range(1, (until - since).days + 1))


def _words_of(deadline: deadlines.OpenDeadline) -> str:
    if deadline.place == deadlines.CALL_BACK:
        return _("Telepon balik sampai {new}; kepada penelepon dijanjikan {old}. Sebab: {reason}.")
    if deadline.place == deadlines.DISPUTE:
        return _("Sengketa dapat diajukan sampai {new}; dalam tanggapan {old}. Sebab: {reason}.")
    return _("{new}; pada tanda terima tertulis {old}. Sebab: {reason}.")


def _reason(before: OfficeSettings, after: OfficeSettings, days: Sequence[date]) -> str:
    """Return why a deadline moves that is counted over `days`.

    What the national days were before a program brought new ones is not known: those of now are named.
    """
    if before == after:
        off = [day for day in days if holiday_on(after, day)]
        named = "; ".join(_day_reason(after, day) for day in off[:NAMED])
        return named or _("hari libur nasional berubah")
    changed = [day for day in days if holiday_on(before, day) != holiday_on(after, day)]
    return "; ".join(_day_reason(after, day) for day in changed[:NAMED]) or _("hari kerja kantor berubah")


def _day_reason(after: OfficeSettings, day: date) -> str:
    why = holiday_on(after, day)
    words = _("{day} libur ({why})") if why else _("{day} menjadi hari kerja")
    return words.format(day=formats.format_date(day, "long"), why=why)
