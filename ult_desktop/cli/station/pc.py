"""`station`: make this PC a station or remove it, lock a kiosk down, replace a dead PC, try its devices."""

import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import click
import msgspec

from ult_desktop.base import UserError, _
from ult_desktop.base.config import default_path, load_station
from ult_desktop.base.errors import WrongSettings
from ult_desktop.base.late import late
from ult_desktop.base.station_file import write_station, write_station_after
from ult_desktop.cli.common import session
from ult_desktop.cli.common.help import TranslatedGroup
from ult_desktop.cli.common.parameters import StationFile, command, param
from ult_desktop.core.office.commands import ReplaceStation, StationPart, TryStation
from ult_desktop.devices.printer.address import (
    NARROW,
    WIDE,
    letters_of,
    parse_address,
    width_of,
    with_letters,
    with_width,
)
from ult_desktop.devices.printer.model import LETTERS
from ult_desktop.pc import accounts, autostart, ending, installing, lock_down
from ult_desktop.pc.properties import UPDATE_KEY, with_properties
from ult_desktop.pc.registry import Hive, Registry

if TYPE_CHECKING:
    from ult_desktop.base import windows
    from ult_desktop.base.config import StationConfig
    from ult_desktop.core.access.roles import Actor
    from ult_desktop.core.office import setup_answers
    from ult_desktop.db.store import server_address, stations
    from ult_desktop.devices.printer import layout, printer as printing, talk
    from ult_desktop.operations.office import moving, place, share_account, sharing, station_replacing
    from ult_desktop.operations.office.office import Office
    from ult_desktop.operations.updates import packages, staging
else:  # an installer waits for its commands: they load these only where they need them
    setup_answers = late("ult_desktop.core.office.setup_answers")
    windows = late("ult_desktop.base.windows")
    server_address = late("ult_desktop.db.store.server_address")
    stations = late("ult_desktop.db.store.stations")
    layout = late("ult_desktop.devices.printer.layout")
    printing = late("ult_desktop.devices.printer.printer")
    talk = late("ult_desktop.devices.printer.talk")
    moving = late("ult_desktop.operations.office.moving")
    place = late("ult_desktop.operations.office.place")
    share_account = late("ult_desktop.operations.office.share_account")
    sharing = late("ult_desktop.operations.office.sharing")
    station_replacing = late("ult_desktop.operations.office.station_replacing")
    packages = late("ult_desktop.operations.updates.packages")
    staging = late("ult_desktop.operations.updates.staging")

station = TranslatedGroup("station")


@command("Siapkan PC ini bagi semua akunnya; dipanggil oleh pemasang.", group=station)
def install(
    properties: Annotated[
        tuple[str, ...],
        param(
            "ROLE, DATABASE, COUNTER, PRINTER, UPDATEKEY seperti di panduan TI.",
            metavar="[ROLE=… DATABASE=… COUNTER=… PIN=… PRINTER=… UPDATEKEY=…]",
        ),
    ] = (),
    *,
    prepare: Annotated[bool, "Hanya periksa, lalu akhiri stasiun yang berjalan di PC ini."] = False,
) -> None:
    values = {name.upper(): value for name, _equals, value in (word.partition("=") for word in properties)}
    config, update_key = with_properties(load_station(), properties), values.get(UPDATE_KEY)
    try:
        parse_address(config.printer.address)
        if update_key:
            packages.public_key(Path(update_key))
    except UserError as error:  # the installer ends with the status of a wrong property
        raise WrongSettings(error.what, error.safe, error.todo) from error
    if prepare:
        ending.end_stations(again=True)
        return
    if values.get("DATABASE"):
        config = _with_office_file(config)
    if update_key:
        _keep_update_key(Path(update_key))
    installing.install(config, starts=bool(values.get("ROLE")))
    if config.mode == "kiosk" and not config.kiosk.exit_pin:
        click.echo(_("Kios ini menanyakan PIN keluarnya sebelum pengunjung pertama."))
    click.echo(_("PC ini siap."))


