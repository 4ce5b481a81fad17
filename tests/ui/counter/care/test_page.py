"""The page Pendampingan and the bar of alerts: called, accompanied, lent a device, brought out."""

from typing import Any

import pytest
from PySide6.QtWidgets import QLabel

from tests.office import PASSWORD
from tests.ui.conftest import Picture
from tests.ui.counter.pages.bench import Bench
from ult_desktop.base.i18n import use_language
from ult_desktop.core.access.roles import Role
from ult_desktop.core.care.commands import AddDevice, CallSecurity, DeclareVulnerable
from ult_desktop.core.care.declarations import AlertKind, Condition, Device, Leg
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.core.visits.commands import SignGuestBook, WelcomeVisitor
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.care import assistive_devices, declarations
from ult_desktop.db.visits import visits
from ult_desktop.ui.counter.care.page import AlertBar, AlertWatch, CarePage, devices_notice
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Contrast
from ult_desktop.ui.kit.widgets.button import Button

PEOPLE = {"amir": ("Amir Hamzah", Role.SECURITY), "nina": ("Nina Aprilia", Role.RECEPTION)}


def by(bench: Bench, login: str, command: Command) -> Any:  # noqa: ANN401  (each ask has its own answer)
    if login in PEOPLE:
        bench.engage(login, PEOPLE[login][1], name=PEOPLE[login][0])
    bench.clock.now += 1000
    return bench.do(command, bench.office.sign_in(login, PASSWORD))


def arrival(bench: Bench, *wanted: Help) -> Visit:
    """A visitor in a wheelchair whom the guard declared at the door."""
    visit: Visit = by(bench, "amir", WelcomeVisitor())
    command = DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,), help=wanted)
    declared: Visit = by(bench, "amir", command)
    return declared


def opened(bench: Bench, visit: Visit, login: str = "nina", contrast: Contrast = "light") -> CarePage:
    bench.sign_in(login, PEOPLE[login][1], name=PEOPLE[login][0])
    page = bench.open(CarePage, contrast=contrast)
    page.open_subject(visit.id)
    bench.wait(lambda: not page.detail.is_empty)
    return page


def press(bench: Bench, page: CarePage, name: str, told: str = "") -> None:
    bench.wait(lambda: name in page.detail.acts.buttons and page.detail.acts.buttons[name].isEnabled())
    page.detail.acts.buttons[name].click()
    bench.wait(lambda: not told or bench.toast == told)


def top(bench: Bench) -> Any:  # noqa: ANN401  (each dialog has parts of its own)
    return [box for box in bench.frame.findChildren(Box) if box.isVisible()][-1]


def pick(bench: Bench, words: str) -> None:
    next(each for each in top(bench).findChildren(Button) if words in each.text()).click()


@pytest.mark.parametrize(("language", "contrast"), [("id", "light"), ("en", "kontras")])
def test_look(bench: Bench, picture: Picture, language: str, contrast: Contrast) -> None:
    use_language(language)
    first = arrival(bench, Help.WHEELCHAIR, Help.ESCORT)
    sign = SignGuestBook(
        visit_id=first.id, name="Maria Goretti", institution="SLB Negeri Tarakan", phone="081155501234"
    )
    by(bench, "nina", sign)
    bench.later(12)
    arrival(bench, Help.CANE)
    by(bench, "admin", AddDevice(kind="Kursi roda", label="Kursi roda 1"))
    page = opened(bench, first, contrast=contrast)
    press(bench, page, "acknowledge")
    bench.wait(lambda: bench.waiting(page) == 1)
    press(bench, page, "escort")
    press(bench, page, "lend")
    picture(top(bench), f"counter-pendampingan-alat-{language}-{contrast}")
    pick(bench, "Kursi roda 1")
    bench.wait(lambda: len([line for line in page.journey.lines if line.isVisible()]) == 2)
    picture(bench.window, f"counter-pendampingan-{language}-{contrast}")
    page.devices_button.click()
    bench.wait(lambda: top(bench).rows.count)
    picture(top(bench), f"counter-pendampingan-inventaris-{language}-{contrast}")


