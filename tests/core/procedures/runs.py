"""Runs of the five procedures, told by what happened when."""

from collections.abc import Sequence
from datetime import datetime

from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import OfficeIdentity, Weekly
from ult_desktop.core.office.working_time import WorkingCalendar
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import Progress, StepState, progress
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.procedures.standard_time import steps_words
from ult_desktop.core.procedures.walk import part_of_matter
from ult_desktop.core.stamps import to_stamp
from ult_desktop.operations.procedures.procedures import load_procedure

USUAL = ("07.30-12.00", "13.00-16.00")
TOWN = OfficeIdentity(name="BPMP", short_name="BPMP", timezone="Asia/Makassar")
CALENDAR = WorkingCalendar(OfficeSettings(office=TOWN, hours=Weekly(*[USUAL] * 5)))
NAMES = ["dki-kelompok-rentan", "kaltara-helpdesk", "kepri-daring", "sumut-tatap-muka", "sumut-telepon"]
MATTER = "perkara lain: "
WHOLE = {name: load_procedure(name) for name in NAMES}
PARTS = {f"{MATTER}{name}": part for name, whole in WHOLE.items() if (part := part_of_matter(whole))}
POS = {**WHOLE, **PARTS}


def at(text: str) -> int:
    """Monday 23 November 2026 when only a time is given."""
    day, clock = text.split() if " " in text else ("2026-11-23", text)
    return to_stamp(datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=TOWN.zone))


def event(name: StepEvent, clock: str, chosen: str = "") -> Mark:
    return Mark(at=at(clock), event=name, branch=chosen)


def tick(number: int, clock: str, kind: MarkKind = MarkKind.TICK, reason: str = "") -> Mark:
    return Mark(at=at(clock), kind=kind, step=number, reason=reason, officer_id=7, for_officer_id=8)


def seen(
    name: str, marks: Sequence[Mark], now: str, *pauses: Pause, began: str = "09:00", ended: str = ""
) -> Progress:
    ended_at = at(ended) if ended else None
    return progress(POS[name], at(began), marks, pauses, CALENDAR, at(now), ended_at)


def states(found: Progress) -> dict[StepState, str]:
    by_state: dict[StepState, list[int]] = {}
    for each in found.steps:
        by_state.setdefault(each.state, []).append(each.step)
    return {state: steps_words(tuple(numbers)) for state, numbers in by_state.items()}
