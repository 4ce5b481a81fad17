"""The settings of this station: one TOML file per PC. An empty file is valid."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta, Struct

from ult_desktop.base import paths
from ult_desktop.base.i18n import _
from ult_desktop.base.settings_file import contradiction_refusal, read_settings
from ult_desktop.base.toml_lines import Contradiction

Milliseconds = Annotated[int, Meta(ge=100, le=1_500)]
Port = Annotated[int, Meta(ge=1024, le=65_535)]
Repeats = Annotated[int, Meta(ge=1, le=3)]
Volume = Annotated[int, Meta(ge=5, le=100)]
ScreenNumber = Annotated[int, Meta(ge=0, le=8)]
Overscan = Annotated[int, Meta(ge=0, le=8)]
PictureSeconds = Annotated[int, Meta(ge=3, le=600)]
VoiceSetting = Literal["pack", "office", "system", "off"]
IdleMinutes = Annotated[int, Meta(ge=0, le=480)]
LineMillimetres = Annotated[int, Meta(ge=35, le=750)]
CounterNumber = Annotated[int, Meta(ge=1, le=99)]
LanguageCode = Annotated[str, Meta(pattern=r"^[a-z]{2,3}$", description="kode bahasa seperti id, en atau su")]
Letter = Annotated[str, Meta(pattern=r"^[A-Z]$", description="satu huruf besar, misalnya K")]
PadKey = Annotated[
    str,
    Meta(
        pattern=r"^(Up|Down|Left|Right|Return|Enter|Esc|Backspace|Tab|Home|End|PgUp|PgDown|F([1-9]|1\d|2[0-4])|[0-9])$",
        description="nama tombol seperti Up, Return, F17, atau satu angka",
    ),
]
Pin = Annotated[str, Meta(pattern=r"^(\d{4,8})?$", description="4 sampai 8 angka dalam tanda kutip")]
IPv4 = Annotated[
    str,
    Meta(
        pattern=r"^(\d{1,3}\.){3}\d{1,3}$",
        description="alamat IPv4 seperti 192.168.1.255 atau 255.255.255.255",
    ),
]
# "C:\\temp" in double quotes is a tab and "emp": refuse it here instead of missing the file later.
FilePath = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f]*$",
        description="jalur di antara kutip tunggal, misalnya '\\\\SERVER\\ult\\office.db'",
    ),
]
# Before "@", or as one of libpq's words behind "?":
# https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS
_PASSWORD_IN_ADDRESS = re.compile(
    r"postgres(?:ql)?://(?:[^@/?\[]*:[^@]*@|.*[?&](?:ssl)?password=)", re.IGNORECASE
)
PrinterAddress = Annotated[
    str,
    Meta(
        pattern=r"^(none|[a-z][a-z0-9]*://.+)$",
        description="none, tcp://192.168.1.50:9100, usb://04b8:0202, serial:///dev/ttyUSB0, "
        "file:///dev/usb/lp0, win32://NAMA PRINTER atau cups://NAMA",
    ),
]


class SyncConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ways to notice changes that others made: polling the file, and hints on the LAN."""

    poll_ms: Milliseconds = 500
    hint_port: Port = 47474
    hint_address: IPv4 = "255.255.255.255"


class PadMap(Struct, frozen=True):
    """The keys that a keypad sends.

    `keys` holds, for up, down, back, next, select and help in this order, the codes of which each means it;
    `headset` those that it sends when a headset is plugged in and out.
    """

    keys: tuple[tuple[PadKey, ...], ...]
    headset: tuple[PadKey, ...] = ()


PAD_MAPS = {
    "numbers": PadMap((("8",), ("2",), ("4",), ("6",), ("5",), ("0",))),
    "storm": PadMap(
        (("F18",), ("F19",), ("F21", "F23"), ("F22", "F24"), ("F20",), ("F17",)), headset=("F15", "F16")
    ),
}
"""The maps of keypads as they are delivered (docs/screens.md, "Spoken guidance")."""


class KioskConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of this kiosk; `letter` marks the numbers it gives while cut off.

    `exit_pin`: none is preset; without one a kiosk asks for it before its first visitor.
    `line_mm`: how long a line of 600 of the screen's pixels is by a ruler; None: the screen's own report.
    `survey_only`: a tablet or second PC facing the visitor, on which nothing but the survey is filled in.
    `pad`: the model of the keypad; "" is one that sends what `keypad` (six keys, in the order of `PadMap`)
    and `headset` (plugged in, out) say.
    """

    letter: Letter = "K"
    exit_pin: Pin = ""
    large_text: bool = False
    line_mm: LineMillimetres | None = None
    categories: tuple[str, ...] = ()
    survey_only: bool = False
    pad: Literal["", "numbers", "storm"] = ""
    keypad: Annotated[tuple[PadKey, ...], Meta(min_length=6, max_length=6)] = (
        *("Up", "Down", "Esc", "Right"),
        *("Return", "F1"),
    )
    headset: Annotated[tuple[PadKey, ...], Meta(max_length=2)] = ()

    @property
    def pad_map(self) -> PadMap:
        own = PadMap(tuple((key,) for key in self.keypad), self.headset)
        return PAD_MAPS.get(self.pad, own)


class CounterConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of this PC's counter; without a number the officer chooses at sign-in.

    `lock_after_minutes`: after so many minutes without input the officer's password is asked for again; 0 is
    never. `survey_screen`: this PC's second screen faces the visitor, who fills in the survey on it.
    """

    number: CounterNumber | None = None
    lock_after_minutes: IdleMinutes = 10
    survey_screen: bool = False


class DisplayConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of the lobby's screen and sound.

    An empty path means what the program ships; `volume` is in percent. `counters` are those whose calls this
    screen shows; all, if none is named. `bilingual`: Indonesian and English in turn. `screen`: which of this
    PC's screens, counted from 1; 0 is the main one. `overscan_percent`: of each side, what a television cuts
    off at its edges.
    """

    media: FilePath = ""
    picture_seconds: PictureSeconds = 12
    running_text: tuple[str, ...] = ()
    voice_pack: FilePath = ""
    voice: VoiceSetting = "pack"
    repeat: Repeats = 2
    style: Literal["digits", "words"] = "digits"
    chime: bool = True
    volume: Volume = 100
    counters: tuple[CounterNumber, ...] = ()
    next_numbers: bool = True
    bilingual: bool = True
    screen: ScreenNumber = 0
    overscan_percent: Overscan = 0

    @property
    def media_folder(self) -> Path | None:
        return Path(self.media) if self.media else None

    @property
    def voice_folder(self) -> Path | None:
        return Path(self.voice_pack) if self.voice_pack else None


class PrinterConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The ticket printer of this PC, kiosk or counter; "none" is no printer."""

    address: PrinterAddress = "none"


class OnlineConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A folder of this PC whose lists of online requests are imported by themselves; empty is none."""

    folder: FilePath = ""
    source: Literal["sempena", "email", "whatsapp", "surat"] = "sempena"

    @property
    def watched_folder(self) -> Path | None:
        return Path(self.folder) if self.folder else None


class BackupConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The folder for the second copy of backups, on another disk; empty: this PC makes none."""

    folder: FilePath = ""

    @property
    def folder_path(self) -> Path | None:
        return Path(self.folder) if self.folder else None


class StationConfig(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of one PC.

    `mode` is what the program starts as if no command names one; one file serves every mode.
    """

    database: FilePath = ""
    mode: Literal["", "kiosk", "counter", "display"] = ""
    name: str = ""
    language: LanguageCode = "id"
    sync: SyncConfig = SyncConfig()
    kiosk: KioskConfig = KioskConfig()
    counter: CounterConfig = CounterConfig()
    display: DisplayConfig = DisplayConfig()
    printer: PrinterConfig = PrinterConfig()
    online: OnlineConfig = OnlineConfig()
    backup: BackupConfig = BackupConfig()


def pin_problem(pin: str) -> str:
    """Return why no kiosk may have this exit PIN, in words; empty if it may."""
    if not re.fullmatch(r"\d{4,8}", pin):
        return _("Pilih 4 sampai 8 angka.")
    return _("PIN ini mudah ditebak. Pilih PIN lain.") if is_easily_guessed(pin) else ""


def is_easily_guessed(pin: str) -> bool:
    """Return whether a visitor would try the PIN first: one digit over and over, or a run such as 1234."""
    steps = {int(after) - int(digit) for digit, after in pairwise(pin)}
    return steps in ({0}, {1}, {-1})


def holds_password(database: str) -> bool:
    """Return whether it is the address of a server with a password in it."""
    return _PASSWORD_IN_ADDRESS.match(database) is not None


def default_path() -> Path:
    """Return the path of the settings when no `--station` names them."""
    return paths.settings_folder() / "station.toml"


def has_settings() -> bool:
    """Return whether this PC was ever set up.

    A file that cannot be looked at counts: only a person may set the PC up again.
    """
    try:
        default_path().stat()
    except FileNotFoundError:
        return False
    except OSError:
        return True
    return True


def load_station(path: Path | None = None) -> StationConfig:
    """Return the settings in `path`, else in the usual file, else the defaults.

    Raises UserError when a file is there (or was named) and is wrong, or has a server's password in it: more
    people read it than may know that.
    """
    if path is None and not has_settings():
        return StationConfig()
    file = path or default_path()
    config = read_settings(file, StationConfig)
    if holds_password(config.database):
        password = Contradiction(_("di sini tidak boleh ada kata sandi"), ("database",), password_place())
        raise contradiction_refusal(file, password)
    return config


def password_place() -> str:
    """Return what to do with the password that was in an address."""
    return _(
        "Tulis alamatnya tanpa kata sandi. Kata sandinya ditanyakan dan disimpan oleh"
        " `ult-desktop station server ALAMAT`."
    )
