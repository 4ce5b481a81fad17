"""Calls go to the announcer in their order, also those that came before it was there."""

from array import array
from collections.abc import Iterator

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from tests.ui.display import samples
from ult_desktop.base.config import DisplayConfig
from ult_desktop.core.queue.boards import Call
from ult_desktop.core.queue.spoken import SpokenCall
from ult_desktop.core.stamps import to_datetime
from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.call_player import AudioOutputs, CallPlayer
from ult_desktop.devices.voice.render import Renderer
from ult_desktop.ui.display.calls.announcements import LATE_MS, Announcements, spoken_words
from ult_desktop.ui.display.words import CallGroup

NOW = to_datetime(samples.call(6).at, None)
PRIORITY = msgspec.structs.replace(samples.call(1, "P003", 4, priority=True), counter_priority=True)


@pytest.fixture
def announcer() -> Iterator[Announcer]:
    """A real one on a machine without sound: a call lasts as long as it is shown."""
    made = Announcer(CallPlayer(Renderer(array("h")), AudioOutputs()), shown_s=0.01)
    yield made
    made.close()


def heard(call: Call, config: DisplayConfig = DisplayConfig(), several: bool = False) -> SpokenCall:  # noqa: B008
    return spoken_words(call, config, several_priority_counters=several)


def test_a_call_is_spoken_as_the_ministry_writes_it() -> None:
    assert heard(samples.call(1)).sentence == "Nomor antrean, A, nol satu dua, silakan menuju loket dua."


def test_numbers_are_read_in_words_where_the_station_wants_it() -> None:
    sentence = heard(samples.call(1), DisplayConfig(style="words")).sentence
    assert sentence == "Nomor antrean, A, dua belas, silakan menuju loket dua."


def test_the_only_priority_counter_is_called_by_its_name() -> None:
    assert heard(PRIORITY).sentence.endswith("silakan menuju loket prioritas.")
    assert heard(PRIORITY, several=True).sentence.endswith("silakan menuju loket empat.")


def test_a_system_voice_says_the_counters_own_name() -> None:
    named = heard(samples.call(1, counter_name="Loket Data"))
    assert named.sentence == "Nomor antrean, A, nol satu dua, silakan menuju Loket Data."
    assert named.clips == heard(samples.call(1)).clips, "recorded clips know its number"


def test_several_calls_come_one_after_the_other(announcer: Announcer, qtbot: QtBot) -> None:
    announcements = Announcements(DisplayConfig(), lambda: NOW)
    told: list[object] = []
    announcements.began.connect(told.append)
    announcements.over.connect(lambda: told.append("over"))
    calls = [samples.call(seq, f"A00{seq}") for seq in (1, 2, 3)]
    announcements.add(calls[:1])  # before the voice was loaded
    announcements.use(announcer)
    announcements.add(calls[1:])
    qtbot.waitUntil(lambda: announcements.pending == 0)
    assert told == [calls[0], "over", calls[1], "over", calls[2], "over"]


def lasting() -> Announcer:
    """With it a call lasts as long as the test."""
    return Announcer(CallPlayer(Renderer(array("h")), AudioOutputs()), shown_s=3600)


def following(announcements: Announcements) -> list[CallGroup]:
    shown: list[CallGroup] = []
    announcements.shown.connect(shown.append)
    return shown


CALLS = tuple(samples.call(seq, f"A00{seq}", seq) for seq in range(1, 7))


def test_a_call_is_shown_at_once_and_others_join_it_for_three_seconds() -> None:
    announcements, announcer = Announcements(DisplayConfig(), lambda: NOW), lasting()
    announcements.use(announcer)
    shown = following(announcements)
    announcements.add(CALLS[:1])
    assert shown == [CallGroup(CALLS[:1])], "it waits for no other"
    announcements.add(CALLS[1:2])
    assert shown[-1] == CallGroup(CALLS[:2])
    announcements.joining.stop()
    announcements.add(CALLS[2:3])
    assert shown[-1] == CallGroup(CALLS[:2], more=1)
    announcer.close()


def test_calls_that_wait_share_a_poster_and_each_is_spoken(announcer: Announcer, qtbot: QtBot) -> None:
    announcements = Announcements(DisplayConfig(), lambda: NOW)
    shown = following(announcements)
    announcements.add(CALLS)
    announcements.use(announcer)
    qtbot.waitUntil(lambda: announcements.pending == 0)
    first = [CallGroup(CALLS[:4], place, more=2) for place in range(4)]
    assert shown == [*first, CallGroup(CALLS[4:]), CallGroup(CALLS[4:], place=1)]


def test_a_call_that_the_display_learns_of_late_says_when_it_was_made() -> None:
    """A cable was out: the visitor may have gone to the counter already, or given up."""
    late, soon = samples.call(1), samples.call(2)
    back_at = to_datetime(soon.at + LATE_MS, None)
    announcements, announcer = Announcements(DisplayConfig(), lambda: back_at), lasting()
    announcements.use(announcer)
    shown = following(announcements)
    announcements.add([late])
    assert shown == [CallGroup((late,), late_since=to_datetime(late.at, back_at.tzinfo))]
    announcer.close()
    prompt = Announcements(DisplayConfig(), lambda: back_at)
    shown, announcer = following(prompt), lasting()
    prompt.use(announcer)
    prompt.add([soon])
    assert shown == [CallGroup((soon,))]
    announcer.close()


def test_a_full_poster_takes_no_fifth_call() -> None:
    announcements, announcer = Announcements(DisplayConfig(), lambda: NOW), lasting()
    announcements.use(announcer)
    shown = following(announcements)
    announcements.add(CALLS[:3])
    announcements.add(CALLS[3:])
    assert shown[-1] == CallGroup(CALLS[:4], more=2)
    announcer.close()


def test_a_restored_office_may_use_a_number_of_the_log_again(announcer: Announcer, qtbot: QtBot) -> None:
    announcements = Announcements(DisplayConfig(), lambda: NOW)
    announcements.use(announcer)
    for label in ("A001", "B001"):
        with qtbot.waitSignal(announcements.began) as began:
            announcements.add([samples.call(1, label)])
        assert began.args == [samples.call(1, label)]
    qtbot.waitUntil(lambda: announcements.pending == 0)


def test_after_the_end_nothing_is_announced(announcer: Announcer) -> None:
    announcements = Announcements(DisplayConfig(), lambda: NOW)
    announcements.use(announcer)
    announcements.add([samples.call(1), samples.call(2)])
    assert announcements.pending == 2
    announcements.stop()
    assert announcements.pending == 0


def test_a_number_on_two_papers_is_said_as_it_stands_on_them() -> None:
    twin = msgspec.structs.replace(samples.call(1, "AK01"), series="AK/2")
    assert heard(twin).sentence == heard(samples.call(1, "AK01")).sentence
