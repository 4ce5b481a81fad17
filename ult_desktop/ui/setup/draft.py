"""The wizard's answers so far; nothing of them is written before the last page."""

from typing import Literal

from msgspec import Struct, field

from ult_desktop.base.config import StationConfig, VoiceSetting
from ult_desktop.base.i18n import _, language
from ult_desktop.core.office.setup_answers import NewOffice, SetupAnswers, ShareAccount, SharedFolder
from ult_desktop.operations.access.passwords import make_password
from ult_desktop.operations.office.office_files import DEFAULT_OFFICE
from ult_desktop.operations.office.place import PlaceReport

Kind = Literal["join", "server", "here"]
Mode = Literal["kiosk", "counter", "display"]


def mode_word(mode: str) -> str:
    """Return the word for a mode; "" for none."""
    return {"kiosk": _("Kios"), "counter": _("Loket"), "display": _("Layar TV")}.get(mode, "")


class SetupDraft(Struct, frozen=True, kw_only=True):
    """The draft of a station.

    Args:
        kind: join an office, make one on a server's share, or make one in a folder of this PC.
        place: where the office is or will be: a folder, a file or a server's address.
        report: what was found at `place`.
        share: the folder of this PC that is shared.
        account: the account with which this PC opens the share.
        office: the office that is made; `code` is its recovery code.
        counters: the numbers of the office's counters, from which this PC's is chosen.
        name: the name that this PC gets; `former_name` is the one that it has had until now.
        replaces: the name of the dead station that this PC replaces.
    """

    kind: Kind = "join"
    place: str = ""
    report: PlaceReport | None = None
    share: SharedFolder | None = None
    account: ShareAccount | None = None
    office: NewOffice = field(
        default_factory=lambda: NewOffice(template=DEFAULT_OFFICE, admin_password=make_password())
    )
    counters: tuple[int, ...] = ()
    mode: Mode = "counter"
    name: str = ""
    replaces: str = ""
    counter: int | None = None
    pin: str = ""
    printer: str = "none"
    voice: VoiceSetting = "pack"
    backup: str = ""
    code: str = ""
    autostart: bool = True
    former_name: str = ""
    tune_windows: bool = True
    lock_down: bool = False

    @property
    def makes_office(self) -> bool:
        """Whether this PC makes a new office, instead of joining one."""
        return self.kind != "join"

    @property
    def office_name(self) -> str:
        joined = self.report.office if self.report else None
        return joined.name if joined else self.office.name

    @property
    def database(self) -> str:
        """The path of the office file."""
        return self.place if self.report is None else str(self.report.path)

    @classmethod
    def of_station(cls, config: StationConfig) -> "SetupDraft":
        """Return the answers of a PC that was set up before."""
        return cls(
            place=config.database,
            mode=config.mode or "counter",
            name=config.name,
            former_name=config.name,
            counter=config.counter.number,
            pin=config.kiosk.exit_pin,
            printer=config.printer.address,
            voice=config.display.voice,
            backup=config.backup.folder,
        )

    def answers(self) -> SetupAnswers:
        """Return all answers, once every page was passed."""
        return SetupAnswers(
            database=self.database,
            mode=self.mode,
            name=self.name,
            replaces="" if self.makes_office else self.replaces,
            language=language(),
            counter=self.counter if self.mode == "counter" else None,
            exit_pin=self.pin if self.mode == "kiosk" else None,
            printer=self.printer if self.mode != "display" else "none",
            voice=self.voice,
            backup=self.backup if self.makes_office else "",
            autostart=self.autostart,
            office=self.office if self.makes_office else None,
            share=self.share if self.kind == "here" else None,
            account=self.account if self.kind != "here" else None,
            tune_windows=self.tune_windows,
            lock_down=self.lock_down and self.mode == "kiosk",
        )
