"""A PC is told from every other by a number that says nothing about it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ult_desktop.base import paths
from ult_desktop.base.machine import _card_addresses, own_part


def identity_in(folder: Path) -> str:
    """Return what another process calls this PC, whose program keeps its own files there."""
    code = "from ult_desktop.base.machine import machine_id; print(machine_id())"
    more = {paths.OWN_FOLDER: str(folder)}
    return subprocess.check_output(
        [sys.executable, "-c", code], text=True, env={**os.environ, **more}
    ).strip()


def test_it_is_the_same_at_each_start_and_a_hash(tmp_path: Path) -> None:
    first = identity_in(tmp_path)
    assert identity_in(tmp_path) == first
    assert len(bytes.fromhex(first)) == 16


def test_pcs_out_of_one_image_are_told_apart_by_what_each_made(tmp_path: Path) -> None:
    """They may have one number of their system, and no card of their own that counts."""
    assert identity_in(tmp_path / "pc-1") != identity_in(tmp_path / "pc-2")


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
