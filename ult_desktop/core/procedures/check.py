"""The check of a procedure: faults, for which it is refused, and hints, which are only shown."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec import Struct

from ult_desktop.base import _, formats
from ult_desktop.core.procedures.procedure import TORN, Procedure

Where = tuple[str | int, ...]
"""The keys and indexes that lead to a place in the procedure's file: ("steps", 3, "next")."""


class Fault(Struct, frozen=True):
    """A fault that makes the procedure unusable, and its place in the file."""

    where: Where
    problem: str


def find_faults(procedure: Procedure) -> tuple[Fault, ...]:
    """Return the faults, by kind. The flow is checked only if there is no other fault."""
    faults = [
        *_repeated_keys(procedure),
        *_actor_faults(procedure),
        *_letter_faults(procedure),
        *_missing_targets(procedure),
    ]
    return tuple(faults or _flow_faults(procedure))


def find_hints(procedure: Procedure) -> tuple[str, ...]:
    """Return the hints, in words: what is odd in the document but can be used."""
    dates, hints = procedure.dates, []
    if dates.revised and dates.effective and dates.effective < dates.revised:
        hints.append(
            _("Tanggal efektif {effective} mendahului tanggal revisi {revised}.").format(
                effective=formats.format_date(dates.effective, "long"),
                revised=formats.format_date(dates.revised, "long"),
            )
        )
    if dates.revised and dates.revised < dates.created:
        hints.append(_("Tanggal revisi mendahului tanggal pembuatan."))
    if dates.effective is None:
        hints.append(_("Tanggal efektif tidak diketahui."))
    if not procedure.approved_by.name or TORN in procedure.approved_by.name:
        hints.append(_("Nama pengesah tidak diketahui."))
    inferred = [str(step.step) for step in procedure.steps if any(actor.inferred for actor in step.actors)]
    if inferred:
        hints.append(
            _("Pelaksana disimpulkan dari kalimat pada langkah {steps}.").format(steps=", ".join(inferred))
        )
    return tuple(hints)


def _repeated_keys(procedure: Procedure) -> Iterator[Fault]:
    yield from _duplicates("actors", "id", [actor.id for actor in procedure.actors])
    yield from _duplicates("steps", "step", [step.step for step in procedure.steps])
    for index, step in enumerate(procedure.steps):
        outcomes = [branch.when for branch in step.branches]
        for fault in _duplicates("branches", "when", outcomes):
            yield Fault(("steps", index, *fault.where), fault.problem)


def _duplicates(part: str, key: str, values: Iterable[str | int]) -> Iterator[Fault]:
    counts: Counter[str | int] = Counter()
    for index, value in enumerate(values):
        counts[value] += 1
        if counts[value] == 2:  # a third one would be the same fault
            yield Fault((part, index, key), _("“{value}” dipakai dua kali").format(value=value))


def _actor_faults(procedure: Procedure) -> Iterator[Fault]:
    known = {actor.id for actor in procedure.actors}
    visitors = {actor.id for actor in procedure.actors if not actor.staff}
    for index, step in enumerate(procedure.steps):
        named: list[tuple[Where, str]] = [
            (("actors", n, "id"), actor.id) for n, actor in enumerate(step.actors)
        ]
        if step.completes.tick:
            named.append((("completes", "tick"), step.completes.tick))
        for where, actor_id in named:
            if actor_id not in known:
                problem = _("pelaksana “{actor}” tidak ada di bagian actors").format(actor=actor_id)
                yield Fault(("steps", index, *where), problem)
        if step.completes.tick in visitors:
            problem = _("“{actor}” bukan petugas dan tidak dapat menandai langkah").format(
                actor=step.completes.tick
            )
            yield Fault(("steps", index, "completes", "tick"), problem)


def _letter_faults(procedure: Procedure) -> Iterator[Fault]:
    for index, step in enumerate(procedure.steps):
        if step.letter and step.letter not in step.inputs:
            problem = _("“{value}” tidak ada di inputs langkah itu").format(value=step.letter)
            yield Fault(("steps", index, "letter"), problem)


def _missing_targets(procedure: Procedure) -> Iterator[Fault]:
    known = {step.step for step in procedure.steps}
    for index, step in enumerate(procedure.steps):
        targets: list[tuple[Where, int | None]] = [(("next",), step.next)]
        targets += [(("branches", n, "goto"), branch.goto) for n, branch in enumerate(step.branches)]
        for where, target in targets:
            if target is not None and target not in known:
                yield Fault(("steps", index, *where), _("langkah {step} tidak ada").format(step=target))


def _flow_faults(procedure: Procedure) -> Iterator[Fault]:
    if not any(None in step.targets for step in procedure.steps):
        yield Fault(("steps",), _("tidak ada akhir: setiap langkah menuju langkah lain"))
        return
    reached, with_way_out = _reachable_steps(procedure), _steps_with_way_out(procedure)
    for index, step in enumerate(procedure.steps):
        if step.step not in reached:
            problem = _("langkah {step} tidak pernah dicapai dari langkah pertama").format(step=step.step)
            yield Fault(("steps", index, "step"), problem)
        elif step.step not in with_way_out:
            problem = _("langkah {step} berputar tanpa jalan keluar").format(step=step.step)
            yield Fault(("steps", index, "step"), problem)


def _reachable_steps(procedure: Procedure) -> set[int]:
    """Return the steps that can be reached from the first one."""
    follows = {step.step: step.targets for step in procedure.steps}
    reached: set[int] = set()
    ahead: list[int | None] = [procedure.steps[0].step]
    while ahead:
        number = ahead.pop()
        if number is not None and number not in reached:
            reached.add(number)
            ahead += follows[number]
    return reached


def _steps_with_way_out(procedure: Procedure) -> set[int]:
    """Return the steps from which the end can be reached."""
    with_way_out: set[int | None] = {None}  # None is the end itself
    size_before = 0
    while len(with_way_out) != size_before:  # until a round adds no step
        size_before = len(with_way_out)
        with_way_out |= {step.step for step in procedure.steps if not with_way_out.isdisjoint(step.targets)}
    return {number for number in with_way_out if number is not None}
