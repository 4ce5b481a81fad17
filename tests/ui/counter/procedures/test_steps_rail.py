"""Langkah POS: what every step shows, and what an officer can do there."""

import pytest
from pytestqt.qtbot import QtBot

from tests.core.procedures.runs import at, event
from tests.ui.conftest import Picture, Show
from tests.ui.counter.procedures import samples
from tests.ui.counter.procedures.samples import IN_HAND, ZONE, seen, visit
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.procedures.steps_rail import StepLook, StepsRail, step_looks
from ult_desktop.ui.kit.theme import Contrast, Theme

CALLED = [
    event(StepEvent.GUEST_BOOK_FILLED, "09:05"),
    event(StepEvent.TICKET_ISSUED, "09:05"),
    event(StepEvent.TICKET_CALLED, "09:30"),
]


def look(given: VisitSteps, step: int, now: str = "09:38") -> StepLook:
    return next(each for each in step_looks(given, at(now), ZONE) if each.step == step)


def rail(given: VisitSteps, now: str = "09:38", theme: Theme | None = None) -> StepsRail:
    theme = theme or Theme("counter")
    made = StepsRail(theme)
    theme.apply(made)
    made.show_steps(given, at(now), ZONE)
    return made


def test_done_steps_tell_when_by_whom_and_in_how_long() -> None:
    given = seen()
    late, ticked, waived = look(given, 2), look(given, 4), look(given, 7)
    assert (late.tone, late.icon, late.time) == ("danger", "clock-alert", "6 dari 3 menit")
    assert late.meta == "09.08 · Selesai terlambat"
    assert (ticked.tone, ticked.icon) == ("ok", "check")
    assert ticked.meta == "09.11 · Nina Kartika · atas nama Siti Rahmawati"
    assert (waived.tone, waived.icon) == ("soft", "minus")
    assert waived.meta.endswith("Dilewati · Sudah diverifikasi resepsionis")


@pytest.mark.parametrize(
    ("now", "tone", "time"),
    [
        ("09:38", "primary", "01:00 dari 3 menit"),
        ("09:39:30", "warn", "02:30 dari 3 menit"),
        ("09:40:59", "warn", "03:59 dari 3 menit"),
        ("09:41", "danger", "04:00 dari 3 menit"),
    ],
)
def test_the_ring_fills_and_warns_between_two_readings(now: str, tone: str, time: str) -> None:
    shown = look(seen(), 9, now)
    assert (shown.tone, shown.time, shown.is_current) == (tone, time, True)
    assert shown.share == pytest.approx(min(1, (at(now) - at("09:37")) / 180_000))


def test_the_clock_stands_at_a_break_and_in_a_pause() -> None:
    noon = seen([*samples.IN_HAND[:-1], event(StepEvent.CASE_OPENED, "11:59")], "12:10")
    assert look(noon, 9, "12:40").time == "01:00 dari 3 menit"
    paused = seen(pause=Pause(from_at=at("09:37"), reason="Mengambil berkas"))
    assert look(paused, 9, "09:50").time == "0 dari 3 menit"
    overdue = seen(now="09:45")
    assert look(overdue, 9, "09:46").time == "09:00 dari 3 menit"
    assert look(overdue, 9, "09:44").time == "08:00 dari 3 menit"


def test_the_ways_that_may_be_taken_and_the_one_that_was() -> None:
    assert look(seen(), 9).branches[2] == "Tidak tersedia: diteruskan ke back office → langkah 10"
    taken = seen(samples.ANSWERED, "09:42")
    assert look(taken, 9).branches == ("Layanan/informasi tersedia: langsung disampaikan → langkah 15",)
    assert (look(taken, 10).tone, look(taken, 10).meta) == ("soft", "Tidak ditempuh")
    at_identity = seen(samples.IN_HAND[:8], "09:34")
    assert look(at_identity, 7).branches[2].endswith("→ berakhir")


def test_a_standard_in_days_tells_until_when() -> None:
    online = visit("kepri-daring")
    given = seen([event(StepEvent.REQUEST_RECEIVED, "09:05")], "10:00", of=online)
    answer = look(given, 2, "10:00")
    assert answer.time == "sampai 25/11/2026 16.00"
    assert 0 < answer.share < 0.1
    assert look(given, 3, "10:00").meta == "Stakeholder"


def test_acts_belong_to_open_steps_of_open_visits() -> None:
    given = seen(CALLED)
    looks = step_looks(given, at("09:38"), ZONE)
    assert [each.step for each in looks if each.has_acts] == [1, 2, 4, 6]
    assert [each.step for each in looks if each.may_tick] == [4]
    closed = seen(of=visit(ended="09:40"), now="09:50")
    assert not any(each.has_acts for each in step_looks(closed, at("09:50"), ZONE))


