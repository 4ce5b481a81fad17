"""The survey's dialogs: filled in for a visitor, from paper, refused, by link, imported."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt

from ult_desktop.base.i18n import _, language
from ult_desktop.core.command import Answer, Command
from ult_desktop.core.survey.commands import ConfirmSurvey, InviteSurvey, RefuseSurvey
from ult_desktop.operations.survey.answer_lists import ImportReport, questionnaire
from ult_desktop.ui.counter.pages.boxes import FormBox
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.survey import reading
from ult_desktop.ui.counter.survey.survey_words import import_words
from ult_desktop.ui.kit.dialogs import Box, pick_file
from ult_desktop.ui.kit.forms.choice_fields import ChoiceField
from ult_desktop.ui.kit.forms.date_fields import DateField
from ult_desktop.ui.kit.forms.field import Field
from ult_desktop.ui.kit.forms.line_field import LineField
from ult_desktop.ui.kit.forms.option_fields import RadioField
from ult_desktop.ui.kit.forms.text_field import TextField
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.kit.widgets.qr_view import QrView

Order = tuple[str, ...]
_ICON = ("smile", "teal")
_WIDE = 0.6  # of the window


def fill_box(host: PageHost, order: Order) -> FormBox:
    """The officer reads the questions out and ticks what the visitor says (POS DKI 8)."""
    fields = (_number(host.theme), *_questions(host.theme, order, required=True), *_respondent(host.theme))
    box = FormBox(
        host,
        _("Isi survei untuk pengunjung"),
        fields,
        command=lambda values: partial(reading.fill, values),
        verb=_("Simpan jawaban"),
        told=_("Survei tersimpan, ditandai dibantu petugas."),
        icon=_ICON,
        words=_("Bacakan pertanyaannya, dan tandai jawaban pengunjung sendiri."),
    )
    _open_wide(host, box)
    return box


def paper_box(host: PageHost, order: Order, services: reading.Services) -> FormBox:
    """A paper form is typed in; what was left open on it stays open."""
    theme = host.theme
    head = (
        DateField(theme, reading.DAY, _("Tanggal formulir"), now=host.now),
        _number(theme, required=False),
    )
    service = ChoiceField(theme, reading.SERVICE, _("Layanan (jika tanpa nomor)"), services)
    box = FormBox(
        host,
        _("Masukkan formulir kertas"),
        (head, service, *_questions(theme, order, required=False), *_respondent(theme)),
        command=lambda values: partial(reading.enter_paper, values, host.now().date()),
        verb=_("Simpan jawaban"),
        told=_("Formulir kertas tersimpan."),
        draft=host.draft("survey-paper"),
        icon=("file-text", "slate"),
    )
    _open_wide(host, box)
    return box


def _open_wide(host: PageHost, box: FormBox) -> None:
    """Four answers stand beside each other."""
    box.setMinimumWidth(round(host.window.width() * _WIDE))
    box.open()


def refuse_box(host: PageHost) -> FormBox:
    return _about(host, RefuseSurvey, _("Pengunjung menolak mengisi"), _("Catat"), _("Penolakan tercatat."))


def confirm_box(host: PageHost) -> FormBox:
    title = _("Survei di luar sudah terisi")
    return _about(host, ConfirmSurvey, title, _("Terisi"), _("Tercatat: survei terisi di luar."))


def invite_box(host: PageHost, address: str) -> FormBox:
    """The number first, so that the program knows who was given the address; then the QR."""
    show = partial(show_qr, host, address)
    return _about(host, InviteSurvey, _("Survei di HP pengunjung"), _("Tampilkan QR"), "", show)


def show_qr(host: PageHost, address: str, _token: object = None) -> Box:
    """For the visitor's own phone."""
    box = Box(host.window, host.theme, _("Pindai dengan HP"), ("qr-code", "blue"))
    box.words.addWidget(QrView(host.theme, address), 0, Qt.AlignmentFlag.AlignCenter)
    words = Label(address, "small", "soft", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.words.addWidget(words)
    box.say(_("Setelah pengunjung menunjukkan layarnya, catat “Terisi di luar”."))
    box.add_button(_("Selesai"), "primary", lambda: None).setFocus()
    box.open()
    return box


def pick_import(host: PageHost, then: Callable[[ImportReport], object]) -> None:
    """A list of answers from the form outside."""
    kinds = _("Daftar jawaban (*.csv *.xlsx *.json)")

    def chosen(path: str) -> None:
        host.perform(reading.importing(path), then)

    pick_file(host.window, _("Impor jawaban survei"), kinds, chosen)


def show_report(host: PageHost, report: ImportReport) -> Box:
    box = Box(host.window, host.theme, _("Hasil impor"), ("download", "green"))
    for line in import_words(report):
        box.say(line)
    box.add_button(_("Mengerti"), "primary", lambda: None).setFocus()
    box.open()
    return box


def _about(
    host: PageHost,
    kind: type[Command[Answer]],
    title: str,
    verb: str,
    told: str,
    then: Callable[[Answer], object] | None = None,
) -> FormBox:
    box = FormBox(
        host,
        title,
        (_number(host.theme),),
        command=lambda values: partial(reading.survey_command, kind, values[reading.NUMBER]),
        verb=verb,
        told=told,
        then=then,
        icon=_ICON,
    )
    box.open()
    return box


def _number(theme: Theme, *, required: bool = True) -> LineField:
    hint = _("A012, kode karcis, nomor permohonan atau daring")
    return LineField(theme, reading.NUMBER, _("Nomor"), required=required, most=40, hint=hint)


def _questions(theme: Theme, order: Order, *, required: bool) -> tuple[Field, ...]:
    form = questionnaire()
    return tuple(
        RadioField(
            theme,
            key,
            form.element(key).question.within(language()),
            [(value, words.within(language())) for value, words in enumerate(form.element(key).answers, 1)],
            required=required,
        )
        for key in order
    )


def _respondent(theme: Theme) -> tuple[Field | tuple[Field, ...], ...]:
    fields: list[Field] = [
        ChoiceField(
            theme,
            question.key,
            question.name.within(language()),
            [(choice.key, choice.name.within(language())) for choice in question.choices],
        )
        for question in questionnaire().profile
    ]
    suggestion = TextField(theme, reading.SUGGESTION, _("Saran atau masukan"), rows=2)
    return tuple(fields[:2]), tuple(fields[2:]), suggestion
