"""Requests that come from afar (permintaan daring, POS Kepri): by SEMPENA, e-mail, WhatsApp or letter."""

from typing import TYPE_CHECKING

import msgspec

from ult_desktop.base import WordEnum, _
from ult_desktop.base.digests import sha256
from ult_desktop.base.late import late
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.person import Person
from ult_desktop.core.personal import Email, Phone
from ult_desktop.core.visits.guest_book import notice_on_paper

if TYPE_CHECKING:
    from email import message as email_message, policy
else:
    email_message = late("email.message")
    policy = late("email.policy")


class OnlineSource(WordEnum):
    """The source of a request; each has its own list format and its own numbers."""

    SEMPENA = "sempena", "SEMPENA"
    EMAIL = "email", "Surel"
    WHATSAPP = "whatsapp", "WhatsApp"
    LETTER = "surat", "Surat"


class OnlineState(WordEnum):
    """The state of a request. The public recap counts an answered one as closed (Kepri's recap page)."""

    NEW = "pengajuan", "Pengajuan"
    IN_PROGRESS = "dalam_proses", "Dalam proses"
    ANSWERED = "terjawab", "Terjawab"
    CLOSED = "ditutup", "Ditutup"


OPEN_STATES = (OnlineState.NEW, OnlineState.IN_PROGRESS, OnlineState.ANSWERED)


class OnlineRow(Person, frozen=True, kw_only=True):
    """A request as it came: cleaned text, nothing looked up. `sent_at` UTC ms, None when unknown.

    `external_id` is the number that the source gave it; `service` the words of the source. `phone_index` is
    set by the operations. `alike` counts the different people of the list who sent the same words, up to this
    row: 1 for the first.
    """

    detail: str
    external_id: str = ""
    sent_at: int | None = None
    service: str = ""
    topic: str = ""
    phone_index: str = ""
    alike: int = 1

    def is_reachable(self, source: OnlineSource) -> bool:
        """Return whether the answer can reach the applicant by the way that the request came."""
        ways = {
            OnlineSource.SEMPENA: (self.external_id, self.email, self.phone),
            OnlineSource.EMAIL: (self.email,),
            OnlineSource.WHATSAPP: (self.phone,),
            OnlineSource.LETTER: (self.institution, self.email, self.phone),
        }
        return any(ways[source])


class OnlineRequestRow(msgspec.Struct, frozen=True, kw_only=True):
    """A request in a list. Times UTC ms; `with_other_desk`: the back office or a related unit has it.

    `number` is the one that the applicant knows, `case_number` the one in the office's own book.
    """

    id: int
    number: str
    source: OnlineSource
    state: OnlineState
    name: str
    phone: Phone
    institution: str
    topic: str
    sent_at: int
    due_at: int
    answered_at: int | None
    owner: str
    with_other_desk: bool
    case_number: str


class OnlineRequest(OnlineRequestRow, frozen=True, kw_only=True):
    """A request with everything that is needed to answer it. Times UTC ms.

    `answer` is the text of its case, ready or given; `evaluated`: the applicant filled in the survey.
    """

    external_id: str
    visit_id: int
    case_id: int
    received_at: int
    owner_id: int | None
    evaluated: bool
    regency: str
    email: Email
    occupation: str
    service: str
    detail: str
    answer: str


class Recap(msgspec.Struct, frozen=True, kw_only=True):
    """The public numbers of a year (docs/domain.md, "Public recap"): by status, and by service."""

    year: int
    new: int
    in_progress: int
    closed: int
    services: tuple[tuple[str, int], ...] = ()

    @property
    def total(self) -> int:
        """The number of all requests of the year."""
        return self.new + self.in_progress + self.closed

    def shares(self) -> tuple[tuple[str, float], ...]:
        """Return each service's part of all requests in percent, the largest first."""
        return tuple((name, 100 * count / self.total) for name, count in self.services)


def fingerprint(row: OnlineRow) -> str:
    """Return the SHA-256 of a request's words: by it a row that has no number of its source is recognised.

    Telephone and e-mail address are left out: they could be guessed from a hash, and as sealed text they are
    different each time.
    """
    texts = (row.name, row.institution, row.topic, row.detail)
    words = "\n".join(" ".join(text.split()).casefold() for text in texts)
    nth = f"\n{row.alike}" if row.alike > 1 else ""  # each of several people who sent the same words
    return sha256(f"{row.sent_at}\n{words}{nth}".encode()).hex()


def key_of(row: OnlineRow) -> str:
    """Return the key by which a row of a source is recognised when it comes again: number or fingerprint."""
    return f"id:{row.external_id}" if row.external_id else f"hash:{fingerprint(row)}"


class Reply(msgspec.Struct, frozen=True, kw_only=True):
    """A reply to send. `to` is "" when the applicant left no address."""

    to: str
    subject: str
    text: str


def compose_reply(
    request: OnlineRequest, settings: OfficeSettings, answer: str, greeting: str, officer: str
) -> Reply:
    """Compose a reply (POS Kepri 2 and 3): greeting, number, answer, link of the survey, sender."""
    office = settings.office
    about = _(" tentang “{topic}”").format(topic=request.topic) if request.topic else ""
    survey = _("Mohon kesediaan Anda mengisi survei kepuasan: {link}").format(link=office.survey_url)
    parts = [
        _("{greeting}, Bapak/Ibu {name}.").format(greeting=greeting, name=request.name),
        _(
            "Terima kasih telah menghubungi {unit} {office}. Berikut jawaban atas permintaan Anda "
            "nomor {number}{about}:"
        ).format(unit=office.unit, office=office.short_name, number=request.number, about=about),
        answer.strip(),
        survey if office.survey_url else "",
        _("Layanan ini tidak dipungut biaya."),
        notice_on_paper(settings.privacy),
        "\n".join(part for part in (officer, f"{office.unit} {office.short_name}", office.phone) if part),
    ]
    return Reply(
        to=request.email,
        subject=_("Jawaban permintaan {number}").format(number=request.number),
        text="\n\n".join(part for part in parts if part),
    )


def mail_draft(reply: Reply) -> bytes:
    """Return the reply as an .eml file, which mail programs open as a message to be sent.

    Raises:
        ValueError: the address holds a line break, which no address does that was read from a list or form.
    """
    message = email_message.EmailMessage(policy=policy.SMTP)
    message["Subject"] = reply.subject
    if reply.to:
        message["To"] = reply.to
    message["X-Unsent"] = "1"  # Outlook opens such a file for writing, not for reading
    message.set_content(reply.text)
    return message.as_bytes()
