"""The panel of a telephone call: its head, the form or buttons of the stage it is in, and its end."""

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.accountability.deviation_words import written_words
from ult_desktop.core.cases.answer_bank import LegalBasis
from ult_desktop.core.personal import is_masked
from ult_desktop.core.phone.commands import RecordCaller
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall, greeting_step
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.procedures.procedure import CallerField
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.commands import InviteSurvey, RefuseSurvey
from ult_desktop.db.phone_calls import PhoneBoard
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.cases import case_forms
from ult_desktop.ui.counter.pages import PageHost, open_visit
from ult_desktop.ui.counter.pages.closing_box import ClosingBox, Mending
from ult_desktop.ui.counter.phone.call_words import CallStage, number_words, stage_of
from ult_desktop.ui.counter.procedures.steps_rail import StepLook, StepMark, step_looks
from ult_desktop.ui.kit import Column, Row, Theme, forms, set_style_properties, widgets
from ult_desktop.ui.kit.panels import FittingArea, ShownStack


class ScriptCard(QFrame):
    """The words that the procedure has the officer say, with a button that notes that they were said.

    Signals:
        said_pressed: the officer notes that they said the words.
    """

    said_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        set_style_properties(self, tone="info")
        self.head = widgets.Label("", "caps")
        self.words = widgets.Label("", "title", wrap=True)
        self.button = widgets.Button(theme, "", "", "check")
        column = Column(theme, self, gap=6, margins=(20, 12, 20, 12))
        top = Row(theme, gap=12)
        top.addWidget(self.head, 1)
        top.addWidget(self.button)
        column.addLayout(top)
        column.addWidget(self.words)
        self.button.clicked.connect(self.said_pressed)

    def show_words(self, head: str, words: str, verb: str = "", role: str = "") -> None:
        """Show `words` below `head`. `verb` is the text of the button, "" hides it; `role` is its look."""
        self.head.setText(head)
        self.words.setText(words)
        self.button.setText(verb)
        set_style_properties(self.button, role=role)
        self.button.rescale()
        self.button.setVisible(bool(verb))