def test_nobody_is_there(bench: Bench, picture: Picture) -> None:
    bench.sign_in("nina", Role.RECEPTION)
    page = bench.open(CarePage)
    picture(bench.window, "counter-pendampingan-kosong")
    assert page.detail.is_empty
    assert page.detail.acts.buttons == {}


def test_in_and_out_again(bench: Bench) -> None:
    visit = arrival(bench, Help.WHEELCHAIR)
    by(bench, "admin", AddDevice(kind="Kursi roda", label="Kursi roda 1"))
    page = opened(bench, visit)
    press(bench, page, "acknowledge", "Tercatat: Anda yang menangani.")
    press(bench, page, "escort", "Pendampingan dimulai.")
    press(bench, page, "arrived", "Pendampingan selesai.")
    press(bench, page, "lend")
    pick(bench, "Kursi roda 1")
    bench.wait(lambda: "take_back" in page.detail.acts.buttons)
    assert page.detail.acts.buttons["lend"].toolTip() == "Tidak ada alat bantu yang tersedia."
    assert page.lent.text() == "Tidak ada alat bantu yang tersedia"
    press(bench, page, "alone", "Keinginan tamu tercatat.")
    press(bench, page, "take_back")
    pick(bench, "rusak")
    bench.wait(lambda: bench.toast == "Alat kembali tercatat.")
    press(bench, page, "security", "Petugas keamanan dipanggil.")
    alerts = bench.office.read(declarations.open_alerts)
    assert [alert.kind for alert in alerts] == [AlertKind.SECURITY_CALL]
    found = bench.office.read(lambda tx: assistive_devices.every_device(tx, visit.day))
    assert found[0].condition is Condition.BROKEN
    escorts = bench.office.read(lambda tx: declarations.escorts_of(tx, visit.id))
    assert [(each.leg, each.declined) for each in escorts] == [(Leg.IN, False), (Leg.TO_COUNTER, True)]


def test_a_second_coming_for_the_result(bench: Bench) -> None:
    visit = arrival(bench)
    bench.set_time("2026-11-25 09:00")
    page = opened(bench, visit)
    press(bench, page, "again", "Kedatangan kedua tercatat.")
    bench.wait(lambda: page.visitors.count == 2)
    newest = bench.office.read(lambda tx: declarations.vulnerable_visits(tx, "2026-11-25"))[0]
    assert bench.office.read(lambda tx: visits.get(tx, newest.visit_id)).follows == visit.id


def test_who_was_welcomed_already_is_the_one_who_comes_for_the_result(bench: Bench) -> None:
    visit = arrival(bench)
    bench.set_time("2026-11-25 09:00")
    welcomed = by(bench, "amir", WelcomeVisitor())
    page = opened(bench, visit)
    press(bench, page, "again")
    bench.wait(lambda: any(box.isVisible() for box in bench.frame.findChildren(Box)))
    pick(bench, "Disambut pukul 09.00")
    bench.wait(lambda: bench.toast == "Kedatangan kedua tercatat.")
    assert bench.office.read(lambda tx: visits.get(tx, welcomed.id)).follows == visit.id


def test_the_guard_sees_no_desk_work(bench: Bench) -> None:
    page = opened(bench, arrival(bench), "amir")
    bench.wait(lambda: set(page.detail.acts.buttons) == {"acknowledge", "escort", "alone", "seat", "lend"})


def test_the_inventory(bench: Bench) -> None:
    bench.sign_in("admin", Role.ADMIN)
    page = bench.open(CarePage)
    page.devices_button.click()
    box = top(bench)
    box.new_button.click()
    form = top(bench).form
    form.show_values({"kind": "Kursi roda", "label": "Kursi roda 1"})
    form.submit()
    bench.wait(lambda: bench.toast == "Kursi roda 1 ditambahkan.")
    bench.wait(lambda: box.rows.count == 1)
    assert not box.change_button.isEnabled()
    box.rows.choose(1)
    box.rows.opened.emit(1)
    pick(bench, "rusak")
    bench.wait(lambda: bench.toast == "Keadaan Kursi roda 1 tercatat.")
    bench.wait(lambda: box.rows.model.row_at(box.rows.model.index(0)).subtitle == "rusak")


