"""The figures outside the queue: which cases, which care and which deviations count, and as what."""

from collections.abc import Callable, Iterable, Mapping

import msgspec

from ult_desktop.core.cases.case import CaseKind, CaseState


class CountedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A row that a figure counts. `at` UTC ms; `label` is "" without a number, `service_id` 0 without one."""

    day: str
    at: int
    label: str
    service_id: int


class CountedCase(CountedRow, frozen=True, kw_only=True):
    """A case of a visit, when it was opened, and its own number. Times UTC ms."""

    kind: str
    state: CaseState
    due_at: int | None
    closed_at: int | None

    @property
    def is_complaint(self) -> bool:
        return self.kind == CaseKind.COMPLAINT

    @property
    def is_answered(self) -> bool:
        """Whether the answer is ready, given, or the case closed."""
        return self.state in (CaseState.ANSWERED, CaseState.DELIVERED, CaseState.CLOSED)

    def is_late(self, now: int) -> bool:
        """Return whether it was closed, or is still open at `now` (UTC ms), after its time."""
        return self.due_at is not None and self.due_at < (self.closed_at or now)


CASE_FIGURES: Mapping[str, Callable[[CountedCase, int], bool]] = {
    "opened": lambda _case, _now: True,
    "complaints": lambda case, _now: case.is_complaint,
    "complaints_answered": lambda case, _now: case.is_complaint and case.is_answered,
    "answered": lambda case, _now: case.is_answered,
    "closed": lambda case, _now: case.state is CaseState.CLOSED,
    "late": lambda case, now: case.is_late(now),
}
"""By the name of a figure: whether a case counts in it at a moment (UTC ms)."""


def case_figures(cases: Iterable[CountedCase], now: int) -> dict[str, int]:
    """Return how many cases count in each figure of `CASE_FIGURES` at `now` (UTC ms)."""
    all_cases = tuple(cases)
    return {name: sum(counts(case, now) for case in all_cases) for name, counts in CASE_FIGURES.items()}


class CareFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The care of a period's visits: escorts that were not declined, and devices that were lent."""

    escorts: int = 0
    loans: int = 0


class DeviationFigures(msgspec.Struct, frozen=True, kw_only=True):
    """The deviations of a period that were not found false, and how many of them somebody reviewed."""

    found: int
    reviewed: int
