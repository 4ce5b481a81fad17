"""When a three-day clock began, for what was heard of before it is written down."""

from datetime import datetime
from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.kit.forms.date_field import DateField
from ult_desktop.ui.kit.forms.time_field import TimeField


def since_fields(desk: PageHost, day: str) -> tuple[DateField, TimeField]:
    """Both left empty: now. `day` is what the date is called."""
    return DateField(desk.theme, "day", day, now=desk.now), TimeField(desk.theme, "time", _("Jam"))


def require_both(values: dict[str, Any]) -> dict[str, str]:
    """The law counts hours: a day without its hour is none."""
    if values["day"] is not None and values["time"] is None:
        return {"time": _("Tulis juga jamnya.")}
    return {}


def with_stamp(desk: PageHost, values: dict[str, Any], name: str) -> dict[str, Any]:
    """The values with one stamp (UTC ms) called `name` in place of day and hour; None for now."""
    rest = {key: value for key, value in values.items() if key not in ("day", "time")}
    if values["time"] is None:
        return {**rest, name: None}
    now = desk.now()
    day = values["day"] or now.date()
    return {**rest, name: to_stamp(datetime.combine(day, values["time"], tzinfo=now.tzinfo))}
