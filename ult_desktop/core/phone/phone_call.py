"""A telephone call (POS Sumut telepon): who called, what was asked, what is said, the call-back.

The script's words are spoken in Indonesian whatever language the screen has, so they are not translated.
"""

import datetime
from enum import StrEnum

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.office.settings import OfficeSettings
from ult_desktop.core.office.template import Greeting, clock
from ult_desktop.core.personal import Phone
from ult_desktop.core.procedures.procedure import Procedure, Scripts

CALLBACK_DAYS = 1  # working days; the POS promises a call back without saying when (docs/domain.md, A6)


class CallState(WordEnum):
    """The state of a call: on the line, put through and not yet taken, to be called back, over, lost."""

    TALKING = "talking", "sedang bicara"
    TRANSFERRED = "transferred", "disambungkan ke Back Office"
    PROMISED = "promised", "akan dihubungi kembali"
    ENDED = "ended", "selesai"
    LOST = "lost", "putus"


class Forwarding(StrEnum):
    """The way in which a call was forwarded (POS 3B and 4); "" in the file: it was not."""

    LIVE = "live"
    CALLBACK = "callback"


class AttemptResult(WordEnum):
    """The result of an attempt to call back (docs/domain.md, "Telephone calls")."""

    REACHED = "tersambung", "tersambung"
    NO_ANSWER = "tidak_diangkat", "tidak diangkat"
    WRONG_NUMBER = "salah_nomor", "salah nomor"


class PhoneCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call with its caller and case, as a list or the form shows it. Times UTC ms.

    `supporting` is what the caller gave besides (*data pendukung*). `forwarded` is a `Forwarding` and
    `last_result` an `AttemptResult`, or "".

    `officer` talks now, or did last; `taken_by` took the call first. `told_at` is when the caller was given
    the answer. `attempts` counts the attempts to call back, `attempt_at` is when the one under way began.
    """

    visit_id: int
    state: CallState
    day: str
    began_at: int
    ended_at: int | None
    taken_by: str
    officer_id: int | None
    officer: str
    name: str
    institution: str
    regency: str
    phone: Phone
    supporting: str
    case_id: int | None
    case_number: str
    case_state: str
    question: str
    answer: str
    forwarded: str
    promised_at: int | None
    told_at: int | None
    attempts: int
    attempt_at: int | None
    last_result: str
    procedure_id: str | None
    procedure_version: int | None

    @property
    def is_recorded(self) -> bool:
        """Whether the caller and the question are written down (POS step 2)."""
        return self.case_id is not None

    def is_overdue(self, now: int) -> bool:
        """Return whether the promised moment has passed without the caller having been reached."""
        return self.state is CallState.PROMISED and self.promised_at is not None and now > self.promised_at


class Attempt(msgspec.Struct, frozen=True, kw_only=True):
    """A try to call back. Times UTC ms; `result` "" while it rings."""

    id: int
    visit_id: int
    began_at: int
    ended_at: int | None
    officer: str
    result: str


def greeting_step(procedure: Procedure) -> int | None:
    """Return the step of the opening words (POS step 1): the first, when it is an officer's tick."""
    first = procedure.steps[0]
    return first.step if first.completes.tick else None


USUAL_SCRIPTS = Scripts(
    opening="Selamat {waktu}, {unit} {kantor}, dengan {nama_petugas}, ada yang bisa dibantu?",
    closing="Terima kasih telah menghubungi {kantor}, selamat {waktu} Bapak/Ibu",
)
# The usual opening asks what the caller wants, which does not fit a call back. The POS has no words for it.
CALL_BACK = (
    "Selamat {waktu}, saya {nama_petugas} dari {unit} {kantor}. Kami menyampaikan jawaban atas pertanyaan"
    " Bapak/Ibu."
)
# Said before the caller's data is written down (UU 27/2022); its version is `guest_book.notice_version`.
NOTICE = (
    "Data Bapak/Ibu kami catat hanya untuk melayani dan menelepon kembali, dan dihapus menurut jadwal kantor."
)
_PARTS_OF_DAY = ("pagi", "siang", "sore", "malam")


class Script(msgspec.Struct, frozen=True):
    """Opening, closing, opening of a call back and privacy notice as they are said now."""

    opening: str
    closing: str
    call_back: str
    notice: str


def part_of_day(local: datetime.time, hours: Greeting) -> str:
    """Return "pagi", "siang", "sore" or "malam"; before the first of their hours it is still "malam"."""
    starts = (hours.morning, hours.noon, hours.afternoon, hours.evening)
    begun = [part for part, start in zip(_PARTS_OF_DAY, starts, strict=True) if clock(start) <= local]
    return begun[-1] if begun else _PARTS_OF_DAY[-1]


def script_for(
    scripts: Scripts | None, settings: OfficeSettings, officer: str, local: datetime.time
) -> Script:
    """Return the words to say in a call, with the names and the greeting filled in.

    The office's own words go first, then `scripts`, those of the call's procedure, then the usual ones.
    """
    office, own_words = settings.office, settings.phone
    words = {
        "{waktu}": part_of_day(local, settings.greeting),
        "{nama_petugas}": officer,
        "{unit}": office.unit,
        "{kantor}": office.name,
    }
    usual = scripts or USUAL_SCRIPTS
    return Script(
        opening=_fill_in(own_words.opening or usual.opening, words),
        closing=_fill_in(own_words.closing or usual.closing, words),
        call_back=_fill_in(own_words.call_back or CALL_BACK, words),
        notice=settings.privacy.spoken or NOTICE,
    )


def _fill_in(text: str, words: dict[str, str]) -> str:
    """Replace the known placeholders of a text; other braces stay, for an office may write them."""
    for placeholder, word in words.items():
        text = text.replace(placeholder, word)
    return text
