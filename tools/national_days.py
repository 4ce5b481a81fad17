"""Keeps `resources/holidays.json` in step with the package `holidays`. Run it after a newer package came."""

import msgspec

from ult_desktop.base.paths import resource
from ult_desktop.core.office.national_days import CUTI_BERSAMA, PUBLIC, days_by_package

FIRST, LAST = 2015, 2040


def table() -> bytes:
    years = {
        str(year): {category: days_by_package(year, category) for category in (PUBLIC, CUTI_BERSAMA)}
        for year in range(FIRST, LAST + 1)
    }
    return msgspec.json.format(msgspec.json.encode(years), indent=1) + b"\n"


if __name__ == "__main__":
    resource("holidays.json").write_bytes(table())