def test_acts_are_offered_to_whose_they_are() -> None:
    given = seen(CALLED)

    def offered(*roles: Role) -> tuple[list[int], list[int]]:
        looks = step_looks(given, at("09:38"), ZONE, frozenset(roles))
        return [each.step for each in looks if each.may_tick], [each.step for each in looks if each.may_waive]

    assert offered(Role.ADMIN) == ([4], [1, 2, 4, 6])
    assert offered(Role.RECEPTION) == ([4], [1, 2, 4, 6])
    assert offered(Role.FRONT_OFFICE) == ([], [1, 2, 4, 6])
    assert offered(Role.SECURITY) == ([], [1])
    assert offered(Role.PHONE) == ([], [])


def test_the_rail_tells_what_is_asked(qtbot: QtBot, show: Show) -> None:
    shown = rail(seen([event(StepEvent.TICKET_ISSUED, "09:05"), event(StepEvent.TICKET_CALLED, "09:30")]))
    show(shown, 820, 520)
    passed_over, in_turn = shown.rows[3], shown.rows[5]
    for button, signal, step in (
        (passed_over.tick_button, shown.tick_requested, 4),
        (passed_over.waive_button, shown.waive_requested, 4),
        (in_turn.missing_button, shown.missing_requested, 6),
    ):
        with qtbot.waitSignal(signal) as asked:
            button.click()
        assert asked.args == [step]
    assert not passed_over.missing_button.isVisible()
    with qtbot.waitSignal(shown.head.pause_requested):
        shown.head.clock_button.click()
    shown.show_steps(seen(pause=Pause(from_at=at("09:37"), reason="Berkas")), at("09:38"), ZONE)
    assert shown.head.paused.text() == "waktu dijeda: Berkas"
    by_hand = Pause(
        from_at=at("09:37"), to_at=at("10:07"), reason="Mengambil berkas", asked_by=AskedBy.VISITOR
    )
    shown.show_steps(seen(pause=by_hand), at("09:38"), ZONE)
    assert shown.head.paused.text() == "waktu dijeda: Mengambil berkas, diminta pengunjung, sampai 10.07"
    with qtbot.waitSignal(shown.head.resume_requested):
        shown.head.clock_button.click()


def test_another_visit_takes_the_same_rows(qtbot: QtBot, show: Show) -> None:
    shown = rail(seen([], "09:05", of=visit("kepri-daring", number=3)))
    show(shown, 820, 520)
    shown.show_steps(seen(), at("09:38"), ZONE)
    qtbot.waitUntil(lambda: shown.area.verticalScrollBar().value() > 0)
    given = seen([], "09:05", of=visit("kepri-daring", number=2))
    shown.show_steps(given, at("09:05"), ZONE)
    assert [row.step for row in shown.rows] == [1, 2, 3]
    assert shown.rows[0].mark.share == 0, "who fills a form in far away has no clock"
    assert shown.head.waited.text() == ""
    closed = seen(of=visit(ended="09:40"), now="09:50")
    shown.show_steps(closed, at("09:50"), ZONE)
    assert not shown.head.clock_button.isVisible()


def test_a_step_that_is_higher_than_the_screen_begins_at_its_number(qtbot: QtBot, show: Show) -> None:
    """POS Sumut tatap muka 7 at 1366x768, with a call for care above."""
    shown = rail(seen(IN_HAND[:8], "09:34"))
    show(shown, 770, 255)
    front = shown.rows[6]
    assert front.look is not None
    assert front.look.is_current
    qtbot.waitUntil(lambda: front.height() > shown.area.viewport().height())
    qtbot.waitUntil(lambda: shown.area.verticalScrollBar().value() == front.y())


def test_before_any_visit_there_is_nothing(qtbot: QtBot) -> None:
    empty = StepsRail(Theme("counter"))
    qtbot.addWidget(empty)
    empty.show_time(at("09:38"), ZONE)
    assert empty.rows == []


@pytest.mark.parametrize("contrast", ["light", "kontras"])
@pytest.mark.parametrize(
    ("given", "now", "name"),
    [
        (seen(), "09:39:30", "hampir"),
        (seen(now="09:45"), "09:45", "lewat"),
        (seen(samples.ANSWERED, "09:42"), "09:42", "cabang"),
        (seen(pause=Pause(from_at=at("09:37"), reason="Mengambil berkas")), "09:50", "jeda"),
    ],
)
def test_pictures(
    qtbot: QtBot, show: Show, picture: Picture, given: VisitSteps, now: str, name: str, contrast: Contrast
) -> None:
    shown = rail(seen([], of=visit("kepri-daring", number=2)), now, Theme("counter", contrast))
    show(shown, 820, 520)
    shown.show_steps(given, at(now), ZONE)
    qtbot.waitUntil(lambda: shown.area.verticalScrollBar().value() > 0)
    picture(shown, f"langkah-pos-{name}-{contrast}")
