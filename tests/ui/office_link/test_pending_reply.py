"""One request, one answer."""

import gc
import weakref

from ult_desktop.base.errors import UserError
from ult_desktop.ui.office_link.tasks import PendingReply


def test_the_first_is_told_and_no_other() -> None:
    told = list[object]()
    answer = PendingReply(told.append, told.append)
    refusal = UserError("Tidak ada jawaban.")
    answer.refuse(refusal)
    answer.done("A001")
    answer.refuse(refusal)
    assert told == [refusal]


def test_what_was_done_is_not_refused_later() -> None:
    told = list[object]()
    answer = PendingReply(told.append, told.append)
    answer.done("A001")
    answer.refuse(UserError("Tidak ada jawaban."))
    assert told == ["A001"]
    PendingReply[str](None, told.append).done("A002")
    assert told == ["A001"]


def test_an_answered_one_holds_no_window() -> None:
    class Window:
        def then(self, _value: object) -> None:
            pass

    window = Window()
    gone, answer = weakref.ref(window), PendingReply(window.then, lambda _error: None)
    answer.done(1)
    del window
    gc.collect()
    assert gone() is None
