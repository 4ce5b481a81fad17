r"""The calls of the Windows spooler, and nothing else. Imported late: only Windows has pywin32.

python-escpos' own class is not used: it begins a job when it opens the printer, so that each question of the
spool, one in 5 s, would leave an empty job in the queue. It also does not find a printer that another PC
shares, `\\PC\printer`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import pywintypes
import win32print

from ult_desktop.devices.printer.queue_status import QueuedJob, QueueReport

JOB = "ult-desktop"
_MOST_JOBS = 100
_NO_SUCH_PRINTER = 1801
_XPS_SINCE = 4  # the version of drivers from which on they take XPS


@contextmanager
def _raise_as_os_error() -> Iterator[None]:
    """Raise the errors of pywin32 as OSError: they have a class of their own, which is not an OSError."""
    try:
        yield
    except pywintypes.error as trouble:
        kind = FileNotFoundError if trouble.args[0] == _NO_SUCH_PRINTER else OSError
        raise kind(*trouble.args) from trouble


# WORKAROUND not python-escpos' `Win32Raw`: 3.1 opens no `\\PC\printer`
# (https://github.com/python-escpos/python-escpos/pull/770) and begins a job by opening. It can go when a
# release does neither.
class WindowsSpooler:
    """A printer, by the name that Windows gives it. It opens also while the printer is off.

    Raises:
        FileNotFoundError: Windows knows no such printer.
    """

    def __init__(self, name: str) -> None:
        with _raise_as_os_error():
            self._printer: object = win32print.OpenPrinter(name)
            # A driver of this kind (v4) makes an empty job of RAW:
            # https://support.microsoft.com/en-us/help/2779300
            driver_name = win32print.GetPrinter(self._printer, 2)["pDriverName"]
            drivers = win32print.EnumPrinterDrivers(None, None, 2)
            versions = [driver["Version"] for driver in drivers if driver["Name"] == driver_name]
            self._data_type = "XPS_PASS" if max(versions, default=0) >= _XPS_SINCE else "RAW"

    def look(self) -> QueueReport:
        with _raise_as_os_error():
            # Level 2 has status, attributes and the number of jobs in one call:
            # https://learn.microsoft.com/en-us/windows/win32/printdocs/getprinter
            about = win32print.GetPrinter(self._printer, 2)
            # WORKAROUND `EnumJobs` fails under Wine 8, where `cJobs` is 0; no report is known. It can be
            # asked always when the Wine of the tests lists jobs.
            jobs = win32print.EnumJobs(self._printer, 0, _MOST_JOBS, 1) if about["cJobs"] else ()
        listed = (QueuedJob(job["JobId"], job["Status"], job["PagesPrinted"]) for job in jobs)
        return QueueReport(about["Status"], about["Attributes"], tuple(listed))

    def send(self, data: bytes) -> int:
        with _raise_as_os_error():
            # Both types of data pass the bytes on as they are:
            # https://learn.microsoft.com/en-us/windows/win32/printdocs/startdocprinter
            job: int = win32print.StartDocPrinter(self._printer, 1, (JOB, None, self._data_type))
            try:
                win32print.StartPagePrinter(self._printer)
                win32print.WritePrinter(self._printer, data)
                win32print.EndPagePrinter(self._printer)
            except BaseException:
                # The spooler would print the half that it has:
                # https://learn.microsoft.com/en-us/windows/win32/printdocs/abortprinter
                win32print.AbortPrinter(self._printer)
                raise
            win32print.EndDocPrinter(self._printer)
        return job

    def withdraw(self, job_id: int) -> None:
        with _raise_as_os_error():
            # JOB_CONTROL_DELETE ends a job that is being sent to the printer as well:
            # https://learn.microsoft.com/en-us/windows/win32/printdocs/setjob
            win32print.SetJob(self._printer, job_id, 0, None, win32print.JOB_CONTROL_DELETE)

    def close(self) -> None:
        with _raise_as_os_error():
            win32print.ClosePrinter(self._printer)
