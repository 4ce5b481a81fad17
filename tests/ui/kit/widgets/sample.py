"""The morning that pictures are taken on."""

from datetime import datetime
from zoneinfo import ZoneInfo

MORNING = datetime(2026, 11, 21, 9, 41, tzinfo=ZoneInfo("Asia/Makassar"))


def now() -> datetime:
    return MORNING
