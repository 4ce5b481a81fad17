"""A Windows that is not there: it knows the pieces of `share_plan`, its accounts, and one other PC's share.

A look gives what stands in `now`, an act makes it as it is wanted, an undo puts back what it names. The
elevated program does its work on the same settings, with real files between the two. What was said to it
stands in `said`, where no password may be.
"""

import itertools
import platform
import re
import shlex
from pathlib import Path

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError
from ult_desktop.base.windows import ShareAnswer, Windows
from ult_desktop.core.office.setup_answers import SharedFolder
from ult_desktop.core.office.share_plan import ShareChange, client_steps, host_steps, undo_of
from ult_desktop.operations.office.sharing import ShareReport, carry_out, share, take_back

SHARED = SharedFolder(folder=r"C:\ult", name="ult", accounts=("PC-1\\siti", "PC-1\\budi"))
CLIENT_BEFORE = "0x00002a30", "0x00000001", "0x00000001", "- - -"
FRESH = (
    *("False", "O:BA", "", "siti|budi", "Manual", "True", "False"),
    *("10 10 5", "0x00000708", *CLIENT_BEFORE),
)
RIGHTS = 1  # the step that is carried out each time
PASSWORD = "Bako-timu-rele-47"


class OtherWindows(Windows):
    """`broken`: the step whose act Windows refuses; `asked`: how often for the administrator.

    `accounts` are this PC's, with their passwords; `members` those of the other PC. `closed`: the number with
    which the share refuses whoever is none of them; `host`: whether its PC answers; `kept`: what was written
    down for it; `profile`: of this PC's network.
    """

    def __init__(self, *, broken: int | None = None, agrees: bool = True, tells: bool = True) -> None:
        super().__init__()
        self.now, self.shared = list(FRESH), SHARED
        self.asked = 0
        self.said = list[str]()
        self.accounts, self.members = dict[str, str](), dict[str, str]()
        self.kept = dict[str, tuple[str, str]]()
        self.closed, self.host, self.profile = 0, ShareAnswer.YES, "Private"
        self._broken, self._agrees, self._tells = broken, agrees, tells

    @override
    def open_folder(self, folder: str) -> int:
        return self.closed

    @override
    def ask_for_shares(self, host: str) -> ShareAnswer:
        return self.host

    @override
    def add_account(self, name: str, password: str, about: str) -> bool:
        made = name not in self.accounts
        self.accounts[name] = password
        self.members[rf"{platform.node()}\{name}"] = password
        return made

    @override
    def sign_in(self, share: str, account: str, password: str) -> int:
        return 0 if self.members.get(account) == password else self.closed or 1326

    @override
    def keep_password(self, host: str, account: str, password: str) -> None:
        self.kept[host] = (account, password)

    @override
    def forget_password(self, host: str) -> None:
        self.kept.pop(host, None)

    @override
    def ask(self, script: str, patience_s: float | None = None) -> str:
        self.said.append(script)
        if script == "Remove-LocalUser -Name 'ult-kantor'":
            del self.accounts["ult-kantor"]
            return ""
        if "Get-NetConnectionProfile" in script:
            return self.profile
        if found := re.search(r"-ArgumentList '(.*)' -Verb RunAs", script):
            self.asked += 1
            return self._elevated(shlex.split(found[1].replace("\\", "\\\\")))
        for number, step in enumerate(host_steps(self.shared)):
            if script == step.look:
                return self.now[number]
            if script == step.act and number != self._broken:
                self.now[number] = "O:SY" if number == RIGHTS else step.wanted
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
            if "--name" not in words:
                return ShareReport(carry_out(client_steps(), self))
            secret = Path(words[words.index("--password-file") + 1]) if "--password-file" in words else None
            password = secret.read_text(encoding="utf-8") if secret else ""
            who = [word for before, word in itertools.pairwise(words) if before == "--account"]
            self.shared = msgspec.structs.replace(SHARED, accounts=tuple(who), password=password)
            return ShareReport(share(self.shared, self))
        except UserError as error:
            return ShareReport(refused=error.what)
