"""One start with the PC, whoever sets it or takes it out."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from tests.pc.test_lock_down import RegistryOfValues
from ult_desktop.base.config import default_path
from ult_desktop.cli.station import supervise
from ult_desktop.operations.office import sharing
from ult_desktop.pc import accounts, autostart
from ult_desktop.pc.autostart import RegistryStarts
from ult_desktop.pc.registry import Hive, Value

KEY = r"Software\Microsoft\Windows\CurrentVersion\Run"


def lines(registry: RegistryOfValues) -> dict[Hive, Value]:
    return {hive: line for (hive, key, _name), line in registry.values.items() if key == KEY}


def set_mode(mode: str) -> None:
    default_path().parent.mkdir(parents=True, exist_ok=True)
    default_path().write_text(f'mode = "{mode}"\n', encoding="utf-8")


def test_the_pcs_own_mode_is_not_named_and_so_follows_the_wizard(own_home: Path) -> None:
    registry = RegistryOfValues({})
    set_mode("counter")
    starts = RegistryStarts(registry)
    starts.begin(Hive.PC, "counter")
    assert str(lines(registry)[Hive.PC]).endswith(" run")
    starts.begin(Hive.PC, "display", ("--station", r"D:\ult\TV 1.toml"))
    assert str(lines(registry)[Hive.PC]).endswith(r'run display --station "D:\ult\TV 1.toml"'), "one alone"
    assert starts.is_on(Hive.PC)
    starts.end(Hive.PC)
    assert not starts.is_on(Hive.PC)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> RegistryOfValues:
    """The registry of a plain account, which may not write what concerns all accounts."""
    registry = RegistryOfValues({}, closed=(Hive.PC,))
    monkeypatch.setattr(autostart, "of_this_pc", lambda: RegistryStarts(registry))
    return registry


def test_what_concerns_all_accounts_wants_an_administrator(
    windows: RegistryOfValues, desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = desk.run("autostart", "counter", "--everyone")
    assert refused.code == 1
    assert "ult-desktop autostart counter --everyone" in refused.err
    assert lines(windows) == {}

    desk.run("autostart", "counter")
    assert [*lines(windows)] == [Hive.ACCOUNT]

    def agreed(words: list[str], _windows: object) -> None:
        windows.closed = ()
        supervise.autostart.main(words[1:], standalone_mode=False)

    monkeypatch.setattr(sharing, "run_as_administrator", agreed)
    assert "di semua akun" in desk.run("autostart", "counter", "--everyone", "--ask").out
    assert [*lines(windows)] == [Hive.PC], "not started twice"
    refused = desk.run("autostart", "display")
    assert (refused.code, [*lines(windows)]) == (1, [Hive.PC])
    assert "ult-desktop autostart display --everyone" in refused.err


def test_to_take_it_out_takes_out_all_or_says_what_is_left(
    windows: RegistryOfValues, desk: CommandLine
) -> None:
    desk.run("autostart", "counter")
    windows.values[Hive.PC, KEY, "ult-desktop"] = "ult-desktopw.exe run"
    refused = desk.run("autostart", "counter", "--remove")
    assert (refused.code, refused.out) == (1, "")
    assert "hanya diubah oleh administrator" in refused.err
    assert "milik akun ini sudah dilepas" in refused.err
    assert [*lines(windows)] == [Hive.PC]
    windows.closed = ()
    assert "tidak dimulai" in desk.run("autostart", "counter", "--remove").out
    assert lines(windows) == {}


@pytest.fixture
def linux(own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The own unit of a plain account, on a PC that starts a mode for all; root may delete every file."""
    units, delete = tmp_path / "units", Path.unlink
    monkeypatch.setattr(autostart, "UNITS", units)
    autostart.of_this_pc().begin(Hive.PC, "kiosk")

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if units in path.parents:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        delete(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    return own_home / "systemd/user/ult-desktop.service"


@pytest.mark.posix_only("systemd")
@pytest.mark.parametrize("asked", [(), ("--ask",)])
def test_a_plain_account_keeps_the_pcs_start_out_of_itself(
    linux: Path, desk: CommandLine, asked: tuple[str, ...]
) -> None:
    for _round in range(2):
        refused = desk.run("autostart", "kiosk", "--remove", *asked)
        assert refused.code == 1
        assert "Di akun ini tidak dimulai lagi" in refused.err
        assert "Sebagai administrator: `ult-desktop autostart kiosk --remove`" in refused.err
        assert linux.readlink() == Path(os.devnull), "systemd starts nothing of that name"
        assert autostart.of_this_pc().is_on(Hive.PC), "for the others"
    refused = desk.run("autostart", "kiosk", "--everyone", *asked)
    assert "Tidak ada yang berubah" in refused.err
    assert "Windows" not in refused.err

    assert desk.run("autostart", "counter").code == 0, "instead of the PC's, and not beside it"
    assert " run counter\n" in linux.read_text(encoding="utf-8")


def test_a_removed_program_leaves_no_start_in_any_account(
    own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hives = {name: RegistryOfValues({(Hive.ACCOUNT, KEY, "ult-desktop"): "run"}) for name in ("a", "b")}
    pc = RegistryOfValues({(Hive.PC, KEY, "ult-desktop"): "run"})

    @contextmanager
    def hive_of(account: str) -> Iterator[str]:
        if account == "gone":
            raise PermissionError
        yield account

    monkeypatch.setattr(accounts, "people", lambda: ["a", "gone", "b"])
    monkeypatch.setattr(accounts, "hive_of", hive_of)
    monkeypatch.setattr(autostart, "Registry", lambda whose="": hives.get(whose, pc))
    monkeypatch.setattr(autostart, "of_this_pc", lambda: RegistryStarts(pc))
    set_mode("kiosk")
    autostart.begin_for_all("kiosk")
    assert [len(each.values) for each in (pc, *hives.values())] == [1, 0, 0], "an installer's ROLE"
    autostart.end_for_all()
    assert [each.values for each in (pc, *hives.values())] == [{}, {}, {}]
