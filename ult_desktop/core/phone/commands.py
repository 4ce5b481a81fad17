"""The commands about telephone calls. A call has the id of its visit."""

from typing import ClassVar

from ult_desktop.core.command import Command
from ult_desktop.core.merging import Edit, Seen
from ult_desktop.core.personal import Phone
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall


class StartCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Start a call: the officer has picked up the telephone, and the clock runs.

    An officer has one call at a time. The officer ticks the step of the opening words (POS Sumut telepon 1).
    """


class RecordCaller(Edit[PhoneCall], frozen=True, kw_only=True):
    """Record the six fields of the caller (POS 2). Recorded again, it corrects them.

    `phone_index` is set by the operations.
    """

    edits = ("name", "institution", "regency", "phone", "supporting", "question")
    derived: ClassVar[frozenset[str]] = frozenset({"phone_index"})
    call_id: int
    name: str
    institution: str = ""
    regency: str = ""
    phone: Phone = ""
    supporting: str = ""
    question: str
    phone_index: str = ""
    seen: Seen = None


class ResumeCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Go on with a call of today that was lost: the caller rang again.

    If the officer has just taken a call and written nothing down, that call is joined to this one.
    """

    call_id: int


class AnswerCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that the officer knew the answer and gave it at once (POS 3A).

    `ground` is the key of an entry in the office's list of excluded information: the answer is that it is
    excluded.
    """

    call_id: int
    answer: str
    ground: str = ""


class WeighCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that nobody here knows the answer (POS 3B); the officer tells the caller so (POS 4)."""

    call_id: int


class ForwardCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Forward the call to the back office, for nobody here knows the answer (POS 3B).

    The caller has been informed (POS 4). `live` puts the caller through; else the office promises to call
    back until `promised_at` (UTC ms), None being the end of the next working day. `instruction` is what the
    back office is asked.
    """

    call_id: int
    live: bool = False
    promised_at: int | None = None
    instruction: str = ""


class TakeTransfer(Command[PhoneCall], frozen=True, kw_only=True):
    """Take a transferred call: the officer who was rung has the caller on the line now."""

    call_id: int


class PromiseCallback(Command[PhoneCall], frozen=True, kw_only=True):
    """Promise to call back a call that was put through, or to call back at another time than was promised."""

    call_id: int
    promised_at: int | None = None


class DialBack(Command[PhoneCall], frozen=True, kw_only=True):
    """Begin an attempt to call back (POS 6)."""

    call_id: int


class EndAttempt(Command[PhoneCall], frozen=True, kw_only=True):
    """End an attempt to call back that brought the caller no answer.

    A caller who was reached heard that it takes longer, and is promised a new time. For others the promise
    changes only if `promised_at` is given.
    """

    call_id: int
    result: AttemptResult
    promised_at: int | None = None


class TellAnswer(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that the caller heard the answer that the coordination brought (POS 6)."""

    call_id: int
    answer: str = ""


class EndCall(Command[PhoneCall], frozen=True, kw_only=True):
    """End a call after the closing words (POS 7), or as lost: broken off, or the caller was never reached.

    `reason` explains what was left out until now, so that no deviation is left without an explanation.
    """

    call_id: int
    lost: bool = False
    remark: str = ""
    reason: str = ""
