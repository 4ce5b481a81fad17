"""The entries in the log of Windows, as Windows is asked to write them."""

import subprocess
import sys

from tests.pc.test_lock_down import RegistryOfValues
from tests.program import ROOT
from ult_desktop.pc import event_log

# Windows, as far as it keeps a log.
ASKED = """
import ctypes, sys
from types import SimpleNamespace
from ult_desktop.pc.event_log import LogEntry, write_entry

class Advapi:
    def __init__(self, handle):
        self.RegisterEventSourceW = lambda _server, name: print(name) or handle
    def ReportEventW(self, log, kind, _category, number, _who, count, _size, texts, _data):
        print(log.value, kind, number, count, texts[0])
    def DeregisterEventSource(self, log):
        print("closed", log.value)

sys.platform = "win32"
for handle, entry in ((2 ** 40, LogEntry.STARTED), (2 ** 40, LogEntry.FAILED), (0, LogEntry.ENDED)):
    ctypes.windll = SimpleNamespace(advapi32=Advapi(handle))
    write_entry(entry, "kiosk: …")
"""


def test_an_entry_has_a_number_a_kind_and_its_words() -> None:
    """A log that cannot be opened gets none, and stops nobody."""
    command = [sys.executable, "-X", "utf8", "-c", ASKED]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    log = 2**40
    assert done.stdout.splitlines() == [
        *("ULT Desktop", f"{log} 4 1 1 kiosk: …", f"closed {log}"),
        *("ULT Desktop", f"{log} 1 3 1 kiosk: …", f"closed {log}"),
        "ULT Desktop",
    ]


def test_windows_shows_the_words_as_they_are_until_the_program_is_removed() -> None:
    registry = RegistryOfValues({})
    event_log.register(registry)
    assert r"C:\Windows\System32\EventCreate.exe" in registry.values.values()
    event_log.unregister(registry)
    assert registry.values == {}
