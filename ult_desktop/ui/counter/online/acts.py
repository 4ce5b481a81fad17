"""The acts on an online request: take it over, close it, type one in, and write the reply."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.online import commands, online_request
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.survey.commands import ConfirmSurvey
from ult_desktop.ui.counter.pages import FormBox, PageHost, Then, open_visit
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.words import options_of
from ult_desktop.ui.kit import Column, Row, forms, widgets
from ult_desktop.ui.kit.detail import DetailAction
from ult_desktop.ui.office_link.tasks import FileWorker


@dataclass(frozen=True)
class MailDrafts:
    """The folder of mail drafts. `open_file` opens a file with this PC's program for it."""

    folder: Path
    open_file: Callable[[Path], object]


def drafts_of_this_pc() -> MailDrafts:
    downloads = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
    return MailDrafts(Path(downloads), _open_with_its_program)


def _open_with_its_program(path: Path) -> object:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def write_draft(folder: Path, name: str, reply: online_request.Reply) -> Path:
    """Write the reply as an .eml file, and return its path.

    Raises:
        UserError: the folder cannot be written.
    """
    path = folder / f"{name.replace('/', '-')}.eml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(online_request.mail_draft(reply))
    except OSError as error:
        raise UserError(
            _("Draf surel {path} tidak dapat ditulis.").format(path=path),
            _("Jawaban yang Anda tulis tetap ada."),
            _("Salin teksnya dan tempel di program surel."),
        ) from error
    return path


USUAL_CHANNEL: dict[online_request.OnlineSource, DeliveryChannel] = {
    online_request.OnlineSource.SEMPENA: DeliveryChannel.APPLICATION,
    online_request.OnlineSource.EMAIL: DeliveryChannel.EMAIL,
    online_request.OnlineSource.WHATSAPP: DeliveryChannel.WHATSAPP,
    online_request.OnlineSource.LETTER: DeliveryChannel.LETTER,
}
CHANNELS = (
    DeliveryChannel.APPLICATION,
    DeliveryChannel.EMAIL,
    DeliveryChannel.WHATSAPP,
    DeliveryChannel.PHONE,
    DeliveryChannel.LETTER,
)


