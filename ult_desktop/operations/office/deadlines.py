"""The open deadlines, which follow the office's working days (docs/domain.md, A31).

The working days change when somebody changes the office's settings, and when a newer program brings other
national holidays. Each deadline knows from when and how many days it is counted, so it can be counted again.
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

MOST_DAYS_NAMED = 5  # in a reason
MOST_LINES = 8  # of deadlines that a person is shown before they move


class MovedDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that moves from `old_day` to `new_day`. `due_at` is the new end, UTC ms."""

    deadline: deadlines.OpenDeadline
    due_at: int
    old_day: date
    new_day: date
    reason: str


def describe_moved(moved: Sequence[MovedDeadline]) -> tuple[str, ...]:
    """Return lines that tell a person which deadlines move, from which day to which; () if none moves."""
    if not moved:
        return ()
    day = formats.format_date
    # Deadlines of a case that move alike, as its own and its escalation's, get one line.
    lines = list(
        dict.fromkeys(f"{move.deadline.number}: {day(move.old_day)} → {day(move.new_day)}" for move in moved)
    )
    if len(lines) > MOST_LINES:
        lines[MOST_LINES:] = [_("… dan {n} tenggat lagi.").format(n=len(lines) - MOST_LINES)]
    todo = _("Kepada pemohon tertulis atau dijanjikan hari yang lama: beri tahu mereka.")
    return (_("Tenggat yang berubah:"), *lines, todo)


def moved_deadlines(
    tx: Transaction, before: OfficeSettings, after: OfficeSettings, now: int
) -> tuple[MovedDeadline, ...]:
    """Return the open deadlines that the new settings move to another day, the earliest first."""
    old_calendar, new_calendar = WorkingCalendar(before), WorkingCalendar(after)
    moved = []
    for deadline in deadlines.open_deadlines(tx, now):
        since = old_calendar.day_of(deadline.since)
        old_day = old_calendar.day_of(deadline.due_at - 1)  # midnight ends the day before
        new_day = new_calendar.nth_working_day(since, deadline.days)
        if new_day == old_day:
            continue
        counted_days = [since + DAY * n for n in range(1, (max(old_day, new_day) - since).days + 1)]
        moved.append(
            MovedDeadline(
                deadline=deadline,
                due_at=new_calendar.closing(new_day),
                old_day=old_day,
                new_day=new_day,
                reason=_reason(before, after, counted_days),
            )
        )
    return tuple(moved)


def outdated_deadlines(tx: Transaction, now: int) -> tuple[MovedDeadline, ...]:
    """Return the open deadlines that were counted with other national holidays than this program's.

    None if another station's program is newer than this one: it knows the holidays better.
    """
    own_version = version_order(__version__)
    if any(version_order(station.version) > own_version for station in stations.all_seen(tx)):
        return ()
    settings = office_rows.load(tx).settings
    # The same settings twice: what may differ are the national holidays, which the program brings.
    return moved_deadlines(tx, settings, settings, now)


def find_outdated_deadlines(office: Office) -> tuple[MovedDeadline, ...]:
    """Return the outdated deadlines of an open office."""
    return office.read(lambda tx: outdated_deadlines(tx, office.clock()))


def move_deadlines(tx: Transaction, context: Context, moved: Iterable[MovedDeadline]) -> list[int]:
    """Move deadlines to their new days, with a line on each case's timeline. Return the cases' ids."""
    # Deadlines of a case that move alike, as its own and its escalation's, get one line.
    line_of: dict[tuple[int, date, date, str], MovedDeadline] = {}
    for move in moved:
        deadlines.set_due(tx, move.deadline, move.due_at)
        words = _timeline_words(move.deadline)
        line_of.setdefault((move.deadline.case_id, move.old_day, move.new_day, words), move)
    for (case_id, old_day, new_day, words), move in line_of.items():
        old, new = formats.format_date(old_day, "long"), formats.format_date(new_day, "long")
        entry = cases.NewEntry(
            case_id=case_id,
            at=context.at,
            kind=EntryKind.DUE_MOVED,
            officer_id=context.by.officer_id,
            text=words.format(new=new, old=old, reason=move.reason),
        )
        cases.add_entry(tx, entry)
    return sorted({move.deadline.case_id for move in line_of.values()})


def _timeline_words(deadline: deadlines.OpenDeadline) -> str:
    if deadline.place == deadlines.CALL_BACK:
        return _("Telepon balik sampai {new}; kepada penelepon dijanjikan {old}. Sebab: {reason}.")
    if deadline.place == deadlines.DISPUTE:
        return _("Sengketa dapat diajukan sampai {new}; dalam tanggapan {old}. Sebab: {reason}.")
    return _("{new}; pada tanda terima tertulis {old}. Sebab: {reason}.")


def _reason(before: OfficeSettings, after: OfficeSettings, days: Sequence[date]) -> str:
    """Return why a deadline moves that is counted over `days`: the first days that decide it.

    With the same settings the program's national holidays have changed. Which ones it had before is unknown:
    today's holidays are named.
    """
    if before == after:
        deciding = [day for day in days if holiday_on(after, day)]
        otherwise = _("hari libur nasional berubah")
    else:
        deciding = [day for day in days if holiday_on(before, day) != holiday_on(after, day)]
        otherwise = _("hari kerja kantor berubah")
    reasons = []
    for day in deciding[:MOST_DAYS_NAMED]:
        why = holiday_on(after, day)
        words = _("{day} libur ({why})") if why else _("{day} menjadi hari kerja")
        reasons.append(words.format(day=formats.format_date(day, "long"), why=why))
    return "; ".join(reasons) or otherwise
