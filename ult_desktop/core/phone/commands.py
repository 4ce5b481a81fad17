"""The commands about telephone calls. A call goes by the id of its visit."""

from typing import ClassVar

from ult_desktop.core.command import Command
from ult_desktop.core.personal import Phone
from ult_desktop.core.phone.phone_call import AttemptResult, PhoneCall


class StartCall(Command[PhoneCall], frozen=True, kw_only=True):
    """The telephone was picked up: the clock runs. One call at a time for an officer.

    The opening words (POS Sumut telepon 1) are the officer's own tick of that step.
    """


class RecordCaller(Command[PhoneCall], frozen=True, kw_only=True):
    """Record the six fields of the caller (POS 2). Recorded again, it corrects them.

    `phone_index` is set by the operations.
    """

    derived: ClassVar[frozenset[str]] = frozenset({"phone_index"})
    call_id: int
    name: str
    institution: str = ""
    regency: str = ""
    phone: Phone = ""
    supporting: str = ""
    question: str
    phone_index: str = ""


class AnswerCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that the answer was there and was given at once (POS 3A).

    `ground` is the key of an entry in the office's list of excluded information: the answer is that it is
    excluded.
    """

    call_id: int
    answer: str
    ground: str = ""


class WeighCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that nobody here knows the answer (POS 3B); the caller is being informed (POS 4)."""

    call_id: int


class ForwardCall(Command[PhoneCall], frozen=True, kw_only=True):
    """Forward the call to the back office; the caller knows it (POS 4), and nobody here knows (POS 3B).

    `live` puts the caller through; else the office promises to call back until `promised_at` (UTC ms), None
    being the end of the next working day. `instruction` is what the back office is asked.
    """

    call_id: int
    live: bool = False
    promised_at: int | None = None
    instruction: str = ""


class TakeTransfer(Command[PhoneCall], frozen=True, kw_only=True):
    """Take a transferred call: the officer who was rung has the caller on the line now."""

    call_id: int


class PromiseCallback(Command[PhoneCall], frozen=True, kw_only=True):
    """A forwarded call is called back later after all, or at another time than was said."""

    call_id: int
    promised_at: int | None = None


class DialBack(Command[PhoneCall], frozen=True, kw_only=True):
    """An attempt to call back begins (POS 6)."""

    call_id: int


class EndAttempt(Command[PhoneCall], frozen=True, kw_only=True):
    """End an attempt: nobody was reached, or it takes longer, as the caller heard; a new time is promised."""

    call_id: int
    result: AttemptResult
    promised_at: int | None = None


class TellAnswer(Command[PhoneCall], frozen=True, kw_only=True):
    """Record that the caller heard the answer that the coordination brought (POS 6)."""

    call_id: int
    answer: str = ""


class EndCall(Command[PhoneCall], frozen=True, kw_only=True):
    """The closing words were said (POS 7), or the call was lost: broken off, nobody ever reached."""

    call_id: int
    lost: bool = False
    remark: str = ""
