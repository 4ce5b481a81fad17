"""A ticket through a real queue of Windows: the spooler's calls under Wine, CUPS behind them, then paper.

CUPS runs with its own port and folder for this test alone.
"""

import socket
import subprocess
from collections.abc import Iterator

import msgspec
import pytest

from tests.db.privileges import public_folder
from tests.program import PATIENCE_S, wait_until
from tools.windows.wine import environment, prefix, said, screen, start
from ult_desktop.devices.printer import escpos_library, layout
from ult_desktop.devices.printer.model import model_for
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.virtual_printer.server import VirtualPrinter

pytestmark = [pytest.mark.slow, pytest.mark.windows, pytest.mark.posix_only("wine")]
CUPSD = """
Listen 127.0.0.1:{port}
Browsing Off
WebInterface No
<Location />
  Allow all
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FOLDERS = {
    "ServerRoot": "root",
    "RequestRoot": "spool",
    "TempDir": "spool/tmp",
    "CacheDir": "cache",
    "StateDir": "state",
    "ErrorLog": "error_log",
    "AccessLog": "access_log",
    "PageLog": "page_log",
}
PRINT = """
import sys, msgspec
from ult_desktop.devices.printer import printer as talks, windows_queue
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.paper import TicketPaper
from ult_desktop.devices.printer.printer import TicketPrinter
talks.TALK_SECONDS = windows_queue.LEAVE_SECONDS = windows_queue.PRINT_SECONDS = 60  # on a loaded machine too
printer = TicketPrinter(parse_address("win32://karcis"))
result = printer.print(msgspec.json.decode(sys.argv[1], type=TicketPaper))
print(printer.ask(), result.outcome, result.state, TicketPrinter(parse_address("win32://lain")).ask())
"""


class Recorder(VirtualPrinter):
    """A virtual printer that keeps what it was sent."""

    def __init__(self) -> None:
        super().__init__()
        self.received = b""
        engine = self._server.engine
        take = engine.receive

        def keep_and_take(data: bytes) -> None:
            self.received += data
            take(data)

        engine.receive = keep_and_take  # type: ignore[method-assign]


@pytest.fixture
def recorder() -> Iterator[Recorder]:
    made = Recorder()
    yield made
    made.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def said_by(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


@pytest.fixture
def queue(recorder: Recorder, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The raw queue "karcis" to the virtual printer. Another user, its backend, gets at the folder."""
    port = free_port()
    monkeypatch.setenv("CUPS_SERVER", f"127.0.0.1:{port}")
    with public_folder() as folder:
        for each in ("root", "spool/tmp", "cache", "state"):
            (folder / each).mkdir(parents=True)
        (folder / "cupsd.conf").write_text(CUPSD.format(port=port))
        files = (f"{name} {folder / place}\n" for name, place in FOLDERS.items())
        (folder / "cups-files.conf").write_text("SystemGroup root\n" + "".join(files))
        options = ["-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
        with subprocess.Popen(["/usr/sbin/cupsd", *options], stderr=subprocess.PIPE) as server:
            try:
                wait_until(lambda: said_by("lpstat", "-r").startswith("scheduler is running"), server)
                said_by(
                    "lpadmin", "-p", "karcis", "-E", "-v", f"socket://127.0.0.1:{recorder.port}", "-m", "raw"
                )
                yield
            finally:
                server.terminate()


@pytest.mark.usefixtures("queue")
def test_a_ticket_goes_through_a_queue_of_windows_byte_for_byte(
    recorder: Recorder, ticket: TicketPaper
) -> None:
    words = ["-c", PRINT, msgspec.json.encode(ticket).decode()]
    with screen() as display:
        process = start(words, environment(prefix(), display))
        told = b"".join(said(process)).decode()
    assert process.returncode == 0, told
    ours = [line for line in told.splitlines() if not line.startswith("wine: ")]  # its helpers may fall over
    assert " ".join(ours).split() == ["unknown", "unconfirmed", "unknown", "missing"]
    (paper,) = recorder.wait_for_papers(1, PATIENCE_S)
    assert ticket.label in paper.text
    model = model_for("", 80)
    assert recorder.received == escpos_library.encode(layout.commands(ticket, model), model)
    assert recorder.refused == []