class StepStrip(QWidget):
    """The strip of the steps of one call. Between snapshots `show_time` moves the running step's clock on."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._steps: VisitSteps | None = None
        self.marks: list[StepMark] = []
        self.title = widgets.ElidedLabel("", "body", "soft")
        self.time = widgets.Label("", "strong")
        self._marks_row = Row(theme, gap=4)
        row = Row(theme, self, gap=16)
        row.addLayout(self._marks_row)
        texts = Column(theme, gap=0)
        texts.addStretch()
        texts.addWidget(self.title)
        texts.addWidget(self.time)
        texts.addStretch()
        row.addLayout(texts, 1)

    def show_steps(self, steps: VisitSteps | None, now: int, zone: tzinfo) -> None:
        """Show the steps at `now` (UTC ms); hide the strip for a call without a procedure."""
        self._steps = steps
        self.setVisible(steps is not None)
        if steps is not None:
            self._add_missing_marks(len(steps.procedure.steps))
        self.show_time(now, zone)

    def show_time(self, now: int, zone: tzinfo) -> None:
        """Show the clocks of the steps at `now` (UTC ms)."""
        if self._steps is None:
            return
        looks = step_looks(self._steps, now, zone)
        for mark, look in zip(self.marks, looks, strict=True):
            mark.show_mark(str(look.step), look.icon, look.tone, look.share)
            mark.setToolTip(f"{look.step}. {look.title}\n{look.time}")
        self._show_running(next((look for look in looks if look.is_current), None))

    def _show_running(self, look: StepLook | None) -> None:
        if look is None:
            self.title.setText(_("Tidak ada langkah yang berjalan"))
            self.time.setText("")
            return
        self.title.setText(_("Langkah {n}: {title}").format(n=look.step, title=look.title))
        self.time.setText(look.time)
        set_style_properties(self.time, tone=look.tone)

    def _add_missing_marks(self, count: int) -> None:
        while len(self.marks) < count:
            mark = StepMark(self._theme)
            # By itself a mark lets the mouse through, but here it has a tool tip of its own.
            mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
            self.marks.append(mark)
            self._marks_row.addWidget(mark)


class CallHead(QFrame):
    """The head of the panel: the words to say now, the call's clock, its steps.

    Signals:
        greeted: the opening words were said (the number of their step).
        closed: the closing words were said.
        line_lost: the line was cut.
        booking_wanted: the caller wants to come.
    """

    greeted = Signal(int)
    closed = Signal()
    line_lost = Signal()
    booking_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._began_at: int | None = None
        self._greeting_step: int | None = None  # None: the opening words need no tick, or have it
        self.script = ScriptCard(theme)
        self.clock = widgets.Label("", "hero")
        self.strip = StepStrip(theme)
        self.lost_button = widgets.Button(theme, _("Telepon putus"), "danger", "x")
        self.book_button = widgets.Button(theme, _("Janji temu"), "", "calendar-days")
        self._lay_out(theme)
        self.book_button.clicked.connect(self.booking_wanted)
        self.script.said_pressed.connect(self._on_said_pressed)
        self.lost_button.clicked.connect(self.line_lost)

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=8, margins=(12, 12, 12, 8))
        top = Row(theme, gap=16)
        top.addWidget(self.script, 1)
        side = Column(theme, gap=4)
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.clock, 1)
        side.addWidget(self.book_button)
        side.addWidget(self.lost_button)
        top.addLayout(side)
        column.addLayout(top)
        column.addWidget(self.strip)

    def show_board(self, board: PhoneBoard, call: PhoneCall, now: datetime) -> None:
        # In a call-back the clock counts from the present attempt, not from the first call.
        self._began_at = max((attempt.began_at for attempt in board.attempts), default=call.began_at)
        self._greeting_step = _open_greeting_step(board)
        stage = stage_of(call)
        heading, words = _script(stage, board, call)
        if stage is CallStage.CLOSE:
            # Only here is this the next step. In the other stages the form's button is, and is filled.
            self.script.show_words(heading, words, _("Tutup telepon"), "primary")
        else:
            verb = "" if self._greeting_step is None else _("Salam sudah diucapkan")
            self.script.show_words(heading, words, verb)
        self.lost_button.setVisible(call.attempt_at is None and stage is not CallStage.CLOSE)
        self.strip.show_steps(board.steps, to_stamp(now), now.tzinfo or UTC)
        self.show_time(now)

    def show_time(self, now: datetime) -> None:
        if self._began_at is not None:
            self.clock.setText(formats.format_stopwatch((to_stamp(now) - self._began_at) / 1000))
        self.strip.show_time(to_stamp(now), now.tzinfo or UTC)

    def report_greeting(self) -> None:
        """Report that the opening words were said, unless they are ticked already."""
        if self._greeting_step is not None:
            self.greeted.emit(self._greeting_step)

    def _on_said_pressed(self) -> None:
        # In the stage CLOSE the greeting needs no tick: there the button ends the call.
        if self._greeting_step is not None:
            self.report_greeting()
        else:
            self.closed.emit()


class SpokenWords(NamedTuple):
    """The words that the officer says now, and the heading above them."""

    heading: str
    words: str


def _script(stage: CallStage, board: PhoneBoard, call: PhoneCall) -> SpokenWords:
    """Return the words to say now; in the stage DECIDE what to do (POS 3 and 4)."""
    if stage is CallStage.CLOSE:
        return SpokenWords(_("SALAM PENUTUP"), f"“{board.script.closing}”")
    if stage is CallStage.DECIDE:
        words = _("Tersedia: jawab langsung. Tidak tersedia: sampaikan bahwa pertanyaan diteruskan.")
        return SpokenWords(_("TELAAH"), words)
    if call.attempt_at is not None:
        return SpokenWords(_("SALAM PEMBUKA"), f"“{board.script.call_back}”")
    if stage is not CallStage.RECORD:
        return SpokenWords(_("SALAM PEMBUKA"), f"“{board.script.opening}”")
    if board.steps is None:  # without steps nobody ticks the greeting: it is shown together with the notice
        return SpokenWords(_("SALAM PEMBUKA"), f"“{board.script.opening} {board.script.notice}”")
    if _open_greeting_step(board) is None:
        return SpokenWords(_("PEMBERITAHUAN PRIVASI"), f"“{board.script.notice}”")
    return SpokenWords(_("SALAM PEMBUKA"), f"“{board.script.opening}”")


def _open_greeting_step(board: PhoneBoard) -> int | None:
    """Return the step of the opening words until somebody ticks it; None in a call-back."""
    if board.steps is None or board.mine is None or board.mine.forwarded or board.mine.told_at is not None:
        return None
    step = greeting_step(board.steps.procedure)
    if step is None or board.steps.progress.of_step(step).ended_at is not None:
        return None
    return step


MAX_FACTS_HEIGHT = 130  # base pixels


class CallerFacts(QFrame):
    """A summary of what the caller said; the button `change_button` leads back to the caller's form."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self.name = widgets.ElidedLabel("", "strong")
        self.number = widgets.ElidedLabel("", "small", "soft")
        self.question = widgets.Label("", "body", wrap=True)
        self.supporting = widgets.Label("", "small", "soft", wrap=True)
        self.change_button = widgets.Button(theme, _("Ubah"), "quiet", "pen-line")
        column = Column(theme, self, gap=4, margins=(16, 8, 16, 12))
        top = Row(theme, gap=12)
        names = Column(theme, gap=0)
        names.addWidget(self.name)
        names.addWidget(self.number)
        top.addLayout(names, 1)
        top.addWidget(self.change_button)
        column.addLayout(top)
        column.addWidget(self.question)
        column.addWidget(self.supporting)

    def show_call(self, call: PhoneCall) -> None:
        self.name.setText(f"{call.name} · {call.case_number}")
        self.number.setText(number_words(call))
        self.question.setText(call.question)
        words = _("Data pendukung: {words}").format(words=call.supporting) if call.supporting else ""
        self.supporting.setText(words)
        self.supporting.setVisible(bool(words))


