"""A copy of the file system of the SQLite that Python has loaded, in which functions are replaced."""

import _sqlite3
import ctypes
import os
from collections.abc import Callable
from ctypes import CFUNCTYPE, POINTER, c_char_p, c_int, c_int64, c_void_p
from typing import Any

OK = 0
Call = Callable[..., int]
NOT_FOUND, HAS_MOVED, UNDELETABLE_WHEN_OPEN = 12, 20, 0x800

# The types of functions in C. ONE: (file); NUMBER, SIZE: (file, number); POINTER_TO: (file, out);
# MOVE: (file, buffer, bytes, offset).
OPEN = CFUNCTYPE(c_int, c_void_p, c_void_p, c_void_p, c_int, c_void_p)
ACCESS = CFUNCTYPE(c_int, c_void_p, c_char_p, c_int, c_void_p)
DELETE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)
ONE = CFUNCTYPE(c_int, c_void_p)
MOVE = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int, c_int64)
SIZE = CFUNCTYPE(c_int, c_void_p, c_int64)
NUMBER = CFUNCTYPE(c_int, c_void_p, c_int)
POINTER_TO = CFUNCTYPE(c_int, c_void_p, c_void_p)
CONTROL = CFUNCTYPE(c_int, c_void_p, c_int, c_void_p)


class _FileSystem(ctypes.Structure):
    """The struct `sqlite3_vfs`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("file_size", c_int),
        ("longest_path", c_int),
        ("next", c_void_p),
        ("name", c_char_p),
        ("data", c_void_p),
        ("open", c_void_p),
        ("delete", c_void_p),
        ("access", c_void_p),
        ("others", c_void_p * 13),
    )


class Methods(ctypes.Structure):
    """The struct `sqlite3_io_methods`, version 3."""

    _fields_ = (
        ("version", c_int),
        ("close", c_void_p),
        ("read", c_void_p),
        ("write", c_void_p),
        ("truncate", c_void_p),
        ("sync", c_void_p),
        ("size", c_void_p),
        ("lock", c_void_p),
        ("unlock", c_void_p),
        ("reserved", c_void_p),
        ("control", c_void_p),
        ("sector", c_void_p),
        ("character", c_void_p),
        ("others", c_void_p * 6),
    )


class _File(ctypes.Structure):
    """The struct `sqlite3_file`: it begins with its methods."""

    _fields_ = (("methods", c_void_p),)


class OwnFileSystem:
    """The copy of SQLite's usual file system, and the owner of everything that C points to.

    A subclass replaces functions of `system`, and methods of the files that it opens (`take_over`).
    """

    def __init__(self, name: bytes) -> None:
        self._own: dict[int, int] = {}
        self._kept: list[Any] = []
        # On Windows it lies next to Python's own module, elsewhere that module leads to it.
        self._library = ctypes.CDLL("sqlite3.dll" if os.name == "nt" else _sqlite3.__file__)
        self._library.sqlite3_vfs_find.restype = POINTER(_FileSystem)
        self.base = self._library.sqlite3_vfs_find(None).contents
        self.system = _FileSystem.from_buffer_copy(self.base)
        self.system.name, self.system.next = name, None

    def begin(self) -> None:
        """Let it be the file system of every connection that is opened from now on."""
        self._library.sqlite3_vfs_register(ctypes.byref(self.system), 1)

    def end(self) -> None:
        self._library.sqlite3_vfs_unregister(ctypes.byref(self.system))
        self._library.sqlite3_vfs_register(ctypes.byref(self.base), 1)

    def function(self, kind: Any, function: Call) -> int | None:  # noqa: ANN401  (ctypes)
        """Return the address of `function` for C."""
        pointer = kind(function)
        self._kept.append(pointer)
        return ctypes.cast(pointer, c_void_p).value

    def behave_as_on_windows(self, copy: Methods, base: Methods, on_close: Callable[[int], object]) -> None:
        """Let the journal stay open between transactions, and nobody notice a file that is renamed over this.

        `on_close` is called with each file before it is closed.
        """
        close, control, character = ONE(base.close), CONTROL(base.control), ONE(base.character)

        def closes(file: int) -> int:
            on_close(file)
            return int(close(file))

        def controls(file: int, what: int, value: int | None) -> int:
            return NOT_FOUND if what == HAS_MOVED else int(control(file, what, value))

        copy.close = self.function(ONE, closes)
        copy.control = self.function(CONTROL, controls)
        copy.character = self.function(ONE, lambda file: int(character(file)) | UNDELETABLE_WHEN_OPEN)

    def take_over(self, file: int, replace: Callable[[Methods, Methods], None]) -> None:
        """Give an opened file the methods that `replace` makes of a copy and the original, once a kind."""
        head = _File.from_address(file)
        if head.methods not in self._own:
            base = Methods.from_address(head.methods)
            copy = Methods.from_buffer_copy(base)
            self._kept.append(copy)
            replace(copy, base)
            self._own[head.methods] = ctypes.addressof(copy)
        head.methods = self._own[head.methods]
