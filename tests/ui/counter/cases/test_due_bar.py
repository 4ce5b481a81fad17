"""The clock of a case in words."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ult_desktop.core.online.clock import DueClock, Urgency
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.counter.cases.case_pane import due_words

ZONE = ZoneInfo("Asia/Jakarta")
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=ZONE)
DUE = to_stamp(datetime(2026, 11, 23, 16, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("tone", "days", "answered", "words"),
    [
        (Urgency.OK, 2, False, "sisa 2 hari kerja"),
        (Urgency.WARN, 0, False, "hari ini 16.00"),
        (Urgency.DANGER, 0, False, "lewat 16.00"),
        (Urgency.DANGER, 3, False, "lewat 3 hari kerja"),
        (Urgency.DONE, 1, True, "dijawab tepat waktu"),
        (Urgency.DANGER, 1, True, "dijawab terlambat"),
    ],
)
def test_the_clock_in_words(tone: Urgency, days: int, answered: bool, words: str) -> None:
    clock = DueClock(tone=tone, share=0.5, days=days, due_at=DUE)
    assert due_words(clock, NOW, answered=answered) == words


@pytest.mark.parametrize(
    ("tone", "day", "words"),
    [(Urgency.WARN, 24, "akhir hari ini"), (Urgency.DANGER, 22, "lewat akhir Sab, 21 Nov")],
)
def test_midnight_is_the_end_of_a_day(tone: Urgency, day: int, words: str) -> None:
    due = to_stamp(datetime(2026, 11, day, tzinfo=ZONE))
    assert due_words(DueClock(tone=tone, share=0.9, days=0, due_at=due), NOW) == words