class FactsArea(FittingArea):
    """The area of facts, as high as its words need, up to `max_height` (base pixels).

    The limit keeps the acts below the area in sight.
    """

    def __init__(self, theme: Theme, inner: QWidget, max_height: int) -> None:
        super().__init__(theme, inner)
        self._max_height = max_height
        for label in inner.findChildren(widgets.Label):
            # By itself a wrapped label asks for the height that it would need if it were narrow.
            label.setMinimumHeight(1)

    def fit(self) -> None:
        """Set the height again, after other words are shown or the width has changed."""
        needed = self._inner.heightForWidth(self.width())
        self.setFixedHeight(min(needed, self._theme.px(self._max_height)))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


# Of these fields, two that follow each other share a line of the form.
_SHORT_FIELDS = {CallerField.NAME, CallerField.INSTITUTION, CallerField.REGENCY, CallerField.PHONE}


def caller_form(
    host: PageHost, call_id: int, kinds: tuple[CallerField, ...], regencies: tuple[str, ...]
) -> forms.Form:
    """Make the form that asks for `kinds`, in that order. Typed text is kept as a draft of this call."""
    fields = forms.CommandFields(host.theme, RecordCaller, host)

    def ask(kind: CallerField) -> forms.Field:
        if kind is CallerField.REGENCY:
            return fields.ask_known("regency", regencies)
        if kind is CallerField.QUESTION:
            return fields.ask("question", _("Pertanyaan/permasalahan"))
        return fields.ask(kind.name.lower())

    lines: list[list[CallerField]] = []
    for kind in kinds:
        if lines and len(lines[-1]) == 1 and {kind, *lines[-1]} <= _SHORT_FIELDS:
            lines[-1].append(kind)
        else:
            lines.append([kind])
    rows = [[ask(kind) for kind in line] for line in lines]
    return forms.Form(host.theme, rows, verb=_("Catat"), draft=host.draft("phone-caller", call_id))


