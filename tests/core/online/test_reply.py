"""The reply as text to paste and as a draft that a mail program opens."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP

import pytest
from msgspec.structs import replace

from ult_desktop.core.office.settings import settings_of
from ult_desktop.core.online.online_request import (
    OnlineRequest,
    OnlineSource,
    OnlineState,
    compose_reply,
    mail_draft,
)
from ult_desktop.operations.office.office_files import load_office

SETTINGS = settings_of(load_office("bpmp-kepri"))
ABOUT = replace(SETTINGS.office, survey_url="https://survei.example/ult", phone="0771-1")
OFFICE = replace(SETTINGS, office=ABOUT)
REQUEST = OnlineRequest(
    id=1, number="D-0012/2026", source=OnlineSource.EMAIL, external_id="", state=OnlineState.IN_PROGRESS,
    visit_id=1, case_id=1, case_number="0001/ULT/2026", sent_at=0, received_at=0, due_at=0,
    answered_at=None, owner_id=1, owner="Siti", with_other_desk=False, evaluated=False,
    name="Dedi Ć Kurniawan", institution="", regency="", phone="", email="dedi@dinas.go.id",
    occupation="", service="",
    topic="Rapor Pendidikan", detail="Mohon", answer="",
)  # fmt: skip


def test_the_text_greets_names_answers_and_links() -> None:
    reply = compose_reply(REQUEST, OFFICE, " Data terlampir. ", "Selamat pagi", "Siti Rahmawati")
    assert reply.to == "dedi@dinas.go.id"
    assert reply.subject == "Jawaban permintaan D-0012/2026"
    parts = reply.text.split("\n\n")
    assert parts[0] == "Selamat pagi, Bapak/Ibu Dedi Ć Kurniawan."
    assert "nomor D-0012/2026 tentang “Rapor Pendidikan”:" in parts[1]
    assert parts[2] == "Data terlampir."
    assert parts[3].endswith("https://survei.example/ult")
    assert parts[5].endswith("(pemberitahuan 2026-1).")
    assert parts[6].splitlines()[0] == "Siti Rahmawati"
    assert parts[6].splitlines()[-1] == "0771-1"


def test_what_is_not_known_is_left_out() -> None:
    bare = replace(OFFICE, office=replace(ABOUT, survey_url="", phone=""))
    text = compose_reply(replace(REQUEST, topic=""), bare, "Ya.", "Selamat siang", "").text
    assert "survei" not in text
    assert "tentang" not in text
    assert "\n\n\n" not in text


def test_the_draft_is_a_message_not_sent_yet() -> None:
    reply = compose_reply(REQUEST, OFFICE, "Baris satu.\nBaris dua “ć”.", "Selamat pagi", "Siti")
    read = message_from_bytes(mail_draft(reply), policy=SMTP)
    assert isinstance(read, EmailMessage)
    assert (read["To"], read["X-Unsent"]) == ("dedi@dinas.go.id", "1")
    assert read["Subject"] == reply.subject
    assert "Baris dua “ć”." in read.get_content()


def test_without_an_address_the_draft_has_none() -> None:
    reply = compose_reply(replace(REQUEST, email=""), OFFICE, "Ya.", "Selamat pagi", "Siti")
    assert message_from_bytes(mail_draft(reply), policy=SMTP)["To"] is None


def test_an_address_with_a_second_header_makes_no_draft() -> None:
    reply = compose_reply(
        replace(REQUEST, email="a@b.id\nBcc: x@y.id"), OFFICE, "Ya.", "Selamat pagi", "Siti"
    )
    with pytest.raises(ValueError, match="linefeed"):
        mail_draft(reply)
