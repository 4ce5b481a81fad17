"""The clock of three days that the law sets to a request and to an incident: its tag, filters and fields."""

from datetime import datetime
from typing import Any

from ult_desktop.base import _, counted
from ult_desktop.core.privacy import subjects
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.pages import PageHost
from ult_desktop.ui.kit import detail, forms, lists, timeline

_TONES = {
    subjects.DeadlineState.CALM: "primary",
    subjects.DeadlineState.AMBER: "warn",
    subjects.DeadlineState.RED: "danger",
}
OPEN, LATE = "open", "late"


def clock_filters() -> tuple[lists.Filter, ...]:
    return (
        lists.Filter("", _("Semua")),
        lists.Filter(OPEN, _("Terbuka"), tone="warn"),
        lists.Filter(LATE, _("Lewat 3×24 jam"), tone="danger"),
    )


def clock_tag(due_at: int, deadline: subjects.DeadlineState, now: datetime) -> lists.Tag:
    """Return the clock's tag: "sisa 47 jam" or "lewat 5 jam", nights and holidays too, as the law counts.

    `due_at` is UTC ms.
    """
    remaining_ms = due_at - to_stamp(now)
    if deadline is subjects.DeadlineState.RED:
        return lists.Tag(counted("lewat {n} jam", -remaining_ms // subjects.HOUR_MS), _TONES[deadline])
    return lists.Tag(counted("sisa {n} jam", remaining_ms // subjects.HOUR_MS), _TONES[deadline])


def clock_groups(deadline: subjects.DeadlineState, closed_at: int | None) -> frozenset[str]:
    """Return the names of the filters that show a request or an incident."""
    belongs = {OPEN: closed_at is None, LATE: deadline is subjects.DeadlineState.RED}
    return frozenset(name for name, is_in in belongs.items() if is_in)


def when_and_who(at: int | None, who: str, now: datetime) -> str:
    return "" if at is None else " · ".join(word for word in (timeline.when_words(at, now), who) if word)


def deadline_fact(due_at: int, deadline: subjects.DeadlineState, now: datetime) -> detail.Fact:
    tone = "" if deadline is subjects.DeadlineState.CALM else _TONES[deadline]
    return detail.Fact(_("Batas 3×24 jam"), timeline.when_words(due_at, now), tone)


def since_fields(host: PageHost, day_label: str) -> tuple[forms.DateField, forms.TimeField]:
    """Make the fields for a day and an hour; both empty mean now. `day_label` is the label of the day."""
    return forms.DateField(host.theme, "day", day_label, days=host), forms.TimeField(
        host.theme, "time", _("Jam")
    )


def require_both(values: dict[str, Any]) -> dict[str, str]:
    """Refuse a day without an hour: the law counts hours (`check` of a `Form`)."""
    if values["day"] is not None and values["time"] is None:
        return {"time": _("Tulis juga jamnya.")}
    return {}


def with_stamp(host: PageHost, values: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the values with one stamp (UTC ms) called `name` instead of day and hour; None for now."""
    rest = {key: value for key, value in values.items() if key not in ("day", "time")}
    if values["time"] is None:
        return {**rest, name: None}
    now = host.now()
    day = values["day"] or now.date()
    return {**rest, name: to_stamp(datetime.combine(day, values["time"], tzinfo=now.tzinfo))}
