"""A Windows under Wine for the tests of this folder, and an office there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.wine.session import WineSession, wine_session


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WineSession]:
    with wine_session(tmp_path_factory.mktemp("wine")) as session:
        yield session


@pytest.fixture(scope="session")
def share(wine: WineSession) -> Path:
    """A folder that is the share \\\\server\\ult there."""
    folder = wine.place / "ult"
    folder.mkdir()
    server = wine.folder / "dosdevices" / "unc" / "server"
    server.mkdir(parents=True)
    (server / "ult").symlink_to(folder)
    return folder


@pytest.fixture(scope="session")
def wine_office(wine: WineSession, share: Path) -> str:
    """An office on the share, by its UNC path."""
    path = r"\\server\ult\office.db"
    made = wine.run("init", path, "--office", "bpmp-kaltara")
    assert made.code == 0, made.out
    assert (share / "office.db").exists()
    return path
