r"""A queue of the Windows spooler, through its own calls. Imported late: only Windows has pywin32.

Not the library's: that one begins a job by opening, so that every question of the spool, one in 5 s, left an
empty job in the queue; and it does not find a printer that another PC shares, `\\PC\printer`.
"""

import win32print

JOB = "ult-desktop"


class WindowsQueue:
    """One printer, by the name that Windows gives it; raises what pywin32 raises."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._printer: object = None

    def open(self) -> None:
        """Reach the queue; it takes jobs also while the printer is off."""
        self._printer = win32print.OpenPrinter(self._name)

    def _raw(self, data: bytes) -> None:
        """One job of ready bytes, whole or taken back."""
        win32print.StartDocPrinter(self._printer, 1, (JOB, None, "RAW"))
        try:
            win32print.StartPagePrinter(self._printer)
            win32print.WritePrinter(self._printer, data)
            win32print.EndPagePrinter(self._printer)
        except BaseException:
            win32print.AbortPrinter(self._printer)
            raise
        win32print.EndDocPrinter(self._printer)

    def close(self) -> None:
        win32print.ClosePrinter(self._printer)
