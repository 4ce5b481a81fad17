"""The reply to an online request: the officer writes it, copies or mails it, and records that it was sent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from ult_desktop.base import UserError, _, formats
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.online import commands, online_request
from ult_desktop.core.personal import is_masked
from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.ui.counter.pages import PageHost, open_visit
from ult_desktop.ui.counter.pages.late_field import LateField
from ult_desktop.ui.counter.words import worded
from ult_desktop.ui.kit import Column, Row, forms, widgets
from ult_desktop.ui.office_link.tasks import FileWorker


@dataclass(frozen=True)
class MailDrafts:
    """The place for mail drafts. `open_file` opens a file with this PC's program for it."""

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
                forms.RadioField(theme, "way", _("Disampaikan lewat"), worded(CHANNELS), required=True),
                forms.LineField(
                    theme, "proof", _("Bukti pengiriman"), hint=_("misalnya dibaca 09.41"), most=200
                ),
                LateField(host, request.visit_id),
            ),
            _("Catat terkirim"),
            draft=host.draft("online-reply", request.id),
        )
        ready = request.answer if request.state is not online_request.OnlineState.ANSWERED else ""
        self.form.show_values({"answer": ready, "way": USUAL_CHANNEL[request.source]})
        self.copy = widgets.Button(theme, _("Salin teks"), "", "files")
        self.mail = widgets.Button(theme, _("Draf surel"), "", "mail")
        self.preview = widgets.Label("", "small", "soft", wrap=True)
        self._show_verb()
        self._lay_out()
        self._connect_signals()

    def _lay_out(self) -> None:
        theme = self._host.theme
        Column(theme, self).addWidget(self.form)
        sending = QWidget()
        column = Column(theme, sending, gap=8)
        whole = Row(theme, gap=8)
        whole.addWidget(widgets.Label(_("Teks lengkap untuk pemohon"), "strong"), 1)
        for button in (self.copy, self.mail):
            button.setAutoDefault(False)
            whole.addWidget(button)
        column.addLayout(whole)
        hint = _("Program ini tidak mengirim: kirim teks atau draf ini dulu, lalu catat terkirim.")
        column.addWidget(widgets.Label(hint, "small", "soft", wrap=True))
        column.addWidget(self.preview)
        self.form.insert_before_verb(sending)
        self.preview.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def _connect_signals(self) -> None:
        self.copy.clicked.connect(self._copy)
        self.mail.clicked.connect(self._draft_mail)
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
        self.copy.setEnabled(has_answer)
        self.mail.setEnabled(has_answer)
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