class ReplyBox(QWidget):
    """The form for a reply. Each request gets a form of its own, because the draft belongs to the request.

    The office records only the answer. A copied or mailed reply also has greeting, number and survey link.
    """

    def __init__(
        self,
        host: PageHost,
        request: online_request.OnlineRequest,
        settings: OfficeSettings,
        drafts: MailDrafts,
    ) -> None:
        super().__init__()
        self._host, self.request, self._settings, self._drafts = host, request, settings, drafts
        self._files = FileWorker(self)
        theme = host.theme
        self.form = forms.FlatForm(
            theme,
            (
                forms.TextField(theme, "answer", _("Jawaban"), required=True, rows=6),
                forms.RadioField(theme, "way", _("Disampaikan lewat"), options_of(CHANNELS), required=True),
                forms.LineField(
                    theme, "proof", _("Bukti pengiriman"), hint=_("misalnya dibaca 09.41"), most=200
                ),
                LateField(host, request.visit_id),
            ),
            _("Catat terkirim"),
            draft=host.draft("online-reply", request.id),
        )
        # An answer that was sent already is not offered again.
        unsent = request.answer if request.state is not online_request.OnlineState.ANSWERED else ""
        self.form.show_values({"answer": unsent, "way": USUAL_CHANNEL[request.source]})
        self.copy_button = widgets.Button(theme, _("Salin teks"), "", "files")
        self.mail_button = widgets.Button(theme, _("Draf surel"), "", "mail")
        self.preview = widgets.Label("", "small", "soft", wrap=True)
        self._show_verb()
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        theme = self._host.theme
        Column(theme, self).addWidget(self.form)
        sending = QWidget()
        column = Column(theme, sending, gap=8)
        head = Row(theme, gap=8)
        head.addWidget(widgets.Label(_("Teks lengkap untuk pemohon"), "strong"), 1)
        for button in (self.copy_button, self.mail_button):
            button.setAutoDefault(False)
            head.addWidget(button)
        column.addLayout(head)
        hint = _("Program ini tidak mengirim: kirim teks atau draf ini dulu, lalu catat terkirim.")
        column.addWidget(widgets.Label(hint, "small", "soft", wrap=True))
        column.addWidget(self.preview)
        self.form.insert_before_verb(sending)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _connect_signals(self) -> None:
        self.copy_button.clicked.connect(self._copy)
        self.mail_button.clicked.connect(self._draft_mail)
        self.form.submitted.connect(self._record_sent)
        self.form.field("answer").changed.connect(self._show_preview)
        self._show_preview()

    def show_request(self, request: online_request.OnlineRequest) -> None:
        """Show the same request, read again. What the officer is writing stays.

        An answer that came from elsewhere meanwhile fills the field if that is empty.
        """
        answer = request.answer
        if answer and answer != self.request.answer and not self.form.field("answer").value():
            self.form.show_values({"answer": answer})
            self._show_preview()
        self.request = request
        self._show_verb()

    def _show_verb(self) -> None:
        """Show on the button whether it records the answer as sent, or corrects the record of that."""
        is_sent = self.request.state is online_request.OnlineState.ANSWERED
        self.form.verb.setText(_("Perbaiki catatan") if is_sent else _("Catat terkirim"))

    def reply(self, request: online_request.OnlineRequest | None = None) -> online_request.Reply:
        """Return the reply to copy or mail. It is addressed as in `request`, else with a masked address."""
        greeting = formats.greeting(self._host.now().time(), self._settings.greeting.starts)
        answer = str(self.form.field("answer").value())
        return online_request.compose_reply(
            request or self.request, self._settings, answer, greeting, self._host.actor.name
        )

    def _show_preview(self) -> None:
        has_answer = bool(self.form.field("answer").value())
        self.copy_button.setEnabled(has_answer)
        self.mail_button.setEnabled(has_answer)
        self.preview.setText(self.reply().text if has_answer else _("Tulis jawabannya dulu."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.reply().text)
        self._host.tell(_("Teks disalin. Tempel di aplikasi asalnya, lalu catat terkirim."))

    def _draft_mail(self) -> None:
        if is_masked(self.request.email):
            open_visit(self._host, self.request.visit_id, self._draft_opened_mail)
        else:
            self._write_mail(self.reply())

    def _draft_opened_mail(self, opened: OpenedVisit) -> None:
        # A method, which `PageHost` does not call once this form is gone.
        self._write_mail(self.reply(opened.online))

    def _write_mail(self, reply: online_request.Reply) -> None:
        if not self._files.is_busy:
            job = partial(write_draft, self._drafts.folder, self.request.number, reply)
            self._files.run(job, self._open_mail, self.form.show_refusal)

    def _open_mail(self, path: Path) -> None:
        self._drafts.open_file(path)
        self._host.tell(_("Draf surel dibuka: {name}").format(name=path.name))

    def _record_sent(self, values: dict[str, Any]) -> None:
        request = self.request
        command = commands.AnswerRequest(request_id=request.id, seen={"answer": request.answer}, **values)
        self._host.perform(command, message=_("Jawaban dicatat terkirim."), form=self.form)


def actions(request: online_request.OnlineRequest, host: PageHost) -> list[DetailAction]:
    """Return the acts that only an online request has, as far as this officer may do them."""
    acts: list[DetailAction] = []
    is_open = request.state is not online_request.OnlineState.CLOSED
    may_handle = host.actor.may(Permission.HANDLE_ONLINE)
    if is_open and may_handle and request.owner_id is None:
        command = commands.TakeRequest(request_id=request.id)
        take = partial(host.perform, command, message=_("Permintaan ini Anda tangani."))
        acts.append(DetailAction("take", _("Tangani"), "hand-helping", take, "primary"))
    if request.answered_at is not None and not request.evaluated and host.actor.may(Permission.RUN_SURVEY):
        survey = ConfirmSurvey(visit_id=request.visit_id)
        confirm = partial(host.perform, survey, message=_("Evaluasi dicatat terisi."))
        acts.append(DetailAction("evaluated", _("Evaluasi terisi"), "star", confirm))
    if is_open and may_handle:
        why_not = _("Masih di unit lain.") if request.with_other_desk else ""
        acts.append(
            DetailAction("close", _("Tutup"), "check", partial(close, host, request), why_not=why_not)
        )
    return acts


def can_be_answered(request: online_request.OnlineRequest, actor: Actor) -> bool:
    is_here = request.state is not online_request.OnlineState.CLOSED and not request.with_other_desk
    return is_here and actor.may(Permission.HANDLE_ONLINE)


def close(host: PageHost, request: online_request.OnlineRequest) -> None:
    """Close an answered request at once, another one only with its reason."""
    if request.state is online_request.OnlineState.ANSWERED:
        host.perform(commands.CloseRequest(request_id=request.id), message=_("Permintaan ditutup."))
        return
    FormBox(
        host,
        _("Tutup tanpa jawaban"),
        (forms.TextField(host.theme, "remark", _("Alasan"), required=True, rows=3),),
        command=lambda values: commands.CloseRequest(request_id=request.id, **values),
        verb=_("Tutup permintaan"),
        message=_("Permintaan ditutup."),
        icon=("x", "orange"),
        draft=host.draft("online-close", request.id),
        words=_("Permintaan ini belum dijawab. Alasannya tercatat."),
    ).open()


def type_in(host: PageHost, then: Then) -> FormBox:
    """Open the form for a request that came by letter, message or e-mail."""
    theme, row_fields = host.theme, forms.CommandFields(host.theme, online_request.OnlineRow, host)
    sources = options_of(online_request.OnlineSource)
    fields = (
        (
            forms.ChoiceField(theme, "source", _("Datang lewat"), sources, required=True),
            row_fields.ask("external_id"),
        ),
        (
            forms.DateField(theme, "sent", _("Tanggal dikirim"), days=host),
            row_fields.ask("topic", _("Perihal")),
        ),
        *row_fields.in_pairs("name", "institution", "phone", "email"),
        row_fields.ask("detail", _("Isi permohonan"), rows=5),
    )
    box = FormBox(
        host,
        _("Catat permintaan"),
        fields,
        command=partial(_add_request, host),
        message=_("Permintaan tercatat."),
        then=then,
        icon=("pen-line", "blue"),
        draft=host.draft("online-entry"),
    )
    box.open()
    return box


def _add_request(host: PageHost, values: dict[str, Any]) -> commands.AddRequest:
    texts = {name: value for name, value in values.items() if name not in ("source", "sent")}
    day, now = values["sent"], host.now()
    # A request of an earlier day counts from the beginning of that day, in the office's zone; None is now.
    is_earlier = day is not None and day != now.date()
    sent_at = to_stamp(datetime.combine(day, time(0), tzinfo=now.tzinfo)) if is_earlier else None
    row = online_request.OnlineRow(sent_at=sent_at, **texts)
    return commands.AddRequest(source=values["source"], row=row)
