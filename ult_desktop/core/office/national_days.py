"""The national holidays and cuti bersama of Indonesia.

They come from the package `holidays`. Importing it costs a station 15 MiB and 0.1 s, so the years that an
office looks at are in `resources/holidays.json`, which `tools/national_days.py` writes from the package. The
package is asked for any other year.
"""

from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base.late import late
from ult_desktop.base.paths import resource

if TYPE_CHECKING:
    import holidays
else:
    holidays = late("holidays")

PUBLIC, CUTI_BERSAMA = "public", "government"  # what the package calls its categories

Days = dict[date, str]


class _Year(msgspec.Struct, frozen=True):
    public: Days
    government: Days


def national_days(year: int, category: str) -> Days:
    """Return the days of one category with their names in Indonesian."""
    known = _table().get(str(year))
    if known is None:
        return days_by_package(year, category)
    return known.public if category == PUBLIC else known.government


@lru_cache(maxsize=16)
def days_by_package(year: int, category: str) -> Days:
    """Return the package's days of one category; its default category leaves cuti bersama out."""
    holiday_names = holidays.country_holidays("ID", years=year, categories=(category,), language="id")
    # Some dates are an estimate to the package even after the decree of the year (docs/domain.md,
    # "Working time").
    return {day: name.replace(" (perkiraan)", "") for day, name in sorted(holiday_names.items())}


@cache
def _table() -> dict[str, _Year]:
    return msgspec.json.decode(resource("holidays.json").read_bytes(), type=dict[str, _Year])