def _with_office_file(config: "StationConfig") -> "StationConfig":
    """Return `config` with the path of the office file, instead of its folder or its `office-link`.

    If no office opens, a line says so and the installation goes on: the account that works here later may
    have rights that the account that installs lacks.
    """
    try:
        path = place.require_office_path(config.database)
    except UserError as error:
        click.echo(error.brief, err=True)
        return config
    # An address stays as it is: it leads to the account and password that `station server` writes down later.
    return config if server_address.is_server(path) else msgspec.structs.replace(config, database=str(path))


def _keep_update_key(key: Path) -> None:
    """Copy the public key that checks this PC's updates to a path where only its administrators can write."""
    target = staging.UpdatePlaces.of_this_pc().key
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(key, target)
    except OSError as error:
        raise UserError(
            _("{path} tidak dapat ditulis ({error}).").format(path=target, error=error.strerror),
            todo=_("Ulangi sebagai administrator."),
        ) from error


@command(
    "Catat akun PC ini di server, sebelum kantor pindah ke sana; kata sandinya ditanyakan.", group=station
)
def server(address: Annotated[str, param(metavar="ALAMAT")]) -> None:
    moving.remember_server(address, session.ask_password())
    click.echo(_("Akun itu dicatat di PC ini, dan server menerimanya."))


@command(
    "Catat akun Windows, PC-1\\ult-kantor, untuk folder bersama kantor; kata sandinya ditanyakan.",
    group=station,
)
def account(name: Annotated[str, param(metavar="PC\\AKUN")]) -> None:
    database = load_station().database
    try:
        share_login = msgspec.convert(
            {"name": name, "password": session.ask_password()}, setup_answers.ShareAccount
        )
    except msgspec.ValidationError as error:
        raise UserError(
            _("“{name}” bukan akun Windows, atau kata sandinya kosong.").format(name=name),
            _("Tidak ada yang berubah."),
            _("Tulis seperti {form}.").format(form=setup_answers.share_account_name("PC-1")),
        ) from error
    if not share_account.share_of(database):
        raise UserError(
            _("Berkas kantor PC ini tidak di folder bersama Windows: {path}.").format(path=database or "-"),
            _("Tidak ada yang berubah."),
        )
    with share_account.keeping_account(database, share_login, windows.Windows()):
        click.echo(_("Akun itu dicatat di PC ini, dan folder bersama menerimanya."))


@command("Akhiri dengan tertib stasiun yang berjalan di PC ini.", group=station)
def end(
    *, again: Annotated[bool, "Yang dijaga `run` dimulai lagi sesudah programnya diganti."] = False
) -> None:
    ending.end_stations(again=again)


@command("Lepas program dari PC ini; pengaturan dan data kantor tetap ada.", group=station)
def remove() -> None:
    ending.end_stations(again=False)
    installing.remove()
    click.echo(_("Data kantor, pengaturan, dan jurnal PC ini tidak dihapus."))


@command(
    "Kunci akun ini sebagai kios (on), lepaskan lagi (off), atau sebut tingkatnya (show).",
    "lock-down",
    group=station,
)
def lock(
    action: Annotated[
        str,
        param("on: kunci; off: lepaskan; show: sebut tingkatnya.", type=click.Choice(["on", "off", "show"])),
    ],
    *,
    pc: Annotated[
        bool, "Hanya bagian PC: Task Manager, usapan tepi, pemberitahuan, daya (administrator)."
    ] = False,
    ask: Annotated[bool, "Windows meminta administrator untuk bagian PC."] = False,
) -> None:
    """Lock or unlock the account of the person at the screen, even if another account runs this.

    With `--pc` only settings of the whole PC are changed, and no account.
    """
    if not installing.WINDOWS:
        raise UserError(_("Penguncian kios hanya ada di Windows."))
    registry, hives = Registry(accounts.who_sits_here()), (Hive.PC,) if pc else (Hive.ACCOUNT, Hive.PC)
    try:
        if action == "on":
            _require_exit_pin()
            lock_down.turn_on(registry, installing.kiosk_shell(), hives)
        elif action == "off":
            lock_down.turn_off(registry, hives)
    except PermissionError as error:
        if not (ask and not pc and _do_as_administrator(action, registry)):
            raise UserError(
                _("Bagian PC (Task Manager, usapan tepi, pemberitahuan, daya) memerlukan administrator."),
                "" if pc else _("Bagian akun ini sudah selesai; berlaku mulai masuk berikutnya."),
                _("Sebagai administrator: `ult-desktop station lock-down {action} --pc`").format(
                    action=action
                ),
            ) from error
    level = lock_down.level(registry, starts_by_itself=autostart.of_this_pc().is_on(Hive.PC))
    click.echo(_("Tingkat {n}: {words}.").format(n=level.value, words=level.words))


