"""The wizard joins an office on a PostgreSQL server by its address; what is wrong is told on the page."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit

from tests import engines
from tests.cluster import CERTIFIED
from tests.office import make_office
from tests.ui.setup.conftest import Wizard
from ult_desktop.db.store.postgres import connection
from ult_desktop.db.store.server_address import address_in
from ult_desktop.ui.setup.draft import SetupDraft

Open = Callable[..., Wizard]
pytestmark = [pytest.mark.posix_only("postgresql"), pytest.mark.usefixtures("own_home")]


@pytest.fixture
def address(tmp_path: Path) -> str:
    return address_in(make_office(tmp_path, on_server=True))


def tried(wizard: Open, address: str, words: str) -> Wizard:
    page = wizard(SetupDraft(place=address))
    page.enter("Kantor")
    page.reads(words)
    return page


def test_a_pc_joins_by_the_address(wizard: Open, address: str) -> None:
    page = wizard(SetupDraft())
    page.wait(lambda: bool(page.window.page.findChildren(QLineEdit)))
    assert not page.window.page.note.words.text(), "a share needs no advice about servers"
    page.type("Folder kantor, berkas office-link dari PC pertama, atau alamat server", address)
    page.reads("postgresql://kios_1:SANDI@server/kantor")
    page.enter("PC ini")


def test_who_is_not_let_in_reads_why(wizard: Open, address: str) -> None:
    tried(wizard, address.replace("//ult:", "//ult:salah"), "tidak mengizinkan")


def test_a_server_that_is_gone_is_told(wizard: Open) -> None:
    tried(wizard, "postgresql://ult@127.0.0.1:1/kantor", "Server tidak menjawab")


def test_an_empty_database_is_no_office(wizard: Open) -> None:
    tried(wizard, engines.server().create(), "belum ada kantor")


def test_letters_in_another_order_are_told(wizard: Open) -> None:
    tried(wizard, engines.server().create(locale="C.UTF-8"), "mengurutkan huruf dengan cara lain")


def test_an_old_server_is_told(wizard: Open, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "OLDEST_SERVER", 990000)
    tried(wizard, address, "PostgreSQL yang terlalu lama")


def test_a_certificate_of_nobody_is_told(wizard: Open, address: str) -> None:
    secret, _at, where = address.rpartition("@")
    port = where.partition("/")[0].partition(":")[2]
    elsewhere = f"{secret}@{CERTIFIED}:{port}/{where.partition('/')[2].partition('?')[0]}?hostaddr=127.0.0.1"
    tried(wizard, elsewhere, "tidak terbukti aman")


def test_who_may_read_nothing_is_told(wizard: Open, address: str, tmp_path: Path) -> None:
    cluster, name = engines.server(), f"asing_{tmp_path.name.replace('-', '_')}"
    cluster.run(f"CREATE ROLE {name} LOGIN PASSWORD 'rahasia'")
    tried(wizard, f"postgresql://{name}:rahasia@{address.rpartition('@')[2]}", "tidak berhak")
    cluster.run(f"DROP ROLE {name}")
