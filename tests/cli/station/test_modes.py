"""A mode on its way to its window."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import CommandLine
from ult_desktop.app import assemble
from ult_desktop.app.assemble import Launch


def test_the_office_file_is_not_touched_before_there_is_a_window(
    desk: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A look at a server that is off takes half a minute on Windows."""
    touched, launched = list[str](), list[Path]()
    look = os.stat

    def noted(path: str, **more: bool) -> os.stat_result:
        touched.append(str(path))
        return look(path, **more)

    def launch(given: Launch) -> int:
        monkeypatch.undo()
        launched.append(given.database)
        return 0

    monkeypatch.setattr(assemble, "run", launch)
    monkeypatch.setattr(os, "stat", noted)
    assert desk.run("display", "--database", desk.path).code == 0
    assert launched == [desk.path]
    assert str(desk.path) not in touched
