"""An address of a server that a person typed leads to a path, or is refused with its form."""

import os
from pathlib import Path

import pytest

from ult_desktop.base import paths
from ult_desktop.base.errors import UserError
from ult_desktop.db.store import server_address


@pytest.mark.parametrize(
    "address",
    [
        *("postgresql://", "postgresql://x", "postgres://kios_1:rahasia@server/"),
        *(
            "postgresql://[x/kantor",
            "postgresql://server:satu/kantor",
            "postgresql://server/?sslmode=require",
        ),
        *("postgresql://h1:5432,h2:5433/kantor", "postgresql://kios@h1,h2/kantor"),
        "postgresql://kios@/kantor?host=h1,h2",
    ],
)
def test_half_an_address_is_told_with_its_form(address: str, own_home: Path) -> None:
    """Take no address of which libpq would guess a part, or that nobody can read, and show no password."""
    for read in (server_address.office_at, lambda half: server_address.remember(half, "rahasia")):
        with pytest.raises(UserError) as refused:
            read(address)
        assert "satu server" in refused.value.what
        assert server_address.FORM in refused.value.todo
        assert "rahasia" not in str(refused.value)
    assert not list(own_home.rglob("*.postgresql"))


@pytest.mark.usefixtures("own_home")
@pytest.mark.parametrize(
    "address",
    ["postgresql://server/kantor", "postgresql:///?service=kantor", "postgresql://server?dbname=kantor"],
)
def test_a_whole_one_leads_to_its_file(address: str) -> None:
    assert server_address.address_in(server_address.office_at(address)) == address


@pytest.mark.posix_only("modes")
def test_all_accounts_of_an_installed_pc_read_its_address(
    own_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator writes it down, and the kiosk's account works with it; others read nothing."""
    address = "postgresql://kios_1@server/kantor"
    before = os.umask(0o007)  # as an installed program has it
    try:
        alone = server_address.remember(address, "rahasia")
        monkeypatch.setenv(paths.OWN_FOLDER, str(tmp_path / "pc"))
        shared = server_address.remember(address, "rahasia")
    finally:
        os.umask(before)
    modes = [path.stat().st_mode & 0o777 for file in (alone, shared) for path in (file.parent, file)]
    assert modes == [0o700, 0o600, 0o770, 0o660]
