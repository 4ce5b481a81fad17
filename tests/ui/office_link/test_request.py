"""One request, one answer."""

import gc
import weakref

from ult_desktop.base.errors import UserError
from ult_desktop.ui.office_link.tasks import Request


def test_the_first_is_told_and_no_other() -> None:
    told = list[object]()
    answer = Request(told.append, told.append)
    refusal = UserError("Tidak ada jawaban.")
    answer.refuse(refusal)
    answer.answer("A001")
    answer.refuse(refusal)
    assert told == [refusal]


def test_what_was_done_is_not_refused_later() -> None:
    told = list[object]()
    answer = Request(told.append, told.append)
    answer.answer("A001")
    answer.refuse(UserError("Tidak ada jawaban."))
    assert told == ["A001"]
    Request[str](None, told.append).answer("A002")
    assert told == ["A001"]


def test_an_answered_one_holds_no_window() -> None:
    class Window:
        def then(self, _value: object) -> None:
            pass

    window = Window()
    gone, answer = weakref.ref(window), Request(window.then, lambda _error: None)
    answer.answer(1)
    del window
    gc.collect()
    assert gone() is None


def test_what_comes_for_somebody_who_left_goes_to_who_hears_of_late_answers() -> None:
    told, late = list[object](), list[object]()
    gone = Request(told.append, told.append)
    gone.forget(late.append)
    assert not gone.is_open
    gone.answer("A001")
    refused = Request(told.append, told.append)
    refused.forget(late.append)
    refused.refuse(UserError("Tidak ada jawaban."))
    assert (told, late) == ([], ["A001"])
