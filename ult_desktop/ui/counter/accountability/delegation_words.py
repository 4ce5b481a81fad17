"""A delegation as the list and the detail say it."""

from collections.abc import Sequence
from datetime import date, datetime

from ult_desktop.base.formats import format_date
from ult_desktop.base.i18n import _
from ult_desktop.core.accountability.deviations import Delegation, form_word
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.kit.facts import Fact
from ult_desktop.ui.kit.lists.filter_bar import Filter
from ult_desktop.ui.kit.lists.rows import ListRow, Tag

HOLDS, AHEAD, OVER = "holds", "ahead", "over"


def filters() -> tuple[Filter, ...]:
    return (
        Filter("", _("Semua")),
        Filter(HOLDS, _("Berlaku")),
        Filter(AHEAD, _("Akan datang")),
    )


def stage_of(found: Delegation, now: datetime) -> str:
    """Whether it holds now, is still ahead, or is over."""
    at = to_stamp(now)
    if found.holds(at):
        return HOLDS
    return AHEAD if found.ended_at is None and at < found.begins_at else OVER


def stage_tag(found: Delegation, now: datetime) -> Tag:
    return {
        HOLDS: Tag(_("berlaku"), "ok"),
        AHEAD: Tag(_("akan datang"), "primary"),
        OVER: Tag(_("berakhir"), "warn"),
    }[stage_of(found, now)]


def days_of(found: Delegation) -> str:
    first, last = (_day(text) for text in (found.first_day, found.last_day))
    return first if first == last else _("{first} s.d. {last}").format(first=first, last=last)


def rows_of(found: Sequence[Delegation], now: datetime) -> list[ListRow]:
    return [
        ListRow(
            id=each.id,
            title=_("{delegate} a.n. {absent}").format(delegate=each.delegate, absent=each.absent),
            subtitle=days_of(each),
            icon="arrow-right-left",
            tint="blue",
            tags=(stage_tag(each, now),),
            groups=frozenset({stage_of(each, now)}),
            search=f"{each.letter_number} {each.ordered_by}",
        )
        for each in found
    ]


def facts_of(found: Delegation, procedures: dict[str, str]) -> list[Fact]:
    letter_date = _day(found.letter_date) if found.letter_date else ""
    pairs = (
        (_("Berhalangan"), found.absent),
        (_("Pengganti"), found.delegate),
        (_("Bentuk"), form_word(found.form)),
        (_("Nomor surat"), found.letter_number),
        (_("Tanggal surat"), letter_date),
        (_("Prosedur"), procedures.get(found.procedure_id, found.procedure_id)),
        (_("Diperintahkan oleh"), found.ordered_by),
        (_("Saksi atau catatan"), found.notes),
    )
    return [Fact(name, value) for name, value in pairs]


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), "long")
