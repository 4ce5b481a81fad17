"""An office changes under way: settings, services, counters; what would break what runs is refused."""

import datetime
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from tests.office import cheap_hash, open_office
from tests.operations.desks import Desks
from tests.operations.offline.lone_kiosk import LoneKiosk
from tests.operations.scene import ELDERLY, KIOSK, Scene
from tests.pictures import LOGO
from ult_desktop.base.errors import UserError
from ult_desktop.core.access import commands as officer_commands
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.commands import CheckIn, Reschedule
from ult_desktop.core.office.commands import ChangeOffice, ChangeSettings
from ult_desktop.core.office.settings import OfficeSettings, fingerprint, settings_of
from ult_desktop.core.office.template import (
    Closure,
    CounterTemplate,
    OfficeTemplate,
    RamadanPeriod,
    ServiceTemplate,
    Weekly,
    Words,
)
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.commands import RetireProcedure
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import Openness
from ult_desktop.db.office import office as office_rows, services
from ult_desktop.db.queue import counters
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_changes import office_document, plan_edit, without_people
from ult_desktop.operations.office.office_files import load_office
from ult_desktop.operations.sheets import day_sheet

TODAY = datetime.date(2026, 11, 23)
NEW = ServiceTemplate(prefix="Q", name=Words("Legalisasi", "Certification"), helpdesk=("siti",), days=3)
FIFTH = CounterTemplate(number=5, name="Loket Baru", serves=("Q",))


