"""The settings of a Windows that is not there: it knows the pieces of `share_plan`, and nothing else.

A look gives what stands in `now`, an act makes it as it is wanted, an undo puts back what it names. The
elevated program does its work on the same settings, with real files between the two.
"""

import re
import shlex
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError
from ult_desktop.core.office.setup_answers import SharedFolder
from ult_desktop.core.office.share_plan import ShareChange, client_steps, host_steps, undo_of
from ult_desktop.operations.office.sharing import ShareReport, Windows, carry_out, take_back

SHARED = SharedFolder(folder=r"C:\ult", name="ult", accounts=("PC-1\\siti", "PC-1\\budi"))
FRESH = ("False", "O:BA", "", "Manual", "True", "False", "10 10 5", "0x00000708")


class OtherWindows(Windows):
    """`broken`: the step whose act Windows refuses; `asked`: how often for the administrator."""

    def __init__(self, *, broken: int | None = None, agrees: bool = True, tells: bool = True) -> None:
        super().__init__()
        self.now = list(FRESH)
        self.asked = 0
        self._broken, self._agrees, self._tells = broken, agrees, tells

    @override
    def ask(self, script: str, patience_s: float | None = None) -> str:
        if found := re.search(r"-ArgumentList '(.*)' -Verb RunAs", script):
            self.asked += 1
            return self._elevated(shlex.split(found[1].replace("\\", "\\\\")))
        for number, step in enumerate(host_steps(SHARED)):
            if script == step.look:
                return self.now[number]
            if script == step.act and number != self._broken:
                self.now[number] = step.wanted or "O:SY"
                return ""
            if script == undo_of(step, FRESH[number]):
                self.now[number] = FRESH[number]
                return ""
        raise UserError("Windows menolak: Access is denied.")

    def _elevated(self, words: list[str]) -> str:
        if not self._agrees:
            raise UserError("Windows menolak: The operation was canceled by the user.")
        if self._tells:
            Path(words[words.index("--report") + 1]).write_bytes(msgspec.json.encode(self._done(words)))
        return ""

    def _done(self, words: list[str]) -> ShareReport:
        try:
            if "unshare" in words:
                told = Path(words[words.index("unshare") + 1]).read_bytes()
                take_back(msgspec.json.decode(told, type=tuple[ShareChange, ...]), self)
                return ShareReport()
            return ShareReport(carry_out(host_steps(SHARED) if "--name" in words else client_steps(), self))
        except UserError as error:
            return ShareReport(refused=error.what)
