"""A workaround that keeps Python 3.11 from deleting None and its like, whose references PySide6 miscounts."""

import ctypes
import sys

_FAR_ABOVE_ANY_COUNT = 1 << 60
_CONSTANTS = (None, True, False, NotImplemented, Ellipsis)


def raise_refcounts() -> None:
    """Give the constants so many references that they never run out.

    PySide6 6.12 is built for an interpreter whose constants are immortal (3.12 on). On 3.11 each call of
    a Qt method without a result takes one reference of None that it never gave, and each `emit()` one of
    True: a display would end in "Fatal Python error: none_dealloc" within minutes to hours.
    """
    # WORKAROUND seen with PySide6 6.12 on Python 3.11: it counts on immortal constants
    # (https://peps.python.org/pep-0683/), which begin with 3.12. No report is known. It can go when 3.12 is
    # the oldest Python.
    if sys.version_info >= (3, 12):
        return
    for constant in _CONSTANTS:
        # CPython's object begins with its count of references; the comparison makes sure of that before
        # anything is written.
        count = ctypes.c_ssize_t.from_address(id(constant))
        if abs(count.value - sys.getrefcount(constant)) < 16:
            count.value = _FAR_ABOVE_ANY_COUNT
