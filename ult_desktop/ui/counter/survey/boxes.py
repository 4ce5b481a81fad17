"""The survey's boxes: fill in for a visitor or from paper, invite, record a refusal or an outside one."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt

from ult_desktop.base import _, language
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.survey import commands, survey
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.survey.answer_lists import questionnaire
from ult_desktop.operations.survey.survey import survey_subject
from ult_desktop.ui.counter.pages import FormBox, PageHost
from ult_desktop.ui.kit import Theme, dialogs, forms, widgets
from ult_desktop.ui.kit.widgets.qr_view import QrView

NUMBER, SUGGESTION, DAY, SERVICE = "number", "suggestion", "day", "service"
Order = tuple[str, ...]
Services = tuple[tuple[int, str], ...]  # id, name
Options = list[tuple[str, Callable[[], object]]]
_ICON = ("smile", "teal")
_WIDE = 0.6  # of the window's width


def fill_box(host: PageHost, order: Order) -> FormBox:
    """Open the box from which the officer reads out the questions, and ticks the answers (POS DKI 8)."""
    fields = (
        _number_field(host.theme),
        *_question_fields(host.theme, order, required=True),
        *_respondent_fields(host.theme),
    )
    box = FormBox(
        host,
        _("Isi survei untuk pengunjung"),
        fields,
        command=lambda values: partial(_record_assisted, values),
        verb=_("Simpan jawaban"),
        message=_("Survei tersimpan, ditandai dibantu petugas."),
        icon=_ICON,
        words=_("Bacakan pertanyaannya, dan tandai jawaban pengunjung sendiri."),
    )
    _open_wide(host, box)
    return box


def paper_box(host: PageHost, order: Order, services: Services) -> FormBox:
    """Open the box to type in a paper form. Questions that the paper leaves open may stay empty."""
    theme = host.theme
    head = (
        forms.DateField(theme, DAY, _("Tanggal formulir"), days=host),
        _number_field(theme, required=False),
    )
    service = forms.ChoiceField(theme, SERVICE, _("Layanan (jika tanpa nomor)"), services)
    box = FormBox(
        host,
        _("Masukkan formulir kertas"),
        (head, service, *_question_fields(theme, order, required=False), *_respondent_fields(theme)),
        command=lambda values: partial(_enter_paper, values, host.now().date()),
        verb=_("Simpan jawaban"),
        message=_("Formulir kertas tersimpan."),
        draft=host.draft("survey-paper"),
        icon=("file-text", "slate"),
    )
    _open_wide(host, box)
    return box


def _open_wide(host: PageHost, box: FormBox) -> None:
    """Open the box wide enough for four answers next to each other."""
    box.setMinimumWidth(round(host.window.width() * _WIDE))
    box.open()


def refuse_box(host: PageHost) -> FormBox:
    return _open_number_box(
        host, commands.RefuseSurvey, _("Pengunjung menolak mengisi"), _("Catat"), _("Penolakan tercatat.")
    )


def confirm_box(host: PageHost) -> FormBox:
    title = _("Survei di luar sudah terisi")
    return _open_number_box(
        host, commands.ConfirmSurvey, title, _("Terisi"), _("Tercatat: survei terisi di luar.")
    )


def invite_box(host: PageHost, address: str) -> FormBox:
    """Open the box of an invitation: ask for the number, to record who got the address; then show the QR."""
    show = partial(show_qr, host, address)
    return _open_number_box(
        host, commands.InviteSurvey, _("Survei di HP pengunjung"), _("Tampilkan QR"), "", show
    )


def show_qr(host: PageHost, address: str, _token: object = None) -> dialogs.Box:
    """Show the QR code for the visitor's own phone."""
    box = dialogs.Box(host.window, host.theme, _("Pindai dengan HP"), ("qr-code", "blue"))
    code = QrView(host.theme, address)
    code.setAccessibleName(_("Kode QR survei"))
    box.words.addWidget(code, 0, Qt.AlignmentFlag.AlignCenter)
    words = widgets.Label(address, "small", "soft", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.words.addWidget(words)
    box.say(_("Setelah pengunjung menunjukkan layarnya, catat “Terisi di luar”."))
    box.add_button(_("Selesai"), "primary", lambda: None).setFocus()
    box.open()
    return box


def _open_number_box(
    host: PageHost,
    kind: type[Command[Answer]],
    title: str,
    verb: str,
    message: str,
    then: Callable[[Answer], object] | None = None,
) -> FormBox:
    box = FormBox(
        host,
        title,
        (_number_field(host.theme),),
        command=lambda values: partial(_perform_for_number, kind, values[NUMBER]),
        verb=verb,
        message=message,
        then=then,
        icon=_ICON,
    )
    box.open()
    return box


def _number_field(theme: Theme, *, required: bool = True) -> forms.LineField:
    hint = _("A012, kode karcis, nomor permohonan atau daring")
    return forms.LineField(theme, NUMBER, _("Nomor"), required=required, most=40, hint=hint)


def _question_fields(theme: Theme, order: Order, *, required: bool) -> tuple[forms.Field, ...]:
    form = questionnaire()
    return tuple(
        forms.RadioField(
            theme,
            key,
            form.element(key).question.within(language()),
            [(value, words.within(language())) for value, words in enumerate(form.element(key).answers, 1)],
            required=required,
        )
        for key in order
    )


def _respondent_fields(theme: Theme) -> tuple[forms.Field | tuple[forms.Field, ...], ...]:
    fields: list[forms.Field] = [
        forms.ChoiceField(
            theme,
            question.key,
            question.name.within(language()),
            [(choice.key, choice.name.within(language())) for choice in question.choices],
        )
        for question in questionnaire().profile
    ]
    suggestion = forms.TextField(theme, SUGGESTION, _("Saran atau masukan"), rows=2)
    return tuple(fields[:2]), tuple(fields[2:]), suggestion


def _answers_from(values: dict[str, Any]) -> survey.SurveyAnswers:
    """Return the answers of a form whose fields are named after the questionnaire's elements and profile."""
    form = questionnaire()
    scores = {element.key: values.get(element.key) for element in form.elements}
    return survey.SurveyAnswers(
        answers={key: int(score) for key, score in scores.items() if score is not None},
        profile=survey.Profile(**{question.key: values.get(question.key) or "" for question in form.profile}),
        suggestion=values.get(SUGGESTION) or "",
    )


def _read_subject(number: str, office: Office) -> dict[str, int | None]:
    """Read which ticket, case or online request has that number, as fields of a command."""
    return office.read(lambda tx: survey_subject(tx, number, office.clock())).named


def _perform_for_number(kind: type[Command[Answer]], number: str, office: Office, actor: Actor) -> Answer:
    return office.perform(kind(**_read_subject(number, office)), actor)


def _record_assisted(values: dict[str, Any], office: Office, actor: Actor) -> survey.SurveyToken | None:
    """Record the answers that a visitor gave to the officer."""
    subject = _read_subject(values[NUMBER], office)
    return office.perform(
        commands.FillSurvey(said=_answers_from(values), mode=survey.SurveyMode.ASSISTED, **subject), actor
    )


def _enter_paper(
    values: dict[str, Any], today: date, office: Office, actor: Actor
) -> survey.SurveyToken | None:
    """Record a paper form, with or without a number on it."""
    number = values[NUMBER]
    command = commands.EnterPaperSurvey(
        said=_answers_from(values),
        day=values[DAY] or today,
        service_id=values[SERVICE],
        **(_read_subject(number, office) if number else {}),
    )
    return office.perform(command, actor)
