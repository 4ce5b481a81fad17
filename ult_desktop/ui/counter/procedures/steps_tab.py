"""The tab Langkah POS: the visitor's procedure, and the officer's acts on its steps."""

from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission, Role
from ult_desktop.core.command import Command
from ult_desktop.core.office.template import PauseReason
from ult_desktop.core.procedures import commands as procedure_commands
from ult_desktop.core.procedures.procedure import Step
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases.boards import matter_in_work, matters_of
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits.visit_steps import VisitSteps, visit_steps
from ult_desktop.operations.access.delegated_roles import officer_roles_in_visit
from ult_desktop.ui.counter.pages import FormBox, VisitTab, ask_words, snapshot
from ult_desktop.ui.counter.procedures.document_box import open_procedure
from ult_desktop.ui.counter.procedures.steps_rail import StepsRail
from ult_desktop.ui.kit import dialogs, forms, widgets
from ult_desktop.ui.kit.panels import ShownStack

_SECOND_MS = 1000


@dataclass(frozen=True)
class MatterSteps:
    """The steps of the matter that the counter works on, and the officer's roles in it.

    `number` is the matter's where the visitor has several, else "".
    `pauses` are the office's reasons for which a visitor leaves the counter.
    """

    steps: VisitSteps
    roles: frozenset[Role]
    number: str
    pauses: tuple[PauseReason, ...]


