"""An address of a server that a person typed leads to a path, or is refused with its form."""

from pathlib import Path

import pytest

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