def answer_form(host: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> forms.Form:
    """Make the form of an answer given at once (POS Sumut telepon 3A).

    It asks for the legal ground only if the officer ticks that the information is excluded.
    """
    options = [(ground.key, ground.title) for ground in grounds]
    excluded, ground_field = case_forms.exclusion_fields(host.theme, _("Dasar hukum"), options)
    form = forms.Form(
        host.theme,
        (
            forms.TextField(host.theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3),
            excluded,
            ground_field,
        ),
        verb=_("A · Jawaban disampaikan"),
        draft=host.draft("phone-answer", call_id),
    )
    excluded.setVisible(bool(options))
    return form


class SurveyOffer(QWidget):
    """The line that notes whether the survey was offered; hidden afterwards, and without the permission."""

    def __init__(self, host: PageHost, call_id: int) -> None:
        super().__init__()
        self._host, self._id = host, call_id
        self.invite_button = widgets.Button(host.theme, _("Ditawarkan"), "", "send")
        self.refuse_button = widgets.Button(host.theme, _("Tidak bersedia"), "quiet")
        row = Row(host.theme, self, gap=8)
        row.addWidget(widgets.Label(_("Tawarkan survei kepuasan"), "body", "soft"), 1)
        row.addWidget(self.invite_button)
        row.addWidget(self.refuse_button)
        self.invite_button.clicked.connect(self._invite)
        self.refuse_button.clicked.connect(self._refuse)
        if not host.actor.may(Permission.RUN_SURVEY):
            self.hide()

    def _invite(self) -> None:
        self._host.perform(InviteSurvey(visit_id=self._id), self._on_noted, _("Undangan survei tercatat."))

    def _refuse(self) -> None:
        self._host.perform(RefuseSurvey(visit_id=self._id), self._on_noted, _("Survei ditolak: tercatat."))

    def _on_noted(self, _result: object) -> None:
        self.hide()


class DecideStage(QWidget):
    """The stage in which the officer answers at once (A, a form), or forwards the call (B, two buttons).

    Signals:
        transfer_wanted: put the caller through to the back office.
        promise_wanted: the office is to call back.
    """

    transfer_wanted = Signal()
    promise_wanted = Signal()

    def __init__(self, host: PageHost, call_id: int, grounds: Sequence[LegalBasis]) -> None:
        super().__init__()
        theme = host.theme
        self.facts = CallerFacts(theme)
        self.form = answer_form(host, call_id, grounds)
        self.transfer_button = widgets.Button(theme, _("Sambungkan ke Back Office"), "", "phone-call")
        self.promise_button = widgets.Button(theme, _("Janji telepon balik …"), "", "clock")
        column = Column(theme, self, gap=12)
        self._area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._area)
        column.addWidget(self.form, 1)
        row = Row(theme, gap=8)
        row.addWidget(widgets.Label(_("B · Tidak tersedia"), "strong"))
        row.addStretch()
        for button, keys in ((self.transfer_button, "Ctrl+L"), (self.promise_button, "Ctrl+B")):
            button.setShortcut(keys)
            button.setToolTip(keys)
            row.addWidget(button)
        column.addLayout(row)
        self.transfer_button.clicked.connect(self.transfer_wanted)
        self.promise_button.clicked.connect(self.promise_wanted)

    def show_call(self, call: PhoneCall) -> None:
        self.facts.show_call(call)
        self._area.fit()


_MAX_ANSWER_HEIGHT = 180  # base pixels
_FAILURES = (AttemptResult.NO_ANSWER, AttemptResult.WRONG_NUMBER)


