"""The causes of deviations, and deviations in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from ult_desktop.base import _, counted, pgettext
from ult_desktop.core.access.roles import Role, acting_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, Shortfall
from ult_desktop.core.phone.phone_call import AttemptResult
from ult_desktop.core.procedures.clock import BEHIND_THE_DESK, is_done_afar
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR, Procedure, Step, StepEvent
from ult_desktop.core.procedures.progress import Progress, Promise, StepState
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.procedures.standard_time import steps_words, sum_words

AnyShortfall = TypeVar("AnyShortfall", bound=Shortfall)
NO_GUEST_BOOK, NO_CASE, NO_LETTER, NOBODY = "tanpa_buku_tamu", "tanpa_permohonan", "tanpa_surat", "tanpa:"
ON_PAPER, PROMISE = "di_kertas", "janji_telepon"
_OF_A_CASE = frozenset(
    {
        StepEvent.CASE_OPENED,
        StepEvent.QUESTION_RECORDED,
        StepEvent.OUTCOME_SET,
        StepEvent.ESCALATED,
        StepEvent.ESCALATION_RECEIVED,
        StepEvent.ASSESSED,
        StepEvent.REFERRED,
        StepEvent.DISPOSED,
        StepEvent.ANSWER_RECEIVED,
        StepEvent.RESULT_READY,
        StepEvent.ANSWERED,
        StepEvent.RESULT_HANDED_OVER,
        StepEvent.CASE_CLOSED,
        StepEvent.SURVEY_FILLED,
    }
)


class StandIn(Struct, frozen=True, kw_only=True):
    """The rule for a day without a role: another role takes its steps over, or they fall away."""

    passes_to: Role | None = None


class VisitFacts(Struct, frozen=True, kw_only=True):
    """The facts by which a visit's missing outputs are judged.

    `at_kiosk`: the visitor took the number themselves, and nobody welcomed them. `on_duty` are the roles that
    signed in, empty where nobody's sign-in is known; `on_duty_for` are, by step, the roles of the days on
    which it was that step's turn, where they differ. `without` is the office's rule for each role that nobody
    has today.
    `was_served`: the visitor reached a desk; one who did not, or left, is owed no further step.
    `within_one_day`: the visit did not go on beyond the day on which it began. `zone` is the office's.
    """

    at_kiosk: bool = False
    has_guest: bool = True
    has_case: bool = True
    has_letter: bool = True
    was_served: bool = True
    within_one_day: bool = False
    on_duty: frozenset[Role] = frozenset()
    on_duty_for: Mapping[int, frozenset[Role]] = {}
    without: Mapping[Role, StandIn] = {}
    zone: ZoneInfo = ZoneInfo("UTC")

    def absent(self, step: Step) -> Role | None:
        """Return the role that carries the step out, when nobody was here who could."""
        return absent_role(step, self.on_duty_for.get(step.step, self.on_duty))


class MissingOutput(Struct, frozen=True, kw_only=True):
    """The steps whose output is missing for one `cause`; "" is that nobody did or recorded them."""

    steps: tuple[int, ...]
    cause: str = ""


def cause_words(cause: str) -> str:
    if cause.startswith(NOBODY):
        return _("Tanpa {role} yang bertugas").format(role=Role(cause.removeprefix(NOBODY)).word)
    words = {
        NO_GUEST_BOOK: _("Tanpa buku tamu"),
        NO_CASE: _("Tanpa permohonan"),
        NO_LETTER: _("Tanpa surat"),
        ON_PAPER: _("Dicatat belakangan dari kertas"),
        PROMISE: _("Telepon balik yang dijanjikan"),
    }
    return words.get(cause, "")


def missing_outputs(procedure: Procedure, progress: Progress, facts: VisitFacts) -> tuple[MissingOutput, ...]:
    """Return the missing outputs of a visit that has ended, in the order of their first steps."""
    by_cause: dict[str, list[int]] = {}
    for step in _undone(procedure, progress, facts):
        cause = _cause(procedure, step, facts)
        if cause is not None:
            by_cause.setdefault(cause, []).append(step.step)
    return tuple(MissingOutput(steps=tuple(steps), cause=cause) for cause, steps in by_cause.items())


def missing_letters(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    """Yield the steps that were done without the letter that they ask for.

    A step that was not done is a missing output, and who left before anybody served them was asked for
    nothing.
    """
    done = {each.step for each in progress.steps if each.state in (StepState.IN_TIME, StepState.LATE)}
    for step in procedure.steps:
        was_asked = facts.was_served or step.step < max(done, default=0)
        if step.letter and step.step in done and was_asked and not facts.has_letter:
            yield step


def _undone(procedure: Procedure, progress: Progress, facts: VisitFacts) -> Iterator[Step]:
    for step in procedure.steps:
        not_begun = progress.of_step(step.step).state is StepState.NOT_BEGUN
        owed = not_begun and not is_done_afar(procedure, step)
        if owed and (facts.was_served or step.step in progress.missed):
            yield step


def _cause(procedure: Procedure, step: Step, facts: VisitFacts) -> str | None:
    """Return the cause of a missing output: "" where it is the step alone, None where nothing was owed."""
    absent = facts.absent(step)
    # By the office's rule the step falls away, or the role that takes it over is absent, too.
    rule = None if absent is None else facts.without.get(absent)
    if rule is not None and rule.passes_to not in facts.on_duty:
        return None
    if facts.at_kiosk and _is_before_the_call(procedure, step):
        return None if facts.has_guest else NO_GUEST_BOOK
    if absent is not None and rule is None:
        return f"{NOBODY}{absent}"
    needed = {step.completes.event, *step.completes.needs}
    if StepEvent.GUEST_BOOK_FILLED in needed and not facts.has_guest:
        return NO_GUEST_BOOK
    return NO_CASE if needed & _OF_A_CASE and not facts.has_case else ""


def absent_role(step: Step, on_duty: frozenset[Role]) -> Role | None:
    """Return the role that carries the step out, when nobody is here who could."""
    roles = [ROLE_OF_ACTOR[actor.id] for actor in step.actors if actor.id in ROLE_OF_ACTOR]
    nobody = bool(on_duty) and bool(roles) and on_duty.isdisjoint(roles)
    return roles[0] if nobody else None


def attempt_words(promise: Promise) -> str:
    """Return how often somebody tried to call back: "dicoba 2 kali, terakhir tidak diangkat"."""
    if not promise.attempts:
        return _("belum dicoba")
    tried = counted("dicoba {n} kali", promise.attempts)
    last = AttemptResult(promise.last_result).word if promise.last_result else ""
    return _("{tried}, terakhir {result}").format(tried=tried, result=last) if last else tried


def _is_before_the_call(procedure: Procedure, step: Step) -> bool:
    """Return whether the step comes before the call.

    Door and reception do it, or the kiosk where its guest book is signed (docs/domain.md, A27).
    """
    calls = procedure.steps_for(StepEvent.TICKET_CALLED)
    return bool(calls) and procedure.steps.index(step) < procedure.steps.index(calls[0])


def roles_at_the_desk(procedure: Procedure) -> tuple[Role, ...]:
    """Return the roles that meet the visitor in the order of the steps, each once."""
    first = (ROLE_OF_ACTOR.get(step.actors[0].id) for step in procedure.steps)
    return tuple(dict.fromkeys(role for role in first if role is not None and role not in BEHIND_THE_DESK))


def steps_of(procedure: Procedure, role: Role) -> tuple[int, ...]:
    """Return the steps that fall away, or that another role takes over, when nobody has that role."""
    return tuple(s.step for s in procedure.steps if absent_role(s, frozenset(Role) - {role}) is role)


def headline(found: Shortfall) -> str:
    """Return the headline: "Lewat waktu: Menanyakan keperluan (langkah 2)"."""
    return f"{_finding(found)}: {without_finding(found)}"


def without_finding(found: Shortfall) -> str:
    """Return what a deviation is about and its steps: "Tanpa buku tamu (langkah 1–4)"."""
    about, steps = subject(found), _steps(found)
    return f"{about} ({steps})" if about and steps else about or steps


def in_words(found: AnyShortfall, procedure: Procedure) -> AnyShortfall:
    """Return the finding with the words that its procedure has for its steps and their standard."""
    steps = [step for step in procedure.steps if step.step in (found.steps or (found.step,))]
    each = "; ".join(f"{step.step}. {short_words(step.activity)}" for step in steps)
    activity = steps[0].activity if len(steps) == 1 else each
    if found.kind is DeviationKind.TIME:
        return replace(found, activity=activity, standard=sum_words(steps))
    outputs = (output for step in steps if found.kind is DeviationKind.OUTPUT for output in step.outputs)
    return replace(found, activity=activity, standard="; ".join(outputs))


def subject(found: Shortfall) -> str:
    """Return what a deviation is about: the equipment, the cause that it names, or the step."""
    if found.kind is DeviationKind.EQUIPMENT:
        return found.item
    named = cause_words(found.cause_key)
    return named or (_("Beberapa langkah") if len(found.steps) > 1 else short_words(found.activity))


def finding(found: Shortfall) -> str:
    """Return what is wrong, and in which step: "Lewat waktu · langkah 2"."""
    return " · ".join(part for part in (_finding(found), _steps(found)) if part)


def _finding(found: Shortfall) -> str:
    """Return what is wrong, without the step.

    The daily equipment check names no step, and finds what is broken as well as what is missing.
    """
    if found.kind is DeviationKind.TIME:
        return pgettext("step", "Lewat waktu")
    if found.kind is DeviationKind.OUTPUT:
        return _("Output tidak ada")
    return _("Perlengkapan yang kurang") if found.step else _("Perlengkapan rusak atau tidak ada")


def _steps(found: Shortfall) -> str:
    steps = steps_words(found.steps or ((found.step,) if found.step else ()))
    return _("langkah {n}").format(n=steps) if steps else ""


def state_words(found: Deviation) -> str:
    if found.is_false:
        return _("Keliru")
    return _("Dinyatakan, {state}").format(state=found.state.word) if found.is_declared else found.state.word


def officer_words(found: Deviation) -> str:
    """Return the officer who did the step, with the absent officer for whom they acted, if any."""
    return acting_words(found.officer, found.acting_for)


def time_words(found: Shortfall) -> str:
    """Return the times: "8 menit, baku 3 menit"; empty where no time ran over.

    Of a promised call back they are "40 menit setelah waktu yang dijanjikan · dicoba 2 kali"; where the days
    of a standard passed that nobody at the desk had, "lewat dari 2 hari kerja".
    """
    if found.spent is None:
        is_late = found.kind is DeviationKind.TIME
        return _("lewat dari {standard}").format(standard=found.standard) if is_late else ""
    spent = found.spent.words
    if found.cause_key == PROMISE:
        past = _("{n} setelah waktu yang dijanjikan").format(n=spent)
        return f"{past} · {found.item}"
    return _("{spent}, baku {standard}").format(spent=spent, standard=found.standard)


def reason_of(said: str, listed: Sequence[str]) -> str:
    """Return the reason that was given: one of the office's list by its number (from 1), or free words."""
    return listed[int(said) - 1] if said in map(str, range(1, len(listed) + 1)) else said


def written_words(lacks: Sequence[Shortfall]) -> str:
    """Return what would be written as a deviation; "" for nothing."""
    words = _("Akan tercatat sebagai penyimpangan: {lacks}.").format(lacks="; ".join(map(lack_words, lacks)))
    return words if lacks else ""


def lack_words(lack: Shortfall) -> str:
    """Return what would be written: "Menanyakan keperluan (langkah 2) · 8 menit, baku 3 menit"."""
    named = headline if lack.kind is DeviationKind.EQUIPMENT else without_finding
    return " · ".join(filter(None, (named(lack), time_words(lack))))
