"""A station is asked to try its printer or its voice: once, by an admin, while it is at work."""

import pytest

from tests.operations.office.test_station_replacing import Two, two
from ult_desktop.base.errors import UserError
from ult_desktop.core.office.commands import StationPart, TryStation
from ult_desktop.core.stamps import MINUTE_MS
from ult_desktop.operations.office.station_trials import Trials, trials_since

__all__ = ["two"]


def ask(two: Two, part: StationPart = StationPart.PRINTER, identity: str = "") -> None:
    two.desk.perform(TryStation(identity=identity or two.seen().identity, part=part), two.admin)


def heard(two: Two, since: int | None, identity: str = "") -> Trials:
    return two.kiosk.read(lambda tx: trials_since(tx, since, identity or two.kiosk.own.identity))


def test_whoever_is_meant_hears_it_once(two: Two) -> None:
    began = heard(two, None)
    assert began.parts == ()
    ask(two)
    ask(two)
    first = heard(two, began.seq)
    assert first.parts == (StationPart.PRINTER,), "asked twice in a moment, it is tried once"
    assert heard(two, first.seq).parts == ()
    assert heard(two, began.seq, "lain").parts == ()
    assert heard(two, None).parts == (), "a station that has just begun tries nothing of before"
    assert heard(two, first.seq + 9).seq == first.seq, "a restored log is followed from its end"


def test_who_has_a_folder_makes_a_backup(two: Two) -> None:
    with pytest.raises(UserError, match="tidak punya bagian itu"):
        ask(two, StationPart.BACKUP)
    two.report(two.kiosk, backs_up=True)
    began = heard(two, None)
    ask(two, StationPart.BACKUP)
    assert heard(two, began.seq).parts == (StationPart.BACKUP,)


def test_what_cannot_be_tried(two: Two) -> None:
    with pytest.raises(UserError, match="tidak dikenal"):
        ask(two, identity="hantu")
    with pytest.raises(UserError, match="tidak punya bagian itu"):
        ask(two, StationPart.VOICE)
    two.clock.now += 3 * MINUTE_MS
    with pytest.raises(UserError, match="kios-1 tidak sedang bekerja"):
        ask(two)