class TellStage(QWidget):
    """The stage in which the officer tells the caller the answer of the back office, or types one themselves.

    Below it are the acts for when nobody was reached or the answer takes longer.

    Signals:
        answer_told: the officer read out the answer of the back office.
        attempt_failed: the officer reached nobody (`AttemptResult`).
        promise_wanted: the answer takes longer, and another call-back is to be promised.
    """

    answer_told = Signal()
    attempt_failed = Signal(AttemptResult)
    promise_wanted = Signal()

    def __init__(self, host: PageHost, call_id: int) -> None:
        super().__init__()
        theme = host.theme
        self.facts = CallerFacts(theme)
        self.answer = QFrame()
        self.answer.setProperty("kind", "banner")
        self.answer.setProperty("tone", "ok")
        self.words = widgets.Label("", "strong", wrap=True)
        self.done_button = widgets.Button(theme, _("Jawaban disampaikan"), "primary")
        answer = forms.TextField(theme, "answer", _("Jawaban yang disampaikan"), required=True, rows=3)
        draft = host.draft("phone-told", call_id)
        self.form = forms.Form(theme, (answer,), verb=_("Jawaban disampaikan"), draft=draft)
        self.later_button = widgets.Button(theme, _("Jadwal ulang …"))
        self.failures = {result: widgets.Button(theme, result.word.capitalize()) for result in _FAILURES}
        self._lay_out(host)
        self.done_button.clicked.connect(self.answer_told)
        self.later_button.clicked.connect(self.promise_wanted)
        for result, button in self.failures.items():
            button.clicked.connect(lambda _on=False, result=result: self.attempt_failed.emit(result))

    def _lay_out(self, host: PageHost) -> None:
        theme = host.theme
        column = Column(theme, self, gap=12)
        self._facts_area = FactsArea(theme, self.facts, MAX_FACTS_HEIGHT)
        column.addWidget(self._facts_area)
        inner = Column(theme, self.answer, gap=8, margins=(20, 12, 20, 12))
        inner.addWidget(widgets.Label(_("JAWABAN DARI BACK OFFICE"), "caps"))
        inner.addWidget(self.words)
        self._answer_area = FactsArea(theme, self.answer, _MAX_ANSWER_HEIGHT)
        column.addWidget(self._answer_area)
        column.addWidget(self.form, 1)
        column.addStretch()
        row = Row(theme, gap=8)
        for button in (*self.failures.values(), self.later_button):
            row.addWidget(button)
        row.addStretch()
        row.addWidget(self.done_button)
        column.addLayout(row)
        self.done_button.setShortcut("Ctrl+Return")
        self.done_button.setToolTip("Ctrl+Enter")

    def show_call(self, call: PhoneCall) -> None:
        self.facts.show_call(call)
        has_answer = bool(call.answer)
        self.words.setText(call.answer)
        self._answer_area.setVisible(has_answer)
        self.done_button.setVisible(has_answer)
        self.form.setVisible(not has_answer)
        for area in (self._facts_area, self._answer_area):
            area.fit()
        is_calling_back = call.attempt_at is not None
        for button in self.failures.values():
            button.setVisible(is_calling_back)
        self.later_button.setText(_("Jadwal ulang …") if is_calling_back else _("Janji telepon balik …"))


class CallEnd(ClosingBox):
    """The box before a call is closed; Enter closes it."""

    def __init__(self, theme: Theme) -> None:
        greeting = Mending("U", _("Salam sudah diucapkan (U)"), "check")
        survey = Mending("S", _("Tawarkan survei (S)"), "message-circle")
        super().__init__(theme, {"tick": greeting, "survey": survey})
        column = Column(theme, self, gap=10, margins=(20, 12, 20, 12))
        column.addWidget(self.title)
        column.addWidget(self.reason)
        column.addWidget(self.lacks_label)
        column.addLayout(self._acts_row)

    def show_board(self, board: PhoneBoard) -> None:
        self.reason.choice.offer(("", board.reasons))
        mending_acts = {lack.mended_by for lack in board.lacks}
        for name, button in self.mend_buttons.items():
            button.setVisible(name in mending_acts)
        has_lacks = bool(board.lacks)
        self._show_lacks(written_words(board.lacks), _("Semua tercatat."), may_explain=has_lacks)
        self._show_question(asks_reason=self._asks_reason and has_lacks)

    @override
    def _question(self) -> str:
        if self._asks_reason:
            return _("Mengapa ada yang terlewat dalam telepon ini? (tekan angkanya)")
        return _("Tutup telepon (Enter)")


_TICK_MS = 1000


