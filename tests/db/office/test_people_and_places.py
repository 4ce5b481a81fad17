"""Office, services, counters, officers and stations as rows."""

import sqlite3

import msgspec
import pytest

from tests.pictures import LOGO
from ult_desktop.core.office_time import NEAR_MS
from ult_desktop.core.offline import RELIABLE_DAYS, USUAL_LETTER
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.access import officers
from ult_desktop.db.office import office, services
from ult_desktop.db.queue import counters
from ult_desktop.db.store import stations
from ult_desktop.db.store.stations import AT_WORK_MS, Presence
from ult_desktop.db.store.store import Store


def test_kiosks_pause_and_go_on(store: Store) -> None:
    store.write(lambda tx: office.pause_kiosks(tx, "Rapat"))
    assert store.read(office.load).kiosk_pause == "Rapat"
    store.write(lambda tx: office.pause_kiosks(tx, ""))
    assert store.read(office.load).kiosk_pause == ""


def test_the_logo_is_read_apart_from_what_every_write_reads(store: Store) -> None:
    plain = store.read(office.load).settings
    drawn = msgspec.structs.replace(plain, office=msgspec.structs.replace(plain.office, logo=LOGO))
    store.write(lambda tx: office.set_settings(tx, drawn))
    assert store.read(office.load).settings == drawn
    assert '"logo":""' in store.read(lambda tx: str(tx.value("SELECT settings FROM office")))
    store.write(lambda tx: office.set_settings(tx, plain))
    assert store.read(office.load).settings == plain


def test_a_damaged_logo_costs_the_logo_alone(store: Store) -> None:
    store.write(lambda tx: tx.run("UPDATE office SET logo = ?, logo_mark = 'damaged'", b"\0"))
    assert store.read(office.load).settings.office.logo == b""


def test_a_service_is_found_while_it_is_offered(store: Store) -> None:
    first = store.read(services.active)[0]
    assert store.read(lambda tx: services.find(tx, first.id)) == first
    store.write(lambda tx: tx.run("UPDATE service SET active = 0 WHERE id = ?", first.id))
    assert store.read(lambda tx: services.find(tx, first.id)) is None
    assert first not in store.read(services.active)


def test_an_officer_opens_a_counter_and_leaves_it(store: Store) -> None:
    siti = store.read(lambda tx: officers.find(tx, "siti"))
    assert siti is not None
    store.write(lambda tx: counters.seat_officer(tx, 1, siti.id))
    desk = store.read(lambda tx: counters.find(tx, 1))
    assert desk is not None
    assert (desk.state, desk.officer, desk.scope.services) == (
        CounterState.OPEN,
        siti.name,
        frozenset(desk.serves),
    )
    assert store.read(lambda tx: counters.staffed_by(tx, siti.id)) == (desk,)
    store.write(lambda tx: counters.set_state(tx, 1, CounterState.PAUSED, "Istirahat"))
    store.write(lambda tx: counters.seat_officer(tx, 1, None))
    desk = store.read(lambda tx: counters.find(tx, 1))
    assert desk is not None
    assert (desk.state, desk.officer, desk.pause_reason) == (CounterState.CLOSED, "", "")
    assert store.read(lambda tx: counters.find(tx, 9)) is None


def test_a_pause_without_a_reason_is_impossible(store: Store) -> None:
    with pytest.raises(sqlite3.IntegrityError, match=r"(?i)check"):
        store.write(lambda tx: counters.set_state(tx, 1, CounterState.PAUSED, ""))


def test_a_retired_officer_keeps_the_name_and_loses_the_password(store: Store) -> None:
    number = store.write(lambda tx: officers.insert(tx, "baru", "Baru", ["head"], "h1"))
    store.write(lambda tx: officers.set_password(tx, number, "h2"))
    row = store.read(lambda tx: officers.by_id(tx, number))
    assert row is not None
    assert (row.login, row.roles, row.password_hash, row.active) == ("baru", ("head",), "h2", True)
    store.write(lambda tx: officers.retire(tx, number))
    row = store.read(lambda tx: officers.find(tx, "baru"))
    assert row is not None
    assert (row.name, row.password_hash, row.active) == ("Baru", "", False)
    assert "baru" not in [o.login for o in store.read(officers.all_active)]


def test_a_station_has_one_row(store: Store) -> None:
    for seen_at in (10, 20):
        line = Presence(identity="i", name="kios", mode="kiosk", version="1", boot="b", seen_at=seen_at)
        store.write(lambda tx, line=line: stations.report(tx, line))  # type: ignore[misc]
    assert [s.seen_at for s in store.read(stations.all_seen)] == [20]
    assert [s.seen_at for s in store.read(lambda tx: stations.at_work(tx, 20 + AT_WORK_MS - 1))] == [20]
    assert store.read(lambda tx: stations.at_work(tx, 20 + AT_WORK_MS)) == ()
    assert store.read(lambda tx: stations.at_work(tx, 20 - NEAR_MS - 1)) == (), "a wrong clock wrote that"
    found = store.read(lambda tx: stations.find(tx, "kios", "b"))
    assert found == Presence(identity="i", name="kios", mode="kiosk", version="1", boot="b", seen_at=20)
    assert store.read(lambda tx: stations.find(tx, "lain", "b")) is None


def test_a_letter_of_a_kiosk_that_is_silent_is_not_given_again_for_a_month(store: Store) -> None:
    """A silent kiosk may be cut off, and giving numbers with its letter."""

    def report(name: str, days: int) -> str:
        told = Presence(
            identity=f"pc-{name}",
            name=name,
            mode="kiosk",
            version="1",
            boot="b",
            seen_at=days * DAY_MS,
            letter=USUAL_LETTER,
        )
        store.write(lambda tx: stations.report(tx, told))
        return store.read(lambda tx: stations.letter_of(tx, f"pc-{name}"))

    assert [report("kios-1", 1), report("kios-2", 2), report("kios-1", 3)] == ["K", "L", "K"]
    assert report("kios-3", 1 + RELIABLE_DAYS) == "M"
    assert report("kios-4", 3 + RELIABLE_DAYS) == "K"
    assert report("kios-1", 4 + RELIABLE_DAYS) == "L"
