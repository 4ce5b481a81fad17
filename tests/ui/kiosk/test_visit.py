"""The visitor's way, forth and back."""

from ult_desktop.core.queue.ticket import Help, PriorityReason
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen


def test_back_from_the_requirements_keeps_the_priority() -> None:
    chosen = KioskVisit().declares(PriorityReason.PREGNANT).wants((Help.ESCORT,))
    assert chosen.asks_about(3).back() == chosen


def test_back_through_the_priority_pages() -> None:
    visit = KioskVisit().goes_to(Screen.GROUND).declares(PriorityReason.ELDERLY).wants(())
    visit = visit.back()
    assert visit.screen is Screen.HELP
    visit = visit.back()
    assert visit == KioskVisit(screen=Screen.GROUND)
    assert visit.back().is_at_start


def test_back_through_the_categories() -> None:
    visit = KioskVisit().enters("gtk").enters("nomor")
    assert visit.back().branch == ("gtk",)
    assert visit.back().back().is_at_start


def test_the_display_settings_lead_back_to_where_they_were_opened() -> None:
    visit = KioskVisit().asks_about(2)
    opened = visit.steps_aside(Screen.OPTIONS)
    assert opened.steps_aside(Screen.OPTIONS) == opened
    assert opened.back() == visit
