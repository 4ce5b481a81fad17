"""The reply to a request from afar: text to paste, or a draft for the mail program."""

from email.message import EmailMessage
from email.policy import SMTP

import msgspec

from ult_desktop.base.i18n import _
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.online.online_request import OnlineRequest
from ult_desktop.core.visits.guest_book import short_notice


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """What is sent. `to` is "" when the applicant left no address."""

    to: str
    subject: str
    text: str


def compose_reply(
    request: OnlineRequest, office: OfficeIdentity, answer: str, greeting: str, officer: str
) -> Reply:
    """Greeting of the hour, number, answer, link of the survey (POS Kepri 2 and 3), who answers."""
    about = _(" tentang “{topic}”").format(topic=request.topic) if request.topic else ""
    parts = [
        _("{greeting}, Bapak/Ibu {name}.").format(greeting=greeting, name=request.name),
        _(
            "Terima kasih telah menghubungi {unit} {office}. Berikut jawaban atas permintaan Anda "
            "nomor {number}{about}:"
        ).format(unit=office.unit, office=office.short_name, number=request.number, about=about),
        answer.strip(),
        _("Mohon kesediaan Anda mengisi survei kepuasan: {link}").format(link=office.survey_url)
        if office.survey_url
        else "",
        _("Layanan ini tidak dipungut biaya."),
        short_notice(),
        "\n".join(part for part in (officer, f"{office.unit} {office.short_name}", office.phone) if part),
    ]
    return Reply(
        to=request.email,
        subject=_("Jawaban permintaan {number}").format(number=request.number),
        text="\n\n".join(part for part in parts if part),
    )


def mail_draft(reply: Reply) -> bytes:
    """The reply as an .eml file, which mail programs open as a message not sent yet.

    Raises:
        ValueError: the address holds a line break; the readers refuse such addresses.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = reply.subject
    if reply.to:
        message["To"] = reply.to
    message["X-Unsent"] = "1"
    message.set_content(reply.text)
    return message.as_bytes()