class Chief:
    """The admin of the scene's office, who changes it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.actor: Actor = scene.office.sign_in("admin", "rahasia-kita")

    @property
    def document(self) -> OfficeTemplate:
        return without_people(self.scene.office.read(office_document))

    @property
    def settings(self) -> OfficeSettings:
        return self.scene.office.read(office_rows.load).settings

    def settle(self, **fields: Any) -> OfficeSettings:  # noqa: ANN401  (any setting)
        new = msgspec.structs.replace(self.settings, **fields)
        answer: OfficeSettings = self.scene.office.perform(ChangeSettings(settings=new), self.actor)
        return answer

    def change(self, seen: str = "", **parts: Any) -> OfficeTemplate:  # noqa: ANN401  (any part)
        made = msgspec.structs.replace(self.document, **parts)
        command = ChangeOffice(
            settings=settings_of(made), services=made.services, counters=made.counters, seen=seen
        )
        answer: OfficeTemplate = self.scene.office.perform(command, self.actor)
        return answer

    def service(self, prefix: str, **fields: Any) -> tuple[ServiceTemplate, ...]:  # noqa: ANN401  (any field)
        """All services, one of them changed."""
        return tuple(
            msgspec.structs.replace(each, **fields) if each.prefix == prefix else each
            for each in self.document.services
        )

    def without(self, prefix: str) -> dict[str, Any]:
        """Services and counters as they are without a service."""
        serves = {
            each.number: tuple(p for p in each.serves if p != prefix) for each in self.document.counters
        }
        return {
            "services": tuple(each for each in self.document.services if each.prefix != prefix),
            "counters": tuple(
                msgspec.structs.replace(each, serves=serves[each.number]) for each in self.document.counters
            ),
        }

    def refused(self, words: str, **parts: Any) -> None:  # noqa: ANN401  (any part)
        """Refused with these words and what is safe; the file stays as it was."""
        before = self.scene.dump()
        with pytest.raises(UserError, match=words) as refusal:
            self.change(**parts)
        assert refusal.value.safe == "Tidak ada yang berubah."
        assert refusal.value.todo
        assert self.scene.dump() == before


@pytest.fixture
def chief(scene: Scene) -> Chief:
    return Chief(scene)


@pytest.fixture
def kiosk(scene: Scene) -> Iterator[Office]:
    """Another station with the same file open."""
    opened = open_office(scene.path, "kiosk-1")
    opened.clock = scene.clock
    yield opened
    opened.close()


def test_a_change_is_one_event_that_names_only_the_parts(chief: Chief) -> None:
    before = len(chief.scene.kinds())
    answer = chief.settle(running_text=("Rahasia dapur",), closures=(Closure(TODAY, "Duka cita"),))
    assert answer == chief.settings
    (event,) = chief.scene.events()[before:]
    assert (event.kind, event.area, event.data) == (
        "office.changed", "office", '{"sections":["closures","running_text"]}',
    )  # fmt: skip


def test_every_station_sees_it_at_its_next_look(chief: Chief, kiosk: Office) -> None:
    assert kiosk.kiosk_board().opening.state is Openness.OPEN
    chief.settle(closures=(Closure(TODAY, "Rapat kerja"),), running_text=("Selamat datang",))
    board = kiosk.kiosk_board()
    assert (board.opening.state, board.opening.reason) == (Openness.HOLIDAY, "Rapat kerja")
    assert kiosk.lobby_board().running_text == ("Selamat datang",)
    with pytest.raises(UserError, match="belum dapat diambil"):
        kiosk.perform(commands.IssueTicket(service_id=1, at_kiosk=True), KIOSK)
    chief.settle(closures=())
    assert kiosk.kiosk_board().opening.state is Openness.OPEN


def test_a_logo_reaches_every_station_and_comes_back(chief: Chief, kiosk: Office) -> None:
    plain = chief.settings
    drawn = msgspec.structs.replace(plain.office, logo=LOGO, letterhead=("KEMENTERIAN", "BPMP"))
    chief.settle(office=drawn)
    assert chief.scene.events()[-1].data == '{"sections":["office"]}'
    assert {kiosk.kiosk_board().office.logo, kiosk.lobby_board().office.logo} == {LOGO}
    sheet = kiosk.read(lambda tx: day_sheet(tx, chief.scene.clock()))
    assert (sheet.office.lines, sheet.office.logo) == (("KEMENTERIAN", "BPMP"), LOGO)
    chief.settle(office=plain.office)
    assert kiosk.kiosk_board().office.logo == b""


def test_the_working_calendar_follows(chief: Chief, kiosk: Office) -> None:
    at = chief.scene.clock.now
    hours = load_office().hours
    fasting = RamadanPeriod(first=TODAY, last=TODAY, hours=Weekly(monday=("08.00-15.00",)))
    chief.settle(hours=hours, ramadan=(fasting,), closures=(Closure(datetime.date(2026, 11, 24), "Cuti"),))
    calendar = WorkingCalendar(kiosk.read(office_rows.load).settings)
    assert calendar.day_of(calendar.due_after_days(at, 1)) == datetime.date(2026, 11, 25)
    assert len(calendar.spans(TODAY)) == 1
    christmas = datetime.date(2026, 12, 25)
    assert not calendar.is_working_day(christmas)
    chief.settle(working_days=(christmas,))
    assert WorkingCalendar(kiosk.read(office_rows.load).settings).is_working_day(christmas)


def test_only_who_manages_the_office(chief: Chief) -> None:
    command = ChangeSettings(settings=msgspec.structs.replace(chief.settings, running_text=("Halo",)))
    with pytest.raises(UserError, match="tidak berwenang"):
        chief.scene.office.perform(command, chief.scene.officer(1))


def test_nothing_new_is_nothing_done(chief: Chief) -> None:
    with pytest.raises(UserError, match="sudah seperti itu"):
        chief.settle()


def test_what_somebody_else_changed_meanwhile_is_not_lost(chief: Chief) -> None:
    seen, looked_at = fingerprint(chief.settings), fingerprint(chief.document)
    mine = msgspec.structs.replace(chief.settings, running_text=("Dari saya",))
    chief.settle(closures=(Closure(TODAY, "Dari orang lain"),))
    with pytest.raises(UserError, match="diubah orang lain"):
        chief.scene.office.perform(ChangeSettings(settings=mine, seen=seen), chief.actor)
    with pytest.raises(UserError, match="diubah orang lain"):
        chief.change(seen=looked_at, running_text=("Dari saya",))
    now = msgspec.structs.replace(chief.settings, running_text=("Dari saya",))
    chief.scene.office.perform(ChangeSettings(settings=now, seen=fingerprint(chief.settings)), chief.actor)
    assert chief.change(seen=fingerprint(chief.document), closures=()).running_text == ("Dari saya",)


@pytest.mark.parametrize(
    "fields", [{"closures": (Closure(TODAY, ""),)}, {"running_text": ("",)}, {"hours": 7}]
)
def test_what_could_not_be_read_again_is_never_written(chief: Chief, fields: dict[str, Any]) -> None:
    before = chief.scene.dump()
    with pytest.raises(UserError, match="tidak dapat dipakai"):
        chief.settle(**fields)
    assert chief.scene.dump() == before


def test_a_service_and_its_counter_are_added_in_one_go(chief: Chief) -> None:
    answer = chief.change(
        services=(NEW, *chief.document.services), counters=(FIFTH, *chief.document.counters)
    )
    assert answer == chief.document
    assert (answer.services[0], answer.counters[-1]) == (NEW, FIFTH)
    assert chief.scene.events()[-1].data == '{"sections":["services","counters"]}'
    row = chief.scene.office.read(lambda tx: services.of_prefix(tx, "Q"))
    assert row is not None
    ticket = chief.scene.kiosk.perform(commands.IssueTicket(service_id=row.id), KIOSK).ticket
    assert ticket.label == "Q001"
    serving = chief.scene.office.read(counters.all_counters)
    assert [row.id in each.serves for each in serving] == [True, True, False, True, True]


def test_a_service_changes_its_words_hours_and_place(chief: Chief) -> None:
    hours = Weekly(monday=("13.00-14.00",))
    new = chief.service("A", name=Words("Umum", "General"), hours=hours, quota=1, helpdesk=("dewi",))
    chief.change(services=tuple(reversed(new)))
    lines = chief.scene.office.kiosk_board().lines
    assert [line.service.prefix for line in lines] == list("ZUSRMLBA")
    assert (lines[-1].service.name.en, lines[-1].why) == ("General", "Dibuka 13.00–14.00")


def test_a_retired_service_is_offered_no_more_and_may_come_back(chief: Chief) -> None:
    chief.scene.take("S")
    chief.scene.visit()
    chief.change(**chief.without("S"))
    assert "S" not in [line.service.prefix for line in chief.scene.office.kiosk_board().lines]
    with pytest.raises(UserError, match="tidak ada lagi"):
        chief.scene.take("S")
    again = next(each for each in load_office().services if each.prefix == "S")
    chief.refused(
        "milik layanan lama Persuratan & SPD, bukan Baru",
        services=(*chief.document.services, msgspec.structs.replace(again, name=Words("Baru"))),
    )
    chief.change(services=(*chief.document.services, again))
    assert chief.scene.take("S").label == "S002"


def test_a_counter_gets_another_name_and_other_services(chief: Chief) -> None:
    first, *others = chief.document.counters
    chief.change(
        counters=(msgspec.structs.replace(first, name="Depan", serves=("B",), priority=True), *others)
    )
    row = chief.scene.office.read(lambda tx: counters.find(tx, 1))
    assert row is not None
    assert (row.name, row.priority, row.serves) == ("Depan", True, (chief.scene.service["B"],))
    assert row.officer == "Siti Rahmawati", "whoever sits there stays"


def test_settings_that_contradict_the_services(chief: Chief) -> None:
    calling = msgspec.structs.replace(chief.settings.calling, priority_series="A")
    with pytest.raises(UserError, match="awalan dipakai dua kali: A"):
        chief.settle(calling=calling)


def in_zone(chief: Chief, zone: str = "Asia/Jakarta") -> dict[str, Any]:
    return {"office": msgspec.structs.replace(chief.settings.office, timezone=zone)}


def test_the_time_zone_stays_while_the_queue_is_open(chief: Chief) -> None:
    for _number in range(6):
        chief.scene.take()
    chief.refused("antrean berjalan: A001, A002, A003, A004, A005 dan 1 lagi", **in_zone(chief))
    chief.scene.do(commands.CloseDay(reason="Pindah"))
    chief.refused("selama loket 1 dijaga", **in_zone(chief))
    chief.scene.do(commands.LeaveCounter(counter=1))
    assert chief.change(**in_zone(chief)).office.timezone == "Asia/Jakarta"


def test_the_priority_series_stays_while_its_numbers_wait(chief: Chief) -> None:
    series: dict[str, Any] = {"calling": msgspec.structs.replace(chief.settings.calling, priority_series="Q")}
    chief.scene.take(priority=ELDERLY)
    chief.refused("Deret prioritas P masih dipakai: P001", **series)
    chief.scene.visit()
    chief.change(**series)
    assert chief.scene.take(priority=ELDERLY).label == "Q001"


def test_a_service_with_a_waiting_number_stays(chief: Chief) -> None:
    chief.scene.take("S")
    chief.refused("Persuratan & SPD masih punya nomor: S001", **chief.without("S"))


def test_a_service_with_an_appointment_stays(desks: Desks) -> None:
    chief = Chief(desks.scene)
    case = desks.case()
    made = desks.do(Reschedule(case_id=case.id, at=desks.scene.clock.now + 86_400_000, reason="Data kurang"))
    desks.scene.do(commands.CloseDay(reason="Sore"))
    chief.refused(f"masih punya janji temu: {made.code}", **chief.without("A"))


def test_who_was_promised_a_retired_service_still_gets_a_number(desks: Desks) -> None:
    scene, chief = desks.scene, Chief(desks.scene)
    kiosk, case = LoneKiosk(scene), desks.case()
    kiosk.give("A")
    scene.do(commands.Finish(counter=1))
    chief.change(**chief.without("A"))
    kiosk.merge()
    paper = scene.office.find_ticket("AK01")
    assert paper is not None
    assert scene.do(commands.CallTicket(counter=1, ticket_id=paper.id)).label == "AK01"
    made = desks.do(Reschedule(case_id=case.id, at=scene.clock.now + 3_600_000, reason="Data kurang"))
    assert scene.kiosk.perform(CheckIn(code=made.code), KIOSK).ticket.label == "A002"


def test_counters_are_never_removed(chief: Chief) -> None:
    chief.refused("Loket 3 tidak ada dalam berkas", counters=tuple(
        each for each in chief.document.counters if each.number != 3
    ))  # fmt: skip


def test_whoever_waits_can_still_be_called(chief: Chief) -> None:
    chief.scene.take("A")
    only_letters = tuple(msgspec.structs.replace(each, serves=("S",)) for each in chief.document.counters)
    chief.refused(
        "Tidak ada loket lagi yang melayani Informasi & Konsultasi, padahal A001", counters=only_letters
    )
    chief.scene.visit()
    chief.change(counters=only_letters)


def test_who_and_what_a_service_names_is_there(chief: Chief) -> None:
    chief.refused("petugas tuti tidak ada", services=chief.service("A", helpdesk=("siti", "tuti")))
    chief.refused("prosedur p3k tidak dijalankan", services=chief.service("A", procedure="p3k"))
    named = chief.service("A", helpdesk=("hadi",), procedure="sumut-telepon")
    add = officer_commands.AddOfficer(
        login="hadi", name="Hadi", roles=(Role.HELPDESK,), password_hash=cheap_hash()
    )
    chief.scene.office.perform(add, chief.actor)
    chief.change(services=named)
    chief.scene.office.perform(officer_commands.RetireOfficer(login="hadi"), chief.actor)
    chief.scene.office.perform(RetireProcedure(procedure_id="sumut-telepon"), chief.actor)
    chief.change(services=chief.service("A", quota=5))
    assert chief.document.services[0].helpdesk == ("hadi",), "what was named before holds nobody up"


def test_asked_twice_it_is_done_once(chief: Chief) -> None:
    new = msgspec.structs.replace(chief.settings, running_text=("Halo",))
    request = "0192f0c4-0000-7000-8000-000000000001"
    for _time in range(2):
        chief.scene.office.perform(ChangeSettings(settings=new), chief.actor, request)
    assert chief.scene.kinds().count("office.changed") == 1


def test_an_edit_leaves_alone_what_others_changed_meanwhile(chief: Chief) -> None:
    seen = chief.document
    wanted = msgspec.structs.replace(seen, running_text=("Selamat datang",))
    chief.settle(cuti_bersama_works=True)
    edit = chief.scene.office.read(lambda tx: plan_edit(tx, seen, wanted, chief.scene.clock.now))
    chief.scene.office.perform(edit.command, chief.actor)
    assert (chief.settings.running_text, chief.settings.cuti_bersama_works) == (("Selamat datang",), True)
    back = chief.scene.office.read(lambda tx: plan_edit(tx, edit.after, edit.before, chief.scene.clock.now))
    chief.scene.office.perform(back.command, chief.actor)
    assert chief.document == edit.before


def test_an_edit_of_what_somebody_else_changed_is_refused(chief: Chief) -> None:
    seen = chief.document
    chief.settle(running_text=("Hari ini tutup",))
    wanted = msgspec.structs.replace(seen, running_text=("Selamat datang",))
    with pytest.raises(UserError, match="diubah orang lain"):
        chief.scene.office.read(lambda tx: plan_edit(tx, seen, wanted, chief.scene.clock.now))
