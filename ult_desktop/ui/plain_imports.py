"""The removal of PySide6's hook from Python's imports."""

# WORKAROUND https://bugreports.qt.io/browse/PYSIDE-2029: PySide6's hook reads the source of each imported
# module, to see whether it uses PySide. It can go when PySide6 leaves `__import__` alone, or looks only
# where `__feature__` is used.

import builtins

import PySide6.QtCore  # noqa: F401  (its import sets the hook)


def import_plainly() -> None:
    """Put Python's own `__import__` back.

    PySide6 replaces it, and from then on reads and keeps the source of every module that is imported, to
    look whether it uses `from __feature__ import …`. Nothing here does, and the sources of a mode are 13 MiB
    and a fifth of its start.
    """
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
