"""Times as they are told, and lines that come and go."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.shown import facts_of
from ult_desktop.core.stamps import to_stamp
from ult_desktop.ui.kit.detail import Fact, Facts
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.timeline import Timeline, TimelineEntry, until_words, when_words

WITA = ZoneInfo("Asia/Makassar")
NOW = datetime(2026, 11, 23, 9, 41, tzinfo=WITA)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 23, 0, 5, tzinfo=WITA), "00.05"),
        (datetime(2026, 11, 22, 23, 55, tzinfo=WITA), "kemarin 23.55"),
        (datetime(2026, 11, 20, 9, 41, tzinfo=WITA), "Jum, 20 Nov 09.41"),
        (datetime(2025, 11, 20, 9, 41, tzinfo=WITA), "Kam, 20 Nov 2025 09.41"),
    ],
)
def test_when(moment: datetime, words: str) -> None:
    assert when_words(to_stamp(moment), NOW) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 25, tzinfo=WITA), "akhir Sel, 24 Nov"),
        (datetime(2026, 11, 24, tzinfo=WITA), "akhir hari ini"),
        (datetime(2026, 11, 24, 16, tzinfo=WITA), "Sel, 24 Nov 16.00"),
        (datetime(2027, 1, 6, tzinfo=WITA), "akhir Sel, 5 Jan 2027"),
    ],
)
def test_a_limit_at_midnight_is_the_end_of_a_day(moment: datetime, words: str) -> None:
    assert until_words(to_stamp(moment), NOW) == words


def test_fewer_entries_leave_nothing_behind(qtbot: QtBot) -> None:
    timeline = Timeline(Theme.for_window("counter", 1366, 768))
    qtbot.addWidget(timeline)
    timeline.show_entries(
        [TimelineEntry("09.41", "Dipanggil", note="lisan"), TimelineEntry("09.44", "Datang")]
    )
    timeline.show_entries([TimelineEntry("09.41", "Dipanggil")])
    assert [line.isVisibleTo(timeline) for line in timeline.lines] == [True, False]
    assert timeline.lines[0].note.isHidden()


def test_facts_without_a_value_are_left_out(qtbot: QtBot) -> None:
    facts = Facts(Theme.for_window("counter", 1366, 768))
    qtbot.addWidget(facts)
    facts.show_facts((Fact("Nama", "Dedi"), Fact("Instansi", "SMPN 1")))
    facts.show_facts((Fact("Nama", ""), Fact("Instansi", "SMPN 1")))
    shown = facts_of(facts)
    assert shown == [("Instansi", "SMPN 1")]
