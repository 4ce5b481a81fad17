"""The demo's office: its file, its officers, and a settings file for each station."""

from pathlib import Path

import msgspec

from ult_desktop.base.paths import journal_path
from ult_desktop.core.access.commands import SetPassword
from ult_desktop.core.office.template import WEEKDAYS, Weekly
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.operations.access import passwords
from ult_desktop.operations.access.officers import hash_password
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.office.office_files import create_office, load_office

PASSWORD = "demo-2026"  # noqa: S105  (the demo office is empty and public)
_TEMPORARY_PASSWORD = "sementara-2026"  # noqa: S105  (nobody signs in with it later)
DEMO_STATION = "demo"  # the station under whose name the demo itself opens the office
HINT_PORT = 47999  # away from a real office on the same PC
_ROUND_THE_CLOCK = Weekly(**dict.fromkeys(WEEKDAYS, ("00.00-23.59",)))


class DemoOffice(msgspec.Struct, frozen=True):
    """The demo's folder, and the logins at counters 1 and 2."""

    folder: Path
    officers: tuple[str, str]

    @property
    def database(self) -> Path:
        return self.folder / "office.db"

    def settings_path(self, station: str) -> Path:
        """Return the settings file of a station ("kiosk", "counter-1")."""
        return self.folder / f"{station}.toml"


def prepare_office(folder: Path, printer: str, *, silent: bool = False) -> DemoOffice:
    """Make a new office in `folder`, open at any hour, with passwords for two officers.

    Args:
        folder: the folder, which is made if there is none.
        printer: the address of the kiosk's printer.
        silent: the display does not speak its calls, which takes time when nobody listens.

    Raises:
        UserError: the folder cannot be used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    template = load_office()
    services = tuple(msgspec.structs.replace(service, hours=None) for service in template.services)
    template = msgspec.structs.replace(template, hours=_ROUND_THE_CLOCK, services=services)
    logins = [officer.login for officer in template.officers if officer.counter in (1, 2)]
    demo = DemoOffice(folder, (logins[0], logins[1]))
    demo.database.unlink(missing_ok=True)
    create_office(demo.database, template, PASSWORD)
    _set_passwords(demo)
    for station in ("kiosk", "counter-1", "counter-2", "display"):
        demo.settings_path(station).write_text(_settings(station, printer), encoding="utf-8")
    if silent:
        with demo.settings_path("display").open("a", encoding="utf-8") as settings:
            settings.write('[display]\nvoice = "off"\nchime = false\n')
    return demo


def _set_passwords(demo: DemoOffice) -> None:
    """Give the officers passwords and keys: the admin gives temporary ones, which they change."""
    office = Office(demo.database, DEMO_STATION, journal_path(DEMO_STATION))
    try:
        admin = office.sign_in("admin", PASSWORD)
        for login in demo.officers:
            hashed = hash_password(_TEMPORARY_PASSWORD)
            pair = office.keys.make_pair_for(_TEMPORARY_PASSWORD, hashed)
            office.perform(SetPassword(login=login, password_hash=hashed, pair=pair), admin)
            passwords.change(
                office, office.sign_in(login, _TEMPORARY_PASSWORD), _TEMPORARY_PASSWORD, PASSWORD
            )
    finally:
        office.close()


def _settings(station: str, printer: str) -> str:
    lines = [f'name = "demo-{station}"', "[sync]", f'hint_address = "{LOOPBACK}"', f"hint_port = {HINT_PORT}"]
    if station.startswith("counter"):
        lines += ["[counter]", f"number = {station[-1]}"]
    if station == "kiosk":
        lines += ["[printer]", f'address = "{printer}"']
    return "\n".join(lines) + "\n"
