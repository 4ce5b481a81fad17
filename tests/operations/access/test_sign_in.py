"""Guessing a password: slower with every wrong one, at every station, and no name is betrayed by it."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
import pytest

from tests.clocks import Clocks
from tests.office import PASSWORD, cheap_hash, open_office, store_of
from tests.operations.scene import Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import SetPassword
from ult_desktop.core.event import Event
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access import sign_in
from ult_desktop.operations.access.sign_in import TooManyTries
from ult_desktop.operations.office.office import Office

T = TypeVar("T")
GUESS = "tebakan-rahasia"


def guess(office: Office, login: str = "siti", password: str = GUESS) -> UserError:
    with pytest.raises(UserError) as refusal:
        office.sign_in(login, password)
    return refusal.value


def guess_times(scene: Scene, times: int, login: str = "siti") -> UserError:
    """Each as soon as it is allowed."""
    for _n in range(times - 1):
        guess(scene.office, login)
        scene.later(5)
    return guess(scene.office, login)


def lockouts(scene: Scene) -> list[Event]:
    return [event for event in scene.events() if event.kind == "officer.locked_out"]


def test_two_wrong_ones_cost_nothing_and_the_third_five_seconds(scene: Scene) -> None:
    assert [guess(scene.office).todo for _n in range(3)] == [
        "Coba lagi, atau minta admin memberi kata sandi baru.",
        "Coba lagi, atau minta admin memberi kata sandi baru.",
        "Coba lagi setelah 5 detik.",
    ]
    scene.clock.now += 2_001
    refusal = guess(scene.office, password=PASSWORD)
    assert isinstance(refusal, TooManyTries)
    assert (refusal.what, refusal.todo) == (
        "Terlalu banyak kata sandi salah.",
        "Tunggu 3 detik, lalu coba lagi.",
    )
    scene.clock.now += 2_999
    assert scene.office.sign_in("siti", PASSWORD).name == "Siti Rahmawati"


@pytest.mark.parametrize(
    ("times", "told"), [(4, "15 detik"), (5, "1 menit"), (6, "5 menit"), (12, "5 menit")]
)
def test_the_delay_grows_and_stays_at_five_minutes(scene: Scene, times: int, told: str) -> None:
    assert guess_times(scene, times).todo == f"Coba lagi setelah {told}."
    scene.later(5)
    assert scene.office.sign_in("siti", PASSWORD).name == "Siti Rahmawati"


def test_a_right_one_starts_again_and_with_nothing_wrong_before_only_reads(scene: Scene) -> None:
    guess_times(scene, 4)
    scene.later(1)
    scene.office.sign_in("siti", PASSWORD)
    assert guess(scene.office).todo.startswith("Coba lagi, atau")
    scene.office.sign_in("siti", PASSWORD)
    before = scene.dump()
    scene.office.sign_in("siti", PASSWORD)
    assert scene.dump() == before


def test_another_station_and_a_restart_do_not_help(scene: Scene) -> None:
    guess_times(scene, 3)
    other = open_office(scene.path)
    other.clock = scene.clock
    assert isinstance(guess(other, password=PASSWORD), TooManyTries)
    other.close()


def test_stations_that_guess_at_the_same_time_share_one_try(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other one reads "free", too, and then finds the try taken."""
    guess_times(scene, 3)
    scene.later(1)
    other = open_office(scene.path)
    other.clock = scene.clock
    read = store_of(scene.office).read
    told: list[UserError] = []

    def read_and_be_overtaken(query: Callable[[Transaction], T]) -> T:
        monkeypatch.undo()
        answer = read(query)
        told.append(guess(other))
        return answer

    monkeypatch.setattr(store_of(scene.office), "read", read_and_be_overtaken)
    assert isinstance(guess(scene.office, password=PASSWORD), TooManyTries)
    assert told[0].todo == "Coba lagi setelah 15 detik."
    other.close()


@pytest.mark.parametrize("days", [1, 400])
def test_a_clock_that_is_put_back_begins_the_wait_anew(scene: Scene, days: int) -> None:
    """Neither is it over, nor does it last until that day comes again."""
    guess_times(scene, 3)
    scene.clock.now -= days * DAY_MS
    assert guess(scene.office, password=PASSWORD).todo == "Tunggu 5 detik, lalu coba lagi."
    scene.clock.now += 4_000
    assert isinstance(guess(scene.office, password=PASSWORD), TooManyTries)
    scene.clock.now += 1_000
    assert scene.office.sign_in("siti", PASSWORD).name == "Siti Rahmawati"


