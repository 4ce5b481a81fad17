"""The records for which an office accounts: deviations from the standard, delegations, equipment checks.

Every POS demands them: a deviation in equipment, time or output is a failure to be accounted for, and an
absent executor's task goes to another by surat penugasan (Kaltara: also orally).
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from ult_desktop.base import WordEnum, _
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures.procedure import Delegation as DelegationForm, Item


class DeviationKind(WordEnum):
    """The part of the standard that was missed."""

    TIME = "time", "Waktu"
    OUTPUT = "output", "Output"
    EQUIPMENT = "equipment", "Perlengkapan"


class DeviationState(WordEnum):
    """The state of a deviation's account; a deviation is never deleted."""

    OPEN = "terbuka", "Terbuka"
    EXPLAINED = "dijelaskan", "Dijelaskan"
    ACCEPTED = "diterima", "Diterima"
    FOLLOWED_UP = "ditindaklanjuti", "Ditindaklanjuti"


class Shortfall(msgspec.Struct, frozen=True, kw_only=True):
    """A missed standard, and the steps that missed it.

    `steps` are the numbers of all steps that were late, or whose output is missing, for the cause `cause_key`
    (core/accountability/causes.py). `step` is the first of them; 0: the daily equipment check, or a day
    without a role. `item` names the equipment or the role. `spent` is the office time that the steps took.
    `activity` and `standard` (time or output) are the procedure's own words; with several steps, `activity`
    has a few words for each.
    """

    kind: DeviationKind
    step: int
    item: str = ""
    cause_key: str = ""
    steps: tuple[int, ...] = ()
    spent: WorkedTime | None = None
    activity: str = ""
    standard: str = ""


class Lack(Shortfall, frozen=True, kw_only=True):
    """A deviation of a visit that would end now; `mended_by` is the act that still prevents it."""

    mended_by: str = ""


class Deviation(Shortfall, frozen=True, kw_only=True):
    """A deviation (penyimpangan mutu baku). Times UTC ms; `day` the office's date.

    Without a visit it is of the daily equipment check, or of a day without a role. `label` names the visit as
    people do: by a number, or "telepon pukul 10.15". `officer` did the step, for the absent officer
    `acting_for` if there is one. `title` is the procedure's.
    """

    id: int
    state: DeviationState
    day: str
    made_at: int
    visit_id: int | None
    label: str
    procedure_id: str
    procedure_version: int
    officer: str
    acting_for: str
    cause: str
    correction: str
    responsible: str
    explained_at: int | None
    explained_by: str
    reviewed_at: int | None
    reviewed_by: str
    remark: str
    false_reason: str = ""
    false_at: int | None = None
    false_by: str = ""
    title: str = ""

    @property
    def is_false(self) -> bool:
        """Whether nothing went wrong: the head found so, or the act that wrote it was undone.

        The deviation is kept, and counted apart.
        """
        return self.false_at is not None

    @property
    def is_declared(self) -> bool:
        """Whether it is for a whole day on which the office worked without a role."""
        return self.visit_id is None and self.kind is DeviationKind.OUTPUT


def similar_deviations(deviation: Deviation, others: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """Return those of `others` to which the same explanation or review can be given.

    Their account is in the same state, and they are of the same visit, or alike in kind and cause (without a
    cause, in procedure, steps and item).
    """
    key = _similarity_key(deviation)
    return tuple(
        other
        for other in others
        if other.id != deviation.id
        and _account_state(other) == _account_state(deviation)
        and (are_of_one_visit(other, deviation) or _similarity_key(other) == key)
    )


def are_of_one_visit(one: Deviation, other: Deviation) -> bool:
    return one.visit_id is not None and one.visit_id == other.visit_id


def _account_state(deviation: Deviation) -> tuple[str | bool, ...]:
    return (deviation.state, deviation.is_false, deviation.cause)


def _similarity_key(deviation: Deviation) -> tuple[object, ...]:
    """Return a key that is equal for deviations of several visits that one explanation can serve."""
    if deviation.cause_key:
        return (deviation.kind, deviation.cause_key)
    return (deviation.kind, deviation.procedure_id, deviation.steps, deviation.item)


class Delegation(msgspec.Struct, frozen=True, kw_only=True):
    """A task handed over (pengalihan tugas), from `first_day` to `last_day`, both included.

    `begins_at` and `ends_at` are those days' bounds in UTC ms; `ended_at` is when it was ended before then.
    An oral delegation names the procedure that allows it and who ordered it.
    """

    id: int
    absent_id: int
    absent: str
    delegate_id: int
    delegate: str
    form: DelegationForm
    letter_number: str
    letter_date: str
    first_day: str
    last_day: str
    begins_at: int
    ends_at: int
    ordered_by: str
    notes: str
    procedure_id: str
    document_id: int | None
    given_at: int
    ended_at: int | None

    def holds(self, at: int) -> bool:
        """Return whether the delegation is in force at `at` (UTC ms)."""
        return self.ended_at is None and self.begins_at <= at < self.ends_at


class RepresentedOfficer(msgspec.Struct, frozen=True, kw_only=True):
    """The absent officer for whom another acts now; what is done for them shows "a.n. <name>"."""

    officer_id: int
    name: str
    form: DelegationForm
    letter_number: str


class CheckedItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the daily equipment check."""

    item: Item
    works: bool = True
    note: Annotated[str, Meta(max_length=500)] = ""


class EquipmentCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A day's check of a procedure's equipment; the latest of a day is what counts. `at` UTC ms."""

    id: int
    day: str
    at: int
    procedure_id: str
    procedure_version: int
    officer: str
    items: tuple[CheckedItem, ...]


def form_word(form: DelegationForm) -> str:
    return {"surat_penugasan": _("Surat penugasan"), "lisan": _("Lisan")}[form]
