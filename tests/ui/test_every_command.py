"""Every command that a person needs has a window."""

import re

from tests.program import ROOT
from tests.samples import every_ask

BY_ITSELF = {
    "AdoptInstrument",  # operations/evidence/instruments.py, behind “Instrumen …” of Penilaian
    "AssessEscalation",  # operations/cases/received_escalations.py, with the answer or the disposition
    "ConfirmTime",  # operations/office/time_confirming.py, behind the page that covers a doubtful counter
    "ChangeOffice",  # operations/office/office_changes.py, behind Layanan, Kategori and Loket of Pengaturan
    "CheckIn",  # operations/queue/kiosk_codes.py, for an appointment's code at the kiosk
    "GrantKeys",  # operations/access/key_holder.py, whenever an officer with keys signs in
    "IndexPhones",  # operations/visits/returning_visitors.py, when guests are looked up by telephone
    "MakeKeys",  # operations/access/key_holder.py
    "MergeTicket",  # operations/offline, for a number that a kiosk gave while it was cut off
    "OpenDocument",  # operations/privacy/personal.py, behind every button that saves a scan
    "OpenGuestBook",  # operations/privacy/guest_book.py, behind “Buku tamu …” of the page Tamu
    "OpenRegister",  # operations/privacy/personal.py, behind the register of information requests
    "OpenSheet",  # the same, behind receipts and proofs
    "PublishKey",  # operations/access/key_holder.py
    "RotateKeys",  # operations/access/key_holder.py
    "WithdrawKeys",  # operations/access/key_holder.py, when a right has ended by the clock
    "SealOld",  # operations/access/key_holder.py, for text that an older program left in clear
    "EraseDue",  # operations/privacy/retention.py, which the page Retensi runs
    "FinishRetention",  # the same
    "AttachDocument",  # the dialogs of letters, answers and deliveries store their scan
    "ImportRequests",  # operations/online/request_lists.py, behind the import of a list
    "UndoRequestImport",  # the same, behind “Urungkan sebuah impor …”
    "ImportSurvey",  # operations/survey/answer_lists.py, behind the import of a list
    "UndoSurveyImport",  # the same
    "SetRecovery",  # operations/access/recovery.py, behind the box of the recovery code
    "RecoverKeys",  # the same, behind the box that asks for the code
    "ResetAdmin",  # the same, behind “Lupa kata sandi?” where an admin signs in
    "GiveUpKeys",  # the same, behind the button of an officer who alone holds keys
    "SetPassword",  # operations/access/passwords.py, behind the button for a new password
    "ChangeOwnPassword",  # operations/access/passwords.py, behind the box of an officer's own
}
"""Nobody asks for these: a page or an operation does, on the way to something else."""


def test_every_command_that_a_person_needs_has_a_window() -> None:
    windows = " ".join(path.read_text("utf-8") for path in (ROOT / "ult_desktop" / "ui").rglob("*.py"))
    named = set(re.findall(r"\b[A-Z]\w+", windows))
    without = {command.__name__ for command in every_ask()} - named
    assert without == BY_ITSELF
