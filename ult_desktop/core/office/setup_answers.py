"""The answers of a person who sets a PC up, in the wizard or in a file, and the settings made of them."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from ult_desktop.base import _
from ult_desktop.base.config import (
    CounterNumber,
    FilePath,
    LanguageCode,
    Pin,
    PrinterAddress,
    StationConfig,
    VoiceSetting,
    is_easily_guessed,
)
from ult_desktop.base.i18n import SOURCE_LANGUAGE
from ult_desktop.base.toml_lines import Contradiction
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.template import Filled, Login, OfficeTemplate, Weekly, require_unique, with_keys

ADMIN = "admin"  # the login of the first admin
SHARE_ACCOUNT = "ult-kantor"  # the account of Windows on the PC that shares the folder
LEAST_LETTERS = 12  # of the password of this account
SharePassword = Annotated[str, Meta(pattern=r"^(.{12,})?$", description="sedikitnya 12 huruf")]
Password = Annotated[str, Meta(min_length=8, description="sedikitnya 8 huruf")]
PathText = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f]+$",
        description="jalur di antara kutip tunggal, misalnya '\\\\SERVER\\ult\\office.db'",
    ),
]
ShareName = Annotated[
    str, Meta(pattern=r"^[A-Za-z0-9_-]{1,40}$", description="huruf, angka, - dan _, misalnya ult")
]


class FirstOfficer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A person who works in a new office from its first day; the password is changed at the first sign-in."""

    login: Login
    name: Filled
    password: Password
    roles: tuple[Role, ...] = (Role.FRONT_OFFICE,)


class NewOffice(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An office to make: a ready-made one (its name, or a file), and what differs from it.

    An empty field is taken from the ready-made office. Its officers are examples and are not taken over.
    """

    template: Filled
    admin_password: Password
    name: str = ""
    short_name: str = ""
    hours: Weekly | None = None
    logo: bytes = b""
    letterhead: tuple[Filled, ...] = ()
    city: str = ""
    head: str = ""
    head_nip: str = ""
    officers: tuple[FirstOfficer, ...] = ()

    def __post_init__(self) -> None:
        logins = with_keys("officers", "login", [officer.login for officer in self.officers])
        require_unique(_("nama masuk"), [((ADMIN,), ADMIN), *logins])


class SharedFolder(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A folder of this PC that Windows shares with the office's PCs, and the Windows accounts let into it.

    With a `password` this PC gets an account for the share, by which every PC of the office comes in.
    """

    folder: PathText
    accounts: tuple[Filled, ...] = ()
    name: ShareName = "ult"
    password: SharePassword = ""

    def __post_init__(self) -> None:
        if not (self.accounts or self.password):
            words = _("sebut akun Windows yang boleh membukanya, atau kata sandi untuk akun kantor")
            raise Contradiction(words, ("accounts",), "accounts = ['PC-1\\siti']")

    @property
    def admitted_accounts(self) -> tuple[str, ...]:
        """The names of all accounts that may open the folder."""
        return (*self.accounts, *((SHARE_ACCOUNT,) if self.password else ()))


class ShareAccount(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    r"""The Windows account of the PC with the office file, `PC-1\ult-kantor`, by which this PC opens it."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^[^\\/\x00-\x1f]+\\[^\\/\x00-\x1f]+$",
            description="PC dan akun, misalnya PC-1\\ult-kantor",
        ),
    ]
    password: Filled


class SetupAnswers(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The answers for setting up a PC. Without `office` the PC joins the one that is at `database`.

    `replaces`: the PC that this one replaces, and whose name, letter and counter it takes; `share`: the
    folder of this PC that Windows is to share; `account`: the account by which this PC opens a share;
    `tune_windows`: whether to change the settings of Windows that a client of a share needs; `lock_down`:
    whether to keep visitors from leaving this kiosk, as far as Windows can.
    """

    database: PathText
    mode: Literal["kiosk", "counter", "display"]
    name: str = ""
    replaces: str = ""
    language: LanguageCode = SOURCE_LANGUAGE
    counter: CounterNumber | None = None
    exit_pin: Pin | None = None
    printer: PrinterAddress = "none"
    voice: VoiceSetting = "pack"
    backup: FilePath = ""
    autostart: bool = True
    office: NewOffice | None = None
    share: SharedFolder | None = None
    account: ShareAccount | None = None
    tune_windows: bool = False
    lock_down: bool = False

    def __post_init__(self) -> None:
        if self.mode == "kiosk" and not self.exit_pin:
            raise Contradiction(_("kios perlu PIN keluar"), ("exit_pin",), _("Pilih 4 sampai 8 angka."))
        if is_easily_guessed(self.exit_pin or ""):
            raise Contradiction(_("PIN ini mudah ditebak"), ("exit_pin",), _("Pilih PIN lain."))
        parts = self.database.split("\\")  # of \\HOST\share\…: "", "", the host, the share …
        if self.share is not None and not (parts[:2] == ["", ""] and parts[3:4] == [self.share.name]):
            raise Contradiction(
                _("berkas kantor tidak di dalam folder yang dibagikan"),
                ("database",),
                _("Tulis seperti {form}.").format(form=share_path("PC", self.share.name)),
            )


def share_account_of(answers: SetupAnswers) -> ShareAccount | None:
    """Return the account by which this PC opens the office's share; None: that of whoever is signed in."""
    if answers.share is not None and answers.share.password:
        host = answers.database.split("\\")[2]
        return ShareAccount(name=share_account_name(host), password=answers.share.password)
    return answers.account


def share_account_name(host: str) -> str:
    r"""Return the full name of the account for the share on the PC `host`: `PC-1\ult-kantor`."""
    return rf"{host}\{SHARE_ACCOUNT}"


def share_path(host: str, share: str) -> str:
    r"""Return the office file in a folder that the PC `host` shares, as every PC opens it, `host` too."""
    return rf"\\{host}\{share}\office.db"


def station_of(answers: SetupAnswers, before: StationConfig) -> StationConfig:
    """Return the settings for this PC: the answers, and what was set `before` where none was given."""
    replace = msgspec.structs.replace
    pin = answers.exit_pin or before.kiosk.exit_pin
    return replace(
        before,
        database=answers.database,
        mode=answers.mode,
        name=answers.name,
        language=answers.language,
        kiosk=replace(before.kiosk, exit_pin=pin),
        counter=replace(before.counter, number=answers.counter),
        display=replace(before.display, voice=answers.voice),
        printer=replace(before.printer, address=answers.printer),
        backup=replace(before.backup, folder=answers.backup or before.backup.folder),
    )


def template_of(ready_made: OfficeTemplate, new: NewOffice) -> OfficeTemplate:
    """Return the ready-made office with what the new one changes in it, and without officers."""
    identity = msgspec.structs.replace(
        ready_made.office,
        name=new.name or ready_made.office.name,
        short_name=new.short_name or new.name or ready_made.office.short_name,
        **{
            name: getattr(new, name) or getattr(ready_made.office, name)
            for name in ("logo", "letterhead", "city", "head", "head_nip")
        },
    )
    services = tuple(
        msgspec.structs.replace(service, helpdesk=(), back_office=()) for service in ready_made.services
    )
    return msgspec.structs.replace(
        ready_made, office=identity, hours=new.hours or ready_made.hours, services=services, officers=()
    )