def watched(bench: Bench, login: str, *roles: Role, counter: int | None = None) -> AlertBar:
    """The bar as it lies below the pages of that officer."""
    bench.sign_in(login, *roles)
    bench.make_desk((1366, 768), "light", counter)
    bar = AlertBar(bench.host.theme)
    AlertWatch(bench.host, bar)
    bench.stand(bar, (1366, 768), (24, 300, 24, 300))
    return bar


def test_a_call_lies_over_every_page_until_somebody_takes_it(bench: Bench, picture: Picture) -> None:
    bar = watched(bench, "nina", Role.RECEPTION)
    assert bar.isHidden()
    visit, second = arrival(bench, Help.WHEELCHAIR), arrival(bench)
    by(bench, "siti", CallSecurity(visit_id=visit.id, place="Loket 1"))
    bench.wait(lambda: "(1 lagi)" in bar.words.text())
    picture(bench.window, "counter-panggilan-pendampingan")
    bar.look_button.click()
    assert bench.jumps == [("care", visit.id)]
    bar.take_button.click()
    bench.wait(lambda: bench.toast == "Tercatat: Anda yang menangani.")
    bench.wait(lambda: "lagi" not in bar.words.text())
    bar.take_button.click()
    bench.wait(bar.isHidden)
    calls = bench.office.read(declarations.open_alerts)
    assert [(call.kind, call.visit_id) for call in calls] == [(AlertKind.SECURITY_CALL, visit.id)]
    assert second.id != visit.id


def test_a_counter_welcomes_whom_it_calls_next_until_it_calls(bench: Bench) -> None:
    bench.sign_in("siti", Role.FRONT_OFFICE)
    bench.do(commands.StaffCounter(counter=1))
    bar = watched(bench, "siti", Role.FRONT_OFFICE, counter=1)
    (watch,) = bar.findChildren(AlertWatch)
    service = bench.office.counter_board(1).services[0].id
    number = commands.IssueTicket(service_id=service, priority=PriorityReason.ELDERLY)
    label = bench.do(number).ticket.label
    bench.wait(lambda: watch._alerts != ())
    assert bar.isHidden()
    watch.show_next(label)
    assert bar.isVisible()
    assert bar.words.text() == f"{label} kelompok rentan, sambut dan dampingi."
    bench.do(commands.CallNext(counter=1))
    bench.wait(bar.isHidden)


def test_security_is_called_to_the_desk(bench: Bench) -> None:
    visit = arrival(bench)
    by(bench, "nina", CallSecurity(visit_id=visit.id, place="Loket 1"))
    bar = watched(bench, "amir", Role.SECURITY)
    bench.wait(bar.isVisible)
    bar.take_button.click()
    bench.wait(lambda: bar.words.text() == "Petugas keamanan diminta ke Loket 1 untuk tamu.")


def test_who_cares_for_nobody_hears_nothing(bench: Bench) -> None:
    arrival(bench)
    bar = watched(bench, "bela", Role.BACK_OFFICE)
    bench.host.changed.emit()
    assert bar.isHidden()
    bar._acknowledge()
    bar._open_visit()
    assert bench.jumps == []
    assert bench.frame.findChildren(QLabel)


def test_a_seat_is_given_and_taken_back_with_one_tap(bench: Bench, picture: Picture) -> None:
    visit = arrival(bench, Help.CANE)
    page = opened(bench, visit)
    bench.wait(lambda: page.occupancy.text() == "Kursi prioritas 0/4 terpakai")
    press(bench, page, "seat", "Kursi prioritas diberikan.")
    bench.wait(lambda: page.occupancy.text() == "Kursi prioritas 1/4 terpakai")
    bench.wait(lambda: page.detail.acts.buttons["seat"].text() == "Kursi kembali")
    picture(bench.window, "counter-pendampingan-kursi")
    press(bench, page, "seat", "Kursi prioritas kembali.")
    bench.wait(lambda: page.occupancy.text() == "Kursi prioritas 0/4 terpakai")


def test_what_did_not_come_back_is_noticed_first() -> None:
    chair = Device(
        id=1, kind="Kursi roda", label="Kursi roda 1", condition=Condition.GOOD, loan_id=1, visit_id=1,
        ticket=None, lent_at=0, overdue=True,
    )  # fmt: skip
    assert devices_notice((chair,)) == ("1 alat bantu belum kembali", "danger")
    assert devices_notice(()) == ("", "")
