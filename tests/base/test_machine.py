"""A PC is told from every other by a number that says nothing about it."""

import subprocess
import sys
from pathlib import Path

import pytest

from ult_desktop.base.machine import _card_addresses, machine_id, own_part


def test_it_is_the_same_at_each_start_and_a_hash() -> None:
    said = subprocess.check_output(
        [sys.executable, "-c", "from ult_desktop.base.machine import machine_id; print(machine_id())"],
        text=True,
    )
    assert said.strip() == machine_id()
    assert len(bytes.fromhex(machine_id())) == 16


def test_the_random_part_stays_and_is_another_ones_elsewhere(tmp_path: Path) -> None:
    parts = [own_part(tmp_path / name) for name in ("pc-1", "pc-1", "pc-2")]
    assert parts[0] == parts[1] != parts[2]
    assert len(bytes.fromhex(parts[0])) == 16


def test_a_folder_that_takes_nothing_gives_no_part(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert own_part(tmp_path / "file") == ""


@pytest.mark.posix_only("links")
def test_cards_that_are_plugged_in_or_without_a_wire_do_not_count(tmp_path: Path) -> None:
    cards = tmp_path / "net"
    for name, bus, extra in (("eth0", "pci0000", ""), ("wlan0", "pci0000", "wireless"), ("usb0", "usb1", "")):
        device, card = tmp_path / bus / name, cards / name
        device.mkdir(parents=True)
        (card / extra).mkdir(parents=True)
        (card / "device").symlink_to(device)
        (card / "address").write_text(name)
    (cards / "lo").mkdir()
    assert list(_card_addresses(cards)) == ["eth0"]
