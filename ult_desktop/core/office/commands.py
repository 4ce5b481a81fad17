"""The commands about the office itself: its settings, services and counters."""

from ult_desktop.base import WordEnum
from ult_desktop.core.command import Command
from ult_desktop.core.office import settings as office_settings, template


class ChangeSettings(Command[office_settings.OfficeSettings], frozen=True, kw_only=True):
    """Other settings hold from now on: hours, closures, Ramadan, running text, rules.

    `seen` is the fingerprint of the settings that were looked at; "" does not ask. When somebody else changed
    them since, it is refused, so that nobody's change is lost.
    """

    settings: office_settings.OfficeSettings
    seen: str = ""


class ChangeOffice(Command[template.OfficeTemplate], frozen=True, kw_only=True):
    """Settings, services and counters of a file hold from now on, all or none.

    A service is known by its prefix: one that is missing is retired. Counters stay. `seen` is the
    fingerprint of the office that was looked at, as in `ChangeSettings`.
    """

    settings: office_settings.OfficeSettings
    services: tuple[template.ServiceTemplate, ...]
    counters: tuple[template.CounterTemplate, ...]
    seen: str = ""


class ReplaceStation(Command[int], frozen=True, kw_only=True):
    """A PC that is dead, by its station's identity, writes no more: another takes its name and letter."""

    identity: str


class StationPart(WordEnum):
    """The parts of a station that another one can ask for."""

    PRINTER = "printer", "Cetak percobaan"
    VOICE = "voice", "Uji panggilan"
    GUIDANCE = "guidance", "Uji panduan suara"
    BACKUP = "backup", "Cadangkan sekarang"


class TryStation(Command[int], frozen=True, kw_only=True):
    """Ask a station that is at work, by its identity, to print a test, say something or make a backup.

    It begins within half a minute; its next reports say what came of it.
    """

    identity: str
    part: StationPart


class ConfirmTime(Command[int], frozen=True, kw_only=True):
    """An officer says that the share's date and time are right, for the whole office; answers it (UTC ms)."""