def _require_exit_pin() -> None:
    """Check that there is an exit PIN: without one nobody could leave a kiosk that starts at each sign-in."""
    if not load_station().kiosk.exit_pin:
        raise UserError(
            _("Kios ini belum punya PIN keluar."),
            _("Tidak ada yang berubah."),
            _("Mulai kiosnya sekali dan pilih PIN-nya, lalu ulangi."),
        )


def _do_as_administrator(action: str, registry: Registry) -> bool:
    """Ask for an administrator to do the PC's part; return whether the registry says that it was done."""
    with suppress(UserError):
        sharing.run_as_administrator(("station", "lock-down", action, "--pc"), windows.Windows())
    return lock_down.is_on(registry, Hive.PC) is (action == "on")


@command("PC ini menggantikan NAME yang mati: nama, huruf, dan loketnya berpindah ke sini.", group=station)
def replace(office: "Office", by: "Actor", name: str, *, file: StationFile = None) -> None:
    old = station_replacing.require_station_named(office.read(stations.all_seen), name)
    path = file or default_path()
    with write_station_after(path, station_replacing.take_over_config(old, load_station(file))):
        office.perform(ReplaceStation(identity=old.identity), by)
    click.echo(_("PC ini sekarang {name}; mulai ulang programnya.").format(name=name))
    click.echo(
        _(
            "Jurnal PC lama ada di disknya dan, sampai lima menit sebelum mati, di folder bersama.\n"
            "Bila PC itu hidup lagi, yang dicatatnya selama terputus masih diterima; selain itu ditolak."
        )
    )


@command(
    "Minta stasiun NAME mencoba printer atau suaranya, atau mencadangkan; dalam setengah menit.",
    "try",
    group=station,
)
def try_part(office: "Office", by: "Actor", name: str, part: StationPart) -> None:
    other = station_replacing.require_station_named(office.read(stations.all_seen), name)
    office.perform(TryStation(identity=other.identity, part=part), by)
    click.echo(_("{name} diminta; terjadi dalam setengah menit.").format(name=name))


@command(
    "Cetak percobaan di printer PC ini; sesudah melihat kertasnya simpan dengan --width dan --letters.",
    group=station,
)
def printer(
    *,
    width: Annotated[
        str | None, param("80: baris A dan B utuh; 58: hanya A.", type=click.Choice([str(WIDE), str(NARROW)]))
    ] = None,
    letters: Annotated[
        str | None,
        param(
            "cp437: huruf baris 1 benar; cp1252: baris 2; ascii: tidak satu pun.", type=click.Choice(LETTERS)
        ),
    ] = None,
    file: StationFile = None,
) -> None:
    config = load_station(file)
    known = config.printer.address
    if width is None and letters is None:
        result = printing.print_test(known)
        if result.outcome is talk.PrintOutcome.FAILED:
            raise UserError(result.state.word)
        click.echo(_("Terkirim ke printer. Lihat kertasnya, lalu jawab."))
        click.echo(layout.letters_question())
        return
    address = with_letters(with_width(known, int(width or width_of(known))), letters or letters_of(known))
    changed = msgspec.structs.replace(config.printer, address=address)
    parse_address(address)  # raises UserError for an invalid address, before it is written
    write_station(file or default_path(), msgspec.structs.replace(config, printer=changed))
    click.echo(_("Printer: {address}").format(address=address))