@pytest.mark.parametrize("step", [-DAY_MS, DAY_MS])
@pytest.mark.parametrize("which", ["own", "share"])
def test_a_clock_that_is_stepped_meanwhile_ends_no_wait(scene: Scene, which: str, step: int) -> None:
    """Ticks measure it, not what somebody sets."""
    pc = Clocks(now=scene.clock.now)
    scene.office.clock = pc.clock()
    scene.take()
    for _n in range(3):
        guess(scene.office)
    setattr(pc, which, getattr(pc, which) + step)
    scene.office.clock.measure()
    assert guess(scene.office, password=PASSWORD).todo == "Tunggu 5 detik, lalu coba lagi."
    pc.pass_ms(5_000)
    assert scene.office.sign_in("siti", PASSWORD).name == "Siti Rahmawati"


def test_a_program_that_is_started_anew_after_the_clock_was_set_ahead_waits_on(scene: Scene) -> None:
    """An office on a local disk: its share's clock is this PC's own. What measures the wait is its ticks."""
    pc = Clocks(now=scene.clock.now)
    scene.office.clock = pc.clock()
    for _n in range(3):
        guess(scene.office)
    pc.own += DAY_MS
    pc.share += DAY_MS
    anew = open_office(scene.path)
    anew.clock = pc.clock()
    anew.clock.measure()
    assert anew.clock() > scene.clock.now + DAY_MS - 1000
    assert guess(anew, password=PASSWORD).todo == "Tunggu 5 detik, lalu coba lagi."
    pc.pass_ms(5_000)
    assert anew.sign_in("siti", PASSWORD).name == "Siti Rahmawati"
    anew.close()


@pytest.mark.parametrize("is_switched_off", [True, False])
def test_after_a_night_nobody_waits(scene: Scene, is_switched_off: bool) -> None:
    pc = Clocks(now=scene.clock.now)
    scene.office.clock = pc.clock()
    for _n in range(6):
        guess(scene.office)
        pc.pass_ms(5 * MINUTE_MS)
    pc.pass_ms(DAY_MS // 2)
    if is_switched_off:
        pc.ticks = 60_000
    anew = open_office(scene.path)
    anew.clock = pc.clock()
    assert anew.sign_in("siti", PASSWORD).name == "Siti Rahmawati"
    anew.close()


def test_at_another_pc_the_shares_clock_tells_the_wait(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another PC has ticks of its own."""
    scene.office.clock = Clocks(now=scene.clock.now).clock()
    for _n in range(3):
        guess(scene.office)
    scene.office.clock = Clocks(now=scene.clock.now + 5_000).clock()
    assert isinstance(guess(scene.office, password=PASSWORD), TooManyTries)
    monkeypatch.setattr(sign_in, "machine_id", lambda: "lain")
    assert scene.office.sign_in("siti", PASSWORD).name == "Siti Rahmawati"


def test_nobody_else_is_held_up(scene: Scene) -> None:
    guess_times(scene, 6)
    assert scene.office.sign_in("budi", PASSWORD).name == "Budi Santoso"


@pytest.mark.slow
@pytest.mark.parametrize("login", ["siapa", "", GUESS, "' OR 1=1 --"])
def test_a_name_that_nobody_has_is_answered_like_any_other(scene: Scene, login: str) -> None:
    heard = []
    for each in ("siti", login):
        answers = [guess(scene.office, each) for _n in range(4)]
        heard.append([(type(answer), str(answer)) for answer in answers])
    assert heard[0] == heard[1]


@pytest.mark.slow
def test_the_log_keeps_who_was_guessed_and_nothing_that_was_typed(scene: Scene) -> None:
    siti = scene.officer(1).officer_id
    for login in ("siti", "nama-yang-diketik"):
        guess_times(scene, 4, login)
    assert [(each.subject, msgspec.json.decode(each.data)) for each in lockouts(scene)] == [
        (siti, {"wrong": 3}),
        (siti, {"wrong": 4}),
        (0, {"wrong": 3}),
        (0, {"wrong": 4}),
    ]
    assert all((each.station, each.officer_id) == ("uji", None) for each in lockouts(scene))
    text = "\n".join(scene.dump())
    assert GUESS not in text
    assert "nama-yang-diketik" not in text


def test_an_admin_who_gives_a_new_password_ends_the_delay(scene: Scene) -> None:
    guess_times(scene, 6)
    admin = scene.office.sign_in("admin", PASSWORD)
    scene.office.perform(SetPassword(login="siti", password_hash=cheap_hash("kata-baru-siti")), admin)
    assert scene.office.sign_in("siti", "kata-baru-siti").name == "Siti Rahmawati"