class CallPanel(QWidget):
    """The panel of one call. It exists as long as this officer has the call, so that no other sees its text.

    Args:
        host: access to the office for the signed-in officer.
        board: the first snapshot that holds the call.
        call: the call.
        regencies: the choices for where the caller is from.
    """

    def __init__(
        self, host: PageHost, board: PhoneBoard, call: PhoneCall, regencies: tuple[str, ...]
    ) -> None:
        super().__init__()
        self._host, self._now, self.board, self.call = host, host.now, board, call
        self._is_correcting = self._has_written = False
        # The caller's data before a correction, also in fields that the form does not ask; {} without one.
        self.known: dict[str, Any] = {}
        self.head = CallHead(host.theme)
        self.caller = caller_form(host, call.visit_id, board.caller_fields, regencies)
        self.decide = DecideStage(host, call.visit_id, board.grounds)
        self.tell = TellStage(host, call.visit_id)
        self.closing_facts = CallerFacts(host.theme)
        self.survey = SurveyOffer(host, call.visit_id)
        self.ending = CallEnd(host.theme)
        self._pages = ShownStack()
        self._stages: dict[CallStage, QWidget] = {
            CallStage.RECORD: self.caller,
            CallStage.DECIDE: self.decide,
            CallStage.TELL: self.tell,
            CallStage.CLOSE: self._closing_page(host),
        }
        for page in self._stages.values():
            self._pages.addWidget(page)
        column = Column(host.theme, self, gap=12)
        column.addWidget(self.head)
        column.addWidget(self._pages, 1)
        for facts in (self.decide.facts, self.tell.facts, self.closing_facts):
            facts.change_button.clicked.connect(self._correct)
        for name in self.caller.values():
            self.caller.field(name).changed.connect(self._on_first_letter)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.show_time)

    def _on_first_letter(self) -> None:
        """Report the greeting as said with the first letter that is noted: the caller is speaking."""
        if not self._has_written:
            self._has_written = True
            self.head.report_greeting()

    def _closing_page(self, host: PageHost) -> QWidget:
        page = QWidget()
        column = Column(host.theme, page, gap=12)
        column.addWidget(FactsArea(host.theme, self.closing_facts, MAX_FACTS_HEIGHT))
        column.addWidget(self.survey)
        column.addWidget(self.ending)
        column.addStretch(1)
        return page

    @property
    def stage(self) -> CallStage:
        return CallStage.RECORD if self._is_correcting else stage_of(self.call)

    def show_board(self, board: PhoneBoard, call: PhoneCall) -> None:
        last_stage = self.stage
        self.board, self.call = board, call
        self.head.show_board(board, call, self._now())
        for view in (self.decide, self.tell, self.closing_facts):
            view.show_call(call)
        self.ending.show_board(board)
        self._show_stage(has_changed=self.stage is not last_stage)

    def show_time(self) -> None:
        self.head.show_time(self._now())

    def begin(self) -> None:
        """Show the first stage, and move the focus there."""
        self._show_stage(has_changed=True)

    def end_correction(self, _call: PhoneCall) -> None:
        """End a correction once the caller's data is recorded; the next board shows what follows."""
        if self._is_correcting:
            self._is_correcting = False
            self._show_stage(has_changed=True)

    def _correct(self) -> None:
        """Correct the caller's data. A masked number must be opened in clear first."""
        if is_masked(self.call.phone):
            open_visit(self._host, self.call.visit_id, self._correct_opened)
        else:
            self._begin_correction(self.call)

    def _correct_opened(self, opened: OpenedVisit) -> None:
        if opened.call is not None:
            self._begin_correction(opened.call)

    def _begin_correction(self, call: PhoneCall) -> None:
        self._is_correcting = True
        names = [kind.name.lower() for kind in CallerField]
        self.known = {name: getattr(call, name) for name in names}
        self.caller.show_values(self.known)
        self._show_stage(has_changed=True)

    def _show_stage(self, *, has_changed: bool) -> None:
        self._pages.setCurrentWidget(self._stages[self.stage])
        if has_changed:
            self.take_keyboard()

    def take_keyboard(self) -> None:
        """Move the focus to the field of the stage, or to its button where it has no field.

        While a field waits for text, no button has the focus: a typed space would press it.
        """
        focus: QWidget = {
            CallStage.RECORD: self.caller,
            CallStage.DECIDE: self.decide.form.field("answer"),
            CallStage.TELL: self.tell.done_button if self.call.answer else self.tell.form.field("answer"),
            CallStage.CLOSE: self.ending,
        }[self.stage]
        focus.setFocus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
