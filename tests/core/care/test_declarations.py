"""Which step of a procedure an escort completes, and which devices can be lent."""

import pytest

from ult_desktop.core.care.declarations import Condition, Device, Leg, escort_step
from ult_desktop.operations.procedures.procedures import load_procedure


@pytest.mark.parametrize(("leg", "step"), [(Leg.IN, 2), (Leg.TO_COUNTER, 4), (Leg.OUT, 10)])
def test_each_leg_has_its_step(leg: Leg, step: int) -> None:
    assert escort_step(load_procedure("dki-kelompok-rentan"), leg) == step
    assert leg.word


def test_a_procedure_without_escorts_has_none() -> None:
    assert escort_step(load_procedure("kaltara-helpdesk"), Leg.IN) is None


def device(label: str, kind: str = "Kursi roda", **more: object) -> Device:
    here: dict[str, object] = {"id": 1, "kind": kind, "label": label, "condition": Condition.GOOD}
    away: dict[str, object] = dict.fromkeys(("loan_id", "visit_id", "ticket", "lent_at"))
    return Device(**{**here, **away, "overdue": False, **more})  # type: ignore[arg-type]


def test_only_what_is_whole_and_here_can_be_lent() -> None:
    all_of_them = (
        device("1"),
        device("2", loan_id=4),
        device("3", condition=Condition.BROKEN),
        device("4", kind="Payung"),
    )
    assert [each.label for each in all_of_them if each.is_free] == ["1", "4"]
    assert {each.word for each in Condition} == {"baik", "rusak", "tidak dipakai lagi"}