class StepsTab(VisitTab):
    """The tab with the steps of the visitor's procedure. It performs the officer's acts on these."""

    name, icon_name = "steps", "list-ordered"
    needs = frozenset({Permission.TICK_STEPS})
    title = staticmethod(lambda: _("Langkah POS"))

    @override
    def build(self) -> None:
        self._steps: VisitSteps | None = None
        self._pauses: tuple[PauseReason, ...] = ()
        self.rail = StepsRail(self.theme)
        self.words = widgets.Label("", "body", "soft", wrap=True)
        self._pages = ShownStack()
        for page in (self.words, self.rail):
            self._pages.addWidget(page)
        self.body.addWidget(self._pages, 1)
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._show_time)
        self.rail.tick_requested.connect(self._tick)
        self.rail.waive_requested.connect(self._ask_to_waive)
        self.rail.needed_requested.connect(self._ask_for_time_needed)
        self.rail.missing_requested.connect(self._ask_what_is_missing)
        self.rail.head.pause_requested.connect(self._ask_to_pause)
        self.rail.head.resume_requested.connect(
            lambda: self._perform(procedure_commands.ResumeClock(visit_id=self._visit_id))
        )
        self.rail.head.reading_requested.connect(self._open_procedure)

    @override
    def refresh(self) -> None:
        visit = self.now_serving.visit
        if visit is None:
            self._show_words(_("Langkah POS berjalan sejak pengunjung tiba di loket."))
        else:
            self.fetch(snapshot(steps_of, visit, self.host.actor.officer_id or 0), self._show)

    def _show(self, matter: MatterSteps | None) -> None:
        if matter is None:
            self._show_words(_("Kantor ini tidak menjalankan POS untuk kunjungan seperti ini."))
            return
        self._steps, self._pauses = matter.steps, matter.pauses
        self.rail.show_steps(matter.steps, self.host.stamp(), self._zone, matter.roles, matter.number)
        self._pages.setCurrentWidget(self.rail)

    def _show_words(self, words: str) -> None:
        self._steps = None
        self.words.setText(words)
        self._pages.setCurrentWidget(self.words)

    def _show_time(self) -> None:
        if self._steps is None:
            return
        now, pause = self.host.stamp(), self._steps.pause
        self.rail.show_time(now, self._zone)
        if pause is not None and not pause.lasts_at(now):
            self.refresh()

    @property
    def _zone(self) -> tzinfo:
        return self.host.now().tzinfo or UTC

    @property
    def _visit_id(self) -> int:
        """The visit that the tab shows now, or 0.

        A box reads this when it opens: by the time the officer answers, the tab may show another visit.
        """
        return self._steps.visit.id if self._steps else 0

    def _step(self, number: int) -> Step | None:
        steps = self._steps.procedure.steps if self._steps else ()
        return next((step for step in steps if step.step == number), None)

    def _perform(self, command: Command[Visit]) -> None:
        self.host.perform(command, self._refresh_after)

    def _refresh_after(self, _visit: Visit) -> None:
        self.refresh()

    def _tick(self, number: int) -> None:
        step, visit_id = self._step(number), self._visit_id
        if step is None or len(step.branches) < 2:
            self._perform(procedure_commands.TickStep(visit_id=visit_id, step=number))
            return
        ways = [(branch.label, branch.when) for branch in step.branches]
        dialogs.choose(
            self.host.window,
            self.theme,
            _("Langkah {n}: mana yang ditempuh?").format(n=number),
            ways,
            lambda way: self._perform(
                procedure_commands.TickStep(visit_id=visit_id, step=number, branch=str(way))
            ),
        )

    def _ask_to_waive(self, number: int) -> None:
        ask_words(
            self.host,
            _("Lewati langkah {n}").format(n=number),
            partial(_with_reason, procedure_commands.WaiveStep, self._visit_id, number),
            question=_("Mengapa langkah ini tidak diperlukan pada kunjungan ini?"),
            verb=_("Lewati"),
            then=self._refresh_after,
        )

    def _ask_for_time_needed(self, number: int) -> None:
        ask_words(
            self.host,
            _("Langkah {n}: waktu sesuai kebutuhan").format(n=number),
            partial(_with_reason, procedure_commands.TakeTimeNeeded, self._visit_id, number),
            question=_("Apa yang dibutuhkan pengunjung? Misalnya juru bahasa isyarat."),
            verb=_("Sesuai kebutuhan"),
            then=self._refresh_after,
        )

    def _ask_to_pause(self) -> None:
        fields = forms.CommandFields(self.theme, procedure_commands.PauseClock, self.host)
        reasons = [
            (pause.reason, _("{reason}, {n} menit").format(reason=pause.reason, n=pause.minutes))
            for pause in self._pauses
        ]
        visit_id = self._visit_id
        FormBox(
            self.host,
            _("Jeda waktu"),
            (
                fields.ask("reason", _("Mengapa pengunjung meninggalkan meja?"), options=reasons),
                fields.ask("asked_by"),
            ),
            command=lambda values: fields.make_record(values, visit_id=visit_id),
            verb=_("Jeda"),
            then=self._refresh_after,
            icon=("pause", "amber"),
            words=_("Sesudah waktu yang biasa untuk alasannya, waktu berjalan lagi dengan sendirinya."),
        ).open()

    def _open_procedure(self) -> None:
        if self._steps is not None:
            open_procedure(self.host, self._steps.procedure)

    def _ask_what_is_missing(self, number: int) -> None:
        step, visit_id = self._step(number), self._visit_id
        if step is None:
            return
        items = forms.TicksField(
            self.theme, "items", _("Yang tidak ada"), [(item, item) for item in step.inputs], required=True
        )
        FormBox(
            self.host,
            _("Perlengkapan langkah {n} kurang").format(n=number),
            (items,),
            command=lambda values: procedure_commands.RecordMissingInput(
                visit_id=visit_id, step=number, **values
            ),
            verb=_("Catat penyimpangan"),
            message=_("Penyimpangan perlengkapan tercatat."),
            then=self._refresh_after,
            icon=("triangle-alert", "amber"),
        ).open()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)


WithReason = type[procedure_commands.WaiveStep] | type[procedure_commands.TakeTimeNeeded]


def _with_reason(kind: WithReason, visit_id: int, number: int, reason: str) -> Command[Visit]:
    return kind(visit_id=visit_id, step=number, reason=reason)


def steps_of(tx: Transaction, now: int, visit: Visit, officer_id: int) -> MatterSteps | None:
    """Return the steps at `now` (UTC ms) of the matter that the counter works on.

    The roles are the officer's in that matter, with those that others lent them. Return None where the office
    has no procedure for such a visit. A visitor who comes back for a result goes on in the procedure of the
    first visit.
    """
    matters = matters_of(tx, visit.id)
    matter = matter_in_work(matters)
    visit_id = matter.visit_id if matter else visit.follows or visit.id
    steps = visit_steps(tx, visit_id, now)
    if steps is None:
        return None
    number = matter.number if matter and len(matters) > 1 else ""
    pauses = office.load(tx).settings.pauses
    return MatterSteps(steps, officer_roles_in_visit(tx, officer_id, now, visit_id), number, pauses)
