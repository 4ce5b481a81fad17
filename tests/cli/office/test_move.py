"""`office move` and `station server`: as an IT person types them."""

from pathlib import Path

import pytest

from tests import engines
from tests.cli.conftest import CommandLine
from tests.office import PASSWORD
from ult_desktop.db.store.server_address import address_in, office_at, place_of

pytestmark = pytest.mark.posix_only("postgresql")


@pytest.fixture
def address(tmp_path: Path) -> str:
    (tmp_path / "server").mkdir()
    return address_in(engines.new_database(tmp_path / "server"))


def move(desk: CommandLine, to: object, *words: object) -> tuple[str, ...]:
    return ("office", "move", "--database", str(desk.path), "--to", str(to), *(str(word) for word in words))


def test_it_moves_once_and_commands_follow(desk: CommandLine, address: str) -> None:
    first = desk.take()["label"]
    told = desk.run(*move(desk, address, "--yes", "--json")).row
    assert told["moved"]
    assert (told["events"], told["place"]) == (2, place_of(office_at(address)))
    assert PASSWORD not in told["place"]
    assert "@" not in told["place"]
    again = desk.run(*move(desk, address, "--yes", "--json")).row
    assert (again["moved"], again["place"]) == (False, told["place"])
    second = desk.queue("issue", "A")
    assert "sudah pindah" in second.err
    assert [first, second.row["label"]] == ["A001", "A002"]
    verdict = desk.run("verify", str(desk.path), "--json").row
    assert (verdict["ok"], verdict["events"]) == (True, 3)
    back = desk.path.with_name("baru.db")
    told = desk.run("office", "move", "--database", address, "--to", str(back), "--yes", "--json").row
    assert told["place"] == str(back)
    assert desk.queue("issue", "A").row["label"] == "A003"


@pytest.mark.slow
def test_it_is_told_in_words(desk: CommandLine, address: str) -> None:
    answer = desk.run(*move(desk, address), typed="y\n")
    assert answer.code == 0, answer.err
    assert "Semua stasiun menunggu" in answer.err
    assert f"sekarang di {place_of(office_at(address))}" in answer.out
    assert "Kantor sudah di" in desk.run(*move(desk, address)).out


def test_who_says_no_or_may_not_moves_nothing(desk: CommandLine, address: str) -> None:
    assert desk.run(*move(desk, address), typed="n\n").code == 1
    refused = desk.run(*move(desk, address, "--yes", "--officer", "siti"))
    assert refused.code == 1
    assert "berwenang" in refused.err
    assert desk.take()["label"] == "A001"


@pytest.mark.slow
def test_a_pc_needs_an_account_of_its_own(
    desk: CommandLine, address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    desk.run(*move(desk, address, "--yes"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "pc-lain"))
    refused = desk.queue("issue", "A")
    assert refused.code == 1
    assert "station server" in refused.err
    known = address.replace(f":{secret_in(address)}@", "@")
    wrong = desk.run("station", "server", known, ULT_PASSWORD="salah")
    assert wrong.code == 1
    assert "tidak mengizinkan" in wrong.err
    noted = desk.run("station", "server", known, ULT_PASSWORD=secret_in(address))
    assert (noted.code, "server menerimanya" in noted.out) == (0, True), noted.err
    assert desk.queue("issue", "A").row["label"] == "A001"


def secret_in(address: str) -> str:
    return address.partition("//")[2].partition("@")[0].partition(":")[2]
