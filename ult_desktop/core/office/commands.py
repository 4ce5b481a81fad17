"""The commands about the office itself: its settings, services and counters."""

from ult_desktop.base import WordEnum
from ult_desktop.core.command import Command
from ult_desktop.core.office import settings as office_settings, template


class ChangeSettings(Command[office_settings.OfficeSettings], frozen=True, kw_only=True):
    """Replace the office's settings: hours, closures, Ramadan, running text, rules.

    `seen` is the fingerprint of the settings from which the change was made. If somebody has changed them
    since, the command is refused, so that nobody's change is lost; with "" this is not checked.
    """

    settings: office_settings.OfficeSettings
    seen: str = ""


class FollowDays(Command[office_settings.OfficeSettings], frozen=True, kw_only=True):
    """Count the open deadlines again by the national holidays that a newer program brought."""


class ChangeOffice(Command[template.OfficeTemplate], frozen=True, kw_only=True):
    """Replace the office's settings, services and counters by those of a file, all or none.

    A service is identified by its prefix; one that is missing in the file is retired. Counters that are
    missing stay. `seen` is the fingerprint of the office from which the change was made, as in
    `ChangeSettings`.
    """

    settings: office_settings.OfficeSettings
    services: tuple[template.ServiceTemplate, ...]
    counters: tuple[template.CounterTemplate, ...]
    seen: str = ""


class ReplaceStation(Command[int], frozen=True, kw_only=True):
    """Shut out the station of a broken PC, by its identity, so that another can take its name and letter."""

    identity: str


class StationPart(WordEnum):
    """The parts of a station that another one can ask for."""

    PRINTER = "printer", "Cetak percobaan"
    VOICE = "voice", "Uji panggilan"
    GUIDANCE = "guidance", "Uji panduan suara"
    BACKUP = "backup", "Cadangkan sekarang"


class TryStation(Command[int], frozen=True, kw_only=True):
    """Ask a station that is at work, by its identity, to print a test, say something or make a backup.

    The station begins within half a minute, and reports the result with its next signs of life.
    """

    identity: str
    part: StationPart


class ConfirmTime(Command[int], frozen=True, kw_only=True):
    """Confirm for the whole office that the share's time is right; the answer is that time (UTC ms)."""
